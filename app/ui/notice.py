"""Says what has just been done, over the foot of the page, and goes away by itself."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QFrame, QWidget

from app.ui.buttons import LinkButton
from app.ui.icons import Icon
from app.ui.parts import WrappingLabel, mark, row
from app.ui.theme import Space, Tone, Weight

STAYS = 8000  # ms; long enough to read two lines and reach for the undo key
WIDEST = 640
UNDO_KEY = "Alt+Z"  # Ctrl+Z belongs to the field one types in


class Notice(QFrame):
    """One sentence at a time at the lower left of `over`, with an optional way back."""

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self._over = over
        self.setProperty("floats", True)
        self._undo: Callable[[], None] | None = None
        self._icon = Icon("", Tone.PLAIN)
        self._words = WrappingLabel(weight=Weight.MEDIUM)
        self._undo_button = LinkButton("Hoàn tác", UNDO_KEY)
        self._undo_button.clicked.connect(self._take_back)
        layout = row(self._icon, self._words, self._undo_button, spacing=Space.BETWEEN)
        layout.setContentsMargins(*[Space.BETWEEN] * 4)
        layout.setStretch(1, 1)
        self._row = layout
        self.setLayout(layout)
        self._timer = QTimer(self, singleShot=True, interval=STAYS)
        self._timer.timeout.connect(self.hide)
        over.installEventFilter(self)
        self.hide()

    def tell(
        self, sentence: str, tone: Tone, icon: str, undo: Callable[[], None] | None = None
    ) -> None:
        """Show `sentence` in place of the one before; `undo` is called if the officer takes it back."""
        self._undo = undo
        self._words.setText(sentence)
        self._icon.draw(icon, tone)
        self._undo_button.setVisible(undo is not None)
        mark(self, tone=tone.name.lower())
        self._place()
        self.show()
        self.raise_()
        self._timer.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place()
        return False

    def _place(self) -> None:
        width = min(WIDEST, self._over.width() - 2 * Space.PAGE)
        height = self._row.heightForWidth(width)
        self.setGeometry(Space.PAGE, self._over.height() - height - Space.PAGE, width, height)

    def _take_back(self) -> None:
        self.hide()
        if self._undo:
            self._undo()
