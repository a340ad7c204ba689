"""A few letters as large as their place allows: a number that is read across a room."""

from functools import lru_cache

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.look import theme
from app.ui.look.theme import Colour, Space, Tone, Weight

LEAST = 96  # px
FULL = 0.9  # of the height that a line of letters may take


@lru_cache(maxsize=64)
def largest(text: str, width: int, height: int, weight: Weight) -> int:
    """The size, px, at which `text` fills such a place in one line and isn't cut."""
    face = QFont(theme.font(weight=weight, figures=True))
    face.setPixelSize(max(1, int(height * FULL)))
    metrics = QFontMetricsF(face)
    wide = metrics.horizontalAdvance(text) / max(1, width)
    return max(1, int(face.pixelSize() / max(1.0, wide, metrics.height() / max(1, height))))


def draw_largest(
    painter: QPainter, text: str, area: QRectF, colour: Colour, weight: Weight = Weight.BOLD
) -> None:
    """Draw `text` in the middle of `area`, as large as it goes."""
    face = QFont(theme.font(weight=weight, figures=True))
    face.setPixelSize(largest(text, int(area.width()), int(area.height()), weight))
    painter.setFont(face)
    painter.setPen(theme.colour(colour))
    painter.drawText(area, int(Qt.AlignmentFlag.AlignCenter), text)


class BigFigure(QWidget):
    """Says its words to a screen reader too."""

    def __init__(self, text: str = "") -> None:
        super().__init__()
        self._text, self._tone = text, Tone.ACCENT
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.say(text, Tone.ACCENT)

    def say(self, text: str, tone: Tone) -> None:
        """Other letters, in the colour of what they mean."""
        self._text, self._tone = text, tone
        self.setAccessibleName(text)
        self.update()

    def minimumSizeHint(self) -> QSize:
        return QSize(2 * LEAST, LEAST)

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        area = QRectF(self.rect()).adjusted(Space.WITHIN, 0, -Space.WITHIN, 0)
        draw_largest(painter, self._text, area, self._tone.colour)
        painter.end()
