"""Lists on the exchange's page the numbers that two papers bear, and how one of them gets another."""

from app.clock import VIETNAM
from app.desk.looking.given_twice import Twin, Twins
from app.ui.exchange.list_card import CODE_WIDTH, TWO_LINES, ListCard
from app.ui.exchange.words import short
from app.ui.look.theme import Tone
from app.ui.widgets.tables import Cell, Column

PRINTED_WIDTH = 236
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
    Column("Số in hai lần", lambda twin: Cell(twin.number), CODE_WIDTH, figures=True),
    Column("In lúc nào, ở đâu", _printed, PRINTED_WIDTH),
    Column("Hồ sơ của", _whose, share=1),
]


class GivenTwiceCard(ListCard[Twin]):
    """Paper by paper; who left unreceived has no dossier to open."""

    def __init__(self) -> None:
        super().__init__(
            "Một số in hai lần",
            COLUMNS,
            key=lambda twin: (twin.number, twin.dossier),
            dossier=lambda twin: None if twin.is_visit else twin.dossier,
            row_height=TWO_LINES,
        )

    def show_twins(self, twins: Twins) -> None:
        """Say how it stands."""
        count = len({twin.number for twin in twins})
        self.show_rows(twins, f"{count} số", Tone.TODAY, "triangle-alert", advice(twins))


def advice(twins: Twins) -> str:
    """What came of it and what can be done."""
    can_renew = any(twin.renewable for twin in twins)
    must_keep = not all(twin.renewable for twin in twins)
    return "\n".join([WHY, *([RENEW] if can_renew else []), *([KEEP] if must_keep else [])])
