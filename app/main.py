"""Starts the window: application, door, then the counter's pages. The one place that builds it all.

The door stands first: what is behind it is loaded while the password is typed.
"""

import os
import sys
from collections.abc import Callable, Mapping
from datetime import datetime
from importlib import import_module
from types import TracebackType
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget

from app import clock, faults
from app.models.digest import sha256
from app.models.errors import BadInput, Refused
from app.settings import Places
from app.sync.hub_place import HubPlace
from app.ui.doors.bell import Bell
from app.ui.doors.last_officer import LastOfficer
from app.ui.doors.sign_in import Door, SignIn
from app.ui.exchange.hub_process import HubProcess
from app.ui.lanes.garbage import Sweeper
from app.ui.lanes.jobs import Err, Jobs, Lane, Lanes, Ok, ThreadLanes
from app.ui.look.text_size import TextSize, unworn
from app.ui.look.theme import dress
from app.ui.which_door import Doors, Practice

if TYPE_CHECKING:
    from app.counter import Counter
    from app.desk.desk import Desk
    from app.scans import Scans
    from app.ui.safety.second_copies import SecondCopies
    from app.ui.scanning.scanner_page import Drawing
    from app.ui.window import Window

T = TypeVar("T")

REST = 10_000
"""ms between two moments that the desk spends on what its deeds left to be done."""

RESTORES = "MOTCUA_RESTORES"
"""Set in the program that opens again where a backup takes the place of the data."""


def draw_qr(text: str) -> "Drawing":
    """A QR on the screen; what draws it is loaded by the first one."""
    from app.printing.graphics import barcodes
    from app.ui.scanning.scanner_page import Drawing

    symbol = barcodes.qr(text)
    return Drawing(symbol.width, symbol.quiet, symbol.rectangles)


def load_what_is_behind_the_door() -> None:
    """Two thirds of the program, by its weight; the board too, or its first sight would stall."""
    for module in ("app.counter", "app.ui.window", "app.ui.lists.board_page"):
        import_module(module)


class Session(QObject):
    """From the door to the window, and out again."""

    opened = Signal(object)
    """The `Window`, once somebody has signed in and its pages are filled."""

    def __init__(
        self, places: Places, lanes: Lanes, now: Callable[[], datetime] = clock.now,
        *, quiet: bool = False, practising: Mapping[str, str] | None = None,
        hub: HubProcess | None = None,
    ) -> None:  # fmt: skip
        """`quiet`: the window exchanges only when it is told to; `practising`: who one can be there;
        `hub` is what runs this PC's hub, if one may run.
        """
        super().__init__()
        from app.credentials import KeyRing

        self._places = places
        self._now, self._is_quiet, self._hub = now, quiet, hub
        self._jobs, self._last = Jobs(lanes), LastOfficer(places.last_officer)
        ring = KeyRing.read(places.key_ring)
        kind = Door.DEMO if ring.demo else Door.COUNTER
        self.door = SignIn(
            self._last.first(ring.officers), self._jobs, self._open, self._came_in,
            door=kind if practising is None else Door.PRACTICE, names=practising or {},
        )  # fmt: skip
        self.window: Window | None = None
        self.reopens = False
        """The window closes to be opened again, in a program of its own."""
        self.restores = False
        """And then a backup is to take the place of the data."""
        self._is_practice = practising is not None
        self._counter: Counter | None = None
        self._copies: SecondCopies | None = None
        self._scans: Scans | None = None
        self._is_ending = False
        self._sweeper = Sweeper(self)
        self._resting = QTimer(self, interval=REST)
        self._resting.timeout.connect(self._rest)
        self._jobs.run(Lane.DESK, load_what_is_behind_the_door, lambda _: None)

    def close(self) -> None:
        """Let every deed begun come to its end, then close the data."""
        self._is_ending = True
        self._jobs.close()
        if self._copies is not None:
            self._copies.finish()
        if self._scans is not None:
            self._scans.close()
        if self._counter is not None:
            self._counter.desk.store.close()

    def _rest(self) -> None:
        if self._counter is not None and not self._jobs.is_closed:
            self._jobs.run(Lane.DESK, self._counter.desk.store.database.rest, lambda _: None)

    def _open(self, login: str, password: str) -> "tuple[Counter, str, bool]":
        from app.counter import open_counter
        from app.store.practice import word_of

        counter = open_counter(self._places, login, password, self._now, self._tell_rebuilding())
        self._last.keep(login)
        store = counter.desk.store
        return counter, store.standing.unit().name, bool(word_of(store))

    def _tell_rebuilding(self) -> Callable[[int, int], None]:
        """What hears in the desk lane how far the tables of a new version are."""

        def show(far: tuple[int, int]) -> None:
            self.door.show_progress(*far)

        heard = self._jobs.teller(show)

        def tell(done: int, of: int) -> None:
            if self._is_ending:
                raise Refused("Đã dừng dựng lại bảng; lần mở sau sẽ làm lại.")
            heard((done, of))

        return tell

    def _came_in(self, opened: "tuple[Counter, str, bool]") -> None:
        from app.exchanging import Upstream
        from app.ui.window import Window

        self._counter, unit, is_practice = opened
        desk = self._counter.desk
        hub = None if is_practice else self._hub
        upstream = Upstream(desk, self._jobs, self._counter.officer, hub)
        size = TextSize(self._places.text_size)
        self.window = Window(
            desk, self._counter.officer, self._jobs, upstream, unit, draw_qr, size,
            practice=is_practice,
        )  # fmt: skip
        self.window.reopening.connect(self._reopen)
        self._copies = self._keep_safe(self.window, self._counter, unit)
        self.window.scan_with(self._scans_of(desk))
        # it comes into sight filled: a lane answers in the order it was asked
        self._jobs.run(Lane.DESK, lambda: None, self._show)

    def _show(self, _: Ok[None] | Err) -> None:
        assert self.window is not None
        if not self._is_quiet:
            self._resting.start()
            self.window.exchange_by_itself()
            if self._copies:
                self._copies.begin()
        self.opened.emit(self.window)
        self.door.close()
        self.door.deleteLater()
        QTimer.singleShot(0, self._sweeper.keep_what_stands)  # when the door is gone

    def _reopen(self) -> None:
        self.reopens = True

    def _leave_to_restore(self) -> None:
        assert self.window is not None
        self.reopens = self.restores = True
        self.window.close_to_reopen()

    def _keep_safe(self, window: "Window", counter: "Counter", unit: str) -> "SecondCopies":
        from app.admission import Admission
        from app.safekeeping import Safekeeping
        from app.sync.second_copy import SecondCopy
        from app.ui.safety.second_copies import SecondCopies

        store = counter.desk.store
        copies = SecondCopies(lambda: SecondCopy(store.beside()), self._jobs, self)
        window.keep_safe(Safekeeping(counter, unit, self._now), copies)
        window.set_up.keys = Admission(counter)
        if not self._is_practice:
            window.set_up.leave_to_restore = self._leave_to_restore
        return copies

    def _scans_of(self, desk: "Desk") -> "Callable[[], Scans]":
        """What opens scanning for the lane that asks; one for all, since it is made at the desk."""

        def make() -> "Scans":
            from app.scans import Scans

            self._scans = self._scans or Scans(desk, self._jobs.at_desk)
            return self._scans

        return lambda: self._scans or self._jobs.at_desk(make)


