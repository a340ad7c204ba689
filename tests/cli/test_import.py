"""What comes in from files: wrong rows are listed, the others go in."""

import json
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from app.desk.intake.intake import Intake
from app.store.database.database import StorageFailed
from tests.cli.motcua import NOW, Motcua

HEADING = "code,name,field,time_limit_value,time_limit_unit,article,confirmed"
DAYS = "date,kind,name,source,confirmed"


def csv(folder: Path, *lines: str) -> str:
    file = folder / "bảng.csv"
    file.write_text("\n".join(lines), encoding="utf-8-sig")
    return str(file)


def xlsx(folder: Path, *rows: tuple[object, ...]) -> str:
    book = Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    book.save(folder / "bảng.xlsx")
    return str(folder / "bảng.xlsx")


def test_a_catalogue_goes_in_but_for_its_wrong_rows(motcua: Motcua, tmp_path: Path) -> None:
    file = csv(
        tmp_path, HEADING,
        "9.000001,Thủ tục mới,Hộ tịch,4,working_day,QĐ 1/QĐ-UBND,yes",
        "9.00,Mã thiếu số,Hộ tịch,4,working_day,,yes",
        "9.000002,Thời hạn lạ,Hộ tịch,4,moon,,yes",
        "",
    )  # fmt: skip
    told = motcua("import", "catalogue", file).only
    assert told["imported"] == 1
    assert [wrong["line"] for wrong in told["refused"]] == [3, 4]
    assert all(wrong["reason"] for wrong in told["refused"])
    assert motcua("due", "9.000001", "--at", "2026-11-23T08:00").only["due"][:10] == "2026-11-30"


def test_cases_and_fees_may_come_beside_the_procedures(motcua: Motcua, tmp_path: Path) -> None:
    (tmp_path / "cases").mkdir()
    cases = csv(tmp_path / "cases", "code,case_no,case_vi,limit_value,limit_unit,confirmed",
                "9.000001,2,Phải xác minh,9,working_day,yes")  # fmt: skip
    file = csv(tmp_path, HEADING, "9.000001,Thủ tục mới,Hộ tịch,4,working_day,,yes")
    assert motcua("import", "catalogue", file, "--cases", cases).only["imported"] == 1
    told = motcua("due", "9.000001", "--at", "2026-11-23T08:00", "--case", "2").only
    assert told["limit"] == "09 ngày làm việc"


def test_a_spreadsheet_keeps_the_codes_it_took_for_numbers(motcua: Motcua, tmp_path: Path) -> None:
    file = xlsx(tmp_path, tuple(HEADING.split(",")),
                (9.00063, "Thủ tục mới", "Hộ tịch", 4, "working_day", None, "yes"))  # fmt: skip
    assert motcua("import", "catalogue", file).only == {"imported": 1, "refused": []}
    assert motcua("due", "9.000630", "--at", "2026-11-23T08:00").status == 0


def test_a_new_holiday_moves_the_next_appointment(motcua: Motcua, tmp_path: Path) -> None:
    file = csv(
        tmp_path, DAYS,
        "2026-11-26,local_off,Nghỉ bão,Công điện 1,yes",
        "2099-01-01,holiday,Xa quá,,yes",
        "26/11/2026,holiday,Sai dạng ngày,,yes",
        "2026-11-27,party,Không phải loại nào,,yes",
    )  # fmt: skip
    told = motcua("import", "holidays", file).only
    assert (told["imported"], [wrong["line"] for wrong in told["refused"]]) == (1, [3, 4, 5])
    assert motcua("due", "1.001022", "--at", "2026-11-23T08:00").only["due"][:10] == "2026-11-30"


def test_the_same_again_writes_nothing(motcua: Motcua, tmp_path: Path) -> None:
    file = csv(tmp_path, DAYS, "2026-11-26,local_off,Nghỉ bão,Công điện 1,yes")
    motcua("import", "holidays", file)
    before = motcua("verify").only["events"]
    assert motcua("import", "holidays", file).only["imported"] == 1
    assert motcua("verify").only["events"] == before


