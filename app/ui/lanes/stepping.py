"""Goes through long work at the line a step at a time, so that an exchange may come between two."""

from collections.abc import Callable, Iterator
from typing import Generic, TypeVar

from PySide6.QtCore import QObject, Signal

from app.ui.lanes.jobs import Err, Jobs, Lane, Ok

Step = TypeVar("Step")


class Stepping(QObject, Generic[Step]):
    """One piece of work at once; what it met at its end is told by `ended`."""

    moved = Signal(object)
    """What a step gave."""
    ended = Signal(object)
    """`Ok[None] | Err`; not after `stop`."""

    def __init__(self, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._steps: Iterator[Step] | None = None
        self._number = 0
        self.under_way = False

    def go(self, begin: Callable[[], Iterator[Step]]) -> None:
        """Begin, unless something is under way; `begin` is called in the line's lane."""
        if not self.under_way:
            self.under_way, self._steps = True, None
            self._number += 1
            self._next(begin)

    def stop(self) -> None:
        """Leave it in the middle: the step now taken is the last."""
        self.under_way = False
        self._number += 1

    # --- inside -----------------------------------------------------------------------------------

    def _next(self, begin: Callable[[], Iterator[Step]]) -> None:
        number = self._number

        def work() -> Step | None:
            if self._steps is None:
                self._steps = begin()
            return next(self._steps, None)

        def came_back(result: Ok[Step | None] | Err) -> None:
            if number != self._number:
                return
            if isinstance(result, Ok) and result.value is not None:
                self.moved.emit(result.value)
                self._next(begin)
            else:
                self.under_way, self._steps = False, None
                self.ended.emit(result)

        self._jobs.run(Lane.LINE, work, came_back)
