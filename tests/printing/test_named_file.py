"""A file somebody named holds what was there or what was made, whole."""

import errno
import os
from pathlib import Path

import pytest

from app.models.errors import BadInput, Refused
from app.printing import named_file


def test_a_disk_that_fills_leaves_the_file_that_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "sổ tháng 11.pdf"
    named_file.write(file, b"before")

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("app.files.os.fsync", full)
    with pytest.raises(Refused, match="ổ đĩa đã đầy"):
        named_file.write(file, b"after")
    assert file.read_bytes() == b"before"
    assert list(tmp_path.iterdir()) == [file]


def test_a_link_goes_on_pointing_where_it_did(tmp_path: Path) -> None:
    file, link = tmp_path / "thật.pdf", tmp_path / "lối tắt.pdf"
    file.write_bytes(b"before")
    link.symlink_to(file)
    named_file.write(link, b"after")
    assert (link.is_symlink(), file.read_bytes()) == (True, b"after")


def test_a_device_is_written_to_and_a_folder_is_told(tmp_path: Path) -> None:
    named_file.write(Path(os.devnull), b"nowhere")
    with pytest.raises(BadInput, match="đó là thư mục"):
        named_file.write(tmp_path, b"nothing")
