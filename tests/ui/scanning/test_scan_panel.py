"""Papers digitised from their dossier's page, by keys and by dropping: what is tied, shown, taken back."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.desk.deeds.details import Details
from app.desk.deeds.digitising import Digitising
from app.models.dossiers.checklist import DocumentState, lines, unplaced
from app.models.dossiers.lifecycle import Deed
from app.models.errors import Refused
from app.models.events import event as e
from app.scanning.sane import Scanner, Tell
from app.scans import Scans
from app.store.own.attachments import FOLDER, Attachments
from app.ui.dossier_page.page import SCANS_KEY, DossierPage
from app.ui.look.theme import Tone
from app.ui.scanning.panel import BUSY, GLASS_KEY, REUSE_KEY, WHICH, ScanPanel
from app.ui.scanning.sources import KEPT
from app.ui.scanning.unplaced_line import PLACE_KEY
from app.ui.scanning.viewer import ScanViewer
from tests.ui.commune import IN_THE_WINDOW, Commune, Heard, faults_at_each_size, hit
from tests.ui.test_accessible import nameless

Show = Callable[..., None]
OF_ONE_PAPER = "2.000992"


class ByHand(Scans):
    """The program's own, but for the flatbed, which is a file."""

    devices: tuple[Scanner, ...] = (Scanner("test:0", "Canon LiDE 300"),)

    def scanners(self) -> list[Scanner]:
        return list(self.devices)

    def scan(self, device: str, tell: Tell) -> Path:
        tell(50, 100)
        self._pages += 1
        return a_picture(self._glass / f"Trang {self._pages}.png")


@pytest.fixture
def watched(commune: Commune, tmp_path: Path) -> Path:
    """The folder the scanner saves into."""
    folder = tmp_path / "quét"
    folder.mkdir()
    commune.desk.store.keeping.put(KEPT, str(folder))
    return folder


@pytest.fixture
def page(commune: Commune, show: Show) -> DossierPage:
    page = DossierPage(commune.desk, commune.officer(), commune.jobs)
    scans = ByHand(commune.desk, commune.jobs.at_desk)
    page.scan_with(lambda: scans)
    show(page, *IN_THE_WINDOW)
    return page


def a_picture(file: Path, grey: int = 255) -> Path:
    Image.new("L", (413, 584), grey).save(file)
    return file


def opened(commune: Commune, page: DossierPage, **more: str) -> tuple[e.EventName, ScanPanel]:
    """A dossier in sight, its papers to be digitised."""
    name = commune.receive(**more)
    page.show_dossier(name)
    page.entered()
    hit(page, SCANS_KEY)
    (panel,) = page.findChildren(ScanPanel)
    return name, panel


def arrived(panel: ScanPanel) -> None:
    """The folder was looked at twice: what didn't change is whole."""
    for _ in range(2):
        panel._sources.look()


def states(commune: Commune, name: e.EventName) -> list[DocumentState]:
    return [line.state for line in lines(commune.dossier(name))]


def test_a_file_the_scanner_left_is_tied_to_the_paper_chosen_and_removed_from_its_folder(
    commune: Commune, page: DossierPage, watched: Path
) -> None:
    heard = Heard(page)
    name, panel = opened(commune, page)
    file = a_picture(watched / "quét 1.png")
    arrived(panel)
    hit(page, "Down", "F9")
    assert states(commune, name)[:2] == [DocumentState.NOT_YET, DocumentState.DIGITISED]
    assert heard.said[-1][1] is Tone.DONE
    assert heard.changes == 1
    assert not file.exists()


def test_several_files_marked_become_one_scan(
    commune: Commune, page: DossierPage, watched: Path
) -> None:
    name, panel = opened(commune, page)
    for number in range(3):
        a_picture(watched / f"quét {number}.png", grey=200 + number)
    arrived(panel)
    panel._files.setFocus()
    hit(page, "Ctrl+A", "F9")
    assert lines(commune.dossier(name))[0].pages == 3


def test_a_file_dropped_on_a_paper_is_tied_to_that_paper_and_left_where_it_lies(
    commune: Commune, page: DossierPage, tmp_path: Path, dressed: QApplication
) -> None:
    name, panel = opened(commune, page)
    file = a_picture(tmp_path / "kéo.png")
    drop(panel, line(panel, 1), file)
    assert states(commune, name)[:2] == [DocumentState.NOT_YET, DocumentState.DIGITISED]
    assert file.exists()


def test_what_is_no_scan_among_the_files_dropped_is_named(
    commune: Commune, page: DossierPage, tmp_path: Path
) -> None:
    heard = Heard(page)
    name, panel = opened(commune, page)
    drop(panel, line(panel, 0), a_picture(tmp_path / "kéo.png"), tmp_path / "thư.docx")
    assert states(commune, name)[0] is DocumentState.DIGITISED
    sentence, tone = heard.said[-1]
    assert sentence.endswith("Không lấy thư.docx: chỉ nhận ảnh và PDF.")
    assert tone is Tone.TODAY
    drop(panel, line(panel, 0), a_picture(tmp_path / "sau.png"))
    assert "docx" not in heard.said[-1][0]


