"""The paper as it would print, and where it goes: a printer, or a folder that takes PDF files."""

from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QWidget

from app.desk.papers.forms import PRINTED
from app.models.events.event import EventName
from app.printing.graphics.raster import pictures
from app.printing.printers.spooler import FOLDER, ROLL, where
from app.ui.lanes.jobs import Err, Ok
from app.ui.papers.pages_window import PagesWindow, sheets
from app.ui.widgets.buttons import PrimaryButton, QuietButton
from app.ui.widgets.choices import Choice
from app.ui.widgets.fields import Field, Line
from app.ui.widgets.file_dialogs import ask_folder
from app.ui.widgets.parts import Card, row
from app.ui.widgets.room import on_screen

SEARCHING = "Đang tìm máy in…"
AS_FILE = "Ghi ra tệp PDF"
WIDTH, HEIGHT = 640, 680
SCREEN_DPI = 96
BESIDE = 56
"""What margins and a scroll bar take beside the widest page, px."""


@dataclass(frozen=True)
class Order:
    """What is to be printed, where to ("" while nobody has said) and on what."""

    form: str
    name: EventName
    printer: str
    paper: str
    copies: int = 1
    others: tuple[EventName, ...] = ()
    """Of the same person, on the same paper."""

    @property
    def title(self) -> str:
        """The form's Vietnamese name."""
        return PRINTED[self.form].name

    @property
    def folder(self) -> str:
        """The folder, if it goes there."""
        return self.printer.removeprefix(FOLDER) if self.printer.startswith(FOLDER) else ""


class Preview(PagesWindow):
    """Shows the pages and asks where they go; nothing is recorded here."""

    wanted = Signal(object)
    """The `Order`, its place chosen."""
    settling = Signal()
    """The printers of this counter are to be chosen."""
    repapered = Signal(object)
    """The `Order` on other paper, to be drawn anew."""

    def __init__(self, pdf: bytes, order: Order, over: QWidget) -> None:
        super().__init__(f"Xem trước {order.title}", "Bản xem trước", over)
        self._order = order
        self._printer = Choice[str]()
        self._paper = Choice([(size, f"Khổ {size}") for size in PRINTED[order.form].sizes])
        self._folder = Line()
        self._folder_field = Field("Thư mục", self._folder)
        self._to_file = QuietButton(AS_FILE, "Ctrl+S")
        self._browse = QuietButton("Tìm thư mục", "Ctrl+O")
        self._settle = QuietButton("Máy in của quầy", "Ctrl+M")
        self._send = PrimaryButton("In", "F9", "printer")
        self.resize(WIDTH, HEIGHT)
        self._lay_out()
        self._fill()
        self.redraw(Ok(pdf))
        self._paper.chosen.connect(self._repaper)
        self._printer.chosen.connect(self._show_place)
        self._send.clicked.connect(self._want)
        self._to_file.clicked.connect(self._choose_file)
        self._browse.clicked.connect(self._find_folder)
        self._settle.clicked.connect(self.settling)
        self._send.setDefault(True)
        self._send.setFocus()

    def offer(self, result: Ok[list[str]] | Err) -> None:
        """The printers found; what is chosen already stays chosen."""
        found = result.value if isinstance(result, Ok) else []
        kept = self._printer.value() or ""
        if kept.startswith(ROLL):  # which stands in no queue
            found = [kept, *found]
        self._printer.offer([*((name, where(name)) for name in found), (FOLDER, AS_FILE)])
        if kept in (*found, FOLDER):
            self._printer.choose(kept)

    def redraw(self, result: Ok[bytes] | Err) -> None:
        """Show these pages."""
        if isinstance(result, Ok):
            whole = sheets(pictures(result.value, SCREEN_DPI))
            self._pages.setWidget(whole)
            wide = max(self.width(), whole.sizeHint().width() + BESIDE)
            self.resize(on_screen(self, QSize(wide, self.height())))

    # --- inside ---

    def _lay_out(self) -> None:
        places = row(Field("Nơi in", self._printer), Field("Giấy", self._paper))
        places.setStretch(0, 1)
        foot = Card()
        foot.body.setSpacing(0)  # each field keeps room for a note
        foot.body.addLayout(places)
        foot.body.addWidget(self._folder_field)
        foot.body.addLayout(row(self._to_file, self._browse, self._settle, None, self._send))
        self._lay_out_over(foot)

    def _fill(self) -> None:
        order = self._order
        self._paper.choose(order.paper)
        self._folder.setText(order.folder or str(Path.home() / "Một Cửa"))
        named = FOLDER if order.folder else order.printer
        first = [] if order.folder else [(named, where(named) or SEARCHING)]
        self._printer.offer([*first, (FOLDER, AS_FILE)])
        self._show_place()

    def _show_place(self) -> None:
        is_file = self._printer.value() == FOLDER
        self._folder_field.setVisible(is_file)
        self._browse.setVisible(is_file)
        self._to_file.say("Sửa thư mục" if is_file else AS_FILE)
        self._send.say("Ghi tệp" if is_file else "In")
        self._send.setEnabled(bool(self._printer.value()))

    def _choose_file(self) -> None:
        self._printer.choose(FOLDER)
        self._folder.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._folder.selectAll()

    def _find_folder(self) -> None:
        ask_folder(self, "Chọn thư mục", self._folder.setText, self._folder.words())

    def _repaper(self, paper: str) -> None:
        self._order = replace(self._order, paper=paper)
        self.repapered.emit(self._order)

    def _want(self) -> None:
        printer = self._printer.value() or ""
        if printer == FOLDER:
            printer += self._folder.words() or str(Path.home())
        self.accept()
        self.wanted.emit(replace(self._order, printer=printer))
