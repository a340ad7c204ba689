"""Buttons, each with its key written on it."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QBoxLayout, QLabel, QPushButton, QSizePolicy

from app.ui.look.icons import Icon
from app.ui.look.theme import Colour, Measure, Space, Tone, Type, Weight
from app.ui.widgets.parts import Keycap, Words, column, mark, row, said_key

ENTER = (
    "Return"  # belongs to what has the focus: a button only shows that Enter does the same there
)


def press_by(button: QPushButton, key: str) -> None:
    """Let `key` press `button` at once, wherever the focus of its window is."""
    button.setProperty("key", key)
    # Qt's own shortcut of a button waits 100 ms to show it pressed
    shortcut = QShortcut(QKeySequence(key), button, button.click)
    shortcut.setAutoRepeat(False)


def key_of(button: QPushButton) -> str:
    """The key that presses `button`; "" when none does."""
    return str(button.property("key") or "")


def say_otherwise(button: QPushButton, sentence: str) -> None:
    """What is said to whoever presses its key while the button is out of sight or can't be pressed."""
    button.setProperty("otherwise", sentence)


def otherwise(button: QPushButton) -> str:
    """That sentence; "" for none of its own."""
    return str(button.property("otherwise") or "")


class KeyButton(QPushButton):
    """A button with its words, and the key that presses it from wherever the focus is."""

    tall: int = Measure.CONTROL
    margin: int = Space.PADDING
    spacing: int = Space.BETWEEN
    colour = Colour.INK

    def __init__(self, text: str, key: str = "", icon: str = "") -> None:
        super().__init__()
        self._words = QLabel(text)
        layout = row(self._words, spacing=self.spacing)
        layout.setContentsMargins(self.margin, 0, self.margin, 0)
        layout.setAlignment(Qt.AlignmentFlag.AlignCenter)
        if icon:
            layout.insertWidget(0, Icon(icon, self.colour))
        if key:
            if key != ENTER:
                press_by(self, key)
            layout.addWidget(self._drawn_key(key))
        self._content = layout
        self.setLayout(layout)
        self.setFixedHeight(self.tall)
        self.setAutoDefault(True)  # Enter presses the button that has the focus, as Space does
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(text)

    def say(self, text: str) -> None:
        """Other words, the same deed."""
        self._words.setText(text)
        self.setAccessibleName(text)

    def sizeHint(self) -> QSize:
        return self._content.sizeHint()

    def minimumSizeHint(self) -> QSize:
        return self._content.minimumSize()

    def _drawn_key(self, key: str) -> QLabel:
        label = QLabel(said_key(key))
        label.setProperty("part", "key")
        return label


class PrimaryButton(KeyButton):
    """The one deed of a page."""

    tall = Measure.PRIMARY
    colour = Colour.ON_ACCENT


class QuietButton(KeyButton):
    """A deed beside the one deed."""


class LinkButton(KeyButton):
    """A deed said in a line of text, its key a cap beside it."""

    margin = 0
    spacing: int = Space.WITHIN
    colour = Colour.ACCENT

    def __init__(self, text: str, key: str = "", icon: str = "") -> None:
        super().__init__(text, key, icon)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def _drawn_key(self, key: str) -> QLabel:
        return Keycap(key)


class StatTile(QPushButton):
    """A number with its label that filters the list below; the colour is there only if the number is."""

    figure = Type.FIGURE

    def __init__(self, label: str, tone: Tone = Tone.PLAIN, soft: bool = False) -> None:
        super().__init__()
        self._tone, self._soft, self._label = tone, soft, label
        self._number = Words("", self.figure, weight=Weight.BOLD)
        self._words = Words(label, Type.SMALL)
        self._content = self._arranged()
        self.setLayout(self._content)
        self.setCheckable(True)
        self.setAutoDefault(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.set_number(0)

    def _arranged(self) -> QBoxLayout:
        layout = column(self._number, self._words, spacing=0)
        layout.setContentsMargins(Space.BETWEEN, Space.TIGHT, Space.BETWEEN, Space.WITHIN)
        return layout

    def set_number(self, number: int) -> None:
        """Show `number`; zero is nobody's worry and has no colour."""
        tone = self._tone if number else Tone.PLAIN
        self._number.setText(str(number))
        self._number.set_tone(tone)
        self._words.set_tone(tone if number and tone is not Tone.PLAIN else Tone.QUIET)
        mark(self, tone=tone.name.lower() if self._soft else "plain")
        self.setAccessibleName(f"{self._label}: {number}")

    def sizeHint(self) -> QSize:
        return self._content.sizeHint()

    def minimumSizeHint(self) -> QSize:
        return self._content.minimumSize()


class StatChip(StatTile):
    """The same in a line of its own height: what is asked after now and then."""

    figure = Type.BODY

    def _arranged(self) -> QBoxLayout:
        layout = row(self._number, self._words)
        layout.setContentsMargins(Space.BETWEEN, 0, Space.BETWEEN, 0)
        self.setFixedHeight(Measure.CONTROL)
        return layout
