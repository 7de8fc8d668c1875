"""The reading process: a file on standard input, its text on standard output."""

import json
import logging
import resource
import sys


def main() -> None:
    order = json.loads(sys.argv[1])
    resource.setrlimit(resource.RLIMIT_CPU, (order["cpu"], order["cpu"]))
    resource.setrlimit(resource.RLIMIT_AS, (order["memory"], order["memory"]))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # What a library complains of may quote the file.
    logging.disable()
    content = sys.stdin.buffer.read()
    # Only after the limits: what is imported counts too.
    from .words import words_of

    sys.stdout.buffer.write(words_of(content, order["content_type"]).encode())


main()
