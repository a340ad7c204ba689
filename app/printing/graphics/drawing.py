"""Draws pages of marks with ReportLab: the same bytes for the same marks."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from io import BytesIO
from math import atan2, degrees, hypot

from reportlab import rl_config
from reportlab.lib.colors import HexColor
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from app.models.errors import BadInput
from app.printing.graphics.barcodes import Symbol
from app.printing.graphics.fonts import BOLD, REGULAR, advance, load
from app.printing.graphics.ink import Ink
from app.printing.graphics.marks import Letters, Mark, Photograph, Picture, Stroke
from app.printing.paper import Measures

# Page streams as they are: base 85 makes them a quarter larger for the sake of seven-bit lines.
rl_config.useA85 = 0

_INKS = {Ink.AMBER: "#8A5A00", Ink.RED: "#B42318"}

_across: ContextVar[str] = ContextVar("across", default="")

_PALE = 0.85
"""How white the words across a page are: what stands over them is read, and scanned, all the same."""


@contextmanager
def across(words: str) -> Iterator[None]:
    """Every page drawn within bears `words` from corner to corner, whatever kind of paper it is."""
    before = _across.set(words)
    try:
        yield
    finally:
        _across.reset(before)


def proportion(image: bytes) -> float:
    """How wide a PNG or JPEG is for its height; `BadInput` when it is neither."""
    try:
        width, height = ImageReader(BytesIO(image)).getSize()
    except OSError as error:
        raise BadInput(
            "Tệp logo không phải ảnh PNG hay JPEG. Hãy thay tệp khác.", "form"
        ) from error
    return float(width / height)


def pdf(pages: Iterable[Iterable[Mark]], measures: Measures, title: str) -> bytes:
    """A PDF of these pages; marks are placed from the upper left corner of the text."""
    buffer = BytesIO()
    load(REGULAR)
    canvas = Canvas(
        buffer,
        pagesize=(measures.width, measures.height),
        pageCompression=1,
        invariant=1,
        # Else Helvetica, which is not embedded, is listed among the fonts.
        initialFontName=REGULAR,
        lang="vi-VN",
    )
    canvas.setTitle(title)
    # A viewer that shrinks the page to its margins breaks the whole dots of the barcode.
    canvas.setViewerPreference("PrintScaling", "None")
    pen = _Pen(canvas, measures.left, measures.height - measures.top)
    for page in pages:
        pen.write_across(_across.get(), measures)
        for mark in page:
            pen.draw(mark)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


class _Pen:
    """Draws on a canvas; each symbol is written into the file once and shown on every copy."""

    def __init__(self, canvas: Canvas, left: float, top: float) -> None:
        self._canvas = canvas
        self._left = left
        self._top = top
        self._symbols: list[Symbol] = []

    def draw(self, mark: Mark) -> None:
        x, y = self._left + mark.x, self._top - mark.y
        match mark:
            case Letters():
                self._write(mark, x, y)
            case Stroke():
                self._canvas.setLineWidth(mark.weight)
                self._canvas.line(x, y, x + mark.dx, y - mark.dy)
            case Picture():
                self._show(mark.symbol, x, y - mark.symbol.height)
            case Photograph():
                image = ImageReader(BytesIO(mark.content))
                self._canvas.drawImage(
                    image, x, y - mark.height, mark.width, mark.height, mask="auto"
                )

    def write_across(self, words: str, measures: Measures) -> None:
        """Write from the lower left corner to the upper right."""
        if not words:
            return
        diagonal = hypot(measures.width, measures.height)
        size = 0.7 * diagonal / advance(words, BOLD)
        self._canvas.saveState()
        self._canvas.setFillGray(_PALE)
        self._canvas.translate(measures.width / 2, measures.height / 2)
        self._canvas.rotate(degrees(atan2(measures.height, measures.width)))
        self._canvas.setFont(BOLD, size)
        self._canvas.drawCentredString(0, -size / 3, words)
        self._canvas.restoreState()

    def _write(self, letters: Letters, x: float, y: float) -> None:
        text = self._canvas.beginText(x, y)
        if letters.ink is not Ink.BLACK:
            text.setFillColor(HexColor(_INKS[letters.ink]))
        for run in letters.line:
            text.setFont(run.face, letters.size)
            text.textOut(run.text)
        if letters.ink is not Ink.BLACK:
            text.setFillGray(0)
        self._canvas.drawText(text)

    def _show(self, symbol: Symbol, x: float, y: float) -> None:
        if symbol not in self._symbols:
            self._symbols.append(symbol)
            self._define(symbol)
        self._canvas.saveState()
        self._canvas.translate(x, y)
        self._canvas.doForm(self._name(symbol))
        self._canvas.restoreState()

    def _define(self, symbol: Symbol) -> None:
        self._canvas.beginForm(self._name(symbol), 0, 0, symbol.width, symbol.height)
        path = self._canvas.beginPath()
        for left, top, wide, high in symbol.rectangles:
            path.rect(left, symbol.height - top - high, wide, high)
        self._canvas.drawPath(path, stroke=0, fill=1)
        self._canvas.endForm()

    def _name(self, symbol: Symbol) -> str:
        return f"symbol{self._symbols.index(symbol)}"
