"""Joins the waiting line with the window: its page, its keys on every page, its two other screens."""

from functools import cached_property, partial

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut

from app.desk.desk import Desk
from app.models.citizens.turns import Turn, spoken
from app.ui.frame.frame import Frame
from app.ui.lanes.jobs import Err, Jobs, Lane, Ok
from app.ui.lobby.calling_screen import CallingScreen
from app.ui.lobby.queue_page import NEXT_KEY, TAKE_KEY, QueuePage
from app.ui.lobby.touch_window import TouchWindow
from app.ui.lobby.turn_desk import TurnDesk
from app.ui.lobby.voice import Voice, speaker
from app.ui.look.theme import Tone
from app.ui.widgets.page import Command

ONE_SCREEN = "Chưa thấy màn hình thứ hai. Cắm vào rồi mở lại; đóng màn hình gọi số: Esc ở Lấy số."


class WaitingRoom(QObject):
    """Nothing of it disturbs what is typed: it opens no page and takes no focus."""

    def __init__(self, desk: Desk, jobs: Jobs, window: Frame, unit: str) -> None:
        super().__init__(window)
        self._desk, self._jobs, self._window, self._unit = desk, jobs, window, unit
        self.turns = TurnDesk(desk, jobs, self)
        self._is_used = False
        self._keys = [
            QShortcut(QKeySequence(key), window, does)
            for key, does in ((NEXT_KEY, self.turns.call_next), (TAKE_KEY, self._take))
        ]
        self._listen()
        window.installEventFilter(self)
        self._voice = Voice("", self)
        self.turns.told.connect(self._tell)
        self.turns.called.connect(self._call)
        self.turns.taken.connect(self._give)

    def use(self, *, is_used: bool) -> None:
        """The keys work where this counter has a line."""
        self._is_used = is_used
        self._listen()
        self.turns.begin(is_used=is_used)
        if not is_used:
            self._leave()
        else:
            turns = self._desk.turns
            self._jobs.run(Lane.DESK, lambda: turns.is_aloud, self._aloud)
            self._jobs.run(Lane.DESK, lambda: turns.has_screen, self._open_again)
            self._jobs.run(Lane.NET, speaker, self._with_voice)

    def commands(self) -> list[Command]:
        """What is done from any page."""
        found = [
            Command("Mở, đóng màn hình gọi số", "", self.toggle_screen),
            Command("Mở, đóng cửa sổ tự lấy số", "", self.toggle_touch),
        ]
        if self._is_used:
            wanted = not self._voice.is_on
            title = "Gọi số thành tiếng" if wanted else "Thôi gọi số thành tiếng"
            found.append(Command(title, "", partial(self.call_aloud, is_aloud=wanted)))
        if self._is_used and not self._is_page_in_sight():
            found += [
                Command("Gọi số tiếp theo", NEXT_KEY, self.turns.call_next),
                Command("Lấy một số", TAKE_KEY, self._take),
            ]
        return found

    @cached_property
    def page(self) -> QueuePage:
        page = QueuePage(self.turns, self._desk.clock)
        page.screen_wanted.connect(self.toggle_screen)
        page.touch_wanted.connect(self.toggle_touch)
        page.in_sight.connect(self._listen)
        self._read_words(page)
        return page

    @cached_property
    def screen(self) -> CallingScreen:
        screen = CallingScreen(self._unit, self._desk.store.counter, self._window)
        screen.tell(self.turns.queue)
        self.turns.stood.connect(screen.tell)
        return screen

    @cached_property
    def touch(self) -> TouchWindow:
        touch = TouchWindow(self._unit, self._window)
        touch.wanted.connect(self.turns.take)
        self._read_words(touch)
        return touch

    def call_aloud(self, *, is_aloud: bool) -> None:
        """By a voice where there is one, else by a chime; or not at all."""
        turns = self._desk.turns

        def work() -> bool:
            turns.call_aloud(is_aloud=is_aloud)
            return turns.is_aloud

        self._jobs.run(Lane.DESK, work, self._aloud)

    def offer_anew(self) -> None:
        """There are other reasons to go first."""
        for name in {"page", "touch"} & self.__dict__.keys():
            self._read_words(getattr(self, name))

    def toggle_screen(self) -> None:
        """Open the second screen, or close it."""
        turns, is_open = self._desk.turns, not self.screen.isVisible()
        if is_open:
            self.screen.come()
            if not CallingScreen.has_room():
                self._tell(ONE_SCREEN, Tone.TODAY)
        else:
            self.screen.hide()
            self._window.unsay(ONE_SCREEN)
        self._jobs.run(Lane.DESK, lambda: turns.remember_screen(is_open=is_open), lambda _: None)

    def toggle_touch(self) -> None:
        """Open the window where citizens take a number, or close it."""
        self.touch.setVisible(not self.touch.isVisible())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Hide and not event.spontaneous():  # the window has closed
            self._leave()
        return isinstance(event, QKeyEvent) and self._closes_screen(event)

    # --- inside -----------------------------------------------------------------------------------

    def _leave(self) -> None:
        """Nothing is called any more."""
        self._voice.stop()
        for name in {"screen", "touch"} & self.__dict__.keys():
            getattr(self, name).hide()

    def _closes_screen(self, event: QKeyEvent) -> bool:
        """Esc on the page, where the screen that takes no key itself lies over the window."""
        is_escape = event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Escape
        if not (is_escape and self._is_page_in_sight()) or CallingScreen.has_room():
            return False
        is_open = "screen" in self.__dict__ and self.screen.isVisible()
        if is_open:
            self.toggle_screen()
        return is_open

    def _is_page_in_sight(self) -> bool:
        return "page" in self.__dict__ and self.page.isVisible()

    def _listen(self) -> None:
        """The page has the same keys on its buttons."""
        for key in self._keys:
            key.setEnabled(self._is_used and not self._is_page_in_sight())

    def _read_words(self, where: QueuePage | TouchWindow) -> None:
        self._jobs.run(Lane.DESK, self._desk.turns.priorities, partial(_offer, where))

    def _take(self) -> None:
        self.turns.take()

    def _open_again(self, result: Ok[bool] | Err) -> None:
        """Only where there is a screen for it: else it would lie over the window."""
        if isinstance(result, Ok) and result.value and CallingScreen.has_room():
            self.screen.come()

    def _aloud(self, result: Ok[bool] | Err) -> None:
        if isinstance(result, Ok):
            self._voice.is_on = result.value

    def _with_voice(self, result: Ok[str] | Err) -> None:
        if isinstance(result, Ok):
            self._voice.use(result.value)

    def _call(self, turn: Turn) -> None:
        self._voice.say(spoken(turn, self._desk.store.counter))
        if "screen" in self.__dict__:
            self.screen.call(turn)

    def _give(self, turn: Turn) -> None:
        if "touch" in self.__dict__:
            self.touch.give(turn, self.turns.queue)

    def _tell(self, sentence: str, tone: Tone) -> None:
        icon = "triangle-alert" if tone is Tone.LATE else "ticket"
        self._window.notify(sentence, tone, icon)


def _offer(where: QueuePage | TouchWindow, result: Ok[tuple[str, ...]] | Err) -> None:
    if isinstance(result, Ok):
        where.offer(result.value)
