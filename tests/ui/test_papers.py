"""From the desk to paper: asked once where it goes, by keys; what fails is no reprint."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfWriter
from PySide6.QtWidgets import QApplication, QWidget

from app.models.errors import OtherSideFailed
from app.models.events import EventName
from app.ui.jobs import Ok
from app.ui.papers import Papers, send
from app.ui.preview import Preview
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
        self.papers.receipts_go.connect(self.places.append)

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

    def _draw(self, form: str, values: dict[str, object], paper: str, mark: str) -> bytes:
        self.drawn.append(paper)
        writer, file = PdfWriter(), BytesIO()
        writer.add_blank_page(420, 595)
        writer.write(file)
        return file.getvalue()

    def prints(self) -> int:
        return self.commune.dossier(self.name).prints_of("receipt")


@pytest.fixture
def counter(tmp_path: Path, show: Show, monkeypatch: pytest.MonkeyPatch) -> Counter:
    monkeypatch.setattr("app.ui.papers.printer_names", lambda: [LASER])
    return Counter(Commune(tmp_path), show)


@pytest.fixture
def laser(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """What came to the printer."""
    taken: list[bytes] = []

    def deliver(pdf: bytes, printer: str, title: str, paper: str) -> str:
        if printer != LASER:
            return send(pdf, printer, title, paper)
        taken.append(pdf)
        return "1"

    monkeypatch.setattr("app.ui.papers.send", deliver)
    return taken


@pytest.fixture
def off(monkeypatch: pytest.MonkeyPatch) -> None:
    """The printer is off; folders still take files."""

    def deliver(pdf: bytes, printer: str, title: str, paper: str) -> str:
        if printer == LASER:
            raise OtherSideFailed("Máy in không trả lời.")
        return send(pdf, printer, title, paper)

    monkeypatch.setattr("app.ui.papers.send", deliver)


def test_the_first_paper_is_shown_and_only_a_key_prints_it(
    counter: Counter, laser: list[bytes]
) -> None:
    counter.print()
    preview = counter.preview()
    assert preview
    assert (counter.prints(), laser) == (0, [])
    hit(preview, "F9")
    assert (counter.prints(), len(laser)) == (1, 1)
    assert counter.preview() is None


def test_the_next_one_goes_straight_to_its_printer(counter: Counter, laser: list[bytes]) -> None:
    counter.print()
    hit(counter.preview() or counter.window, "F9")
    counter.name = counter.commune.receive("Lý A Sử")
    counter.print()
    assert counter.preview() is None
    assert len(laser) == 2
    assert counter.places[-1] == f"2 liên A5 · {LASER}"


def test_a_folder_is_a_printer_chosen_by_keys(counter: Counter, tmp_path: Path) -> None:
    counter.print()
    counter.save_in(tmp_path / "giấy")
    counter.name = counter.commune.receive("Lý A Sử")
    counter.print()
    assert len(list((tmp_path / "giấy").glob("receipt *.pdf"))) == 2
    assert counter.places[-1] == "2 liên A5 · tệp PDF"


def test_the_place_can_be_chosen_anew(counter: Counter, tmp_path: Path, laser: list[bytes]) -> None:
    counter.print()
    hit(counter.preview() or counter.window, "F9")
    counter.papers.preview("receipt", counter.name)
    counter.save_in(tmp_path / "giấy")
    assert (len(laser), counter.prints()) == (1, 2)
    assert list((tmp_path / "giấy").iterdir())


@pytest.mark.usefixtures("off")
def test_what_no_printer_took_is_asked_for_again_and_is_no_reprint(
    counter: Counter, tmp_path: Path
) -> None:
    counter.print()
    hit(counter.preview() or counter.window, "F9")
    assert counter.said == ["Máy in không trả lời."]
    counter.save_in(tmp_path / "giấy")
    assert counter.prints() == 1
    assert list((tmp_path / "giấy").iterdir())


def test_escape_prints_nothing_and_says_so(counter: Counter, laser: list[bytes]) -> None:
    counter.print()
    hit(counter.preview() or counter.window, "Escape")
    assert (counter.prints(), laser) == (0, [])
    assert "Chưa in giấy tiếp nhận" in counter.said[-1]


def test_other_paper_is_drawn_anew_in_the_same_place(counter: Counter, laser: list[bytes]) -> None:
    counter.print()
    preview = counter.preview()
    assert preview
    preview._paper.choose("A4")
    assert counter.preview() is preview
    assert counter.drawn == ["A5", "A4"]
    hit(preview, "F9")
    assert counter.commune.desk.store.keeping.get("paper receipt") == "A4"


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
