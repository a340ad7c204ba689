"""A card's address of three levels leads to where the place lies since 1/7/2025."""

import csv
from typing import Literal
from unicodedata import normalize

import pytest

import resources
from app.desk.intake.addresses import COMMUNES, lies_in


@pytest.mark.parametrize(
    ("card", "now"),
    [
        ("Thôn Đồng Tâm, Đại Lịch, Văn Chấn, Yên Bái", "xã Chấn Thịnh, tỉnh Lào Cai"),
        ("Xóm 3, Khánh Hà, Thường Tín, Hà Nội", "xã Thường Tín, thành phố Hà Nội"),
        ("Tổ 5, Phường 12, Gò Vấp, TP. Hồ Chí Minh", "phường An Hội Tây, thành phố Hồ Chí Minh"),
        ("12, Khánh Hà, huyện Thường Tín, TP Hà Nội", "xã Thường Tín, thành phố Hà Nội"),
        ("Bản Din, Trung Hạ, Quan Sơn, Thanh Hóa", "xã Trung Hạ, tỉnh Thanh Hóa"),
        ("Long Sơn, Vũng Tàu, Bà Rịa – Vũng Tàu", "xã Long Sơn, thành phố Hồ Chí Minh"),
        (", -, Ia Kênh, Pleiku, Gia Lai", "xã Gào, tỉnh Gia Lai"),
    ],
)
def test_three_levels_lead_to_two(card: str, now: str) -> None:
    assert lies_in(card) == now


def test_a_divided_commune_gives_each_of_its_parts() -> None:
    assert lies_in("Số 12 Lý Thái Tổ, Tràng Tiền, Hoàn Kiếm, Hà Nội") == (
        "phường Cửa Nam hoặc phường Hoàn Kiếm, thành phố Hà Nội"
    )


def test_the_type_tells_two_of_one_name_apart() -> None:
    assert lies_in("Mường Tè, Mường Tè, Lai Châu") == "xã Bum Tở hoặc xã Mường Tè, tỉnh Lai Châu"
    assert lies_in("thị trấn Mường Tè, Mường Tè, Lai Châu") == "xã Bum Tở, tỉnh Lai Châu"


@pytest.mark.parametrize(
    "address",
    [
        "",
        "Thôn Liễu Nội, xã Khánh Hà, thành phố Hà Nội",
        "Khánh Hà",
        "Paris, Île-de-France, Cộng hòa Pháp",
        "Thôn 1, Không Có, Văn Chấn, Yên Bái",
        ",,,,",
    ],
)
def test_what_is_no_address_of_three_levels_leads_nowhere(address: str) -> None:
    assert lies_in(address) == ""


@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKC", "NFKD"])
def test_every_normal_form_reads_alike(form: Literal["NFC", "NFD", "NFKC", "NFKD"]) -> None:
    card = normalize(form, "Thôn Đồng Tâm, Đại Lịch, Văn Chấn, Yên Bái")
    assert lies_in(card) == "xã Chấn Thịnh, tỉnh Lào Cai"


def test_every_commune_of_before_leads_where_the_list_says() -> None:
    with resources.path(COMMUNES).open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["ward"]]
    assert len(rows) > 10_000
    for row in rows:
        found = lies_in(f"{row['ward']}, {row['district']}, {row['province']}").lower()
        assert row["new_ward"].lower() in found
        assert row["new_province"].lower() in found
