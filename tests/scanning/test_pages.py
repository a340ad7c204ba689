from io import BytesIO
from pathlib import Path
from random import Random

import pytest
from PIL import Image, ImageChops, ImageDraw
from pypdfium2 import PdfDocument

from app.models.errors import BadInput
from app.scanning.pages import MOST_PIXELS, one_pdf
from app.scanning.straighten import skew, straightened

A4 = (1240, 1754)  # at 150 dots


def a_page(colour: str = "black", size: tuple[int, int] = A4) -> Image.Image:
    """Lines of words, as a form looks from afar."""
    page, random = Image.new("RGB", size, "white"), Random(1)
    draw = ImageDraw.Draw(page)
    for y in range(150, size[1] - 150, 34):
        x = 120
        while x < size[0] - 200:
            width = random.randrange(20, 110)
            draw.rectangle((x, y, x + width, y + 14), fill=colour)
            x += width + 14
    return page


def kept(page: Image.Image, file: Path, exif: Image.Exif | None = None) -> Path:
    page.save(file, exif=exif or Image.Exif())
    return file


def a_pdf(file: Path, pages: int = 2) -> Path:
    document = PdfDocument.new()
    for _ in range(pages):
        document.new_page(595, 842)
    document.save(file)
    document.close()
    return file


def drawn(pdf: bytes, number: int = 0) -> Image.Image:
    with PdfDocument(pdf) as document:
        image: Image.Image = document[number].render(scale=1).to_pil()
        return image.convert("RGB")


@pytest.mark.parametrize("angle", [-4.0, -1.5, -0.5, 0.5, 2.0, 4.5])
def test_a_crooked_page_is_turned_upright(angle: float) -> None:
    crooked = a_page().rotate(-angle, Image.Resampling.BICUBIC, fillcolor="white")
    assert skew(crooked) == pytest.approx(angle, abs=0.3)
    assert abs(skew(straightened(crooked))) <= 0.3


@pytest.mark.parametrize("page", [a_page(), Image.new("L", A4, 255), Image.new("L", A4, 0)])
def test_a_page_that_is_upright_or_empty_stays_as_it_is(page: Image.Image) -> None:
    assert straightened(page) is page


def test_pictures_become_the_pages_of_one_pdf_in_their_order(tmp_path: Path) -> None:
    files = [
        kept(a_page(), tmp_path / "1.jpg"),
        kept(a_page("navy"), tmp_path / "2.png"),
        kept(a_page().convert("1"), tmp_path / "3.tif"),
    ]
    told: list[tuple[int, int]] = []
    made = one_pdf(files, lambda done, of: told.append((done, of)))
    assert made.pages == 3
    assert told == [(0, 3), (1, 3), (2, 3), (3, 3)]
    with PdfDocument(made.pdf) as document:
        assert [round(document[n].get_height()) for n in range(3)] == [842, 842, 842]


def test_every_frame_of_a_tiff_is_a_page(tmp_path: Path) -> None:
    file = tmp_path / "nhiều trang.tiff"
    a_page().save(file, save_all=True, append_images=[a_page(), a_page()])
    assert one_pdf([file]).pages == 3


def test_a_red_seal_stays_red_and_a_plain_page_becomes_small(tmp_path: Path) -> None:
    sealed = a_page()
    ImageDraw.Draw(sealed).ellipse((900, 1400, 1000, 1500), outline="red", width=8)
    red = drawn(one_pdf([kept(sealed, tmp_path / "dấu.png")]).pdf)
    red_band, green, blue = red.split()
    redness = ImageChops.subtract(red_band, ImageChops.lighter(green, blue))
    assert max(redness.tobytes()) > 80
    plain = one_pdf([kept(a_page(size=(3508, 4960)), tmp_path / "to.png")])
    assert len(plain.pdf) < 1_500_000


def test_a_photo_taken_sideways_stands_upright(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was turned
    file = kept(a_page().rotate(90, expand=True), tmp_path / "ảnh.jpg", exif=exif)
    page = drawn(one_pdf([file]).pdf)
    assert page.height > page.width


def test_what_is_clear_in_a_picture_is_paper(tmp_path: Path) -> None:
    page = Image.new("RGBA", A4, (0, 0, 0, 0))
    assert drawn(one_pdf([kept(page, tmp_path / "trong.png")]).pdf).getpixel((300, 400)) == (
        255,
        255,
        255,
    )


def test_a_pdf_alone_stays_to_the_byte(tmp_path: Path) -> None:
    file = a_pdf(tmp_path / "có chữ ký.pdf")
    assert one_pdf([file]) == (file.read_bytes(), 2)


def test_a_pdf_and_a_picture_go_together(tmp_path: Path) -> None:
    files = [a_pdf(tmp_path / "1.pdf"), kept(a_page(), tmp_path / "2.jpg")]
    assert one_pdf(files).pages == 3


@pytest.mark.parametrize(
    "content",
    [b"", b"van ban", b"%PDF-1.7 hong", b"\x89PNG\r\n\x1a\n hong"],
)
def test_what_is_no_scan_is_refused_by_its_name(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "lạ.png"
    file.write_bytes(content)
    with pytest.raises(BadInput, match=r"lạ\.png"):
        one_pdf([file])


def test_a_picture_that_would_unfold_endlessly_is_refused(tmp_path: Path) -> None:
    side = int(MOST_PIXELS**0.5) + 1
    file = tmp_path / "bom.png"
    with BytesIO() as written:
        Image.new("1", (side, side)).save(written, "PNG")
        file.write_bytes(written.getvalue())
    assert file.stat().st_size < 200_000
    with pytest.raises(BadInput):
        one_pdf([file])


def test_a_missing_file_and_none_at_all_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput):
        one_pdf([tmp_path / "không có.pdf"])
    with pytest.raises(BadInput):
        one_pdf([])


def test_what_hears_of_the_progress_can_end_it(tmp_path: Path) -> None:
    def stop(done: int, _of: int) -> None:
        if done:
            raise InterruptedError

    files = [kept(a_page(), tmp_path / "1.jpg")] * 3
    with pytest.raises(InterruptedError):
        one_pdf(files, stop)
