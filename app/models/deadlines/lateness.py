"""Says how late a dossier is, or how long it has left, in the one unit an officer thinks in."""

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from app.models.deadlines.calendar import DAY, Calendar, vietnam_time

MINUTE = dt.timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Lateness:
    """Whole working days; `minutes` of working time only below one day."""

    late: bool
    days: int = 0
    minutes: int = 0

    def text(self) -> str:
        """As in "Quá 2 ngày làm việc", "Quá 2 giờ 25 phút"; what is left says the span alone."""
        span = f"{self.days} ngày làm việc" if self.days else spoken_minutes(self.minutes)
        if not self.late:
            return span
        return f"Quá {span}" if self.days or self.minutes else "Quá hạn"


def overdue(left: Lateness) -> str:
    """As within a sentence: "đã quá hạn 2 ngày làm việc", "đã quá hạn"."""
    span = Lateness(False, left.days, left.minutes).text() if left.days or left.minutes else ""
    return f"đã quá hạn {span}".rstrip()


def lateness(due: dt.datetime, at: dt.datetime, calendar: Calendar) -> Lateness:
    """How far `at` lies beyond `due`; nothing when it does not."""
    if at <= due:
        return Lateness(late=False)
    return Lateness(True, *_working_span(due, at, calendar))


def remaining(now: dt.datetime, due: dt.datetime, calendar: Calendar) -> Lateness:
    """What is left until `due`, in the units of lateness; past it, how late it is."""
    if now > due:
        return lateness(due, now, calendar)
    return Lateness(False, *_working_span(now, due, calendar))


def kept(due: dt.datetime, done: dt.datetime) -> Literal["early", "on_time", "late"]:
    """How a promise was kept: before its day, on it by its hour, or past it."""
    if done > due:
        return "late"
    return "early" if vietnam_time(done).date() < vietnam_time(due).date() else "on_time"


def apology_by(due: dt.datetime, calendar: Calendar) -> dt.date:
    """The last day to apologise and give the new date: 1 day before expiry, office open.

    NĐ 61/2018/NĐ-CP Đ.19.9. Due Wednesday with Tuesday a holiday: Monday.
    """
    day = vietnam_time(due).date() - DAY
    while not calendar.sessions_on(day):
        day -= DAY
    return day


def spoken_minutes(minutes: int) -> str:
    """As in "2 giờ 25 phút", "2 giờ", "25 phút"."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{rest} phút"
    return f"{hours} giờ {rest} phút" if rest else f"{hours} giờ"


def _working_span(start: dt.datetime, end: dt.datetime, calendar: Calendar) -> tuple[int, int]:
    """Working days begun since the day of `start`; if none, working minutes."""
    start, end = vietnam_time(start), vietnam_time(end)
    first = start.date()
    working = calendar.working_days_between(first, end.date())
    if working or not calendar.is_working_day(first):
        return working, 0
    worked = (
        max(dt.timedelta(), min(end, closing) - max(start, opening))
        for opening, closing in calendar.half_days(first)
    )
    return 0, sum(worked, dt.timedelta()) // MINUTE
