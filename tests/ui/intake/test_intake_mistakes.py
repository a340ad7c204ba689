"""Wrong input on the intake page: a sentence beside the field, and nothing lost."""

import msgspec
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from app.desk.draft import IntakeDraft, checklist
from app.models.events.event import EventName
from tests.ui.commune import LONG_NAME, MOST_PAPERS, Commune
from tests.ui.intake_desk import ALT, CARD, CTRL, Desk, Show, open_desk
from tests.ui.manual_lanes import ManualLanes


@pytest.fixture
def desk(commune: Commune, show: Show) -> Desk:
    return open_desk(commune, show)


# --- wrong input --------------------------------------------------------------------------------


def test_a_save_with_nothing_chosen_says_so_and_goes_there(desk: Desk) -> None:
    desk.fill("Họ và tên", LONG_NAME)
    desk.press(Qt.Key.Key_F9)
    assert desk.says("Chưa chọn thủ tục.")
    assert (desk.focus(), desk.draft().name, desk.received) == ("Thủ tục", LONG_NAME, [])


@pytest.mark.parametrize(
    ("name", "typed", "sentence"),
    [
        ("Căn cước", "00118701234", "Số định danh phải có 12 chữ số; đang có 11."),
        ("Ngày sinh", "31/2/2000", "Ngày sinh “31/2/2000” không có thật."),
        ("Ngày sinh", "1/1/2099", "phải từ năm 1900 đến hôm nay"),
        ("Điện thoại", "hai", "Số điện thoại “hai” không đúng."),
        ("Thư điện tử", "a@b", "Email “a@b” thiếu phần tên hoặc tên miền."),
    ],
)
def test_a_wrong_field_says_what_to_do_and_loses_nothing(
    desk: Desk, name: str, typed: str, sentence: str
) -> None:
    desk.page.scanned(CARD)
    desk.choose("1.001022")
    desk.fill(name, typed)
    before = desk.draft()
    assert not desk.says(sentence)  # not while it is typed
    desk.press(Qt.Key.Key_F9)
    assert desk.says(sentence)
    assert (desk.focus(), desk.draft(), desk.received) == (name, before, [])


def test_a_field_left_says_what_is_wrong_and_a_mended_one_is_quiet(desk: Desk) -> None:
    desk.page.scanned(CARD)
    desk.fill("Căn cước", "00118701234")
    desk.type("\t")
    assert desk.says("đang có 11")
    desk.field("Căn cước")
    desk.type("5")
    assert not desk.says("đang có 11")


def test_of_another_draft_nothing_is_wrong_before_it_is_left(desk: Desk) -> None:
    desk.fill("Căn cước", "00118701234")
    desk.type("\t")
    assert desk.says("đang có 11")
    desk.page._show(IntakeDraft(id_number="00118701234"))
    desk.page._look()
    assert not desk.says("đang có 11")


def test_an_empty_field_is_not_wrong_before_a_save(desk: Desk) -> None:
    desk.choose("1.001022")
    desk.field("Họ và tên")
    desk.type("\t\t\t")
    assert not desk.says("Chưa có họ tên")
    desk.press(Qt.Key.Key_F9)
    assert desk.says("Chưa có họ tên")
    assert desk.focus() == "Họ và tên"


def test_a_hidden_character_is_named(desk: Desk) -> None:
    desk.choose("1.001022")
    desk.field("Họ và tên").setText("An\u202eBình")
    desk.press(Qt.Key.Key_F9)
    assert desk.says("ký tự ẩn (U+202E)")


def test_a_limit_the_catalogue_lacks_is_typed_with_its_source(desk: Desk) -> None:
    desk.page.scanned(CARD)
    desk.choose_with_papers(MOST_PAPERS)
    assert desk.focus() == "Thời hạn"
    desk.press(Qt.Key.Key_F9)
    assert desk.says("Danh mục chưa có thời hạn")
    desk.type("30")
    desk.fill("Căn cứ", "QĐ 123/QĐ-UBND")
    desk.press(Qt.Key.Key_F9)
    assert desk.received[0].due.date().isoformat() == "2027-01-06"


def test_what_the_law_does_not_know_of_a_fee_is_reached_by_one_key(desk: Desk) -> None:
    desk.page.scanned(CARD)
    desk.choose_with_papers("1.001022")
    assert desk.says("nhập mức của tỉnh")
    desk.press(Qt.Key.Key_L, ALT)
    assert desk.focus() == "Số tiền (đồng)"
    desk.type("8.000")
    assert desk.says("8.000 đ · thu khi trả")
    desk.press(Qt.Key.Key_F9)
    dossier = desk.commune.desk.lookup.dossier(desk.received[0].name).dossier
    assert dossier
    assert dossier.fee.amount == 8000


