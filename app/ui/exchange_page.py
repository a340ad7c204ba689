"""The exchange: what waits and since when, the server's last word, and the one button that sends."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget

from app.models.errors import BadInput
from app.models.text import weekday
from app.ui.buttons import PrimaryButton
from app.ui.fields import Field, Line, written_day
from app.ui.frame import Light
from app.ui.jobs import Err, Jobs, Lane, Ok
from app.ui.page import Page
from app.ui.parts import Badge, Card, WrappingLabel, column, row
from app.ui.theme import Space, Tone, Type, Weight

URL_HINT = "Ví dụ https://motcua.tinh.gov.vn"
CODE_HINT = "5 nhóm 4 ký tự do cấp trên cấp, dùng một lần trong 15 phút"
SENDING = "Đang gửi và nhận… Cứ làm việc khác."
CARD_WIDTH = 760


@dataclass(frozen=True)
class Standing:
    """How the exchange stands: `waiting` events since `oldest`; the server's last signed word."""

    server: str
    waiting: int
    oldest: datetime | None
    acknowledged: datetime | None


class Sent(Protocol):
    """What one exchange did, in counts."""

    @property
    def sent(self) -> int: ...
    @property
    def received(self) -> int: ...
    @property
    def pending(self) -> int: ...
    @property
    def forks(self) -> int: ...


class Upstream(Protocol):
    """The server, as this page needs it. `standing` is for the desk lane, the others for the net lane."""

    def standing(self) -> Standing: ...

    def send(self) -> Sent: ...

    def join(self, url: str, code: str) -> str: ...


class ExchangePage(Page):
    """Where an officer sends, sees what waits, and enrols the counter."""

    changed = Signal()
    """Something came from the server: other pages should look again."""
    stands = Signal(object)
    """A `Light` for the frame."""

    def __init__(self, upstream: Upstream, jobs: Jobs) -> None:
        super().__init__()
        self._upstream, self._jobs = upstream, jobs
        self._busy = False
        self._state = Badge(size=Type.TITLE, weight=Weight.STRONG)
        self._acknowledged = WrappingLabel("", tone=Tone.QUIET)
        self._server = WrappingLabel("", tone=Tone.QUIET)
        self._said = WrappingLabel("", reserved_lines=2)
        self._send = PrimaryButton("Gửi", "F9", "refresh-cw")
        self._send.clicked.connect(self.send)
        self._url, self._code = Line(URL_HINT), Line("XXXX-XXXX-XXXX-XXXX-XXXX")
        self._url_field = Field("Địa chỉ máy chủ", self._url)
        self._code_field = Field("Mã ghi danh", self._code, hint=CODE_HINT, note_lines=2)
        self._url.returnPressed.connect(self._code.setFocus)
        self._code.returnPressed.connect(self._enrol)
        self._join = PrimaryButton("Ghi danh quầy này", "F9")
        self._join.clicked.connect(self._enrol)
        self._cards = QStackedWidget()
        self._cards.addWidget(self._sending())
        self._cards.addWidget(self._enrolling())
        layout = column(self._cards, None)
        layout.setContentsMargins(*[Space.PAGE] * 4)
        self.setLayout(layout)

    def entered(self) -> None:
        self.look()
        self._focus()

    def look(self) -> None:
        """Read how the exchange stands, for this page and the frame's light."""
        self._jobs.run(Lane.DESK, self._upstream.standing, self._show)

    def send(self) -> None:
        """One exchange; the window goes on meanwhile."""
        if self._busy:
            return
        self._busy = True  # the button stays as it is, or the focus would leave it
        self._say(SENDING, Tone.QUIET)
        self._jobs.run(Lane.NET, self._upstream.send, self._sent)

    # --- inside -----------------------------------------------------------------------------------

    def _sending(self) -> Card:
        card = Card("Đồng bộ với cấp trên")
        card.setMaximumWidth(CARD_WIDTH)
        card.body.setSpacing(Space.BETWEEN)
        card.body.addWidget(self._state)
        card.body.addWidget(self._acknowledged)
        card.body.addWidget(self._server)
        card.body.addWidget(self._said)
        card.body.addLayout(row(self._send, None))
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
        return card

    def _show(self, result: Ok[Standing] | Err) -> None:
        if isinstance(result, Err):
            self._said.setText(str(result.error))
            return
        standing = result.value
        changed = self._cards.currentIndex() != (0 if standing.server else 1)
        self._cards.setCurrentIndex(0 if standing.server else 1)
        if changed and self.isVisible():
            self._focus()
        light = light_of(standing)
        self._state.say(light.words, light.tone, light.icon)
        last = standing.acknowledged
        self._acknowledged.setText(
            f"Máy chủ xác nhận lần cuối: {_moment(last)}"
            if last
            else "Máy chủ chưa xác nhận lần nào."
        )
        self._server.setText(f"Máy chủ: {standing.server}")
        self.stands.emit(light)

    def _focus(self) -> None:
        first = self._url if self._cards.currentIndex() else self._send
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _enrol(self) -> None:
        if self._busy:
            return
        self._busy = True
        url, code = self._url.words(), self._code.words()
        self._jobs.run(Lane.NET, lambda: self._upstream.join(url, code), self._enrolled)

    def _enrolled(self, result: Ok[str] | Err) -> None:
        self._busy = False
        if isinstance(result, Err):
            is_address = isinstance(result.error, BadInput) and result.error.field == "url"
            wrong = self._url_field if is_address else self._code_field
            wrong.set_error(str(result.error))
            wrong.control.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.look()
        self.send()

    def _sent(self, result: Ok[Sent] | Err) -> None:
        self._busy = False
        if isinstance(result, Err):
            self._say(str(result.error), Tone.LATE)
        else:
            self._say(in_words(result.value), tone_of(result.value))
        self.look()
        if isinstance(result, Ok) and result.value.received:
            self.changed.emit()

    def _say(self, words: str, tone: Tone) -> None:
        self._said.set_tone(tone)
        self._said.setText(words)


def tone_of(sent: Sent) -> Tone:
    """Done only if the server has everything."""
    if sent.forks:
        return Tone.LATE
    return Tone.TODAY if sent.pending else Tone.DONE


def in_words(sent: Sent) -> str:
    """What an exchange did, as the officer is told."""
    if sent.forks:
        return "Máy chủ thấy dữ liệu của máy này bị nhân bản. Hãy gọi tin học cấp trên trước khi làm tiếp."
    if not (sent.sent or sent.received or sent.pending):
        return "Hai bên đã khớp, không có gì mới."
    parts = [
        f"đã gửi {sent.sent} việc" if sent.sent else "",
        f"nhận về {sent.received} cập nhật" if sent.received else "",
    ]
    done = ", ".join(part for part in parts if part) or "chưa gửi được gì"
    rest = f"; còn {sent.pending} việc chờ gửi" if sent.pending else "; máy chủ đã xác nhận đủ"
    return f"{done[0].upper()}{done[1:]}{rest}."


def light_of(standing: Standing) -> Light:
    """The frame's light: sent, waiting since when, or not enrolled."""
    if not standing.server:
        return Light("cloud-off", "Chưa nối cấp trên", Tone.QUIET)
    if not standing.waiting:
        return Light("cloud-check", "Đã gửi hết", Tone.DONE)
    since = f" · từ {_moment(standing.oldest)}" if standing.oldest else ""
    return Light("cloud-off", f"Chưa gửi {standing.waiting} việc{since}", Tone.TODAY)


def _moment(at: datetime | None) -> str:
    if at is None:
        return ""
    return f"{at:%H:%M} {weekday(at.date())} {written_day(at.date())}"
