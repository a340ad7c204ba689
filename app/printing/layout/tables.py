"""Lays a table out: a ruled grid whose head comes again on each page."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from app.printing.forms.form import Column, Table, Template
from app.printing.forms.variables import LINE, REGISTRY, Rows, Variable
from app.printing.graphics.marks import Mark, Piece, Stroke, frame, moved, set_lines
from app.printing.graphics.text import Line
from app.printing.layout.filling import Filling
from app.printing.layout.table_heads import PAD_X, PAD_Y, head
from app.printing.paper import MM, Measures, Type

_RUNNING = 3
"""Lines of a page that its running head may take, generously."""

_STRETCHES = 3
"""Of how many a page holds of a row that no page can hold whole."""


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
    grid = _Grid(block.columns, widths, measures, top)
    depth = block.depth * MM * measures.scale
    space = Piece(measures.body.leading * 0.2)
    yield replace(space, keep=True)
    yield top
    for entry in entries:
        yield from grid.row(Filling(entry, fields), depth)
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
    """One storey of a cell: texts side by side, each in lines that have `each` points of width."""

    texts: tuple[list[Line], ...]
    each: float
    type_: Type
    align: float

    @property
    def height(self) -> float:
        """The least it needs."""
        return max(map(len, self.texts)) * self.type_.leading + 2 * PAD_Y

    def marks(self) -> tuple[Mark, ...]:
        room = self.each - 2 * PAD_X
        return tuple(
            mark
            for i, lines in enumerate(self.texts)
            for mark in set_lines(lines, self.type_, i * self.each + PAD_X, PAD_Y, room, self.align)
        )

    def dividers(self) -> Iterator[float]:
        return (i * self.each for i in range(1, len(self.texts)))

    def cut(self, depth: float) -> "tuple[_Part, _Part]":
        """As many lines of it as `depth` holds, and the others."""
        count = max(0, int((depth - 2 * PAD_Y) / self.type_.leading))
        first = replace(self, texts=tuple(lines[:count] for lines in self.texts))
        return first, replace(self, texts=tuple(lines[count:] for lines in self.texts))


_Cell = list[_Part]


@dataclass(frozen=True, slots=True)
class _Grid:
    """The columns of a table at their widths, and the head that comes again on each page."""

    columns: tuple[Column, ...]
    widths: list[float]
    measures: Measures
    top: Piece

    def row(self, filling: Filling, depth: float) -> Iterator[Piece]:
        """A row at least `depth` high in one piece; one that no page can hold goes on, stretch by stretch."""
        cells = [
            [_part(part, wide, column.centred, filling, self.measures) for part in column.parts]
            for column, wide in zip(self.columns, self.widths, strict=True)
        ]
        page = self.measures.depth - self.top.height - _RUNNING * self.measures.note.leading
        stretch = page / _STRETCHES
        bearable = page
        while (height := max(map(_height, cells))) > bearable:
            cut = [_cut(cell, stretch) for cell in cells]
            firsts, cells = [first for first, _ in cut], [rest for _, rest in cut]
            yield self._piece(firsts, max(map(_height, firsts)), ends=False)
            bearable, depth = stretch, 0
        yield self._piece(cells, max(depth, height), ends=True)

    def _piece(self, cells: list[_Cell], height: float, *, ends: bool) -> Piece:
        marks: list[Mark] = [Stroke(0, height, sum(self.widths), 0)] if ends else []
        x = 0.0
        for column, cell, wide in zip(self.columns, cells, self.widths, strict=True):
            marks.append(Stroke(x, 0, 0, height))
            marks += moved(_stacked(cell, wide, height, column.even), x, 0)
            x += wide
        marks.append(Stroke(x, 0, 0, height))
        return Piece(height, tuple(marks), repeat=(self.top,))


def _height(cell: _Cell) -> float:
    return sum(part.height for part in cell)


def _cut(cell: _Cell, depth: float) -> tuple[_Cell, _Cell]:
    """What of a cell stands within `depth`, and what goes on below it."""
    for i, part in enumerate(cell):
        if part.height > depth:
            first, rest = part.cut(depth)
            return [*cell[:i], first], [rest, *cell[i + 1 :]]
        depth -= part.height
    return cell, []


def _part(
    texts: tuple[tuple[Template, ...], ...],
    wide: float,
    centred: bool,
    filling: Filling,
    measures: Measures,
) -> _Part:
    each = wide / len(texts)
    room = each - 2 * PAD_X
    columns = (
        [line for text in paragraphs for line in filling.lines(text, measures.table, room)]
        for paragraphs in texts
    )
    return _Part(tuple(columns), each, measures.table, 0.5 if centred else 0)


def _stacked(parts: _Cell, wide: float, height: float, even: bool) -> tuple[Mark, ...]:
    """Parts one under another with rules between; what `height` leaves goes to all or the last."""
    spare = height - _height(parts)
    marks: list[Mark] = []
    y = 0.0
    for i, part in enumerate(parts):
        last = i == len(parts) - 1
        tall = part.height + (spare / len(parts) if even else spare * last)
        marks += moved(part.marks(), 0, y)
        marks += (Stroke(x, y, 0, tall) for x in part.dividers())
        y += tall
        if not last:
            marks.append(Stroke(0, y, wide, 0))
    return tuple(marks)
