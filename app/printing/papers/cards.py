"""Draws cards with a QR, many to a page, to be cut out and put up in the hamlets."""

from collections.abc import Iterator, Sequence

from app.printing.card import A_PAGE, COLUMNS, ROWS, Card
from app.printing.graphics.barcodes import qr
from app.printing.graphics.drawing import pdf
from app.printing.graphics.fonts import BOLD, ITALIC, REGULAR
from app.printing.graphics.marks import Mark, Picture, Stroke, set_lines
from app.printing.graphics.text import Run, break_lines
from app.printing.paper import MM, Type
from app.printing.papers.sheets import LAYOUTS

_TITLE, _BODY, _NOTE = Type(13, 16), Type(11, 13.5), Type(9, 11)
_PAD = 5 * MM


def render(cards: Sequence[Card]) -> bytes:
    """The PDF, eight cards to an A4 page with lines to cut along."""
    measures = LAYOUTS["A4"]
    wide, high = measures.room / COLUMNS, measures.depth / ROWS
    pages = (
        list(_page(cards[start : start + A_PAGE], wide, high))
        for start in range(0, len(cards), A_PAGE)
    )
    return pdf(pages, measures, "Thẻ QR")


def _page(cards: Sequence[Card], wide: float, high: float) -> Iterator[Mark]:
    for row in range(ROWS + 1):
        yield Stroke(0, row * high, wide * COLUMNS, 0)
    for column in range(COLUMNS + 1):
        yield Stroke(column * wide, 0, 0, high * ROWS)
    for number, card in enumerate(cards):
        row, column = divmod(number, COLUMNS)
        yield from _card(card, column * wide, row * high, wide, high)


def _card(card: Card, left: float, top: float, wide: float, high: float) -> Iterator[Mark]:
    symbol = qr(card.address)
    yield Picture(left + _PAD, top + (high - symbol.height) / 2, symbol)
    x = left + _PAD + symbol.width + symbol.quiet
    room = wide - (x - left) - _PAD
    texts = (
        (card.heading, BOLD, _TITLE),
        (card.words, REGULAR, _BODY),
        (card.place, BOLD, _BODY),
        (card.address, ITALIC, _NOTE),
    )
    broken = [
        (break_lines((Run(text, face),), type_.size, room), type_) for text, face, type_ in texts
    ]
    tall = sum(len(lines) * type_.leading for lines, type_ in broken)
    y = top + (high - tall) / 2
    for lines, type_ in broken:
        yield from set_lines(lines, type_, x, y, room)
        y += len(lines) * type_.leading
