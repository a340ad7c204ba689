"""New dates worked out by hand on a wall calendar, each with its article and the reasoning.

Of 2026: Tue 24/11 is off; Tết 14–22/2; 1–4/1 and 29/8–2/9 off; Sat 10/1 and 22/8 made up.
"""

from dataclasses import replace
from datetime import date, datetime, time
from typing import NamedTuple

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.desk.deeds.promising import moved, promise, suggested
from app.desk.profiles import profiles
from app.models.deadlines.calendar import VIETNAM, Calendar, DayKind, SpecialDay, vietnam_time
from app.models.deadlines.deadline import (
    WAITED_FOR_PAYMENT,
    DeadlinePolicy,
    Limit,
    LimitUnit,
    Pause,
    appoint,
    go_on,
    restart,
    resume,
)
from app.models.deadlines.lateness import apology_by
from app.models.deadlines.opening import read_hours
from app.models.deadlines.profile import Profile, holding_on
from tests.models.official_calendar import ALL_CONFIRMED, OFFICIAL, SATURDAY_MORNINGS, at
from tests.models.telling import Story

LAW = DeadlinePolicy()
SUPPLEMENT = "NĐ 61/2018 Đ.19.4"
APOLOGY = "NĐ 61/2018 Đ.19.9"
STATUS_6 = "tình trạng 6: dừng thời hạn"
BUNDLE = "NĐ 63/2024/NĐ-CP Đ.7"


def limit(text: str, article: str = "") -> Limit:
    """As in limit("3 working_day")."""
    value, unit = text.split()
    return Limit(int(value), LimitUnit(unit), text, article)


# --- waiting for a payment ----------------------------------------------------------------------


class PaymentCase(NamedTuple):
    limit: str
    counted_from: str
    asked: str
    paid: str
    due: str
    worked_out: str


PAYMENTS = [
    PaymentCase("5 working_day", "16/11/2026 09:00", "18/11/2026 10:00", "23/11/2026 09:00", "26/11/2026 16:30", "T3 17, T4 18 ran; out 19, 20; T2 23; off 24; T4 25, T5 26"),
    PaymentCase("3 working_day", "30/11/2026 09:00", "01/12/2026 09:00", "01/12/2026 15:00", "03/12/2026 16:30", "paid the same day: the clock ran on T3 1/12; T4 2, T5 3"),
    PaymentCase("3 working_day", "30/11/2026 09:00", "30/11/2026 14:00", "04/12/2026 10:00", "08/12/2026 16:30", "asked on day 0: out 1, 2, 3; T6 4, T2 7, T3 8"),
    PaymentCase("2 working_day", "20/11/2026 09:00", "20/11/2026 10:00", "25/11/2026 08:00", "26/11/2026 16:30", "out T2 23; off 24; paid T4 25 in the morning: 25, 26"),
    PaymentCase("2 working_day", "20/11/2026 09:00", "20/11/2026 10:00", "25/11/2026 16:45", "27/11/2026 16:30", "paid after results are returned: T4 25 is out; 26, 27"),
    PaymentCase("10 calendar_day", "16/11/2026 09:00", "20/11/2026 09:00", "24/11/2026 09:00", "30/11/2026 16:30", "17 to 20 make 4; out 21–23; 24 to 29 make 10; CN 29 rolls to T2 30"),
    PaymentCase("4 working_hour", "30/11/2026 08:00", "30/11/2026 08:30", "30/11/2026 10:30", "30/11/2026 16:00", "30 min; 1 h to 11:30; 2 h 30 from 13:30"),
    PaymentCase("8 working_hour", "30/11/2026 14:00", "30/11/2026 16:00", "01/12/2026 14:00", "02/12/2026 10:30", "2 h; 3 h to 17:00; 3 h on T4"),
    PaymentCase("1 same_day", "30/11/2026 08:00", "30/11/2026 09:00", "01/12/2026 10:00", "01/12/2026 16:30", "a same-day result is that of the day it was paid"),
    PaymentCase("5 working_day", "09/02/2026 09:00", "11/02/2026 09:00", "24/02/2026 09:00", "26/02/2026 16:30", "T3 10, T4 11; out 12, 13; Tết; out T2 23; T3 24, T4 25, T5 26"),
    PaymentCase("3 working_day", "02/12/2026 09:00", "03/12/2026 10:00", "07/12/2026 08:00", "08/12/2026 16:30", "a supplement restarted it on T4 2: T5 3, out 4, T2 7, T3 8"),
    PaymentCase("3 working_day", "20/08/2026 09:00", "21/08/2026 08:00", "24/08/2026 09:00", "25/08/2026 16:30", "T6 21 ran from opening; out the made-up T7 22; T2 24, T3 25"),
]  # fmt: skip


