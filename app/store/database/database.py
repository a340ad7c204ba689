"""Opens the encrypted database and runs its transactions; every connection is made here."""

from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import lru_cache, partial
from pathlib import Path
from types import TracebackType
from typing import Any, NoReturn, Self

from sqlcipher3 import dbapi2 as sqlcipher

from app.models.errors import Refused
from app.models.text import sort_key
from app.store.database.migrations import SCHEMA_VERSION
from app.store.database.telling import Tell, quiet

OLDEST_SQLITE = (3, 51, 3)  # before it two connections may corrupt a WAL file (WAL-reset race)
BUSY_SECONDS = 5.0
PAGE_BYTES = 4096
COPIED_AT_ONCE = 256  # pages
STEPS_AT_ONCE = 1_000_000  # of SQLite's own, some hundredths of a second
NAMES_KEPT = 20_000  # with what each is sorted by
MOST_AT_REST = 1000  # pages in -wal, before they are copied into the file itself while nobody waits
MOST_AT_WORK = 8000  # likewise, by whoever writes them

Row = tuple[Any, ...]
Marks = Sequence[object] | Mapping[str, object]


class StorageFailed(Refused):
    """The disk or the file did not do its part; the sentence says what to do."""


class Busy(StorageFailed):
    """Another program has the data open."""


_SENTENCES = (
    ("disk is full", "Ổ đĩa đã đầy nên chưa lưu được. Hãy xóa bớt tệp không cần rồi lưu lại."),
    (
        "file is not a database",
        "Không mở được dữ liệu: khóa không đúng, hoặc tệp hỏng hay không phải của Một Cửa.",
    ),
    ("locked", "Dữ liệu đang bận vì chương trình khác đang ghi. Hãy thử lại sau vài giây."),
    ("readonly", "Thư mục dữ liệu không cho ghi. Hãy kiểm tra quyền của thư mục rồi thử lại."),
    ("unable to open", "Không mở được tệp dữ liệu. Hãy kiểm tra thư mục dữ liệu còn trên máy."),
    (
        "I/O error",
        "Ổ đĩa báo lỗi khi ghi. Hãy đóng chương trình, mở lại rồi kiểm tra hồ sơ vừa lưu.",
    ),
    ("malformed", "Tệp dữ liệu bị hỏng. Hãy khôi phục từ bản sao lưu gần nhất."),
)


def _raise(error: sqlcipher.Error) -> NoReturn:
    """The world's storage error as a sentence; ours as it is."""
    for sign, sentence in _SENTENCES:
        if sign in str(error):
            raise (Busy if sign == "locked" else StorageFailed)(sentence) from error
    raise error


