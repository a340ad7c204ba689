"""Every deed and place by a few letters: what the keys on the buttons do, for whoever forgot a key."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QPushButton, QWidget

from app.models.text import fold
from app.ui.look.theme import Measure, Space, Tone
from app.ui.widgets.buttons import key_of
from app.ui.widgets.came_from import CameFrom
from app.ui.widgets.fields import SearchLine
from app.ui.widgets.page import Command, Page
from app.ui.widgets.parts import EmptyState, column, said_key
from app.ui.widgets.table_view import TableView
from app.ui.widgets.tables import Cell, Column, Table

KEY = "F12"
HINT = "Tên việc hoặc nơi cần đến, không cần dấu"
WIDTH, ROWS, KEY_WIDTH = 640, 9, 160
_WORD = re.compile(r"\w+")


def commands_on(page: QWidget) -> list[Command]:
    """The deeds of a page that can be done now, in the order of its buttons."""
    return [
        Command(button.accessibleName(), key_of(button), button.click)
        for button in page.findChildren(QPushButton)
        if key_of(button) and button.isVisible() and button.isEnabled()
    ]


def kept_back(page: Page, commands: Sequence[Command]) -> list[Command]:
    """The deeds of a page that can't be done now; a key that does something else says only that."""
    taken = {command.key for command in commands}
    return [replace(one, key="") if one.key in taken else one for one in page.held_back()]


def orders_on(page: QWidget) -> list[Command]:
    """What the lists of a page can be sorted by; a second time the other way round, then as before."""
    return [
        Command(f"Xếp theo {title[:1].lower()}{title[1:]}", "", partial(view.choose_sorting, title))
        for view in page.findChildren(TableView)
        if view.isVisible()
        for title in view.sortable()
    ]


def matching(commands: Sequence[Command], words: str) -> list[Command]:
    """Those whose title has every word, or the beginning of it; signs around a word are none of it."""
    wanted = _WORD.findall(fold(words))
    return [
        command
        for command in commands
        if all(
            any(word.startswith(part) for word in _WORD.findall(fold(command.title)))
            for part in wanted
        )
    ]


def _title_cell(one: Command) -> Cell:
    if not one.why_not:
        return Cell(one.title)
    return Cell(f"{one.title}\n{one.why_not}", Tone.QUIET)


class CommandList(QFrame):
    """Over the middle of the window while it is asked; Esc or a click elsewhere closes it."""

    closed = Signal()

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self._over = over
        self._commands: Sequence[Command] = ()
        self._came_from = CameFrom()
        self.setProperty("floats", True)
        self._line = SearchLine(HINT)
        self._line.setAccessibleName("Tìm việc hoặc nơi")
        self._view: TableView[Command] = TableView(
            Table(
                [
                    Column("Việc", _title_cell),
                    Column("Phím", lambda one: Cell(said_key(one.key), Tone.QUIET), KEY_WIDTH),
                ],
                lambda one: (one.title, one.key),
            ),
            EmptyState("search", "Không có việc nào như vậy.", "Thử gõ ít chữ hơn."),
        )
        self._view.setAccessibleName("Những việc ở đây, việc chưa làm được ở cuối")
        self._view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        layout = column(self._line, self._view)
        layout.setContentsMargins(*[Space.BETWEEN] * 4)
        self.setLayout(layout)
        self._line.words_changed.connect(self._find)
        self._line.stepped.connect(self._step)
        self._line.returnPressed.connect(self._choose)
        self._view.clicked.connect(lambda _: self._choose())
        self._line.installEventFilter(self)
        self.hide()

    def ask(self, commands: Sequence[Command]) -> None:
        """Offer `commands`; the focus returns to where it was once one is chosen, or none."""
        self._came_from.note()
        self._commands = commands
        height = (ROWS + 1) * Measure.ROW + Measure.CONTROL + 2 * Space.BETWEEN + Space.WITHIN
        width = min(WIDTH, self._over.width() - 2 * Space.PAGE)
        self.setGeometry((self._over.width() - width) // 2, Measure.TOP_HEIGHT, width, height)
        self._line.clear()
        self._find("")
        self.show()
        self.raise_()
        self._line.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut and self.isVisible():
            self.hide()
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
        elif event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)

    def _find(self, words: str) -> None:
        self._view.show_rows(matching(self._commands, words))
        self._view.selectRow(0)

    def _step(self, by: int) -> None:
        last = self._view.table.rowCount() - 1
        self._view.selectRow(max(0, min(last, self._view.currentIndex().row() + by)))

    def _choose(self) -> None:
        if command := self._view.current():
            self._leave()
            command.do()

    def _leave(self) -> None:
        self.hide()
        self._came_from.go_back()
