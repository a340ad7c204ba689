"""Before the window closes: one more exchange if something waits, and a word on how it all stands."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from app.ui.exchange.exchanges import Exchanges
from app.ui.exchange.words import unsent
from app.ui.look.theme import Tone
from app.ui.safety.day_end import Point, Tell

MOMENT = 2500  # ms the line has
READ = 1800  # ms the officer has for the last sentence
SENDING = "Đang gửi nốt {} việc rồi đóng… Đóng lần nữa để đóng ngay."


class Parting(QObject):
    """Holds the window for `MOMENT` and `READ` at most; asked a second time, not at all."""

    def __init__(
        self,
        exchanges: Exchanges,
        tell: Tell,
        close: Callable[[], object],
        last_word: Callable[[], Point | None] = lambda: None,
    ) -> None:
        """`last_word` is what is said once the server has signed for everything, if anything is."""
        super().__init__(exchanges)
        self._last_word = last_word
        self._exchanges, self._tell, self._close = exchanges, tell, close
        self._was_asked = False
        self._patience = QTimer(self, singleShot=True, interval=MOMENT)
        self._patience.timeout.connect(self._say_goodbye)
        self._reading = QTimer(self, singleShot=True, interval=READ)
        self._reading.timeout.connect(close)

    def may_close(self) -> bool:
        """Whether the window may close now; otherwise it is closed from here, in a moment."""
        standing = self._exchanges.standing
        if (
            self._was_asked
            or not self._exchanges.is_by_itself
            or not (standing and unsent(standing))
        ):
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
        word = Point(left, Tone.TODAY, "cloud-off") if left else self._last_word()
        if word is None:
            self._close()
        else:
            self._tell(*word)
            self._reading.start()
