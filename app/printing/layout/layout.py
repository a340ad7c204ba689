"""Lays the blocks of a form out as pieces; the order of the form is the order on paper."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import accumulate
from math import ceil

from app.printing.forms.form import (
    Barcode,
    Beside,
    Block,
    Listed,
    PageBreak,
    Paragraphs,
    Ruled,
    Signature,
    Signatures,
    Table,
    Template,
)
from app.printing.graphics.barcodes import code128, qr
from app.printing.graphics.fonts import REGULAR
from app.printing.graphics.marks import Mark, Picture, Piece, frame, moved, set_lines
from app.printing.graphics.text import Line, Notch, Run, balanced, width
from app.printing.layout.filling import Filling
from app.printing.layout.tables import row_fields, table
from app.printing.paper import MM, Measures, Type

_BARCODE_HEIGHT = 8 * MM
_GUTTER = 4 * MM
_APART = 0.35
"""White space above a paragraph set apart, in lines."""


def lay_out(
    blocks: Iterable[Block], values: Mapping[str, object], measures: Measures
) -> list[Piece]:
    """The pieces of some blocks, in order."""
    return list(stream(blocks, values, measures))


def stream(
    blocks: Iterable[Block], values: Mapping[str, object], measures: Measures
) -> Iterator[Piece]:
    """The pieces of some blocks; the rows of a table are laid out as they are asked for."""
    filling = Filling(values)
    return (piece for block in blocks for piece in _block(block, filling, measures))


def _block(block: Block, filling: Filling, measures: Measures) -> Iterable[Piece]:
    match block:
        case Paragraphs():
            return _paragraphs(block, filling, measures)
        case Listed():
            return _listed(block, filling, measures)
        case Ruled(count):
            return [_rule(measures)] * count
        case Barcode():
            return [_barcode(block, filling, measures)] if filling.holds(block.when) else []
        case Table():
            return table(block, filling, measures)
        case Signatures():
            return [_signatures(block, filling, measures)]
        case Beside():
            return _beside(block, filling, measures)
        case PageBreak():
            return []


def _paragraphs(
    block: Paragraphs, filling: Filling, measures: Measures, taken: float = 0, depth: float = 0
) -> list[Piece]:
    """A piece for each line; neither the first nor the last of a paragraph stands alone.

    What stands at the right of the first `depth` points has `taken` that much of their width.
    """
    if not filling.holds(block.when):
        return []
    if block.framed:
        return [_framed(block, filling, measures)]
    type_ = measures.note if block.small else measures.body
    above = [Piece(type_.leading * _APART, keep=True)] if block.apart else []
    depth -= sum(piece.height for piece in above)
    notch = Notch(taken, max(0, ceil(depth / type_.leading)))
    places = _places(block, filling, type_, measures, notch.room(0, measures.room))
    row = _in_a_row(block.texts, places, filling, type_)
    if row:
        return [*above, Piece(type_.leading, row, block.keep)]
    pieces: list[Piece] = []
    for text in block.texts:
        left = Notch(taken, max(0, notch.lines - len(pieces)))
        lines = _broken(block, text, filling, type_, measures.room, left)
        pieces += _line_pieces(lines, type_, measures.room, block)
    return above + pieces


def _line_pieces(lines: list[Line], type_: Type, room: float, block: Paragraphs) -> Iterator[Piece]:
    align = 0.5 if block.centred else 0
    for line, tied in _tied(lines):
        marks = set_lines([line], type_, 0, 0, room, align, block.ink)
        yield Piece(type_.leading, marks, block.keep or tied)


def _broken(
    block: Paragraphs, text: Template, filling: Filling, type_: Type, room: float, notch: Notch
) -> list[Line]:
    """A paragraph in lines, those of a centred one of even width."""
    if block.centred:
        return balanced(filling.runs(text), type_.size, room)
    return filling.lines(text, type_, room, notch)


def _listed(block: Listed, filling: Filling, measures: Measures) -> list[Piece]:
    """A paragraph a row; a list with no rows leaves numbered lines for the pen."""
    if not filling.holds(block.when):
        return []
    fields = row_fields(block.rows)
    entries = filling.entries(block.rows) or [
        {**dict.fromkeys(fields), "ordinal": i} for i in range(1, block.blanks + 1)
    ]
    each = Paragraphs((block.text,))
    return [
        piece for entry in entries for piece in _paragraphs(each, Filling(entry, fields), measures)
    ]


def _rule(measures: Measures) -> Piece:
    """A dotted line with room above it for letters by hand."""
    tall = measures.body.leading * 1.35
    dots = Run("." * int(measures.room / width((Run(".", REGULAR),), measures.body.size)), REGULAR)
    return Piece(tall, set_lines([(dots,)], measures.body, 0, tall - measures.body.leading, 0))


def _places(
    block: Paragraphs, filling: Filling, type_: Type, measures: Measures, room: float
) -> list[float]:
    """Where several texts begin on one line and its end; nothing where they have no room."""
    widths = [width(filling.runs(text), type_.size) + _GUTTER for text in block.texts]
    if block.stops:
        places = [0.0, *(stop * MM * measures.scale for stop in block.stops), room + _GUTTER]
    else:
        spare = (room + _GUTTER - sum(widths)) / len(widths)
        places = [0.0, *accumulate(wide + spare for wide in widths)]
    fit = all(a + wide <= b + 0.01 for a, wide, b in zip(places, widths, places[1:], strict=False))
    return places if fit and len(widths) > 1 else []


def _in_a_row(
    texts: tuple[Template, ...], places: list[float], filling: Filling, type_: Type
) -> tuple[Mark, ...]:
    """Several texts on one line, each at its place."""
    beginnings = zip(texts, places, places[1:], strict=False)
    return tuple(
        mark
        for text, x, end in beginnings
        for mark in set_lines(filling.lines(text, type_, end - x - _GUTTER), type_, x, 0, 0)
    )


def _tied(lines: list[Line]) -> Iterator[tuple[Line, bool]]:
    last = len(lines) - 1
    return ((line, i < last and i in {0, last - 1}) for i, line in enumerate(lines))


def _beside(block: Beside, filling: Filling, measures: Measures) -> list[Piece]:
    """Lines that give way to the symbol, those at its side tied together, and go on below it."""
    content = filling.words(block.qr)
    symbol = qr(content, fine=True) if content else None
    taken = symbol.width + _GUTTER if symbol else 0
    reach = symbol.height + symbol.quiet * 4 / 3 if symbol else 0
    pieces: list[Piece] = []
    y = 0.0
    for each in block.paragraphs:
        for line in _paragraphs(each, filling, measures, taken, reach - y):
            y += line.height
            pieces.append(replace(line, keep=line.keep or y < reach))
    if symbol:
        picture = Picture(measures.room - symbol.width, symbol.quiet / 2, symbol)
        pieces.insert(0, Piece(0, (picture,), keep=True))
    return [*pieces, Piece(max(0, reach - y), keep=block.keep)]


def _framed(block: Paragraphs, filling: Filling, measures: Measures) -> Piece:
    pad_x, pad_y, space = 2 * MM, 0.7 * MM, 0.8 * MM
    room = measures.room - 2 * pad_x
    lines = [line for text in block.texts for line in filling.lines(text, measures.body, room)]
    tall = len(lines) * measures.body.leading + 2 * pad_y
    return Piece(
        tall + 2 * space,
        (
            *frame(0, space, measures.room, tall),
            *set_lines(lines, measures.body, pad_x, space + pad_y, room),
        ),
        keep=block.keep,
    )


def _barcode(block: Barcode, filling: Filling, measures: Measures) -> Piece:
    """The text and its bars on one line, or the bars below where both have no room.

    A code too long even for a line of its own stands without bars.
    """
    size = measures.body.size
    lines = [
        line for text in block.texts for line in filling.lines(text, measures.body, measures.room)
    ]
    marks = set_lines(lines, measures.body, 0, 0, measures.room)
    tall = len(lines) * measures.body.leading
    space = measures.body.leading * 0.35
    code = filling.words(block.variable)
    symbol = code128(code, _BARCODE_HEIGHT) if code else None
    if symbol is None or symbol.width > measures.room:
        return Piece(tall, marks)
    spare = measures.room - symbol.width
    widest = max(width(filling.runs(text), size) for text in block.texts)
    if widest + symbol.quiet <= spare:
        high = max(symbol.height, tall)
        beside = moved(marks, 0, (high - tall) / 2)
        return Piece(high + space, (*beside, Picture(spare, (high - symbol.height) / 2, symbol)))
    below = Picture(spare / 2, tall + space, symbol)
    return Piece(tall + space + symbol.height + space, (*marks, below))


def _signatures(block: Signatures, filling: Filling, measures: Measures) -> Piece:
    """Title and notes above white space for the hand, names in one line below it."""
    each = measures.room / len(block.columns)
    room = each - _GUTTER
    top = measures.body.leading * 0.35
    marks: list[Mark] = []
    foot = 0.0
    for i, column in enumerate(block.columns):
        x, y = i * each + _GUTTER / 2, top
        for text, type_ in _signing(column, measures):
            lines = balanced(filling.runs(text), type_.size, room)
            marks += set_lines(lines, type_, x, y, room, 0.5)
            y += len(lines) * type_.leading
        foot = max(foot, y + measures.signing)
    names = [filling.lines(column.name, measures.body, room) for column in block.columns]
    for i, lines in enumerate(names):
        marks += set_lines(lines, measures.body, i * each + _GUTTER / 2, foot, room, 0.5)
    tall = max(map(len, names)) * measures.body.leading
    return Piece(foot + tall + top / 2, tuple(marks))


def _signing(column: Signature, measures: Measures) -> Iterator[tuple[Template, Type]]:
    yield column.title, measures.body
    yield from ((note, measures.note) for note in column.notes)
