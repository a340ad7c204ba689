"""The register on screen: its lines of a span of days and a group of fields."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import partial
from itertools import chain

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.clock import VIETNAM
from app.desk.desk import Desk
from app.desk.sheets.incomplete import Lacking, in_order
from app.models.dossiers.lifecycle import label
from app.models.dossiers.reports import quarter_of
from app.models.text import sort_key
from app.models.unit.officer import Officer
from app.store.reading.dossiers import DossierRow
from app.sync.reached import Do, in_slices
from app.ui.deeds.work_page import WorkPage
from app.ui.dossier.columns import NARROW_MOMENT, REGISTERED, code_column, moment_cell, name_column
from app.ui.lanes.jobs import Err, Jobs, Lane, Ok
from app.ui.lanes.latest import Latest
from app.ui.lists.day_span import DaySpan
from app.ui.lists.receipt_books import ReceiptBooks
from app.ui.lists.visit_list import VisitList
from app.ui.look.theme import Space, Tone
from app.ui.papers.many_papers import ManyPapers
from app.ui.papers.sheet_orders import HELPED, NAMES, RATED, REGISTER, REPORT, SheetOrder
from app.ui.papers.sheet_row import SheetRow
from app.ui.widgets.choices import Choice, Segments
from app.ui.widgets.fields import Field
from app.ui.widgets.going import Going
from app.ui.widgets.later import Later
from app.ui.widgets.parts import EmptyState, Words, column, row
from app.ui.widgets.table_view import TableView
from app.ui.widgets.tables import Cell, Column, Table

ALL_GROUPS = "Tất cả các sổ"
MOST = 1000  # lines on screen; more belong on paper
AT_ONCE = 50
"""Dossiers read at the desk between two deeds to find what they lack, some ten milliseconds."""
GROUP_WIDTH = 360
LACKING = "Còn thiếu trước khi đóng ngày"
PARTS = {
    "register": "Sổ theo dõi", "lacking": LACKING, "receipts": "Biên lai",
    "visits": "Đến chưa tiếp nhận", "many": "In nhiều giấy",
}  # fmt: skip
WITHOUT_SHEETS = ("visits", "many")
"""Parts that print papers of their own, and hide what prints sheets."""


@dataclass(frozen=True)
class Lines:
    """The register's lines of a span, and the groups the unit keeps registers of."""

    rows: Sequence[DossierRow]
    total: int
    groups: tuple[str, ...]


def look(desk: Desk, since: date, until: date, group: str) -> Lines:
    """The lines received from `since` to `until`, both days included; at the desk only."""
    begin = datetime.combine(since, time.min, VIETNAM)
    end = datetime.combine(until, time.max.replace(microsecond=0), VIETNAM)
    rows = desk.store.dossiers.register(begin, end, group)
    groups = {procedure.field for procedure in desk.store.standing.procedures()}
    return Lines(rows[:MOST], len(rows), tuple(sorted(groups)))


def look_for_lacking(desk: Desk, do: Do, day: date) -> list[Lacking]:
    """What `day` leaves undone, for a lane beside the desk: `do` does each slice there, and deeds
    come between two."""
    asked = do(partial(desk.incomplete.asked, day, day))
    return in_order(chain.from_iterable(in_slices(do, desk.incomplete.among, asked, AT_ONCE)))


def _returned(row: DossierRow) -> Cell:
    return moment_cell(row.returned_at) if row.returned_at else Cell(label(row.status), Tone.QUIET)


def columns(says_book: Callable[[], bool]) -> list[Column[DossierRow]]:
    """The lines' columns; each register begins at 01, so among several a line says whose it is."""

    def place(row: DossierRow) -> Cell:
        number = f"{row.book:02d}–{row.serial:02d}"
        return Cell(f"{number} · {row.register_group}" if says_book() else number)

    return [
        Column(
            "Quyển–số, sổ",
            place,
            share=2,
            figures=True,
            order=lambda row: (
                sort_key(row.register_group), row.register_year, row.book, row.serial,
            ),
        ),
        *REGISTERED,
        Column("Trả", _returned, 172, figures=True, narrow=NARROW_MOMENT),
    ]  # fmt: skip


