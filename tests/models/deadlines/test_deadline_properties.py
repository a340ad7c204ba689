"""What holds for every deadline, whatever the day, the hour, the limit and the unit's rules."""

from datetime import date, datetime, time, timedelta
from itertools import pairwise

from hypothesis import assume, example, given
from hypothesis import strategies as st

from app.models.deadlines.calendar import DAY, VIETNAM, Calendar
from app.models.deadlines.deadline import (
    DeadlinePolicy,
    Limit,
    LimitUnit,
    Pause,
    appoint,
    compact,
    lateness,
    lines,
    remaining,
    resume,
)
from app.models.deadlines.handing_over import hand_over_by, owed_before
from tests.models.official_calendar import ALL_CONFIRMED, OFFICIAL, SATURDAY_MORNINGS

LAW = DeadlinePolicy()
AT_THREE = datetime(2026, 11, 30, 15, tzinfo=VIETNAM)

# The minutes around which something changes, as often as any other.
edges = [
    time(hour, minute)
    for hour, minute in [
        (0, 0),
        (7, 30),
        (11, 30),
        (13, 30),
        (14, 59),
        (15, 0),
        (15, 1),
        (16, 30),
        (17, 0),
    ]
]
minutes = st.sampled_from(range(24 * 60)).map(lambda minute: time(*divmod(minute, 60)))
instants = st.builds(
    lambda day, hour: datetime.combine(day, hour, VIETNAM),
    st.dates(date(2024, 1, 1), date(2028, 1, 31)),
    st.sampled_from(edges) | minutes,
)
limits = st.builds(
    Limit,
    st.integers(1, 60),
    st.sampled_from(LimitUnit),
    st.just("phrase"),
    st.sampled_from(["Luật Hộ tịch 2014 Đ.25", "NĐ 63/2024/NĐ-CP Đ.7"]),
)
calendars = st.sampled_from([OFFICIAL, ALL_CONFIRMED, SATURDAY_MORNINGS])
policies = st.builds(
    DeadlinePolicy,
    return_by=st.sampled_from([time(7), time(11), time(12), time(16, 30), time(18)]),
    cut_off=st.sampled_from([time(11), time(15), time(17)]),
    start_moves_after_cut_off=st.booleans(),
)


@given(limits, instants, calendars, policies)
def test_is_promised_for_a_working_day_after_receipt(
    limit: Limit, received: datetime, calendar: Calendar, policy: DeadlinePolicy
) -> None:
    due = appoint(limit, received, calendar, policy).due
    assert calendar.is_working_day(due.date())
    assert due > received


@given(limits, instants, instants, calendars, policies)
def test_whoever_comes_later_is_never_promised_sooner(
    limit: Limit, one: datetime, other: datetime, calendar: Calendar, policy: DeadlinePolicy
) -> None:
    first, second = sorted([one, other])
    assert (
        appoint(limit, first, calendar, policy).due <= appoint(limit, second, calendar, policy).due
    )


@given(limits, instants, st.timedeltas(timedelta(), timedelta(days=1)), calendars, policies)
def test_nor_a_few_hours_later(
    limit: Limit, first: datetime, later: timedelta, calendar: Calendar, policy: DeadlinePolicy
) -> None:
    second = appoint(limit, first + later, calendar, policy)
    assert appoint(limit, first, calendar, policy).due <= second.due


@given(limits, instants, calendars, policies)
def test_the_counted_steps_sum_to_the_limit(
    limit: Limit, received: datetime, calendar: Calendar, policy: DeadlinePolicy
) -> None:
    steps = appoint(limit, received, calendar, policy).steps
    counted = [step for step in steps if step.counted]
    if limit.unit is LimitUnit.WORKING_HOUR:
        spent = sum((step.end - step.start for step in counted), timedelta())
        assert spent == timedelta(hours=limit.value)
    else:
        wanted = 1 if limit.unit is LimitUnit.SAME_DAY else limit.value
        assert len({step.start.date() for step in counted}) == wanted


@given(limits, instants, calendars, policies)
def test_the_steps_run_in_order_to_the_promised_instant(
    limit: Limit, received: datetime, calendar: Calendar, policy: DeadlinePolicy
) -> None:
    appointment = appoint(limit, received, calendar, policy)
    assert all(step.rule for step in appointment.steps)
    assert all(step.start < step.end for step in appointment.steps[:-1])
    assert all(one.end <= other.start for one, other in pairwise(appointment.steps))
    last = appointment.steps[-1]
    assert last.start.date() == appointment.due.date()
    assert last.end <= appointment.due


@given(limits, instants, calendars, policies)
def test_the_short_form_covers_every_day_once(
    limit: Limit, received: datetime, calendar: Calendar, policy: DeadlinePolicy
) -> None:
    appointment = appoint(limit, received, calendar, policy)
    ranges = compact(appointment)
    bounds = [(date.fromisoformat(first), date.fromisoformat(last)) for first, last, *_ in ranges]
    assert bounds[0][0] == received.date()
    assert bounds[-1][1] == appointment.due.date()
    assert all(last + DAY == first for (_, last), (first, _) in pairwise(bounds))
    assert [line.counted for line in lines(ranges)] == [bool(counted) for *_, counted, _ in ranges]


@given(limits, instants, st.lists(st.integers(0, 60 * 24 * 30), min_size=2, max_size=4), calendars)
def test_a_pause_lies_between_no_pause_and_a_restart(
    limit: Limit, first: datetime, minutes: list[int], calendar: Calendar
) -> None:
    marks = [first + timedelta(minutes=n) for n in sorted(minutes[: len(minutes) // 2 * 2])]
    spans = tuple(Pause(*span) for span in zip(marks[::2], marks[1::2], strict=True))
    pause = DeadlinePolicy(supplement="pause")
    paused = resume(limit, first, spans, marks[-1], calendar, pause).due
    restarted = resume(limit, first, spans, marks[-1], calendar, LAW).due
    assert appoint(limit, first, calendar, LAW).due <= paused <= restarted


@given(instants, calendars, policies)
def test_the_paper_is_handed_over_on_a_working_day_after_receipt(
    received: datetime, calendar: Calendar, policy: DeadlinePolicy
) -> None:
    by = hand_over_by(received, calendar, policy)
    assert calendar.is_working_day(by.date())
    assert by > received


@example(AT_THREE, AT_THREE, OFFICIAL, LAW)
@example(AT_THREE, AT_THREE + timedelta(hours=14), OFFICIAL, LAW)
@given(instants, instants, calendars, policies)
def test_what_is_owed_is_what_should_have_been_handed_over(
    received: datetime, at: datetime, calendar: Calendar, policy: DeadlinePolicy
) -> None:
    assume(received <= at)
    is_owed = received < owed_before(at, calendar, policy)
    assert is_owed == (hand_over_by(received, calendar, policy) <= at)


@given(instants, instants, calendars)
def test_what_is_late_has_nothing_left(due: datetime, at: datetime, calendar: Calendar) -> None:
    late = lateness(due, at, calendar)
    assert late.late == (at > due)
    assert remaining(at, due, calendar).late == late.late
    assert not (late.days and late.minutes)
    assert late.late or not late.days + late.minutes


days = st.dates(date(2023, 12, 1), date(2028, 1, 31))


@given(days, days, calendars)
def test_working_days_between_are_those_counted_one_by_one(
    first: date, last: date, calendar: Calendar
) -> None:
    counted = (first + n * DAY for n in range(1, (last - first).days + 1))
    expected = sum(map(calendar.is_working_day, counted))
    assert calendar.working_days_between(first, last) == expected
