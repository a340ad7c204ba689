"""Says what has just been done, in a line of its own at the foot of the window, for a while."""

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from app.ui.look.icons import Icon
from app.ui.look.theme import Measure, Space, Tone, Type, Weight
from app.ui.widgets.buttons import LinkButton
from app.ui.widgets.parts import WrappingLabel, mark, row

STAYS = 8000  # ms; long enough to read two lines and reach for the undo key
UNDO_KEY = "Alt+Z"  # Ctrl+Z belongs to the field one types in


class Notice(QFrame):
    """One sentence at a time, with an optional way back; it covers nothing."""

    def __init__(self) -> None:
        super().__init__()
        self._undo: Callable[[], None] | None = None
        self._icon = Icon("", Tone.PLAIN)
        self._words = WrappingLabel(weight=Weight.MEDIUM)
        self._undo_button = LinkButton("Hoàn tác", UNDO_KEY)
        self._undo_button.setFixedHeight(Measure.ICON_RAIL)
        self._undo_button.clicked.connect(self._take_back)
        self._row: QHBoxLayout = row(
            self._icon, self._words, self._undo_button, spacing=Space.BETWEEN
        )
        self._row.setContentsMargins(Space.BETWEEN, 0, Space.BETWEEN, 0)
        self._row.setStretch(1, 1)
        self.setLayout(self._row)
        self._timer = QTimer(self, singleShot=True, interval=STAYS)
        self._timer.timeout.connect(self.hide)
        self.hide()

    def tell(
        self, sentence: str, tone: Tone, icon: str, undo: Callable[[], None] | None = None
    ) -> None:
        """Show `sentence` in place of the one before; `undo` is called if the officer takes it back."""
        self._undo = undo
        self._icon.draw(icon, tone)
        self._undo_button.setVisible(undo is not None)
        self._words.setText(sentence)
        mark(self, tone=tone.name.lower())
        self.show()
        self._fit()
        self._timer.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """In the usual size when it fits on a line, else smaller."""
        self._row.activate()
        for size in (Type.BODY, Type.SMALL):
            mark(self._words, type=size.name.lower())
            if self._words.heightForWidth(self._words.width()) < 2 * size:
                break
        self._words.setText(self._words.text())  # takes the room it needs now

    def _take_back(self) -> None:
        self.hide()
        if self._undo:
            self._undo()


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
