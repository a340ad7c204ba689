"""The door: who sits down, and the password that opens the data."""

from collections.abc import Callable, Sequence
from time import monotonic
from typing import Generic, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QLineEdit, QProgressBar, QStackedWidget, QVBoxLayout, QWidget

from app.models.text import grouped
from app.ui.buttons import PrimaryButton
from app.ui.choices import Choice
from app.ui.fields import Field, Line
from app.ui.help_panel import KEY as HELP_KEY
from app.ui.help_panel import HelpPanel
from app.ui.help_text import name_of
from app.ui.jobs import Err, Jobs, Lane, Ok
from app.ui.page import Page
from app.ui.parts import Card, Words, WrappingLabel, column, row
from app.ui.theme import Space, Tone, Type, Weight

Opened = TypeVar("Opened")

WIDTH = 440
NEW_VERSION = "Chương trình có bản mới nên đang dựng lại các bảng từ nhật ký."
NOTHING_LOST = (
    "Việc này chỉ làm một lần; hồ sơ vẫn nguyên. Đóng cửa sổ là dừng, lần mở sau làm lại."
)


class Rebuilding(QWidget):
    """What happens while a new version folds the tables anew, how far it is and how long it takes."""

    def __init__(self) -> None:
        super().__init__()
        self._began = 0.0
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName("Tiến độ dựng lại bảng")
        self._far = Words(size=Type.SMALL, tone=Tone.QUIET, figures=True)
        self.setLayout(
            column(
                WrappingLabel(NEW_VERSION, weight=Weight.STRONG),
                WrappingLabel(NOTHING_LOST, tone=Tone.QUIET),
                self._bar,
                self._far,
                None,
                spacing=Space.BETWEEN,
            )
        )

    def show_progress(self, done: int, of: int, now: float) -> None:
        """`done` of `of` things at `now`, seconds of a clock that only runs on."""
        if not done:
            self._began = now
        self._bar.setMaximum(of)
        self._bar.setValue(done)
        self._far.setText(spoken_progress(done, of, now - self._began))


def spoken_progress(done: int, of: int, seconds: float) -> str:
    """ "Đã xong 4.200 / 20.000 mục, còn khoảng 2 phút"."""
    said = f"Đã xong {grouped(done)} / {grouped(of)} mục"
    if done == 0 or seconds < 1:
        return said
    left = seconds / done * (of - done)
    return f"{said}, còn {'chưa đến 1 phút' if left < 60 else f'khoảng {left / 60:.0f} phút'}"


class SignIn(Page, Generic[Opened]):
    """Asks for officer and password; `opened` gets what `open_as(login, password)` gives."""

    def __init__(
        self,
        logins: Sequence[str],
        jobs: Jobs,
        open_as: Callable[[str, str], Opened],
        opened: Callable[[Opened], None],
        *,
        demo: bool = False,
    ) -> None:
        super().__init__()
        self._jobs, self._open_as, self._opened = jobs, open_as, opened
        self._officer = Choice([(login, login) for login in logins])
        self._password = Line()
        self._password.setEchoMode(QLineEdit.EchoMode.Password)
        self._password.returnPressed.connect(self.enter)
        self._field = Field("Mật khẩu", self._password, hint=_hint(demo), note_lines=2)
        self._button = PrimaryButton("Vào làm thử" if demo else "Vào làm việc", "Return")
        self._button.clicked.connect(self.enter)
        self._rebuilding = Rebuilding()
        self._stack = QStackedWidget()
        self._help = HelpPanel(self)
        QShortcut(QKeySequence(HELP_KEY), self, lambda: self._help.ask(name_of(type(self))))
        self.setWindowTitle("Một Cửa")
        self.setLayout(self._laid_out(demo=demo))

    def entered(self) -> None:
        self._password.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._help.place()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.enter()
        else:
            super().keyPressEvent(event)

    def _laid_out(self, *, demo: bool) -> QVBoxLayout:
        card = Card()
        card.setFixedWidth(WIDTH)
        card.body.setSpacing(Space.BETWEEN)
        card.body.addWidget(Words("Một Cửa", Type.FIGURE, weight=Weight.BOLD))
        place = "Xã mẫu để tập làm" if demo else "Bộ phận Tiếp nhận và Trả kết quả"
        card.body.addWidget(WrappingLabel(place, tone=Tone.QUIET))
        asked = QWidget()
        asked.setLayout(
            column(Field("Cán bộ", self._officer), self._field, self._button, spacing=Space.BETWEEN)
        )
        self._stack.addWidget(asked)
        self._stack.addWidget(self._rebuilding)
        card.body.addWidget(self._stack)
        return column(None, row(None, card, None), None)

    def show_progress(self, done: int, of: int) -> None:
        """How far the tables of a new version are; the door opens once they are whole."""
        self._rebuilding.show_progress(done, of, monotonic())
        self._stack.setCurrentWidget(self._rebuilding)

    def enter(self) -> None:
        """Try the password as it stands."""
        if not self._button.isEnabled():
            return
        self._button.setEnabled(False)
        login, password = self._officer.value() or "", self._password.text()
        self._jobs.run(Lane.DESK, lambda: self._open_as(login, password), self._came_back)

    def _came_back(self, result: Ok[Opened] | Err) -> None:
        self._button.setEnabled(True)
        self._stack.setCurrentIndex(0)
        if isinstance(result, Ok):
            self._opened(result.value)
            return
        self._field.set_error(str(result.error))
        self._password.selectAll()
        self._password.setFocus(Qt.FocusReason.OtherFocusReason)


def _hint(demo: bool) -> str:
    return "Xã mẫu để tập làm: không cần mật khẩu, bấm Enter." if demo else ""
