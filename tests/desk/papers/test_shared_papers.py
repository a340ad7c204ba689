"""One paper for several dossiers: each of them has been printed where the paper may be out, and only there."""

from pathlib import Path

import pytest

from app.desk.at_desk import directly
from app.desk.papers.delivery import Delivery
from app.desk.papers.paperwork import Paper
from app.desk.papers.print_batch import PrintBatch
from app.models.dossiers.print_state import PrintState
from app.models.events.event import EventName
from app.printing.printers.spooler import NotTaken
from tests.a_printer import Laser
from tests.making import ACounter, a_counter

AGAIN = "BẢN IN LẠI lần 1"


@pytest.fixture
def counter(tmp_path: Path) -> ACounter:
    return a_counter(tmp_path)


@pytest.fixture
def pair(counter: ACounter) -> tuple[EventName, EventName]:
    one, other = (counter.receive("Nguyễn Thị Ánh").name for _ in "12")
    return one, other


def issue(counter: ACounter, name: EventName, *others: EventName) -> Paper:
    return counter.desk.paperwork.issue("receipt", name, counter.officer, others=others)


def refuse(counter: ACounter, paper: Paper) -> None:
    counter.desk.press.go(paper.job, "Laser")
    counter.desk.press.sent(paper.job, NotTaken("hết giấy"))


def test_what_no_printer_took_is_a_print_of_none_of_them(
    counter: ACounter, pair: tuple[EventName, EventName]
) -> None:
    one, other = pair
    refuse(counter, issue(counter, one, other))
    assert [counter.desk.paperwork.printed("receipt", name) for name in pair] == [0, 0]
    assert [issue(counter, other).mark, issue(counter, one).mark] == ["", ""]
    assert [issue(counter, other).mark, issue(counter, one).mark] == [AGAIN, AGAIN]


def test_a_paper_of_more_dossiers_is_another_and_all_of_them_are_printed(
    counter: ACounter, pair: tuple[EventName, EventName]
) -> None:
    one, other = pair
    alone = issue(counter, one)
    refuse(counter, alone)
    shared = issue(counter, one, other)
    assert (shared.mark, shared.job == alone.job) == ("", False)
    counter.desk.press.go(shared.job, "Laser")
    counter.desk.press.sent(shared.job)
    assert [issue(counter, other).mark, issue(counter, one).mark] == [AGAIN, AGAIN]


def test_the_same_paper_goes_once_more_unless_one_of_them_was_printed_since(
    counter: ACounter, pair: tuple[EventName, EventName]
) -> None:
    one, other = pair
    shared = issue(counter, one, other)
    refuse(counter, shared)
    assert issue(counter, one, other).job == shared.job
    issue(counter, other)
    assert issue(counter, one, other).job != shared.job


def test_what_becomes_of_the_paper_is_told_of_each_and_asked_once(
    counter: ACounter, pair: tuple[EventName, EventName]
) -> None:
    press = counter.desk.press
    shared = issue(counter, *pair)
    press.go(shared.job, "Laser")
    press.sent(shared.job)
    states = {job.state for name in pair for job in press.prints_of(name)}
    assert states == {PrintState.ACCEPTED}
    assert len(press._jobs.unfinished()) == 1


def test_printing_many_leaves_none_of_them_out(
    counter: ACounter, pair: tuple[EventName, EventName]
) -> None:
    desk, today = counter.desk, counter.clock()
    refuse(counter, issue(counter, *pair))
    day = today.replace(hour=0), today.replace(hour=23)
    assert desk.press.printed("receipt", *day) == set()
    batch = PrintBatch(
        desk.paperwork, Delivery(desk.press, directly, Laser()), directly, counter.officer
    )
    assert batch.run("receipt", pair, "Laser").sent == 2
    assert desk.press.printed("receipt", *day) == set(pair)
