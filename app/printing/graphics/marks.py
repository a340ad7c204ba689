"""What layout makes and drawing puts on paper: letters, strokes and symbols in movable pieces.

Positions are points to the right of the text's left edge and down from the piece's own top.
"""

from dataclasses import dataclass, replace

from app.printing.graphics.barcodes import Symbol
from app.printing.graphics.ink import Ink
from app.printing.graphics.text import Line, width
from app.printing.paper import Type

HAIRLINE = 0.5
"""The weight of rules: the thinnest that a 203-dpi head prints without gaps."""


@dataclass(frozen=True, slots=True)
class Letters:
    """A line of text; `y` is its baseline."""

    x: float
    y: float
    line: Line
    size: float
    ink: Ink = Ink.BLACK


@dataclass(frozen=True, slots=True)
class Stroke:
    """A straight rule from (x, y) by (dx, dy)."""

    x: float
    y: float
    dx: float
    dy: float
    weight: float = HAIRLINE


@dataclass(frozen=True, slots=True)
class Picture:
    """A symbol with its upper left corner at (x, y)."""

    x: float
    y: float
    symbol: Symbol


@dataclass(frozen=True, slots=True)
class Photograph:
    """An image file with its upper left corner at (x, y)."""

    x: float
    y: float
    width: float
    height: float
    content: bytes
    """PNG or JPEG."""


Mark = Letters | Stroke | Picture | Photograph


@dataclass(frozen=True, slots=True)
class Piece:
    """What never breaks over a page; `keep` ties it to the next piece, `repeat` heads each page."""

    height: float
    marks: tuple[Mark, ...] = ()
    keep: bool = False
    repeat: tuple["Piece", ...] = ()


def moved(marks: tuple[Mark, ...], dx: float, dy: float) -> tuple[Mark, ...]:
    """The same marks elsewhere."""
    return tuple(_moved(mark, mark.x + dx, mark.y + dy) for mark in marks) if dx or dy else marks


def _moved(mark: Mark, x: float, y: float) -> Mark:
    # a register moves a million of these: `replace` takes four times as long
    match mark:
        case Letters():
            return Letters(x, y, mark.line, mark.size, mark.ink)
        case Stroke():
            return Stroke(x, y, mark.dx, mark.dy, mark.weight)
        case _:
            return replace(mark, x=x, y=y)


def frame(x: float, y: float, wide: float, high: float) -> tuple[Mark, ...]:
    """The four sides of a box."""
    return (
        Stroke(x, y, wide, 0),
        Stroke(x, y + high, wide, 0),
        Stroke(x, y, 0, high),
        Stroke(x + wide, y, 0, high),
    )


def set_lines(
    lines: list[Line],
    type_: Type,
    x: float,
    y: float,
    room: float,
    align: float = 0,
    ink: Ink = Ink.BLACK,
) -> tuple[Mark, ...]:
    """Lines one under another from the top `y`; `align` is 0 left, 0.5 centred, 1 right in `room`."""
    # Times' letters reach from 0.22 below the baseline to 0.89 above it: this centres them.
    first = y + type_.leading / 2 + type_.size * 0.335
    return tuple(
        Letters(
            x + align * (room - width(line, type_.size)) if align else x,
            first + i * type_.leading,
            line,
            type_.size,
            ink,
        )
        for i, line in enumerate(lines)
        if line
    )
