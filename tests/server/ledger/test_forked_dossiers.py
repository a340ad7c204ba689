"""Dossiers of a forked log: whichever branch comes first and whatever was done to them elsewhere, the server shows the same."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pytest
from sqlalchemy import Connection, select

from app.desk.deeds.details import Details
from app.models.dossiers.lifecycle import Deed
from app.models.exchange.messages import Run
from server.ledger.ledger import Ledger
from server.store import tables as t
from tests.making import UNIT, ACounter, a_counter, exchange
from tests.sync.small import SmallServer
from tests.sync.stick import enrolled


@pytest.fixture
def unit(tmp_path: Path) -> SmallServer:
    return SmallServer(tmp_path / "server", UNIT)


@pytest.fixture
def pieces(unit: SmallServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Run]:
    """Of a counter and of its copy, one more dossier each, of one name; and what two others, of whom
    each met one of them, did to it."""
    monkeypatch.setattr("app.store.journal.journal.folder_id", lambda _: "1")
    one = enrolled(a_counter(tmp_path / "1"), unit)
    one.receive("Người Đầu")
    one.close()
    shutil.copytree(tmp_path / "1", folder := tmp_path / "copy")
    two = replace(one, folder=folder, state=folder / "state")
    told = []
    for parted, number, to in ((one.open(), 3, "hung"), (two, 4, "nga")):
        met = enrolled(a_counter(tmp_path / str(number), number, machine=f"máy {number}"), unit)
        name = parted.receive(f"Người {number}").name
        exchange(parted.store, met.store)
        met.desk.progress.do(Deed.HAND_OVER, [name], met.officer, Details(to=to))
        if number == 4:
            parted.receive("Người Cuối")
        told += [own_run(parted), own_run(met)]
    assert told[0].log == told[2].log
    return told


def own_run(counter: ACounter) -> Run:
    own = counter.store.journal.own()
    assert own is not None
    counter.store.journal.sign_head()
    (run,) = counter.store.runs({own.log: 0})
    return run


@contextmanager
def emptied(unit: SmallServer) -> Iterator[Ledger]:
    """The unit as it was before anything came; so it is again afterwards."""
    with unit.built.units.open(UNIT) as ledger, ledger.connection.begin_nested() as attempt:
        yield ledger
        attempt.rollback()


def anew(ledger: Ledger) -> Ledger:
    """As another transaction begins."""
    return Ledger(ledger.connection, UNIT, ledger.folding._server)


def shown(connection: Connection) -> list[tuple[object, ...]]:
    return sorted(map(tuple, connection.execute(select(t.dossiers))))


def held(connection: Connection) -> list[tuple[object, ...]]:
    c = t.events.c
    return sorted(
        map(tuple, connection.execute(select(c.device, c.incarnation, c.seq, c.about, c.hash)))
    )


def test_in_any_order_each_dossier_stands_as_all_that_is_held_makes_it(
    unit: SmallServer, pieces: list[Run]
) -> None:
    found = []
    for order in permutations(pieces):
        with emptied(unit) as ledger:
            for run in order:
                anew(ledger).take((run,))
            dossiers, events = shown(ledger.connection), held(ledger.connection)
            ledger.connection.execute(t.dossiers.delete())
            anew(ledger).folding.fold({str(about) for *_, about, _ in events})
            assert shown(ledger.connection) == dossiers
            found.append((dossiers, events))
    assert all(each == found[0] for each in found)
    statuses = sorted(str(row[5]) for row in found[0][0])
    assert statuses == ["handed_over"] * 2 + ["received"] * 2


def test_in_one_message_they_come_to_the_same(unit: SmallServer, pieces: list[Run]) -> None:
    found = []
    for order in list(permutations(pieces))[::5]:
        with emptied(unit) as ledger:
            before = len(held(ledger.connection))
            received = ledger.take(order).received
            assert received == len(held(ledger.connection)) - before
            found.append(shown(ledger.connection))
    assert all(each == found[0] for each in found)
    assert len(found[0]) == 4
