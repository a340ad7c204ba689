"""Asks the citizen across the desk how it was, beside the officer's work and never in its way.

It takes no focus. While it stands, four keys are the citizen's: the arrows to the sides, Enter once
something is chosen, and Esc. Every other key, click or scan is the officer's work: it does what it
always does, and the panel is gone.
"""

from collections.abc import Sequence
from enum import Enum

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QWindow
from PySide6.QtWidgets import QApplication, QButtonGroup, QFrame, QPushButton, QWidget

from app.desk.lobby.ratings import Unsaid
from app.models.citizens.satisfaction import Questionnaire
from app.ui.look.icons import Icon
from app.ui.look.theme import Measure, Space, Tone, Type, Weight
from app.ui.widgets.buttons import ENTER, QuietButton
from app.ui.widgets.leaving import LeaveButton
from app.ui.widgets.parts import Keycap, Words, WrappingLabel, column, row, take_down

STAYS = 40_000  # ms; long enough to read, look up and choose
THANKS = 2_500  # ms
WIDTH, FACE = 736, 64
FOOT = Measure.CONTROL + Space.WITHIN  # of the window, where what has just been done is said
PAPER_KEY = "Ctrl+Shift+I"
PAPER = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier | Qt.Key.Key_I
UNSEEN = "Không ghi tên, không ghi mã hồ sơ. Không ai xem được từng phiếu."
FACES = (("frown", Tone.LATE), ("smile", Tone.ACCENT), ("laugh", Tone.DONE))
"""Of each level, from the worst."""

_NOT_YET_WORK = {
    *(Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_AltGr, Qt.Key.Key_Meta),
    *(Qt.Key.Key_CapsLock, Qt.Key.Key_NumLock),
}


class Standing(Enum):
    """How far it is with the asking."""

    AWAY = "away"
    AWAITED = "awaited"
    ASKING = "asking"
    THANKING = "thanking"


class Face(QPushButton):
    """A level: its face and its words, large enough for a finger."""

    def __init__(self, words: str, icon: str, tone: Tone) -> None:
        super().__init__()
        face, said = Icon(icon, tone, FACE), Words(words, Type.TITLE, weight=Weight.STRONG)
        self._content = column(face, said)
        self._content.setContentsMargins(*[Space.PADDING] * 4)
        for part in (face, said):
            self._content.setAlignment(part, Qt.AlignmentFlag.AlignHCenter)
        self.setLayout(self._content)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(words)

    def sizeHint(self) -> QSize:
        return self._content.sizeHint()

    def minimumSizeHint(self) -> QSize:
        return self._content.minimumSize()


