from datetime import datetime
from io import BytesIO
from typing import Any

import openpyxl
import pytest

from app.models.errors import Refused
from app.printing.forms import forms
from app.printing.forms.wording import rows
from app.printing.papers.spreadsheet import write
from app.printing.sheet import Sheet

HEAD = 4
"""The line of the heads: title, name and an empty line stand above."""


def register(**changes: object) -> Sheet:
    values = forms.sample("register")
    first = rows(values, "register")[0]
    return Sheet("register", {**values, "register": [{**first, **changes}]}, "Hộ tịch 2026-01")


def opened(*sheets: Sheet) -> Any:
    return openpyxl.load_workbook(BytesIO(write(sheets)))


def told(*sheets: Sheet) -> dict[str, Any]:
    """The first line of the first tab by its heads."""
    tab = opened(*sheets).worksheets[0]
    heads = [cell.value for cell in tab[HEAD]]
    return dict(zip(heads, tab[HEAD + 1], strict=True))


def test_the_heads_are_those_of_the_register_with_their_group() -> None:
    assert list(told(register())) == [
        "STT", "Mã hồ sơ", "Tên TTHC", "Tên tổ chức, cá nhân", "Địa chỉ/SĐT",
        "Cơ quan chủ trì giải quyết", "Nhận và trả kết quả: Nhận hồ sơ",
        "Nhận và trả kết quả: Hẹn trả kết quả", "Nhận và trả kết quả: Trả kết quả",
        "Nhận và trả kết quả: Phương thức nhận kết quả", "Nhận và trả kết quả: Ký nhận",
    ]  # fmt: skip


def test_a_date_is_a_date_in_vietnam() -> None:
    cell = told(register())["Nhận và trả kết quả: Nhận hồ sơ"]
    assert cell.value == datetime(2026, 11, 30, 9, 5)  # noqa: DTZ001  # a cell knows no zone
    assert cell.number_format == "hh:mm dd/mm/yyyy"


def test_a_date_with_more_to_say_is_text() -> None:
    cell = told(register(again="Hẹn lại 16:30 07/12/2026"))["Nhận và trả kết quả: Hẹn trả kết quả"]
    assert cell.value == "16:30 03/12/2026 Hẹn lại 16:30 07/12/2026"


def test_a_voided_line_says_so_and_has_no_date() -> None:
    cell = told(register(returned=None, closing="Đã hủy số: nhập nhầm"))
    assert cell["Nhận và trả kết quả: Trả kết quả"].value == "Đã hủy số: nhập nhầm"


@pytest.mark.parametrize("typed", ['=HYPERLINK("http://x")', "=1+1", "+84 912", "-1", "@SUM(A1)"])
def test_what_was_typed_is_never_a_formula(typed: str) -> None:
    cell = told(register(applicant=typed))["Tên tổ chức, cá nhân"]
    assert (cell.value, cell.data_type) == (typed, "s")


def test_a_number_that_is_a_name_stays_text() -> None:
    cells = told(register(serial="01", contact="0912345678"))
    assert [cells[name].value for name in ("STT", "Địa chỉ/SĐT")] == ["01", "0912345678"]


def test_a_control_character_is_left_out() -> None:
    assert told(register(applicant="Lò\x07 Văn Ún"))["Tên tổ chức, cá nhân"].value == "Lò Văn Ún"


def test_a_text_too_long_for_paper_is_whole_here() -> None:
    assert told(register(applicant="Ý" * 5000))["Tên tổ chức, cá nhân"].value == "Ý" * 5000


def test_an_empty_register_says_so() -> None:
    empty = Sheet("register", {**forms.sample("register"), "register": []}, "Hộ tịch")
    tab = opened(empty).worksheets[0]
    assert tab.cell(HEAD + 1, 1).value == "Không có hồ sơ nào trong phần in này."


def test_each_sheet_has_a_tab_of_its_own_whatever_its_name() -> None:
    long = "Lĩnh vực: đất đai [rừng]/nước? rất dài " * 2
    named = [Sheet("register", register().values, name) for name in ("Hộ tịch", long, long, "")]
    names = opened(*named).sheetnames
    assert len({name.lower() for name in names}) == len(names) == 4
    assert max(map(len, names)) <= 31


def test_who_waits_hears_how_far_it_is_and_can_stop() -> None:
    lines = [*rows(register().values, "register")] * 1200
    many = Sheet("register", {**register().values, "register": lines}, "Sổ")
    heard: list[int] = []
    write([many], heard.append)
    assert heard == [500, 1000]

    def stop(rows: int) -> None:
        raise Refused("Đã dừng")

    with pytest.raises(Refused):
        write([many], stop)