@pytest.mark.parametrize("case", PAYMENTS, ids=lambda case: case.worked_out)
def test_the_days_a_payment_was_waited_for_drop_out(case: PaymentCase) -> None:
    pause = Pause(at(case.asked), at(case.paid), WAITED_FOR_PAYMENT)
    appointment = go_on(
        limit(case.limit, STATUS_6), at(case.counted_from), (pause,), pause.end, OFFICIAL, LAW
    )
    assert appointment.due == at(case.due)


# --- another case of the same law ---------------------------------------------------------------


class CaseChange(NamedTuple):
    limit: Limit
    received: str
    due: str
    worked_out: str
    restarted: str = ""
    waited: tuple[str, str] = ("", "")


CASES = [
    CaseChange(limit("8 working_day", "Luật Hộ tịch 2014 Đ.25"), "23/11/2026 09:00", "04/12/2026 16:30", "found T4 25, from reception: 25, 26, 27, 30, 1, 2, 3, 4"),
    CaseChange(limit("3 working_day", "1.010041: phải xác minh"), "30/11/2026 15:10", "03/12/2026 16:30", "15:10 moves no clock: 1, 2, 3"),
    CaseChange(limit("5 working_day", "1.013274: trường hợp khác"), "27/11/2026 09:00", "04/12/2026 16:30", "T2 30, 1, 2, 3, T6 4"),
    CaseChange(limit("20 calendar_day", "1.013225: công trình khác"), "16/11/2026 09:00", "07/12/2026 16:30", "16/11 + 20 = CN 6/12; T2 7"),
    CaseChange(limit("20 working_day", "1.013978"), "23/11/2026 09:00", "22/12/2026 16:30", "25–27 make 3, to 4/12 8, to 11 13, to 18 18, T2 21, T3 22"),
    CaseChange(limit("8 working_day", SUPPLEMENT), "23/11/2026 09:00", "10/12/2026 16:30", "restarted T2 30/11: 1–4 make 4, 7–10 make 8", restarted="30/11/2026 09:00"),
    CaseChange(limit("8 working_day", STATUS_6), "23/11/2026 09:00", "07/12/2026 16:30", "25, out 26, 27, 30, 1, 2, 3, 4, 7", waited=("25/11/2026 10:00", "27/11/2026 09:00")),
    CaseChange(limit("3 working_day", "Luật Hộ tịch 2014 Đ.16"), "23/11/2026 08:00", "27/11/2026 16:30", "was the same day; 25, 26, 27"),
    CaseChange(limit("5 working_day", BUNDLE), "30/11/2026 15:10", "08/12/2026 16:30", "the bundle's start moves: T3 1/12 is day 0; 2, 3, 4, 7, 8"),
    CaseChange(limit("3 working_day", "NĐ 23/2015 Đ.7: thỏa thuận bằng văn bản"), "23/11/2026 10:00", "27/11/2026 16:30", "200 copies agreed on: 25, 26, 27"),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.worked_out)
def test_another_case_counts_its_limit_from_where_the_count_began(case: CaseChange) -> None:
    begin, end = case.waited
    if begin:
        pause = Pause(at(begin), at(end), WAITED_FOR_PAYMENT)
        found = go_on(case.limit, at(case.received), (pause,), pause.end, OFFICIAL, LAW)
    elif case.restarted:
        found = restart(case.limit, at(case.restarted), OFFICIAL, LAW)
    else:
        found = appoint(case.limit, at(case.received), OFFICIAL, LAW)
    assert found.due == at(case.due)
    assert any(step.article == case.limit.article for step in found.steps)


