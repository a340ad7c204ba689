"""The door: who sits down, and the password that opens the data."""

from collections.abc import Callable, Mapping, Sequence
from enum import Enum, auto
from time import monotonic
from types import MappingProxyType
from typing import Generic, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.ui.doors.door_page import DoorPage
from app.ui.frame.practice_band import PracticeBand
from app.ui.lanes.jobs import Err, Jobs, Lane, Ok
from app.ui.look.theme import Space, Tone, Type, Weight
from app.ui.widgets.buttons import LinkButton, PrimaryButton
from app.ui.widgets.choices import Choice
from app.ui.widgets.fields import Field, secret
from app.ui.widgets.parts import Card, Part, Words, WrappingLabel, column, row
from app.ui.widgets.underway import MAKING, ONCE, Underway

Opened = TypeVar("Opened")

WIDTH = 440
NEW_VERSION = "Chương trình có bản mới nên đang dựng lại các bảng từ nhật ký."
NOTHING_LOST = (
    "Việc này chỉ làm một lần; hồ sơ vẫn nguyên. Đóng cửa sổ là dừng, lần mở sau làm lại."
)


class Door(Enum):
    """What is behind it."""

    COUNTER = auto()
    DEMO = auto()
    PRACTICE = auto()


PLACE = {
    Door.COUNTER: "Bộ phận Tiếp nhận và Trả kết quả",
    Door.DEMO: "Xã mẫu để tập làm",
    Door.PRACTICE: "Xã mẫu để tập dùng",
}
HINT = {
    Door.COUNTER: "",
    Door.DEMO: "Xã mẫu để tập làm: không cần mật khẩu, bấm Enter.",
    Door.PRACTICE: "Không cần mật khẩu. Giấy in ra mang chữ “TẬP DÙNG”; không gì được gửi đi.",
}
DEED = {
    Door.COUNTER: "Vào làm việc",
    Door.DEMO: "Vào làm thử",
    Door.PRACTICE: "Vào tập dùng",
}


class SignIn(DoorPage, Generic[Opened]):
    """Asks for officer and password; `opened` gets what `open_as(login, password)` gives."""

    def __init__(
        self,
        logins: Sequence[str],
        jobs: Jobs,
        open_as: Callable[[str, str], Opened],
        opened: Callable[[Opened], None],
        *,
        door: Door = Door.COUNTER,
        names: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        """`names`: how officers are called, by login, where that is known before the data is open."""
        super().__init__()
        self._jobs, self._open_as, self._opened, self._door = jobs, open_as, opened, door
        self._officer = Choice([(login, names.get(login, login)) for login in logins])
        self._password = secret()
        self._password.returnPressed.connect(self.enter)
        self._field = Field("Mật khẩu", self._password, hint=HINT[door], note_lines=2)
        self._button = PrimaryButton(DEED[door], "Return")
        self._button.clicked.connect(self.enter)
        self._underway = Underway()
        self._is_making = False
        self._stack = QStackedWidget()
        self.setWindowTitle("Một Cửa" if door is not Door.PRACTICE else "TẬP DÙNG — Một Cửa")
        self.setLayout(self._laid_out())

    def entered(self) -> None:
        self._password.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.enter()
        elif event.key() == Qt.Key.Key_Escape and self._is_making:
            self.stopped.emit()
        else:
            super().keyPressEvent(event)

    def enter(self) -> None:
        """Try the password as it stands."""
        if not self._button.isEnabled():
            return
        self._button.setEnabled(False)
        login, password = self._officer.value() or "", self._password.text()
        self._jobs.run(Lane.DESK, lambda: self._open_as(login, password), self._came_back)

    def show_progress(self, done: int, of: int) -> None:
        """How far the tables of a new version are; the door opens once they are whole."""
        self._show_underway(NEW_VERSION, NOTHING_LOST, done, of)

    def show_making(self, done: int, of: int) -> None:
        """How far the commune to practise on is."""
        self._is_making = True
        self._button.setEnabled(False)
        self._show_underway(MAKING, ONCE, done, of)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def ask_again(self, error: str) -> None:
        """Nothing came of it, and why: somebody else, or another password."""
        self._is_making = False
        self._button.setEnabled(True)
        self._stack.setCurrentIndex(0)
        self._field.set_error(error)
        self._password.selectAll()
        self._password.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- inside -----------------------------------------------------------------------------------

    def _laid_out(self) -> QVBoxLayout:
        card = Card()
        card.setFixedWidth(WIDTH)
        card.body.setSpacing(Space.BETWEEN)
        card.body.addWidget(Words("Một Cửa", Type.FIGURE, weight=Weight.BOLD))
        card.body.addWidget(WrappingLabel(PLACE[self._door], tone=Tone.QUIET))
        asked = QWidget()
        asked.setLayout(
            column(
                Field("Cán bộ", self._officer), self._field, self._button, *self._ways(),
                spacing=Space.BETWEEN,
            )
        )  # fmt: skip
        self._stack.addWidget(asked)
        self._stack.addWidget(self._underway)
        card.body.addWidget(self._stack)
        band = [PracticeBand()] if self._door is Door.PRACTICE else []
        return column(*band, None, row(None, card, None), None)

    def _ways(self) -> list[Part]:
        """Where else one can go from here."""
        links = {
            Door.COUNTER: [
                ("Tập dùng trên xã mẫu", "Alt+T", self.practise),
                ("Khôi phục từ bản sao lưu", "Alt+K", self.restore),
            ],
            Door.DEMO: [],
            Door.PRACTICE: [
                ("Bỏ dữ liệu tập, dựng lại", "Alt+D", self.begin_again),
                ("Về làm việc thật", "Alt+V", self.leave),
            ],
        }
        ways: list[Part] = []
        for words, key, signal in links[self._door]:
            link = LinkButton(words, key)
            link.clicked.connect(signal)
            ways.append(link)
        return ways

    def _show_underway(self, what: str, calm: str, done: int, of: int) -> None:
        self._underway.say(what, calm)
        self._underway.show_progress(done, of, monotonic())
        self._stack.setCurrentWidget(self._underway)

    def _came_back(self, result: Ok[Opened] | Err) -> None:
        if isinstance(result, Err):
            self.ask_again(str(result.error))
            return
        self._button.setEnabled(True)
        self._stack.setCurrentIndex(0)
        self._opened(result.value)
