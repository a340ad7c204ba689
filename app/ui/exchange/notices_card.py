"""Lists what was announced from above, on the exchange's page."""

from collections.abc import Mapping

from app.clock import VIETNAM
from app.desk.unit.notices import Announced
from app.models.unit.from_above import FromAbove
from app.ui.exchange.words import short
from app.ui.look.theme import Tone, Type
from app.ui.widgets.parts import Badge, Card, WrappingLabel, column

MOST = 5


class NoticesCard(Card):
    """The newest few, each with what became of it; out of sight while there never was one."""

    def __init__(self) -> None:
        self._count = Badge()
        super().__init__("Thông báo khẩn từ cấp trên", self._count)
        self._lines = [(WrappingLabel(), WrappingLabel(size=Type.SMALL)) for _ in range(MOST)]
        for text, state in self._lines:
            self.body.addLayout(column(text, state, spacing=0))
        self.hide()

    def show_announced(self, announced: Announced) -> None:
        """Say how they stand."""
        shown = announced.notices[:MOST]
        for number, (text, state) in enumerate(self._lines):
            for label in (text, state):
                label.setVisible(number < len(shown))
            if number < len(shown):
                text.setText(shown[number].text)
                state.say(*state_of(shown[number], announced.names))
        left = len(announced.waiting)
        self._count.say(f"{left} chưa đọc" if left else "", Tone.TODAY, "" if not left else "circle-dot")  # fmt: skip
        self.setVisible(bool(shown))


def state_of(notice: FromAbove, names: Mapping[str, str]) -> tuple[str, Tone]:
    """When it was said, and what became of it."""
    at = short(notice.at.astimezone(VIETNAM))
    if notice.withdrawn:
        return f"{at} · cấp trên đã rút", Tone.QUIET
    if notice.read_at is None:
        return f"{at} · chưa đọc", Tone.TODAY
    who = names.get(notice.read_by, notice.read_by)
    return f"{at} · {who} đã đọc {short(notice.read_at.astimezone(VIETNAM))}", Tone.DONE
