"""Keeps what is typed while a form waits for the desk, and types it once the form stands ready again."""

from bisect import insort
from collections.abc import Callable
from itertools import count
from operator import attrgetter
from typing import ClassVar, NamedTuple
from weakref import WeakSet

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer
from PySide6.QtGui import (
    QGuiApplication,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QShortcut,
    QWindow,
)
from PySide6.QtWidgets import QApplication, QWidget

from app.ui.typing.at_focus import AtFocus
from app.ui.typing.scan import Scanner, copy_key


class Held(NamedTuple):
    """`number`: of all keys, which this was. It keeps it when it is typed, and held by another page."""

    number: int
    retype: Callable[[], None]


class HeldKeys(AtFocus):
    """Between `hold` and `give_back` no key reaches any widget; none is lost, none overtakes another, unless
    all are forgotten, as when the page that waits is left by the mouse.

    It stands before the scanner, which hears the keys when they are given back, at the time they
    were pressed: a scan stays a scan. One page at a time gives back, all there is: a key may begin
    another's wait, which keeps those that follow and may end before they all came. A key pressed
    meanwhile comes after what is given back.
    """

    _retyping: ClassVar["HeldKeys | None"] = None
    _typed_again = 0  # the number of the key that is being typed, while one retypes
    _numbers: ClassVar = count(1)
    _all: ClassVar[WeakSet["HeldKeys"]] = WeakSet()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._page = parent
        self._held: list[Held] = []
        self._same: Qt.Key | None = None
        # a turn of the event loop between two keys, as when they are typed: shortcuts hear only
        # of buttons that have come into sight
        self._next = QTimer(self, interval=0)
        self._next.timeout.connect(self._retype)
        HeldKeys._all.add(self)

    def hold(self, same: Qt.Key | None = None) -> None:
        """Keep keys from here on. `same`, pressed again before any other, is the same press twice."""
        self._same = same
        self._next.stop()
        self.watch()
        self._page.installEventFilter(self)

    def __enter__(self) -> None:
        """Settle what came of the wait; the keys are given back whatever becomes of it."""

    def __exit__(self, *_: object) -> None:
        self.give_back()

    def give_back(self) -> None:
        """Type what was kept, in order, wherever the focus now is."""
        self._same = None
        if giver := self._giver():
            for held in self._held:
                giver.keep(held)
            self._held.clear()
        if self._held:
            self._next.start()
        else:
            self._let_go()

    def forget(self) -> None:
        """Drop what was kept; where one of these keys asks for that, those after it are kept on."""
        if HeldKeys._retyping is not self:
            self._held.clear()
            self._let_go()

    def keep(self, held: Held) -> None:
        """Have this key among those that are given back, at its place."""
        insort(self._held, held, key=attrgetter("number"))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if HeldKeys._retyping is self or Scanner.lets_go:
            return False
        if watched is self._page:
            self._forget_if_left(event)
        if isinstance(watched, QWindow) and isinstance(event, QKeyEvent):
            return not self._is_anothers() and self._keep_key(watched, event)
        if isinstance(event, QInputMethodEvent):
            return not self._is_anothers() and self._keep_composed(event)
        return False

    def gives_back(self) -> bool:
        """Whether kept keys are on their way to where the focus is."""
        return self._next.isActive()

    def _giver(self) -> "HeldKeys | None":
        """The other page that gives back."""
        others = (each for each in HeldKeys._all if each is not self and shiboken6.isValid(each))
        return next((each for each in others if each.gives_back()), None)

    def _is_anothers(self) -> bool:
        """Whether a key now pressed is to be kept behind those that another page still gives back."""
        return not HeldKeys._retyping and self._giver() is not None

    def _retype(self) -> None:
        held = self._held.pop(0)
        HeldKeys._retyping, HeldKeys._typed_again = self, held.number
        held.retype()
        HeldKeys._retyping = None
        if not self._held and self._next.isActive():  # else that key began the next wait
            self._let_go()

    def _keep(self, retype: Callable[[], None]) -> None:
        number = HeldKeys._typed_again if HeldKeys._retyping else next(HeldKeys._numbers)
        self.keep(Held(number, retype))

    def _forget_if_left(self, event: QEvent) -> None:
        """By the mouse, for the keys are kept: they were for this page."""
        if event.type() == QEvent.Type.Hide and not event.spontaneous() and not self.gives_back():
            self.forget()

    def _let_go(self) -> None:
        self._next.stop()
        self.unwatch()
        self._page.removeEventFilter(self)

    def _keep_key(self, window: QWindow, event: QKeyEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()  # or a shortcut would be pressed before the key came here
            return True
        if self._same is not None and event.key() == self._same:
            return True
        if event.type() == QEvent.Type.KeyPress:
            self._same = None
        kept = copy_key(event)

        def retype() -> None:
            is_in_sight = shiboken6.isValid(window) and window.isVisible()
            if is_in_sight and not _pressed_shortcut(window, kept):
                QCoreApplication.sendEvent(window, kept)

        self._keep(retype)
        return True

    def _keep_composed(self, event: QInputMethodEvent) -> bool:
        self._same = None
        kept = QInputMethodEvent(event.preeditString(), event.attributes())
        kept.setCommitString(
            event.commitString(), event.replacementStart(), event.replacementLength()
        )

        def retype() -> None:
            if focus := QGuiApplication.focusObject():
                QCoreApplication.sendEvent(focus, kept)

        self._keep(retype)
        return True


def _pressed_shortcut(window: QWindow, event: QKeyEvent) -> bool:
    """Press the shortcut of a key; an event that is sent, not typed, passes them by."""
    if event.type() != QEvent.Type.KeyPress:
        return False
    keys = QKeySequence(event.keyCombination())
    for top in QApplication.topLevelWidgets():
        if top.windowHandle() is window:
            for shortcut in top.findChildren(QShortcut):
                if shortcut.key() == keys and _can_be_pressed(shortcut):
                    shortcut.activated.emit()
                    return True
    return False


def _can_be_pressed(shortcut: QShortcut) -> bool:
    owner = shortcut.parent()
    if not (isinstance(owner, QWidget) and owner.isVisible() and owner.isEnabled()):
        return False
    needs_focus = shortcut.context() == Qt.ShortcutContext.WidgetShortcut
    return shortcut.isEnabled() and (owner.hasFocus() or not needs_focus)
