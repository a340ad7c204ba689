"""What outlives this PC, as the window needs it: second copy, backup and recovery code, joined."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from app.counter import CodePaper, Counter, code_paper
from app.store.database.telling import Tell
from app.sync.safety import Safety, back_up, safety_of


class Safekeeping:
    """Of one open counter."""

    def __init__(self, counter: Counter, unit: str, now: Callable[[], datetime]) -> None:
        self._counter, self._unit, self._now = counter, unit, now

    def standing(self) -> Safety:
        """For the desk lane."""
        return safety_of(self._counter.desk.store, self._counter.ring())

    def back_up(self, file: Path, tell: Tell) -> int:
        """Write a backup, read back; its events. For a lane where a disk may be waited for."""
        store = self._counter.desk.store.beside()
        try:
            return back_up(store, file, self._now(), tell).events
        finally:
            store.close()

    def draw_code(self) -> CodePaper:
        """A recovery code on its paper, which opens nothing until it is kept."""
        return code_paper(self._unit, self._counter.desk.store.counter, self._now())

    def keep_code(self, paper: CodePaper) -> None:
        """From now on it opens every backup, and the code before it none."""
        self._counter.keep_code(paper.code, paper.made)
