"""Draws the page that tries a printer: what it can't reach, its letters, and codes to scan back."""

import string
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from itertools import product
from unicodedata import normalize

from app.models.unit.scanner_check import LINES, WHOLE
from app.printing.graphics.barcodes import code128, qr
from app.printing.graphics.drawing import pdf
from app.printing.graphics.fonts import BOLD, ITALIC, REGULAR
from app.printing.graphics.marks import Mark, Picture, Stroke, moved, set_lines
from app.printing.graphics.text import Run, break_lines
from app.printing.paper import MM, Measures, Paper, Type

FORM = "test-page"

_MARKS = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
VIETNAMESE = "".join(
    normalize("NFC", letter + mark) for letter, mark in product("aăâeêioôơuưy", _MARKS)
).replace("y", "yđ", 1)
"""The vowels with each of their tones, and đ: 73 small letters."""

_RULER_MM = 15
_NUMBER = Type(6, 7)
_SPACE = 2 * MM
_BARS = 9 * MM
_HOW = (
    "Số nhỏ nhất còn thấy trên mỗi thước là lề mà máy in không in tới (mm). "
    "Từ số 5 đến số 15 phải đúng 10 mm: nếu không, máy in đã co giãn trang."
)
_SCAN = "Quét từng mã dưới đây vào ô thử máy quét:"


def render(printer: str, at: datetime, paper: Paper) -> bytes:
    """The page for a printer, on one of its papers."""
    measures = paper.measures
    inset = 0 if paper is Paper.K80 else _RULER_MM * MM
    left = max(inset, measures.left)
    room = measures.width - left - max(inset, measures.right)
    marks: list[Mark] = [] if paper is Paper.K80 else list(_rulers(measures))
    y = max(inset + _SPACE, measures.top) - measures.top
    for placed, height in _parts(printer, at, measures, room):
        marks += moved(placed, left - measures.left, y)
        y += height + _SPACE
    if paper is Paper.K80:
        measures = replace(measures, height=measures.top + y + measures.bottom)
    return pdf([marks], measures, "Trang thử máy in")


def render_values(values: Mapping[str, object], paper: Paper) -> bytes:
    """The page for `printer` at the instant `at`."""
    at = values["at"]
    assert isinstance(at, datetime)
    return render(str(values["printer"]), at, paper)


# --- what stands one under another --------------------------------------------------------------

_Part = tuple[tuple[Mark, ...], float]


def _parts(printer: str, at: datetime, measures: Measures, room: float) -> Iterator[_Part]:
    """Marks and their height, from top to bottom."""
    yield _words("TRANG THỬ MÁY IN", BOLD, measures.title, room, 0.5)
    yield _words(f"{printer} · {at:%H:%M %d/%m/%Y}", REGULAR, measures.note, room, 0.5)
    if measures is not Paper.K80.measures:
        yield _words(_HOW, REGULAR, measures.note, room)
    letters = " ".join((VIETNAMESE, VIETNAMESE.upper(), string.digits))
    for face in (REGULAR, BOLD, ITALIC):
        yield _words(letters, face, measures.note, room)
    yield _words(_SCAN, REGULAR, measures.note, room)
    for text in LINES:
        bars = code128(text, _BARS)
        if bars.width <= room:
            yield (Picture(_dots((room - bars.width) / 2), 0, bars),), bars.height + _SPACE
    square = qr(WHOLE)
    yield (
        (Picture(_dots((room - square.width) / 2), square.quiet, square),),
        (square.height + 2 * square.quiet),
    )


def _words(text: str, face: str, type_: Type, room: float, align: float = 0) -> _Part:
    lines = break_lines((Run(text, face),), type_.size, room)
    return set_lines(lines, type_, 0, 0, room, align), len(lines) * type_.leading


def _dots(length: float) -> float:
    """Whole dots of a 203-dpi head."""
    return round(length * 8 / MM) / 8 * MM


# --- the rulers ---------------------------------------------------------------------------------


def _rulers(measures: Measures) -> Iterator[Mark]:
    """Four, each in from the middle of an edge of the paper: a tick a millimetre, a number each five."""
    wide, high = measures.width, measures.height
    for mm in range(1, _RULER_MM + 1):
        deep = mm * MM
        long = (3 if mm % 5 == 0 else 1.5) * MM
        for mark in (
            Stroke(deep, high / 2, 0, long),
            Stroke(wide - deep, high / 2, 0, long),
            Stroke(wide / 2, deep, long, 0),
            Stroke(wide / 2, high - deep, long, 0),
        ):
            yield from moved((mark,), -measures.left, -measures.top)
        if mm % 5 == 0:
            yield from _numbers(mm, measures)


def _numbers(mm: int, measures: Measures) -> Iterator[Mark]:
    deep, half = mm * MM, _NUMBER.leading / 2
    wide, high = measures.width, measures.height
    for x, y in (
        (deep - 10, high / 2 + 3 * MM),
        (wide - deep - 10, high / 2 + 3 * MM),
        (wide / 2 + 3 * MM, deep - half),
        (wide / 2 + 3 * MM, high - deep - half),
    ):
        line = (Run(str(mm), REGULAR),)
        yield from moved(
            set_lines([line], _NUMBER, 0, 0, 20, 0.5), x - measures.left, y - measures.top
        )
