"""The register on screen: its lines of a span of days and a group of fields."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.clock import VIETNAM
from app.desk.desk import Desk
from app.desk.sheets.incomplete import Lacking
from app.models.dossiers.lifecycle import label
from app.models.dossiers.reports import quarter_of
from app.models.errors import BadInput
from app.models.text import sort_key
from app.models.unit.officer import Officer
from app.store.dossiers import DossierRow
from app.ui.deeds.work_page import WorkPage
from app.ui.dossier.columns import (
    REGISTERED,
    moment_cell,
    short_code,
)
from app.ui.lanes.jobs import Err, Jobs, Ok
from app.ui.lanes.latest import Latest
from app.ui.lists.receipt_books import ReceiptBooks
from app.ui.lists.visit_list import VisitList
from app.ui.look.theme import Space, Tone, Type
from app.ui.papers.many_papers import ManyPapers
from app.ui.papers.sheet_desk import SheetDesk
from app.ui.papers.sheet_orders import CARDS, HELPED, NAMES, RATED, REGISTER, REPORT, SheetOrder
from app.ui.widgets.buttons import QuietButton
from app.ui.widgets.choices import Choice, Segments
from app.ui.widgets.fields import DayLine, Field, written_day
from app.ui.widgets.going import Going
from app.ui.widgets.parts import EmptyState, Words, WrappingLabel, column, row
from app.ui.widgets.table_view import TableView
from app.ui.widgets.tables import Cell, Column, Table

ALL_GROUPS = "Tất cả các sổ"
MOST = 1000  # lines on screen; more belong on paper
DAY_WIDTH, GROUP_WIDTH = 160, 360
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
    lacking: Sequence[Lacking]


def look(desk: Desk, since: date, until: date, group: str) -> Lines:
    """The lines received from `since` to `until`, both days included; at the desk only."""
    begin = datetime.combine(since, time.min, VIETNAM)
    end = datetime.combine(until, time.max.replace(microsecond=0), VIETNAM)
    rows = desk.store.dossiers.register(begin, end, group)
    groups = {procedure.field for procedure in desk.store.standing.procedures()}
    return Lines(rows[:MOST], len(rows), tuple(sorted(groups)), desk.incomplete.of(until, until))


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
        Column("Trả", _returned, 172, figures=True),
    ]  # fmt: skip


LACKING_COLUMNS: list[Column[Lacking]] = [
    Column("Còn thiếu", lambda each: Cell(each.what, Tone.TODAY), share=3),
    Column(
        "Mã hồ sơ",
        lambda each: Cell(short_code(each.code)),
        128,
        figures=True,
        order=lambda each: each.code,
    ),
    Column(
        "Chủ hồ sơ",
        lambda each: Cell(each.applicant),
        share=2,
        order=lambda each: sort_key(each.applicant),
    ),
    Column(
        "Từ", lambda each: moment_cell(each.since), 164, figures=True, order=lambda each: each.since
    ),
    Column(
        "Người phải bổ sung",
        lambda each: Cell(each.officer),
        share=2,
        order=lambda each: sort_key(each.officer),
    ),
]


class RegisterPage(WorkPage):
    """Sổ theo dõi hồ sơ."""

    printed = Signal()
    """Papers went to a printer beside the window's own way."""

    def __init__(self, desk: Desk, officer: Officer, jobs: Jobs) -> None:
        super().__init__(desk, officer, jobs)
        self._looking = Latest(jobs, self._show, self)
        self._since, self._until = DayLine(), DayLine()
        self._group = Choice([("", ALL_GROUPS)])
        self._fields = {
            "since": Field("Nhận từ ngày", self._since),
            "until": Field("đến ngày", self._until),
        }
        self._group_field = Field("Sổ", self._group)
        self._count = Words(tone=Tone.QUIET)
        self._view = TableView(
            Table(columns(lambda: not self._group.value()), lambda row: row.name), _no_lines()
        )
        self._see = QuietButton("Xem", "F9")
        self._see.setAccessibleName("Xem sổ")
        self._year = QuietButton("Cả năm", "Alt+M")
        self._part = Segments(list(PARTS.items()), "Hiện")
        self._receipts = ReceiptBooks(desk, officer, jobs)
        self._lacking = TableView(Table(LACKING_COLUMNS, lambda each: each.name), _nothing_lacks())
        self._view.setAccessibleName("Dòng trong sổ")
        self._lacking.setAccessibleName("Hồ sơ còn thiếu")
        self._tables = QStackedWidget()
        self._what = Choice(list(NAMES.items()))
        self._look = QuietButton("Xem và in", "Ctrl+P", "printer")
        self._pdf = QuietButton("Lưu PDF", "Ctrl+S")
        self._xlsx = QuietButton("Lưu XLSX", "Ctrl+E")
        self._foot = QWidget()
        self._sent = WrappingLabel("", Type.SMALL, reserved_lines=2)
        self._going = Going()
        self._visits = VisitList(desk, officer, jobs)
        self._many = ManyPapers(desk, officer, jobs, self._going)
        self._sheets = SheetDesk(desk, jobs, self._going, self)
        self._lay_out()
        today = desk.clock().date()
        self._since.setText(written_day(today.replace(day=1)))
        self._until.setText(written_day(today))
        self._see.clicked.connect(self.refresh)
        self._year.clicked.connect(self._take_year)
        self._group.chosen.connect(lambda _: self.refresh())
        for line in (self._since, self._until):
            line.returnPressed.connect(self.refresh)
        for view in (self._view, self._lacking):
            view.opened.connect(lambda row: self.opened.emit(row.name))
        self._connect_sheets()

    def entered(self) -> None:
        self._since.setFocus(Qt.FocusReason.OtherFocusReason)
        self._since.selectAll()
        self.refresh()

    def refresh(self) -> None:
        """Read the lines of the span that is typed."""
        if days := self._days():
            since, until, group = days["since"], days["until"], self._group.value() or ""
            self._looking.ask(lambda: look(self._desk, since, until, group))
            self._look_at_part()

    def show_part(self, part: str) -> None:
        """Bring one of `PARTS` into sight, with the focus."""
        self._part.choose(part)
        if shown := self._tables.currentWidget():
            shown.setFocus(Qt.FocusReason.OtherFocusReason)

    def look_at_prints(self) -> None:
        """More is known of what was printed."""
        self._visits.refresh()

    def _take_year(self) -> None:
        """The whole year of the last day."""
        if days := self._days():
            year = days["until"].year
            self._span(date(year, 1, 1), date(year, 12, 31))

    def _span(self, since: date, until: date) -> None:
        self._since.setText(written_day(since))
        self._until.setText(written_day(until))
        self.refresh()

    def _days(self) -> dict[str, date] | None:
        """The span that is typed; None when a day is none, which is said beside it."""
        days: dict[str, date] = {}
        for name, line in (("since", self._since), ("until", self._until)):
            try:
                days[name] = line.day() or self._desk.clock().date()
            except BadInput as wrong:
                self._fields[name].set_error(str(wrong))
        return days if len(days) == len(self._fields) else None

    def _lay_out(self) -> None:
        for field in self._fields.values():
            field.setFixedWidth(DAY_WIDTH)
        self._group_field.setFixedWidth(GROUP_WIDTH)
        head = row(
            *self._fields.values(), self._group_field, self._see, self._year, None, self._count
        )
        head.setSpacing(Space.BETWEEN)
        for part in (self._view, self._lacking, self._receipts, self._visits, self._many):
            self._tables.addWidget(part)
        what = Field("In, lưu", self._what)
        what.setFixedWidth(GROUP_WIDTH)
        line = row(what, self._look, self._pdf, self._xlsx, self._sent, spacing=Space.WITHIN)
        line.setStretch(4, 1)
        self._foot.setLayout(line)
        layout = column(
            head, row(self._part, None), self._tables, self._going, self._foot, spacing=Space.WITHIN
        )
        layout.setContentsMargins(Space.PAGE, Space.PADDING, Space.PAGE, Space.WITHIN)
        layout.setStretch(2, 1)
        self.setLayout(layout)

    def _connect_sheets(self) -> None:
        self._part.chosen.connect(self._show_part)
        self._receipts.told.connect(self.tell)
        self._what.chosen.connect(self._choose_what)
        self._look.clicked.connect(lambda: self._ordered(self._sheets.preview))
        self._pdf.clicked.connect(
            lambda: self._ordered(lambda order: self._sheets.save(order, "pdf"))
        )
        self._xlsx.clicked.connect(
            lambda: self._ordered(lambda order: self._sheets.save(order, "xlsx"))
        )
        for teller in (self._sheets, self._visits, self._many):
            teller.told.connect(self.tell)
        self._visits.print_wanted.connect(self.print_wanted)
        self._sheets.paper_wanted.connect(self.print_wanted)
        self._many.printed.connect(self.printed)
        self._sheets.stood.connect(self._sent.say)  # stays when the window's notice has gone
        self._sheets.busy.connect(self._set_busy)

    def _choose_what(self, what: str) -> None:
        """A report is of a quarter; before the day's last sheet, what lacks comes into sight."""
        if what in (REPORT, RATED, HELPED) and (days := self._days()):
            self._span(*quarter_of(days["until"]))
        self._xlsx.setEnabled(what != CARDS)
        if what == "end-of-day" and self._lacking.table.rowCount():
            self._part.choose("lacking")

    def _show_part(self, part: str) -> None:
        self._tables.setCurrentIndex(list(PARTS).index(part))
        self._foot.setVisible(part not in WITHOUT_SHEETS)
        self._look_at_part()

    def _look_at_part(self) -> None:
        """Read what the part in sight shows, but the register's lines."""
        part = self._part.value()
        if part == "receipts":
            self._receipts.refresh()
        elif days := self._days() if part in WITHOUT_SHEETS else None:
            if part == "visits":
                self._visits.look(days["since"], days["until"])
            else:
                self._many.look(days["since"], days["until"], self._group.value() or "")

    def _ordered(self, deed: Callable[[SheetOrder], None]) -> None:
        if days := self._days():
            what, group = self._what.value() or REGISTER, self._group.value() or ""
            view = self._lacking if self._part.value() == "lacking" else self._view
            row = view.current()
            name = row.name if row else None
            deed(SheetOrder(what, days["since"], days["until"], group, name, self._officer))

    def _set_busy(self, is_busy: bool) -> None:
        for button in (self._look, self._pdf):
            button.setEnabled(not is_busy)
        self._xlsx.setEnabled(not is_busy and self._what.value() != CARDS)

    def _show(self, result: Ok[Lines] | Err) -> None:
        if isinstance(result, Err):
            self.tell(str(result.error))
            return
        lines = result.value
        self._offer(lines.groups)
        more = f"; hiện {MOST} dòng đầu, hãy chọn ít ngày hơn" if lines.total > MOST else ""
        self._count.setText(f"{lines.total} hồ sơ{more}")
        self._view.show_rows(lines.rows)
        self._lacking.show_rows(lines.lacking)
        self._part.rename(
            "lacking", f"{LACKING} ({len(lines.lacking)})" if lines.lacking else LACKING
        )

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
