"""A limit, the appointment it leads to, and how its reasons are told day by day."""

import datetime as dt
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from typing import NamedTuple

from app.models.deadlines.calendar import WEEKDAYS

# How an event keeps the reasons: first day, last day (ISO), counted 0 or 1, rule.
Range = tuple[str, str, int, str]

WEEKLY_REST = "nghỉ hằng tuần"
ORDINAL = " thứ "


class LimitUnit(StrEnum):
    """What a limit is counted in."""

    WORKING_DAY = "working_day"
    CALENDAR_DAY = "calendar_day"
    WORKING_HOUR = "working_hour"
    SAME_DAY = "same_day"


@dataclass(frozen=True, slots=True)
class Limit:
    """How long a dossier may take: the number, its unit, the words printed, and their article."""

    value: int
    unit: LimitUnit
    phrase: str
    article: str


@dataclass(frozen=True, slots=True)
class Step:
    """A half-day, or part of one, that counted or did not, with the rule and its article."""

    start: dt.datetime
    end: dt.datetime
    counted: bool
    rule: str
    article: str = ""


@dataclass(frozen=True, slots=True)
class Appointment:
    """The promised instant and its reasons; the counted steps sum to the limit.

    `received_at` is the instant the count begins from: after a restart, the supplement's.
    """

    due: dt.datetime
    limit: Limit
    received_at: dt.datetime
    steps: tuple[Step, ...]
    warnings: tuple[str, ...]


class DayLine(NamedTuple):
    """One line of the explanation; `date` is the first day it speaks of."""

    date: dt.date
    counted: bool
    text: str


class _Run(NamedTuple):
    """Consecutive days under one rule."""

    first: dt.date
    last: dt.date
    counted: bool
    rule: str


def days(appointment: Appointment) -> tuple[DayLine, ...]:
    """A line for each day; days off in a row under one rule share theirs.

    "Thứ Hai 23/11 — ngày nhận, không tính", "Thứ Ba 24/11 — Ngày Văn hóa Việt Nam", …
    """
    return tuple(_line(run) for run in _runs(appointment, _day_or_rule))


def compact(appointment: Appointment) -> tuple[Range, ...]:
    """The same as ranges of days without a gap, short enough to live in an event."""
    return tuple(
        (run.first.isoformat(), run.last.isoformat(), int(run.counted), run.rule)
        for run in _runs(appointment, _series)
    )


def lines(ranges: Iterable[Range]) -> tuple[DayLine, ...]:
    """What `compact` kept, for the eye: a line for each range."""
    return tuple(
        _line(_Run(dt.date.fromisoformat(first), dt.date.fromisoformat(last), bool(counted), rule))
        for first, last, counted, rule in ranges
    )


def _per_day(steps: Iterable[Step]) -> Iterator[_Run]:
    for day, group in groupby(steps, key=lambda step: step.start.date()):
        halves = tuple(group)
        rules = dict.fromkeys(
            WEEKLY_REST if half.rule in WEEKDAYS else half.rule for half in halves
        )
        yield _Run(day, day, any(half.counted for half in halves), "; ".join(rules))


def _runs(appointment: Appointment, key: Callable[[_Run], Hashable]) -> Iterator[_Run]:
    for _, group in groupby(_per_day(appointment.steps), key):
        run = tuple(group)
        first, last = run[0], run[-1]
        rule = first.rule
        if last.rule != rule:
            rule = f"{rule}–{last.rule.partition(ORDINAL)[2]}"
        yield _Run(first.first, last.last, first.counted, rule)


def _day_or_rule(day: _Run) -> Hashable:
    return day.first if day.counted else day.rule


def _series(day: _Run) -> Hashable:
    """Counted days whose rules differ by their ordinal alone belong together."""
    series, _, nth = day.rule.partition(ORDINAL)
    return (day.counted, series if nth.isdigit() else day.rule)


def _line(run: _Run) -> DayLine:
    span = _day_name(run.first)
    if run.last != run.first:
        span = f"{span} đến {_day_name(run.last)}"
    rule = run.rule.replace("ngày làm việc thứ", "ngày thứ")
    return DayLine(run.first, run.counted, f"{span} — {rule}")


def _day_name(day: dt.date) -> str:
    return f"{WEEKDAYS[day.weekday()]} {day.day}/{day.month}"
