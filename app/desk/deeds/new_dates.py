"""Who needs a new date: what will be late at whose step, and what a new calendar has moved."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

from app.desk.deeds.promising import moved, suggested
from app.desk.profiles import profile_of
from app.models.deadlines.calendar import VIETNAM, Calendar, at_hour
from app.models.deadlines.deadline import DeadlinePolicy, until
from app.models.deadlines.lateness import apology_by
from app.models.dossiers.dossier import Dossier
from app.models.events import facts
from app.store.reading.dossiers import DossierRow
from app.store.store import Store

FAR = datetime(2200, 1, 1, tzinfo=VIETNAM)


@dataclass(frozen=True, slots=True)
class OwedApology:
    """An apology nobody has signed yet, as far as it can be drafted.

    `by` is the last day it is in time; `reason` stays empty until the resolver has written it.
    """

    row: DossierRow
    by: date
    holder: str
    suggested: datetime
    reason: str
    late: bool


@dataclass(frozen=True, slots=True)
class Moved:
    """A dossier whose date the calendar has moved: the promised one and the one it now gives."""

    row: DossierRow
    old: datetime
    new: facts.Promise


class NewDates:
    """Reads only; the dates themselves are given by deeds."""

    def __init__(self, store: Store, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._clock = clock

    def apologies(self, ahead: int = 1) -> list[OwedApology]:
        """What must be apologised for by today, has not been, or must be within `ahead` open days.

        A result due too soon after reception for any apology (NĐ 61/2018 Đ.19.9) is named once it
        is late. The most pressing first.
        """
        now, calendar = self._clock(), self._store.standing.calendar()
        last = now.date()
        for _ in range(ahead):
            last = calendar.next_open_day(last)
        before = at_hour(calendar.next_working_day(last), time.max)
        names = self._store.standing.names()
        owed = (
            self._owed(row, now, calendar, names)
            for row in self._store.dossiers.late(before)
            if not row.apologised and _is_owed(row, last, now, calendar)
        )
        return sorted(owed, key=lambda one: (one.by, one.row.first_due, one.row.code))

    def by_calendar(self) -> list[Moved]:
        """The running dossiers whose date isn't the one the calendar now gives, by promised date."""
        calendar, unit = self._store.standing.calendar(), self._store.standing.policy()
        rows = sorted(self.running(), key=lambda row: (row.due, row.code))
        return list(self._moved(rows, calendar, unit))

    def running(self) -> list[DossierRow]:
        """The dossiers that have a date a new calendar may move."""
        return self._store.dossiers.late(FAR)

    def moved_among(
        self, rows: Iterable[DossierRow], calendar: Calendar, unit: DeadlinePolicy
    ) -> int:
        """How many of them `by_calendar` would name."""
        return sum(1 for _ in self._moved(rows, calendar, unit))

    def offered(self, dossier: Dossier) -> datetime:
        """The date an apology may promise: what the resolver asked for, else a few days on."""
        if dossier.delay and dossier.delay.due:
            return dossier.delay.due
        policy = self._policy(dossier, self._store.standing.policy())
        return suggested(dossier.due, self._clock(), self._store.standing.calendar(), policy)

    def last_of(self, day: date) -> datetime:
        """The hour of that day until which results are returned."""
        standing = self._store.standing
        return until(day, standing.policy().return_by, standing.calendar())

    def is_moved(self, dossier: Dossier) -> bool:
        """Whether the calendar now gives this dossier another date than the promised one."""
        standing = self._store.standing
        policy = self._policy(dossier, standing.policy())
        return dossier.runs and moved(dossier, standing.calendar(), policy) is not None

    # --- inside -----------------------------------------------------------------------------------

    def _owed(
        self, row: DossierRow, now: datetime, calendar: Calendar, names: dict[str, str]
    ) -> OwedApology:
        dossier = self._dossier(row)
        return OwedApology(
            row=row,
            by=apology_by(row.first_due, calendar),
            holder=names.get(row.holder, row.holder),
            suggested=self.offered(dossier),
            reason=dossier.delay.reason if dossier.delay else "",
            late=now > row.first_due,
        )

    def _moved(
        self, rows: Iterable[DossierRow], calendar: Calendar, unit: DeadlinePolicy
    ) -> Iterator[Moved]:
        for row in rows:
            dossier = self._dossier(row)
            new = moved(dossier, calendar, self._policy(dossier, unit))
            if new is not None:
                yield Moved(row, dossier.due, new)

    def _policy(self, dossier: Dossier, unit: DeadlinePolicy) -> DeadlinePolicy:
        return profile_of(dossier).under(unit)

    def _dossier(self, row: DossierRow) -> Dossier:
        dossier = self._store.dossiers.opened(row.name).dossier
        assert dossier is not None
        return dossier


def _is_owed(row: DossierRow, last: date, now: datetime, calendar: Calendar) -> bool:
    by = apology_by(row.first_due, calendar)
    return row.first_due < now or (row.received_at.date() <= by <= last)
