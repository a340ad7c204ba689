"""A real CUPS and a real IPP printer: at most one original, whatever happens to the queue."""

import os
import socket
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pytest

if sys.platform == "win32":
    pytest.skip("Windows has no CUPS and prints through Qt", allow_module_level=True)

import fcntl

from app.desk.at_desk import directly
from app.desk.papers.delivery import Delivery
from app.desk.papers.press import SENDING_LASTS
from app.models.dossiers.print_state import PrintState
from app.models.errors import OtherSideFailed
from app.models.events.event import EventName
from app.printing.paper import Paper
from app.printing.printers import cups, roll
from app.printing.printers.cups import Cups
from app.printing.printers.spooler import Document, JobId, JobState, NotTaken
from app.store.own.print_jobs import PrintJob
from tests.making import a_counter
from tests.printing.paper_of import draw, drawing
from tests.printing.printers.real_cups import RealCups, missing, until

KILLS = 20
PAPER = draw("receipt", {"code": "?"}, "A5", "")


@pytest.fixture(scope="module")
def real() -> Iterator[RealCups]:
    """One at a time on a computer: two Avahis would quarrel."""
    assert missing() == [], "run.py installs these for the tests"
    lock = Path(tempfile.gettempdir()) / f"motcua-real-cups-{os.getuid()}"
    with lock.open("w", encoding="ascii") as alone, tempfile.TemporaryDirectory("cups") as folder:
        fcntl.flock(alone, fcntl.LOCK_EX)
        real = RealCups(Path(folder))
        try:
            real.start()
            yield real
        finally:
            real.stop()


class Office:
    """A counter that prints on the real queue."""

    def __init__(self, folder: Path, real: RealCups) -> None:
        self.real = real
        self.counter = drawing(a_counter(folder))
        self.delivery = Delivery(self.counter.desk.press, directly, real.cups)

    def receive(self) -> EventName:
        return self.counter.receive().name

    def print(self, name: EventName) -> None:
        paper = self.counter.desk.paperwork.issue("receipt", name, self.counter.officer)
        self.delivery.send(paper, "Laser")

    def last(self, name: EventName) -> PrintJob:
        return self.counter.desk.press.prints_of(name)[-1]

    def until_printed(self) -> None:
        until(lambda: self.delivery.ask().awaited == 0)

    def papers(self, name: EventName) -> tuple[int, int]:
        """How many originals and how many reprints of a dossier came out."""
        dossier = self.counter.desk.lookup.dossier(name).dossier
        assert dossier
        ours = [words for words in self.real.papers() if f"{dossier.code}\n" in words]
        reprints = sum("REPRINT" in words for words in ours)
        return len(ours) - reprints, reprints


@pytest.fixture
def office(tmp_path: Path, real: RealCups) -> Office:
    real.begin()
    for paper in real.tray.iterdir():
        paper.unlink()
    return Office(tmp_path, real)


class Wire:
    """Kills the spooler at a byte: of the request that is long (the paper) or empty (the close)."""

    def __init__(self, real: RealCups, is_it: Callable[[bytes], bool], share: float) -> None:
        self.real, self.is_it, self.share = real, is_it, share
        self.connect = cups._connected
        self.line: socket.socket | None = None
        self.is_cut = False

    def __call__(self, address: str | tuple[str, int]) -> "Wire":
        self.line = self.connect(address)
        return self

    def __enter__(self) -> "Wire":
        return self

    def __exit__(self, *_: object) -> None:
        assert self.line
        self.line.close()

    def sendall(self, data: bytes) -> None:
        assert self.line
        if not self.is_it(data):
            self.line.sendall(data)
            return
        at = int(len(data) * self.share)
        self.line.sendall(data[:at])
        self.real.kill()
        self.is_cut = True
        self.line.sendall(data[at:])

    def recv(self, size: int) -> bytes:
        """Nothing once the spooler is killed: an answer it had begun to give is lost too."""
        assert self.line
        return b"" if self.is_cut else self.line.recv(size)


def is_paper(data: bytes) -> bool:
    return len(data) > len(PAPER)


