"""What the frame asks of each page."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


class Page(QWidget):
    """One place of the window."""

    def __init__(self) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)

    def entered(self) -> None:
        """The page has come into sight: put the focus where the next thing is typed."""

    def scanned(self, text: str) -> bool:
        """A scan came while this page is in sight; False when it's none of the page's business."""
        return False
