"""Buttons that show what Esc does; whoever has the focus hears the key itself.

A shortcut on Esc would take the key from the search field of the frame, which hears it too.
"""

from PySide6.QtWidgets import QLabel

from app.ui.widgets.buttons import ENTER, LinkButton, QuietButton

ESCAPE = "Escape"


class LeaveButton(QuietButton):
    """Leaves what is being asked."""

    def __init__(self, text: str) -> None:
        super().__init__(text, ENTER)

    def _drawn_key(self, key: str) -> QLabel:
        return super()._drawn_key(ESCAPE)


class LeaveLink(LinkButton):
    """The same, said in a line of text."""

    def __init__(self, text: str) -> None:
        super().__init__(text, ENTER)

    def _drawn_key(self, key: str) -> QLabel:
        return super()._drawn_key(ESCAPE)
