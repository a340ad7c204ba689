"""The exchange: what waits and since when, the server's last word, and the one button that sends."""

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QProgressBar, QWidget

from app.models.errors import BadInput
from app.models.text import grouped
from app.sync.standing import Standing
from app.ui.exchange.address_line import URL_HINT, AddressLine, Mends
from app.ui.exchange.bundle_card import BundleCard, Bundles
from app.ui.exchange.enrol_by_file import Carries, EnrolByFile
from app.ui.exchange.exchanges import Exchanges
from app.ui.exchange.exchanges import Upstream as Sends
from app.ui.exchange.hub_card import HubCard, OwnHub
from app.ui.exchange.words import (
    Carried,
    Sent,
    book_line,
    carrier_line,
    in_words,
    lane_line,
    light_of,
    lost_in_words,
    moment,
    tone_of,
)
from app.ui.lanes.jobs import Err, Jobs, Lane, Ok
from app.ui.look.theme import Space, Tone, Type, Weight
from app.ui.widgets.buttons import PrimaryButton
from app.ui.widgets.fields import Field, Line
from app.ui.widgets.in_sight import InSight
from app.ui.widgets.page import Page
from app.ui.widgets.parts import Badge, Card, WrappingLabel, column, row

__all__ = ["ExchangePage", "Held", "Sent", "Standing", "Upstream"]

CODE_HINT = "5 nhóm 4 ký tự do cấp trên cấp, dùng một lần"
SENDING = "Đang gửi và nhận… Cứ làm việc khác."
COMING = "Đã nhận {} trong {} việc. Cứ làm việc với những gì đã về."
LARGE = 2000  # events
AGAIN = "Máy sẽ tự gửi lại."
IN_PRACTICE = "Xã này để tập: không ghi danh, không gửi và không nhận gì của ai. Việc thật làm ở quầy của mình."
SENDING_CARDS, ENROLLING, PRACTISING = range(3)  # what stands on the left
NO_LANE = "Chưa có dải số: hồ sơ nhận mã tạm."
CARD_WIDTH, BESIDE_WIDTH = 760, 440


class Held(Protocol):
    """What the counter holds and whom it has met; see `app.sync.held.Held`."""

    @property
    def carriers(self) -> Sequence[Carried]: ...
    @property
    def lanes(self) -> Sequence[tuple[int, str]]: ...
    @property
    def book(self) -> int | None: ...
    @property
    def readers(self) -> tuple[str, ...]: ...


class Upstream(Sends, Bundles, Carries, Mends, Protocol):
    """The server, as this page needs it; `held` is for the desk lane."""

    def held(self) -> Held: ...

    def own_hub(self) -> OwnHub | None:
        """None where no hub can be run, as in the commune to practise on."""


