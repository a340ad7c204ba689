"""Many receipts in one batch: progress, an end at any time, and no second original afterwards."""

from datetime import timedelta
from pathlib import Path

import pytest

from app.desk.at_desk import directly
from app.desk.papers.delivery import Delivery
from app.desk.papers.print_batch import Batch, PrintBatch
from app.models.dossiers.lifecycle import Deed
from app.models.dossiers.print_state import PrintState
from app.models.errors import OtherSideFailed
from app.models.events.event import EventName
from app.printing.printers.spooler import NotTaken
from tests.a_printer import Laser
from tests.making import ACounter, a_counter

COUNT = 12


class Office:
    def __init__(self, folder: Path) -> None:
        self.counter: ACounter = a_counter(folder)
        self.names = [self.counter.receive(f"Người {n}").name for n in range(COUNT)]
        self.laser = Laser()
        desk = self.counter.desk
        self.delivery = Delivery(desk.press, directly, self.laser)
        self.batch = PrintBatch(desk.paperwork, self.delivery, directly, self.counter.officer)

    def run(self, until: int = COUNT + 1) -> Batch:
        return self.batch.run("receipt", self.names, "Laser", reached=lambda n, _: n < until)

    def marks(self) -> set[str]:
        """Of everything that was printed."""
        press = self.counter.desk.press
        return {job.mark for name in self.names for job in press.prints_of(name)}

    def prints(self, name: EventName) -> int:
        return self.counter.desk.paperwork.printed("receipt", name)


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


def test_every_dossier_gets_its_original_and_progress_is_told(office: Office) -> None:
    told: list[tuple[int, int]] = []

    def reached(done: int, of: int) -> bool:
        told.append((done, of))
        return True

    done = office.batch.run("receipt", office.names, "Laser", reached=reached)
    assert done == Batch(sent=COUNT, skipped=0, refused=(), left=0)
    assert told == [(n, COUNT) for n in range(COUNT + 1)]
    assert (len(set(office.laser.taken)), office.marks()) == (COUNT, {""})


def test_a_batch_that_is_ended_goes_on_where_it_was(office: Office) -> None:
    assert office.run(until=5) == Batch(sent=5, skipped=0, refused=(), left=7)
    assert [office.prints(name) for name in office.names] == [1] * 5 + [0] * 7
    assert office.run() == Batch(sent=7, skipped=5, refused=(), left=0)
    assert (len(set(office.laser.taken)), office.marks()) == (COUNT, {""})


def test_a_printer_that_takes_no_more_ends_it_and_the_paper_goes_as_it_was(office: Office) -> None:
    office.laser.fails[4] = NotTaken("Máy in không nhận lệnh in.")
    assert office.run() == Batch(4, 0, (), left=8, failed="Máy in không nhận lệnh in.")
    assert office.run() == Batch(sent=8, skipped=4, refused=(), left=0)
    assert office.marks() == {""}


def test_what_may_have_come_out_is_not_printed_a_second_time(office: Office) -> None:
    office.laser.fails[4] = OtherSideFailed("Mất liên lạc.")
    assert office.run().left == 8
    assert office.run() == Batch(sent=7, skipped=5, refused=(), left=0)
    states = [office.counter.desk.press.prints_of(name)[-1].state for name in office.names]
    assert states.count(PrintState.UNKNOWN) == 1


def test_a_reprint_no_printer_took_leaves_the_dossier_its_original(office: Office) -> None:
    office.run()
    desk, name = office.counter.desk, office.names[0]
    again = desk.paperwork.issue("receipt", name, office.counter.officer)
    desk.press.sent(again.job, NotTaken("Máy in không nhận lệnh in."))
    assert office.run() == Batch(sent=0, skipped=COUNT, refused=(), left=0)


def test_a_dossier_without_that_paper_is_told_and_the_others_go_on(office: Office) -> None:
    office.counter.do(Deed.VOID, office.names[3])
    done = office.run()
    assert (done.sent, [name for name, _ in done.refused]) == (COUNT - 1, [office.names[3]])
    assert "đã hủy" in done.refused[0][1]


def test_the_dossiers_that_have_a_paper_are_found_whoever_printed_it(office: Office) -> None:
    office.run(until=5)
    counter = office.counter
    start = counter.clock.now - timedelta(hours=1)
    printed = counter.desk.press.printed("receipt", start, counter.clock.now)
    assert printed == set(office.names[:5])
    assert counter.desk.press.printed("control", start, counter.clock.now) == set()
    assert counter.desk.press.printed("receipt", start, start) == set()


def test_what_no_printer_took_is_not_found_among_the_printed(office: Office) -> None:
    office.laser.fails[4] = NotTaken("Máy in không nhận lệnh in.")
    office.run()
    counter = office.counter
    start = counter.clock.now - timedelta(hours=1)
    assert counter.desk.press.printed("receipt", start, counter.clock.now) == set(office.names[:4])
