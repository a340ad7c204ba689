"""A server on SQLite that holds one unit alone, and the same with neighbours that look like it to the last row.

One neighbour has the unit's keys with other values; the other has all its rows again, and more under other
keys. So a statement that forgets the unit reads, counts or changes something of theirs.
"""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Table, delete, insert, select

from app.models.events import event as e
from app.models.events.digitising import Digitised
from app.models.exchange import file_talk as talk
from app.models.exchange.chain import lookup_token
from server.exchange.bundle_files import keep_wanted
from server.ledger.ledger import Ledger
from server.store import tables as t
from server.units import satisfaction
from server.units.notices import Notices
from server.units.oversight import Oversight
from tests.sync.small import NOW, UNIT, SmallCounter, SmallServer

SAME_KEYS, SAME_ROWS = "H50.11", "H50.13"  # one name is less than the unit's, the other greater
WHOLE, HALF = b"w" * 1000, b"h" * (talk.PART + 1)
SALT = "given back"
UNSPENT = "said nothing yet"

Row = dict[str, Any]


def other(value: Any) -> Any:
    """Another value of the same kind; None where bytes might stand."""
    match value:
        case str():
            return value[::-1] if value != value[::-1] else f"{value}x"
        case int():
            return -1 - value
        case _:
            return (value or b"")[::-1] + b"x"


def file_of(content: bytes) -> str:
    return sha256(content).hexdigest()


@dataclass
class World:
    """A server, and who talked to it; worlds made from one draw the same numbers."""

    server: SmallServer
    one: SmallCounter
    moved: SmallCounter
    gone: SmallCounter
    cloned: SmallCounter
    scans: dict[bytes, e.EventName] = field(default_factory=dict)
    notice: str = ""
    code: str = ""
    _drawn: Iterator[int] = field(default_factory=lambda: count(1000))

    def random(self, size: int) -> bytes:
        return sha256(str(next(self._drawn)).encode()).digest()[:size]

    @property
    def oversight(self) -> Oversight:
        return Oversight(self.server.built.units, self.server.built.author)

    @property
    def notices(self) -> Notices:
        built = self.server.built
        return Notices(built.units, built.author, self.server.keys.public.device, self.random)

    @contextmanager
    def ledger(self) -> Iterator[Ledger]:
        with self.server.built.units.open(UNIT) as ledger:
            yield ledger

    def copied(self, folder: Path) -> "World":
        """The same world in another folder, served by another process."""
        self.server.built.engine.dispose()
        shutil.copytree(self.server.data, folder)
        one, moved, gone, cloned = deepcopy((self.one, self.moved, self.gone, self.cloned))
        known = (self.scans, self.notice, self.code)
        made = World(self.server, one, moved, gone, cloned, *known, count(1))
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("server.build.token_bytes", made.random)
            made.server = SmallServer(folder)
        return made

    def smaller_clone(self) -> SmallCounter:
        """Of counter one, gone apart from its third event on, and with it the branch that keeps the name."""
        own, held = self.one.own, self.one.logs[self.one.own].hashes[2]
        (run,) = self.one.runs({own: 0})
        numbers = count(100)
        while True:
            clone = SmallCounter("one", 1)
            clone.logs.clear()
            clone.take([run._replace(records=run.records[:2], heads=run.heads[:2])])
            clone.receive(next(numbers))
            if clone.map()[own].hash < held:
                return clone

    def rows(self, *units: str) -> dict[str, list[tuple[object, ...]]]:
        """All that is held of these units, by table."""
        with self.server.built.engine.connect() as connection:
            return {
                name: sorted(
                    (tuple(r) for r in connection.execute(select(x).where(x.c.unit.in_(units)))),
                    key=repr,
                )
                for name, x in t.metadata.tables.items()
            }


def a_world(folder: Path) -> World:
    """One unit with rows in every table."""
    server = SmallServer(folder, UNIT)
    one, moved, gone = SmallCounter("one", 1), SmallCounter("moved", 12), SmallCounter("gone", 3)
    moved.start("a" * 16, reason="moved")
    for counter in (one, moved, gone):
        server.enrol(counter)
        counter.receive(1)
        server.exchange(counter)
    world = World(server, one, moved, gone, deepcopy(moved))
    thing = str(one.receive(2, salt=SALT))
    for body in (e.HandedOver("hoa"), e.Accepted(), e.Resolved(), e.Returned()):
        one.write(body, thing)
    for content in (WHOLE, HALF):
        named = Digitised(1, file_of(content), len(content), 2)
        world.scans[content] = one.write(named, thing)
    server.exchange(one)
    for number, counter in enumerate((moved, world.cloned), 2):
        counter.receive(number)
        with world.ledger() as ledger:
            ledger.take(counter.runs({counter.own: 0}))
            ledger.raise_alarms("moved", NOW)
    world.oversight.revoke(UNIT, "3", None, NOW)
    gone.receive(2)
    for counter in (gone, SmallCounter("stranger", 9)):
        with pytest.raises(Exception, match=r"thu hồi|chưa biết"):
            server.exchange(counter)
    _fill(world)
    return world