def test_a_refusal_beside_no_field_stands_over_the_buttons(commune: Commune, show: Show) -> None:
    desk = open_desk(commune, show, "toan")
    desk.page.scanned(CARD)
    desk.choose_with_papers("1.001022")
    desk.press(Qt.Key.Key_F9)
    assert desk.says("không có quyền")
    assert desk.draft().name == LONG_NAME


# --- nothing is lost ----------------------------------------------------------------------------


def test_the_form_comes_back_as_it_stood(desk: Desk, show: Show, qtbot: QtBot) -> None:
    desk.choose("1.001022")
    desk.page._form.procedure._case.choose(2)
    desk.press(Qt.Key.Key_A, ALT)
    desk.fill("Họ và tên", LONG_NAME)
    qtbot.waitUntil(lambda: not desk.page._keeping.isActive(), timeout=2000)
    desk.page.window().hide()
    again = open_desk(desk.commune, show)
    assert again.draft() == desk.draft()
    assert again.told == ["Đã mở lại hồ sơ đang nhập dở."]


def test_what_was_refused_comes_back_as_it_stood(desk: Desk, show: Show) -> None:
    desk.page.scanned(CARD)
    desk.press(Qt.Key.Key_F9)
    assert desk.received == []
    assert open_desk(desk.commune, show).draft().name == LONG_NAME


def test_what_was_saved_does_not_come_back(desk: Desk) -> None:
    desk.page.scanned(CARD)
    desk.choose_with_papers("1.001022")
    desk.page.keep()
    assert desk.commune.desk.intake.kept(desk.commune.officer())
    desk.press(Qt.Key.Key_F9)
    assert desk.commune.desk.intake.kept(desk.commune.officer()) is None


def test_an_intake_is_parked_and_taken_up_by_keys(desk: Desk) -> None:
    desk.choose("1.001022")
    desk.fill("Họ và tên", "Lý A Sử")
    first = desk.draft()
    desk.press(Qt.Key.Key_G, ALT)
    assert desk.draft() == IntakeDraft()
    desk.choose("1.001193")
    desk.fill("Họ và tên", "Mai Thị Hạnh")
    desk.press(Qt.Key.Key_1, ALT)
    assert desk.draft() == first
    assert desk.says("Mai Thị Hạnh")  # who was in the form is parked in turn
    desk.press(Qt.Key.Key_1, ALT)
    assert desk.draft().name == "Mai Thị Hạnh"


def test_an_empty_form_is_not_parked(desk: Desk) -> None:
    desk.press(Qt.Key.Key_G, ALT)
    assert desk.commune.desk.intake.parked(desk.commune.officer()) == []


# --- leaving without being received -------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "outcome"), [(Qt.Key.Key_B, "guidance"), (Qt.Key.Key_T, "refusal")]
)
def test_who_leaves_without_being_received_is_recorded_with_the_reason(
    desk: Desk, key: Qt.Key, outcome: str
) -> None:
    left: list[str] = []
    desk.page.left_unreceived.connect(lambda _, how: left.append(how))
    desk.choose("1.001022")
    desk.page.scanned(CARD)
    desk.press(key, ALT)
    desk.type("\n")
    assert desk.says("Hãy ghi nội dung hướng dẫn hoặc lý do")
    desk.type("Mang thêm giấy chứng sinh.\n")
    assert (left, desk.draft()) == ([outcome], IntakeDraft())
    day = desk.commune.now
    assert [visit[2] for visit in desk.commune.desk.store.dossiers.visits(day, day)] == [outcome]


@pytest.mark.parametrize(
    ("key", "outcome"), [(Qt.Key.Key_B, "guidance"), (Qt.Key.Key_T, "refusal")]
)
def test_the_paper_that_says_why_is_printed_once_it_is_recorded(
    desk: Desk, key: Qt.Key, outcome: str
) -> None:
    wanted: list[tuple[str, EventName]] = []
    desk.page.slip_wanted.connect(lambda form, name: wanted.append((form, name)))
    desk.choose("1.001022")
    desk.page.scanned(CARD)
    desk.press(key, ALT)
    desk.type("Mang them giay chung sinh.\n")
    ((form, name),) = wanted
    assert form == outcome
    assert form in desk.commune.desk.paperwork.papers(name)


def test_a_refusal_is_printed_to_nobody_without_a_name(desk: Desk) -> None:
    wanted: list[EventName] = []
    desk.page.slip_wanted.connect(lambda _, name: wanted.append(name))
    desk.choose("1.001022")
    desk.press(Qt.Key.Key_T, ALT)
    assert not desk.page._appointment.save.isVisible()
    desk.type("\nKhong thuoc tham quyen.\n")
    assert desk.says("Phiếu từ chối phải ghi cho ai.")
    desk.type("Ly A Su\n")
    values = desk.commune.desk.paperwork.values("refusal", wanted[0])
    assert "Ly A Su" in str(values)
    assert desk.page._appointment.save.isVisible()


