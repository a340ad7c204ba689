"""What a hand with a mouse does that `QTest` has no words for."""

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget

LEFT, NO_KEY = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
NOTCH = 120  # eighths of a degree


def drop(content: QMimeData, onto: QWidget, at: QPoint) -> None:
    """Let go of `content` over a widget, if it takes that."""
    how = (Qt.DropAction.CopyAction, content, LEFT, NO_KEY)
    entered = QDragEnterEvent(at, *how)
    QApplication.sendEvent(onto, entered)
    if entered.isAccepted():
        QApplication.sendEvent(onto, QDropEvent(QPointF(at), *how))


def turn_wheel(over: QWidget, at: QPoint, notches: int) -> None:
    """Away from oneself, or with a negative number towards oneself."""
    turned = QWheelEvent(
        QPointF(at), QPointF(over.mapToGlobal(at)), QPoint(), QPoint(0, notches * NOTCH),
        Qt.MouseButton.NoButton, NO_KEY, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(over, turned)
