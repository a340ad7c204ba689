"""What stands before the window: a page of its own, from which one may also go and practise."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut

from app.ui.frame.help_panel import KEY as HELP_KEY
from app.ui.frame.help_panel import HelpPanel
from app.ui.frame.help_text import name_of
from app.ui.look.theme import clothe
from app.ui.widgets.page import Page


class DoorPage(Page):
    """One of the doors; `Doors` decides which of them stands."""

    practise = Signal()
    """Somebody wants to practise on a commune apart."""
    stopped = Signal()
    """They don't wait for it to be made."""
    begin_again = Signal()
    """What was practised is to be thrown away."""
    restore = Signal()
    """A backup is to take the place of the counter's data."""
    leave = Signal()
    """To the door of the counter's own data."""

    def __init__(self) -> None:
        super().__init__()
        clothe(self)
        self._help = HelpPanel(self)
        QShortcut(QKeySequence(HELP_KEY), self, lambda: self._help.ask(name_of(type(self))))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._help.place()

    def show_making(self, done: int, of: int) -> None:
        """How far the commune to practise on is; 0 of 0: nobody knows yet."""
        raise NotImplementedError

    def ask_again(self, error: str) -> None:
        """Nothing came of what was asked, and why."""
        raise NotImplementedError
