"""Shows the first pages of a scan; nothing a file holds besides its pages is ever run."""

from pathlib import Path

from PySide6.QtWidgets import QWidget

from app.printing.graphics.raster import Picture
from app.ui.look.theme import Tone
from app.ui.papers.pages_window import PagesWindow, how_many, sheets
from app.ui.widgets.buttons import QuietButton
from app.ui.widgets.file_dialogs import ask_where
from app.ui.widgets.leaving import LeaveButton
from app.ui.widgets.parts import Words, row

WIDTH, HEIGHT = 880, 700


class ScanViewer(PagesWindow):
    """A window beside the others, closed by Esc."""

    def __init__(
        self, title: str, pdf: bytes, count: int, pages: list[Picture], over: QWidget
    ) -> None:
        super().__init__(title, "Các trang của bản số hóa", over)
        self.resize(WIDTH, HEIGHT)
        self._pdf = pdf
        self._pages.setWidget(sheets(pages))
        self._said = Words(how_many(len(pages), count), tone=Tone.QUIET)
        save = QuietButton("Lưu ra tệp", "Ctrl+S")
        close = LeaveButton("Đóng")
        save.clicked.connect(self._ask_where)
        close.clicked.connect(self.close)
        self._lay_out_over(row(self._said, None, save, close))
        self._pages.setFocus()

    def save(self, file: str) -> None:
        """Write the scan into a file, as it came."""
        try:
            Path(file).write_bytes(self._pdf)
        except OSError:
            self._said.say("Không ghi được. Hãy chọn thư mục khác.", Tone.LATE)
        else:
            self._said.say(f"Đã ghi {Path(file).name}.", Tone.DONE)

    def _ask_where(self) -> None:
        ask_where(self, "Lưu bản số hóa", "PDF (*.pdf)", ".pdf", self.save)
