"""Keeps what became of each print of this counter: no fold, for paper comes out of one machine only."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from app.clock import VIETNAM
from app.models.dossiers.print_state import AWAITED, PrintState
from app.models.events import event as e
from app.store.database.database import Database, Row
from app.store.journal.meaning import seconds

_COLUMNS = (
    "event, name, form, paper, mark, printer, job, state, reason, at,"
    " coalesce(sheet, print_jobs.id)"
)
_FROM = "FROM print_jobs JOIN things ON things.id = thing"


@dataclass(frozen=True, slots=True)
class PrintJob:
    """One print: the event it is named by, what it is about, and how far it is since `at`.

    `job` is the spooler's own name for it, "" while none was opened. Prints of several dossiers on
    one `sheet` of paper fare alike: what is noted of one is noted of all.
    """

    event: e.EventName
    about: e.EventName
    form: str
    paper: str
    mark: str
    printer: str
    job: str
    state: PrintState
    reason: str
    at: datetime
    sheet: int


class PrintJobs:
    """One row a print."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def expect(
        self, event: e.EventName, about: e.EventName, form: str, paper: str, mark: str, at: datetime,
        first: e.EventName | None = None,
    ) -> None:  # fmt: skip
        """Write a print down within the deed that makes it an event; nothing has gone out yet.

        It goes on the paper of the `first`, if there is one.
        """
        self._database.run(
            "INSERT INTO print_jobs"
            " (thing, event, form, paper, mark, printer, job, state, reason, at, sheet)"
            " SELECT id, ?, ?, ?, ?, '', '', ?, '', ?, (SELECT id FROM print_jobs WHERE event=?)"
            " FROM things WHERE name=?",
            (
                str(event), form, paper, mark, PrintState.QUEUED, seconds(at), str(first), str(about),
            ),
        )  # fmt: skip

    def go(self, event: e.EventName, printer: str, at: datetime) -> None:
        """It is on its way to `printer`, from the beginning."""
        change = "printer=?, job='', state=?, reason='', at=?"
        self._change(event, change, printer, PrintState.QUEUED, seconds(at))

    def open(self, event: e.EventName, job: str, at: datetime) -> None:
        """The printer has opened `job` for it."""
        self._change(event, "job=?, state=?, at=?", job, PrintState.OPENED, seconds(at))

    def note(self, event: e.EventName, state: PrintState, reason: str, at: datetime) -> None:
        """How far it is now; `at` stays when nothing changed."""
        known = self.named(event)
        if known and (known.state, known.reason) != (state, reason):
            self._change(event, "state=?, reason=?, at=?", state, reason, seconds(at))

    def forget_job(self, event: e.EventName) -> None:
        """What the spooler had opened for it is no more."""
        self._change(event, "job=''")

    def named(self, event: e.EventName) -> PrintJob | None:
        """One print; None when another counter made it."""
        return next(iter(self._where("event=?", (str(event),))), None)

    def on_sheet(self, sheet: int) -> list[PrintJob]:
        """The prints that one paper is of, the first before the others."""
        return self._where("coalesce(sheet, print_jobs.id)=?", (sheet,))

    def about(self, name: e.EventName) -> list[PrintJob]:
        """The prints of a dossier on this counter, in order."""
        return self._where("things.name=?", (str(name),))

    def printed(self, form: str, since: datetime, until: datetime) -> set[e.EventName]:
        """The dossiers received in a span that have a print of `form`, by whichever counter.

        Without those whose last one here is provably on no paper.
        """
        sql = """
            SELECT things.name FROM dossiers JOIN events USING (thing)
            JOIN things ON things.id = thing
            WHERE received_at BETWEEN :since AND :until AND type = 'printed'
            AND instr(CAST(public AS TEXT), :said)
            EXCEPT SELECT name FROM (
                SELECT things.name, state, max(print_jobs.id) FROM print_jobs
                JOIN things ON things.id = thing WHERE form = :form GROUP BY thing
            ) WHERE state = :refused"""
        marks = {
            "since": seconds(since), "until": seconds(until), "said": f'"form":"{form}"',
            "form": form, "refused": PrintState.REFUSED,
        }  # fmt: skip
        return {e.EventName.parse(row[0]) for row in self._database.rows(sql, marks)}

    def unfinished(self) -> list[PrintJob]:
        """What must be asked about, oldest first, one of each paper: awaited ones, and jobs not yet
        taken back."""
        marks = ",".join("?" * len(AWAITED))
        return self._where(
            f"sheet IS NULL AND (state IN ({marks}) OR (state=? AND job != ''))",
            (*AWAITED, PrintState.REFUSED),
        )

    def _change(self, event: e.EventName, change: str, *values: object) -> None:
        """Change the prints of the whole sheet."""
        sql = f"""
            UPDATE print_jobs SET {change} WHERE coalesce(sheet, id) =
            (SELECT coalesce(sheet, id) FROM print_jobs WHERE event=?)"""  # noqa: S608  # ours
        with self._database.transaction():
            self._database.run(sql, (*values, str(event)))

    def _where(self, condition: str, marks: Iterable[object]) -> list[PrintJob]:
        rows = self._database.rows(
            f"SELECT {_COLUMNS} {_FROM} WHERE {condition} ORDER BY print_jobs.id",
            tuple(marks),
        )
        return [_job(row) for row in rows]


def _job(row: Row) -> PrintJob:
    event, about, form, paper, mark, printer, job, state, reason, at, sheet = row
    return PrintJob(
        e.EventName.parse(event), e.EventName.parse(about), form, paper, mark, printer, job,
        PrintState(state), reason, datetime.fromtimestamp(at, VIETNAM), sheet,
    )  # fmt: skip
