from datetime import date, timedelta

import pytest

from app.models.events import event as e
from server.units.author import Author
from server.units.grants import due_grants, wants_numbers
from server.units.oversight import Oversight
from tests.sync.small import NOW, UNIT, SmallCounter, SmallServer

TODAY = date(2026, 11, 30)


def wanting(*devices: str) -> list[e.EventName]:
    return [e.EventName(device, "1", 1) for device in devices]


def lane(device: str, number: int, first: str, last: str) -> e.LaneGranted:
    return e.LaneGranted(device, "1", number, first, last)


def test_a_moved_incarnation_gets_the_smallest_lane_and_the_next_book_for_two_months() -> None:
    assert due_grants(wanting("a"), [], [], [1, 2], TODAY) == [
        e.LaneGranted("a", "1", 10, "2026-11-30", "2027-01-29"),
        e.BookGranted("a", "1", 10),
    ]


def test_one_with_a_book_of_its_own_gets_a_lane_only() -> None:
    (granted,) = due_grants(wanting("a"), [], [], [], TODAY, own_book={("a", "1")})
    assert isinstance(granted, e.LaneGranted)


def test_two_at_once_get_different_ones() -> None:
    granted = due_grants(wanting("b", "a"), [], [], [], TODAY)
    assert [body.lane for body in granted if isinstance(body, e.LaneGranted)] == [10, 11]
    assert [body.book for body in granted if isinstance(body, e.BookGranted)] == [10, 11]


def test_what_was_granted_is_not_granted_again() -> None:
    lanes = [lane("a", 10, "2026-11-01", "2026-12-31")]
    assert due_grants(wanting("a"), lanes, [e.BookGranted("a", "1", 10)], [], TODAY) == []


@pytest.mark.parametrize(
    ("first", "last", "free"),
    [
        ("2026-09-30", "2026-11-29", 10),
        ("2026-09-30", "2026-11-30", 11),
        ("2027-01-29", "2027-03-01", 11),
        ("2027-01-30", "2027-03-01", 10),
    ],
)
def test_a_lane_is_free_again_when_no_day_overlaps(first: str, last: str, free: int) -> None:
    granted = due_grants(wanting("b"), [lane("a", 10, first, last)], [], [], TODAY)
    assert [body.lane for body in granted if isinstance(body, e.LaneGranted)] == [free]


def test_a_book_is_for_ever_and_no_counters_own() -> None:
    (_, book) = due_grants(wanting("b"), [], [e.BookGranted("a", "1", 10)], [3, 14], TODAY)
    assert book == e.BookGranted("b", "1", 15)


def test_without_a_free_lane_the_counter_goes_on_with_provisional_codes() -> None:
    lanes = [lane("a", number, "2026-11-01", "2026-12-01") for number in range(10, 21)]
    assert due_grants(wanting("b"), lanes, [], [], TODAY) == [e.BookGranted("b", "1", 10)]


@pytest.mark.parametrize("reason", ["moved", "no_marker", "forked"])
def test_an_incarnation_without_numbers_wants_some(reason: str) -> None:
    assert wants_numbers(e.IncarnationStarted(1, "", "", reason))  # type: ignore[arg-type]


@pytest.mark.parametrize("reason", ["new", "restored", "crashed"])
def test_counters_1_to_9_go_on_in_their_own_lane(reason: str) -> None:
    assert not wants_numbers(e.IncarnationStarted(9, "", "", reason))  # type: ignore[arg-type]
    assert wants_numbers(e.IncarnationStarted(10, "", "", reason))  # type: ignore[arg-type]


def test_a_counter_on_another_machine_gets_its_grants_with_the_same_exchange(
    server: SmallServer, counter: SmallCounter
) -> None:
    server.exchange(counter)
    counter.start("a" * 16, reason="moved")
    server.exchange(counter)
    last = (NOW.date() + timedelta(days=60)).isoformat()
    assert counter.bodies(e.LaneGranted) == [
        e.LaneGranted(*counter.own, 10, NOW.date().isoformat(), last)
    ]
    assert counter.bodies(e.BookGranted) == [e.BookGranted(*counter.own, 10)]


