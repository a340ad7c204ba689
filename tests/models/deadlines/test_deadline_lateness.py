"""Lateness and what is left are told in one unit; an apology comes a day before expiry."""

import pytest

from app.models.deadlines.calendar import Calendar
from app.models.deadlines.deadline import Lateness, apology_by, lateness, remaining
from app.models.deadlines.lateness import kept
from tests.models.official_calendar import OFFICIAL, SATURDAY_MORNINGS, at


@pytest.mark.parametrize(
    ("due", "now", "text"),
    [
        ("19/11/2026 16:30", "23/11/2026 14:05", "Quá 2 ngày làm việc"),  # T6 20, T2 23
        ("20/11/2026 16:30", "23/11/2026 14:05", "Quá 1 ngày làm việc"),  # T2 23
        ("23/11/2026 16:30", "24/11/2026 09:00", "Quá 30 phút"),  # 24/11 off
        ("23/11/2026 16:30", "25/11/2026 07:00", "Quá 1 ngày làm việc"),  # T4 25
        ("13/02/2026 16:30", "22/02/2026 12:00", "Quá 30 phút"),  # Tết doesn't make it later
        ("30/11/2026 09:00", "30/11/2026 14:00", "Quá 3 giờ"),  # 2 h 30 and 30 min, no lunch
        ("30/11/2026 09:05", "30/11/2026 11:30", "Quá 2 giờ 25 phút"),
        ("30/11/2026 16:30", "30/11/2026 20:00", "Quá 30 phút"),  # closed at 17:00
        ("30/11/2026 17:00", "30/11/2026 20:00", "Quá hạn"),
        ("28/11/2026 09:00", "29/11/2026 14:00", "Quá hạn"),  # no hour of a T7 or CN counts
    ],
)
def test_lateness_is_working_days_or_below_one_working_hours(due: str, now: str, text: str) -> None:
    assert lateness(at(due), at(now), OFFICIAL).text() == text
    assert remaining(at(now), at(due), OFFICIAL).text() == text


@pytest.mark.parametrize(
    ("now", "due", "text"),
    [
        ("23/11/2026 14:05", "23/11/2026 16:30", "2 giờ 25 phút"),
        ("23/11/2026 14:05", "25/11/2026 16:30", "1 ngày làm việc"),  # 24/11 off
        ("23/11/2026 14:05", "30/11/2026 16:30", "4 ngày làm việc"),  # 25, 26, 27, 30
        ("28/11/2026 09:00", "30/11/2026 16:30", "1 ngày làm việc"),
        ("21/08/2026 09:00", "24/08/2026 16:30", "2 ngày làm việc"),  # T7 22/8 made up
        ("23/11/2026 06:00", "23/11/2026 16:30", "7 giờ"),  # 4 h and 3 h
        ("23/11/2026 16:30", "23/11/2026 16:30", "0 phút"),
    ],
)
def test_what_is_left_is_told_in_the_same_units(now: str, due: str, text: str) -> None:
    assert remaining(at(now), at(due), OFFICIAL).text() == text


def test_on_time_to_the_minute_is_not_late() -> None:
    due = at("23/11/2026 16:30")
    assert lateness(due, due, OFFICIAL) == Lateness(late=False, days=0, minutes=0)


@pytest.mark.parametrize(
    ("done", "how"),
    [
        ("27/11/2026 17:00", "early"),
        ("30/11/2026 07:30", "on_time"),
        ("30/11/2026 16:30", "on_time"),
        ("30/11/2026 16:31", "late"),
    ],
)
def test_a_promise_is_kept_before_its_day_or_up_to_its_very_minute(done: str, how: str) -> None:
    assert kept(at("30/11/2026 16:30"), at(done)) == how


@pytest.mark.parametrize(
    ("due", "calendar", "by"),
    [
        ("25/11/2026 16:30", OFFICIAL, "23/11/2026 00:00"),  # 24/11 off
        ("27/11/2026 16:30", OFFICIAL, "26/11/2026 00:00"),
        ("30/11/2026 16:30", OFFICIAL, "27/11/2026 00:00"),
        ("30/11/2026 16:30", SATURDAY_MORNINGS, "28/11/2026 00:00"),  # the office is open on T7
        ("23/02/2026 16:30", OFFICIAL, "13/02/2026 00:00"),  # before Tết
        ("24/08/2026 16:30", OFFICIAL, "22/08/2026 00:00"),  # the made-up T7
    ],
)
def test_an_apology_comes_a_day_before_expiry_with_the_office_open(
    due: str, calendar: Calendar, by: str
) -> None:
    """NĐ 61/2018/NĐ-CP Đ.19.9."""
    assert apology_by(at(due), calendar) == at(by).date()
