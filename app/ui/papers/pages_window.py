"""Pages of paper one under another in a window beside the others, and what can be done with them."""

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QKeyEvent, QPixmap
from PySide6.QtWidgets import QApplication, QLabel, QScrollArea, QWidget

from app.printing.graphics.raster import Picture
from app.ui.frame.beside_window import BesideWindow
from app.ui.look.theme import Space
from app.ui.widgets.parts import Part, column


class PagesWindow(BesideWindow):
    """What is common to such windows. PgUp and PgDn turn the pages wherever the focus is."""

    def __init__(self, title: str, pages: str, over: QWidget) -> None:
        """`pages` is how the pages are called to who cannot see them."""
        super().__init__(title, over)
        self._pages = QScrollArea()
        self._pages.setWidgetResizable(True)
        self._pages.setAccessibleName(pages)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            QApplication.sendEvent(self._pages.verticalScrollBar(), event)
        else:
            super().keyPressEvent(event)

    def _lay_out_over(self, foot: Part) -> None:
        layout = column(self._pages, foot, self.foot(), spacing=Space.WITHIN)
        layout.setStretch(0, 1)
        layout.setContentsMargins(*[Space.BETWEEN] * 4)
        self.setLayout(layout)


def image(page: Picture) -> QImage:
    """The picture as Qt holds it; the bytes are copied."""
    grey = QImage.Format.Format_Grayscale8
    return QImage(page.dots, page.width, page.height, page.stride, grey).copy()


def sheets(pages: Iterable[Picture], *, from_top: bool = False) -> QWidget:
    """The pages; few of them stand in the middle, or at the top."""
    drawn = column(spacing=Space.BETWEEN)
    for page in pages:
        sheet = QLabel()
        sheet.setPixmap(QPixmap.fromImage(image(page)))
        drawn.addWidget(sheet, alignment=Qt.AlignmentFlag.AlignHCenter)
    if from_top:
        drawn.addStretch(1)
    whole = QWidget()
    whole.setLayout(drawn)
    return whole


def how_many(shown: int, count: int) -> str:
    """ "Trang 1–12 trong 30 trang", "3 trang"."""
    return f"Trang 1–{shown} trong {count} trang" if count > shown else f"{count} trang"
