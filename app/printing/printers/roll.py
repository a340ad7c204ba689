"""Gives a roll printer (K80) its page as dots: ESC/POS raster lines, then the cut.

Letters are never sent as text: which code page holds the Vietnamese ones differs from printer to
printer.
"""

import os
import socket
from collections.abc import Iterator

from app.models.errors import OtherSideFailed
from app.printing.graphics.raster import Picture, pictures
from app.printing.printers.spooler import NotTaken

DOTS = 576
"""Across the 72 mm that an 80 mm roll's printer reaches."""
DPI = 203.2
"""8 dots a millimetre."""
PORT = 9100
_PATIENCE = 10.0
_BAND = 255
"""Lines a command carries: some printers' memory holds no more."""
_DARK = 128

_START = b"\x1b@"
_RASTER = b"\x1dv0\x00"
_FEED_AND_CUT = b"\x1bd\x04\x1dV\x42\x00"


def commands(pdf: bytes) -> bytes:
    """The pages as ESC/POS (GS v 0), each cut off (GS V)."""
    pages = (b"".join(_bands(page)) + _FEED_AND_CUT for page in pictures(pdf, DPI))
    return _START + b"".join(pages)


def deliver(pdf: bytes, place: str) -> None:
    """Give the pages to host[:port], or to a device or file (named by a path with a slash)."""
    dots = commands(pdf)
    is_path = "/" in place or "\\" in place
    (_write if is_path else _post)(dots, place)


def _bands(page: Picture) -> Iterator[bytes]:
    lines = [_line(page, y) for y in range(page.height)]
    for top in range(0, page.height, _BAND):
        band = lines[top : top + _BAND]
        size = (DOTS // 8).to_bytes(2, "little") + len(band).to_bytes(2, "little")
        yield _RASTER + size + b"".join(band)


def _line(page: Picture, y: int) -> bytes:
    """One line of dots, a set bit a black one, the leftmost the highest."""
    start = y * page.stride
    row = page.dots[start : start + min(page.width, DOTS)]
    bits = "".join("1" if dot < _DARK else "0" for dot in row).ljust(DOTS, "0")
    return int(bits, 2).to_bytes(DOTS // 8, "big")


def _post(dots: bytes, place: str) -> None:
    host, _, port = place.partition(":")
    try:
        link = socket.create_connection((host, int(port or PORT)), _PATIENCE)
    except (OSError, ValueError) as error:
        raise NotTaken(_silent(place)) from error
    with link:
        try:
            link.sendall(dots)
            link.shutdown(socket.SHUT_WR)
        except OSError as error:
            raise OtherSideFailed(_silent(place)) from error


def _write(dots: bytes, place: str) -> None:
    try:
        device = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    except OSError as error:
        raise NotTaken(_silent(place)) from error
    try:
        with os.fdopen(device, "ab") as file:
            file.write(dots)
    except OSError as error:
        raise OtherSideFailed(_silent(place)) from error


def _silent(place: str) -> str:
    return (
        f"Máy in cuộn “{place}” không trả lời. "
        "Hãy kiểm tra máy in đã bật và dây nối, rồi in lại; hồ sơ đã được lưu."
    )
