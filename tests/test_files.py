"""What is put in place was read back from the disk first."""

import os
import sys
from pathlib import Path
from typing import BinaryIO

import pytest

from app.files import put_checked, put_durably


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
