"""Joins the pages into the window of one counter: who opens what, who hears of what."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QWidget

from app.desk.desk import Desk
from app.desk.draft import IntakeDraft
from app.models.dossiers.lifecycle import Deed
from app.models.events.event import EventName
from app.models.unit.officer import Officer
from app.ui import pages
from app.ui.exchange.announcing import Announcing
from app.ui.exchange.exchanges import Exchanges
from app.ui.exchange.scans_up import ScansUp
from app.ui.exchange.words import light_of
from app.ui.frame.frame import Frame, application
from app.ui.frame.looks import Looks
from app.ui.frame.practice_band import PracticeBand
from app.ui.frame.rail import Place, Seat
from app.ui.intake.page import IntakePage
from app.ui.intake.typed_page import TypedPage
from app.ui.lanes.jobs import Jobs
from app.ui.lobby.lobby import Lobby
from app.ui.look.text_size import TextSize
from app.ui.look.theme import Tone
from app.ui.papers.blank_desk import BlankDesk
from app.ui.papers.papers import Papers
from app.ui.rating.rating import Rating
from app.ui.safety.parting import OnceADay, Parting
from app.ui.safety.safe_place import SafePlace
from app.ui.safety.second_copies import SecondCopies
from app.ui.scanning.left_scans import TRY_SCANNER, LeftScans
from app.ui.scanning.scanner_page import DrawQr, ScannerPage, learn_kept
from app.ui.typing.scan import Scanner
from app.ui.unit.set_up import SetUp
from app.ui.widgets.column_widths import ColumnWidths
from app.ui.widgets.later import Later
from app.ui.widgets.page import Command, Page

if TYPE_CHECKING:
    from app.ui.deeds.work_page import WorkPage
    from app.ui.exchange.page import Upstream
    from app.ui.safety.safety_card import Keeps
    from app.ui.scanning.sources import Open

MINUTE = 60_000
_SIGNS = {Tone.DONE: "circle-check", Tone.PLAIN: "info"}

Working = TypeVar("Working", bound="WorkPage")


class Window(Frame):
    """The officer's window."""

    reopening = Signal()
    """It closes, to be opened again as it was just chosen to look."""

    def __init__(
        self,
        desk: Desk,
        officer: Officer,
        jobs: Jobs,
        upstream: "Upstream",
        unit: str,
        draw_qr: DrawQr | None = None,
        text_size: TextSize | None = None,
        *,
        practice: bool = False,
    ) -> None:
        self._desk, self._jobs, self._upstream = desk, jobs, upstream
        self._officer, self._draw_qr = officer, draw_qr
        self._exchanges = Exchanges(upstream, jobs)
        self._safe: SafePlace | None = None
        self._scans: ScansUp | None = None
        self._lobby = Lobby(desk, officer, jobs, unit)
        places = (
            Place("F2", "Tiếp nhận", "file-plus", lambda: self._intake),
            Place("F3", "Việc hôm nay", "list-checks", lambda: self._board),
            Place("F4", "Trả kết quả", "hand-helping", lambda: self._return),
            Place("F5", "Trong ngày", "stamp", lambda: self._same_day),
            Place("F6", "Sổ, báo cáo", "book-open", lambda: self._register),
            Place("F7", "Ý kiến dân", "message-square-heart", lambda: self._voice),
            Place("F8", "Đồng bộ", "refresh-cw", lambda: self._exchange),
            *self._lobby.places,
        )
        seat, band = Seat(officer.name, desk.store.counter), PracticeBand() if practice else None
        super().__init__(places, seat, f"TẬP DÙNG — {unit}" if practice else unit, desk.clock, band)
        self._exchanges.setParent(self)
        keeping = desk.store.keeping
        self._widths = ColumnWidths(keeping, jobs, self)
        self._join_parting(asks=not practice)
        self._came_from: Page = self._intake
        self._papers = Papers(desk, officer, jobs, self)
        self._blanks = BlankDesk(desk, jobs, self)
        self.set_up = SetUp(desk, officer, jobs, self._step_aside, self._go_back)
        self._rating = Rating(desk, jobs, self._papers.print, self)
        self._join_pages()
        self.search.words_changed.connect(self._searched)
        self._join_scanner()
        self._minute = QTimer(self, interval=MINUTE)
        self._minute.timeout.connect(self._changed)
        self._minute.timeout.connect(self._papers.look)
        self._minute.start()
        self._exchanges.look()
        self._papers.ask()
        self._looks = Looks(application(), keeping, jobs, text_size, self._open_anew, self._tell)

    def commands(self) -> list[Command]:
        """What the frame offers, and what is seldom wanted and has no key."""
        devices = [
            Command("Máy in của quầy, in trang thử", "", self._papers.settle_printers),
            Command(TRY_SCANNER, "", lambda: self._step_aside(self._scanner_page)),
        ]
        papers = [
            Command("In nhiều giấy tiếp nhận một lượt", "", partial(self._open_register, "many")),
            Command(
                "Lượt đến chưa tiếp nhận, in lại phiếu", "", partial(self._open_register, "visits")
            ),
            Command("In giấy hẹn ghi tay, phòng mất điện", "", self._blanks.print),
            Command("Nhập bù tờ ghi tay", "", self._key_late),
            Command("Hồ sơ trực tuyến, nhập tệp của hệ thống tỉnh", "", self._open_online),
            Command("Nhập lên hệ thống tỉnh", "", lambda: self.open(self._province)),
            Command("Đổi người, đăng xuất, khóa máy", "", self._open_anew),
        ]
        if self._safe and self.page() not in Window._exchange.made(self):
            devices += self._safe.commands()
        if self.page() in Window._dossier.made(self):
            ticket = Command("In phiếu tra cứu trên cuộn K80", "", self._dossier.want_ticket)
            papers.insert(0, ticket)
        devices += self.set_up.commands() + self._lobby.commands()
        return [*super().commands(), *papers, *devices, *self._looks.commands()]

    def keep_safe(self, keeps: "Keeps", copies: SecondCopies) -> None:
        """Say and offer what outlives this PC; before the exchange's page is first looked at."""
        come = partial(self.go, "F8")
        self._safe = SafePlace(
            keeps, copies, self._jobs, self._exchanges, self._officer, self._desk.clock,
            self.notify, come,
        )  # fmt: skip
        self._safe.restore_wanted.connect(self.set_up.restore)
        copies.stood.connect(self._light)

    def scan_with(self, scans: "Open") -> None:
        """Let papers be digitised, and their files go up after each exchange; before pages are looked at."""
        self._scans = ScansUp(scans, self._exchanges, self._jobs)
        self._scans.carried.connect(self._changed)
        keeping = self._desk.store.keeping
        self._intake.scan_with(lambda: pages.BlankScan(keeping, self._jobs, scans))

    def exchange_by_itself(self) -> None:
        """Send and receive without being asked, as long as the window is open."""
        self._exchanges.begin()

    def close_to_reopen(self) -> None:
        """Close without asking what only whoever leaves the PC is asked."""
        self._parting.come_back()
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        event.setAccepted(self._parting.may_close())
        if event.isAccepted():
            self._coming.leave()

    def open(self, page: Page) -> None:
        """Bring `page` into sight; what was searched stays in its field only while it is looked at."""
        if page not in (*Window._search_page.made(self), *Window._dossier.made(self)):
            self.search.clear()
        came_for = ""
        if page in Window._return.made(self) and isinstance(here := self.page(), TypedPage):
            came_for = here.waiting_person()
        super().open(page)
        if came_for:
            self._return.look_for(came_for)

    def open_dossier(self, name: EventName) -> None:
        """Bring one dossier into sight; Esc goes back to where one came from."""
        if self.page() is not self._dossier:
            self._came_from = self.page()
        self._dossier.show_dossier(name)
        self.open(self._dossier)

    def ask_for(self, name: EventName, deed: Deed) -> None:
        """Bring one dossier into sight with the form of a deed."""
        self.open_dossier(name)
        self._dossier.ask(deed)

    # --- inside -----------------------------------------------------------------------------------

    @Later
    def _intake(self) -> IntakePage:
        return IntakePage(self._desk, self._officer, self._jobs)

    @Later
    def _board(self) -> "pages.BoardPage":
        page = self._joined(pages.BoardPage(self._desk, self._officer, self._jobs))
        page.asked.connect(self.ask_for)
        page.moved_wanted.connect(lambda: self.open(self._calendar))
        page.online_wanted.connect(self._open_online)
        page.minutes_wanted.connect(lambda names: self._papers.print("post-minutes", *names))
        page.province_wanted.connect(lambda: self.open(self._province))
        return page

    @Later
    def _return(self) -> "pages.ReturnPage":
        return self._joined(pages.ReturnPage(self._desk, self._officer, self._jobs))

    @Later
    def _same_day(self) -> "pages.SameDayPage":
        page = pages.SameDayPage(self._desk, self._officer, self._jobs)
        page.received.connect(self._changed)
        page.handed_back.connect(self._rating.ask)
        page.notified.connect(self.notify)
        page.print_wanted.connect(lambda names: self._papers.print("receipt", *names))
        page.open_person.connect(lambda _: self.go("F4"))  # which looks for them
        page.paper_wanted.connect(self._papers.preview)
        return page

    @Later
    def _register(self) -> "pages.RegisterPage":
        page = self._joined(pages.RegisterPage(self._desk, self._officer, self._jobs))
        page.printed.connect(self._papers.ask)
        return page

    @Later
    def _voice(self) -> "pages.VoicePage":
        return self._joined(pages.VoicePage(self._desk, self._officer, self._jobs))

    @Later
    def _exchange(self) -> "pages.ExchangePage":
        beside: tuple[QWidget, ...] = self._safe.cards if self._safe else ()
        if self._scans is not None:
            beside = (*beside, self._scans.card(self._desk.digitising))
        below = self._announcing.cards
        return pages.ExchangePage(self._upstream, self._jobs, self._exchanges, beside, below)

    @Later
    def _search_page(self) -> "pages.SearchPage":
        page = self._joined(pages.SearchPage(self._desk, self._officer, self._jobs))
        page.taken_in.connect(self._take_in)
        self.search.stepped.connect(page.step)
        self.search.returnPressed.connect(page.open_current)
        return page

    @Later
    def _dossier(self) -> "pages.DossierPage":
        page = self._joined(pages.DossierPage(self._desk, self._officer, self._jobs))
        page.left.connect(self._go_back)
        if self._scans is not None:
            page.scan_with(self._scans.scans)
        return page

    @Later
    def _calendar(self) -> "pages.CalendarPage":
        page = self._joined(pages.CalendarPage(self._desk, self._officer, self._jobs))
        page.left.connect(partial(self.go, "F3"))
        return page

    @Later
    def _online(self) -> "pages.OnlinePage":
        page = self._joined(pages.OnlinePage(self._desk, self._officer, self._jobs))
        page.left.connect(self._go_back)
        page.taken_up.connect(self._take_up)
        page.slip_wanted.connect(self._papers.print)
        return page

    @Later
    def _province(self) -> "pages.ProvincePage":
        page = self._joined(pages.ProvincePage(self._desk, self._officer, self._jobs))
        page.left.connect(partial(self.go, "F3"))
        return page

    @Later
    def _scanner_page(self) -> ScannerPage:
        page = ScannerPage(self._desk, self._jobs, self._draw_qr)
        page.left.connect(self._go_back)
        page.learned.connect(self._scanner.learn)
        page.look()
        return page

    def _joined(self, page: Working) -> Working:
        page.opened.connect(self.open_dossier)
        page.print_wanted.connect(self._papers.preview)
        page.changed.connect(self._changed)
        page.told.connect(self._tell)
        page.handed_back.connect(self._rating.ask)
        self._widths.mind(page)
        page.grown.connect(partial(self._widths.mind, page))
        return page

    def _light(self) -> None:
        if standing := self._exchanges.standing:
            light = light_of(standing, under_way=self._exchanges.under_way)
            self.show_light(self._safe.light(light) if self._safe else light)

    def _join_pages(self) -> None:
        self._lobby.join(self)
        self._papers.look()
        self._announcing = Announcing(self._desk, self._officer, self._jobs, self._exchanges, self)
        self._announcing.opened.connect(self.open_dossier)
        self._papers.told.connect(self._tell)
        self._rating.told.connect(self._tell)
        self._blanks.told.connect(self._tell)
        self._papers.receipts_go.connect(self._intake.say_printing)
        self._papers.changed.connect(self._printed)
        self._intake.received.connect(self._changed)
        self._intake.left_unreceived.connect(self._changed)
        self._intake.slip_wanted.connect(self._papers.print)
        self._intake.notified.connect(self.notify)
        self._intake.print_wanted.connect(lambda name: self._papers.print("receipt", name))
        self._intake.open_person.connect(lambda _: self.go("F4"))  # which looks for them
        for said in (self._exchanges.stood, self._exchanges.began):
            said.connect(self._light)
        self._exchanges.changed.connect(self._changed)

    def _join_parting(self, *, asks: bool) -> None:
        once = OnceADay(self._desk.store.keeping, self._jobs, self._desk.clock) if asks else None
        self._parting = Parting(
            self._exchanges, self.notify, self.close, lambda: self._safe, self.question.ask, once
        )
        application().commitDataRequest.connect(lambda _: self._parting.end_session())

    def _join_scanner(self) -> None:
        self._scanner = Scanner(application())
        self._scanner.setParent(self)  # it hears the application's keys, and ends with the window
        self._scanner.scanned.connect(self.scanned)
        left = LeftScans(self._desk, self._jobs, self)
        self.scan_left.connect(left.take)
        self._scanner.unread.connect(left.say_unread)
        left.opened.connect(self.open_dossier)
        left.wanted.connect(self._look_for)
        left.told.connect(self._tell)
        learn_kept(self._desk.store.keeping, self._jobs, self._scanner.learn)

    def _searched(self, words: str, card: str = "") -> None:
        self._search_page.ask(words, card)
        if words and self.page() is not self._search_page:
            self.open(self._search_page)
            self.search.setFocus()

    def _look_for(self, words: str, card: str) -> None:
        self.search.setText(words)
        self._searched(words, card)  # the same words as before are no change

    def _take_in(self, card: str) -> None:
        self.go("F2")
        self._intake.scanned(card)

    def _open_online(self) -> None:
        self._step_aside(self._online)

    def _take_up(self, draft: IntakeDraft) -> None:
        self.go("F2")
        self._intake.begin_with(draft)

    def _key_late(self) -> None:
        self.go("F2")
        self._intake.key_late()

    def _open_anew(self) -> None:
        self.reopening.emit()
        self.close_to_reopen()

    def _step_aside(self, page: Page) -> None:
        if self.page() is not page:
            self._came_from = self.page()
        self.open(page)

    def _go_back(self) -> None:
        self.open(self._came_from)

    def _tell(self, sentence: str, tone: Tone, undo: Callable[[], None] | None = None) -> None:
        icon = _SIGNS.get(tone, "triangle-alert")
        self.notify(sentence, tone, icon, undo, lasts=True)

    def _changed(self) -> None:
        self._exchanges.look()
        for shown in (
            Window._board, Window._return, Window._search_page, Window._dossier, Window._online,
            Window._province,
        ):  # fmt: skip
            for page in shown.made(self):
                page.refresh()

    def _open_register(self, part: str) -> None:
        self.go("F6")
        self._register.show_part(part)

    def _printed(self) -> None:
        for page in Window._dossier.made(self):
            page.refresh()
        for register in Window._register.made(self):
            register.look_at_prints()
