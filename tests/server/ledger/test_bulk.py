"""Many rows at once go in as one row does; on both stores."""

import pytest
from sqlalchemy import select

from server.ledger.bulk import FEW, among, insert_many
from server.store import tables as t
from tests.sync.small import UNIT, SmallServer


@pytest.mark.parametrize("count", [0, 1, FEW, FEW + 1, 1000])
def test_rows_are_kept_the_same_however_many_they_are(server: SmallServer, count: int) -> None:
    rows = [(UNIT, f"{n:04}", "2026-12-01", f"phiếu {n}") for n in range(count)]
    with server.built.units.open(UNIT) as ledger:
        insert_many(ledger.connection, t.ballots, rows)
        kept = ledger.connection.execute(select(t.ballots).order_by(t.ballots.c.key)).all()
    assert [tuple(row) for row in kept] == rows


def test_bytes_and_what_is_missing_go_in_as_they_are(server: SmallServer) -> None:
    rows = [
        (UNIT, "a", "b", n, "c", "d", b"\0\xff", None if n % 2 else b"", b"", bytes([n]))
        for n in range(FEW + 1)
    ]
    with server.built.units.open(UNIT) as ledger:
        insert_many(ledger.connection, t.events, rows)
        c = t.events.c
        query = select(c.seq, c.public, c.personal, c.hash).where(c.device == "a").order_by(c.seq)
        kept = ledger.connection.execute(query).all()
    assert [tuple(one) for one in kept] == [
        (n, b"\0\xff", None if n % 2 else b"", bytes([n])) for n in range(FEW + 1)
    ]


@pytest.mark.parametrize("asked", [[], ["0001"], ["0002", 'đ"ừ\\ng', "0999", "1000"]])
def test_the_rows_of_many_names_are_found(server: SmallServer, asked: list[str]) -> None:
    names = [*(f"{n:04}" for n in range(1000)), 'đ"ừ\\ng']
    with server.built.units.open(UNIT) as ledger:
        insert_many(ledger.connection, t.ballots, [(UNIT, name, "", "") for name in names])
        c = t.ballots.c
        query = select(c.key).where(among(ledger.connection, c.key, asked))
        found = set(ledger.connection.scalars(query))
    assert found == {*asked} & {*names}
