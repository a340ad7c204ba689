import os
import sys
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import pytest

from app.models.errors import BadInput, Refused
from app.store import backup as module
from app.store.backup import DATABASE, KEY_RING, LONGEST_RING, key_ring_in, unpack
from app.store.database.database import Database, StorageFailed
from app.store.database.telling import Tell
from tests.making import ACounter, a_counter

RING = b'{"vault":"v","keyring":false,"officers":{}}'


@pytest.fixture
def counter(tmp_path: Path) -> ACounter:
    made = a_counter(tmp_path / "1")
    made.database.with_name(KEY_RING).write_bytes(RING)
    made.receive_many(3)
    return made


@pytest.fixture
def backup(counter: ACounter, tmp_path: Path) -> Path:
    counter.store.backup(tmp_path / "sao luu.motcua")
    return tmp_path / "sao luu.motcua"


def test_a_backup_holds_the_whole_data_and_its_keys(
    counter: ACounter, backup: Path, tmp_path: Path
) -> None:
    assert key_ring_in(backup) == RING
    unpack(backup, tmp_path / "out.db")
    with Database(tmp_path / "out.db", counter.key) as copy:
        sql = "SELECT public, personal, hash FROM events ORDER BY log, seq"
        assert copy.rows(sql) == counter.store.database.rows(sql)


def test_a_backup_says_what_was_checked(counter: ACounter, tmp_path: Path) -> None:
    verified = counter.store.backup(tmp_path / "b")
    assert (verified.ok, verified.events) == (True, counter.store.verify().events)


