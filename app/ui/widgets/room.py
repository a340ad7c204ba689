"""The room a page has in the window: scrolled where the page needs more, exactly filled where not."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QWidget

from app.ui.look.theme import Space
from app.ui.widgets.page import Page

_BAR = Space.BETWEEN  # how wide the style draws a scroll bar


class Room(QScrollArea):
    """Holds one page. Qt's own resizing would give it the height it likes best, not the least."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self.page = page
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(page)
        page.installEventFilter(self)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._follow)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.page and event.type() == QEvent.Type.LayoutRequest:
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
        self.page.resize(room.expandedTo(least))

    def _least(self, width: int) -> QSize:
        """The least the page needs when it is this wide."""
        least = self.page.minimumSizeHint().expandedTo(QSize(self.page.least_width, 0))
        layout = self.page.layout()
        if layout is not None and layout.hasHeightForWidth():
            wide = max(width, least.width())
            least.setHeight(max(least.height(), layout.totalMinimumHeightForWidth(wide)))
        return least

    def _follow(self, _: QWidget | None, now: QWidget | None) -> None:
        """Keep in sight what the keys go to."""
        if now is not None and now is not self.page and self.page.isAncestorOf(now):
            self.ensureWidgetVisible(now, Space.PAGE, Space.PAGE)
