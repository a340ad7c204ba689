from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from app.clock import VIETNAM
from app.printing.forms.variables import Kind, Variable
from app.printing.forms.wording import said

TEXT = Variable("Ghi chú", "", longest=20)
COUNT = Variable("Số bộ", 1, Kind.COUNT)
DAY = Variable("Ngày lập", None, Kind.DAY)
INSTANT = Variable("Hẹn trả", None, Kind.INSTANT)
FLAG = Variable("Là mã tạm", False, Kind.FLAG, words="(Mã tạm)")


def plain(words: str) -> str:
    return words.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 11, 30), "ngày 30 tháng 11 năm 2026"),
        (date(2026, 9, 5), "ngày 05 tháng 9 năm 2026"),
        (date(2026, 2, 5), "ngày 05 tháng 02 năm 2026"),
        (None, "ngày …… tháng …… năm ………"),
    ],
)
def test_a_day_has_leading_zeros_where_decree_30_puts_them(day: date | None, words: str) -> None:
    assert plain(said(DAY, day)) == words


@pytest.mark.parametrize(
    ("shape", "words"),
    [
        ("", "08 giờ 05 phút, ngày 03 tháng 12 năm 2026"),
        ("short", "08 giờ 05 phút, ngày 03/12/2026"),
        ("day", "ngày 03 tháng 12 năm 2026"),
        ("opening", "Ngày 03 tháng 12 năm 2026"),
        ("numeric", "03/12/2026"),
        ("clock", "08 giờ 05 phút,"),
        ("stamp", "08:05 03/12/2026"),
    ],
)
def test_an_instant_is_said_in_vietnam_whatever_its_zone(shape: str, words: str) -> None:
    here = datetime(2026, 12, 3, 8, 5, tzinfo=VIETNAM)
    for zone in (UTC, timezone(timedelta(hours=-8))):
        assert plain(said(INSTANT, here.astimezone(zone), shape)) == words


def test_an_unknown_instant_leaves_room_for_the_pen() -> None:
    assert plain(said(INSTANT, None)) == "…… giờ …… phút, ngày …… tháng …… năm ………"
    assert plain(said(INSTANT, None, "short")) == "…… giờ …… phút, ngày ……/……/………"
    assert [said(INSTANT, None, shape) for shape in ("numeric", "stamp")] == ["", ""]


def test_an_instant_without_a_zone_is_our_fault() -> None:
    with pytest.raises(TypeError, match="without a zone"):
        said(INSTANT, datetime(2026, 12, 3, 8, 5))  # noqa: DTZ001 - the fault itself


@pytest.mark.parametrize(("number", "words"), [(1, "01"), (12, "12"), (0, "–"), (None, "")])
def test_a_count_leaves_no_room_to_write_into(number: int | None, words: str) -> None:
    assert said(COUNT, number) == words


def test_a_flag_prints_its_words_only_when_it_holds() -> None:
    assert [said(FLAG, holds) for holds in (True, False, None)] == ["(Mã tạm)", "", ""]


def test_a_text_stands_on_one_line_of_composed_letters() -> None:
    assert said(TEXT, " Hoa\u0300 \n\t An ") == "Hoà An"


def test_a_header_never_breaks_the_people_s_committee() -> None:
    assert said(TEXT, "Ủy ban nhân dân xã X", "caps").split(" ") == [
        "ỦY\N{NO-BREAK SPACE}BAN\N{NO-BREAK SPACE}NHÂN\N{NO-BREAK SPACE}DÂN",
        "XÃ",
        "X",
    ]


def test_a_telephone_number_is_never_broken() -> None:
    assert " " not in said(TEXT, "0216 3 000 000")
    assert said(TEXT, "Thôn 3, 0987 654 321").count(" ") == 2
    assert " " not in said(TEXT, "số 0216 3 000", "whole")
    assert " " in said(TEXT, "16:30 01/12/2026")


def test_a_text_longer_than_its_place_is_cut_and_says_so() -> None:
    assert said(TEXT, "x" * 20) == "x" * 20
    assert said(TEXT, "x" * 21) == "x" * 19 + "…"
    assert said(TEXT, "xxx " * 6) == "xxx " * 4 + "xxx…"


@pytest.mark.parametrize("variable", [TEXT, COUNT, DAY, INSTANT, FLAG])
def test_a_value_of_another_kind_is_our_fault(variable: Variable) -> None:
    with pytest.raises(TypeError, match=variable.label):
        said(variable, 1.5)
