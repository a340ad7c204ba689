"""Holds each sheet against its labels, a page that was looked at, and the paper's edges.

After a change that is meant, look at the pages and renew: `RENEW_GOLDEN=1 pytest tests/printing`.
"""

import os
from itertools import combinations
from pathlib import Path

import pytest

from app.desk.papers.forms import FORMS
from app.models.errors import Refused
from app.printing.card import A_PAGE, Card
from app.printing.forms import forms
from app.printing.papers.cards import render as render_cards
from app.printing.papers.sheets import LAYOUTS, render
from app.printing.sheet import Sheet
from tests.printing import reading
from tests.printing.forms.test_forms import shipped
from tests.printing.papers.samples import Slip
from tests.printing.papers.test_golden import unpacked
from tests.printing.papers.test_slip import EDGE, overlap
from tests.printing.reading import unspaced

HERE = Path(__file__).parent
LONG_NAME = "Nguyễn Hoàng Thị Phương Quỳnh Trang Anh Thư Tôn Nữ Công Tằng Huyền Trân"
SHEETS = [slip for slip in shipped() if slip.form not in FORMS]
BOUND = [slip for slip in SHEETS if slip.form == "register"]

every_sheet = pytest.mark.parametrize("slip", SHEETS, ids=str)
every_register = pytest.mark.parametrize("slip", BOUND, ids=str)


def sheet(slip: Slip, **changes: object) -> Sheet:
    """A sheet of sample values."""
    values = {**forms.sample(slip.form, slip.profile), **changes}
    return Sheet(slip.form, values, slip.form, slip.profile)


def lists_of(slip: Slip) -> dict[str, list[dict[str, object]]]:
    """The lists a sheet prints, with their sample rows."""
    values = forms.sample(slip.form, slip.profile)
    return {name: list(rows) for name, rows in values.items() if isinstance(rows, tuple)}


def crowded(slip: Slip, count: int) -> Sheet:
    """Many rows, each with texts as long as anybody types."""
    long = {
        "applicant": LONG_NAME, "procedure": "Đăng ký đất đai " * 40, "code": "H63.12.07-261130-10001",
        "contact": f"Số 123 ngách 45/67/89, tổ dân phố Hoàng Văn Thụ 3, {LONG_NAME}",
        "holder": LONG_NAME, "officer": LONG_NAME, "name": LONG_NAME, "closing": "Đã hủy số: " + LONG_NAME,
        "collector": LONG_NAME, "note": LONG_NAME, "agency": LONG_NAME, "limit": "ba mươi ngày " * 20,
    }  # fmt: skip
    return sheet(
        slip,
        **{
            name: [{**rows[0], **{k: v for k, v in long.items() if k in rows[0]}}] * count
            for name, rows in lists_of(slip).items()
        },
    )


@every_sheet
def test_the_labels_stand_in_their_order(slip: Slip) -> None:
    file = HERE / "labels" / f"{slip}.txt"
    labels = [line for line in file.read_text("utf-8").splitlines() if not line.startswith("#")]
    page = unspaced(reading.text(render([sheet(slip)])))
    at = 0
    for label in labels:
        at = page.find(unspaced(label), at)
        assert at >= 0, f"“{label}” is missing or out of order"
        at += len(unspaced(label))


@every_sheet
def test_the_pages_are_those_that_were_looked_at(slip: Slip) -> None:
    golden = HERE / "golden" / f"{slip}.pdf"
    pdf = render([sheet(slip)])
    if os.environ.get("RENEW_GOLDEN"):
        golden.write_bytes(pdf)
    assert unpacked(pdf) == unpacked(golden.read_bytes())


@every_sheet
def test_the_same_input_gives_the_same_bytes(slip: Slip) -> None:
    assert render([crowded(slip, 3)]) == render([crowded(slip, 3)])


@every_sheet
@pytest.mark.parametrize("count", [0, 1, 40])
def test_no_text_overlaps_another_or_leaves_the_page(slip: Slip, count: int) -> None:
    for width, height, boxes in reading.boxes(render([crowded(slip, count)])):
        assert all(
            left > EDGE and right < width - EDGE and bottom > EDGE and top < height - EDGE
            for left, bottom, right, top in boxes
        )
        assert [pair for pair in combinations(boxes, 2) if overlap(*pair)] == []


@every_sheet
def test_every_sheet_names_its_source_and_its_layout(slip: Slip) -> None:
    form = forms.load(slip.form, slip.profile)
    assert form.source
    assert form.provisional
    assert form.sheet in LAYOUTS


