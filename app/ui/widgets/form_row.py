"""Fields side by side over one line that says what is wrong with any of them, so that nothing moves."""

from collections.abc import Sequence
from typing import Any, Generic, Protocol, TypeVar

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QSpacerItem, QWidget

from app.ui.look.icons import Icon
from app.ui.look.theme import Space, Tone, Type
from app.ui.widgets.parts import Words, WrappingLabel, column, mark, row

COLUMNS = 4
SIGN_ROOM = Type.SMALL + Space.TIGHT  # the icon before the words

Control = TypeVar("Control", bound=QWidget)


class Input(Protocol):
    """What a draft's field is typed in: a control, and the sentence beside it."""

    @property
    def control(self) -> QWidget: ...

    def set_error(self, sentence: str) -> None: ...

    def error(self) -> str: ...


class Cell(QWidget, Generic[Control]):
    """A control under its label, as part of a row. The label may itself be a control."""

    def __init__(
        self, label: str | QWidget, control: Control, span: int = 1, required: bool = False
    ) -> None:
        super().__init__()
        self.control = control
        self.span = span
        self.note: RowNote | None = None
        self._label = label if isinstance(label, QWidget) else _label(label)
        star = [Words("*", Type.SMALL, Tone.LATE)] if required else []
        head = row(self._label, *star, None, spacing=Space.TIGHT)
        self.setLayout(column(head, control, spacing=0))
        if isinstance(self._label, QLabel):
            self.say(label if isinstance(label, str) else self._label.text())
        if isinstance(control, QLineEdit):
            control.textEdited.connect(lambda: self.set_error(""))
        self._error = ""

    def say(self, label: str) -> None:
        """Another label over the same control."""
        if isinstance(self._label, QLabel):
            self._label.setText(label)
        self.control.setAccessibleName(label)

    def set_error(self, sentence: str) -> None:
        """Say under the row what is wrong here and what to do; "" when nothing is."""
        if sentence != self._error:
            self._error = sentence
            self.control.setAccessibleDescription(sentence)
            mark(self.control, wrong=bool(sentence))
            if self.note:
                self.note.show_first()

    def error(self) -> str:
        """What is wrong here, or ""."""
        return self._error


def _label(text: str) -> Words:
    return Words(text, Type.SMALL, Tone.QUIET)


class RowNote(QWidget):
    """The line under a row: what is wrong in its first wrong cell, as near to it as it fits."""

    def __init__(self, cells: tuple[Cell[Any], ...]) -> None:
        super().__init__()
        self._cells = cells
        self._caution = ""
        self._sign = Icon("triangle-alert", Tone.LATE, Type.SMALL)
        self._words = WrappingLabel("", Type.SMALL, Tone.LATE)
        self._line = row(self._sign, self._words, spacing=Space.TIGHT)
        self._line.setAlignment(self._sign, Qt.AlignmentFlag.AlignTop)
        self._line.setStretch(1, 1)
        self.setLayout(self._line)
        self._sign.hide()

    def caution(self, sentence: str) -> None:
        """Say what is doubtful in the row, as long as nothing is wrong."""
        self._caution = sentence
        self.show_first()

    def show_first(self) -> None:
        """Say the first cell's error, if any has one; else what is doubtful."""
        wrong = next((cell for cell in self._cells if cell.error()), None)
        tone, sentence = (Tone.LATE, wrong.error()) if wrong else (Tone.TODAY, self._caution)
        if sentence != self._words.text():
            self._words.setText(sentence)
            self._words.set_tone(tone)
            self._sign.draw("triangle-alert", tone)
            self._sign.setVisible(bool(sentence))
        left = 0
        if wrong:
            needed = self._words.fontMetrics().horizontalAdvance(wrong.error()) + SIGN_ROOM + 1
            left = max(0, min(wrong.x(), self.width() - needed))
        self._line.setContentsMargins(left, 0, 0, 0)


class FormRow(QWidget):
    """Cells in a grid of four columns, so that rows below each other line up; links at the note's end."""

    def __init__(self, *cells: Cell[Any], links: Sequence[QWidget] = ()) -> None:
        super().__init__()
        self.note = RowNote(cells)
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(Space.BETWEEN)
        grid.setVerticalSpacing(0)
        place = 0
        for cell in cells:
            cell.note = self.note
            cell.installEventFilter(self)
            grid.addWidget(cell, 0, place, 1, cell.span)
            place += cell.span
        for number in range(COLUMNS):
            grid.setColumnStretch(number, 1)
            # a column in which no cell begins would lose its spacing, and rows would not line up
            grid.addItem(QSpacerItem(Space.PAGE, 0), 1, number)
        foot = row(self.note, *links, spacing=Space.PADDING)
        foot.setStretch(0, 1)
        foot.setContentsMargins(0, Space.TIGHT if links else 0, 0, 0)
        self.setLayout(column(grid, foot, spacing=0))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Move, QEvent.Type.Resize):
            self.note.show_first()
        return False

    def minimumSizeHint(self) -> QSize:
        return QSize(COLUMNS * Space.PAGE, super().minimumSizeHint().height())
