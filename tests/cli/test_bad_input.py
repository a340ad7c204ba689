"""Whatever is wrong gets an exit status and one Vietnamese sentence, and nothing is lost or written."""

import json
from pathlib import Path

import pytest

from tests.cli.motcua import PASSPHRASE, UNIT, Motcua, Told, dossier

BAD_INPUT, REFUSED, OTHER_SIDE = 2, 3, 4
MEGABYTE = 2**20


def assert_told(told: Told, status: int, sentence: str) -> None:
    """One sentence, in words a Vietnamese officer reads, and no answer."""
    assert told.status == status, told
    (said,) = told.errors
    assert sentence in said
    assert said.endswith(".") or "--help" in said
    assert told.answers == []


def events(counter: Motcua) -> int:
    told = counter("verify").only
    assert told["ok"]
    return int(told["events"])


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        (dossier(procedure="9.999999"), "Không có thủ tục 9.999999"),
        (dossier(procedure=""), "Không có thủ tục"),
        (dossier(case=9), "không có trường hợp 9"),
        (dossier(procedure="2.001263"), "chưa có thời hạn"),
        (dossier(applicant={"name": "A", "id_number": "00118701234"}), "12 chữ số; đang có 11"),
        (dossier(name="Nguyễn\u0007Văn Ước"), "ký tự ẩn (U+0007)"),
        (dossier(name="Nguyễn\u202eVăn Ước"), "ký tự ẩn (U+202E)"),
        (dossier(name="\ud800"), "không phải JSON"),
        (dossier(name="   "), "Chưa có họ tên"),
        (dossier(name="Ư" * 130), "Rút gọn"),
        (dossier(applicant={"name": "A", "born": "31/12/2099"}), "từ năm 1900 đến hôm nay"),
        (dossier(applicant={"name": "A", "born": "30/02/1990"}), "không có thật"),
        (dossier(applicant={"name": "A", "phone": "gọi sau"}), "Số điện thoại"),
        (dossier(applicant={"name": 7}), "“applicant.name”"),
        (dossier(applicant={}), "Thiếu “applicant.name”"),
        ({"procedure": "1.001022"}, "Thiếu “applicant”"),
        (dossier(documents=[{"name": "Đơn", "copies": -1}]), "“documents[0].copies”"),
        (dossier(documents=[{"name": "Đơn\u200b"}]), "ký tự ẩn"),
        (dossier(channel="fax"), "“channel”"),
        (dossier(code="H26.15.3-251120-0001"), "Hãy bỏ khóa “code”"),
        (dossier(officer="ai_do"), "Không có cán bộ “ai_do”"),
        (dossier(received="2099-01-01T08:00"), "nằm ở tương lai"),
        (dossier(received="1850-01-01T08:00"), "trước năm 2000"),
        (dossier(received="hôm qua"), "không phải thời điểm"),
        ([1, 2], "không phải một hồ sơ"),
    ],
)  # fmt: skip
def test_a_wrong_line_is_named_and_stays_out(kept: Motcua, line: object, sentence: str) -> None:
    before = events(kept)
    told = kept("receive", "-", stdin=f"\n{json.dumps(line)}\n")
    assert_told(told, BAD_INPUT, sentence)
    assert told.errors[0].startswith("Dòng 2: ")
    assert events(kept) == before


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        (b"{", "không phải JSON"),
        (b'{"procedure":"1.001022","applicant":{"name":"\xff\xfe"}}', "không phải JSON"),
        (b'{"deep":' + b"[" * 100_000, "Không có khóa “deep”"),
        (
            b'{"procedure":"1.001022","applicant":{"name":"' + b"a" * 10 * MEGABYTE + b'"}}',
            "256 KiB",
        ),
    ],
    ids=["cut off", "not UTF-8", "without an end", "a paste of 10 MB"],
)
def test_what_is_no_dossier_at_all_stays_out(kept: Motcua, line: bytes, sentence: str) -> None:
    before = events(kept)
    assert_told(kept("receive", "-", stdin=line), BAD_INPUT, sentence)
    assert events(kept) == before


