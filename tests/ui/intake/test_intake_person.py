"""The person on the intake page: typed, scanned, known."""

import pytest
from PySide6.QtCore import Qt

from app.desk.draft import IntakeDraft
from app.models.dossiers.lifecycle import Deed
from app.ui.intake.person_words import filled_said
from tests.ui.commune import LONG_NAME, Commune
from tests.ui.intake_desk import ALT, CARD, Desk, Show, open_desk
from tests.ui.walk import faults


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


def test_a_card_without_a_single_mark_is_filled_in_and_pointed_out(desk: Desk) -> None:
    desk.page.scanned("001187012345||LY A SU|12041987|Nu|Thon Noi, Khanh Ha, Ha Noi|05062021")
    assert desk.draft().name == "LY A SU"
    (told,) = desk.told
    assert "không có dấu tiếng Việt" in told
    desk.page.scanned(CARD)
    assert "không có dấu" not in desk.told[-1]


def test_who_comes_next_gets_no_ones_else_telephone_and_who_mistyped_keeps_theirs(
    desk: Desk,
) -> None:
    for field, text in (
        ("Họ và tên", LONG_NAME), ("Căn cước", "001187012346"), ("Điện thoại", "0912345678"),
    ):  # fmt: skip
        desk.fill(field, text)
    desk.page.scanned(CARD)
    assert desk.draft().phone
    desk.fill("Họ và tên", "Lý A Sử")
    desk.fill("Căn cước", "001085054321")
    desk.page.scanned(CARD)
    assert desk.draft().phone == ""
    desk.undo[-1]()
    assert desk.draft().phone


def test_who_comes_next_was_authorised_by_nobody_until_that_is_taken_back(desk: Desk) -> None:
    desk.fill("Họ và tên", "Lý A Sử")
    desk.fill("Căn cước", "001085054321")
    desk.press(Qt.Key.Key_U, ALT)
    desk.type("Lò Thị Chủ")
    desk.fill("Giấy ủy quyền", "GUQ 12/2026")
    desk.field("Họ và tên")
    before = desk.draft()
    desk.page.scanned(CARD)
    after = desk.draft()
    assert (after.name, after.authorised) == (LONG_NAME, False)
    assert (after.principal_name, after.authorisation) == ("", "")
    assert desk.told == ["Đã thay Lý A Sử bằng thẻ vừa quét. Đã bỏ phần nộp thay của người trước."]
    desk.undo[0]()
    assert desk.draft() == before


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


# --- known from earlier dossiers ----------------------------------------------------------------


def test_a_known_person_is_offered_by_number_and_filled_in_by_one_key(
    commune: Commune, desk: Desk
) -> None:
    commune.receive(LONG_NAME)
    desk.fill("Căn cước", "001187012345")
    assert desk.says("Điền như hồ sơ trước …2345")
    desk.press(Qt.Key.Key_D, ALT)
    draft = desk.draft()
    assert (draft.name, draft.phone) == (LONG_NAME, "0912345678")
    assert filled_said({"name", "id_number", "born", "address"}) == (
        "Đã điền họ tên, số giấy tờ, ngày sinh, nơi cư trú như hồ sơ trước. "
        "Đối chiếu số giấy tờ và ngày sinh với giấy tờ, hỏi lại nơi cư trú và điện thoại."
    )
    assert draft.address.startswith("Thôn Liễu Nội")
    desk.undo[-1]()
    assert desk.draft().name == ""


def test_what_undoes_a_fill_sets_aside_who_has_come_since(commune: Commune, desk: Desk) -> None:
    commune.receive(LONG_NAME)
    desk.fill("Căn cước", "001187012345")
    desk.press(Qt.Key.Key_D, ALT)
    desk.press(Qt.Key.Key_G, ALT)
    desk.fill("Họ và tên", "Mai Thị Hạnh")
    desk.undo[-1]()
    assert (desk.draft().name, desk.draft().id_number) == ("", "001187012345")
    aside = commune.desk.intake.parked(commune.officer())
    assert {draft.title for draft in aside} == {LONG_NAME, "Mai Thị Hạnh"}


def test_who_is_known_by_the_old_number_of_the_card_is_offered_and_said_to_be(
    commune: Commune, desk: Desk
) -> None:
    name = commune.receive(id_kind="old_number", id_number="012345678")
    commune.do(name, Deed.HAND_OVER, Deed.ACCEPT, Deed.RESOLVE)
    desk.page.scanned(CARD.replace("||", "|012345678|"))
    assert desk.says("1 kết quả chờ trả")
    assert desk.says("nhận 23/11/2026, CMND cũ …5678")
    assert desk.says("Điền như hồ sơ CMND cũ …5678")
    assert faults(desk.page) == []
    assert desk.page.waiting_person() == "001187012345 / 012345678"
    desk.press(Qt.Key.Key_D, ALT)
    assert (desk.draft().id_number, desk.draft().phone) == ("001187012345", "0912345678")
    desk.fill("Căn cước", "001187012346")  # another's: the card's old number goes with it
    assert not desk.says("1 kết quả chờ trả")


