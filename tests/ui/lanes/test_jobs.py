"""Work leaves the GUI thread and its result comes back to it, whatever becomes of the work."""

import os
import sys
from collections.abc import Callable, Iterator
from functools import partial
from queue import SimpleQueue

import pytest
import shiboken6
from PySide6.QtCore import QEvent, QObject, QThread
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.models.errors import Refused
from app.ui.lanes.jobs import OUR_FAULT, Err, Jobs, Lane, Ok, ThreadLanes
from tests.ui.manual_lanes import ManualLanes

Bugs = list[BaseException]


@pytest.fixture
def lanes() -> ManualLanes:
    return ManualLanes()


@pytest.fixture
def jobs(qapp: QApplication, lanes: ManualLanes) -> Jobs:
    return Jobs(lanes)


@pytest.fixture
def threads(qapp: QApplication) -> Iterator[Jobs]:
    jobs = Jobs(ThreadLanes())
    yield jobs
    jobs.close()


@pytest.fixture
def bugs(monkeypatch: pytest.MonkeyPatch) -> Bugs:
    caught: Bugs = []
    monkeypatch.setattr(sys, "excepthook", lambda _kind, bug, _trace: caught.append(bug))
    return caught


def failing(error: BaseException) -> Callable[[], None]:
    def work() -> None:
        raise error

    return work


def test_nothing_runs_before_its_lane_does(jobs: Jobs, lanes: ManualLanes) -> None:
    results: list[object] = []
    jobs.run(Lane.DESK, lambda: 7, results.append)
    assert results == []
    lanes.drain()
    assert results == [Ok(7)]


def test_a_refusal_comes_back_as_a_sentence(jobs: Jobs, lanes: ManualLanes) -> None:
    results: list[Ok[None] | Err] = []
    jobs.run(Lane.DESK, failing(Refused("Chưa nhập họ tên.")), results.append)
    lanes.drain()
    assert [str(result.error) for result in results if isinstance(result, Err)] == [
        "Chưa nhập họ tên."
    ]


def test_a_bug_is_logged_loudly_and_gives_the_page_back(
    jobs: Jobs, lanes: ManualLanes, bugs: Bugs
) -> None:
    results: list[Ok[None] | Err] = []
    bug = ZeroDivisionError("ours")
    jobs.run(Lane.DESK, failing(bug), results.append)
    lanes.drain()
    assert bugs == [bug]
    assert isinstance(results[0], Err)
    assert str(results[0].error) == OUR_FAULT


class Dialog(QObject):
    def done(self, *told: object) -> None:
        raise AssertionError(told)


def tell(_: QObject, *told: object) -> None:
    raise AssertionError(told)


@pytest.mark.parametrize(
    "hear",
    [
        lambda dialog: dialog.done,
        lambda dialog: partial(dialog.done, "given beforehand"),
        lambda dialog: partial(tell, dialog),
    ],
    ids=["its own", "given more", "given to another"],
)
def test_nobody_is_told_after_their_widget_is_gone(
    jobs: Jobs, lanes: ManualLanes, hear: Callable[[Dialog], Callable[[object], None]]
) -> None:
    dialog = Dialog()
    jobs.run(Lane.DESK, lambda: 7, hear(dialog))
    shiboken6.delete(dialog)
    lanes.drain()


def test_closing_finishes_what_was_begun_and_what_that_begins(
    jobs: Jobs, lanes: ManualLanes
) -> None:
    done: list[object] = []

    def saved(result: Ok[str] | Err) -> None:
        done.append(result)
        jobs.run(Lane.NET, lambda: "sent", done.append)

    jobs.run(Lane.DESK, lambda: "saved", saved)
    jobs.close()
    assert done == [Ok("saved"), Ok("sent")]
    assert lanes.is_closed


def test_results_arrive_on_the_gui_thread(threads: Jobs, qtbot: QtBot) -> None:
    gui = QThread.currentThread()
    seen: list[tuple[bool, bool]] = []

    def arrived(result: Ok[QThread] | Err) -> None:
        assert isinstance(result, Ok)
        seen.append((result.value is gui, QThread.currentThread() is gui))

    threads.run(Lane.DESK, QThread.currentThread, arrived)
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == [(False, True)]


