"""Lists on the exchange's page what counts for nothing, why, and what makes it count."""

from collections import Counter

from app.clock import VIETNAM
from app.desk.looking.without_effect import Cause, Idle, Idling
from app.ui.exchange.list_card import CODE_WIDTH, MOST, ListCard
from app.ui.exchange.words import short
from app.ui.look.theme import Tone
from app.ui.widgets.tables import Cell, Column

DEED_WIDTH = 176

_ADVICE = {
    Cause.REVOKED: (
        "của máy đã bị thu hồi được giữ nguyên. Người phụ trách đối chiếu mã với giấy đã phát rồi đề nghị "
        "cấp trên cho có tác dụng; máy chủ làm việc ấy, ở quầy không làm được."
    ),
    Cause.HELD: "chờ phần trước từ máy khác: máy ấy đồng bộ thì tự có tác dụng.",
    Cause.NEWER: "của phiên bản mới hơn: cập nhật chương trình thì có tác dụng.",
    Cause.MET: "gặp việc khác đã ghi: mở hồ sơ để xem, làm lại nếu vẫn cần.",
}


def _deeds(idle: Idle) -> Cell:
    whose = f" (quầy {idle.counter})" if idle.counter else ""
    return Cell(f"{', '.join(idle.deeds)}{whose}")


def _why(idle: Idle) -> Cell:
    since = short(idle.since.astimezone(VIETNAM))
    tone = Tone.TODAY if idle.cause is Cause.REVOKED else Tone.QUIET
    icon = "triangle-alert" if idle.cause is Cause.REVOKED else ""
    return Cell(f"{idle.why[:1].upper()}{idle.why[1:]} · {since}", tone, icon)


COLUMNS: list[Column[Idle]] = [
    Column("Mã hồ sơ", lambda idle: Cell(idle.code or "không có mã"), CODE_WIDTH, figures=True),
    Column("Việc", _deeds, DEED_WIDTH),
    Column("Vì sao không có tác dụng", _why, share=1),
]


class WithoutEffectCard(ListCard[Idle]):
    """Thing by thing, with why."""

    def __init__(self) -> None:
        super().__init__(
            "Việc không có tác dụng",
            COLUMNS,
            key=lambda idle: (idle.thing, idle.cause),
            dossier=lambda idle: idle.dossier,
            fewest=MOST,
        )

    def show_idling(self, idling: Idling) -> None:
        """Say how it stands."""
        needs = any(idle.cause is Cause.REVOKED for idle in idling.things)
        tone, icon = (Tone.TODAY, "triangle-alert") if needs else (Tone.QUIET, "circle-minus")
        self.show_rows(idling.things, f"{idling.events} việc", tone, icon, advice(idling))


def advice(idling: Idling) -> str:
    """What becomes of them and what can be done, a sentence a cause."""
    found = Counter(idle.cause for idle in idling.things)
    said = [f"{count} mục {_ADVICE[cause]}" for cause in Cause if (count := found.get(cause))]
    return "\n".join(said)
