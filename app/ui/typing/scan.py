"""Tells a scanner from a person: both type, but a scan goes to the page, wherever the focus is.

A scan is keys under 30 ms apart that spell something a scanner here may read. A key that could begin
such a text is held back until the next one is due; if the text turns out to be none, its keys go on
to the focus unchanged and in order; a whole card that went there letter by letter, from a scanner that a
busy PC heard too slowly, is taken out again at its Enter. UniKey too sends bursts, of Backspaces and whole syllables; they
spell no scan and pass. Most letters begin none and wait for nothing.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import ClassVar

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import (
    QGuiApplication,
    QInputMethodEvent,
    QInputMethodQueryEvent,
    QKeyEvent,
    QWindow,
)

from app.models.numbering import is_code
from app.ui.typing.at_focus import AtFocus

GAP = 30  # ms
CARD_GAP = 250  # ms, once it can be nothing but a card: a busy PC hears a scanner with pauses
ECHO = CARD_GAP + 150  # ms in which a slow scanner may still send the Enter of a scan already taken

_CARD = re.compile(r"\d{12}(\|[^|]*){4,6}\|{0,4}")
# the same from a scanner of another layout: one sign stands for each `|`, and nowhere else
_CARD_OTHERWISE = re.compile(
    r"\d{12}(?P<sign>[^\w\s|])(?:\d{9})?(?P=sign)(?:(?!(?P=sign))\D)+(?P=sign)\d{8}"
    r"(?P=sign)(?:nam|nữ)(?P=sign)(?:(?!(?P=sign)).)*(?P=sign)(?:\d{8})?(?:(?P=sign){4})?",
    re.IGNORECASE,
)
# a card with anything or nothing between its parts: number, name, birth, sex, residence, issue
_CARD_SPOILT = re.compile(r"\d{12}\D{0,4}(?:\d{9}\D{0,4})?[^\d\W]\D+\d{8}\D.*\d{8}\D{0,8}")
_ADDRESS = re.compile(r"https?://[!-~]+")
# the beginnings of a code (h, t: with Caps Lock on), a provisional code, a card, a look-up address
_BEGINNING = re.compile(
    r"(?:[A-Yh]\d{0,2}(?:\.[0-9A-Za-z]{0,3}){0,5}|\d{1,3}(?:\.\d{0,3}){0,2}(?:\.(?:[A-Yh]\d{0,2})?)?)"
    r"(?:-\d{0,6}(?:-\d*)?)?"
    r"|[Tt](?:-[A-Za-z2-7]{0,8})?"
    r"|\d{0,12}|\d{12}[^\w\s].*"
    r"|h|ht|htt|https?:?/?|https?://[!-~]*"
)
_SURELY_CARD = re.compile(r"\d{12}(?:\||([^\w\s])(?:\d{9})?\1)")
_LONGEST = 600  # characters; a card has some 150

_MODIFIER_KEYS = {
    Qt.Key.Key_Shift,
    Qt.Key.Key_CapsLock,
    Qt.Key.Key_NumLock,
    Qt.Key.Key_Control,
    Qt.Key.Key_Alt,
    Qt.Key.Key_AltGr,
}
_ENDS = {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab}
_INTERRUPTIONS = {
    QEvent.Type.MouseButtonPress,
    QEvent.Type.FocusAboutToChange,
    QEvent.Type.InputMethod,
}


def read_scan(text: str) -> str | None:
    """What was scanned, a code in capitals; None when `text` is nothing a scanner here may read."""
    if is_code(text.upper()):
        return text.upper()
    if otherwise := _CARD_OTHERWISE.fullmatch(text):
        return text.replace(otherwise["sign"], "|")
    return text if _CARD.fullmatch(text) or _ADDRESS.fullmatch(text) else None


def is_spoilt_card(text: str) -> bool:
    """Whether it is an identity card as a scanner types it whose layout makes something else of `|`."""
    return bool(_CARD_SPOILT.fullmatch(text)) and read_scan(text) is None


def could_begin_scan(text: str) -> bool:
    """True while more keys could make a scan of `text`."""
    return len(text) <= _LONGEST and bool(_BEGINNING.fullmatch(text))


@dataclass(frozen=True)
class _Held:
    window: QWindow
    event: QKeyEvent


class Scanner(AtFocus):
    """Watches every key of the application. `when` tells the ms at which a key was pressed.

    An application has one: a second would hold back the keys the first gives, and the first those
    of the second, for ever. The later one takes the place of the one before.
    """

    scanned = Signal(str)
    unread = Signal()
    """A card in a shape that can't be read; what it typed is rubbed out."""
    _watching: ClassVar["Scanner | None"] = None
    lets_go: ClassVar = False
    """Whether a key that was held back goes on to where it was typed, whoever keeps those typed since."""

    def __init__(
        self, app: QCoreApplication, when: Callable[[QKeyEvent], int] = QKeyEvent.timestamp
    ) -> None:
        super().__init__(app)
        before = Scanner._watching
        if before is not None and shiboken6.isValid(before):
            before.leave()
        Scanner._watching = self
        self._when = when
        self._layout: Mapping[str, str] = {}
        self._held: list[_Held] = []
        self._text = self._typed = ""
        self._last_letter = self._last_scan = -ECHO - 1
        self._kept_down: set[int] = set()
        self._is_giving_back = False
        self._pause = QTimer(self, singleShot=True, interval=GAP)
        # after a busy moment the timer is served before the keys that are already waiting
        self._last_chance = QTimer(self, singleShot=True, interval=0)
        self._pause.timeout.connect(self._last_chance.start)
        self._last_chance.timeout.connect(self._paused)
        self.watch()

    def learn(self, layout: Mapping[str, str]) -> None:
        """What each character this scanner types means, where that is another than it says."""
        self._layout = layout

    def leave(self) -> None:
        """Watch no longer; what is held goes on to where it was typed."""
        self.unwatch()
        self._give_back()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # A key comes to the window first, then once to each widget that does not want it.
        if isinstance(watched, QWindow):
            if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
                self._might_be_shortcut(event)
            if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
                return not self._let_back() and self._pressed(watched, event)
            if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyRelease:
                return not self._let_back() and self._released(watched, event)
        if event.type() in _INTERRUPTIONS:
            self._typed = ""
            if self._held:
                self._give_back()
        return False

    def _let_back(self) -> bool:
        """True once for each key given back."""
        was, self._is_giving_back = self._is_giving_back, False
        return was

    def _might_be_shortcut(self, event: QKeyEvent) -> None:
        """A shortcut is pressed before its key comes to the window: what is held goes first."""
        if self._held and not _letter(event) and event.key() not in _MODIFIER_KEYS | _ENDS:
            self._paused()

    # --- keys; True: it goes no further ---

    def _pressed(self, window: QWindow, event: QKeyEvent) -> bool:
        self._kept_down.discard(event.key())
        if event.key() in _MODIFIER_KEYS:
            return False
        now = self._when(event)
        is_fast = now - self._last_letter <= self._gap()
        if not is_fast:
            self._paused()
        if event.key() in _ENDS:
            return self._ended(event, is_fast, now)
        typed = _letter(event)
        letter = self._layout.get(typed, typed)
        self._typed = (self._typed + letter)[-_LONGEST:] if letter else ""
        if self._held or letter.strip():
            self._last_letter = now
        if letter and could_begin_scan(self._text + letter):
            return self._hold(window, event, letter)
        self._give_back()
        if letter and could_begin_scan(letter):
            return self._hold(window, event, letter)
        return is_fast and event.key() == Qt.Key.Key_Space and self._swallow_outside_fields(event)

    def _released(self, window: QWindow, event: QKeyEvent) -> bool:
        if event.key() in self._kept_down:
            self._kept_down.discard(event.key())
            return True
        return bool(self._held) and self._hold(window, event, "")

    def _ended(self, event: QKeyEvent, is_fast: bool, now: int) -> bool:
        if is_fast and self._take():
            self._kept_down.add(event.key())
            return True
        self._give_back()
        if self._take_out():
            self._kept_down.add(event.key())
            return True
        if now - self._last_scan <= ECHO:
            self._kept_down.add(event.key())
            return True
        return is_fast and self._swallow_outside_fields(event)

    def _take_out(self) -> bool:
        """Tell of the card that was typed since the last other key, and rub it out of its field."""
        card, self._typed = self._typed, ""
        scan = read_scan(card) if card[:12].isdecimal() else None
        if scan is None and not is_spoilt_card(card):
            return False
        focus = QGuiApplication.focusObject()
        if _takes_text(focus):
            rub_out = QInputMethodEvent()
            rub_out.setCommitString("", -len(card), len(card))
            QCoreApplication.sendEvent(focus, rub_out)
        if scan is None:
            self.unread.emit()
        else:
            self.scanned.emit(scan)
        return True

    def _swallow_outside_fields(self, event: QKeyEvent) -> bool:
        """Keep what ends or parts an unknown scan from pressing a button or opening a row."""
        if _takes_text(QGuiApplication.focusObject()):
            return False
        self._kept_down.add(event.key())
        return True

    # --- what is held ---

    def _hold(self, window: QWindow, event: QKeyEvent, letter: str) -> bool:
        self._held.append(_Held(window, copy_key(event)))
        self._text += letter
        if letter:
            self._last_chance.stop()
            self._pause.start(self._gap())
        return True

    def _gap(self) -> int:
        return CARD_GAP if _SURELY_CARD.match(self._text) else GAP

    def _paused(self) -> None:
        if not self._take():
            self._give_back()

    def _take(self) -> bool:
        """Tell of the scan that is held, if it is one."""
        scan = read_scan(self._text)
        if scan is None:
            return False
        for held in self._held:
            is_press = held.event.type() == QEvent.Type.KeyPress
            (self._kept_down.add if is_press else self._kept_down.discard)(held.event.key())
        self._forget()
        self._typed = ""
        self._last_scan = self._last_letter
        self.scanned.emit(scan)
        return True

    def _give_back(self) -> None:
        for held in self._forget():
            if shiboken6.isValid(held.window):
                self._is_giving_back = Scanner.lets_go = True
                QCoreApplication.sendEvent(held.window, held.event)
        self._is_giving_back = Scanner.lets_go = False

    def _forget(self) -> list[_Held]:
        self._pause.stop()
        self._last_chance.stop()
        held, self._held, self._text = self._held, [], ""
        return held


