"""What deeds done at two places left to look at, in an amber line; and saying that one has."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.models.dossiers.concurrent import Task
from app.models.events.event import EventName
from app.ui.look.icons import Icon
from app.ui.look.theme import Space, Tone
from app.ui.widgets.buttons import LinkButton
from app.ui.widgets.parts import WrappingLabel, row

SEEN, SEEN_KEY = "Đã xem", "Alt+X"


class ConflictLine(QWidget):
    """The first deed that met others unseen, in words; out of sight while there is none."""

    seen = Signal(object)
    """The `EventName` of the deed that was looked at."""

    def __init__(self) -> None:
        super().__init__()
        self._deed: EventName | None = None
        self._words = WrappingLabel("", tone=Tone.TODAY)
        self._seen = LinkButton(SEEN, SEEN_KEY)
        self._seen.clicked.connect(lambda: self.seen.emit(self._deed))
        layout = row(
            Icon("triangle-alert", Tone.TODAY), self._words, self._seen, spacing=Space.BETWEEN
        )
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self.hide()

    def show_tasks(self, tasks: Sequence[Task], *, may_settle: bool) -> None:
        """Say what the first of them is about; only who may is offered to say it was seen."""
        self._deed = tasks[0].deed if tasks else None
        self._words.setText(sentence_of(tasks))
        self._seen.setVisible(may_settle)
        self.setVisible(bool(tasks))

    def text(self) -> str:
        return self._words.text()


def sentence_of(tasks: Sequence[Task]) -> str:
    """All that the first deed met, and how many deeds wait behind it; "" when nothing does."""
    if not tasks:
        return ""
    first = tasks[0].deed
    said = dict.fromkeys(task.rule.sentence for task in tasks if task.deed == first)
    behind = len({task.deed for task in tasks}) - 1
    more = [f"Sau đó còn {behind} việc trùng nữa."] if behind else []
    return " ".join((*said, *more))
