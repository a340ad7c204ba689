"""What one counter receives the others find at once, with no line: the hub says that there is something new."""

from collections.abc import Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app import clock
from app.exchanging import Upstream
from app.sync.hubs import KEPT
from app.ui.exchange.exchanges import Exchanges
from app.ui.lanes.jobs import Jobs, Ok, ThreadLanes
from app.upstream import join, send
from tests.journeys.test_hub import hub, joined
from tests.journeys.upstream import serving
from tests.making import UNIT, ACounter, a_counter
from tests.sync.small import SmallServer

PATIENCE = 60_000  # ms; by the timer alone it takes more than twice as long


class Sitting:
    """A counter that exchanges by itself, as it does under its window."""

    def __init__(self, counter: ACounter) -> None:
        self.jobs = Jobs(ThreadLanes())
        self.counter = self.jobs.at_desk(counter.open)
        self.exchanges = Exchanges(
            Upstream(counter.desk, self.jobs, counter.officer, None), self.jobs
        )
        self.ended: list[object] = []
        self.exchanges.ended.connect(self.ended.append)
        self.exchanges.look()
        self.exchanges.begin()

    def receive(self) -> str:
        receipt = self.jobs.at_desk(self.counter.receive)
        self.exchanges.look()
        return receipt.code

    def finds(self, code: str) -> bool:
        return bool(self.jobs.at_desk(lambda: self.counter.desk.lookup.find(code)))

    @property
    def has_exchanged(self) -> bool:
        return bool(self.ended) and isinstance(self.ended[-1], Ok)

    def leave(self) -> None:
        self.exchanges.is_by_itself = False
        self.jobs.close()
        self.counter.close()


@pytest.fixture
def two(tmp_path: Path, qapp: QApplication) -> Iterator[list[Sitting]]:
    """Two counters at their hub, each up to date; their server is gone."""
    counters = [a_counter(tmp_path / str(n), n) for n in (1, 2)]
    server = SmallServer(above := tmp_path / "server", UNIT)
    server.now = clock.now()  # the process beside it has no other
    codes = [server.code(UNIT) for _ in range(3)]
    with ExitStack() as stack:
        stack.callback(server.built.engine.dispose)
        with serving(above) as address:
            for counter in counters:
                join(counter.store, address, codes.pop())
            assert joined(tmp_path / "hub", address, codes.pop()) == 0
            near = stack.enter_context(hub(tmp_path / "hub"))
            for counter in counters:
                while not counter.store.keeping.get(KEPT):  # the hub hears of us from the server
                    send(counter.store, counter.clock, hub=near)
        for counter in counters:
            counter.close()
        sitting = [Sitting(counter) for counter in counters]
        for each in sitting:
            stack.callback(each.leave)
        yield sitting


def test_without_a_line_a_dossier_is_found_at_the_other_counter_by_itself(
    two: list[Sitting], qtbot: QtBot
) -> None:
    one, other = two
    qtbot.waitUntil(lambda: one.has_exchanged and other.has_exchanged, timeout=PATIENCE)
    code = one.receive()
    assert not other.finds(code)
    qtbot.waitUntil(partial(other.finds, code), timeout=PATIENCE)
