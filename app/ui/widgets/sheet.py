"""A card whose content may be longer than the screen: it scrolls, by the arrow keys too."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from app.ui.look.theme import Space
from app.ui.widgets.parts import Part, column, put_into


class Sheet(QScrollArea):
    """A white surface that scrolls up and down; `fill` puts other parts on it."""

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.fill()

    def fill(self, *parts: Part) -> None:
        """Show exactly these parts, one below the other, from the top."""
        content = QWidget()
        layout: QVBoxLayout = column(*parts, None)
        layout.setContentsMargins(*[Space.PADDING] * 4)
        content.setLayout(layout)
        put_into(self, content)
