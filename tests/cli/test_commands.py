"""Every command answers with the keys that are promised."""

import json
import shutil
from codecs import BOM_UTF8
from pathlib import Path

import pytest

from app.cli import main
from app.settings import Places
from tests.cli.motcua import NOW, UNIT, Motcua, dossier


def test_a_new_counter_can_receive_at_once(tmp_path: Path, seat: pytest.MonkeyPatch) -> None:
    new = Motcua(tmp_path / "data", seat)
    told = new("init", "--unit", UNIT, "--name", "xã Khánh Hà", "--counter", "7").only
    assert (told["unit"], told["counter"], told["officer"]) == (UNIT, 7, "phutrach")
    assert told["name"] == "Trung tâm Phục vụ hành chính công xã Khánh Hà"
    assert (told["procedures"], told["holidays"]) == (123, 60)
    assert new.receive(dossier()) == [f"{UNIT}-261123-0007"]


def test_receiving_tells_code_appointment_and_register_line(motcua: Motcua) -> None:
    told = motcua(
        "receive", "-", stdin='{"procedure":"1.001022","applicant":{"name":"Lý A Sử"}}'
    ).only
    assert told["code"] == f"{UNIT}-261123-0001"
    assert told["due"] == "2026-11-27T16:30:00+07:00"  # 24/11 is a holiday
    assert told["register"] == {"book": 1, "serial": 1}


def test_a_whole_file_is_received_line_by_line(motcua: Motcua, tmp_path: Path) -> None:
    file = tmp_path / "hồ sơ.jsonl"
    line = '{"procedure":"1.001022","applicant":{"name":"Lý A Sử"}}'
    file.write_text(f"\ufeff{line}\n\n{line}\n", encoding="utf-8")
    told = motcua("receive", str(file))
    assert (told.status, len(told.answers)) == (0, 2)


def test_a_line_that_a_rule_refuses_stays_out_alone(motcua: Motcua) -> None:
    motcua.add("toan", "specialist")
    lines = [dossier(), dossier(officer="toan"), dossier(case=9), dossier()]
    told = motcua("receive", "-", stdin="\n".join(map(json.dumps, lines)))
    assert (told.status, len(told.answers)) == (3, 2)
    assert [error[:7] for error in told.errors] == ["Dòng 2:", "Dòng 3:"]


def test_a_dossier_shows_everything(kept: Motcua, code: str) -> None:
    told = kept("show", code).only
    assert (told["code"], told["status"], told["status_code"]) == (code, "Được tiếp nhận", 2)
    assert told["procedure"] == "1.001022"
    assert (told["applicant"]["name"], told["applicant"]["id_number"]) == (
        "Lý A Sử",
        "000090000118",
    )
    assert (told["received"], told["due"]) == (NOW.isoformat(), "2026-11-27T16:30:00+07:00")
    assert [promise["due"] for promise in told["promises"]] == [told["due"]]
    assert [event["type"] for event in told["events"]] == ["received"]


def test_without_documents_the_checklist_counts_as_handed_in(kept: Motcua, code: str) -> None:
    documents = kept("show", code).only["documents"]
    assert [(each["originals"], each["shown"]) for each in documents] == [
        (1, False),
        (1, False),
        (0, True),
    ]


def test_documents_that_are_named_are_the_ones_kept(motcua: Motcua) -> None:
    papers = [{"name": "Tờ khai", "originals": 1, "copies": 2}]
    (code,) = motcua.receive(dossier(documents=papers))
    (paper,) = motcua("show", code).only["documents"]
    assert (paper["name"], paper["originals"], paper["copies"]) == ("Tờ khai", 1, 2)


@pytest.mark.parametrize("words", ["ly su", "Lý A", "0001", "261123-0001", "00009000"])
def test_a_dossier_is_found_as_in_the_search_box(kept: Motcua, code: str, words: str) -> None:
    assert kept("find", *words.split()).only["code"] == code


def test_what_is_not_there_is_not_found(kept: Motcua) -> None:
    assert kept("find", "lỳ") == (0, [], [])


def test_finding_stops_at_the_limit_the_newest_first(motcua: Motcua) -> None:
    codes = motcua.receive(*[dossier()] * 3)
    assert [each["code"] for each in motcua("find", "su", "--limit", "2").answers] == codes[:0:-1]


def test_late_dossiers_tell_by_how_much_where_and_the_last_day_to_apologise(
    motcua: Motcua, seat: pytest.MonkeyPatch
) -> None:
    (code,) = motcua.receive(dossier())
    assert motcua("late") == (0, [], [])
    assert [each["code"] for each in motcua("late", "--soon", "3").answers] == [code]
    seat.setattr("app.clock.now", lambda: NOW.replace(day=30))
    late = motcua("late").only
    assert (late["code"], late["due"], late["where"]) == (
        code,
        "2026-11-27T16:30:00+07:00",
        "Một cửa",
    )
    assert (late["late_by"], late["apology_by"]) == ("Quá 1 ngày làm việc", "2026-11-26")


def test_an_appointment_explains_itself_half_day_by_half_day(kept: Motcua) -> None:
    told = kept("due", "1.001022", "--at", "2026-11-23T14:59").only
    assert (told["due"], told["limit"]) == ("2026-11-27T16:30:00+07:00", "03 ngày làm việc")
    assert len(told["why"]) == 10
    holiday = told["why"][2]
    assert (holiday["from"], holiday["counted"]) == ("2026-11-24T07:30:00+07:00", False)
    assert "NQ 28/2026/QH16" in holiday["rule"]
    assert sum(step["counted"] for step in told["why"]) == 6


