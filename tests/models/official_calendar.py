"""The calendar that ships with the program, for the tests of deadlines."""

import csv
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime

import resources
from app.models.deadlines.calendar import VIETNAM, Calendar, DayKind, OpeningHours, SpecialDay


def at(text: str) -> datetime:
    """As in at("30/11/2026 14:59"), in Vietnam."""
    return datetime.strptime(text, "%d/%m/%Y %H:%M").replace(tzinfo=VIETNAM)


def special_days() -> Mapping[date, SpecialDay]:
    with resources.path("calendar/holidays.csv").open(encoding="utf-8", newline="") as file:
        rows = [
            SpecialDay(
                date.fromisoformat(row["date"]),
                DayKind(row["kind"]),
                row["name"],
                row["source"],
                confirmed=row["confirmed"] == "yes",
            )
            for row in csv.DictReader(file)
        ]
    return {row.date: row for row in rows}


OFFICIAL = Calendar(special_days(), version="2026-11-22")
ALL_CONFIRMED = replace(
    OFFICIAL, special={day.date: replace(day, confirmed=True) for day in OFFICIAL.special.values()}
)
SATURDAY_MORNINGS = replace(
    OFFICIAL,
    hours=OpeningHours(
        open_weekdays=frozenset(range(6)), own_sessions={5: OpeningHours().sessions[:1]}
    ),
)
