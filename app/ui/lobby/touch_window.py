"""Where citizens take a number with a finger: one large key, one for each reason to go first."""

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QPushButton, QSizePolicy, QStackedWidget, QWidget

from app.models.citizens.turns import Queue, Turn, ahead_of
from app.ui.look import theme
from app.ui.look.theme import Colour, Measure, Space, Tone, Type, Weight
from app.ui.widgets.big_figure import BigFigure, draw_largest
from app.ui.widgets.parts import Words, column, take_down

SHOWN = 7_000  # ms that a number taken stays in sight
WIDTH, HEIGHT = 900, 620
TALL = 2 * Measure.PRIMARY
COLUMNS = 2
CENTRE = Qt.AlignmentFlag.AlignHCenter


class TouchButton(QPushButton):
    """Words as large as they go, on the colour of the one deed or of what stands beside it."""

    def __init__(self, words: str, *, is_first: bool) -> None:
        super().__init__()
        self._words = words
        self._ground = Colour.ACCENT if is_first else Colour.ACCENT_SOFT
        self._ink = Colour.ON_ACCENT if is_first else Colour.ACCENT_DEEP
        self.setAccessibleName(words)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def minimumSizeHint(self) -> QSize:
        return QSize(2 * TALL, TALL)

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        down = self.isDown()
        painter.setBrush(theme.colour(Colour.ACCENT_DEEP if down else self._ground))
        area = QRectF(self.rect())
        painter.drawRoundedRect(area, Measure.RADIUS_CARD, Measure.RADIUS_CARD)
        dx, dy = area.width() * 0.06, area.height() * 0.28
        ink = Colour.ON_ACCENT if down else self._ink
        draw_largest(painter, self._words, area.adjusted(dx, dy, -dx, -dy), ink, Weight.STRONG)
        painter.end()


class TouchWindow(QWidget):
    """Takes no focus: whoever types at this PC goes on typing."""

    wanted = Signal(str)
    """A number is wanted: why it goes first, or ""."""

    def __init__(self, unit: str, over: QWidget) -> None:
        super().__init__(over, Qt.WindowType.Window | Qt.WindowType.WindowDoesNotAcceptFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setWindowTitle("Tự lấy số")
        self.resize(WIDTH, HEIGHT)
        self._grid = QGridLayout()
        self._grid.setSpacing(Space.BETWEEN)
        self._offered, self._given, self._stack = QWidget(), QWidget(), QStackedWidget()
        self._number, self._ahead = BigFigure(), Words("", Type.PROMISE)
        self._offered.setLayout(self._grid)
        whose = Words("Số của Ông/Bà", Type.PROMISE, Tone.QUIET)
        given = column(whose, self._number, self._ahead, spacing=Space.PAGE)
        given.setAlignment(whose, CENTRE)
        given.setAlignment(self._ahead, CENTRE)
        given.setStretch(1, 1)
        self._given.setLayout(given)
        for part in (self._offered, self._given):
            self._stack.addWidget(part)
        head = Words(unit, Type.FIGURE, weight=Weight.STRONG)
        layout = column(head, self._stack, spacing=Space.PAGE)
        layout.setAlignment(head, CENTRE)
        layout.setContentsMargins(*[Space.PAGE] * 4)
        self.setLayout(layout)
        self._back = QTimer(self, singleShot=True, interval=SHOWN)
        self._back.timeout.connect(lambda: self._stack.setCurrentWidget(self._offered))

    def offer(self, priorities: tuple[str, ...]) -> None:
        """A key for everybody, and one for each of these."""
        while item := self._grid.takeAt(0):
            if widget := item.widget():
                take_down(widget)
        self._grid.addWidget(self._key("Lấy số", ""), 0, 0, 1, COLUMNS)
        for place, priority in enumerate(priorities):
            key = self._key(f"Ưu tiên: {priority}", priority)
            self._grid.addWidget(key, 1 + place // COLUMNS, place % COLUMNS)
        self._grid.setRowStretch(0, COLUMNS)

    def give(self, turn: Turn, queue: Queue) -> None:
        """Show a number that was just taken, for a while."""
        ahead = ahead_of(queue, turn)
        self._number.say(turn.label, Tone.ACCENT)
        self._ahead.setText(f"Trước Ông/Bà còn {ahead} số. Xin chờ được mời.")
        self._stack.setCurrentWidget(self._given)
        self._back.start()

    def _key(self, words: str, priority: str) -> TouchButton:
        key = TouchButton(words, is_first=not priority)
        key.clicked.connect(lambda _: self.wanted.emit(priority))
        return key
