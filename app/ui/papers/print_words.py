"""Takes what the officer says of a print to the desk: it came out, it never came, a copy is spoiled."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from app.desk.desk import Desk
from app.models.unit.officer import Officer
from app.store.own.print_jobs import PrintJob
from app.ui.lanes.jobs import Err, Jobs, Lane, Ok
from app.ui.papers.print_list import PrintList


class PrintWords(QObject):
    """Hears every `PrintList` it is told to; what is spoiled is wanted again at once."""

    noted = Signal(object)
    """A word was written down, or not: `Ok[None] | Err`."""
    wanted = Signal(str, object)
    """A form and the `EventName` of what it is about."""

    def __init__(self, desk: Desk, officer: Officer, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self._press, self._officer, self._jobs = desk.press, officer, jobs

    def hear(self, shown: PrintList) -> PrintList:
        """Listen to `shown`, which is given back."""
        shown.came_out.connect(lambda job: self._note(lambda: self._press.came_out(job)))
        shown.never_came.connect(lambda job: self._note(lambda: self._press.never_came(job)))
        shown.spoiled.connect(self._spoil)
        return shown

    # --- inside -----------------------------------------------------------------------------------

    def _spoil(self, job: PrintJob, copy: int) -> None:
        self._note(lambda: self._press.spoil(job.event, self._officer, copy))
        self.wanted.emit(job.form, job.about)

    def _note(self, work: Callable[[], None]) -> None:
        self._jobs.run(Lane.DESK, work, self._heard)

    def _heard(self, result: Ok[None] | Err) -> None:
        self.noted.emit(result)
