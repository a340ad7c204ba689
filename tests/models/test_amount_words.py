"""Reads amounts in words back by a way of its own, and holds them against those worked out by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.text import amount_in_words

DIGITS = {
    "không": 0, "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "lăm": 5, "sáu": 6,
    "bảy": 7, "tám": 8, "chín": 9,
}  # fmt: skip
SCALES = {"nghìn": 10**3, "triệu": 10**6, "tỷ": 10**9}


def read(words: str) -> int:
    """The number that a Vietnamese would write down on hearing it."""
    total = group = digit = 0
    for word in words.lower().removesuffix(" đồng").split():
        match word:
            case "trăm":
                group, digit = group + digit * 100, 0
            case "mươi":
                group, digit = group + digit * 10, 0
            case "mười":
                group += 10
            case "linh":
                pass
            case "tỷ":
                total, group, digit = (total + group + digit) * SCALES[word], 0, 0
            case "triệu" | "nghìn":
                total, group, digit = total + (group + digit) * SCALES[word], 0, 0
            case _:
                digit = DIGITS[word]
    return total + group + digit


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (0, "Không đồng"),
        (4, "Bốn đồng"),
        (15, "Mười lăm đồng"),
        (20, "Hai mươi đồng"),
        (21, "Hai mươi mốt đồng"),
        (25, "Hai mươi lăm đồng"),
        (105, "Một trăm linh năm đồng"),
        (115, "Một trăm mười lăm đồng"),
        (1_001, "Một nghìn không trăm linh một đồng"),
        (8_000, "Tám nghìn đồng"),
        (15_000, "Mười lăm nghìn đồng"),
        (21_500, "Hai mươi mốt nghìn năm trăm đồng"),
        (105_005, "Một trăm linh năm nghìn không trăm linh năm đồng"),
        (1_000_000, "Một triệu đồng"),
        (1_000_000_000, "Một tỷ đồng"),
        (1_000_000_021, "Một tỷ không trăm hai mươi mốt đồng"),
    ],
)
def test_amounts_worked_out_by_hand(amount: int, words: str) -> None:
    assert amount_in_words(amount) == words


def test_every_amount_below_ten_thousand_reads_back() -> None:
    assert [n for n in range(10_000) if read(amount_in_words(n)) != n] == []


@given(st.integers(0, 999_999_999_999))
def test_any_amount_reads_back(amount: int) -> None:
    assert read(amount_in_words(amount)) == amount


def test_one_five_and_ten_change_their_sound_where_they_must() -> None:
    for hundreds in range(0, 1000, 100):
        for tens in range(20, 100, 10):
            assert amount_in_words(hundreds + tens + 1).endswith("mươi mốt đồng")
            assert amount_in_words(hundreds + tens + 5).endswith("mươi lăm đồng")
        assert amount_in_words(hundreds + 11).lower().endswith("mười một đồng")
        assert amount_in_words(hundreds + 15).lower().endswith("mười lăm đồng")
