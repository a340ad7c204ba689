"""Sheets as they would print, and the printer they go to."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPixmap
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QScrollArea, QWidget

from app.printing.raster import page_count, pictures
from app.ui.buttons import PrimaryButton, QuietButton
from app.ui.choices import Choice
from app.ui.fields import Field
from app.ui.jobs import Err, Ok
from app.ui.parts import Words, column, row
from app.ui.qt_spooler import image
from app.ui.theme import Space, Tone

WIDTH, HEIGHT = 1120, 700
SCREEN_DPI = 84
MOST = 12
"""Pages on screen; a register has a thousand."""


class SheetPreview(QDialog):
    """The first pages; nothing is recorded here. `beside` is what can be done instead of printing."""

    printer_chosen = Signal(str)
    file_wanted = Signal()

    def __init__(self, pdf: bytes, title: str, over: QWidget, beside: str = "Lưu PDF") -> None:
        super().__init__(over)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._scroll = QScrollArea()
        self._printer = Choice[str]([("", "Đang tìm máy in…")])
        self._save = QuietButton(beside, "Ctrl+S")
        self._send = PrimaryButton("In", "F9", "printer")
        count = page_count(pdf)
        more = f"Trang 1–{MOST} trong {count} trang" if count > MOST else f"{count} trang"
        self._count = Words(more, tone=Tone.QUIET)
        self.setWindowTitle(f"Xem trước {title}")
        self.resize(WIDTH, HEIGHT)
        self._scroll.setWidgetResizable(True)
        self._scroll.setAccessibleName("Bản xem trước")
        self._scroll.setWidget(_pages(pdf))
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

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            QApplication.sendEvent(self._scroll.verticalScrollBar(), event)
        else:
            super().keyPressEvent(event)

    def _lay_out(self) -> None:
        where = Field("Máy in", self._printer)
        where.setFixedWidth(WIDTH // 3)
        foot = row(where, self._count, None, self._save, self._send, spacing=Space.BETWEEN)
        layout = column(self._scroll, foot, spacing=Space.WITHIN)
        layout.setStretch(0, 1)
        layout.setContentsMargins(*[Space.BETWEEN] * 4)
        self.setLayout(layout)

    def _want(self) -> None:
        self.accept()
        self.printer_chosen.emit(self._printer.value() or "")


def _pages(pdf: bytes) -> QWidget:
    """The first pages one under another."""
    sheets = column(spacing=Space.BETWEEN)
    for page in pictures(pdf, SCREEN_DPI, MOST):
        sheet = QLabel()
        sheet.setPixmap(QPixmap.fromImage(image(page)))
        sheets.addWidget(sheet, alignment=Qt.AlignmentFlag.AlignHCenter)
    sheets.addStretch(1)
    whole = QWidget()
    whole.setLayout(sheets)
    return whole
