"""The server's transactions, and its embedded database; every connection is made here.

A PostgreSQL is named by its URL (`server.store.postgres`). Without one the server is embedded: an
encrypted SQLite file. A transaction is for one unit, and on PostgreSQL says so: row-level security
then shows and takes nothing of another.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import psycopg
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, QueuePool, create_engine, event, func, select
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionFree
from sqlcipher3 import dbapi2 as sqlcipher

from app.models.errors import OtherSideFailed, Refused

OLDEST_SQLITE = (3, 51, 3)  # before it two connections may corrupt a WAL file (WAL-reset race)
BUSY_SECONDS = 30.0
_PAGES_AHEAD = 4000  # 16 MB in -wal: a commit rarely waits until they are in the file itself, too
TRIES = 3  # of a transaction that another one, or a lost connection, undid

_MIGRATIONS = Path(__file__).parents[1] / "migrations"
_READS, _PASSES = "motcua_reads", "motcua_passes"

# SQLSTATE classes of the world's doing: connection, wrong transaction state (a standby), rollback,
# resources, prerequisites, intervention, system. Any other is a bug and crashes.
_THE_WORLDS = ("08", "25", "40", "53", "55", "57", "58")
_UNDONE_BY_ANOTHER = ("40001", "40P01")

T = TypeVar("T")


def open_embedded(path: Path, key: bytes) -> Engine:
    """The encrypted SQLite file at `path`, made if missing; `key` is 32 raw bytes."""
    if sqlcipher.sqlite_version_info < OLDEST_SQLITE:
        raise RuntimeError(f"SQLite {sqlcipher.sqlite_version} is older than its WAL fix")
    path.parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(
        "sqlite://", module=sqlcipher, creator=lambda: _connected(path, key), poolclass=QueuePool
    )
    event.listen(engine, "begin", _begin)
    migrate(engine)
    return engine


def migrate(engine: Engine) -> None:
    """Bring the schema up to date, in one transaction."""
    with engine.begin() as connection:
        command.upgrade(migrations(connection), "head")


def migrations(connection: Connection | None = None) -> Config:
    """Alembic's view of `server/migrations`, to be run on `connection`."""
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


# --- transactions -------------------------------------------------------------------------------


class StoreFailed(OtherSideFailed):
    """The disk or the database did not do its part; nothing of the transaction is kept.

    What the commit itself met is unknown: then all of it may be kept. Asking again is safe.
    """


class StoreBusy(StoreFailed):
    """Another transaction, or a lost connection, undid this one; tried again it may do."""


@contextmanager
def writing(engine: Engine, unit: str, *, is_lasting: bool = True) -> Iterator[Connection]:
    """A transaction that may write for `unit`: committed whole or not at all. Raises `StoreFailed`.

    A power cut may undo one in SQLite that isn't lasting, until the next that is.
    """
    writer = engine if is_lasting else engine.execution_options(**{_PASSES: True})
    with _in_words(), writer.begin() as connection:
        _narrow(connection, unit=unit)
        yield connection


@contextmanager
def reading(engine: Engine, unit: str = "", token: str = "") -> Iterator[Connection]:
    """A transaction that only reads, and so waits for nobody: of `unit`, or the one dossier whose
    slip carries `token`. Without both it sees which units there are, and no more."""
    reader = engine.execution_options(**{_READS: True})
    with _in_words(), reader.begin() as connection:
        _narrow(connection, unit=unit, token=token)
        yield connection


def insisting(deed: Callable[[], T]) -> T:
    """What `deed` gives, done again when another transaction undid it. Raises `StoreFailed`."""
    for _ in range(TRIES - 1):
        try:
            return deed()
        except StoreBusy:
            continue
    return deed()


def _narrow(connection: Connection, **scope: str) -> None:
    if connection.dialect.name == "postgresql":
        # for this transaction only: a connection that goes back to the pool remembers nothing
        said = (func.set_config(f"motcua.{name}", value, True) for name, value in scope.items())
        connection.execute(select(*said))


@contextmanager
def _in_words() -> Iterator[None]:
    try:
        yield
    except NoConnectionFree as error:
        raise StoreFailed(
            "Máy chủ đang quá bận; dữ liệu vẫn còn đủ ở quầy, hãy thử lại sau ít phút."
        ) from error
    except (DBAPIError, psycopg.Error) as error:
        # what meets a COPY comes from the driver as it is
        cause = error.orig if isinstance(error, DBAPIError) else error
        state = str(getattr(cause, "sqlstate", None) or "")
        if _is_cut(error) or state in _UNDONE_BY_ANOTHER:
            raise StoreBusy(
                "Kho dữ liệu của máy chủ vừa gián đoạn; dữ liệu vẫn còn đủ ở quầy, hãy thử lại sau."
            ) from error
        if (
            isinstance(error, OperationalError | psycopg.OperationalError)
            or state[:2] in _THE_WORLDS
        ):
            raise StoreFailed(
                "Máy chủ chưa ghi được dữ liệu (ổ đĩa đầy hoặc kho dữ liệu không sẵn sàng); hãy thử lại sau."
            ) from error
        raise


def _is_cut(error: DBAPIError | psycopg.Error) -> bool:
    if isinstance(error, DBAPIError):
        return error.connection_invalidated
    return isinstance(error, psycopg.OperationalError) and error.sqlstate is None


# --- SQLite -------------------------------------------------------------------------------------


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
        connection.execute(f"PRAGMA wal_autocheckpoint={_PAGES_AHEAD}")
        connection.execute("PRAGMA trusted_schema=OFF")
        connection.execute("PRAGMA secure_delete=ON")
        connection.execute("PRAGMA cache_size=-32768")
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
    options = connection.get_execution_options()
    if options.get(_READS):
        connection.exec_driver_sql("BEGIN")
        return
    # anew each time: the connection goes from hand to hand
    level = "NORMAL" if options.get(_PASSES) else "EXTRA"
    connection.exec_driver_sql(f"PRAGMA synchronous={level}")
    # deferred writers fail with "database is locked" at once, whatever the busy timeout
    connection.exec_driver_sql("BEGIN IMMEDIATE")
