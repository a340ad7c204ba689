"""Hears in a lane where nothing else waits that somebody holds something new; others have it exchanged."""

from collections.abc import Callable, Iterator
from math import ceil
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from app.sync.pace import LONGEST_RETRY, Pace
from app.ui.lanes.jobs import Err, Jobs, Lane, Ok

AGAIN = 1.0  # seconds from an answer to the next question, whatever the answer
LONGEST = {Lane.NEWS: LONGEST_RETRY, Lane.NEAR: 60.0}
"""Seconds at most until a deaf ear is tried again: searching for a hub asks nobody outside for anything."""

News = Callable[[], Iterator[bool]]
"""Speaks for ever, with True when there is news; raises `Refused` when nobody says anything more."""


class Speaks(Protocol):
    """Whoever may have news, each for a lane of its own."""

    def news_of_server(self) -> Iterator[bool]: ...

    def news_of_hub(self) -> Iterator[bool]: ...


class Listening(QObject):
    """One ear, at the server (in `Lane.NEWS`) or at a hub (in `Lane.NEAR`).

    `seconds` is a clock that never jumps, `chance` draws from [0, 1).
    """

    heard = Signal(object)
    """There is something new, by the ear in this `Lane`."""

    def __init__(
        self, news: News, lane: Lane, jobs: Jobs,
        seconds: Callable[[], float], chance: Callable[[], float], parent: QObject,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._begin, self._lane, self._jobs = news, lane, jobs
        self._seconds, self._chance = seconds, chance
        self._pace = Pace()
        self._news: Iterator[bool] | None = None
        self._is_asking = False
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.listen)

    def listen(self, *, anew: bool = False) -> None:
        """Ask, unless that is under way or not due yet; `anew`: if it was deaf it isn't now, perhaps."""
        if self._is_asking or self._jobs.is_closed:
            return
        if anew and self._pace.failures:
            self._pace = self._pace.worth_a_try(self._seconds())
        if wait := self._pace.wait(self._seconds()):
            self._timer.start(ceil(wait * 1000))
            return
        self._is_asking = True
        self._jobs.run(self._lane, self._hear, self._came_back)

    # --- inside -----------------------------------------------------------------------------------

    def _hear(self) -> bool:
        self._news = self._news or self._begin()
        return next(self._news)

    def _came_back(self, result: Ok[bool] | Err) -> None:
        self._is_asking = False
        now = self._seconds()
        if isinstance(result, Ok):
            self._pace = Pace(now + AGAIN)
            if result.value:
                self.heard.emit(self._lane)
        else:
            self._news = None
            self._pace = self._pace.failed(now, self._chance(), LONGEST[self._lane])
        self.listen()
