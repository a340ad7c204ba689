"""Random keys, scans, clicks and window sizes at a demo commune's counter; nothing may break or be lost.

    .venv/bin/python -m benchmarks.monkey [--actions 20000] [--seed 1]

In one process, without a screen, at a counter in a folder of its own; the window is closed and opened
again now and then. Printers and the line to the server are made up. It ends at the first fault, and
says what was done last.
"""

import argparse
import faulthandler
import os
import sys
import time
import traceback
from datetime import timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from types import TracebackType

import shiboken6
from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from app import clock, exchanging
from app import main as program
from app.counter import open_counter
from app.demo import commune
from app.demo.commune import SetClock
from app.models.dossiers.print_state import PrintState
from app.models.errors import OtherSideFailed
from app.models.exchange.talk import Heard
from app.printing.printers import roll
from app.printing.printers.spooler import (
    Document,
    JobId,
    JobState,
    Opened,
    Printer,
    Readiness,
    ignore,
)
from app.settings import Places
from app.ui.exchange.page import Sent
from app.ui.look.theme import dress
from app.ui.papers import blank_desk, code_desk, many_papers, papers
from tests.ui.held_lanes import HeldLanes
from tests.ui.monkey import Monkey

LACKING = (
    "propagateSizeHints",
    "This plugin does not support",
)  # what a platform without a screen cannot
PRINTING = (papers, blank_desk, code_desk, many_papers)
STAYS, REOPENS = 100, 1000  # actions between two comings back, and between two closings
WATCHED, STUCK = 50, 600  # actions, and the seconds after which a window is no longer alive


class NoLine(exchanging.Upstream):
    """Nobody answers."""

    def send(self, heard: Heard, *, near: bool = False) -> Sent:
        raise OtherSideFailed("Không gọi được máy chủ.")

    def join(self, url: str, code: str) -> str:
        raise OtherSideFailed("Không gọi được máy chủ.")


class Paperless:
    """A printer that fails now and then."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance

    def printers(self) -> list[Printer]:
        return [Printer("Máy in tầng một", default=True, state=Readiness.IDLE)]

    def send(self, document: Document, printer: str, opened: Opened = ignore) -> JobId:
        opened(JobId(document.name))
        if self._chance.random() < 0.1:
            raise OtherSideFailed("Máy in không trả lời.")
        return JobId(document.name)

    def job_state(self, job: JobId) -> JobState:
        return JobState(self._chance.choice(tuple(PrintState)))

    def withdraw(self, job: JobId) -> JobState:
        return JobState(PrintState.REFUSED)


class Cage:
    """The window of a commune in `places`, closed and opened as asked, and what went wrong in it."""

    def __init__(self, places: Places, chance: Random) -> None:
        self._chance, self._places = chance, places
        self._clock = SetClock(clock.now())
        self.faults: list[str] = []
        sys.excepthook = self._fault
        qInstallMessageHandler(self._complaint)
        commune.make(self._places, self._clock.at)
        self._open()

    def _open(self) -> None:
        self.lanes = HeldLanes(self._chance)
        self.session = program.Session(self._places, self.lanes, self._clock, quiet=True)
        self.session.opened.connect(lambda window: window.show())
        self.session.door.enter()
        while not (self.session.window and self.session.window.isVisible()):
            self.lanes.wait()
            QApplication.processEvents()
        self.monkey = Monkey(self._chance, self.session.window, self.lanes, self._pass_time)

    def reopen(self) -> None:
        """As at the end of a day and the beginning of the next."""
        before, done = self.monkey.typed(), self.monkey.done
        self.close()
        self._open()
        self.monkey.done = done
        self.monkey.look_whether_stands(before, "closing")

    def close(self) -> None:
        self.monkey.rest()
        self.monkey.window.close()
        self.session.close()
        shiboken6.delete(self.monkey.window)  # as the end of the process would

    def _pass_time(self, minutes: int) -> None:
        self._clock.set(self._clock.at + timedelta(minutes=minutes))

    def _fault(
        self, kind: type[BaseException], error: BaseException, where: TracebackType | None
    ) -> None:
        self.faults.append("".join(traceback.format_exception(kind, error, where)))

    def _complaint(self, _: QtMsgType, __: QMessageLogContext, said: str) -> None:
        if not any(word in said for word in LACKING):
            self.faults.append(said)


def play(cage: Cage, actions: int) -> tuple[float, str]:
    """The slowest action, in seconds, and what it was. AssertionError: something does not hold."""
    slowest = (0.0, "")
    for number in range(1, actions + 1):
        if number % WATCHED == 1:
            faulthandler.dump_traceback_later(STUCK, exit=True)
        began = time.perf_counter()
        cage.monkey.act()
        slowest = max(slowest, (time.perf_counter() - began, cage.monkey.done[-1]))
        if number % STAYS == 0:
            cage.monkey.leave_and_come_back()
        if number % REOPENS == 0 or not cage.monkey.window.isVisible():
            cage.reopen()
            print(f"{number} actions, {_said(slowest)}", flush=True)
        assert not cage.faults, "\n".join(cage.faults)
    return slowest


def _said(slowest: tuple[float, str]) -> str:
    seconds, action = slowest
    return f"the slowest {seconds:.2f} s ({action})"


def verified(places: Places) -> bool:
    """What `motcua verify` would say."""
    store = open_counter(places).desk.store
    try:
        return store.verify().ok
    finally:
        store.close()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--actions", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    faulthandler.enable()
    with TemporaryDirectory(prefix="monkey") as folder:
        os.environ["HOME"] = folder  # where files go that somebody who knows nothing writes
        os.chdir(folder)
        app = QApplication([])
        dress(app)
        chance = Random(asked.seed)
        tray = Paperless(chance)
        for module, name, fake in (
            (exchanging, "Upstream", NoLine),
            *((each, "system", lambda: (tray,)) for each in PRINTING),
            (roll, "deliver", lambda *_: None),
        ):
            setattr(module, name, fake)
        places = Places(Path(folder) / "data", Path(folder) / "state")
        cage = Cage(places, chance)
        try:
            slowest = play(cage, asked.actions)
        except BaseException:
            print("last:", *cage.monkey.done, sep="\n  ")
            sys.excepthook = sys.__excepthook__
            raise
        cage.close()
        sound = verified(places)
    print(f"seed {asked.seed}: {asked.actions} actions, {_said(slowest)}, verify {sound}")
    return 0 if sound else 1


if __name__ == "__main__":
    sys.exit(main())
