from contextlib import suppress
from datetime import date
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.citizens.applicant import Applicant, Identity, IdKind
from app.models.citizens.card import MINISTRY, POLICE, parse_card, sought
from app.models.errors import BadInput

TODAY = date(2026, 11, 23)
CHIP = "001187012345|012345678|Nguyễn Thị Đào|12041987|Nữ|Thôn 3, Khánh Hà, Thường Tín, Hà Nội|25122021"
NEWER = CHIP.replace("|25122021", "|05082024") + "||||"


def test_a_chip_card_is_read_part_by_part() -> None:
    card = parse_card(CHIP, TODAY)
    assert (card.number, card.old_number, card.name) == (
        "001187012345",
        "012345678",
        "Nguyễn Thị Đào",
    )
    assert (card.born, card.sex, card.issued) == (date(1987, 4, 12), "female", date(2021, 12, 25))
    assert (card.address, card.issuer) == ("Thôn 3, Khánh Hà, Thường Tín, Hà Nội", POLICE)


def test_the_card_of_2024_has_four_empty_parts_more_and_another_issuer() -> None:
    card = parse_card(NEWER, TODAY)
    assert (card.name, card.issued, card.issuer) == ("Nguyễn Thị Đào", date(2024, 8, 5), MINISTRY)


def test_a_card_of_today_is_read() -> None:
    newborn = "001226012345||Nguyễn Văn Bé|23112026|Nam|Thôn 3|23112026"
    card = parse_card(newborn, TODAY)
    assert (card.born, card.issued) == (TODAY, TODAY)


def test_a_card_fills_in_the_applicant() -> None:
    assert parse_card(CHIP, TODAY).applicant == Applicant(
        name="Nguyễn Thị Đào",
        identity=Identity(IdKind.CITIZEN, "001187012345"),
        born="1987-04-12",
        sex="female",
        address="Thôn 3, Khánh Hà, Thường Tín, Hà Nội",
    )


def test_a_card_whose_marks_the_scanner_lost_says_so() -> None:
    bare = "001187012345||NGUYEN THI DAO|12041987|Nu|Thon 3, Khanh Ha, Thuong Tin, Ha Noi|25122021"
    assert parse_card(bare, TODAY).lacks_marks
    assert not parse_card(CHIP, TODAY).lacks_marks
    assert not parse_card(
        "001087012345||LAN ANH|12041987|Nam|", TODAY
    ).lacks_marks  # as a name may be


def test_a_decomposed_payload_reads_the_same() -> None:
    assert parse_card(normalize("NFD", CHIP) + "\r\n", TODAY) == parse_card(CHIP, TODAY)


def test_address_old_number_and_issue_date_may_be_missing() -> None:
    card = parse_card("001187012345||Nguyễn Thị Đào|12041987|Nữ||", TODAY)
    assert (card.old_number, card.address, card.issued) == ("", "", None)
    assert parse_card("001187012345||Nguyễn Thị Đào|12041987|Nữ", TODAY) == card


@pytest.mark.parametrize("level", ["-", "", ", -"])
def test_an_empty_level_is_taken_out_of_the_address(level: str) -> None:
    payload = CHIP.replace("Thôn 3, Khánh Hà,", f"Thôn 3, {level}, Khánh Hà,")
    assert parse_card(payload, TODAY) == parse_card(CHIP, TODAY)


@pytest.mark.parametrize(
    ("payload", "sentence"),
    [
        ("H63.12.07-261101-0001", "không phải mã QR trên thẻ"),
        ("", "không phải mã QR trên thẻ"),
        (CHIP + "|" * 6, "không phải mã QR trên thẻ"),
        (CHIP + " " * 10_000_000, "không phải mã QR trên thẻ"),
        (CHIP.replace("001187012345", "00118701234"), "không có đủ 12 chữ số"),
        (CHIP.replace("12041987", "31021987"), "Ngày sinh trong mã QR không có thật"),
        (CHIP.replace("12041987", "1241987"), "Ngày sinh trong mã QR không có thật"),
        (CHIP.replace("12041987", "24112026"), "Ngày sinh trong mã QR ở tương lai"),
        (CHIP.replace("25122021", "01012099"), "Ngày cấp trong mã QR ở tương lai"),
        (CHIP.replace("Nguyễn", "Nguy?n"), "Máy quét làm mất dấu tiếng Việt"),
        (CHIP.replace("Nguyễn", "Nguyá»n"), "Máy quét làm mất dấu tiếng Việt"),
        (CHIP.replace("Nguyễn", "Nguy4n"), "Máy quét làm mất dấu tiếng Việt"),
        (CHIP.replace("Hà Nội", "Hà N\ufffdi"), "Máy quét làm mất dấu tiếng Việt"),
        (CHIP.replace("Nguyễn", "Nguyễn\u202e"), "ký tự ẩn"),
    ],
)
def test_what_is_no_card_is_refused_with_what_to_do(payload: str, sentence: str) -> None:
    with pytest.raises(BadInput, match=sentence):
        parse_card(payload, TODAY)


@pytest.mark.parametrize("taken_for", ["cp1252", "latin-1", "cp1258"])
def test_what_a_scanner_took_for_other_letters_is_read_as_it_was_meant(taken_for: str) -> None:
    card = CHIP.replace("Đào", "Hà")  # whose bytes each of them has a letter for
    payload = card.replace("Thôn 3, Khánh Hà, Thường Tín, ", "").encode().decode(taken_for)
    assert payload != card
    read = parse_card(payload, TODAY)
    assert (read.name, read.address) == ("Nguyễn Thị Hà", "Hà Nội")


@pytest.mark.parametrize("name", ["H'Hen Niê", "Y-Bliêm Êban", "K’Sor Phước", "Lò Văn Ơn"])
def test_a_name_as_some_peoples_write_it_is_no_garbled_one(name: str) -> None:
    assert parse_card(CHIP.replace("Nguyễn Thị Đào", name), TODAY).name == name


@pytest.mark.parametrize(
    ("payload", "words"),
    [
        (CHIP, "001187012345 / 012345678"),
        (CHIP.replace("012345678", ""), "001187012345"),
        (CHIP.replace("12041987", "31021987"), "001187012345 / 012345678"),
        ("H63.12.07-261101-0001", ""),
        ("001187012345", ""),
    ],
)
def test_a_card_is_sought_by_its_numbers_even_if_the_rest_is_unreadable(
    payload: str, words: str
) -> None:
    assert sought(payload) == words


@given(st.lists(st.text(max_size=14), max_size=13).map("|".join))
def test_any_scan_is_read_or_refused(payload: str) -> None:
    with suppress(BadInput):
        assert parse_card(payload, TODAY).born <= TODAY
