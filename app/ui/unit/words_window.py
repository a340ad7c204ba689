"""Lets the unit say what is chosen from: one entry a line, the first one first."""

from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.desk.unit.choices import Choices, Words
from app.ui.frame.beside_window import BesideWindow
from app.ui.lanes.jobs import Err, Jobs, Lane, Ok
from app.ui.look.theme import Space, Tone
from app.ui.widgets.buttons import PrimaryButton
from app.ui.widgets.fields import Field, TextBox
from app.ui.widgets.leaving import LeaveButton
from app.ui.widgets.page import Command
from app.ui.widgets.parts import WrappingLabel, column

LINES, WIDTH = 8, 520
ABOUT = "Mỗi dòng một mục, theo thứ tự sẽ hiện ra. Xóa hết thì trở về danh sách có sẵn."


class WordsWindow(BesideWindow):
    """Beside the work, never in its way; closed it forgets."""

    kept = Signal(object)
    """The entries, in order."""

    def __init__(self, title: str, words: tuple[str, ...], over: QWidget) -> None:
        super().__init__(title, over)
        self.setMinimumWidth(WIDTH)
        self._box = TextBox(LINES)
        self._box.setPlainText("\n".join(words))
        keep, leave = PrimaryButton("Giữ danh sách", "F9"), LeaveButton("Thôi")
        layout = column(
            WrappingLabel(ABOUT, tone=Tone.QUIET),
            Field(title, self._box),
            self.foot(leave, keep),
            spacing=Space.BETWEEN,
        )
        layout.setContentsMargins(*[Space.PAGE] * 4)
        self.setLayout(layout)
        keep.clicked.connect(self._keep)
        leave.clicked.connect(self.close)

    def _keep(self) -> None:
        self.kept.emit(tuple(self._box.words().split("\n")))
        self.close()


TITLES = {
    Words.OUTCOMES: "Các kết quả trợ giúp",
    Words.LEVELS: "Các mức tài khoản định danh",
    Words.PRIORITIES: "Các lý do ưu tiên khi lấy số",
}


class OwnWords(QObject):
    """Brings the lists of this counter into sight, and keeps what becomes of them."""

    changed = Signal()
    refused = Signal(str)

    def __init__(self, choices: Choices, jobs: Jobs, over: QWidget) -> None:
        super().__init__(over)
        self._choices, self._jobs, self._over = choices, jobs, over

    def commands(self) -> list[Command]:
        """A list each."""
        return [
            Command(f"Sửa danh sách: {title}", "", partial(self._ask, words))
            for words, title in TITLES.items()
        ]

    def _ask(self, words: Words) -> None:
        choices = self._choices
        self._jobs.run(Lane.DESK, lambda: choices.of(words), partial(self._open, words))

    def _open(self, words: Words, result: Ok[tuple[str, ...]] | Err) -> None:
        if isinstance(result, Ok):
            window = WordsWindow(TITLES[words], result.value, self._over)
            window.kept.connect(partial(self._keep, words))
            window.show()

    def _keep(self, words: Words, listed: tuple[str, ...]) -> None:
        choices = self._choices
        self._jobs.run(Lane.DESK, lambda: choices.offer(words, listed), self._kept)

    def _kept(self, result: Ok[None] | Err) -> None:
        if isinstance(result, Err):
            self.refused.emit(str(result.error))
        else:
            self.changed.emit()
