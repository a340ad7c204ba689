"""What citizens said of the service in a span of days, as far as it may be told."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.desk.desk import Desk
from app.desk.lobby.ratings import Voice, figure, interval, percent, turned_out
from app.models.citizens.satisfaction import FEWEST, Summary, Turnout
from app.models.dossiers.reports import quarter_of
from app.models.unit.officer import Officer
from app.ui.deeds.work_page import WorkPage
from app.ui.lanes.jobs import Err, Jobs, Ok
from app.ui.lanes.latest import Latest
from app.ui.lists.day_span import DaySpan
from app.ui.look import theme
from app.ui.look.theme import Measure, Space, Tone, Type, Weight
from app.ui.papers.sheet_orders import RATED, SheetOrder
from app.ui.papers.sheet_row import SheetRow
from app.ui.rating.panel import FACES
from app.ui.widgets.buttons import QuietButton
from app.ui.widgets.choices import Segments
from app.ui.widgets.going import Going
from app.ui.widgets.page import MARGINS
from app.ui.widgets.parts import Badge, Card, Words, WrappingLabel, column, row, take_down
from app.ui.widgets.table_view import TableView
from app.ui.widgets.tables import Cell, Column, Table

SHARE_WIDTH, COUNT_WIDTH = 80, 120
TABLES_FIRST = 100  # of the room left; all of it is below the cards while there are none
SATISFIED = "hài lòng trở lên"
NOTHING_YET = f"Chưa đủ {FEWEST} phiếu của những ngày đã qua: chưa có số nào để nêu."
HOW = (
    "Công dân được mời đánh giá ngay khi nhận kết quả, hoặc trả lời sau bằng mã QR trên phiếu. "
    "Không ai xem được từng phiếu."
)
PARTS = {"months": "Theo tháng", "questions": "Theo câu hỏi"}
FIRST_HEADS = {"months": "Tháng", "questions": "Câu hỏi"}


class Said(NamedTuple):
    """What was said in a month, or to a question."""

    of: str
    summary: Summary


def columns(first: str, levels: Sequence[str]) -> list[Column[Said]]:
    """Under the unit's own `levels`, the best first."""
    best_first = list(enumerate(levels))[::-1]
    return [
        Column(first, lambda said: Cell(said.of), share=1),
        Column("Số phiếu", lambda said: Cell(str(said.summary.answers)), COUNT_WIDTH, counts=True),
        *(_level_column(place, words) for place, words in best_first),
        Column("Tỷ lệ hài lòng", lambda said: Cell(percent(said.summary.satisfied), strong=True),
               COUNT_WIDTH + Space.PAGE, counts=True),
        Column("Khoảng tin cậy", lambda said: Cell(interval(said.summary), Tone.QUIET), 152,
               counts=True),
        Column("Điểm", lambda said: Cell(figure(said.summary.mean, 2)), SHARE_WIDTH, counts=True),
    ]  # fmt: skip


def _level_column(place: int, words: str) -> Column[Said]:
    return Column(
        words, lambda said: Cell(str(said.summary.counts[place])), COUNT_WIDTH + Space.PAGE,
        counts=True,
    )  # fmt: skip


class SharesBar(QWidget):
    """The levels side by side, each as wide as its share; the words beside it say the same."""

    def __init__(self) -> None:
        super().__init__()
        self._counts: Sequence[int] = ()
        self.setFixedHeight(Space.BETWEEN)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_counts(self, counts: Sequence[int]) -> None:
        """Of each level, from the worst."""
        self._counts = counts
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(Measure.ROW, Space.BETWEEN)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, left = QPainter(self), 0.0
        counts = list(zip(self._counts, FACES, strict=False))[::-1]
        for count, (_, tone) in counts:
            width = self.width() * count / max(1, sum(self._counts))
            gap = Measure.FOCUS if left and width else 0
            area = QRectF(left + gap, 0, max(0.0, width - gap), self.height())
            painter.fillRect(area, theme.colour(tone.colour))
            left += width
        painter.end()


class OverallCard(Card):
    """The one question of the counter: a share, how sure it is, and what it is made of."""

    def __init__(self) -> None:
        super().__init__("Đánh giá chung")
        self._share = Words(size=Type.PROMISE, weight=Weight.BOLD, tone=Tone.ACCENT, figures=True)
        self._what = Words(SATISFIED, Type.TITLE)
        self._sure = WrappingLabel("", Type.SMALL, Tone.QUIET, reserved_lines=2)
        self._bar = SharesBar()
        self._levels = [Badge("", tone, icon) for icon, tone in FACES]
        large = row(self._share, self._what, None, spacing=Space.BETWEEN)
        large.setAlignment(self._what, Qt.AlignmentFlag.AlignVCenter)
        self.body.addLayout(large)
        self.body.addWidget(self._bar)
        self.body.addLayout(row(*reversed(self._levels), None, spacing=Space.PADDING))
        self.body.addWidget(self._sure)
        self.body.addStretch()

    def show_summary(self, levels: Sequence[str], summary: Summary | None) -> None:
        """What was said; None: too few to tell."""
        self._what.setVisible(summary is not None)
        self._bar.show_counts(summary.counts if summary else ())
        for number, badge in enumerate(self._levels):
            icon, tone = FACES[number]
            count = f" {summary.counts[number]}" if summary else ""
            badge.say(f"{levels[number]}{count}", tone if summary else Tone.QUIET, icon)
        if summary is None:
            self._share.say("—", Tone.QUIET)
            self._sure.say(f"{NOTHING_YET} {HOW}", Tone.QUIET)
        else:
            self._share.say(percent(summary.satisfied), Tone.ACCENT)
            self._sure.say(_sure(summary), Tone.QUIET)


