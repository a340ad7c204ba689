"""Every paper from the command line, with a dossier or without one."""

import errno
from pathlib import Path

import pytest

from app.desk.papers.forms import FORMS
from app.files import why
from app.printing.forms import forms
from tests.cli.motcua import Motcua, dossier
from tests.printing import reading

WHY = ("--reason", "theo đề nghị của công dân")
GIVEN = (("hand-over", "--to", "phutrach"), ("accept",))
LIVES = {
    "supplement": (*GIVEN, ("request-supplement", *WHY, "--item", "Giấy chứng sinh bản chính")),
    "refusal": (*GIVEN, ("refuse", *WHY)),
    "apology": (*GIVEN, ("apologise", *WHY, "--due", "2026-12-04T16:30")),
    "stop": (*GIVEN, ("stop", *WHY)),
    "change-case": (*GIVEN, ("change-case", "--case", "2", *WHY)),
    "fee-receipt": (("paid", "--amount", "8000", "--method", "cash"),),
    "forward": (*GIVEN, ("forward", "--to", "Chi cục Thuế")),
    "result-receipt": (*GIVEN, ("resolve",), ("return", "--collector", "Lý A Sử")),
}


@pytest.mark.parametrize("form", FORMS)
def test_every_paper_of_a_dossier_prints(motcua: Motcua, tmp_path: Path, form: str) -> None:
    book = ("--sign", "AA-26P", "--form", "01BLP", "--first", "1", "--last", "9")
    assert motcua("fee-receipt", "book", *book).status == 0
    (code,) = motcua.receive(dossier(channel="post"))
    for deed in LIVES.get(form, ()):
        motcua.deed(code, *deed)
    file = tmp_path / "giấy.pdf"
    told = motcua("print", form, code, "-o", str(file)).only
    assert (told["code"], told["mark"]) == (code, "")
    assert (code in reading.text(file.read_bytes())) is (form != "opinion")


@pytest.mark.parametrize("profile", ["tt-03-2025", "tt-01-2018"])
def test_every_form_shows_itself_without_a_dossier(
    motcua: Motcua, tmp_path: Path, profile: str
) -> None:
    for form in forms.names(profile):
        file = tmp_path / f"{form}.pdf"
        assert motcua("print", form, "--sample", "--profile", profile, "-o", str(file)).status == 0
        title, page = forms.load(form, profile).title, reading.text(file.read_bytes())
        assert reading.unspaced(title) in reading.unspaced(page)


def test_a_variant_is_shown_by_its_name(motcua: Motcua, tmp_path: Path) -> None:
    file = tmp_path / "mẫu.pdf"
    assert motcua("print", "receipt", "--sample", "chung-thuc", "-o", str(file)).status == 0
    assert "Số bản giấy" in reading.text(file.read_bytes())
    told = motcua("print", "receipt", "--sample", "gi-do")
    assert (told.status, "uy-quyen" in told.errors[0]) == (2, True)


def test_several_dossiers_of_one_person_share_a_receipt(motcua: Motcua, tmp_path: Path) -> None:
    codes = motcua.receive(*[dossier()] * 3)
    file = tmp_path / "phiếu.pdf"
    assert motcua("print", "receipt", *codes, codes[0], "-o", str(file)).status == 0
    page = reading.text(file.read_bytes())
    assert "Số lượng hồ sơ: 03 (kèm theo danh sách)" in page
    assert all(code in page for code in codes)
    assert [motcua("show", code).only["prints"] for code in codes] == [{"receipt": 1}] * 3


@pytest.mark.parametrize(
    ("received", "label"),
    [
        ("2025-06-02T08:00+07:00", "Số CMND/Thẻ căn cước/Hộ chiếu:"),
        ("2026-11-20T08:00+07:00", "Số định danh cá nhân/tổ chức:"),
    ],
)
def test_a_dossier_prints_with_the_forms_of_the_law_it_was_received_under(
    motcua: Motcua, tmp_path: Path, received: str, label: str
) -> None:
    (code,) = motcua.receive(dossier(received=received))
    file = tmp_path / "phiếu.pdf"
    assert motcua("print", "receipt", code, "-o", str(file)).status == 0
    assert label in reading.text(file.read_bytes())


def test_a_law_without_such_a_form_says_so(motcua: Motcua) -> None:
    (code,) = motcua.receive(dossier(received="2025-06-02T08:00+07:00"))
    told = motcua("print", "stop", code)
    assert (told.status, "không có thông báo dừng" in told.errors[0]) == (3, True)


