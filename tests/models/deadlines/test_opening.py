"""The hours a unit says for each day of the week, as typed, as kept and as counted."""

from datetime import date, time

import pytest

from app.models.deadlines.calendar import Calendar
from app.models.deadlines.opening import SHIPPED, known_hours, read_hours, written_hours
from app.models.errors import BadInput
from app.models.events.event import UnitDescribed
from app.models.unit.describing import opened

WEEK = ("7h-11h30, 13:30 - 17:00",) * 5
MORNING = ((time(7, 30), time(11, 30)),)
SATURDAY = date(2026, 11, 28)


def test_saturday_receives_and_counts_in_no_limit() -> None:
    calendar = Calendar({}, read_hours((*WEEK, "7:30-11:30", "")))
    assert calendar.sessions_on(SATURDAY) == MORNING
    assert not calendar.is_working_day(SATURDAY)
    assert calendar.sessions_on(date(2026, 11, 29)) == ()


def test_each_day_has_its_own_hours_and_what_is_written_reads_the_same() -> None:
    hours = read_hours((*WEEK[:4], "7:00–11:00", "", ""))
    assert hours.on(4) == ((time(7), time(11)),)
    assert read_hours(written_hours(hours)) == hours
    assert written_hours(hours)[0] == "07:00-11:30 13:30-17:00"


def test_the_hours_that_ship_are_not_written_down() -> None:
    unit = opened(UnitDescribed("A"), (*WEEK, "", ""))
    assert unit.hours != ()
    assert opened(unit, written_hours(SHIPPED)).hours == opened(unit, ()).hours == ()


@pytest.mark.parametrize(
    ("day", "words", "sentence"),
    [
        (0, "", "Thứ Hai là ngày làm việc"),
        (4, "sáng", "Không đọc được giờ “sáng”"),
        (5, "7:30-11:30 nhé", "Không đọc được giờ"),
        (1, "25:00-26:00", "Không đọc được giờ"),
        (2, "13:30-17:00, 7:30-11:30", "nối tiếp nhau"),
    ],
)
def test_what_is_wrong_is_said_of_its_own_day(day: int, words: str, sentence: str) -> None:
    said = [*WEEK, "", ""]
    said[day] = words
    with pytest.raises(BadInput, match=sentence) as wrong:
        read_hours(said)
    assert wrong.value.field == f"hours_{day}"


def test_what_another_counter_said_and_nobody_can_read_are_the_hours_that_ship() -> None:
    assert known_hours(("?",)) == SHIPPED
