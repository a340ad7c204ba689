"""The dossiers that a new calendar gives another date: old and new side by side, re-appointed by a person."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from app.desk.deeds.details import Details
from app.desk.deeds.new_dates import Moved
from app.desk.desk import Desk
from app.models.dossiers.lifecycle import LABEL, Deed
from app.models.unit.officer import Officer
from app.ui.deeds.deeds import PRIMARY_KEY, Order
from app.ui.deeds.work_page import WorkPage
from app.ui.dossier.columns import (
    DUE_WIDTH,
    Now,
    code_column,
    procedure_cell,
    short_code,
    spoken_due,
)
from app.ui.lanes.jobs import Err, Jobs, Ok
from app.ui.lanes.latest import Latest
from app.ui.look.theme import Space, Tone, Type, Weight
from app.ui.widgets.buttons import ENTER, PrimaryButton, QuietButton
from app.ui.widgets.leaving import LeaveLink
from app.ui.widgets.page import MARGINS
from app.ui.widgets.parts import EmptyState, Words, WrappingLabel, column, row
from app.ui.widgets.table_view import TableView
from app.ui.widgets.tables import Cell, Column, Table

ABOUT = (
    "Chưa ngày hẹn nào đổi. Chọn hồ sơ (Space), hoặc chọn tất cả (Ctrl A), rồi hẹn lại; "
    "sau đó báo ngày mới cho công dân."
)


def moved_columns(now: Now) -> list[Column[Moved]]:
    """Whose dossier, the promised date, and the one the calendar now gives."""
    return [
        code_column(lambda one: one.row.code),
        Column("Người nộp", lambda one: Cell(one.row.applicant), share=2),
        Column("Thủ tục", lambda one: procedure_cell(one.row.procedure_name), share=3),
        Column("Đã hẹn", lambda one: Cell(spoken_due(one.old, now()), Tone.QUIET), DUE_WIDTH,
               figures=True),
        Column("Theo lịch mới", lambda one: _new_cell(one, now), DUE_WIDTH, figures=True),
    ]  # fmt: skip


def _new_cell(one: Moved, now: Now) -> Cell:
    """A later date is bad news for the citizen, an earlier one for the office."""
    return Cell(spoken_due(one.new.due, now()), Tone.TODAY, strong=True)


class CalendarPage(WorkPage):
    """Hẹn lại theo lịch mới."""

    title = LABEL[Deed.REAPPOINT]
    left = Signal()
    """Esc: back to where one came from."""

    def __init__(self, desk: Desk, officer: Officer, jobs: Jobs) -> None:
        super().__init__(desk, officer, jobs)
        self._looking = Latest(jobs, self._show, self)
        columns = moved_columns(desk.clock)
        self._view = TableView(
            Table(columns, lambda one: one.row.name, markable=True), _nothing_moved()
        )
        self._view.setAccessibleName("Hồ sơ có ngày hẹn đổi theo lịch mới")
        self._meant = Words(weight=Weight.STRONG)
        self._go = PrimaryButton(LABEL[Deed.REAPPOINT], PRIMARY_KEY, "calendar")
        self._open = QuietButton("Mở", ENTER)
        self._back = LeaveLink("Quay lại")
        self._lay_out()
        self._go.clicked.connect(self._reappoint)
        self._open.clicked.connect(self._open_current)
        self._back.clicked.connect(self.left)
        self._view.opened.connect(lambda one: self.opened.emit(one.row.name))
        self._view.moved.connect(lambda _: self._say_meant())
        self._view.table.marks_changed.connect(self._say_meant)

    def entered(self) -> None:
        self._view.setFocus(Qt.FocusReason.OtherFocusReason)
        self.refresh()

    def refresh(self) -> None:
        """Look again, while in sight."""
        if self.isVisible():
            self._looking.ask(self._desk.new_dates.by_calendar)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    # --- inside ---

    def _lay_out(self) -> None:
        title = Words(self.title, Type.TITLE, weight=Weight.STRONG)
        head = row(title, None, self._back)
        foot = row(self._meant, None, self._open, self._go, spacing=Space.WITHIN)
        about = WrappingLabel(ABOUT, tone=Tone.QUIET)
        layout = column(head, about, self._view, foot, spacing=Space.WITHIN)
        layout.setContentsMargins(*MARGINS)
        layout.setStretch(2, 1)
        self.setLayout(layout)

    def _show(self, result: Ok[list[Moved]] | Err) -> None:
        if isinstance(result, Err):
            self.tell(str(result.error))
            return
        self.say_about(f"{len(result.value)} hồ sơ đổi ngày hẹn")
        self._view.show_rows(result.value)
        self._say_meant()

    def _say_meant(self) -> None:
        meant = self._view.meant()
        marked = f"Đã đánh dấu {len(meant)} hồ sơ" if self._view.table.marked() else ""
        self._meant.setText(marked or (short_code(meant[0].row.code) if meant else ""))
        for button in (self._go, self._open):
            button.setEnabled(bool(meant))

    def _open_current(self) -> None:
        if one := self._view.current():
            self.opened.emit(one.row.name)

    def _reappoint(self) -> None:
        names = tuple(one.row.name for one in self._view.meant())
        order = Order(names, ((Deed.REAPPOINT, Details()),), self._officer)
        self.do(order, self._done)

    def _done(self) -> None:
        table = self._view.table
        for one in table.marked():
            table.toggle(table.rows.number_of(one.row.name))
        self.refresh()


def _nothing_moved() -> EmptyState:
    return EmptyState(
        "circle-check", "Không còn hồ sơ nào đổi ngày hẹn.", "Bấm Esc để quay lại việc hôm nay."
    )
