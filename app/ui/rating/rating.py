"""Has citizens asked how it was as soon as a result is theirs, and takes what they say to the box."""

from collections.abc import Callable, Sequence
from functools import cached_property, partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.desk.desk import Desk
from app.desk.lobby.ratings import Unsaid
from app.models.citizens.satisfaction import Questionnaire
from app.models.events.event import EventName
from app.ui.lanes.jobs import Err, Jobs, Lane, Ok
from app.ui.look.theme import Tone
from app.ui.rating.panel import RatingPanel

SLIP = "opinion"


class Rating(QObject):
    """`print_slip` prints a form of a dossier where that form is printed."""

    told = Signal(str, object)
    """A sentence and its tone."""

    def __init__(
        self, desk: Desk, jobs: Jobs, print_slip: Callable[[str, EventName], None], over: QWidget
    ) -> None:
        super().__init__(over)
        self._desk, self._jobs, self._print = desk, jobs, print_slip
        self._names: Sequence[EventName] = ()
        self._over = over

    @cached_property
    def panel(self) -> RatingPanel:
        """Made for the first who is asked."""
        panel = RatingPanel(self._over)
        panel.settled.connect(self._keep)
        return panel

    def ask(self, names: Sequence[EventName]) -> None:
        """Ask whoever was just given these; nobody where the counter doesn't, or they had their say."""
        self.panel.await_question()
        self._names = names
        work = self._desk.ratings.invitation
        self._jobs.run(Lane.DESK, lambda: work(names), partial(self._asked, names))

    def _asked(self, names: Sequence[EventName], result: Ok[Questionnaire | None] | Err) -> None:
        if names is not self._names:  # others have been given theirs meanwhile
            return
        if isinstance(result, Ok) and result.value is not None:
            self.panel.ask(result.value)
            return
        self.panel.pass_over()
        if isinstance(result, Err):
            self.told.emit(str(result.error), Tone.LATE)

    def _keep(self, said: int | Unsaid) -> None:
        names, ratings = self._names, self._desk.ratings
        if isinstance(said, Unsaid):
            self._jobs.run(Lane.DESK, lambda: ratings.note(said), self._kept)
        else:
            self._jobs.run(Lane.DESK, lambda: ratings.cast(names, said), self._kept)
        if said is Unsaid.LATER:
            self._print(SLIP, names[0])

    def _kept(self, result: Ok[None] | Err) -> None:
        if isinstance(result, Err):
            self.told.emit(str(result.error), Tone.LATE)
