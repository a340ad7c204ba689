"""Lanes in which work waits until chance lets it be done: answers come late, and between any two keys."""

from collections import deque
from collections.abc import Callable
from random import Random
from typing import TypeVar

from app.ui.lanes.jobs import Lane

T = TypeVar("T")


class HeldLanes:
    """Work waits until chance lets it be done, each lane in the order it was given."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance
        self._waiting: dict[Lane, deque[Callable[[], None]]] = {lane: deque() for lane in Lane}

    def submit(self, lane: Lane, work: Callable[[], None]) -> None:
        self._waiting[lane].append(work)

    def call(self, lane: Lane, work: Callable[[], T]) -> T:
        return work()

    def some(self) -> None:
        """Do none, some or all of it."""
        for _ in range(self._chance.choice((0, 1, 3, 100))):
            if busy := [lane for lane, works in self._waiting.items() if works]:
                self._waiting[self._chance.choice(busy)].popleft()()

    def wait(self) -> None:
        while any(self._waiting.values()):
            for works in self._waiting.values():
                if works:
                    works.popleft()()

    def close(self) -> None:
        self.wait()
