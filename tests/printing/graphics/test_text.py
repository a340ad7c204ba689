import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.printing.graphics.fonts import BOLD, REGULAR
from app.printing.graphics.text import Line, Notch, Run, balanced, break_lines, width

words = st.text(alphabet="aWđếỹ .,", max_size=12)
texts = st.lists(st.builds(Run, words, st.sampled_from([REGULAR, BOLD])), max_size=8)


def letters(*lines: Line) -> str:
    return "".join(run.text for line in lines for run in line).replace(" ", "")


def said(line: Line) -> str:
    return "".join(run.text for run in line)


@given(texts, st.floats(12, 300))
def test_lines_fit_and_lose_no_letter(text: list[Run], room: float) -> None:
    lines = break_lines(text, 10, room)
    assert all(width(line, 10) <= room for line in lines)
    assert letters(*lines) == letters(tuple(text))


@given(texts, st.floats(60, 300))
def test_balancing_moves_words_and_adds_no_line(text: list[Run], room: float) -> None:
    greedy, even = break_lines(text, 10, room), balanced(tuple(text), 10, room)
    assert len(even) == len(greedy)
    assert all(width(line, 10) <= room for line in even)
    assert letters(*even) == letters(*greedy)


def test_a_title_breaks_in_the_middle() -> None:
    lines = balanced((Run("TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG", BOLD),), 10, 180)
    assert [said(line) for line in lines] == ["TRUNG TÂM PHỤC VỤ", "HÀNH CHÍNH CÔNG"]


def test_a_word_may_change_its_face_in_the_middle() -> None:
    text = [Run("trả ", REGULAR), Run("kết", BOLD), Run("quả", REGULAR)]
    assert [said(line) for line in break_lines(text, 10, 30)] == ["trả", "kếtquả"]


def test_a_word_wider_than_the_line_is_cut_between_letters() -> None:
    lines = break_lines([Run("a " + "W" * 30, REGULAR)], 10, 50)
    assert [said(line) for line in lines] == ["a", *["WWWWW"] * 6]


@given(texts, st.floats(60, 300), st.integers(0, 4))
def test_the_first_lines_give_way_to_what_stands_beside_them(
    text: list[Run], room: float, count: int
) -> None:
    lines = break_lines(text, 10, room, Notch(40, count))
    assert all(width(line, 10) <= room - 40 for line in lines[:count])
    assert all(width(line, 10) <= room for line in lines)
    assert letters(*lines) == letters(tuple(text))


def test_the_lines_below_what_stands_beside_are_whole_again() -> None:
    lines = break_lines(
        [Run("Số ngách tổ dân phố khu thôn xã tỉnh", REGULAR)], 10, 90, Notch(50, 2)
    )
    assert [said(line) for line in lines] == ["Số ngách", "tổ dân", "phố khu thôn xã tỉnh"]


@pytest.mark.parametrize("alone", ["Lịch", "Lịch./.", "7."])
def test_a_syllable_does_not_stand_alone_on_the_last_line(alone: str) -> None:
    text = [Run(f"Ủy ban nhân dân xã Đại {alone}", REGULAR)]
    lines = break_lines(text, 10, width((Run("Ủy ban nhân dân xã Đại", REGULAR),), 10) + 1)
    assert [said(line) for line in lines] == ["Ủy ban nhân dân xã", f"Đại {alone}"]


@pytest.mark.parametrize("alone", ["T-7QK2MZ4T", "16\xa0giờ\xa030\xa0phút", "…………"])
def test_a_code_a_date_and_dots_may_stand_alone(alone: str) -> None:
    text = [Run(f"Mã hồ sơ của Ông/Bà là {alone}", REGULAR)]
    lines = break_lines(text, 10, width((Run("Mã hồ sơ của Ông/Bà là", REGULAR),), 10) + 1)
    assert [said(line) for line in lines] == ["Mã hồ sơ của Ông/Bà là", alone]


def test_no_text_is_one_empty_line() -> None:
    assert break_lines([], 10, 50) == [()]