def test_whom_a_refusal_goes_to_stands_beside_it_even_without_a_valid_number(desk: Desk) -> None:
    wanted: list[EventName] = []
    desk.page.slip_wanted.connect(lambda _, name: wanted.append(name))
    desk.press(Qt.Key.Key_T, ALT)
    desk.page._form.show_draft(IntakeDraft(name=LONG_NAME, id_number="12", address="Thôn Nội"))
    desk.page._changed()
    assert desk.says(f"Người nộp: {LONG_NAME} · 12 · Thôn Nội")
    desk.page._strip._reason.setFocus()
    desk.type("Khong thuoc tham quyen.\n")
    values = str(desk.commune.desk.paperwork.values("refusal", wanted[0]))
    assert LONG_NAME in values
    assert "Thôn Nội" in values


def test_a_fee_by_the_page_without_pages_is_asked_about_once(desk: Desk) -> None:
    desk.choose("2.000815")
    desk.page._form.show_draft(msgspec.structs.replace(
        desk.draft(), name=LONG_NAME, id_number="001187012345", address="Thôn Nội",
        documents=checklist(desk.commune.desk.lookup.procedure("2.000815")),
    ))  # fmt: skip
    desk.page._changed()
    desk.press(Qt.Key.Key_F9)
    assert desk.received == []
    assert desk.says("Chưa biết số trang nên chưa biết phí.")
    desk.press(Qt.Key.Key_F9)
    assert len(desk.received) == 1


def test_who_was_only_told_is_recorded_without_a_paper(desk: Desk) -> None:
    wanted: list[str] = []
    desk.page.slip_wanted.connect(lambda form, _: wanted.append(form))
    desk.choose("1.001022")
    desk.press(Qt.Key.Key_B, ALT)
    desk.type("Mang them giay chung sinh.")
    desk.press(Qt.Key.Key_Return, CTRL)
    assert wanted == []
    assert desk.draft() == IntakeDraft()


def test_the_strip_names_what_is_missing_and_escape_closes_it(desk: Desk) -> None:
    desk.choose("1.001022")
    before = desk.draft()
    desk.press(Qt.Key.Key_B, ALT)
    assert desk.says("Còn thiếu: Tờ khai đăng ký nhận cha, mẹ, con;")
    desk.press(Qt.Key.Key_Escape)
    assert not desk.says("Còn thiếu")
    assert desk.draft() == before


# --- papers -------------------------------------------------------------------------------------


def test_papers_that_are_missing_are_asked_about_once(desk: Desk) -> None:
    desk.page.scanned(CARD)
    desk.choose("1.001193")
    desk.press(Qt.Key.Key_F9)
    assert desk.received == []
    assert desk.says("Còn thiếu giấy tờ")
    assert desk.says("Đủ cả thì bấm Alt A; nhận thiếu thì lưu lần nữa.")
    desk.press(Qt.Key.Key_F9)
    assert len(desk.received) == 1
    assert not desk.says("Còn thiếu giấy tờ")


def test_a_question_moves_nothing_beside_it(desk: Desk) -> None:
    desk.page.scanned(CARD)
    desk.choose("1.001193")
    before = places(desk)
    desk.press(Qt.Key.Key_F9)
    assert desk.says("Đủ cả thì bấm Alt A")
    assert places(desk) == before


def places(desk: Desk) -> dict[str, QPoint]:
    """Where the words to the right stand, but for what is asked."""
    QApplication.processEvents()
    labels = desk.page._appointment.findChildren(QLabel)
    shown = [label for label in labels if label.isVisible() and label.text()]
    return {x.text(): x.mapTo(desk.page, QPoint()) for x in shown if "Đủ cả" not in x.text()}


def test_all_papers_there_is_nothing_to_ask(desk: Desk) -> None:
    desk.page.scanned(CARD)
    desk.choose_with_papers("1.001193")
    desk.press(Qt.Key.Key_F9)
    assert len(desk.received) == 1


def test_another_paper_missing_is_asked_about_anew(desk: Desk) -> None:
    desk.page.scanned(CARD)
    desk.choose("1.001022")
    desk.press(Qt.Key.Key_F9)
    desk.type(" ")
    desk.press(Qt.Key.Key_F9)
    assert desk.received == []


def test_leaving_the_page_keeps_what_was_typed_at_once(desk: Desk) -> None:
    desk.fill("Họ và tên", "Lý A Sử")
    desk.page.hide()
    kept = desk.commune.desk.intake.kept(desk.commune.officer())
    assert kept is not None
    assert kept.name == "Lý A Sử"


def test_papers_are_asked_about_though_the_desk_has_not_looked_yet(
    commune: Commune, show: Show
) -> None:
    lanes = ManualLanes()
    desk = open_desk(commune, show, lanes=lanes)
    lanes.drain()
    desk.page.scanned(CARD)
    lanes.drain()  # it says that no procedure is chosen
    desk.choose("1.001193")
    desk.press(Qt.Key.Key_F9)
    lanes.drain()
    assert desk.received == []
    assert desk.says("Còn thiếu giấy tờ")
