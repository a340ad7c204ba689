"""Lists on the exchange's page the dossiers on which two places worked unknown to each other."""

from app.desk.looking.conflicts import Open
from app.ui.exchange.list_card import CODE_WIDTH, TWO_LINES, ListCard
from app.ui.look.theme import Tone
from app.ui.widgets.tables import Cell, Column

MOST = 3  # rows in sight
WHOSE_WIDTH = 200
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


class ConflictsCard(ListCard[Open]):
    """Dossier by dossier, with what must be looked at."""

    def __init__(self) -> None:
        super().__init__(
            "Việc trùng cần xem",
            COLUMNS,
            key=lambda one: one.dossier,
            dossier=lambda one: one.dossier,
            most=MOST,
            row_height=TWO_LINES,
        )

    def show_open(self, found: tuple[Open, ...]) -> None:
        """Say how it stands."""
        self.show_rows(found, f"{len(found)} hồ sơ", Tone.TODAY, "triangle-alert", ADVICE)
