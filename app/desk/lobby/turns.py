"""The waiting line at the counter: numbers taken, called, called again, passed over, handed back."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from app.desk.papers.paperwork import Renderer
from app.desk.unit.choices import Choices, Words
from app.models.citizens.turns import Queue, Turn, TurnState, ahead_of, minutes, queue_of
from app.models.errors import Refused
from app.printing.turn_values import FORM, TurnValues
from app.store.own.turns import Turns as Kept
from app.store.store import Store

SILENT = "turns_silent"  # the setting: "on" where nothing is said aloud
SCREEN = "turns_screen"  # the setting: "on" where the second screen comes by itself
NOBODY_CALLED = "Chưa mời số nào. Hãy gọi số tiếp theo trước."


class Turns:
    """Each method is one change of today's line, and gives the line as it then stands."""

    def __init__(
        self,
        store: Store,
        clock: Callable[[], datetime],
        draw: Renderer,
    ) -> None:
        self._store, self._clock, self._draw = store, clock, draw
        self._kept = Kept(store.database, store.counter)
        self.choices = Choices(store.keeping)

    def queue(self) -> Queue:
        """Today's line."""
        return queue_of(self._kept.of(self._clock().date()))

    def priorities(self) -> tuple[str, ...]:
        """Why somebody may go first, in the unit's words."""
        return self.choices.of(Words.PRIORITIES)

    @property
    def is_aloud(self) -> bool:
        """Whether numbers are called aloud here."""
        return self._store.keeping.get(SILENT) != "on"

    def call_aloud(self, *, is_aloud: bool) -> None:
        """Call numbers aloud from now on, or don't."""
        self._store.keeping.put(SILENT, "" if is_aloud else "on")

    @property
    def has_screen(self) -> bool:
        """Whether the second screen was open when it was last asked about."""
        return self._store.keeping.get(SCREEN) == "on"

    def remember_screen(self, *, is_open: bool) -> None:
        """It comes again when the window does, or doesn't."""
        self._store.keeping.put(SCREEN, "on" if is_open else "")

    def take(self, priority: str = "") -> Turn:
        """Give out the next number."""
        with self._kept.changing():
            return self._kept.take(self._clock(), priority)

    def call_next(self) -> Queue:
        """Whoever stands at the counter is done; call who is next, if somebody waits."""
        now = self._clock()
        with self._kept.changing():
            queue = self.queue()
            if queue.current:
                self._become(queue.current, TurnState.SERVED)
            if queue.waiting:
                called = replace(queue.waiting[0], called_at=now, calls=1)
                self._become(called, TurnState.CALLED)
            return self.queue()

    def call_again(self) -> Queue:
        """Call the same number once more. Raises `Refused` when none was called."""
        with self._kept.changing():
            current = self._current()
            self._become(replace(current, calls=current.calls + 1), TurnState.CALLED)
            return self.queue()

    def skip(self) -> Queue:
        """Whoever was called isn't there; handed back when they come. Raises `Refused`."""
        with self._kept.changing():
            self._become(self._current(), TurnState.AWAY)
            return self.queue()

    def hand_back(self, number: int) -> Queue:
        """A number that was called waits again, in its old place. Raises `Refused`."""
        with self._kept.changing():
            found = next(
                (x for x in self._kept.of(self._clock().date()) if x.number == number), None
            )
            if found is None or found.state is TurnState.WAITING:
                raise Refused("Số này đang chờ, không cần trả lại hàng.")
            self._become(replace(found, called_at=None), TurnState.WAITING)
            return self.queue()

    def slip(self, turn: Turn) -> bytes:
        """The paper of a number, for a roll: no name, no purpose."""
        queue = self.queue()
        values = TurnValues(
            one_stop=self._store.standing.unit().name,
            label=turn.label,
            priority=turn.priority,
            taken_at=turn.taken_at,
            ahead=ahead_of(queue, turn),
            mean_wait=minutes(queue.mean_wait) if queue.mean_wait else 0,
        )
        return self._draw(FORM, {"turn": values}, "K80", "", "")

    # --- inside -----------------------------------------------------------------------------------

    def _current(self) -> Turn:
        current = self.queue().current
        if current is None:
            raise Refused(NOBODY_CALLED)
        return current

    def _become(self, turn: Turn, state: TurnState) -> None:
        self._kept.put(self._clock().date(), replace(turn, state=state))
