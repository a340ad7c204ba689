from datetime import date
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.errors import BadInput
from app.models.text import (
    amount_in_words,
    clean_name,
    clean_text,
    date_words,
    fold,
    initials,
    money,
    nfc,
    sort_key,
    weekday,
)

# each plain letter with everything Vietnamese writes over and under it: 134 marked letters
MARKED = {
    "a": "àảãáạăằẳẵắặâầẩẫấậ",
    "e": "èẻẽéẹêềểễếệ",
    "i": "ìỉĩíị",
    "o": "òỏõóọôồổỗốộơờởỡớợ",
    "u": "ùủũúụưừửữứự",
    "y": "ỳỷỹýỵ",
    "d": "đ",
}
LETTERS = [(plain, c) for plain, marked in MARKED.items() for c in marked + marked.upper()]


def test_there_are_134_marked_letters() -> None:
    assert len(LETTERS) == 134


def test_every_marked_letter_folds_to_its_plain_one_composed_or_not() -> None:
    for plain, letter in LETTERS:
        assert fold(normalize("NFC", letter)) == fold(normalize("NFD", letter)) == plain


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Nguyễn Thị Đào", "nguyen thi dao"),
        ("hoà", "hoa"),
        ("hòa", "hoa"),
        ("Ðặng", "dang"),  # the Icelandic capital
        ("H'Hen Niê", "h'hen nie"),
    ],
)
def test_folds_whole_names(written: str, folded: str) -> None:
    assert fold(written) == folded


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_a_clean_name_is_composed_and_has_single_spaces() -> None:
    typed = normalize("NFD", "  Nguyễn\N{NO-BREAK SPACE} Thị  Đào\n")
    assert clean_name(typed) == "Nguyễn Thị Đào"


@pytest.mark.parametrize(
    "hidden", ["\x00", "\t", "\x1b", "\u200b", "\u202e", "\ufeff", "\u2028", "\ud800", "\ue000"]
)
def test_a_name_with_a_character_nobody_sees_is_refused_and_told_where(hidden: str) -> None:
    with pytest.raises(BadInput, match=rf"U\+{ord(hidden):04X}.*sau “Nguyễn”") as refused:
        clean_name(f"Nguyễn{hidden}Văn A")
    assert refused.value.field == "name"
    str(refused.value).encode()


def test_a_ten_megabyte_paste_is_refused_with_its_size() -> None:
    with pytest.raises(BadInput, match=r"10\.485\.760 ký tự, quá 120"):
        clean_name("ễ" * 10_485_760)


def test_a_name_of_the_limit_passes_decomposed_too() -> None:
    longest = "ễ" * 120
    assert clean_name(normalize("NFD", longest)) == longest
    with pytest.raises(BadInput):
        clean_name(longest + "ễ")


def test_free_text_keeps_its_lines() -> None:
    assert clean_text(" Thiếu\tgiấy  \r\nchứng sinh ") == "Thiếu giấy\nchứng sinh"


def test_free_text_refuses_what_nobody_sees() -> None:
    with pytest.raises(BadInput, match="Ghi chú có ký tự ẩn"):
        clean_text("dòng một\ndòng\u202e hai", field="note")


ORDERED = [
    *("An", "Ăn", "Ân", "Dao", "Dũng", "Đào", "Êban"),
    *("Hoa", "Hòa", "Hỏa", "Hõa", "Hóa", "Họa", "Hoa Anh"),
    *("Ông", "Ơn", "Uy", "Ưng"),
]


@given(st.permutations(ORDERED))
def test_names_sort_as_in_a_vietnamese_dictionary(shuffled: list[str]) -> None:
    assert sorted(shuffled, key=sort_key) == ORDERED


def test_both_tone_spellings_sort_alike_and_punctuation_does_not_count() -> None:
    assert sort_key("Hoà") == sort_key("hòa")
    assert sort_key("H'Hen") == sort_key("Hhen")


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 9, 5), "ngày 05 tháng 9 năm 2026"),
        (date(2026, 1, 10), "ngày 10 tháng 01 năm 2026"),
        (date(2026, 2, 28), "ngày 28 tháng 02 năm 2026"),
        (date(2026, 12, 31), "ngày 31 tháng 12 năm 2026"),
    ],
)
def test_a_date_is_written_as_decree_30_has_it(day: date, words: str) -> None:
    assert date_words(day) == words


def test_weekdays_are_named() -> None:
    assert [weekday(date(2026, 11, day)) for day in (23, 28, 29)] == [
        "Thứ Hai",
        "Thứ Bảy",
        "Chủ nhật",
    ]


def test_money_is_grouped_in_threes() -> None:
    assert [money(n) for n in (0, 500, 12_000, 1_200_000)] == [
        "0 đ",
        "500 đ",
        "12.000 đ",
        "1.200.000 đ",
    ]


def test_initials_are_those_of_the_first_and_last_word() -> None:
    assert [initials(name) for name in ("Lê Thị Nga", "đào An", "An", "")] == ["LN", "ĐA", "A", ""]


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (0, "Không đồng"),
        (5, "Năm đồng"),
        (10, "Mười đồng"),
        (11, "Mười một đồng"),
        (15, "Mười lăm đồng"),
        (21, "Hai mươi mốt đồng"),
        (55, "Năm mươi lăm đồng"),
        (101, "Một trăm linh một đồng"),
        (110, "Một trăm mười đồng"),
        (1_005, "Một nghìn không trăm linh năm đồng"),
        (12_000, "Mười hai nghìn đồng"),
        (200_000, "Hai trăm nghìn đồng"),
        (1_000_015, "Một triệu không trăm mười lăm đồng"),
        (3_021_000, "Ba triệu không trăm hai mươi mốt nghìn đồng"),
        (2_000_000_000, "Hai tỷ đồng"),
        (1_000_000_000_000, "Một nghìn tỷ đồng"),
    ],
)
def test_an_amount_is_said_in_words(amount: int, words: str) -> None:
    assert amount_in_words(amount) == words


@given(st.integers(0, 10**13), st.integers(0, 10**13))
def test_different_amounts_are_said_differently(one: int, other: int) -> None:
    assert (amount_in_words(one) == amount_in_words(other)) == (one == other)


def test_a_negative_amount_is_our_mistake() -> None:
    with pytest.raises(ValueError, match="-1"):
        amount_in_words(-1)


@given(st.text())
def test_nfc_is_stable(text: str) -> None:
    assert nfc(nfc(text)) == nfc(text)
