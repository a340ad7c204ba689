"""What a unit says of itself is checked before anybody prints it."""

import pytest

from app.models.errors import BadInput
from app.models.events.event import UnitDescribed
from app.models.unit.describing import changed, is_two_stage, shelved, staged

UNIT = UnitDescribed(name="xã Khánh Hà", hotline="0216", shelves=(("Hộ tịch", "Kệ 1"),))


def test_what_is_named_changes_and_the_rest_stays() -> None:
    said = changed(UNIT, {"return_by": "17:00", "payment": "run", "return_place": "Nhà văn hóa"})
    assert (said.return_by, said.payment, said.return_place) == ("17:00", "run", "Nhà văn hóa")
    assert (said.name, said.hotline) == (UNIT.name, UNIT.hotline)


@pytest.mark.parametrize(
    ("name", "value"),
    [("name", " "), ("lookup_url", "motcua"), ("return_by", "4 giờ"), ("payment", "restart")],
)
def test_what_cannot_be_is_told_by_its_name(name: str, value: str) -> None:
    with pytest.raises(BadInput) as wrong:
        changed(UNIT, {name: value})
    assert wrong.value.field == name


def test_a_field_without_a_place_is_forgotten() -> None:
    said = shelved(UNIT, [("Hộ tịch", ""), ("Đất đai", "Kệ 3")])
    assert said.shelves == (("Đất đai", "Kệ 3"),)


def test_a_second_stage_is_of_a_procedure_or_of_one_case() -> None:
    unit = staged(UNIT, ["1.012789/2", "1.004873", "1.004873", ""])
    assert unit.two_stage == ("1.004873", "1.012789/2")
    assert [is_two_stage(unit, *one) for one in (("1.004873", 3), ("1.012789", 2), ("1.012789", 1))] == [
        True, True, False,
    ]  # fmt: skip
    with pytest.raises(BadInput):
        staged(UNIT, ["đất đai"])
