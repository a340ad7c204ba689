from datetime import date

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.citizens.applicant import (
    Applicant,
    Identity,
    IdKind,
    Principal,
    check_identity,
    check_phone,
    checked_applicant,
    checked_principal,
    clean_born,
    clean_email,
    clean_identity,
    clean_phone,
    identity_of,
    show_born,
    tax_check_digit,
)
from app.models.errors import BadInput

TODAY = date(2026, 11, 23)
WOMAN_OF_1987 = Identity(IdKind.CITIZEN, "001187012345")


# --- identity numbers ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "typed", "stored"),
    [
        (IdKind.CITIZEN, "001 187 012 345", "001187012345"),
        (IdKind.OLD, "012.345.678", "012345678"),
        (IdKind.TAX, "0100109106", "0100109106"),
        (IdKind.TAX, "0100109106001", "0100109106-001"),
        (IdKind.TAX, "0100109106-001", "0100109106-001"),
        (IdKind.PASSPORT, "c1234567", "C1234567"),
    ],
)
def test_a_number_is_stored_bare(kind: IdKind, typed: str, stored: str) -> None:
    assert clean_identity(Identity(kind, typed)) == Identity(kind, stored)


@pytest.mark.parametrize(
    ("kind", "typed", "sentence"),
    [
        (IdKind.CITIZEN, "00118701234", "Số định danh phải có 12 chữ số; đang có 11. Đối chiếu"),
        (IdKind.CITIZEN, "012345678", "đang có 9. Nếu là CMND cũ"),
        (IdKind.CITIZEN, "0100109106", "đang có 10. Nếu là mã số thuế"),
        (IdKind.CITIZEN, "00118701234O", "chỉ gồm chữ số; đang là “00118701234O”"),
        (IdKind.CITIZEN, "", "Chưa có số định danh"),
        (IdKind.OLD, "0123456789", "Số CMND cũ phải có 9 chữ số; đang có 10"),
        (IdKind.TAX, "001187012345", "phải có 10 hoặc 13 chữ số; đang có 12. Nếu là số định danh"),
        (IdKind.PASSPORT, "C-12", "Số hộ chiếu “C12” không đúng"),
        (IdKind.PASSPORT, "", "Số hộ chiếu “” không đúng"),
        (IdKind.CITIZEN, "1" * 10_000_000, "Số giấy tờ dài 10.000.000 ký tự"),
    ],
)
def test_a_number_that_cannot_be_one_is_refused_with_what_to_do(
    kind: IdKind, typed: str, sentence: str
) -> None:
    with pytest.raises(BadInput) as refused:
        clean_identity(Identity(kind, typed))
    assert sentence in str(refused.value)
    assert refused.value.field == "number"


def test_no_number_needs_a_reason() -> None:
    assert clean_identity(Identity(IdKind.NONE, "x", " trẻ sơ sinh ")).reason == "trẻ sơ sinh"
    with pytest.raises(BadInput, match="Ghi lý do"):
        clean_identity(Identity(IdKind.NONE))


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("001187012345", IdKind.CITIZEN),
        ("00118701234", IdKind.CITIZEN),
        ("012345678", IdKind.OLD),
        ("0100109106", IdKind.TAX),
        ("0100109106-001", IdKind.TAX),
        ("C1234567", IdKind.PASSPORT),
        ("", IdKind.NONE),
    ],
)
def test_a_bare_number_is_guessed(typed: str, kind: IdKind) -> None:
    assert identity_of(typed).kind is kind


@pytest.mark.parametrize(
    ("number", "born", "sex"),
    [
        ("001187012345", "1987-04-12", "female"),
        ("001087012345", "1987", "male"),
        ("001216012345", "2016", "male"),
        ("001316012345", "2016-01", "female"),
        ("001187012345", "", ""),
    ],
)
def test_a_number_that_fits_the_person_passes(number: str, born: str, sex: str) -> None:
    assert check_identity(Identity(IdKind.CITIZEN, number), TODAY, born, sex) == ()  # type: ignore[arg-type]


