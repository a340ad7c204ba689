"""Deadlines worked out by hand on a wall calendar, each with its article and the reasoning."""

from datetime import time
from typing import NamedTuple

import pytest

from app.models.deadlines.calendar import Calendar
from app.models.deadlines.deadline import (
    DeadlinePolicy,
    Limit,
    LimitUnit,
    Pause,
    appoint,
    resume,
)
from app.models.deadlines.handing_over import hand_over_by
from app.models.errors import BadInput
from tests.models.official_calendar import ALL_CONFIRMED, OFFICIAL, SATURDAY_MORNINGS, at

LAW = DeadlinePolicy()
PAUSE = DeadlinePolicy(supplement="pause")

DAY_0 = "NĐ 61/2018 Đ.18; BLDS 2015 Đ.147"
HOLIDAY = "BLLĐ 2019 Đ.112"
CULTURE_DAY = "NQ 28/2026/QH16 Đ.2"
TET_2024 = "TB 5015/TB-LĐTBXH"
TET_2025 = "TB 6150/TB-BLĐTBXH"
TET_2026 = "TB 9441/TB-BNV"
ROLL = "BLDS 2015 Đ.148"
CIVIL_STATUS = "Luật Hộ tịch 2014 Đ.5.3"
NORMALISED = "giờ mở cửa của đơn vị"
BUNDLE = "NĐ 63/2024/NĐ-CP Đ.7"


def limit(text: str, article: str = "") -> Limit:
    """As in limit("3 working_day")."""
    value, unit = text.split()
    return Limit(int(value), LimitUnit(unit), text, article)


class Case(NamedTuple):
    limit: str
    received: str
    due: str
    source: str
    worked_out: str


