"""Says where the server is, and lets who leads the shop mend a wrong address."""

from functools import partial
from typing import Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.ui.lanes.jobs import Err, Jobs, Lane, Ok
from app.ui.look.theme import Space, Tone
from app.ui.widgets.buttons import ENTER, LinkButton, QuietButton
from app.ui.widgets.fields import Field, Line
from app.ui.widgets.leaving import LeaveButton
from app.ui.widgets.parts import Words, column, row

URL_HINT = "Ví dụ https://motcua.tinh.gov.vn"
SAME_KEY = (
    "Máy chủ vẫn phải giữ đúng khóa đã ghi danh; nơi khác trả lời ở địa chỉ này thì không gửi gì."
)


class Mends(Protocol):
    """The server's address, as this counter remembers it."""

    @property
    def may_mend(self) -> bool: ...

    def mend_address(self, url: str) -> None:
        """For a lane that may load what it needs. Raises `BadInput`, `Refused`."""


class AddressLine(QWidget):
    """One line; while it is mended a field below it. Enter keeps what is typed, Esc leaves it."""

    mended = Signal()

    def __init__(self, mends: Mends, jobs: Jobs) -> None:
        super().__init__()
        self._mends, self._jobs, self._url = mends, jobs, ""
        self._said = Words(tone=Tone.QUIET)
        self._mend = LinkButton("Sửa địa chỉ máy chủ", "Alt+A")
        self._line = Line(URL_HINT)
        self._field = Field("Địa chỉ máy chủ", self._line, hint=SAME_KEY)
        keep, leave = QuietButton("Dùng địa chỉ này", ENTER), LeaveButton("Thôi")
        self._asking = QWidget()
        buttons = row(keep, leave, None, spacing=Space.WITHIN)
        self._asking.setLayout(column(self._field, buttons, spacing=Space.WITHIN))
        head = row(self._said, self._mend, None, spacing=Space.BETWEEN)
        self.setLayout(column(head, self._asking, spacing=Space.WITHIN))
        self._mend.setVisible(mends.may_mend)
        self._asking.hide()
        self._mend.clicked.connect(self._ask)
        self._line.returnPressed.connect(self._keep)
        keep.clicked.connect(self._keep)
        leave.clicked.connect(self._leave)

    def show_address(self, url: str) -> None:
        """Where it is now."""
        self._url = url
        self._said.setText(f"Máy chủ: {url}")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._asking.isVisible():
            self._leave()
        else:
            super().keyPressEvent(event)

    # --- inside -----------------------------------------------------------------------------------

    def _ask(self) -> None:
        self._line.setText(self._url)
        self._field.set_error("")
        self._asking.show()
        self._line.selectAll()
        self._line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _leave(self) -> None:
        self._mend.setFocus(Qt.FocusReason.OtherFocusReason)
        self._asking.hide()

    def _keep(self) -> None:
        work = partial(self._mends.mend_address, self._line.words())
        self._jobs.run(Lane.NET, work, self._kept)

    def _kept(self, result: Ok[None] | Err) -> None:
        if isinstance(result, Err):
            self._field.set_error(str(result.error))
            self._line.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._leave()
        self.mended.emit()
