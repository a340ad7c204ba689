"""How many dossiers a new calendar gives another date, counted no oftener than that can change."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from app.desk.desk import Desk
from app.models.deadlines.calendar import Calendar

STAYS_TRUE = timedelta(hours=1)
"""For so long a calendar that moved nothing isn't asked again: asking reads every open dossier."""


@dataclass(frozen=True)
class MovedByCalendar:
    """How many dossiers had another date by this calendar, when they were counted."""

    count: int
    calendar: Calendar
    at: datetime


def count_moved(desk: Desk, known: MovedByCalendar | None) -> MovedByCalendar:
    """The count anew, unless by the same calendar there were none lately; at the desk only."""
    calendar, now = desk.store.standing.calendar(), desk.clock()
    if known and not known.count and known.calendar == calendar and now - known.at < STAYS_TRUE:
        return known
    return MovedByCalendar(len(desk.new_dates.by_calendar()), calendar, now)
