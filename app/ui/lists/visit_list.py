"""Who came and left without being received: found again, their papers seen and printed again."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.desk.desk import Desk
from app.desk.papers.forms import FORMS
from app.desk.sheets.visits import Visit, Visits
from app.models.text import sort_key
from app.models.unit.officer import Officer
from app.ui.dossier.columns import (
    MOMENT_WIDTH,
    NARROW_MOMENT,
    moment_cell,
    procedure_cell,
    procedure_words,
)
from app.ui.intake.foot import OUTCOMES
from app.ui.lanes.jobs import Err, Jobs, Ok
from app.ui.lanes.latest import Latest
from app.ui.look.theme import Space, Tone
from app.ui.papers.print_list import PrintList, last_of_each, look
from app.ui.papers.print_words import PrintWords
from app.ui.widgets.buttons import QuietButton
from app.ui.widgets.choices import Choice
from app.ui.widgets.fields import Field
from app.ui.widgets.parts import EmptyState, column, row
from app.ui.widgets.sheet import Sheet
from app.ui.widgets.table_view import TableView
from app.ui.widgets.tables import Cell, Column, Table

PAPER_WIDTH, PRINTS_WIDTH = 280, 300
SAID: dict[str, str] = dict(OUTCOMES)


def _printed(visit: Visit) -> Cell:
    """Of the outcome's own paper."""
    times = visit.times.get(visit.outcome, 0)
    if not times:
        return Cell("chưa in", Tone.TODAY)
    job = next((job for job in last_of_each(visit.prints) if job.form == visit.outcome), None)
    tone, icon = look(job) if job else (Tone.PLAIN, "")
    return Cell(f"{times} lần", tone, icon)


COLUMNS: list[Column[Visit]] = [
    Column(
        "Lúc",
        lambda visit: moment_cell(visit.at),
        MOMENT_WIDTH,
        narrow=NARROW_MOMENT,
        figures=True,
        order=lambda visit: visit.at,
    ),
    Column(
        "Người đến",
        lambda visit: Cell(visit.person or "không cho biết tên"),
        share=2,
        order=lambda visit: sort_key(visit.person),
    ),
    Column("Kết quả", lambda visit: Cell(SAID[visit.outcome]), 152),
    Column(
        "Nội dung",
        lambda visit: procedure_cell(visit.procedure_name),
        share=3,
        order=lambda visit: sort_key(procedure_words(visit.procedure_name)),
    ),
    Column("Số phiếu", lambda visit: Cell(visit.number), 96, figures=True),
    Column("Đã in", _printed, 110),
]


class VisitList(QWidget):
    """The visits of a span of days; the papers of the chosen one, and what became of them."""

    told = Signal(str, object)
    """A sentence and its tone."""
    print_wanted = Signal(str, object)
    """A form and the `EventName` of a visit."""

    def __init__(self, desk: Desk, officer: Officer, jobs: Jobs) -> None:
        super().__init__()
        self._visits = Visits(desk.store, desk.lookup.holder_name, desk.press)
        self._looking = Latest(jobs, self._show, self)
        self._words = PrintWords(desk, officer, jobs, self)
        self._span: tuple[date, date] | None = None
        self._view = TableView(Table(COLUMNS, lambda visit: visit.name), _nobody())
        self._view.setAccessibleName("Lượt đến chưa tiếp nhận")
        self._prints = Sheet()
        self._prints.setFixedWidth(PRINTS_WIDTH)
        self._prints.hide()
        self._paper = Choice[str]()
        self._print = QuietButton("Xem và in", "Ctrl+P", "printer")
        self._lay_out()
        self._view.opened.connect(lambda _: self._want())
        self._view.moved.connect(lambda _: self._show_current())
        self._print.clicked.connect(self._want)
        self._words.noted.connect(self._heard)
        self._words.wanted.connect(self.print_wanted)

    def look(self, since: date, until: date) -> None:
        """Read the visits of these days."""
        self._span = since, until
        self._looking.ask(lambda: self._visits.of(since, until))

    def refresh(self) -> None:
        """Read the same days again, if they are in sight."""
        if self._span and self.isVisible():
            self.look(*self._span)

    def _lay_out(self) -> None:
        paper = Field("Giấy của lượt đang chọn", self._paper)
        paper.setFixedWidth(PAPER_WIDTH)
        both = row(self._view, self._prints)
        both.setStretch(0, 1)
        layout = column(both, row(paper, self._print, None), spacing=Space.WITHIN)
        layout.setStretch(0, 1)
        self.setLayout(layout)
        self.setFocusProxy(self._view)

    def _show(self, result: Ok[list[Visit]] | Err) -> None:
        if isinstance(result, Err):
            self.told.emit(str(result.error), Tone.LATE)
            return
        self._view.show_rows(result.value)
        self._show_current()

    def _show_current(self) -> None:
        visit = self._view.current()
        papers = visit.papers if visit else ()
        if [FORMS[form].name for form in papers] != [
            self._paper.itemText(n) for n in range(self._paper.count())
        ]:
            self._paper.offer([(form, FORMS[form].name) for form in papers])
        self._print.setEnabled(visit is not None)
        self._prints.setVisible(bool(visit and visit.prints))
        if visit and visit.prints:
            shown = PrintList(visit.prints, visit.spoiled, visit.copies)
            self._prints.fill(self._words.hear(shown))

    def _heard(self, result: Ok[None] | Err) -> None:
        if isinstance(result, Err):
            self.told.emit(str(result.error), Tone.LATE)
        self.refresh()

    def _want(self) -> None:
        visit, form = self._view.current(), self._paper.value()
        if visit and form:
            self.print_wanted.emit(form, visit.name)


def _nobody() -> EmptyState:
    return EmptyState(
        "user-round",
        "Không có lượt nào chưa tiếp nhận.",
        "Người được hướng dẫn, yêu cầu bổ sung hay từ chối tại quầy đứng ở đây theo ngày.",
    )
