from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtWidgets import QApplication

from app.desk.draft import IntakeDraft
from app.models.dossiers.print_state import PrintState
from app.models.events.event import EventName
from app.printing.printers.spooler import JobId
from app.ui.lists.register_page import RegisterPage
from app.ui.papers.print_list import PrintList
from app.ui.window import Window
from tests.ui.commune import (
    IN_THE_WINDOW,
    LONG_NAME,
    LONGEST_PROCEDURE,
    Commune,
    Heard,
    faults_at_each_size,
    hit,
)

Show = Callable[..., None]


@pytest.fixture
def page(commune: Commune, show: Show) -> RegisterPage:
    page = RegisterPage(commune.desk, commune.officer(), commune.jobs)
    show(page, *IN_THE_WINDOW)
    page.entered()
    return page


def leave(commune: Commune, name: str = LONG_NAME) -> EventName:
    draft = IntakeDraft(procedure=LONGEST_PROCEDURE, name=name)
    return commune.desk.intake.leave(draft, "refusal", commune.officer(), "không thuộc thẩm quyền")


def print_one(commune: Commune, name: EventName) -> EventName:
    """The print of the visit's refusal, of which nobody knows whether it came out."""
    paper = commune.desk.paperwork.issue("refusal", name, commune.officer())
    commune.desk.press.go(paper.job, "Laser")
    commune.desk.press.opened(paper.job, JobId("qt:1"))
    commune.desk.press._note(paper.job, PrintState.UNKNOWN)
    return paper.job


def shown(page: RegisterPage) -> list[list[str]]:
    table = page._visits._view.table
    return [
        [table.cells(row)[column].text for column in (0, 1, 2, 4, 5)]
        for row in range(table.rowCount())
    ]


def test_a_visit_is_found_by_its_day_and_its_slip_shown_again_by_enter(
    commune: Commune, page: RegisterPage
) -> None:
    heard = Heard(page)
    name = leave(commune)
    commune.now += timedelta(days=3)
    page._days.until.setText("26/11/2026")
    page.show_part("visits")
    assert shown(page) == [
        ["08:00 23/11/2026", LONG_NAME, "Từ chối tiếp nhận", "1-0001", "chưa in"]
    ]
    hit(page, "Return")
    assert heard.printed == [("refusal", name)]


def test_its_other_papers_are_chosen_beside_it(commune: Commune, page: RegisterPage) -> None:
    heard = Heard(page)
    name = leave(commune)
    page.show_part("visits")
    page._visits._paper.choose("opinion")
    hit(page, "Ctrl+P")
    assert heard.printed == [("opinion", name)]


def test_what_became_of_its_slip_is_told_and_the_officer_may_say_more(
    commune: Commune, page: RegisterPage
) -> None:
    heard = Heard(page)
    job = print_one(commune, name := leave(commune))
    page.show_part("visits")
    assert shown(page)[0][-1] == "1 lần"
    (prints,) = page._visits.findChildren(PrintList)
    prints.came_out.emit(job)
    assert commune.desk.press.prints_of(name)[-1].state is PrintState.DONE
    (prints,) = page._visits.findChildren(PrintList)
    prints.spoiled.emit(commune.desk.press.prints_of(name)[-1], 1)
    assert heard.printed == [("refusal", name)]


def test_the_command_list_brings_it_into_sight(commune: Commune, window: Window) -> None:
    leave(commune)
    command = next(x for x in window.commands() if x.title.startswith("Lượt đến chưa tiếp nhận"))
    command.do()
    page = window.page()
    assert isinstance(page, RegisterPage)
    assert len(shown(page)) == 1
    assert not page._foot.isVisible()


def test_nothing_is_cut(commune: Commune, page: RegisterPage, dressed: QApplication) -> None:
    page.show_part("visits")
    assert faults_at_each_size(page, dressed) == []
    print_one(commune, leave(commune))
    hit(page, "F9")
    assert faults_at_each_size(page, dressed) == []
