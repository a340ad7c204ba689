import errno
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from app.models.exchange.sealed_file import key_of, name_of, sealed
from app.store.database.database import StorageFailed
from app.store.own.sealed_files import SealedFiles

KEY = key_of(b"k" * 32)
SEALED = sealed(b"%PDF-1.7 hai trang" * 9000, KEY)
NAME = name_of(SEALED)
SIZE = len(SEALED)
PART = 64 * 1024


@pytest.fixture
def files(tmp_path: Path) -> SealedFiles:
    return SealedFiles(tmp_path / "attachments")


def everything(files: SealedFiles) -> list[str]:
    return sorted(path.name for path in files.folder.rglob("*") if path.is_file())


def a_full_disk(*_: object, **__: object) -> Any:
    raise OSError(errno.ENOSPC, "No space left on device")


def test_what_is_put_reads_back_under_its_hash_and_put_twice_lies_once(files: SealedFiles) -> None:
    assert [files.put(SEALED), files.put(SEALED)] == [NAME, NAME]
    assert files.read(NAME) == SEALED
    assert files.is_here(NAME, SIZE)
    assert everything(files) == [NAME]


def test_a_file_that_was_removed_or_cut_by_hand_is_not_here(files: SealedFiles) -> None:
    files.put(SEALED)
    os.truncate(files.folder / NAME[:2] / NAME, SIZE - 1)
    assert not files.is_here(NAME, SIZE)
    (files.folder / NAME[:2] / NAME).unlink()
    assert not files.is_here(NAME, SIZE)
    assert files.read(NAME) is None


def test_a_file_with_one_bit_flipped_is_set_aside_and_counts_as_missing(files: SealedFiles) -> None:
    files.put(SEALED)
    path = files.folder / NAME[:2] / NAME
    path.write_bytes(SEALED[:100] + bytes([SEALED[100] ^ 1]) + SEALED[101:])
    assert files.read(NAME) is None
    assert everything(files) == [f"{NAME}.damaged"]
    assert not files.is_here(NAME, SIZE)


def test_a_full_disk_is_said_and_leaves_nothing_half(
    files: SealedFiles, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "fsync", a_full_disk)
    with pytest.raises(StorageFailed, match="đầy"):
        files.put(SEALED)
    monkeypatch.undo()
    assert everything(files) == []
    assert files.put(SEALED) == NAME


def test_parts_grow_into_the_file_and_only_the_right_bytes_get_its_name(files: SealedFiles) -> None:
    for start in range(0, SIZE, PART):
        assert not files.is_here(NAME, SIZE)
        files.add(NAME, start, SEALED[start : start + PART])
    assert files.finish(NAME)
    assert files.read(NAME) == SEALED


def test_wrong_parts_are_dropped_whole(files: SealedFiles) -> None:
    files.add(NAME, 0, b"x" * SIZE)
    assert not files.finish(NAME)
    assert (files.arrived(NAME), everything(files)) == (0, [])


def test_a_part_that_came_half_is_written_over(files: SealedFiles) -> None:
    files.add(NAME, 0, SEALED[:PART])
    files.add(NAME, PART, SEALED[PART : PART + 10])
    files.add(NAME, PART, SEALED[PART:])
    assert files.finish(NAME)


WRITE = """
import os, signal, sys
from pathlib import Path
from app.models.exchange.sealed_file import key_of, sealed
from app.store.own.sealed_files import SealedFiles
at = int(sys.argv[2])
calls = 0
def dying(event, arguments):
    global calls
    if event in ("open", "os.rename", "os.mkdir", "os.remove") and "attachments" in str(arguments[0]):
        calls += 1
        if calls == at:
            os.kill(os.getpid(), signal.SIGKILL)
files = SealedFiles(Path(sys.argv[1]) / "attachments")
content = sealed(b"%PDF-1.7 hai trang" * 9000, key_of(b"k" * 32))
sys.addaudithook(dying)
files.put(content)
"""


@pytest.mark.skipif(os.name == "nt", reason="kill -9 is POSIX's")
def test_killed_anywhere_a_file_is_whole_or_not_there(tmp_path: Path) -> None:
    ends = set()
    for at in range(1, 12):
        files = SealedFiles(tmp_path / str(at) / "attachments")
        files.folder.parent.mkdir()
        command = [sys.executable, "-c", WRITE, str(files.folder.parent), str(at)]
        ends.add(subprocess.run(command, check=False).returncode)
        assert files.read(NAME) in (None, SEALED)
        assert files.put(SEALED) == NAME
        assert files.read(NAME) == SEALED
    assert ends == {0, -9}


def test_what_is_copied_elsewhere_is_sound_and_copied_once(
    files: SealedFiles, tmp_path: Path
) -> None:
    other = SealedFiles(tmp_path / "stick")
    files.put(SEALED)
    damaged = files.put(sealed(b"x", KEY))
    (files.folder / damaged[:2] / damaged).write_bytes(b"y")
    assert list(files.all()) == [NAME, damaged] or list(files.all()) == [damaged, NAME]
    assert files.copy_to(other, [NAME, damaged, "0" * 64]) == 1
    assert files.copy_to(other, [NAME]) == 0
    assert (other.read(NAME), list(other.all())) == (SEALED, [NAME])
