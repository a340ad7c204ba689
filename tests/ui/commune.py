"""A small commune with a real desk behind the pages, and the keys that work them."""

import csv
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

import resources
from app.clock import VIETNAM
from app.desk.deeds.details import Details
from app.desk.desk import Desk
from app.desk.draft import IntakeDraft
from app.desk.unit.office import Office
from app.models.dossiers.dossier import Dossier
from app.models.dossiers.lifecycle import Deed
from app.models.events import event as e
from app.models.events import facts
from app.models.unit.officer import Officer, Role
from app.store.store import Store, create
from app.ui.deeds.work_page import WorkPage
from app.ui.lanes.jobs import Jobs, Lane
from app.ui.look.theme import Tone
from tests.at_rest import AtRest, at_rest
from tests.ui.keys import arrive, breathe
from tests.ui.walk import faults

T = TypeVar("T")

MORNING = datetime(2026, 11, 23, 8, 0, tzinfo=VIETNAM)  # a Monday; the day after is a holiday
LONGEST_PROCEDURE = "1.013949"  # its name has 401 characters
MOST_PAPERS = "2.001263"  # 7 of them
LONG_NAME = "Nguyễn Hoàng Thị Phương Quỳnh Trang"
# what rail, top and strip leave of the usual screen, where title and task bar take 68 px
IN_THE_WINDOW = (1366 - 104, 700 - 48 - 36)
IN_THE_SMALLEST = (1200 - 104, 660 - 48 - 36)
WIDTH_IN_LARGEST = 1032  # what a screen of 1366 has for a page in the largest letters
NGA, TOAN, HANH = "phutrach", "toan", "hanh"
KEY, MACHINE = bytes(32), "test"


@cache
def the_settled() -> AtRest:
    """Made once a process: reading the whole catalogue takes longer than most tests."""
    return settled()


def settled() -> AtRest:
    """A counter with a device of its own."""
    with TemporaryDirectory() as folder:
        database, state = Path(folder) / "data.db", Path(folder) / "state"
        create(database, KEY, "H26.15.3", 1)
        store = Store(database, state, KEY, machine=MACHINE)
        _settle_in(_desk(store, lambda: MORNING).office)
        return at_rest(store, state, KEY, MACHINE)


def _desk(store: Store, clock: Callable[[], datetime]) -> Desk:
    return Desk(store, clock, lambda *_, **__: b"%PDF")


def _settle_in(office: Office) -> None:
    office.describe(
        e.UnitDescribed(
            name="Trung tâm Phục vụ hành chính công xã Khánh Hà",
            agency_upper="UBND xã Khánh Hà",
        ),
        by=NGA,
    )
    office.add_officer(NGA, "Lê Thị Nga", tuple(Role), by=NGA)
    office.add_officer(TOAN, "Nguyễn Đức Toàn", [Role.SPECIALIST], by=NGA)
    office.add_officer(HANH, "Phạm Thị Hạnh", [Role.LEADER], by=NGA, title="Phó Chủ tịch UBND xã")
    procedures, cases, fees = (
        _rows(f"catalogue/{name}.csv") for name in ("procedures", "cases", "fees")
    )
    office.import_catalogue(procedures, cases, fees, by=NGA)
    office.import_holidays(_rows("calendar/holidays.csv"), by=NGA)


