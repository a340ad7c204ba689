"""A notice from above, in a line over every page until the officer in charge has read it."""

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from app.clock import VIETNAM
from app.desk.unit.notices import Announced
from app.ui.look.icons import Icon
from app.ui.look.theme import Space, Tone, Weight
from app.ui.widgets.buttons import LinkButton
from app.ui.widgets.parts import WrappingLabel, row

READ, READ_KEY = "Đã đọc", "Alt+N"
FOR_WHOM = "Chờ người phụ trách đọc."


class FromAboveLine(QFrame):
    """The newest that nobody has read, whole; out of sight while there is none."""

    read = Signal(str)
    """What the notice is called that the officer has read."""

    def __init__(self) -> None:
        super().__init__()
        self._notice = ""
        self._words = WrappingLabel(tone=Tone.TODAY, weight=Weight.MEDIUM)
        self._read = LinkButton(READ, READ_KEY)
        self._read.setAccessibleName("Đã đọc thông báo khẩn")
        self._read.clicked.connect(lambda: self.read.emit(self._notice))
        layout = row(
            Icon("mail-warning", Tone.TODAY), self._words, self._read, spacing=Space.BETWEEN
        )
        layout.setContentsMargins(Space.PAGE, Space.WITHIN, Space.PAGE, Space.WITHIN)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self.hide()

    def show_announced(self, announced: Announced) -> None:
        """Say the newest that waits; only who may is offered to say it was read."""
        waiting = announced.waiting
        self._notice = waiting[0].notice if waiting else ""
        self._words.setText(sentence_of(announced))
        self._read.setVisible(announced.may_read)
        self.setVisible(bool(waiting))

    def text(self) -> str:
        return self._words.text()


def sentence_of(announced: Announced) -> str:
    """The newest that waits, when it was said, and how many wait behind it; "" when none does."""
    if not announced.waiting:
        return ""
    first, *behind = announced.waiting
    more = f"Còn {len(behind)} thông báo nữa chưa đọc." if behind else ""
    whom = "" if announced.may_read else FOR_WHOM
    said = f"Cấp trên báo {_at(first.at)}: {first.text}"
    return " ".join(filter(None, (said, more, whom)))


def _at(at: datetime) -> str:
    return f"{at.astimezone(VIETNAM):%H:%M %d/%m}"
