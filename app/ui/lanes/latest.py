"""Asks a lane over and over, one question at a time: of those that wait, only the last is asked."""

from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtCore import QObject

from app.ui.lanes.jobs import Err, Jobs, Lane, Ok

T = TypeVar("T")


class Latest(QObject, Generic[T]):
    """`then` hears the answer to the latest question; answers overtaken by a question are dropped."""

    def __init__(
        self, jobs: Jobs, then: Callable[[Ok[T] | Err], None], parent: QObject | None = None,
        lane: Lane = Lane.DESK,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._jobs, self._then, self._lane = jobs, then, lane
        self._waiting: Callable[[], T] | None = None
        self._busy = False

    @property
    def busy(self) -> bool:
        """True while an answer is awaited."""
        return self._busy

    def ask(self, work: Callable[[], T]) -> None:
        """Do `work` in the lane, as soon as what is under way has come back."""
        if self._busy:
            self._waiting = work
        else:
            self._busy = True
            self._jobs.run(self._lane, work, self._came_back)

    def _came_back(self, result: Ok[T] | Err) -> None:
        self._busy = False
        work, self._waiting = self._waiting, None
        if work is None:
            self._then(result)
        else:
            self.ask(work)
