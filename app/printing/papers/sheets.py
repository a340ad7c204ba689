"""Draws sheets to PDF, page by page: what a page held is forgotten once it is drawn."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path
from types import MappingProxyType

from app.printing.forms import forms
from app.printing.forms.form import Block, Form, PageBreak
from app.printing.graphics.drawing import pdf
from app.printing.graphics.fonts import BOLD, REGULAR
from app.printing.graphics.marks import Mark, Piece, Stroke, moved, set_lines
from app.printing.graphics.text import Run
from app.printing.layout import heads, layout
from app.printing.layout.filling import Filling
from app.printing.layout.pages import Page, flow
from app.printing.paper import MM, Measures, Paper, Type
from app.printing.sheet import Reached, Sheet, unheard

_A4 = replace(
    Paper.A4.measures,
    top=15 * MM,
    bottom=15 * MM,
    left=20 * MM,
    right=12 * MM,
    title=Type(14, 18),
    motto=Type(12, 14.5),
    head=Type(11, 13.4),
    body=Type(11, 14),
    table=Type(9.5, 11.2),
    note=Type(9, 10.6),
    signing=16 * MM,
)
_LANDSCAPE = replace(
    _A4,
    width=_A4.height,
    height=_A4.width,
    top=14 * MM,
    bottom=13 * MM,
    table=Type(9, 10.6),
    note=Type(8.8, 10.4),
)


_A3 = replace(
    _A4,
    width=297 * MM,
    height=420 * MM,
    title=Type(26, 32),
    motto=Type(17, 21),
    head=Type(15, 18),
    body=Type(17, 23),
    table=Type(14, 17),
    note=Type(13, 16),
)

_BOARD = replace(
    _A4, title=Type(18, 23), body=Type(13, 17), table=Type(12, 14.6), note=Type(11, 13.4)
)

LAYOUTS: Mapping[str, Measures] = MappingProxyType(
    {
        "A4": _A4,
        "A4 landscape": _LANDSCAPE,
        "A4 landscape, many columns": replace(
            _LANDSCAPE, table=Type(8, 9.5), note=Type(7.8, 9.2)
        ),
        "A5 landscape": replace(
            _LANDSCAPE, width=210 * MM, height=148 * MM, top=9 * MM, bottom=9 * MM, left=15 * MM,
            signing=11 * MM, body=Type(11, 15),
        ),
        "A4 board": _BOARD,
        "A4 landscape board": replace(_BOARD, width=_BOARD.height, height=_BOARD.width),
        "A3 board": _A3,
        "A3 landscape board": replace(_A3, width=_A3.height, height=_A3.width),
    }
)  # fmt: skip
"""What the `sheet` of a form names. Working sheets keep narrower margins than NĐ 30/2020's papers."""


_TOUCHING = 0.01
"""Points between the end of one rule and the start of the next."""


def render(sheets: Sequence[Sheet], reached: Reached = unheard, unit: Path | None = None) -> bytes:
    """The PDF of sheets of one size of paper, each beginning a page; the same bytes for the same input.

    ValueError when their papers differ, KeyError when a variable is absent.
    """
    described = [(forms.load(sheet.form, sheet.profile, unit), sheet) for sheet in sheets]
    layouts = [LAYOUTS[sheet.layout or form.sheet] for form, sheet in described]
    if len({(each.width, each.height, each.left, each.top) for each in layouts}) > 1:
        raise ValueError("sheets of several papers")
    pages = _all_pages(zip(described, layouts, strict=True), reached)
    return pdf(pages, layouts[0], described[0][0].title)


def _all_pages(
    sheets: Iterable[tuple[tuple[Form, Sheet], Measures]], reached: Reached
) -> Iterator[Sequence[Mark]]:
    rows = 0
    for (form, sheet), measures in sheets:
        values = {**sheet.values, **form.names}
        for copy in form.copies:
            running = _running(f"{form.title} {copy}".strip(), sheet.name, measures)
            for page, marks in _pages(form, values, copy, running, measures):
                yield marks
                rows += sum(bool(placed.piece.repeat) for placed in page)
                reached(rows)


def _pages(
    form: Form, values: Mapping[str, object], copy: str, running: Piece, measures: Measures
) -> Iterator[tuple[Page, Sequence[Mark]]]:
    """The pages of one copy; those of a bound book are numbered from the first on."""
    parts = list(_parts(form.blocks))
    top = [
        *([heads.header(form.header, Filling(values), measures)] if form.header else []),
        heads.title(form.title, copy, "", measures),
    ]
    number = 0
    for part in parts:
        told = {**values, "pages": number + 1}
        pieces = chain(top, layout.stream(part, told, measures))
        for page in flow(pieces, measures.depth, running):
            number += 1
            marks = _joined(mark for it in page for mark in moved(it.piece.marks, 0, it.y))
            if number > 1 or len(parts) > 1:
                marks += _number(number, measures)
            yield page, marks
        top = []


def _parts(blocks: Iterable[Block]) -> Iterator[list[Block]]:
    """The blocks between page breaks."""
    part: list[Block] = []
    for block in blocks:
        if isinstance(block, PageBreak):
            yield part
            part = []
        else:
            part.append(block)
    yield part


def _running(title: str, name: str, measures: Measures) -> Piece:
    """What heads the pages after the first: the sheet at the left, which one at the right."""
    type_ = measures.note
    foot = type_.leading * 1.2
    return Piece(
        foot + type_.leading * 0.6,
        (
            *set_lines([(Run(title, BOLD),)], type_, 0, 0, measures.room),
            *set_lines([(Run(name, BOLD),)], type_, 0, 0, measures.room, 1),
            Stroke(0, foot, measures.room, 0),
        ),
    )


def _joined(marks: Iterable[Mark]) -> list[Mark]:
    """The same marks, each upright rule of a table one stroke instead of one a row."""
    joined: list[Mark] = []
    last: dict[float, int] = {}
    for mark in marks:
        if isinstance(mark, Stroke) and not mark.dx:
            above = joined[last[mark.x]] if mark.x in last else None
            if isinstance(above, Stroke) and abs(above.y + above.dy - mark.y) < _TOUCHING:
                joined[last[mark.x]] = replace(above, dy=mark.y + mark.dy - above.y)
                continue
            last[mark.x] = len(joined)
        joined.append(mark)
    return joined


def _number(number: int, measures: Measures) -> tuple[Mark, ...]:
    line = (Run(f"Trang {number:02}", REGULAR),)
    return set_lines([line], measures.note, 0, measures.depth + 2 * MM, measures.room, 0.5)
