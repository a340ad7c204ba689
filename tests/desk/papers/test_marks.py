"""What each print of a form is marked with."""

from typing import NamedTuple

import pytest

from app.desk.papers.prints import Prints


class Print(NamedTuple):
    printed: int
    outdated: int
    mark: str


@pytest.mark.parametrize(
    "case",
    [
        Print(0, 0, ""),
        Print(1, 0, "BẢN IN LẠI lần 1"),
        Print(3, 0, "BẢN IN LẠI lần 3"),
        Print(1, 1, "THAY THẾ"),
        Print(2, 1, "THAY THẾ – BẢN IN LẠI lần 1"),
        Print(5, 3, "THAY THẾ – BẢN IN LẠI lần 2"),
    ],
)
def test_only_the_first_print_bears_no_mark(case: Print) -> None:
    assert Prints(case.printed, case.outdated).mark == case.mark