WORKING_DAYS = [
    Case("3 working_day", "30/11/2026 14:59", "03/12/2026 16:30", DAY_0, "T2 is day 0; T3 1/12, T4 2/12, T5 3/12"),
    Case("3 working_day", "30/11/2026 15:00", "03/12/2026 16:30", DAY_0, "15:00 moves the hand-over, not the clock"),
    Case("3 working_day", "30/11/2026 15:10", "03/12/2026 16:30", DAY_0, "as at 14:59"),
    Case("3 working_day", "30/11/2026 06:45", "03/12/2026 16:30", DAY_0, "before opening: T2 is still day 0"),
    Case("3 working_day", "30/11/2026 12:15", "03/12/2026 16:30", DAY_0, "at lunch: T2 is still day 0"),
    Case("3 working_day", "30/11/2026 23:59", "03/12/2026 16:30", DAY_0, "after closing: T2 is still day 0"),
    Case("3 working_day", "01/12/2026 00:00", "04/12/2026 16:30", DAY_0, "midnight begins T3: T4, T5, T6"),
    Case("1 working_day", "27/11/2026 16:59", "30/11/2026 16:30", DAY_0, "T6, then the weekend, then T2"),
    Case("1 working_day", "28/11/2026 09:00", "30/11/2026 16:30", DAY_0, "T7 is day 0 though off; T2 is day 1"),
    Case("3 working_day", "29/11/2026 20:00", "02/12/2026 16:30", DAY_0, "CN is day 0; T2 30/11, T3, T4"),
    Case("3 working_day", "23/11/2026 14:05", "27/11/2026 16:30", CULTURE_DAY, "T3 24/11 off; T4, T5, T6 27/11"),
    Case("1 working_day", "23/11/2026 09:00", "25/11/2026 16:30", CULTURE_DAY, "T3 24/11 off; T4"),
    Case("2 working_day", "24/11/2026 09:00", "26/11/2026 16:30", CULTURE_DAY, "day 0 is the holiday itself; T4, T5"),
    Case("5 working_day", "19/11/2026 10:00", "27/11/2026 16:30", CULTURE_DAY, "T6 20, T2 23, T4 25, T5 26, T6 27"),
    Case("3 working_day", "07/02/2024 14:00", "19/02/2024 16:30", TET_2024, "off T5 8 to T4 14; T5 15, T6 16, T2 19"),
    Case("5 working_day", "22/01/2025 08:00", "05/02/2025 16:30", TET_2025, "T5 23, T6 24; off 25/1–2/2; T2 3, T3 4, T4 5"),
    Case("1 working_day", "24/01/2025 10:00", "03/02/2025 16:30", TET_2025, "off 25/1–2/2; T2 3/2"),
    Case("3 working_day", "12/02/2026 15:30", "24/02/2026 16:30", TET_2026, "T6 13; off 14–22; T2 23, T3 24"),
    Case("10 working_day", "09/02/2026 07:30", "02/03/2026 16:30", TET_2026, "T3–T6 10–13 make 4; T2–T6 23–27 make 9; T2 2/3"),
    Case("2 working_day", "18/02/2026 09:00", "24/02/2026 16:30", TET_2026, "received within Tết; T2 23, T3 24"),
    Case("5 working_day", "02/02/2027 09:00", "09/02/2027 16:30", "chưa xác nhận", "T4 3, T5 4, T6 5, T2 8, T3 9: Tết not decided"),
    Case("1 working_day", "29/04/2027 09:00", "03/05/2027 16:30", "chưa xác nhận", "T6 30/4 off, weekend; T2 3/5 not confirmed off"),
    Case("2 working_day", "24/04/2025 09:00", "26/04/2025 16:30", "CV 8726/VPCP-KGVX", "T6 25, T7 26 made up"),
    Case("5 working_day", "24/04/2025 09:00", "05/05/2025 16:30", "CV 8726/VPCP-KGVX", "T6 25, T7 26, T2 28, T3 29; off 30/4–4/5; T2 5/5"),
    Case("3 working_day", "26/04/2024 09:00", "04/05/2024 16:30", "TB 1570/TB-BLĐTBXH", "off 27/4–1/5; T5 2, T6 3, T7 4 made up"),
    Case("6 working_day", "31/12/2025 16:00", "10/01/2026 16:30", "CV 12729/VPCP-KGVX", "off 1–4/1; T2 5 to T6 9 make 5; T7 10 made up"),
    Case("1 working_day", "10/01/2026 10:00", "12/01/2026 16:30", "CV 12729/VPCP-KGVX", "received on the made-up T7; T2 12"),
    Case("8 working_day", "20/08/2026 11:29", "03/09/2026 16:30", TET_2026, "T6 21, T7 22 made up, T2–T6 24–28 make 7; off 29/8–2/9; T5 3/9"),
    Case("4 working_day", "24/04/2026 09:00", "05/05/2026 16:30", "BLLĐ 2019 Đ.111.3", "CN 26/4 made good T2 27; T3 28, T4 29; off 30/4–3/5; T2 4, T3 5"),
    Case("2 working_day", "28/08/2025 09:00", "03/09/2025 16:30", TET_2025, "T6 29; off 30/8–2/9; T4 3/9"),
    Case("1 working_day", "31/12/2025 09:00", "05/01/2026 16:30", "CV 12729/VPCP-KGVX", "T5 1/1 holiday, T6 2/1 swapped off; T2 5/1"),
    Case("3 working_day", "30/12/2026 09:00", "05/01/2027 16:30", HOLIDAY, "T5 31/12; T6 1/1 off; T2 4, T3 5"),
    Case("5 working_day", "30/12/2027 09:00", "06/01/2028 16:30", "ngoài lịch", "T6 31/12; T7 1/1/2028 beyond the calendar; T2 3 to T5 6"),
]  # fmt: skip

CALENDAR_DAYS = [
    Case("10 calendar_day", "16/11/2026 09:00", "26/11/2026 16:30", DAY_0, "16 + 10; the weekend and 24/11 count"),
    Case("5 calendar_day", "16/11/2026 09:00", "23/11/2026 16:30", ROLL, "16 + 5 = T7 21; T2 23"),
    Case("8 calendar_day", "16/11/2026 15:30", "25/11/2026 16:30", ROLL, "16 + 8 = T3 24/11, holiday; T4 25"),
    Case("15 calendar_day", "30/01/2026 09:00", "23/02/2026 16:30", ROLL, "30/1 + 15 = T7 14/2; Tết to 22/2; T2 23/2"),
    Case("15 calendar_day", "07/08/2026 09:00", "22/08/2026 16:30", TET_2026, "7 + 15 = T7 22/8, made up: no roll"),
    Case("30 calendar_day", "01/12/2026 09:00", "31/12/2026 16:30", DAY_0, "1 + 30 = T5 31/12"),
    Case("1 calendar_day", "31/12/2026 09:00", "04/01/2027 16:30", ROLL, "T6 1/1 off, weekend; T2 4/1"),
    Case("45 calendar_day", "18/11/2026 09:00", "04/01/2027 16:30", ROLL, "12 to 30/11, 43 to 31/12, 45 = T7 2/1; T2 4/1"),
    Case("7 calendar_day", "28/11/2026 09:00", "07/12/2026 16:30", ROLL, "T7 28 is day 0; T7 5/12; T2 7/12"),
]  # fmt: skip

