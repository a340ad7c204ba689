"""How many dossiers a new calendar gives another date, counted no oftener than that can change."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from app.desk.desk import Desk
from app.models.deadlines.calendar import Calendar
from app.sync.reached import Do, in_slices

STAYS_TRUE = timedelta(hours=1)
"""For so long a calendar that moved nothing isn't asked again: asking reads every open dossier."""
GROWS_OLD = timedelta(minutes=1)
"""And one that moved some: deeds make them fewer."""
AT_ONCE = 100  # dossiers, some ten milliseconds


@dataclass(frozen=True)
class MovedByCalendar:
    """How many dossiers had another date by this calendar, when they were counted."""

    count: int
    calendar: Calendar
    at: datetime


def count_moved(desk: Desk, do: Do, known: MovedByCalendar | None) -> MovedByCalendar:
    """The count anew, unless it was made lately by the same calendar.

    For a lane beside the desk: `do` does each slice there, and deeds come between two.
    """
    calendar, now = do(desk.store.standing.calendar), desk.clock()
    stays = GROWS_OLD if known and known.count else STAYS_TRUE
    if known and known.calendar == calendar and now - known.at < stays:
        return known
    rows, unit = do(desk.new_dates.running), do(desk.store.standing.policy)
    moved = partial(desk.new_dates.moved_among, calendar=calendar, unit=unit)
    count = sum(in_slices(do, moved, rows, AT_ONCE))
    return MovedByCalendar(count, calendar, now)
