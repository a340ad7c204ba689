"""Lays the blocks of a form out as pieces; the order of the form is the order on paper."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from app.printing.barcodes import code128, qr
from app.printing.filling import Filling
from app.printing.fonts import BOLD, ITALIC, REGULAR
from app.printing.form import (
    Barcode,
    Beside,
    Block,
    Form,
    Paragraphs,
    Signature,
    Signatures,
    Table,
    Template,
)
from app.printing.marks import Mark, Picture, Piece, Stroke, frame, set_lines
from app.printing.paper import MM, Measures, Type
from app.printing.tables import table
from app.printing.text import Line, Run, balanced, width

_BARCODE_HEIGHT = 8 * MM
_GUTTER = 4 * MM


def header(form: Form, filling: Filling, measures: Measures) -> Piece:
    """The agencies and the number at the left; the motto, place and date at the right."""
    left, right = measures.room * 0.38, measures.room * 0.62
    agency: list[Mark] = []
    y = 0.0
    for text in form.header.left:
        lines = balanced(filling.runs(text), measures.head.size, left - _GUTTER)
        agency += set_lines(lines, measures.head, 0, y, left, 0.5)
        y += len(lines) * measures.head.leading
    agency.append(Stroke(left * 0.35, y + 1.5, left * 0.3, 0))
    country, motto = form.header.right
    (name,), (words,) = ([filling.runs(text)] for text in (country, motto))
    beneath = width(words, measures.motto.size)
    state = [
        *set_lines([name], measures.head, left, 0, right, 0.5),
        *set_lines([words], measures.motto, left, measures.head.leading, right, 0.5),
    ]
    rule_y = measures.head.leading + measures.motto.leading + 1.5
    state.append(Stroke(left + (right - beneath) / 2, rule_y, beneath, 0))
    foot = max(y, rule_y) + 5
    number = filling.lines(form.header.number, measures.body, left)
    dated = filling.lines(form.header.place_and_date, measures.body, right)
    return Piece(
        foot + max(len(number), len(dated)) * measures.body.leading,
        (
            *agency,
            *set_lines(number, measures.body, 0, foot, left, 0.5),
            *state,
            *set_lines(dated, measures.body, left, foot, right, 0.5),
        ),
    )


def title(words: str, copy: str, mark: str, measures: Measures) -> Piece:
    """The form's name, which copy this is, and in a frame what it is not: an original."""
    space = measures.body.leading * 0.35
    lines = balanced((Run(words, BOLD),), measures.title.size, measures.room)
    marks = [*set_lines(lines, measures.title, 0, space, measures.room, 0.5)]
    y = space + len(lines) * measures.title.leading
    if copy:
        marks += set_lines([(Run(copy, ITALIC),)], measures.body, 0, y, measures.room, 0.5)
        y += measures.body.leading
    if mark:
        line = (Run(mark, BOLD),)
        wide = width(line, measures.body.size) + 2 * _GUTTER
        marks += set_lines([line], measures.body, 0, y + 2, measures.room, 0.5)
        marks += frame((measures.room - wide) / 2, y + 2, wide, measures.body.leading)
        y += measures.body.leading + 2 + space
    return Piece(y + space, tuple(marks), keep=True)


def running_head(words: str, copy: str, mark: str, code: str, measures: Measures) -> Piece:
    """What heads the pages after the first: the paper at the left, the dossier at the right."""
    type_ = measures.note
    marks = [
        *set_lines([(Run(words, BOLD),)], type_, 0, 0, measures.room),
        *set_lines([(Run(code, BOLD),)], type_, 0, 0, measures.room, 1),
    ]
    y = type_.leading
    if copy or mark:
        below = (Run(copy, ITALIC),), (Run(mark, BOLD),)
        marks += set_lines([below[0]], type_, 0, y, measures.room)
        marks += set_lines([below[1]], type_, 0, y, measures.room, 1)
        y += type_.leading
    marks.append(Stroke(0, y + 2, measures.room, 0))
    return Piece(y + 2 + type_.leading * 0.6, tuple(marks))


def page_number(number: int, count: int, measures: Measures) -> tuple[Mark, ...]:
    """The number in the top margin of pages after the first (NĐ 30/2020), and where to go on."""
    type_ = measures.note
    marks: tuple[Mark, ...] = ()
    if number > 1:
        line = (Run(f"{number}/{count}", REGULAR),)
        above = -(measures.top + type_.leading) / 2
        marks += set_lines([line], type_, 0, above, measures.room, 0.5)
    if number < count:
        line = (Run("(xem tiếp trang sau)", ITALIC),)
        below = measures.depth + (measures.bottom - type_.leading) / 2
        marks += set_lines([line], type_, 0, below, measures.room, 1)
    return marks