def test_killed_at_drawn_bytes_and_refilled_one_original_comes_out_each_time(
    office: Office, real: RealCups, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = Random(20261122)
    names = [office.receive() for _ in range(KILLS)]
    for name in names:
        with monkeypatch.context() as cut:
            cut.setattr(cups, "_connected", Wire(real, is_paper, chance.random()))
            with pytest.raises(NotTaken, match="dịch vụ in"):
                office.print(name)
        assert office.last(name).state is PrintState.REFUSED
        real.begin()
        office.print(name)
        office.until_printed()
    assert [office.papers(name) for name in names] == [(1, 0)] * KILLS
    assert {office.last(name).state for name in names} == {PrintState.DONE}


def is_close(data: bytes) -> bool:
    return b"last-document\x00\x01\x01" in data


@pytest.mark.parametrize("share", [0.5, 1.0])
def test_killed_while_a_job_is_closed_there_is_never_a_second_original(
    office: Office, real: RealCups, monkeypatch: pytest.MonkeyPatch, share: float
) -> None:
    name = office.receive()
    with monkeypatch.context() as cut:
        cut.setattr(cups, "_connected", Wire(real, is_close, share))
        with pytest.raises(OtherSideFailed):
            office.print(name)
    assert office.last(name).state is PrintState.UNKNOWN
    real.begin()
    office.print(name)
    office.until_printed()
    originals, reprints = office.papers(name)
    assert originals <= 1
    assert reprints == 1


STEPS = {
    "nothing was sent": ("_open", "before", (1, 0)),
    "a job was opened": ("_open", "after", (1, 0)),
    "the paper was given": ("_give", "after", (1, 0)),
    "the job was closed": ("send", "after", (1, 0)),
}


@pytest.mark.parametrize("step", STEPS)
def test_the_power_goes_between_two_steps_and_one_original_comes_out(
    office: Office, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    method, when, papers = STEPS[step]
    name = office.receive()
    with monkeypatch.context() as power:
        power.setattr(Cups, method, going_out(getattr(Cups, method), when))
        with pytest.raises(KeyboardInterrupt):
            office.print(name)
    office.counter.clock.go_on(minutes=SENDING_LASTS.seconds / 60 + 1)
    office.delivery.ask()
    if office.last(name).state is PrintState.REFUSED:
        office.print(name)
    office.until_printed()
    assert office.papers(name) == papers
    assert office.last(name).state is PrintState.DONE


def going_out(step: Callable[..., object], when: str) -> Callable[..., object]:
    def gone(*arguments: object) -> None:
        if when == "after":
            step(*arguments)
        raise KeyboardInterrupt

    return gone


def test_a_double_click_makes_one_original_and_one_reprint(office: Office) -> None:
    name = office.receive()
    office.print(name)
    office.print(name)
    office.until_printed()
    assert office.papers(name) == (1, 1)


def test_no_paper_is_told_and_then_the_original_comes_out(office: Office, real: RealCups) -> None:
    name = office.receive()
    (real.folder / "no-paper").touch()
    office.print(name)
    told = real.until_state(JobId(office.last(name).job), lambda told: bool(told.reason))
    assert told == JobState(PrintState.PRINTING, "hết giấy")
    office.delivery.ask()
    assert office.last(name).reason == "hết giấy"
    (real.folder / "no-paper").unlink()
    office.until_printed()
    assert office.papers(name) == (1, 0)


def test_a_paused_queue_keeps_the_paper_and_says_why(office: Office, real: RealCups) -> None:
    name = office.receive()
    real.admin("cupsdisable", "Laser")
    office.print(name)
    office.delivery.ask()
    paused = office.last(name)
    real.admin("cupsenable", "Laser")
    assert (paused.state, paused.reason) == (PrintState.ACCEPTED, "máy in đang tạm dừng")
    office.until_printed()
    assert office.papers(name) == (1, 0)


def test_a_queue_deleted_under_a_paper_is_no_proof_that_none_came(real: RealCups) -> None:
    real.add("Gone")
    real.admin("cupsdisable", "Gone")
    job = real.cups.send(Document(PAPER, "Giấy"), "Gone")
    real.admin("lpadmin", "-x", "Gone")
    assert real.cups.job_state(job).state in (PrintState.FAILED, PrintState.UNKNOWN)
    with pytest.raises(NotTaken, match="Không còn máy in “Gone”"):
        real.cups.send(Document(PAPER, "Giấy"), "Gone")


def test_a_queue_that_takes_no_jobs_has_taken_none(office: Office, real: RealCups) -> None:
    name = office.receive()
    real.admin("cupsreject", "Laser")
    try:
        with pytest.raises(NotTaken, match="không nhận lệnh in"):
            office.print(name)
    finally:
        real.admin("cupsaccept", "Laser")
    office.print(name)
    office.until_printed()
    assert office.papers(name) == (1, 0)


def test_a_roll_printer_gets_its_dots_through_the_queue(real: RealCups) -> None:
    page = Document(PAPER, "Phiếu tra cứu", Paper.K80)
    with socket.create_server(("127.0.0.1", 0)) as printer:
        printer.settimeout(30)
        place = f"socket://127.0.0.1:{printer.getsockname()[1]}"
        real.admin("lpadmin", "-p", "Roll", "-E", "-v", place)
        real.cups.send(page, "Roll")
        line, _ = printer.accept()
        with line:
            came = b"".join(iter(lambda: line.recv(1 << 16), b""))
    assert came == roll.commands(PAPER)


def test_a_job_of_another_by_the_same_number_is_not_taken_for_ours(real: RealCups) -> None:
    job = real.cups.send(Document(PAPER, "Giấy của người khác"), "Laser")
    number, _, _ = job.partition(" ")
    ours = JobId(f"{number} Giấy của ta")
    assert real.cups.job_state(ours) == JobState(PrintState.UNKNOWN)
    assert real.cups.withdraw(ours) == JobState(PrintState.REFUSED)
    assert real.end_of(job) == JobState(PrintState.DONE)