# --- the one re-appointment ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("due", "by", "calendar", "worked_out"),
    [
        ("25/11/2026 16:30", "23/11/2026", OFFICIAL, "T3 24/11 off"),
        ("30/11/2026 16:30", "27/11/2026", OFFICIAL, "over the weekend: T6"),
        ("01/12/2026 16:30", "30/11/2026", OFFICIAL, "the day before"),
        ("01/12/2026 09:30", "30/11/2026", OFFICIAL, "an hour of the morning is no day more"),
        ("23/02/2026 16:30", "13/02/2026", OFFICIAL, "Tết 14–22: T6 13"),
        ("03/09/2026 16:30", "28/08/2026", OFFICIAL, "off 29/8–2/9: T6 28"),
        ("24/08/2026 16:30", "22/08/2026", OFFICIAL, "the made-up T7 22 is open"),
        ("05/01/2026 16:30", "31/12/2025", OFFICIAL, "off 1–4/1: T4 31/12"),
        ("30/11/2026 16:30", "28/11/2026", SATURDAY_MORNINGS, "T7 morning is open, though it doesn't count"),
        ("05/05/2025 16:30", "29/04/2025", OFFICIAL, "off 30/4–4/5: T3 29"),
    ],
)  # fmt: skip
def test_sorry_is_said_no_later_than_an_open_day_before(
    due: str, by: str, calendar: Calendar, worked_out: str
) -> None:
    """NĐ 61/2018/NĐ-CP Đ.19.9."""
    assert apology_by(at(due), calendar) == at(f"{by} 00:00").date(), worked_out


@pytest.mark.parametrize(
    ("due", "now", "offered"),
    [
        ("25/11/2026 16:30", "23/11/2026 10:00", "30/11/2026 16:30"),  # after T4 25: 26, 27, T2 30
        (
            "25/11/2026 16:30",
            "02/12/2026 10:00",
            "07/12/2026 16:30",
        ),  # late: after T4 2/12: 3, 4, 7
        ("30/11/2026 11:30", "27/11/2026 17:00", "03/12/2026 16:30"),  # after T2 30: 1, 2, 3
    ],
)
def test_a_new_date_is_offered_three_working_days_on(due: str, now: str, offered: str) -> None:
    assert suggested(at(due), at(now), OFFICIAL, LAW) == at(offered)


# --- the calendar changes -----------------------------------------------------------------------


def with_days(*days: tuple[str, DayKind]) -> Calendar:
    """The official calendar with days somebody announced since; "2/12" is of 2026."""
    special = dict(OFFICIAL.special)
    for text, kind in days:
        day = datetime.strptime(f"{text}/2026", "%d/%m/%Y").replace(tzinfo=VIETNAM).date()
        special[day] = SpecialDay(day, kind, "mới có", "quyết định mới", confirmed=True)
    return replace(OFFICIAL, special=special)


OFF, SWAPPED, MADE_UP = DayKind.LOCAL_OFF, DayKind.SWAP_OFF, DayKind.SWAP_WORK


class CalendarCase(NamedTuple):
    limit: str
    received: str
    before: str
    calendar: Calendar
    after: str
    worked_out: str


