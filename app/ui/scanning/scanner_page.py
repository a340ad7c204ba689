"""Tries the scanner on a code shown here or on the printed test page, and learns what it types otherwise."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import msgspec
from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from app.desk.desk import Desk
from app.models.unit.scanner_check import GOOD, SHOWN, changes, layout, verdict
from app.store.own.keeping import Keeping
from app.ui.deeds.deeds import PRIMARY_KEY
from app.ui.deeds.fields import Paragraph
from app.ui.lanes.jobs import Err, Jobs, Lane, Ok
from app.ui.look.theme import Space, Tone, Type, Weight
from app.ui.widgets.buttons import LinkButton, PrimaryButton
from app.ui.widgets.leaving import LeaveLink
from app.ui.widgets.page import MARGINS, Page
from app.ui.widgets.parts import Card, Words, WrappingLabel, column, row

KEPT = "scanner layout"
HOW = (
    "Đặt con trỏ vào ô dưới đây rồi quét mã bên phải, hoặc mã trên trang thử đã in. "
    "Quét ở đây không mở hồ sơ nào."
)
CAN_LEARN = "Chương trình có thể học máy quét này: từ đó đọc đúng mã hồ sơ và thẻ căn cước."
LEARNED = "Đã học máy quét này. Quét lại để thử."
WIDTH, QR_SIDE = 640, 288
BLACK, WHITE = Qt.GlobalColor.black, Qt.GlobalColor.white  # a scanner knows no other colours


class Drawing(NamedTuple):
    """A symbol of `side`, its quiet zone, its black (left, top, width, height), all in points."""

    side: float
    quiet: float
    black: Sequence[tuple[float, float, float, float]]


DrawQr = Callable[[str], Drawing]


class Qr(QWidget):
    """A symbol as large as it is given room, black on white whatever the window wears."""

    def __init__(self) -> None:
        super().__init__()
        self._drawing: Drawing | None = None
        self.setFixedSize(QR_SIDE, QR_SIDE)
        self.setAccessibleName("Mã QR để thử máy quét")

    def show_drawing(self, drawing: Drawing) -> None:
        self._drawing = drawing
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), WHITE)
        if self._drawing:
            side, quiet, black = self._drawing
            module = black[0][3]
            dots = int(self.width() * module / (side + 2 * quiet))  # whole ones, or bars blur
            left = (self.width() - dots * side / module) // 2
            painter.translate(left, left)
            painter.scale(dots / module, dots / module)
            for rectangle in black:
                painter.fillRect(QRectF(*rectangle), BLACK)
        painter.end()


class ScannerPage(Page):
    """Thử máy quét."""

    title = "Thử máy quét"
    learned = Signal(object)
    """What each character means: a mapping, empty for a scanner that types what it reads."""
    left = Signal()

    def __init__(self, desk: Desk, jobs: Jobs, draw_qr: DrawQr | None) -> None:
        super().__init__()
        self._desk, self._jobs, self._draw_qr = desk, jobs, draw_qr
        self._layout: Mapping[str, str] = {}
        self._qr = Qr()
        self._line = Paragraph(3, "quét vào đây")
        self._line.setAccessibleName("Ô thử máy quét")
        self._said = WrappingLabel(weight=Weight.MEDIUM, reserved_lines=3)
        self._learn = PrimaryButton("Học máy quét này", PRIMARY_KEY)
        self._forget = LinkButton("Quên điều đã học", "Alt+Q")
        leave = LeaveLink("Xong")
        self._lay_out(leave)
        self._learn.clicked.connect(lambda: self._keep(layout(self._line.toPlainText()) or {}))
        self._forget.clicked.connect(lambda: self._keep({}))
        leave.clicked.connect(self.left)

    def _lay_out(self, leave: QWidget) -> None:
        card = Card()
        words = column(
            Words(self.title, Type.TITLE, weight=Weight.STRONG),
            WrappingLabel(HOW, tone=Tone.QUIET),
            self._line,
            self._said,
            self._learn,
            row(self._forget, None, leave),
            None,
            spacing=Space.BETWEEN,
        )
        both = row(words, self._qr, spacing=Space.PAGE)
        both.setStretch(0, 1)
        both.setAlignment(self._qr, Qt.AlignmentFlag.AlignTop)
        card.body.addLayout(both)
        card.setFixedWidth(WIDTH + QR_SIDE)
        whole = column(row(card, None), None)
        whole.setContentsMargins(*MARGINS)
        self.setLayout(whole)
        self._learn.setEnabled(False)
        self._forget.hide()

    def entered(self) -> None:
        self._line.clear()
        self._line.setFocus(Qt.FocusReason.OtherFocusReason)
        if self._draw_qr:
            draw = self._draw_qr
            self._jobs.run(Lane.NET, lambda: draw(SHOWN), self._drawn)

    def scanned(self, text: str) -> bool:
        """A scan the window knows already is a good one, and opens nothing from here."""
        self._line.setPlainText(text)
        self._judge()
        return True

    def look(self) -> None:
        """Bring back what was learned on this counter."""
        keeping = self._desk.store.keeping
        self._jobs.run(Lane.DESK, lambda: kept_layout(keeping), self._known)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._judge()
        else:
            super().keyPressEvent(event)

    # --- inside ---

    def _judge(self) -> None:
        came = self._line.toPlainText()
        meant = "".join(self._layout.get(letter, letter) for letter in came)
        if self._layout and changes(meant) == ():
            came = meant
        said, can_learn = verdict(came), bool(changes(came) and layout(came))
        self._said.setText(f"{said} {CAN_LEARN}" if can_learn else said)
        self._said.set_tone(Tone.DONE if said == GOOD else Tone.TODAY)
        self._learn.setEnabled(can_learn)
        self._line.selectAll()

    def _keep(self, means: Mapping[str, str]) -> None:
        keeping = self._desk.store.keeping

        def work() -> Mapping[str, str]:
            keeping.put(KEPT, msgspec.json.encode(means).decode())
            return means

        self._jobs.run(Lane.DESK, work, self._kept)

    def _kept(self, result: Ok[Mapping[str, str]] | Err) -> None:
        self._known(result)
        if isinstance(result, Ok):
            self._said.setText(LEARNED if result.value else "")
            self._said.set_tone(Tone.DONE)
            self._learn.setEnabled(False)
            self.entered()

    def _known(self, result: Ok[Mapping[str, str]] | Err) -> None:
        if isinstance(result, Ok):
            self._layout = result.value
            self._forget.setVisible(bool(self._layout))
            self.learned.emit(self._layout)

    def _drawn(self, result: Ok[Drawing] | Err) -> None:
        if isinstance(result, Ok):
            self._qr.show_drawing(result.value)


def kept_layout(keeping: Keeping) -> Mapping[str, str]:
    """What this counter's scanner types → what it means; for the desk lane."""
    kept = keeping.get(KEPT)
    return msgspec.json.decode(kept, type=dict[str, str]) if kept else {}


def learn_kept(keeping: Keeping, jobs: Jobs, learn: Callable[[Mapping[str, str]], None]) -> None:
    """Have the scanner that is watched know what was learned on this counter."""

    def known(result: Ok[Mapping[str, str]] | Err) -> None:
        if isinstance(result, Ok):
            learn(result.value)

    jobs.run(Lane.DESK, lambda: kept_layout(keeping), known)
