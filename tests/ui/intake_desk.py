"""The intake page in a window of its own, worked by keys, and what came out of it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.clock import VIETNAM
from app.desk.draft import IntakeDraft
from app.desk.intake.receiving import Receipt
from app.ui.intake.page import IntakePage
from app.ui.lanes.jobs import Jobs, Lanes
from app.ui.widgets.fields import Line
from tests.ui.commune import IN_THE_WINDOW, LONG_NAME, Commune, InlineLanes
from tests.ui.keys import type_keys

Show = Callable[..., None]

WIDTH, HEIGHT = IN_THE_WINDOW
CARD = (
    f"001187012345||{LONG_NAME}|12041987|Nữ|Thôn Liễu Nội, xã Khánh Hà, thành phố Hà Nội|01012022"
)
AFTER_THREE = datetime(2026, 11, 23, 15, 10, tzinfo=VIETNAM)
ALT, CTRL, SHIFT = (
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
)


class Desk:
    """The page in a window, and what came out of it."""

    def __init__(self, commune: Commune, page: IntakePage) -> None:
        self.commune, self.page = commune, page
        self.received: list[Receipt] = []
        self.to_print: list[object] = []
        self.told: list[str] = []
        self.undo: list[Callable[[], None]] = []
        page.received.connect(self.received.append)
        page.print_wanted.connect(self.to_print.append)
        page.notified.connect(self._hear)

    def _hear(self, sentence: str, tone: object, icon: object, undo: Any) -> None:
        self.told.append(sentence)
        self.undo += [undo] if undo else []

    def type(self, words: str) -> None:
        type_keys(self.page, words)

    def press(
        self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        QApplication.processEvents()  # what has just been added to a layout is shown by the event loop
        QTest.keyClick(self.page.window(), key, modifier)

    def choose(self, words: str) -> None:
        self.type(words + "\n")

    def choose_with_papers(self, words: str) -> None:
        """And everything it asks for is there."""
        self.choose(words)
        self.press(Qt.Key.Key_A, ALT)

    def field(self, name: str) -> Line:
        found = next(
            x for x in self.page.findChildren(Line) if x.accessibleName() == name and x.isVisible()
        )
        found.setFocus()
        return found

    def fill(self, name: str, words: str) -> Line:
        field = self.field(name)
        field.selectAll()
        self.type(words)
        return field

    def draft(self) -> IntakeDraft:
        return self.page._form.draft()

    def focus(self) -> str:
        widget = QApplication.focusWidget()
        return widget.accessibleName() if isinstance(widget, QWidget) else ""

    def says(self, words: str) -> bool:
        """Whether `words` stand somewhere in sight."""
        QApplication.processEvents()
        labels = [
            x for x in self.page.findChildren(QWidget) if x.isVisible() and hasattr(x, "text")
        ]
        return any(words in x.text() for x in labels)


def open_desk(
    commune: Commune, show: Show, login: str = "phutrach", lanes: Lanes | None = None
) -> Desk:
    """The page as `login` opens it; in `lanes` of the test's own, nothing has run yet."""
    page = IntakePage(commune.desk, commune.officer(login), Jobs(lanes or InlineLanes()))
    desk = Desk(commune, page)
    show(page, WIDTH, HEIGHT)
    page.entered()
    QApplication.processEvents()
    return desk
