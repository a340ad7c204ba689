"""A page where deeds are done: what it tells the window, and the one way a deed takes."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal

from app.desk.desk import Desk
from app.models.errors import Refused
from app.models.unit.officer import Officer
from app.ui.deeds.deeds import Carried, Order, carry_out, is_handed_back, undoing
from app.ui.lanes.jobs import Err, Jobs, Lane, Ok
from app.ui.look.theme import Tone
from app.ui.widgets.page import Page


class WorkPage(Page):
    """One place of the window where dossiers are looked at and deeds are done."""

    opened = Signal(object)
    """The `EventName` of a dossier to be opened."""
    print_wanted = Signal(str, object)
    """A form and the `EventName` of its dossier."""
    changed = Signal()
    """A deed was done: whoever shows dossiers looks again."""
    told = Signal(str, object, object)
    """A sentence, its `Tone`, and what takes the deed back: a callable, or None."""
    grown = Signal()
    """A part was made when it was first looked at, maybe with tables of its own."""
    handed_back = Signal(object)
    """Names of dossiers whose results were just given to somebody who stands at the desk."""

    def __init__(self, desk: Desk, officer: Officer, jobs: Jobs) -> None:
        super().__init__()
        self._desk, self._officer, self._jobs = desk, officer, jobs

    def tell(self, sentence: str, tone: Tone = Tone.LATE) -> None:
        """Say something that nothing takes back."""
        self.told.emit(sentence, tone, None)

    def do(
        self,
        order: Order,
        then: Callable[[], None] | None = None,
        refused: Callable[[Refused], None] | None = None,
    ) -> None:
        """Carry out `order`, say so and call `then`; a refusal is said, or given to `refused`."""

        def came_back(result: Ok[Carried] | Err) -> None:
            if isinstance(result, Err):
                (refused or self._say_refusal)(result.error)
                return
            self._say(result.value)
            if then:
                then()
            self.changed.emit()
            if is_handed_back(order):
                self.handed_back.emit(order.names)

        self._jobs.run(Lane.DESK, lambda: carry_out(self._desk, order), came_back)

    def undone(self) -> None:
        """What was done last has just been taken back; a page forgets what it offered after it."""

    def _say_refusal(self, refusal: Refused) -> None:
        self.tell(str(refusal))

    def _say(self, carried: Carried) -> None:
        back = partial(self.do, undoing(carried, self._officer), self.undone)
        undo = back if carried.can_be_undone else None
        tone = Tone.TODAY if carried.warnings else Tone.DONE
        sentence = " ".join((carried.sentence, *carried.warnings))
        self.told.emit(sentence, tone, undo)
