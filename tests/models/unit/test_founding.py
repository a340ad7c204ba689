"""What is said of a new counter is checked, and named as people would name it."""

import pytest

from app.models.errors import BadInput
from app.models.unit.founding import (
    checked_hour,
    checked_login,
    checked_number,
    checked_unit,
    described,
    login_for,
)


@pytest.mark.parametrize(
    ("name", "login"),
    [
        ("Lê Thị Nga", "ltnga"),
        ("Đặng Văn Thành", "dvthanh"),
        ("  H' Hen  Niê ", "hhnie"),
        ("Nga", "nga"),
        ("", ""),
        ("2 Nga", "nga"),
    ],
)
def test_a_login_is_made_of_a_name(name: str, login: str) -> None:
    assert login_for(name) == login
    assert not login or checked_login(login) == login


def test_a_commune_is_named_on_paper_as_the_law_has_it() -> None:
    unit = described(" phường  Liễu Giai ")
    assert unit.name == "Trung tâm Phục vụ hành chính công phường Liễu Giai"
    assert (unit.agency_upper, unit.place) == ("UBND phường Liễu Giai", "Liễu Giai")
    assert described("Bộ phận Một cửa xã Khánh Hà").name == "Bộ phận Một cửa xã Khánh Hà"


@pytest.mark.parametrize("code", ["", "khanh ha", "H26-15", "26.15.3"])
def test_a_code_that_can_be_none_is_refused(code: str) -> None:
    with pytest.raises(BadInput, match="Mã đơn vị"):
        checked_unit(code)
    assert checked_unit("H26.15.3") == checked_unit(" h26.15.3") == "H26.15.3"


@pytest.mark.parametrize("number", [0, 100, -1])
def test_counters_are_numbered_from_1_to_99(number: int) -> None:
    with pytest.raises(BadInput, match="Số quầy"):
        checked_number(number)
    assert checked_number(99) == 99


@pytest.mark.parametrize("hour", ["", "25:00", "16h30", "16:60", "4:30"])
def test_an_hour_is_an_hour(hour: str) -> None:
    with pytest.raises(BadInput, match="16:30"):
        checked_hour(hour)
    assert checked_hour("17:00") == "17:00"


def test_no_name_is_no_unit() -> None:
    with pytest.raises(BadInput, match="tên đơn vị"):
        described("  ")
