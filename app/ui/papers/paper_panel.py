"""Every paper a dossier has now: how often and when it was printed, what became of it, and its preview."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.desk.papers.forms import FORMS, TICKET
from app.models.events import event as e
from app.store.own.print_jobs import PrintJob
from app.ui.deeds.deeds import PRIMARY_KEY
from app.ui.dossier.columns import spoken_since
from app.ui.dossier.view import DossierView
from app.ui.look.theme import Space, Tone, Type, Weight
from app.ui.papers.print_list import look
from app.ui.papers.sheet_orders import HANDED_OVER
from app.ui.widgets.buttons import PrimaryButton
from app.ui.widgets.leaving import LeaveLink
from app.ui.widgets.parts import EmptyState, Words, column, row
from app.ui.widgets.sheet import Sheet
from app.ui.widgets.table_view import TableView
from app.ui.widgets.tables import Cell, Column, Table

PRINTED_WIDTH = 148


@dataclass(frozen=True)
class PaperLine:
    """A paper: how often it was printed anywhere, when last, and this counter's last print of it."""

    form: str
    name: str
    times: int
    printed: str
    job: PrintJob | None


def lines_of(view: DossierView) -> list[PaperLine]:
    """The papers of a dossier now; what nobody counts comes last."""
    lines = [_line(form, FORMS[form].name, view) for form in view.papers]
    if view.papers:
        lines.append(PaperLine(TICKET, "Phiếu tra cứu (cuộn K80)", 0, "không đếm", None))
    if view.papers and view.dossier.hand_overs:
        lines.append(PaperLine(HANDED_OVER, "Danh sách bàn giao", 0, "theo danh sách", None))
    return lines


def _line(form: str, name: str, view: DossierView) -> PaperLine:
    bodies = ((verdict.event.at, verdict.event.body) for verdict in view.verdicts)
    at = [at for at, body in bodies if isinstance(body, e.Printed) and body.form == form]
    job = next((job for job in reversed(view.prints) if job.form == form), None)
    printed = f"{len(at)} lần, {_last(at, view.now)}" if at else "chưa in"
    return PaperLine(form, f"{name[:1].upper()}{name[1:]}", len(at), printed, job)


def _last(at: list[datetime], now: datetime) -> str:
    """ "lúc 08:05" today, else "ngày 20/11"."""
    last = max(at)
    return f"{'lúc' if last.date() == now.date() else 'ngày'} {spoken_since(last, now)}"


def _printed(line: PaperLine) -> Cell:
    if line.job is None:
        return Cell(line.printed, Tone.PLAIN if line.times else Tone.QUIET)
    tone, icon = look(line.job)
    return Cell(line.printed, tone, icon)


COLUMNS: list[Column[PaperLine]] = [
    Column("Giấy", lambda line: Cell(line.name), share=1),
    Column("Đã in", _printed, PRINTED_WIDTH),
]


class PaperPanel(QWidget):
    """The papers beside the dossier, worked by arrows and Enter; below, each copy of the one chosen."""

    wanted = Signal(str)
    """The form to be shown and printed."""
    closed = Signal()

    def __init__(self, prints_of: Callable[[DossierView, str], QWidget | None]) -> None:
        """`prints_of` shows what became of a form's copies on this counter; None for nothing."""
        super().__init__()
        self._prints_of = prints_of
        self._dossier: DossierView | None = None
        self._about: object = None
        self._table = TableView(Table(COLUMNS, lambda line: line.form), _no_papers())
        self._table.setAccessibleName("Giấy của hồ sơ")
        self._copies = Sheet()
        self._copies.hide()
        self._go = PrimaryButton("Xem và in", PRIMARY_KEY, "printer")
        close = LeaveLink("Thôi")
        title = Words("Giấy của hồ sơ", Type.TITLE, weight=Weight.STRONG)
        layout = column(
            title, self._table, self._copies, self._go, row(close, None), spacing=Space.WITHIN
        )
        layout.setStretch(1, 3)
        layout.setStretch(2, 2)
        self.setLayout(layout)
        self.setFocusProxy(self._table)
        self._table.opened.connect(lambda line: self.wanted.emit(line.form))
        self._table.moved.connect(lambda _: self._show_copies())
        self._go.clicked.connect(self._want)
        close.clicked.connect(self.closed)

    def show_view(self, view: DossierView) -> None:
        """Show the papers of this dossier; the one chosen stays chosen."""
        self._dossier = view
        lines = lines_of(view)
        self._table.show_rows(lines)
        self._go.setEnabled(bool(lines))
        self._show_copies()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    # --- inside ---

    def _want(self) -> None:
        if line := self._table.current():
            self.wanted.emit(line.form)

    def _show_copies(self) -> None:
        line, view = self._table.current(), self._dossier
        about = (line, view.dossier.spoiled) if line and view else None
        if about == self._about:  # or what has the focus there would lose it
            return
        self._about = about
        shown = self._prints_of(view, line.form) if line and view else None
        self._copies.setVisible(shown is not None)
        if shown is not None:
            self._copies.fill(shown)


def _no_papers() -> EmptyState:
    return EmptyState("file-x", "Không có giấy nào.", "Số đã hủy thì không in nữa.")
