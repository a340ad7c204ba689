"""Each copy's state on the dossier's page, and the officer's word on it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from app.models.dossiers.print_state import PrintState
from app.models.errors import OtherSideFailed
from app.models.events.event import EventName, PrintSpoiled
from app.printing.printers.spooler import JobState, NotTaken
from app.ui.dossier_page.page import DossierPage
from app.ui.papers.print_list import PrintList
from app.ui.widgets.buttons import LinkButton
from tests.ui.commune import Commune, Heard, faults_at_each_size, settle

LASER = "Máy in tầng một của Trung tâm Phục vụ hành chính công"


class Printed:
    """A dossier's page in sight, its receipt sent to a printer."""

    def __init__(self, commune: Commune, show: Callable[..., None]) -> None:
        self.commune, self.press = commune, commune.desk.press
        self.name: EventName = commune.receive()
        self.page = DossierPage(commune.desk, commune.officer(), commune.jobs)
        self.heard = Heard(self.page)
        show(self.page)
        self.job = self.print()
        self.page.show_dossier(self.name)

    def print(self) -> EventName:
        paperwork, officer = self.commune.desk.paperwork, self.commune.officer()
        job = paperwork.issue("receipt", self.name, officer).job
        self.press.go(job, LASER)
        return job

    def came(self, state: JobState) -> None:
        self.press.told(self.job, state)
        self.page.refresh()

    def said(self) -> list[str]:
        """The words of the list, in order."""
        (shown,) = self.page.findChildren(PrintList)
        return [label.text() for label in shown.findChildren(QLabel) if label.text()]

    def button(self, words: str, which: int = 0) -> LinkButton:
        return [x for x in self.page.findChildren(LinkButton) if x.accessibleName() == words][which]

    def state(self) -> PrintState:
        return self.press.prints_of(self.name)[-1].state


@pytest.fixture
def printed(tmp_path: Path, show: Callable[..., None]) -> Printed:
    return Printed(Commune(tmp_path), show)


def test_each_copy_says_how_far_it_is_and_what_hinders_it(printed: Printed) -> None:
    printed.came(JobState(PrintState.PRINTING, "hết giấy"))
    assert "Giấy tiếp nhận và hẹn trả, bản gốc" in printed.said()
    assert f"08:00 23/11/2026 · {LASER}" in printed.said()
    copies = [words for words in printed.said() if words.startswith("Liên")]
    assert copies == [
        "Liên 1: giao người nộp – đang in",
        "Liên 2: lưu hồ sơ – đang in",
    ]
    assert "hết giấy" in printed.said()


def test_where_nobody_knows_the_officer_is_asked(printed: Printed) -> None:
    printed.press.sent(printed.job, OtherSideFailed("mất liên lạc"))
    printed.page.refresh()
    assert "Liên 1: giao người nộp – giấy đã ra chưa?" in printed.said()
    printed.button("Giấy đã ra").click()
    assert printed.state() is PrintState.DONE
    assert "Liên 1: giao người nộp – đã in" in printed.said()


def test_paper_that_never_came_is_no_leave_for_a_second_original(printed: Printed) -> None:
    printed.press.sent(printed.job, OtherSideFailed("mất liên lạc"))
    printed.page.refresh()
    printed.button("Giấy không ra").click()
    assert printed.state() is PrintState.FAILED
    printed.job = printed.print()
    assert printed.press.prints_of(printed.name)[-1].mark == "BẢN IN LẠI lần 1"


def test_a_spoiled_copy_is_an_event_and_its_reprint_is_asked_for(printed: Printed) -> None:
    printed.came(JobState(PrintState.DONE))
    printed.button("Hỏng giấy, in lại", 1).click()
    assert printed.commune.last_event(printed.name).body == PrintSpoiled(str(printed.job), 2)
    assert printed.heard.printed == [("receipt", printed.name)]
    copies = [words for words in printed.said() if words.startswith("Liên")]
    assert copies == [
        "Liên 1: giao người nộp – đã in",
        "Liên 2: lưu hồ sơ – hỏng giấy, theo lời cán bộ",
    ]
    printed.print()
    assert printed.press.prints_of(printed.name)[-1].mark == "BẢN IN LẠI lần 1"


def test_what_no_printer_took_cannot_be_spoiled_and_goes_again_as_the_original(
    printed: Printed,
) -> None:
    printed.press.sent(printed.job, NotTaken("máy in không nhận"))
    printed.page.refresh()
    assert not [x for x in printed.page.findChildren(LinkButton) if "Hỏng" in x.accessibleName()]
    assert printed.print() == printed.job


def test_nothing_of_it_is_cut(printed: Printed) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    printed.press.sent(
        printed.job, OtherSideFailed("Không liên lạc được với dịch vụ in của máy này.")
    )
    printed.page.refresh()
    settle(app)
    assert faults_at_each_size(printed.page, app) == []
