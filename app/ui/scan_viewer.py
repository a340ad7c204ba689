"""Shows the first pages of a scan; nothing a file holds besides its pages is ever run."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QPixmap
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLabel, QScrollArea, QWidget

from app.printing.raster import Picture
from app.ui.buttons import QuietButton
from app.ui.leaving import LeaveButton
from app.ui.parts import Words, column, row
from app.ui.qt_spooler import image
from app.ui.theme import Space, Tone

WIDTH, HEIGHT = 880, 700


class ScanViewer(QDialog):
    """A window beside the others, closed by Esc."""

    def __init__(
        self, title: str, pdf: bytes, count: int, pages: list[Picture], over: QWidget
    ) -> None:
        super().__init__(over)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.resize(WIDTH, HEIGHT)
        self._pdf = pdf
        self._pages = QScrollArea()
        self._pages.setWidgetResizable(True)
        self._pages.setAccessibleName("Các trang của bản số hóa")
        self._pages.setWidget(_sheets(pages))
        shown = (
            f"Trang 1–{len(pages)} trong {count} trang" if count > len(pages) else f"{count} trang"
        )
        self._said = Words(shown, tone=Tone.QUIET)
        save = QuietButton("Lưu ra tệp", "Ctrl+S")
        close = LeaveButton("Đóng")
        save.clicked.connect(self._ask_where)
        close.clicked.connect(self.close)
        layout = column(self._pages, row(self._said, None, save, close), spacing=Space.WITHIN)
        layout.setStretch(0, 1)
        layout.setContentsMargins(*[Space.BETWEEN] * 4)
        self.setLayout(layout)
        self._pages.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            QApplication.sendEvent(self._pages.verticalScrollBar(), event)
        else:
            super().keyPressEvent(event)

    def save(self, file: str) -> None:
        """Write the scan into a file, as it came."""
        try:
            Path(file).write_bytes(self._pdf)
        except OSError:
            self._said.set_tone(Tone.LATE)
            self._said.setText("Không ghi được. Hãy chọn thư mục khác.")
        else:
            self._said.set_tone(Tone.DONE)
            self._said.setText(f"Đã ghi {Path(file).name}.")

    def _ask_where(self) -> None:
        dialog = QFileDialog(self, "Lưu bản số hóa", str(Path.home()), "PDF (*.pdf)")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(".pdf")
        dialog.fileSelected.connect(self.save)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()


def _sheets(pages: list[Picture]) -> QWidget:
    sheets = column(spacing=Space.BETWEEN)
    for page in pages:
        sheet = QLabel()
        sheet.setPixmap(QPixmap.fromImage(image(page)))
        sheets.addWidget(sheet, alignment=Qt.AlignmentFlag.AlignHCenter)
    whole = QWidget()
    whole.setLayout(sheets)
    return whole
