"""The person on the intake page: typed, scanned, known."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from app.desk.draft import IntakeDraft
from app.models.lifecycle import Deed
from tests.ui.commune import LONG_NAME, Commune
from tests.ui.intake_desk import ALT, CARD, Desk, Show, open_desk


@pytest.fixture
def commune(tmp_path: Path) -> Commune:
    return Commune(tmp_path)


@pytest.fixture
def desk(commune: Commune, show: Show) -> Desk:
    return open_desk(commune, show)


def test_a_scan_fills_the_person_wherever_the_focus_is(desk: Desk) -> None:
    desk.choose("1.001022")
    focus = desk.focus()
    assert desk.page.scanned(CARD)
    draft = desk.draft()
    assert (draft.name, draft.id_number, draft.born, draft.sex) == (
        LONG_NAME,
        "001187012345",
        "12/04/1987",
        "female",
    )
    assert desk.focus() == focus


def test_a_scan_over_somebody_else_can_be_taken_back(desk: Desk) -> None:
    desk.fill("Họ và tên", "Lý A Sử")
    desk.page.scanned(CARD)
    assert desk.told == ["Đã thay Lý A Sử bằng thẻ vừa quét."]
    desk.undo[0]()
    assert desk.draft().name == "Lý A Sử"


def test_a_slip_is_none_of_this_pages_business_and_a_bad_card_says_so(desk: Desk) -> None:
    assert not desk.page.scanned("H26.15.3-261123-0001")
    assert desk.page.scanned("00118701234||An|01011990|Nam|")
    assert desk.told == [
        "Số định danh trong mã QR không có đủ 12 chữ số. Quét lại, hoặc nhập tay theo thẻ."
    ]
    assert desk.draft() == IntakeDraft()


def test_the_card_of_a_principal_fills_the_principal(desk: Desk) -> None:
    desk.fill("Họ và tên", "Lý A Sử")
    desk.press(Qt.Key.Key_U, ALT)
    assert desk.focus() == "Người ủy quyền"
    desk.page.scanned(CARD)
    draft = desk.draft()
    assert (draft.name, draft.authorised, draft.principal_name) == ("Lý A Sử", True, LONG_NAME)


def test_what_waits_for_a_person_shows_at_once(desk: Desk) -> None:
    name = desk.commune.receive()
    desk.commune.do(name, Deed.HAND_OVER, Deed.ACCEPT, Deed.RESOLVE)
    asked: list[str] = []
    desk.page.open_person.connect(asked.append)
    desk.page.scanned(CARD)
    assert desk.says("1 kết quả chờ trả")
    desk.page._form.applicant.return_now.emit()
    assert asked == [desk.page.waiting_person()] == ["001187012345"]
    desk.fill("Căn cước", "001187012346")
    assert desk.page.waiting_person() == ""


def test_no_papers_need_a_reason(desk: Desk) -> None:
    desk.page.scanned(CARD)
    desk.choose_with_papers("1.001022")
    desk.page._form.applicant._id_kind.choose("none")
    desk.press(Qt.Key.Key_F9)
    assert desk.says("Chưa ghi lý do không có giấy tờ.")
    desk.type("mất thẻ, đã khai báo")
    desk.press(Qt.Key.Key_F9)
    assert len(desk.received) == 1


def test_a_doubtful_number_is_a_caution_and_no_obstacle(desk: Desk) -> None:
    desk.page.scanned(CARD)
    desk.choose_with_papers("1.001022")
    desk.fill("Ngày sinh", "12/04/1986")
    assert desk.says("Số định danh ứng với năm sinh 1987, nhưng đang ghi 1986.")
    desk.press(Qt.Key.Key_F9)
    assert len(desk.received) == 1