class Database:
    """One connection to one encrypted file. `key` is 32 raw bytes.

    Not shared between threads at once: the desk lane owns it.
    """

    def __init__(self, path: Path, key: bytes, *, create: bool = False) -> None:
        if sqlcipher.sqlite_version_info < OLDEST_SQLITE:
            raise RuntimeError(f"SQLite {sqlcipher.sqlite_version} is older than its WAL fix")
        if not create and not path.exists():
            raise StorageFailed(
                f"Không thấy dữ liệu ở {path}. Hãy kiểm tra thư mục hoặc tạo quầy mới."
            )
        if not create and path.stat().st_size < PAGE_BYTES:
            # SQLite would take it for a new one and begin from nothing
            raise StorageFailed(f"Tệp {path} trống hoặc bị cắt. Hãy khôi phục từ bản sao lưu.")
        self.path = path
        try:
            self._connection = sqlcipher.connect(
                str(path), isolation_level=None, timeout=BUSY_SECONDS, check_same_thread=False
            )
        except sqlcipher.Error as error:
            _raise(error)
        try:
            self._settle(key)
            if create:
                with self.alone():  # at once: what is cut short is begun anew
                    self._migrate()
            else:
                self._migrate()
        except BaseException as error:
            self._connection.close()
            if isinstance(error, sqlcipher.Error):
                _raise(error)
            raise

    def _settle(self, key: bytes) -> None:
        connection = self._connection
        # of all connections: what a damaged page makes it say belongs in no terminal
        connection.execute("PRAGMA cipher_log_level=NONE")
        connection.execute(f"PRAGMA key=\"x'{key.hex()}'\"")
        # EXTRA before the switch to WAL: otherwise a power cut may bring the old journal back
        connection.execute("PRAGMA synchronous=EXTRA")
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA wal_autocheckpoint=0")  # but see `_copy_from_wal`
        connection.execute("PRAGMA foreign_keys=ON")
        connection.execute("PRAGMA trusted_schema=OFF")
        connection.execute("PRAGMA secure_delete=ON")
        connection.execute("PRAGMA cache_size=-65536")
        connection.execute("PRAGMA temp_store=MEMORY")
        by_name = lru_cache(NAMES_KEPT)(sort_key)
        connection.create_function("sort_key", 1, by_name, deterministic=True)
        if connection.execute("PRAGMA cipher_version").fetchone() is None:
            raise RuntimeError("this SQLite has no encryption")

    def _migrate(self) -> None:
        version = self.one("PRAGMA user_version")
        assert version is not None
        if version[0] > SCHEMA_VERSION:
            raise StorageFailed(
                "Dữ liệu do phiên bản mới hơn tạo ra. Hãy cập nhật chương trình rồi mở lại."
            )
        if version[0] < SCHEMA_VERSION:
            from app.store.database.migrating import migrate

            migrate(self._connection)
            self._connection.execute(f"PRAGMA user_version={SCHEMA_VERSION}")

    def rows(self, sql: str, parameters: Marks = ()) -> list[Row]:
        """All rows of one query."""
        try:
            result: list[Row] = self._connection.execute(sql, parameters).fetchall()
        except sqlcipher.Error as error:
            _raise(error)
        return result

    def each(self, sql: str, parameters: Marks = ()) -> Generator[Row, None, None]:
        """The rows of one query, as they are read."""
        try:
            yield from self._connection.execute(sql, parameters)
        except sqlcipher.Error as error:
            _raise(error)

    def one(self, sql: str, parameters: Marks = ()) -> Row | None:
        """The first row, or None."""
        try:
            row: Row | None = self._connection.execute(sql, parameters).fetchone()
        except sqlcipher.Error as error:
            _raise(error)
        return row

    def run(self, sql: str, parameters: Marks = ()) -> int:
        """Execute one writing statement inside a transaction; the row id it gave."""
        return int(self._connection.execute(sql, parameters).lastrowid or 0)

    def many(self, sql: str, rows: Sequence[Sequence[object]]) -> None:
        self._connection.executemany(sql, rows)

    @contextmanager
    def transaction(self, *, is_lasting: bool = True) -> Iterator[Self]:
        """One IMMEDIATE transaction: committed whole or not at all. Doesn't nest.

        A power cut may undo one that isn't lasting, until the next that is: the disk is asked to
        keep both at once then.
        """
        try:
            if is_lasting:
                with self.alone():
                    yield self
            else:
                self._connection.execute("PRAGMA synchronous=NORMAL")
                try:
                    with self.alone():
                        yield self
                finally:
                    self._connection.execute("PRAGMA synchronous=EXTRA")
            self._copy_from_wal(MOST_AT_WORK)
        except sqlcipher.Error as error:
            _raise(error)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """The time of a transaction in which nobody else may write."""
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._connection.execute("COMMIT")
        finally:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")

    def rest(self) -> None:
        """A moment in which nobody waits: for what the deeds before it left to be done."""
        self._copy_from_wal(MOST_AT_REST)

    def _copy_from_wal(self, most: int) -> None:
        """Once -wal has grown, copy it into the file itself: SQLite would do so within COMMIT, while
        nobody else may write. Where the disk fails here, all that is committed stands in -wal."""
        with suppress(sqlcipher.Error):
            _, pages, copied = self._connection.execute("PRAGMA wal_checkpoint(NOOP)").fetchone()
            if pages - copied > most:
                self._connection.execute("PRAGMA wal_checkpoint(PASSIVE)")

    def version(self) -> int:
        """Another number once another connection has committed something."""
        return int(self.rows("PRAGMA data_version")[0][0])

    @contextmanager
    def snapshot(self) -> Iterator[Self]:
        """One state of the data, however long the reading takes; writers go on beside it."""
        self._connection.execute("BEGIN")
        try:
            yield self
        finally:
            self._connection.execute("ROLLBACK")

    def copy_to(self, path: Path, key: bytes, tell: Tell = quiet) -> None:
        """Copy the whole database, consistent, into a new file under the same key."""
        copy = sqlcipher.connect(str(path), isolation_level=None)
        try:
            copy.execute(f"PRAGMA key=\"x'{key.hex()}'\"")
            with self.snapshot():
                # read first: without a state of its own a copy begins anew at each deed beside it
                self.one("SELECT count(*) FROM sqlite_schema")
                self._connection.backup(
                    copy,
                    pages=COPIED_AT_ONCE,
                    progress=lambda _, left, of: tell(of - left, of),
                )
        except sqlcipher.Error as error:
            _raise(error)
        finally:
            copy.close()

    def become_one_file(self) -> None:
        """Leave nothing in -wal, so that the file can be moved. Raises while another has it open."""
        try:
            self._connection.execute("PRAGMA busy_timeout=0")
            self._connection.execute("PRAGMA journal_mode=DELETE")
        except sqlcipher.Error as error:
            _raise(error)

    def damage(self, tell: Tell = quiet) -> list[str]:
        """What SQLCipher's page HMACs and SQLite's own check find wrong; empty when sound."""
        try:
            tell(0, 2)
            pages = self._bad_pages() and self._bad_pages(settled=True)
            # past a page that doesn't decrypt, SQLite's own check can't get
            with self._asking(partial(tell, 1, 2)):
                wrong = pages or [row for row in self.rows("PRAGMA quick_check") if row != ("ok",)]
        except StorageFailed as error:
            return [str(error)]
        return [str(row[0]) for row in wrong]

    @contextmanager
    def _asking(self, on: Callable[[], None]) -> Iterator[None]:
        """A statement runs on only as long as `on` raises nothing."""
        stopped: list[Refused] = []

        def stops() -> bool:
            try:
                on()
            except Refused as asked:
                stopped.append(asked)
            return bool(stopped)

        self._connection.set_progress_handler(stops, STEPS_AT_ONCE)
        try:
            on()
            yield
        except StorageFailed:
            if stopped:
                raise stopped[0] from None
            raise
        finally:
            self._connection.set_progress_handler(None, 0)

    def _bad_pages(self, *, settled: bool = False) -> list[Row]:
        """SQLCipher looks at the file alone: a page just being copied there is whole only in -wal."""
        if settled:
            self.rows("PRAGMA wal_checkpoint(TRUNCATE)")
        return self.rows("PRAGMA cipher_integrity_check")

    def close(self) -> None:
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
