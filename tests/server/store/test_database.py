from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, Engine, create_engine, insert, inspect, select
from sqlalchemy.exc import OperationalError

from app.models.errors import BadInput, OtherSideFailed, Refused
from server.store import tables as t
from server.store.database import StoreFailed, open_embedded, reading, writing
from server.store.postgres import open_url
from tests.server.cluster import Cluster
from tests.sync.small import UNIT

KEY = bytes(range(32))
UNIT_ROW = {"unit": "H50.12", "name": "Xã Mẫu", "added_at": 0}


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Engine]:
    """A new store, as its owner sees it."""
    if request.param == "sqlite":
        made = open_embedded(tmp_path / "server.db", KEY)
    else:
        cluster: Cluster = request.getfixturevalue("cluster")
        made = create_engine(cluster.url(request.getfixturevalue("database"), "postgres"))
    yield made
    made.dispose()


def test_the_migrations_make_the_tables_the_code_speaks_of(engine: Engine) -> None:
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), t.metadata) == []


def test_the_unit_stands_first_in_every_key(engine: Engine) -> None:
    found = inspect(engine)
    names = set(found.get_table_names()) - {"alembic_version"}
    assert names == t.metadata.tables.keys()
    for name in names:
        assert found.get_pk_constraint(name)["constrained_columns"][0] == "unit"


def test_nothing_is_unique_across_units_and_nothing_points_across_them(engine: Engine) -> None:
    found = inspect(engine)
    for name in t.metadata.tables:
        unique = [each["column_names"] for each in found.get_indexes(name) if each["unique"]]
        assert all(columns[0] == "unit" for columns in unique)
        assert found.get_unique_constraints(name) == []
        assert found.get_foreign_keys(name) == []


def test_nothing_counts_across_units(engine: Engine) -> None:
    with engine.connect() as connection:
        counting = {
            "sqlite": "SELECT name FROM sqlite_master WHERE name = 'sqlite_sequence'",
            "postgresql": "SELECT relname FROM pg_class WHERE relkind = 'S'",
        }[engine.dialect.name]
        assert connection.exec_driver_sql(counting).all() == []
        identities = "SELECT attname FROM pg_attribute WHERE attidentity <> ''"
        if engine.dialect.name == "postgresql":
            assert connection.exec_driver_sql(identities).all() == []


def test_opening_again_keeps_what_was_written(tmp_path: Path) -> None:
    for expected in ([], ["H50.12"]):
        engine = open_embedded(tmp_path / "server.db", KEY)
        with writing(engine, UNIT) as connection:
            assert connection.scalars(select(t.units.c.unit)).all() == expected
            if not expected:
                connection.execute(insert(t.units), UNIT_ROW)
        engine.dispose()


def test_the_file_is_encrypted_and_needs_its_key(tmp_path: Path) -> None:
    path = tmp_path / "server.db"
    open_embedded(path, KEY).dispose()
    assert not path.read_bytes().startswith(b"SQLite format 3")
    with pytest.raises(Refused, match="khóa không đúng"):
        open_embedded(path, bytes(32))


def test_a_commit_survives_a_power_cut(tmp_path: Path) -> None:
    engine = open_embedded(tmp_path / "server.db", KEY)
    with reading(engine) as connection:
        assert _pragma(connection, "journal_mode") == "wal"
    with writing(engine, UNIT) as connection:
        assert _pragma(connection, "synchronous") == 3


def test_one_that_is_not_lasting_waits_for_no_disk_and_the_next_one_does(tmp_path: Path) -> None:
    engine = open_embedded(tmp_path / "server.db", KEY)
    for is_lasting, level in ((False, 1), (True, 3)):
        with writing(engine, UNIT, is_lasting=is_lasting) as connection:
            assert _pragma(connection, "synchronous") == level


def test_who_reads_waits_for_no_writer(tmp_path: Path) -> None:
    engine = open_embedded(tmp_path / "server.db", KEY)
    with writing(engine, UNIT) as writer, reading(engine) as reader:
        writer.execute(insert(t.units), UNIT_ROW)
        assert reader.scalars(select(t.units.c.unit)).all() == []


def test_who_means_to_write_holds_the_lock_from_the_start(tmp_path: Path) -> None:
    engine = open_embedded(tmp_path / "server.db", KEY)
    with writing(engine, UNIT), reading(engine) as intruder:
        intruder.exec_driver_sql("PRAGMA busy_timeout = 0")
        with pytest.raises(OperationalError, match="locked"):
            intruder.execute(insert(t.units), UNIT_ROW)


def test_a_full_disk_is_told_in_words_and_keeps_nothing(tmp_path: Path) -> None:
    engine = open_embedded(tmp_path / "server.db", KEY)

    def fill() -> None:
        with writing(engine, UNIT) as connection:
            connection.exec_driver_sql("PRAGMA max_page_count = 1")
            connection.execute(insert(t.units), {**UNIT_ROW, "name": "x" * 1_000_000})

    with pytest.raises(StoreFailed, match="ổ đĩa đầy"):
        fill()
    with reading(engine) as connection:
        assert connection.scalars(select(t.units.c.unit)).all() == []


@pytest.mark.parametrize("url", ["nonsense", "oracle://x", "sqlite:///x.db"])
def test_a_store_that_is_none_is_told_in_words(url: str) -> None:
    with pytest.raises(BadInput, match=r"SQLite|postgresql"):
        open_url(url)


def test_a_postgresql_that_does_not_answer_is_told_in_words() -> None:
    with pytest.raises(OtherSideFailed, match="PostgreSQL"):
        open_url("postgresql://127.0.0.1:9/motcua")


def _pragma(connection: Connection, name: str) -> object:
    return connection.exec_driver_sql(f"PRAGMA {name}").scalar()