def test_a_file_dropped_while_another_is_at_it_is_not_lost_without_a_word(
    commune: Commune, page: DossierPage, tmp_path: Path
) -> None:
    heard = Heard(page)
    name, panel = opened(commune, page)
    panel._going.begin("Số hóa…")
    drop(panel, line(panel, 0), a_picture(tmp_path / "kéo.png"))
    assert states(commune, name)[0] is DocumentState.NOT_YET
    assert heard.said == [(BUSY, Tone.TODAY)]


def test_a_file_dropped_beside_the_lines_goes_to_no_paper_and_it_is_said_where_to_drop_it(
    commune: Commune, page: DossierPage, tmp_path: Path
) -> None:
    heard = Heard(page)
    name, panel = opened(commune, page)
    below = panel._papers.viewport().rect().bottomLeft() + QPoint(0, 1)
    for place in (QPoint(), panel.mapFromGlobal(panel._papers.viewport().mapToGlobal(below))):
        drop(panel, place, a_picture(tmp_path / "kéo.png"))
    assert set(states(commune, name)) <= {DocumentState.NOT_YET, DocumentState.SHOWN}
    assert heard.said == [(WHICH, Tone.TODAY)] * 2


def test_where_there_is_but_one_paper_a_file_dropped_anywhere_is_its(
    commune: Commune, page: DossierPage, tmp_path: Path
) -> None:
    name, panel = opened(commune, page, procedure=OF_ONE_PAPER)
    drop(panel, QPoint(), a_picture(tmp_path / "kéo.png"))
    assert states(commune, name) == [DocumentState.DIGITISED]


def test_files_dragged_onto_the_page_bring_its_papers_into_sight(
    commune: Commune, page: DossierPage, tmp_path: Path
) -> None:
    page.show_dossier(commune.receive())
    (panel,) = page.findChildren(ScanPanel)
    for file, is_shown in ((tmp_path / "thư.docx", False), (tmp_path / "kéo.pdf", True)):
        dragged = QMimeData()
        dragged.setUrls([QUrl.fromLocalFile(str(file))])
        event = QDragEnterEvent(
            QPoint(9, 9), Qt.DropAction.CopyAction, dragged, Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )  # fmt: skip
        page.dragEnterEvent(event)
        assert panel.isVisible() is is_shown


def line(panel: ScanPanel, number: int) -> QPoint:
    """Where the line of a paper stands."""
    row = panel._papers.visualRect(panel._papers.model().index(number, 0)).center()
    return panel.mapFromGlobal(panel._papers.viewport().mapToGlobal(row))


