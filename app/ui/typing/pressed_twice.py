"""Takes a key pressed twice in a breath for one press, where the second would do what nobody meant."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QWindow

from app.ui.typing.at_focus import AtFocus

BREATH = 700  # ms


class PressedTwice(AtFocus):
    """After `done`, `key` pressed within a breath, and before any other, does nothing."""

    def __init__(self, parent: QObject, key: Qt.Key) -> None:
        super().__init__(parent)
        self._key = key
        self._breath = QTimer(self, singleShot=True, interval=BREATH)
        self._breath.timeout.connect(self.unwatch)

    def done(self) -> None:
        """What the key does is done, and the same key would do something else now."""
        self._breath.start()
        self.watch()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not (isinstance(watched, QWindow) and isinstance(event, QKeyEvent)):
            return False
        if event.type() == QEvent.Type.KeyRelease:
            return False
        if event.key() == self._key and not event.modifiers():
            self._breath.start()  # held down, it comes again and again
            event.accept()  # or a shortcut would be pressed before the key came here
            return True
        self._breath.stop()
        self.unwatch()
        return False
