"""The calendar knows which days count, when the counter is open, and what nobody has decided."""

from dataclasses import replace
from datetime import UTC, date, time

import pytest

from app import clock
from app.models.deadlines.calendar import VIETNAM, DayKind, OpeningHours, SpecialDay
from app.models.errors import BadInput
from tests.models.official_calendar import ALL_CONFIRMED, OFFICIAL, SATURDAY_MORNINGS, at

SATURDAY = date(2026, 11, 28)


@pytest.mark.parametrize(
    ("day", "working"),
    [
        ("27/11/2026", True),
        ("28/11/2026", False),
        ("24/11/2026", False),
        ("26/04/2025", True),
        ("10/01/2026", True),
        ("22/08/2026", True),
        ("31/08/2026", False),
        ("27/04/2026", False),
        ("05/02/2027", True),  # Tết 2027 is not confirmed
        ("10/02/2027", True),
    ],
)
def test_holidays_and_swaps_decide_before_the_weekday(day: str, working: bool) -> None:
    assert OFFICIAL.is_working_day(at(f"{day} 00:00").date()) is working


def test_a_confirmed_day_counts() -> None:
    assert not ALL_CONFIRMED.is_working_day(date(2027, 2, 5))


def test_a_storm_closes_the_commune() -> None:
    storm = SpecialDay(date(2026, 9, 24), DayKind.LOCAL_OFF, "Bão số 9", "QĐ của UBND xã", True)
    local = replace(OFFICIAL, special={**OFFICIAL.special, storm.date: storm})
    assert local.why_off(storm.date) == "Bão số 9"
    assert local.next_working_day(date(2026, 9, 23)) == date(2026, 9, 25)
    assert not local.is_open(at("24/09/2026 09:00"))


@pytest.mark.parametrize(
    ("day", "why", "source"),
    [
        (date(2026, 11, 24), "Ngày Văn hóa Việt Nam", "NQ 28/2026/QH16 Đ.2 (hiệu lực 1/7/2026)"),
        (date(2026, 4, 26), "Giỗ Tổ Hùng Vương", "BLLĐ 2019 Đ.112 (10/3 âm lịch)"),
        (SATURDAY, "Thứ Bảy", "BLLĐ 2019 Đ.111"),
        (date(2026, 11, 29), "Chủ nhật", "BLLĐ 2019 Đ.111"),
        (date(2026, 11, 30), "", ""),
    ],
)
def test_a_day_off_says_why(day: date, why: str, source: str) -> None:
    assert OFFICIAL.why_off(day) == why
    assert OFFICIAL.source_on(day) == source


@pytest.mark.parametrize(
    ("instant", "is_open"),
    [
        ("30/11/2026 07:29", False),
        ("30/11/2026 07:30", True),
        ("30/11/2026 11:30", False),
        ("30/11/2026 13:30", True),
        ("30/11/2026 17:00", False),
        ("28/11/2026 09:00", False),
        ("24/11/2026 09:00", False),
        ("22/08/2026 16:00", True),
    ],
)
def test_is_open_in_its_sessions(instant: str, is_open: bool) -> None:
    assert OFFICIAL.is_open(at(instant)) is is_open
    assert OFFICIAL.is_open(at(instant).astimezone(UTC)) is is_open


def test_open_on_saturday_morning_is_not_a_working_day() -> None:
    assert SATURDAY_MORNINGS.is_open(at("28/11/2026 09:00"))
    assert not SATURDAY_MORNINGS.is_open(at("28/11/2026 14:00"))
    assert not SATURDAY_MORNINGS.is_working_day(SATURDAY)


def test_a_swapped_saturday_has_a_full_day() -> None:
    assert SATURDAY_MORNINGS.is_open(at("22/08/2026 16:00"))


def test_the_neighbouring_working_days_leap_over_tet() -> None:
    assert OFFICIAL.next_working_day(date(2026, 2, 13)) == date(2026, 2, 23)
    assert OFFICIAL.working_day_before(date(2026, 2, 23)) == date(2026, 2, 13)


def test_unconfirmed_days_are_found_at_both_ends() -> None:
    found = OFFICIAL.unconfirmed_between(date(2027, 2, 9), date(2027, 2, 10))
    assert [day.date.day for day in found] == [9, 10]
    assert not OFFICIAL.unconfirmed_between(date(2026, 1, 1), date(2027, 2, 4))


def test_the_domain_and_the_clock_agree_on_the_zone() -> None:
    assert VIETNAM == clock.VIETNAM


@pytest.mark.parametrize(
    "sessions",
    [
        (),
        ((time(11), time(7)),),
        ((time(7), time(12)), (time(11), time(17))),
    ],
)
def test_refuses_hours_that_are_none(sessions: tuple[tuple[time, time], ...]) -> None:
    with pytest.raises(BadInput, match="Giờ mở cửa"):
        OpeningHours(sessions)
    with pytest.raises(BadInput, match="Giờ mở cửa"):
        OpeningHours(own_sessions={5: sessions})


@pytest.mark.parametrize("working", [frozenset[int](), frozenset({5})])
def test_a_working_day_is_an_open_day(working: frozenset[int]) -> None:
    with pytest.raises(BadInput, match="ngày mở cửa"):
        OpeningHours(working_weekdays=working)
