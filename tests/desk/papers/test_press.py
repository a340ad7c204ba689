"""A print is followed to its paper, over the end of the program too."""

from pathlib import Path

import pytest

from app.desk.at_desk import directly
from app.desk.papers.delivery import Delivery
from app.desk.papers.paperwork import Paper
from app.desk.papers.press import SENDING_LASTS, STOPPED
from app.models.dossiers.print_state import PrintState
from app.models.errors import OtherSideFailed, Refused
from app.models.events.event import EventName
from app.printing.printers.spooler import JobId, JobState, NotTaken
from app.store.own.print_jobs import PrintJob
from tests.a_printer import Laser
from tests.making import ACounter, a_counter, exchange


@pytest.fixture
def counter(tmp_path: Path) -> ACounter:
    return a_counter(tmp_path)


def issued(counter: ACounter) -> Paper:
    name = counter.receive().name
    return counter.desk.paperwork.issue("receipt", name, counter.officer)


def job_of(counter: ACounter, paper: Paper) -> PrintJob:
    about = counter.store.log.event(paper.job).about
    (job,) = counter.desk.press.prints_of(type(paper.job).parse(about))
    return job


def restarted(counter: ACounter) -> Laser:
    """Another program, some minutes later, asks about everything."""
    counter.close()
    counter.open()
    counter.clock.go_on(minutes=SENDING_LASTS.seconds / 60 + 1)
    laser = Laser()
    Delivery(counter.desk.press, directly, laser).ask()
    return laser


def test_what_was_never_opened_is_on_no_paper(counter: ACounter) -> None:
    paper = issued(counter)
    counter.desk.press.go(paper.job, "Laser")
    restarted(counter)
    job = job_of(counter, paper)
    assert (job.state, job.reason) == (PrintState.REFUSED, STOPPED)


def test_what_is_just_being_sent_is_left_to_its_sender(counter: ACounter) -> None:
    opened, queued = issued(counter), issued(counter)
    press = counter.desk.press
    for paper in (opened, queued):
        press.go(paper.job, "Laser")
    press.opened(opened.job, JobId("7"))
    assert press.to_ask() == []
    assert job_of(counter, queued).state is PrintState.QUEUED


def test_what_had_been_opened_becomes_what_its_spooler_says(counter: ACounter) -> None:
    paper = issued(counter)
    counter.desk.press.go(paper.job, "Laser")
    counter.desk.press.opened(paper.job, JobId("7"))
    restarted(counter)
    assert job_of(counter, paper).state is PrintState.DONE


def test_a_roll_printer_is_not_asked_what_it_never_tells(counter: ACounter) -> None:
    paper = issued(counter)
    press = counter.desk.press
    press.go(paper.job, "K80:10.0.0.9")
    press.opened(paper.job, JobId("K80:10.0.0.9"))
    press.sent(paper.job)
    assert press.to_ask() == []
    assert job_of(counter, paper).state is PrintState.ACCEPTED


def test_a_spooler_that_can_not_be_asked_now_is_asked_again(counter: ACounter) -> None:
    class Silent(Laser):
        def job_state(self, job: JobId) -> JobState:
            raise OtherSideFailed("không trả lời")

    paper = issued(counter)
    silent = Delivery(counter.desk.press, directly, Silent())
    silent.send(paper, "Laser")
    assert silent.ask().awaited == 1
    assert job_of(counter, paper).state is PrintState.ACCEPTED
    assert Delivery(counter.desk.press, directly, Laser()).ask().awaited == 0
    assert job_of(counter, paper).state is PrintState.DONE


def test_the_officer_says_nothing_of_paper_that_is_still_being_sent(counter: ACounter) -> None:
    paper = issued(counter)
    with pytest.raises(Refused, match="đang gửi"):
        counter.desk.press.came_out(paper.job)


def test_spoiled_paper_is_known_to_every_counter_but_its_job_to_one(
    counter: ACounter, tmp_path: Path
) -> None:
    paper = issued(counter)
    counter.desk.press.spoil(paper.job, counter.officer, copy=1)
    other = ACounter(tmp_path / "2", 2)
    exchange(counter.store, other.store)
    name = type(paper.job).parse(counter.store.log.event(paper.job).about)
    dossier = other.desk.lookup.dossier(name).dossier
    assert dossier is not None
    assert dossier.spoiled == {(str(paper.job), 1)}
    assert other.desk.press.prints_of(name) == []
    with pytest.raises(Refused, match="in ở quầy khác"):
        other.desk.press.never_came(paper.job)


def test_only_paper_is_spoiled(counter: ACounter) -> None:
    name = counter.receive().name
    with pytest.raises(Refused, match="không phải một lần in"):
        counter.desk.press.spoil(name, counter.officer)


class Keeps(Laser):
    """What it had opened came out after all."""

    def withdraw(self, job: JobId) -> JobState:
        return JobState(PrintState.DONE)


def test_what_a_printer_kept_of_an_earlier_try_is_not_sent_a_second_time(
    counter: ACounter,
) -> None:
    paper, laser = issued(counter), Keeps()
    delivery = Delivery(counter.desk.press, directly, laser)
    laser.fails[0] = NotTaken("Máy in không nhận lệnh in.")
    with pytest.raises(NotTaken):
        delivery.send(paper, "Laser")
    with pytest.raises(OtherSideFailed, match="từ lần gửi trước"):
        delivery.send(paper, "Laser")
    assert laser.taken == []
    assert job_of(counter, paper).state is PrintState.DONE


class Away(Laser):
    """Nobody can be asked to take anything back."""

    def withdraw(self, job: JobId) -> JobState:
        raise OtherSideFailed("không trả lời")


@pytest.mark.parametrize(("kind", "mark"), [(Keeps, "BẢN IN LẠI lần 1"), (Away, "")])
def test_what_a_printer_may_have_kept_is_taken_back_before_paper_of_another_size(
    counter: ACounter, kind: type[Laser], mark: str
) -> None:
    small, laser, paperwork = issued(counter), kind(), counter.desk.paperwork
    delivery = Delivery(counter.desk.press, directly, laser)
    laser.fails[0] = NotTaken("Máy in không nhận lệnh in.")
    with pytest.raises(NotTaken):
        delivery.send(small, "Laser")
    name = EventName.parse(counter.store.log.event(small.job).about)
    large = paperwork.issue("receipt", name, counter.officer, "A4")
    assert large.mark == ""
    with pytest.raises(OtherSideFailed):
        delivery.send(large, "Laser")
    assert laser.taken == []
    assert counter.desk.press.prints_of(name)[-1].state is PrintState.REFUSED
    assert paperwork.issue("receipt", name, counter.officer, "A4").mark == mark
