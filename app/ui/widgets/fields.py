"""Inputs for words and days, each under its label and over the place for its hint or error.

Nothing is rewritten while it is typed: an input method may still hold the word.
"""

import math
import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from app.models.errors import BadInput
from app.models.text import nfc
from app.ui.look.icons import Icon, icon
from app.ui.look.theme import Colour, Measure, Space, Tone, Type
from app.ui.widgets.parts import Words, WrappingLabel, column, mark, row

Control = TypeVar("Control", bound=QWidget)


class Field(QWidget, Generic[Control]):
    """A control under its label. Hint and error share the reserved lines below, so nothing moves."""

    def __init__(
        self,
        label: str,
        control: Control,
        required: bool = False,
        hint: str = "",
        note_lines: int = 1,
    ) -> None:
        super().__init__()
        self.control = control
        self._hint = hint
        self._sign = Icon("", Tone.LATE, Type.SMALL)
        self._note = WrappingLabel(hint, Type.SMALL, Tone.QUIET, reserved_lines=note_lines)
        self._note.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        star = [Words("*", Type.SMALL, Tone.LATE)] if required else []
        head = row(Words(label, Type.SMALL, Tone.QUIET), *star, None, spacing=Space.TIGHT)
        foot = row(self._sign, self._note, spacing=Space.TIGHT)
        foot.setAlignment(self._sign, Qt.AlignmentFlag.AlignTop)
        self.setLayout(column(head, control, foot, None, spacing=0))
        self.setFocusProxy(control)
        control.setAccessibleName(label)
        self.set_error("")
        if isinstance(control, QLineEdit):
            control.textEdited.connect(lambda: self.set_error(""))

    def set_hint(self, hint: str) -> None:
        """Say something else while nothing is wrong."""
        self._hint = hint
        self.set_error("")

    def set_error(self, sentence: str) -> None:
        """Say beside the control what is wrong and what to do; "" takes it back to the hint."""
        self._note.setText(sentence or self._hint)
        self._note.set_tone(Tone.LATE if sentence else Tone.QUIET)
        self._sign.draw("triangle-alert", Tone.LATE)
        self._sign.setVisible(bool(sentence))
        self.control.setAccessibleDescription(sentence or self._hint)
        mark(self.control, wrong=bool(sentence))

    def error(self) -> str:
        """The sentence that stands there, or ""."""
        return self._note.text() if not self._sign.isHidden() else ""


def show_beside(fields: Mapping[str, Field[Any]], error: Exception) -> None:
    """Say it beside the field it names, and go there; nothing where it names none of these."""
    if field := fields.get(getattr(error, "field", "")):
        field.set_error(str(error))
        field.setFocus(Qt.FocusReason.OtherFocusReason)


def is_no_letter(event: QKeyEvent) -> bool:
    """Whether Alt is held with it: a key of another page is no letter of a name, as Qt takes it for.

    (What a keyboard of three levels types comes with Ctrl as well, or without Alt.)
    """
    held = event.modifiers() & (
        Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ControlModifier
    )
    text = event.text()
    return held == Qt.KeyboardModifier.AltModifier and bool(text) and text.isprintable()


