"""Dossiers handed over at the foot of the board: many at once, each field to whoever took it last."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication

from app.desk.deeds.details import Details
from app.models.dossiers.lifecycle import Deed, Status
from app.models.events.event import EventName
from app.models.unit.officer import Role
from app.ui.lists.board_page import BoardPage
from app.ui.lists.board_tiles import keys_for
from app.ui.look.theme import Tone
from tests.ui.commune import (
    HANH,
    IN_THE_WINDOW,
    NGA,
    TOAN,
    Commune,
    Heard,
    faults_at_each_size,
    hit,
)
from tests.ui.keys import type_keys


@pytest.fixture
def page(commune: Commune, show: Callable[..., None]) -> BoardPage:
    page = BoardPage(commune.desk, commune.officer(), commune.jobs)
    show(page, *IN_THE_WINDOW)
    page.entered()
    return page


def test_five_dossiers_are_marked_and_handed_over_in_seven_keys(
    commune: Commune, page: BoardPage
) -> None:
    names = [commune.receive() for _ in range(5)]
    page.refresh()
    hit(page, *["Space"] * 5, "Ctrl+B", "Return")
    assert [commune.dossier(name).status for name in names] == [Status.HANDED_OVER] * 5
    assert {commune.dossier(name).holder for name in names} == {TOAN}


def test_all_are_marked_by_one_key_and_none_stays_marked_once_handed_over(
    commune: Commune, page: BoardPage
) -> None:
    commune.receive(), commune.receive()
    page.refresh()
    hit(page, "Ctrl+A")
    assert page._code.text() == "Đã đánh dấu 2 hồ sơ"
    hit(page, "Ctrl+B", "Return")
    assert page._view.table.marked() == ()


def test_without_marks_the_dossier_at_the_cursor_is_handed_over_and_said_and_taken_back(
    commune: Commune, page: BoardPage
) -> None:
    heard = Heard(page)
    name = commune.receive()
    page.refresh()
    hit(page, "Ctrl+B", "Return")
    said = "Đã ghi “Bàn giao” cho Nguyễn Đức Toàn: hồ sơ 261123-0001."
    assert heard.said == [(said, Tone.DONE)]
    assert heard.undo is not None
    heard.undo()
    assert commune.dossier(name).status is Status.RECEIVED


def test_another_receiver_is_chosen_by_the_arrow_keys_and_offered_first_next_time(
    commune: Commune, page: BoardPage
) -> None:
    first, second = commune.receive("Lý A Sử"), commune.receive("Mai Thị Hạnh")
    page.refresh()
    hit(page, "Ctrl+B", "Down", "Return")
    assert commune.dossier(first).holder == HANH
    hit(page, "Down", "Ctrl+B", "Return")
    assert commune.dossier(second).holder == HANH


def test_whoever_took_the_field_last_is_proposed_and_nobody_where_that_is_not_known(
    commune: Commune, page: BoardPage
) -> None:
    commune.desk.office.add_officer("binh", "Trần Văn Bình", [Role.SPECIALIST], by=NGA)
    before = commune.receive("Lý A Sử")
    commune.do(before, Deed.HAND_OVER, Deed.ACCEPT, to="binh")
    commune.do(before, Deed.HAND_OVER, to=HANH)  # on its way, not a first hand-over
    undone = commune.receive("Lý A Sừ")
    commune.do(undone, Deed.HAND_OVER, Deed.UNDO, to=TOAN)
    other = commune.receive("Mai Thị Hạnh", procedure="2.000815")
    page.refresh()
    hit(page, "Ctrl+5", "Down", "Ctrl+B")  # past the certification, which is due today
    assert page._bar._receiver.currentText().startswith("Trần Văn Bình")
    hit(page, "Escape", "Ctrl+A", "Ctrl+B", "Return")
    assert page._bar._left_out.text() == "Hãy chọn người nhận của Chứng thực."
    assert {commune.dossier(name).status for name in (undone, other)} == {Status.RECEIVED}
    hit(page, "Down", "Return")
    assert [commune.dossier(name).holder for name in (undone, other)] == ["binh", TOAN]


def test_marked_dossiers_that_cannot_be_handed_over_are_left_out_and_counted(
    commune: Commune, page: BoardPage
) -> None:
    waiting, ready = commune.receive(), commune.receive()
    commune.do(waiting, Deed.HAND_OVER, Deed.ACCEPT, Deed.REQUEST_SUPPLEMENT)
    page.refresh()
    hit(page, "Ctrl+A", "Ctrl+B")
    assert page._bar._left_out.text() == "bỏ qua 1 chưa bàn giao được"
    hit(page, "Return")
    assert commune.dossier(ready).status is Status.HANDED_OVER


def test_what_was_gone_on_with_elsewhere_meanwhile_is_handed_over_no_second_time(
    commune: Commune, page: BoardPage
) -> None:
    heard = Heard(page)
    name = commune.receive()
    page.refresh()
    hit(page, "Ctrl+B")
    commune.do(name, Deed.HAND_OVER, Deed.ACCEPT, Deed.REQUEST_SUPPLEMENT)
    page.refresh()
    hit(page, "Return")
    assert heard.said == [("Không còn hồ sơ nào để bàn giao.", Tone.LATE)]
    assert page._view.hasFocus()


def test_esc_leaves_the_receiver_unchosen_and_the_dossiers_where_they_are(
    commune: Commune, page: BoardPage
) -> None:
    name = commune.receive()
    page.refresh()
    hit(page, "Ctrl+B", "Escape")
    assert commune.dossier(name).status is Status.RECEIVED
    assert page._view.hasFocus()


@pytest.mark.parametrize("marks", [(), ("Space",)])
def test_what_left_the_list_while_the_receiver_was_asked_for_hands_no_other_over(
    commune: Commune, page: BoardPage, marks: tuple[str, ...]
) -> None:
    heard = Heard(page)
    commune.receive(), commune.receive()
    page.refresh()
    hit(page, keys_for(commune.officer())["not_handed_over"])
    asked, other = (line.row.name for line in page._view.table.rows.here())
    hit(page, *marks, "Ctrl+B")
    commune.do(asked, Deed.HAND_OVER, to=HANH)  # at another counter
    page.refresh()
    hit(page, "Return")
    assert commune.dossier(other).status is Status.RECEIVED
    assert heard.said == [("Không còn hồ sơ nào để bàn giao.", Tone.LATE)]


def test_what_left_the_list_while_the_reason_was_typed_sends_no_other_back(
    commune: Commune, show: Callable[..., None]
) -> None:
    for _ in range(2):
        commune.do(commune.receive(), Deed.HAND_OVER, to=HANH)
    page = BoardPage(commune.desk, commune.officer(HANH), commune.jobs)
    show(page, *IN_THE_WINDOW)
    page.entered()
    hit(page, keys_for(commune.officer(HANH))["to_sign"])
    asked, other = (line.row.name for line in page._view.table.rows.here())
    hit(page, "Ctrl+R")
    type_keys(page, "sai tên người mẹ")
    commune.desk.progress.do(Deed.SIGN, [asked], commune.officer(HANH), Details())
    page.refresh()
    hit(page, "Return")
    assert commune.dossier(other).status is Status.HANDED_OVER


# --- of several fields ---------------------------------------------------------------------------


@pytest.fixture
def two_fields(commune: Commune, page: BoardPage) -> tuple[EventName, EventName]:
    """A dossier each of two fields, whose last ones two officers took."""
    commune.desk.office.add_officer("binh", "Trần Văn Bình", [Role.SPECIALIST], by=NGA)
    commune.do(commune.receive("Lý A Sử"), Deed.HAND_OVER, to="binh")
    commune.do(commune.receive("Lý A Sử", procedure="2.000815"), Deed.HAND_OVER, to=TOAN)
    names = commune.receive(), commune.receive(procedure="2.000815")
    page.refresh()
    hit(page, "Ctrl+5", "Ctrl+A", "Ctrl+B")
    return names


def test_each_field_goes_to_whoever_took_it_last_with_a_list_each_and_is_taken_back_in_one(
    commune: Commune, page: BoardPage, two_fields: tuple[EventName, EventName]
) -> None:
    heard = Heard(page)
    hit(page, "Return")
    assert [commune.dossier(name).holder for name in two_fields] == ["binh", TOAN]
    assert page._offers.handed_over.line.text() == "Vừa bàn giao 2 hồ sơ cho 2 người: 2 danh sách."
    lists = [commune.desk.lists.hand_over(commune.dossier(name).code) for name in two_fields]
    assert [sheet.values["receiver"] for sheet in lists] == ["Trần Văn Bình", "Nguyễn Đức Toàn"]
    assert heard.said[-1][0].startswith("Đã ghi “Bàn giao”: 2 hồ sơ (")
    assert heard.undo is not None
    heard.undo()
    assert {commune.dossier(name).status for name in two_fields} == {Status.RECEIVED}


def test_one_may_take_all_the_fields_the_same(
    commune: Commune, page: BoardPage, two_fields: tuple[EventName, EventName]
) -> None:
    hit(page, "Down", "Return")
    assert len({commune.dossier(name).holder for name in two_fields}) == 1


def test_a_receiver_a_field_is_read_at_each_size(
    page: BoardPage, two_fields: tuple[EventName, EventName], dressed: QApplication
) -> None:
    assert faults_at_each_size(page, dressed) == []


def test_what_another_counter_was_quicker_with_is_proposed_to_nobody(page: BoardPage) -> None:
    page._ask_receiver()  # of what was there when the key was pressed
    assert page._bar._receiver.value() == ""
    hit(page, "Return", "Escape")
    assert page._foot.currentIndex() == 0
