"""Lists on the exchange's page what no server holds yet: dossier by dossier, since when, and how near it is."""

from app.clock import VIETNAM
from app.desk.looking.waiting import Waiting
from app.ui.exchange.list_card import CODE_WIDTH, ListCard
from app.ui.exchange.words import short
from app.ui.look.theme import Tone
from app.ui.widgets.tables import Cell, Column

SINCE_WIDTH, WHERE_WIDTH = 104, 168


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


class WaitingCard(ListCard[Waiting]):
    """Dossier by dossier, and what belongs to none."""

    def __init__(self) -> None:
        super().__init__(
            "Chờ gửi lên cấp trên",
            COLUMNS,
            key=lambda one: one.thing,
            dossier=lambda one: one.dossier,
        )

    def show_waiting(self, waiting: tuple[Waiting, ...]) -> None:
        """Say how it stands."""
        dossiers = sum(one.dossier is not None for one in waiting)
        self.show_rows(waiting, f"{dossiers} hồ sơ" if dossiers else "", Tone.QUIET, "")
