from unicodedata import normalize

import pytest

from app.models.unit.scanner_check import (
    CAPITALS,
    GOOD,
    LINES,
    MARKS_LOST,
    NOT_OURS,
    SHOWN,
    WHOLE,
    Change,
    changes,
    layout,
    verdict,
)

GERMAN = str.maketrans("yzYZ-/?_=&|#:+@", "zyZY" + 'ß-_?´/°§Ö`"')


@pytest.mark.parametrize("text", [*LINES, WHOLE, SHOWN, normalize("NFD", SHOWN)])
def test_what_comes_as_it_was_printed_is_good(text: str) -> None:
    assert changes(text) == ()
    assert verdict(f"{text}\r") == GOOD


def test_another_layout_is_told_by_each_character_it_changes() -> None:
    found = changes(WHOLE.translate(GERMAN))
    assert found is not None
    assert {Change("Y", "Z"), Change("-", "ß"), Change("/", "-"), Change("|", "°")} <= set(found)
    assert "“-” thành “ß”" in verdict(LINES[1].translate(GERMAN))
    assert "English (US)" in verdict(LINES[1].translate(GERMAN))


def test_a_vietnamese_input_method_is_told_by_what_it_put_together() -> None:
    telex = WHOLE.replace("vw", "vư").replace("d", "đ")
    assert verdict(telex).startswith("Máy quét đổi “d” thành “đ”; “w” thành “ư”")
    swallowed = changes(WHOLE.replace("ef", "è"))
    assert swallowed == (Change("ef", "è"),)


def test_lost_characters_are_told_too() -> None:
    assert changes(LINES[1].replace("|", "")) == (Change("|", ""),)


@pytest.mark.parametrize(
    "came",
    [
        SHOWN.encode("ascii", "replace").decode(),
        SHOWN.encode("ascii", "ignore").decode(),
        SHOWN.encode().decode("cp1258", "replace"),
        normalize("NFD", SHOWN).encode("ascii", "ignore").decode(),
    ],
    ids=["in doubt", "lost", "garbled", "bare"],
)
def test_letters_with_marks_that_come_otherwise_are_told_apart_from_the_layout(came: str) -> None:
    assert changes(came) == ()
    assert verdict(came) == MARKS_LOST
    assert layout(came.translate(GERMAN)) == layout(WHOLE.translate(GERMAN))


def test_caps_lock_is_called_by_its_name() -> None:
    assert verdict(WHOLE.swapcase()) == CAPITALS


@pytest.mark.parametrize("text", ["", "H26.15.3-261123-0001", "https://tracuu.example/t/abcdefgh"])
def test_a_scan_of_something_else_says_what_to_scan(text: str) -> None:
    assert verdict(text) == NOT_OURS


def test_the_page_holds_every_character_that_codes_and_addresses_are_made_of() -> None:
    assert set("H26.15.3-261123-0001https://tracuu.xa.gov.vn/t/Ab-_9?x=1&y|") <= set(WHOLE)
