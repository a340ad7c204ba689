"""The room a page, or a part of one, has: scrolled where it needs more, exactly filled where not."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QWidget

from app.ui.look.theme import Space
from app.ui.widgets.page import Page
from app.ui.widgets.parts import Card

TITLE_BAR = 48  # px at most, above a window that nothing tells of before it is shown
_BAR = Space.BETWEEN  # how wide the style draws a scroll bar


def on_screen(window: QWidget, wanted: QSize) -> QSize:
    """As much of `wanted` as the screen of `window` holds, its title bar in sight."""
    return wanted.boundedTo(window.screen().availableSize() - QSize(0, TITLE_BAR))


class Scrolled(QScrollArea):
    """Holds a widget. Qt's own resizing would give it the height it likes best, not the least."""

    def __init__(self, content: QWidget, least_width: int = 0) -> None:
        """`least_width`: px; where there are fewer it is scrolled sideways."""
        super().__init__()
        self._content, self._least_width = content, least_width
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(content)
        content.installEventFilter(self)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._went)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._content and event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().eventFilter(watched, event)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)

    def _fit(self) -> None:
        room = self.maximumViewportSize()
        least = self._least(room.width())
        if least.width() > room.width():
            room.setHeight(room.height() - _BAR)
        if least.height() > room.height():
            room.setWidth(room.width() - _BAR)
            least = self._least(room.width())
        was = self._content.height()
        self._content.resize(room.expandedTo(least))
        if self._content.height() > was:  # what came may have pushed it out of sight
            self._follow(QApplication.focusWidget())

    def _least(self, width: int) -> QSize:
        """The least the content needs when it is this wide."""
        least = self._content.minimumSizeHint().expandedTo(QSize(self._least_width, 0))
        layout = self._content.layout()
        if layout is not None and layout.hasHeightForWidth():
            wide = max(width, least.width())
            least.setHeight(max(least.height(), layout.totalMinimumHeightForWidth(wide)))
        return least

    def _went(self, _: QWidget | None, now: QWidget | None) -> None:
        self._follow(now)

    def _follow(self, now: QWidget | None) -> None:
        """Keep in sight what the keys go to, and the card around it where that fits."""
        if now is None or now is self._content or not self._content.isAncestorOf(now):
            return
        around = now.parentWidget()
        # no further up than needed: for a widget unknown to it PySide makes a type of every kind, 0.8 MiB
        while not isinstance(around, Card | None) and around is not self._content:
            around = around.parentWidget()
        if isinstance(around, Card) and around.height() <= self.maximumViewportSize().height():
            self.ensureWidgetVisible(around, 0, 0)
        self.ensureWidgetVisible(now, Space.PAGE, Space.PAGE)


class Room(Scrolled):
    """Of one page in the window."""

    def __init__(self, page: Page) -> None:
        super().__init__(page, page.least_width)
        self.page = page
