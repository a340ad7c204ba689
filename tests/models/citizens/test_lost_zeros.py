from datetime import date

import pytest

from app.models.citizens.applicant import IdKind, Kind
from app.models.citizens.lost_zeros import may_lack_zeros, whole_number, whole_phone
from app.models.errors import BadInput

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("figure", "kind", "whole"),
    [
        ("1185012345", "person", "001185012345"),  # Hà Nội
        ("38185012345", "person", "038185012345"),
        ("87185012345", "person", "087185012345"),
        ("112345678901", "person", "112345678901"),
        ("11234567", "person", "011234567"),
        ("123456789", "person", "123456789"),
        ("100109106", "organisation", "0100109106"),
        ("3700109106", "organisation", "3700109106"),
        ("38185012345", "organisation", "38185012345"),
    ],
)
def test_the_zeros_come_back(figure: str, kind: Kind, whole: str) -> None:
    assert whole_number(figure, kind, TODAY) == whole


@pytest.mark.parametrize(
    ("figure", "kind"),
    [
        ("1985012345", "person"),  # a woman of the year 2385
        ("1885012345", "person"),
        ("1234567", "person"),
        ("-185012345", "person"),
        ("1185012342", "person"),  # a tax number as well, by its check digit
        ("100109107", "organisation"),
        ("10010910", "organisation"),
    ],
)
def test_a_guess_is_refused_with_what_to_do(figure: str, kind: Kind) -> None:
    with pytest.raises(BadInput, match="kiểu văn bản") as wrong:
        whole_number(figure, kind, TODAY)
    assert wrong.value.field == "id_number"


def test_what_else_the_row_says_decides() -> None:
    assert whole_number("1185012342", "person", TODAY, born="1985-03-12") == "001185012342"
    assert whole_number("1185012342", "person", TODAY, IdKind.CITIZEN) == "001185012342"
    assert whole_number("1185012342", "person", TODAY, IdKind.TAX) == "1185012342"
    for born, sex in (("1986", ""), ("", "male")):
        with pytest.raises(BadInput):
            whole_number("1185012345", "person", TODAY, born=born, sex=sex)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("figure", "phone"),
    [("912345678", "0912345678"), ("2437471888", "02437471888"), ("84912345678", "0912345678")],
)
def test_a_telephone_gets_its_zero_back(figure: str, phone: str) -> None:
    assert whole_phone(figure) == phone


def test_a_figure_that_is_no_telephone_is_refused() -> None:
    with pytest.raises(BadInput, match="kiểu văn bản") as wrong:
        whole_phone("12345678")
    assert wrong.value.field == "phone"


def test_only_a_persons_ten_digits_without_a_zero_are_doubted() -> None:
    assert may_lack_zeros("1185 012 345", "person")
    assert not may_lack_zeros("0100109106", "person")
    assert not may_lack_zeros("1185012345", "organisation")
    assert not may_lack_zeros("001185012345", "person")
