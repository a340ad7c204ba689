"""What a card with a QR says; `app.printing.papers.cards` draws many to a page."""

from dataclasses import dataclass

COLUMNS, ROWS = 2, 4
A_PAGE = COLUMNS * ROWS


@dataclass(frozen=True, slots=True)
class Card:
    """What one card says: a heading, what the code is for, where it hangs, and the address."""

    heading: str
    words: str
    place: str
    address: str
