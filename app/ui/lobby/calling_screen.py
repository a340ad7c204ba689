"""The second screen: which number is called to which counter, and the last ones; never a name."""

from PySide6.QtCore import QRectF, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent, QScreen
from PySide6.QtWidgets import QWidget

from app.models.citizens.turns import Queue, Turn
from app.ui.look import theme
from app.ui.look.theme import Colour, Measure, Weight
from app.ui.widgets.big_figure import draw_largest

ALIGHT = 8_000  # ms that a number just called stands on a ground of its own
WIDTH, HEIGHT = 960, 540  # where there is one screen only
HEAD, FOOT, LEFT = 0.13, 0.12, 0.64  # shares of the screen
LINE = Measure.HAIRLINE


class CallingScreen(QWidget):
    """Takes no focus, so that whoever types goes on typing."""

    def __init__(self, unit: str, counter: int, over: QWidget) -> None:
        super().__init__(over, Qt.WindowType.Window | Qt.WindowType.WindowDoesNotAcceptFocus)
        self._unit, self._counter = unit, counter
        self._queue = Queue()
        self._alight = QTimer(self, singleShot=True, interval=ALIGHT)
        self._alight.timeout.connect(self.update)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setWindowTitle("Màn hình gọi số")
        self.setAccessibleName("Màn hình gọi số")

    @staticmethod
    def has_room() -> bool:
        """Whether there is a second screen."""
        return len(QGuiApplication.screens()) > 1

    def come(self) -> None:
        """Fill the screen the window isn't on; beside the window where there is one screen only."""
        other = self._other_screen()
        if other is None:
            self.resize(WIDTH, HEIGHT)
            self.show()
        else:
            self.setGeometry(other.geometry())
            self.showFullScreen()

    def tell(self, queue: Queue) -> None:
        """Show the line."""
        self._queue = queue
        self.setAccessibleDescription(self.words())
        self.update()

    def call(self, turn: Turn) -> None:
        """Light up what is called just now."""
        self._alight.start()
        self.update()

    def words(self) -> str:
        """What stands on it, in a sentence."""
        current = self._queue.current
        if current is None:
            return f"Đang chờ {len(self._queue.waiting)} số."
        return f"Mời số {current.label} đến quầy {self._counter}."

    def _other_screen(self) -> QScreen | None:
        over = self.parentWidget()
        here = over.screen() if over else None
        return next((each for each in QGuiApplication.screens() if each is not here), None)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = QRectF(self.rect())
        painter.fillRect(whole, theme.colour(Colour.GROUND))
        wide, high = whole.width(), whole.height()
        head = QRectF(0, 0, wide, high * HEAD)
        foot = QRectF(0, high * (1 - FOOT), wide, high * FOOT)
        middle = QRectF(0, head.bottom(), wide * LEFT, foot.top() - head.bottom())
        beside = QRectF(middle.right(), head.bottom(), wide - middle.width(), middle.height())
        self._draw_head(painter, head)
        self._draw_current(painter, middle)
        self._draw_called(painter, beside)
        self._draw_foot(painter, foot)
        painter.end()

    def _draw_head(self, painter: QPainter, area: QRectF) -> None:
        painter.fillRect(area, theme.colour(Colour.RAIL))
        draw_largest(painter, self._unit, _inside(area, 0.03, 0.28), Colour.RAIL_INK, Weight.STRONG)

    def _draw_current(self, painter: QPainter, area: QRectF) -> None:
        ground = Colour.ACCENT_SOFT if self._alight.isActive() else Colour.CARD
        painter.fillRect(area, theme.colour(ground))
        current = self._queue.current
        said, number, where = (
            _part(area, 0.06, 0.16),
            _part(area, 0.2, 0.56),
            _part(area, 0.76, 0.16),
        )
        if current is None:
            draw_largest(painter, "Xin chờ số được mời", number, Colour.QUIET, Weight.MEDIUM)
            return
        draw_largest(painter, "MỜI SỐ", said, Colour.QUIET, Weight.STRONG)
        draw_largest(painter, current.label, number, Colour.ACCENT)
        draw_largest(painter, f"ĐẾN QUẦY {self._counter}", where, Colour.INK, Weight.STRONG)

    def _draw_called(self, painter: QPainter, area: QRectF) -> None:
        draw_largest(painter, "Vừa mời", _part(area, 0.03, 0.1), Colour.QUIET, Weight.MEDIUM)
        for place, turn in enumerate(self._queue.called):
            row = _part(area, 0.15 + place * 0.165, 0.15)
            painter.fillRect(
                QRectF(area.left(), row.top(), area.width(), LINE), theme.colour(Colour.LINE)
            )
            is_here = self._queue.current is not None and turn.number == self._queue.current.number
            number = QRectF(row.left(), row.top(), row.width() * 0.6, row.height())
            at = QRectF(number.right(), row.top(), row.width() * 0.4, row.height())
            draw_largest(
                painter,
                turn.label,
                _inside(number, 0, 0.1),
                Colour.ACCENT if is_here else Colour.INK,
            )
            if turn.called_at:
                hour = f"{turn.called_at:%H:%M}"
                draw_largest(painter, hour, _inside(at, 0, 0.28), Colour.QUIET, Weight.PLAIN)

    def _draw_foot(self, painter: QPainter, area: QRectF) -> None:
        painter.fillRect(area, theme.colour(Colour.ACCENT_SOFT))
        waiting = self._queue.waiting
        soon = ", ".join(turn.label for turn in waiting[:3])
        said = f"Đang chờ: {len(waiting)} số" + (f"   ·   Sắp mời: {soon}" if soon else "")
        draw_largest(painter, said, _inside(area, 0.03, 0.26), Colour.INK, Weight.MEDIUM)


def _inside(area: QRectF, beside: float, above: float) -> QRectF:
    """`area` less these shares of its width and height on each side."""
    dx, dy = area.width() * beside, area.height() * above
    return area.adjusted(dx, dy, -dx, -dy)


def _part(area: QRectF, top: float, tall: float) -> QRectF:
    """A band of `area`, by shares of its height, with room at both ends."""
    band = QRectF(area.left(), area.top() + area.height() * top, area.width(), area.height() * tall)
    return _inside(band, 0.06, 0)
