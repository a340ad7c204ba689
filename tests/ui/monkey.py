"""Somebody who knows nothing presses everything: seeded, in the process, with a look after each action."""

from collections import deque
from collections.abc import Callable, Iterator
from random import Random
from typing import TypeVar

import shiboken6
from PySide6.QtCore import QEvent, QPoint, QSize, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeyEvent, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QFileDialog,
    QLineEdit,
    QMessageBox,
    QPushButton,
    QWidget,
)

from app.desk.draft import IntakeDraft
from app.ui.intake.page import IntakePage
from app.ui.lanes.jobs import Lane
from app.ui.typing.held_keys import HeldKeys
from app.ui.widgets.buttons import ENTER, key_of
from app.ui.window import Window
from tests.ui.commune import hit
from tests.ui.keys import key

T = TypeVar("T")

LETTERS = "aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạấầẩẫậếềểễệớờởỡợứừửữựĐẶNGƯƠ ,./-"
MOVES = (
    "Tab", "Tab", "Tab", "Shift+Backtab", "Return", "Return", "Escape", "Space", "Up", "Down",
    "Down", "Left", "Right", "Home", "End", "PageUp", "PageDown", "Backspace", "Delete",
)  # fmt: skip
CHORDS = (
    *(f"F{number}" for number in range(1, 13)), "Ctrl+K", "Ctrl+A", "Ctrl+Z", "Ctrl+V", "Ctrl+X",
    *(f"Ctrl+{number}" for number in range(1, 10)), *(f"Alt+{number}" for number in range(1, 10)),
)  # fmt: skip
PLACES = ("F2", "F3", "F4", "F5", "F6", "F8")
NAMES = ("Nguyễn Hoàng Thị Phương Quỳnh Trang", "Lý A Sử", "Đặng Hữu Nghĩa", "Trần Văn Ước")
PROCEDURES = ("khai sinh", "1.001022", "2.001263", "ket hon", "chung thuc", "dat dai", "1.013949")
FOREIGN = "8936017362"  # a barcode of something else
SUBSTANCE = ("procedure", "name", "id_number", "born", "address", "phone", "email")
SMALLEST, LARGEST = QSize(800, 480), QSize(1920, 1200)
EPOCH = 10**9  # ms, after any hour of `QTest`
KEPT_APART, TYPED_APART, SCANNED_APART = 1_000, 80, 5  # ms between keys


