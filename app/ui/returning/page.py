"""Returning results: scan the slip or type a name, see what is ready, one key returns it."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QStackedWidget

from app.desk.desk import Desk
from app.desk.looking.lookup import BoardLine
from app.models.citizens.card import parse_card, sought
from app.models.dossiers.lifecycle import OPEN, Status
from app.models.errors import BadInput, Refused
from app.models.numbering import is_code
from app.models.unit.officer import Officer
from app.store.reading.listing import By, Listing
from app.ui.deeds.deeds import Order
from app.ui.deeds.work_page import WorkPage
from app.ui.dossier.columns import ready_columns
from app.ui.dossier.dossier_list import Asked, DossierList
from app.ui.dossier.view import DossierView, look
from app.ui.lanes.jobs import Err, Jobs, Ok
from app.ui.lanes.latest import Latest
from app.ui.look.theme import Space, Tone, Type
from app.ui.returning.card import ReturnCard
from app.ui.returning.signing import Signing, signing
from app.ui.typing.held_keys import HeldKeys
from app.ui.typing.pressed_twice import PressedTwice
from app.ui.typing.scan import read_scan
from app.ui.widgets.fields import SearchLine
from app.ui.widgets.page import MARGINS
from app.ui.widgets.parts import EmptyState, Words, column, row

NOWHERE = QModelIndex()
CARD_WIDTH = 416
HINT = "Quét phiếu hẹn, hoặc gõ tên, mã hồ sơ, số định danh"
MOST = 200


@dataclass(frozen=True)
class Ready:
    """How many are ready and match, and those in sight; how many match and are not: unfinished, given
    back already, or closed otherwise."""

    asked: Asked
    count: int
    lines: tuple[BoardLine, ...]
    unfinished: int = 0
    returned: int = 0
    closed: int = 0


def find_ready(desk: Desk, asked: Asked) -> Ready:
    """Results waiting at the counter, by what was typed or all of them; at the desk only."""
    listing = asked.listing
    lines = desk.lookup.lines(listing, asked.limit, asked.first)
    found = desk.lookup.find(listing.words, MOST) if listing.words else []
    of = Counter(line.row.status for line in found)
    unfinished = sum(of[status] for status in OPEN if status is not Status.RESOLVED)
    closed = of.total() - unfinished - of[Status.RESOLVED] - of[Status.RETURNED]
    count = desk.lookup.count(listing)
    return Ready(asked, count, lines, unfinished, of[Status.RETURNED], closed)


class ReturnPage(WorkPage):
    """Trả kết quả."""

    def __init__(self, desk: Desk, officer: Officer, jobs: Jobs) -> None:
        super().__init__(desk, officer, jobs)
        self._finding = Latest(jobs, self._show, self)
        self._opening = Latest(jobs, self._show_one, self)
        self._is_typed = self._is_scanned = False
        self._then: Callable[[], None] | None = None
        self._typed_ahead = HeldKeys(self)
        self._again = PressedTwice(self, Qt.Key.Key_F9)
        self._search = SearchLine(HINT)
        self._search.setAccessibleName("Tìm kết quả chờ trả")
        self._found = Words(size=Type.SMALL, tone=Tone.QUIET)
        self._empty = QStackedWidget()
        self._empty.addWidget(_nothing_ready())
        self._empty.addWidget(_nothing_found())
        self._list = DossierList(ready_columns(desk.clock), desk, jobs, self._empty)
        self._list.setAccessibleName("Kết quả chờ trả")
        self._card = ReturnCard(officer)
        self._lay_out()
        self._connect()

    def entered(self) -> None:
        self._search.setFocus(Qt.FocusReason.OtherFocusReason)
        self._search.selectAll()
        self.refresh()

    def scanned(self, text: str) -> bool:
        """A slip's code or address names the dossier; a card's number finds what waits for its bearer.

        Unless the bearer is who collects for another.
        """
        if self._names_collector(text):
            return True
        self._search.setFocus(Qt.FocusReason.OtherFocusReason)  # what had it may go with the card
        self._typed_ahead.hold()  # F9 is for what has been scanned, not for what stood there before
        self._then = None
        if is_code(text) or "://" in text:
            self._is_typed, self._is_scanned = False, True
            self._opening.ask(lambda: look(self._desk, self._desk.lookup.named(text)))
        else:
            self._card.show_none()
            self.look_for(sought(text))
            self.refresh()  # the same number again is no change
        return True

    def _names_collector(self, text: str) -> bool:
        try:
            card = parse_card(text, self._desk.clock().date())
        except BadInput:
            return False
        return self._card.name_collector(card)

    def look_for(self, words: str) -> None:
        """Show what waits for whoever bears this name or number."""
        self._search.setText(words)

    def refresh(self) -> None:
        """Look again at what is ready; a page out of sight looks when it comes into sight."""
        if self.isVisible():
            asked = self._list.asked(Listing("ready", words=self._search.words(), by=By.RESOLVED))
            self._finding.ask(lambda: find_ready(self._desk, asked))

    # --- put together ---

    def _lay_out(self) -> None:
        self._card.setFixedWidth(CARD_WIDTH)
        left = column(self._search, self._found, self._list, spacing=Space.WITHIN)
        both = row(left, self._card, spacing=Space.BETWEEN)
        both.setStretch(0, 1)
        both.setContentsMargins(*MARGINS)
        self.setLayout(both)

    def _connect(self) -> None:
        self._search.words_changed.connect(self._typed)
        self._search.stepped.connect(self._step)
        self._search.returnPressed.connect(self._enter)
        self._list.opened.connect(self._open_line)
        self._list.wanted.connect(self.refresh)
        self._list.clicked.connect(lambda _: self._open_line(self._list.current()))
        self._card.go.clicked.connect(lambda: self._once_answered(self._return))
        self._card.print_wanted.connect(self.print_wanted)
        self._card.open.clicked.connect(lambda: self.opened.emit(self._card.name))

    # --- the list ---

    def _typed(self) -> None:
        self._is_typed, self._is_scanned = True, False
        self.refresh()

    def _enter(self) -> None:
        """Choose by what is typed. A code that stands there whole is as good as scanned: a scanner may
        have been heard too slowly. After a scan the card is chosen, and an Enter may be the scanner's."""
        words = self._search.words()
        if self._is_scanned or not words:
            return
        if code := read_scan(words):
            self.scanned(code)
        else:
            self._once_answered(partial(self._step, 0))

    def _once_answered(self, deed: Callable[[], None]) -> None:
        """Do it to what was typed or scanned last, never to what stood there before."""
        self._then = deed
        self._typed_ahead.hold()
        self._answered()

    def _answered(self) -> None:
        if self._finding.busy or self._opening.busy:
            return
        deed, self._then = self._then, None
        if deed:
            deed()
        if not self._opening.busy:
            self._typed_ahead.give_back()

    def _show(self, result: Ok[Ready] | Err) -> None:
        if isinstance(result, Err):
            self._found.setText(str(result.error))
            self._answered()
            return
        ready = result.value
        self._found.setText(_counted(ready))
        self._empty.setCurrentIndex(1 if ready.asked.listing.words else 0)
        self._list.show_list(ready.asked, ready.count, ready.lines, None)
        place = self._list.table.rows.number_of(self._card.name)
        if self._is_typed and place < 0:
            self._card.show_none()
        self._stand_at(place)
        if self._is_typed and ready.count == 1:
            self._step(0)
        self._is_typed = False
        self._answered()

    def _step(self, by: int) -> None:
        last = self._list.table.rowCount() - 1
        self._stand_at(max(0, min(last, self._list.currentIndex().row() + by)))
        self._open_line(self._list.current())

    def _stand_at(self, number: int) -> None:
        """Only the dossier on the card is marked in the list: F9 must never surprise."""
        if number >= 0:
            self._list.selectRow(number)
        else:
            self._list.setCurrentIndex(NOWHERE)
            self._list.clearSelection()

    # --- the one to be returned ---

    def _open_line(self, line: BoardLine | None) -> None:
        if line is not None:
            name = line.row.name
            self._opening.ask(lambda: look(self._desk, name))

    def _show_one(self, result: Ok[DossierView] | Err) -> None:
        if isinstance(result, Err):
            self._card.show_none()
            self.tell(str(result.error))
        else:
            self._card.show_view(result.value)
            self.say_about(result.value.code)
            self._stand_at(self._list.table.rows.number_of(result.value.name))
        self._answered()

    def _return(self) -> None:
        name = self._card.name
        try:
            steps = self._card.steps()
        except BadInput as wrong:
            self._card.refuse(wrong)
            return
        if name is not None and steps:
            self._card.go.setEnabled(False)  # a second F9 waits for the next dossier
            self._again.done()
            signed = signing(self._card.view, steps[-1][1].way) if self._card.view else None
            then = partial(self._next, signed)
            self.do(Order((name,), steps, self._officer), then, self._refused)

    def _refused(self, refusal: Refused) -> None:
        self._card.go.setEnabled(True)
        self._card.refuse(refusal)
        if (name := self._card.name) is not None:  # it may stand otherwise than it is shown
            self._opening.ask(lambda: look(self._desk, name))

    def undone(self) -> None:
        if self._card.name is None:
            self._card.show_none()

    def _next(self, signed: Signing | None) -> None:
        self._again.done()
        self._card.show_none(signed)
        self.say_about("")
        self._search.clear()
        self.entered()


def _counted(ready: Ready) -> str:
    others = (ready.unfinished, "chưa xong"), (ready.returned, "đã trả"), (ready.closed, "đã đóng")
    said = ", ".join(f"{count} {state}" for count, state in others if count)
    least = "ít nhất " if ready.count + sum(count for count, _ in others) >= MOST else ""
    elsewhere = f"; hồ sơ khác khớp: {least}{said} (xem ở ô tìm phía trên)" if said else ""
    return f"{ready.count} kết quả chờ trả{elsewhere}"


def _nothing_found() -> EmptyState:
    return EmptyState(
        "search", "Không thấy kết quả nào chờ trả.", "Sửa tên, mã hoặc số định danh vừa gõ."
    )


def _nothing_ready() -> EmptyState:
    return EmptyState(
        "package-check",
        "Không có kết quả nào chờ trả.",
        "Hồ sơ giải quyết xong sẽ hiện ở đây. Bấm F3 để xem việc hôm nay.",
    )