LACKING_COLUMNS: list[Column[Lacking]] = [
    Column("Còn thiếu", lambda each: Cell(each.what, Tone.TODAY), share=3),
    code_column(lambda each: each.code, lambda each: each.code),
    name_column("Chủ hồ sơ", lambda each: each.applicant),
    Column(
        "Từ", lambda each: moment_cell(each.since), 164, figures=True, order=lambda each: each.since
    ),
    name_column("Người phải bổ sung", lambda each: each.officer),
]


class RegisterPage(WorkPage):
    """Sổ theo dõi hồ sơ."""

    printed = Signal()
    """Papers went to a printer beside the window's own way."""

    def __init__(self, desk: Desk, officer: Officer, jobs: Jobs) -> None:
        super().__init__(desk, officer, jobs)
        self._looking = Latest(jobs, self._show, self)
        self._looking_for_lacking = Latest(jobs, self._show_lacking, self, Lane.SCAN)
        first = desk.clock().date().replace(day=1)
        self._days = DaySpan(desk.clock, first, "Nhận từ ngày", self)
        self._days.see.setAccessibleName("Xem sổ")
        self._group = Choice([("", ALL_GROUPS)])
        self._group_field = Field("Sổ", self._group)
        self._count = Words(tone=Tone.QUIET)
        self._view = TableView(
            Table(columns(lambda: not self._group.value()), lambda row: row.name), _no_lines()
        )
        self._part = Segments(list(PARTS.items()), "Hiện")
        self._lacks: Sequence[Lacking] = ()
        self._view.setAccessibleName("Dòng trong sổ")
        self._view.opened.connect(self._open)
        self._tables = QStackedWidget()
        self._what = Choice(list(NAMES.items()))
        self._going = Going()
        what = Field("In, lưu", self._what)
        what.setFixedWidth(GROUP_WIDTH)
        self._foot = SheetRow(desk, jobs, self._going, self._order, self, what)
        self._lay_out()
        self._days.wanted.connect(self.refresh)
        self._group.chosen.connect(lambda _: self.refresh())
        self._connect_sheets()

    def entered(self) -> None:
        self._days.go_to_start()
        self.refresh()

    def refresh(self) -> None:
        """Read the lines of the span that is typed."""
        if days := self._days.days():
            group = self._group.value() or ""
            self._looking.ask(lambda: look(self._desk, *days, group))
            at_desk = self._jobs.at_desk
            self._looking_for_lacking.ask(lambda: look_for_lacking(self._desk, at_desk, days[1]))
            self._look_at_part()

    def show_part(self, part: str) -> None:
        """Bring one of `PARTS` into sight, with the focus."""
        self._part.choose(part)
        if shown := self._tables.currentWidget():
            shown.setFocus(Qt.FocusReason.OtherFocusReason)

    def look_at_prints(self) -> None:
        """More is known of what was printed."""
        for visits in RegisterPage._visits.made(self):
            visits.refresh()

    # --- parts few days need, made when they are first looked at ---

    @Later
    def _lacking(self) -> TableView[Lacking]:
        view = TableView(Table(LACKING_COLUMNS, lambda each: each.name), _nothing_lacks())
        view.setAccessibleName("Hồ sơ còn thiếu")
        view.opened.connect(self._open)
        view.show_rows(self._lacks)
        return view

    @Later
    def _receipts(self) -> ReceiptBooks:
        receipts = ReceiptBooks(self._desk, self._officer, self._jobs)
        receipts.told.connect(self.tell)
        return receipts

    @Later
    def _visits(self) -> VisitList:
        visits = VisitList(self._desk, self._officer, self._jobs)
        visits.told.connect(self.tell)
        visits.print_wanted.connect(self.print_wanted)
        return visits

    @Later
    def _many(self) -> ManyPapers:
        many = ManyPapers(self._desk, self._officer, self._jobs, self._going)
        many.told.connect(self.tell)
        many.printed.connect(self.printed)
        return many

    def _table_of(self, part: str) -> QWidget:
        match part:
            case "lacking":
                return self._lacking
            case "receipts":
                return self._receipts
            case "visits":
                return self._visits
            case "many":
                return self._many
            case _:
                return self._view

    # --- inside -----------------------------------------------------------------------------------

    def _open(self, row: DossierRow | Lacking) -> None:
        self.opened.emit(row.name)

    def _lay_out(self) -> None:
        self._group_field.setMaximumWidth(GROUP_WIDTH)
        days = self._days
        head = row(*days.fields.values(), self._group_field, days.see, days.year, None, self._count)
        head.setSpacing(Space.BETWEEN)
        head.setStretch(2, 10)  # before the room that is left
        self._tables.addWidget(self._view)
        layout = column(
            head, row(self._part, None), self._tables, self._going, self._foot, spacing=Space.WITHIN
        )
        layout.setContentsMargins(Space.PAGE, Space.PADDING, Space.PAGE, Space.WITHIN)
        layout.setStretch(2, 1)
        self.setLayout(layout)

    def _connect_sheets(self) -> None:
        self._part.chosen.connect(self._show_part)
        self._what.chosen.connect(self._choose_what)
        self._foot.sheets.told.connect(self.tell)
        self._foot.sheets.paper_wanted.connect(self.print_wanted)

    def _choose_what(self, what: str) -> None:
        """A report is of a quarter; before the day's last sheet, what lacks comes into sight."""
        if what in (REPORT, RATED, HELPED) and (days := self._days.days()):
            self._days.take(*quarter_of(days[1]))
        self._foot.choose(what)
        if what == "end-of-day" and self._lacks:
            self._part.choose("lacking")

    def _show_part(self, part: str) -> None:
        table = self._table_of(part)
        if self._tables.indexOf(table) < 0:
            self._tables.addWidget(table)
            self.grown.emit()
        self._tables.setCurrentWidget(table)
        self._foot.setVisible(part not in WITHOUT_SHEETS)
        self._look_at_part()

    def _look_at_part(self) -> None:
        """Read what the part in sight shows, but the register's lines."""
        part = self._part.value()
        if part == "receipts":
            self._receipts.refresh()
        elif days := self._days.days() if part in WITHOUT_SHEETS else None:
            if part == "visits":
                self._visits.look(*days)
            else:
                self._many.look(*days, self._group.value() or "")

    def _order(self) -> SheetOrder | None:
        """What is chosen, of the span that is typed."""
        if (days := self._days.days()) is None:
            return None
        what, group = self._what.value() or REGISTER, self._group.value() or ""
        is_lacking = self._part.value() == "lacking"
        row = self._lacking.current() if is_lacking else self._view.current()
        return SheetOrder(what, *days, group, row.name if row else None, self._officer)

    def _show(self, result: Ok[Lines] | Err) -> None:
        if isinstance(result, Err):
            self.tell(str(result.error))
            return
        lines = result.value
        self._offer(lines.groups)
        more = f"; hiện {MOST} dòng đầu, hãy chọn ít ngày hơn" if lines.total > MOST else ""
        self._count.setText(f"{lines.total} hồ sơ{more}")
        self._view.show_rows(lines.rows)

    def _show_lacking(self, result: Ok[list[Lacking]] | Err) -> None:
        if isinstance(result, Err):
            self.tell(str(result.error))
            return
        self._lacks = result.value
        for lacking in RegisterPage._lacking.made(self):
            lacking.show_rows(self._lacks)
        self._part.rename("lacking", f"{LACKING} ({len(self._lacks)})" if self._lacks else LACKING)

    def _offer(self, groups: tuple[str, ...]) -> None:
        if self._group.count() == len(groups) + 1:
            return
        chosen = self._group.value() or ""
        self._group.blockSignals(True)
        self._group.offer([("", ALL_GROUPS), *((group, group) for group in groups)])
        self._group.choose(chosen if chosen in groups else "")
        self._group.blockSignals(False)


def _nothing_lacks() -> EmptyState:
    return EmptyState(
        "circle-check", "Không còn thiếu gì.", "Giờ, tên, chữ ký và phiếu xin lỗi đều đủ."
    )


def _no_lines() -> EmptyState:
    return EmptyState(
        "book-open", "Không có dòng nào.", "Chọn khoảng ngày khác, hoặc xem tất cả các sổ."
    )
