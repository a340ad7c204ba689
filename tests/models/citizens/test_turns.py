"""The waiting line: who has priority first, then by number; how long they waited."""

from dataclasses import replace
from datetime import datetime, timedelta

from app.clock import VIETNAM
from app.models.citizens.turns import (
    SHOWN,
    Turn,
    TurnState,
    ahead_of,
    label,
    minutes,
    queue_of,
    spoken,
)

NINE = datetime(2026, 11, 23, 9, 0, tzinfo=VIETNAM)


def a_turn(number: int, state: TurnState = TurnState.WAITING, priority: str = "") -> Turn:
    at = NINE + timedelta(minutes=number)
    called = None if state is TurnState.WAITING else at + timedelta(minutes=10)
    return Turn(label(1, number), number, priority, state, at, called, int(called is not None))


def test_each_counter_has_a_letter_so_that_no_two_numbers_are_the_same() -> None:
    assert [label(counter, 7) for counter in (1, 2, 20, 27)] == ["A007", "B007", "T007", "27-007"]
    assert label(1, 1234) == "A1234"


def test_priority_goes_first_and_the_others_by_number() -> None:
    queue = queue_of([a_turn(1), a_turn(2), a_turn(3, priority="Người cao tuổi")])
    assert [turn.number for turn in queue.waiting] == [3, 1, 2]
    assert ahead_of(queue, queue.waiting[2]) == 2


def test_the_newest_called_stand_first_and_few_of_them() -> None:
    served = [a_turn(n, TurnState.SERVED) for n in range(1, 8)]
    queue = queue_of([*served, a_turn(8, TurnState.CALLED)])
    assert queue.current == a_turn(8, TurnState.CALLED)
    assert [turn.number for turn in queue.called] == [8, 7, 6, 5, 4][:SHOWN]


def test_the_mean_wait_is_of_those_called() -> None:
    slow = replace(a_turn(2, TurnState.AWAY), called_at=NINE + timedelta(minutes=22))
    queue = queue_of([a_turn(1, TurnState.SERVED), slow, a_turn(3)])
    assert queue.mean_wait == timedelta(minutes=15)
    assert queue.away == (slow,)
    assert queue_of([a_turn(1)]).mean_wait is None


def test_a_begun_minute_counts_from_its_half() -> None:
    assert [minutes(timedelta(seconds=s)) for s in (-5, 29, 31, 90)] == [0, 0, 1, 2]


def test_a_number_is_spoken_digit_by_digit() -> None:
    assert spoken(a_turn(1), 1) == "Mời số A, không không một, đến quầy 1."
    far = replace(a_turn(7), label=label(27, 7))
    assert spoken(far, 27) == "Mời số 27, không không bảy, đến quầy 27."
