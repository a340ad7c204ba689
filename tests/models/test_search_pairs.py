"""Pairs of whole words ask the same question with rarer tokens."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.search import paired_tokens, query_tokens, search_tokens

NAME = "Nguyễn Thị Hoà Đào"
WORDS = st.sampled_from(
    [
        "Nguyễn",
        "Lê",
        "Thị",
        "Văn",
        "Đức",
        "Xuân",
        "Quỳnh",
        "Hoà",
        "Hòa",
        "Đào",
        "Ánh",
        "Việt",
        "Trang",
    ]
)


def has(name: str, asked: tuple[str, ...]) -> bool:
    return {*asked} <= {*search_tokens((name,), (), ()).split()}


@pytest.mark.parametrize(
    "query",
    [
        "nguyen thi h",
        "Nguyễn Thị Hoà Đ",
        "Nguyễn Thị Hòa đ",
        "nguyễn hoa d",
        "thị đào ",
        "nguyen hòa dao ",
    ],
)
def test_words_of_the_name_in_their_order_find_it(query: str) -> None:
    assert has(NAME, paired_tokens(query))


@pytest.mark.parametrize("query", ["Nguyen Thị Hoá ", "Nguyên Thị H", "nguyễn thì d", "le thi h"])
def test_a_mark_that_differs_finds_nothing(query: str) -> None:
    assert not has(NAME, paired_tokens(query))


@pytest.mark.parametrize(
    "query", ["", "nguyen", "nguyen t", "ng t dao", "n t h d", "H26.15.3-261123-0047", "0912 345"]
)
def test_what_has_no_pair_of_whole_words_is_asked_otherwise(query: str) -> None:
    asked = paired_tokens(query)
    assert not asked or not has(NAME, asked)


@given(st.lists(WORDS, min_size=3, max_size=6))
def test_whatever_pairs_find_the_general_question_finds_too(words: list[str]) -> None:
    name = " ".join(words)
    for some in combinations(words, 3):
        query = " ".join(some)
        assert has(name, paired_tokens(query))
        assert has(name, query_tokens(query))
