"""Many rows at once go in as one row does; on both stores."""

import pytest
from sqlalchemy import select

from server import tables as t
from server.bulk import FEW, insert_many
from tests.sync.small import UNIT, SmallServer


@pytest.mark.parametrize("count", [0, 1, FEW, FEW + 1, 1000])
def test_rows_are_kept_the_same_however_many_they_are(server: SmallServer, count: int) -> None:
    rows = [
        {"unit": UNIT, "device": f"a\0{n}", "map": f"bản đồ {n}\0", "at": n} for n in range(count)
    ]
    with server.built.units.open(UNIT) as ledger:
        insert_many(ledger.connection, t.peers, rows)
        kept = ledger.connection.execute(select(t.peers).order_by(t.peers.c.at)).all()
    assert [tuple(row) for row in kept] == [
        (UNIT, f"a\ufffd{n}", f"bản đồ {n}\ufffd", n) for n in range(count)
    ]


def test_bytes_and_what_is_missing_go_in_as_they_are(server: SmallServer) -> None:
    row = {"unit": UNIT, "device": "a", "incarnation": "b", "about": "c", "type": "d"}
    rows = [
        row | {"seq": n, "public": b"\0\xff", "personal": None if n % 2 else b"",
               "personal_hash": b"", "hash": bytes([n])}
        for n in range(FEW + 1)
    ]  # fmt: skip
    with server.built.units.open(UNIT) as ledger:
        insert_many(ledger.connection, t.events, rows)
        c = t.events.c
        query = select(c.seq, c.public, c.personal, c.hash).where(c.device == "a").order_by(c.seq)
        kept = ledger.connection.execute(query).all()
    assert [tuple(one) for one in kept] == [
        (n, b"\0\xff", None if n % 2 else b"", bytes([n])) for n in range(FEW + 1)
    ]
