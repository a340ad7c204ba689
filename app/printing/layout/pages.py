"""Puts pieces on pages: in order, none cut, table heads repeated."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from app.printing.graphics.marks import Piece


@dataclass(frozen=True, slots=True)
class Placed:
    """A piece with its top `y` points below the top of the page's text."""

    y: float
    piece: Piece


Page = tuple[Placed, ...]


def paginate(pieces: Iterable[Piece], depth: float, running: Piece) -> list[Page]:
    """Pages of at most `depth` points; `running` heads each page but the first.

    Pieces that are kept together move together; ValueError when one is taller than a page.
    """
    return list(flow(pieces, depth, running))


def flow(pieces: Iterable[Piece], depth: float, running: Piece) -> Iterator[Page]:
    """As `paginate`, each page as soon as it is full."""
    page: list[Placed] = []
    y = 0.0

    def place(piece: Piece) -> None:
        nonlocal y
        page.append(Placed(y, piece))
        y += piece.height
        if y > depth:
            raise ValueError(f"a piece of {piece.height:.0f} pt leaves a page of {depth:.0f}")

    for group in _groups(pieces):
        together = y + sum(piece.height for piece in group) <= depth
        for i, piece in enumerate(group):
            if page and (y + piece.height > depth or (i == 0 and not together)):
                yield tuple(page)
                page.clear()
                y = 0.0
                for head in (running, *piece.repeat):
                    place(head)
            place(piece)
    yield tuple(page)


def _groups(pieces: Iterable[Piece]) -> Iterator[tuple[Piece, ...]]:
    """Pieces that stay together, the last of each being the first that is free."""
    group: list[Piece] = []
    for piece in pieces:
        group.append(piece)
        if not piece.keep:
            yield tuple(group)
            group = []
    if group:
        yield tuple(group)
