"""Opens a PostgreSQL by its URL: as its owner to bring the schema up to date, as the server's role to serve."""

from collections.abc import Iterator
from contextlib import contextmanager

from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from app.models.errors import BadInput, OtherSideFailed, Refused
from server.store import isolation
from server.store.database import migrate, migrations

CONNECTIONS = 10  # of one process; what waits longer than that is answered 503
PATIENCE = 20  # seconds for a free connection

# An acknowledgement is a commit on disk, and on the standby if there is one. Who waits longer for a
# unit's lock, or dies while holding it, does not keep the others out.
_SETTINGS = {
    "synchronous_commit": "on",
    "lock_timeout": "20s",
    "statement_timeout": "60s",
    "idle_in_transaction_session_timeout": "60s",
}
_OPTIONS = " ".join(f"-c {name}={value}" for name, value in _SETTINGS.items())


def open_url(url: str) -> Engine:
    """The database named by `url`, such as `postgresql://motcua_app@máy/kho`, ready to serve.

    Raises `BadInput` for what is no such address, `Refused` when it doesn't answer, is not up to
    date or doesn't keep the units apart.
    """
    engine = _engine(url)
    try:
        with _in_words(), engine.connect() as connection:
            _refuse_another_version(connection)
            isolation.check(connection)
    except Refused:
        engine.dispose()
        raise
    return engine


def migrate_url(url: str) -> None:
    """Make the roles if they are missing, and bring the schema up to date; `url` is its owner's.

    Raises `BadInput`, `Refused`.
    """
    engine = _engine(url)
    try:
        with _in_words(), engine.begin() as connection:
            for role in (isolation.APP, isolation.UPSTREAM):
                connection.exec_driver_sql(_MAKE_ROLE.format(role=role))
        with _in_words():
            migrate(engine)
    finally:
        engine.dispose()


_MAKE_ROLE = (
    "DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{role}') "
    "THEN CREATE ROLE {role} LOGIN; END IF; END $$"
)


def _engine(url: str) -> Engine:
    try:
        named = make_url(url)
        if named.get_backend_name() != "postgresql":
            raise BadInput(
                "Kho dữ liệu khác SQLite chỉ có thể là PostgreSQL, ví dụ "
                "postgresql://motcua_app@máy/kho; SQLite thì dùng --data."
            )
        return create_engine(
            named,
            pool_pre_ping=True,
            pool_size=CONNECTIONS,
            max_overflow=0,
            pool_timeout=PATIENCE,
            connect_args={"options": _OPTIONS, "connect_timeout": PATIENCE},
        )
    except (ArgumentError, NoSuchModuleError, ModuleNotFoundError) as error:
        raise BadInput(
            "Địa chỉ kho dữ liệu không đúng; ví dụ postgresql://motcua_app@máy/kho."
        ) from error


def _refuse_another_version(connection: Connection) -> None:
    here = MigrationContext.configure(connection).get_current_revision()
    if here != ScriptDirectory.from_config(migrations()).get_current_head():
        raise Refused(
            "Kho dữ liệu PostgreSQL chưa đúng phiên bản của chương trình. "
            "Hãy chạy motcua-server migrate bằng người sở hữu kho."
        )


@contextmanager
def _in_words() -> Iterator[None]:
    try:
        yield
    except DBAPIError as error:
        if getattr(error.orig, "sqlstate", None) == "42501":
            raise Refused(
                "Người dùng này không có quyền làm việc đó trong kho PostgreSQL; "
                "hãy xem deploy/README.md về các vai trò."
            ) from error
        raise OtherSideFailed(
            "Không mở được kho dữ liệu PostgreSQL. Hãy kiểm tra địa chỉ và quyền truy cập."
        ) from error