def test_an_appointment_depends_on_the_case(kept: Motcua) -> None:
    usual, verified = (
        kept("due", "1.001022", "--at", "2026-11-30", "--case", n).only for n in "12"
    )
    assert usual["due"] < verified["due"]


def test_a_deed_tells_the_step_and_the_appointment(motcua: Motcua) -> None:
    (code,) = motcua.receive(dossier())
    told = motcua.deed(code, "hand-over", "--to", "phutrach")
    assert (told["code"], told["status"], told["step"]) == (code, "Đang xử lý", "handed_over")
    assert told["due"] == "2026-11-27T16:30:00+07:00"


@pytest.mark.parametrize("form", ["receipt", "control"])
@pytest.mark.parametrize("paper", ["A4", "A5"])
def test_a_slip_becomes_a_file(motcua: Motcua, tmp_path: Path, form: str, paper: str) -> None:
    (code,) = motcua.receive(dossier())
    file = tmp_path / "phiếu.pdf"
    told = motcua("print", form, code, "-o", str(file), "--paper", paper).only
    assert (told["form"], told["code"], told["file"], told["mark"]) == (form, code, str(file), "")
    assert file.read_bytes().startswith(b"%PDF-")


def test_a_second_print_is_a_reprint(motcua: Motcua, tmp_path: Path) -> None:
    (code,) = motcua.receive(dossier())
    told = [motcua("print", "receipt", code, "--printer", f"PDF:{tmp_path}").only for _ in range(2)]
    assert [each["mark"] for each in told] == ["", "BẢN IN LẠI lần 1"]
    assert len(list(tmp_path.glob("*.pdf"))) == 2


def test_verifying_explains_a_void_number_and_stays_well(motcua: Motcua) -> None:
    (code,) = motcua.receive(dossier())
    motcua.deed(code, "void", "--reason", "nhập trùng")
    told = motcua("verify").only
    assert (told["ok"], told["findings"]) == (True, [f"Số {code} đã hủy."])
    assert told["events"] == 188


def test_a_backup_brings_back_what_was_there_and_keeps_what_came_after(
    motcua: Motcua, tmp_path: Path
) -> None:
    file = str(tmp_path / "sao lưu.motcua")
    before = motcua.receive(dossier())
    assert motcua("backup", file).only["ok"]
    after = motcua.receive(dossier())
    told = motcua("restore", file).only
    assert told["taken_over"] == 1
    assert Path(told["set_aside"]).exists()
    assert {each["code"] for each in motcua("find", "su").answers} == {*before, *after}
    assert motcua("verify").only["ok"]


@pytest.mark.parametrize("mark", [b"", BOM_UTF8])
def test_a_vietnamese_password_comes_through_a_pipe_of_windows(
    motcua: Motcua, seat: pytest.MonkeyPatch, mark: bytes
) -> None:
    password = "mật khẩu của Nga"
    words = ("officer", "add", "ltnga", "Lê Thị Nga", "--roles", "receptionist")
    assert motcua(*words, stdin=mark + password.encode(), page="cp1258").status == 0
    seat.setenv("MOTCUA_PASSPHRASE", password)
    assert motcua.as_("ltnga").receive(dossier())


def test_an_officer_who_was_added_signs_with_a_password_of_their_own(motcua: Motcua) -> None:
    motcua.add("ndtoan", "specialist", "returner")
    (code,) = motcua.receive(dossier())
    told = motcua.as_("ndtoan")(
        "receive", "-", stdin='{"procedure":"1.001022","applicant":{"name":"A"}}'
    )
    assert told.status == 3
    motcua.deed(code, "hand-over", "--to", "ndtoan")
    assert motcua.deed(code, "accept")["step"] == "processing"


@pytest.mark.parametrize("words", [[], ["open"]])
def test_the_window_opens_on_the_data_that_was_named(
    tmp_path: Path, seat: pytest.MonkeyPatch, words: list[str]
) -> None:
    opened = []

    def run(places: Places, _: object) -> int:
        opened.append(places.data)
        return 0

    seat.setattr("app.main.run", run)
    assert main([*words, "--data", str(tmp_path)]) == 0
    assert opened == [tmp_path]


def test_a_second_copy_follows_each_command_and_brings_a_dead_pc_back(
    motcua: Motcua, tmp_path: Path
) -> None:
    stick = tmp_path / "usb"
    stick.mkdir()
    told = motcua("second-copy", "set", str(stick)).only
    assert (told["copied"], told["state"]) == (True, "Đã có bản thứ hai.")
    codes = {*motcua.receive(dossier()), *motcua.receive(dossier())}
    shutil.rmtree(motcua.data)
    assert motcua("restore", "--from-copy", str(stick)).only["findings"] == []
    assert {each["code"] for each in motcua("find", "su").answers} == codes
    assert motcua("verify").only["ok"]


def test_a_command_says_that_the_stick_is_gone_and_is_done(motcua: Motcua, tmp_path: Path) -> None:
    stick = tmp_path / "usb"
    stick.mkdir()
    assert motcua("second-copy", "set", str(stick)).status == 0
    stick.rename(tmp_path / "pulled")
    told = motcua("find", "su")
    assert (told.status, told.errors[0][:20]) == (0, "Chưa có bản thứ hai.")
    assert motcua("second-copy", "status").status == 3
    assert motcua("second-copy", "off").only["state"] == ""
    assert motcua("find", "su").errors == []