class _Anteroom(QObject):
    """Behind a door that no window follows."""

    opened = Signal(object)
    """Never: once what is done here is done, the counter's own door stands."""
    window = None
    reopens = restores = False

    def __init__(self, lanes: Lanes) -> None:
        super().__init__()
        self._jobs = Jobs(lanes)
        self._sweeper = Sweeper(self)

    def close(self) -> None:
        """Let what was begun come to its end."""
        self._jobs.close()


class FirstRun(_Anteroom):
    """A PC without a counter: what asks about one, and what makes it."""

    def __init__(self, places: Places, lanes: Lanes) -> None:
        super().__init__(lanes)
        from app.first_run import NewCounter
        from app.ui.doors.first_run_page import FirstRunPage

        self._new = NewCounter(places, self._jobs.at_desk, clock.now)
        self.door = FirstRunPage(self._new, self._jobs, draw_qr)

    def close(self) -> None:
        self._jobs.run(Lane.DESK, self._new.close, lambda _: None)
        super().close()


class Restoration(_Anteroom):
    """The door behind which a backup takes the place of this PC's data."""

    def __init__(self, places: Places, lanes: Lanes) -> None:
        super().__init__(lanes)
        from app.restoring import Restoring
        from app.ui.doors.restore_page import RestorePage

        self.door = RestorePage(Restoring(places, clock.now), self._jobs)


def run(
    places: Places,
    practice: Practice | None = None,
    *,
    then: Callable[[Doors], None] | None = None,
) -> int:
    """The window on the counter in `places`; the exit status once it is closed.

    A second window on the same data raises the first and ends. `then` is given the doors as soon
    as one stands, for a script that plays the day.
    """
    refuse_without_screen()
    keep_faults(places)
    TextSize(places.text_size).wear()
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    app.setApplicationName("Một Cửa")  # which a screen reader says
    name = "window-" + sha256(str(places.data).encode()).hex()[:16]
    bell = Bell(places.state / name)
    if bell.is_answered():
        return 0
    dress(app)
    hub = HubProcess(HubPlace(places), clock.now)

    def sit(places: Places, practising: Mapping[str, str] | None) -> Session | FirstRun:
        if not _is_founded(places):
            return FirstRun(places, ThreadLanes())
        return Session(places, ThreadLanes(), practising=practising, hub=hub)

    doors = Doors(
        places, sit, practice, Jobs(ThreadLanes()), clock.now,
        lambda places: Restoration(places, ThreadLanes()),
        restores_first=bool(os.environ.pop(RESTORES, "")),
    )  # fmt: skip
    bell.rung.connect(lambda: _come_forward(doors.front()))
    doors.opened.connect(lambda window: window.showMaximized())
    if then is not None:
        QTimer.singleShot(0, lambda: then(doors))
    hub.begin()
    try:
        with faults.crashes_kept(places):
            status = app.exec()
    finally:
        bell.close()
        doors.close()
        hub.close()
    if doors.sitting.reopens:
        _open_again({RESTORES: "1"} if doors.sitting.restores else {})
    return status


def _is_founded(places: Places) -> bool:
    from app.credentials import lies_at

    return lies_at(places.key_ring)


def _open_again(more: Mapping[str, str]) -> None:
    """In a program of its own, which is told `more` by its environment."""
    from subprocess import Popen

    Popen(sys.orig_argv, env={**unworn(os.environ), **more})


def refuse_without_screen() -> None:
    """Qt would end the process where there is no display; say it in a sentence instead."""
    shown = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    if sys.platform == "linux" and not any(os.environ.get(name) for name in shown):
        raise BadInput(
            "Máy này không có màn hình nên không mở được cửa sổ. Hãy dùng các lệnh của motcua."
        )


def _come_forward(window: QWidget) -> None:
    window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
    window.raise_()
    window.activateWindow()


def keep_faults(places: Places) -> None:
    """From here on what is our fault goes into the log instead of ending the window."""

    def note(_: type[BaseException], error: BaseException, __: TracebackType | None) -> None:
        faults.keep(places, error, "motcua open", clock.now())

    sys.excepthook = note
