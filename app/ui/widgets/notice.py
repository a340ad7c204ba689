"""Says what has just been done, in a line of its own at the foot of the window, for a while."""

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QTimer
from PySide6.QtGui import QFontMetrics, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from app.ui.look.icons import Icon
from app.ui.look.theme import Measure, Space, Tone, Type, Weight, font
from app.ui.widgets.buttons import ENTER, LinkButton
from app.ui.widgets.parts import WrappingLabel, mark, row

STAYS = 8000  # ms; long enough to read two lines and reach for the undo key
LASTS = 120_000  # ms in which a deed can be taken back here, unless another was done
UNDO_KEY = "Alt+Z"  # Ctrl+Z belongs to the field one types in
GONE = "Không còn việc vừa ghi để hoàn tác ở đây. Hãy mở hồ sơ rồi bấm Ctrl Shift Z."


class _Said(NamedTuple):
    sentence: str
    tone: Tone
    icon: str
    undo: Callable[[], None] | None


class _UndoLink(LinkButton):
    """Shows the key, which the strip hears even while there is nothing to take back."""

    def __init__(self) -> None:
        super().__init__("Hoàn tác", ENTER)
        self.setProperty("key", UNDO_KEY)

    def _drawn_key(self, key: str) -> QLabel:
        return super()._drawn_key(UNDO_KEY)


class Notice(QFrame):
    """One sentence at a time, with an optional way back; it covers nothing.

    A way back that lasts comes into sight again after what was said meanwhile.
    """

    def __init__(self) -> None:
        super().__init__()
        self._said: _Said | None = None
        self._lasting: _Said | None = None
        self._icon = Icon("", Tone.PLAIN)
        self._words = WrappingLabel(weight=Weight.MEDIUM)
        self._undo_button = _UndoLink()
        self._undo_button.setFixedHeight(Measure.ICON_RAIL)
        self._undo_button.clicked.connect(self.take_back)
        self._row: QHBoxLayout = row(
            self._icon, self._words, self._undo_button, spacing=Space.BETWEEN
        )
        self._row.setContentsMargins(Space.BETWEEN, 0, Space.BETWEEN, 0)
        self._row.setStretch(1, 1)
        self.setLayout(self._row)
        self._timer = QTimer(self, singleShot=True, interval=STAYS)
        self._timer.timeout.connect(self._over)
        self._last = QTimer(self, singleShot=True, interval=LASTS)
        self._last.timeout.connect(self._forget)
        self.hide()

    def tell(
        self,
        sentence: str,
        tone: Tone,
        icon: str,
        undo: Callable[[], None] | None = None,
        *,
        lasts: bool = False,
    ) -> None:
        """Show `sentence` in place of the one before; `undo` is called if the officer takes it back."""
        said = _Said(sentence, tone, icon, undo)
        self._show(said)
        self._timer.start()
        if undo:
            self._lasting = said if lasts else None
            self._last.start()

    def withdraw(self, sentence: str) -> None:
        """Say `sentence` no longer, if that is what stands there."""
        if self._said and self._said.sentence == sentence:
            self._timer.stop()
            self._over()

    def take_back(self) -> None:
        """Call what takes back the deed in sight; else bring one into sight, or say where it is done."""
        if self._said and (undo := self._said.undo):
            self._said = self._lasting = None
            self.hide()
            undo()
        elif self._lasting:
            self._timer.stop()
            self._show(self._lasting)
        else:
            self.tell(GONE, Tone.PLAIN, "info")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """In the usual size when it fits on a line, else smaller."""
        self._row.activate()
        usual = QFontMetrics(font(weight=Weight.MEDIUM))
        is_long = usual.horizontalAdvance(self._words.text()) >= self._words.width()
        size = Type.SMALL if is_long else Type.BODY
        mark(self._words, type=size.name.lower())
        self._words.setText(self._words.text())  # takes the room it needs now

    def _show(self, said: _Said) -> None:
        self._said = said
        self._icon.draw(said.icon, said.tone)
        self._undo_button.setVisible(said.undo is not None)
        self._words.setText(said.sentence)
        mark(self, tone=said.tone.name.lower())
        self.show()
        self._fit()

    def _over(self) -> None:
        if self._lasting:
            self._show(self._lasting)
        else:
            self._said = None
            self.hide()

    def _forget(self) -> None:
        self._lasting = None
        if not self._timer.isActive():
            self._over()


class Strip(QFrame):
    """The foot of the window: its height is there before anything is said."""

    def __init__(self, *beside: QWidget) -> None:
        super().__init__()
        self.notice = Notice()
        place = self.notice.sizePolicy()
        place.setRetainSizeWhenHidden(True)
        self.notice.setSizePolicy(place)
        layout = row(self.notice, *beside, spacing=Space.BETWEEN)
        layout.setContentsMargins(Space.PAGE, 0, Space.PAGE, Space.TIGHT)
        layout.setStretch(0, 1)
        self.setLayout(layout)
        self.setMinimumHeight(Measure.CONTROL)
        undo = QShortcut(QKeySequence(UNDO_KEY), self, self.notice.take_back)
        undo.setAutoRepeat(False)