class Canvas(QWidget):
    """Counts how often it has been painted."""

    painted = 0

    def event(self, event: QEvent) -> bool:
        self.painted += event.type() == QEvent.Type.Paint
        return super().event(event)


def test_work_begins_when_what_the_window_is_at_has_been_painted(
    qapp: QApplication, qtbot: QtBot
) -> None:
    lanes, canvas, seen = ThreadLanes(), Canvas(), list[int]()
    qtbot.addWidget(canvas)
    canvas.show()
    qtbot.waitUntil(lambda: canvas.painted > 0)
    before = canvas.painted
    lanes.submit(Lane.DESK, lambda: seen.append(canvas.painted))
    lanes.call(Lane.DESK, lambda: None)  # what had begun at once would have ended by now
    canvas.update()
    qtbot.waitUntil(lambda: bool(seen))
    lanes.close()
    assert seen[0] > before


def test_closing_begins_what_was_only_just_submitted(qapp: QApplication) -> None:
    lanes, done = ThreadLanes(), list[int]()
    lanes.submit(Lane.DESK, lambda: done.append(1))
    lanes.close()
    assert done == [1]


@pytest.mark.skipif(sys.platform != "linux", reason="what says so is Linux's own")
def test_a_lane_never_pushes_the_window_off_its_core(threads: Jobs, qtbot: QtBot) -> None:
    policies: list[object] = []
    for lane in (Lane.DESK, Lane.NEWS):
        threads.run(lane, lambda: os.sched_getscheduler(0), policies.append)
    qtbot.waitUntil(lambda: len(policies) == 2)
    assert policies == [Ok(os.SCHED_BATCH)] * 2
    assert os.sched_getscheduler(0) == os.SCHED_OTHER


def test_the_desk_does_one_thing_after_another(threads: Jobs, qtbot: QtBot) -> None:
    done: list[object] = []
    for number in range(50):
        threads.run(Lane.DESK, lambda number=number: number, done.append)  # type: ignore[misc]
    qtbot.waitUntil(lambda: len(done) == 50)
    assert done == [Ok(number) for number in range(50)]


def test_the_net_lane_has_its_slices_written_at_the_desk(threads: Jobs, qtbot: QtBot) -> None:
    names: list[object] = []
    threads.run(Lane.DESK, QThread.currentThread, names.append)
    threads.run(Lane.NET, lambda: threads.at_desk(QThread.currentThread), names.append)
    qtbot.waitUntil(lambda: len(names) == 2)
    assert names[0] == names[1]


def test_closing_waits_for_the_threads(qapp: QApplication) -> None:
    jobs = Jobs(ThreadLanes())
    done: list[object] = []
    jobs.run(Lane.NET, lambda: sum(range(1_000_000)), done.append)
    jobs.close()
    assert done == [Ok(499_999_500_000)]


def test_what_work_tells_on_its_way_is_heard_on_this_thread(threads: Jobs, qtbot: QtBot) -> None:
    here, heard = QThread.currentThread(), list[tuple[int, bool]]()

    def hear(n: int) -> None:
        heard.append((n, QThread.currentThread() is here))

    tell = threads.teller(hear)
    threads.run(Lane.DESK, lambda: [tell(1), tell(2)], lambda _: None)
    qtbot.waitUntil(lambda: len(heard) == 2)
    assert heard == [(1, True), (2, True)]


def test_neither_printing_nor_closing_waits_for_the_line(qapp: QApplication) -> None:
    silent, done = SimpleQueue[str](), list[object]()
    jobs = Jobs(ThreadLanes())
    jobs.run(Lane.LINE, silent.get, done.append)
    jobs.run(Lane.NET, lambda: "printed", done.append)
    jobs.close()
    silent.put("an answer")
    assert done == [Ok("printed")]


def test_the_line_finds_the_desk_closed_once_the_window_is(qapp: QApplication) -> None:
    jobs = Jobs(ThreadLanes())
    jobs.close()
    with pytest.raises(Refused, match="đã đóng"):
        jobs.at_desk(lambda: "written")


def test_what_is_begun_after_closing_is_a_bug_and_nothing_waits_for_it(qapp: QApplication) -> None:
    jobs = Jobs(ThreadLanes())
    jobs.close()
    with pytest.raises(AssertionError):
        jobs.run(Lane.DESK, lambda: "written", lambda _: None)
    jobs.close()
