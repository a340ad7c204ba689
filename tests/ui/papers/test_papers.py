"""From the desk to paper: asked once where it goes, by keys; what fails is no reprint."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfWriter
from PySide6.QtWidgets import QApplication, QWidget

from app.desk.papers.print_places import Place
from app.models.dossiers.print_state import PrintState
from app.models.errors import OtherSideFailed
from app.models.events.event import EventName
from app.printing.printers.spooler import (
    Document,
    JobId,
    JobState,
    NotTaken,
    Opened,
    Printer,
    Readiness,
    ignore,
)
from app.ui.lanes.jobs import Ok
from app.ui.look.theme import Tone
from app.ui.papers.papers import Papers
from app.ui.papers.preview import Preview
from tests.ui.commune import Commune, hit
from tests.ui.keys import type_keys
from tests.ui.walk import faults

Show = Callable[..., None]

LASER = "Máy in tầng một của Trung tâm Phục vụ hành chính công"


class Counter:
    """A dossier just received, a window with papers over it, and what was said."""

    def __init__(self, commune: Commune, show: Show) -> None:
        commune.desk.paperwork._render = self._draw
        self.commune = commune
        self.name: EventName = commune.receive()
        self.window = QWidget()
        show(self.window)
        self.papers = Papers(commune.desk, commune.officer(), commune.jobs, self.window)
        self.said: list[str] = []
        self.places: list[str] = []
        self.drawn: list[str] = []
        self.papers.told.connect(lambda words, _: self.said.append(words))
        self.tones: list[Tone] = []
        self.papers.receipts_go.connect(self._heard_where)

    def _heard_where(self, words: str, tone: Tone) -> None:
        self.places.append(words)
        self.tones.append(tone)

    def print(self) -> None:
        self.papers.print("receipt", self.name)
        QApplication.processEvents()

    def preview(self) -> Preview | None:
        """The one in sight."""
        return next((x for x in self.window.findChildren(Preview) if x.isVisible()), None)

    def save_in(self, folder: Path) -> None:
        preview = self.preview()
        assert preview
        hit(preview, "Ctrl+S")
        type_keys(preview, f"{folder}\n")

    def _draw(
        self, form: str, values: dict[str, object], paper: str, mark: str, profile: str
    ) -> bytes:
        self.drawn.append(paper)
        writer, file = PdfWriter(), BytesIO()
        writer.add_blank_page(420, 595)
        writer.write(file)
        return file.getvalue()

    def state(self) -> PrintState:
        """Of the last print."""
        return self.commune.desk.press.prints_of(self.name)[-1].state

    def prints(self) -> int:
        return self.commune.dossier(self.name).prints_of("receipt")


class Laser:
    """A printer: what came to it, and how it answers."""

    def __init__(self) -> None:
        self.taken: list[str] = []
        self.fails: OtherSideFailed | None = None
        self.becomes = JobState(PrintState.DONE)
        self.hindered = ""

    def printers(self) -> list[Printer]:
        return [Printer(LASER, True, Readiness.IDLE, self.hindered)]

    def send(self, document: Document, printer: str, opened: Opened = ignore) -> JobId:
        job = JobId(document.name)
        opened(job)
        if self.fails:
            raise self.fails
        self.taken.append(document.title)
        return job

    def job_state(self, job: JobId) -> JobState:
        return self.becomes

    def withdraw(self, job: JobId) -> JobState:
        return JobState(PrintState.REFUSED)


@pytest.fixture
def laser(monkeypatch: pytest.MonkeyPatch) -> Laser:
    laser = Laser()
    monkeypatch.setattr("app.ui.papers.papers.system", lambda: (laser,))
    return laser


@pytest.fixture
def counter(tmp_path: Path, show: Show, laser: Laser) -> Counter:
    return Counter(Commune(tmp_path), show)


def test_the_first_paper_is_shown_and_only_a_key_prints_it(counter: Counter, laser: Laser) -> None:
    counter.print()
    preview = counter.preview()
    assert preview
    assert (counter.prints(), laser.taken) == (0, [])
    hit(preview, "F9")
    assert (counter.prints(), len(laser.taken)) == (1, 1)
    assert counter.preview() is None


def test_the_next_one_goes_straight_to_its_printer(counter: Counter, laser: Laser) -> None:
    counter.print()
    hit(counter.preview() or counter.window, "F9")
    counter.name = counter.commune.receive("Lý A Sử")
    counter.print()
    assert counter.preview() is None
    assert len(laser.taken) == 2
    assert counter.places[-2:] == [f"2 liên A5 · {LASER}", f"2 liên A5 · {LASER} · sẵn sàng"]


def test_what_hinders_the_receipts_printer_is_said_in_its_colour_once_a_paper_waits_for_it(
    counter: Counter, laser: Laser
) -> None:
    laser.becomes = JobState(PrintState.PRINTING)
    counter.print()
    hit(counter.preview() or counter.window, "F9")
    assert (counter.places[-1][-8:], counter.tones[-1]) == ("sẵn sàng", Tone.PLAIN)
    laser.becomes, laser.hindered = JobState(PrintState.PRINTING, "hết giấy"), "hết giấy"
    counter.papers.ask()
    assert (counter.places[-1][-8:], counter.tones[-1]) == ("hết giấy", Tone.TODAY)


def test_a_folder_is_a_printer_chosen_by_keys(counter: Counter, tmp_path: Path) -> None:
    counter.print()
    counter.save_in(tmp_path / "giấy")
    counter.name = counter.commune.receive("Lý A Sử")
    counter.print()
    assert len(list((tmp_path / "giấy").glob("receipt *.pdf"))) == 2
    assert counter.places[-1] == "2 liên A5 · tệp PDF"


def test_the_place_can_be_chosen_anew(counter: Counter, tmp_path: Path, laser: Laser) -> None:
    counter.print()
    hit(counter.preview() or counter.window, "F9")
    counter.papers.preview("receipt", counter.name)
    counter.save_in(tmp_path / "giấy")
    assert (len(laser.taken), counter.prints()) == (1, 2)
    assert list((tmp_path / "giấy").iterdir())


def print_in_vain(counter: Counter, laser: Laser) -> None:
    laser.fails = NotTaken("Máy in không trả lời.")
    counter.print()
    hit(counter.preview() or counter.window, "F9")


def test_what_no_printer_took_is_asked_for_again_and_is_no_reprint(
    counter: Counter, laser: Laser, tmp_path: Path
) -> None:
    print_in_vain(counter, laser)
    assert counter.said == ["Máy in không trả lời."]
    counter.save_in(tmp_path / "giấy")
    assert counter.prints() == 1
    assert list((tmp_path / "giấy").iterdir())


def test_what_no_printer_took_may_go_on_other_paper_and_is_no_reprint(
    counter: Counter, laser: Laser
) -> None:
    print_in_vain(counter, laser)
    laser.fails = None
    first = counter.preview()
    assert first
    first._paper.choose("A4")
    hit(first, "F9")
    jobs = counter.commune.desk.press.prints_of(counter.name)
    assert [(job.paper, job.mark) for job in jobs] == [("A5", ""), ("A4", "")]
    assert len(laser.taken) == 1


def test_a_file_in_the_printers_stead_is_for_this_once(
    counter: Counter, laser: Laser, tmp_path: Path
) -> None:
    print_in_vain(counter, laser)
    counter.save_in(tmp_path / "giấy")
    assert counter.commune.desk.places.usual("receipt").printer == LASER


def test_paper_that_may_have_come_out_is_not_sent_again_by_itself(
    counter: Counter, laser: Laser
) -> None:
    laser.fails = OtherSideFailed("Không liên lạc được với dịch vụ in.")
    counter.print()
    hit(counter.preview() or counter.window, "F9")
    assert counter.said == ["Không liên lạc được với dịch vụ in."]
    assert counter.preview() is None
    assert counter.state() is PrintState.UNKNOWN


def test_unfinished_prints_are_asked_about_until_they_are_finished(
    counter: Counter, laser: Laser
) -> None:
    laser.becomes = JobState(PrintState.PRINTING, "hết giấy")
    counter.print()
    hit(counter.preview() or counter.window, "F9")
    counter.papers.ask()
    assert counter.state() is PrintState.PRINTING
    assert counter.papers._later.isActive()
    laser.becomes = JobState(PrintState.DONE)
    counter.papers._later.stop()
    counter.papers.ask()
    assert counter.state() is PrintState.DONE
    assert not counter.papers._later.isActive()


def test_a_receipt_that_waits_for_paper_is_said_to_wait_and_what_to_do_then_that_it_came(
    counter: Counter, laser: Laser
) -> None:
    laser.becomes = JobState(PrintState.ACCEPTED, "hết giấy")
    counter.print()
    hit(counter.preview() or counter.window, "F9")
    sent, waits = counter.said
    assert sent == f"Đã gửi giấy tiếp nhận và hẹn trả đến máy in {LASER}."
    assert waits == (
        "Giấy tiếp nhận và hẹn trả chưa ra giấy: hết giấy. Thêm giấy; "
        f"lệnh in đang chờ ở {LASER}, giấy sẽ tự ra, không cần in lại."
    )
    counter.papers.ask()
    assert len(counter.said) == 2  # said once
    laser.becomes = JobState(PrintState.DONE)
    counter.papers.ask()
    assert counter.said[2:] == ["Giấy tiếp nhận và hẹn trả đã in xong."]


def test_what_a_printer_gave_up_is_said_with_what_to_do(counter: Counter, laser: Laser) -> None:
    laser.becomes = JobState(PrintState.FAILED, "lệnh in đã bị hủy")
    counter.print()
    hit(counter.preview() or counter.window, "F9")
    assert counter.said[-1].endswith(
        "lệnh in đã bị hủy. Giấy chưa ra thì mở hồ sơ, bấm Alt P để in lại."
    )


def test_several_that_wait_are_told_together(counter: Counter, laser: Laser) -> None:
    laser.becomes = JobState(PrintState.PRINTING)
    counter.print()
    hit(counter.preview() or counter.window, "F9")
    counter.name = counter.commune.receive("Lý A Sử")
    counter.print()
    laser.becomes = JobState(PrintState.PRINTING, "kẹt giấy")
    counter.papers.ask()
    assert counter.said[-1].startswith("2 giấy vừa gửi chưa ra giấy: kẹt giấy. Gỡ giấy kẹt;")


def test_a_system_that_never_hears_of_a_job_again_says_what_hinders_its_printer(
    counter: Counter, laser: Laser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(laser, "send", lambda *_: JobId("qt:1"))
    laser.hindered = "máy in đã dừng"
    counter.print()
    hit(counter.preview() or counter.window, "F9")
    assert "Máy in này không báo lại" in counter.said[-2]
    assert "chưa ra giấy: máy in đã dừng. Cho máy in chạy tiếp;" in counter.said[-1]


def test_nobody_looks_again_while_nothing_new_is_heard(counter: Counter, laser: Laser) -> None:
    laser.becomes = JobState(PrintState.PRINTING)
    counter.print()
    hit(counter.preview() or counter.window, "F9")
    counter.papers.ask()
    heard = list[None]()
    counter.papers.changed.connect(lambda: heard.append(None))
    counter.papers.ask()
    assert heard == []
    laser.becomes = JobState(PrintState.DONE)
    counter.papers.ask()
    assert heard == [None]


def test_a_second_set_is_a_print_of_its_own_and_says_so(counter: Counter, laser: Laser) -> None:
    desk = counter.commune.desk
    desk.places.choose("receipt", Place(LASER, "A5", 2))
    counter.print()
    assert len(laser.taken) == 2
    marks = [job.mark for job in desk.press.prints_of(counter.name)]
    assert marks == ["", "BẢN IN LẠI lần 1"]


def test_escape_prints_nothing_and_says_so(counter: Counter, laser: Laser) -> None:
    counter.print()
    hit(counter.preview() or counter.window, "Escape")
    assert (counter.prints(), laser.taken) == (0, [])
    assert "Chưa in giấy tiếp nhận" in counter.said[-1]


def test_other_paper_is_drawn_anew_in_the_same_place(counter: Counter, laser: Laser) -> None:
    counter.print()
    preview = counter.preview()
    assert preview
    preview._paper.choose("A4")
    assert counter.preview() is preview
    assert counter.drawn == ["A5", "A4"]
    hit(preview, "F9")
    assert counter.commune.desk.places.usual("receipt").paper == "A4"


def test_printers_found_late_leave_what_was_chosen(counter: Counter) -> None:
    counter.print()
    preview = counter.preview()
    assert preview
    hit(preview, "Ctrl+S")
    preview.offer(Ok(["Một máy khác", LASER]))
    assert preview._send.accessibleName() == "Ghi tệp"


def test_nothing_of_the_preview_is_cut(counter: Counter) -> None:
    counter.print()
    preview = counter.preview()
    assert preview
    assert faults(preview) == []
    hit(preview, "Ctrl+S")
    QApplication.processEvents()
    assert faults(preview) == []


def test_a_ticket_goes_to_the_roll_and_is_counted_nowhere(
    counter: Counter, laser: Laser, tmp_path: Path
) -> None:
    desk = counter.commune.desk
    desk.places.choose_all(LASER, ())
    counter.papers.print("ticket", counter.name)
    QApplication.processEvents()
    preview = counter.preview()
    assert preview, "a printer of sheets is no roll"
    preview.close()
    desk.places.choose("ticket", Place(f"K80:{tmp_path / 'cuộn'}", "K80"))
    counter.papers.print("ticket", counter.name)
    assert (tmp_path / "cuộn").read_bytes().startswith(b"\x1b@")
    assert (laser.taken, desk.press.prints_of(counter.name)) == ([], [])
    assert counter.said[-1].startswith(
        f"Đã gửi phiếu tra cứu trên cuộn K80 đến {tmp_path / 'cuộn'}."
    )


def test_the_roll_chosen_before_stays_chosen_when_printers_are_found(
    counter: Counter, tmp_path: Path
) -> None:
    desk, roll = counter.commune.desk, f"K80:{tmp_path / 'cuộn'}"
    desk.places.choose("ticket", Place(roll, "K80"))
    counter.papers.preview("ticket", counter.name)
    preview = counter.preview()
    assert preview
    assert preview._printer.value() == roll
