"""Joins with the window what came from above, counts for nothing or was printed twice: a line, cards."""

from functools import cached_property, partial

from PySide6.QtCore import QObject, Signal

from app.desk.desk import Desk
from app.desk.looking.given_twice import Twins
from app.desk.looking.without_effect import NOTHING, Idling
from app.desk.unit.notices import Announced
from app.models.unit.officer import Officer
from app.ui.exchange.exchanges import Exchanges
from app.ui.exchange.given_twice_card import GivenTwiceCard
from app.ui.exchange.notices_card import NoticesCard
from app.ui.exchange.without_effect_card import WithoutEffectCard
from app.ui.frame.frame import Frame
from app.ui.lanes.jobs import Err, Jobs, Lane, Ok
from app.ui.look.theme import Tone

NOTED = "Đã ghi là đã đọc thông báo; cấp trên sẽ biết khi đồng bộ."


class Announcing(QObject):
    """Looks whenever the exchange is looked at: none of them comes by any other way."""

    opened = Signal(object)
    """The `EventName` of a dossier to be opened."""
    stood = Signal(object)
    """How the notices stand: an `Announced`, whenever it is another one."""

    def __init__(
        self, desk: Desk, officer: Officer, jobs: Jobs, exchanges: Exchanges, frame: Frame
    ) -> None:
        super().__init__(exchanges)
        self._desk, self._officer, self._jobs = desk, officer, jobs
        self._exchanges, self._frame = exchanges, frame
        self._announced, self._idling = Announced((), {}, may_read=False), NOTHING
        self._is_looking_for_twins = False
        exchanges.stood.connect(self._look)
        self.stood.connect(frame.above.show_announced)
        frame.above.read.connect(self._note)

    @cached_property
    def cards(self) -> tuple[NoticesCard, WithoutEffectCard, GivenTwiceCard]:
        """For the exchange's page, which looks as it comes into sight; made for its first time."""
        notices, idle, twice = NoticesCard(), WithoutEffectCard(), GivenTwiceCard()
        notices.show_announced(self._announced)
        self.stood.connect(notices.show_announced)
        idle.opened.connect(self.opened)
        twice.opened.connect(self.opened)
        return notices, idle, twice

    def _look(self) -> None:
        self._jobs.run(Lane.DESK, lambda: self._desk.notices.all(self._officer), self._show)
        if "cards" in self.__dict__:
            self._jobs.run(Lane.DESK, self._desk.without_effect.look, self._show_idle)
            self._look_for_twins()

    def _show(self, result: Ok[Announced] | Err) -> None:
        if isinstance(result, Ok) and result.value != self._announced:
            self._announced = result.value
            self.stood.emit(self._announced)

    def _show_idle(self, result: Ok[Idling] | Err) -> None:
        if isinstance(result, Ok) and result.value != self._idling:
            self._idling = result.value
            self.cards[1].show_idling(self._idling)

    def _look_for_twins(self) -> None:
        """A portion at a time, so that deeds come between two; only while the page is in sight."""
        page = self.cards[2].parentWidget()
        if page is not None and page.isVisible() and not self._is_looking_for_twins:
            self._is_looking_for_twins = True
            self._jobs.run(Lane.DESK, self._desk.given_twice.go_on, self._show_twins)

    def _show_twins(self, result: Ok[Twins | None] | Err) -> None:
        self._is_looking_for_twins = False
        if isinstance(result, Err):
            return
        if result.value is None:
            self._look_for_twins()
        else:
            self.cards[2].show_twins(result.value)

    def _note(self, notice: str) -> None:
        work = partial(self._desk.notices.read, notice, self._officer)
        self._jobs.run(Lane.DESK, work, self._noted)

    def _noted(self, result: Ok[None] | Err) -> None:
        if isinstance(result, Ok):
            self._frame.notify(NOTED)
        else:
            self._frame.notify(str(result.error), Tone.LATE, "triangle-alert")
        self._exchanges.look()
