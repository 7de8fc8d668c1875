"""Pictures without what a camera or a program added to them: where it was taken, when, with what, by whom.

Pure. Only what is needed to show the picture is copied, piece by piece: what was hidden after its end is gone too.
"""

from __future__ import annotations

import struct
import zlib

MOST_PIXELS = 50_000_000


class Unfit(Exception):
    """Why a file is refused, in words that follow its name."""


DAMAGED = "is damaged and cannot be opened. Save it again, then attach the new copy"
TOO_MANY_PIXELS = "is too large a picture. Save a smaller copy, then attach the copy"
_PNG_KEPT = {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT", b"bKGD", b"pHYs"}


def _check_size(width: int, height: int) -> None:
    if not width or not height:
        raise Unfit(DAMAGED)
    if width * height > MOST_PIXELS:
        raise Unfit(TOO_MANY_PIXELS)


def clean_png(content: bytes) -> bytes:
    """The picture's own chunks; text, time and EXIF chunks are left out."""
    kept, at = [content[:8]], 8
    name = b""
    while at + 12 <= len(content) and name != b"IEND":
        (length,) = struct.unpack_from(">I", content, at)
        name = content[at + 4 : at + 8]
        end = at + 12 + length
        if end > len(content) or zlib.crc32(content[at + 4 : end - 4]) != struct.unpack_from(">I", content, end - 4)[0]:
            raise Unfit(DAMAGED)
        if at == 8:
            if name != b"IHDR" or length != 13:
                raise Unfit(DAMAGED)
            _check_size(*struct.unpack_from(">II", content, at + 8))
        if name in _PNG_KEPT:
            kept.append(content[at:end])
        at = end
    if name != b"IEND":
        raise Unfit(DAMAGED)
    return b"".join(kept)


_SOI, _EOI, _SOS, _APP0, _APP1, _APP2, _APP14, _APP15, _COM = 0xD8, 0xD9, 0xDA, 0xE0, 0xE1, 0xE2, 0xEE, 0xEF, 0xFE
_WITHOUT_LENGTH = {0x01, *range(0xD0, 0xD8)}
_FRAMES = set(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


def clean_jpeg(content: bytes) -> bytes:
    """The picture and its colour profile. Of the EXIF only which way up it is stays."""
    kept, at, framed, seen_scan = [content[:2]], 2, False, False
    while True:
        if at + 2 > len(content) or content[at] != 0xFF:
            raise Unfit(DAMAGED)
        marker = content[at + 1]
        if marker == 0xFF:  # a fill byte
            at += 1
            continue
        if marker == _EOI:
            break
        if marker in _WITHOUT_LENGTH:
            kept.append(content[at : at + 2])
            at += 2
            continue
        if at + 4 > len(content):
            raise Unfit(DAMAGED)
        (length,) = struct.unpack_from(">H", content, at + 2)
        end = at + 2 + length
        if length < 2 or end > len(content):
            raise Unfit(DAMAGED)
        body = content[at + 4 : end]
        if marker in _FRAMES:
            if len(body) < 5:
                raise Unfit(DAMAGED)
            height, width = struct.unpack_from(">HH", body, 1)
            _check_size(width, height)
            framed = True
        if marker == _APP1 and (turned := _orientation(body)):
            kept.append(_only_orientation(turned))
        elif _needed(marker, body):
            kept.append(content[at:end])
        if marker == _SOS:
            seen_scan = True
            at = _end_of_scan(content, end)
            kept.append(content[end:at])
        else:
            at = end
    if not framed or not seen_scan:
        raise Unfit(DAMAGED)
    return b"".join([*kept, b"\xff\xd9"])


def _needed(marker: int, body: bytes) -> bool:
    if marker == _APP2:
        return body.startswith(b"ICC_PROFILE\0")
    if marker == _APP0:
        return body.startswith(b"JFIF\0")
    return marker == _APP14 or not (_APP1 <= marker <= _APP15 or marker == _COM)


def _end_of_scan(content: bytes, at: int) -> int:
    """Where the next marker stands that is not a part of the picture's own data."""
    while True:
        at = content.find(b"\xff", at)
        if at < 0 or at + 1 >= len(content):
            raise Unfit(DAMAGED)
        if content[at + 1] != 0 and content[at + 1] not in _WITHOUT_LENGTH:
            return at
        at += 2


def _orientation(exif: bytes) -> int:
    """1 to 8, or 0 when the EXIF does not say which way up the picture is."""
    if not exif.startswith(b"Exif\0\0") or len(exif) < 14:
        return 0
    tiff = exif[6:]
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if not order:
        return 0
    try:
        (first,) = struct.unpack_from(f"{order}I", tiff, 4)
        (entries,) = struct.unpack_from(f"{order}H", tiff, first)
        for number in range(min(entries, 200)):
            tag, kind, _, value = struct.unpack_from(f"{order}HHIH", tiff, first + 2 + 12 * number)
            if (tag, kind) == (0x0112, 3):
                return value if 1 <= value <= 8 else 0
    except struct.error:
        return 0
    return 0


def _only_orientation(turned: int) -> bytes:
    tiff = b"MM\0*" + struct.pack(">IHHHIHHI", 8, 1, 0x0112, 3, 1, turned, 0, 0)
    body = b"Exif\0\0" + tiff
    return b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body
