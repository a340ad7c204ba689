"""The waiting line on a real counter: what was taken and called is there after a power cut too."""

from pathlib import Path

import pytest

from app.models.citizens.turns import Queue
from app.models.errors import Refused
from app.printing.papers.turn_slip import render_values
from app.printing.turn_values import TurnValues
from tests.making import MONDAY, ACounter, a_counter
from tests.printing import reading


@pytest.fixture
def counter(tmp_path: Path) -> ACounter:
    return a_counter(tmp_path)


def labels(queue: Queue) -> list[str]:
    return [turn.label for turn in queue.waiting]


def test_numbers_go_on_through_the_day_and_begin_again_the_next(counter: ACounter) -> None:
    turns = counter.desk.turns
    assert [turns.take().label for _ in range(2)] == ["A001", "A002"]
    counter.close()
    counter.open()
    assert counter.desk.turns.take().label == "A003"
    counter.clock.go_on(days=1)
    assert counter.desk.turns.take().label == "A001"


def test_another_counter_has_another_letter(tmp_path: Path) -> None:
    assert a_counter(tmp_path, number=2).desk.turns.take().label == "B001"


def test_the_next_one_is_called_and_the_one_before_is_done(counter: ACounter) -> None:
    turns = counter.desk.turns
    turns.take()
    turns.take("Người khuyết tật")
    first = turns.call_next()
    assert (first.current and first.current.label, labels(first)) == ("A002", ["A001"])
    turns.call_next()
    empty = turns.call_next()
    assert (empty.current, labels(empty)) == (None, [])
    assert [turn.label for turn in empty.called] == ["A001", "A002"]


def test_who_is_called_again_keeps_the_hour_and_who_is_away_comes_back(counter: ACounter) -> None:
    turns = counter.desk.turns
    turns.take()
    turns.take()
    turns.call_next()
    counter.clock.go_on(minutes=2)
    again = turns.call_again().current
    assert again is not None
    assert (again.calls, again.called_at) == (2, MONDAY)
    assert [turn.label for turn in turns.skip().away] == ["A001"]
    assert labels(turns.hand_back(1)) == ["A001", "A002"]


def test_what_cannot_be_done_is_said(counter: ACounter) -> None:
    turns = counter.desk.turns
    turns.take()
    for deed in (turns.call_again, turns.skip, lambda: turns.hand_back(1)):
        with pytest.raises(Refused):
            deed()


def test_taking_and_calling_writes_no_event(counter: ACounter) -> None:
    before = counter.store.map()
    counter.desk.turns.take()
    counter.desk.turns.call_next()
    assert counter.store.map() == before


def test_the_paper_says_the_number_and_how_many_are_before_it() -> None:
    values = TurnValues("Trung tâm xã Khánh Hà", "A012", "Người cao tuổi", MONDAY, 3, 8)
    page = reading.text(render_values({"turn": values}, "TẬP DÙNG"))
    for words in ("A012", "Ưu tiên: Người cao tuổi", "còn 3 số", "khoảng 8 phút", "TẬP DÙNG"):
        assert words in page
