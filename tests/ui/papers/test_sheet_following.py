"""A sheet that was sent: whether it came out is said in the window, by the printer's own word."""

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from app.models.dossiers.print_state import PrintState
from app.models.errors import OtherSideFailed
from app.printing.printers.spooler import JobId, JobState
from app.ui.lanes.jobs import Jobs
from app.ui.look.theme import Tone
from app.ui.papers.sheet_following import Following
from tests.ui.commune import InlineLanes

JOB = JobId("7 ipp")


class Printer:
    """What a printer answers."""

    def __init__(self) -> None:
        self.state: JobState | OtherSideFailed = JobState(PrintState.ACCEPTED)

    def __call__(self, job: JobId, *_: object) -> JobState:
        if isinstance(self.state, OtherSideFailed):
            raise self.state
        return self.state


class Followed:
    """Something that follows, and what it said."""

    def __init__(self) -> None:
        self.over = QObject()
        self.following = Following(Jobs(InlineLanes()), self.over)
        self.said: list[tuple[str, Tone]] = []
        self.following.told.connect(lambda words, tone: self.said.append((words, tone)))
        self.following.follow("Việc đầu ngày", "Laser", JOB)


@pytest.fixture
def printer(monkeypatch: pytest.MonkeyPatch) -> Printer:
    printer = Printer()
    monkeypatch.setattr("app.printing.printers.printers.job_state", printer)
    return printer


@pytest.fixture
def followed(qtbot: QtBot, printer: Printer) -> Followed:
    return Followed()


def test_it_is_said_once_when_it_came_out_and_then_no_more(
    followed: Followed, printer: Printer
) -> None:
    followed.following.ask()
    printer.state = JobState(PrintState.DONE)
    followed.following.ask()
    assert followed.said == [
        ("Đã gửi Việc đầu ngày đến máy in Laser.", Tone.DONE),
        ("Việc đầu ngày: Laser đã in xong.", Tone.DONE),
    ]
    assert not followed.following._later.isActive()


def test_what_hinders_it_is_said_and_it_is_asked_about_on(
    followed: Followed, printer: Printer
) -> None:
    printer.state = JobState(PrintState.PRINTING, "hết giấy")
    for _ in range(3):
        followed.following.ask()
    ((sentence, tone),) = followed.said[1:]
    assert sentence.startswith("Việc đầu ngày chưa ra giấy: hết giấy. Thêm giấy; lệnh in đang chờ")
    assert tone is Tone.TODAY
    assert followed.following._later.isActive()


@pytest.mark.parametrize("state", [PrintState.FAILED, PrintState.UNKNOWN])
def test_what_never_came_out_is_said(
    followed: Followed, printer: Printer, state: PrintState
) -> None:
    printer.state = JobState(state, "")
    followed.following.ask()
    ((sentence, tone),) = followed.said[1:]
    assert "Giấy chưa ra thì hãy in lại" in sentence
    assert tone is Tone.LATE


def test_a_spooler_that_is_away_is_asked_again(followed: Followed, printer: Printer) -> None:
    printer.state = OtherSideFailed("CUPS không trả lời.")
    followed.following.ask()
    assert len(followed.said) == 1
    assert followed.following._later.isActive()


def test_a_printer_that_never_answers_leaves_it_to_the_officers_eyes(
    qtbot: QtBot, printer: Printer
) -> None:
    followed = Followed()
    followed.said.clear()
    followed.following.follow("Sổ theo dõi hồ sơ", "HP", JobId("qt:1"))
    ((sentence, _),) = followed.said
    assert "hãy xem giấy đã ra chưa" in sentence