def _letter(event: QKeyEvent) -> str:
    """What a key types, if it types one letter; "" with Ctrl or Alt (together they are AltGr)."""
    chords = event.modifiers() & (
        Qt.KeyboardModifier.ControlModifier
        | Qt.KeyboardModifier.AltModifier
        | Qt.KeyboardModifier.MetaModifier
    )
    is_alt_gr = chords == Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    is_plain = not chords or is_alt_gr
    text = event.text()
    usable = is_plain and not event.isAutoRepeat() and len(text) == 1 and text.isprintable()
    return text if usable else ""


def _takes_text(focus: QObject | None) -> bool:
    if focus is None:
        return False
    query = QInputMethodQueryEvent(Qt.InputMethodQuery.ImEnabled)
    QCoreApplication.sendEvent(focus, query)
    return bool(query.value(Qt.InputMethodQuery.ImEnabled))


def copy_key(event: QKeyEvent) -> QKeyEvent:
    """Qt takes its event back when the filter returns."""
    copy = QKeyEvent(
        event.type(),
        event.key(),
        event.modifiers(),
        event.nativeScanCode(),
        event.nativeVirtualKey(),
        event.nativeModifiers(),
        event.text(),
        event.isAutoRepeat(),
        event.count(),
    )
    copy.setTimestamp(event.timestamp())
    return copy
