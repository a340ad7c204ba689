from datetime import datetime, timedelta
from pathlib import Path

import pytest

from app.clock import VIETNAM
from app.models.dossiers.lifecycle import Deed, Status
from app.models.events import event as e
from tests.making import ACounter, a_counter, exchange

DAY = timedelta(days=1)


@pytest.fixture
def counter(tmp_path: Path) -> ACounter:
    return a_counter(tmp_path)


def day_of(at: datetime) -> tuple[datetime, datetime]:
    start = at.replace(hour=0, minute=0, second=0)
    return start, start + DAY - timedelta(seconds=1)


def received(counter: ACounter, at: datetime) -> list[e.EventName]:
    keyed = counter.store.registers.keyed(*day_of(at))
    return [event.name for event in keyed if isinstance(event.body, e.Received)]


def test_what_was_keyed_on_a_day_is_found_among_many_days(counter: ACounter) -> None:
    names = []
    for _ in range(9):
        names.append([counter.receive().name for _ in range(3)])
        counter.clock.go_on(days=1)
    for number, expected in enumerate(names):
        at = datetime(2026, 11, 23, 12, 0, tzinfo=VIETNAM) + number * DAY
        assert received(counter, at) == expected


def test_what_other_counters_keyed_is_found_too_whenever_it_came(tmp_path: Path) -> None:
    one, two = (a_counter(tmp_path / str(n), number=n) for n in (1, 2))
    monday = one.clock()
    mine, other = one.receive().name, two.receive().name
    one.clock.go_on(days=3)
    one.receive()
    exchange(one.store, two.store)
    assert set(received(one, monday)) == {mine, other}
    assert received(one, monday) == received(two, monday)


def test_dossiers_come_in_the_order_that_was_asked(counter: ACounter) -> None:
    names = [counter.receive().name for _ in range(3)]
    backwards = names[::-1]
    found = counter.store.registers.named([*backwards, e.EventName("0" * 32, "0" * 16, 1)])
    assert [each.dossier.name for each in found if each.dossier] == backwards


def test_more_dossiers_than_one_query_takes_are_all_read(counter: ACounter) -> None:
    codes = counter.receive_many(205)
    span = day_of(counter.clock())
    found = counter.store.registers.lines(*span)
    assert [each.dossier.code for each in found if each.dossier] == codes
    assert counter.store.registers.count(*span) == 205


def test_neighbours_belong_together_for_as_long_as_they_do(counter: ACounter) -> None:
    names = [counter.receive().name for _ in range(5)]
    run = counter.store.registers.run_of(
        names[2], lambda event: event.name in names[1:4] and isinstance(event.body, e.Received)
    )
    assert [event.name for event in run] == names[1:4]


def test_those_in_a_status_come_longest_held_first(counter: ACounter) -> None:
    names = [counter.receive().name for _ in range(2)]
    for name in reversed(names):
        counter.do(Deed.HAND_OVER, name)
    assert counter.store.registers.in_status(Status.HANDED_OVER) == names[::-1]
