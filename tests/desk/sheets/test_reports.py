"""Biểu số II.06a: every dossier of a span stands on it once, where it stood when the span ended."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.clock import VIETNAM
from app.desk.deeds.details import Details
from app.models.dossiers.lifecycle import Deed
from app.models.dossiers.reports import Tally, quarter_of
from app.models.errors import BadInput
from app.models.events import event as e
from tests.making import ACounter, a_counter

QUARTER = (date(2026, 9, 15), date(2026, 12, 14))
NEXT = (date(2026, 12, 15), date(2027, 3, 14))
MONDAY = datetime(2026, 11, 23, 8, tzinfo=VIETNAM)

Line = dict[str, object]


@pytest.fixture
def counter(tmp_path: Path) -> ACounter:
    return a_counter(tmp_path)


def lines(counter: ACounter, span: tuple[date, date] = QUARTER) -> list[Line]:
    found = counter.desk.reports.ii06a(*span).values["reported"]
    assert isinstance(found, list)
    return found


def said(counter: ACounter, span: tuple[date, date] = QUARTER) -> dict[str, object]:
    """The columns of the last line that aren't 0."""
    whole = lines(counter, span)[-1]
    return {name: count for name, count in whole.items() if count and isinstance(count, int)}


def solve(counter: ACounter, name: e.EventName) -> None:
    for deed in (Deed.HAND_OVER, Deed.ACCEPT, Deed.RESOLVE):
        counter.do(deed, name)


def at(counter: ACounter, day: date, hour: int = 8) -> None:
    counter.clock.now = datetime(day.year, day.month, day.day, hour, tzinfo=VIETNAM)


def due_day(counter: ACounter, name: e.EventName) -> date:
    dossier = counter.desk.lookup.dossier(name).dossier
    assert dossier is not None
    return dossier.first_due.date()


def test_a_dossier_just_taken_in_is_under_way_and_within_its_time(counter: ACounter) -> None:
    counter.receive()
    assert said(counter) == {"taken_on": 1, "in_person": 1, "under_way": 1, "within": 1}


def test_what_came_online_stands_apart(counter: ACounter) -> None:
    counter.receive(channel="online")
    assert said(counter)["online"] == 1


@pytest.mark.parametrize(
    ("days", "hour", "column"),
    [(-1, 16, "early"), (0, 8, "on_time"), (0, 16, "on_time"), (0, 17, "late"), (1, 8, "late")],
)
def test_the_day_it_was_solved_decides(
    counter: ACounter, days: int, hour: int, column: str
) -> None:
    name = counter.receive().name
    at(counter, due_day(counter, name) + timedelta(days), hour)
    solve(counter, name)
    assert said(counter) == {"taken_on": 1, "in_person": 1, "solved": 1, column: 1}


def test_past_its_day_it_is_overdue(counter: ACounter) -> None:
    name = counter.receive().name
    at(counter, due_day(counter, name) + timedelta(1))
    assert said(counter)["overdue"] == 1


def test_who_is_waited_for_is_not_overdue(counter: ACounter) -> None:
    name = counter.receive().name
    for deed in (Deed.HAND_OVER, Deed.ACCEPT, Deed.REQUEST_SUPPLEMENT):
        counter.do(deed, name)
    at(counter, due_day(counter, name) + timedelta(9))
    assert said(counter)["within"] == 1


def test_a_dossier_taken_back_in_time_was_served_in_time(counter: ACounter) -> None:
    name = counter.receive().name
    counter.do(Deed.WITHDRAW, name)
    assert said(counter)["on_time"] == 1


def test_a_void_number_is_no_dossier(counter: ACounter) -> None:
    counter.do(Deed.VOID, counter.receive().name)
    assert said(counter) == {}


def test_what_is_left_over_is_carried_into_the_next_span_once(counter: ACounter) -> None:
    name = counter.receive().name
    solve(counter, counter.receive().name)
    at(counter, NEXT[0])
    solve(counter, name)
    assert said(counter, NEXT) == {"taken_on": 1, "carried": 1, "solved": 1, "late": 1}
    assert said(counter, (date(2027, 3, 15), date(2027, 6, 14))) == {}


@pytest.mark.parametrize(
    "later",
    [
        solve,
        lambda counter, name: counter.do(Deed.WITHDRAW, name),
        lambda counter, name: counter.do(Deed.VOID, name),
    ],
    ids=["solved", "withdrawn", "voided"],
)
def test_a_span_that_is_over_reads_the_same_for_ever(
    counter: ACounter, later: Callable[[ACounter, e.EventName], object]
) -> None:
    name = counter.receive().name
    at(counter, NEXT[0])
    then = lines(counter)
    later(counter, name)
    assert lines(counter) == then