def test_another_sex_or_year_than_the_number_says_is_a_caution_beside_it() -> None:
    cautions = check_identity(WOMAN_OF_1987, TODAY, "1978-04-12", "male")
    assert [caution.field for caution in cautions] == ["number", "number"]
    assert "giới tính nữ, nhưng đang ghi nam" in cautions[0].sentence
    assert "năm sinh 1987, nhưng đang ghi 1978" in cautions[1].sentence


def test_a_number_of_a_century_to_come_is_a_caution() -> None:
    (caution,) = check_identity(Identity(IdKind.CITIZEN, "001487012345"), TODAY)
    assert "2187, chưa tới" in caution.sentence
    assert check_identity(Identity(IdKind.CITIZEN, "001226012345"), TODAY) == ()  # of this year


def test_a_tax_number_is_held_against_its_check_digit() -> None:
    assert tax_check_digit("0100109106") == 6
    assert check_identity(Identity(IdKind.TAX, "0100109106"), TODAY) == ()
    assert check_identity(Identity(IdKind.TAX, "0100109107"), TODAY) != ()
    assert check_identity(Identity(IdKind.TAX, "0100109106-000"), TODAY) != ()


def test_a_tax_number_the_rule_gives_no_digit_is_only_a_caution() -> None:
    assert tax_check_digit("0000000000") == 10
    assert len(check_identity(Identity(IdKind.TAX, "0000000000"), TODAY)) == 1


def test_a_foreign_passport_is_a_caution() -> None:
    assert check_identity(Identity(IdKind.PASSPORT, "C1234567"), TODAY) == ()
    assert check_identity(Identity(IdKind.PASSPORT, "AB123456"), TODAY) != ()


# --- birth, phone, e-mail -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "stored", "read"),
    [
        ("12/4/1987", "1987-04-12", "12/04/1987"),
        ("12-04-1987", "1987-04-12", "12/04/1987"),
        ("12041987", "1987-04-12", "12/04/1987"),
        ("1987-04-12", "1987-04-12", "12/04/1987"),
        ("4/1987", "1987-04", "04/1987"),
        ("1987-04", "1987-04", "04/1987"),
        (" 1935 ", "1935", "1935"),
        ("23/11/2026", "2026-11-23", "23/11/2026"),
        ("", "", ""),
    ],
)
def test_a_birth_is_stored_as_far_as_it_is_known(typed: str, stored: str, read: str) -> None:
    assert clean_born(typed, TODAY) == stored
    assert show_born(stored) == read
    assert clean_born(read, TODAY) == stored


@pytest.mark.parametrize(
    ("typed", "meant"), [("12/4/85", 1985), ("4/26", 2026), ("27", 1927), ("1-1-00", 2000)]
)
def test_a_year_in_two_figures_is_asked_for_in_four(typed: str, meant: int) -> None:
    with pytest.raises(BadInput, match=rf"Năm ghi đủ 4 chữ số \({meant}\?\)"):
        clean_born(typed, TODAY)


@pytest.mark.parametrize(
    "typed",
    [
        "31/02/1990",
        "13/1990",
        "1990-00",
        "hôm qua",
        "1",
        "24/11/2026",
        "12/2026",
        "01/01/2099",
        "1899",
        "0000",
    ],
)
def test_a_birth_that_cannot_be_is_refused(typed: str) -> None:
    with pytest.raises(BadInput, match=r"Ngày sinh .*\. (Nhập|Đối chiếu)") as refused:
        clean_born(typed, TODAY)
    assert refused.value.field == "born"


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("0912 345.678", "0912345678"),
        ("+84 912 345 678", "0912345678"),
        ("+84 (0) 912-345-678", "0912345678"),
        ("84912345678", "0912345678"),
        ("0084912345678", "0912345678"),
        ("84123", "84123"),
        ("024 3825 1234", "02438251234"),
        ("+1 415 555 0100", "+14155550100"),
        ("", ""),
    ],
)
def test_a_phone_number_is_stored_bare(typed: str, stored: str) -> None:
    assert clean_phone(typed) == stored


