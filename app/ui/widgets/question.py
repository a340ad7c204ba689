"""One question in a line at the foot of the window: Enter does it, Esc or any other work leaves it."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.ui.look.icons import Icon
from app.ui.look.theme import Space, Tone, Weight
from app.ui.widgets.asking_bar import AskingBar
from app.ui.widgets.came_from import CameFrom
from app.ui.widgets.parts import WrappingLabel, mark, row


class Question(AskingBar):
    """Out of sight until something is asked; it locks nothing and gives the focus back."""

    def __init__(self, deed: str, leave: str) -> None:
        super().__init__(deed)
        self._close.say(leave)
        self._icon, self._words = Icon(""), WrappingLabel(weight=Weight.MEDIUM)
        self._then: Callable[[], object] = int
        self._came_from = CameFrom()
        line = row(self._icon, self._words, self._close, self._go, spacing=Space.BETWEEN)
        line.setContentsMargins(Space.PAGE, Space.WITHIN, Space.PAGE, 0)
        line.setStretch(1, 1)
        self.setLayout(line)
        self.setFocusProxy(self._go)
        self.closed.connect(self._give_back)
        self.hide()

    def ask(self, sentence: str, tone: Tone, icon: str, then: Callable[[], object]) -> None:
        """Ask, and call `then` if the answer is yes."""
        self._then = then
        self._came_from.note()
        self._icon.draw(icon, tone)
        self._words.setText(sentence)
        self._words.set_tone(tone)
        self._go.setAccessibleDescription(sentence)
        mark(self, tone=tone.name.lower())
        self.show()
        self._go.setFocus(Qt.FocusReason.OtherFocusReason)

    def is_left_for(self, now: QWidget) -> None:
        """The focus went to `now`: whoever works on has answered."""
        if self.isVisible() and now is not self and not self.isAncestorOf(now):
            self.hide()

    def _settle(self) -> None:
        self.hide()
        self._then()

    def _give_back(self) -> None:
        self.hide()
        self._came_from.go_back()
