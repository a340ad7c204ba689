"""A window beside the others, with help of its own."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QDialog, QWidget

from app.ui.frame.help_panel import KEY, HelpPanel
from app.ui.frame.help_text import name_of
from app.ui.look.theme import Measure
from app.ui.widgets.buttons import LinkButton


class BesideWindow(QDialog):
    """Closed it is gone. `aid`, to be laid out at its foot, opens the page of help about it."""

    def __init__(self, title: str, over: QWidget) -> None:
        super().__init__(over)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self._help = HelpPanel(self)
        self.aid = LinkButton("Trợ giúp", KEY)
        self.aid.setFixedHeight(Measure.ICON_RAIL)
        self.aid.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.aid.setAutoDefault(False)
        self.aid.clicked.connect(self._ask_help)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._help.place()

    def _ask_help(self) -> None:
        self._help.ask(name_of(type(self)))