def test_a_phone_number_of_letters_is_refused() -> None:
    for typed in ("không có", "09123456789012345", "+", "12"):
        with pytest.raises(BadInput, match="để trống"):
            clean_phone(typed)


def test_an_unusual_phone_number_is_a_caution_only() -> None:
    for phone in ("0912345678", "02438251234", "0216300000", ""):
        assert check_phone(phone) == ()
    for phone in ("0112345678", "091234567", "+14155550100"):
        assert check_phone(phone) != ()


def test_an_address_without_domain_is_refused() -> None:
    assert clean_email(" nga.le@xa.gov.vn ") == "nga.le@xa.gov.vn"
    for typed in ("nga", "nga@xa", "nga le@xa.vn", "a@b@c.vn"):
        with pytest.raises(BadInput, match="Sửa lại"):
            clean_email(typed)


# --- whole people -------------------------------------------------------------------------------


def test_an_applicant_is_stored_clean_with_what_is_doubtful() -> None:
    typed = Applicant(
        name=" Lê  Thị Nga ",
        identity=Identity(IdKind.CITIZEN, "001 187 012 345"),
        born="12/4/1978",
        sex="female",
        phone="+84 12",
        email="nga@xa.vn",
    )
    applicant, cautions = checked_applicant(typed, TODAY)
    assert applicant == Applicant(
        "Lê Thị Nga", "person", WOMAN_OF_1987, "1978-04-12", "female", "", "012", "nga@xa.vn"
    )
    assert [caution.field for caution in cautions] == ["number", "phone"]


@pytest.mark.parametrize(("kind", "whose"), [("person", "họ tên"), ("organisation", "tên tổ chức")])
def test_nobody_goes_without_a_name(kind: str, whose: str) -> None:
    with pytest.raises(BadInput, match=f"Chưa có {whose}"):
        checked_applicant(Applicant("  ", kind), TODAY)  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", ["person", "organisation"])
def test_a_number_scanned_into_the_name_is_no_name(kind: str) -> None:
    with pytest.raises(BadInput, match="“8934563138165” không phải") as wrong:
        checked_applicant(Applicant("8934563138165", kind, WOMAN_OF_1987), TODAY)  # type: ignore[arg-type]
    assert wrong.value.field == "name"


def test_an_organisation_may_have_digits_beside_its_letters() -> None:
    firm = Applicant("Công ty 3/2", "organisation", Identity(IdKind.TAX, "0100109106"))
    assert checked_applicant(firm, TODAY)[0].name == "Công ty 3/2"


def test_a_principal_needs_the_paper_that_authorises() -> None:
    principal = Principal("Hoàng Văn Ước", WOMAN_OF_1987)
    with pytest.raises(BadInput, match="Chưa ghi giấy ủy quyền"):
        checked_principal(principal, TODAY)
    signed = msgspec.structs.replace(principal, authorisation="số 12, ngày 01/11/2026")
    assert checked_principal(signed, TODAY) == (signed, ())


numbers = st.one_of(st.text(max_size=20), st.text("0123456789", min_size=9, max_size=13))
words = st.one_of(st.just(""), st.text(max_size=15))


@given(words, st.sampled_from(IdKind), numbers, words)
def test_what_is_stored_once_is_stored_the_same_again(
    name: str, kind: IdKind, number: str, other: str
) -> None:
    typed = Applicant(
        f"Đào {name}", identity=Identity(kind, number, other), address=other, phone=number
    )
    try:
        stored, cautions = checked_applicant(typed, TODAY)
    except BadInput:
        return
    assert checked_applicant(stored, TODAY) == (stored, cautions)


def test_an_applicant_takes_few_bytes_and_comes_back() -> None:
    applicant = Applicant("Lê Thị Nga", identity=WOMAN_OF_1987)
    wire = msgspec.json.encode(applicant)
    assert (
        wire
        == '{"name":"Lê Thị Nga","identity":{"kind":"citizen_number","number":"001187012345"}}'.encode()
    )
    assert msgspec.json.decode(wire, type=Applicant) == applicant
