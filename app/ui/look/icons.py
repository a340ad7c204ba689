"""Draws the shipped icons in the colours of the look."""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPaintEvent, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QWidget

import resources
from app.ui.look import theme
from app.ui.look.theme import Colour, Measure, Tone

_STROKE = "currentColor"


@lru_cache(maxsize=256)
def _drawing(name: str, stroke: str) -> QSvgRenderer:
    svg = resources.path(f"icons/{name}.svg").read_text(encoding="utf-8").replace(_STROKE, stroke)
    return QSvgRenderer(QByteArray(svg.encode()))


@lru_cache(maxsize=256)
def _picture(name: str, stroke: str, pixels: int) -> QPixmap:
    """So many `pixels` wide and high: an icon is drawn once and then copied."""
    drawing, picture = _drawing(name, stroke), QPixmap(pixels, pixels)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    drawing.render(painter, QRectF(picture.rect()))
    painter.end()
    return picture


def paint(painter: QPainter, name: str, area: QRectF, colour: Colour | Tone = Colour.INK) -> None:
    """Draw icon `name` into the square `area`; KeyError when no such icon ships."""
    dense = painter.device().devicePixelRatio()
    picture = _picture(name, theme.colour(colour).name(), round(area.width() * dense))
    painter.drawPixmap(area, picture, QRectF(picture.rect()))


def pixmap(name: str, size: int = Measure.ICON, colour: Colour = Colour.INK) -> QPixmap:
    """Icon `name` as a picture, drawn at twice its `size` so that it stays sharp on dense screens."""
    picture = _picture(name, theme.colour(colour).name(), 2 * size).copy()
    picture.setDevicePixelRatio(2)
    return picture


def icon(name: str, size: int = Measure.ICON, colour: Colour = Colour.INK) -> QIcon:
    """Icon `name` for a button; greyed where the button is."""
    found = QIcon(pixmap(name, size, colour))
    found.addPixmap(pixmap(name, size, Colour.QUIET), QIcon.Mode.Disabled)
    return found


class Icon(QWidget):
    """One icon among words; decoration for those who see, since the words beside it say the same."""

    def __init__(
        self,
        name: str,
        colour: Colour | Tone = Colour.INK,
        size: int = Measure.ICON,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._name, self._colour = name, Colour(colour)
        self.setFixedSize(QSize(size, size))
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def draw(self, name: str, colour: Colour | Tone) -> None:
        """Another icon, or the same in another colour."""
        self._name, self._colour = name, Colour(colour)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._name:
            painter = QPainter(self)
            colour = self._colour if self.isEnabled() else Colour.QUIET
            paint(painter, self._name, QRectF(self.rect()), colour)
            painter.end()
