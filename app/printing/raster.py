"""Turns a PDF's pages into dots, for a preview and for printers that take pictures."""

from dataclasses import dataclass

from pypdfium2 import PdfDocument


@dataclass(frozen=True, slots=True)
class Picture:
    """One page in grey: `dots` holds `height` lines of `stride` bytes, 0 black to 255 white."""

    width: int
    height: int
    stride: int
    dots: bytes


def pictures(pdf: bytes, dpi: float) -> list[Picture]:
    """The pages at `dpi` dots an inch."""
    with PdfDocument(pdf) as document:
        maps = [page.render(scale=dpi / 72, grayscale=True) for page in document]
        return [Picture(m.width, m.height, m.stride, bytes(m.buffer)) for m in maps]
