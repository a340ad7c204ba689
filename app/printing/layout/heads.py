"""Lays out what stands above a form's blocks: header, title, running head and page number."""

from collections.abc import Iterator

from app.printing.forms.form import Header
from app.printing.graphics.drawing import proportion
from app.printing.graphics.fonts import BOLD, ITALIC, REGULAR
from app.printing.graphics.marks import Mark, Photograph, Piece, Stroke, frame, set_lines
from app.printing.graphics.text import Run, balanced, width
from app.printing.layout.filling import Filling
from app.printing.paper import MM, Measures

_GUTTER = 4 * MM
_LOGO = 11 * MM


def header(head: Header, filling: Filling, measures: Measures) -> Piece:
    """The agencies and the number at the left; the motto, place and date at the right."""
    left, right = measures.room * 0.38, measures.room * 0.62
    agency: list[Mark] = []
    y = 0.0
    if head.logo:
        emblem = _logo(head.logo, left)
        agency.append(emblem)
        y = emblem.height + 2
    for text in head.left:
        lines = balanced(filling.runs(text), measures.head.size, left - _GUTTER)
        agency += set_lines(lines, measures.head, 0, y, left, 0.5)
        y += len(lines) * measures.head.leading
    agency.append(Stroke(left * 0.35, y + 1.5, left * 0.3, 0))
    country, motto = head.right
    (name,), (words,) = ([filling.runs(text)] for text in (country, motto))
    beneath = width(words, measures.motto.size)
    state = [
        *set_lines([name], measures.head, left, 0, right, 0.5),
        *set_lines([words], measures.motto, left, measures.head.leading, right, 0.5),
    ]
    rule_y = measures.head.leading + measures.motto.leading + 1.5
    state.append(Stroke(left + (right - beneath) / 2, rule_y, beneath, 0))
    foot = max(y, rule_y) + 5
    number = filling.lines(head.number, measures.body, left)
    dated = filling.lines(head.place_and_date, measures.body, right)
    return Piece(
        foot + max(len(number), len(dated)) * measures.body.leading,
        (
            *agency,
            *set_lines(number, measures.body, 0, foot, left, 0.5),
            *state,
            *set_lines(dated, measures.body, left, foot, right, 0.5),
        ),
    )


def _logo(image: bytes, room: float) -> Photograph:
    """The unit's emblem, to stand above its name."""
    high = min(_LOGO, room / proportion(image))
    wide = high * proportion(image)
    return Photograph((room - wide) / 2, 0, wide, high, image)


def title(words: str, copy: str, mark: str, measures: Measures) -> Piece:
    """The form's name, which copy this is, and in a frame what it is not: an original."""
    space = measures.body.leading * 0.35
    lines = balanced((Run(words, BOLD),), measures.title.size, measures.room)
    marks = [*set_lines(lines, measures.title, 0, space, measures.room, 0.5)]
    y = space + len(lines) * measures.title.leading
    letters = (Run(copy, ITALIC), Run(mark, BOLD))
    fit = width(letters, measures.body.size) + 4 * _GUTTER <= measures.room
    for named, framed in [(copy, mark)] if fit else [(copy, ""), ("", mark)]:
        if named or framed:
            marks += _copy(named, framed, y, measures)
            y += measures.body.leading + (2 if framed else 0)
    return Piece(y + space, tuple(marks), keep=True)


def _copy(copy: str, mark: str, y: float, measures: Measures) -> Iterator[Mark]:
    """Which copy it is and, in a frame at its right, what it is not."""
    named, framed = (Run(copy, ITALIC),), (Run(mark, BOLD),)
    size, leading = measures.body.size, measures.body.leading
    gap = 2 * _GUTTER if copy and mark else 0
    wide = width(framed, size) + 2 * _GUTTER if mark else 0
    x = (measures.room - width(named, size) - gap - wide) / 2
    if copy:
        yield from set_lines([named], measures.body, x, y + (2 if mark else 0), measures.room)
    if mark:
        x += width(named, size) + gap
        yield from set_lines([framed], measures.body, x, y + 2, wide, 0.5)
        yield from frame(x, y + 2, wide, leading)


def running_head(words: str, copy: str, mark: str, code: str, measures: Measures) -> Piece:
    """What heads the pages after the first: the paper at the left, the dossier at the right."""
    type_ = measures.note
    room = measures.room - width((Run(code, BOLD),), type_.size) - _GUTTER
    corners = (
        (_shortened(words, type_.size, room), BOLD, 0, 0),
        (code, BOLD, 0, 1),
        (copy, ITALIC, 1, 0),
        (mark, BOLD, 1, 1),
    )
    marks = [
        letters
        for text, face, row, align in corners
        if text
        for letters in set_lines(
            [(Run(text, face),)], type_, 0, row * type_.leading, measures.room, align
        )
    ]
    foot = 2 * type_.leading + 2
    return Piece(foot + type_.leading * 0.6, (*marks, Stroke(0, foot, measures.room, 0)))


def _shortened(words: str, size: float, room: float) -> str:
    """As many of these words as have room, for the page before says them all."""
    kept = words
    while width((Run(kept, BOLD),), size) > room and " " in kept:
        kept = kept.rstrip("…").rpartition(" ")[0] + "…"
    return kept


def page_number(number: int, count: int, measures: Measures) -> tuple[Mark, ...]:
    """The number amid the running head, none on the first page (NĐ 30/2020), and where to go on.

    It does not stand in the margin: few printers reach into A5's.
    """
    type_ = measures.note
    marks: tuple[Mark, ...] = ()
    if number > 1:
        line = (Run(f"{number}/{count}", REGULAR),)
        marks += set_lines([line], type_, 0, type_.leading, measures.room, 0.5)
    if number < count:
        line = (Run("(xem tiếp trang sau)", ITALIC),)
        marks += set_lines([line], type_, 0, measures.depth, measures.room, 1)
    return marks