def test_a_counter_from_ten_on_gets_no_book_and_the_next_number_stays_free(
    server: SmallServer,
) -> None:
    for number in (12, 13):
        new = SmallCounter(f"counter {number}", number)
        server.enrol(new)
        server.exchange(new)
        assert new.bodies(e.LaneGranted)
        assert new.bodies(e.BookGranted) == []


def test_grants_are_given_once(server: SmallServer, counter: SmallCounter) -> None:
    counter.start("a" * 16, reason="no_marker")
    for number in range(3):
        counter.receive(number)
        server.exchange(counter)
    assert len(counter.bodies(e.LaneGranted)) == 1


def test_where_everybody_has_a_lane_of_their_own_nobody_looks_for_one(
    server: SmallServer, counter: SmallCounter, monkeypatch: pytest.MonkeyPatch
) -> None:
    counter.start("a" * 16)
    monkeypatch.setattr(Author, "given", None)
    server.exchange(counter)
    assert counter.own in server.map()


# --- anew ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(("left", "anew"), [(7, True), (8, False), (-3, True)])
def test_a_lane_is_granted_anew_with_a_week_left(left: int, anew: bool) -> None:
    ends = (TODAY + timedelta(days=left)).isoformat()
    lanes, books = [lane("a", 12, "2026-10-01", ends)], [e.BookGranted("a", "1", 10)]
    granted = due_grants(wanting("a"), lanes, books, [], TODAY)
    assert granted == [lane("a", 12, "2026-10-01", "2027-01-29")] * anew


def test_an_incarnation_that_was_left_gets_nothing_anew() -> None:
    lanes, books = [lane("a", 12, "2026-10-01", "2026-12-01")], [e.BookGranted("a", "1", 10)]
    assert due_grants(wanting("a"), lanes, books, [], TODAY, {("a", "1")}) == []


def test_a_lane_that_went_to_another_since_is_not_granted_anew() -> None:
    lanes = [
        lane("a", 10, "2026-08-01", "2026-10-01"),
        lane("b", 10, "2026-11-01", "2026-12-31"),
    ]
    books = [e.BookGranted(device, "1", 10 + n) for n, device in enumerate("ab")]
    assert due_grants(wanting("a"), lanes, books, [], TODAY) == [
        lane("a", 11, "2026-11-30", "2027-01-29")
    ]


def test_a_lane_granted_by_a_clock_a_year_ahead_keeps_nobody_without_one() -> None:
    ahead = lane("a", 10, "2027-11-30", "2028-01-29")
    books = [e.BookGranted("a", "1", 10)]
    granted = due_grants(wanting("a"), [ahead], books, [], TODAY)
    assert granted == [lane("a", 10, "2026-11-30", "2027-01-29")]
    now = lane("a", 10, "2026-11-30", "2027-01-29")
    assert due_grants(wanting("a"), [ahead, now], books, [], TODAY) == []


def test_a_revoked_device_gives_its_lane_back_when_it_ends(
    server: SmallServer, counter: SmallCounter
) -> None:
    server.exchange(counter)
    stolen = SmallCounter("stolen", 12)
    server.enrol(stolen)
    server.exchange(stolen)
    Oversight(server.built.units, server.built.author).revoke(UNIT, "12", None, server.now)
    for weeks in (8, 16):
        server.now = NOW + timedelta(weeks=weeks)
        counter.receive(weeks)
        server.exchange(counter)
    new = SmallCounter("new", 13)
    server.enrol(new)
    server.exchange(new)
    granted = [(grant.device, grant.lane) for grant in new.bodies(e.LaneGranted)]
    assert granted == [(each.keys.public.device, 10) for each in (stolen, new)]


@pytest.mark.parametrize("is_idle", [False, True])
def test_a_counter_that_exchanges_weekly_never_runs_out_of_its_lane(
    server: SmallServer, is_idle: bool
) -> None:
    counter = SmallCounter("moved", 3, reason="moved")
    server.enrol(counter)
    held: list[e.LaneGranted] = []
    for week in range(30):
        server.now = NOW + timedelta(weeks=week)
        if not (is_idle and week):
            counter.receive(week)
        server.exchange(counter)
        held = counter.bodies(e.LaneGranted)
        today = server.now.date().isoformat()
        assert any(g.first <= today <= g.last for g in held)
    assert {grant.lane for grant in held} == {10}
    assert 2 <= len(held) <= 6
