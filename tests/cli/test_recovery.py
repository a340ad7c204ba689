"""A PC is gone, and with it its keyring: the paper in the safe opens what was copied elsewhere."""

import json
from pathlib import Path
from typing import Any

import pytest

from app.credentials import KeyRing
from app.models.unit.recovery_code import RecoveryCode
from tests.cli.a_pc import Pc
from tests.cli.motcua import PASSPHRASE, UNIT, dossier

NEW_PASSWORD = "mật khẩu ở máy mới"
INIT = ("init", "--unit", UNIT, "--name", "xã Khánh Hà", "--counter", "1")


@pytest.fixture
def pc(tmp_path: Path, seat: pytest.MonkeyPatch) -> Pc:
    return Pc(tmp_path / "máy cũ", seat)


@pytest.fixture
def code(pc: Pc) -> str:
    """Of the counter set up on the PC."""
    return str(pc(*INIT).only["recovery_code"])


@pytest.fixture
def new_pc(tmp_path: Path, seat: pytest.MonkeyPatch) -> Pc:
    return Pc(tmp_path / "máy mới", seat)


def receive(pc: Pc, name: str) -> str:
    return str(pc("receive", "-", stdin=json.dumps(dossier(name=name))).answers[0]["code"])


def found(pc: Pc, words: str, password: str = "") -> list[Any]:
    told = pc("find", words, password=password)
    assert told.status == 0, told.errors
    return [answer["code"] for answer in told.answers]


def recover(pc: Pc, code: str, *source: str) -> dict[str, Any]:
    told = pc("restore", *source, "--recovery", stdin=code, password=NEW_PASSWORD)
    assert told.status == 0, told.errors
    return told.answers[0]


# --- the PC dies --------------------------------------------------------------------------------


def test_a_backup_opens_on_another_pc_with_the_code(
    pc: Pc, new_pc: Pc, code: str, tmp_path: Path
) -> None:
    first = receive(pc, "Canary Thị Ánh")
    backup = str(tmp_path / "sao.motcua")
    assert pc("backup", backup).only["only_here"] is False
    assert recover(new_pc, code, backup)["findings"] == []
    assert found(new_pc, "Canary", NEW_PASSWORD) == [first]
    assert new_pc("verify", password=NEW_PASSWORD).only["ok"]
    assert new_pc("find", "Canary").status != 0  # the password of the old PC is none here


def test_the_second_copy_opens_there_too_up_to_the_last_deed(
    pc: Pc, new_pc: Pc, code: str, tmp_path: Path
) -> None:
    stick = tmp_path / "usb"
    stick.mkdir()
    assert pc("second-copy", "set", str(stick)).only["copied"]
    codes = [receive(pc, f"Canary Văn {name}") for name in ("Một", "Hai")]
    assert recover(new_pc, code, "--from-copy", str(stick))["findings"] == []
    assert sorted(found(new_pc, "Canary", NEW_PASSWORD)) == sorted(codes)
    assert receive_as_new(new_pc).startswith("T-")  # a new incarnation, without a lane
    assert new_pc("second-copy", "status", password=NEW_PASSWORD).only["copied"]


def receive_as_new(pc: Pc) -> str:
    told = pc("receive", "-", stdin=json.dumps(dossier()), password=NEW_PASSWORD)
    return str(told.answers[0]["code"])


def test_passwords_changed_meanwhile_do_not_matter(
    pc: Pc, new_pc: Pc, code: str, tmp_path: Path
) -> None:
    backup = str(tmp_path / "sao.motcua")
    assert pc("officer", "password", "phutrach", stdin="một mật khẩu khác").status == 0
    assert pc("backup", backup, password="một mật khẩu khác").status == 0
    assert (
        pc("officer", "password", "phutrach", stdin="lại khác", password="một mật khẩu khác").status
        == 0
    )
    recover(new_pc, code, backup)
    assert new_pc("verify", password=NEW_PASSWORD).only["ok"]


def test_the_code_goes_on_opening_what_the_new_pc_backs_up(
    pc: Pc, new_pc: Pc, code: str, tmp_path: Path, seat: pytest.MonkeyPatch
) -> None:
    first, second = str(tmp_path / "1.motcua"), str(tmp_path / "2.motcua")
    pc("backup", first)
    recover(new_pc, code, first)
    assert new_pc("backup", second, password=NEW_PASSWORD).only["only_here"] is False
    third = Pc(tmp_path / "máy thứ ba", seat)
    assert recover(third, code, second)["findings"] == []


def test_whoever_else_had_a_password_is_named_and_gets_a_new_one(
    pc: Pc, new_pc: Pc, code: str, tmp_path: Path
) -> None:
    pc("officer", "add", "toan", "Nguyễn Đức Toàn", "--roles", "specialist", stdin=PASSPHRASE)
    backup = str(tmp_path / "sao.motcua")
    pc("backup", backup)
    (sentence,) = recover(new_pc, code, backup)["findings"]
    assert "đặt mật khẩu cho toan" in sentence
    assert (
        new_pc("officer", "password", "toan", stdin=PASSPHRASE, password=NEW_PASSWORD).status == 0
    )
    assert new_pc("verify").status != 0


