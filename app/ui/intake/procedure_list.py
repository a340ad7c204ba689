"""The procedures that match what is typed, the likeliest first: name whole, code, field and limit below."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from app.models.procedures.procedure import Procedure
from app.ui.look import icons, theme
from app.ui.look.theme import Colour, Measure, Space, Type, Weight

Index = QModelIndex | QPersistentModelIndex

PROCEDURE_ROLE = Qt.ItemDataRole.UserRole
UNCONFIRMED = "chưa kiểm chứng"
NOWHERE = QModelIndex()
HEIGHTS_KEPT = 1_000  # of a catalogue's names and lines, at a few widths
_FLOW = int(Qt.TextFlag.TextWordWrap) | int(Qt.AlignmentFlag.AlignLeft)


def told(procedure: Procedure) -> str:
    """The line under a name: code, field, the usual case's limit."""
    usual = procedure.cases[0] if procedure.cases else None
    phrase = (usual.limit.phrase if usual.limit else usual.phrase) if usual else ""
    return " · ".join(filter(None, (procedure.code, procedure.field, phrase)))


class Found(QAbstractListModel):
    """The procedures found."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: Sequence[Procedure] = ()

    def show(self, rows: Sequence[Procedure]) -> None:
        if rows != self._rows:  # the same are laid out already
            self.beginResetModel()
            self._rows = rows
            self.endResetModel()

    def procedure(self, row: int) -> Procedure:
        return self._rows[row]

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        procedure = self._rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return procedure.name
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{procedure.name}, {told(procedure)}"
            case int(value) if value == PROCEDURE_ROLE:
                return procedure
        return None


class FoundPainter(QStyledItemDelegate):
    """Draws one procedure: its whole name, then the quiet line."""

    def __init__(self, view: QListView, found: Found) -> None:
        super().__init__(view)
        self.room = view.width()
        self._found = found

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        procedure = self._found.procedure(index.row())
        area: QRect = option.rect
        if bool(option.state & QStyle.StateFlag.State_Selected):
            painter.fillRect(area, theme.colour(Colour.ACCENT_SOFT))
            bar = QRect(area.left(), area.top(), Space.TIGHT, area.height())
            painter.fillRect(bar, theme.colour(Colour.ACCENT))
        name, line = self._areas(procedure, area)
        painter.setFont(theme.font(Type.BODY, Weight.MEDIUM))
        painter.setPen(theme.colour(Colour.INK))
        painter.drawText(name, _FLOW, procedure.name)
        painter.setFont(theme.font(Type.SMALL))
        painter.setPen(theme.colour(Colour.QUIET))
        painter.drawText(line, _FLOW, told(procedure))
        if not procedure.confirmed:
            self._paint_unconfirmed(painter, name)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        _, line = self._areas(self._found.procedure(index.row()), QRect(0, 0, self.room, 0))
        return QSize(self.room, line.bottom() + 1 + Measure.FOCUS)

    def _areas(self, procedure: Procedure, area: QRect) -> tuple[QRect, QRect]:
        """Where name and line stand."""
        mark = 0 if procedure.confirmed else self._mark_width() + Space.BETWEEN
        inner = area.adjusted(Space.BETWEEN, Measure.FOCUS, -Space.BETWEEN, 0)
        wide = inner.width()
        tall = _height(procedure.name, Type.BODY, Weight.MEDIUM, wide - mark)
        name = QRect(inner.left(), inner.top(), wide - mark, tall)
        tall = _height(told(procedure), Type.SMALL, Weight.PLAIN, wide)
        return name, QRect(inner.left(), name.bottom() + 1, wide, tall)

    def _mark_width(self) -> int:
        metrics = QFontMetrics(theme.font(Type.SMALL, Weight.STRONG))
        return metrics.horizontalAdvance(UNCONFIRMED) + Type.SMALL + Space.TIGHT

    def _paint_unconfirmed(self, painter: QPainter, name: QRect) -> None:
        left = name.right() + Space.BETWEEN
        sign = QRectF(left, name.top() + Space.TIGHT, Type.SMALL, Type.SMALL)
        icons.paint(painter, "triangle-alert", sign, Colour.TODAY)
        words = QRect(
            left + Type.SMALL + Space.TIGHT,
            name.top() + Measure.FOCUS,
            self._mark_width(),
            Space.PAGE,
        )
        painter.setFont(theme.font(Type.SMALL, Weight.STRONG))
        painter.setPen(theme.colour(Colour.TODAY))
        painter.drawText(words, _FLOW, UNCONFIRMED)


@lru_cache(HEIGHTS_KEPT)
def _height(text: str, size: Type, weight: Weight, width: int) -> int:
    """What `text` fills over as many lines of `width` as it needs, px."""
    metrics = QFontMetrics(theme.font(size, weight))
    return metrics.boundingRect(QRect(0, 0, width, 0), _FLOW, text).height()


class ProcedureList(QListView):
    """What was found. The keys belong to the search line above; the mouse chooses here."""

    picked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._found = Found()
        self._painter = FoundPainter(self, self._found)
        self.setModel(self._found)
        self.setItemDelegate(self._painter)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("Thủ tục tìm thấy")

    def show_procedures(self, procedures: Sequence[Procedure], *, is_asked: bool) -> None:
        """Show these; the first is current if they were asked for, or a stray Enter would choose it."""
        self._found.show(procedures)
        self.setCurrentIndex(NOWHERE)
        self.scrollToTop()
        if procedures and is_asked:
            self._go(0)

    def step(self, by: int) -> None:
        """Make the next (+1) or the previous (−1) current."""
        if self._found.rowCount():
            row = self.currentIndex().row() + by
            self._go(max(0, min(row, self._found.rowCount() - 1)))

    def current(self) -> Procedure | None:
        """The one that Enter would choose."""
        found: Procedure | None = self.currentIndex().data(PROCEDURE_ROLE)
        return found

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and event.button() == Qt.MouseButton.LeftButton:
            self.picked.emit(index.data(PROCEDURE_ROLE))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # asked for the viewport itself, PySide makes a type of every kind of widget: 0.8 MiB
        self._painter.room = event.size().width()
        self.scheduleDelayedItemsLayout()

    def _go(self, row: int) -> None:
        index = self._found.index(row, 0)
        self.setCurrentIndex(index)
        self.scrollTo(index)
