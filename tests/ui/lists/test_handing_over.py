"""Dossiers of several fields handed over in one go, each field to whoever took it last."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication

from app.models.dossiers.lifecycle import Deed, Status
from app.models.events.event import EventName
from app.models.unit.officer import Role
from app.ui.lists.board_page import BoardPage
from tests.ui.commune import (
    IN_THE_WINDOW,
    NGA,
    TOAN,
    Commune,
    Heard,
    faults_at_each_size,
    hit,
)


@pytest.fixture
def page(commune: Commune, show: Callable[..., None]) -> BoardPage:
    page = BoardPage(commune.desk, commune.officer(), commune.jobs)
    show(page, *IN_THE_WINDOW)
    page.entered()
    return page


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
