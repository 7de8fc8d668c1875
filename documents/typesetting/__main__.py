"""The typesetting process: an order as JSON on standard input, the paper on standard output."""

import json
import resource
import sys


def main() -> None:
    limits = json.loads(sys.argv[1])
    resource.setrlimit(resource.RLIMIT_CPU, (limits["cpu"], limits["cpu"]))
    resource.setrlimit(resource.RLIMIT_AS, (limits["memory"], limits["memory"]))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    order = json.loads(sys.stdin.buffer.read())
    # Only after the limits: what is imported counts too.
    if order["form"] == "pdf":
        from .pdf import made
    else:
        from .word import made
    sys.stdout.buffer.write(made(order["html"], order["facts"], order["static"]))


main()
