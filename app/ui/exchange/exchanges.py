"""Exchanges by itself while the window is open: `Pace` says when, the line's lane carries it.

Nobody waits for it. Whatever comes of a try but a signed acknowledgement changes nothing here.
"""

from collections.abc import Callable
from functools import partial
from math import ceil, inf
from random import random
from time import monotonic
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from app.models.exchange.talk import Heard
from app.sync.pace import Pace
from app.sync.standing import Standing
from app.ui.exchange.listening import Listening, Speaks
from app.ui.exchange.words import Sent
from app.ui.lanes.jobs import Err, Jobs, Lane, Ok

if TYPE_CHECKING:
    from PySide6.QtNetwork import QNetworkInformation

FIRST = 1.0  # seconds; the window is there before the first exchange
SILENCE = 60.0  # seconds for which a server that said nothing, where a hub did, is left alone


class Upstream(Speaks, Protocol):
    """The server, as the exchange needs it. `standing` is for the desk lane, the others for the line's."""

    def standing(self) -> Standing: ...

    def send(self, heard: Heard, *, near: bool) -> Sent:
        """`near`: without asking the server, which said nothing when it was asked last."""


class Exchanges(QObject):
    """One exchange at a time; by itself from `begin` on.

    `seconds` is a clock that never jumps, `chance` draws from [0, 1).
    """

    stood = Signal(object)
    """How it stands now: `Ok[Standing] | Err`."""
    began = Signal()
    came = Signal(int, int)
    """While one goes on: how many events have come, and of how many."""
    ended = Signal(object)
    """What came of one: `Ok[Sent] | Err`."""
    changed = Signal()
    """Something came from elsewhere: other pages should look again."""

    def __init__(
        self,
        upstream: Upstream,
        jobs: Jobs,
        seconds: Callable[[], float] = monotonic,
        chance: Callable[[], float] = random,  # noqa: S311  # no secret
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._upstream, self._jobs = upstream, jobs
        self._seconds, self._chance = seconds, chance
        self._pace = Pace()
        self._has_more = False
        self.is_near = False
        """The last one left the server alone."""
        self._silent_until = -inf
        self.is_by_itself = self._hears = False
        news = {Lane.NEWS: upstream.news_of_server, Lane.NEAR: upstream.news_of_hub}
        self._ears = [Listening(news[lane], lane, jobs, seconds, chance, self) for lane in news]
        for ear in self._ears:
            ear.heard.connect(self.heed_news)
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.look_at_the_clock)
        self.under_way = False
        self.standing: Standing | None = None
        """As last read; None before the first look."""

    @property
    def is_enrolled(self) -> bool:
        """Whether there is a server, as far as was read."""
        return self.standing is not None and bool(self.standing.server)

    def begin(self) -> None:
        """From here on by itself, as long as the window is open."""
        self.is_by_itself = True
        self._pace = Pace(self._seconds() + FIRST)
        self._hear_of_the_network()
        self._wait()

    def look(self) -> None:
        """Read how it stands; something newly written is a reason to send."""
        self._jobs.run(Lane.DESK, self._upstream.standing, self._heed)

    def go(self, *, near: bool = False) -> None:
        """At once, unless one is under way; `near`: with a hub alone."""
        if self.under_way:
            return
        self.under_way, self.is_near = True, near
        self._timer.stop()
        self.began.emit()
        heard = self._jobs.teller(self._heed_arrival)
        work = partial(self._upstream.send, lambda received, of: heard((received, of)), near=near)
        self._jobs.run(Lane.LINE, work, self._came_back)

    def look_at_the_clock(self) -> None:
        """Exchange if it is time to."""
        now = self._seconds()
        if self.is_by_itself and self.is_enrolled and not self._pace.wait(now):
            self.go(near=now < self._silent_until)
        self._wait()

    def heed_news(self, lane: Lane) -> None:
        """The server, or a hub `near`, speaks: it holds something else than is held here."""
        self._silent_until = self._silent_until if lane is Lane.NEAR else -inf
        self._has_more = self._has_more or self.under_way
        self._pace = self._pace.news(self._seconds())
        self._wait()

    def network_changed(self, reachability: "QNetworkInformation.Reachability") -> None:
        """The system's word on the network; only a better one counts."""
        if reachability.name not in ("Disconnected", "Unknown"):
            self._pace, self._silent_until = self._pace.worth_a_try(self._seconds()), -inf
            self._wait()

    # --- inside -----------------------------------------------------------------------------------

    def _hear_of_the_network(self) -> None:
        """A hint and no more: the truth is the server's answer. A counter without one loads nothing."""
        if self._hears or not (self.is_by_itself and self.is_enrolled):
            return
        from PySide6.QtNetwork import QNetworkInformation

        self._hears = QNetworkInformation.loadBackendByFeatures(
            QNetworkInformation.Feature.Reachability
        )
        if self._hears:
            QNetworkInformation.instance().reachabilityChanged.connect(self.network_changed)

    def _wait(self) -> None:
        """Set the timer; a counter that isn't enrolled has nothing to wait for."""
        if self.is_by_itself and self.is_enrolled and not self.under_way:
            self._timer.start(ceil(self._pace.wait(self._seconds()) * 1000))

    def _heed_arrival(self, far: tuple[int, int]) -> None:
        self.came.emit(*far)

    def _heed(self, result: Ok[Standing] | Err) -> None:
        if isinstance(result, Ok):
            before, self.standing = self.standing, result.value
            if before and result.value.written > before.written:
                self._has_more = self.under_way
                self._pace = self._pace.new_event(self._seconds())
            if before and result.value.day_is_over and not before.day_is_over:
                self._pace = self._pace.worth_a_try(self._seconds())
        self.stood.emit(result)
        self._hear_of_the_network()
        self._wait()

    def _came_back(self, result: Ok[Sent] | Err) -> None:
        self.under_way, now = False, self._seconds()
        after = self._pace.succeeded if isinstance(result, Ok) else self._pace.failed
        self._pace = after(now, self._chance())
        if self._has_more:  # written or told of while the other went, perhaps too late for it
            self._pace, self._has_more = self._pace.new_event(now), False
        if not (self.is_near and isinstance(result, Ok)):
            is_silent = isinstance(result, Ok) and result.value.silent
            self._silent_until = now + SILENCE if is_silent else -inf
        for ear in self._ears if self.is_by_itself else ():
            ear.listen(anew=isinstance(result, Ok))
        self.ended.emit(result)
        self.look()
        if isinstance(result, Ok) and result.value.received:
            self.changed.emit()
