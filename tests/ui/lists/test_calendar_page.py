"""A new calendar moves no promise by itself: a person sees old and new date, and re-appoints."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from app.models.dossiers.lifecycle import Deed
from app.models.unit.officer import Officer, Role
from app.ui.deeds.deeds import KEYS
from app.ui.lists.board_page import BoardPage
from app.ui.lists.calendar_page import CalendarPage
from app.ui.window import Window
from tests.ui.commune import (
    IN_THE_WINDOW,
    LONG_NAME,
    NGA,
    Commune,
    faults_at_each_size,
    hit,
)

Show = Callable[..., None]


def closes(commune: Commune, day: str) -> None:
    """An order has come that the office is closed on this day of November 2026."""
    row = {
        "date": f"2026-11-{day}",
        "kind": "local_off",
        "name": "Bão số 9",
        "source": "lệnh",
        "confirmed": "yes",
    }
    assert commune.desk.office.import_holidays([row], by=NGA).imported == 1


@pytest.fixture
def commune(tmp_path: Path) -> Commune:
    commune = Commune(tmp_path)
    for procedure in ("1.013949", "2.001263", "1.001022"):
        commune.receive(LONG_NAME, procedure=procedure)
    return commune


def test_the_board_says_nothing_while_no_date_moved(window: Window) -> None:
    hit(window, "F3")
    assert not window._board._offers.moved.isVisible()


def test_the_board_says_how_many_and_a_key_lists_them(window: Window, commune: Commune) -> None:
    closes(commune, "26")
    hit(window, "F3")
    moved = len(commune.desk.new_dates.by_calendar())
    assert window._board._offers.moved.text() == f"{moved} hồ sơ có ngày hẹn đổi theo lịch mới."
    hit(window, KEYS[Deed.REAPPOINT])
    assert window.page() is window._calendar
    assert window._calendar._view.table.rowCount() == moved


def test_one_is_reappointed_and_then_all_the_others(window: Window, commune: Commune) -> None:
    closes(commune, "26")
    hit(window, "F3", KEYS[Deed.REAPPOINT])
    first, *rest = (one.row.name for one in commune.desk.new_dates.by_calendar())
    hit(window, "F9")
    assert [one.deed for one in commune.dossier(first).untold] == [Deed.REAPPOINT]
    assert [one.row.name for one in commune.desk.new_dates.by_calendar()] == rest
    hit(window, "Ctrl+A", "F9")
    assert commune.desk.new_dates.by_calendar() == []
    hit(window, "Escape")
    assert window.page() is window._board
    assert not window._board._offers.moved.isVisible()


def test_enter_opens_one_and_esc_comes_back_to_the_list(window: Window, commune: Commune) -> None:
    closes(commune, "26")
    hit(window, "F3", KEYS[Deed.REAPPOINT], "Return")
    assert window.page() is window._dossier
    hit(window, "Escape")
    assert window.page() is window._calendar


def test_only_who_may_reappoint_hears_of_it(commune: Commune, show: Show) -> None:
    closes(commune, "26")
    officer = Officer(NGA, "Lê Thị Nga", frozenset({Role.RECEPTIONIST}))
    page = BoardPage(commune.desk, officer, commune.jobs)
    show(page, *IN_THE_WINDOW)
    page.entered()
    assert not page._offers.moved.isVisible()


def test_a_calendar_that_moved_nothing_is_not_asked_again_within_the_hour(
    commune: Commune, show: Show
) -> None:
    page = BoardPage(commune.desk, commune.officer(), commune.jobs)
    show(page, *IN_THE_WINDOW)
    page.entered()
    known = page._offers._known
    commune.pass_time(30)
    page.entered()
    assert page._offers._known is known
    commune.pass_time(31)
    page.entered()
    assert page._offers._known is not known


def test_nothing_is_cut_or_overlaps_with_the_longest_words(
    commune: Commune, show: Show, dressed: QApplication
) -> None:
    closes(commune, "26")
    page = CalendarPage(commune.desk, commune.officer(), commune.jobs)
    show(page, *IN_THE_WINDOW)
    page.entered()
    hit(page, "Ctrl+A")
    assert faults_at_each_size(page, dressed) == []