def body(form: Form, values: Mapping[str, object], measures: Measures) -> list[Piece]:
    """All blocks after the title."""
    filling = Filling(values)
    return [piece for block in form.blocks for piece in _block(block, filling, measures)]


def _block(block: Block, filling: Filling, measures: Measures) -> list[Piece]:
    match block:
        case Paragraphs():
            return _paragraphs(block, filling, measures, measures.room)
        case Barcode():
            return [_barcode(block, filling, measures)]
        case Table():
            return table(block, filling.values, measures)
        case Signatures():
            return [_signatures(block, filling, measures)]
        case Beside():
            return _beside(block, filling, measures)


def _paragraphs(
    block: Paragraphs, filling: Filling, measures: Measures, room: float
) -> list[Piece]:
    """A piece for each line; neither the first nor the last of a paragraph stands alone."""
    if not filling.holds(block.when):
        return []
    if block.framed:
        return [_framed(block, filling, measures)]
    type_ = measures.note if block.small else measures.body
    row = _in_a_row(block.texts, filling, type_, room)
    if row:
        return [Piece(type_.leading, row, block.keep)]
    return [
        Piece(type_.leading, set_lines([line], type_, 0, 0, room), block.keep or tied)
        for text in block.texts
        for line, tied in _tied(filling.lines(text, type_, room))
    ]


def _in_a_row(
    texts: tuple[Template, ...], filling: Filling, type_: Type, room: float
) -> tuple[Mark, ...]:
    """Several texts on one line, sharing the white space; nothing where they have no room."""
    widths = [width(filling.runs(text), type_.size) + _GUTTER for text in texts]
    spare = (room + _GUTTER - sum(widths)) / len(texts)
    if len(texts) == 1 or spare < 0:
        return ()
    marks: list[Mark] = []
    x = 0.0
    for text, wide in zip(texts, widths, strict=True):
        marks += set_lines(filling.lines(text, type_, wide + spare - _GUTTER), type_, x, 0, 0)
        x += wide + spare
    return tuple(marks)


def _tied(lines: list[Line]) -> Iterator[tuple[Line, bool]]:
    last = len(lines) - 1
    return ((line, i < last and i in {0, last - 1}) for i, line in enumerate(lines))


def _beside(block: Beside, filling: Filling, measures: Measures) -> list[Piece]:
    """Lines narrowed by the symbol, those at its side tied together, and white space below it."""
    symbol = qr(str(filling.values[block.qr]))
    room = measures.room - symbol.width - _GUTTER
    lines = [
        piece for each in block.paragraphs for piece in _paragraphs(each, filling, measures, room)
    ]
    picture = Picture(measures.room - symbol.width, symbol.quiet / 2, symbol)
    reach = symbol.height + symbol.quiet
    pieces = [Piece(0, (picture,), keep=True)]
    y = 0.0
    for line in lines:
        y += line.height
        pieces.append(replace(line, keep=line.keep or y < reach))
    return [*pieces, Piece(max(0, reach - y))]


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
    """The text and its bars on one line, or the bars below where both have no room."""
    code = str(filling.values[block.variable] or "")
    if not code:
        lines = filling.lines(block.text, measures.body, measures.room)
        return Piece(len(lines) * measures.body.leading, set_lines(lines, measures.body, 0, 0, 0))
    symbol = code128(code, _BARCODE_HEIGHT)
    beside = measures.room - symbol.width - symbol.quiet
    if width(filling.runs(block.text), measures.body.size) <= beside:
        lines = filling.lines(block.text, measures.body, beside)
        picture = Picture(measures.room - symbol.width, 0, symbol)
        y, foot = (symbol.height - measures.body.leading) / 2, symbol.height
    else:
        lines = filling.lines(block.text, measures.body, measures.room)
        foot = len(lines) * measures.body.leading + 2
        picture = Picture((measures.room - symbol.width) / 2, foot, symbol)
        y, foot = 0, foot + symbol.height
    return Piece(
        foot + measures.body.leading * 0.35,
        (*set_lines(lines, measures.body, 0, y, measures.room), picture),
    )


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
            lines = filling.lines(text, type_, room)
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
