"""What would be left if this PC died now: second copy, last backup, and who could open them."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from app.models.errors import BadInput, Refused
from app.store.checks.verify import Verified
from app.store.database.telling import Tell, quiet, stretch
from app.store.own.attachments import Attachments
from app.store.store import Store
from app.sync import second_copy

BACKED_UP = "backed_up"  # the setting that remembers when
SCANS_LACK = (
    "Đã dừng khi đang chép bản quét: tệp sao lưu có đủ hồ sơ, còn thiếu bản quét. "
    "Sao lưu lại vào đó là chép tiếp."
)


class Ring(Protocol):
    """The ring of keys, as far as this asks; see `app.credentials.KeyRing`."""

    @property
    def code_made(self) -> datetime | None: ...
    @property
    def stays_here(self) -> bool: ...


@dataclass(frozen=True)
class Safety:
    """`place` is the second copy's folder, "" when none is kept; `same_disk`: it lies with the data.

    `backed_up` and `code_made` are when last, None for never; `stays_here`: no other machine could
    open any of it.
    """

    place: str
    same_disk: bool
    backed_up: datetime | None
    code_made: datetime | None
    stays_here: bool


def safety_of(store: Store, ring: Ring) -> Safety:
    """Read it at the desk."""
    kept, place = store.keeping.get(BACKED_UP), store.keeping.get(second_copy.SETTING)
    return Safety(
        place,
        bool(place) and _with_the_data(store, Path(place)),
        datetime.fromisoformat(kept) if kept else None,
        ring.code_made,
        ring.stays_here,
    )


def _with_the_data(store: Store, place: Path) -> bool:
    try:
        return second_copy.same_disk(place, store.database.path)
    except OSError:  # the stick is out
        return False


def back_up(store: Store, file: Path, now: datetime, tell: Tell = quiet) -> Verified:
    """Write `file`, read back and checked, then the scans beside it.

    Raises `BadInput` for a folder that isn't there, `StorageFailed`, and `Refused` once `tell` does.
    """
    if not file.parent.is_dir():
        raise BadInput(f"Không có thư mục {file.parent}. Hãy chọn nơi khác để sao lưu.", "file")
    verified = store.backup(file, tell=stretch(tell, 0, 800))
    Attachments(store.database).back_up(file, _of_scans(stretch(tell, 800, 1000)))
    store.keeping.put(BACKED_UP, now.isoformat())
    return verified


def _of_scans(tell: Tell) -> Tell:
    def told(done: int, of: int) -> None:
        try:
            tell(done, of)
        except Refused as stopped:
            raise Refused(SCANS_LACK) from stopped

    return told
