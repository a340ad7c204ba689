"""The waiting line: who is called, who waits and for how long, and the keys that move it."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QShowEvent

from app.models.citizens.turns import Queue, Turn, TurnState, minutes
from app.ui.lobby.turn_desk import TurnDesk
from app.ui.look.theme import Space, Tone, Type
from app.ui.widgets.big_figure import BigFigure
from app.ui.widgets.buttons import LinkButton, PrimaryButton, QuietButton
from app.ui.widgets.choices import Choice
from app.ui.widgets.fields import Field
from app.ui.widgets.page import MARGINS, Page
from app.ui.widgets.parts import Card, EmptyState, Words, WrappingLabel, column, row
from app.ui.widgets.table_view import TableView
from app.ui.widgets.tables import Cell, Column, Table

NEXT_KEY, TAKE_KEY, PRIORITY_KEY = "F11", "Shift+F11", "Ctrl+Shift+F11"
AGAIN_KEY, SKIP_KEY, BACK_KEY = "Alt+L", "Alt+V", "Alt+T"
SCREEN_KEY, TOUCH_KEY = "Alt+M", "Alt+C"
CURRENT_WIDTH, CALLED_WIDTH = 288, 276
BECAME = {TurnState.CALLED: "đang mời", TurnState.SERVED: "đã tiếp", TurnState.AWAY: "vắng"}

CALLED: list[Column[Turn]] = [
    Column("Số", lambda turn: Cell(turn.label, strong=True), 88, figures=True),
    Column("Lúc", lambda turn: Cell(f"{turn.called_at:%H:%M}"), 80, figures=True),
    Column("", lambda turn: Cell(BECAME.get(turn.state, "")), share=1),
]


def waiting_columns(now: Callable[[], datetime]) -> list[Column[Turn]]:
    """How long each has waited is told as of `now`."""

    def waited(turn: Turn) -> Cell:
        return Cell(f"{minutes(now() - turn.taken_at)} phút")

    return [
        Column("Số", lambda turn: Cell(turn.label, strong=True), 88, figures=True),
        Column("Lấy lúc", lambda turn: Cell(f"{turn.taken_at:%H:%M}"), 96, figures=True),
        Column("Đã chờ", waited, 104, figures=True),
        Column("Ưu tiên", lambda turn: Cell(turn.priority, Tone.ACCENT), share=1),
    ]


class QueuePage(Page):
    """Lấy số, gọi số."""

    screen_wanted = Signal()
    touch_wanted = Signal()
    in_sight = Signal()
    """It came into sight or went: its own keys work, or not."""

    def __init__(self, turns: TurnDesk, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._turns, self._now = turns, now
        self._number, self._about = BigFigure(), Words("", tone=Tone.QUIET)
        self._next = PrimaryButton("Gọi tiếp", NEXT_KEY, "phone-call")
        self._again, self._skip = QuietButton("Gọi lại", AGAIN_KEY), QuietButton("Vắng", SKIP_KEY)
        self._take = QuietButton("Lấy một số", TAKE_KEY, "plus")
        self._priority: Choice[str] = Choice()
        self._take_first = QuietButton("Lấy số ưu tiên", PRIORITY_KEY)
        self._back = QuietButton("Trả lại hàng", BACK_KEY, "rotate-ccw")
        self._screen = LinkButton("Màn hình gọi số", SCREEN_KEY)
        self._touch = LinkButton("Cửa sổ tự lấy số", TOUCH_KEY)
        self._sum = WrappingLabel("", Type.SMALL, Tone.QUIET)
        self._waiting = TableView(Table(waiting_columns(now), lambda x: x.number), _nobody_waits())
        self._called = TableView(Table(CALLED, lambda turn: turn.number))
        self._waiting.setAccessibleName("Số đang chờ")
        self._called.setAccessibleName("Số vừa mời")
        self._first = Field("Lý do ưu tiên", self._priority)
        self._lay_out()
        self._connect()
        self.tell(Queue())

    def _lay_out(self) -> None:
        here, waits, called = Card("Đang mời"), Card("Đang chờ"), Card("Vừa mời")
        here.setFixedWidth(CURRENT_WIDTH)
        called.setFixedWidth(CALLED_WIDTH)
        here.body.addWidget(self._number, 1)
        here.body.addWidget(self._about, alignment=Qt.AlignmentFlag.AlignHCenter)
        here.body.addWidget(self._next)
        here.body.addLayout(row(self._again, self._skip))
        waits.body.addWidget(self._sum)
        waits.body.addWidget(self._waiting, 1)
        waits.body.addWidget(self._take)
        waits.body.addWidget(self._first)
        waits.body.addWidget(self._take_first)
        called.body.addWidget(self._called, 1)
        called.body.addWidget(self._back)
        upper = row(here, waits, called, spacing=Space.WITHIN)
        upper.setStretch(1, 1)
        foot = row(self._screen, Space.PAGE, self._touch, None)
        whole = column(upper, foot, spacing=Space.WITHIN)
        whole.setStretch(0, 1)
        whole.setContentsMargins(*MARGINS)
        self.setLayout(whole)

    def _connect(self) -> None:
        turns = self._turns
        turns.stood.connect(self.tell)
        self._next.clicked.connect(turns.call_next)
        self._again.clicked.connect(turns.call_again)
        self._skip.clicked.connect(turns.skip)
        self._take.clicked.connect(lambda _: turns.take())
        self._take_first.clicked.connect(lambda: turns.take(self._priority.value() or ""))
        self._back.clicked.connect(self._hand_back)
        self._screen.clicked.connect(self.screen_wanted)
        self._touch.clicked.connect(self.touch_wanted)

    def offer(self, priorities: tuple[str, ...]) -> None:
        """Why somebody may go first."""
        self._priority.offer([(each, each) for each in priorities])
        for part in (self._first, self._take_first):
            part.setVisible(bool(priorities))

    def entered(self) -> None:
        self._next.setFocus(Qt.FocusReason.OtherFocusReason)
        self._turns.look()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.in_sight.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.in_sight.emit()

    def tell(self, queue: Queue) -> None:
        """Show the line."""
        current = queue.current
        self._number.say(current.label if current else "", Tone.ACCENT)
        self._about.setText(_about(current))
        self._again.setEnabled(current is not None)
        self._skip.setEnabled(current is not None)
        self._waiting.show_rows(queue.waiting)
        is_news = queue.called[:1] != tuple(self._called.table.rows.here()[:1])
        self._called.show_rows(queue.called)
        if is_news:  # whoever was called last is whom one means
            self._called.selectRow(0)
        self._back.setEnabled(bool(queue.called))
        self._sum.setText(_summed(queue, self._now()))

    def _hand_back(self) -> None:
        if turn := self._called.current():
            self._turns.hand_back(turn)


def _about(current: Turn | None) -> str:
    if current is None or current.called_at is None:
        return "chưa mời số nào"
    times = f", lần {current.calls}" if current.calls > 1 else ""
    first = " · ưu tiên" if current.priority else ""
    return f"lúc {current.called_at:%H:%M}{times}{first}"


def _summed(queue: Queue, now: datetime) -> str:
    parts = [f"{len(queue.waiting)} số"] if queue.waiting else []
    if queue.waiting:
        longest = max(now - turn.taken_at for turn in queue.waiting)
        parts.append(f"lâu nhất {minutes(longest)} phút")
    if queue.mean_wait is not None:
        parts.append(f"hôm nay trung bình {minutes(queue.mean_wait)} phút")
    return " · ".join(parts)


def _nobody_waits() -> EmptyState:
    return EmptyState("ticket", "Không ai đang chờ.", f"Lấy số: {TAKE_KEY.replace('+', ' ')}.")
