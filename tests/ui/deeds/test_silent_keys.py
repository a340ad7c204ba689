"""The key of a deed that can't be done now is answered, on the board and on a dossier's page."""

from collections.abc import Callable
from typing import cast

import pytest
from PySide6.QtWidgets import QApplication

from app.models.dossiers.lifecycle import LABEL, Deed, Status
from app.ui.deeds.deeds import KEYS
from app.ui.dossier_page.page import DossierPage
from app.ui.lists.board_page import BoardPage
from app.ui.look.theme import Tone
from app.ui.window import Window
from tests.ui.a_window import a_window
from tests.ui.commune import TOAN, Commune, Heard, hit, settle
from tests.ui.keys import type_keys
from tests.ui.walk import faults

Show = Callable[..., None]


def board_of(commune: Commune, show: Show, login: str = "") -> BoardPage:
    window = a_window(commune, commune.officer(login) if login else None)
    show(window)
    window.go("F3")
    return cast(BoardPage, window.page())


@pytest.fixture
def board(commune: Commune, show: Show) -> BoardPage:
    return board_of(commune, show)


@pytest.fixture
def page(commune: Commune, show: Show) -> DossierPage:
    window = a_window(commune)
    show(window)
    window.open(window._dossier)
    return window._dossier


def answer(page: BoardPage | DossierPage, *keys: str) -> str:
    """The one calm sentence that comes of the last key."""
    hit(page, *keys[:-1])
    heard = Heard(page)
    hit(page, keys[-1])
    ((sentence, tone),) = heard.said
    assert tone is Tone.PLAIN
    return sentence


@pytest.mark.parametrize("deed", KEYS)
def test_each_key_on_the_board_does_its_deed_or_says_why_not(
    commune: Commune, board: BoardPage, deed: Deed
) -> None:
    name = commune.receive()
    commune.do(name, Deed.HAND_OVER, Deed.ACCEPT, Deed.RESOLVE, Deed.RETURN)
    commune.receive()
    commune.do(name, Deed.UNDO)
    board.refresh()
    heard = Heard(board)
    hit(board, KEYS[deed])
    assert heard.said or board._foot.currentIndex(), LABEL[deed]


def test_the_board_says_of_a_dossier_what_the_desk_would(
    commune: Commune, board: BoardPage
) -> None:
    commune.receive()
    board.refresh()
    assert answer(board, "Ctrl+R") == (
        "Hồ sơ H26.15.3-261123-0001 đang ở “Được tiếp nhận” nên chưa thể “Trả lại”."
    )
    assert answer(board, "Ctrl+Shift+E") == "Hồ sơ này chưa được ghi là cần sớm."


def test_an_apology_not_owed_yet_is_said_with_where_it_is_made(
    commune: Commune, board: BoardPage
) -> None:
    commune.receive()
    board.refresh()
    assert answer(board, KEYS[Deed.APOLOGISE]) == (
        "Hồ sơ 261123-0001 chưa đến lúc phải xin lỗi. "
        "Vẫn cần hẹn lại thì bấm Enter để mở hồ sơ, rồi bấm Ctrl L."
    )


def test_a_deed_of_a_dossier_s_own_page_is_said_to_be_done_there(
    commune: Commune, board: BoardPage
) -> None:
    commune.do(commune.receive(), Deed.HAND_OVER)
    commune.do(commune.receive(), Deed.HAND_OVER)
    board.refresh()
    assert answer(board, "Ctrl+N") == (
        "“Nhận bàn giao” làm ở trang hồ sơ: bấm Enter để mở hồ sơ, rồi bấm Ctrl N."
    )
    assert answer(board, "Ctrl+A", "Ctrl+N") == (
        "“Nhận bàn giao” làm từng hồ sơ: bấm Enter để mở một hồ sơ, rồi bấm Ctrl N."
    )
    assert answer(board, "Ctrl+J") == "Chưa hồ sơ nào trong 2 hồ sơ đã đánh dấu “Trả kết quả” được."


def test_an_empty_board_says_that_nothing_is_chosen(board: BoardPage) -> None:
    assert answer(board, "Ctrl+B") == "Chưa chọn hồ sơ nào để “Bàn giao”."


def test_whose_deed_it_is_is_said_to_who_may_not(commune: Commune, show: Show) -> None:
    commune.receive()
    board = board_of(commune, show, TOAN)
    assert answer(board, "Ctrl+Y") == (
        "Nguyễn Đức Toàn không có quyền “Đã ký”. Việc này dành cho: lãnh đạo."
    )


def test_what_is_asked_on_the_board_is_left_before_another_deed(
    commune: Commune, board: BoardPage
) -> None:
    commune.receive()
    board.refresh()
    said = "Bấm Esc để thôi việc đang mở, rồi bấm Ctrl B để “Bàn giao”."
    assert answer(board, "Ctrl+B", "Ctrl+B") == said


@pytest.mark.parametrize("deed", KEYS)
def test_each_key_on_a_dossier_s_page_does_its_deed_or_says_why_not(
    commune: Commune, page: DossierPage, deed: Deed
) -> None:
    name = commune.receive()
    commune.do(name, Deed.HAND_OVER)
    page.show_dossier(name)
    page.entered()
    heard = Heard(page)
    hit(page, KEYS[deed])
    assert heard.said or page._deeds.currentWidget() is page._strip, LABEL[deed]


def test_a_dossier_s_page_says_why_in_the_desk_s_words(commune: Commune, page: DossierPage) -> None:
    name = commune.receive()
    commune.do(name, Deed.HAND_OVER)
    page.show_dossier(name)
    page.entered()
    assert answer(page, "Ctrl+Shift+L") == "Lịch làm việc không làm đổi ngày hẹn của hồ sơ này."
    assert answer(page, "Ctrl+J").endswith("đang ở “Đang xử lý” nên chưa thể “Trả kết quả”.")


def test_the_likely_deed_is_done_by_its_own_key_too(commune: Commune, page: DossierPage) -> None:
    name = commune.receive()
    commune.do(name, Deed.HAND_OVER)
    page.show_dossier(name)
    page.entered()
    hit(page, KEYS[Deed.ACCEPT])
    assert commune.dossier(name).status is Status.PROCESSING


def test_a_form_half_typed_stays_and_says_how_to_another_deed(
    commune: Commune, page: DossierPage
) -> None:
    name = commune.receive()
    commune.do(name, Deed.HAND_OVER)
    page.show_dossier(name)
    page.entered()
    hit(page, "Ctrl+S")
    type_keys(page, "thieu chu ky")
    said = answer(page, "Ctrl+Shift+R")
    assert said == "Bấm Esc để thôi việc đang mở, rồi bấm Ctrl Shift R để “Rút hồ sơ”."
    assert page._deeds.currentWidget() is page._strip


def test_the_answer_stands_at_the_foot_of_the_window(
    commune: Commune, show: Show, dressed: QApplication
) -> None:
    window: Window = a_window(commune)
    show(window)
    commune.receive()
    hit(window, "F3", "Ctrl+L")
    settle(dressed)
    notice = window._strip.notice
    assert notice.isVisible()
    assert "chưa đến lúc phải xin lỗi" in notice._words.text()
    assert faults(notice) == []
