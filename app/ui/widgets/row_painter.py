"""Draws the rows of a table whole: icons, words in their colour over as many lines as they need."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QStaticText, QTransform

from app.ui.look import icons, theme
from app.ui.look.theme import Colour, Measure, Space, Weight
from app.ui.widgets.tables import Cell, Column

HEIGHTS_KEPT = 20_000
LAID_OUT_KEPT = 1_000  # some eight screens of rows
_FLOW = int(Qt.TextFlag.TextWordWrap) | int(Qt.AlignmentFlag.AlignVCenter)


class Place(NamedTuple):
    """Where a column stands, px."""

    left: int
    width: int


class Letters(NamedTuple):
    """In which face a cell is written."""

    weight: Weight
    figures: bool


class RowPainter:
    """A row at a time: what Qt asks for each cell, and Python of Qt, took longer than the drawing."""

    def __init__(self, columns: Sequence[Column[Any]]) -> None:
        self._figures = [column.figures for column in columns]
        self._heights: dict[tuple[str, bool, bool, int, int], int] = {}

    def paint(
        self,
        painter: QPainter,
        cells: Sequence[Cell],
        places: Sequence[Place],
        top: int,
        height: int,
        *,
        is_chosen: bool,
    ) -> None:
        """Draw one row's `cells` at their `places`."""
        left, width = places[0].left, sum(place.width for place in places)
        if is_chosen:
            painter.fillRect(left, top, width, height, theme.colour(Colour.ACCENT_SOFT))
            painter.fillRect(left, top, Space.TIGHT, height, theme.colour(Colour.ACCENT))
        line = Measure.HAIRLINE
        painter.fillRect(left, top + height - line, width, line, theme.colour(Colour.LINE))
        for number, (cell, place) in enumerate(zip(cells, places, strict=True)):
            if cell.icon:
                middle = top + (height - Measure.ICON) // 2
                sign = QRectF(place.left + Space.BETWEEN, middle, Measure.ICON, Measure.ICON)
                icons.paint(painter, cell.icon, sign, cell.tone.colour)
            if cell.text:
                room = words_room(cell, place)
                letters = self._letters(cell, number)
                words = _laid_out(cell.text, letters, room.width)
                painter.setPen(theme.colour(cell.tone.colour))
                painter.setFont(_face(letters))
                above = round(top + (height - words.size().height()) / 2)
                painter.drawStaticText(QPointF(room.left, above), words)

    def height(self, cell: Cell, column: int, width: int) -> int:
        """What a cell needs in a column of `width`, px; measured once, since a board says much again."""
        key = (cell.text, cell.strong, bool(cell.icon), column, width)
        if key not in self._heights:
            if len(self._heights) >= HEIGHTS_KEPT:
                self._heights.clear()
            self._heights[key] = self._measure(cell, column, width)
        return self._heights[key]

    def widest_word(self, cell: Cell, column: int) -> int:
        """The narrowest a cell's words may become, px: a word is not broken."""
        metrics = QFontMetrics(_face(self._letters(cell, column)))
        return max(map(metrics.horizontalAdvance, cell.text.split()), default=0)

    def _measure(self, cell: Cell, column: int, width: int) -> int:
        metrics = QFontMetrics(_face(self._letters(cell, column)))
        room = words_room(cell, Place(0, width)).width
        if metrics.horizontalAdvance(cell.text) <= room:
            return Measure.ROW
        needed = metrics.boundingRect(QRect(0, 0, room, 0), _FLOW, cell.text).height()
        return max(Measure.ROW, needed + Space.WITHIN)

    def _letters(self, cell: Cell, column: int) -> Letters:
        return Letters(Weight.STRONG if cell.strong else Weight.PLAIN, self._figures[column])


def words_room(cell: Cell, place: Place) -> Place:
    """Where in `place` the words of `cell` stand."""
    beside = Space.BETWEEN + (Measure.ICON + Space.WITHIN if cell.icon else 0)
    return Place(place.left + beside, place.width - beside - Space.WITHIN)


@lru_cache
def _face(letters: Letters) -> QFont:
    """Of a cell; one that was drawn with knows its glyphs."""
    return theme.font(weight=letters.weight, figures=letters.figures)


@lru_cache(LAID_OUT_KEPT)
def _laid_out(text: str, letters: Letters, width: int) -> QStaticText:
    """`text` in lines of `width` px: where each letter stands is found once."""
    words = QStaticText(text)
    words.setTextFormat(Qt.TextFormat.PlainText)
    words.setTextWidth(width)
    words.prepare(QTransform(), _face(letters))
    return words