def test_what_was_solved_in_a_span_is_though_its_hand_over_was_keyed_in_the_next(
    counter: ACounter,
) -> None:
    """What it rests on stands with it, whatever hour that was given."""
    last_day = QUARTER[1]
    at(counter, last_day)
    name = counter.receive().name
    at(counter, NEXT[0])
    for deed in (Deed.HAND_OVER, Deed.ACCEPT):
        counter.do(deed, name)
    solved_at = datetime(last_day.year, last_day.month, last_day.day, 16, tzinfo=VIETNAM)
    counter.do(Deed.RESOLVE, name, Details(at=solved_at))
    assert said(counter) == {"taken_on": 1, "in_person": 1, "solved": 1, "early": 1}
    assert said(counter, NEXT) == {}


def test_each_field_has_a_line_and_the_last_is_their_sum(counter: ACounter) -> None:
    counter.receive_many(2)
    field, whole = lines(counter)
    assert (field["field"], whole["field"]) == ("Hộ tịch", "Tổng số")
    assert (field["taken_on"], whole["taken_on"]) == (2, 2)


@pytest.mark.parametrize(
    ("since", "until", "named"),
    [
        (*QUARTER, "Quý IV/Năm 2026"),
        (*NEXT, "Quý I/Năm 2027"),
        (date(2026, 4, 1), date(2026, 6, 30), "Quý II/Năm 2026"),
        (date(2025, 12, 15), date(2026, 12, 14), "Năm 2026"),
        (date(2026, 1, 1), date(2026, 12, 31), "Năm 2026"),
        (date(2026, 4, 1), date(2026, 6, 29), ""),
        (date(2026, 11, 1), date(2026, 11, 30), ""),
        (date(2026, 1, 1), date(2026, 1, 31), ""),
    ],
)
def test_the_head_names_the_quarter_or_the_year(
    counter: ACounter, since: date, until: date, named: str
) -> None:
    assert counter.desk.reports.ii06a(since, until).values["period"] == named


def test_days_the_wrong_way_round_are_said(counter: ACounter) -> None:
    with pytest.raises(BadInput, match="trước ngày đầu"):
        counter.desk.reports.ii06a(QUARTER[1], QUARTER[0])


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 5), st.integers(0, 40)), max_size=5))
def test_the_sums_of_the_form_hold_whatever_happened(
    tmp_path_factory: pytest.TempPathFactory, lives: list[tuple[int, int, int]]
) -> None:
    counter = a_counter(tmp_path_factory.mktemp("quầy"))
    ways = ((), (Deed.HAND_OVER,), (Deed.WITHDRAW,), (Deed.HAND_OVER, Deed.ACCEPT, Deed.RESOLVE),
            (Deed.HAND_OVER, Deed.ACCEPT, Deed.REQUEST_SUPPLEMENT), (Deed.HAND_OVER, Deed.STOP))  # fmt: skip
    for received, way, days in lives:
        counter.clock.now = MONDAY + timedelta(received)
        name = counter.receive().name
        counter.clock.go_on(days=days)
        for deed in ways[way]:
            counter.do(deed, name)
    counter.clock.now = MONDAY + timedelta(100)
    for span in (QUARTER, NEXT):
        whole = lines(counter, span)[-1]
        n = {name: count for name, count in whole.items() if isinstance(count, int)}
        assert n["taken_on"] == n["online"] + n["in_person"] + n["carried"]
        assert n["taken_on"] == n["solved"] + n["under_way"]
    assert lines(counter, (QUARTER[0], NEXT[1]))[-1]["taken_on"] == len(lives)


def test_tallies_add_up() -> None:
    assert Tally(online=1, early=1) + Tally(carried=2, overdue=2) == Tally(1, 0, 2, 1, 0, 0, 0, 2)


@pytest.mark.parametrize(
    ("day", "since", "until"),
    [
        ("2026-11-22", "2026-09-15", "2026-12-14"),
        ("2026-12-14", "2026-09-15", "2026-12-14"),
        ("2026-12-15", "2026-12-15", "2027-03-14"),
        ("2027-01-31", "2026-12-15", "2027-03-14"),
        ("2027-03-14", "2026-12-15", "2027-03-14"),
        ("2027-06-14", "2027-03-15", "2027-06-14"),
        ("2027-06-30", "2027-06-15", "2027-09-14"),
    ],
)
def test_a_reporting_quarter_begins_on_the_15th(day: str, since: str, until: str) -> None:
    found = quarter_of(date.fromisoformat(day))
    assert tuple(each.isoformat() for each in found) == (since, until)