SAME_DAY = [
    Case("1 same_day", "30/11/2026 08:00", "30/11/2026 16:30", CIVIL_STATUS, "before 15:00"),
    Case("1 same_day", "30/11/2026 06:50", "30/11/2026 16:30", CIVIL_STATUS, "before opening"),
    Case("1 same_day", "30/11/2026 12:00", "30/11/2026 16:30", CIVIL_STATUS, "at lunch"),
    Case("1 same_day", "30/11/2026 15:00", "30/11/2026 16:30", CIVIL_STATUS, "the last minute: not yet after 15:00"),
    Case("1 same_day", "30/11/2026 15:01", "01/12/2026 16:30", CIVIL_STATUS, "after 15:00: T3"),
    Case("1 same_day", "30/11/2026 18:00", "01/12/2026 16:30", CIVIL_STATUS, "after closing: T3"),
    Case("1 same_day", "27/11/2026 15:10", "30/11/2026 16:30", CIVIL_STATUS, "T6, over the weekend: T2"),
    Case("1 same_day", "23/11/2026 15:01", "25/11/2026 16:30", CULTURE_DAY, "T3 24/11 off: T4"),
    Case("1 same_day", "24/11/2026 10:00", "25/11/2026 16:30", CULTURE_DAY, "received on the holiday: T4"),
    Case("1 same_day", "28/11/2026 09:00", "30/11/2026 16:30", NORMALISED, "received on T7: T2"),
    Case("1 same_day", "22/08/2026 15:00", "22/08/2026 16:30", TET_2026, "a made-up T7 is a working day"),
    Case("1 same_day", "22/08/2026 15:01", "24/08/2026 16:30", TET_2026, "after 15:00: T2"),
    Case("1 same_day", "13/02/2026 16:00", "23/02/2026 16:30", TET_2026, "the last T6 before Tết: T2 23"),
    Case("1 same_day", "31/12/2025 15:01", "05/01/2026 16:30", "CV 12729/VPCP-KGVX", "off 1–4/1: T2 5"),
]  # fmt: skip

HOURS = [
    Case("1 working_hour", "30/11/2026 08:00", "30/11/2026 09:00", NORMALISED, "within the morning"),
    Case("1 working_hour", "30/11/2026 06:00", "30/11/2026 08:30", NORMALISED, "from opening at 7:30"),
    Case("1 working_hour", "30/11/2026 11:00", "30/11/2026 14:00", NORMALISED, "30 min to 11:30, 30 from 13:30"),
    Case("1 working_hour", "30/11/2026 11:30", "30/11/2026 14:30", NORMALISED, "lunch begins at 11:30"),
    Case("1 working_hour", "30/11/2026 12:00", "30/11/2026 14:30", NORMALISED, "from 13:30"),
    Case("4 working_hour", "30/11/2026 07:30", "30/11/2026 11:30", NORMALISED, "the whole morning, not 13:30"),
    Case("1 working_hour", "30/11/2026 15:10", "30/11/2026 16:10", DAY_0, "15:00 moves no limit in hours"),
    Case("2 working_hour", "30/11/2026 15:30", "01/12/2026 08:00", NORMALISED, "90 min to 17:00, 30 on T3"),
    Case("1 working_hour", "30/11/2026 17:00", "01/12/2026 08:30", NORMALISED, "closed at 17:00; T3 7:30"),
    Case("8 working_hour", "27/11/2026 16:00", "30/11/2026 16:30", NORMALISED, "1 h on T6; T2 4 + 3 h"),
    Case("1 working_hour", "28/11/2026 09:00", "30/11/2026 08:30", NORMALISED, "T7: from T2 7:30"),
    Case("4 working_hour", "23/11/2026 15:00", "25/11/2026 09:30", CULTURE_DAY, "2 h on T2; 24/11 off; 2 h on T4"),
    Case("8 working_hour", "21/08/2026 16:30", "22/08/2026 17:00", TET_2026, "30 min on T6, 7 h 30 on the made-up T7"),
    Case("2 working_hour", "31/12/2025 16:00", "05/01/2026 08:30", "CV 12729/VPCP-KGVX", "1 h; off 1–4/1; 1 h on T2"),
]  # fmt: skip


@pytest.mark.parametrize("case", WORKING_DAYS + CALENDAR_DAYS + SAME_DAY + HOURS, ids=str)
def test_is_due_when_a_hand_says(case: Case) -> None:
    assert appoint(limit(case.limit), at(case.received), OFFICIAL, LAW).due == at(case.due)


class LocalCase(NamedTuple):
    policy: DeadlinePolicy
    calendar: Calendar
    limit: Limit
    received: str
    due: str
    worked_out: str


