"""Sees what is typed before anybody else does: at each window, and at whatever has the focus."""

import shiboken6
from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication, QWindow


class AtFocus(QObject):
    """Whoever overrides `eventFilter` hears of keys, composed words, and what ends them.

    As a filter of the application it would be asked in Python of every event of every part, of which
    there are thousands while a page comes into sight; that took a third of a page's time.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._focus: QObject | None = None
        self._is_watching = False

    def watch(self) -> None:
        """Hear of what is typed from here on, before those who have been watching."""
        if not self._is_watching:
            self._is_watching = True
            _application().focusWindowChanged.connect(self._watch_window)
            _application().focusObjectChanged.connect(self._follow)
        for window in QGuiApplication.allWindows():
            window.installEventFilter(self)
        self._follow(QGuiApplication.focusObject())

    def unwatch(self) -> None:
        """Hear of nothing more."""
        if self._is_watching:
            self._is_watching = False
            _application().focusWindowChanged.disconnect(self._watch_window)
            _application().focusObjectChanged.disconnect(self._follow)
            for window in QGuiApplication.allWindows():
                window.removeEventFilter(self)
            self._follow(None)

    def _watch_window(self, window: QWindow | None) -> None:
        if window is not None:
            window.installEventFilter(self)

    def _follow(self, focus: QObject | None) -> None:
        before, self._focus = self._focus, focus
        if before is not None and before is not focus and shiboken6.isValid(before):
            before.removeEventFilter(self)
        if focus is not None:
            focus.installEventFilter(self)


def _application() -> QGuiApplication:
    app = QGuiApplication.instance()
    assert isinstance(app, QGuiApplication)
    return app
