import re
import unicodedata
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import pytest

from app.printing.forms import forms
from app.printing.forms.form import Barcode, Beside
from app.printing.paper import MM, Paper
from app.printing.papers.slip import REPLACEMENT, reprint
from tests.printing import reading
from tests.printing.papers.samples import (
    CONTROL,
    HAND_OVER,
    PAPERS,
    RECEIPT,
    SLIPS,
    VARIANTS,
    Slip,
    crowded,
    documents,
    draw,
    everything,
    fullest,
    sample,
)
from tests.printing.reading import Box, unspaced

LABELS = Path(__file__).parent / "labels"

LETTERS = (
    "aàảãáạăằẳẵắặâầẩẫấậeèẻẽéẹêềểễếệiìỉĩíịoòỏõóọôồổỗốộơờởỡớợuùủũúụưừửữứựyỳỷỹýỵđ"
    "AÀẢÃÁẠĂẰẲẴẮẶÂẦẨẪẤẬEÈẺẼÉẸÊỀỂỄẾỆIÌỈĨÍỊOÒỎÕÓỌÔỒỔỖỐỘƠỜỞỠỚỢUÙỦŨÚỤƯỪỬỮỨỰYỲỶỸÝỴĐ"
)

EDGE = 4.3 * MM
"""No laser printer prints nearer to the edge of the sheet."""

on_every_paper = pytest.mark.parametrize("paper", PAPERS)
for_every_form = pytest.mark.parametrize("slip", SLIPS, ids=str)
for_every_variant = pytest.mark.parametrize(
    ("slip", "variant"), VARIANTS, ids=[f"{slip}-{variant}" for slip, variant in VARIANTS]
)


@for_every_variant
def test_the_labels_of_the_circular_stand_in_its_order(slip: Slip, variant: str) -> None:
    page = unspaced(reading.text(draw(slip, sample(slip, variant), Paper.A4)))
    at = 0
    for label, here in labels(slip, variant):
        found = page.find(unspaced(label), at)
        assert (found >= 0) is here, f"“{label}” is missing, out of order or out of place"
        at = found + len(unspaced(label)) if here else at


def labels(slip: Slip, variant: str) -> Iterator[tuple[str, bool]]:
    """The labels of a form, and whether each belongs on this variant of it."""
    for line in (LABELS / f"{slip}.txt").read_text("utf-8").splitlines():
        if not line.startswith("#"):
            label, _, of = line.partition(" | ")
            how, _, named = of.partition(" ")
            assert named in {*slip.variants, ""}
            yield label, {"": True, "chỉ": variant == named, "trừ": variant != named}[how]


def test_every_form_has_its_list_of_labels_and_no_list_is_left_over() -> None:
    assert {file.stem for file in LABELS.glob("*.txt")} >= {str(slip) for slip in SLIPS}


@on_every_paper
@for_every_form
@pytest.mark.parametrize("dpi", [203, 300])
def test_a_scanner_reads_barcode_and_qr(slip: Slip, paper: Paper, dpi: int) -> None:
    drawn = forms.load(slip.form, slip.profile)
    for n in range(3):
        code = f"H{n + 21}.12.{n * 7 + 11:02}-2611{n + 10}-{n * 1237 + 1:04}"
        url = f"https://motcua.dailich.example/t/{code[-4:]}MZ4TWB5XH9CD"
        pdf = draw(
            slip, {**everything(slip), "code": code, "lookup_url": url, "rating_url": url}, paper
        )
        carried = {"Code128": code} if any(map(barred, (*drawn.above, *drawn.blocks))) else {}
        if any(isinstance(block, Beside) for block in drawn.blocks):
            carried["QRCode"] = url
        read = {kind: text for page in reading.symbols(pdf, dpi) for kind, text in page.items()}
        assert read == carried


def barred(block: object) -> bool:
    return isinstance(block, Barcode)


@on_every_paper
@pytest.mark.parametrize("code", ["T-7QK2MZ4T", "H63.12.07.001.02-261130-10001"])
def test_a_short_and_a_long_code_are_scanned_too(code: str, paper: Paper) -> None:
    pdf = draw(RECEIPT, sample(code=code), paper, ("",))
    assert reading.symbols(pdf, 203)[0]["Code128"] == code


