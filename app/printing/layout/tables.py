"""Lays a table out: a ruled grid whose head comes again on each page."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from app.printing.forms.form import Column, Table, Template
from app.printing.forms.variables import LINE, REGISTRY, Rows, Variable
from app.printing.graphics.marks import Mark, Piece, Stroke, frame, moved, set_lines
from app.printing.layout.filling import Filling
from app.printing.layout.table_heads import PAD_X, PAD_Y, head
from app.printing.paper import MM, Measures


def table(block: Table, filling: Filling, measures: Measures) -> Iterator[Piece]:
    """The head, a piece for each row as it is asked for, and a little space.

    Without rows what the table says then stands below the head, or nothing is printed at all.
    """
    entries = _entries(block, filling) if filling.holds(block.when) else []
    if not (entries or (block.empty and filling.holds(block.when))):
        return
    fields = row_fields(block.rows)
    widths = _widths(block.columns, measures)
    top = head(block.columns, widths, measures)
    depth = block.depth * MM * measures.scale
    space = Piece(measures.body.leading * 0.2)
    yield replace(space, keep=True)
    yield top
    for entry in entries:
        yield _row(block.columns, widths, Filling(entry, fields), measures, depth, top)
    if not entries:
        yield _nothing(block.empty, sum(widths), measures)
    yield space


def _nothing(words: Template, wide: float, measures: Measures) -> Piece:
    """One cell across the whole table."""
    lines = Filling({}).lines(words, measures.table, wide - 2 * PAD_X)
    height = len(lines) * measures.table.leading + 4 * PAD_Y
    marks = set_lines(lines, measures.table, PAD_X, 2 * PAD_Y, wide - 2 * PAD_X, 0.5)
    return Piece(height, (*marks, *frame(0, 0, wide, height)))


def row_fields(rows: str) -> Mapping[str, Variable]:
    """The variables of a list's rows; those of a form's own lines when it names no list."""
    variable = REGISTRY[rows] if rows else None
    return variable.fields if isinstance(variable, Rows) else LINE


def _entries(block: Table, filling: Filling) -> list[dict[str, object]]:
    """The rows with their ordinals, then the blanks left, one at least where there are any."""
    if not block.rows:
        return [{"ordinal": i, "text": text} for i, text in enumerate(block.lines, 1)]
    found = filling.entries(block.rows)
    left = block.blanks[len(found) :] or block.blanks[-1:]
    return found + [dict.fromkeys(row_fields(block.rows)) | dict(blank) for blank in left]


def _widths(columns: tuple[Column, ...], measures: Measures) -> list[float]:
    fixed = [column.width * MM * measures.scale for column in columns]
    rest = measures.room - sum(fixed)
    return [wide or rest for wide in fixed]


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
    top: Piece,
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
    return Piece(height, tuple(marks), repeat=(top,))


def _part(
    texts: tuple[tuple[Template, ...], ...],
    wide: float,
    centred: bool,
    filling: Filling,
    measures: Measures,
) -> _Part:
    each = wide / len(texts)
    room = each - 2 * PAD_X
    columns = [
        [line for text in paragraphs for line in filling.lines(text, measures.table, room)]
        for paragraphs in texts
    ]
    marks: list[Mark] = []
    for i, lines in enumerate(columns):
        x = i * each + PAD_X
        marks += set_lines(lines, measures.table, x, PAD_Y, room, 0.5 if centred else 0)
    height = max(map(len, columns)) * measures.table.leading + 2 * PAD_Y
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
