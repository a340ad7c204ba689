import re
import unicodedata
from itertools import combinations
from pathlib import Path

import pytest

from app.models.errors import BadInput
from app.printing import forms
from app.printing.paper import MM, Paper
from app.printing.slip import REPLACEMENT, render, reprint
from tests.printing import reading
from tests.printing.papers import FORMS, crowded, documents, fullest, ordinary, sample
from tests.printing.reading import Box, unspaced

LABELS = Path(__file__).parent / "labels"

LETTERS = (
    "aàảãáạăằẳẵắặâầẩẫấậeèẻẽéẹêềểễếệiìỉĩíịoòỏõóọôồổỗốộơờởỡớợuùủũúụưừửữứựyỳỷỹýỵđ"
    "AÀẢÃÁẠĂẰẲẴẮẶÂẦẨẪẤẬEÈẺẼÉẸÊỀỂỄẾỆIÌỈĨÍỊOÒỎÕÓỌÔỒỔỖỐỘƠỜỞỠỚỢUÙỦŨÚỤƯỪỬỮỨỰYỲỶỸÝỴĐ"
)

EDGE = 4.3 * MM
"""No laser printer prints nearer to the edge of the sheet."""

on_every_paper = pytest.mark.parametrize("paper", Paper)
for_every_form = pytest.mark.parametrize("form", FORMS)


@for_every_form
def test_the_labels_of_the_circular_stand_in_its_order(form: str) -> None:
    file = LABELS / f"{forms.CURRENT}-{form}.txt"
    labels = [line for line in file.read_text("utf-8").splitlines() if not line.startswith("#")]
    page = unspaced(reading.text(render(form, sample(form), Paper.A4, ("",))))
    at = 0
    for label in labels:
        at = page.find(unspaced(label), at)
        assert at >= 0, f"“{label}” is missing or out of order"
        at += len(unspaced(label))


@on_every_paper
@for_every_form
@pytest.mark.parametrize("dpi", [203, 300])
def test_a_scanner_reads_barcode_and_qr(form: str, paper: Paper, dpi: int) -> None:
    for n in range(8):
        code = f"H{n + 21}.12.{n * 7 + 11:02}-2611{n + 10}-{n * 1237 + 1:04}"
        url = f"https://motcua.dailich.example/t/{code[-4:]}MZ4TWB5XH9CD"
        pdf = render(form, sample(form, code=code, lookup_url=url), paper, ("",))
        assert reading.symbols(pdf, dpi)[0] == {"Code128": code, "QRCode": url}


@on_every_paper
@pytest.mark.parametrize("code", ["T-7QK2MZ4T", "H63.12.07.001.02-261130-10001"])
def test_a_short_and_a_long_code_are_scanned_too(code: str, paper: Paper) -> None:
    pdf = render("receipt", sample("receipt", code=code), paper, ("",))
    assert reading.symbols(pdf, 203)[0]["Code128"] == code


def test_every_copy_carries_its_label_and_its_codes() -> None:
    labels = ("Liên 1: giao người nộp", "Liên 2: lưu hồ sơ")
    pdf = render("receipt", ordinary("receipt"), Paper.A5, labels)
    assert [label in page for label, page in zip(labels, reading.page_texts(pdf), strict=True)] == [
        True,
        True,
    ]
    first, second = reading.symbols(pdf, 203)
    assert first == second
    assert first.keys() == {"Code128", "QRCode"}


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_every_vietnamese_letter_survives(form: str) -> None:
    typed = unicodedata.normalize(form, LETTERS)  # type: ignore[arg-type]
    pdf = render("receipt", sample("receipt", request=typed), Paper.A5)
    assert LETTERS in unspaced(reading.text(pdf))


@for_every_form
def test_the_same_input_gives_the_same_bytes(form: str) -> None:
    assert render(form, crowded(form), Paper.A5) == render(form, crowded(form), Paper.A5)


@for_every_form
def test_only_embedded_fonts_are_listed(form: str) -> None:
    fonts = reading.fonts(render(form, sample(form), Paper.A5))
    assert all(re.fullmatch(r"/[A-Z]{6}\+Tinos-\w+", name) for name in fonts)
    assert all(fonts.values())


@for_every_form
def test_an_absent_variable_is_our_fault(form: str) -> None:
    values = sample(form)
    for name in values:
        with pytest.raises(KeyError, match=name):
            render(form, {k: v for k, v in values.items() if k != name}, Paper.A5)


def test_what_looks_like_markup_is_printed_as_it_is() -> None:
    typed = (
        '<img src="file:///etc/passwd"/> <a href="http://x.example">x</a> &amp; **{code}** __%s__'
    )
    pdf = render("receipt", sample("receipt", request=typed), Paper.A5)
    assert unspaced(typed) in unspaced(reading.text(pdf))
    assert b"/Annots" not in pdf
    assert b"/URI" not in pdf


