"""The register on screen: its lines of a span of days and a group of fields."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from PySide6.QtCore import Qt

from app.clock import VIETNAM
from app.desk.desk import Desk
from app.models.errors import BadInput
from app.models.lifecycle import label
from app.models.officer import Officer
from app.store.dossiers import DossierRow
from app.ui.buttons import QuietButton
from app.ui.choices import Choice
from app.ui.dossier_columns import procedure_words, short_code
from app.ui.fields import DayLine, Field, written_day
from app.ui.jobs import Err, Jobs, Ok
from app.ui.latest import Latest
from app.ui.parts import EmptyState, Words, column, row
from app.ui.table_view import TableView
from app.ui.tables import Cell, Column, Table
from app.ui.theme import Space, Tone
from app.ui.work_page import WorkPage

ALL_GROUPS = "Tất cả các sổ"
MOST = 1000  # lines on screen; more belong on paper
DAY_WIDTH, GROUP_WIDTH = 160, 360


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


def _moment(at: datetime | None) -> Cell:
    return Cell(f"{at:%H:%M %d/%m/%Y}" if at else "", Tone.PLAIN)


def _returned(row: DossierRow) -> Cell:
    return _moment(row.returned_at) if row.returned_at else Cell(label(row.status), Tone.QUIET)


COLUMNS: list[Column[DossierRow]] = [
    Column("Quyển–số", lambda row: Cell(f"{row.book:02d}–{row.serial:02d}"), 108, figures=True),
    Column("Mã hồ sơ", lambda row: Cell(short_code(row.code)), 128, figures=True),
    Column("Thủ tục", lambda row: Cell(procedure_words(row.procedure_name)), share=3),
    Column("Người nộp", lambda row: Cell(row.applicant), share=2),
    Column("Nhận", lambda row: _moment(row.received_at), 164, figures=True),
    Column("Hẹn trả", lambda row: _moment(row.due), 164, figures=True),
    Column("Trả", _returned, 172, figures=True),
]


class RegisterPage(WorkPage):
    """Sổ theo dõi hồ sơ."""

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
        self._view = TableView(Table(COLUMNS, lambda row: row.name), _no_lines())
        self._see = QuietButton("Xem", "F9")
        self._lay_out()
        today = desk.clock().date()
        self._since.setText(written_day(today.replace(day=1)))
        self._until.setText(written_day(today))
        self._see.clicked.connect(self.refresh)
        self._group.chosen.connect(lambda _: self.refresh())
        for line in (self._since, self._until):
            line.returnPressed.connect(self.refresh)
        self._view.opened.connect(lambda row: self.opened.emit(row.name))

    def entered(self) -> None:
        self._since.setFocus(Qt.FocusReason.OtherFocusReason)
        self._since.selectAll()
        self.refresh()

    def refresh(self) -> None:
        """Read the lines of the span that is typed."""
        days: dict[str, date] = {}
        for name, line in (("since", self._since), ("until", self._until)):
            try:
                days[name] = line.day() or self._desk.clock().date()
            except BadInput as wrong:
                self._fields[name].set_error(str(wrong))
        if len(days) == len(self._fields):
            since, until, group = days["since"], days["until"], self._group.value() or ""
            self._looking.ask(lambda: look(self._desk, since, until, group))

    def _lay_out(self) -> None:
        for field in self._fields.values():
            field.setFixedWidth(DAY_WIDTH)
        self._group_field.setFixedWidth(GROUP_WIDTH)
        head = row(*self._fields.values(), self._group_field, self._see, None, self._count)
        head.setSpacing(Space.BETWEEN)
        layout = column(head, self._view, spacing=Space.WITHIN)
        layout.setContentsMargins(Space.PAGE, Space.PADDING, Space.PAGE, Space.PADDING)
        layout.setStretch(1, 1)
        self.setLayout(layout)

    def _show(self, result: Ok[Lines] | Err) -> None:
        if isinstance(result, Err):
            self.tell(str(result.error))
            return
        lines = result.value
        self._offer(lines.groups)
        more = f"; hiện {MOST} dòng đầu, hãy chọn ít ngày hơn" if lines.total > MOST else ""
        self._count.setText(f"{lines.total} hồ sơ{more}")
        self._view.show_rows(lines.rows)

    def _offer(self, groups: tuple[str, ...]) -> None:
        if self._group.count() == len(groups) + 1:
            return
        chosen = self._group.value() or ""
        self._group.blockSignals(True)
        self._group.offer([("", ALL_GROUPS), *((group, group) for group in groups)])
        self._group.choose(chosen if chosen in groups else "")
        self._group.blockSignals(False)


def _no_lines() -> EmptyState:
    return EmptyState(
        "book-open", "Không có dòng nào.", "Chọn khoảng ngày khác, hoặc xem tất cả các sổ."
    )