LOCAL = [
    LocalCase(LAW, OFFICIAL, limit("3 working_day", BUNDLE), "30/11/2026 15:00", "03/12/2026 16:30", "as any other"),
    LocalCase(LAW, OFFICIAL, limit("3 working_day", BUNDLE), "30/11/2026 15:10", "04/12/2026 16:30", "T3 is day 0; T4, T5, T6"),
    LocalCase(DeadlinePolicy(start_moves_after_cut_off=True), OFFICIAL, limit("3 working_day"), "30/11/2026 15:10", "04/12/2026 16:30", "T3 is day 0"),
    LocalCase(DeadlinePolicy(start_moves_after_cut_off=True), OFFICIAL, limit("1 working_day"), "28/11/2026 09:00", "01/12/2026 16:30", "T2 is day 0, no earlier than from T6 15:00"),
    LocalCase(DeadlinePolicy(start_moves_after_cut_off=True), OFFICIAL, limit("2 calendar_day"), "23/11/2026 15:01", "27/11/2026 16:30", "T4 25/11 is day 0"),
    LocalCase(DeadlinePolicy(return_by=time(17)), OFFICIAL, limit("1 working_day"), "30/11/2026 09:00", "01/12/2026 17:00", "results until 17:00"),
    LocalCase(DeadlinePolicy(return_by=time(18)), OFFICIAL, limit("1 working_day"), "30/11/2026 09:00", "01/12/2026 17:00", "never past closing"),
    LocalCase(DeadlinePolicy(cut_off=time(14)), OFFICIAL, limit("1 same_day"), "30/11/2026 14:01", "01/12/2026 16:30", "the unit's cut-off"),
    LocalCase(DeadlinePolicy(return_by=time(14)), OFFICIAL, limit("1 same_day"), "30/11/2026 14:00", "01/12/2026 14:00", "14:00 is here"),
    LocalCase(LAW, ALL_CONFIRMED, limit("5 working_day"), "02/02/2027 09:00", "16/02/2027 16:30", "T4 3, T5 4; off 5–11 confirmed; T6 12, T2 15, T3 16"),
    LocalCase(LAW, SATURDAY_MORNINGS, limit("1 working_day"), "27/11/2026 09:00", "30/11/2026 16:30", "T7 is open, and doesn't count"),
    LocalCase(LAW, SATURDAY_MORNINGS, limit("1 same_day"), "28/11/2026 09:00", "30/11/2026 16:30", "T7 is open, and no working day"),
    LocalCase(LAW, SATURDAY_MORNINGS, limit("1 working_hour"), "28/11/2026 09:00", "30/11/2026 08:30", "no working hour runs on T7"),
]  # fmt: skip


@pytest.mark.parametrize("case", LOCAL, ids=lambda case: case.worked_out)
def test_a_local_rule_changes_what_it_names(case: LocalCase) -> None:
    appointment = appoint(case.limit, at(case.received), case.calendar, case.policy)
    assert appointment.due == at(case.due)


class ResumeCase(NamedTuple):
    limit: str
    first: str
    paused: tuple[tuple[str, str], ...]
    restart: str
    pause: str
    worked_out: str


