"""Receiving in the window, by keys alone, on a real desk."""

from typing import Any

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.desk.draft import IntakeDraft
from app.ui.intake.form import IntakeForm
from app.ui.look.theme import Measure
from tests.ui.commune import LONG_NAME, LONGEST_PROCEDURE, MOST_PAPERS, Commune
from tests.ui.intake_desk import (
    AFTER_THREE,
    ALT,
    CARD,
    CTRL,
    HEIGHT,
    SHIFT,
    WIDTH,
    Desk,
    Show,
    open_desk,
)
from tests.ui.keys import compose
from tests.ui.manual_lanes import ManualLanes
from tests.ui.walk import faults


@pytest.fixture
def desk(commune: Commune, show: Show) -> Desk:
    return open_desk(commune, show)


# --- the whole way, by keys ---------------------------------------------------------------------


def test_a_dossier_is_received_by_keys_alone(desk: Desk) -> None:
    desk.choose("nhan cha me con")
    desk.press(Qt.Key.Key_A, ALT)
    assert desk.focus() == "Họ và tên"
    desk.type(LONG_NAME + "\n001187012345\n12041987\nThôn Liễu Nội\n0912345678\n\n")
    desk.press(Qt.Key.Key_F9)
    [receipt] = desk.received
    dossier = desk.commune.desk.lookup.dossier(receipt.name).dossier
    assert dossier
    assert dossier.applicant
    assert (dossier.applicant.name, dossier.applicant.born) == (LONG_NAME, "1987-04-12")
    assert len(dossier.documents) == 3
    assert desk.to_print == [receipt.name]


def test_a_known_intake_takes_a_scan_and_four_keys(desk: Desk) -> None:
    desk.page.scanned(CARD)
    desk.choose("1.001022")
    desk.press(Qt.Key.Key_A, ALT)
    desk.press(Qt.Key.Key_F9)
    assert [receipt.code for receipt in desk.received] == ["H26.15.3-261123-0001"]


def test_saving_empties_the_form_and_the_cursor_is_in_the_procedure(desk: Desk) -> None:
    desk.page.scanned(CARD)
    desk.choose_with_papers("1.001022")
    desk.press(Qt.Key.Key_F9)
    assert desk.draft() == IntakeDraft()
    assert desk.focus() == "Thủ tục"
    assert desk.told == [
        "Đã lưu H26.15.3-261123-0001. Hẹn trả 16 giờ 30, Thứ Sáu, 27 tháng 11 năm 2026."
    ]


def test_the_saving_key_once_more_accuses_an_empty_form_of_nothing(desk: Desk) -> None:
    desk.page.scanned(CARD)
    desk.choose_with_papers("1.001022")
    desk.press(Qt.Key.Key_F9)
    desk.press(Qt.Key.Key_F9)
    assert desk.told[1:] == ["Chưa nhập gì nên không có gì để lưu."]
    assert not desk.page._form.errors.are_there()
    assert desk.focus() == "Thủ tục"


def test_another_dossier_for_this_person_keeps_the_person(desk: Desk) -> None:
    desk.page.scanned(CARD)
    desk.choose_with_papers("1.001022")
    desk.press(Qt.Key.Key_F9, SHIFT)
    assert len(desk.received) == 1
    assert (desk.draft().name, desk.draft().procedure) == (LONG_NAME, "")
    assert desk.focus() == "Thủ tục"


def test_a_same_day_dossier_prints_only_when_asked(desk: Desk) -> None:
    for key, modifier, printed in (
        (Qt.Key.Key_F9, Qt.KeyboardModifier.NoModifier, 0),
        (Qt.Key.Key_F9, CTRL, 1),
    ):
        desk.page.scanned(CARD)
        desk.choose_with_papers("1.001193")
        desk.press(key, modifier)
        assert len(desk.to_print) == printed


def test_from_three_o_clock_a_same_day_dossier_prints(desk: Desk) -> None:
    desk.commune.now = AFTER_THREE
    desk.page.scanned(CARD)
    desk.choose_with_papers("1.001193")
    desk.press(Qt.Key.Key_F9)
    assert len(desk.to_print) == 1


