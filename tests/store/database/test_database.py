import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2 as sqlcipher

from app.store.database import migrating
from app.store.database.database import MOST_AT_REST, Busy, Database, Row, StorageFailed
from app.store.database.migrations import FOLD_TABLES, LOCAL_TABLES, STEPS

KEY = bytes(32)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with Database(tmp_path / "motcua.db", KEY, create=True) as made:
        yield made


def put(database: Database, name: str = "a") -> None:
    database.run("INSERT OR REPLACE INTO local VALUES (?, 'x')", (name,))


def put_and_fail(database: Database, failure: BaseException) -> None:
    with database.transaction():
        put(database, "lost")
        raise failure


def names(database: Database) -> list[str]:
    return [row[0] for row in database.rows("SELECT name FROM local ORDER BY name")]


def test_a_transaction_counts_whole_or_not_at_all(database: Database) -> None:
    with database.transaction():
        put(database, "kept")
    with pytest.raises(KeyError):
        put_and_fail(database, KeyError())
    assert names(database) == ["kept"]


def test_even_an_interrupted_transaction_leaves_the_database_free(database: Database) -> None:
    with pytest.raises(KeyboardInterrupt):
        put_and_fail(database, KeyboardInterrupt())
    with database.transaction():
        put(database, "next")
    assert names(database) == ["next"]


def test_every_commit_reaches_the_disk_before_it_returns(database: Database) -> None:
    assert database.one("PRAGMA synchronous") == (3,)
    assert database.one("PRAGMA journal_mode") == ("wal",)


def test_what_need_not_last_alone_waits_for_no_disk(database: Database) -> None:
    with database.transaction(is_lasting=False):
        put(database, "soon")
        assert database.one("PRAGMA synchronous") == (1,)
    with pytest.raises(KeyError), database.transaction(is_lasting=False):
        raise KeyError
    assert database.one("PRAGMA synchronous") == (3,)
    assert names(database) == ["soon"]


def left_in_wal(database: Database) -> int:
    row = database.one("PRAGMA wal_checkpoint(NOOP)")
    assert row
    return int(row[1]) - int(row[2])


def test_what_grew_in_wal_is_copied_at_rest_and_not_by_who_writes(database: Database) -> None:
    with database.transaction():
        put(database, "x" * 4096 * (MOST_AT_REST + 1))
    assert left_in_wal(database) > MOST_AT_REST
    database.rest()
    assert left_in_wal(database) == 0


def test_who_writes_very_much_copies_it_all_the_same(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.store.database.database.MOST_AT_WORK", 50)
    with database.transaction():
        put(database, "x" * 500_000)
    assert left_in_wal(database) == 0


def test_a_second_writer_waits_for_the_first(database: Database) -> None:
    with Database(database.path, KEY) as other:
        with database.transaction():
            put(database, "first")
            with pytest.raises(Busy, match="đang bận"):
                begin_at_once(other)
        with other.transaction():
            put(other, "second")
    assert names(database) == ["first", "second"]


def begin_at_once(database: Database) -> None:
    database.rows("PRAGMA busy_timeout=0")
    with database.transaction():
        pass


def test_a_snapshot_stays_while_others_write(database: Database) -> None:
    with Database(database.path, KEY) as other, other.snapshot():
        before = names(other)
        with database.transaction():
            put(database, "new")
        assert names(other) == before
    assert names(database) == ["new"]


def test_the_wrong_key_opens_nothing_and_says_so(
    database: Database, capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(StorageFailed, match="khóa không đúng"):
        Database(database.path, bytes(31) + b"x")
    assert capfd.readouterr().err == ""


def test_a_file_of_something_else_is_told_from_a_counter(tmp_path: Path) -> None:
    strange = tmp_path / "strange.db"
    strange.write_bytes(b"SQLite format 3\0" + bytes(5000))
    with pytest.raises(StorageFailed, match="không phải của Một Cửa"):
        Database(strange, KEY)


def test_no_file_is_made_where_there_is_none(tmp_path: Path) -> None:
    with pytest.raises(StorageFailed, match="Không thấy dữ liệu"):
        Database(tmp_path / "nothing.db", KEY)
    assert list(tmp_path.iterdir()) == []


def test_data_of_a_later_version_asks_for_an_update(database: Database) -> None:
    database.run("PRAGMA user_version=99")
    with pytest.raises(StorageFailed, match="cập nhật chương trình"):
        Database(database.path, KEY)
    assert names(database) == []


def schema(database: Database) -> list[Row]:
    return database.rows("SELECT sql FROM sqlite_master WHERE sql NOT NULL ORDER BY name")


def test_a_file_of_any_version_has_the_tables_of_a_new_one_once_it_is_opened(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    older = tmp_path / "older.db"
    for count in range(1, len(STEPS)):
        with monkeypatch.context() as then:
            then.setattr(migrating, "STEPS", STEPS[:count])
            then.setattr("app.store.database.database.SCHEMA_VERSION", count)
            Database(older, KEY, create=not older.exists()).close()
    with Database(older, KEY) as opened:
        assert schema(opened) == schema(database)


def test_a_refused_file_is_let_go(database: Database) -> None:
    database.run("PRAGMA user_version=99")
    with pytest.raises(StorageFailed):
        Database(database.path, KEY)
    database.become_one_file()
    assert not database.path.with_name("motcua.db-wal").exists()


def test_a_file_open_elsewhere_does_not_become_one_file(database: Database) -> None:
    with Database(database.path, KEY), pytest.raises(Busy):
        database.become_one_file()


def test_our_own_mistakes_stay_loud(database: Database) -> None:
    with pytest.raises(sqlcipher.OperationalError, match="no such table"):
        database.rows("SELECT * FROM nowhere")
    with pytest.raises(sqlcipher.IntegrityError), database.transaction():
        database.run("INSERT INTO logs VALUES (1, NULL, NULL, NULL, NULL, NULL, NULL, NULL)")


def test_a_full_disk_is_told_in_words_and_nothing_is_half_saved(database: Database) -> None:
    pages = database.one("PRAGMA page_count")
    assert pages is not None
    database.rows(f"PRAGMA max_page_count={pages[0]}")
    with pytest.raises(StorageFailed, match="đầy"):
        put_much(database)
    assert names(database) == []


def put_much(database: Database) -> None:
    with database.transaction():
        for number in range(1000):
            put(database, f"{number:0500}")


@pytest.mark.parametrize("version", [(3, 40, 1), (3, 51, 2)])
def test_an_sqlite_that_may_corrupt_a_wal_file_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: tuple[int, int, int]
) -> None:
    monkeypatch.setattr(sqlcipher, "sqlite_version_info", version)
    with pytest.raises(RuntimeError, match="WAL"):
        Database(tmp_path / "motcua.db", KEY, create=True)


def test_a_sound_file_shows_no_damage(database: Database) -> None:
    assert database.damage() == []


def test_every_table_is_either_the_log_a_fold_or_this_counters_own(database: Database) -> None:
    found = {
        row[0]
        for row in database.rows("SELECT name FROM sqlite_schema WHERE type='table'")
        if not row[0].startswith(("sqlite_", "search_", "_sqlite"))
    }
    assert found == {*FOLD_TABLES, *LOCAL_TABLES, "logs", "heads", "things", "events"}


def test_pythons_own_sqlite_reads_nothing(database: Database) -> None:
    read = f"import sqlite3; sqlite3.connect({str(database.path)!r}).execute('SELECT * FROM local')"
    ran = subprocess.run([sys.executable, "-c", read], capture_output=True, text=True, check=False)
    assert "file is not a database" in ran.stderr
