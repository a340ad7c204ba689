import json
from datetime import date
from time import perf_counter

import msgspec
import pytest

from app.models.deadlines.deadline import Limit, LimitUnit
from app.models.errors import BadInput
from app.models.procedures.procedure import (
    Case,
    FeeRule,
    Procedure,
    Tier,
    from_json,
    matches,
    rank,
    to_json,
)
from tests.models import shipped

LIMIT = Limit(3, LimitUnit.WORKING_DAY, "03 ngày làm việc", "Luật Hộ tịch 60/2014/QH13 Đ.25")
PARENT = Procedure(
    "1.001022",
    "Thủ tục đăng ký nhận cha, mẹ, con",
    "Hộ tịch",
    cases=(Case(1, "Không phải xác minh", LIMIT, confirmed=True), Case(2, "Phải xác minh")),
    fees=(FeeRule("per_page", tiers=(Tier(1, 2, 2000), Tier(3, None, 1000)), cap=200_000),),
    valid_to=date(2027, 2, 28),
)


CATALOGUE = [*shipped.catalogue().values()]


def codes(found: list[Procedure]) -> list[str]:
    return [procedure.code for procedure in found]


# --- as an event --------------------------------------------------------------------------------


def test_every_procedure_comes_back_from_plain_json() -> None:
    for procedure in [PARENT, *CATALOGUE]:
        assert from_json(json.loads(json.dumps(to_json(procedure)))) == procedure


def test_json_is_compact_and_holds_no_float() -> None:
    assert to_json(Procedure("1.001193", "Đăng ký khai sinh", "Hộ tịch")) == {
        "code": "1.001193",
        "name": "Đăng ký khai sinh",
        "field": "Hộ tịch",
    }
    assert "." not in json.dumps(to_json(PARENT)["fees"])


def test_a_later_version_s_keys_are_ignored() -> None:
    assert from_json({**to_json(PARENT), "colour": {"of": "cover"}}) == PARENT


def test_what_is_no_procedure_is_refused() -> None:
    with pytest.raises(msgspec.ValidationError):
        from_json({"code": "1.001022"})


def test_a_case_is_found_by_its_number() -> None:
    assert PARENT.case(2).name == "Phải xác minh"
    with pytest.raises(BadInput, match=r"không có trường hợp 3\. Chọn trong: 1, 2"):
        PARENT.case(3)


def test_a_procedure_holds_to_the_end_of_its_last_day() -> None:
    assert PARENT.holds_on(date(2027, 2, 28))
    assert not PARENT.holds_on(date(2027, 3, 1))
    assert msgspec.structs.replace(PARENT, valid_to=None).holds_on(date(2099, 1, 1))
    assert not msgspec.structs.replace(PARENT, valid_from=date(2026, 7, 1)).holds_on(
        date(2026, 6, 30)
    )


# --- found by typing ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        "nhan cha me con",
        "Nhận cha, mẹ",
        "nh ch m c",
        "con me",
        "ho tich cha",
        "1.001022",
        "001022",
        "1022",
        "",
    ],
)
def test_a_procedure_is_found_by_a_few_letters_or_its_code(words: str) -> None:
    assert matches(PARENT, words)


@pytest.mark.parametrize("words", ["khai sinh", "an cha", "1.001023", "chax", "10.01022.3"])
def test_another_is_not(words: str) -> None:
    assert not matches(PARENT, words)


def test_typing_a_name_puts_it_first() -> None:
    assert codes(rank(CATALOGUE, "nhan cha me con", {}))[0] == "1.001022"
    assert codes(rank(CATALOGUE, "khai sinh", {}))[0] == "1.001193"
    assert codes(rank(CATALOGUE, "ket hon", {}))[0] == "1.000894"
    assert codes(rank(CATALOGUE, "1.001022", {})) == ["1.001022"]


def test_words_in_a_row_come_before_words_apart_then_the_most_used() -> None:
    used = {"1.004884": 40, "2.000635": 90, "1.004194": 500}
    apart = Procedure("9.000000", "Khai tử, giấy chứng sinh", "Hộ tịch")
    found = codes(rank([apart, *CATALOGUE], "khai sinh", {**used, apart.code: 900}))
    assert found.index("1.001193") < found.index("9.000000")
    assert found[:2] == ["2.000635", "1.004884"]
    assert "1.004194" not in found
    assert codes(rank(CATALOGUE, "ban sao", {"2.000815": 5}))[0] == "2.000815"


def test_with_nothing_typed_the_most_used_come_first() -> None:
    found = codes(rank(CATALOGUE, "", {"2.000815": 9, "1.001193": 7}))
    assert found[:2] == ["2.000815", "1.001193"]
    assert len(found) == len(CATALOGUE)


def test_a_keystroke_takes_at_most_three_milliseconds() -> None:
    rank(CATALOGUE, "", {})
    times = []
    for end in range(1, 16):
        start = perf_counter()
        rank(CATALOGUE, "nhan cha me con"[:end], {})
        times.append(perf_counter() - start)
    assert sorted(times)[len(times) // 2] < 0.003
