"""Follows each print to its paper: what was sent where, what came of it, and the officer's word."""

from collections.abc import Callable
from datetime import datetime, timedelta

from app.models.dossiers.print_state import PrintState, may_go_again
from app.models.errors import OtherSideFailed, Refused
from app.models.events import event as e
from app.models.unit.officer import Officer
from app.printing.forms import forms
from app.printing.printers.spooler import FOLDER, MUTE, JobId, JobState, NotTaken
from app.store.own.print_jobs import PrintJob, PrintJobs
from app.store.store import Store

SENDING_LASTS = timedelta(minutes=2)
"""A print that stands unsent for longer has nobody sending it any more."""

STOPPED = "chương trình dừng trước khi gửi"


class Press:
    """The prints of this counter; every method is for the desk, none talks to a printer."""

    def __init__(self, store: Store, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._clock = clock
        self._jobs = PrintJobs(store.database)

    # --- on its way -------------------------------------------------------------------------------

    def go(self, print_: e.EventName, printer: str) -> None:
        """A print is on its way to `printer`; call it before anything is sent."""
        self._jobs.go(print_, printer, self._clock())

    def left_open(self, print_: e.EventName) -> list[PrintJob]:
        """What earlier tries at this paper, of whatever size, opened and could not take back."""
        now = self._jobs.named(print_)
        jobs = self._jobs.about(now.about) if now else []
        tries = [job for job in jobs if now and job.form == now.form and may_go_again(job.state)]
        return [job for job in jobs if job.job and (job.event == print_ or job in tries)]

    def opened(self, print_: e.EventName, job: JobId) -> None:
        """The printer opened a job for it; nothing can have come to paper yet."""
        self._jobs.open(print_, job, self._clock())

    def sent(self, print_: e.EventName, failed: OtherSideFailed | None = None) -> None:
        """The printer took it, or `failed`."""
        match failed:
            case None:
                job = self._jobs.named(print_)
                in_folder = job is not None and job.printer.startswith(FOLDER)
                self._note(print_, PrintState.DONE if in_folder else PrintState.ACCEPTED)
            case NotTaken():
                self._note(print_, PrintState.REFUSED, str(failed))
            case _:
                self._note(print_, PrintState.UNKNOWN, str(failed))

    # --- what came of it --------------------------------------------------------------------------

    def to_ask(self) -> list[PrintJob]:
        """The prints whose spooler can be asked what came of them.

        One that was never opened, and whose sender is long gone, is on no paper: it is noted so.
        """
        asked = []
        for job in self._jobs.unfinished():
            left = self._clock() - job.at > SENDING_LASTS
            if job.state is PrintState.QUEUED and left:
                self._note(job.event, PrintState.REFUSED, STOPPED)
            elif job.job and (job.state is not PrintState.OPENED or left) and not _is_mute(job):
                asked.append(job)
        return asked

    def told(self, print_: e.EventName, answer: JobState) -> None:
        """What a spooler said of a print."""
        self._note(print_, answer.state, answer.reason)
        if answer.state is PrintState.REFUSED:
            self._jobs.forget_job(print_)

    def prints_of(self, name: e.EventName) -> list[PrintJob]:
        """The prints of a dossier on this counter, in order."""
        return self._jobs.about(name)

    def printed(self, form: str, since: datetime, until: datetime) -> set[e.EventName]:
        """The dossiers received in a span that this paper may be out of, from any counter."""
        return self._jobs.printed(form, since, until)

    # --- the officer's word -----------------------------------------------------------------------

    def came_out(self, print_: e.EventName) -> None:
        """The officer holds the paper."""
        self._word(print_, PrintState.DONE, "cán bộ báo giấy đã ra")

    def never_came(self, print_: e.EventName) -> None:
        """The officer holds no paper. It may still come, so what is printed now is a reprint."""
        self._word(print_, PrintState.FAILED, "cán bộ báo giấy không ra")

    def spoil(self, print_: e.EventName, officer: Officer, copy: int = 0) -> None:
        """A copy (0: all) is no paper to give away; by the officer's word, and told to all counters."""
        event = self._store.log.event(print_)
        if not isinstance(event.body, e.Printed):
            raise Refused("Đây không phải một lần in. Hãy mở lại hồ sơ rồi chọn lần in bị hỏng.")
        now = self._clock()
        with self._store.journal.deed(now) as writing:
            body = e.PrintSpoiled(str(print_), copy)
            about = e.EventName.parse(event.about)
            writing.append(body, thing=about, by=officer.login, at=now)

    # --- inside -----------------------------------------------------------------------------------

    def _word(self, print_: e.EventName, state: PrintState, reason: str) -> None:
        job = self._jobs.named(print_)
        if job is None:
            raise Refused("Giấy này in ở quầy khác. Hãy hỏi quầy đã in.")
        if job.state in (PrintState.QUEUED, PrintState.OPENED):
            raise Refused("Giấy này còn đang gửi đến máy in. Hãy chờ vài giây rồi xem lại.")
        self._note(print_, state, reason)

    def _note(self, print_: e.EventName, state: PrintState, reason: str = "") -> None:
        self._jobs.note(print_, state, reason, self._clock())


def copies_of(form: str, profile: str) -> tuple[str, ...]:
    """What the copies of a form are called; one without a name where nobody knows the form."""
    try:
        return forms.load(form, profile).copies
    except KeyError:
        return ("",)


def _is_mute(job: PrintJob) -> bool:
    """Whether it went where nobody ever says what came of it."""
    return job.state is PrintState.ACCEPTED and job.job.startswith(MUTE)
