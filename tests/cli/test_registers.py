from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from tests.cli.motcua import Motcua, dossier
from tests.printing import reading

YEAR = ("--from", "2026-01-01", "--to", "2026-12-31")
BAD_INPUT, REFUSED = 2, 3


def test_the_register_goes_into_a_pdf(motcua: Motcua, tmp_path: Path) -> None:
    codes = motcua.receive(dossier(), dossier(name="Lò Văn Ún"))
    file = tmp_path / "sổ.pdf"
    told = motcua("register", *YEAR, "-o", str(file)).only
    assert told == {"file": str(file), "rows": 2, "books": ["Hộ tịch 2026-01"]}
    page = reading.text(file.read_bytes())
    assert all(code in page for code in codes)
    assert "Lò Văn Ún" in page


def test_the_register_goes_into_a_workbook(motcua: Motcua, tmp_path: Path) -> None:
    (code,) = motcua.receive(dossier())
    file = tmp_path / "sổ.xlsx"
    motcua("register", *YEAR, "-o", str(file), "--group", "Hộ tịch")
    tab = openpyxl.load_workbook(BytesIO(file.read_bytes())).worksheets[0]
    assert code in [row[1] for row in tab.values if len(row) > 1]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--from", "2026-01-01", "--to", "2026-12-31", "-o", "sổ.docx"), ".pdf hoặc .xlsx"),
        (("--from", "2026-12-31", "--to", "2026-01-01", "-o", "sổ.pdf"), "trước ngày đầu"),
        (("--from", "31/12/2026", "--to", "2026-01-01", "-o", "sổ.pdf"), "không phải ngày"),
        (("--from", "2026-01-01", "--to", "2026-01-01", "-o", "s.pdf", "--group", "Thơ"), "Thơ"),
        (("--from", "2026-01-01", "-o", "sổ.pdf"), "--to"),
    ],
)
def test_what_cannot_be_a_register_is_said(
    kept: Motcua, words: tuple[str, ...], sentence: str
) -> None:
    told = kept("register", *words)
    assert told.status == BAD_INPUT
    assert sentence in told.errors[0]


def test_a_place_that_cannot_be_written_is_wrong_input_as_for_every_paper(kept: Motcua) -> None:
    told = kept("register", *YEAR, "-o", "không-có/sổ.pdf")
    assert told.status == BAD_INPUT
    assert "Không ghi được tệp" in told.errors[0]


def test_a_list_is_printed_by_code_and_by_number(motcua: Motcua, tmp_path: Path) -> None:
    (code,) = motcua.receive(dossier())
    motcua.deed(code, "hand-over", "--to", "phutrach")
    for key in (code, "1-0001"):
        file = tmp_path / f"{key}.pdf"
        motcua("print", "hand-over-list", key, "-o", str(file)).only  # noqa: B018
        assert code in reading.text(file.read_bytes())


@pytest.mark.parametrize(
    "form", ["morning-sheet", "end-of-day", "results-hand-over", "board-officers"]
)
def test_a_sheet_of_the_day_needs_no_code(kept: Motcua, tmp_path: Path, form: str) -> None:
    file = tmp_path / "tờ.pdf"
    told = kept("print", form, "-o", str(file)).only
    assert (told["form"], told["file"]) == (form, str(file))
    assert reading.text(file.read_bytes())


def test_a_sheet_of_another_day_is_asked_for_by_day(kept: Motcua, tmp_path: Path) -> None:
    file = tmp_path / "cuối ngày.pdf"
    kept("print", "end-of-day", "--day", "2026-11-20", "-o", str(file))
    assert "ngày 20 tháng 11 năm 2026" in reading.text(file.read_bytes())


def test_a_sheet_goes_to_a_folder_as_to_a_printer(kept: Motcua, tmp_path: Path) -> None:
    assert kept("print", "morning-sheet", "--printer", f"PDF:{tmp_path}").status == 0
    assert len(list(tmp_path.glob("morning-sheet*.pdf"))) == 1


@pytest.mark.parametrize(
    ("words", "status", "sentence"),
    [
        ("print way", BAD_INPUT, "đúng một mã hồ sơ"),
        ("print hand-over-list 1-0009", BAD_INPUT, "Không có danh sách bàn giao số 1-0009"),
        ("print board-procedures Thơ", BAD_INPUT, "chưa có lĩnh vực này"),
        ("print qr-cards", REFUSED, "địa chỉ tra cứu"),
        ("print board-officers --paper A3 --printer Laser", BAD_INPUT, "A3"),
        ("fee-receipt give H26.15.3-261123-0001", REFUSED, "chưa nộp phí"),
        ("fee-receipt spoil --sign AA --number 1", BAD_INPUT, "Không có quyển biên lai AA"),
    ],
)
def test_a_sheet_that_cannot_be_is_refused_in_words(
    kept: Motcua, words: str, status: int, sentence: str
) -> None:
    told = kept(*words.split())
    assert told.status == status
    assert sentence in told.errors[0]


def test_what_is_lacking_is_a_line_each(motcua: Motcua) -> None:
    (code,) = motcua.receive(dossier())
    motcua.deed(code, "hand-over", "--to", "phutrach")
    (each,) = motcua("incomplete").answers
    assert (each["code"], each["what"]) == (code, "Bàn giao chưa có người nhận ký")
    assert set(each) == {"code", "what", "applicant", "since", "officer"}


def test_receipts_are_given_spoiled_and_accounted_for(motcua: Motcua) -> None:
    (code,) = motcua.receive(dossier())
    motcua.deed(code, "paid", "--amount", "15000")
    book = ("--sign", "AA-26P", "--form", "01BLP", "--first", "1", "--last", "50")
    assert motcua("fee-receipt", "book", *book).only["left"] == 50
    assert motcua("fee-receipt", "give", code).only["number"] == "0000001"
    motcua("fee-receipt", "lost", "--sign", "AA-26P", "--number", "2")
    account = motcua("fee-receipt", "accounts").only
    assert [account[name] for name in ("used", "spoiled", "lost", "left", "next")] == [
        1, 0, 1, 48, 3,
    ]  # fmt: skip


def test_the_statutory_report_goes_into_a_file_and_says_its_sums(
    motcua: Motcua, tmp_path: Path
) -> None:
    motcua.receive(dossier(), dossier(name="Lò Văn Ún"))
    file = tmp_path / "báo cáo.pdf"
    told = motcua("report", "ii06a", *YEAR, "-o", str(file)).only
    (field,) = told["fields"]
    assert (field["field"], field["taken_on"], told["total"]["taken_on"]) == ("Hộ tịch", 2, 2)
    assert "II.06a/VPCP/KSTT" in reading.text(file.read_bytes())


def test_the_help_desks_report_goes_into_both_kinds_of_file(kept: Motcua, tmp_path: Path) -> None:
    for kind in ("pdf", "xlsx"):
        file = tmp_path / f"trợ giúp.{kind}"
        told = kept("report", "help-desk", *YEAR, "-o", str(file)).only
        assert told["helped"][0]["times"] == 0
        assert file.stat().st_size > 1000