RESUMED = [
    ResumeCase(
        "5 working_day", "16/11/2026 09:00", (("18/11/2026 10:00", "23/11/2026 15:20"),),
        "01/12/2026 16:30", "26/11/2026 16:30",
        "restart: off 24; 25, 26, 27, 30, 1/12. pause: 17, 18, out 19–20, 23, off 24, 25, 26",
    ),
    ResumeCase(
        "4 working_day", "30/11/2026 09:00", (("02/12/2026 10:00", "07/12/2026 09:00"),),
        "11/12/2026 16:30", "08/12/2026 16:30",
        "restart: 8–11. pause: 1, 2, out 3–4, 7, 8: the old 4/12 + (7 − 2) − 1 days",
    ),
    ResumeCase(
        "4 working_day", "30/11/2026 09:00", (("02/12/2026 10:00", "03/12/2026 09:00"),),
        "09/12/2026 16:30", "04/12/2026 16:30",
        "restart: 4, 7, 8, 9. pause: the clock ran on each day; 1, 2, 3, 4",
    ),
    ResumeCase(
        "2 working_day", "30/11/2026 09:00", (("01/12/2026 09:00", "03/12/2026 16:45"),),
        "07/12/2026 16:30", "04/12/2026 16:30",
        "restart: 4, 7. pause: 1, out 2, out 3 (back after results are returned), 4",
    ),
    ResumeCase(
        "3 working_day", "30/11/2026 09:00", (("01/12/2026 07:00", "02/12/2026 10:00"),),
        "07/12/2026 16:30", "04/12/2026 16:30",
        "restart: 3, 4, 7. pause: out 1 (asked before opening), 2, 3, 4",
    ),
    ResumeCase(
        "3 working_day", "30/11/2026 09:00", (("01/12/2026 07:30", "02/12/2026 16:30"),),
        "07/12/2026 16:30", "07/12/2026 16:30",
        "restart: 3, 4, 7. pause: out 1 and 2 to the minute, 3, 4, 7",
    ),
    ResumeCase(
        "3 working_day", "30/11/2026 09:00",
        (("03/12/2026 09:00", "07/12/2026 09:00"), ("01/12/2026 09:00", "03/12/2026 08:00")),
        "10/12/2026 16:30", "07/12/2026 16:30",
        "restart: 8, 9, 10. pause, two of them: 1, out 2, 3, out 4, 7",
    ),
    ResumeCase(
        "3 working_day", "10/02/2026 09:00", (("11/02/2026 09:00", "13/02/2026 14:00"),),
        "25/02/2026 16:30", "23/02/2026 16:30",
        "restart: Tết 14–22; 23, 24, 25. pause: 11, out 12, 13, Tết, 23",
    ),
    ResumeCase(
        "10 calendar_day", "16/11/2026 09:00", (("18/11/2026 10:00", "23/11/2026 09:00"),),
        "03/12/2026 16:30", "30/11/2026 16:30",
        "restart: 23/11 + 10. pause: 17, 18, out 19–22, 23 to 30 make 10",
    ),
    ResumeCase(
        "4 working_hour", "30/11/2026 08:00", (("30/11/2026 09:00", "30/11/2026 14:00"),),
        "01/12/2026 08:30", "30/11/2026 17:00",
        "restart: 3 h to 17:00, 1 h on T3. pause: 1 h to 9:00, 3 h from 14:00",
    ),
    ResumeCase(
        "1 same_day", "30/11/2026 08:00", (("30/11/2026 09:00", "02/12/2026 15:30"),),
        "03/12/2026 16:30", "03/12/2026 16:30",
        "a same-day limit starts again under either policy: after 15:00, T5",
    ),
]  # fmt: skip


@pytest.mark.parametrize("case", RESUMED, ids=lambda case: case.worked_out)
def test_a_supplement_restarts_the_clock_or_by_policy_pauses_it(case: ResumeCase) -> None:
    spans = tuple(Pause(at(begin), at(end)) for begin, end in case.paused)
    again = max(span.end for span in spans)
    counted = (limit(case.limit), at(case.first), spans, again, OFFICIAL)
    assert resume(*counted, LAW).due == at(case.restart)
    assert resume(*counted, PAUSE).due == at(case.pause)


@pytest.mark.parametrize(
    ("received", "by"),
    [
        ("30/11/2026 06:00", "30/11/2026 15:00"),
        ("30/11/2026 14:59", "30/11/2026 15:00"),
        ("30/11/2026 15:00", "30/11/2026 15:01"),
        ("30/11/2026 15:01", "01/12/2026 07:30"),
        ("23/11/2026 15:10", "25/11/2026 07:30"),
        ("28/11/2026 09:00", "30/11/2026 07:30"),
        ("22/08/2026 09:00", "22/08/2026 15:00"),
    ],
)
def test_is_handed_over_the_same_day_or_as_the_next_opens(received: str, by: str) -> None:
    """NĐ 61/2018/NĐ-CP Đ.18.2–3."""
    assert hand_over_by(at(received), OFFICIAL, LAW) == at(by)


def test_counts_as_far_as_it_says() -> None:
    far = appoint(limit("999 calendar_day"), at("30/11/2026 09:00"), OFFICIAL, LAW)
    assert far.due == at("27/08/2029 16:30")  # 30/11/2026 + 999 = T7 25/8/2029


@pytest.mark.parametrize("value", [0, -3, 1000])
def test_refuses_a_limit_that_is_none(value: int) -> None:
    with pytest.raises(BadInput, match="từ 1 đến 999"):
        appoint(limit(f"{value} working_day"), at("30/11/2026 09:00"), OFFICIAL, LAW)


def test_an_instant_without_a_zone_is_our_mistake() -> None:
    naive = at("30/11/2026 09:00").replace(tzinfo=None)
    with pytest.raises(ValueError, match="without a zone"):
        appoint(limit("3 working_day"), naive, OFFICIAL, LAW)
