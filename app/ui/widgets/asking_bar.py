"""One line at the foot of a page that asks for one thing: Enter goes on, Esc leaves."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.ui.widgets.buttons import ENTER, PrimaryButton
from app.ui.widgets.leaving import LeaveButton


class AskingBar(QWidget):
    """What is common to such lines; each lays itself out, with `_close` and `_go` at its end."""

    settled = Signal(str)
    """The answer."""
    closed = Signal()

    def __init__(self, deed: str) -> None:
        super().__init__()
        self._go, self._close = PrimaryButton(deed, ENTER), LeaveButton("Thôi")
        self._go.clicked.connect(self._settle)
        self._close.clicked.connect(self.closed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._settle()
        elif event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def _settle(self) -> None:
        """Emit `settled` with the answer, or say what is missing."""
        raise NotImplementedError
