"""`motcua province`: the list, the code that came back, the files, the unit's own boxes."""

import json
from io import BytesIO
from pathlib import Path

import openpyxl

from tests.cli.motcua import Motcua, dossier

THEIRS = "H26.15-261123-0207"
BAD_INPUT = 2


def test_a_dossier_is_listed_until_its_code_came_back(motcua: Motcua) -> None:
    one, two = motcua.receive(dossier(), dossier(name="Lò Văn Ún"))
    assert [row["code"] for row in motcua("province", "list").answers] == [one, two]
    assert motcua("province", "enter", one, THEIRS).only["province_code"] == THEIRS
    (row,) = motcua("province", "list").answers
    assert (row["code"], row["lacks"], row["days"]) == (two, "absent", 0)
    assert motcua("province", "enter", two, THEIRS).status == BAD_INPUT
    assert motcua("show", THEIRS).only["province_code"] == THEIRS


def test_the_day_goes_into_both_files(motcua: Motcua, tmp_path: Path) -> None:
    (code,) = motcua.receive(dossier())
    file, table = tmp_path / "ngày.json", tmp_path / "ngày.xlsx"
    assert motcua("province", "export", "-o", str(file)).only["dossiers"] == 1
    (message, steps) = json.loads(file.read_text(encoding="utf-8"))
    assert message["data"][0]["MaHoSo"] == steps["data"][0]["MaHoSo"] == code
    motcua("province", "export", "--pending", "-o", str(table))
    tab = openpyxl.load_workbook(BytesIO(table.read_bytes())).worksheets[0]
    assert code in [row[1] for row in tab.values if len(row) > 1]


def test_the_unit_reads_its_own_boxes_from_a_file(motcua: Motcua, tmp_path: Path) -> None:
    (code,) = motcua.receive(dossier())
    file = tmp_path / "trường.txt"
    assert not motcua("province", "fields", "-o", str(file)).only["own"]
    file.write_text("Họ tên | ChuHoSo\n", encoding="utf-8")
    assert motcua("province", "fields", "--read", str(file)).only["own"]
    (box,) = motcua("province", "show", code).only["boxes"]
    assert box["label"] == "Họ tên"


def test_what_makes_no_file_or_no_box_is_said(kept: Motcua, tmp_path: Path) -> None:
    file = tmp_path / "trường.txt"
    file.write_text("Họ tên | Ten\n", encoding="utf-8")
    for words, sentence in (
        (("export",), ".json hoặc .xlsx"),
        (("fields", "--read", str(file)), "Dòng 1"),
        (("fields", "--read", str(tmp_path)), "Không đọc được"),
        (("enter",), "Thiếu mã"),
    ):
        told = kept("province", *words)
        assert (told.status, sentence in told.errors[0]) == (BAD_INPUT, True), told.errors
