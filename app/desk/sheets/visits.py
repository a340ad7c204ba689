"""Finds who came and left without being received, and what was printed for them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from app.desk.papers.facts import numbered
from app.desk.papers.forms import papers_of_visit
from app.desk.papers.press import Press, copies_of
from app.desk.profiles import profile_at
from app.desk.sheets.books import span
from app.models.events import event as e
from app.store.own.print_jobs import PrintJob
from app.store.store import Store


@dataclass(frozen=True, slots=True)
class Visit:
    """One visit; `papers` are the forms it has, the outcome's own first.

    `times` is how often each was printed on any counter, `prints` what became of this counter's,
    and `copies` what the copies of each printed form are called.
    """

    name: e.EventName
    at: datetime
    officer: str
    outcome: str
    person: str
    procedure_name: str
    number: str
    papers: tuple[str, ...]
    times: Mapping[str, int]
    prints: tuple[PrintJob, ...]
    spoiled: frozenset[tuple[str, int]]
    copies: Mapping[str, tuple[str, ...]]


class Visits:
    """Reads only."""

    def __init__(self, store: Store, name_of: Callable[[str], str], press: Press) -> None:
        self._store, self._name_of, self._press = store, name_of, press

    def of(self, since: date, until: date) -> list[Visit]:
        """The visits of these days, on every counter, the latest first."""
        keyed = self._store.registers.keyed(*span(since, until))
        return [
            self._visit(event, event.body)
            for event in reversed(keyed)
            if isinstance(event.body, e.LeftUnreceived)
        ]

    def _visit(self, event: e.Event, body: e.LeftUnreceived) -> Visit:
        told = event.personal or e.Personal(salt="")
        bodies = [x.event.body for x in self._store.dossiers.opened(event.name).verdicts]
        printed = [each.form for each in bodies if isinstance(each, e.Printed)]
        spoiled = (each for each in bodies if isinstance(each, e.PrintSpoiled))
        prints = tuple(self._press.prints_of(event.name))
        profile = profile_at(event.at).name
        return Visit(
            event.name,
            event.at,
            self._name_of(event.by),
            body.outcome,
            told.applicant.name if told.applicant else "",
            body.procedure_name or told.request,
            numbered(body.slip),
            papers_of_visit(body),
            {form: printed.count(form) for form in dict.fromkeys(printed)},
            prints,
            frozenset((each.printed, each.copy) for each in spoiled),
            {job.form: copies_of(job.form, profile) for job in prints},
        )
