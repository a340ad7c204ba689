"""Turns a PDF's pages into dots, for a preview and for printers that take pictures."""

from dataclasses import dataclass
from itertools import islice


@dataclass(frozen=True, slots=True)
class Picture:
    """One page in grey: `dots` holds `height` lines of `stride` bytes, 0 black to 255 white."""

    width: int
    height: int
    stride: int
    dots: bytes


def pictures(pdf: bytes, dpi: float, most: int | None = None) -> list[Picture]:
    """The pages at `dpi` dots an inch, the first `most` of them where that is said."""
    from pypdfium2 import PdfDocument

    with PdfDocument(pdf) as document:
        pages = islice(document, most)
        maps = [page.render(scale=dpi / 72, grayscale=True) for page in pages]
        return [Picture(m.width, m.height, m.stride, bytes(m.buffer)) for m in maps]


def page_count(pdf: bytes) -> int:
    """How many pages there are."""
    from pypdfium2 import PdfDocument

    with PdfDocument(pdf) as document:
        return len(document)
