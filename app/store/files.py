"""Puts files in place so that a power cut leaves the old one or the new one, whole."""

import os
from pathlib import Path


def put_durably(path: Path, content: bytes) -> None:
    """Write `content` beside `path`, then put it in its place; on disk before this returns."""
    beside = path.with_name(path.name + ".new")
    with beside.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
    sync_folder(path.parent)


def sync_file(path: Path) -> None:
    """Have the disk hold what was written to `path`."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Have the disk hold the names in `folder`."""
    if os.name == "nt":
        return  # Windows has no handle for a folder; replace() there is written through by NTFS
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
