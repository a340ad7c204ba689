"""Asks why, in one line at the foot of a page, before several dossiers are sent back."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.ui.buttons import ENTER, PrimaryButton
from app.ui.fields import Line
from app.ui.leaving import LeaveButton
from app.ui.parts import Words, row
from app.ui.theme import Space, Tone, Weight

NO_REASON = "Hãy ghi lý do."


class ReasonBar(QWidget):
    """ "Trả lại 2 hồ sơ vì …": typed, and Enter sends back."""

    settled = Signal(str)
    """The reason."""
    closed = Signal()

    def __init__(self, deed: str) -> None:
        super().__init__()
        self._deed = deed
        self._count = Words(weight=Weight.STRONG)
        self._said = Words(tone=Tone.LATE)
        self._reason = Line("lý do, người nhận lại sẽ đọc")
        self._reason.setAccessibleName(f"Lý do {deed.lower()}")
        self._reason.textEdited.connect(lambda: self._said.setText(""))
        go, close = PrimaryButton(deed, ENTER), LeaveButton("Thôi")
        go.clicked.connect(self._settle)
        close.clicked.connect(self.closed)
        layout = row(self._count, self._reason, self._said, close, go, spacing=Space.BETWEEN)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self.setFocusProxy(self._reason)

    def ask(self, count: int) -> None:
        """Ask why `count` dossiers are sent back."""
        self._count.setText(f"{self._deed} {count} hồ sơ vì")
        self._said.setText("")
        self._reason.clear()
        self._reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._settle()
        elif event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def _settle(self) -> None:
        if reason := self._reason.words():
            self.settled.emit(reason)
        else:
            self._said.setText(NO_REASON)