def test_the_appointment_stands_there_with_its_reasons(desk: Desk) -> None:
    desk.choose("1.001022")
    for words in (
        "16 giờ 30",
        "Thứ Sáu, 27 tháng 11 năm 2026",
        "Thứ Ba 24/11 — Ngày Văn hóa Việt Nam",
        "Đ.25",
    ):
        assert desk.says(words), words
    assert desk.says("Bàn giao trước 15:00 — còn 7 giờ")
    assert desk.says("Nếu nhận Thứ Tư 25/11: 16 giờ 30 Thứ Hai 30/11"), (
        "the counter is closed tomorrow"
    )


def test_letters_the_input_method_still_holds_are_searched(desk: Desk) -> None:
    focus = QApplication.focusWidget()
    assert focus
    compose(focus, "giám")
    desk.type("\n")
    assert "giám" in desk.page._form.procedure._chosen._name.text().lower()


def test_a_stray_enter_chooses_nothing_and_an_arrow_with_enter_does(desk: Desk) -> None:
    desk.type("\n")
    assert desk.draft() == IntakeDraft()
    desk.field("Thủ tục")
    desk.type("↓↓↑\n")
    assert desk.draft().procedure


def test_editing_the_line_reopens_the_choice_and_escape_takes_it_back(desk: Desk) -> None:
    desk.choose("1.001022")
    desk.press(Qt.Key.Key_A, ALT)
    before = desk.draft()
    desk.field("Thủ tục")
    desk.type("\b")
    assert desk.draft().procedure == ""
    desk.press(Qt.Key.Key_Escape)
    assert desk.draft() == before


# --- one at a time ------------------------------------------------------------------------------


def test_one_save_is_under_way_at_a_time(commune: Commune, show: Show) -> None:
    lanes = ManualLanes()
    desk = open_desk(commune, show, lanes=lanes)
    lanes.drain()
    desk.page.scanned(CARD)
    desk.choose("1.001022")
    desk.press(Qt.Key.Key_F9)
    desk.press(Qt.Key.Key_F9)
    lanes.drain()
    assert len(desk.received) == 1


def test_typing_asks_the_desk_one_question_at_a_time(commune: Commune, show: Show) -> None:
    lanes = ManualLanes()
    desk = open_desk(commune, show, lanes=lanes)
    lanes.drain()
    desk.fill("Họ và tên", LONG_NAME)
    assert len(lanes.waiting) == 1
    lanes.drain()


# --- what is seen -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "code", [LONGEST_PROCEDURE, MOST_PAPERS, "2.000815", "1.001022", "1.013967", "2.001023"]
)
def test_nothing_is_cut_overlapping_or_outside(desk: Desk, code: str) -> None:
    desk.page.scanned(CARD)
    desk.choose(code)
    desk.press(Qt.Key.Key_U, ALT)
    desk.press(Qt.Key.Key_C, ALT)
    desk.press(Qt.Key.Key_F9)
    desk.press(Qt.Key.Key_B, ALT)
    settle()
    assert faults(desk.page) == []


def test_three_parked_with_long_names_fit(desk: Desk) -> None:
    for _ in range(4):
        desk.fill("Họ và tên", LONG_NAME)
        desk.press(Qt.Key.Key_G, ALT)
    settle()
    assert faults(desk.page) == []


def test_the_person_stays_in_place_when_a_procedure_is_chosen(desk: Desk) -> None:
    before = desk.page._form.applicant.y()
    desk.choose("1.001022")
    settle()
    assert desk.page._form.applicant.y() == before


def test_where_there_is_room_more_procedures_are_in_sight_and_the_person_stays(desk: Desk) -> None:
    listed = desk.page._form.procedure._finder.list
    usual = listed.height()
    desk.page.resize(1816, 1000)
    settle()
    assert listed.height() >= usual + 4 * Measure.PRIMARY
    assert not desk.page._form.verticalScrollBar().isVisible()
    before = desk.page._form.applicant.y()
    desk.choose("1.001022")
    settle()
    assert desk.page._form.applicant.y() == before


def test_every_long_procedure_of_the_catalogue_fits(desk: Desk) -> None:
    form = desk.page._form
    found = []
    for procedure in desk.commune.desk.store.standing.procedures():
        if len(procedure.name) < 150 and len(procedure.cases) == 1:
            continue
        form.show_draft(IntakeDraft(procedure=procedure.code))
        settle()
        found += [f"{procedure.code} {fault}" for fault in faults(form.procedure)]
    assert found == []