def test_a_backup_is_made_of_the_state_between_two_deeds(counter: ACounter, tmp_path: Path) -> None:
    other = ACounter(counter.folder)
    with counter.store.journal.deed(counter.clock()) as writing:
        writing.next_code(counter.clock().date())
        assert other.store.backup(tmp_path / "b").ok


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere no system can be asked to forget")
def test_a_backup_is_read_back_from_the_disk_and_not_from_what_is_still_in_memory(
    counter: ACounter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[str] = []
    unpacks = module.unpack

    def forgets(handle: int, *_: int) -> None:
        steps.append(f"{Path(os.readlink(f'/proc/self/fd/{handle}')).name} forgotten")

    def reads(backup: Path, to: Path, tell: Tell) -> None:
        steps.append(f"{backup.name} read")
        unpacks(backup, to, tell)

    monkeypatch.setattr("app.files.os.posix_fadvise", forgets)
    monkeypatch.setattr(module, "unpack", reads)
    counter.store.backup(tmp_path / "b")
    assert steps == ["b.new forgotten", "b.new read"]


def test_nothing_but_the_backup_is_left_behind(counter: ACounter, backup: Path) -> None:
    assert [file.name for file in backup.parent.iterdir() if file.is_file()] == [backup.name]
    assert not counter.database.with_name("backup.db").exists()


def test_a_new_backup_takes_the_place_of_the_old_only_when_it_is_whole(
    counter: ACounter, backup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = backup.read_bytes()
    monkeypatch.setattr(module, "_pack", lambda path, *_: path.write_bytes(before[:-900]))
    with pytest.raises(BadInput):
        counter.store.backup(backup)
    assert backup.read_bytes() == before
    assert not list(backup.parent.glob("*.new"))


def test_a_backup_tells_how_far_it_is_and_never_less(counter: ACounter, tmp_path: Path) -> None:
    heard: list[int] = []
    counter.store.backup(tmp_path / "b", tell=lambda done, _: heard.append(done))
    assert heard == sorted(heard)
    assert heard[0] <= 200 < 500 < heard[-1] < 1000


def stops_after(times: int) -> Tell:
    left = iter(range(times))

    def tell(_done: int, _of: int) -> None:
        if next(left, None) is None:
            raise Refused("Đã dừng.")

    return tell


@pytest.mark.parametrize("times", range(7))
def test_a_backup_that_is_stopped_leaves_the_older_one_and_nothing_else(
    counter: ACounter, backup: Path, times: int
) -> None:
    before = backup.read_bytes()
    counter.receive()
    with pytest.raises(Refused, match=r"^Đã dừng\.$"):
        counter.store.backup(backup, tell=stops_after(times))
    assert backup.read_bytes() == before
    assert [file.name for file in backup.parent.iterdir() if ".new" in file.name] == []
    assert not counter.database.with_name("backup.db").exists()


def test_a_deed_meanwhile_does_not_make_a_backup_begin_anew(
    counter: ACounter, tmp_path: Path
) -> None:
    heard: list[int] = []

    def tell(done: int, _of: int) -> None:
        heard.append(done)
        if len(heard) <= 3:
            counter.receive()

    beside = counter.store.beside()
    beside.backup(tmp_path / "b", tell=tell)
    beside.close()
    assert heard == sorted(heard)


def test_a_copy_that_does_not_read_back_is_not_kept(
    counter: ACounter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pack = module._pack

    def pack_spoilt(path: Path, database: Path, ring: Path, tell: Tell) -> None:
        raw = bytearray(database.read_bytes())
        raw[len(raw) // 2] ^= 1
        database.write_bytes(raw)
        pack(path, database, ring, tell)

    monkeypatch.setattr(module, "_pack", pack_spoilt)
    with pytest.raises(StorageFailed, match="không đọc lại được đúng"):
        counter.store.backup(tmp_path / "b")
    assert not (tmp_path / "b").exists()


def test_data_in_which_something_is_wrong_is_backed_up_all_the_same(
    counter: ACounter, tmp_path: Path
) -> None:
    with counter.store.database.transaction():
        counter.store.database.run("UPDATE dossiers SET applicant='Ai đó'")
    assert not counter.store.backup(tmp_path / "b").ok
    assert (tmp_path / "b").exists()


def test_a_place_that_cannot_be_written_is_told_in_words(counter: ACounter, tmp_path: Path) -> None:
    with pytest.raises(StorageFailed, match=r"b: không thấy tệp hoặc thư mục\. Hãy chọn"):
        counter.store.backup(tmp_path / "nowhere" / "b")
    with pytest.raises(StorageFailed, match="nơi ấy không nhận tệp"):
        counter.store.backup(tmp_path)
    assert counter.receive().code


def spoilt(backup: Path, kind: str) -> None:
    """Make a file of `kind` where the backup is."""
    with ZipFile(backup) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    match kind:
        case "cut":
            backup.write_bytes(backup.read_bytes()[:-300])
        case "empty":
            backup.write_bytes(b"")
        case "something else":
            backup.write_bytes(b"%PDF-1.7")
        case "flipped":
            raw = bytearray(backup.read_bytes())
            raw[len(raw) // 2] ^= 1
            backup.write_bytes(raw)
        case _:
            packing = ZIP_DEFLATED if kind == "packed" else ZIP_STORED
            parts[KEY_RING] = parts[KEY_RING] + b" " * (LONGEST_RING if kind == "long ring" else 0)
            if kind == "extra":
                parts["../evil"] = b""
            if kind == "half":
                del parts[DATABASE]
            with ZipFile(backup, "w", packing) as archive:
                for name, content in parts.items():
                    archive.writestr(name, content)


@pytest.mark.parametrize(
    "kind",
    ["cut", "empty", "something else", "flipped", "packed", "long ring", "extra", "half"],
)
def test_what_is_no_whole_backup_is_refused_in_words(
    backup: Path, tmp_path: Path, kind: str
) -> None:
    spoilt(backup, kind)
    with pytest.raises(BadInput, match="không phải bản sao lưu của Một Cửa"):
        unpack(backup, tmp_path / "out.db")


def test_a_backup_that_is_not_there_is_told_so(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="Không thấy tệp"):
        key_ring_in(tmp_path / "b")


def test_a_backup_tells_nothing_without_its_key(backup: Path) -> None:
    assert "Nguyễn".encode() not in backup.read_bytes()
    assert b"001187012345" not in backup.read_bytes()