CALENDARS = [
    CalendarCase("3 working_day", "23/11/2026 14:05", "27/11/2026 16:30", with_days(("26/11", OFF)), "30/11/2026 16:30", "storm T5 26: 25, 27, T2 30"),
    CalendarCase("5 working_day", "19/11/2026 10:00", "27/11/2026 16:30", with_days(("23/11", SWAPPED), ("28/11", MADE_UP)), "28/11/2026 16:30", "T2 23 for T7 28: 20, 25, 26, 27, 28"),
    CalendarCase("1 working_day", "20/11/2026 09:00", "23/11/2026 16:30", with_days(("23/11", SWAPPED)), "25/11/2026 16:30", "T2 23 and T3 24 off: T4 25"),
    CalendarCase("3 working_day", "30/11/2026 09:00", "03/12/2026 16:30", with_days(("30/11", OFF)), "03/12/2026 16:30", "day 0 is day 0, even if it was off"),
    CalendarCase("3 working_day", "30/11/2026 09:00", "03/12/2026 16:30", with_days(("2/12", OFF), ("3/12", OFF)), "07/12/2026 16:30", "storm 2–3: 1, 4, T2 7"),
    CalendarCase("10 calendar_day", "16/11/2026 09:00", "26/11/2026 16:30", with_days(("26/11", OFF)), "27/11/2026 16:30", "16 + 10 = T5 26, off: T6 27 (BLDS 2015 Đ.148)"),
    CalendarCase("10 calendar_day", "16/11/2026 09:00", "26/11/2026 16:30", with_days(("20/11", OFF)), "26/11/2026 16:30", "a day off within counts all the same"),
    CalendarCase("4 working_hour", "23/11/2026 15:00", "25/11/2026 09:30", with_days(("25/11", OFF)), "26/11/2026 09:30", "2 h on T2; 24 and 25 off; 2 h on T5"),
    CalendarCase("1 same_day", "30/11/2026 15:01", "01/12/2026 16:30", with_days(("1/12", OFF)), "02/12/2026 16:30", "the next working day is T4"),
    CalendarCase("5 working_day", "02/02/2027 09:00", "09/02/2027 16:30", ALL_CONFIRMED, "16/02/2027 16:30", "Tết 2027 decided, off 5–11: 3, 4, 12, 15, 16"),
    CalendarCase("5 working_day", "21/12/2026 09:00", "28/12/2026 16:30", with_days(("28/12", SWAPPED), ("26/12", MADE_UP)), "26/12/2026 16:30", "a made-up T7 comes before: 22–25 make 4, T7 26"),
]  # fmt: skip


@pytest.mark.parametrize("case", CALENDARS, ids=lambda case: case.worked_out)
def test_a_new_calendar_gives_a_new_date(case: CalendarCase) -> None:
    for calendar, due in ((OFFICIAL, case.before), (case.calendar, case.after)):
        assert appoint(limit(case.limit), at(case.received), calendar, LAW).due == at(due)


def test_other_hours_move_no_promise_and_a_day_off_still_does() -> None:
    received, four_hours = at("23/11/2026 15:00"), limit("4 working_hour")
    held = promise(appoint(four_hours, received, OFFICIAL, LAW))
    story = Story(limit=four_hours, promise=held)
    dossier = msgspec.structs.replace(story.dossier, received_at=received)
    short = replace(OFFICIAL, hours=read_hours(("8:00-11:00, 14:00-16:00",) * 5))
    assert appoint(four_hours, received, short, LAW).due != held.due
    assert moved(dossier, short, LAW) is None
    off = replace(short, special=with_days(("25/11", OFF)).special)
    assert moved(dossier, off, LAW) == promise(appoint(four_hours, received, off, LAW))


# --- both law profiles --------------------------------------------------------------------------

OLD, NOW = "tt-01-2018", "tt-03-2025"
BOTH = (Profile(OLD, date(2018, 6, 21)), Profile(NOW, date(2025, 7, 1)))


@pytest.mark.parametrize(
    ("received", "profile"),
    [
        ("30/06/2025 23:59", OLD),
        ("01/07/2025 00:00", NOW),
        ("30/06/2025 09:00", OLD),
        ("23/11/2026 09:00", NOW),
        ("02/01/2018 09:00", OLD),
    ],
)
def test_the_day_of_receipt_says_which_circular_holds(received: str, profile: str) -> None:
    """NĐ 118/2025 replaces NĐ 61/2018 from 1/7/2025; before both, the earlier."""
    assert holding_on(BOTH, at(received).date()).name == profile


def test_the_day_is_vietnams() -> None:
    evening = datetime.fromisoformat("2025-06-30T17:30:00+00:00")  # 0:30 on 1/7 in Vietnam
    assert holding_on(BOTH, vietnam_time(evening).date()).name == NOW


def test_both_circulars_ship_with_their_day_and_their_clock() -> None:
    shipped = {profile.name: profile for profile in profiles()}
    assert {OLD, NOW} <= shipped.keys()
    assert shipped[OLD].valid_from < shipped[NOW].valid_from == date(2025, 7, 1)
    assert {shipped[name].supplement for name in (OLD, NOW)} == {"restart"}


