"""Units are kept apart twice: by the code, and by PostgreSQL's row-level security. Each holds alone."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, insert, select, text
from sqlalchemy.exc import ProgrammingError

from app.models.errors import OtherSideFailed, Refused
from app.models.events import event as e
from app.models.exchange.chain import lookup_token
from server.ledger.devices import Devices, Fork
from server.ledger.ledger import Ledger
from server.store import tables as t
from server.store.database import reading, writing
from server.store.postgres import migrate_url, open_url
from tests.server.cluster import Cluster
from tests.sync.small import UNIT, SmallCounter, SmallServer

NEIGHBOUR = "H50.13"
Sql = Callable[[str], None]


@pytest.fixture
def sql(cluster: Cluster, database: str) -> Iterator[Sql]:
    """Runs a statement as the superuser, as a careless administrator would."""
    engine = create_engine(cluster.url(database, "postgres"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        yield lambda statement: connection.exec_driver_sql(statement).close()
    engine.dispose()


@pytest.fixture
def engine(cluster: Cluster, database: str, tmp_path: Path) -> Iterator[Engine]:
    """The server's role on a store with a row of two units in every table."""
    served = SmallServer(tmp_path / "two", UNIT, NEIGHBOUR, store=cluster.url(database))
    for unit in (UNIT, NEIGHBOUR):
        fill(served, unit)
    yield served.built.engine
    served.built.engine.dispose()


def fill(server: SmallServer, unit: str) -> None:
    counter = SmallCounter(unit, 1, unit)
    server.enrol(counter)
    counter.start("a" * 16, reason="moved")
    counter.receive(1, salt=unit)
    server.exchange(counter)
    with pytest.raises(OtherSideFailed):
        server.exchange(SmallCounter("stranger", 9, unit))
    with server.built.units.open(unit) as ledger:
        revoked = e.Revoked("0" * 32, "b" * 16, 1)
        server.built.author.write(ledger, [revoked], server.now)
        ledger.devices.alarm(Fork(counter.own, 1, b"1", b"2"), "x", server.now)
        told = {"unit": unit, "device": counter.keys.public.device, "map": "[]", "at": 0}
        ledger.connection.execute(insert(t.peers), told)
        scan = {"unit": unit, "file": "ab" * 32}
        ledger.connection.execute(insert(t.files), {**scan, "held": 1, "whole": 0})
        ledger.connection.execute(insert(t.file_parts), {**scan, "start": 0, "part": b"x"})
        ballot = {"unit": unit, "key": "cd" * 16, "until": "2026-11-23", "answers": "{}"}
        ledger.connection.execute(insert(t.ballots), ballot)
        by_phone = {"unit": unit, "key": "ef" * 16, "day": "2026-11-23", "answers": "{}"}
        ledger.connection.execute(insert(t.phone_ballots), by_phone)
        ledger.connection.execute(insert(t.phone_spent), {"unit": unit, "mark": "ab" * 32})


def units_seen(engine: Engine, table: str, **scope: str) -> set[str]:
    with reading(engine, **scope) as connection:
        return set(connection.scalars(select(t.metadata.tables[table].c.unit)))


# --- row-level security alone: statements that name no unit ---------------------------------------


@pytest.mark.parametrize("table", sorted(t.metadata.tables.keys() - {"units"}))
def test_the_database_shows_one_unit_whatever_is_asked(engine: Engine, table: str) -> None:
    assert units_seen(engine, table, unit=UNIT) == {UNIT}
    assert units_seen(engine, table, unit=NEIGHBOUR) == {NEIGHBOUR}
    assert units_seen(engine, table) == set()


@pytest.mark.parametrize("table", sorted(t.metadata.tables))
def test_the_database_takes_no_row_of_another_unit(
    engine: Engine, owner_rows: Callable[[str], dict[str, object]], table: str
) -> None:
    row = owner_rows(table)
    with (
        pytest.raises(ProgrammingError, match="row-level security"),
        writing(engine, UNIT) as connection,
    ):
        connection.execute(insert(t.metadata.tables[table]), row)


