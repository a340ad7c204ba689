"""A printer that takes what it is given, and fails at a paper if told to."""

from app.models.dossiers.print_state import PrintState
from app.models.errors import OtherSideFailed
from app.printing.printers.spooler import Document, JobId, JobState, Opened, Printer, ignore


class Laser:
    """`taken` are the titles that came, `fails` what becomes of the one after so many."""

    def __init__(self) -> None:
        self.taken: list[str] = []
        self.fails: dict[int, OtherSideFailed] = {}

    def printers(self) -> list[Printer]:
        return []

    def send(self, document: Document, printer: str, opened: Opened = ignore) -> JobId:
        opened(JobId(document.name))
        if failure := self.fails.pop(len(self.taken), None):
            raise failure
        self.taken.append(document.title)
        return JobId(document.name)

    def job_state(self, job: JobId) -> JobState:
        return JobState(PrintState.DONE)

    def withdraw(self, job: JobId) -> JobState:
        return JobState(PrintState.REFUSED)