def test_dossiers_come_from_a_table(motcua: Motcua, tmp_path: Path) -> None:
    file = csv(
        tmp_path, "procedure,name,id_number,phone,received,case,code",
        "1.001022,Nguyễn Thị Ánh,000187000001,0900000001,2026-11-20T09:00,1,",
        "1.001022,Nguyễn Văn Ước,123,,,,",
        "1.001022,Có mã cũ,,,,,H26.15.3-251120-0001",
        "1.001022,Lý A Sử,,,,2,",
    )  # fmt: skip
    told = motcua("import", "dossiers", file).only
    assert (told["imported"], [wrong["line"] for wrong in told["refused"]]) == (2, [3, 4])
    found = motcua("find", "anh").only
    assert (found["received"][:10], found["due"][:10]) == ("2026-11-20", "2026-11-26")


def test_a_spreadsheet_gives_back_the_zeros_it_took_from_numbers(
    motcua: Motcua, tmp_path: Path
) -> None:
    file = xlsx(
        tmp_path, ("procedure", "name", "id_number", "phone"),
        ("1.001022", "Nguyễn Thị Ánh", 1185012345, 912345678),
        ("1.001022", "Lê Thị Bốn", 1185012345.0, None),
        ("1.001022", "Lý A Sử", 1985012345, None),
        ("1.001022", "Lê Văn Bình", "001185000012", 12345678),
    )  # fmt: skip
    told = motcua("import", "dossiers", file).only
    assert (told["imported"], [wrong["line"] for wrong in told["refused"]]) == (2, [4, 5])
    (anh,) = motcua("find", "anh").answers
    applicant = motcua("show", anh["code"]).only["applicant"]
    assert (applicant["id_number"], applicant["phone"]) == ("001185012345", "0912345678")


def test_a_spreadsheets_dates_are_read_as_the_days_they_are(motcua: Motcua, tmp_path: Path) -> None:
    file = xlsx(
        tmp_path, ("procedure", "name", "born", "received"),
        ("1.001022", "Nguyễn Thị Ánh", date(1985, 3, 12), NOW.replace(day=20, tzinfo=None)),
        ("1.001022", "Lê Thị Ánh", date(1985, 3, 12), date(2026, 11, 20)),
    )  # fmt: skip
    assert motcua("import", "dossiers", file).only == {"imported": 2, "refused": []}
    found = motcua("find", "anh").answers
    assert {one["received"][:16] for one in found} == {"2026-11-20T08:00", "2026-11-20T00:00"}
    born = {motcua("show", one["code"]).only["applicant"]["born"] for one in found}
    assert born == {"1985-03-12"}


def test_a_spreadsheets_holidays_are_days(motcua: Motcua, tmp_path: Path) -> None:
    file = xlsx(tmp_path, tuple(DAYS.split(",")),
                (date(2026, 11, 26), "local_off", "Nghỉ bão", "Công điện 1", "yes"))  # fmt: skip
    assert motcua("import", "holidays", file).only == {"imported": 1, "refused": []}


def test_a_person_becomes_no_tax_payer_for_want_of_zeros(kept: Motcua, tmp_path: Path) -> None:
    told = kept("import", "dossiers", csv(tmp_path, "procedure,name,id_number",
                                          "1.001022,Nguyễn Thị Ánh,1185012345"))  # fmt: skip
    (wrong,) = told.answers[0]["refused"]
    assert (told.status, wrong["line"]) == (2, 2)
    assert "có 10 chữ số, số định danh có 12" in wrong["reason"]


def test_a_row_that_a_rule_refuses_stays_out_alone(motcua: Motcua, tmp_path: Path) -> None:
    motcua.add("toan", "specialist")
    file = csv(tmp_path, "procedure,name,officer", "1.001022,Lý A Sử,",
               "1.001022,Lê Văn Bình,toan", "1.001022,Nguyễn Thị Ánh,")  # fmt: skip
    told = motcua("import", "dossiers", file).only
    assert (told["imported"], [wrong["line"] for wrong in told["refused"]]) == (2, [3])


def test_whoever_may_not_receive_is_told_so_and_not_to_mend_the_file(
    motcua: Motcua, tmp_path: Path
) -> None:
    motcua.add("toan", "specialist")
    file = csv(tmp_path, "procedure,name", "1.001022,Lý A Sử")
    told = motcua.as_("toan")("import", "dossiers", file)
    assert (told.status, told.answers[0]["imported"], len(told.errors)) == (3, 0, 1)
    assert "Hãy sửa tệp" not in told.errors[0]


