"""No power, no program: receipts filled by hand, keyed once the lights are on again."""

import json
from pathlib import Path

import pytest

from tests.cli.motcua import Motcua, dossier
from tests.printing.reading import page_texts, symbols

FRIDAY, TUESDAY = "2026-11-20T09:10", "2026-11-17T09:10"  # the clock says Monday the 23rd, 08:00


@pytest.fixture
def blanks(motcua: Motcua, tmp_path: Path) -> list[str]:
    """The codes of three blanks, each printed into a file of its own."""
    (tmp_path / "giấy").mkdir()
    told = motcua("print", "blank", "--copies", "3", "--printer", f"PDF:{tmp_path / 'giấy'}")
    assert told.status == 0
    return [answer["code"] for answer in told.answers]


def keyed(motcua: Motcua, code: str, received: str = FRIDAY, **more: str) -> tuple[int, str]:
    line = json.dumps(dossier(code=code, received=received, **more))
    told = motcua("receive", "-", stdin=line)
    return told.status, told.answers[0]["code"] if told.answers else "\n".join(told.errors)


def test_a_blank_names_the_unit_and_a_code_and_leaves_day_and_hour_to_the_pen(
    blanks: list[str], tmp_path: Path
) -> None:
    assert len(set(blanks)) == 3
    for file in (tmp_path / "giấy").iterdir():
        first, second = page_texts(file.read_bytes())
        (code,) = (code for code in blanks if code in first)
        assert symbols(file.read_bytes(), 300)[0]["Code128"] == code
        assert "xã Khánh Hà" in first
        assert "GHI TAY" in first
        assert "ngày …… tháng ……" in first
        assert code in second


def test_what_was_filled_by_hand_gets_the_official_code_of_its_day_and_keeps_its_own(
    motcua: Motcua, blanks: list[str]
) -> None:
    status, code = keyed(motcua, blanks[0])
    assert (status, code) == (0, "H26.15.3-261120-0001")
    shown = motcua("show", blanks[0]).only
    assert shown["code"] == code
    assert shown["received"].startswith(FRIDAY)


def test_a_blank_is_keyed_once(motcua: Motcua, blanks: list[str]) -> None:
    assert keyed(motcua, blanks[0])[0] == 0
    status, said = keyed(motcua, blanks[0])
    assert status == 2
    assert "đã nhập rồi" in said


def test_both_persons_stand_in_the_log(motcua: Motcua, blanks: list[str]) -> None:
    motcua.add("ndtoan", "receptionist")
    _, code = keyed(motcua, blanks[0], officer="ndtoan")
    (received, *_) = motcua("show", code).only["events"]
    assert (received["by"], received["keyed_by"]) == ("ndtoan", "phutrach")


def test_over_two_working_days_back_somebody_else_must_key_it(
    motcua: Motcua, blanks: list[str]
) -> None:
    status, said = keyed(motcua, blanks[0], TUESDAY)
    assert status == 2
    assert "người khác nhập" in said
    motcua.add("ndtoan", "receptionist")
    assert keyed(motcua, blanks[0], TUESDAY, officer="ndtoan")[0] == 0


def test_a_code_that_is_no_blanks_is_refused(motcua: Motcua) -> None:
    for code in ("H26.15.3-261120-0001", "T-AAAAAAAA"):
        assert keyed(motcua, code)[0] == 2


def test_blanks_go_to_paper_and_nowhere_else(motcua: Motcua) -> None:
    told = motcua("print", "blank")
    assert told.status == 2
    assert "máy in" in told.errors[0]
