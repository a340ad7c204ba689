"""After a hand-over its list is offered, by a key of its own; whoever goes on is not held up."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from app.counter import draw
from app.models.dossiers.lifecycle import Deed
from app.ui.dossier_page.page import DossierPage
from app.ui.lists.board_page import BoardPage
from app.ui.look.theme import Tone
from app.ui.papers.offers import LIST_KEY
from app.ui.papers.sheet_preview import SheetPreview
from tests.ui.commune import IN_THE_WINDOW, Commune, Heard, faults_at_each_size, hit

Show = Callable[..., None]


@pytest.fixture
def commune(tmp_path: Path) -> Commune:
    commune = Commune(tmp_path)
    commune.desk.draw = draw
    return commune


@pytest.fixture
def board(commune: Commune, show: Show) -> BoardPage:
    page = BoardPage(commune.desk, commune.officer(), commune.jobs)
    show(page, *IN_THE_WINDOW)
    page.entered()
    return page


def listed(page: QWidget) -> str:
    """What the list in the preview is called; "" where none is in sight."""
    QApplication.processEvents()
    previews = page.findChildren(SheetPreview)
    for preview in previews:
        preview.close()
    return previews[0].windowTitle() if previews else ""


def test_the_list_of_many_is_offered_and_shown_by_its_key(
    commune: Commune, board: BoardPage
) -> None:
    commune.receive(), commune.receive()
    board.refresh()
    hit(board, "Ctrl+A", "Ctrl+B", "Return")
    assert board._offers.handed_over.line.text() == "Vừa bàn giao 2 hồ sơ cho Nguyễn Đức Toàn."
    hit(board, LIST_KEY)
    assert "Danh sách bàn giao" in listed(board)


def test_enter_goes_on_with_the_board_past_the_offer(commune: Commune, board: BoardPage) -> None:
    heard = Heard(board)
    name = commune.receive()
    board.refresh()
    hit(board, "Ctrl+B", "Return", "Return")
    assert heard.opened == [name]
    assert listed(board) == ""


def test_a_hand_over_taken_back_offers_no_list(commune: Commune, board: BoardPage) -> None:
    heard = Heard(board)
    commune.receive()
    board.refresh()
    hit(board, "Ctrl+B", "Return")
    assert heard.undo is not None
    heard.undo()
    assert not board._offers.handed_over.line.isVisible()
    hit(board, LIST_KEY)
    assert listed(board) == ""


def test_a_list_that_cannot_be_drawn_is_said(commune: Commune, board: BoardPage) -> None:
    heard = Heard(board)
    name = commune.receive()
    board.refresh()
    hit(board, "Ctrl+B", "Return")
    commune.do(name, Deed.UNDO)
    hit(board, LIST_KEY)
    assert heard.said[-1][1] is Tone.LATE


def test_the_dossiers_page_offers_the_list_too(
    commune: Commune, show: Show, dressed: QApplication
) -> None:
    page = DossierPage(commune.desk, commune.officer(), commune.jobs)
    show(page, *IN_THE_WINDOW)
    page.show_dossier(commune.receive())
    page.entered()
    hit(page, "F9", "F9")
    assert page._list.line.isVisible()
    hit(page, LIST_KEY)
    assert "Danh sách bàn giao" in listed(page)
    assert faults_at_each_size(page, dressed) == []


def test_nothing_is_cut_or_overlaps_while_a_list_is_offered(
    commune: Commune, board: BoardPage, dressed: QApplication
) -> None:
    for procedure in ("1.013949", "2.001263", "1.001022"):
        commune.receive(procedure=procedure)
    board.refresh()
    hit(board, "Space", "Ctrl+B", "Return")
    board._offers.moved.say("120 hồ sơ có ngày hẹn đổi theo lịch mới.")
    assert faults_at_each_size(board, dressed) == []
