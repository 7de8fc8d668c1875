"""Asking a ClamAV daemon whether a file is infected: the INSTREAM command over its socket."""

from __future__ import annotations

import socket
import struct

from django.conf import settings

CONNECT_SECONDS = 2
ANSWER_SECONDS = 30
_PIECE = 64 * 1024


class ScannerDown(Exception):
    """The scanner did not answer, or not in words we know."""


def configured() -> bool:
    """Whether this installation has a scanner."""
    return bool(settings.CLAMD_SOCKET)


def is_infected(content: bytes) -> bool:
    """Whether the scanner finds something. Raises ScannerDown when it cannot say."""
    try:
        with _connected() as scanner:
            scanner.sendall(b"zINSTREAM\0")
            for start in range(0, len(content), _PIECE):
                piece = content[start : start + _PIECE]
                scanner.sendall(struct.pack(">I", len(piece)) + piece)
            scanner.sendall(struct.pack(">I", 0))
            answer = b""
            while not answer.endswith(b"\0"):
                read = scanner.recv(4096)
                if not read:
                    break
                answer += read
    except OSError as error:
        raise ScannerDown from error
    said = answer.rstrip(b"\0\n ")
    if said.endswith(b" OK"):
        return False
    if said.endswith(b" FOUND"):
        return True
    raise ScannerDown


def _connected() -> socket.socket:
    address = settings.CLAMD_SOCKET
    host, _, port = address.rpartition(":")
    if host and port.isdigit() and not address.startswith("/"):
        scanner = socket.create_connection((host, int(port)), timeout=CONNECT_SECONDS)
    else:
        scanner = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        scanner.settimeout(CONNECT_SECONDS)
        try:
            scanner.connect(address)
        except OSError:
            scanner.close()
            raise
    scanner.settimeout(ANSWER_SECONDS)
    return scanner
