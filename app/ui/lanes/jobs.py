"""Runs work off the GUI thread and brings back what came of it: the only place that knows threads."""

import os
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from enum import Enum
from functools import partial
from queue import SimpleQueue
from threading import Thread
from typing import Generic, Protocol, TypeVar

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal

from app.models.errors import Refused

if sys.platform == "win32":
    import ctypes

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)

OUR_FAULT = (
    "Chương trình gặp lỗi, việc này chưa làm được. Hãy thử lại; nếu vẫn vậy, báo người quản trị."
)
HOLDS_ON = 0.0001
"""Seconds for which a lane computes on while the GUI thread waits for its turn: Python's own 0.005 add up
to a stall, since Qt asks Python anew for each part it paints."""
_BEGIN = QEvent.Type(QEvent.registerEventType())
_PAINTED = Qt.EventPriority.LowEventPriority.value - 1  # after what paints, which is low
CLOSED = "Cửa sổ đã đóng; việc đang làm với máy chủ sẽ làm lại khi mở."


class Lane(Enum):
    """Where work runs: DESK, one worker, owns the database connection; NET talks to printers and disks.

    LINE talks to the server, which may take minutes to say nothing: printing doesn't wait for it,
    nor does the end of the program, so whatever it does must bear being left in the middle.
    COPY writes the second copy, on a connection of its own. SCAN works on scans: slow, and nobody else
    waits for it. NEWS and NEAR hear, from the server and from a hub, that there is something new: most
    of the time they say nothing, and like LINE they are left in the middle.
    """

    DESK = 1
    NET = 2
    LINE = 3
    COPY = 4
    SCAN = 5
    NEWS = 6
    NEAR = 7


_LEFT = frozenset({Lane.LINE, Lane.NEWS, Lane.NEAR})
"""Lanes that talk to others: nobody waits for them."""


@dataclass(frozen=True)
class Ok(Generic[T_co]):
    """Work that came to its end, and what it gave."""

    value: T_co


@dataclass(frozen=True)
class Err:
    """Work that was refused; `str(error)` is the sentence for the officer."""

    error: Refused


class Lanes(Protocol):
    """Runs work lane by lane, each lane in the order it was given."""

    def submit(self, lane: Lane, work: Callable[[], None]) -> None: ...

    def call(self, lane: Lane, work: Callable[[], T]) -> T:
        """From another lane: what `work` gives or raises in `lane`, waited for."""

    def wait(self) -> None:
        """Return when everything submitted so far has run, but in the lanes that talk to others."""

    def close(self) -> None: ...


class ThreadLanes(QObject):
    """One thread a lane. What is submitted begins when the GUI thread has painted what it is at.

    Begun at once, it would stand in the way of just the answer to the key that asked for it: both need
    Python's lock, and on a PC with one core each change of hands may cost a scheduler's slice.
    """

    def __init__(self) -> None:
        super().__init__()
        sys.setswitchinterval(HOLDS_ON)
        names = {lane: f"{lane.name.lower()}-lane" for lane in Lane}
        self._pools = {
            lane: ThreadPoolExecutor(1, names[lane], _push_in_nowhere)
            for lane in Lane
            if lane not in _LEFT
        }
        self._submitted: list[tuple[Lane, Callable[[], None]]] = []
        self._running: set[Future[None]] = set()
        self._left = {lane: SimpleQueue[Callable[[], None]]() for lane in _LEFT}
        for lane, works in self._left.items():
            Thread(target=_work_off, args=(works,), name=names[lane], daemon=True).start()

    def submit(self, lane: Lane, work: Callable[[], None]) -> None:
        if not self._submitted:
            QCoreApplication.postEvent(self, QEvent(_BEGIN), _PAINTED)
        self._submitted.append((lane, work))

    def call(self, lane: Lane, work: Callable[[], T]) -> T:
        try:
            asked = self._pools[lane].submit(work)
        except RuntimeError as closed:
            raise Refused(CLOSED) from closed
        return asked.result()

    def wait(self) -> None:
        self._begin()
        wait(self._running)

    def close(self) -> None:
        self._begin()
        for pool in self._pools.values():
            pool.shutdown()

    def customEvent(self, _: QEvent) -> None:
        self._begin()

    def _begin(self) -> None:
        self._running = {future for future in self._running if not future.done()}
        begun, self._submitted = self._submitted, []
        for lane, work in begun:
            if lane in _LEFT:
                self._left[lane].put(work)
            else:
                self._running.add(self._pools[lane].submit(work))


