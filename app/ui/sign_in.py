"""The door: who sits down, and the password that opens the data."""

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout

from app.ui.buttons import PrimaryButton
from app.ui.choices import Choice
from app.ui.fields import Field, Line
from app.ui.jobs import Err, Jobs, Lane, Ok
from app.ui.page import Page
from app.ui.parts import Card, Words, WrappingLabel, column, row
from app.ui.theme import Space, Tone, Type, Weight

Opened = TypeVar("Opened")

WIDTH = 440


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
        self.setWindowTitle("Một Cửa")
        self.setLayout(self._laid_out(demo=demo))

    def entered(self) -> None:
        self._password.setFocus(Qt.FocusReason.OtherFocusReason)

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
        card.body.addWidget(Field("Cán bộ", self._officer))
        card.body.addWidget(self._field)
        card.body.addWidget(self._button)
        return column(None, row(None, card, None), None)

    def enter(self) -> None:
        """Try the password as it stands."""
        if not self._button.isEnabled():
            return
        self._button.setEnabled(False)
        login, password = self._officer.value() or "", self._password.text()
        self._jobs.run(Lane.DESK, lambda: self._open_as(login, password), self._came_back)

    def _came_back(self, result: Ok[Opened] | Err) -> None:
        self._button.setEnabled(True)
        if isinstance(result, Ok):
            self._opened(result.value)
            return
        self._field.set_error(str(result.error))
        self._password.selectAll()
        self._password.setFocus(Qt.FocusReason.OtherFocusReason)


def _hint(demo: bool) -> str:
    return "Xã mẫu để tập làm: không cần mật khẩu, bấm Enter." if demo else ""
