"""A backup comes back whole: wherever it is stopped, whoever has the password can sign in."""

import errno
import os
import shutil
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from app import credentials
from app.clock import VIETNAM
from app.counter import desk_of, establish, first_code, open_counter, restore_counter
from app.credentials import Stretch, lies_at
from app.models.errors import Refused
from app.models.unit.officer import Role
from app.models.unit.recovery_code import RecoveryCode
from app.settings import Places
from app.store.own.attachments import BESIDE, FOLDER
from app.store.own.sealed_files import SealedFiles
from app.store.restore import Restored

UNIT, NOW = "H26.15.3", datetime(2026, 11, 23, 8, 0, tzinfo=VIETNAM)
BEFORE, THEN, FRESH = "mật khẩu của quầy lập lại", "mật khẩu lúc sao lưu", "mật khẩu mới ở đây"
MOST_STEPS = 200


class Safe(NamedTuple):
    """What is left of a PC: its backup, and the code on paper."""

    backup: Path
    code: RecoveryCode


@pytest.fixture(autouse=True)
def keyring(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """The system's own."""
    kept: dict[str, str] = {}
    monkeypatch.setattr("keyring.set_password", lambda _, name, word: kept.update({name: word}))
    monkeypatch.setattr("keyring.get_password", lambda _, name: kept.get(name))
    monkeypatch.setattr(credentials, "STRETCH", Stretch(memory_kib=64, passes=1))
    return kept


def founded(folder: Path, name: str, password: str) -> tuple[Places, bytes]:
    """A counter whose officer goes by `name`, and its key."""
    places = Places(folder / "data", folder / "state")
    key = establish(places, UNIT, 1, password, login="nga")
    desk = desk_of(places, key, lambda: NOW)
    desk.office.add_officer("nga", name, Role, "nga")
    desk.store.close()
    return places, key


@pytest.fixture
def safe(tmp_path: Path) -> Safe:
    places, key = founded(tmp_path / "cũ", "Lê Thị Bản Sao", THEN)
    code = first_code(places, key, NOW)
    desk = desk_of(places, key, lambda: NOW)
    (tmp_path / "usb").mkdir()
    desk.store.backup(tmp_path / "usb" / "sao.motcua")
    desk.store.close()
    return Safe(tmp_path / "usb" / "sao.motcua", code)


def who_signs_in(places: Places, *passwords: str) -> str:
    """The officer whom one of these passwords lets in, to data in which everything is right."""
    for password in passwords:
        try:
            counter = open_counter(places, "nga", password, lambda: NOW)
        except Refused:
            continue
        right, name = counter.desk.store.verify().ok, counter.officer.name
        counter.desk.store.close()
        assert right
        return name
    return "nobody"


def by_password(places: Places, safe: Safe) -> Restored:
    return restore_counter(places, safe.backup, "nga", THEN, NOW)


def by_code(places: Places, safe: Safe) -> Restored:
    return restore_counter(places, safe.backup, "nga", FRESH, NOW, safe.code)


# --- the power ----------------------------------------------------------------------------------


class PowerCut(BaseException):
    """Nothing more is done by this process, not even what it does when it ends."""


def cut_after(steps: int, patch: pytest.MonkeyPatch) -> None:
    """Only so many more changes reach the disk."""
    left = iter(range(steps))

    def until_then(change: Callable[..., Any], *args: Any, **more: Any) -> Any:
        if next(left, None) is None:
            raise PowerCut
        return change(*args, **more)

    for name in ("replace", "rename", "unlink"):
        change = getattr(Path, name)
        patch.setattr(Path, name, lambda *a, _change=change, **k: until_then(_change, *a, **k))
    for name in ("link", "fsync"):
        patch.setattr(f"os.{name}", partial(until_then, getattr(os, name)))


def wherever_cut(
    way: Callable[[Places, Safe], Restored], places: Places, safe: Safe
) -> Iterator[Places]:
    """The folder as it lies after a restore that was stopped at each of its steps, then after a whole one."""
    for steps in range(MOST_STEPS):
        found = Places(places.data.with_name(f"{steps}"), places.state.with_name(f"{steps} state"))
        for there, here in ((places.data, found.data), (places.state, found.state)):
            if there.exists():
                shutil.copytree(there, here)
        try:
            with pytest.MonkeyPatch.context() as patch:
                cut_after(steps, patch)
                way(found, safe)
        except PowerCut:
            yield found
            continue
        yield found
        return
    raise AssertionError("it never ended")


@pytest.mark.parametrize("way", [by_password, by_code])
def test_stopped_anywhere_the_data_opens_by_its_own_ring(
    way: Callable[[Places, Safe], Restored], safe: Safe, tmp_path: Path
) -> None:
    """The counter was founded anew, with another key, before the backup was found."""
    places, _ = founded(tmp_path / "mới", "Lê Thị Lập Lại", BEFORE)
    seen = [
        who_signs_in(found, BEFORE, THEN if way is by_password else FRESH)
        for found in wherever_cut(way, places, safe)
    ]
    came = seen.index("Lê Thị Bản Sao")
    assert set(seen[:came]) == {"Lê Thị Lập Lại"}
    assert set(seen[came:]) == {"Lê Thị Bản Sao"}
    assert came > 5


@pytest.mark.parametrize("way", [by_password, by_code])
def test_stopped_anywhere_on_a_new_pc_it_opens_or_there_is_no_counter_yet(
    way: Callable[[Places, Safe], Restored], safe: Safe, tmp_path: Path
) -> None:
    is_there = False
    for found in wherever_cut(way, Places(tmp_path / "n" / "data", tmp_path / "n" / "state"), safe):
        is_there = lies_at(found.key_ring)
        assert is_there == found.database.exists()
        name = who_signs_in(found, THEN if way is by_password else FRESH)
        assert name == ("Lê Thị Bản Sao" if is_there else "nobody")
    assert is_there


def test_what_was_stopped_before_the_database_came_is_restored_again_with_all_that_was_there(
    safe: Safe, tmp_path: Path
) -> None:
    places, _ = founded(tmp_path / "mới", "Lê Thị Lập Lại", THEN)
    for found in wherever_cut(by_password, places, safe):
        if found.database.read_bytes() == places.database.read_bytes():
            done = by_password(found, safe)
            assert (done.taken_over, done.findings) == (2, ())  # its log's first, and its officer


# --- files that don't do their part -------------------------------------------------------------


def refuses(name: str, patch: pytest.MonkeyPatch) -> None:
    """As in Windows while another program has that file open."""
    replace = Path.replace

    def refused(path: Path, target: Path) -> Path:
        if target.name == name:
            raise PermissionError(errno.EACCES, "Access is denied")
        return replace(path, target)

    patch.setattr(Path, "replace", refused)


def test_a_ring_in_use_elsewhere_comes_when_the_data_is_next_opened(
    safe: Safe, tmp_path: Path
) -> None:
    places, _ = founded(tmp_path / "mới", "Lê Thị Lập Lại", BEFORE)
    with pytest.MonkeyPatch.context() as patch:
        refuses("keys.json", patch)
        by_code(places, safe)
        with pytest.raises(Refused, match="không có quyền"):
            open_counter(places, "nga", FRESH)
    assert who_signs_in(places, FRESH) == "Lê Thị Bản Sao"
    assert sorted(file.suffix for file in places.data.iterdir()) == [".db", ".db", ".json", ".json"]


def test_a_database_in_use_elsewhere_is_not_replaced_nor_its_ring(
    safe: Safe, tmp_path: Path
) -> None:
    places, _ = founded(tmp_path / "mới", "Lê Thị Lập Lại", BEFORE)
    with pytest.MonkeyPatch.context() as patch:
        refuses("motcua.db", patch)
        with pytest.raises(Refused, match="Không khôi phục được"):
            by_code(places, safe)
    assert who_signs_in(places, BEFORE, FRESH) == "Lê Thị Lập Lại"
    assert not [file for file in places.data.iterdir() if "waiting" in file.name]


def beside(safe: Safe, *scans: bytes) -> list[str]:
    """Scans that lie beside a backup; their names."""
    return [SealedFiles(safe.backup.with_name(BESIDE)).put(scan) for scan in scans]


def test_a_scan_that_cannot_be_read_keeps_no_dead_pc_from_coming_back(
    safe: Safe, tmp_path: Path, keyring: dict[str, str]
) -> None:
    keyring.clear()  # it died with the PC
    names, read = beside(safe, b"one", b"other", b"third"), Path.read_bytes
    places = Places(tmp_path / "mới" / "data", tmp_path / "mới" / "state")

    def fails(path: Path) -> bytes:
        if path.name == names[1] and BESIDE in path.parts:
            raise OSError(errno.EIO, "Input/output error")
        return read(path)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Path, "read_bytes", fails)
        (finding,) = by_code(places, safe).findings
    assert "1 bản quét" in finding.sentence
    assert "ổ đĩa báo lỗi" in finding.sentence
    assert "khôi phục bản này lần nữa" in finding.sentence
    assert who_signs_in(places, FRESH) == "Lê Thị Bản Sao"
    here = SealedFiles(places.database.with_name(FOLDER))
    assert set(here.all()) == {names[0], names[2]}
    assert by_code(places, safe).findings == ()
    assert set(here.all()) == set(names)