def drop(panel: ScanPanel, place: QPoint, *files: Path) -> None:
    dragged = QMimeData()
    dragged.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    event = QDropEvent(
        QPointF(place), Qt.DropAction.CopyAction, dragged, Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    panel.dropEvent(event)


def test_pages_from_the_glass_wait_until_the_paper_is_whole(
    commune: Commune, page: DossierPage
) -> None:
    name, panel = opened(commune, page)
    for _ in range(2):
        hit(page, GLASS_KEY)
        arrived(panel)
    assert [file.path.name for file in panel._sources.waiting] == ["Trang 1.png", "Trang 2.png"]
    hit(page, "F9")
    assert lines(commune.dossier(name))[0].pages == 2
    arrived(panel)
    assert not panel._sources.waiting


def test_a_page_from_the_glass_is_never_tied_to_another_dossier_than_it_was_scanned_for(
    commune: Commune, page: DossierPage
) -> None:
    first, panel = opened(commune, page)
    hit(page, GLASS_KEY)
    arrived(panel)
    hit(page, "Escape")
    second, _ = opened(commune, page)
    assert panel._files.table.rowCount() == 0
    hit(page, GLASS_KEY)
    arrived(panel)
    hit(page, "F9")
    assert lines(commune.dossier(second))[0].pages == 1
    page.show_dossier(first)
    hit(page, SCANS_KEY)
    arrived(panel)
    assert panel._files.table.rowCount() == 1
    hit(page, "F9")
    assert lines(commune.dossier(first))[0].pages == 1


def test_without_a_scanner_it_says_what_to_do(
    commune: Commune, page: DossierPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard = Heard(page)
    opened(commune, page)
    monkeypatch.setattr(ByHand, "devices", ())
    hit(page, GLASS_KEY)
    assert "Không thấy máy quét" in heard.said[-1][0]


def test_a_scan_is_taken_back_by_a_key_and_by_undo(
    commune: Commune, page: DossierPage, tmp_path: Path
) -> None:
    heard = Heard(page)
    name, panel = opened(commune, page)
    panel.take([a_picture(tmp_path / "1.png")])
    assert heard.undo is not None
    heard.undo()
    assert states(commune, name)[0] is DocumentState.NOT_YET
    panel.take([a_picture(tmp_path / "2.png")])
    hit(page, "Delete")
    assert states(commune, name)[0] is DocumentState.NOT_YET


def test_the_same_paper_of_an_earlier_dossier_is_offered_and_reused(
    commune: Commune, page: DossierPage, tmp_path: Path
) -> None:
    _, panel = opened(commune, page)
    panel.take([a_picture(tmp_path / "1.png")])
    name, panel = opened(commune, page)
    assert panel._reuse.isVisible()
    hit(page, REUSE_KEY)
    assert states(commune, name)[0] is DocumentState.REUSED
    assert not panel._reuse.isVisible()


def test_a_scan_opens_on_screen_by_enter(
    commune: Commune, page: DossierPage, tmp_path: Path, qtbot: QtBot
) -> None:
    _, panel = opened(commune, page)
    panel.take([a_picture(tmp_path / "1.png"), a_picture(tmp_path / "2.png")])
    hit(page, "Return")
    (viewer,) = panel.findChildren(ScanViewer)
    assert viewer._said.text() == "2 trang"
    viewer.save(str(tmp_path / "ra.pdf"))
    assert (tmp_path / "ra.pdf").read_bytes().startswith(b"%PDF")
    viewer.close()


def test_a_scan_that_is_nowhere_is_said_and_marked(
    commune: Commune, page: DossierPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard = Heard(page)
    _, panel = opened(commune, page)
    panel.take([a_picture(tmp_path / "1.png")])
    for file in commune.desk.store.database.path.with_name(FOLDER).rglob("*"):
        if file.is_file():
            file.unlink()
    page.refresh()
    assert "thiếu tệp" in panel._papers.table.cells(0)[1].text

    def none(*_: object) -> None:
        raise Refused("Tệp số hóa này chưa có ở máy chủ.")

    monkeypatch.setattr(ByHand, "bring", none)
    hit(page, "Return")
    assert heard.said[-1] == ("Tệp số hóa này chưa có ở máy chủ.", Tone.LATE)


def test_what_is_no_scan_is_refused_and_changes_nothing(
    commune: Commune, page: DossierPage, tmp_path: Path
) -> None:
    heard = Heard(page)
    name, panel = opened(commune, page)
    broken = tmp_path / "hỏng.png"
    broken.write_bytes(b"x")
    panel.take([broken])
    assert "hỏng.png" in heard.said[-1][0]
    assert states(commune, name)[0] is DocumentState.NOT_YET


def test_a_scan_its_dossier_would_not_take_leaves_no_file(
    commune: Commune, page: DossierPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard, sealed = Heard(page), Attachments(commune.desk.store.database).files
    _, panel = opened(commune, page)

    def erased(*_: object) -> None:
        assert len(list(sealed.all())) == 1, "it is sealed before it is tied"
        raise Refused("Thông tin cá nhân của hồ sơ này đã được xóa; không số hóa thêm.")

    monkeypatch.setattr(Digitising, "tie", erased)
    panel.take([a_picture(tmp_path / "tờ khai.png")])
    assert "đã được xóa" in heard.said[-1][0]
    assert list(sealed.all()) == []


def test_escape_leaves_the_panel_and_nobody_looks_into_the_folder_any_more(
    commune: Commune, page: DossierPage, watched: Path
) -> None:
    _, panel = opened(commune, page)
    assert panel._sources._timer.isActive()
    hit(page, "Escape")
    assert not panel.isVisible()
    assert not panel._sources._timer.isActive()


def test_nothing_is_cut_or_nameless_on_the_usual_screen(
    commune: Commune, page: DossierPage, watched: Path, tmp_path: Path, dressed: QApplication
) -> None:
    _, panel = opened(commune, page, procedure="2.001263")
    panel.take([a_picture(tmp_path / "1.png")])
    a_picture(watched / "Bản quét của máy Canon 2026-11-23 08.00.png")
    arrived(panel)
    assert nameless(panel) == []
    assert faults_at_each_size(page, dressed) == []
    panel._going.begin("Tìm máy…")
    panel._going._appear()
    assert faults_at_each_size(page, dressed) == []
    panel._going.end()


def test_a_scan_that_lost_its_paper_is_told_and_placed_by_one_key(
    commune: Commune, page: DossierPage, watched: Path, dressed: QApplication
) -> None:
    name, panel = opened(commune, page)
    assert panel._unplaced.isHidden()
    a_picture(watched / "quét 1.png")
    arrived(panel)
    hit(page, "F9")
    papers = commune.dossier(name).documents
    kept = Details(reason="ghi nhầm tên", documents=papers[1:])
    commune.desk.progress.do(Deed.CORRECT, [name], commune.officer(), kept)
    page.refresh()
    assert panel._unplaced.text().startswith(f"Bản quét “{papers[0].name}”, 1 trang: giấy đã bị bỏ")
    assert faults_at_each_size(page, dressed) == []
    hit(page, PLACE_KEY)
    assert states(commune, name)[0] is DocumentState.DIGITISED
    assert panel._unplaced.isHidden()
    assert list(unplaced(commune.dossier(name))) == []
