"""Types into a window as a keyboard does: key events that come to the window first.

`QTest.keyClicks` aborts the interpreter at the first letter that isn't ASCII.
"""

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

from app.ui.frame.coming import Coming
from app.ui.typing.pressed_twice import PressedTwice

NAMED = {
    "\n": Qt.Key.Key_Return,
    "\t": Qt.Key.Key_Tab,
    "\b": Qt.Key.Key_Backspace,
    "→": Qt.Key.Key_Right,
    "←": Qt.Key.Key_Left,
    "↑": Qt.Key.Key_Up,
    "↓": Qt.Key.Key_Down,
}
TYPED = {"\n": "\r", "→": "", "←": "", "↑": "", "↓": ""}


def key(letter: str, kind: QEvent.Type = QEvent.Type.KeyPress) -> QKeyEvent:
    """The event of the key that types `letter`."""
    # Qt's codes of letters are their capitals in Latin-1; beyond, the text alone counts
    code = NAMED.get(letter) or Qt.Key(ord(letter.upper()) if letter.upper() < "\x7f" else 0)
    shift = Qt.KeyboardModifier.ShiftModifier
    modifiers = shift if letter.isupper() else Qt.KeyboardModifier.NoModifier
    return QKeyEvent(kind, code, modifiers, TYPED.get(letter, letter))


def press(widget: QWidget, letter: str) -> None:
    QCoreApplication.sendEvent(widget.window().windowHandle(), key(letter))


def release(widget: QWidget, letter: str) -> None:
    up = key(letter, QEvent.Type.KeyRelease)
    QCoreApplication.sendEvent(widget.window().windowHandle(), up)


def type_keys(widget: QWidget, text: str) -> None:
    """Press and release each key of `text`, wherever the focus of the widget's window is by then."""
    for letter in text:
        press(widget, letter)
        release(widget, letter)
        arrive(widget)


def arrive(widget: QWidget) -> None:
    """Let the page come into sight that was just asked for in the window of `widget`."""
    window = widget.window() if shiboken6.isValid(widget) else None
    # a frame's own child: to look through all its pages takes longer than the key
    directly = Qt.FindChildOption.FindDirectChildrenOnly
    for coming in window.findChildren(Coming, options=directly) if window else ():
        while coming.is_under_way:
            QCoreApplication.processEvents()


def breathe(widget: QWidget) -> None:
    """Let so long pass that no key is the one before pressed twice."""
    for once in widget.window().findChildren(PressedTwice):
        once.unwatch()


def compose(widget: QWidget, preedit: str, commit: str = "") -> None:
    """What an input method says: the word it holds, the word it lets go of."""
    event = QInputMethodEvent(preedit, [])
    event.setCommitString(commit)
    QCoreApplication.sendEvent(widget, event)
