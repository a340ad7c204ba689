"""Joins with the window what came from above, counts for nothing or was printed twice: a line, cards."""

from functools import cached_property, partial
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Signal

from app.desk.desk import Desk
from app.desk.looking.conflicts import Open
from app.desk.looking.given_twice import Twins
from app.desk.looking.waiting import Waiting
from app.desk.looking.without_effect import NOTHING, Idling
from app.desk.unit.notices import Announced
from app.models.unit.officer import Officer
from app.ui.exchange.exchanges import Exchanges
from app.ui.frame.frame import Frame
from app.ui.lanes.jobs import Err, Jobs, Lane, Ok
from app.ui.look.theme import Tone

if TYPE_CHECKING:
    from app.ui.exchange.conflicts_card import ConflictsCard
    from app.ui.exchange.given_twice_card import GivenTwiceCard
    from app.ui.exchange.notices_card import NoticesCard
    from app.ui.exchange.waiting_card import WaitingCard
    from app.ui.exchange.without_effect_card import WithoutEffectCard

NOTED = "Đã ghi là đã đọc thông báo; cấp trên sẽ biết khi đồng bộ."


class Cards(NamedTuple):
    """In the order they stand on the page."""

    waiting: "WaitingCard"
    notices: "NoticesCard"
    conflicts: "ConflictsCard"
    idle: "WithoutEffectCard"
    twice: "GivenTwiceCard"


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
    def cards(self) -> Cards:
        """For the exchange's page, which looks as it comes into sight; loaded for its first time."""
        from app.ui.exchange.conflicts_card import ConflictsCard
        from app.ui.exchange.given_twice_card import GivenTwiceCard
        from app.ui.exchange.notices_card import NoticesCard
        from app.ui.exchange.waiting_card import WaitingCard
        from app.ui.exchange.without_effect_card import WithoutEffectCard

        cards = Cards(
            WaitingCard(), NoticesCard(), ConflictsCard(), WithoutEffectCard(), GivenTwiceCard()
        )
        cards.notices.show_announced(self._announced)
        self.stood.connect(cards.notices.show_announced)
        for card in (cards.waiting, cards.conflicts, cards.idle, cards.twice):
            card.opened.connect(self.opened)
        return cards

    def _look(self) -> None:
        self._jobs.run(Lane.DESK, lambda: self._desk.notices.all(self._officer), self._show)
        if "cards" in self.__dict__:
            self._jobs.run(Lane.DESK, self._desk.without_effect.look, self._show_idle)
            if self._are_in_sight():
                self._jobs.run(Lane.DESK, self._desk.waiting.look, self._show_waiting)
                self._jobs.run(Lane.DESK, self._desk.conflicts.look, self._show_open)
                self._look_for_twins()

    def _show(self, result: Ok[Announced] | Err) -> None:
        if isinstance(result, Ok) and result.value != self._announced:
            self._announced = result.value
            self.stood.emit(self._announced)

    def _show_idle(self, result: Ok[Idling] | Err) -> None:
        if isinstance(result, Ok) and result.value != self._idling:
            self._idling = result.value
            self.cards.idle.show_idling(self._idling)

    def _show_waiting(self, result: Ok[tuple[Waiting, ...]] | Err) -> None:
        if isinstance(result, Ok):
            # where there is no server above, all waits and nobody is waited for
            waits = result.value if self._exchanges.is_enrolled else ()
            self.cards.waiting.show_waiting(waits)

    def _show_open(self, result: Ok[tuple[Open, ...]] | Err) -> None:
        if isinstance(result, Ok):
            self.cards.conflicts.show_open(result.value)

    def _are_in_sight(self) -> bool:
        page = self.cards.twice.parentWidget()
        return page is not None and page.isVisible()

    def _look_for_twins(self) -> None:
        """A portion at a time, so that deeds come between two; only while the page is in sight."""
        if self._are_in_sight() and not self._is_looking_for_twins:
            self._is_looking_for_twins = True
            self._jobs.run(Lane.DESK, self._desk.given_twice.go_on, self._show_twins)

    def _show_twins(self, result: Ok[Twins | None] | Err) -> None:
        self._is_looking_for_twins = False
        if isinstance(result, Err):
            return
        if result.value is None:
            self._look_for_twins()
        else:
            self.cards.twice.show_twins(result.value)

    def _note(self, notice: str) -> None:
        work = partial(self._desk.notices.read, notice, self._officer)
        self._jobs.run(Lane.DESK, work, self._noted)

    def _noted(self, result: Ok[None] | Err) -> None:
        if isinstance(result, Ok):
            self._frame.notify(NOTED)
        else:
            self._frame.notify(str(result.error), Tone.LATE, "triangle-alert")
        self._exchanges.look()
