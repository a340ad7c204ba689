"""What is put in place was read back from the disk first."""

import errno
import os
import sys
from pathlib import Path
from typing import BinaryIO

import pytest

from app.files import put_checked, put_durably, why

ROOT = Path(__file__).parent.parent


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere no system can be asked to forget")
def test_it_is_read_from_the_disk_and_not_from_what_is_still_in_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[str] = []
    monkeypatch.setattr("app.files.os.fsync", lambda _: steps.append("on the disk"))
    monkeypatch.setattr("app.files.os.posix_fadvise", lambda *_: steps.append("forgotten"))
    put_checked(tmp_path / "x", lambda file: file.write(b"x"), lambda _: steps.append("read"))
    assert steps[:3] == ["on the disk", "forgotten", "read"]


def test_what_reads_otherwise_leaves_the_one_before_in_its_place(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_bytes(b"before")

    def check(file: BinaryIO) -> None:
        file.seek(0)
        assert file.read() == b"after"
        raise OSError("spoiled")

    with pytest.raises(OSError, match="spoiled"):
        put_checked(path, lambda file: file.write(b"after"), check)
    assert path.read_bytes() == b"before"
    assert list(tmp_path.iterdir()) == [path]
    assert put_checked(path, lambda file: file.write(b"after"), lambda _: None) == len(b"after")
    assert path.read_bytes() == b"after"


@pytest.mark.skipif(sys.platform == "win32", reason="there devices stand in no folder")
def test_what_is_no_file_is_never_replaced_by_one(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for place in (pipe, tmp_path):
        with pytest.raises(OSError, match="no file"):
            put_durably(place, b"x")
    assert pipe.is_fifo()
    assert list(tmp_path.iterdir()) == [pipe]


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "ổ đĩa đã đầy"),
        (errno.EACCES, "không có quyền"),
        (errno.ESTALE, f"hệ thống báo lỗi số {errno.ESTALE}"),
    ],
)
def test_why_the_system_refused_is_said_in_vietnamese(number: int, words: str) -> None:
    assert why(OSError(number, os.strerror(number))) == words


def test_windows_own_number_of_a_full_disk_is_known() -> None:
    error = OSError(errno.EINVAL, "There is not enough space on the disk")
    vars(error)["winerror"] = 112
    assert why(error) == "ổ đĩa đã đầy"


def test_no_sentence_repeats_the_systems_own_words() -> None:
    code = (file for folder in ("app", "server") for file in (ROOT / folder).rglob("*.py"))
    assert [file for file in code if ".strerror" in file.read_text(encoding="utf-8")] == []


def scanned_for(looks: int, monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """From now on no file is replaced at the first `looks` tries; the pauses between them."""
    really, pauses = Path.replace, list[float]()

    def replace(beside: Path, path: Path) -> Path:
        if len(pauses) < looks:
            raise PermissionError(errno.EACCES, "in use")
        return really(beside, path)

    monkeypatch.setattr("app.files._TRIES", 10)
    monkeypatch.setattr("app.files.sleep", pauses.append)
    monkeypatch.setattr(Path, "replace", replace)
    return pauses


def test_a_virus_scanner_that_holds_the_old_file_for_a_moment_is_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "x"
    path.write_bytes(b"before")
    pauses = scanned_for(9, monkeypatch)
    put_durably(path, b"after")
    assert (path.read_bytes(), len(pauses)) == (b"after", 9)


def test_a_file_that_stays_in_use_is_said_to_be_so_and_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "x"
    path.write_bytes(b"before")
    scanned_for(10, monkeypatch)
    with pytest.raises(PermissionError):
        put_durably(path, b"after")
    assert [path.read_bytes(), *tmp_path.iterdir()] == [b"before", path]
