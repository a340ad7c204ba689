"""Widgets that only refer to themselves are freed by the GUI thread, whoever makes garbage meanwhile."""

import gc
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, QThread
from PySide6.QtWidgets import QApplication, QWidget

from app.ui.lanes.garbage import Sweeper
from app.ui.lanes.jobs import Lane, ThreadLanes


@pytest.fixture
def sweeper(qapp: QApplication) -> Iterator[Sweeper]:
    gc.enable()
    parent = QObject()
    yield Sweeper(parent)
    gc.disable()


class SelfCentred(QWidget):
    """Garbage that no count of references finds."""

    def __init__(self, freed_by: list[QThread]) -> None:
        super().__init__()
        self.itself = self
        self.destroyed.connect(lambda: freed_by.append(QThread.currentThread()))


class Cell:
    """What a lane makes a lot of."""

    def __init__(self) -> None:
        self.itself = self


def make_garbage() -> None:
    for _ in range(200_000):  # far over what makes Python look through all generations
        Cell()


def test_a_lane_full_of_garbage_frees_no_widget(sweeper: Sweeper, qapp: QApplication) -> None:
    freed_by: list[QThread] = []
    SelfCentred(freed_by)
    lanes = ThreadLanes()
    lanes.submit(Lane.DESK, make_garbage)
    lanes.close()
    assert freed_by == []
    sweeper.sweep()
    assert freed_by == [qapp.thread()]


def test_nothing_is_looked_for_when_little_was_made(
    sweeper: Sweeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    gc.collect()
    searched: list[int] = []
    monkeypatch.setattr(gc, "collect", searched.append)
    sweeper.sweep()
    assert searched == []


@pytest.mark.parametrize(
    ("limits", "counts", "generation"),
    [
        ((700, 10, 10), (701, 3, 3), 0),
        ((700, 10, 10), (701, 11, 3), 1),
        ((2000, 10, 10), (0, 0, 11), 2),
        ((2000, 10, 0), (2001, 3, 11), 0),
    ],
)
def test_each_generation_comes_to_its_turn(
    sweeper: Sweeper, monkeypatch: pytest.MonkeyPatch,
    limits: tuple[int, int, int], counts: tuple[int, int, int], generation: int,
) -> None:  # fmt: skip
    searched: list[int] = []
    monkeypatch.setattr(gc, "collect", searched.append)
    monkeypatch.setattr(gc, "get_threshold", lambda: limits)
    monkeypatch.setattr(gc, "get_count", lambda: counts)
    sweeper.sweep()
    assert searched == [generation]