def test_an_old_number_that_is_somebody_elses_is_pointed_out(commune: Commune, desk: Desk) -> None:
    commune.receive("Lý A Sử", id_kind="old_number", id_number="012345678")
    desk.page.scanned(CARD.replace("||", "|012345678|"))
    assert desk.says("số CMND cũ 012345678 trên thẻ đứng tên Lý A Sử.")


def test_the_only_one_of_a_name_is_offered_by_it_with_its_marks(
    commune: Commune, desk: Desk
) -> None:
    commune.receive(LONG_NAME)
    desk.fill("Họ và tên", "nguyen hoang thi phuong quynh trang")
    desk.press(Qt.Key.Key_D, ALT)
    assert (desk.draft().name, desk.draft().id_number) == (LONG_NAME, "001187012345")


def test_of_namesakes_nobody_is_offered(commune: Commune, desk: Desk) -> None:
    commune.receive("Lý A Sử")
    commune.desk.intake.receive(
        IntakeDraft(procedure="1.001022", name="Lý A Sử", id_number="001090000118"),
        commune.officer(),
    )
    desk.fill("Họ và tên", "Lý A Sử")
    assert not desk.says("Điền như hồ sơ trước")


def test_what_was_typed_is_never_overwritten(commune: Commune, desk: Desk) -> None:
    commune.receive(LONG_NAME)
    desk.fill("Điện thoại", "0987654321")
    desk.fill("Căn cước", "001187012345")
    desk.press(Qt.Key.Key_D, ALT)
    assert desk.draft().phone == "0987654321"


# --- mistakes noticed ---------------------------------------------------------------------------


def test_a_card_that_says_otherwise_than_typed_is_pointed_out(desk: Desk) -> None:
    desk.fill("Họ và tên", "Nguyễn Hoàng Thị Phương Quỳnh")
    desk.fill("Căn cước", "001187012345")
    desk.page.scanned(CARD)
    assert desk.told == [
        "Thẻ ghi khác điều đã nhập: họ tên (đã nhập “Nguyễn Hoàng Thị Phương Quỳnh”)."
    ]
    desk.undo[0]()
    assert desk.draft().name == "Nguyễn Hoàng Thị Phương Quỳnh"


def test_marks_alone_are_no_difference(desk: Desk) -> None:
    desk.fill("Họ và tên", "nguyen hoang thi phuong quynh trang")
    desk.fill("Căn cước", "001187012345")
    desk.page.scanned(CARD)
    assert desk.told == []


def test_the_number_of_somebody_else_is_doubted(commune: Commune, desk: Desk) -> None:
    commune.receive(LONG_NAME)
    desk.fill("Họ và tên", "Lý A Sử")
    desk.fill("Căn cước", "001187012345")
    assert desk.says(f"Ở hồ sơ trước, số này đứng tên {LONG_NAME}.")


def test_the_same_procedure_of_the_same_person_is_noticed(commune: Commune, desk: Desk) -> None:
    commune.receive(LONG_NAME)
    desk.page.scanned(CARD)
    desk.choose("1.001022")
    assert desk.says("Người này đã nộp thủ tục này: 261123-0001, nhận 08:00 23/11/2026, chưa xong.")
    desk.field("Thủ tục").selectAll()
    desk.choose("1.001193")
    assert not desk.says("Người này đã nộp thủ tục này")


def test_all_that_is_said_of_a_known_person_fits(commune: Commune, desk: Desk) -> None:
    commune.receive(LONG_NAME)
    desk.choose("1.001022")
    desk.fill("Họ và tên", "Lý A Sử")
    desk.fill("Căn cước", "001187012345")
    desk.press(Qt.Key.Key_D, ALT)
    desk.field("Điện thoại").clear()
    assert faults(desk.page) == []


def test_an_address_of_three_levels_says_where_it_lies_now(desk: Desk) -> None:
    desk.fill("Nơi cư trú", "Thôn Đồng Tâm, Đại Lịch, Văn Chấn, Yên Bái")
    assert desk.says("Nơi cư trú – nay: xã Chấn Thịnh, tỉnh Lào Cai")
    assert desk.draft().address == "Thôn Đồng Tâm, Đại Lịch, Văn Chấn, Yên Bái"
    desk.fill("Nơi cư trú – nay: xã Chấn Thịnh, tỉnh Lào Cai", "Thôn Liễu Nội, xã Khánh Hà")
    assert desk.says("Nơi cư trú")
