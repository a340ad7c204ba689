"""What citizens said is summed up, and no sum tells what one of them said."""

import tomllib
from collections.abc import Sequence
from datetime import date, timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

import resources
from app.models.citizens.satisfaction import (
    FEWEST,
    Ballot,
    Box,
    Questionnaire,
    Summary,
    Turnout,
    boxes,
    summed,
    turnout,
)

MONDAY = date(2026, 11, 23)
LATER = MONDAY + timedelta(60)


def cast(day: date, *levels: int) -> list[Ballot]:
    return [Ballot(bytes([n]), day, {"overall": level}) for n, level in enumerate(levels)]


def daily(counts: Sequence[int]) -> list[Ballot]:
    """So many ballots on one day after the other."""
    days = (MONDAY + timedelta(n) for n in range(len(counts)))
    return [b for day, n in zip(days, counts, strict=True) for b in cast(day, *[3] * n)]


def shipped() -> dict[str, object]:
    return tomllib.loads(resources.path("satisfaction/questions.toml").read_text("utf-8"))


def test_the_shipped_questions_can_be_asked() -> None:
    asked = msgspec.convert(shipped(), Questionnaire)
    assert asked.questions[asked.overall] == "Đánh giá chung"
    assert asked.levels == ("Không hài lòng", "Hài lòng", "Rất hài lòng")


@pytest.mark.parametrize(
    "wrong", [{"levels": ["Tốt", "Xấu"]}, {"overall": "nothing"}, {"questions": {"overall": 1}}]
)
def test_what_cannot_be_asked_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"levels|overall|questions|nothing"):
        msgspec.convert(shipped() | wrong, Questionnaire)


def test_a_share_is_told_with_how_far_it_can_be_trusted() -> None:
    # worked out by hand: 90 of 100, z = 1.96
    summary = Summary((10, 30, 60))
    assert (summary.answers, summary.satisfied, summary.mean) == (100, 0.9, 2.5)
    assert summary.interval == pytest.approx((0.8256, 0.9448), abs=1e-4)


def test_all_of_five_is_no_certainty() -> None:
    assert Summary((0, 0, 5)).interval == pytest.approx((0.5655, 1.0), abs=1e-4)


@given(st.tuples(*[st.integers(0, 300)] * 3).filter(any))
def test_the_interval_holds_the_share(counts: tuple[int, int, int]) -> None:
    (low, high), share, rounding = Summary(counts).interval, Summary(counts).satisfied, 1e-12
    assert low - rounding <= share <= high + rounding
    assert (low >= 0, high <= 1) == (True, True)


def test_a_box_is_filled_by_whole_days_and_the_next_begins_the_day_after() -> None:
    one, other = boxes(daily([3, 4, 0, 5, 1]), LATER)
    assert (one.until, len(one.ballots)) == (MONDAY + timedelta(1), 7)
    assert (other.since, other.until) == (MONDAY + timedelta(2), MONDAY + timedelta(3))


def test_what_was_said_today_is_in_no_box_yet() -> None:
    assert boxes(daily([9]), MONDAY) == []
    assert boxes(daily([9]), MONDAY + timedelta(1)) != []


@given(st.lists(st.integers(0, 9), max_size=20), st.integers(0, 20), st.integers(0, 20))
def test_what_tells_two_reports_apart_is_never_few(counts: list[int], one: int, other: int) -> None:
    """However spans and days of drawing up are chosen: a box that stands never changes."""
    sets = [set(boxes_until(counts, day)) for day in (one, other)]
    assert all(n == 0 or n >= FEWEST for _, n in sets[0] ^ sets[1])
    assert sets[0] <= sets[1] or sets[1] <= sets[0]


def boxes_until(counts: list[int], day: int) -> list[tuple[date, int]]:
    """As a report drawn up on that day finds them."""
    found = boxes(daily(counts[: day + 1]), MONDAY + timedelta(day))
    return [(box.until, len(box.ballots)) for box in found]


def test_fewer_than_five_answers_to_a_question_are_no_sum() -> None:
    four = [Ballot(bytes([n]), MONDAY, {"overall": 3, "waiting": 1}) for n in range(4)]
    (box,) = boxes([*four, *cast(MONDAY, 2)], LATER)
    assert summed([box], "waiting") is None
    assert summed([box], "overall") == Summary((0, 1, 4))


def test_who_was_asked_is_counted_over_the_days_of_the_boxes() -> None:
    box = Box(date.min, MONDAY, ())
    days = {
        MONDAY - timedelta(3): Turnout(4, 1, 1, 1),
        MONDAY: Turnout(5, 5),
        MONDAY + timedelta(1): Turnout(7, 2),
    }
    counted = turnout(days, [box])
    assert counted == Turnout(9, 6, 1, 1)
    assert counted.unanswered == 1
