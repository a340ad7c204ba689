"""Makes up the people of the demonstration commune: nobody real, and no number anybody holds."""

from dataclasses import dataclass
from random import Random
from typing import Literal

COMMUNE = "xã Khánh Hà"
CITY = "thành phố Hà Nội"

# no province has the code 000, so these citizen numbers are nobody's
_PROVINCE = "000"

_FAMILY = (
    *("Nguyễn",) * 12,
    *("Trần",) * 4,
    *("Lê",) * 4,
    *("Phạm",) * 3,
    *("Hoàng", "Huỳnh", "Phan", "Vũ", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương", "Lý"),
    *("Đào", "Đoàn", "Trịnh", "Mai", "Cao", "Lương", "Chử", "Khuất", "Phùng", "Tạ", "Quách"),
)
_MEN = (
    *("Văn Nghĩa", "Văn Ước", "Văn Đường", "Hữu Nghĩa", "Đình Khuê", "Minh Vượng", "Đức Thắng"),
    *("Quang Huy", "Xuân Trường", "Công Phượng", "Bá Quỳnh", "Trọng Tấn", "Tuấn Kiệt", "Ngọc Thủy"),
    *("Văn Hòa", "Đình Trọng", "Thế Anh", "Hải Đăng", "Viết Xuân", "Gia Bảo", "Khắc Duy"),
)
_WOMEN = (
    *("Thị Hòa", "Thị Tuyết", "Thị Hạnh", "Thúy Oanh", "Thu Hà", "Thị Ngọc Ánh", "Phương Thảo"),
    *("Thị Mỹ Duyên", "Hồng Nhung", "Thị Kim Thoa", "Diệu Linh", "Thị Bích Ngọc", "Thanh Huyền"),
    *("Thị Đào", "Thùy Dương", "Thị Lụa", "Khánh Ly", "Thị Thuỷ", "Quỳnh Anh", "Thị Nhài"),
)
_UNUSUAL: tuple[tuple[str, Literal["male", "female"]], ...] = (
    ("Nguyễn Hoàng Thị Phương Quỳnh Trang", "female"),
    ("Công Tằng Tôn Nữ Thị Huyền Trân Châu Ngọc", "female"),
    ("Trần Nguyễn Đặng Hoàng Thiên Bảo Long", "male"),
    ("Lý A Sử", "male"),
    ("Giàng Thị Dợ", "female"),
    ("H'Yến Niê Kđăm", "female"),
    ("Y Khoa Mlô Duôn Du", "male"),
    ("Đỗ Ó", "male"),
)
_PLACES = (
    *("Thôn Liễu Nội", "Thôn Liễu Ngoại", "Thôn Khánh Vân", "Thôn Siêu Quần", "Thôn Hoàng Xá"),
    "Số 12, ngõ 45, đường Nguyễn Phi Khanh, thôn Khánh Vân",
    "Nhà ông Đặng Hữu Nghĩa, xóm Đình, thôn Liễu Nội (nay thuộc tổ dân phố số 3)",
)


@dataclass(frozen=True)
class Person:
    """Somebody who comes to the counter; all in the form the intake page takes."""

    name: str
    sex: Literal["male", "female"]
    born: str
    number: str
    phone: str
    address: str


def people(random: Random, count: int) -> tuple[Person, ...]:
    """`count` people, the unusual names among them first."""
    usual = (_usual(random) for _ in range(count - len(_UNUSUAL)))
    return tuple(_person(random, name, sex) for name, sex in (*_UNUSUAL, *usual))


def _usual(random: Random) -> tuple[str, Literal["male", "female"]]:
    if random.random() < 0.5:
        return f"{random.choice(_FAMILY)} {random.choice(_MEN)}", "male"
    return f"{random.choice(_FAMILY)} {random.choice(_WOMEN)}", "female"


def _person(random: Random, name: str, sex: Literal["male", "female"]) -> Person:
    year = random.randint(1938, 2006)
    century = 2 * (year // 100 - 19) + (sex == "female")
    return Person(
        name=name,
        sex=sex,
        # the old often know the year alone
        born=f"{random.randint(1, 28):02}/{random.randint(1, 12):02}/{year}"
        if year > 1950
        else f"{year}",
        number=f"{_PROVINCE}{century}{year % 100:02}{random.randrange(10**6):06}",
        phone=f"0900{random.randrange(10**6):06}" if random.random() < 0.85 else "",
        address=f"{random.choice(_PLACES)}, {COMMUNE}, {CITY}",
    )
