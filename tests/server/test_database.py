from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import insert, select
from sqlalchemy.exc import OperationalError

from app.models.errors import BadInput, Refused
from server import tables as t
from server.database import StoreFailed, open_embedded, open_url, reading, writing

KEY = bytes(range(32))
UNIT_ROW = {"unit": "H50.12", "name": "Xã Mẫu", "added_at": 0}


def test_the_migrations_make_the_tables_the_code_speaks_of(tmp_path: Path) -> None:
    engine = open_embedded(tmp_path / "server.db", KEY)
    with reading(engine) as connection:
        assert compare_metadata(MigrationContext.configure(connection), t.metadata) == []


def test_the_unit_stands_first_in_every_key() -> None:
    assert {next(iter(table.primary_key)).name for table in t.metadata.sorted_tables} == {"unit"}
    assert not any(index.unique for table in t.metadata.sorted_tables for index in table.indexes)


def test_opening_again_keeps_what_was_written(tmp_path: Path) -> None:
    for expected in ([], ["H50.12"]):
        engine = open_embedded(tmp_path / "server.db", KEY)
        with writing(engine) as connection:
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
    with reading(open_embedded(tmp_path / "server.db", KEY)) as connection:
        pragmas = [
            connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous")
        ]
    assert pragmas == ["wal", 3]


def test_who_reads_waits_for_no_writer(tmp_path: Path) -> None:
    engine = open_embedded(tmp_path / "server.db", KEY)
    with writing(engine) as writer, reading(engine) as reader:
        writer.execute(insert(t.units), UNIT_ROW)
        assert reader.scalars(select(t.units.c.unit)).all() == []


def test_who_means_to_write_holds_the_lock_from_the_start(tmp_path: Path) -> None:
    engine = open_embedded(tmp_path / "server.db", KEY)
    with writing(engine), reading(engine) as intruder:
        intruder.exec_driver_sql("PRAGMA busy_timeout = 0")
        with pytest.raises(OperationalError, match="locked"):
            intruder.execute(insert(t.units), UNIT_ROW)


def test_a_full_disk_is_told_in_words_and_keeps_nothing(tmp_path: Path) -> None:
    engine = open_embedded(tmp_path / "server.db", KEY)

    def fill() -> None:
        with writing(engine) as connection:
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
    pytest.importorskip("psycopg")
    with pytest.raises(Refused, match="PostgreSQL"):
        open_url("postgresql+psycopg://127.0.0.1:9/motcua")