def test_the_same_pc_whose_keyring_was_lost_keeps_what_came_after_the_backup(
    pc: Pc, code: str, tmp_path: Path
) -> None:
    backup = str(tmp_path / "sao.motcua")
    pc("backup", backup)
    later = receive(pc, "Canary Sau")
    pc.keyring.kept.clear()
    told = pc("find", "Canary")
    assert "--recovery" in told.errors[0]
    assert recover(pc, code, backup)["taken_over"] > 0
    assert found(pc, "Canary", NEW_PASSWORD) == [later]


# --- codes that open nothing ----------------------------------------------------------------------


def test_without_a_keyring_s_secret_or_a_code_it_does_not_open(
    pc: Pc, new_pc: Pc, code: str, tmp_path: Path
) -> None:
    backup = str(tmp_path / "sao.motcua")
    pc("backup", backup)
    assert "kho khóa" in new_pc("restore", backup).errors[0].lower()
    other = str(RecoveryCode.drawn(bytes(range(32))))
    told = new_pc("restore", backup, "--recovery", stdin=other)
    assert (told.status, told.answers) == (2, [])
    assert "cần mã lập lúc 08:00 ngày 23/11/2026" in told.errors[-1]
    assert not (new_pc.folder / "data" / "motcua.db").exists()


def test_a_slip_of_the_keyboard_is_named_before_anything_is_tried(
    pc: Pc, new_pc: Pc, code: str, tmp_path: Path
) -> None:
    pc("backup", str(tmp_path / "sao.motcua"))
    wrong = "B" if code[0] != "B" else "C"
    told = new_pc("restore", str(tmp_path / "sao.motcua"), "--recovery", stdin=wrong + code[1:])
    assert told.errors[-1].startswith("Nhóm 1 của mã khôi phục chưa đúng")


def test_a_new_code_makes_the_old_one_useless_for_backups_from_then_on(
    pc: Pc, new_pc: Pc, code: str, tmp_path: Path
) -> None:
    stick = tmp_path / "usb"
    stick.mkdir()
    pc("second-copy", "set", str(stick))
    newer = str(pc("recovery-code").only["recovery_code"])
    backup = str(tmp_path / "sao.motcua")
    pc("backup", backup)
    for source in ((backup,), ("--from-copy", str(stick))):
        assert new_pc("restore", *source, "--recovery", stdin=code).status == 2
    recover(new_pc, newer, "--from-copy", str(stick))


def test_a_backup_made_without_a_code_says_that_only_this_pc_opens_it(
    pc: Pc, new_pc: Pc, code: str, tmp_path: Path
) -> None:
    forget_code(pc)
    backup, stick = str(tmp_path / "sao.motcua"), tmp_path / "usb"
    stick.mkdir()
    assert pc("backup", backup).only["only_here"]
    assert pc("second-copy", "set", str(stick)).only["only_here"]
    told = new_pc("restore", backup, "--recovery", stdin=code)
    assert (told.status, "chưa có mã khôi phục nào" in told.errors[-1]) == (3, True)


def forget_code(pc: Pc) -> None:
    """The counter as an older version made it."""
    ring = pc.folder / "data" / "keys.json"
    kept = json.loads(ring.read_text(encoding="utf-8"))
    del kept["recovery"]
    ring.write_text(json.dumps(kept), encoding="utf-8")


# --- who may, and where it lies ------------------------------------------------------------------


def test_only_an_administrator_makes_a_code_or_another_s_password(
    pc: Pc, code: str, seat: pytest.MonkeyPatch
) -> None:
    pc("officer", "add", "toan", "Nguyễn Đức Toàn", "--roles", "specialist", stdin=PASSPHRASE)
    seat.setenv("MOTCUA_OFFICER", "toan")
    assert pc("recovery-code").status == 3
    assert pc("officer", "password", "phutrach", stdin="chiếm quyền").status == 3
    assert pc("officer", "password", "toan", stdin="của tôi đây").status == 0


def test_a_code_never_goes_into_a_file(pc: Pc, code: str, tmp_path: Path) -> None:
    told = pc("recovery-code", "--printer", f"PDF:{tmp_path}")
    assert (told.status, list(tmp_path.glob("*.pdf"))) == (2, [])


def test_neither_code_nor_keys_lie_on_any_disk_in_clear(
    pc: Pc, new_pc: Pc, code: str, tmp_path: Path
) -> None:
    stick = tmp_path / "usb"
    stick.mkdir()
    pc("second-copy", "set", str(stick))
    receive(pc, "Canary Thị Ánh")
    pc("backup", str(tmp_path / "sao.motcua"))
    recover(new_pc, code, "--from-copy", str(stick))
    words = [code, code.replace("-", ""), *code.split("-"), "Canary", NEW_PASSWORD]
    ring = KeyRing.read(pc.folder / "data" / "keys.json")
    keys = [ring.recover(RecoveryCode.parse(code))]
    keys += [bytes.fromhex(x) for one in (pc, new_pc) for x in one.keyring.kept.values()]
    secrets = [*(word.encode() for word in words), *keys, *(key.hex().encode() for key in keys)]
    for file in filter(Path.is_file, tmp_path.rglob("*")):
        content = file.read_bytes()
        assert not [secret for secret in secrets if secret in content], file.name