def test_a_scan_spoiled_beside_the_backup_is_told(safe: Safe, tmp_path: Path) -> None:
    (name,) = beside(safe, b"one")
    (safe.backup.with_name(BESIDE) / name[:2] / name).write_bytes(b"on3")
    places = Places(tmp_path / "mới" / "data", tmp_path / "mới" / "state")
    (finding,) = by_code(places, safe).findings
    assert finding.sentence.startswith("1 bản quét")
    assert who_signs_in(places, FRESH) == "Lê Thị Bản Sao"


def test_scans_leave_the_data_some_room(
    safe: Safe, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    beside(safe, b"one", b"other")
    monkeypatch.setattr("app.store.own.attachments.room_at", lambda _: 4)
    places = Places(tmp_path / "mới" / "data", tmp_path / "mới" / "state")
    (finding,) = by_code(places, safe).findings
    assert finding.sentence.startswith("1 bản quét")
    assert "Ổ đĩa đã đầy" in finding.sentence
    assert who_signs_in(places, FRESH) == "Lê Thị Bản Sao"


def test_a_folder_of_scans_that_cannot_be_listed_is_told(safe: Safe, tmp_path: Path) -> None:
    places = Places(tmp_path / "mới" / "data", tmp_path / "mới" / "state")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(SealedFiles, "all", unlistable)
        (finding,) = by_code(places, safe).findings
    assert f"Không đọc được {safe.backup.with_name(BESIDE)}: ổ đĩa báo lỗi" in finding.sentence
    assert who_signs_in(places, FRESH) == "Lê Thị Bản Sao"


def unlistable(_: SealedFiles) -> Iterator[str]:
    raise OSError(errno.EIO, "Input/output error")
