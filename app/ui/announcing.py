"""Joins with the window what is announced from above: the line over the pages, the card, the reading."""

from collections.abc import Callable
from functools import cached_property, partial

from PySide6.QtCore import QObject, Signal

from app.desk.notices import Announced, Notices
from app.models.officer import Officer
from app.ui.exchanges import Exchanges
from app.ui.from_above_line import FromAboveLine
from app.ui.jobs import Err, Jobs, Lane, Ok
from app.ui.notices_card import NoticesCard
from app.ui.theme import Tone

Tell = Callable[[str, Tone], None]
NOTED = "Đã ghi là đã đọc thông báo; cấp trên sẽ biết khi đồng bộ."


class Announcing(QObject):
    """Looks whenever the exchange is looked at: a notice comes by no other way."""

    stood = Signal(object)
    """How the notices stand: an `Announced`, whenever it is another one."""

    def __init__(
        self, notices: Notices, officer: Officer, jobs: Jobs, exchanges: Exchanges,
        line: FromAboveLine, tell: Tell,
    ) -> None:  # fmt: skip
        super().__init__(exchanges)
        self._notices, self._officer, self._jobs = notices, officer, jobs
        self._exchanges, self._tell = exchanges, tell
        self._announced = Announced((), {}, may_read=False)
        exchanges.stood.connect(self._look)
        self.stood.connect(line.show_announced)
        line.read.connect(self._note)

    @cached_property
    def card(self) -> NoticesCard:
        """All of them, for the exchange's page."""
        card = NoticesCard()
        card.show_announced(self._announced)
        self.stood.connect(card.show_announced)
        return card

    def _look(self) -> None:
        self._jobs.run(Lane.DESK, partial(self._notices.all, self._officer), self._show)

    def _show(self, result: Ok[Announced] | Err) -> None:
        if isinstance(result, Ok) and result.value != self._announced:
            self._announced = result.value
            self.stood.emit(self._announced)

    def _note(self, notice: str) -> None:
        self._jobs.run(Lane.DESK, partial(self._notices.read, notice, self._officer), self._noted)

    def _noted(self, result: Ok[None] | Err) -> None:
        if isinstance(result, Ok):
            self._tell(NOTED, Tone.DONE)
        else:
            self._tell(str(result.error), Tone.LATE)
        self._exchanges.look()
