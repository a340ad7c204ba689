"""Lists on the exchange's page the dossiers on which two places worked unknown to each other."""

from PySide6.QtCore import Signal

from app.desk.looking.conflicts import Open
from app.ui.look.theme import Measure, Space, Tone
from app.ui.widgets.later import Later
from app.ui.widgets.parts import Badge, Card, WrappingLabel
from app.ui.widgets.table_view import TableView
from app.ui.widgets.tables import Cell, Column, Table

ROWS = 3
CODE_WIDTH, WHOSE_WIDTH = 204, 200
ADVICE = (
    "Hai nơi cùng làm mà chưa biết nhau; không việc nào mất. Enter mở hồ sơ: xem rồi bấm “Đã xem”, "
    "người đang giữ hồ sơ hoặc người phụ trách làm được."
)

COLUMNS: list[Column[Open]] = [
    Column("Mã hồ sơ", lambda one: Cell(one.code), CODE_WIDTH, figures=True),
    Column("Cần xem", lambda one: Cell(" ".join(one.sentences)), share=1),
    Column(
        "Của ai, ai giữ",
        lambda one: Cell(f"{one.applicant} · {one.holder}", Tone.QUIET),
        WHOSE_WIDTH,
    ),
]


class ConflictsCard(Card):
    """By arrows; Enter opens the dossier. Out of sight while there is nothing to look at."""

    opened = Signal(object)
    """The `EventName` of a dossier."""

    def __init__(self) -> None:
        self._count = Badge()
        super().__init__("Việc trùng cần xem", self._count)
        self._advice = WrappingLabel(ADVICE, tone=Tone.QUIET)
        self.body.addWidget(self._advice)
        self.hide()

    def show_open(self, found: tuple[Open, ...]) -> None:
        """Say how it stands."""
        if not found:
            self.hide()
            return
        self._count.say(f"{len(found)} hồ sơ", Tone.TODAY, "triangle-alert")
        self._table.show_rows(found)
        two_lines = Measure.ROW + Space.PADDING
        shown = min(len(found), ROWS)
        self._table.setFixedHeight(Measure.ROW + Space.WITHIN + shown * two_lines)
        self.show()

    @Later
    def _table(self) -> TableView[Open]:
        table = TableView(Table(COLUMNS, lambda one: one.dossier))
        table.setAccessibleName("Việc trùng cần xem")
        table.opened.connect(lambda one: self.opened.emit(one.dossier))
        self.body.addWidget(table)
        return table
