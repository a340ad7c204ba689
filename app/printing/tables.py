"""Lays a table out: a ruled grid whose head comes again on each page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from app.printing.filling import Filling
from app.printing.form import Column, Table, Template
from app.printing.marks import Mark, Piece, Stroke, moved, set_lines
from app.printing.paper import MM, Measures
from app.printing.variables import REGISTRY, Rows
from app.printing.wording import rows

_PAD_X = 1.4 * MM
_PAD_Y = 0.45 * MM


def table(block: Table, values: Mapping[str, object], measures: Measures) -> list[Piece]:
    """The head, a piece for each row, and a little space; nothing when there are no rows."""
    variable = REGISTRY[block.rows]
    assert isinstance(variable, Rows)
    widths = _widths(block.columns, measures)
    entries = _entries(block, rows(values, block.rows), variable)
    if not entries:
        return []
    head = _head(block.columns, widths, measures)
    depth = block.depth * MM * measures.scale
    pieces = [
        _row(block.columns, widths, Filling(entry, variable.fields), measures, depth, head)
        for entry in entries
    ]
    space = Piece(measures.body.leading * 0.2)
    return [replace(space, keep=True), head, *pieces, space]


def _entries(
    block: Table, found: Sequence[Mapping[str, object]], variable: Rows
) -> list[Mapping[str, object]]:
    """The rows with their ordinals, then the blanks left, one at least where there are any."""
    numbered = [{**row, "ordinal": i} for i, row in enumerate(found, 1)]
    left = block.blanks[len(found) :] or block.blanks[-1:]
    return numbered + [dict.fromkeys(variable.fields) | dict(blank) for blank in left]


def _widths(columns: tuple[Column, ...], measures: Measures) -> list[float]:
    fixed = [column.width * MM * measures.scale for column in columns]
    rest = measures.room - sum(fixed)
    return [wide or rest for wide in fixed]


def _head(columns: tuple[Column, ...], widths: list[float], measures: Measures) -> Piece:
    nothing = Filling({})
    cells = [
        nothing.lines(_bold(column.head), measures.note, wide - 2 * _PAD_X)
        for column, wide in zip(columns, widths, strict=True)
    ]
    height = max(map(len, cells)) * measures.note.leading + 2 * _PAD_Y
    marks: list[Mark] = [Stroke(0, 0, sum(widths), 0), Stroke(0, height, sum(widths), 0)]
    x = 0.0
    for lines, wide in zip(cells, widths, strict=True):
        top = (height - len(lines) * measures.note.leading) / 2
        marks += set_lines(lines, measures.note, x + _PAD_X, top, wide - 2 * _PAD_X, 0.5)
        marks.append(Stroke(x, 0, 0, height))
        x += wide
    marks.append(Stroke(x, 0, 0, height))
    return Piece(height, tuple(marks), keep=True)


def _bold(text: Template) -> Template:
    return tuple(replace(span, bold=True) for span in text)


@dataclass(frozen=True, slots=True)
class _Part:
    """One storey of a cell: its least height, its marks, and where it is divided."""

    height: float
    marks: tuple[Mark, ...]
    dividers: tuple[float, ...]


def _row(
    columns: tuple[Column, ...],
    widths: list[float],
    filling: Filling,
    measures: Measures,
    depth: float,
    head: Piece,
) -> Piece:
    cells = [
        [_part(part, wide, column.centred, filling, measures) for part in column.parts]
        for column, wide in zip(columns, widths, strict=True)
    ]
    height = max(depth, *(sum(part.height for part in cell) for cell in cells))
    marks: list[Mark] = [Stroke(0, height, sum(widths), 0)]
    x = 0.0
    for column, cell, wide in zip(columns, cells, widths, strict=True):
        marks.append(Stroke(x, 0, 0, height))
        marks += moved(_stacked(cell, wide, height, column.even), x, 0)
        x += wide
    marks.append(Stroke(x, 0, 0, height))
    return Piece(height, tuple(marks), repeat=(head,))


def _part(
    texts: tuple[tuple[Template, ...], ...],
    wide: float,
    centred: bool,
    filling: Filling,
    measures: Measures,
) -> _Part:
    each = wide / len(texts)
    room = each - 2 * _PAD_X
    columns = [
        [line for text in paragraphs for line in filling.lines(text, measures.table, room)]
        for paragraphs in texts
    ]
    marks: list[Mark] = []
    for i, lines in enumerate(columns):
        x = i * each + _PAD_X
        marks += set_lines(lines, measures.table, x, _PAD_Y, room, 0.5 if centred else 0)
    height = max(map(len, columns)) * measures.table.leading + 2 * _PAD_Y
    return _Part(height, tuple(marks), tuple(i * each for i in range(1, len(texts))))


def _stacked(parts: list[_Part], wide: float, height: float, even: bool) -> tuple[Mark, ...]:
    """Parts one under another with rules between; what `height` leaves goes to all or the last."""
    spare = height - sum(part.height for part in parts)
    marks: list[Mark] = []
    y = 0.0
    for i, part in enumerate(parts):
        last = i == len(parts) - 1
        tall = part.height + (spare / len(parts) if even else spare * last)
        marks += moved(part.marks, 0, y)
        marks += (Stroke(x, y, 0, tall) for x in part.dividers)
        y += tall
        if not last:
            marks.append(Stroke(0, y, wide, 0))
    return tuple(marks)
