"""Joins with the window what outlives this PC: the light, two cards, commands, a word at day's end."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import cached_property, partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.models.unit.officer import Officer, Role
from app.sync.safety import Safety
from app.sync.second_copy import State
from app.ui.exchange.exchanges import Exchanges
from app.ui.frame.frame import Light
from app.ui.lanes.jobs import Err, Jobs, Lane, Ok
from app.ui.look.theme import Tone
from app.ui.safety.day_end import DayEnd, Point, Tell, in_one, points
from app.ui.safety.second_copies import SecondCopies, with_second_copy
from app.ui.widgets.page import Command

if TYPE_CHECKING:
    from app.ui.safety.day_card import DayCard
    from app.ui.safety.safety_card import Keeps, SafetyCard

LOOK_AGAIN = timedelta(minutes=10)


class SafePlace(QObject):
    """Says what changed by `tell`; `come` brings its cards into sight; `now` is Vietnam's time."""

    stood = Signal(object)
    """The `Safety` as it stands now."""
    restore_wanted = Signal()
    """A backup is to take the place of the data."""

    def __init__(
        self, keeps: "Keeps", copies: SecondCopies, jobs: Jobs, exchanges: Exchanges,
        officer: Officer, now: Callable[[], datetime], tell: Tell, come: Callable[[], None],
    ) -> None:  # fmt: skip
        super().__init__(exchanges)
        self._keeps, self._copies, self._jobs, self._exchanges = keeps, copies, jobs, exchanges
        self._now, self._tell, self._come = now, tell, come
        self._may_make_code = Role.ADMINISTRATOR in officer.roles
        self._safety: Safety | None = None
        self._looked: datetime | None = None
        self._card: SafetyCard | None = None
        copies.stood.connect(self._say_copied)
        copies.stood.connect(self.look)
        exchanges.stood.connect(self._look_now_and_then)
        DayEnd(exchanges, self._points, tell)

    @cached_property
    def cards(self) -> "tuple[DayCard, SafetyCard]":
        """The day's end, and what can be done for the data; loaded when they are first looked at."""
        from app.ui.safety.day_card import DayCard
        from app.ui.safety.safety_card import SafetyCard

        day = DayCard()
        card = SafetyCard(self._keeps, self._copies, self._jobs, may_make_code=self._may_make_code)
        self._exchanges.stood.connect(self._say)
        self.stood.connect(self._say)
        card.changed.connect(self.look)
        card.restore_wanted.connect(self.restore_wanted)
        self._card = card
        return day, card

    @property
    def is_writing(self) -> bool:
        """Whether a backup or a second copy is being written because somebody asked for it."""
        return self._card is not None and self._card.under_way

    def stop(self) -> None:
        """Leave what is being written; what was there before stays."""
        if self._card is not None:
            self._card.stop()

    def look(self) -> None:
        """Read how it stands; something of it was changed."""
        self._looked = self._now()
        self._jobs.run(Lane.DESK, self._keeps.standing, self._heed)

    def commands(self) -> list[Command]:
        """What the card does, by name."""
        from app.ui.safety.safety_card import SafetyCard

        said = [
            ("Chọn nơi giữ bản thứ hai (USB, ổ khác)", SafetyCard.ask_place),
            ("Thôi giữ bản thứ hai", SafetyCard.forget),
            ("Sao lưu ra tệp", SafetyCard.ask_file),
        ]
        if self._may_make_code:
            said.append(("Lập mã khôi phục, in giấy cất két", SafetyCard.make_code))
        return [Command(title, "", partial(self._do, deed)) for title, deed in said]

    def light(self, light: Light) -> Light:
        """The frame's light, which also says whether a second copy is there."""
        return with_second_copy(light, self._copies.state)

    def last_word(self) -> Point:
        """What is said as the window closes."""
        return in_one(self._points(), "Trước khi đóng")

    # --- inside -----------------------------------------------------------------------------------

    def _look_now_and_then(self) -> None:
        """The exchange stands otherwise after each deed; settings and ring of keys are others' only
        when somebody changed them, by the command line too.
        """
        if self._looked is None or abs(self._now() - self._looked) >= LOOK_AGAIN:
            self.look()

    def _do(self, deed: "Callable[[SafetyCard], None]") -> None:
        self._come()
        deed(self.cards[1])

    def _points(self) -> tuple[Point, ...]:
        standing = self._exchanges.standing
        if standing is None:
            return ()
        return points(standing, self._copies.state, self._safety, self._now().date())

    def _heed(self, result: Ok[Safety] | Err) -> None:
        if isinstance(result, Ok):
            self._safety = result.value
            self.stood.emit(result.value)

    def _say(self) -> None:
        day, card = self.cards
        day.say(self._points(), self._now())
        if self._safety:
            card.show_standing(self._safety, self._copies.state)

    def _say_copied(self, state: State) -> None:
        if state.sentence:
            icon = "circle-check" if state.copied else "triangle-alert"
            self._tell(state.sentence, Tone.DONE if state.copied else Tone.LATE, icon)