def test_what_the_data_folder_says_is_printed(motcua: Motcua, tmp_path: Path) -> None:
    (code,) = motcua.receive(dossier())
    own = motcua.data / "forms" / "tt-03-2025" / "receipt.toml"
    own.parent.mkdir(parents=True)
    own.write_text('footer = ["Mở cửa cả sáng thứ Bảy"]', "utf-8")
    file = tmp_path / "phiếu.pdf"
    assert motcua("print", "receipt", code, "-o", str(file)).status == 0
    assert "Mở cửa cả sáng thứ Bảy" in reading.text(file.read_bytes())


def test_rows_written_by_hand_are_keyed_later_and_say_so(motcua: Motcua, tmp_path: Path) -> None:
    motcua.add("hung", "specialist", name="Trần Văn Hùng")
    motcua.add("nga", "receptionist", name="Lê Thị Nga")
    (code,) = motcua.receive(dossier(received="2026-11-20T08:00+07:00"))
    motcua.deed(code, "hand-over", "--to", "hung", "--at", "2026-11-20T08:20+07:00", "--by", "nga")
    words = ("--at", "2026-11-20T08:40+07:00", "--by", "hung", "--note", "Đúng hạn")
    motcua.deed(code, "accept", *words)
    file = tmp_path / "phiếu.pdf"
    assert motcua("print", "control", code, "-o", str(file)).status == 0
    page = reading.text(file.read_bytes())
    assert "08 giờ 20 phút, ngày 20/11/2026" in page
    assert all(words in page for words in ("Lê Thị Nga", "Trần Văn Hùng", "Đúng hạn"))
    assert "nhập lại lúc" in page


@pytest.mark.parametrize("outcome", ["guidance", "supplement", "refusal"])
def test_who_left_without_a_code_takes_a_paper_along(
    motcua: Motcua, tmp_path: Path, outcome: str
) -> None:
    words = ("--reason", "thiếu giấy chứng sinh", "--name", "Lý A Sử", "--item", "Giấy chứng sinh")
    left = motcua("leave", outcome, "1.001193", *words).only
    file = tmp_path / "phiếu.pdf"
    told = motcua("print", outcome, left["visit"], "-o", str(file)).only
    page = reading.text(file.read_bytes())
    assert all(words in page for words in ("Lý A Sử", "thiếu giấy chứng sinh"))
    assert (told["mark"], left["number"]) == ("", "" if outcome == "guidance" else "1-0001")
    assert motcua("verify").only["ok"]


def test_a_visit_without_words_is_not_recorded(motcua: Motcua) -> None:
    told = motcua("leave", "refusal", "1.001193")
    assert (told.status, "lý do" in told.errors[0]) == (2, True)


def test_a_visit_that_is_not_there_is_told(motcua: Motcua) -> None:
    told = motcua("print", "refusal", f"{'0' * 32}.{'0' * 16}.7")
    assert (told.status, "chưa về đủ từ máy khác" in told.errors[0]) == (3, True)


def test_the_minutes_of_the_post_list_all_it_shall_take(motcua: Motcua, tmp_path: Path) -> None:
    file = tmp_path / "biên bản.pdf"
    assert motcua("print", "post-minutes", "-o", str(file)).status == 3
    given = {"name": "Lý A Sử", "phone": "0912345678", "address": "Thôn Đồng Tâm"}
    for code in motcua.receive(*[{**dossier(), "post": given}] * 2):
        for deed in (("hand-over", "--to", "phutrach"), ("accept",), ("resolve",)):
            motcua.deed(code, *deed)
    assert motcua("print", "post-minutes", "-o", str(file)).status == 0
    assert file.stat().st_size > 1000


@pytest.mark.parametrize(("number", "status"), [(errno.ENOSPC, 3), (errno.EACCES, 2)])
def test_a_file_that_takes_no_paper_is_told_with_its_reason_and_the_print_goes_again(
    motcua: Motcua, tmp_path: Path, seat: pytest.MonkeyPatch, number: int, status: int
) -> None:
    (code,) = motcua.receive(dossier())

    def fail(_: Path, __: bytes) -> None:
        raise OSError(number, "as the system says it")

    with seat.context() as failing:
        failing.setattr("app.printing.named_file.put_durably", fail)
        told = motcua("print", "receipt", code, "-o", str(tmp_path / "phiếu.pdf"))
    assert (told.status, told.answers, len(told.errors)) == (status, [], 1)
    assert why(OSError(number, "")) in told.errors[0]
    again = motcua("print", "receipt", code, "-o", str(tmp_path / "phiếu.pdf")).only
    assert again["mark"] == ""