def test_the_other_lines_go_in(motcua: Motcua) -> None:
    lines = (dossier(), dossier(procedure="9.999999"), dossier())
    told = motcua("receive", "-", stdin="\n".join(map(json.dumps, lines)))
    assert (told.status, len(told.answers), len(told.errors)) == (BAD_INPUT, 2, 1)
    assert len(motcua("find", "su").answers) == 2


@pytest.mark.parametrize(
    ("words", "status", "sentence"),
    [
        ("receive không-có.jsonl", BAD_INPUT, "Không đọc được tệp"),
        ("show H26.15.3-261123-9999", BAD_INPUT, "Không thấy hồ sơ"),
        ("deed H26.15.3-261123-9999 accept", BAD_INPUT, "Không thấy hồ sơ"),
        ("deed CODE hand-over", BAD_INPUT, "Chưa chọn người nhận"),
        ("deed CODE hand-over --to phutrach --at 2099-01-01T08:00", BAD_INPUT, "ở tương lai"),
        ("deed CODE hand-over --to phutrach --at 2020-01-01T08:00", BAD_INPUT, "trước khi hồ sơ"),
        ("deed CODE hand-over --to phutrach --by ai_do", BAD_INPUT, "Không có cán bộ"),
        ("deed CODE void", BAD_INPUT, "phải ghi rõ lý do"),
        ("deed CODE correct --reason sai", BAD_INPUT, "Chưa có gì thay đổi"),
        ("deed CODE correct --reason sai --id-number 123", BAD_INPUT, "12 chữ số"),
        ("deed CODE accept", REFUSED, "chưa thể “Nhận bàn giao”"),
        ("deed CODE undo --reason nhầm", REFUSED, "Hủy số"),
        ("due 9.999999 --at 2026-11-23", BAD_INPUT, "Không có thủ tục"),
        ("due 1.001022 --at 2099-01-01", BAD_INPUT, "Chưa có lịch nghỉ của năm 2099"),
        ("due 1.001022 --at 2026-11-23 --case 9", BAD_INPUT, "không có trường hợp 9"),
        ("due 2.001263 --at 2026-11-23", BAD_INPUT, "chưa có thời hạn"),
        ("find su --limit 0", BAD_INPUT, "--limit phải là số từ 1"),
        ("late --soon -1", BAD_INPUT, "--soon"),
        ("late --soon 999999999999", BAD_INPUT, "--soon"),
        ("apologies --ahead 3000000", BAD_INPUT, "--ahead"),
        ("print supplement CODE", REFUSED, "chưa được yêu cầu bổ sung"),
        ("print receipt", BAD_INPUT, "--sample"),
        ("print poem CODE", BAD_INPUT, "Chưa có mẫu “poem”"),
        ("print receipt CODE --paper K80", BAD_INPUT, "K80"),
        ("print receipt CODE -o không-có/phiếu.pdf", BAD_INPUT, "Không có thư mục"),
        ("backup không-có/sao.motcua", BAD_INPUT, "Không có thư mục"),
        ("restore không-có.motcua", BAD_INPUT, "Không thấy tệp"),
        ("import holidays không-có.csv", BAD_INPUT, "Không đọc được tệp"),
        ("officer add ltnga Nga --roles clerk", BAD_INPUT, "stdin"),
        ("officer add lê-nga Nga --roles clerk", BAD_INPUT, "Tên đăng nhập"),
        ("enrol http://127.0.0.1:9", BAD_INPUT, "Chưa có mã ghi danh"),
        ("sync", REFUSED, "chưa ghi danh"),
    ],
)  # fmt: skip
def test_a_wrong_command_changes_nothing(
    kept: Motcua, code: str, words: str, status: int, sentence: str
) -> None:
    before = events(kept)
    assert_told(kept(*words.replace("CODE", code).split()), status, sentence)
    assert events(kept) == before


def test_ten_megabytes_are_no_query(kept: Motcua) -> None:
    assert_told(kept("find", "a" * 10 * MEGABYTE), BAD_INPUT, "quá 200 ký tự")


@pytest.mark.parametrize(
    ("variable", "value", "sentence"),
    [
        ("MOTCUA_PASSPHRASE", "không phải", "Mật khẩu không đúng"),
        ("MOTCUA_PASSPHRASE", "", "Chưa có mật khẩu"),
        ("MOTCUA_OFFICER", "ai_do", "Không có cán bộ “ai_do”"),
    ],
)
def test_without_the_right_secret_nothing_opens(
    kept: Motcua, seat: pytest.MonkeyPatch, variable: str, value: str, sentence: str
) -> None:
    seat.setenv(variable, value)
    assert_told(kept("find", "su"), BAD_INPUT, sentence)


