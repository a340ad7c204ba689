import os
from pathlib import Path

import pytest

from app.models.errors import BadInput
from app.scanning.folder import is_taken, look, whole


def left(folder: Path, name: str, content: bytes = b"x", at: int = 0) -> Path:
    file = folder / name
    file.write_bytes(content)
    os.utime(file, (at, at))
    return file


def test_scans_are_seen_the_oldest_first_and_other_files_not(tmp_path: Path) -> None:
    second = left(tmp_path, "a.PDF", at=20)
    first = left(tmp_path, "b.jpg", at=10)
    left(tmp_path, "thư.docx")
    (tmp_path / "c.png").mkdir()
    assert list(look(tmp_path)) == [first, second]


def test_a_file_still_being_written_is_not_whole(tmp_path: Path) -> None:
    file = left(tmp_path, "a.pdf", b"half")
    before = look(tmp_path)
    assert whole({}, before) == ()
    left(tmp_path, "a.pdf", b"half and more")
    growing = look(tmp_path)
    assert whole(before, growing) == ()
    assert whole(growing, look(tmp_path)) == (file,)


def test_an_empty_file_is_not_whole_yet(tmp_path: Path) -> None:
    left(tmp_path, "a.pdf", b"")
    assert whole(look(tmp_path), look(tmp_path)) == ()


def test_a_folder_that_is_gone_is_said(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="thư mục quét"):
        look(tmp_path / "rút ra rồi")


def test_files_are_told_by_their_names() -> None:
    assert is_taken(Path("Quét 1.JPG"))
    assert not is_taken(Path("quét.docx"))
