"""Lanes that run when the test says so."""

from collections.abc import Callable
from typing import TypeVar

from app.ui.lanes.jobs import Lane

T = TypeVar("T")


class ManualLanes:
    """Keeps work until `drain`; what its results begin is drained too."""

    def __init__(self) -> None:
        self.waiting: list[tuple[Lane, Callable[[], None]]] = []
        self.is_closed = False

    def submit(self, lane: Lane, work: Callable[[], None]) -> None:
        self.waiting.append((lane, work))

    def call(self, lane: Lane, work: Callable[[], T]) -> T:
        return work()

    def drain(self) -> None:
        while self.waiting:
            _, work = self.waiting.pop(0)
            work()

    def wait(self) -> None:
        self.drain()

    def close(self) -> None:
        self.is_closed = True
