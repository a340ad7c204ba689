"""Says which days count and when the counter is open: special days, opening hours, horizon."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from app.models.errors import BadInput

# Vietnam has kept UTC+7 without daylight saving since 1975; a fixed offset needs no tzdata.
VIETNAM = dt.timezone(dt.timedelta(hours=7), "Asia/Ho_Chi_Minh")
DAY = dt.timedelta(days=1)
# In the order of `date.weekday()`.
WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")
MONDAY_TO_FRIDAY = frozenset(range(5))

Session = tuple[dt.time, dt.time]
HalfDay = tuple[dt.datetime, dt.datetime]


def vietnam_time(instant: dt.datetime) -> dt.datetime:
    """The same instant on Vietnam's clocks; ValueError when it carries no zone."""
    if instant.tzinfo is None:
        raise ValueError(f"an instant without a zone: {instant!r}")
    return instant.astimezone(VIETNAM)


class DayKind(StrEnum):
    """Why a day is special (BLLĐ 2019 Đ.111–112, the yearly decisions, the commune itself)."""

    HOLIDAY = "holiday"
    COMPENSATION = "compensation"
    SWAP_OFF = "swap_off"
    SWAP_WORK = "swap_work"
    LOCAL_OFF = "local_off"  # storm, flood


@dataclass(frozen=True, slots=True)
class SpecialDay:
    """One row of the holiday table; it counts for nothing until it is confirmed."""

    date: dt.date
    kind: DayKind
    name: str
    source: str
    confirmed: bool


@dataclass(frozen=True)
class OpeningHours:
    """When the counter is open; weekdays as `date.weekday()`, 0 for Monday.

    `open_weekdays` can receive, `working_weekdays` also count in a deadline: a commune open on
    Saturday mornings has 5 in the first and {5: ((7:30, 11:30),)} in `own_sessions`.
    """

    sessions: tuple[Session, ...] = (
        (dt.time(7, 30), dt.time(11, 30)),
        (dt.time(13, 30), dt.time(17)),
    )
    open_weekdays: frozenset[int] = MONDAY_TO_FRIDAY
    working_weekdays: frozenset[int] = MONDAY_TO_FRIDAY
    own_sessions: Mapping[int, tuple[Session, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for sessions in (self.sessions, *self.own_sessions.values()):
            hours = [hour for session in sessions for hour in session]
            if not hours or hours != sorted(set(hours)):
                raise BadInput(
                    "Giờ mở cửa phải có ít nhất một buổi, các buổi nối tiếp nhau và không chồng lên nhau.",
                    "sessions",
                )
        if not self.working_weekdays or not self.working_weekdays <= self.open_weekdays:
            raise BadInput(
                "Mỗi ngày làm việc trong tuần phải là ngày mở cửa, và phải có ít nhất một ngày.",
                "working_weekdays",
            )

    def on(self, weekday: int) -> tuple[Session, ...]:
        """The sessions of an ordinary week's day; none when the counter is closed."""
        if weekday not in self.open_weekdays:
            return ()
        return self.own_sessions.get(weekday, self.sessions)


@dataclass(frozen=True)
class Calendar:
    """The days and hours of one unit; its special days cover `beginning` to `horizon`."""

    special: Mapping[dt.date, SpecialDay]
    hours: OpeningHours = field(default_factory=OpeningHours)
    beginning: dt.date = dt.date(2024, 1, 1)
    horizon: dt.date = dt.date(2027, 12, 31)
    version: str = ""

    def confirmed(self, day: dt.date) -> SpecialDay | None:
        """What makes `day` special, if anybody has confirmed it."""
        found = self.special.get(day)
        return found if found is not None and found.confirmed else None

    def is_working_day(self, day: dt.date) -> bool:
        """Whether `day` counts in a limit of working days."""
        special = self.confirmed(day)
        if special is not None:
            return special.kind is DayKind.SWAP_WORK
        return day.weekday() in self.hours.working_weekdays

    def working_days_between(self, first: dt.date, last: dt.date) -> int:
        """How many working days come after `first` and not after `last`."""
        weeks, rest = divmod(max(0, (last - first).days), 7)
        usual = self.hours.working_weekdays
        days = weeks * len(usual) + sum(
            (first.weekday() + n) % 7 in usual for n in range(1, rest + 1)
        )
        crossed = (day for day in self.special if first < day <= last)
        return days + sum(self.is_working_day(day) - (day.weekday() in usual) for day in crossed)

    def sessions_on(self, day: dt.date) -> tuple[Session, ...]:
        """When the counter is open on `day`; a swapped Saturday keeps a full day's hours."""
        special = self.confirmed(day)
        if special is None:
            return self.hours.on(day.weekday())
        return self.hours.sessions if special.kind is DayKind.SWAP_WORK else ()

    def half_days(self, day: dt.date) -> tuple[HalfDay, ...]:
        """The half-days of a working day, or those a day off would have had."""
        sessions = self.sessions_on(day) if self.is_working_day(day) else self.hours.sessions
        return tuple((at_hour(day, start), at_hour(day, end)) for start, end in sessions)

    def is_open(self, instant: dt.datetime) -> bool:
        """Whether the counter receives at `instant`."""
        local = vietnam_time(instant)
        return any(start <= local.time() < end for start, end in self.sessions_on(local.date()))

    def why_off(self, day: dt.date) -> str:
        """What takes `day` out of the count: the holiday's name or the weekday; "" if it counts."""
        if self.is_working_day(day):
            return ""
        special = self.confirmed(day)
        return special.name if special is not None else WEEKDAYS[day.weekday()]

    def source_on(self, day: dt.date) -> str:
        """The text that makes `day` special or a rest day; "" for an ordinary working day."""
        special = self.confirmed(day)
        if special is not None:
            return special.source
        return "" if self.is_working_day(day) else "BLLĐ 2019 Đ.111"

    def unconfirmed_between(self, first: dt.date, last: dt.date) -> tuple[SpecialDay, ...]:
        """The unconfirmed special days from `first` to `last`, both included, in order."""
        waiting = (day for day in self.special.values() if not day.confirmed)
        crossed = (day for day in waiting if first <= day.date <= last)
        return tuple(sorted(crossed, key=lambda day: day.date))

    def next_working_day(self, day: dt.date) -> dt.date:
        """The first working day after `day`."""
        day += DAY
        while not self.is_working_day(day):
            day += DAY
        return day

    def next_open_day(self, day: dt.date) -> dt.date:
        """The first day after `day` on which the counter is open at all."""
        day += DAY
        while not self.sessions_on(day):
            day += DAY
        return day

    def working_day_before(self, day: dt.date) -> dt.date:
        """The last working day before `day`."""
        day -= DAY
        while not self.is_working_day(day):
            day -= DAY
        return day


def at_hour(day: dt.date, hour: dt.time) -> dt.datetime:
    """That hour of that day in Vietnam."""
    return dt.datetime.combine(day, hour, VIETNAM)
