"""Somebody who knows nothing presses everything: seeded, in the process, with a look after each action."""

from collections import deque
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import shiboken6
from PySide6.QtCore import QEvent, QMimeData, QPoint, QSize, Qt, QTimer, QUrl
from PySide6.QtGui import QGuiApplication, QImage, QKeyEvent, QWindow
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

from app.models.text import fold
from app.ui.lobby.lobby import KEYS
from app.ui.typing.held_keys import HeldKeys
from app.ui.widgets.buttons import ENTER, key_of
from app.ui.window import Window
from tests.ui.commune import hit
from tests.ui.drafts import Typed, differing_forms, lost, typed_in
from tests.ui.held_lanes import HeldLanes
from tests.ui.keys import key
from tests.ui.mouse import drop, turn_wheel

LETTERS = "aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạấầẩẫậếềểễệớờởỡợứừửữựĐẶNGƯƠ ,./-"
MOVES = (
    "Tab", "Tab", "Tab", "Shift+Backtab", "Return", "Return", "Escape", "Space", "Up", "Down",
    "Down", "Left", "Right", "Home", "End", "PageUp", "PageDown", "Backspace", "Delete",
)  # fmt: skip
CHORDS = (
    *(f"F{number}" for number in range(1, 13)), "Ctrl+K", "Ctrl+A", "Ctrl+Z", "Ctrl+V", "Ctrl+X",
    *(f"Ctrl+{number}" for number in range(1, 10)), *(f"Alt+{number}" for number in range(1, 10)),
)  # fmt: skip
PLACES = ("F2", "F3", "F4", "F5", "F6", "F7", "F8", "F10", "Ctrl+F11")
NAMES = ("Nguyễn Hoàng Thị Phương Quỳnh Trang", "Lý A Sử", "Đặng Hữu Nghĩa", "Trần Văn Ước")
PROCEDURES = ("khai sinh", "1.001022", "2.001263", "ket hon", "chung thuc", "dat dai", "1.013949")
FOREIGN = "8936017362"  # a barcode of something else
SMALLEST, LARGEST = QSize(800, 480), QSize(1920, 1200)
EPOCH = 10**9  # ms, after any hour of `QTest`
KEPT_APART, TYPED_APART, SCANNED_APART = 1_000, 80, 5  # ms between keys


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
        self._dropped = tuple(_droppable())
        self.done: deque[str] = deque(maxlen=40)
        """The last actions, as a person would say them."""
        window._scanner._when = self._pressed_at
        for part in KEYS:
            window._lobby.use(part, is_used=True)
        self._rescue = QTimer(window, interval=50)
        self._rescue.timeout.connect(_answer_file_dialog)
        self._rescue.start()
        self._acts = (
            (24, self._move), (12, self._chord), (14, self._shown_key), (10, self._words),
            (4, self._digits), (8, self._scan), (14, self._click), (2, self._resize),
            (5, self._place), (2, self._paste), (2, self._wait), (5, self._intake),
            (2, self._same_day), (2, self._help), (2, self._choose_dossier), (5, self._command),
            (2, self._drop), (1, self._turn_wheel),
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
        assert self._may_write or not (gone := lost(before, self.typed())), f"lost: {gone}"
        if not self._is_under_way():
            self._may_write = False

    def leave_and_come_back(self) -> None:
        """What was typed stands there still. AssertionError: it doesn't."""
        self.rest()
        before = self.typed()
        self.window.go("F3")
        self.look_whether_stands(before, "leaving the page")

    def look_whether_stands(self, before: Typed, after: str) -> None:
        """Look at each form that stood there `before`. AssertionError: one is another."""
        for place in before:
            self.window.go(place)
            self.rest()
        assert not (other := differing_forms(before, self.typed())), f"other after {after}: {other}"

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

    def typed(self) -> Typed:
        """What stands in the forms."""
        return typed_in(self.window)

    def _is_under_way(self) -> bool:
        """Something waits for a lane, or keys for what comes of it."""
        return any(self._lanes._waiting.values()) or bool(self._held())

    def _turn(self) -> None:
        """Let the event loop turn until what is given back is typed, as between two words of a person."""
        QApplication.processEvents()
        while any(keys._next.isActive() for keys in self._typed_ahead()):
            QApplication.processEvents()
        self.window._scanner._paused()  # a person's pause is longer than a scanner's

    def _typed_ahead(self) -> list[HeldKeys]:
        return self.window.findChildren(HeldKeys)

    def _held(self) -> list[str]:
        """Where keys are held."""
        return [type(keys.parent()).__name__ for keys in self._typed_ahead() if keys._held]

    def _pressed_at(self, event: QKeyEvent) -> int:
        """The keys of `QTest` carry the machine's time."""
        return max(event.timestamp(), self._ms if event.timestamp() < EPOCH else 0)

    # --- what must hold ---

    def _written(self) -> int:
        return self._desk.store.pending("server")[0]

    def _last_written(self, number: int) -> list[tuple[str, ...]]:
        sql = "SELECT type FROM events ORDER BY id DESC LIMIT ?"
        return self._desk.store.database.rows(sql, (number,))

    # --- what is done; True: it may be a deed ---

    def _over(self) -> QWidget:
        """Where keys go."""
        return QApplication.activePopupWidget() or QApplication.activeWindow() or self.window

    def _shown(self) -> list[QWidget]:
        """What can be seen there; a wrapper may outlive what it wrapped in a dialog of Qt's own."""
        found = self._over().findChildren(QWidget)
        return [each for each in found if shiboken6.isValid(each) and each.isVisible()]

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
        self._hit(move := self._chance.choice(MOVES))
        return move in {"Return", "Space", "Delete", "Backspace", "Escape"}

    def _chord(self) -> bool:
        chord = self._chance.choice(CHORDS)
        self._hit(chord)
        return chord not in {*PLACES, "F1", "F12"}

    def _command(self) -> bool:
        """By its name, as whoever forgot a key does."""
        title = self._chance.choice([each.title for each in self.window.commands()])
        if title.endswith(")") and self._chance.random() < 0.9:  # it closes the window
            return False
        self._hit("F12")
        self._say("command", title)
        self._type(fold(title) + "\n", TYPED_APART)
        return True

    def _shown_key(self) -> bool:
        keys = sorted(
            {
                key_of(button)
                for button in self._shown()
                if isinstance(button, QPushButton)
                and key_of(button) not in {"", ENTER}
                and button.isEnabled()
            }
        )
        if keys:
            self._hit(self._chance.choice(keys).replace("Esc", "Escape").replace("Ins", "Insert"))
        return True

    def _words(self) -> bool:
        words = "".join(self._chance.choices(LETTERS, k=self._chance.randint(1, 8)))
        words = self._chance.choice((words, words, *NAMES, *PROCEDURES))
        self._say("type", repr(words), "into", self._focus())
        was_in_text = self._is_in_text()
        self._type(words, self._chance.choice((0, TYPED_APART)))
        return " " in words and not (was_in_text and self._is_in_text())  # it presses a button

    def _is_in_text(self) -> bool:
        return isinstance(QApplication.focusWidget(), QLineEdit)

    def _digits(self) -> bool:
        length = self._chance.choice((1, 2, 8, 11, 12))
        words = "".join(self._chance.choices("0123456789", k=length))
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
        clickable = [x for x in self._shown() if isinstance(x, wanted)]
        if not clickable:
            over.close()
            return False
        one = self._chance.choice(clickable)
        target = one.viewport() if isinstance(one, QAbstractItemView) else one
        at = self._somewhere_in(target)
        self._say("click", type(one).__name__, repr(one.accessibleName()), at.toTuple())
        click = self._chance.choice((QTest.mouseClick, QTest.mouseClick, QTest.mouseDClick))
        click(target, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
        return True

    def _somewhere_in(self, target: QWidget) -> QPoint:
        return QPoint(*(self._chance.randrange(max(1, most)) for most in target.size().toTuple()))

    def _drop(self) -> bool:
        if takers := [x for x in self._shown() if x.acceptDrops()]:
            onto = self._chance.choice(takers)
            dropped = self._chance.choice(self._dropped)
            self._say("drop", *dropped.formats(), "onto", type(onto).__name__)
            drop(dropped, onto, self._somewhere_in(onto))
        return True

    def _turn_wheel(self) -> bool:
        if shown := self._shown():
            over = self._chance.choice(shown)
            self._say("turn the wheel over", type(over).__name__)
            turn_wheel(over, self._somewhere_in(over), self._chance.choice((-3, -1, 1, 3)))
        return False

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

    def _help(self) -> bool:
        self._say("a help")
        steps: list[Callable[[], object]] = [
            lambda: self._hit("F10"),
            lambda: self._type(self._chance.choice(NAMES) + "\t", TYPED_APART),
            self._scan_card,
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


def _droppable() -> Iterator[QMimeData]:
    """A paper, what only calls itself one, and words."""
    paper, broken = Path("to khai.png"), Path("hong.pdf")
    QImage(420, 595, QImage.Format.Format_Grayscale8).save(str(paper))
    broken.write_bytes(b"%PDF-1.4 and no more")
    for file in (paper, broken):
        content = QMimeData()
        content.setUrls([QUrl.fromLocalFile(str(file.absolute()))])
        yield content
    words = QMimeData()
    words.setText("Lý A\nSử")
    yield words


def _answer_file_dialog() -> None:
    """Qt's own file dialog asks back in an event loop of its own; nobody is there to answer."""
    if isinstance(asked := QApplication.activeModalWidget(), QMessageBox):
        asked.reject()