def test_a_full_disk_is_no_fault_of_a_row(
    kept: Motcua, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise StorageFailed("Ổ đĩa đã đầy.")

    monkeypatch.setattr(Intake, "receive", full)
    told = kept("import", "dossiers", csv(tmp_path, "procedure,name", "1.001022,Lý A Sử"))
    assert (told.status, told.answers, told.errors) == (3, [], ["Ổ đĩa đã đầy."])


def test_a_table_from_elsewhere_is_told_at_once_all_that_it_lacks(
    kept: Motcua, tmp_path: Path
) -> None:
    told = kept("import", "dossiers", csv(tmp_path, "MaTTHC,ChuHoSo", "1.001022,Lý A Sử"))
    (wrong,) = told.answers[0]["refused"]
    assert (told.status, wrong["line"]) == (2, 2)
    assert "Thiếu “procedure”, “name”" in wrong["reason"]


def test_dossiers_come_from_lines_of_json(motcua: Motcua, tmp_path: Path) -> None:
    file = tmp_path / "hồ sơ.json"
    file.write_text(
        '{"procedure":"1.001022","applicant":{"name":"Lý A Sử"}}\nkhông\n', encoding="utf-8"
    )
    told = motcua("import", "dossiers", str(file)).only
    assert (told["imported"], [wrong["line"] for wrong in told["refused"]]) == (1, [2])


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("rỗng.csv", b""),
        ("mã lạ.csv", b"\xff\xfe\x00"),
        ("ô dài.csv", b'date,kind\n"' + b"a" * 200_000),
        ("giả.xlsx", b"PK\x03\x04 not a workbook"),
    ],
)
def test_a_file_that_is_none_is_told(
    kept: Motcua, tmp_path: Path, name: str, content: bytes
) -> None:
    (tmp_path / name).write_bytes(content)
    told = kept("import", "holidays", str(tmp_path / name))
    assert (told.status, told.answers, len(told.errors)) == (2, [], 1)


def test_when_no_row_goes_in_the_file_is_at_fault(kept: Motcua, tmp_path: Path) -> None:
    told = kept("import", "holidays", csv(tmp_path, DAYS, "mai,holiday,,,yes"))
    assert (told.status, told.answers[0]["imported"]) == (2, 0)
    assert "Không dòng nào" in told.errors[0]


def test_only_an_administrator_changes_the_catalogue(motcua: Motcua, tmp_path: Path) -> None:
    motcua.add("ltnga", "receptionist")
    told = motcua.as_("ltnga")("import", "holidays", csv(tmp_path, DAYS))
    assert (told.status, told.answers) == (3, [])


# --- online dossiers ----------------------------------------------------------------------------

ONLINE = {
    "MaHoSo": "H26.15-261120-0042", "MaTTHC": "1.001022", "ChuHoSo": "Nguyễn Thị Ánh",
    "SoGiayToChuHoSo": "001185000012", "TrangThaiHoSo": "1", "NgayNopHoSo": "20261120150000",
}  # fmt: skip


def brought_online(motcua: Motcua, folder: Path) -> str:
    file = folder / "online.json"
    file.write_text(json.dumps(ONLINE), encoding="utf-8")
    assert motcua("import", "online", str(file)).only["imported"] == 1
    assert motcua("import", "online", str(file)).only["known"] == 1
    return ONLINE["MaHoSo"]


def test_an_online_dossier_waits_and_is_taken_in_under_both_codes(
    motcua: Motcua, tmp_path: Path
) -> None:
    code = brought_online(motcua, tmp_path)
    waiting = motcua("online").only
    assert (waiting["code"], waiting["applicant"], waiting["status_code"]) == (
        code, "Nguyễn Thị Ánh", 1,
    )  # fmt: skip
    ours = motcua("online", code, "--receive").only["code"]
    assert motcua("show", code).only["code"] == ours
    assert motcua("online").answers == []


def test_an_online_dossier_is_answered_with_a_reason(motcua: Motcua, tmp_path: Path) -> None:
    code = brought_online(motcua, tmp_path)
    assert motcua("online", code, "--answer", "supplement").status == 2
    told = motcua("online", code, "--answer", "supplement", "--reason", "thiếu tờ khai").only
    assert (told["online"], told["number"]) == (code, "1-0001")
    assert motcua("online", code, "--receive").status == 2
