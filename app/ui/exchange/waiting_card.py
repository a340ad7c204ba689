"""Lists on the exchange's page what no server holds yet: dossier by dossier, since when, and how near it is."""

from PySide6.QtCore import Signal

from app.clock import VIETNAM
from app.desk.looking.waiting import Waiting
from app.ui.exchange.words import short
from app.ui.look.theme import Measure, Space, Tone
from app.ui.widgets.later import Later
from app.ui.widgets.parts import Badge, Card
from app.ui.widgets.table_view import TableView
from app.ui.widgets.tables import Cell, Column, Table

ROWS = 4
CODE_WIDTH, SINCE_WIDTH, WHERE_WIDTH = 204, 104, 168


def _what(one: Waiting) -> Cell:
    whose = f"{one.applicant} · " if one.applicant else ""
    return Cell(f"{whose}{', '.join(one.deeds)}")


def _where(one: Waiting) -> Cell:
    if one.at_hub:
        return Cell("ở trạm trung chuyển", Tone.QUIET, "arrow-right-left")
    return Cell("chỉ ở máy này", Tone.TODAY, "cloud-off")


COLUMNS: list[Column[Waiting]] = [
    Column("Mã hồ sơ", lambda one: Cell(one.code or "không có mã"), CODE_WIDTH, figures=True),
    Column("Việc chờ gửi", _what, share=1),
    Column("Từ", lambda one: Cell(short(one.since.astimezone(VIETNAM)), Tone.QUIET), SINCE_WIDTH),
    Column("Đang ở", _where, WHERE_WIDTH),
]


class WaitingCard(Card):
    """By arrows; Enter opens the dossier, where there is one. Out of sight while the server has all."""

    opened = Signal(object)
    """The `EventName` of a dossier."""

    def __init__(self) -> None:
        self._count = Badge()
        super().__init__("Chờ gửi lên cấp trên", self._count)
        self.hide()

    def show_waiting(self, waiting: tuple[Waiting, ...]) -> None:
        """Say how it stands."""
        if not waiting:
            self.hide()
            return
        dossiers = sum(one.dossier is not None for one in waiting)
        self._count.say(f"{dossiers} hồ sơ" if dossiers else "", Tone.QUIET, "")
        self._table.show_rows(waiting)
        shown = min(len(waiting), ROWS)
        self._table.setFixedHeight(Measure.ROW + Space.WITHIN + shown * Measure.ROW)
        self.show()

    @Later
    def _table(self) -> TableView[Waiting]:
        table = TableView(Table(COLUMNS, lambda one: one.thing))
        table.setAccessibleName("Chờ gửi lên cấp trên")
        table.opened.connect(self._open)
        self.body.addWidget(table)
        return table

    def _open(self, one: Waiting) -> None:
        if one.dossier is not None:
            self.opened.emit(one.dossier)
