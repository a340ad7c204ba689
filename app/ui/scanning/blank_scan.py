"""Scans the receipt that was filled by hand, while it is keyed: from the glass, the folder, or dropped."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtGui import QDragEnterEvent, QDropEvent, QHideEvent, QShowEvent

from app.desk.deeds.digitising import Scan
from app.store.own.keeping import Keeping
from app.ui.intake.blank_scanned import NOT_YET, BlankScanned
from app.ui.lanes.jobs import Err, Jobs, Lane, Ok
from app.ui.look.icons import Icon
from app.ui.look.theme import Space, Tone, Type
from app.ui.scanning.glass import Glass
from app.ui.scanning.panel import GLASS_KEY, KINDS, PICK_KEY, dropped
from app.ui.scanning.scanner_choice import ScannerChoice
from app.ui.scanning.sources import Open, ScanSources
from app.ui.widgets.buttons import LinkButton, QuietButton
from app.ui.widgets.file_dialogs import ask_several
from app.ui.widgets.going import Going
from app.ui.widgets.parts import WrappingLabel, column, row

TAKE_KEY, DROP_KEY = "Alt+V", "Alt+X"
STILL = "Tờ ghi tay còn đang số hóa. Chờ xong rồi F9; F9 lần nữa bây giờ là nhận mà thiếu tệp ấy."

Came = tuple[tuple[Path, bool], ...]
"""Files in the order they came, and whether each goes once its scan is kept."""


class BlankScan(BlankScanned):
    """One line below the blank's code; several pages become one scan."""

    def __init__(self, keeping: Keeping, jobs: Jobs, scans: Open) -> None:
        super().__init__()
        self._jobs, self._scans = jobs, scans
        self._sources = ScanSources(scans, keeping, jobs, self)
        self._files: tuple[Path, ...] = ()
        self._own: tuple[Path, ...] = ()
        self._making: Came = ()
        self._next: Came = ()
        self._is_resumed = False
        self._sign, self._told = Icon(""), WrappingLabel(size=Type.SMALL)
        self._going, self._scanners = Going(), ScannerChoice(keeping, jobs)
        self._glass = Glass(scans, jobs, self._scanners, self._going)
        self._page = QuietButton("Quét trang", GLASS_KEY)
        self._pick = QuietButton("Chọn tệp", PICK_KEY)
        self._waiting = QuietButton("Lấy tệp vừa quét", TAKE_KEY)
        self._drop = LinkButton("Bỏ bản quét", DROP_KEY)
        self.setAcceptDrops(True)
        self._lay_out()
        self._connect()
        self._show()

    def resume(self, scan: Scan) -> None:
        super().resume(scan)
        self._is_resumed = True
        self._show()

    def clear(self) -> None:
        self._files, self._own, self._making, self._next = (), (), (), ()
        self._stands(None)

    def kept(self) -> None:
        own = self._own
        self.clear()
        if own:
            self._jobs.run(Lane.SCAN, lambda: self._scans().forget(own), lambda _: None)

    def doubt(self) -> str:
        if self._making or self._next:
            return STILL
        return "" if self._scan else NOT_YET

    def take(self, files: Sequence[Path], *, own: bool = False) -> None:
        """Make one scan of these and what was taken before; `own` ones go once it is kept.

        What comes while a scan is made waits for it.
        """
        self._next += tuple((file, own) for file in files)
        self._go_on()

    def _go_on(self) -> None:
        if self._going.under_way or not self._next:
            return
        new, self._next = self._next, ()
        whole, way = (*self._files, *(file for file, _ in new)), self._going.begin("Số hóa…")
        self._making = new
        then = partial(self._made, new)
        self._jobs.run(Lane.SCAN, lambda: self._scans().made(whole, way.reached_of), then)

    # --- sight and mouse --------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._sources.begin()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._sources.end()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.take(dropped(event))

    # --- inside -----------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        parts = (self._sign, self._told, self._drop, self._waiting, self._page, self._pick)
        line = row(*parts, spacing=Space.WITHIN)
        line.setStretch(1, 1)
        self.setLayout(column(line, self._scanners, self._going, spacing=Space.TIGHT))

    def _connect(self) -> None:
        self._sources.changed.connect(self._show)
        self._page.clicked.connect(self._glass.scan)
        self._glass.scanned.connect(lambda page: self.take([page], own=True))
        self._glass.said.connect(self._no_page)
        self._pick.clicked.connect(self._ask_which)
        self._waiting.clicked.connect(self._take_newest)
        self._drop.clicked.connect(self.clear)

    def _newest(self) -> Path | None:
        """The last file of the watched folder that isn't taken yet."""
        taken = {*self._files, *(file for file, _ in (*self._making, *self._next))}
        left = [one.path for one in self._sources.waiting if one.path not in taken]
        return left[-1] if left else None

    def _take_newest(self) -> None:
        if newest := self._newest():
            self.take([newest], own=True)

    def _ask_which(self) -> None:
        ask_several(self, "Chọn bản quét tờ ghi tay", KINDS, self.take, self._sources.folder)

    def _no_page(self, why: str) -> None:
        self.said.emit(why)
        self._go_on()

    def _made(self, new: Came, result: Ok[Scan] | Err) -> None:
        """What can't be scanned leaves what was scanned before."""
        self._going.end()
        is_given_up, self._making = self._making != new, ()
        if isinstance(result, Err):
            self.said.emit(str(result.error))
        elif is_given_up:
            self._abandon(result.value)
        else:
            self._files += tuple(file for file, _ in new)
            self._own += tuple(file for file, own in new if own)
            self._stands(result.value)
        self._go_on()

    def _stands(self, scan: Scan | None) -> None:
        if self._scan:
            self._abandon(self._scan)
        self._scan, self._is_resumed = scan, False
        self._show()

    def _abandon(self, scan: Scan) -> None:
        """What a dossier has meanwhile stays; else its file would lie about for ever."""
        self._jobs.run(Lane.SCAN, lambda: self._scans().abandon(scan), lambda _: None)

    def _show(self) -> None:
        scan, newest = self._scan, self._newest()
        tone = Tone.DONE if scan else Tone.TODAY
        self._sign.draw("circle-check" if scan else "scan-line", tone)
        self._told.set_tone(tone)
        came = f" Máy quét vừa lưu {newest.name}." if newest else ""
        again = " Quét thêm là thay bản ấy." if self._is_resumed else ""
        taken = f"Tờ ghi tay: đã quét {scan.pages} trang.{again}" if scan else ""
        self._told.setText(taken or f"Chưa quét tờ ghi tay.{came}")
        self._waiting.setVisible(newest is not None)
        self._drop.setVisible(scan is not None)
        self.changed.emit()
