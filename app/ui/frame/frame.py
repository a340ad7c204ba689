"""The frame around the pages: rail, search, exchange light, the day and the time."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QLayout,
    QMainWindow,
    QStackedWidget,
    QWidget,
)

from app.models.text import weekday
from app.ui.frame.coming import Coming
from app.ui.frame.command_list import KEY as EVERYTHING_KEY
from app.ui.frame.command_list import CommandList, commands_on, kept_back, orders_on
from app.ui.frame.from_above_line import FromAboveLine
from app.ui.frame.help_panel import KEY as HELP_KEY
from app.ui.frame.help_panel import HelpPanel
from app.ui.frame.help_text import EVERYWHERE, name_of
from app.ui.frame.key_words import pressed, why_silent
from app.ui.frame.rail import Place, Rail, Seat
from app.ui.look.theme import Measure, Space, Tone, Type, Weight, clothe
from app.ui.widgets.buttons import LinkButton
from app.ui.widgets.fields import SearchLine, written_day
from app.ui.widgets.later import Later
from app.ui.widgets.notice import Strip
from app.ui.widgets.page import Command, Page
from app.ui.widgets.parts import Badge, Keycap, Words, column, row
from app.ui.widgets.question import Question
from app.ui.widgets.room import Room

SEARCH_HINT = "Tìm tên, mã hồ sơ, số định danh, điện thoại — hoặc quét phiếu"
SEARCH_KEY = "Ctrl+K"
SEARCH_WIDTH = 536
SMALLEST = QSize(1080, 560)
ROOMY = 1240  # px; in a narrower window the rail makes room for the page
MINUTE_HAND = 1000  # ms between two looks at the clock


@dataclass(frozen=True)
class Light:
    """How the exchange stands: an icon and words, in the colour of what they mean."""

    icon: str
    words: str
    tone: Tone


class TopBar(QFrame):
    """What is the same above every page."""

    def __init__(self) -> None:
        super().__init__()
        self._is_narrow = False
        self.setFixedHeight(Measure.TOP_HEIGHT)
        self.search = SearchLine(SEARCH_HINT)
        self.search.setProperty("place", "top")
        self.search.setMaximumWidth(SEARCH_WIDTH)
        self.search.setAccessibleName("Tìm hồ sơ")
        self._light = Badge(size=Type.SMALL)
        self._day = Words(size=Type.SMALL, tone=Tone.QUIET)
        self._time = Words(size=Type.BODY, weight=Weight.STRONG, figures=True)
        layout = row(self.search, Keycap(SEARCH_KEY), None, self._light, Space.WITHIN, self._day)
        layout.addWidget(self._time)
        layout.setStretch(0, 100)
        layout.setContentsMargins(Space.PAGE, 0, Space.PAGE, 0)
        self.setLayout(layout)

    def show_light(self, light: Light) -> None:
        self._light.say(light.words, light.tone, light.icon)

    def be_narrow(self, is_narrow: bool) -> None:
        """Say the day shortly from the next look at the clock on."""
        self._is_narrow = is_narrow

    def show_time(self, now: datetime) -> None:
        day = now.date()
        self._day.setText(
            f"{day:%d/%m}" if self._is_narrow else f"{weekday(day)} {written_day(day)}"
        )
        self._time.setText(f"{now:%H:%M}")


class Frame(QMainWindow):
    """The window. Its places are the pages this officer may use, in the order of the rail."""

    scan_left = Signal(str)
    """A scan that was none of the page's business."""
    _why_silent = ""
    """What was said last of a key that nothing took."""

    def __init__(
        self,
        places: Sequence[Place],
        seat: Seat,
        unit: str,
        now: Callable[[], datetime],
        band: QWidget | None = None,
    ) -> None:
        """`band` stands above everything else, from edge to edge."""
        super().__init__()
        clothe(self)
        self._places = list(places)
        self._left_out = {place.key for place in places if place.is_optional}
        self._unit = unit
        self._now = now
        self._rail = Rail(places, seat)
        self._bar = TopBar()
        self.search = self._bar.search
        self.above = FromAboveLine()
        self._pages = QStackedWidget()
        self._rooms: dict[Page, Room] = {}
        self._place_of: dict[Page, int] = {}
        everything, aid = LinkButton("Mọi việc", EVERYTHING_KEY), LinkButton("Trợ giúp", HELP_KEY)
        for link in (everything, aid):
            link.setFixedHeight(Measure.ICON_RAIL)
            link.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._strip = Strip(aid, everything)

        self.setMinimumSize(SMALLEST)
        whole = QWidget()
        self.question = Question("Đóng", "Ở lại")
        page = column(self._bar, self.above, self._pages, self.question, self._strip, spacing=0)
        page.setStretch(2, 1)
        whole.setLayout(row(self._rail, page, spacing=0))
        self.setCentralWidget(_under(band, whole) if band else whole)
        self._whole = whole
        aid.clicked.connect(self._aid)
        everything.clicked.connect(self._ask_for_anything)

        self._coming = Coming(self)
        self._rail.chosen.connect(lambda number: self.come(self._places[number].key))
        QShortcut(QKeySequence(SEARCH_KEY), self, self._search)
        leave = QShortcut(QKeySequence("Esc"), self.search, lambda: self.page().entered())
        leave.setContext(Qt.ShortcutContext.WidgetShortcut)
        application().focusChanged.connect(self._stay_in_sight)
        self._clock = QTimer(self, interval=MINUTE_HAND)
        self._clock.timeout.connect(self._look_at_the_clock)
        self._clock.start()
        self._look_at_the_clock()
        self.go(self._places[0].key)

    def resizeEvent(self, event: QResizeEvent) -> None:
        is_narrow = self.width() < ROOMY
        self._rail.be_slim(is_narrow)
        self._bar.be_narrow(is_narrow)
        self._look_at_the_clock()
        super().resizeEvent(event)
        for aid in Frame._help.made(self):
            aid.place()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What nothing in sight took: no key that is written anywhere stays without an answer."""
        key, page = pressed(event), self.page()
        if key and not page.answered(key) and (why := why_silent(key, page, self._places)):
            self._why_silent = why
            self.notify(why, Tone.PLAIN, "info")

    def places(self) -> list[Place]:
        """The places of the rail, from the top."""
        return list(self._places)

    def page(self) -> Page:
        """The page in sight."""
        room = self._pages.currentWidget()
        assert isinstance(room, Room)
        return room.page

    def built(self) -> list[Page]:
        """The pages that have been in sight."""
        return list(self._rooms)

    def go(self, key: str) -> None:
        """Bring the place of this key into sight; its page is built the first time."""
        self.open(self._page_of(key))

    def come(self, key: str) -> None:
        """`go` for an officer: a page still to be built comes a step a turn, and keys wait for it."""
        if self._number(key) in self._place_of.values():
            self.go(key)
        else:
            self._coming.begin(
                partial(self._page_of, key),
                lambda: self._room_of(self._page_of(key)),
                partial(self.go, key),
            )

    def show_place(self, key: str, *, is_shown: bool) -> None:
        """Show the optional place of this key in the rail, or leave it out."""
        number = self._number(key)
        self._rail.show_place(number, is_shown=is_shown)
        self._left_out = self._left_out - {key} if is_shown else self._left_out | {key}

    def open(self, page: Page) -> None:
        """Bring `page` into sight; one that is no place of the rail leaves the rail as it was."""
        self._coming.leave()
        self.unsay(self._why_silent)  # it was about the page before
        self._pages.setCurrentWidget(self._room_of(page))
        self._say_title()
        for aid in Frame._help.made(self):
            if aid.isVisible():
                aid.tell(*self._help_here())
        if page in self._place_of:
            self._rail.show_here(self._place_of[page])
        page.entered()

    def commands(self) -> list[Command]:
        """What can be done now: the deeds of the page in sight, then the places."""
        places = [
            Command(
                f"Đến {place.title}",
                "" if place.key in self._left_out else place.key,
                partial(self.come, place.key),
            )
            for place in self._places
        ]
        search = Command("Tìm hồ sơ", SEARCH_KEY, self._search)
        aid = Command("Trợ giúp về trang này", HELP_KEY, self._aid)
        return [
            *commands_on(self.page()), *commands_on(self.above), *places, search, aid,
            *orders_on(self.page()),
        ]  # fmt: skip

    def show_light(self, light: Light) -> None:
        """Say how the exchange stands."""
        self._bar.show_light(light)

    def notify(
        self,
        sentence: str,
        tone: Tone = Tone.DONE,
        icon: str = "circle-check",
        undo: Callable[[], None] | None = None,
        *,
        lasts: bool = False,
    ) -> None:
        """Say what has just been done, without standing in anybody's way; a deed's undo `lasts`."""
        self._strip.notice.tell(sentence, tone, icon, undo, lasts=lasts)

    def unsay(self, sentence: str) -> None:
        """It is so no longer; what else is said meanwhile stays."""
        self._strip.notice.withdraw(sentence)

    def scanned(self, text: str) -> None:
        """Give a scan to the page in sight, or pass it on by `scan_left`."""
        if not self.page().scanned(text):
            self.scan_left.emit(text)

    def _number(self, key: str) -> int:
        return next(n for n, place in enumerate(self._places) if place.key == key)

    def _page_of(self, key: str) -> Page:
        number = self._number(key)
        page = next((page for page, n in self._place_of.items() if n == number), None)
        if page is None:
            page = self._places[number].page()
            self._place_of[page] = number
        return page

    def _room_of(self, page: Page) -> Room:
        """Where `page` stands; it is clothed there the first time."""
        if page not in self._rooms:
            self._rooms[page] = Room(page)
            self._pages.addWidget(self._rooms[page])
            for measured in page.findChildren(QLayout):
                measured.invalidate()  # what is out of sight was measured before it was clothed
            page.about_changed.connect(self._say_title)
        return self._rooms[page]

    @Later
    def _command_list(self) -> CommandList:
        return CommandList(self._whole)

    @Later
    def _help(self) -> HelpPanel:
        return HelpPanel(self._whole, Measure.TOP_HEIGHT)

    def _ask_for_anything(self) -> None:
        commands = self.commands()
        self._command_list.ask([*commands, *kept_back(self.page(), commands)])

    def _aid(self) -> None:
        self._help.ask(*self._help_here())

    def _help_here(self) -> tuple[str, str]:
        return name_of(type(self.page())), EVERYWHERE

    def _say_title(self) -> None:
        page = self.page()
        number = self._place_of.get(page)
        place = page.title if number is None else self._places[number].title
        said = (page.about, place, self._unit, "Một Cửa")
        self.setWindowTitle(" — ".join(filter(None, said)))

    def _search(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def _stay_in_sight(self, before: QWidget | None, now: QWidget | None) -> None:
        """A page that is answered, or undone, out of sight puts the focus there: no key may follow."""
        if now is not None:
            self.question.is_left_for(now)
        if now is None or not self._pages.isAncestorOf(now) or self.page().isAncestorOf(now):
            return
        if before is not None and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            now.clearFocus()

    def _look_at_the_clock(self) -> None:
        self._bar.show_time(self._now())


def _under(band: QWidget, whole: QWidget) -> QWidget:
    both = QWidget()
    both.setLayout(column(band, whole, spacing=0))
    return both


def application() -> QApplication:
    """The one there is; a window needs it first."""
    app = QApplication.instance()
    assert isinstance(app, QApplication), "a window needs its application first"
    return app
