"""What is said of a key that nothing in sight takes: why not now, or on which page it does what."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QPushButton, QWidget

import resources
from app.ui.frame.help_text import EVERYWHERE, Kind, Piece, name_of, read
from app.ui.frame.rail import Place
from app.ui.widgets.buttons import key_of, otherwise
from app.ui.widgets.page import Page
from app.ui.widgets.parts import said_key

_SHORTCUT = re.compile(r"(Ctrl|Alt|Shift)\+.+|F\d+")  # a letter or Enter alone belongs to the focus
_MODIFIERS = (Qt.Key.Key_Control, Qt.Key.Key_Shift, Qt.Key.Key_Alt, Qt.Key.Key_AltGr)
_NAMED = 3  # pages a sentence has room for


class Told(NamedTuple):
    """What a page of help, by its name and its title, says that a key does."""

    page: str
    title: str
    does: str


def pressed(event: QKeyEvent) -> str:
    """The shortcut in a key event, as "Ctrl+B"; "" for what is held down, typed, or only a modifier."""
    if event.isAutoRepeat() or event.key() in _MODIFIERS:
        return ""
    key = QKeySequence(event.keyCombination()).toString()
    return key if _SHORTCUT.fullmatch(key) else ""


def why_silent(key: str, page: Page, places: Sequence[Place]) -> str:
    """While `page` is in sight, and no page of `places` comes by its key; "" where no help tells of it."""
    if title := next((place.title for place in places if place.key == key), ""):
        return f"“{title}” chưa dùng ở quầy này. Muốn dùng thì bấm F12, gõ “dùng {title.lower()}”."
    told = {one.page: one for one in _told().get(key, ())}
    if said := _why_not_now(key, page, told.get(name_of(type(page))) or told.get(EVERYWHERE)):
        return said
    return _elsewhere(key, list(told.values()), {place.title: place.key for place in places})


def why_silent_beside(key: str, window: QWidget) -> str:
    """While a `window` beside the pages has the keys; "" where no help tells of it."""
    told = {one.page: one for one in _told().get(key, ())}
    if said := _why_not_now(key, window, told.get(name_of(type(window)))):
        return said
    return f"{said_key(key)} không dùng ở cửa sổ này; bấm Esc để đóng rồi bấm lại." if told else ""


def shortcuts(name: str) -> dict[str, str]:
    """Of a page of help: each shortcut, and the first thing it does; those of a range one by one."""
    lines = (piece for piece in read(name) if piece.kind is Kind.KEY)
    return {key: piece.text.split(";")[0] for piece in lines for key in _keys_of(piece)}


def _why_not_now(key: str, here: QWidget, told: Told | None) -> str:
    buttons = (button for button in here.findChildren(QPushButton) if key_of(button) == key)
    if said := next((x for x in map(otherwise, buttons) if x), ""):
        return said
    return f"{said_key(key)} là “{told.does}”, lúc này chưa dùng được." if told else ""


def _elsewhere(key: str, told: Sequence[Told], key_to: Mapping[str, str]) -> str:
    """The places of the rail come first, since a key leads there."""
    if not told:
        return ""
    titles = list(key_to)
    inner = sorted(told, key=lambda x: titles.index(x.title) if x.title in key_to else len(titles))
    named = [
        f"{x.title} ({said_key(key_to[x.title])})" if x.title in key_to else x.title for x in inner
    ]
    if len(named) == 1:
        return f"{said_key(key)} dùng ở {named[0]}: “{inner[0].does}”."
    more = " và nơi khác" if len(named) > _NAMED else ""
    return f"{said_key(key)} chỉ dùng ở {', '.join(named[:_NAMED])}{more}."


@cache
def _told() -> Mapping[str, Sequence[Told]]:
    found: dict[str, list[Told]] = {}
    for file in sorted(resources.path("help").glob("*.md")):
        title = read(file.stem)[0].text
        for key, does in shortcuts(file.stem).items():
            found.setdefault(key, []).append(Told(file.stem, title, does))
    return found


def _keys_of(piece: Piece) -> Iterator[str]:
    first, last = piece.keys[0], piece.keys[-1]
    if first != last:
        yield from (f"{first[:-1]}{number}" for number in range(int(first[-1]), int(last[-1]) + 1))
    elif _SHORTCUT.fullmatch(first):
        yield first
