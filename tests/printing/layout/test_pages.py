import pytest

from app.printing.graphics.marks import Piece
from app.printing.layout.pages import Page, paginate

RUNNING = Piece(10)
HEAD = Piece(20, keep=True)


def heights(pages: list[Page]) -> list[list[float]]:
    return [[placed.piece.height for placed in page] for page in pages]


def test_pieces_stand_one_under_another_until_the_page_is_full() -> None:
    pages = paginate([Piece(40), Piece(60), Piece(30)], 100, RUNNING)
    assert heights(pages) == [[40, 60], [10, 30]]
    assert [[placed.y for placed in page] for page in pages] == [[0, 40], [0, 10]]


def test_what_is_kept_together_turns_the_page_together() -> None:
    pages = paginate([Piece(50), Piece(30, keep=True), Piece(30)], 100, RUNNING)
    assert heights(pages) == [[50], [10, 30, 30]]


def test_a_table_goes_on_under_its_head() -> None:
    rows = [Piece(35, repeat=(HEAD,)) for _ in range(4)]
    assert heights(paginate([HEAD, *rows], 100, RUNNING)) == [[20, 35, 35], [10, 20, 35, 35]]


def test_a_head_never_ends_a_page() -> None:
    pages = paginate([Piece(75), HEAD, Piece(35, repeat=(HEAD,))], 100, RUNNING)
    assert heights(pages) == [[75], [10, 20, 35]]


def test_more_kept_together_than_a_page_holds_breaks_all_the_same() -> None:
    pages = paginate([Piece(45, keep=True) for _ in range(5)], 100, RUNNING)
    assert heights(pages) == [[45, 45], [10, 45, 45], [10, 45]]


def test_a_piece_taller_than_a_page_is_our_fault() -> None:
    with pytest.raises(ValueError, match="a piece of 120 pt"):
        paginate([Piece(120)], 100, RUNNING)
