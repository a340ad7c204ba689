"""Today's work: what burns and with whom; many dossiers handed over or signed in a few keys."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from app.desk.deeds.details import Details
from app.desk.desk import Desk
from app.desk.looking.lookup import Board
from app.desk.looking.usual_receivers import Share, shares
from app.models.deadlines.lateness import spoken_minutes
from app.models.dossiers.dossier import ONE_STOP
from app.models.dossiers.lifecycle import LABEL, TRANSITIONS, Deed, Status
from app.models.events.event import EventName
from app.models.unit.officer import Officer
from app.store.reading.listing import Listing
from app.ui.deeds.deeds import KEYS, Order, Shares, sharing
from app.ui.deeds.hand_over_bar import HandOverBar, proposed, receivers
from app.ui.deeds.held_back import DEEDS, asked_first
from app.ui.deeds.reason_bar import ReasonBar
from app.ui.deeds.work_page import WorkPage
from app.ui.dossier.columns import board_columns, short_code
from app.ui.dossier.dossier_list import DossierList
from app.ui.lanes.jobs import Err, Jobs, Lane, Ok
from app.ui.lanes.latest import Latest
from app.ui.lists.board_offers import BoardOffers
from app.ui.lists.board_silence import BoardSilence
from app.ui.lists.board_tiles import LABELS, TO_POST, TO_SIGN, BoardTiles
from app.ui.lists.board_view import BoardView, look, owes_apology
from app.ui.look.theme import Measure, Space, Tone, Weight
from app.ui.typing.held_keys import HeldKeys
from app.ui.widgets.buttons import ENTER, QuietButton
from app.ui.widgets.choices import Segments
from app.ui.widgets.later import Later
from app.ui.widgets.leaving import LeaveLink
from app.ui.widgets.page import MARGINS, Command
from app.ui.widgets.parts import Badge, ElidedLabel, EmptyState, Words, column, row

BY_POST = Details(way="post", collector="Bưu chính công ích")
LOW = 560  # px: a page in which each row counts


class BoardPage(WorkPage):
    """Việc hôm nay."""

    asked = Signal(object, object)
    """The `EventName` of a dossier and the `Deed` that is to be done on its page."""
    moved_wanted = Signal()
    """The dossiers that a new calendar gives another date are to be listed."""
    minutes_wanted = Signal(object)
    """The `EventName`s of dossiers whose results the post has just taken."""
    online_wanted = Signal()
    """The online dossiers that wait are to be listed."""
    province_wanted = Signal()
    """What the province's system lacks is to be typed into it."""

    def __init__(self, desk: Desk, officer: Officer, jobs: Jobs) -> None:
        super().__init__(desk, officer, jobs)
        self._looking = Latest(jobs, self._show, self)
        self._typed_ahead = HeldKeys(self)
        self._only = "all"
        self._officers: tuple[Officer, ...] = ()
        self._asked_of: tuple[EventName, ...] = ()
        """The dossiers that the bar at the foot asks about: others may come into their place meanwhile."""
        self._tiles = BoardTiles(officer)
        self._holder = Segments(
            [("", "Cả xã"), (ONE_STOP, "Bộ phận"), (officer.login, "Của tôi")], "Hồ sơ đang ở"
        )
        self._filter = Words(tone=Tone.ACCENT, weight=Weight.MEDIUM)
        self._show_all = LeaveLink("Bỏ lọc")
        self._count_down = Badge(weight=Weight.STRONG)
        self._empty = QStackedWidget()
        self._view = DossierList(board_columns(desk.clock), desk, jobs, self._empty, markable=True)
        self._view.setAccessibleName("Hồ sơ đang mở")
        self._code = Words(weight=Weight.STRONG, figures=True)
        self._who = ElidedLabel()
        self._unmark = LeaveLink("Bỏ đánh dấu")
        self._apologise = QuietButton(LABEL[Deed.APOLOGISE], KEYS[Deed.APOLOGISE], "mail-warning")
        self._sign = QuietButton("Ký", KEYS[Deed.SIGN], "signature")
        self._send_back = QuietButton(LABEL[Deed.SEND_BACK], KEYS[Deed.SEND_BACK])
        self._hand_over = QuietButton("Bàn giao", KEYS[Deed.HAND_OVER], "arrow-right-left")
        self._to_post = QuietButton("Giao bưu chính", KEYS[Deed.RETURN], "send")
        self._deed_buttons = {
            Deed.HAND_OVER: self._hand_over,
            Deed.SIGN: self._sign,
            Deed.SEND_BACK: self._send_back,
            Deed.RETURN: self._to_post,
            Deed.APOLOGISE: self._apologise,
        }
        self._open = QuietButton("Mở", ENTER)
        self._foot = QStackedWidget()
        self._offers = BoardOffers(desk, officer, jobs)
        self._silence = BoardSilence(desk, officer, jobs, self._view, self.tell)
        self._lay_out()
        self._connect()

    def entered(self) -> None:
        self._view.setFocus(Qt.FocusReason.OtherFocusReason)
        self.refresh()
        self._offers.ask_for_moved()

    def refresh(self) -> None:
        """Look again; a page out of sight looks when it comes into sight."""
        if self.isVisible():
            asked = self._view.asked(Listing(self._only, self._holder.value()))
            self._looking.ask(lambda: look(self._desk, asked))

    def held_back(self) -> list[Command]:
        buttons = self._deed_buttons.items()
        return self._silence.held_back(
            [deed for deed, button in buttons if button.isVisible() and button.isEnabled()]
        )

    # --- put together ---

    def _lay_out(self) -> None:
        self._empty.addWidget(_nothing_open())
        self._empty.addWidget(_nothing_here())
        self._foot.addWidget(self._at_hand())
        self._foot.setFixedHeight(Measure.PRIMARY)
        parts = (self._tiles, self._filters(), self._view, self._offers, self._foot)
        layout = column(*parts, spacing=Space.BETWEEN)
        layout.setContentsMargins(*MARGINS)
        layout.setStretch(2, 1)
        self.setLayout(layout)
        self._say_filter(0)
        self._say_meant()

    def _filters(self) -> QHBoxLayout:
        line = row(self._holder, Space.WITHIN, self._filter, self._show_all, None)
        line.addWidget(self._count_down)
        line.addStrut(Measure.CONTROL)
        return line

    def _at_hand(self) -> QWidget:
        foot = QWidget()
        signing = (self._send_back, self._sign)
        deeds = (self._apologise, *signing, self._hand_over, self._to_post, self._open)
        line = row(self._code, self._unmark, self._who, *deeds)
        line.setStretch(2, 1)
        for button in signing:
            if not self._officer.may(Deed.SIGN):
                button.hide()  # shown before it has a parent it would be a window
        foot.setLayout(line)
        for at_times in (self._to_post, self._unmark):
            at_times.hide()
        return foot

    def _connect(self) -> None:
        self._tiles.chosen.connect(self._filter_by)
        self._holder.chosen.connect(lambda _: self._list_others())
        self._show_all.clicked.connect(self._unfilter)
        self._unmark.clicked.connect(lambda: self._view.table.mark(()))
        self._view.opened.connect(lambda line: self.opened.emit(line.row.name))
        self._view.moved.connect(lambda _: self._say_meant())
        self._view.wanted.connect(self.refresh)
        self._view.table.marks_changed.connect(self._say_meant)
        self._hand_over.clicked.connect(self._ask_receiver)
        self._to_post.clicked.connect(lambda: self._do_to_all(Deed.RETURN, BY_POST))
        self._open.clicked.connect(self._open_current)
        self._apologise.clicked.connect(self._ask_for_apology)
        offers = self._offers
        offers.only_wanted.connect(self._filter_by)
        offers.moved.wanted.connect(self.moved_wanted)
        offers.online.wanted.connect(self.online_wanted)
        offers.province.wanted.connect(self.province_wanted)
        offers.handed_over.told.connect(self.tell)
        self._sign.clicked.connect(self._sign_all)
        self._send_back.clicked.connect(self._ask_why)

    @Later
    def _bar(self) -> HandOverBar:
        bar = HandOverBar()
        bar.settled.connect(self._hand_to)
        bar.shared.connect(self._hand_to_each)
        bar.grew.connect(self._foot.setFixedHeight)
        bar.closed.connect(self._close_bar)
        self._foot.addWidget(bar)
        return bar

    @Later
    def _why(self) -> ReasonBar:
        bar = ReasonBar(LABEL[Deed.SEND_BACK])
        bar.settled.connect(self._send_all_back)
        bar.closed.connect(self._close_bar)
        self._foot.addWidget(bar)
        return bar

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if layout := self.layout():
            layout.setSpacing(Space.WITHIN if event.size().height() < LOW else Space.BETWEEN)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            link = self._unmark if self._view.table.marks else self._show_all
            link.click()
        else:
            super().keyPressEvent(event)

    def answered(self, key: str) -> bool:
        deed = DEEDS.get(key)
        if deed is None:
            return False
        if self._foot.currentIndex() and self._ready_for(deed):
            self.tell(asked_first(deed), Tone.PLAIN)
        else:
            self._silence.say(deed)
        return True

    # --- filters ---

    def _filter_by(self, only: str) -> None:
        self._only = "all" if only == self._only else only
        self._tiles.choose(self._only)
        self._view.setFocus(Qt.FocusReason.OtherFocusReason)
        self._list_others()

    def _list_others(self) -> None:
        """By another filter: keys that follow mark, sign and hand over what it will show."""
        if self.isVisible():
            self._typed_ahead.hold()
            self.refresh()

    def _unfilter(self) -> None:
        self._holder.choose("")
        self._filter_by("all")

    def _say_filter(self, shown: int) -> None:
        holder = {"": "", ONE_STOP: "ở bộ phận", self._officer.login: "của tôi"}
        said = ", ".join(filter(None, (LABELS[self._only], holder[self._holder.value()])))
        self._filter.setText(f"Đang lọc {said}: {shown} hồ sơ" if said else "")
        self._empty.setCurrentIndex(1 if said else 0)

    # --- what is shown ---

    def _show(self, result: Ok[BoardView] | Err) -> None:
        self._typed_ahead.give_back()  # once this is shown
        if isinstance(result, Err):
            self.tell(str(result.error))
            return
        board, self._officers = result.value.board, result.value.officers
        self._tiles.show_counts(board.counts)
        count: int = getattr(board.counts, result.value.asked.listing.only)
        self._say_filter(count)
        self._offers.show_counts(
            board.counts, result.value.online, result.value.to_enter, self._only
        )
        self.say_about(f"{count} hồ sơ")
        self._view.show_list(result.value.asked, count, board.lines, result.value.listed)
        self._say_count_down(board)
        self._say_meant()

    def _say_count_down(self, board: Board) -> None:
        late, counted = board.counts.hand_over_late, board.count_down
        waiting = board.counts.not_handed_over - late
        said = [f"{late} hồ sơ quá giờ bàn giao"] if late else []
        if waiting and counted:
            left = spoken_minutes(counted.left)
            said += [f"Bàn giao {waiting} hồ sơ trước {counted.until:%H:%M} — còn {left}"]
        if self._filter.text():  # beside which there is room for the more pressing of the two
            del said[1:]
        tone = Tone.LATE if late else Tone.TODAY
        self._count_down.say(" · ".join(said), tone, "clock" if said else "")

    def _say_meant(self) -> None:
        meant, current = self._view.meant_dossiers(), self._view.current()
        marked = meant if self._view.table.marks else {}
        self._unmark.setVisible(bool(marked))
        self._show_all.setVisible(bool(self._filter.text()) and not marked)
        if marked:
            self._code.setText(f"Đã đánh dấu {len(marked)} hồ sơ")
            self._who.setText("")
        else:
            self._code.setText(short_code(current.row.code) if current else "")
            self._who.setText(current.row.applicant if current else "")
        self._open.setEnabled(current is not None)
        is_posting = self._only == TO_POST and self._officer.may(Deed.RETURN)
        self._to_post.setVisible(is_posting)
        self._hand_over.setHidden(is_posting)
        may_apologise = self._officer.may(Deed.APOLOGISE) and not marked
        self._apologise.setVisible(may_apologise and current is not None and owes_apology(current))
        for deed, button in self._deed_buttons.items():
            if deed is not Deed.APOLOGISE:
                button.setEnabled(bool(self._ready_for(deed, meant)))

    def _open_current(self) -> None:
        if line := self._view.current():
            self.opened.emit(line.row.name)

    def _ask_for_apology(self) -> None:
        if line := self._view.current():
            self.asked.emit(line.row.name, Deed.APOLOGISE)

    # --- deeds to all that is meant ---

    def _ready_for(
        self, deed: Deed, meant: Mapping[EventName, Status] | None = None
    ) -> tuple[EventName, ...]:
        """Of those meant, the ones `deed` can be done to now."""
        steps = set(TRANSITIONS[deed] if self._officer.may(deed) else ())
        if steps and deed is Deed.SEND_BACK and self._only == TO_SIGN:
            steps.add(Status.PROCESSING)  # there: what a leader has accepted
        every = self._view.meant_dossiers() if meant is None else meant
        return tuple(name for name, status in every.items() if status in steps)

    def _ask_receiver(self) -> None:
        ready = self._asked_of = self._ready_for(Deed.HAND_OVER)
        left_out = len(self._view.meant_dossiers()) - len(ready)
        self._foot.setCurrentWidget(self._bar)
        self._bar.ask(len(ready), left_out, receivers(self._officers, self._officer.login))
        self._jobs.run(Lane.DESK, partial(shares, self._desk.store, ready), self._propose)

    def _propose(self, result: Ok[tuple[Share, ...]] | Err) -> None:
        if isinstance(result, Ok):
            officers, giver = self._officers, self._officer.login
            self._bar.propose(
                [(one, proposed(officers, giver, {one.field: one.usual})) for one in result.value]
            )

    def _ask_why(self) -> None:
        self._asked_of = self._ready_for(Deed.SEND_BACK)
        self._foot.setCurrentWidget(self._why)
        self._why.ask(len(self._asked_of))

    def _still_ready_for(self, deed: Deed) -> tuple[EventName, ...]:
        """Of those the bar asks about."""
        return self._ready_for(deed, self._view.statuses(self._asked_of))

    def _hand_to(self, receiver: str) -> None:
        names = self._still_ready_for(Deed.HAND_OVER)
        self._do_all(Order(names, ((Deed.HAND_OVER, Details(to=receiver)),), self._officer))

    def _hand_to_each(self, shares: Shares) -> None:
        ready = set(self._still_ready_for(Deed.HAND_OVER))
        left = [(to, tuple(name for name in names if name in ready)) for to, names in shares]
        self._do_all(sharing(tuple((to, names) for to, names in left if names), self._officer))

    def _sign_all(self) -> None:
        self._do_to_all(Deed.SIGN, Details())

    def _send_all_back(self, reason: str) -> None:
        names = self._still_ready_for(Deed.SEND_BACK)
        self._do_all(Order(names, ((Deed.SEND_BACK, Details(reason=reason)),), self._officer))

    def _do_to_all(self, deed: Deed, details: Details) -> None:
        self._do_all(Order(self._ready_for(deed), ((deed, details),), self._officer))

    def _do_all(self, order: Order) -> None:
        self._close_bar()
        if order.names:
            self.do(order, partial(self._done, order))
        else:  # another counter, or another filter, was quicker
            ((deed, _),) = order.steps
            self.tell(f"Không còn hồ sơ nào để {LABEL[deed].lower()}.")

    def undone(self) -> None:
        self._offers.handed_over.withdraw()

    def _done(self, order: Order) -> None:
        ((deed, details),) = order.steps
        if order.shares:
            self._offers.handed_over.offer_each([names for _, names in order.shares])
        elif deed is Deed.HAND_OVER:
            receiver = next((x.name for x in self._officers if x.login == details.to), details.to)
            self._offers.handed_over.offer(order.names, receiver)
        else:
            self._offers.handed_over.withdraw()
        if deed is Deed.RETURN:
            self.minutes_wanted.emit(order.names)
        self._view.table.mark(())
        self.refresh()

    def _close_bar(self) -> None:
        self._foot.setCurrentIndex(0)
        self._foot.setFixedHeight(Measure.PRIMARY)
        self._view.setFocus(Qt.FocusReason.OtherFocusReason)


def _nothing_open() -> EmptyState:
    return EmptyState("inbox", "Không có hồ sơ nào đang mở.", "Bấm F2 để tiếp nhận hồ sơ đầu tiên.")


def _nothing_here() -> EmptyState:
    return EmptyState(
        "inbox", "Không có hồ sơ nào trong mục đang lọc.", "Bấm Esc để xem tất cả hồ sơ."
    )