@pytest.fixture
def owner_rows(
    cluster: Cluster, database: str, engine: Engine
) -> Iterator[Callable[[str], dict[str, object]]]:
    """A row of the neighbour's, under a key that is free."""
    made = create_engine(cluster.url(database, "postgres"))

    def row(table: str) -> dict[str, object]:
        columns = t.metadata.tables[table]
        with made.connect() as connection:
            found = connection.execute(select(columns).where(columns.c.unit == NEIGHBOUR)).first()
        assert found is not None
        return {**found._asdict(), "unit": f"{NEIGHBOUR}.1"}

    yield row
    made.dispose()


def test_no_event_can_be_deleted_and_no_table_emptied(engine: Engine) -> None:
    for statement in (
        "DELETE FROM events",
        "DELETE FROM heads",
        "DELETE FROM ballots",
        "UPDATE ballots SET answers = ''",
        "TRUNCATE dossiers",
    ):
        with (
            pytest.raises(ProgrammingError, match="permission denied"),
            writing(engine, UNIT) as connection,
        ):
            connection.execute(text(statement))


def test_a_transactions_unit_is_forgotten_with_it(engine: Engine) -> None:
    with writing(engine, UNIT) as connection:
        backend = connection.scalar(text("SELECT pg_backend_pid()"))
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT pg_backend_pid()")) == backend
        assert connection.scalars(select(t.devices.c.unit)).all() == []


def test_a_slip_shows_its_dossier_and_no_other_table(engine: Engine) -> None:
    token = lookup_token(NEIGHBOUR)
    assert units_seen(engine, "dossiers", token=token) == {NEIGHBOUR}
    for table in t.metadata.tables.keys() - {"units", "dossiers"}:
        assert units_seen(engine, table, token=token) == set()


def test_a_dossier_without_a_token_is_shown_to_nobody(engine: Engine, sql: Sql) -> None:
    sql("UPDATE dossiers SET token = ''")
    assert units_seen(engine, "dossiers", token="") == set()


# --- the code alone: no row-level security ---------------------------------------------------------


def test_the_code_shows_one_unit_where_the_database_shows_all(
    cluster: Cluster, database: str, engine: Engine
) -> None:
    bare = create_engine(cluster.url(database, "postgres"))
    with bare.connect() as connection:
        assert len(set(connection.scalars(select(t.events.c.unit)))) == 2
        ledger, devices = Ledger(connection, "H50.99", "x"), Devices(connection, "H50.99")
        assert ledger.map() == {}
        assert list(ledger.first_events()) == []
        assert devices.counters() == {}
        assert devices.lanes() == []
        assert devices.books() == []
        log = SmallCounter(UNIT, 1, UNIT).own
        assert ledger.hash_at(log, 1) is None
    bare.dispose()


# --- the start-up check ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("harm", "told"),
    [
        ("ALTER TABLE events DISABLE ROW LEVEL SECURITY", "bảng events chưa bắt buộc"),
        ("ALTER TABLE codes NO FORCE ROW LEVEL SECURITY", "bảng codes chưa bắt buộc"),
        ("DROP POLICY one_unit ON lanes", "bảng lanes thiếu chính sách"),
        ("ALTER POLICY one_unit ON logs USING (true)", "bảng logs thiếu chính sách"),
        ("CREATE POLICY more ON heads USING (true)", "bảng heads có chính sách lạ"),
        ("ALTER TABLE forks OWNER TO motcua_app", "sở hữu bảng forks"),
        ("DROP TABLE books", "thiếu bảng books"),
        ("CREATE TABLE more (unit text)", "bảng more chưa bắt buộc"),
        ("CREATE VIEW everything AS SELECT * FROM events; GRANT SELECT ON everything TO PUBLIC",
         "lối vòng everything"),
        ("CREATE FUNCTION peek() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1'",
         "lối vòng peek"),
    ],
)  # fmt: skip
def test_a_store_that_mixes_units_is_not_served(
    cluster: Cluster, database: str, sql: Sql, harm: str, told: str
) -> None:
    sql(harm)
    with pytest.raises(Refused, match=told):
        open_url(cluster.url(database))


