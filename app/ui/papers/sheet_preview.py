"""Sheets as they would print, and the printer they go to."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.printing.graphics.raster import page_count, pictures
from app.ui.lanes.jobs import Err, Ok
from app.ui.look.theme import Space, Tone
from app.ui.papers.pages_window import PagesWindow, how_many, sheets
from app.ui.widgets.buttons import PrimaryButton, QuietButton
from app.ui.widgets.choices import Choice
from app.ui.widgets.fields import Field
from app.ui.widgets.parts import Words, row

WIDTH, HEIGHT = 1120, 700
SCREEN_DPI = 84
MOST = 12
"""Pages on screen; a register has a thousand."""


class SheetPreview(PagesWindow):
    """The first pages; nothing is recorded here. `beside` is what can be done instead of printing."""

    printer_chosen = Signal(str)
    file_wanted = Signal()

    def __init__(self, pdf: bytes, title: str, over: QWidget, beside: str = "Lưu PDF") -> None:
        super().__init__(f"Xem trước {title}", "Bản xem trước", over)
        self._printer = Choice[str]([("", "Đang tìm máy in…")])
        self._save = QuietButton(beside, "Ctrl+S")
        self._send = PrimaryButton("In", "F9", "printer")
        self._count = Words(how_many(MOST, page_count(pdf)), tone=Tone.QUIET)
        self.resize(WIDTH, HEIGHT)
        self._pages.setWidget(sheets(pictures(pdf, SCREEN_DPI, MOST), from_top=True))
        self._lay_out()
        self._send.setEnabled(False)
        self._send.clicked.connect(self._want)
        self._save.clicked.connect(self.file_wanted)
        self._send.setDefault(True)

    def offer(self, result: Ok[list[str]] | Err) -> None:
        """The printers found."""
        found = result.value if isinstance(result, Ok) else []
        self._printer.offer([(name, name) for name in found] or [("", "Không thấy máy in nào")])
        self._send.setEnabled(bool(found))
        self._send.setFocus()

    def _lay_out(self) -> None:
        where = Field("Máy in", self._printer)
        where.setFixedWidth(WIDTH // 3)
        foot = row(where, self._count, None, self._save, self._send, spacing=Space.BETWEEN)
        self._lay_out_over(foot)

    def _want(self) -> None:
        self.accept()
        self.printer_chosen.emit(self._printer.value() or "")