def _fill(world: World) -> None:
    """What no exchange brings."""
    built, files = world.server.built, world.server.built.upstream.files
    for content, event in world.scans.items():
        files.take(UNIT, talk.Put(file_of(content), event, 0, content[: talk.PART]))
    assert built.ballots
    built.ballots.cast(lookup_token(SALT), 3, NOW)
    world.notice = world.notices.send("Hãy nhận hồ sơ giấy.", [UNIT], NOW)
    world.code = world.server.code()
    ballots = tuple((bytes([n]) * 16, {"overall": 3}) for n in range(1, 6))
    with world.ledger() as ledger:
        satisfaction.keep(ledger, talk.Box(NOW.date(), ballots))
        device = world.one.keys.public.device
        told = {"unit": UNIT, "device": device, "map": "[]", "at": 0}
        ledger.connection.execute(insert(t.peers), told)
        keep_wanted(ledger, device, (file_of(WHOLE),))


def give_neighbours(world: World) -> None:
    """Rows of two more units, before and behind the unit's own in every order they may be read in."""
    built = world.server.built
    assert built.ballots
    spent = {"unit": SAME_ROWS, "mark": built.ballots._mark(lookup_token(UNSPENT))}
    notices = _another_notice(world)
    with built.engine.begin() as connection:
        for x in t.metadata.tables.values():
            own = [dict(row) for row in connection.execute(select(x)).mappings()]
            assert own, f"{x.name} has no row to be mixed up"
            connection.execute(delete(x))
            for rows in (_lesser(x, own), own, _greater(x, own)):
                connection.execute(insert(x), rows)
        connection.execute(insert(t.phone_spent), spent)
        connection.execute(insert(t.events), notices)


def _another_notice(world: World) -> list[Row]:
    """What the server told a neighbour alone."""
    keys = [column.name for column in t.events.columns]
    rows: list[Row] = [dict(zip(keys, row, strict=True)) for row in world.rows(UNIT)["events"]]
    named, other_name = world.notice.encode(), other(world.notice).encode()
    return [
        row | {"unit": SAME_ROWS, "seq": 5000, "public": row["public"].replace(named, other_name)}
        for row in rows
        if row["type"] == "notice_sent"
    ]


def _lesser(table: Table, own: list[Row]) -> list[Row]:
    """With the same keys and nothing else the same."""
    values = {column.name for column in table.columns} - _keys(table)
    return [_changed(row, SAME_KEYS, values, _unlike) for row in own]


def _greater(table: Table, own: list[Row]) -> list[Row]:
    """All rows again; and with another key, in one part of it or in all, and with nothing the same."""
    keys, columns = _keys(table), {column.name for column in table.columns}
    changes = [(set[str](), other), (columns, _more), (keys, other)]
    changes += [({key}, change) for key in sorted(keys) for change in (other, _more)]
    found: dict[tuple[object, ...], Row] = {}
    for some, change in changes:
        for row in own:
            changed = _changed(row, SAME_ROWS, some, change)
            found.setdefault(tuple(changed[key] for key in sorted(keys)), changed)
    return list(found.values())


def _keys(table: Table) -> set[str]:
    return {column.name for column in table.primary_key} - {"unit"}


def _more(value: Any) -> Any:
    """Another value that begins alike, and is greater."""
    match value:
        case str():
            return f"{value}9"
        case int():
            return value + 10**12
        case _:
            return (value or b"")[::-1] + b"x"


def _unlike(value: Any) -> Any:
    """Another value: text begins alike, a number is less."""
    return other(value) if isinstance(value, int) else _more(value)


def _changed(row: Row, unit: str, columns: set[str], change: Callable[[Any], Any]) -> Row:
    """Always with another token: that one alone names a dossier whatever its unit."""
    changed = columns | {"token"}
    return {k: change(v) if k in changed else v for k, v in row.items()} | {"unit": unit}
