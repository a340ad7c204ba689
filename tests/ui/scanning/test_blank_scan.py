"""The receipt filled by hand is scanned while it is keyed: from the glass, a folder, dropped; or given up."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent

from app.models.dossiers.checklist import blank_line
from app.store.own.attachments import Attachments
from app.ui.lanes.jobs import Jobs, Lane
from app.ui.scanning.blank_scan import STILL, BlankScan
from app.ui.scanning.panel import GLASS_KEY
from app.ui.scanning.sources import KEPT
from tests.ui.a_window import a_window
from tests.ui.commune import LONG_NAME, Commune, InlineLanes, hit
from tests.ui.keys import type_keys
from tests.ui.scanning.test_scan_panel import ByHand, Show, a_picture

ONE, TWO = "đã quét 1 trang.", "đã quét 2 trang."


class Keying:
    """The window in which a blank is keyed, with a flatbed that is a file."""

    def __init__(self, commune: Commune, show: Show) -> None:
        self.commune, self.window = commune, a_window(commune)
        scans = ByHand(commune.desk, commune.jobs.at_desk)
        self.window.scan_with(lambda: scans)
        show(self.window)

    @property
    def sheet(self) -> BlankScan:
        """It stands there once a blank is keyed."""
        (found,) = self.window.findChildren(BlankScan)
        return found

    def begin(self) -> str:
        hit(self.window, "F12")
        type_keys(self.window, "nhap bu\n")
        code = self.commune.desk.blanks.draw().code
        self.window.scanned(code)
        type_keys(self.window, "7:10")
        return code

    def receive(self) -> None:
        self.window._intake._form.go_to_start()
        type_keys(self.window, "1.001022\n")
        hit(self.window, "Alt+A")
        type_keys(self.window, f"{LONG_NAME}\n001187012345\n")
        hit(self.window, "F9")

    def pages(self) -> int:
        """Of the scan tied to the dossier keyed last."""
        row = self.commune.desk.lookup.board().lines[0].row
        line = blank_line(self.commune.desk.lookup.dossier(row.name))
        assert line is not None
        return line.pages

    def files(self) -> int:
        """How many sealed files lie on disk."""
        return len(list(Attachments(self.commune.desk.store.database).files.all()))

    def drop(self, *files: Path) -> None:
        dragged = QMimeData()
        dragged.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
        how = (Qt.DropAction.CopyAction, dragged, Qt.MouseButton.LeftButton)
        keys = Qt.KeyboardModifier.NoModifier
        over = QDragEnterEvent(QPoint(9, 9), *how, keys)
        self.sheet.dragEnterEvent(over)
        if over.isAccepted():
            self.sheet.dropEvent(QDropEvent(QPointF(9, 9), *how, keys))


@pytest.fixture
def keying(commune: Commune, show: Show) -> Keying:
    return Keying(commune, show)


def test_pages_from_the_glass_become_one_scan_of_the_blank(keying: Keying) -> None:
    keying.begin()
    hit(keying.window, GLASS_KEY)
    assert ONE in keying.sheet._told.text()
    hit(keying.window, GLASS_KEY)
    assert TWO in keying.sheet._told.text()
    keying.receive()
    assert keying.pages() == 2
    assert not list(keying.commune.desk.store.database.path.with_name("glass").iterdir())


def test_a_file_of_the_watched_folder_is_taken_and_goes_with_the_save(
    keying: Keying, tmp_path: Path
) -> None:
    folder = tmp_path / "quét"
    folder.mkdir()
    keying.commune.desk.store.keeping.put(KEPT, str(folder))
    file = a_picture(folder / "quét 1.png")
    keying.begin()
    for _ in range(2):  # what didn't change between two looks is whole
        keying.sheet._sources.look()
    assert file.name in keying.sheet._told.text()
    hit(keying.window, "Alt+V")
    assert file.exists()
    keying.receive()
    assert (keying.pages(), file.exists()) == (1, False)


def test_what_is_dropped_is_taken_and_left_where_it_lies(keying: Keying, tmp_path: Path) -> None:
    file = a_picture(tmp_path / "kéo.png")
    keying.begin()
    keying.drop(tmp_path / "thư.docx")
    assert keying.sheet.scan() is None
    keying.drop(file, tmp_path / "thư.docx")
    keying.receive()
    assert (keying.pages(), file.exists()) == (1, True)


class SlowLanes(InlineLanes):
    """The lane of scans is busy until `finish`."""

    def __init__(self) -> None:
        self.waiting: list[Callable[[], None]] = []

    def submit(self, lane: Lane, work: Callable[[], None]) -> None:
        if lane is Lane.SCAN:
            self.waiting.append(work)
        else:
            work()

    def finish(self) -> None:
        while self.waiting:
            self.waiting.pop(0)()


@pytest.fixture
def slow(commune: Commune) -> SlowLanes:
    lanes = SlowLanes()
    commune.jobs = Jobs(lanes)
    return lanes


def test_files_dropped_while_others_are_scanned_are_scanned_after_them(
    commune: Commune, show: Show, tmp_path: Path, slow: SlowLanes
) -> None:
    keying = Keying(commune, show)
    keying.begin()
    for number in range(3):
        keying.drop(a_picture(tmp_path / f"kéo {number}.png"))
    assert keying.sheet.doubt() == STILL
    slow.finish()
    assert "đã quét 3 trang" in keying.sheet._told.text()
    assert (keying.sheet.doubt(), keying.files()) == ("", 1)


def test_a_scan_given_up_while_it_is_made_takes_what_waited_with_it(
    commune: Commune, show: Show, tmp_path: Path, slow: SlowLanes
) -> None:
    keying = Keying(commune, show)
    keying.begin()
    keying.drop(a_picture(tmp_path / "một.png"))
    keying.drop(a_picture(tmp_path / "hai.png"))
    keying.sheet.clear()
    keying.drop(a_picture(tmp_path / "ba.png"))
    slow.finish()
    assert "đã quét 1 trang" in keying.sheet._told.text()
    assert keying.files() == 1


def test_a_file_that_is_no_picture_leaves_what_was_scanned_before(
    keying: Keying, tmp_path: Path
) -> None:
    keying.begin()
    keying.drop(a_picture(tmp_path / "tờ.png"))
    broken = tmp_path / "hỏng.png"
    broken.write_bytes(b"no picture")
    said = list[str]()
    keying.sheet.said.connect(said.append)
    keying.drop(broken)
    assert len(said) == 1
    keying.receive()
    assert keying.pages() == 1


@pytest.mark.parametrize("key", ["Alt+X", "Escape"])
def test_a_scan_given_up_leaves_no_file(keying: Keying, key: str) -> None:
    keying.begin()
    hit(keying.window, GLASS_KEY)
    assert keying.files() == 1
    keying.window._intake._late._code.setFocus()
    hit(keying.window, key)
    assert (keying.sheet.scan(), keying.files()) == (None, 0)


def test_only_the_last_of_several_takes_stays_on_disk(keying: Keying) -> None:
    keying.begin()
    hit(keying.window, GLASS_KEY)
    hit(keying.window, GLASS_KEY)
    keying.receive()
    assert keying.files() == 1


def test_code_hour_hand_and_scan_are_there_after_the_power_went(
    keying: Keying, commune: Commune, show: Show
) -> None:
    code = keying.begin()
    hit(keying.window, GLASS_KEY)
    keying.window._intake.keep()
    keying.window.hide()
    after = Keying(commune, show)
    late = after.window._intake._late
    assert (late._code.text(), late._at.text()) == (code, "7:10")
    assert "đã quét 1 trang" in after.sheet._told.text()
    after.receive()
    assert (after.pages(), after.files()) == (1, 1)
    assert late._code.text() == ""


def test_once_blanks_are_left_none_is_asked_for_again(
    keying: Keying, commune: Commune, show: Show
) -> None:
    keying.begin()
    keying.window._intake.keep()
    keying.window._intake._late._code.setFocus()
    hit(keying.window, "Escape")
    keying.window.hide()
    assert Keying(commune, show).window._intake._late.isHidden()
