"""The three ways of a sheet in one line: seen and printed, saved as PDF, saved as a table."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from app.desk.desk import Desk
from app.ui.lanes.jobs import Jobs
from app.ui.look.theme import Space, Type
from app.ui.papers.sheet_desk import SheetDesk
from app.ui.papers.sheet_orders import CARDS, SheetOrder
from app.ui.widgets.buttons import QuietButton
from app.ui.widgets.going import Going
from app.ui.widgets.parts import WrappingLabel, row


class SheetRow(QWidget):
    """`order` says what is wanted of which days, None when a day is none; `what` stands before it all."""

    def __init__(
        self,
        desk: Desk,
        jobs: Jobs,
        going: Going,
        order: Callable[[], SheetOrder | None],
        page: QWidget,
        *what: QWidget,
    ) -> None:
        super().__init__()
        self.sheets = SheetDesk(desk, jobs, going, page)
        self._order, self._is_busy, self._has_table = order, False, True
        self.look = QuietButton("Xem và in", "Ctrl+P", "printer")
        self.pdf = QuietButton("Lưu PDF", "Ctrl+S")
        self.xlsx = QuietButton("Lưu XLSX", "Ctrl+E")
        sent = WrappingLabel("", Type.SMALL, reserved_lines=2)
        line = row(*what, self.look, self.pdf, self.xlsx, sent, spacing=Space.WITHIN)
        line.setStretch(line.count() - 1, 1)
        self.setLayout(line)
        self.look.clicked.connect(lambda: self._ordered(self.sheets.preview))
        self.pdf.clicked.connect(lambda: self._ordered(lambda it: self.sheets.save(it, "pdf")))
        self.xlsx.clicked.connect(lambda: self._ordered(lambda it: self.sheets.save(it, "xlsx")))
        self.sheets.stood.connect(sent.say)  # stays when the window's notice has gone
        self.sheets.busy.connect(self._set_busy)

    def choose(self, what: str) -> None:
        """Something else is to be printed; cards are no table."""
        self._has_table = what != CARDS
        self._show()

    def _set_busy(self, is_busy: bool) -> None:
        self._is_busy = is_busy
        self._show()

    def _show(self) -> None:
        for button in (self.look, self.pdf):
            button.setEnabled(not self._is_busy)
        self.xlsx.setEnabled(self._has_table and not self._is_busy)

    def _ordered(self, deed: Callable[[SheetOrder], None]) -> None:
        if order := self._order():
            deed(order)