@pytest.mark.parametrize(
    "role",
    ["postgres", "bypassing", "climbing"],
)
def test_a_role_above_the_policies_serves_nobody(
    cluster: Cluster, database: str, sql: Sql, role: str
) -> None:
    sql("DROP ROLE IF EXISTS bypassing")
    sql("DROP ROLE IF EXISTS climbing")
    sql("CREATE ROLE bypassing LOGIN BYPASSRLS IN ROLE motcua_app")
    sql("CREATE ROLE climbing LOGIN IN ROLE motcua_app, bypassing")
    with pytest.raises(Refused, match="vượt qua mọi chính sách"):
        open_url(cluster.url(database, role))


def test_the_reader_above_is_not_the_server(cluster: Cluster, database: str) -> None:
    with pytest.raises(Refused, match="chính sách"):
        open_url(cluster.url(database, "motcua_upstream"))


def test_an_older_schema_is_not_served(cluster: Cluster, database: str, sql: Sql) -> None:
    sql("UPDATE alembic_version SET version_num = '0001'")
    with pytest.raises(Refused, match="motcua-server migrate"):
        open_url(cluster.url(database))


def test_who_may_not_migrate_is_told_so(cluster: Cluster, database: str, sql: Sql) -> None:
    sql("UPDATE alembic_version SET version_num = '0001'")
    with pytest.raises(Refused, match="không có quyền"):
        migrate_url(cluster.url(database))


SCHEMA = (
    (
        "SELECT table_name, column_name, data_type, is_nullable, column_default"
        " FROM information_schema.columns WHERE table_schema = 'public'"
    ),
    "SELECT tablename, policyname, cmd, roles::text, qual, with_check FROM pg_policies",
    "SELECT tablename, indexdef FROM pg_indexes WHERE schemaname = 'public'",
    (
        "SELECT relname, relrowsecurity, relforcerowsecurity, relacl::text FROM pg_class"
        " WHERE relnamespace = 'public'::regnamespace"
    ),
    "SELECT tgrelid::regclass::text, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
    "SELECT proname, prosrc, proacl::text FROM pg_proc WHERE pronamespace = 'public'::regnamespace",
    "SELECT version_num FROM alembic_version",
)
"""Columns, policies, indexes, who may what, triggers, functions, and how far it was migrated."""


def schema_of(url: str) -> list[set[tuple[object, ...]]]:
    engine = create_engine(url)
    with engine.connect() as connection:
        found = [{tuple(row) for row in connection.exec_driver_sql(sql)} for sql in SCHEMA]
    engine.dispose()
    return found


def test_migrating_twice_changes_nothing(cluster: Cluster, database: str) -> None:
    administrator = cluster.url(database, "postgres")
    before = schema_of(administrator)
    migrate_url(administrator)
    assert schema_of(administrator) == before
    assert all(before[: len(SCHEMA) - 3])
    open_url(cluster.url(database)).dispose()


# --- the tier above reads, and reads no more than it should ------------------------------------------


@pytest.fixture
def above(cluster: Cluster, database: str, engine: Engine) -> Iterator[Engine]:
    made = create_engine(cluster.url(database, "motcua_upstream"))
    yield made
    made.dispose()


def test_the_tier_above_sees_every_units_work(above: Engine) -> None:
    with above.connect() as connection:
        rows = connection.execute(select(t.dossiers.c.unit, t.dossiers.c.status)).all()
    assert {unit for unit, _ in rows} == {UNIT, NEIGHBOUR}


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT token FROM dossiers",
        "SELECT * FROM events",
        "SELECT * FROM codes",
        "SELECT * FROM ballots",
        "SELECT * FROM phone_ballots",
        "UPDATE dossiers SET status = 'returned'",
        "DELETE FROM forks",
        "INSERT INTO units VALUES ('H50.14', '', 0)",
    ],
)
def test_the_tier_above_reads_no_person_and_changes_nothing(above: Engine, statement: str) -> None:
    with (
        above.connect() as connection,
        pytest.raises(ProgrammingError, match="permission denied"),
    ):
        connection.exec_driver_sql(statement)
