from hypothesis import given
from hypothesis import strategies as st

from app.sync.pace import EVERY, FIRST_RETRY, LONGEST_RETRY, Pace

chances = st.floats(0, 1, exclude_max=True)


def after(failures: int, chance: float = 0.999) -> Pace:
    pace = Pace()
    for _ in range(failures):
        pace = pace.failed(0.0, chance)
    return pace


def test_it_starts_at_once() -> None:
    assert Pace().wait(0.0) == 0.0


def test_each_failure_doubles_the_wait_up_to_a_cap() -> None:
    waits = [after(failures, chance=0.0).wait(0.0) for failures in range(1, 12)]
    assert waits[:4] == [2.5, 5.0, 10.0, 20.0]
    assert waits[-1] == LONGEST_RETRY / 2


@given(st.integers(1, 10_000), chances)
def test_it_never_gives_up_and_never_waits_longer_than_the_cap(
    failures: int, chance: float
) -> None:
    pace = Pace(0.0, failures).failed(100.0, chance)
    assert FIRST_RETRY / 2 <= pace.wait(100.0) <= LONGEST_RETRY


def test_counters_cut_off_together_do_not_come_back_together() -> None:
    assert after(5, chance=0.1).due != after(5, chance=0.9).due


def test_an_acknowledgement_ends_the_back_off() -> None:
    pace = after(9).succeeded(0.0, 0.5)
    assert pace.failures == 0
    assert EVERY / 2 <= pace.wait(0.0) <= EVERY


def test_a_new_event_goes_at_once_while_the_line_is_up() -> None:
    assert Pace().succeeded(0.0, 0.5).new_event(10.0).wait(10.0) == 0.0


def test_a_new_event_does_not_hammer_a_line_that_is_down() -> None:
    down = after(6)
    assert down.new_event(1.0) == down


def test_network_up_tries_at_once() -> None:
    assert after(9).network_up(1.0).wait(1.0) == 0.0


def test_what_is_due_already_is_not_put_off() -> None:
    assert Pace(due=5.0).new_event(10.0).due == Pace(due=5.0).network_up(10.0).due == 5.0