class HeldLanes:
    """Work waits until chance lets it be done, each lane in the order it was given."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance
        self._waiting: dict[Lane, deque[Callable[[], None]]] = {lane: deque() for lane in Lane}

    def submit(self, lane: Lane, work: Callable[[], None]) -> None:
        self._waiting[lane].append(work)

    def call(self, lane: Lane, work: Callable[[], T]) -> T:
        return work()

    def some(self) -> None:
        """Do none, some or all of it."""
        for _ in range(self._chance.choice((0, 1, 3, 100))):
            if busy := [lane for lane, works in self._waiting.items() if works]:
                self._waiting[self._chance.choice(busy)].popleft()()

    def wait(self) -> None:
        while any(self._waiting.values()):
            for works in self._waiting.values():
                if works:
                    works.popleft()()

    def close(self) -> None:
        self.wait()


class Monkey:
    """At one window. `pass_time` moves its clock by so many minutes."""

    def __init__(
        self,
        chance: Random,
        window: Window,
        lanes: HeldLanes,
        pass_time: Callable[[int], None],
    ) -> None:
        self._chance, self._lanes, self._pass_time = chance, lanes, pass_time
        self.window, self._desk = window, window._desk
        self._ms = EPOCH
        self._may_write = False
        self.done: deque[str] = deque(maxlen=40)
        """The last actions, as a person would say them."""
        window._scanner._when = self._pressed_at
        self._rescue = QTimer(window, interval=50)
        self._rescue.timeout.connect(_answer_file_dialog)
        self._rescue.start()
        self._acts = (
            (24, self._move), (12, self._chord), (14, self._shown_key), (10, self._words),
            (4, self._digits), (8, self._scan), (14, self._click), (2, self._resize),
            (5, self._place), (2, self._paste), (2, self._wait), (5, self._intake),
            (2, self._same_day), (2, self._choose_dossier),
        )  # fmt: skip

    def act(self) -> None:
        """Do one thing, and look at what came of it. AssertionError says what must not be."""
        if QApplication.activeWindow() is None:
            self.window.activateWindow()
            QApplication.processEvents()
        before, written = self.typed(), self._written()
        self._ms += KEPT_APART
        weights, acts = zip(*self._acts, strict=True)
        (act,) = self._chance.choices(acts, weights)
        self._may_write = act() or self._may_write
        self._lanes.some()
        self._turn()
        news = self._written() - written
        assert self._may_write or not news, f"written unasked: {self._last_written(news)}"
        self._look_for_loss(before)
        if not self._is_under_way():
            self._may_write = False

    def leave_and_come_back(self) -> None:
        """What was typed stands there still. AssertionError: it doesn't."""
        self.rest()
        before = self.typed()
        for place in ("F3", "F2"):
            self.window.go(place)
            self.rest()
        assert not (lost := differing(before, self.typed())), (
            f"other after leaving the page: {lost}"
        )

    def rest(self) -> None:
        """Let everything begun come to its end; what floats over the window is closed."""
        for _ in range(5):
            self._lanes.wait()
            self._turn()
        assert not self._held(), f"keys are held for ever: {self._held()}"
        for over in QApplication.topLevelWidgets():
            if over is not self.window and over.isVisible():
                over.close()
        QApplication.processEvents()

    def typed(self) -> IntakeDraft:
        """What stands in the form."""
        page = self._page()
        return page._form.draft() if page else IntakeDraft()

    def _is_under_way(self) -> bool:
        """Something waits for a lane, or keys for what comes of it."""
        return any(self._lanes._waiting.values()) or bool(self._held())

    def _turn(self) -> None:
        """Let the event loop turn as it does between two keys of a person: what is given back is typed."""
        QApplication.processEvents()
        for keys in self.window.findChildren(HeldKeys):
            while keys._next.isActive():
                QApplication.processEvents()

    def _held(self) -> list[str]:
        """Where keys are held."""
        held = (keys for keys in self.window.findChildren(HeldKeys) if keys._held)
        return [type(keys.parent()).__name__ for keys in held]

    def _pressed_at(self, event: QKeyEvent) -> int:
        """The keys of `QTest` carry the machine's time."""
        return max(event.timestamp(), self._ms if event.timestamp() < EPOCH else 0)

    # --- what must hold ---

    def _page(self) -> IntakePage | None:
        pages = (page for page in self.window.built() if isinstance(page, IntakePage))
        return next(pages, None)

    def _written(self) -> int:
        return self._desk.store.pending("server")[0]

    def _last_written(self, number: int) -> list[tuple[str, ...]]:
        sql = "SELECT type FROM events ORDER BY id DESC LIMIT ?"
        return self._desk.store.database.rows(sql, (number,))

    def _look_for_loss(self, before: IntakeDraft) -> None:
        """Several fields are emptied at once by a deed that is written, or to be taken up again."""
        after = self.typed()
        gone = [name for name in SUBSTANCE if getattr(before, name) and not getattr(after, name)]
        if len(gone) < 2 or self._may_write:
            return
        raise AssertionError(f"lost from the form: {gone}, of {before}")

    # --- what is done; True: it may be a deed ---

    def _over(self) -> QWidget:
        """Where keys go."""
        return QApplication.activePopupWidget() or QApplication.activeWindow() or self.window

    def _say(self, *words: object) -> None:
        self.done.append(" ".join(map(str, words)))

    def _hit(self, chord: str) -> None:
        self._say("press", chord, "on", self._focus())
        if self._over().windowHandle() is not None:
            hit(self._over(), chord)

    def _type(self, words: str, apart: int) -> None:
        for letter in words:
            self._ms += apart
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                event = key(letter, kind)
                event.setTimestamp(self._ms)
                window: QWindow | None = (
                    self._over().windowHandle()
                )  # gone with a list that the key before closed
                if window is not None and shiboken6.isValid(window):
                    QApplication.sendEvent(window, event)

    def _focus(self) -> str:
        focus = QApplication.focusWidget()
        return f"{type(focus).__name__} {focus.accessibleName()!r}" if focus else "nothing"

    def _move(self) -> bool:
        move = self._chance.choice(MOVES)
        self._hit(move)
        return move in {"Return", "Space", "Delete", "Backspace", "Escape"}

    def _chord(self) -> bool:
        chord = self._chance.choice(CHORDS)
        self._hit(chord)
        return chord not in {*PLACES, "F1", "F12"}

    def _shown_key(self) -> bool:
        keys = sorted(
            {
                key_of(button)
                for button in self._over().findChildren(QPushButton)
                if key_of(button) not in {"", ENTER} and button.isVisible() and button.isEnabled()
            }
        )
        if keys:
            self._hit(self._chance.choice(keys).replace("Esc", "Escape").replace("Ins", "Insert"))
        return True

    def _words(self) -> bool:
        words = "".join(self._chance.choices(LETTERS, k=self._chance.randint(1, 8)))
        words = self._chance.choice((words, words, *NAMES, *PROCEDURES))
        self._say("type", repr(words), "into", self._focus())
        self._type(words, self._chance.choice((0, TYPED_APART)))
        return " " in words and not self._is_in_text()  # a space presses the button it stands on

    def _is_in_text(self) -> bool:
        return isinstance(QApplication.focusWidget(), QLineEdit)

    def _digits(self) -> bool:
        words = "".join(
            self._chance.choices("0123456789", k=self._chance.choice((1, 2, 8, 11, 12)))
        )
        self._say("type", words, "into", self._focus())
        self._type(words, TYPED_APART)
        return False

    def _scan(self) -> bool:
        text = self._chance.choice(tuple(self._scannable()))
        self._say("scan", text, "on", self.window.windowTitle())
        self._type(text + self._chance.choice("\n\n\t"), SCANNED_APART)
        return text == FOREIGN  # whose Enter is the field's

    def _scannable(self) -> Iterator[str]:
        number = f"{self._chance.randrange(10**12):012}"
        name = self._chance.choice(NAMES)
        born = f"{self._chance.randint(1, 31):02}{self._chance.randint(1, 12):02}1985"
        yield f"{number}|112233445|{name}|{born}|Nam|Thôn Liễu Nội, xã Khánh Hà, Hà Nội|05062021"
        yield f"001187012345||{NAMES[0]}|12041987|Nữ|Thôn Liễu Nội, xã Khánh Hà|01012022||||"
        yield f"{number}|||||"
        yield from ("T-C2B3F4G5", FOREIGN, "H26.33.15-261123-9999")
        yield "https://tracuu.khanhha.example/?t=Zk3-x_9Q"
        if lines := self._desk.lookup.board(limit=50).lines:
            yield from [self._chance.choice(lines).row.code] * 6

    def _click(self) -> bool:
        over = self._over()
        if isinstance(over, QFileDialog):
            self._say("leave the file dialog")
            over.reject()
            return False
        wanted = (QAbstractButton, QLineEdit, QAbstractItemView)
        shown = [x for x in over.findChildren(QWidget) if isinstance(x, wanted) and x.isVisible()]
        if not shown:
            over.close()
            return False
        one = self._chance.choice(shown)
        target = one.viewport() if isinstance(one, QAbstractItemView) else one
        at = QPoint(
            self._chance.randrange(max(1, target.width())),
            self._chance.randrange(max(1, target.height())),
        )
        self._say("click", type(one).__name__, repr(one.accessibleName()), at.toTuple())
        click = self._chance.choice((QTest.mouseClick, QTest.mouseClick, QTest.mouseDClick))
        click(target, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
        return True

    def _resize(self) -> bool:
        wide = self._chance.randint(SMALLEST.width(), LARGEST.width())
        tall = self._chance.randint(SMALLEST.height(), LARGEST.height())
        self._say("resize", wide, tall)
        self.window.resize(wide, tall)
        return False

    def _place(self) -> bool:
        self._hit(self._chance.choice(PLACES))
        return False

    def _paste(self) -> bool:
        words = self._chance.choice(("x" * 5_000, "Lý A\nSử\t1985", "\u202eAn", *NAMES))
        self._say("paste", repr(words[:20]), "into", self._focus())
        QGuiApplication.clipboard().setText(words)
        self._hit("Ctrl+V")
        return False

    def _wait(self) -> bool:
        minutes = self._chance.choice((0, 1, 20, 90))
        self._say("wait", minutes)
        self._pass_time(minutes)
        QTest.qWait(5)
        return False

    def _choose_dossier(self) -> bool:
        if lines := self._desk.lookup.board(limit=50).lines:
            line = self._chance.choice(lines)
            self._say("open", line.row.code)
            self.window.open_dossier(line.row.name)
        return False

    # --- what a person would do, broken off anywhere ---

    def _intake(self) -> bool:
        self._say("an intake")
        steps: list[Callable[[], object]] = [
            lambda: self._hit("F2"),
            lambda: self._type(self._chance.choice(PROCEDURES) + "\n", TYPED_APART),
            lambda: self._hit("Alt+A"),
            self._scan_card,
            lambda: self._hit("F9"),
        ]
        return self._break_off(steps)

    def _same_day(self) -> bool:
        self._say("papers of the same day")
        steps: list[Callable[[], object]] = [
            lambda: self._hit("F5"),
            self._scan_card,
            lambda: self._type("ban sao\n2\n3\n", TYPED_APART),
            lambda: self._hit("F9"),
        ]
        return self._break_off(steps)

    def _scan_card(self) -> None:
        self._ms += KEPT_APART
        self._type(next(self._scannable()) + "\n", SCANNED_APART)

    def _break_off(self, steps: list[Callable[[], object]]) -> bool:
        for step in steps[: self._chance.randint(1, len(steps))]:
            self._ms += KEPT_APART
            step()
            self._lanes.some()
            self._turn()
        return True


def differing(before: IntakeDraft, after: IntakeDraft) -> list[str]:
    """Each field that is another now, as it was and as it is."""
    pairs = (
        (name, getattr(before, name), getattr(after, name)) for name in before.__struct_fields__
    )
    return [f"{name}: {was!r} → {now!r}" for name, was, now in pairs if was != now]


def _answer_file_dialog() -> None:
    """Qt's own file dialog asks back in an event loop of its own; nobody is there to answer."""
    if isinstance(asked := QApplication.activeModalWidget(), QMessageBox):
        asked.reject()
