"""Carries events between stores in any order and in pieces, as networks and sticks do."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random

import msgspec

from app.models.events import event as e
from app.models.events.encoding import as_record, encode
from app.models.exchange.chain import DeviceKeys, Head, LogName, genesis, link, sign_head
from app.models.exchange.messages import Run
from app.store.store import Store
from tests.making import MONDAY, NGA, UNIT, ACounter


def an_empty_store(folder: Path, number: int = 9) -> Store:
    """A store that only takes in; it need not survive a power cut."""
    store = ACounter(folder, number).store
    store.database.rows("PRAGMA synchronous=OFF")
    return store


def pieces(store: Store, writers: Sequence[DeviceKeys], chance: Random) -> list[Run]:
    """All a store holds as runs of one to four events, each log's in order, the logs mixed."""
    cut = [list(_cut(run, writers, chance)) for run in store.runs(dict.fromkeys(store.map(), 0))]
    mixed = []
    while any(cut):
        mixed.append(chance.choice([queue for queue in cut if queue]).pop(0))
    return mixed


def _cut(run: Run, writers: Sequence[DeviceKeys], chance: Random) -> Iterator[Run]:
    keys = next(keys for keys in writers if keys.public == run.keys)
    first, known = 1, genesis(UNIT, run.log)
    while first <= run.last:
        records = run.records[first - 1 : first - 1 + chance.randint(1, 4)]
        for record in records:
            known = link(known, record)
        last = first + len(records) - 1
        head = sign_head(keys, UNIT, run.log, last, known)
        yield Run(run.log, run.keys, first, records, (head,))
        first = last + 1


class Stranger:
    """A device of the unit that signs whatever it likes."""

    def __init__(self, name: str = "lạ") -> None:
        self.keys = DeviceKeys(Random(name).randbytes(64))
        self.log = LogName(self.keys.public.device, "0" * 16)
        self.seq, self.known = 0, genesis(UNIT, self.log)

    def says(self, public: bytes, personal: bytes | None = None) -> Run:
        """One event of these bytes, chained and signed."""
        record = as_record(public, personal)
        self.seq, self.known = self.seq + 1, link(self.known, record)
        head: Head = sign_head(self.keys, UNIT, self.log, self.seq, self.known)
        return Run(self.log, self.keys.public, self.seq, (record,), (head,))

    def tells(
        self, body: e.AnyBody, about: str = "", saw: tuple[e.EventName, ...] = (),
        personal: e.Personal | None = None,
    ) -> Run:  # fmt: skip
        """One event with this body; without a thing it opens one."""
        name = e.EventName(*self.log, self.seq + 1)
        event = e.Event(name, about or str(name), saw, NGA, NGA, MONDAY, MONDAY, body, personal)
        return self.says(*encode(event))


def joined(runs: list[Run]) -> Run:
    """Runs of one log, each going on from the one before, as one."""
    records = tuple(record for run in runs for record in run.records)
    return runs[0]._replace(records=records, heads=tuple(h for run in runs for h in run.heads))


def body_of(store: Store, kind: str) -> list[dict[str, object]]:
    """The standing bodies of a kind."""
    rows = store.database.rows("SELECT body FROM standing WHERE kind=? ORDER BY key", (kind,))
    return [msgspec.json.decode(row[0]) for row in rows]


def effects(store: Store) -> list[tuple[str, str]]:
    """(effect, reason) of every event that isn't applied, as they came."""
    sql = "SELECT effect, reason FROM events WHERE effect != 'applied' ORDER BY id"
    return [(effect, reason) for effect, reason in store.database.rows(sql)]
