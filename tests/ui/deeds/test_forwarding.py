"""Liên thông in the window: agencies with their limits, where it lies, who is late, and having it back."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from app.models.dossiers.lifecycle import Deed, Status
from app.models.events.event import EventName
from app.ui.deeds.agency_questions import ANOTHER_KEY
from app.ui.deeds.deeds import COMES_BACK, KEYS
from app.ui.deeds.fields import Paragraph
from app.ui.dossier_page.page import DossierPage
from app.ui.lists.board_offers import KEPT_LATE_KEY
from app.ui.lists.board_page import BoardPage
from app.ui.look.theme import Tone
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.choices import Choice
from tests.desk.at_work import TO_WORK
from tests.ui.commune import (
    IN_THE_WINDOW,
    NGA,
    Commune,
    Heard,
    hit,
    settle,
)
from tests.ui.dossier_page.test_dossier_page import page, show_one
from tests.ui.keys import type_keys
from tests.ui.walk import faults

__all__ = ["page"]

Show = Callable[..., None]
LONG_AGENCY = (
    "Văn phòng Đăng ký đất đai Chi nhánh khu vực số 12, "
    "Sở Nông nghiệp và Môi trường thành phố Hà Nội"
)


def forward(page: DossierPage) -> None:
    """Two agencies by keys alone."""
    hit(page, KEYS[Deed.FORWARD])
    type_keys(page, "Thue co so\nxac dinh nghia vu\n1\n")
    hit(page, ANOTHER_KEY)
    type_keys(page, "Van phong Dang ky dat dai chi nhanh khu vuc\ntrich luc\n3\n\n")


def said(page: DossierPage) -> list[str]:
    return [label.text() for label in page._head.findChildren(QLabel)]


def test_two_agencies_are_typed_each_with_its_limit(commune: Commune, page: DossierPage) -> None:
    name = show_one(commune, page, *TO_WORK)
    forward(page)
    away = commune.dossier(name).away
    assert away is not None
    assert [part.limit.phrase for part in away.parts if part.limit] == [
        "01 ngày làm việc", "03 ngày làm việc",
    ]  # fmt: skip
    assert away.works == ("xac dinh nghia vu", "trich luc")


def test_a_name_longer_than_a_line_is_in_sight_whole_while_it_is_typed(
    commune: Commune, page: DossierPage, dressed: QApplication
) -> None:
    show_one(commune, page)
    hit(page, KEYS[Deed.FORWARD])
    (box, *_) = page._strip.findChildren(Paragraph)
    low = box.height()
    type_keys(page, LONG_AGENCY)
    settle(dressed)
    assert box.document().documentLayout().documentSize().height() > 1
    assert box.verticalScrollBar().maximum() == 0
    type_keys(page, "\b" * len(LONG_AGENCY))
    settle(dressed)
    assert box.height() == low


# the offscreen platform opens no list above other windows, and says so
@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_which_agency_answers_is_told_whole(
    commune: Commune, page: DossierPage, dressed: QApplication
) -> None:
    show_one(commune, page, *TO_WORK)
    hit(page, KEYS[Deed.FORWARD])
    type_keys(page, f"{LONG_AGENCY}\n\n")
    hit(page, ANOTHER_KEY)
    type_keys(page, "Thuế cơ sở\n\n\n\n")
    hit(page, "F9")
    settle(dressed)
    (choice,) = page._strip.findChildren(Choice)
    assert any(LONG_AGENCY in label.text() for label in page._strip.findChildren(QLabel))
    choice.showPopup()
    settle(dressed)
    assert choice.view().viewport().width() >= choice.view().sizeHintForColumn(0)
    choice.hidePopup()


def test_a_wrong_limit_is_told_beside_its_own_field(commune: Commune, page: DossierPage) -> None:
    name = show_one(commune, page, *TO_WORK)
    hit(page, KEYS[Deed.FORWARD])
    type_keys(page, "Thue co so\n\nba\n\n")
    assert page._strip._form
    assert "từ 1 đến 400" in page._strip._form.fields["agency_limit"].error()
    assert commune.dossier(name).away is None


def test_the_page_says_where_it_lies_and_which_agency_is_late(
    commune: Commune, page: DossierPage, dressed: QApplication
) -> None:
    name = show_one(commune, page, *TO_WORK)
    forward(page)
    commune.pass_time(60 * 24 * 3)  # Thursday; the first was due on Wednesday
    page.show_dossier(name)
    settle(dressed)
    assert any("Thue co so: hạn 16:30 T4 25/11, quá" in words for words in said(page))
    assert not any("chi nhanh khu vuc: hạn" in x and "quá" in x for x in said(page))
    assert faults(page) == []


def test_agencies_answer_one_by_one_and_with_the_last_it_is_back(
    commune: Commune, page: DossierPage
) -> None:
    heard = Heard(page)
    name = show_one(commune, page, *TO_WORK)
    forward(page)
    commune.pass_time(60)
    hit(page, "F9")
    type_keys(page, "\n8:30\nda xac dinh 0 dong\n")
    assert heard.said[-1][0].endswith("Còn chờ Van phong Dang ky dat dai chi nhanh khu vuc.")
    assert "Thue co so: đã trả lời 08:30 23/11" in said(page)
    hit(page, "F9", "F9")
    dossier = commune.dossier(name)
    assert (dossier.status, dossier.holder) == (Status.PROCESSING, NGA)
    assert heard.said[-1][0].endswith("Mọi cơ quan đã trả lời.")


def test_an_answer_of_an_hour_to_come_is_refused_beside_that_hour(
    commune: Commune, page: DossierPage
) -> None:
    name = show_one(commune, page, *TO_WORK)
    forward(page)
    hit(page, "F9")
    type_keys(page, "\n23:00\nda xac dinh\n")
    assert page._strip._form
    assert "tương lai" in page._strip._form.fields["at"].error()
    away = commune.dossier(name).away
    assert away is not None
    assert away.answers == ()


def test_it_comes_back_by_the_first_key(commune: Commune, page: DossierPage) -> None:
    heard = Heard(page)
    name = show_one(commune, page, *TO_WORK)
    hit(page, KEYS[Deed.FORWARD])
    type_keys(page, "Thue co so\n\n1\n\n")
    words = [button.accessibleName() for button in page._buttons.findChildren(KeyButton)]
    assert words[0] == COMES_BACK
    hit(page, "F9")
    dossier = commune.dossier(name)
    assert (dossier.status, dossier.holder) == (Status.PROCESSING, NGA)
    assert heard.said[-1][0].startswith("Đã nhận lại từ Thue co so")


def test_the_board_lists_what_lies_elsewhere_and_what_is_kept_too_long(
    commune: Commune, page: DossierPage, show: Show, dressed: QApplication
) -> None:
    name = show_one(commune, page, *TO_WORK)
    forward(page)
    commune.receive()
    board = BoardPage(commune.desk, commune.officer(), commune.jobs)
    show(board, *IN_THE_WINDOW)
    board.entered()

    def names() -> list[EventName]:
        return [line.row.name for line in board._view.table.rows.here()]

    hit(board, "Alt+4")
    assert names() == [name]
    hit(board, "Alt+4")
    assert not board._offers.kept_late.isVisible()
    commune.pass_time(60 * 24 * 3)
    board.refresh()
    assert board._offers.kept_late.text() == "1 hồ sơ cơ quan khác giữ quá hạn đã giao."
    hit(board, KEPT_LATE_KEY)
    assert names() == [name]
    where = board._view.table.cells(0)[board._view.table.columnCount() - 1]
    assert "cơ quan quá" in where.text
    assert where.tone is Tone.LATE
    settle(dressed)
    assert faults(board) == []
