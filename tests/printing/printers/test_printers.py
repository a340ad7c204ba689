"""The answers in `cups/` were recorded from CUPS 2.4.2 with printers made to fail in each way."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.models.dossiers.print_state import PrintState
from app.models.errors import OtherSideFailed
from app.printing.printers import cups, ipp, printers
from app.printing.printers.cups import Cups
from app.printing.printers.ipp import Operation
from app.printing.printers.spooler import Document, JobId, JobState, NotTaken, Printer, Readiness

RECORDED = Path(__file__).parent / "cups"
PDF = b"%PDF-1.4 a slip"


class Line:
    """A line to a CUPS that gives recorded answers and keeps what was asked."""

    def __init__(self) -> None:
        self.answers: list[str] = []
        self.ends: list[socket.socket] = []

    def connect(self, _address: object) -> socket.socket:
        ours, theirs = socket.socketpair()
        answer = (RECORDED / f"{self.answers.pop(0)}.ipp").read_bytes()
        theirs.sendall(b"HTTP/1.0 200 OK\r\nContent-Type: application/ipp\r\n\r\n" + answer)
        theirs.shutdown(socket.SHUT_WR)
        self.ends.append(theirs)
        return ours

    def asked(self) -> list[bytes]:
        """The requests, in order."""
        requests = []
        for end in self.ends:
            head, _, request = end.recv(1 << 16).partition(b"\r\n\r\n")
            assert head.endswith(b"Content-Length: %d" % len(request))
            requests.append(request)
        return requests


@pytest.fixture
def line(monkeypatch: pytest.MonkeyPatch) -> Iterator[Line]:
    line = Line()
    monkeypatch.setattr(cups, "_connected", line.connect)
    yield line
    for end in line.ends:
        end.close()


def test_printers_are_listed_with_what_hinders_them(line: Line) -> None:
    line.answers = ["printers", "default"]
    found = {printer.name: printer for printer in printers.printers()}
    assert [printer.name for printer in found.values() if printer.default] == ["works"]
    assert found["works"] == Printer("works", default=True, state=Readiness.IDLE)
    assert found["stop"] == Printer("stop", False, Readiness.STOPPED, "hết giấy")
    assert found["Gone"].reason == "máy in đang tắt hoặc mất kết nối"


def test_a_computer_without_printers_has_none(line: Line) -> None:
    line.answers = ["no-printers"]
    assert printers.printers() == []


def test_a_pdf_is_opened_given_and_closed_unscaled_on_its_paper(line: Line) -> None:
    line.answers = ["taken"] * 3
    opened: list[str] = []
    slip = Document(PDF, "Giấy tiếp nhận", copies=2, reference="ab12-7")
    assert printers.send(slip, "Laser", opened.append) == "1 Giấy tiếp nhận ab12-7"
    assert opened == ["1 Giấy tiếp nhận ab12-7"]
    create, give, close = line.asked()
    # a request is built as an answer is, its operation for the status
    about, job = ipp.answer(create).groups
    assert about["printer-uri"] == ("ipp://localhost/printers/Laser",)
    assert about["job-name"] == ("Giấy tiếp nhận ab12-7",)
    assert job == {"copies": (2,), "media": ("iso_a5_148x210mm",), "print-scaling": ("none",)}
    assert give.endswith(PDF)
    last = [ipp.answer(each).groups[0]["last-document"] for each in (give, close)]
    assert last == [(False,), (True,)]
    told = [ipp.answer(each).status for each in (create, give, close)]
    assert told == [Operation.CREATE_JOB, *[Operation.SEND_DOCUMENT] * 2]


def test_a_job_that_is_not_written_down_is_given_no_paper(line: Line) -> None:
    line.answers = ["taken"]

    def no_disk(_: JobId) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        printers.send(Document(PDF, "Giấy"), "Laser", no_disk)
    assert len(line.asked()) == 1


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        ("job-printing", JobState(PrintState.PRINTING)),
        ("job-done", JobState(PrintState.DONE)),
        ("job-out-of-paper", JobState(PrintState.ACCEPTED, "hết giấy")),
        ("job-printer-stopped", JobState(PrintState.ACCEPTED, "hết giấy")),
        ("job-printer-gone", JobState(PrintState.PRINTING, "máy in đang tắt hoặc mất kết nối")),
        ("job-cancelled", JobState(PrintState.FAILED, "lệnh in đã bị hủy")),
        ("job-aborted", JobState(PrintState.FAILED, "hết giấy")),
        (
            "job-refused-options",
            JobState(
                PrintState.ACCEPTED, "máy in báo: “Printer cannot print with supplied options”"
            ),
        ),
    ],
)
def test_a_job_says_in_vietnamese_what_became_of_it(
    answer: str, state: JobState, line: Line
) -> None:
    line.answers = [answer]
    assert printers.job_state(JobId("7")) == state  # recorded without a name


def test_a_forgotten_job_is_neither_done_nor_failed(line: Line) -> None:
    line.answers = ["job-unknown"]
    assert printers.job_state(JobId("9999")) == JobState(PrintState.UNKNOWN)


def test_a_printer_that_is_gone_is_named(line: Line) -> None:
    line.answers = ["no-such-printer"]
    with pytest.raises(NotTaken, match="Không còn máy in “Laser”"):
        printers.send(Document(PDF, "Giấy"), "Laser")


def test_a_vanished_spooler_says_what_to_do() -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    with pytest.raises(NotTaken, match="Hãy kiểm tra dịch vụ in đang chạy"):
        Cups(f"127.0.0.1:{port}").send(Document(PDF, "Giấy"), "Laser")


def test_a_spooler_whose_socket_is_gone_says_so_too(tmp_path: Path) -> None:
    with pytest.raises(OtherSideFailed, match="Không liên lạc được với dịch vụ in"):
        Cups(str(tmp_path / "cups.sock")).printers()


def test_a_spooler_that_answers_something_else_is_no_spooler(line: Line) -> None:
    line.answers = ["no-ipp"]
    with pytest.raises(OtherSideFailed, match="Không liên lạc được với dịch vụ in"):
        printers.printers()


def test_an_answer_cut_short_is_no_answer() -> None:
    whole = (RECORDED / "taken.ipp").read_bytes()
    for length in range(len(whole)):
        with pytest.raises(ValueError, match="cut short"):
            ipp.answer(whole[:length])


def test_a_folder_takes_a_file_for_each_job(tmp_path: Path) -> None:
    folder = tmp_path / "giấy đã in"
    slip = Document(PDF, "receipt H63/12: <1>", reference="ab12-7")
    jobs = [printers.send(slip, f"PDF:{folder}") for _ in range(2)]
    assert sorted(path.name for path in folder.iterdir()) == [
        "receipt H63 12 1 (2).pdf",
        "receipt H63 12 1.pdf",
    ]
    assert all(path.read_bytes() == PDF for path in folder.iterdir())
    assert {printers.job_state(job) for job in jobs} == {JobState(PrintState.DONE)}


def test_a_folder_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(NotTaken, match="Không ghi được tệp PDF"):
        printers.send(Document(PDF, "Giấy"), f"PDF:{tmp_path / 'file'}")