def test_where_no_counter_is_a_command_says_how_to_make_one(
    tmp_path: Path, seat: pytest.MonkeyPatch
) -> None:
    assert_told(Motcua(tmp_path / "trống", seat)("find", "su"), BAD_INPUT, "motcua init")
    assert not (tmp_path / "trống").exists()


@pytest.mark.parametrize(
    ("unit", "counter", "sentence"),
    [
        ("Khánh Hà", "1", "Mã đơn vị"),
        (UNIT, "0", "Số quầy"),
        (UNIT, "100", "Số quầy"),
    ],
)
def test_a_counter_that_cannot_be_is_not_made(
    tmp_path: Path, seat: pytest.MonkeyPatch, unit: str, counter: str, sentence: str
) -> None:
    new = Motcua(tmp_path / "data", seat)
    told = new("init", "--unit", unit, "--name", "xã Khánh Hà", "--counter", counter)
    assert_told(told, BAD_INPUT, sentence)
    assert not new.data.exists()


def test_after_too_short_a_passphrase_the_same_folder_still_takes_a_counter(
    tmp_path: Path, seat: pytest.MonkeyPatch
) -> None:
    new = Motcua(tmp_path / "data", seat)
    seat.setenv("MOTCUA_PASSPHRASE", "ngắn")
    told = new("init", "--unit", UNIT, "--name", "xã Khánh Hà", "--counter", "1")
    assert_told(told, BAD_INPUT, "ít nhất 6 ký tự")
    seat.setenv("MOTCUA_PASSPHRASE", PASSPHRASE)
    assert new.established()("verify").only["ok"]


def test_a_counter_is_never_made_over_another(kept: Motcua) -> None:
    before = events(kept)
    told = kept("init", "--unit", UNIT, "--name", "xã Khánh Hà", "--counter", "1")
    assert_told(told, BAD_INPUT, "đã có dữ liệu")
    assert events(kept) == before


def test_a_printer_that_is_not_there_leaves_the_print_recorded(motcua: Motcua) -> None:
    (code,) = motcua.receive(dossier())
    told = motcua("print", "receipt", code, "--printer", "máy-không-có")
    assert (told.status, told.answers, len(told.errors)) == (OTHER_SIDE, [], 1)
    assert motcua("show", code).only["prints"] == {"receipt": 1}


def test_a_server_that_is_not_there_leaves_the_counter_working(motcua: Motcua) -> None:
    told = motcua("enrol", "http://127.0.0.1:9", stdin="LC3F-Y63G-6GTF-WIJX-JC55")
    assert (told.status, len(told.errors)) == (OTHER_SIDE, 1)
    assert motcua.receive(dossier())


@pytest.mark.parametrize("folder", ["file", "file/data"])
@pytest.mark.parametrize("words", ["demo", "find su", "verify"])
def test_data_that_can_be_no_folder_is_a_wrong_command_whatever_was_asked(
    tmp_path: Path, seat: pytest.MonkeyPatch, folder: str, words: str
) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    place = tmp_path / folder
    named = (str(place),) if words == "demo" else ()
    told = Motcua(place, seat)(*words.split(), *named)
    assert_told(told, BAD_INPUT, "có tệp ở chỗ của thư mục")


def test_a_password_in_a_code_page_is_not_guessed(kept: Motcua) -> None:
    before = events(kept)
    words = ("officer", "add", "ltnga", "Lê Thị Nga", "--roles", "receptionist")
    told = kept(*words, stdin="mât khâu".encode("cp1258"), page="cp1258")
    assert_told(told, BAD_INPUT, "stdin phải là UTF-8")
    assert events(kept) == before


def test_a_folder_that_cannot_be_made_is_said_before_anything_is_written(
    tmp_path: Path, seat: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    words = ("--unit", UNIT, "--name", "xã Khánh Hà", "--counter", "1")
    told = Motcua(tmp_path / "file" / "data", seat)("init", *words)
    assert_told(told, BAD_INPUT, "Hãy chọn thư mục khác")
