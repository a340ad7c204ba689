"""New dates, papers and the unit's own rules from the command line."""

import json
from pathlib import Path

import pytest

from app.cli import main
from tests.cli.motcua import Motcua, dossier

WHY = ("--reason", "chờ ý kiến phối hợp")
TO_WORK = (("hand-over", "--to", "phutrach"), ("accept",))
STORM = "date,kind,name,source,confirmed\n2026-11-25,local_off,Bão số 9,Công điện,yes\n"


@pytest.fixture
def at_work(motcua: Motcua) -> str:
    """The code of a dossier of three working days at work; 24/11 counts as off."""
    (code,) = motcua.receive(dossier())
    for verb, *words in TO_WORK:
        motcua.deed(code, verb, *words)
    return code


def storm(motcua: Motcua) -> None:
    file = motcua.data.parent / "bão.csv"
    file.write_text(STORM, encoding="utf-8")
    assert motcua("import", "holidays", str(file)).status == 0


def test_a_storm_lists_what_it_moves_and_moves_what_is_named(motcua: Motcua) -> None:
    first, second = motcua.receive(dossier(), dossier())
    due = motcua("show", first).only["due"]
    assert motcua("calendar-changes").answers == []
    storm(motcua)
    listed = motcua("calendar-changes").answers
    assert [(one["code"], one["old"], one["applied"]) for one in listed] == [
        (first, due, False),
        (second, due, False),
    ]
    applied = motcua("calendar-changes", "--apply", first).answers
    assert [one["applied"] for one in applied] == [True, False]
    shown = motcua("show", first).only
    assert shown["due"] == listed[0]["new"] > due
    assert [promise["due"] for promise in shown["promises"]] == [due, listed[0]["new"]]
    assert len(motcua("calendar-changes", "--all").answers) == 1
    assert motcua("calendar-changes").answers == []


def test_what_is_not_moved_is_not_reappointed(motcua: Motcua, at_work: str) -> None:
    told = motcua("calendar-changes", "--apply", at_work)
    assert (told.status, told.answers) == (2, [])
    assert "không làm đổi" in told.errors[0]


def test_apologies_name_the_day_the_step_and_a_date_to_give(motcua: Motcua, at_work: str) -> None:
    assert motcua("apologies").answers == []
    (owed,) = motcua("apologies", "--ahead", "5").answers
    late = motcua("late", "--soon", "5").answers
    assert owed["apology_by"] == late[0]["apology_by"]
    assert (owed["code"], owed["reason"], owed["late"]) == (at_work, "", False)
    told = motcua.deed(
        at_work, "apologise", *WHY, "--due", owed["suggested"], "--signer", "Vàng A Chủ"
    )
    assert told["due"] == owed["suggested"]
    assert motcua("apologies", "--ahead", "5").answers == []
    motcua.deed(at_work, "tell", "--how", "phone")
    shown = motcua("show", at_work).only
    assert (shown["apology"]["signer"], shown["apology"]["in_time"]) == ("Vàng A Chủ", True)
    assert shown["apology"]["number"] == {"book": 1, "number": 1}
    assert shown["notices"][0]["how"] == "phone"
    assert shown["measured_against"] == shown["promises"][0]["due"]


def test_a_tax_is_asked_for_and_the_fee_stays_as_it_was(motcua: Motcua, at_work: str) -> None:
    motcua.deed(at_work, "request-payment", "--what", "duty", "--amount", "500000")
    motcua.deed(at_work, "paid")
    shown = motcua("show", at_work).only
    assert [(one["what"], one["amount"]) for one in shown["payments"]] == [("duty", 500_000)]
    assert shown["payments"][0]["paid"]
    assert shown["fee"]["paid"] is False


def test_a_withdrawal_says_who_how_and_what_went_back(motcua: Motcua, at_work: str) -> None:
    motcua.deed(
        at_work, "withdraw", *WHY, "--asked-by", "Lý Thị Mẩy", "--asked-way", "post",
        "--item", "Tờ khai", "--fee-back", "kept",
    )  # fmt: skip
    closing = motcua("show", at_work).only["closing"]
    assert (closing["asked_by"], closing["asked_way"]) == ("Lý Thị Mẩy", "post")
    assert (closing["papers_back"], closing["fee_back"]) == (["Tờ khai"], "kept")
    assert closing["number"] == {"book": 1, "number": 1}


def test_papers_are_corrected_by_naming_all_of_them(motcua: Motcua) -> None:
    (code,) = motcua.receive(dossier())
    papers = ("--paper", "Tờ khai=1", "--paper", "Giấy chứng sinh=0,1,2", "--paper", "CCCD=shown")
    motcua.deed(code, "correct", *WHY, *papers)
    shown = motcua("show", code).only["documents"]
    assert [
        (p["name"], p["originals"], p["certified"], p["copies"], p["shown"]) for p in shown
    ] == [
        ("Tờ khai", 1, 0, 0, False),
        ("Giấy chứng sinh", 0, 1, 2, False),
        ("CCCD", 0, 0, 0, True),
    ]


@pytest.mark.parametrize("paper", ["Tờ khai", "=1", "Tờ khai=một", "Tờ khai=1,2,3,4", "A=-1"])
def test_a_paper_nobody_understands_is_refused(kept: Motcua, code: str, paper: str) -> None:
    told = kept("deed", code, "correct", *WHY, "--paper", paper)
    assert told.status == 2
    assert "Không hiểu giấy tờ" in told.errors[0]


def test_the_units_own_rules_are_shown_and_set(motcua: Motcua) -> None:
    assert motcua("policy").only["payment"] == "pause"
    assert motcua("policy", "--payment", "run", "--cut-off", "14:30").only["payment"] == "run"
    assert motcua("policy").only["cut_off"] == "14:30"
    assert motcua("policy", "--return-by", "chiều").status == 2
    (code,) = motcua.receive(dossier())
    for verb, *words in TO_WORK:
        motcua.deed(code, verb, *words)
    told = motcua("deed", code, "request-payment", "--amount", "9000")
    assert "vẫn chạy khi chờ nộp tiền" in told.only["warnings"][0]


@pytest.mark.parametrize(
    ("more", "key"),
    [({"prcedure": "x"}, "prcedure"), ({"applicant": {"name": "A", "tel": "1"}}, "applicant.tel")],
)
def test_a_key_nobody_knows_is_refused_by_its_name(
    motcua: Motcua, more: dict[str, object], key: str
) -> None:
    told = motcua("receive", "-", stdin=json.dumps({**dossier(), **more}))
    assert (told.status, told.answers) == (2, [])
    assert f"“{key}”" in told.errors[0]


def test_due_before_the_calendar_begins_says_so(kept: Motcua) -> None:
    told = kept("due", "1.001022", "--at", "2020-01-20T09:00")
    assert told.status == 0
    assert "Lịch nghỉ chỉ có từ ngày 1/1/2024" in told.only["warnings"][0]


def test_receiving_for_people_tells_the_warnings_too(
    motcua: Motcua, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    older = {"name": "Lý A Sử", "id_number": "000090000118", "born": "1950"}
    file = tmp_path / "hồ sơ.jsonl"
    file.write_text(json.dumps({**dossier(), "applicant": older}), encoding="utf-8")
    assert main(["receive", str(file), "--data", str(motcua.data)]) == 0
    told = capsys.readouterr()
    assert "hẹn trả" in told.out
    assert told.err.startswith("H26.15.3-261123-0001: ")
