"""What the unit says of itself on paper: said, changed by an administrator, and printed."""

from pathlib import Path

import pytest

from tests.cli.motcua import Motcua, dossier
from tests.printing import reading


def test_what_is_named_changes_and_the_rest_stays(motcua: Motcua) -> None:
    before = motcua("unit").only
    told = motcua("unit", "--hotline", "0216 3 000 111", "--shelf", "Hộ tịch=Kệ 1").only
    assert told == {**before, "hotline": "0216 3 000 111", "shelves": {"Hộ tịch": "Kệ 1"}}
    assert motcua("unit").only == told
    again = motcua("unit", "--hotline", "", "--shelf", "Hộ tịch=", "--shelf", "Đất đai=Kệ 3").only
    assert (again["hotline"], again["shelves"]) == ("", {"Đất đai": "Kệ 3"})


def test_hours_are_said_for_the_days_named_and_taken_back(motcua: Motcua) -> None:
    shipped = motcua("unit").only["hours"]
    told = motcua("unit", "--hours", "T2-T6=7h-11h30 13:00-16:30; T7=7h30-11h").only["hours"]
    assert (told["T4"], told["T7"], told["CN"]) == ("07:00-11:30 13:00-16:30", "07:30-11:00", "")
    assert motcua("unit", "--hours", "").only["hours"] == shipped


def test_it_stands_on_the_next_paper(motcua: Motcua, tmp_path: Path) -> None:
    (code,) = motcua.receive(dossier())
    motcua("unit", "--agency-own", "Chi nhánh số 5", "--rating-url", "https://y.example/g/")
    file = tmp_path / "phiếu.pdf"
    for form, words in (("receipt", "CHI NHÁNH SỐ 5"), ("opinion", "https://y.example/g")):
        assert motcua("print", form, code, "-o", str(file)).status == 0
        assert words in reading.text(file.read_bytes())


@pytest.mark.parametrize(
    "words",
    [
        ("--lookup-url", "motcua"),
        ("--name", " "),
        ("--shelf", "Kệ 1"),
        ("--shelf", "=Kệ 1"),
        ("--hours", "T7=7:30-11:30"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_changes(motcua: Motcua, words: tuple[str, str]) -> None:
    before = motcua("unit").only
    assert motcua("unit", *words).status == 2
    assert motcua("unit").only == before


def test_only_an_administrator_changes_it(motcua: Motcua) -> None:
    motcua.add("toan", "specialist")
    assert motcua.as_("toan")("unit", "--place", "Khánh Hà").status == 3
    assert motcua.as_("toan")("unit").status == 0


def test_a_supervisor_names_the_procedures_of_two_stages(motcua: Motcua) -> None:
    motcua.add("toan", "supervisor")
    told = motcua.as_("toan")("unit", "--two-stage", "1.004873,1.001022/2").only
    assert told["two_stage"] == ["1.001022/2", "1.004873"]
    assert motcua("unit", "--two-stage", "").only["two_stage"] == []


def test_the_posts_number_comes_with_a_dossier_and_goes_with_its_result(
    motcua: Motcua, tmp_path: Path
) -> None:
    (code,) = motcua.receive(dossier(channel="post", waybill="EB 1 VN"))
    file = tmp_path / "phiếu.pdf"
    motcua("print", "post-slip", code, "-o", str(file))
    assert "Số phiếu gửi: EB 1 VN" in reading.text(file.read_bytes())
    for deed in (("hand-over", "--to", "phutrach"), ("accept",), ("resolve",)):
        motcua.deed(code, *deed)
    motcua.deed(code, "return", "--way", "post", "--waybill", "EC 2 VN")
    motcua("print", "post-slip", code, "-o", str(file))
    assert "Số phiếu gửi: EC 2 VN" in reading.text(file.read_bytes())


def test_who_leaves_opens_nothing_any_more(motcua: Motcua) -> None:
    for login in ("toan", "mo"):
        motcua.add(login, "specialist")
    assert motcua("officer", "leave", "phutrach").status == 3
    assert motcua("officer", "leave", "mo").status == 0
    assert motcua.as_("toan")("officer", "leave", "phutrach").status == 3
    assert motcua.as_("mo")("late").status == 2