def test_every_copy_carries_its_label_and_its_codes() -> None:
    labels = ("Liên 1: giao người nộp", "Liên 2: lưu hồ sơ")
    pdf = draw(RECEIPT, sample(), Paper.A5, labels)
    assert [label in page for label, page in zip(labels, reading.page_texts(pdf), strict=True)] == [
        True,
        True,
    ]
    first, second = reading.symbols(pdf, 203)
    assert first == second
    assert first.keys() == {"Code128", "QRCode"}


@for_every_form
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_every_vietnamese_letter_survives(slip: Slip, form: str) -> None:
    typed = unicodedata.normalize(form, LETTERS)  # type: ignore[arg-type]
    places = (
        "request",
        "procedure_name",
        "field",
        "one_stop",
        "resolving_agency",
        "applicant_name",
    )
    place = next(name for name in places if name in slip.variables)
    pdf = draw(slip, {**everything(slip), place: typed})
    assert LETTERS in unspaced(reading.text(pdf))


@for_every_form
def test_the_same_input_gives_the_same_bytes(slip: Slip) -> None:
    assert draw(slip, crowded(slip)) == draw(slip, crowded(slip))


@for_every_form
def test_only_embedded_fonts_are_listed(slip: Slip) -> None:
    fonts = reading.fonts(draw(slip, sample(slip)))
    assert all(re.fullmatch(r"/[A-Z]{6}\+Tinos-\w+", name) for name in fonts)
    assert all(fonts.values())


@for_every_form
def test_an_absent_variable_is_our_fault(slip: Slip) -> None:
    values = everything(slip)
    for name in values:
        with pytest.raises(KeyError, match=name):
            draw(slip, {k: v for k, v in values.items() if k != name})


def test_what_looks_like_markup_is_printed_as_it_is() -> None:
    typed = (
        '<img src="file:///etc/passwd"/> <a href="http://x.example">x</a> &amp; **{code}** __%s__'
    )
    pdf = draw(RECEIPT, sample(request=typed), Paper.A5)
    assert unspaced(typed) in unspaced(reading.text(pdf))
    assert b"/Annots" not in pdf
    assert b"/URI" not in pdf


@on_every_paper
@for_every_variant
def test_an_ordinary_paper_is_one_page_but_for_a_list(
    slip: Slip, variant: str, paper: Paper
) -> None:
    pages = reading.page_texts(draw(slip, sample(slip, variant), paper))
    assert len(pages) == (2 if variant == "nhieu-ho-so" else 1)


def test_letters_are_made_smaller_only_where_that_saves_a_page() -> None:
    body = Paper.A5.measures.body.size
    spilling = draw(RECEIPT, sample(variant="uy-quyen"))
    assert max(reading.sizes(spilling)) < Paper.A5.measures.title.size
    for values in (sample(), sample(documents=documents(40))):
        assert body in reading.sizes(draw(RECEIPT, values))


@on_every_paper
def test_a_control_slip_with_its_four_blocks_is_one_page(paper: Paper) -> None:
    (page,) = reading.page_texts(draw(CONTROL, sample(CONTROL), paper))
    assert page.count("1. Giao:") == page.count("2. Nhận:") == 4


def test_a_full_control_slip_still_has_a_block_to_fill_by_hand() -> None:
    pdf = draw(CONTROL, crowded(CONTROL, 5), Paper.A4)
    assert reading.text(pdf).count("1. Giao:") == 6


@on_every_paper
def test_forty_documents_flow_on_under_a_repeated_head(paper: Paper) -> None:
    pages = reading.page_texts(draw(RECEIPT, sample(documents=documents(40)), paper, ("",)))
    found = re.findall(r"tờ thứ (\d+)\.", " ".join(pages))
    assert found == [str(n) for n in range(1, 41)]
    assert all("Thành phần hồ sơ nộp gồm:" in page for page in pages if "tờ thứ" in page)


@on_every_paper
def test_later_pages_say_their_number_the_dossier_and_the_mark(paper: Paper) -> None:
    first, *later = reading.page_texts(
        draw(RECEIPT, crowded(RECEIPT, 40), paper, ("Liên 1",), reprint(2))
    )
    assert "(xem tiếp trang sau)" in first
    for number, page in enumerate(later, 2):
        assert f"{number}/{len(later) + 1}" in page
        assert "H63.12.07-261130-0001" in page
        assert "Liên 1" in page


