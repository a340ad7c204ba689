"""Reads printed pages back, with nothing of the code that drew them."""

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pypdfium2
import zxingcpp
from pypdf import PdfReader

Box = tuple[float, float, float, float]
"""Left, bottom, right, top in points."""


def page_texts(pdf: bytes) -> list[str]:
    """The text of each page, on one line."""
    return [" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(pdf)).pages]


def text(pdf: bytes) -> str:
    return " ".join(page_texts(pdf))


def unspaced(words: str) -> str:
    """Without spaces: where a line breaks is not what a text says."""
    return "".join(words.split())


def symbols(pdf: bytes, dpi: int) -> list[dict[str, str]]:
    """For each page what a scanner reads from a black-and-white picture of it, by kind of symbol."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [_symbols(page, dpi) for page in document]


def all_symbols(pdf: bytes, dpi: int) -> list[str]:
    """What a scanner reads on all pages, however many symbols of a kind."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [
            found.text for page in document for found in zxingcpp.read_barcodes(_black(page, dpi))
        ]


def _symbols(page: pypdfium2.PdfPage, dpi: int) -> dict[str, str]:
    return {found.format.name: found.text for found in zxingcpp.read_barcodes(_black(page, dpi))}


def _black(page: pypdfium2.PdfPage, dpi: int) -> Any:
    """A black-and-white picture."""
    grey = page.render(scale=dpi / 72, grayscale=True, no_smoothpath=True).to_pil()
    return grey.point(lambda value: 255 if value > 127 else 0)


def boxes(pdf: bytes) -> Iterator[tuple[float, float, list[Box]]]:
    """For each page its width and height, and where each stretch of text stands."""
    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            letters = page.get_textpage()
            found = [letters.get_rect(i) for i in range(letters.count_rects())]
            yield *page.get_size(), found


def sizes(pdf: bytes) -> set[float]:
    """The sizes of the letters on the first page, in points."""
    drawn = PdfReader(BytesIO(pdf)).pages[0].get_contents()
    assert drawn is not None
    return {float(size) for size in re.findall(rb"([\d.]+) Tf", drawn.get_data())}


def fonts(pdf: bytes) -> dict[str, bool]:
    """The fonts a file lists, and whether each lies in it."""
    found: dict[str, bool] = {}
    for page in PdfReader(BytesIO(pdf)).pages:
        for reference in page["/Resources"]["/Font"].values():  # type: ignore[index]
            font = reference.get_object()
            found[font["/BaseFont"]] = "/FontFile2" in font.get("/FontDescriptor", {})
    return found
