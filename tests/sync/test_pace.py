from hypothesis import given
from hypothesis import strategies as st

from app.sync.pace import APART, EVERY, FIRST_RETRY, LONGEST_RETRY, Pace

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


def test_a_hint_tries_at_once_and_takes_no_failure_back() -> None:
    tried = after(9).worth_a_try(1.0)
    assert (tried.wait(1.0), tried.failures) == (0.0, 9)


def test_news_is_fetched_though_others_failed_but_never_faster_than_apart() -> None:
    assert after(9).news(1000.0).wait(1000.0) == 0.0
    assert Pace().failed(100.0, 0.5).news(101.0).wait(101.0) < APART
    assert after(9).news(1.0).wait(1.0) == APART - 1


def test_events_that_come_one_upon_another_go_together() -> None:
    pace = Pace().succeeded(100.0, 0.5).new_event(101.0)
    assert pace.wait(101.0) == APART - 1
    assert pace.new_event(103.0) == pace


def test_what_is_due_already_is_not_put_off() -> None:
    assert Pace(due=5.0).new_event(10.0).due == Pace(due=5.0).worth_a_try(10.0).due == 5.0


@given(st.lists(st.tuples(st.sampled_from("eth"), st.floats(0, 400), chances), max_size=60))
def test_whatever_happens_the_next_try_is_never_further_than_the_cap(
    steps: list[tuple[str, float, float]],
) -> None:
    pace, now = Pace(), 0.0
    for step, seconds, chance in steps:
        now += seconds
        pace = pace.new_event(now) if step == "e" else pace
        pace = pace.worth_a_try(now) if step == "h" else pace
        if step == "t" and not pace.wait(now):
            pace = pace.failed(now, chance) if chance < 0.5 else pace.succeeded(now, chance)
        assert pace.wait(now) <= LONGEST_RETRY