@pytest.mark.parametrize("mark", [reprint(2), REPLACEMENT])
def test_every_page_of_a_paper_that_is_no_original_says_so(mark: str) -> None:
    pages = reading.page_texts(draw(RECEIPT, crowded(RECEIPT, 40), Paper.A5, mark=mark))
    assert all(mark in page for page in pages)


@pytest.mark.parametrize(
    "copy", ["Liên 1: giao người nộp", "Liên 3: chuyển cơ quan giải quyết " * 2]
)
def test_the_mark_stands_beside_the_copy_where_both_have_room(copy: str) -> None:
    ((_, _, boxes),) = reading.boxes(draw(RECEIPT, sample(), Paper.A4, (copy.strip(),)))
    ((width, _, marked),) = reading.boxes(
        draw(RECEIPT, sample(), Paper.A4, (copy.strip(),), reprint(2))
    )
    assert all(left > EDGE and right < width - EDGE for left, _, right, _ in marked)
    lowered = min(box[1] for box in boxes) - min(box[1] for box in marked)
    assert (lowered < 5) is (copy == "Liên 1: giao người nộp")


@on_every_paper
@for_every_form
@pytest.mark.parametrize("count", [0, 7, 40])
def test_no_text_overlaps_another_or_leaves_the_page(slip: Slip, paper: Paper, count: int) -> None:
    assert_all_stands_apart(draw(slip, crowded(slip, count), paper, mark=reprint(12)))


def assert_all_stands_apart(pdf: bytes) -> None:
    """No text overlaps another or leaves the page."""
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
    blank = sample(applicant_phone="", due=None, number="", fee="")
    page = reading.text(draw(RECEIPT, blank))
    assert re.search(r"Số điện thoại: …{4,}", page)
    assert "…… giờ …… phút, ngày …… tháng …… năm ………" in page
    assert re.search(r"Phí, lệ phí \(nếu có\): …{20,}", page)


def test_a_provisional_code_says_that_it_is_one() -> None:
    values = sample(code="T-7QK2MZ4T", provisional=True)
    assert "T-7QK2MZ4T (Mã tạm)" in reading.text(draw(RECEIPT, values))


def test_without_a_look_up_address_there_is_no_qr() -> None:
    pdf = draw(RECEIPT, sample(lookup_url=""), Paper.A5, ("",))
    assert reading.symbols(pdf, 203)[0].keys() == {"Code128"}
    assert "Tra cứu" not in reading.text(pdf)


@on_every_paper
def test_a_long_text_goes_on_over_pages_and_none_of_it_is_lost(paper: Paper) -> None:
    address = " ".join(numbered_words(1200))
    pages = reading.page_texts(draw(RECEIPT, sample(applicant_address=address), paper))
    assert len(pages) > 1
    assert all(word in " ".join(pages) for word in address.split())


@on_every_paper
def test_a_row_that_no_page_can_hold_goes_on_and_none_of_it_is_lost(paper: Paper) -> None:
    note = numbered_words(200)
    rows = [{**HAND_OVER, "note": " ".join(note)}, HAND_OVER]
    pdf = draw(CONTROL, sample(CONTROL, hand_overs=rows), paper)
    words = reading.text(pdf)
    assert [word for word in note if word not in words] == []
    assert words.index(note[0]) < words.index(note[-1])
    assert_all_stands_apart(pdf)


def numbered_words(count: int) -> list[str]:
    return [f"x{n:04}" for n in range(count)]


def test_an_address_of_200_letters_is_scanned_whole() -> None:
    url = "https://" + "x" * 173 + "/t/" + "A" * 16
    assert url in reading.all_symbols(draw(RECEIPT, sample(lookup_url=url)), 203)


@on_every_paper
@for_every_form
def test_the_longest_texts_allowed_still_find_a_page(slip: Slip, paper: Paper) -> None:
    pages = reading.page_texts(draw(slip, fullest(slip), paper))
    assert unspaced("Địa Đàng " * 10) in unspaced(pages[0])
    assert all(page for page in pages)


def test_a_code_wider_than_the_paper_stands_without_bars() -> None:
    pdf = draw(RECEIPT, sample(code="W" * 48), Paper.A5, ("",))
    assert "W" * 48 in unspaced(reading.text(pdf))
    assert reading.symbols(pdf, 203)[0].keys() == {"QRCode"}