def _push_in_nowhere() -> None:
    """Let this thread have its share of a core, but never the core of a thread that is at work.

    Woken by each lock that the GUI thread lets go, it would take the core, and with it the lock.
    """
    if sys.platform == "win32":
        kernel = ctypes.WinDLL("kernel32")
        kernel.GetCurrentThread.restype = ctypes.c_void_p
        kernel.SetThreadPriorityBoost.argtypes = (ctypes.c_void_p, ctypes.c_int)
        kernel.SetThreadPriorityBoost(kernel.GetCurrentThread(), 1)  # 1: no boost when it is woken
    elif sys.platform == "linux":
        os.sched_setscheduler(0, os.SCHED_BATCH, os.sched_param(0))


def _work_off(works: SimpleQueue[Callable[[], None]]) -> None:
    _push_in_nowhere()
    while True:
        works.get()()


class Jobs(QObject):
    """Takes work to a lane and its result back to the GUI thread.

    `work` sees a snapshot and never a widget; `then` gets Ok or Err, in the order of each lane. What
    `work` raises besides `Refused` is a bug: it goes to `sys.excepthook`, and `then` gets an Err that
    says so, so that the page is usable again. A `then` whose widget is gone isn't called, nor one that
    was given such a widget beforehand.
    """

    # Nothing of Qt lives in a lane: a QRunnable that owns its signals dies on the pool's thread.
    _came_back = Signal(object)
    _told = Signal(object)

    def __init__(self, lanes: Lanes) -> None:
        super().__init__()
        self._lanes = lanes
        self._under_way = 0
        self.is_closed = False
        """Whoever is woken by a clock asks this first."""
        self._came_back.connect(self._deliver)  # queued when emitted in a lane, direct otherwise
        self._told.connect(self._hear)

    def run(self, lane: Lane, work: Callable[[], T], then: Callable[[Ok[T] | Err], None]) -> None:
        """Do `work` in `lane`, then call `then` here; GUI thread only, and not once it is closed."""
        assert not self.is_closed
        is_waited_for = lane not in _LEFT
        self._under_way += is_waited_for

        def carry() -> None:
            delivery = _attempt(work, then)
            if not self.is_closed:
                self._came_back.emit((is_waited_for, delivery))

        self._lanes.submit(lane, carry)

    def teller(self, hear: Callable[[T], None]) -> Callable[[T], None]:
        """For work that tells how far it is: what it says in its lane, `hear` gets here."""
        return lambda said: self._told.emit(partial(_say, hear, said))

    def at_desk(self, work: Callable[[], T]) -> T:
        """For work in another lane: what `work` gives or raises at the desk, between two deeds."""
        return self._lanes.call(Lane.DESK, work)

    def close(self) -> None:
        """Let everything begun come to its end, with what its results begin; then stop the lanes.

        What the server is being asked is left as it is.
        """
        while self._under_way:
            self._lanes.wait()
            QCoreApplication.sendPostedEvents(self, QEvent.Type.MetaCall)
        self.is_closed = True
        self._lanes.close()

    def _hear(self, delivery: Callable[[], None]) -> None:
        delivery()

    def _deliver(self, came: tuple[bool, Callable[[], None]]) -> None:
        was_waited_for, delivery = came
        self._under_way -= was_waited_for
        delivery()


def _attempt(work: Callable[[], T], then: Callable[[Ok[T] | Err], None]) -> Callable[[], None]:
    """Do `work`; what is left to do on the GUI thread."""
    try:
        result: Ok[T] | Err = Ok(work())
    except Refused as refusal:
        result = Err(refusal)
    except BaseException as bug:  # noqa: BLE001 - whatever it is, the GUI thread must hear of it
        return partial(_report, bug, then)
    return partial(_say, then, result)


def _report(bug: BaseException, then: Callable[[Ok[T] | Err], None]) -> None:
    sys.excepthook(type(bug), bug, bug.__traceback__)
    _say(then, Err(Refused(OUR_FAULT)))


def _say(hear: Callable[[T], None], said: T) -> None:
    if all(shiboken6.isValid(owner) for owner in _owners(hear)):
        hear(said)


def _owners(hear: Callable[..., None]) -> Iterator[QObject]:
    """Whose method it is, and what it was given beforehand."""
    if isinstance(hear, partial):
        yield from (each for each in hear.args if isinstance(each, QObject))
        yield from _owners(hear.func)
    elif isinstance(owner := getattr(hear, "__self__", None), QObject):
        yield owner
