"""The papers of a dossier and the files made of them: tied by keys, or dropped on their line."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QHideEvent,
    QKeyEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.desk.deeds.digitising import Paper, Reusable, Scan
from app.desk.desk import Desk
from app.models.dossiers.dossier import Attachment
from app.models.events.event import EventName
from app.models.exchange.file_talk import Going as Gone
from app.models.unit.officer import Officer
from app.printing.graphics.raster import Picture
from app.scanning.folder import TAKEN, is_taken
from app.store.own.attachments import Whereabouts
from app.ui.deeds.deeds import PRIMARY_KEY
from app.ui.dossier.view import DossierView
from app.ui.lanes.jobs import Err, Jobs, Lane, Ok
from app.ui.lanes.stepping import Stepping
from app.ui.look.theme import Measure, Space, Tone, Type, Weight
from app.ui.scanning.glass import Glass
from app.ui.scanning.lines import PAPER_COLUMNS, WAITING_COLUMNS, Waiting, told
from app.ui.scanning.scanner_choice import ScannerChoice
from app.ui.scanning.sources import Open, ScanSources
from app.ui.scanning.unplaced_line import UnplacedLine
from app.ui.scanning.viewer import ScanViewer
from app.ui.widgets.buttons import LinkButton, PrimaryButton, QuietButton
from app.ui.widgets.file_dialogs import ask_folder, ask_several
from app.ui.widgets.going import Going
from app.ui.widgets.leaving import LeaveLink
from app.ui.widgets.parts import EmptyState, Words, WrappingLabel, column, row
from app.ui.widgets.table_view import TableView
from app.ui.widgets.tables import Table

PICK_KEY, GLASS_KEY, REUSE_KEY, FOLDER_KEY, REMOVE_KEY = "Ctrl+O", "Alt+Q", "Alt+D", "Alt+T", "Del"
BUSY = "Chưa lấy tệp vừa đưa vào: đang số hóa tệp trước. Xong rồi hãy đưa lại."
WHICH = "Chưa rõ tệp vừa thả là của giấy tờ nào: hãy thả lên đúng dòng của giấy tờ ấy."
KINDS = f"Ảnh, PDF ({' '.join(sorted(f'*{kind}' for kind in TAKEN))})"


class ScanPanel(QWidget):
    """Beside the dossier. Above the papers, by arrows and Enter; below the files that wait."""

    said = Signal(str, object, object)
    """A sentence, its `Tone`, and what takes the deed back, or None."""
    changed = Signal()
    closed = Signal()

    def __init__(self, desk: Desk, officer: Officer, jobs: Jobs, scans: Open) -> None:
        super().__init__()
        self._desk, self._officer, self._jobs, self._scans = desk, officer, jobs, scans
        self._view: DossierView | None = None
        self._reusable: list[Reusable] = []
        self._sources = ScanSources(scans, desk.store.keeping, jobs, self)
        self._bringing = Stepping[Gone](jobs, self)
        self._wanted: Attachment | None = None
        self._scanning_for: EventName | None = None
        self._whose: dict[Path, EventName] = {}
        """The dossier each page of the flatbed was scanned for."""
        self._papers = TableView(Table(PAPER_COLUMNS, lambda paper: paper.line.number), _nothing())
        self._files = TableView(Table(WAITING_COLUMNS, lambda file: file.path, markable=True))
        self._told = WrappingLabel(size=Type.SMALL, tone=Tone.QUIET, reserved_lines=2)
        self._unplaced = UnplacedLine()
        self._from = WrappingLabel(size=Type.SMALL, tone=Tone.QUIET)
        self._going = Going()
        self._take = PrimaryButton("Đưa vào giấy tờ", PRIMARY_KEY, "scan-line")
        self._pick = QuietButton("Chọn tệp", PICK_KEY)
        self._page = QuietButton("Quét trang", GLASS_KEY)
        self._scanners = ScannerChoice(desk.store.keeping, jobs)
        self._glass = Glass(scans, jobs, self._scanners, self._going)
        self._reuse = LinkButton("Dùng lại bản của hồ sơ trước", REUSE_KEY)
        self._remove = LinkButton("Bỏ bản", REMOVE_KEY)
        self._folder = LinkButton("Thư mục", FOLDER_KEY)
        self._close = LeaveLink("Thôi")
        self.setAcceptDrops(True)
        self.setFocusProxy(self._papers)
        self._lay_out()
        self._connect()

    def show_view(self, view: DossierView) -> None:
        """Show the papers of this dossier; the one chosen stays chosen."""
        was, self._view = self._view, view
        self._papers.show_rows(view.scans)
        is_left_over = self._unplaced.show_of(view.dossier)
        for label in (self._told, self._from):  # they don't fit as well in the smallest window
            label.setVisible(not is_left_over)
        self._papers.setMinimumHeight((2 if is_left_over else 3) * Measure.ROW)
        self._show_paper()
        if was is None or was.name != view.name:
            self._reusable = []
            reusable = self._desk.digitising.reusable
            self._jobs.run(Lane.DESK, partial(reusable, view.name), self._offer)

    def take(self, files: Sequence[Path], *, own: bool = False, left_out: str = "") -> None:
        """Tie these files to the paper chosen; `own` ones are removed once they are kept.

        `left_out` says what else was dropped and is no scan.
        """
        paper, view = self._papers.current(), self._view
        if paper is None or view is None or not files:
            return
        if self._going.under_way:
            self.said.emit(BUSY, Tone.TODAY, None)
            return
        way = self._going.begin("Số hóa…")
        then = partial(self._made, view.name, paper, tuple(files) if own else (), left_out)
        self._jobs.run(Lane.SCAN, lambda: self._scans().made(files, way.reached_of), then)

    # --- keys, mouse, sight -----------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._sources.begin()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._sources.end()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped(event):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        self._choose_at(event.position().toPoint())
        event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        if not self._choose_at(event.position().toPoint()):
            self.said.emit(WHICH, Tone.TODAY, None)
            return
        files = dropped(event)
        self.take(files, left_out=_left_out(_files(event), files))

    def _choose_at(self, place: QPoint) -> bool:
        """Choose the paper at `place`; False when it isn't clear which one is meant."""
        table = self._papers.viewport()
        there = table.mapFrom(self, place)
        index = self._papers.indexAt(there)
        is_on_a_line = index.isValid() and table.rect().contains(there)  # others are scrolled away
        if is_on_a_line:
            self._papers.selectRow(index.row())
        return is_on_a_line or self._papers.table.rowCount() == 1

    # --- put together -----------------------------------------------------------------------------

    def _lay_out(self) -> None:
        title = Words("Số hóa giấy tờ", Type.TITLE, weight=Weight.STRONG)
        self._papers.setAccessibleName("Giấy tờ và bản số hóa")
        self._files.setAccessibleName("Tệp vừa quét")
        for table, rows in ((self._papers, 3), (self._files, 2)):
            # a stack of pages that wrap takes what a list would like to have for what it needs
            table.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
            table.setMinimumHeight(rows * Measure.ROW)
        head = row(title, None, self._close)
        beside = row(self._pick, self._page)
        links = row(self._remove, None, self._folder)
        layout = column(
            head, self._papers, self._told, self._unplaced, self._reuse, self._files, self._from,
            self._going, self._take, beside, self._scanners, links, spacing=Space.TIGHT,
        )  # fmt: skip
        layout.setStretch(1, 3)
        layout.setStretch(5, 2)
        self.setLayout(layout)

    def _connect(self) -> None:
        self._papers.opened.connect(self._open)
        self._papers.moved.connect(lambda _: self._show_paper())
        self._sources.changed.connect(self._show_files)
        self._files.opened.connect(lambda _: self._take_waiting())
        self._take.clicked.connect(self._take_waiting)
        self._pick.clicked.connect(self._ask_which)
        self._page.clicked.connect(self._scan_page)
        self._glass.scanned.connect(self._note_page)
        self._glass.said.connect(lambda words, tone: self.said.emit(words, tone, None))
        self._reuse.clicked.connect(self._use_again)
        self._unplaced.placed.connect(self._place)
        self._unplaced.seen.connect(self._show)
        self._remove.clicked.connect(self._take_back)
        self._folder.clicked.connect(self._ask_folder)
        self._close.clicked.connect(self.closed)
        self._bringing.moved.connect(self._brought)
        self._bringing.ended.connect(self._has_come)

    # --- what is shown ----------------------------------------------------------------------------

    def _show_paper(self) -> None:
        paper = self._papers.current()
        self._told.setText(told(paper) if paper else "")
        self._remove.setEnabled(bool(paper and paper.line.attachments))
        self._reuse.setVisible(self._offered() is not None)
        self._show_files()

    def _show_files(self) -> None:
        waiting = self._waiting()
        self._files.show_rows(waiting)
        self._files.setVisible(bool(waiting))
        self._take.setEnabled(bool(waiting) and self._papers.current() is not None)
        self._from.setText(self._sources.trouble or _whence(self._sources.folder, len(waiting)))

    def _offer(self, result: Ok[list[Reusable]] | Err) -> None:
        if isinstance(result, Ok):
            self._reusable = result.value
            self._show_paper()

    def _offered(self) -> Reusable | None:
        """The newest file of this person's for a paper of this name, where it has none yet."""
        paper = self._papers.current()
        if paper is None or paper.line.attachments:
            return None
        name = paper.line.document.name
        return next((one for one in self._reusable if one.attachment.document == name), None)

    # --- deeds ------------------------------------------------------------------------------------

    def _scan_page(self) -> None:
        self._scanning_for = self._view.name if self._view else None
        self._glass.scan()

    def _note_page(self, page: Path) -> None:
        if self._scanning_for is not None:
            self._whose[page] = self._scanning_for
        self._sources.look()

    def _waiting(self) -> tuple[Waiting, ...]:
        """The files that wait, without the pages scanned for another dossier: those wait for it."""
        shown = self._view.name if self._view else None
        return tuple(x for x in self._sources.waiting if self._whose.get(x.path, shown) == shown)

    def _take_waiting(self) -> None:
        """What is marked; else all pages scanned for this dossier; else the file the keyboard is at."""
        glass = tuple(file for file in self._waiting() if file.path in self._whose)
        files: tuple[Waiting, ...] = self._files.table.marked() or glass or self._files.meant()
        self.take([file.path for file in files], own=True)

    def _made(
        self, name: EventName, paper: Paper, own: Sequence[Path], left_out: str,
        result: Ok[Scan] | Err,
    ) -> None:  # fmt: skip
        self._going.end()
        if isinstance(result, Err):
            self._complain(result)
            return
        scan, tie = result.value, self._desk.digitising.tie
        work = partial(tie, name, paper.line.number, scan, self._officer)

        def tied(answer: Ok[EventName] | Err) -> None:
            if isinstance(answer, Err):
                self._jobs.run(Lane.SCAN, lambda: self._scans().abandon(scan), lambda _: None)
            self._tied(name, paper, own, left_out, answer)

        self._jobs.run(Lane.DESK, work, tied)

    def _tied(
        self, name: EventName, paper: Paper, own: Sequence[Path], left_out: str,
        result: Ok[EventName] | Err,
    ) -> None:  # fmt: skip
        if isinstance(result, Err):
            self._complain(result)
            return
        if own:
            self._jobs.run(Lane.SCAN, lambda: self._scans().forget(own), lambda _: None)
        said = f"Đã số hóa “{paper.line.document.name}”.{left_out}"
        tone = Tone.TODAY if left_out else Tone.DONE
        self.said.emit(said, tone, partial(self._reverse, name, result.value))
        self.changed.emit()

    def _use_again(self) -> None:
        paper, found, view = self._papers.current(), self._offered(), self._view
        if paper and found and view:
            reuse = self._desk.digitising.reuse
            work = partial(reuse, view.name, paper.line.number, found, self._officer)
            self._jobs.run(Lane.DESK, work, partial(self._tied, view.name, paper, (), ""))

    def _place(self, scan: Attachment) -> None:
        """A scan that lost its paper belongs to the one chosen."""
        paper, view = self._papers.current(), self._view
        if paper and view:
            place = self._desk.digitising.place
            work = partial(place, view.name, scan.event, paper.line.number, self._officer)
            self._jobs.run(Lane.DESK, work, partial(self._tied, view.name, paper, (), ""))

    def _take_back(self) -> None:
        paper, view = self._papers.current(), self._view
        if paper and view and paper.line.attachments:
            self._reverse(view.name, paper.line.attachments[-1].event)

    def _reverse(self, name: EventName, event: EventName) -> None:
        work = partial(self._desk.digitising.reverse, name, event, self._officer)
        self._jobs.run(Lane.DESK, work, self._reversed)

    def _reversed(self, result: Ok[None] | Err) -> None:
        if isinstance(result, Err):
            self._complain(result)
            return
        self.said.emit("Đã bỏ bản số hóa khỏi giấy tờ này.", Tone.DONE, None)
        self.changed.emit()

    # --- where files come from --------------------------------------------------------------------

    def _ask_which(self) -> None:
        ask_several(self, "Chọn tệp của giấy tờ này", KINDS, self.take, self._sources.folder)

    def _ask_folder(self) -> None:
        ask_folder(self, "Thư mục máy quét lưu vào", self._sources.choose, self._sources.folder)

    # --- looking at one ---------------------------------------------------------------------------

    def _open(self, paper: Paper) -> None:
        if not paper.line.attachments:
            self.said.emit(
                f"“{paper.line.document.name}” chưa có bản số hóa nào để xem.", Tone.TODAY, None
            )
        elif paper.places[-1] in (Whereabouts.BOTH, Whereabouts.HERE):
            self._show(paper.line.attachments[-1])
        elif not self._going.under_way:
            wanted = self._wanted = paper.line.attachments[-1]
            self._way = self._going.begin("Tải về…")
            self._bringing.go(lambda: self._scans().bring(wanted))

    def _brought(self, gone: Gone) -> None:
        self._way.heard(gone.done, gone.of)
        if self._way.stopped:
            self._bringing.stop()
            self._going.end()

    def _has_come(self, result: Ok[None] | Err) -> None:
        self._going.end()
        if isinstance(result, Err):
            self._complain(result)
        elif self._wanted and self._is_of_this(self._wanted):
            self._show(self._wanted)
        self.changed.emit()

    def _is_of_this(self, scan: Attachment) -> bool:
        """False once another dossier is shown: nobody asked to see it there."""
        return any(scan in paper.line.attachments for paper in self._papers.table.rows.here())

    def _show(self, wanted: Attachment) -> None:
        then = partial(self._shown, wanted.document)
        self._jobs.run(Lane.SCAN, lambda: self._scans().shown(wanted), then)

    def _shown(self, title: str, result: Ok[tuple[bytes, int, list[Picture]]] | Err) -> None:
        if isinstance(result, Err):
            self._complain(result)
            self.changed.emit()
        else:
            ScanViewer(title, *result.value, self).show()

    # --- what is said -----------------------------------------------------------------------------

    def _complain(self, refusal: Err) -> None:
        self.said.emit(str(refusal.error), Tone.LATE, None)


def dropped(event: QDropEvent) -> list[Path]:
    """The scans among what is dragged."""
    return [file for file in _files(event) if is_taken(file)]


def _files(event: QDropEvent) -> list[Path]:
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]


def _left_out(files: Sequence[Path], taken: Sequence[Path]) -> str:
    names = ", ".join(file.name for file in files if file not in taken)
    return f" Không lấy {names}: chỉ nhận ảnh và PDF." if names else ""


def _whence(folder: str, waiting: int) -> str:
    if not folder:
        return "Chưa chọn thư mục quét. Kéo tệp thả vào giấy tờ cũng được."
    if waiting:
        return "Đưa vào xong, tệp được xóa khỏi thư mục quét."
    return f"Đang chờ tệp ở {folder}"


def _nothing() -> EmptyState:
    return EmptyState("file-x", "Hồ sơ không có giấy tờ.", "Đính chính hồ sơ để ghi giấy tờ.")
