"""Keeps sealed files on disk under their own hashes: each one whole, or not there.

A file is written once and never changed. What arrives in parts grows beside its final name and gets it
when its hash is right. A whole file goes only where no event ever named it: until one does, what was
sealed here has a mark beside it, by which what a power cut left is known.
"""

import os
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from app.files import is_full, put_durably, sync_file, sync_folder, why
from app.models.exchange.sealed_file import name_of
from app.store.database.database import StorageFailed

FULL = "Ổ đĩa đã đầy nên chưa lưu được tệp số hóa. Hãy xóa bớt tệp không cần rồi làm lại."

_NAME = re.compile("[0-9a-f]{64}")
_UNTIED = ".untied"


class SealedFiles:
    """The files in `folder`, which is made by the first of them; a name is 64 hex digits."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def is_here(self, file: str, size: int) -> bool:
        """True when it lies here in its full length; only reading it tells whether it is sound."""
        return _length(self._path(file)) == size

    def size_of(self, file: str) -> int:
        """Its bytes; 0 where it isn't, or can't be seen."""
        return _length(self._path(file)) or 0

    def put(self, sealed: bytes, *, is_untied: bool = False) -> str:
        """Keep these bytes, on disk before this returns; their name. Raises `StorageFailed`.

        `is_untied`: no event names it yet, and perhaps none ever will.
        """
        file = name_of(sealed)
        if not self.is_here(file, len(sealed)):
            path = self._path(file)
            try:
                self._make_room(path)
                if is_untied:
                    self._untied(file).touch()  # its name is on disk with the file's
                put_durably(path, sealed, 0o600)
            except OSError as error:
                self.tied(file)
                raise _failed(error, self.folder) from error
        return file

    def tied(self, file: str) -> None:
        """An event names it from now on."""
        with suppress(OSError):  # a mark too many is looked into at the next start
            self._untied(file).unlink()

    def untied(self, before: datetime) -> list[str]:
        """What was sealed here before then and tied to nothing, as far as the marks tell."""
        marks = self.folder.glob(f"??/*{_UNTIED}")
        return [mark.stem for mark in marks if mark.stat().st_mtime < before.timestamp()]

    def read(self, file: str) -> bytes | None:
        """The whole file; None when it isn't here, or isn't any more what it was.

        A damaged one is set aside, so that it counts as missing and can be fetched anew.
        """
        path = self._path(file)
        try:
            sealed = path.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise _failed(error, self.folder) from error
        if name_of(sealed) == file:
            return sealed
        with suppress(OSError):
            path.replace(path.with_name(path.name + ".damaged"))
        return None

    def copy_to(self, other: "SealedFiles", wanted: Iterable[str]) -> int:
        """Put there each of these that is sound here and not there yet; how many. Raises `StorageFailed`."""
        copied = 0
        for file in wanted:
            length = _length(self._path(file))
            if length is not None and other.is_here(file, length):
                continue
            if (sealed := self.read(file)) is not None:
                other.put(sealed)
                copied += 1
        return copied

    def drop(self, file: str) -> None:
        """Remove one that belongs to nothing; whether it does is for whoever asks to know."""
        with suppress(OSError):  # it takes room, and tells nobody anything without its key
            self._path(file).unlink()
        self.tied(file)

    def all(self) -> Iterator[str]:
        """The names of all that lie here whole."""
        return (path.name for path in self.folder.glob("??/*") if _NAME.fullmatch(path.name))

    # --- arriving in parts ------------------------------------------------------------------------

    def arrived(self, file: str) -> int:
        """How many bytes of it came so far."""
        return _length(self._growing(file)) or 0

    def add(self, file: str, start: int, part: bytes) -> None:
        """What comes from `start` on; what lay behind it goes. Raises `StorageFailed`."""
        growing = self._growing(file)
        try:
            self._make_room(growing)
            with growing.open("ab") as opened:
                opened.truncate(start)
                opened.write(part)
        except OSError as error:
            with suppress(OSError):
                os.truncate(growing, start)
            raise _failed(error, self.folder) from error

    def finish(self, file: str) -> bool:
        """Put what arrived in its place; False, and all of it dropped, when its hash isn't its name."""
        growing, path = self._growing(file), self._path(file)
        try:
            if name_of(growing.read_bytes()) != file:
                growing.unlink()
                return False
            sync_file(growing)
            growing.replace(path)
            sync_folder(path.parent)
        except OSError as error:
            raise _failed(error, self.folder) from error
        return True

    # --- inside -----------------------------------------------------------------------------------

    def _path(self, file: str) -> Path:
        return self.folder / file[:2] / file

    def _growing(self, file: str) -> Path:
        return self.folder / file[:2] / f"{file}.part"

    def _untied(self, file: str) -> Path:
        return self.folder / file[:2] / f"{file}{_UNTIED}"

    def _make_room(self, path: Path) -> None:
        if not path.parent.is_dir():
            path.parent.mkdir(parents=True, exist_ok=True)
            sync_folder(self.folder)


def _length(path: Path) -> int | None:
    """In bytes; None when none can be seen there."""
    try:
        return path.stat().st_size
    except OSError:
        return None


def _failed(error: OSError, folder: Path) -> StorageFailed:
    if is_full(error):
        return StorageFailed(FULL)
    return StorageFailed(f"Ổ đĩa báo lỗi với tệp số hóa ở {folder}: {why(error)}.")