class ExchangePage(Page):
    """Where an officer sends, sees what waits, and enrols the counter."""

    def __init__(
        self,
        upstream: Upstream,
        jobs: Jobs,
        exchanges: Exchanges,
        beside: Sequence[QWidget] = (),
        below: Sequence[QWidget] = (),
    ) -> None:
        """`beside` are cards on what the exchange doesn't do: what outlives this PC; `below` its own
        word are those on what it brought.
        """
        super().__init__()
        self._upstream, self._jobs, self._exchanges = upstream, jobs, exchanges
        self._is_enrolling = self._was_asked = False
        self._state = Badge(size=Type.TITLE, weight=Weight.STRONG)
        self._acknowledged = WrappingLabel("", tone=Tone.QUIET)
        self._address = AddressLine(upstream, jobs)
        self._address.mended.connect(self._mended)
        self._lost = WrappingLabel("", tone=Tone.LATE)
        self._said = WrappingLabel("", reserved_lines=2)
        self._far = QProgressBar()
        self._far.setTextVisible(False)
        self._far.setAccessibleName("Đã nhận")
        self._met, self._numbers = WrappingLabel(""), WrappingLabel("")
        self._bundle = BundleCard(upstream, jobs)
        self._bundle.setMaximumWidth(CARD_WIDTH)
        own = upstream.own_hub()
        self._hub = HubCard(own, jobs) if own else None
        self._send = PrimaryButton("Gửi", "F9", "refresh-cw")
        self._send.clicked.connect(self.send)
        self._url, self._code = Line(URL_HINT), Line("XXXX-XXXX-XXXX-XXXX-XXXX")
        self._url_field = Field("Địa chỉ máy chủ", self._url)
        self._code_field = Field("Mã ghi danh", self._code, hint=CODE_HINT, note_lines=2)
        self._url.returnPressed.connect(self._code.setFocus)
        self._code.returnPressed.connect(self._enrol)
        self._join = PrimaryButton("Ghi danh quầy này", "F9")
        self._join.clicked.connect(self._enrol)
        self._by_file = EnrolByFile(upstream, jobs, lambda: (self._url.words(), self._code.words()))
        self._by_file.wrong.connect(self._refused)
        self._by_file.joined.connect(self._joined)
        self._cards = InSight()
        self._lay_out(beside, below)
        exchanges.stood.connect(self._show)
        exchanges.began.connect(self._began)
        exchanges.came.connect(self._show_far)
        exchanges.ended.connect(self._sent)
        self._bundle.carried.connect(self.look)
        self._bundle.carried.connect(exchanges.changed)
        if exchanges.standing:
            self._show(Ok(exchanges.standing))

    def entered(self) -> None:
        self.look()
        self._focus()

    def look(self) -> None:
        """Read how the exchange stands."""
        self._exchanges.look()

    def send(self) -> None:
        """One exchange; the window goes on meanwhile."""
        self._was_asked = True
        # the button stays as it is, or the focus would leave it
        self._said.say(SENDING, Tone.QUIET)
        self._exchanges.go()

    # --- inside -----------------------------------------------------------------------------------

    def _lay_out(self, beside: Sequence[QWidget], below: Sequence[QWidget]) -> None:
        hubs = (self._hub,) if self._hub else ()
        sending = column(self._sending(), *below, self._bundle, *hubs, self._holding(), None)
        for cards in (sending, column(self._enrolling(), None), column(_practising(), None)):
            whole = QWidget()
            whole.setLayout(cards)
            self._cards.addWidget(whole)
        left = column(self._cards, None)
        right = column(*beside, None, spacing=Space.PADDING)
        layout = row(left, right, spacing=Space.PADDING)
        layout.setStretch(0, 1)
        layout.setContentsMargins(*[Space.PAGE] * 4)
        self.setLayout(layout)
        for card in beside:
            card.setFixedWidth(BESIDE_WIDTH)
        for card in (*below, *hubs):
            card.setMaximumWidth(CARD_WIDTH)

    def _sending(self) -> Card:
        card = Card("Đồng bộ với cấp trên")
        card.setMaximumWidth(CARD_WIDTH)
        card.body.setSpacing(Space.BETWEEN)
        card.body.addWidget(self._state)
        card.body.addWidget(self._lost)
        card.body.addWidget(self._acknowledged)
        card.body.addWidget(self._address)
        card.body.addWidget(self._said)
        sending = row(self._send, self._far, None)
        sending.setStretch(1, 100)  # while it is in sight
        card.body.addLayout(sending)
        self._far.hide()
        return card

    def _holding(self) -> Card:
        card = Card("Các đường đã gửi nhận, dải số và quyển đang giữ")
        card.setMaximumWidth(CARD_WIDTH)
        for label in (self._met, self._numbers):
            label.setAlignment(Qt.AlignmentFlag.AlignTop)
        card.body.addLayout(row(self._met, self._numbers, spacing=Space.PAGE))
        return card

    def _enrolling(self) -> Card:
        card = Card("Ghi danh quầy với máy chủ")
        card.setMaximumWidth(CARD_WIDTH)
        card.body.setSpacing(Space.BETWEEN)
        why = "Quầy này chưa nối với cấp trên. Việc ở quầy vẫn chạy đủ; hồ sơ chờ ở máy cho đến khi ghi danh."
        card.body.addWidget(WrappingLabel(why, tone=Tone.QUIET))
        card.body.addWidget(self._url_field)
        card.body.addWidget(self._code_field)
        card.body.addLayout(row(self._join, None))
        card.body.addWidget(self._by_file)
        return card

    def _show(self, result: Ok[Standing] | Err) -> None:
        if isinstance(result, Err):
            self._said.setText(str(result.error))
            return
        standing = result.value
        if standing.asked and not standing.server:
            self._by_file.wait_for(standing.asked)
            self._url.setText(self._url.words() or standing.asked)
        card = SENDING_CARDS if standing.server else PRACTISING if standing.practice else ENROLLING
        changed = self._cards.currentIndex() != card
        self._cards.setCurrentIndex(card)
        if changed and self.isVisible():
            self._focus()
        light = light_of(standing, under_way=self._exchanges.under_way)
        self._state.say(light.words, light.tone, light.icon)
        self._lost.setText(lost_in_words(standing))
        self._lost.setVisible(bool(standing.lost))
        last = standing.acknowledged
        self._acknowledged.setText(
            f"Máy chủ xác nhận lần cuối: {moment(last)}"
            if last
            else "Máy chủ chưa xác nhận lần nào."
        )
        self._address.show_address(standing.server)
        if standing.server and self.isVisible():
            self._jobs.run(Lane.DESK, self._upstream.held, self._show_held)

    def _show_held(self, result: Ok[Held] | Err) -> None:
        if isinstance(result, Err):
            return
        held = result.value
        self._met.setText("\n".join(map(carrier_line, held.carriers)))
        lanes = [lane_line(*lane) for lane in held.lanes] or [NO_LANE]
        self._numbers.setText("\n".join([*lanes, book_line(held.book)]))
        self._bundle.offer(held.readers)

    def _focus(self) -> None:
        if self._cards.currentIndex() == PRACTISING:
            self.focusNextChild()
            return
        first = self._url if self._cards.currentIndex() == ENROLLING else self._send
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _enrol(self) -> None:
        if self._is_enrolling:
            return
        self._is_enrolling = True
        url, code = self._url.words(), self._code.words()
        self._jobs.run(Lane.LINE, lambda: self._upstream.join(url, code), self._enrolled)

    def _enrolled(self, result: Ok[str] | Err) -> None:
        self._is_enrolling = False
        if isinstance(result, Err):
            self._refused(result.error)
            return
        self.look()
        self.send()

    def _refused(self, error: Exception) -> None:
        """Beside the field it is about."""
        is_address = isinstance(error, BadInput) and error.field == "url"
        right, wrong = self._url_field, self._code_field
        if is_address:
            right, wrong = wrong, right
        right.set_error("")
        wrong.set_error(str(error))
        wrong.control.setFocus(Qt.FocusReason.OtherFocusReason)

    def _joined(self, words: str) -> None:
        """By a file that was brought: there is no line to send over now."""
        self._said.say(words, Tone.DONE)
        self._exchanges.changed.emit()
        self.look()

    def _mended(self) -> None:
        """Whether it is right now, the next exchange tells."""
        self.look()
        self.send()

    def _began(self) -> None:
        if self._exchanges.standing:
            light = light_of(self._exchanges.standing, under_way=True)
            self._state.say(light.words, light.tone, light.icon)

    def _show_far(self, received: int, of: int) -> None:
        """A large arrival, as on a new PC; a small one is over before it is read."""
        if of < LARGE:
            return
        self._said.say(COMING.format(grouped(received), grouped(of)), Tone.QUIET)
        self._far.setRange(0, of)
        self._far.setValue(received)
        self._far.show()

    def _sent(self, result: Ok[Sent] | Err) -> None:
        self._far.hide()
        if isinstance(result, Ok):
            self._said.say(in_words(result.value), tone_of(result.value))
        elif self._was_asked:
            self._said.say(str(result.error), Tone.LATE)
        else:  # what failed by itself is nobody's alarm: it is tried again
            self._said.say(f"{result.error} {AGAIN}", Tone.QUIET)
        self._was_asked = False


def _practising() -> Card:
    card = Card("Đang tập dùng")
    card.setMaximumWidth(CARD_WIDTH)
    card.body.addWidget(WrappingLabel(IN_PRACTICE, tone=Tone.QUIET))
    return card