def _rows(name: str) -> list[dict[str, str]]:
    with resources.path(name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


class InlineLanes:
    """Runs everything at once, on the thread that asks."""

    def submit(self, lane: Lane, work: Callable[[], None]) -> None:
        work()

    def call(self, lane: Lane, work: Callable[[], T]) -> T:
        return work()

    def wait(self) -> None:
        pass

    def close(self) -> None:
        pass


class Commune:
    """One counter with its officers, the shipped catalogue and calendar, and a clock of its own."""

    def __init__(self, folder: Path, begun: AtRest | None = None) -> None:
        """Settled in already; a second counter of a test needs to have `begun` as another."""
        self.now = MORNING
        database, state = folder / "data.db", folder / "state"
        (begun or the_settled()).put(database, state)
        store = Store(database, state, KEY, machine=MACHINE)
        self.desk = _desk(store, lambda: self.now)
        self.jobs = Jobs(InlineLanes())

    def officer(self, login: str = NGA) -> Officer:
        return self.desk.officer(login)

    def pass_time(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)

    def receive(
        self, name: str = LONG_NAME, procedure: str = "1.001022", **more: Any
    ) -> e.EventName:
        """A dossier just received with every paper of its checklist."""
        papers = self.desk.lookup.procedure(procedure).documents
        draft = IntakeDraft(
            procedure=procedure, name=name, limit_value="5",
            limit_source="QĐ 12/QĐ-UBND", address="Thôn Liễu Nội, xã Khánh Hà, thành phố Hà Nội",
            phone="0912 345 678",
            documents=tuple(
                facts.Document(x.name, originals=int(not x.shown_only), shown=x.shown_only)
                for x in papers
            ),
            **{"id_number": "001187012345", **more},
        )  # fmt: skip
        return self.desk.intake.receive(draft, self.officer()).name

    def do(self, name: e.EventName, *deeds: Deed, to: str = TOAN) -> None:
        """These deeds in order, each told what it needs, by whoever may do them all."""
        for deed in deeds:
            told = Details(
                to=to if deed is Deed.HAND_OVER else "", reason="lý do ghi trên phiếu", items=("tờ khai",)
            )  # fmt: skip
            self.pass_time(1)
            self.desk.progress.do(deed, [name], self.officer(), told)

    def dossier(self, name: e.EventName) -> Dossier:
        found = self.desk.lookup.dossier(name).dossier
        assert found is not None
        return found

    def last_event(self, name: e.EventName) -> e.Event:
        return self.desk.lookup.dossier(name).verdicts[-1].event


class Heard(QObject):
    """What a page told the window."""

    def __init__(self, page: WorkPage) -> None:
        super().__init__(page)
        self.said: list[tuple[str, Tone]] = []
        self.undo: Callable[[], None] | None = None
        self.opened: list[e.EventName] = []
        self.printed: list[tuple[str, e.EventName]] = []
        self.changes = 0
        page.told.connect(self._hear)
        page.opened.connect(self.opened.append)
        page.print_wanted.connect(lambda form, name: self.printed.append((form, name)))
        page.changed.connect(self._count)

    def _hear(self, sentence: str, tone: Tone, undo: Callable[[], None] | None) -> None:
        self.said.append((sentence, tone))
        self.undo = undo

    def _count(self) -> None:
        self.changes += 1


_HELD = {
    "Ctrl": Qt.KeyboardModifier.ControlModifier,
    "Shift": Qt.KeyboardModifier.ShiftModifier,
    "Alt": Qt.KeyboardModifier.AltModifier,
}


def hit(widget: QWidget, *keys: str) -> None:
    """Press keys ("Ctrl+B", "Down", "F9") in the window of `widget`, a breath apart, when all has come."""
    window = widget.window().windowHandle()
    for key in keys:
        breathe(widget)
        *held, name = key.split("+")
        modifiers = Qt.KeyboardModifier.NoModifier
        for modifier in held:
            modifiers |= _HELD[modifier]
        QTest.keyClick(window, Qt.Key[f"Key_{name}"], modifiers)
        arrive(widget)


def settle(app: QApplication) -> None:
    """Let layouts come to rest."""
    for _ in range(5):
        app.processEvents()


def faults_at_each_size(page: QWidget, app: QApplication) -> list[str]:
    """What a person could not read of a page, on the usual screen and in the smallest window."""
    found = []
    settle(app)  # what was just shown or hidden still counts as it was
    for size in (IN_THE_SMALLEST, IN_THE_WINDOW):
        page.resize(*size)
        settle(app)
        found += faults(page)
        if page.size().toTuple() != size:
            found.append(f"wants {page.size().toTuple()}, has {size}")
    return found
