"""Lays out the head of a table; neighbouring columns may stand under a head of their own."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import accumulate, groupby

from app.printing.forms.form import Column, Template
from app.printing.graphics.marks import Mark, Piece, Stroke, set_lines
from app.printing.graphics.text import Line
from app.printing.layout.filling import Filling
from app.printing.paper import MM, Measures

PAD_X = 1.4 * MM
PAD_Y = 0.45 * MM
"""White space between a rule and the letters beside or below it."""


@dataclass(frozen=True, slots=True)
class _Cell:
    """One cell: the columns it spans, its lines, and whether it stands under a group's."""

    first: int
    last: int
    lines: list[Line]
    under: bool


def head(columns: tuple[Column, ...], widths: list[float], measures: Measures) -> Piece:
    """The heads of the columns, those of a group below the group's own."""
    edges = [0.0, *accumulate(widths)]
    groups = list(_groups(columns, edges, measures))
    cells = [
        _cell(i, i, column.head, edges, measures, bool(column.group))
        for i, column in enumerate(columns)
    ]
    beneath = _needed([cell for cell in cells if cell.under], measures)
    alone = _needed([cell for cell in cells if not cell.under], measures)
    height = max(_needed(groups, measures) + beneath, alone)
    middle = height - beneath
    marks: list[Mark] = [Stroke(0, y, edges[-1], 0) for y in (0, height)]
    marks += (Stroke(x, 0, 0, height) for x in _whole(edges, groups))
    for cell in cells:
        marks += _set(cell, middle if cell.under else 0, height, edges, measures)
    for group in groups:
        left, right = edges[group.first], edges[group.last + 1]
        marks += _set(group, 0, middle, edges, measures)
        marks.append(Stroke(left, middle, right - left, 0))
        inner = edges[group.first + 1 : group.last + 1]
        marks += (Stroke(x, middle, 0, beneath) for x in inner)
    return Piece(height, tuple(marks), keep=True)


def _groups(columns: tuple[Column, ...], edges: list[float], measures: Measures) -> Iterator[_Cell]:
    for text, group in groupby(range(len(columns)), key=lambda i: columns[i].group):
        first, *others = group
        if text:
            yield _cell(first, (others or [first])[-1], text, edges, measures)


def _cell(
    first: int, last: int, text: Template, edges: list[float], measures: Measures,
    under: bool = False,
) -> _Cell:  # fmt: skip
    bold = tuple(replace(span, bold=True) for span in text)
    room = edges[last + 1] - edges[first] - 2 * PAD_X
    return _Cell(first, last, Filling({}).lines(bold, measures.note, room), under)


def _needed(cells: list[_Cell], measures: Measures) -> float:
    """The height of the deepest of some cells; 0 for none."""
    lines = max((len(cell.lines) for cell in cells), default=0)
    return lines * measures.note.leading + 2 * PAD_Y if cells else 0


def _whole(edges: list[float], groups: list[_Cell]) -> list[float]:
    """Where a rule runs through the whole head: at each edge that isn't inside a group."""
    inside = {i for group in groups for i in range(group.first + 1, group.last + 1)}
    return [x for i, x in enumerate(edges) if i not in inside]


def _set(
    cell: _Cell, top: float, foot: float, edges: list[float], measures: Measures
) -> tuple[Mark, ...]:
    left, right = edges[cell.first], edges[cell.last + 1]
    y = top + (foot - top - len(cell.lines) * measures.note.leading) / 2
    return set_lines(cell.lines, measures.note, left + PAD_X, y, right - left - 2 * PAD_X, 0.5)
