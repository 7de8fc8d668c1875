"""Starting the process that typesets, and giving up on it in time."""

from __future__ import annotations

import json
import os
import subprocess  # nosec B404: our own interpreter, our own module, no shell
import sys
import tempfile
from pathlib import Path

# A chronology of some thousand rows takes the better part of a minute; PDF and Word together must stay under the time
# limit of a task.
WALL_SECONDS = 120
CPU_SECONDS = 100
MEMORY_BYTES = 1024 * 1024 * 1024
_ROOT = Path(__file__).resolve().parent.parent.parent


class TookTooMuch(Exception):
    """The paper needs more time or memory than one paper may have, or cannot be set at all."""


def typeset(form: str, html: str, facts: dict[str, str], *, static: Path, wall_seconds: int = WALL_SECONDS) -> bytes:
    """The bytes of the paper as "pdf" or "word".

    `facts` go into the document's properties (title, marking, reference, instant). `static` is the only folder it may
    read from. The process gets no secrets: its environment is made from nothing. Raises TookTooMuch.
    """
    with tempfile.TemporaryDirectory(prefix="typesetting-") as scratch:
        order = {"form": form, "html": html, "facts": facts, "static": str(static)}
        limits = {"cpu": CPU_SECONDS, "memory": MEMORY_BYTES}
        try:
            done = subprocess.run(  # noqa: S603  # nosec B603: our own program, no shell
                [sys.executable, "-m", "documents.typesetting", json.dumps(limits)],
                input=json.dumps(order).encode(),
                capture_output=True,
                cwd=_ROOT,
                # Without the epoch each font in the paper would carry the second in which it was set.
                env={
                    "PATH": os.defpath,
                    "LANG": "C.UTF-8",
                    "HOME": scratch,
                    "TMPDIR": scratch,
                    "SOURCE_DATE_EPOCH": "0",
                },
                timeout=wall_seconds,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise TookTooMuch(f"It took longer than {wall_seconds} seconds.") from None
    if done.returncode or not done.stdout:
        # What the process wrote may quote the paper: only how it ended is passed on.
        raise TookTooMuch(f"Typesetting ended with {done.returncode}.")
    return done.stdout
