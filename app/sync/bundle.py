"""Bundle files: written whole or not at all, read back; read only when whole and meant for us."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, NamedTuple, TypeVar

from app.files import put_checked
from app.models.errors import BadInput
from app.models.exchange.bundle import check_whole
from app.models.exchange.messages import MessageRejected
from app.store.database.database import StorageFailed

T = TypeVar("T")

ALL = -1
"""Bytes, where every scan may go that there is room for."""


class Scans(NamedTuple):
    """How many wait for a reader, and their bytes."""

    files: int
    size: int


def put(
    path: Path, write: Callable[[BinaryIO], T], check: Callable[[BinaryIO], None] = check_whole
) -> T:
    """What `write` gives, once what it wrote lies at `path` and was read back from the disk.

    `check` reads it, and raises `OSError` or `MessageRejected` when it isn't that. Raises `BadInput`
    for a folder that isn't there, `StorageFailed`; then `path` is as it was.
    """
    if not path.parent.is_dir():
        raise BadInput(f"Không có thư mục {path.parent}. Hãy cắm USB hoặc chọn nơi khác.", "file")
    try:
        return put_checked(path, write, check)
    except (OSError, MessageRejected) as error:
        raise StorageFailed(
            f"Không ghi được vào {path}, hoặc đọc lại không đúng. Hãy thử USB khác."
        ) from error


@contextmanager
def whole(path: Path) -> Iterator[BinaryIO]:
    """The bundle at `path`, open; raises `BadInput`, `MessageRejected` when it isn't whole."""
    try:
        with path.open("rb") as file:
            check_whole(file)
            yield file
    except OSError as error:
        raise BadInput(
            f"Không đọc được tệp {path}. Hãy kiểm tra USB và tên tệp.", "file"
        ) from error
