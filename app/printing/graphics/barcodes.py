"""Makes Code 128 and QR symbols as rectangles of whole printer dots."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

import barcode
import segno

from app.printing.paper import MM

MODULE_MM = 0.25
"""2 dots at 203 dpi and 3 at 300: at 0.33 mm one scan in forty failed, at 0.19 mm all did."""

QUIET_MODULES = 10
"""White on either side of a Code 128 (ISO/IEC 15417)."""

QR_QUIET_MODULES = 4
"""White on each side of a QR (ISO/IEC 18004)."""

# The QR versions whose symbol is 22 to 29 mm wide when its module is whole printer dots.
_QR_MODULES_MM = {4: 0.75, 7: 0.5, 8: 0.5, 10: 0.5}
_FINE_MM = 0.5

Rectangle = tuple[float, float, float, float]
"""Left, top, width, height in points, from the symbol's own upper left corner."""


@dataclass(frozen=True, slots=True)
class Symbol:
    """The black rectangles of a symbol, its size and its quiet zone, in points."""

    width: float
    height: float
    quiet: float
    rectangles: tuple[Rectangle, ...]


def code128(text: str, height: float) -> Symbol:
    """The Code 128 of `text` (ASCII), `height` points high; 61 mm wide for a usual dossier code."""
    (bits,) = barcode.get("code128", text).build()
    module = MODULE_MM * MM
    return Symbol(
        width=len(bits) * module,
        height=height,
        quiet=QUIET_MODULES * module,
        rectangles=tuple(
            (start * module, 0, length * module, height)
            for start, length in _dark(bit == "1" for bit in bits)
        ),
    )


def qr(text: str, fine: bool = False) -> Symbol:
    """The QR of `text` (at most 213 bytes), 22 to 29 mm wide, readable with 15 % of it lost.

    A `fine` one of at most 62 bytes is 16.5 mm wide: it stands beside four lines of a slip.
    """
    for version, module_mm in _QR_MODULES_MM.items():
        try:
            code = segno.make(text, version=version, error="m", micro=False)
        except segno.DataOverflowError:
            continue
        module = (_FINE_MM if fine else module_mm) * MM
        return Symbol(
            width=len(code.matrix) * module,
            height=len(code.matrix) * module,
            quiet=QR_QUIET_MODULES * module,
            rectangles=tuple(
                (start * module, row * module, length * module, module)
                for row, modules in enumerate(code.matrix)
                for start, length in _dark(bool(cell) for cell in modules)
            ),
        )
    raise ValueError(f"{len(text.encode())} bytes are too many for the QR of a slip")


def _dark(modules: Iterable[bool]) -> Iterator[tuple[int, int]]:
    """Start and length of each run of dark modules."""
    start = 0
    for dark, run in groupby(modules):
        length = sum(1 for _ in run)
        if dark:
            yield start, length
        start += length
