"""Inputs one chooses with: segments, ticks, counts and lists; all of them by keys alone."""

from collections.abc import Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QRectF, QRegularExpression, QSize, Qt, Signal
from PySide6.QtGui import (
    QFont,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QRegularExpressionValidator,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QPushButton,
    QStyle,
    QStyleOptionComboBox,
    QWidget,
)

from app.ui.look import icons, theme
from app.ui.look.theme import Colour, Measure, Space, Weight
from app.ui.widgets.parts import WrappingLabel, row

Value = TypeVar("Value")


class _Segment(QPushButton):
    """Has room for its words in the weight they have once it is chosen."""

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        strong = QFont(self.font())
        strong.setWeight(QFont.Weight(Weight.STRONG))
        widths = (
            QFontMetrics(font).horizontalAdvance(self.text()) for font in (strong, self.font())
        )
        return hint + QSize(max(0, next(widths) - next(widths)), 0)


class Segments(QWidget, Generic[Value]):
    """One of a few, all in sight. Tab comes to the one chosen, the arrow keys choose another."""

    chosen = Signal(object)

    def __init__(self, options: Sequence[tuple[Value, str]], label: str = "") -> None:
        super().__init__()
        self._values = [value for value, _ in options]
        self._group = QButtonGroup(self)
        layout = row(spacing=Space.TIGHT)
        for place, (_, words) in enumerate(options):
            button = _Segment(words)
            button.setCheckable(True)
            button.setCursor(Qt.CursorShape.PointingHandCursor)
            button.setAccessibleDescription(label)
            self._group.addButton(button, place)
            layout.addWidget(button)
        self.setLayout(layout)
        self._group.button(0).setChecked(True)
        self._group.idToggled.connect(self._toggled)

    def value(self) -> Value:
        """The one chosen."""
        return self._values[self._group.checkedId()]

    def choose(self, value: Value) -> None:
        """Choose `value`; ValueError when it isn't offered."""
        self._group.button(self._values.index(value)).setChecked(True)

    def rename(self, value: Value, words: str) -> None:
        """Other words for `value`; ValueError when it isn't offered."""
        self._group.button(self._values.index(value)).setText(words)

    def _toggled(self, place: int, is_checked: bool) -> None:
        if is_checked:
            self.chosen.emit(self._values[place])


class TickBox(QCheckBox):
    """The box of a tick."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(QSize(Measure.ICON_RAIL, Measure.ICON_RAIL))

    def hitButton(self, place: object) -> bool:
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        colour = Colour.ACCENT if self.isChecked() else Colour.QUIET
        painter = QPainter(self)
        inset = (self.width() - Measure.ICON) / 2
        square = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        icons.paint(painter, "square-check" if self.isChecked() else "square", square, colour)
        if self.hasFocus():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(theme.colour(Colour.ACCENT))
            painter.drawRoundedRect(
                QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5),
                Measure.RADIUS_CONTROL,
                Measure.RADIUS_CONTROL,
            )
        painter.end()


class Tick(QWidget):
    """A tick with words that may take several lines; the words can be clicked too."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.box = TickBox()
        self._words = WrappingLabel()
        layout = row(self.box, self._words)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self.setFocusProxy(self.box)
        self.say(text)

    def say(self, text: str) -> None:
        """Other words for the tick."""
        self.box.setAccessibleName(text)
        self._words.setText(text)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.box.click()


class CountBox(QLineEdit):
    """How many, 1–999; blank is none and shows as a dash. Arrow keys count up and down."""

    changed = Signal(object)

    def __init__(self, label: str) -> None:
        super().__init__()
        self.setFixedSize(QSize(Measure.ROW + Space.BETWEEN, Measure.ICON_RAIL + Space.WITHIN))
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setPlaceholderText("–")
        self.setValidator(QRegularExpressionValidator(QRegularExpression("[0-9]{0,3}"), self))
        self.setAccessibleName(label)
        self.textChanged.connect(lambda: self.changed.emit(self.count()))

    def count(self) -> int | None:
        """How many; None when blank or 0."""
        return int(self.text() or 0) or None

    def set_count(self, count: int | None) -> None:
        """Show `count`; None and 0 as blank."""
        self.setText(str(count) if count else "")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}
        if step := steps.get(Qt.Key(event.key())):
            self.set_count(max(0, min(999, (self.count() or 0) + step)))
        else:
            super().keyPressEvent(event)


class Choice(QComboBox, Generic[Value]):
    """One of a list that opens."""

    chosen = Signal(object)

    def __init__(self, options: Sequence[tuple[Value, str]] = ()) -> None:
        super().__init__()
        self._values: list[Value] = []
        self.setFixedHeight(Measure.CONTROL + Measure.FOCUS)
        self.offer(options)
        self.currentIndexChanged.connect(self._changed)

    def offer(self, options: Sequence[tuple[Value, str]]) -> None:
        """Other options; the first is chosen."""
        self._values = []
        self.clear()
        self._values = [value for value, _ in options]
        self.addItems([words for _, words in options])

    def value(self) -> Value | None:
        """The one chosen; None when nothing is offered."""
        return self._values[self.currentIndex()] if self._values else None

    def choose(self, value: Value) -> None:
        """Choose `value`; ValueError when it isn't offered."""
        self.setCurrentIndex(self._values.index(value))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier and event.text():
            event.ignore()  # a page's key: Qt would look for a choice that begins so
        else:
            super().keyPressEvent(event)

    def showPopup(self) -> None:
        """The list is as wide as its longest words, where the screen is."""
        wanted = self.view().sizeHintForColumn(0) + Space.PAGE
        self.view().setMinimumWidth(min(wanted, self.screen().availableGeometry().width()))
        super().showPopup()

    def initStyleOption(self, option: QStyleOptionComboBox) -> None:
        super().initStyleOption(option)
        box, field = QStyle.ComplexControl.CC_ComboBox, QStyle.SubControl.SC_ComboBoxEditField
        room = self.style().subControlRect(box, option, field, self).width()
        option.currentText = self.fontMetrics().elidedText(
            self.currentText(), Qt.TextElideMode.ElideRight, room
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        side = float(Measure.ICON)
        left, top = self.width() - side - Space.WITHIN, (self.height() - side) / 2
        icons.paint(painter, "chevron-down", QRectF(left, top, side, side), Colour.QUIET)
        painter.end()

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # a page scrolled past must not change what it passes

    def _changed(self, place: int) -> None:
        if 0 <= place < len(self._values):
            self.chosen.emit(self._values[place])