@on_every_paper
def test_an_ordinary_receipt_is_one_page(paper: Paper) -> None:
    assert len(reading.page_texts(render("receipt", ordinary("receipt"), paper, ("",)))) == 1


@on_every_paper
def test_a_control_slip_with_its_four_blocks_is_one_page(paper: Paper) -> None:
    (page,) = reading.page_texts(render("control", sample("control"), paper))
    assert page.count("1. Giao:") == page.count("2. Nhận:") == 4


def test_a_full_control_slip_still_has_a_block_to_fill_by_hand() -> None:
    pdf = render("control", crowded("control", 5), Paper.A4)
    assert reading.text(pdf).count("1. Giao:") == 6


@on_every_paper
def test_forty_documents_flow_on_under_a_repeated_head(paper: Paper) -> None:
    pages = reading.page_texts(
        render("receipt", sample("receipt", documents=documents(40)), paper, ("",))
    )
    found = re.findall(r"tờ thứ (\d+)\.", " ".join(pages))
    assert found == [str(n) for n in range(1, 41)]
    assert all("Thành phần hồ sơ nộp gồm:" in page for page in pages if "tờ thứ" in page)


@on_every_paper
def test_later_pages_say_their_number_the_dossier_and_the_mark(paper: Paper) -> None:
    first, *later = reading.page_texts(
        render("receipt", crowded("receipt", 40), paper, ("Liên 1",), reprint(2))
    )
    assert "(xem tiếp trang sau)" in first
    for number, page in enumerate(later, 2):
        assert f"{number}/{len(later) + 1}" in page
        assert "H63.12.07-261130-0001" in page
        assert "Liên 1" in page


@pytest.mark.parametrize("mark", [reprint(2), REPLACEMENT])
def test_every_page_of_a_paper_that_is_no_original_says_so(mark: str) -> None:
    pages = reading.page_texts(render("receipt", crowded("receipt", 40), Paper.A5, mark=mark))
    assert all(mark in page for page in pages)


@on_every_paper
@for_every_form
@pytest.mark.parametrize("count", [0, 7, 40])
def test_no_text_overlaps_another_or_leaves_the_page(form: str, paper: Paper, count: int) -> None:
    pdf = render(form, crowded(form, count), paper, mark=reprint(12))
    for width, height, boxes in reading.boxes(pdf):
        assert all(
            left > EDGE and right < width - EDGE and bottom > EDGE and top < height - EDGE
            for left, bottom, right, top in boxes
        )
        assert [pair for pair in combinations(boxes, 2) if overlap(*pair)] == []


def overlap(one: Box, other: Box) -> bool:
    """Whether two stretches of text share more than a hair: 1 pt wide and high."""
    wide = min(one[2], other[2]) - max(one[0], other[0])
    high = min(one[3], other[3]) - max(one[1], other[1])
    return wide > 1 and high > 1


def test_blanks_are_dots_for_the_pen() -> None:
    blank = sample("receipt", applicant_phone="", due=None, number="", fee="")
    page = reading.text(render("receipt", blank, Paper.A5, ("",)))
    assert re.search(r"Số điện thoại: …{4,}", page)
    assert "…… giờ …… phút, ngày …… tháng …… năm ………" in page
    assert re.search(r"Phí, lệ phí \(nếu có\): …{20,}", page)


def test_a_provisional_code_says_that_it_is_one() -> None:
    values = sample("receipt", code="T-7QK2MZ4T", provisional=True)
    assert "T-7QK2MZ4T (Mã tạm)" in reading.text(render("receipt", values, Paper.A5))


def test_without_a_look_up_address_there_is_no_qr() -> None:
    pdf = render("receipt", sample("receipt", lookup_url=""), Paper.A5, ("",))
    assert reading.symbols(pdf, 203)[0].keys() == {"Code128"}
    assert "Tra cứu" not in reading.text(pdf)


def test_a_text_too_long_for_paper_is_refused_in_words() -> None:
    with pytest.raises(BadInput, match="“Địa chỉ của người nộp” dài 10000 ký tự"):
        render("receipt", sample("receipt", applicant_address="Đ" * 10_000), Paper.A5)
    with pytest.raises(BadInput, match="“Địa chỉ tra cứu có mã bí mật” dài 300 ký tự"):
        render("receipt", sample("receipt", lookup_url="x" * 300), Paper.A5)


@on_every_paper
@for_every_form
def test_the_longest_texts_allowed_still_find_a_page(form: str, paper: Paper) -> None:
    pages = reading.page_texts(render(form, fullest(form), paper, ("",)))
    assert unspaced("Địa Đàng " * 10) in unspaced(pages[0])
    assert all(page for page in pages)


def test_a_code_wider_than_the_paper_stands_without_bars() -> None:
    pdf = render("receipt", sample("receipt", code="W" * 48), Paper.A5, ("",))
    assert "W" * 48 in reading.text(pdf)
    assert reading.symbols(pdf, 203)[0].keys() == {"QRCode"}
