"""Before the window closes: one more exchange if something waits, and a word on how it all stands."""

from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject, QTimer

from app.ui.exchange.exchanges import Exchanges
from app.ui.exchange.words import unsent
from app.ui.lanes.jobs import Err, Jobs, Lane, Ok
from app.ui.look.theme import Tone
from app.ui.safety.day_end import Point, Tell

MOMENT = 2500  # ms the line has
READ = 1800  # ms the officer has for the last sentence
KEPT = "warned_on"  # the setting that names the day on which somebody was asked last
STAYS = "{} Sao lưu, chọn nơi giữ bản thứ hai: Đồng bộ (F8)."
SENDING = "Đang gửi nốt {} việc rồi đóng… Đóng lần nữa để đóng ngay."
WRITING = "Đang chép dữ liệu ra ổ khác. Đóng lần nữa thì dừng chép và đóng; bản cũ vẫn nguyên."


class Safe(Protocol):
    """What outlives this PC, as far as leaving asks; see `app.ui.safety.safe_place.SafePlace`."""

    @property
    def is_writing(self) -> bool: ...

    def stop(self) -> None: ...

    def last_word(self) -> Point: ...


Ask = Callable[[str, Tone, str, Callable[[], object]], None]
"""Asks with a sentence, its tone and icon, and calls the last if the answer is yes."""


class Kept(Protocol):
    """Settings of this counter; see `app.store.own.keeping.Keeping`."""

    def get(self, name: str) -> str: ...

    def put(self, name: str, value: str) -> None: ...


class OnceADay:
    """Whether it was asked today, on this counter; `now` is Vietnam's time."""

    def __init__(self, keeping: Kept, jobs: Jobs, now: Callable[[], datetime]) -> None:
        self._keeping, self._jobs, self._now = keeping, jobs, now
        self._asked_on = ""
        jobs.run(Lane.DESK, partial(keeping.get, KEPT), self._known)

    @property
    def is_due(self) -> bool:
        return self._asked_on != self._today().isoformat()

    def asked(self) -> None:
        """From here on not before tomorrow."""
        self._asked_on = self._today().isoformat()
        put = partial(self._keeping.put, KEPT, self._asked_on)
        self._jobs.run(Lane.DESK, put, lambda _: None)

    def _today(self) -> date:
        return self._now().date()

    def _known(self, result: Ok[str] | Err) -> None:
        if isinstance(result, Ok):
            self._asked_on = self._asked_on or result.value


class Parting(QObject):
    """Holds the window for `MOMENT` and `READ` at most; asked a second time, not at all.

    What would not outlive this PC is asked about, once a day: that waits for a key, but neither a
    second asking nor the end of the session does.
    """

    def __init__(
        self,
        exchanges: Exchanges,
        tell: Tell,
        close: Callable[[], object],
        safe: Callable[[], Safe | None] = lambda: None,
        ask: Ask | None = None,
        once: OnceADay | None = None,
    ) -> None:
        """`safe` says the last word once the server has signed for everything, if anything does."""
        super().__init__(exchanges)
        self._safe, self._ask, self._once = safe, ask, once
        self._exchanges, self._tell, self._close = exchanges, tell, close
        self._was_asked = self._was_warned = self._ends = False
        self._sends = self._sent = False
        exchanges.ended.connect(self._exchanged)
        exchanges.stood.connect(self._stood)
        self._patience = QTimer(self, singleShot=True, interval=MOMENT)
        self._patience.timeout.connect(self._say_goodbye)
        self._reading = QTimer(self, singleShot=True, interval=READ)
        self._reading.timeout.connect(close)

    def may_close(self) -> bool:
        """Whether the window may close now; otherwise it is closed from here, in a moment.

        While a copy is written it stays, and a second asking stops that.
        """
        if self._ends:
            return True
        safe = self._safe()
        is_writing = safe is not None and safe.is_writing
        was_warned, self._was_warned = self._was_warned, is_writing
        if is_writing and not was_warned:
            self._tell(WRITING, Tone.TODAY, "triangle-alert")
            return False
        if safe is not None:
            safe.stop()
        return self._was_asked or self._may_leave()

    def end_session(self) -> None:
        """The PC is shut down, or its user leaves: nothing holds that up."""
        self._ends = True

    def come_back(self) -> None:
        """It closes only to be opened again: nothing is asked."""
        self._once = None

    def _may_leave(self) -> bool:
        standing = self._exchanges.standing
        if not self._exchanges.is_by_itself or standing is None:
            return True
        if not unsent(standing):
            return not self._warns(self._last_word())
        self._was_asked = self._sends = True
        self._tell(SENDING.format(standing.waiting), Tone.QUIET, "refresh-cw")
        self._patience.start()
        self._exchanges.go()
        return False

    def _exchanged(self, _: object) -> None:
        self._sends, self._sent = False, self._sends  # how it stands is looked at next

    def _stood(self, _: object) -> None:
        if self._sent:
            self._say_goodbye()

    def _say_goodbye(self) -> None:
        self._patience.stop()
        self._sends = self._sent = False
        word = self._last_word()
        if self._warns(word):
            return
        left = self._exchanges.standing and unsent(self._exchanges.standing)
        if left:
            word = Point(left, Tone.TODAY, "cloud-off")
        if word is None:
            self._close()
        else:
            self._tell(*word)
            self._reading.start()

    def _last_word(self) -> Point | None:
        safe = self._safe()
        return safe.last_word() if safe is not None else None

    def _warns(self, word: Point | None) -> bool:
        """Ask, if something would not outlive this PC and nobody was asked today."""
        if word is None or word.tone not in (Tone.TODAY, Tone.LATE):
            return False
        if self._ask is None or self._once is None or not self._once.is_due:
            return False
        self._once.asked()
        self._was_asked = False
        self._ask(STAYS.format(word.words), word.tone, word.icon, self._leave)
        return True

    def _leave(self) -> None:
        self._was_asked = True
        self._close()