@every_register
def test_an_empty_register_says_so_and_is_still_opened_and_closed(slip: Slip) -> None:
    opened, lines, closed = reading.page_texts(render([sheet(slip, register=[])]))
    assert "Sổ mở" in opened
    assert "Không có hồ sơ nào trong phần in này." in lines
    assert "Khóa sổ ngày 31 tháng 12 năm 2026." in closed


@every_register
def test_each_page_of_a_register_has_its_number_and_the_last_counts_them(slip: Slip) -> None:
    pages = reading.page_texts(render([crowded(slip, 40)]))
    assert [f"Trang {n:02}" in page for n, page in enumerate(pages, 1)] == [True] * len(pages)
    assert f"gồm {len(pages):02} trang" in pages[-1]
    assert len(pages) > 5


@every_register
def test_the_head_stands_on_each_page_of_lines(slip: Slip) -> None:
    for page in reading.page_texts(render([crowded(slip, 40)]))[1:-1]:
        assert "Hẹn trả kết quả" in page


@every_register
def test_later_pages_name_the_book(slip: Slip) -> None:
    pages = reading.page_texts(render([crowded(slip, 40)]))
    assert all(page.startswith("SỔ THEO DÕI HỒ SƠ register") for page in pages[2:-1])


def test_the_rules_of_a_table_are_one_stroke_each() -> None:
    drawn = [page["drawn"] for page in unpacked(render([crowded(BOUND[0], 40)]))]
    assert all(isinstance(page, bytes) and page.count(b" l S") < 80 for page in drawn)


@every_register
def test_books_of_one_file_are_numbered_apart(slip: Slip) -> None:
    pages = reading.page_texts(render([sheet(slip), sheet(slip, field_group="Chứng thực")]))
    assert [f"Trang {n:02}" in page for n, page in zip((1, 2, 3) * 2, pages, strict=True)]
    assert "Chứng thực" in pages[3]


def test_books_of_both_laws_stand_in_one_file() -> None:
    old, new = BOUND
    assert len(reading.page_texts(render([sheet(old), sheet(new)]))) == 6


def test_sheets_of_two_papers_are_our_fault() -> None:
    with pytest.raises(ValueError, match="several papers"):
        render([sheet(BOUND[0]), sheet(Slip(forms.COMMON, "hand-over-list"))])


def test_a_register_not_yet_closed_says_how_far_it_goes() -> None:
    told = sheet(BOUND[0], closed_on=None, open_until=forms.sample("register")["since"])
    assert "Sổ chưa khóa; in đến hết ngày 01 tháng 01 năm 2026." in reading.text(render([told]))


def test_a_text_no_row_can_hold_is_cut_on_paper() -> None:
    rows = lists_of(BOUND[0])["register"][:1]
    page = reading.text(render([sheet(BOUND[0], register=[{**rows[0], "applicant": "Ý " * 5000}])]))
    assert "Ý…" in page


def test_who_waits_hears_every_row_and_can_stop() -> None:
    heard: list[int] = []
    render([crowded(BOUND[0], 40)], heard.append)
    assert heard == sorted(heard)
    assert heard[-1] == 40

    def stop(rows: int) -> None:
        raise Refused("Đã dừng")

    with pytest.raises(Refused):
        render([crowded(BOUND[0], 40)], stop)


def test_thirty_dossiers_of_one_hand_over_flow_on_under_the_head() -> None:
    slip = Slip(forms.COMMON, "hand-over-list")
    pages = reading.page_texts(render([crowded(slip, 30)]))
    assert len(pages) > 1
    assert all("Giấy tờ kèm theo" in page for page in pages[:-1])
    assert "NGƯỜI NHẬN" in pages[-1]


def test_a_board_is_drawn_on_a3_too() -> None:
    small = sheet(Slip(forms.COMMON, "board-officers"))
    large = Sheet(small.form, small.values, small.name, layout="A3 board")
    ((width, height, _),) = reading.boxes(render([large]))
    assert (round(width), round(height)) == (842, 1191)


def test_every_card_can_be_scanned_and_names_its_hamlet() -> None:
    url = "https://motcua.khanhha.example"
    cards = [Card("Tra cứu hồ sơ", "Quét mã", f"Thôn {n}", url) for n in range(A_PAGE + 1)]
    pdf = render_cards(cards)
    pages = reading.page_texts(pdf)
    assert len(pages) == 2
    assert "Thôn 7" in pages[0]
    assert "Thôn 8" in pages[1]
    assert reading.symbols(pdf, 203)[1] == {"QRCode": url}
