"""Lanes that run when the test says so."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtWidgets import QApplication

from app.ui.lanes.jobs import Lane

T = TypeVar("T")
TURNS = 200  # of the event loop, one a key that is given back: more than any test types ahead


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

    def answer(self) -> None:
        """Do all there is, and let the keys that waited for it be typed; so with what these ask for."""
        for _ in range(TURNS):
            self.drain()
            QApplication.processEvents()

    def wait(self) -> None:
        self.drain()

    def close(self) -> None:
        self.is_closed = True
