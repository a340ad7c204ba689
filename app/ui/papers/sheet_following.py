"""Follows sheets that were sent, until their printer has said what came of them."""

from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal

from app.models.dossiers.print_state import AWAITED, LABEL, PrintState
from app.models.errors import OtherSideFailed
from app.printing.printers import printers
from app.printing.printers.spooler import MUTE, JobId, JobState, where
from app.ui.lanes.jobs import Err, Jobs, Lane, Ok
from app.ui.look.theme import Tone
from app.ui.papers.papers import system
from app.ui.papers.print_news import taken, waits

ASK_AGAIN = 3_000
"""Milliseconds until a printer is asked again."""
TAKEN = JobState(PrintState.ACCEPTED)


@dataclass(frozen=True)
class Sent:
    """A sheet on its way, and what was said of it last."""

    title: str
    printer: str
    job: JobId
    state: JobState = TAKEN


class Following(QObject):
    """For as long as the window stands: a sheet is the original of nothing, so no book is kept of it."""

    told = Signal(str, object)
    """A sentence and its tone."""

    def __init__(self, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._sent: tuple[Sent, ...] = ()
        self._later = QTimer(self, singleShot=True, interval=ASK_AGAIN)
        self._later.timeout.connect(self.ask)

    def follow(self, title: str, printer: str, job: JobId) -> None:
        """A printer has taken a sheet: say so, and from now on what becomes of it."""
        self.told.emit(*taken(title, printer, job))
        if job.startswith(MUTE):
            return
        self._sent = (*self._sent, Sent(title, printer, job))
        self._later.start()

    def ask(self) -> None:
        """Ask what became of those under way."""
        sent = self._sent
        self._jobs.run(Lane.NET, lambda: tuple(map(asked, sent)), self._asked)

    def _asked(self, result: Ok[tuple[Sent, ...]] | Err) -> None:
        if isinstance(result, Ok):
            before = {each.job: each.state for each in self._sent}
            for each in result.value:
                if each.state != before.get(each.job):
                    self._say(each)
            known = {each.job: each for each in result.value}
            now = (known.get(each.job, each) for each in self._sent)
            self._sent = tuple(each for each in now if each.state.state in AWAITED)
        if self._sent:
            self._later.start()
        else:
            self._later.stop()

    def _say(self, sent: Sent) -> None:
        state, reason = sent.state.state, sent.state.reason
        if state is PrintState.DONE:
            self.told.emit(f"{sent.title}: {where(sent.printer)} đã in xong.", Tone.DONE)
        elif state not in AWAITED:
            why = reason or LABEL[state]
            self.told.emit(f"{sent.title}: {why}. Giấy chưa ra thì hãy in lại.", Tone.LATE)
        elif reason:
            self.told.emit(waits(sent.title, where(sent.printer), reason), Tone.TODAY)


def asked(sent: Sent) -> Sent:
    """As its printer tells it now; one that can't be asked stands as it did. For the net lane."""
    try:
        return Sent(sent.title, sent.printer, sent.job, printers.job_state(sent.job, *system()))
    except OtherSideFailed:
        return sent
