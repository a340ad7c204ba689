"""Makes one PDF of what a scanner left: pictures become upright pages, a PDF stays as it came.

A PDF alone is kept to the byte, for it may carry an officer's signature. Whatever it holds besides
pages is never run: it is only ever drawn (`app.printing.graphics.raster`).
"""

from collections.abc import Callable, Sequence
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError
from pypdfium2 import PdfDocument, PdfiumError

from app.models.errors import BadInput
from app.scanning.straighten import straightened

MOST_FILE = 64 * 2**20  # bytes read of one file
MOST_PIXELS = 100_000_000  # of one picture: an A3 page at 600 dots
MOST_PAGES = 500

LONGER_SIDE = 3508  # pixels: A4 at 300 dots an inch
_A4_INCHES = 11.69
_QUALITY = 70  # of JPEG: a grey page of A4 takes about 400 kB
_COLOURED = 60  # the channels differ so much in a seal's red
_SEAL = 0.0005  # of the page's pixels; the seal of a commune is some 0.5 %

# Pillow would only warn, and on the terminal: what is too large is refused here, before it unfolds
Image.MAX_IMAGE_PIXELS = None

Tell = Callable[[int, int], None]
"""Hears how many pages are done, of how many files' worth; what it raises ends the work."""


class Made(NamedTuple):
    """A PDF and how many pages it has."""

    pdf: bytes
    pages: int


def quiet(_done: int, _of: int) -> None:
    """Hears nothing."""


def one_pdf(files: Sequence[Path], tell: Tell = quiet) -> Made:
    """All of `files`, in that order, as one PDF. Raises `BadInput` naming the file that is no scan."""
    if not files:
        raise BadInput("Chưa có tệp nào để số hóa.", "file")
    contents = [(file.name, _read(file)) for file in files]
    if len(contents) == 1 and _is_pdf(contents[0][1]):
        return Made(contents[0][1], _pages_of(*contents[0]))
    whole = PdfDocument.new()
    try:
        for number, (name, content) in enumerate(contents):
            tell(number, len(contents))
            for part in (content,) if _is_pdf(content) else _pictures(name, content):
                _append(whole, name, part)
        tell(len(contents), len(contents))
        written = BytesIO()
        whole.save(written)
        return Made(written.getvalue(), len(whole))
    finally:
        whole.close()


# --- PDF ------------------------------------------------------------------------------------------


def _is_pdf(content: bytes) -> bool:
    return b"%PDF-" in content[:1024]


def _pages_of(name: str, content: bytes) -> int:
    with _opened(name, content) as document:
        return len(document)


def _append(whole: PdfDocument, name: str, content: bytes) -> None:
    with _opened(name, content) as document:
        if len(whole) + len(document) > MOST_PAGES:
            raise BadInput(f"Quá {MOST_PAGES} trang trong một giấy tờ. Hãy tách ra.", "file")
        whole.import_pages(document)


def _opened(name: str, content: bytes) -> PdfDocument:
    try:
        document = PdfDocument(content)
    except PdfiumError as error:
        raise BadInput(
            f"Không đọc được {name}: tệp PDF hỏng hoặc có mật khẩu. Hãy quét lại.", "file"
        ) from error
    if not 1 <= len(document) <= MOST_PAGES:
        raise BadInput(f"{name} không có trang nào, hoặc quá {MOST_PAGES} trang.", "file")
    return document


# --- pictures -------------------------------------------------------------------------------------


def _pictures(name: str, content: bytes) -> list[bytes]:
    """Each frame of a picture (a TIFF may have many) as a PDF of one page."""
    try:
        with Image.open(BytesIO(content)) as picture:
            return [_page(_bounded(name, frame)) for frame in ImageSequence.Iterator(picture)]
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError) as error:
        raise BadInput(
            f"{name} không phải ảnh hay PDF đọc được. Hãy quét lại, hoặc chọn tệp khác.", "file"
        ) from error


def _bounded(name: str, frame: Image.Image) -> Image.Image:
    """The frame itself, unfolded only when it is no bomb."""
    if frame.width * frame.height > MOST_PIXELS:
        raise BadInput(f"{name} quá lớn. Hãy quét lại ở 200–300 điểm.", "file")
    return frame.copy()


def _page(picture: Image.Image) -> bytes:
    upright = ImageOps.exif_transpose(picture)
    plain = _on_white(upright)
    page = straightened(plain if _is_coloured(plain) else plain.convert("L"))
    page.thumbnail((LONGER_SIDE, LONGER_SIDE), Image.Resampling.LANCZOS)
    written = BytesIO()
    dots = max(page.size) / _A4_INCHES
    page.save(written, "PDF", resolution=dots, quality=_QUALITY)
    return written.getvalue()


def _on_white(picture: Image.Image) -> Image.Image:
    """In red, green, blue; what was clear becomes paper."""
    if picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info:
        clear = picture.convert("RGBA")
        paper = Image.new("RGBA", clear.size, "white")
        return Image.alpha_composite(paper, clear).convert("RGB")
    return picture.convert("RGB")


def _is_coloured(page: Image.Image) -> bool:
    """True when there is a seal or a stamp on it: their red must stay."""
    small = page.copy()
    small.thumbnail((400, 400), Image.Resampling.BOX)
    pixels = small.tobytes()
    triples = zip(pixels[::3], pixels[1::3], pixels[2::3], strict=True)
    coloured = sum(max(triple) - min(triple) > _COLOURED for triple in triples)
    return coloured > _SEAL * small.width * small.height


def _read(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            content = opened.read(MOST_FILE + 1)
    except OSError as error:
        raise BadInput(f"Không đọc được tệp {file}. Hãy kiểm tra rồi chọn lại.", "file") from error
    if len(content) > MOST_FILE:
        raise BadInput(f"{file.name} quá lớn (trên {MOST_FILE // 2**20} MB).", "file")
    return content
