"""Puts files in place so that a power cut leaves the old one or the new one, whole."""

import errno
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from time import sleep  # noqa: TID251  # nobody tells when a virus scanner is done
from typing import IO, BinaryIO, TypeVar

T = TypeVar("T")

SPARE = 16 * 1024 * 1024  # bytes of a disk or a stick left for all else
TELLING = 16  # bytes that tell one encrypted database from every other: its random salt


_WHY = {
    errno.ENOSPC: "ổ đĩa đã đầy",
    errno.EACCES: "không có quyền",
    errno.EPERM: "không có quyền",
    errno.EROFS: "ổ đĩa chỉ cho đọc",
    errno.ENOENT: "không thấy tệp hoặc thư mục",
    errno.ENOTDIR: "có tệp ở chỗ của thư mục",
    errno.EEXIST: "có tệp ở chỗ của thư mục",
    errno.EISDIR: "đó là thư mục",
    errno.EINVAL: "nơi ấy không nhận tệp",
    errno.EIO: "ổ đĩa báo lỗi",
    errno.ENODEV: "ổ đĩa không còn đó",
    errno.ENXIO: "ổ đĩa không còn đó",
    errno.EFBIG: "tệp quá lớn với ổ đĩa này",
    errno.EBUSY: "tệp đang được dùng",
    errno.ENAMETOOLONG: "tên tệp quá dài",
}
_TRIES, _PAUSE = (10 if os.name == "nt" else 1), 0.02
"""Windows refuses to replace a file for as long as a virus scanner looks at it, some hundredths of a second."""
_FULL_IN_WINDOWS = (39, 112)  # ERROR_HANDLE_DISK_FULL, ERROR_DISK_FULL


def is_full(error: OSError) -> bool:
    """Whether the disk has no more room."""
    return error.errno == errno.ENOSPC or getattr(error, "winerror", None) in _FULL_IN_WINDOWS


def why(error: OSError) -> str:
    """What the system refused for, in words that end a sentence; its own are English."""
    number = errno.ENOSPC if is_full(error) else error.errno
    return _WHY.get(number or 0, f"hệ thống báo lỗi số {number}")


def check_replaceable(path: Path) -> None:
    """A file may be put there. Raises `OSError` for a folder, and a device, which it would replace."""
    if path.exists() and not path.is_file():
        raise OSError(errno.EINVAL, "no file", str(path))


def room_at(path: Path) -> int:
    """Bytes that may go beside `path`; 0 where nobody can tell."""
    try:
        return max(0, shutil.disk_usage(path.parent).free - SPARE)
    except OSError:
        return 0


def put_durably(path: Path, content: bytes, mode: int = 0o666) -> None:
    """Write `content` beside `path`, then put it in its place; on disk before this returns.

    `mode` is the file's as far as the umask leaves it; Windows knows the folder's rights instead.
    """
    with in_its_place(path, mode) as file:
        file.write(content)


def put_checked(
    path: Path, write: Callable[[BinaryIO], T], check: Callable[[BinaryIO], object]
) -> T:
    """What `write` gives, once `check` has read back from the disk what it wrote, and that is in its
    place. When either raises, `path` is as it was.
    """
    with in_its_place(path) as file:
        told = write(file)
        file.flush()
        leave_to_disk(file)
        check(file)
    return told


@contextmanager
def in_its_place(path: Path, mode: int = 0o666) -> Iterator[BinaryIO]:
    """A file beside `path`, to be written and read; in its place and on disk once the block ends.

    When the block raises, `path` is as it was. Raises `OSError` for a device, which a file would replace.
    """
    check_replaceable(path)
    beside = path.with_name(path.name + ".new")
    beside.unlink(missing_ok=True)
    try:
        with open(beside, "x+b", opener=partial(os.open, mode=mode)) as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        _replace(path, beside)
    except BaseException:
        with suppress(OSError):  # the stick was pulled; what is left of it there bothers nobody
            beside.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def _replace(path: Path, beside: Path) -> None:
    for left in reversed(range(_TRIES)):
        try:
            beside.replace(path)
            return
        except PermissionError:
            if not left:
                raise
            sleep(_PAUSE)


def sync_file(path: Path) -> None:
    """Have the disk hold what was written to `path`."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def leave_to_disk(file: IO[bytes]) -> None:
    """Have the disk hold what was written, and give it when it is read again."""
    os.fsync(file.fileno())
    if sys.platform == "linux":  # where the system can be asked to forget what it holds in memory
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def sync_folder(folder: Path) -> None:
    """Have the disk hold the names in `folder`."""
    if os.name == "nt":
        return  # Windows has no handle for a folder; replace() there is written through by NTFS
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


# --- two that change together -------------------------------------------------------------------


def leave_for(path: Path, content: bytes, coming: Path, partner: Path) -> None:
    """Have `content` wait beside `path`, on disk, until `coming` has been renamed to `partner`.

    From then on `settle` puts it in its place. So two files change together, whenever the power
    goes: `coming` is told from what lies at `partner` by its first bytes. All lie in one folder.
    """
    head = f"{partner.name}\n".encode() + _first_bytes(coming)
    put_durably(_waiting(path), head + content, 0o600)


def leave_nothing_for(path: Path) -> None:
    """Remove what waits for a partner that isn't to come any more."""
    _waiting(path).unlink(missing_ok=True)


def settle(path: Path) -> None:
    """Put what waits for `path` in its place if its partner lies in its own; before `path` is read."""
    waiting = _waiting(path)
    if not waiting.exists():
        return
    name, _, rest = waiting.read_bytes().partition(b"\n")
    if rest[:TELLING] == _first_bytes(path.with_name(name.decode())):
        put_durably(path, rest[TELLING:], 0o600)
        waiting.unlink()


def _waiting(path: Path) -> Path:
    return path.with_name(f"{path.name}.waiting")


def _first_bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(TELLING)
    except FileNotFoundError:
        return b""