def test_at_the_largest_size_of_letters_nothing_is_cut_but_what_is_typed(desk: Desk) -> None:
    """1366 px at 125 % leave a page 1032 beside its scroll bar."""
    desk.choose_with_papers("2.000815")
    desk.page.resize(1032, HEIGHT)
    settle()
    assert desk.page.minimumSizeHint().width() <= 1032
    typed = (
        "Line ",
        "DayLine ",
        "Choice ",
    )  # what is typed there scrolls, or stands whole elsewhere
    assert [fault for fault in faults(desk.page) if not fault.startswith(typed)] == []
    desk.page.resize(WIDTH, HEIGHT)
    settle()
    assert faults(desk.page) == []


def test_tab_goes_as_one_reads(desk: Desk) -> None:
    desk.choose("1.000689")
    desk.press(Qt.Key.Key_P, ALT)
    names = []
    settle()
    desk.field("Thủ tục")
    while desk.focus() != "Thư điện tử":
        names.append(desk.focus())
        desk.type("\t")
    papers = [kind.name for kind in desk.page._form.procedure.checklist._kinds]
    wanted = [
        "Thủ tục",
        *papers,
        "Giấy tờ khác",
        "Tên giấy tờ khác",
        "Họ và tên",
        "Loại giấy tờ",
        "Căn cước",
    ]
    assert [name for name in names if name in wanted] == wanted


def settle() -> None:
    """Let layouts that depend on each other come to rest."""
    for _ in range(4):
        QApplication.processEvents()


@pytest.mark.parametrize("code", ["", "1.001193", "1.004873", "1.001022", "1.000894", "2.000815"])
def test_the_usual_form_needs_no_scrolling_on_the_usual_screen(desk: Desk, code: str) -> None:
    desk.page.scanned(CARD)
    if code:
        desk.choose(code)
    settle()
    assert desk.page._form.verticalScrollBar().maximum() == 0


def test_the_posts_number_is_typed_with_what_came_by_post(desk: Desk) -> None:
    desk.press(Qt.Key.Key_C, ALT)
    desk.fill("Số phiếu gửi", "EA123456789VN")
    assert desk.draft().waybill == "EA123456789VN"


# --- cards few dossiers need --------------------------------------------------------------------


def test_details_opened_late_hold_what_was_asked_for_so_far(desk: Desk) -> None:
    desk.choose("1.001022")
    asked_for = desk.draft().request
    assert not IntakeForm.details.made(desk.page._form)
    desk.press(Qt.Key.Key_C, ALT)
    assert (desk.draft().request, desk.page._form.details.request.words()) == (asked_for,) * 2
    desk.press(Qt.Key.Key_C, ALT)
    desk.fill("Thủ tục", "1.001193\n")
    assert desk.draft().request not in ("", asked_for)


AGREED: dict[str, Any] = {"agreement": "số 1", "limit_value": "9"}


@pytest.mark.parametrize("typed", [{"wished": "9h30"}, AGREED, {"by_post": True}])
def test_a_draft_that_says_more_comes_with_the_card_for_it(
    desk: Desk, typed: dict[str, Any]
) -> None:
    draft = IntakeDraft(procedure="2.000815", post_name="Lý A Sử", principal_name="Trang", **typed)
    desk.page._form.show_draft(draft)
    shown = msgspec.structs.replace(desk.draft(), request="")
    assert shown == draft


def test_the_post_stands_between_the_person_and_the_details(desk: Desk) -> None:
    form = desk.page._form
    form.turn_to_post()
    desk.press(Qt.Key.Key_C, ALT)
    QApplication.processEvents()
    assert form.applicant.y() < form.post.y() < form.details.y()


def test_an_agreed_limit_goes_with_its_agreement(desk: Desk) -> None:
    desk.page._form.show_draft(IntakeDraft(procedure="2.000815", **AGREED))
    desk.page._form.details.agreement.paper.clear()
    assert (desk.draft().agreement, desk.draft().limit_value) == ("", "")
