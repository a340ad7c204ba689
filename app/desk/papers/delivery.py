"""Takes a print to its printer, each step written down before the next can come to paper.

These run beside the desk, for a printer may take its time; `at_desk` does a step at the desk.
"""

from typing import NamedTuple

from app.desk.at_desk import AtDesk
from app.desk.papers.paperwork import Paper
from app.desk.papers.press import Press
from app.models.dossiers.print_state import AWAITED, PrintState
from app.models.errors import OtherSideFailed
from app.printing.paper import Paper as Size
from app.printing.printers import printers
from app.printing.printers.spooler import Document, JobId, JobState, NotTaken, Spooler
from app.store.own.print_jobs import PrintJob


class Told(NamedTuple):
    """A print as it was known, and what its printer says of it now."""

    job: PrintJob
    now: JobState


class Heard(NamedTuple):
    """How many prints are still on their way, and what was heard that wasn't known."""

    awaited: int
    news: tuple[Told, ...]


class Delivery:
    """Sends prints, and asks what became of them; `system` is how this machine prints."""

    def __init__(self, press: Press, at_desk: AtDesk, *system: Spooler) -> None:
        self._press, self._at_desk, self._system = press, at_desk, system

    def send(self, paper: Paper, printer: str) -> JobId:
        """Hand a print to a printer; raises `OtherSideFailed`, and what is known of it is kept.

        Always once: two of the same would be two originals. Another set is a print of its own.
        """
        press, at_desk, job = self._press, self._at_desk, paper.job
        self._take_back(paper)
        at_desk(lambda: press.go(job, printer))
        reference = f"{job.incarnation[:4]}-{job.seq}"
        document = Document(paper.pdf, paper.title, Size[paper.size], reference=reference)
        try:
            taken = printers.send(
                document,
                printer,
                lambda opened: at_desk(lambda: press.opened(job, opened)),
                *self._system,
            )
        except OtherSideFailed as error:
            failed = error
            at_desk(lambda: press.sent(job, failed))
            raise
        at_desk(lambda: press.sent(job))
        return taken

    def ask(self) -> Heard:
        """Ask about everything unfinished."""
        answers = [(job, self._ask_about(job)) for job in self._at_desk(self._press.to_ask)]
        awaited = sum(answer is None or answer.state in AWAITED for _, (answer, _) in answers)
        news = (Told(job, answer) for job, (answer, is_news) in answers if answer and is_news)
        return Heard(awaited, tuple(news))

    # --- inside -----------------------------------------------------------------------------------

    def _take_back(self, paper: Paper) -> None:
        """What an earlier try left open must be gone before the same paper goes once more."""
        for left in self._at_desk(lambda: self._press.left_open(paper.job)):
            try:
                self._withdraw(left)
            except OtherSideFailed as error:
                if left.event != paper.job:  # of this one nothing has gone anywhere
                    failed = NotTaken(str(error))
                    self._at_desk(lambda: self._press.sent(paper.job, failed))  # noqa: B023  # at once
                raise

    def _withdraw(self, left: PrintJob) -> None:
        answer = printers.withdraw(JobId(left.job), *self._system)
        self._at_desk(lambda: self._press.told(left.event, answer))
        if answer.state is not PrintState.REFUSED:
            raise OtherSideFailed(
                "Máy in đã nhận giấy này từ lần gửi trước. Hãy xem giấy đã ra chưa rồi mới in lại."
            )

    def _ask_about(self, job: PrintJob) -> tuple[JobState | None, bool]:
        """The answer, None while nobody can be asked, and whether it is a new one."""
        try:
            answer = self._answer(job)
        except OtherSideFailed:
            return None, False
        is_news = answer.state not in AWAITED or answer != JobState(job.state, job.reason)
        if is_news:
            self._at_desk(lambda: self._press.told(job.event, answer))
        return answer, is_news

    def _answer(self, job: PrintJob) -> JobState:
        """A job that was never wholly handed over is taken back, and is then on no paper."""
        id_ = JobId(job.job)
        answer = JobState(job.state)
        if answer.state is not PrintState.REFUSED:
            answer = printers.job_state(id_, *self._system)
        if answer.state in (PrintState.REFUSED, PrintState.OPENED):
            answer = printers.withdraw(id_, *self._system)
        return answer
