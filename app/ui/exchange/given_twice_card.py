"""Lists on the exchange's page the numbers that two papers bear, and how one of them gets another."""

from PySide6.QtCore import Signal

from app.clock import VIETNAM
from app.desk.looking.given_twice import Twin, Twins
from app.ui.exchange.words import short
from app.ui.look.theme import Measure, Space, Tone
from app.ui.widgets.later import Later
from app.ui.widgets.parts import Badge, Card, WrappingLabel
from app.ui.widgets.table_view import TableView
from app.ui.widgets.tables import Cell, Column, Table

ROWS = 4
NUMBER_WIDTH, PRINTED_WIDTH = 204, 236
WHY = (
    "Máy ở quầy từng bị nhân bản lúc chưa đồng bộ, nên một số đã in trên hai giấy. "
    "Không hồ sơ nào mất; tra số ấy thì thấy cả hai."
)
RENEW = (
    "Hồ sơ chưa bàn giao thì đổi được: Enter mở ra, hủy số rồi tiếp nhận lại để có số mới, "
    "in giấy mới đưa công dân."
)
KEEP = "Hồ sơ đã bàn giao giữ số đã in; khi tra và khi trả, đối chiếu họ tên trên giấy."


def _printed(twin: Twin) -> Cell:
    where = f" · quầy {twin.counter}" if twin.counter else ""
    return Cell(f"{short(twin.at.astimezone(VIETNAM))}{where} · {twin.by}", Tone.QUIET)


def _whose(twin: Twin) -> Cell:
    state = "đổi số được" if twin.renewable else "giữ số"
    if twin.is_visit:
        state = "chưa nhận hồ sơ"
    return Cell(f"{twin.applicant} · {state}")


COLUMNS: list[Column[Twin]] = [
    Column("Số in hai lần", lambda twin: Cell(twin.number), NUMBER_WIDTH, figures=True),
    Column("In lúc nào, ở đâu", _printed, PRINTED_WIDTH),
    Column("Hồ sơ của", _whose, share=1),
]


class GivenTwiceCard(Card):
    """By arrows; Enter opens the dossier. Out of sight while every number stands once."""

    opened = Signal(object)
    """The `EventName` of a dossier."""

    def __init__(self) -> None:
        self._count = Badge()
        super().__init__("Một số in hai lần", self._count)
        self._advice = WrappingLabel(tone=Tone.QUIET)
        self.body.addWidget(self._advice)
        self.hide()

    def show_twins(self, twins: Twins) -> None:
        """Say how it stands."""
        if not twins:
            self.hide()
            return
        count = len({twin.number for twin in twins})
        self._count.say(f"{count} số", Tone.TODAY, "triangle-alert")
        self._advice.setText(advice(twins))
        self._table.show_rows(twins)
        shown = min(len(twins), ROWS)
        two_lines = Measure.ROW + Space.PADDING
        self._table.setFixedHeight(Measure.ROW + Space.WITHIN + shown * two_lines)
        self.show()

    @Later
    def _table(self) -> TableView[Twin]:
        table = TableView(Table(COLUMNS, lambda twin: (twin.number, twin.dossier)))
        table.setAccessibleName("Một số in hai lần")
        table.opened.connect(self._open)
        self.body.addWidget(table)
        return table

    def _open(self, twin: Twin) -> None:
        if not twin.is_visit:  # which left nothing to open
            self.opened.emit(twin.dossier)


def advice(twins: Twins) -> str:
    """What came of it and what can be done."""
    can_renew = any(twin.renewable for twin in twins)
    must_keep = not all(twin.renewable for twin in twins)
    return "\n".join([WHY, *([RENEW] if can_renew else []), *([KEEP] if must_keep else [])])
