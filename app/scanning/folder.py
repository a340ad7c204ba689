"""The folder a scanner saves into: which files came, and which of them are whole by now."""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from app.models.errors import BadInput

TAKEN = frozenset({".pdf", ".jpg", ".jpeg", ".png", ".tif", ".tiff", ".bmp"})
"""What a scan's name may end with."""


class Seen(NamedTuple):
    """How a file looked."""

    size: int
    changed: int
    """Nanoseconds, by the disk."""


def is_taken(file: Path) -> bool:
    """True for the kinds of file a scan comes in; by name only."""
    return file.suffix.lower() in TAKEN


def look(folder: Path) -> dict[Path, Seen]:
    """The scans in `folder`, the oldest first. Raises `BadInput` when it can't be read."""
    try:
        found = [(path, path.stat()) for path in folder.iterdir() if is_taken(path)]
    except FileNotFoundError:
        return {} if folder.is_dir() else _unreadable(folder)
    except OSError:
        return _unreadable(folder)
    found = [(path, told) for path, told in found if path.is_file()]
    found.sort(key=lambda each: (each[1].st_mtime_ns, each[0].name))
    return {path: Seen(told.st_size, told.st_mtime_ns) for path, told in found}


def whole(before: Mapping[Path, Seen], now: Mapping[Path, Seen]) -> tuple[Path, ...]:
    """The files that didn't change between two looks: the scanner is done with them."""
    return tuple(path for path, seen in now.items() if seen.size and before.get(path) == seen)


def _unreadable(folder: Path) -> dict[Path, Seen]:
    raise BadInput(f"Không đọc được thư mục quét {folder}. Hãy chọn lại thư mục.", "folder")
