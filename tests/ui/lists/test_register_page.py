from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar

import pytest
from PySide6.QtWidgets import QApplication

from app.desk.sheets.incomplete import NO_APOLOGY
from app.models.dossiers.lifecycle import Deed
from app.ui.lists.register_page import RegisterPage, look_for_lacking
from app.ui.window import Window
from tests.ui.commune import IN_THE_WINDOW, Commune, Heard, faults_at_each_size, hit

T = TypeVar("T")
Show = Callable[..., None]


@pytest.fixture
def page(commune: Commune, show: Show) -> RegisterPage:
    page = RegisterPage(commune.desk, commune.officer(), commune.jobs)
    show(page, *IN_THE_WINDOW)
    page.entered()
    return page


def shown(page: RegisterPage) -> list[str]:
    table = page._view.table
    return [table.cells(number)[0].text for number in range(table.rowCount())]


def test_the_lines_of_this_month_stand_by_book_and_serial(
    commune: Commune, page: RegisterPage
) -> None:
    for _ in range(3):
        commune.receive()
    hit(page, "F9")
    assert shown(page) == [f"01–{n:02} · Hộ tịch" for n in (1, 2, 3)]
    assert page._count.text() == "3 hồ sơ"


def test_the_span_holds_both_its_days_and_nothing_beside(
    commune: Commune, page: RegisterPage
) -> None:
    commune.receive()
    commune.now += timedelta(days=2)
    commune.receive()
    page._days.since.setText("24/11/2026")
    page._days.until.setText("25/11/2026")
    hit(page, "F9")
    assert shown(page) == ["01–02 · Hộ tịch"]


def test_what_a_day_leaves_undone_is_read_a_few_dossiers_at_a_time(
    commune: Commune, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(3):
        commune.receive()
    commune.now += timedelta(days=30)
    monkeypatch.setattr("app.ui.lists.register_page.AT_ONCE", 2)
    done: list[object] = []

    def do(work: Callable[[], T]) -> T:
        done.append(work)
        return work()

    day = commune.now.date()
    found = look_for_lacking(commune.desk, do, day)
    assert found == commune.desk.incomplete.of(day, day)
    assert {each.what for each in found} >= {NO_APOLOGY}
    assert len(done) == 1 + 2


def test_one_groups_register_can_be_seen_alone(commune: Commune, page: RegisterPage) -> None:
    commune.receive()
    commune.receive(procedure="2.000815")
    page.refresh()
    assert shown(page) == ["01–01 · Chứng thực", "01–01 · Hộ tịch"]
    page._group.choose("Hộ tịch")
    assert shown(page) == ["01–01"]


def test_a_day_that_is_none_is_said_beside_it_and_the_list_stays(
    commune: Commune, page: RegisterPage
) -> None:
    commune.receive()
    page.refresh()
    page._days.since.setText("31/11/2026")
    hit(page, "F9")
    assert page._days.fields["since"].error().startswith("Không có ngày 31/11/2026")
    assert len(shown(page)) == 1


def test_a_returned_dossier_shows_when_and_enter_opens_it(
    commune: Commune, page: RegisterPage
) -> None:
    heard = Heard(page)
    name = commune.receive()
    commune.do(name, Deed.HAND_OVER, Deed.ACCEPT, Deed.RESOLVE, Deed.RETURN)
    page.refresh()
    assert page._view.table.cells(0)[6].text == "08:04 23/11/2026"
    page._view.setFocus()
    hit(page, "Return")
    assert heard.opened == [name]


def test_nothing_is_cut_with_the_longest_words(
    commune: Commune, page: RegisterPage, dressed: QApplication
) -> None:
    assert faults_at_each_size(page, dressed) == []
    for procedure in ("1.013949", "2.001263"):
        commune.receive(procedure=procedure)
    page.refresh()
    assert faults_at_each_size(page, dressed) == []


def test_before_the_days_last_sheet_what_is_lacking_comes_into_sight(
    commune: Commune, page: RegisterPage
) -> None:
    commune.do(commune.receive(), Deed.HAND_OVER)
    page.refresh()
    page._what.choose("morning-sheet")
    assert page._view.isVisible()
    page._what.choose("end-of-day")
    assert page._lacking.isVisible()
    assert page._lacking.table.rowCount() > 0


def test_a_part_is_made_when_it_is_first_looked_at_its_columns_as_they_once_were_drawn(
    window: Window,
) -> None:
    window._widths._widths["RegisterPage Hồ sơ còn thiếu"] = {"Từ": 190}
    window.go("F6")
    assert RegisterPage._lacking.made(window._register) == []
    window._register.show_part("lacking")
    (lacking,) = RegisterPage._lacking.made(window._register)
    assert [column.title for column in lacking.table.columns][3] == "Từ"
    assert lacking.columnWidth(3) == 190


def test_a_day_that_lacks_nothing_shows_its_register_beside_the_last_sheet(
    page: RegisterPage,
) -> None:
    page._what.choose("end-of-day")
    assert page._view.isVisible()


@pytest.mark.parametrize("report", ["report-ii06a", "report-satisfaction", "report-help-desk"])
def test_a_report_is_asked_for_its_whole_quarter(page: RegisterPage, report: str) -> None:
    page._days.until.setText("22/11/2026")
    page._what.choose(report)
    assert (page._days.since.text(), page._days.until.text()) == ("15/09/2026", "14/12/2026")
