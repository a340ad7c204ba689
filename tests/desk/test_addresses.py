"""A card's address of three levels leads to where the place lies since 1/7/2025."""

import csv
from typing import Literal
from unicodedata import normalize

import pytest

import resources
from app.desk.addresses import COMMUNES, two_levels


@pytest.mark.parametrize(
    ("card", "now"),
    [
        (
            "Thôn Đồng Tâm, Đại Lịch, Văn Chấn, Yên Bái",
            "Thôn Đồng Tâm, xã Chấn Thịnh, tỉnh Lào Cai",
        ),
        ("Xóm 3, Khánh Hà, Thường Tín, Hà Nội", "Xóm 3, xã Thường Tín, thành phố Hà Nội"),
        (
            "Tổ 5, Phường 12, Gò Vấp, TP. Hồ Chí Minh",
            "Tổ 5, phường An Hội Tây, thành phố Hồ Chí Minh",
        ),
        ("12, Khánh Hà, huyện Thường Tín, TP Hà Nội", "12, xã Thường Tín, thành phố Hà Nội"),
        ("Bản Din, Trung Hạ, Quan Sơn, Thanh Hóa", "Bản Din, xã Trung Hạ, tỉnh Thanh Hóa"),
        ("Ấp 1, Long Sơn, Vũng Tàu, Bà Rịa – Vũng Tàu", "Ấp 1, xã Long Sơn, thành phố Hồ Chí Minh"),
        (", -, Ia Kênh, Pleiku, Gia Lai", "xã Gào, tỉnh Gia Lai"),
    ],
)
def test_three_levels_lead_to_two(card: str, now: str) -> None:
    assert two_levels(card) == [now]


def test_a_divided_commune_gives_each_of_its_parts() -> None:
    parts = two_levels("Số 12 Lý Thái Tổ, Tràng Tiền, Hoàn Kiếm, Hà Nội")
    assert len(parts) == 2
    assert all(part.startswith("Số 12 Lý Thái Tổ, phường ") for part in parts)


def test_the_type_tells_two_of_one_name_apart() -> None:
    assert two_levels("Mường Tè, Mường Tè, Lai Châu") == [
        "xã Bum Tở, tỉnh Lai Châu",
        "xã Mường Tè, tỉnh Lai Châu",
    ]
    assert two_levels("thị trấn Mường Tè, Mường Tè, Lai Châu") == ["xã Bum Tở, tỉnh Lai Châu"]


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
    assert two_levels(address) == []


@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKC", "NFKD"])
def test_every_normal_form_reads_alike(form: Literal["NFC", "NFD", "NFKC", "NFKD"]) -> None:
    card = normalize(form, "Thôn Đồng Tâm, Đại Lịch, Văn Chấn, Yên Bái")
    (now,) = two_levels(card)
    assert now.endswith("xã Chấn Thịnh, tỉnh Lào Cai")


def test_every_commune_of_before_leads_where_the_list_says() -> None:
    with resources.path(COMMUNES).open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["ward"]]
    assert len(rows) > 10_000
    for row in rows:
        found = two_levels(f"{row['ward']}, {row['district']}, {row['province']}")
        assert f"{row['new_ward']}, {row['new_province']}".lower() in map(str.lower, found)