class Line(QLineEdit):
    """One line of words. Once it is left it stands as `tidy` writes it, unless that refuses."""

    def __init__(self, placeholder: str = "", tidy: Callable[[str], str] = str) -> None:
        super().__init__()
        self._tidy = tidy
        self._is_filled = False
        self.setPlaceholderText(placeholder)
        self.setFixedHeight(
            Measure.CONTROL + Measure.FOCUS
        )  # its margin is the border of the focus

    def words(self) -> str:
        """What was typed, composed (NFC), without the spaces around it."""
        return nfc(self.text()).strip()

    def setText(self, text: str | None) -> None:
        """What a card or a dossier says is read from its beginning."""
        super().setText(text)
        self._is_filled = not self.hasFocus()
        if self._is_filled:
            self.setCursorPosition(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if is_no_letter(event):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        is_pointed = event.reason() is Qt.FocusReason.MouseFocusReason
        if self._is_filled and not is_pointed and not self.hasSelectedText():
            self.end(False)  # what is typed now goes on from there
        self._is_filled = False

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        try:
            tidied = self._tidy(self.words())
        except BadInput:
            return  # it stays as typed; whoever asks for it says what is wrong with it
        if tidied != self.text():
            self.setText(tidied)


def secret() -> Line:
    """A line whose letters nobody reads."""
    line = Line()
    line.setEchoMode(QLineEdit.EchoMode.Password)
    return line


class SearchLine(Line):
    """A line that says each letter at once, those an input method still holds too.

    (`textEdited` speaks once a word, when the input method lets go of it.)
    """

    words_changed = Signal(str)
    stepped = Signal(int)
    """+1 or −1: the arrow keys, for the list of results that stands below."""

    def __init__(self, placeholder: str = "") -> None:
        super().__init__(placeholder)
        self._held = ""
        self._said = ""
        glass = icon("search", colour=Colour.QUIET)
        self.addAction(glass, QLineEdit.ActionPosition.LeadingPosition)
        self.textChanged.connect(self._say)

    def words(self) -> str:
        text, place = self.text(), self.cursorPosition()
        return nfc(text[:place] + self._held + text[place:]).strip()

    def show_words(self, words: str) -> None:
        """Show `words` without telling anybody that there are others."""
        self._said = nfc(words).strip()
        self.setText(words)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self._held = event.preeditString()  # before the commit speaks, or its word is said twice
        super().inputMethodEvent(event)
        self._say()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._held = ""
        self._say()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        if step := steps.get(Qt.Key(event.key())):
            self.stepped.emit(step)
        else:
            super().keyPressEvent(event)

    def _say(self) -> None:
        if self.words() != self._said:
            self._said = self.words()
            self.words_changed.emit(self._said)


class DayLine(Line):
    """A day, typed as people write it; once it is left it stands as dd/MM/yyyy."""

    def __init__(self) -> None:
        super().__init__("ngày/thg/năm", lambda typed: written_day(read_day(typed)))

    def day(self) -> date | None:
        """The day, None when nothing is typed. Raises `BadInput`."""
        return read_day(self.words()) if self.words() else None


def written_day(day: date) -> str:
    """dd/MM/yyyy."""
    return f"{day:%d/%m}/{day.year:04}"


_DAY = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})|(\d{2})(\d{2})(\d{4})", re.ASCII)


def read_day(text: str) -> date:
    """The day in "12/4/1987", "12-04-1987" or "12041987". Raises `BadInput`."""
    found = _DAY.fullmatch(text.strip())
    if not found:
        raise BadInput("Viết đủ ngày/tháng/năm, ví dụ 12/04/1987.")
    day, month, year = (int(part) for part in found.groups() if part)
    try:
        return date(year, month, day)
    except ValueError:
        raise BadInput(
            f"Không có ngày {day:02}/{month:02}/{year}. Xem lại ngày và tháng."
        ) from None


class TextBox(QPlainTextEdit):
    """Several lines of words; Tab goes on to the next control.

    It grows from `lines` to `most` with what is typed, and is scrolled beyond.
    """

    def __init__(self, lines: int = 2, placeholder: str = "", most: int = 0) -> None:
        super().__init__()
        self.setPlaceholderText(placeholder)
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self._lines, self._most = lines, max(lines, most)
        self.document().documentLayout().documentSizeChanged.connect(lambda _: self._take_room())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if is_no_letter(event):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def words(self) -> str:
        """What was typed, composed (NFC), without the space around it."""
        return nfc(self.toPlainText()).strip()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._take_room()

    def _take_room(self) -> None:
        """As high as its words, which Qt counts in lines."""
        needed = math.ceil(self.document().documentLayout().documentSize().height())
        lines = max(self._lines, min(needed, self._most))
        if self._most > self._lines:  # a bar takes room from the words, which then want a line more
            policy = Qt.ScrollBarPolicy
            fits = needed <= self._most
            self.setVerticalScrollBarPolicy(
                policy.ScrollBarAlwaysOff if fits else policy.ScrollBarAsNeeded
            )
        self.setFixedHeight(lines * self.fontMetrics().height() + 2 * Space.BETWEEN)
