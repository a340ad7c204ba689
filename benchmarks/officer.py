"""An officer at the window, letter by letter: what the benchmarks play, an act at a time."""

from collections.abc import Callable, Iterator
from functools import partial

from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtTest import QTest

from app.desk.draft import IntakeDraft
from app.ui.intake.page import IntakePage
from app.ui.window import Window

HELD_DOWN = 30  # ms between two keys, as of one held down; nobody types so fast
INTAKES = 5
CITIZEN = (
    "nguyen thi phuong quynh trang",
    "001187012345",
    "12041987",
    "thon lieu noi",
    "0912345678",
)

Act = Callable[[], object]


def letters(window: Window, text: str) -> Iterator[Act]:
    """Each letter of `text` a key of its own."""
    for letter in text:
        yield partial(QTest.keyClick, window.windowHandle(), letter)


def press(
    window: Window, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> Act:
    """A key that is no letter."""
    return partial(QTest.keyClick, window.windowHandle(), key, held)


def empty_form(window: Window) -> Iterator[Act]:
    """The intake page with nothing in it; what stood there is set aside."""

    def begin() -> None:
        page = window.page()
        assert isinstance(page, IntakePage)
        page.begin_with(IntakeDraft())

    yield partial(window.go, "F2")
    yield begin
    yield from [lambda: None] * 10


def intake(window: Window) -> Iterator[Act]:
    """One on its page, until all but the save is done."""
    yield from letters(window, "khai sinh")
    yield press(window, Qt.Key.Key_Return)
    yield press(window, Qt.Key.Key_A, Qt.KeyboardModifier.AltModifier)
    for words in CITIZEN:
        yield from letters(window, words)
        yield press(window, Qt.Key.Key_Return)


def _intakes(window: Window) -> Iterator[Act]:
    yield from empty_form(window)
    for _ in range(INTAKES):
        yield press(window, Qt.Key.Key_F2)
        yield from intake(window)
        yield press(window, Qt.Key.Key_F9)
        yield from [lambda: None] * 10


def _same_day(window: Window) -> Iterator[Act]:
    for _ in range(INTAKES):
        yield press(window, Qt.Key.Key_F5)
        for words in CITIZEN[:2]:
            yield from letters(window, words)
            yield press(window, Qt.Key.Key_Return)
        yield from [press(window, Qt.Key.Key_Return)] * 4
        yield from letters(window, "ban sao tu ban chinh")
        yield press(window, Qt.Key.Key_Return)
        for pages in "1234":
            yield from letters(window, pages)
            yield press(window, Qt.Key.Key_Return)
        yield press(window, Qt.Key.Key_F9)
        yield from [lambda: None] * 10


def _search(window: Window) -> Iterator[Act]:
    for words in ("nguyen thi", "dang huu", "tran van hoa"):
        yield press(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
        yield from letters(window, words)


def _board(window: Window) -> Iterator[Act]:
    for _ in range(INTAKES):
        yield press(window, Qt.Key.Key_F3)
        yield from [lambda: None] * 5
        yield from [press(window, Qt.Key.Key_PageDown)] * 10
        yield from [press(window, Qt.Key.Key_Down)] * 10
        yield press(window, Qt.Key.Key_F2)


def _pages(window: Window) -> Iterator[Act]:
    """Every page of the rail, one after the other."""
    for place in window.places():
        yield partial(window.come, place.key)
        yield from [lambda: None] * 10
    yield partial(window.come, "F2")


def _in_pages(window: Window) -> Iterator[Act]:
    """Typed and moved in where each page begins, as far as nothing is asked or done."""
    steps = (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_PageDown, Qt.Key.Key_Up, Qt.Key.Key_Tab)
    for place in window.places():
        yield partial(window.go, place.key)
        yield from [lambda: None] * 5
        for _ in range(2):
            yield from letters(window, "nguyen")
            yield from [press(window, step) for step in steps]


def _help(window: Window) -> Iterator[Act]:
    """Asked and closed again on three pages."""
    for key in ("F2", "F3", "F4"):
        yield partial(window.go, key)
        yield press(window, Qt.Key.Key_F1)
        yield from [lambda: None] * 10
        yield press(window, Qt.Key.Key_F1)


def play(acts: Iterator[Act], then: Act, apart: int) -> None:
    """One act after the other, `apart` ms between them."""
    timer = QTimer(QCoreApplication.instance(), interval=apart)

    def next_act() -> None:
        act = next(acts, None)
        if act is None:
            timer.stop()
            then()
        else:
            act()

    timer.timeout.connect(next_act)
    timer.start()


WORKS = {
    "warm": _intakes,
    "pages_first": _pages,
    "intake": _intakes,
    "same_day": _same_day,
    "search": _search,
    "board": _board,
    "pages_again": _pages,
    "in_pages": _in_pages,
    "help": _help,
}
