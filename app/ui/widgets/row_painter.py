"""Draws the rows of a table whole: icons, words in their colour over as many lines as they need."""

import math
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QStaticText, QTextOption, QTransform

from app.ui.look import icons, theme
from app.ui.look.theme import Colour, Measure, Space, Type, Weight
from app.ui.widgets.tables import Cell, Column

LAID_OUT_KEPT = 1_000  # some eight screens of rows
AROUND = Space.WITHIN + Measure.HAIRLINE  # px above and below a row's words

LINE_BREAK = "\u2028"  # the only one QStaticText keeps


class Place(NamedTuple):
    """Where a column stands, px."""

    left: int
    width: int


class Letters(NamedTuple):
    """In which face a cell is written, and on which side."""

    weight: Weight
    figures: bool
    at_right: bool

    @property
    def face(self) -> QFont:
        return theme.font(Type.BODY, self.weight, self.figures)


class Piece(NamedTuple):
    """A cell as it is drawn: where its words begin, from the left of its row, and how high they are; px."""

    cell: Cell
    icon_left: int
    left: int
    height: float
    face: QFont
    words: QStaticText


class LaidOut(NamedTuple):
    """A row as it is drawn: its cells in columns so wide, and the height it needs; px."""

    cells: Sequence[Cell]
    widths: Sequence[int]
    pieces: Sequence[Piece]
    height: int


class RowPainter:
    """A row at a time: what Qt asks for each cell, and Python of Qt, took longer than the drawing."""

    def __init__(self, columns: Sequence[Column[Any]]) -> None:
        self._columns = columns

    def lay_out(self, cells: Sequence[Cell], widths: Sequence[int]) -> LaidOut:
        """Find where each letter of a row stands, and how high that makes it."""
        pieces, left = [], 0
        for column, (cell, width) in enumerate(zip(cells, widths, strict=True)):
            room, letters = words_room(cell, Place(left, width)), self._letters(cell, column)
            words = _laid_out(cell.text, letters, room.width)
            height = words.size().height()
            icon_left = left + Space.BETWEEN
            pieces.append(Piece(cell, icon_left, room.left, height, letters.face, words))
            left += width
        needed = math.ceil(max(piece.height for piece in pieces)) + AROUND
        return LaidOut(cells, widths, pieces, max(Measure.ROW, needed))

    def paint(
        self, painter: QPainter, row: LaidOut, left: int, top: int, height: int, *, is_chosen: bool
    ) -> None:
        """Draw a row, at least as high as it needs to be."""
        width, line = sum(row.widths), Measure.HAIRLINE
        if is_chosen:
            painter.fillRect(left, top, width, height, theme.colour(Colour.ACCENT_SOFT))
            painter.fillRect(left, top, Space.TIGHT, height, theme.colour(Colour.ACCENT))
        painter.fillRect(left, top + height - line, width, line, theme.colour(Colour.LINE))
        for piece in row.pieces:
            cell = piece.cell
            if cell.icon:
                middle = top + (height - Measure.ICON) // 2
                sign = QRectF(left + piece.icon_left, middle, Measure.ICON, Measure.ICON)
                icons.paint(painter, cell.icon, sign, cell.tone)
            if cell.text:
                painter.setPen(theme.colour(cell.tone))
                painter.setFont(piece.face)
                above = round(top + (height - piece.height) / 2)
                painter.drawStaticText(left + piece.left, above, piece.words)

    def widest_word(self, cell: Cell, column: int) -> int:
        """The narrowest a cell's words may become, px: a word is not broken."""
        metrics = QFontMetrics(self._letters(cell, column).face)
        return max(map(metrics.horizontalAdvance, cell.text.split()), default=0)

    def _letters(self, cell: Cell, column: int) -> Letters:
        weight = Weight.STRONG if cell.strong else Weight.PLAIN
        shown = self._columns[column]
        return Letters(weight, shown.figures or shown.counts, at_right=shown.counts)


def words_room(cell: Cell, place: Place) -> Place:
    """Where in `place` the words of `cell` stand."""
    beside = Space.BETWEEN + (Measure.ICON + Space.WITHIN if cell.icon else 0)
    return Place(place.left + beside, place.width - beside - Space.WITHIN)


@lru_cache(LAID_OUT_KEPT)
def _laid_out(text: str, letters: Letters, width: int) -> QStaticText:
    """`text` in lines of `width` px: where each letter stands is found once."""
    words = QStaticText(text.replace("\n", LINE_BREAK))
    words.setTextFormat(Qt.TextFormat.PlainText)
    if letters.at_right:
        words.setTextOption(QTextOption(Qt.AlignmentFlag.AlignRight))
        width += Space.WITHIN - Space.BETWEEN  # to end where its heading does
    words.setTextWidth(width)
    words.prepare(QTransform(), letters.face)
    return words
