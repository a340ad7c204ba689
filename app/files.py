"""Puts files in place so that a power cut leaves the old one or the new one, whole."""

import os
from functools import partial
from pathlib import Path


def put_durably(path: Path, content: bytes, mode: int = 0o666) -> None:
    """Write `content` beside `path`, then put it in its place; on disk before this returns.

    `mode` is the file's as far as the umask leaves it; Windows knows the folder's rights instead.
    """
    beside = path.with_name(path.name + ".new")
    beside.unlink(missing_ok=True)
    with open(beside, "xb", opener=partial(os.open, mode=mode)) as file:
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
