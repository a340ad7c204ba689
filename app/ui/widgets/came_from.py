"""Gives the focus back to where it was before something came over the window."""

import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget


class CameFrom:
    """Where the focus was; what lay there may have gone since, for pages are filled anew meanwhile."""

    def __init__(self) -> None:
        self._widget: QWidget | None = None

    def note(self) -> None:
        """Whoever asks now is who gets it back."""
        self._widget = QApplication.focusWidget()

    def go_back(self) -> None:
        """Where that is gone or out of sight, the focus stays where Qt leads it."""
        widget, self._widget = self._widget, None
        if widget is not None and shiboken6.isValid(widget) and widget.isVisible():
            widget.setFocus(Qt.FocusReason.OtherFocusReason)