class RatingPanel(QFrame):
    """Over the foot of the page, as large as it needs to be; gone by itself."""

    settled = Signal(object)
    """A level from 1, the worst; or `Unsaid`. Once for each time it asked."""

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self._over = over
        self._standing = Standing.AWAY
        self._faces: list[Face] = []
        self._group = QButtonGroup(self)
        self.setProperty("floats", True)
        self.setFixedWidth(WIDTH)
        self.setAccessibleName("Mời công dân đánh giá")
        self._asked = WrappingLabel("", Type.FIGURE, weight=Weight.STRONG)
        self._thanks = Icon("message-square-heart", Tone.ACCENT, Measure.PRIMARY)
        self._row = row(spacing=Space.BETWEEN)
        self._said = WrappingLabel(UNSEEN, Type.SMALL, Tone.QUIET)
        paper = QuietButton("Trả lời trên giấy", PAPER_KEY, "printer")
        decline = LeaveButton("Không đánh giá")
        for button in (paper, decline):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        paper.clicked.connect(lambda: self._settle(Unsaid.LATER))
        decline.clicked.connect(lambda: self._settle(Unsaid.DECLINED))
        keys = row(
            Keycap("←"), Keycap("→"), Words("chọn", Type.SMALL, Tone.QUIET), spacing=Space.TIGHT
        )
        sends = row(Keycap(ENTER), Words("gửi", Type.SMALL, Tone.QUIET), spacing=Space.TIGHT)
        self._foot = QWidget()
        self._foot.setLayout(row(keys, Space.WITHIN, sends, None, paper, decline))
        head = row(self._thanks, self._asked, spacing=Space.PADDING)
        head.setStretch(1, 1)
        self._content = column(head, self._row, self._said, self._foot, spacing=Space.BETWEEN)
        self._content.setContentsMargins(*[Space.PAGE] * 4)
        self.setLayout(self._content)
        self._end = QTimer(self, singleShot=True)
        self._end.timeout.connect(self.pass_over)
        self.hide()

    def await_question(self) -> None:
        """What is asked is being looked up; work that goes on before it stands calls it off."""
        self.pass_over()
        self._standing = Standing.AWAITED
        _application().installEventFilter(self)

    def ask(self, asked: Questionnaire) -> None:
        """Ask, unless work has gone on."""
        if self._standing is not Standing.AWAITED:
            return
        self._standing = Standing.ASKING
        self._asked.setText(asked.invitation)
        self._offer(asked.levels)
        self._appear(STAYS)

    def pass_over(self) -> None:
        """Work goes on, or nobody answered: be gone."""
        was, self._standing = self._standing, Standing.AWAY
        self._end.stop()
        _application().removeEventFilter(self)
        self.hide()
        if was is Standing.ASKING:
            self.settled.emit(Unsaid.UNANSWERED)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent):
            return isinstance(watched, QWindow) and self._heard_key(event)
        is_press = event.type() == QEvent.Type.MouseButtonPress
        is_elsewhere = isinstance(watched, QWidget) and not self._holds(watched)
        if event.type() == QEvent.Type.InputMethod or (is_press and is_elsewhere):
            self.pass_over()
        elif event.type() == QEvent.Type.Resize and watched is self._over:
            self._place()
        return False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()  # beside a button is not elsewhere

    # --- keys -------------------------------------------------------------------------------------

    def _heard_key(self, event: QKeyEvent) -> bool:
        """True for a key that was the citizen's, which nobody else hears of then."""
        if event.isAutoRepeat() or event.key() in _NOT_YET_WORK:
            return False  # the key that gave the result back, still held down
        if event.type() == QEvent.Type.KeyRelease:
            return False
        if not self._is_citizens(event):
            self.pass_over()
            return False
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()  # or a shortcut would be pressed before the key came here
        else:
            self._press(event)
        return True

    def _is_citizens(self, event: QKeyEvent) -> bool:
        if self._standing is not Standing.ASKING:
            return False
        if event.keyCombination() == PAPER:
            return True
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        match event.key():
            case Qt.Key.Key_Left | Qt.Key.Key_Right | Qt.Key.Key_Escape:
                return True
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                return self._group.checkedId() >= 0
            case _:
                return False

    def _press(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Left:
                self._step(-1)
            case Qt.Key.Key_Right:
                self._step(1)
            case Qt.Key.Key_Escape:
                self._settle(Unsaid.DECLINED)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._settle(self._group.checkedId())
            case _:
                self._settle(Unsaid.LATER)

    def _step(self, by: int) -> None:
        chosen = self._group.checkedButton()
        places = len(self._faces)
        here = self._faces.index(chosen) if chosen in self._faces else (-1 if by > 0 else places)
        self._faces[max(0, min(places - 1, here + by))].setChecked(True)
        self._end.start(STAYS)

    # --- what is in sight -------------------------------------------------------------------------

    def _offer(self, levels: Sequence[str]) -> None:
        """The best first, as on the slip; none is chosen."""
        for face in self._faces:
            self._group.removeButton(face)
            self._row.removeWidget(face)
            take_down(face)
        self._faces = []
        for level in range(len(levels), 0, -1):
            face = Face(levels[level - 1], *FACES[level - 1])
            face.clicked.connect(lambda _=False, level=level: self._settle(level))
            self._group.addButton(face, level)
            self._row.addWidget(face, 1)
            self._faces.append(face)

    def _appear(self, stays: int) -> None:
        is_asking = self._standing is Standing.ASKING
        for part in (self._said, self._foot, *self._faces):
            part.setVisible(is_asking)
        self._thanks.setVisible(not is_asking)
        self._place()
        self.show()
        self.raise_()
        self._end.start(stays)

    def _place(self) -> None:
        self._asked.setText(self._asked.text())  # takes the room it needs now
        self._content.activate()
        self.adjustSize()
        room = self._over.rect()
        left = (room.width() - self.width()) // 2
        self.move(left, room.height() - FOOT - Space.PAGE - self.height())

    def _settle(self, said: "int | Unsaid") -> None:
        self._standing = Standing.THANKING
        self.settled.emit(said)
        if isinstance(said, Unsaid):
            self.pass_over()
            return
        self._asked.setText("Cảm ơn Ông/Bà đã đánh giá.")
        self._appear(THANKS)

    def _holds(self, widget: QWidget) -> bool:
        return widget is self or self.isAncestorOf(widget)


def _application() -> QCoreApplication:
    app = QApplication.instance()
    assert app is not None
    return app
