from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.numbering import (
    LANES,
    SCANNABLE,
    Code,
    book_series,
    code_day,
    code_series,
    is_code,
    lane_is_filling,
    next_in_lane,
    provisional_code,
    slip_group,
)

LANE = st.integers(1, LANES)


def numbers(lane: int, count: int) -> list[int]:
    """The first numbers drawn in a lane."""
    drawn: list[int] = []
    for _ in range(count):
        drawn.append(next_in_lane(lane, drawn[-1] if drawn else 0))
    return drawn


def test_a_lane_begins_with_its_own_number_and_goes_on_by_twenty() -> None:
    assert numbers(3, 4) == [3, 23, 43, 63]
    assert numbers(20, 3) == [20, 40, 60]


@given(LANE, LANE, st.integers(0, 600), st.integers(0, 600))
def test_two_lanes_never_meet(one: int, other: int, highest: int, highest_there: int) -> None:
    here, there = next_in_lane(one, highest), next_in_lane(other, highest_there)
    assert one == other or here != there


@given(LANE, st.integers(0, 10**6))
def test_the_next_number_is_the_lanes_first_above_all_used(lane: int, highest: int) -> None:
    number = next_in_lane(lane, highest)
    assert highest < number <= highest + max(LANES, lane)
    assert Code("H26", "261123", number).lane == lane


def test_all_lanes_together_use_every_number() -> None:
    assert sorted(n for lane in range(1, LANES + 1) for n in numbers(lane, 5)) == list(
        range(1, 101)
    )


def test_past_9999_comes_a_fifth_digit() -> None:
    assert next_in_lane(3, 9983) == 10003
    code = Code("H26.15.3", "261123", 10003)
    assert str(code) == "H26.15.3-261123-10003"
    assert Code.parse(str(code)) == code
    assert str(Code("H26.15.3", "261123", 3)) == "H26.15.3-261123-0003"


def test_a_lane_warns_from_80_percent_on() -> None:
    assert not lane_is_filling(7999)
    assert lane_is_filling(8003)


@given(st.from_regex(r"[A-Y][0-9]{2}(\.[0-9A-Z]{1,3}){0,5}", fullmatch=True), st.integers(1, 10**6))
def test_a_code_reads_back_as_it_was_written(unit: str, number: int) -> None:
    code = Code(unit, "261123", number)
    assert Code.parse(str(code)) == code


@pytest.mark.parametrize(
    "text",
    [
        "",
        "H26.15.3-261123-001",
        "H26.15.3-261123-",
        "H26.15.3-2611-0001",
        "h26.15.3-261123-0001",
        "H26.15.3-261123-0001\n",
        "H26.15.3-261123-٠٠٠١",
        "H26.15.3-261123-" + "9" * 30,
        "T-BCFGHKLM",
    ],
)
def test_what_is_no_code_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        Code.parse(text)


def test_both_orders_of_agency_identifiers_are_codes() -> None:
    assert is_code("H26.15.3-261123-0001")
    assert is_code("000.00.19.H26-181123-0001")
    assert not is_code("12.345-261123-0001")


def test_a_provisional_code_is_eight_letters_an_input_method_leaves_alone() -> None:
    assert provisional_code(bytes(8)) == "T-BBBBBBBB"
    assert provisional_code(b"\xff" * 9) == "T-XXXXXXXX"
    assert is_code(provisional_code(b"chances!"))
    assert not set("AEIOUYDWZJ") & set(SCANNABLE)


def test_series_of_lanes_days_and_books_are_told_apart() -> None:
    day = code_day(date(2026, 1, 2))
    assert day == "260102"
    assert code_series(day, 3) == "code:260102:3"
    assert book_series(slip_group("receipt"), 2026, 1) == "book:slip receipt:2026:1"
    assert slip_group("Hộ tịch") != "Hộ tịch"
