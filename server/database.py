"""Opens the server's database and brings its schema up to date; every connection is made here.

A PostgreSQL is named by its URL. Without one the server is embedded: an encrypted SQLite file.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, QueuePool, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, OperationalError
from sqlcipher3 import dbapi2 as sqlcipher

from app.models.errors import BadInput, Refused

OLDEST_SQLITE = (3, 51, 3)  # before it two connections may corrupt a WAL file (WAL-reset race)
BUSY_SECONDS = 30.0

_MIGRATIONS = Path(__file__).parent / "migrations"
_READS = "motcua_reads"


def open_embedded(path: Path, key: bytes) -> Engine:
    """The encrypted SQLite file at `path`, made if missing; `key` is 32 raw bytes."""
    if sqlcipher.sqlite_version_info < OLDEST_SQLITE:
        raise RuntimeError(f"SQLite {sqlcipher.sqlite_version} is older than its WAL fix")
    path.parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(
        "sqlite://", module=sqlcipher, creator=lambda: _connected(path, key), poolclass=QueuePool
    )
    event.listen(engine, "begin", _begin)
    _migrate(engine)
    return engine


def open_url(url: str) -> Engine:
    """The database named by `url`, such as `postgresql+psycopg://…`; raises `BadInput`, `Refused`."""
    try:
        engine = create_engine(make_url(url), pool_pre_ping=True)
    except (ArgumentError, NoSuchModuleError, ModuleNotFoundError) as error:
        raise BadInput(
            "Địa chỉ kho dữ liệu không đúng; ví dụ postgresql+psycopg://máy/tên_kho."
        ) from error
    if engine.dialect.name == "sqlite":
        raise BadInput(
            "Kho SQLite luôn nằm trong thư mục dữ liệu; hãy dùng --data thay cho --store."
        )
    try:
        _migrate(engine)
    except DBAPIError as error:
        raise Refused(
            "Không mở được kho dữ liệu PostgreSQL. Hãy kiểm tra địa chỉ và quyền truy cập."
        ) from error
    return engine


class StoreFailed(Refused):
    """The disk or the database did not do its part; nothing of the transaction is kept."""


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A transaction that may write: committed whole or not at all. Raises `StoreFailed`."""
    try:
        with engine.begin() as connection:
            yield connection
    except OperationalError as error:
        raise StoreFailed(
            "Máy chủ chưa ghi được dữ liệu (ổ đĩa đầy hoặc kho dữ liệu không sẵn sàng); hãy thử lại sau."
        ) from error


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A transaction that only reads, and so waits for nobody."""
    with engine.connect().execution_options(**{_READS: True}) as connection, connection.begin():
        yield connection


def _connected(path: Path, key: bytes) -> Any:
    connection = sqlcipher.connect(
        str(path), isolation_level=None, timeout=BUSY_SECONDS, check_same_thread=False
    )
    try:
        connection.execute("PRAGMA cipher_log_level=NONE")  # it would write to stderr by itself
        connection.execute(f"PRAGMA key=\"x'{key.hex()}'\"")
        # EXTRA before the switch to WAL: otherwise a power cut may bring the old journal back
        connection.execute("PRAGMA synchronous=EXTRA")
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA trusted_schema=OFF")
        connection.execute("PRAGMA secure_delete=ON")
        connection.execute("PRAGMA temp_store=MEMORY")
        if connection.execute("PRAGMA cipher_version").fetchone() is None:
            raise RuntimeError("this SQLite has no encryption")
    except sqlcipher.DatabaseError as error:
        connection.close()
        raise Refused(
            f"Không mở được dữ liệu máy chủ ở {path}: khóa không đúng hoặc tệp bị hỏng."
        ) from error
    return connection


def _begin(connection: Connection) -> None:
    # deferred writers fail with "database is locked" at once, whatever the busy timeout
    reads = connection.get_execution_options().get(_READS)
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")


def _migrate(engine: Engine) -> None:
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
