"""The exchange: what waits and since when, the server's last word, and the one button that sends."""

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QProgressBar, QWidget

from app.models.text import grouped
from app.sync.standing import Standing
from app.ui.exchange.address_line import AddressLine, Mends
from app.ui.exchange.bundle_card import BundleCard, Bundles
from app.ui.exchange.enrol_card import EnrolCard, Enrols
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
from app.ui.widgets.in_sight import InSight
from app.ui.widgets.later import Later
from app.ui.widgets.page import Page
from app.ui.widgets.parts import Badge, Card, WrappingLabel, column, row

__all__ = ["ExchangePage", "Held", "Sent", "Standing", "Upstream"]

SENDING = "Đang gửi và nhận… Cứ làm việc khác."
COMING = "Đã nhận {} trong {} việc. Cứ làm việc với những gì đã về."
LARGE = 2000  # events
AGAIN = "Máy sẽ tự gửi lại."
IN_PRACTICE = "Xã này để tập: không ghi danh, không gửi và không nhận gì của ai. Việc thật làm ở quầy của mình."
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


class Upstream(Sends, Bundles, Enrols, Mends, Protocol):
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
        self._was_asked = False
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
        own = upstream.own_hub()
        self._hub = HubCard(own, jobs) if own else None
        self._send = PrimaryButton("Gửi", "F9", "refresh-cw")
        self._send.clicked.connect(self.send)
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
        self._sending_part = self._stand(
            self._sending(), *below, self._bundle, *hubs, self._holding()
        )
        left = column(self._cards, None)
        right = column(*beside, None, spacing=Space.PADDING)
        layout = row(left, right, spacing=Space.PADDING)
        layout.setStretch(0, 1)
        layout.setContentsMargins(*[Space.PAGE] * 4)
        self.setLayout(layout)
        for card in beside:
            card.setFixedWidth(BESIDE_WIDTH)

    def _stand(self, *cards: QWidget) -> QWidget:
        """What stands on the left while it is in sight."""
        whole = QWidget()
        whole.setLayout(column(*cards, None))
        for card in cards:
            card.setMaximumWidth(CARD_WIDTH)
        self._cards.addWidget(whole)
        return whole

    @Later
    def _enrolling(self) -> EnrolCard:
        card = EnrolCard(self._upstream, self._jobs)
        card.enrolled.connect(self._enrolled)
        card.joined.connect(self._joined)
        return card

    @Later
    def _enrolling_part(self) -> QWidget:
        return self._stand(self._enrolling)

    @Later
    def _practising_part(self) -> QWidget:
        return self._stand(_practising())

    def _sending(self) -> Card:
        card = Card("Đồng bộ với cấp trên")
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
        for label in (self._met, self._numbers):
            label.setAlignment(Qt.AlignmentFlag.AlignTop)
        card.body.addLayout(row(self._met, self._numbers, spacing=Space.PAGE))
        return card

    def _show(self, result: Ok[Standing] | Err) -> None:
        if isinstance(result, Err):
            self._said.setText(str(result.error))
            return
        standing = result.value
        if standing.asked and not standing.server:
            self._enrolling.wait_for(standing.asked)
        self._bring(self._where(standing))
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

    def _where(self, standing: Standing) -> QWidget:
        if standing.server:
            return self._sending_part
        return self._practising_part if standing.practice else self._enrolling_part

    def _bring(self, cards: QWidget) -> None:
        if self._cards.currentWidget() is not cards:
            self._cards.setCurrentWidget(cards)
            if self.isVisible():
                self._focus()

    def _focus(self) -> None:
        here = self._cards.currentWidget()
        if here is self._sending_part:
            self._send.setFocus(Qt.FocusReason.OtherFocusReason)
        elif here in ExchangePage._enrolling_part.made(self):
            self._enrolling.begin()
        else:
            self.focusNextChild()

    def _enrolled(self) -> None:
        self.look()
        self.send()

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
    card.body.addWidget(WrappingLabel(IN_PRACTICE, tone=Tone.QUIET))
    return card