class ProfileCase(NamedTuple):
    profile: Profile
    unit: DeadlinePolicy
    limit: str
    first: str
    asked: str
    given: str
    due: str
    worked_out: str


PAUSES = replace(BOTH[1], supplement="pause")
PROFILES = [
    ProfileCase(BOTH[0], LAW, "5 working_day", "23/06/2025 09:00", "25/06/2025 10:00", "02/07/2025 09:00", "09/07/2025 16:30", "NĐ 61 Đ.19.4, begun before 1/7: from the start, 3, 4, 7, 8, 9"),
    ProfileCase(PAUSES, LAW, "5 working_day", "23/06/2025 09:00", "25/06/2025 10:00", "02/07/2025 09:00", "04/07/2025 16:30", "a law that pauses: 24, 25, out 26, 27, 30, 1; 2, 3, 4"),
    ProfileCase(PAUSES, replace(LAW, cut_off=time(14)), "5 working_day", "23/06/2025 09:00", "25/06/2025 10:00", "02/07/2025 09:00", "04/07/2025 16:30", "a unit's own hour leaves the law's clock: as above"),
    ProfileCase(BOTH[0], DeadlinePolicy(supplement="pause"), "5 working_day", "23/06/2025 09:00", "25/06/2025 10:00", "02/07/2025 09:00", "04/07/2025 16:30", "the unit's own rule goes before its law's"),
    ProfileCase(BOTH[1], LAW, "4 working_day", "30/11/2026 09:00", "02/12/2026 10:00", "07/12/2026 09:00", "11/12/2026 16:30", "under NĐ 118 too from the start: 8, 9, 10, 11"),
]  # fmt: skip


@pytest.mark.parametrize("case", PROFILES, ids=lambda case: case.worked_out)
def test_a_supplement_counts_as_the_dossiers_own_law_says(case: ProfileCase) -> None:
    policy = case.profile.under(case.unit)
    pause = Pause(at(case.asked), at(case.given))
    counted = (limit(case.limit), at(case.first), (pause,), pause.end, OFFICIAL)
    assert resume(*counted, policy).due == at(case.due)


# --- whatever the day ---------------------------------------------------------------------------

days = st.dates(date(2024, 1, 5), date(2027, 12, 20))
limits = st.builds(limit, st.sampled_from(["1 working_day", "7 working_day", "30 calendar_day"]))


@given(days)
def test_an_apology_in_time_is_always_said_on_an_open_day_before(day: date) -> None:
    due = datetime(day.year, day.month, day.day, 16, 30, tzinfo=VIETNAM)
    by = apology_by(due, OFFICIAL)
    assert by < day
    assert OFFICIAL.sessions_on(by)
    assert OFFICIAL.next_open_day(by) >= day or not OFFICIAL.sessions_on(day)


@given(limits, days, st.integers(0, 40))
def test_a_day_off_more_never_brings_a_date_nearer(limit: Limit, day: date, ahead: int) -> None:
    received = datetime(day.year, day.month, day.day, 9, tzinfo=VIETNAM)
    storm = date.fromordinal(day.toordinal() + ahead)
    off = SpecialDay(storm, OFF, "Bão", "", confirmed=True)
    stormy = replace(OFFICIAL, special={**OFFICIAL.special, storm: off})
    assert appoint(limit, received, stormy, LAW).due >= appoint(limit, received, OFFICIAL, LAW).due


@given(limits, days, st.integers(0, 20), st.integers(0, 20))
def test_waiting_for_a_payment_never_takes_time_from_the_office(
    limit: Limit, day: date, asked: int, waited: int
) -> None:
    received = datetime(day.year, day.month, day.day, 9, tzinfo=VIETNAM)
    begin = received.fromtimestamp(received.timestamp() + asked * 86_400, VIETNAM)
    end = received.fromtimestamp(begin.timestamp() + waited * 86_400, VIETNAM)
    paused = go_on(limit, received, (Pause(begin, end),), end, OFFICIAL, LAW)
    assert paused.due >= appoint(limit, received, OFFICIAL, LAW).due
