"""The headings of a table: the hand points only at those by which rows can be sorted."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QItemSelection, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QHeaderView, QWidget

from app.ui.widgets.tables import Column

_HAND = Qt.CursorShape.PointingHandCursor
_DRAWS = Qt.CursorShape.SplitHCursor


class Heads(QHeaderView):
    """One heading a column; between two of them a column is drawn wider, as Qt does it."""

    def __init__(self, columns: Sequence[Column[Any]], parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._columns = columns
        self.setSectionsClickable(True)

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """They look the same whatever row is chosen; Qt would draw all of them again."""

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.cursor().shape() == _HAND:
            self.unsetCursor()  # Qt shows its own only where none is set
        super().mouseMoveEvent(event)
        place = self.logicalIndexAt(event.position().toPoint())
        if place >= 0 and self._columns[place].order and self.cursor().shape() != _DRAWS:
            self.setCursor(_HAND)
