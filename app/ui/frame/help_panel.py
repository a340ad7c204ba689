"""The help about the screen in sight, at its right; work goes on beside it."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QWidget

from app.ui.frame.help_page import HelpPage
from app.ui.look.theme import Measure, Space
from app.ui.widgets.came_from import CameFrom
from app.ui.widgets.leaving import LeaveLink
from app.ui.widgets.parts import column, row

KEY = "F1"
WIDTH = 420


class HelpPanel(QFrame):
    """Over the right of a window while it is asked; `KEY` or Esc closes it."""

    def __init__(self, over: QWidget, top: int = 0) -> None:
        super().__init__(over)
        self._over, self._top = over, top
        self._came_from = CameFrom()
        self.setProperty("floats", True)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._page = HelpPage()
        leave = LeaveLink("Đóng")
        leave.setFixedHeight(Measure.ICON_RAIL)
        leave.clicked.connect(self.leave)
        layout = column(row(None, leave), self._page)
        layout.setContentsMargins(*[Space.PADDING] * 4)
        self.setLayout(layout)
        self.hide()

    def ask(self, *names: str) -> None:
        """Show these pages of help; asked again while it is open, close it."""
        if self.isVisible():
            self.leave()
            return
        self._came_from.note()
        self.tell(*names)
        self.place()
        self.show()
        self.raise_()
        self._page.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def tell(self, *names: str) -> None:
        """Another screen came into sight: its help in place of the one before."""
        self._page.show_pages(*names)

    def place(self) -> None:
        """Take the right of what it lies over, as large as that is now."""
        room = self._over.rect()
        self.setGeometry(room.right() + 1 - WIDTH, self._top, WIDTH, room.height() - self._top)

    def leave(self) -> None:
        """Close; the focus returns to where it was."""
        had_focus = self.isAncestorOf(QApplication.focusWidget() or self._over)
        self.hide()
        if had_focus:
            self._came_from.go_back()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)
