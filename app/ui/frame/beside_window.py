"""A window beside the others, with help of its own."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QWidget

from app.ui.frame.help_panel import KEY, HelpPanel
from app.ui.frame.help_text import name_of
from app.ui.frame.key_words import pressed, why_silent_beside
from app.ui.look.theme import Measure, Tone, Type
from app.ui.widgets.buttons import LinkButton
from app.ui.widgets.parts import Part, WrappingLabel, row
from app.ui.widgets.room import on_screen


class BesideWindow(QDialog):
    """Closed it is gone. Its foot opens the page of help about it, and says of a key why nothing came."""

    def __init__(self, title: str, over: QWidget) -> None:
        super().__init__(over)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self._help = HelpPanel(self)
        self._aid = LinkButton("Trợ giúp", KEY)
        self._aid.setFixedHeight(Measure.ICON_RAIL)
        self._aid.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._aid.setAutoDefault(False)
        self._aid.clicked.connect(self._ask_help)
        self._why = WrappingLabel(size=Type.SMALL, tone=Tone.QUIET)

    def showEvent(self, event: QShowEvent) -> None:
        self.resize(on_screen(self, self.size()))
        super().showEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._help.place()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if key := pressed(event):
            self._why.say(why_silent_beside(key, self), Tone.QUIET)
        super().keyPressEvent(event)

    def foot(self, *parts: Part) -> QHBoxLayout:
        """Its lowest line, where `parts` stand at the right."""
        line = row(self._aid, self._why, *parts)
        line.setStretch(1, 1)
        return line

    def _ask_help(self) -> None:
        self._help.ask(name_of(type(self)))
