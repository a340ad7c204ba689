from hypothesis import given
from hypothesis import strategies as st

from app.printing.fonts import BOLD, REGULAR
from app.printing.text import Line, Run, balanced, break_lines, width

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


def test_no_text_is_one_empty_line() -> None:
    assert break_lines([], 10, 50) == [()]
