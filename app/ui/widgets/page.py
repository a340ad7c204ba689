"""What the frame asks of each page."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.ui.look.theme import Space

MARGINS = (Space.PAGE, Space.WITHIN, Space.PAGE, Space.TIGHT)
"""Of a page's content: left, top, right, and at the foot, where the strip below has room of its own."""


@dataclass(frozen=True)
class Command:
    """Something that can be done now, its key if it has one, and doing it.

    With a `why_not` it can't be, and to do it is to be told so.
    """

    title: str
    key: str
    do: Callable[[], object]
    why_not: str = ""


class Page(QWidget):
    """One place of the window."""

    about_changed = Signal()

    title = ""
    """What a page is called that has no place in the rail."""
    least_width = 0
    """px; in a narrower window the page is scrolled sideways. 0: what its parts ask for themselves."""

    def __init__(self) -> None:
        super().__init__()
        self.about = ""
        """What is in sight now, for the window's title; "" for nothing in particular."""
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)

    def entered(self) -> None:
        """The page has come into sight: put the focus where the next thing is typed."""

    def say_about(self, about: str) -> None:
        """Something else is in sight now."""
        if about != self.about:
            self.about = about
            self.about_changed.emit()

    def held_back(self) -> Sequence[Command]:
        """The deeds of the page that can't be done now; asked when all that can is listed."""
        return ()

    def answered(self, key: str) -> bool:
        """A key came ("Ctrl+B") that nothing in sight takes; True once the page did it or said why not."""
        return False

    def scanned(self, text: str) -> bool:
        """A scan came while this page is in sight; False when it's none of the page's business."""
        return False
