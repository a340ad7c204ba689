"""Counts dossiers as Biểu số II.06a/VPCP/KSTT does: taken on, solved, under way, each once."""

from calendar import monthrange
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.models.counts import Counts
from app.models.deadlines.lateness import kept
from app.models.dossiers.dossier import Dossier
from app.models.dossiers.fold import in_order
from app.models.dossiers.lifecycle import Status
from app.models.events import event as e

_CUT_OFF = 15
"""The day of its last month on which the next quarter begins."""


_ROMAN = ("", "I", "II", "III", "IV")


@dataclass(frozen=True, slots=True)
class Tally(Counts):
    """A line of the form: what was taken on by how it came, what became of it by its promise.

    The sums are the form's own (thông tư 01/2020/TT-VPCP): (3) = (4) + (5) + (6) = (7) + (11).
    """

    online: int = 0
    in_person: int = 0
    carried: int = 0
    early: int = 0
    on_time: int = 0
    late: int = 0
    within: int = 0
    overdue: int = 0

    @property
    def taken_on(self) -> int:
        """Column 3."""
        return self.online + self.in_person + self.carried

    @property
    def solved(self) -> int:
        """Column 7."""
        return self.early + self.on_time + self.late

    @property
    def under_way(self) -> int:
        """Column 11."""
        return self.within + self.overdue


def quarter_of(day: date) -> tuple[date, date]:
    """The first and last day of the reporting quarter a day lies in: 15/12–14/3, 15/3–14/6, …

    As nghị định 09/2019/NĐ-CP has them; no text that was read says so of this report. A unit told
    other days types them.
    """
    months = day.year * 12 + day.month - (day.day < _CUT_OFF)
    first = months - months % 3
    return _the_15th(first), _the_15th(first + 3) - timedelta(days=1)


def period_named(since: date, until: date) -> str:
    """As "Quý IV/Năm 2026" or "Năm 2026", of those days or the calendar's; "" of any others."""
    year, month = until.year, until.month
    quarters = {quarter_of(until), (date(year, max(1, month - 2), 1), _last_day(year, month))}
    if month % 3 == 0 and (since, until) in quarters:
        return f"Quý {_ROMAN[month // 3]}/Năm {year}"
    years = {
        (date(year - 1, 12, _CUT_OFF), date(year, 12, _CUT_OFF - 1)),
        (date(year, 1, 1), date(year, 12, 31)),
    }
    return f"Năm {year}" if (since, until) in years else ""


def as_it_stood(events: Collection[e.Event], at: datetime) -> list[e.Event]:
    """What had happened by `at`, with all that it rests on."""
    wanted = {event.name for event in events if event.at <= at}
    for event in reversed(in_order(events)):
        if event.name in wanted:
            wanted.update(event.saw)
    return [event for event in events if event.name in wanted]


def tally(dossier: Dossier, since: datetime, until: datetime) -> Tally | None:
    """The one of a dossier as it stood at `until`; None where the span has nothing of it.

    Before its time is before the day of the appointment, late is after the appointment. What waits
    for the citizen is within its time, and who withdraws in time was served in time (the notes of
    the printed form).
    """
    ended = _ended(dossier)
    outside = dossier.received_at > until or (ended is not None and ended < since)
    if outside or dossier.status is Status.VOIDED:
        return None
    came = "carried"
    if dossier.received_at >= since:
        came = "online" if dossier.received.channel == "online" else "in_person"
    return Tally(**{came: 1, _stands(dossier, ended, until): 1})


def _last_day(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _the_15th(months: int) -> date:
    """Of a month counted from the year 0, whose own is 12."""
    year, month = divmod(months - 1, 12)
    return date(year, month + 1, _CUT_OFF)


def _ended(dossier: Dossier) -> datetime | None:
    """When the work on it came to its end, though its result may wait for the citizen."""
    if dossier.status in (Status.WITHDRAWN, Status.STOPPED) and dossier.closing:
        return dossier.closing.at
    return dossier.resolved_at


def _stands(dossier: Dossier, ended: datetime | None, until: datetime) -> str:
    due = dossier.first_due
    if ended is None:
        return "overdue" if dossier.runs and due < until else "within"
    how = kept(due, ended)
    return "on_time" if how == "early" and dossier.resolved_at is None else how
