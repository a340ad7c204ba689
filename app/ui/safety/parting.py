"""Before the window closes: one more exchange if something waits, and a word on how it all stands."""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject, QTimer

from app.ui.exchange.exchanges import Exchanges
from app.ui.exchange.words import unsent
from app.ui.look.theme import Tone
from app.ui.safety.day_end import Point, Tell

MOMENT = 2500  # ms the line has
READ = 1800  # ms the officer has for the last sentence
SENDING = "Đang gửi nốt {} việc rồi đóng… Đóng lần nữa để đóng ngay."
WRITING = "Đang chép dữ liệu ra ổ khác. Đóng lần nữa thì dừng chép và đóng; bản cũ vẫn nguyên."


class Safe(Protocol):
    """What outlives this PC, as far as leaving asks; see `app.ui.safety.safe_place.SafePlace`."""

    @property
    def is_writing(self) -> bool: ...

    def stop(self) -> None: ...

    def last_word(self) -> Point: ...


class Parting(QObject):
    """Holds the window for `MOMENT` and `READ` at most; asked a second time, not at all."""

    def __init__(
        self,
        exchanges: Exchanges,
        tell: Tell,
        close: Callable[[], object],
        safe: Callable[[], Safe | None] = lambda: None,
    ) -> None:
        """`safe` says the last word once the server has signed for everything, if anything does."""
        super().__init__(exchanges)
        self._safe = safe
        self._exchanges, self._tell, self._close = exchanges, tell, close
        self._was_asked = self._was_warned = False
        self._patience = QTimer(self, singleShot=True, interval=MOMENT)
        self._patience.timeout.connect(self._say_goodbye)
        self._reading = QTimer(self, singleShot=True, interval=READ)
        self._reading.timeout.connect(close)

    def may_close(self) -> bool:
        """Whether the window may close now; otherwise it is closed from here, in a moment.

        While a copy is written it stays, and a second asking stops that.
        """
        safe = self._safe()
        is_writing = safe is not None and safe.is_writing
        was_warned, self._was_warned = self._was_warned, is_writing
        if is_writing and not was_warned:
            self._tell(WRITING, Tone.TODAY, "triangle-alert")
            return False
        if safe is not None:
            safe.stop()
        return self._was_asked or self._may_leave()

    def _may_leave(self) -> bool:
        standing = self._exchanges.standing
        if not self._exchanges.is_by_itself or not (standing and unsent(standing)):
            return True
        self._was_asked = True
        self._tell(SENDING.format(standing.waiting), Tone.QUIET, "refresh-cw")
        self._exchanges.ended.connect(self._exchanged)
        self._patience.start()
        self._exchanges.go()
        return False

    def _exchanged(self, _: object) -> None:
        self._exchanges.ended.disconnect(self._exchanged)
        self._exchanges.stood.connect(self._say_goodbye)  # which is looked at next

    def _say_goodbye(self) -> None:
        self._patience.stop()
        if self._reading.isActive():
            return
        left = self._exchanges.standing and unsent(self._exchanges.standing)
        safe = self._safe()
        word = safe.last_word() if safe is not None else None
        if left:
            word = Point(left, Tone.TODAY, "cloud-off")
        if word is None:
            self._close()
        else:
            self._tell(*word)
            self._reading.start()
