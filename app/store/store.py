"""Opens everything a counter keeps on disk, joined: the one thing desk and sync are given."""

import secrets
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from app.models.chain import DeviceKeys, LogName
from app.models.errors import BadInput
from app.models.exchange import Known, Map, Run, Taken
from app.store.backup import back_up
from app.store.database import Database
from app.store.dossiers import Dossiers
from app.store.folding import Folding
from app.store.journal import Journal, Random
from app.store.keeping import Keeping
from app.store.log import Log
from app.store.marker import MarkerFile
from app.store.standing import Standing
from app.store.verify import Verified, verify


class Store:
    """One counter's data: deeds are written through `journal`, everything else reads.

    As a `Replica` it exchanges what it holds; see `app.models.exchange`.
    """

    def __init__(
        self, database: Path, state: Path, key: bytes, *,
        random: Random = secrets.token_bytes, machine: str | None = None,
    ) -> None:  # fmt: skip
        self.database = Database(database, key)
        self._key = key
        self.keeping = Keeping(self.database)
        self.unit = self.keeping.get("unit")
        self.counter = int(self.keeping.get("counter", "0"))
        self.keys = DeviceKeys(bytes.fromhex(self.keeping.get("device")))
        self.folding = Folding(self.database)
        self.standing = Standing(self.database)
        self.dossiers = Dossiers(self.database, self.folding)
        self.random = random
        self._log = Log(self.database, self.unit, self.folding.fold)
        marker = MarkerFile(state, self.keys.public.device, key, machine)
        self.journal = Journal(
            self.database,
            self._log,
            self.folding,
            self.keys,
            marker,
            self.unit,
            self.counter,
            random,
        )

    def verify(self) -> Verified:
        """Check everything held against itself."""
        return verify(self.database, self.folding, self.unit)

    def backup(self, path: Path, key_ring: Path) -> Verified:
        """Write data and keys into one file, read back and checked; raises `StorageFailed`."""
        return back_up(self.database, self._key, self.unit, key_ring, path)

    def tidy(self) -> None:
        """Merge the search index after a large arrival: keystrokes then walk one list a word, not ten."""
        with self.database.transaction():
            self.database.run("INSERT INTO search (search) VALUES ('optimize')")

    def close(self) -> None:
        self.database.close()

    # --- Replica ----------------------------------------------------------------------------------

    def map(self) -> dict[LogName, Known]:
        return self._log.map()

    def hash_at(self, log: LogName, seq: int) -> bytes | None:
        return self._log.hash_at(log, seq)

    def runs(self, after: Mapping[LogName, int]) -> tuple[Run, ...]:
        return self._log.runs(after)

    def take(self, runs: tuple[Run, ...]) -> Taken:
        return self._log.take(runs)

    def pending(self, peer: str) -> tuple[int, datetime | None]:
        """(events `peer` hasn't signed for, when the oldest was keyed)."""
        acknowledged = self.keeping.acknowledged(peer)
        held: Map = acknowledged.map if acknowledged else {}
        waiting, oldest = 0, None
        for row in self.database.rows("SELECT id, device, incarnation, seq FROM logs"):
            known = held.get(LogName(row[1], row[2]))
            from_seq = (
                known.seq
                if known and self.hash_at(LogName(row[1], row[2]), known.seq) == known.hash
                else 0
            )
            waiting += row[3] - from_seq
            first = self.database.one(
                "SELECT thing FROM events WHERE log=? AND seq=?", (row[0], from_seq + 1)
            )
            if first is not None:
                since = min(
                    x.keyed_at for x in self.folding.events_of(first[0]) if x.name.seq > from_seq
                )
                oldest = since if oldest is None else min(oldest, since)
        return waiting, oldest


def create(
    database: Path, key: bytes, unit: str, counter: int, *, random: Random = secrets.token_bytes
) -> None:
    """Make an empty database for counter `counter` of `unit`; raises `BadInput` when one is there."""
    if database.exists():
        raise BadInput(f"Ở {database.parent} đã có dữ liệu. Hãy chọn thư mục khác.")
    database.parent.mkdir(parents=True, exist_ok=True)
    with Database(database, key, create=True) as made:
        keeping = Keeping(made)
        keeping.put("unit", unit)
        keeping.put("counter", str(counter))
        keeping.put("device", random(64).hex())
