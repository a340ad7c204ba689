"""Takes a form from the desk to paper: a preview the first time, straight to its printer afterwards."""

import os
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QDialog, QFileDialog, QLabel, QScrollArea, QWidget

from app.desk.desk import Desk
from app.desk.paperwork import Paper
from app.models.events import EventName
from app.models.officer import Officer
from app.printing import printers
from app.printing.paper import Paper as Size
from app.printing.raster import pictures
from app.printing.spooler import Spooler
from app.ui.buttons import PrimaryButton, QuietButton
from app.ui.choices import Choice
from app.ui.fields import Field
from app.ui.jobs import Err, Jobs, Lane, Ok
from app.ui.parts import Card, column, row
from app.ui.qt_spooler import QtSpooler, image
from app.ui.theme import Space, Tone

FORM_NAMES = {"receipt": "giấy tiếp nhận và hẹn trả", "control": "phiếu kiểm soát"}
PAPERS = (("A5", "Khổ A5"), ("A4", "Khổ A4"))
FOLDER = "PDF:"
SCREEN_DPI = 96


@dataclass(frozen=True)
class Order:
    """What is to be printed, where to and on what."""

    form: str
    name: EventName
    printer: str
    paper: str


class Papers(QObject):
    """Prints forms of dossiers and says what came of it."""

    told = Signal(str, object)
    """A sentence and its tone."""

    def __init__(self, desk: Desk, officer: Officer, jobs: Jobs, over: QWidget) -> None:
        super().__init__(over)
        self._desk, self._officer, self._jobs, self._over = desk, officer, jobs, over
        self._open: Preview | None = None

    def print(self, form: str, name: EventName) -> None:
        """Print on the printer chosen for this form; ask, with a preview, when none is."""

        def chosen() -> Order:
            keeping = self._desk.store.keeping
            return Order(
                form, name, keeping.get(f"printer {form}"), keeping.get(f"paper {form}", "A5")
            )

        self._jobs.run(Lane.DESK, chosen, self._chosen)

    def preview(self, form: str, name: EventName) -> None:
        """Show the form as it would print; nothing is recorded before a button says so."""
        self._ask(Order(form, name, "", "A5"))

    def _chosen(self, result: Ok[Order] | Err) -> None:
        if isinstance(result, Err):
            self._tell(result)
        elif result.value.printer:
            self._issue(result.value)
        else:
            self._ask(result.value)

    def _ask(self, order: Order) -> None:
        work = self._desk.paperwork.preview
        self._jobs.run(
            Lane.DESK,
            lambda: work(order.form, order.name, order.paper),
            lambda result: self._show(order, result),
        )

    def _show(self, order: Order, result: Ok[bytes] | Err) -> None:
        if isinstance(result, Err):
            self._tell(result)
            return
        self._open = Preview(result.value, order, self._over)
        self._open.wanted.connect(self._remember_and_issue)
        self._open.repaper.connect(self._ask)
        self._open.show()
        self._jobs.run(Lane.NET, printer_names, self._open.offer)

    def _remember_and_issue(self, order: Order) -> None:
        def remember() -> None:
            if not order.printer.startswith(FOLDER):
                self._desk.store.keeping.put(f"printer {order.form}", order.printer)
            self._desk.store.keeping.put(f"paper {order.form}", order.paper)

        self._jobs.run(Lane.DESK, remember, lambda _: self._issue(order))

    def _issue(self, order: Order) -> None:
        work = self._desk.paperwork.issue
        self._jobs.run(
            Lane.DESK,
            lambda: work(order.form, order.name, self._officer, order.paper),
            lambda result: self._send(order, result),
        )

    def _send(self, order: Order, result: Ok[Paper] | Err) -> None:
        if isinstance(result, Err):
            self._tell(result)
            return
        paper = result.value
        self._jobs.run(
            Lane.NET,
            lambda: send(paper.pdf, order.printer, paper.title, order.paper),
            lambda sent: self._sent(order, sent),
        )

    def _sent(self, order: Order, result: Ok[str] | Err) -> None:
        if isinstance(result, Err):
            self._tell(result)
            return
        where = order.printer.removeprefix(FOLDER)
        self.told.emit(f"Đã gửi {FORM_NAMES[order.form]} đến {where}.", Tone.DONE)

    def _tell(self, result: Err) -> None:
        self.told.emit(str(result.error), Tone.LATE)


class Preview(QDialog):
    """The paper as it would print, and where to send it."""

    wanted = Signal(object)
    repaper = Signal(object)

    def __init__(self, pdf: bytes, order: Order, over: QWidget) -> None:
        super().__init__(over)
        self._order = order
        self.setWindowTitle(f"Xem trước {FORM_NAMES[order.form]}")
        self.resize(640, 640)
        sheets = column(spacing=Space.BETWEEN)
        for page in pictures(pdf, SCREEN_DPI):
            sheet = QLabel()
            sheet.setPixmap(QPixmap.fromImage(image(page)))
            sheets.addWidget(sheet, alignment=Qt.AlignmentFlag.AlignHCenter)
        paper = QWidget()
        paper.setLayout(sheets)
        view = QScrollArea()
        view.setWidget(paper)
        view.setWidgetResizable(True)
        view.setAccessibleName("Bản xem trước")
        self._printer = Choice([("", "Đang tìm máy in…")])
        self._paper = Choice(PAPERS)
        self._paper.choose(order.paper)
        self._paper.chosen.connect(self._other_paper)
        send_button = PrimaryButton("In", "F9", "printer")
        send_button.clicked.connect(self._send)
        save = QuietButton("Lưu PDF", "Ctrl+S")
        save.clicked.connect(self._save)
        foot = Card()
        foot.body.addLayout(row(Field("Máy in", self._printer), Field("Khổ giấy", self._paper)))
        foot.body.addLayout(row(save, None, send_button))
        layout = column(view, foot, spacing=Space.WITHIN)
        layout.setStretch(0, 1)
        layout.setContentsMargins(*[Space.BETWEEN] * 4)
        self.setLayout(layout)
        send_button.setFocus()

    def offer(self, result: Ok[list[str]] | Err) -> None:
        """The printers found; a sentence in their place when none is."""
        names = result.value if isinstance(result, Ok) else []
        found = [(name, name) for name in names]
        self._printer.offer(found or [("", "Chưa có máy in nào — hãy lưu PDF")])

    def _other_paper(self, paper: str) -> None:
        self.close()
        self.repaper.emit(Order(self._order.form, self._order.name, "", paper))

    def _send(self) -> None:
        printer = self._printer.value()
        if printer:
            self._want(printer)
        else:
            self._save()

    def _save(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, "Chọn nơi lưu PDF", str(Path.home()))
        if folder:
            self._want(FOLDER + folder)

    def _want(self, printer: str) -> None:
        self.close()
        paper = self._paper.value() or "A5"
        self.wanted.emit(Order(self._order.form, self._order.name, printer, paper))


def _system() -> tuple[Spooler, ...]:
    """Windows prints through Qt; elsewhere the program's own way is taken."""
    return (QtSpooler(),) if os.name == "nt" else ()


def printer_names() -> list[str]:
    """The printers of this machine, the default first; for the net lane."""
    found = printers.printers(*_system())
    return [printer.name for printer in sorted(found, key=lambda p: (not p.default, p.name))]


def send(pdf: bytes, printer: str, title: str, paper: str) -> str:
    """Hand a PDF to a printer or folder; for the net lane. Raises `OtherSideFailed`."""
    return printers.send(pdf, printer, title, 1, Size[paper], *_system())
