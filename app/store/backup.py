"""One file that holds a counter: its encrypted database and the ring of keys that opens it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO
from zipfile import ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from app.files import check_replaceable, leave_to_disk, sync_file, sync_folder, why
from app.models.errors import BadInput
from app.store.checks.verify import Verified, verify
from app.store.database.database import Database, StorageFailed
from app.store.database.telling import WHOLE, Tell, quiet, stretch
from app.store.journal.folding import Folding

# the only names a backup holds; the ring lies beside the database
DATABASE, KEY_RING = "motcua.db", "keys.json"
LONGEST_RING = 2**20
PORTION = 2**20  # bytes


def back_up(
    database: Database,
    key: bytes,
    unit: str,
    path: Path,
    scratch: str = "backup.db",
    *,
    tell: Tell = quiet,
) -> Verified:
    """Write a backup beside its final name, read it back and check it, then put it in place.

    `scratch` is a name beside the database, for the copy on its way.

    What the check finds of the data itself doesn't keep the backup from being made; it is told.
    When this raises, what lay at `path` lies there still, and nothing beside it.
    """
    copy = database.path.with_name(scratch)
    beside = path.with_name(path.name + ".new")
    try:
        check_replaceable(path)
        forget(copy)
        database.copy_to(copy, key, stretch(tell, 0, 200))
        _pack(beside, copy, database.path.with_name(KEY_RING), stretch(tell, 200, 400))
        unpack(beside, copy, stretch(tell, 400, 500))
        verified = _read_back(copy, key, unit, stretch(tell, 500, WHOLE))
        beside.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        raise StorageFailed(
            f"Không ghi được bản sao lưu vào {path}: {why(error)}. Hãy chọn ổ hoặc thư mục khác."
        ) from error
    finally:
        forget(copy)
        beside.unlink(missing_ok=True)
    return verified


def _read_back(copy: Path, key: bytes, unit: str, tell: Tell) -> Verified:
    """What `verify` finds in it; damage may show as soon as it is opened, or only page by page."""
    sentence = "Bản sao lưu vừa ghi không đọc lại được đúng. Hãy chọn ổ khác rồi sao lưu lại."
    try:
        with Database(copy, key) as read_back:
            verified = verify(read_back, Folding(read_back), unit, tell)
    except StorageFailed as error:
        raise StorageFailed(sentence) from error
    if verified.damaged:
        raise StorageFailed(sentence)
    return verified


def key_ring_in(backup: Path) -> bytes:
    """The ring of keys a backup carries; raises `BadInput` when the file is none of ours."""
    with _opened(backup) as archive:
        return archive.read(KEY_RING)


def unpack(backup: Path, to: Path, tell: Tell = quiet) -> None:
    """Put a backup's database at `to`, on disk; raises `BadInput` when the file is none of ours."""
    forget(to)
    with _opened(backup) as archive, archive.open(DATABASE) as member, to.open("wb") as file:
        _pour(member, file, tell, archive.getinfo(DATABASE).file_size)
    sync_file(to)


def forget(database: Path) -> None:
    """Remove a scratch database with what SQLite keeps beside it."""
    for suffix in ("", "-wal", "-shm"):
        database.with_name(database.name + suffix).unlink(missing_ok=True)


def _pack(path: Path, database: Path, key_ring: Path, tell: Tell) -> None:
    """Write the archive; it is read back from the disk, not from what is still in memory."""
    with ZipFile(path, "w", ZIP_STORED) as archive:
        for name, source, told in ((DATABASE, database, tell), (KEY_RING, key_ring, quiet)):
            # a name without the source's date: a clock before 1980 can't be written into a ZIP
            with (
                archive.open(ZipInfo(name), "w", force_zip64=True) as member,
                source.open("rb") as file,
            ):
                _pour(file, member, told, source.stat().st_size)
    with path.open("rb+") as written:
        leave_to_disk(written)


def _pour(source: IO[bytes], target: IO[bytes], tell: Tell, of: int) -> None:
    done = 0
    while portion := source.read(PORTION):
        done += target.write(portion)
        tell(done, of)


@contextmanager
def _opened(path: Path) -> Iterator[ZipFile]:
    try:
        with ZipFile(path) as archive:
            _check_members(path, archive)
            yield archive
    except FileNotFoundError as error:
        raise BadInput(f"Không thấy tệp {path}. Hãy kiểm tra ổ đĩa và tên tệp.", "file") from error
    except (BadZipFile, EOFError, NotImplementedError, ValueError) as error:
        raise BadInput(
            f"{path.name} không phải bản sao lưu của Một Cửa, hoặc đã hỏng. Hãy chọn tệp khác.",
            "file",
        ) from error


def _check_members(path: Path, archive: ZipFile) -> None:
    """Two members stored as they are, read by name only: nothing unfolds, nothing is misplaced."""
    members = {member.filename: member for member in archive.infolist()}
    stored = all(m.compress_type == ZIP_STORED and not m.flag_bits & 1 for m in members.values())
    fits = sum(member.file_size for member in members.values()) <= path.stat().st_size
    if (
        set(members) != {DATABASE, KEY_RING}
        or len(archive.infolist()) != 2
        or not stored
        or not fits
    ):
        raise BadZipFile(path.name)
    if members[KEY_RING].file_size > LONGEST_RING:
        raise BadZipFile(path.name)