def _sure(summary: Summary) -> str:
    return (
        f"Trên {summary.answers} phiếu; với độ tin cậy 95 %, tỷ lệ của mọi công dân nằm trong "
        f"khoảng {interval(summary)}. Điểm trung bình {figure(summary.mean, 2)} trên 3."
    )


class TurnoutCard(Card):
    """How many were asked, and what became of it: who is asked less shows."""

    def __init__(self) -> None:
        super().__init__("Lượt mời đánh giá")
        self._counts = {what: _figures() for what in turned_out(Turnout())}
        self._shares = {what: _figures(Tone.QUIET) for what in self._counts}
        for what, count in self._counts.items():
            words = Words(what)
            self.body.addLayout(row(words, None, count, self._shares[what]))
        self.body.addStretch()

    def show_turnout(self, told: Turnout) -> None:
        for what, n in turned_out(told).items():
            self._counts[what].setText(str(n))
            self._shares[what].setText(percent(n / told.asked) if 0 < n < told.asked else "")


def _figures(tone: Tone = Tone.PLAIN) -> Words:
    words = Words(figures=True, tone=tone)
    words.setFixedWidth(SHARE_WIDTH)
    words.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    return words


class VoicePage(WorkPage):
    """Ý kiến dân."""

    def __init__(self, desk: Desk, officer: Officer, jobs: Jobs) -> None:
        super().__init__(desk, officer, jobs)
        self._looking = Latest(jobs, self._show, self)
        this_year = desk.clock().date().replace(month=1, day=1)
        self._days = DaySpan(desk.clock, this_year, "Từ ngày", self)
        self._quarter = QuietButton("Quý báo cáo", "Alt+Q")
        self._overall, self._turnout = OverallCard(), TurnoutCard()
        self._part = Segments(list(PARTS.items()), "Hiện")
        self._levels: Sequence[str] = ()
        self._views: dict[str, TableView[Said]] = {}
        self._tables = column()
        self._going = Going()
        self._foot = SheetRow(desk, jobs, self._going, self._order, self)
        self._lay_out()
        self._connect()

    def entered(self) -> None:
        self._days.go_to_start()
        self.refresh()

    def refresh(self) -> None:
        """Read what was said in the span that is typed."""
        if days := self._days.days():
            self._looking.ask(lambda: self._desk.ratings.voice(*days))

    # --- inside ---

    def _lay_out(self) -> None:
        days = self._days
        head = row(*days.fields.values(), days.see, self._quarter, days.year, None)
        head.setSpacing(Space.BETWEEN)
        cards = row(self._overall, self._turnout, spacing=Space.BETWEEN)
        cards.setStretch(0, 3)
        cards.setStretch(1, 2)
        layout = column(
            head, cards, row(self._part, None), self._tables, None, self._going, self._foot,
            spacing=Space.WITHIN,
        )  # fmt: skip
        layout.setContentsMargins(*MARGINS)
        layout.setStretch(3, TABLES_FIRST)
        self.setLayout(layout)

    def _connect(self) -> None:
        self._days.wanted.connect(self.refresh)
        self._quarter.clicked.connect(self._take_quarter)
        self._part.chosen.connect(lambda _: self._show_part())
        self._foot.sheets.told.connect(self.tell)

    def _take_quarter(self) -> None:
        """The reporting quarter of the last day."""
        if days := self._days.days():
            self._days.take(*quarter_of(days[1]))

    def _order(self) -> SheetOrder | None:
        days = self._days.days()
        return SheetOrder(RATED, *days) if days else None

    def _show(self, result: Ok[Voice] | Err) -> None:
        if isinstance(result, Err):
            self.tell(str(result.error))
            return
        voice = result.value
        self.say_about(f"{voice.turnout.answered} phiếu" if voice.overall else "")
        self._overall.show_summary(voice.levels, voice.overall)
        self._turnout.show_turnout(voice.turnout)
        if voice.levels != self._levels:
            self._head(voice.levels)
        self._show_rows("months", voice.months)
        self._show_rows("questions", voice.questions)
        self._show_part()

    def _head(self, levels: Sequence[str]) -> None:
        """Tables whose heads are the unit's own levels; others when its settings change these."""
        for view in self._views.values():
            self._tables.removeWidget(view)
            take_down(view)
        self._levels = levels
        for part, first in FIRST_HEADS.items():
            view = TableView(Table(columns(first, levels), lambda each: each.of))
            view.setAccessibleName(PARTS[part])
            self._views[part] = view
            self._tables.addWidget(view)

    def _show_rows(self, part: str, said: Mapping[str, Summary]) -> None:
        self._views[part].show_rows([Said(of, summary) for of, summary in said.items()])

    def _show_part(self) -> None:
        """The table chosen; where nothing may be told there is none."""
        is_told = any(view.table.rowCount() for view in self._views.values())
        self._part.setVisible(is_told)
        for part, view in self._views.items():
            view.setVisible(is_told and part == self._part.value())
