"""A closed counter as its disk holds it: made once, put down for each test that wants one."""

from dataclasses import dataclass
from pathlib import Path

import msgspec

from app.models.exchange.incarnation import Mark
from app.store.journal import journal
from app.store.journal.marker import MarkerFile
from app.store.store import Store


@dataclass(frozen=True)
class AtRest:
    """What lies in the data folder, and the marker apart from it."""

    database: bytes
    device: str
    mark: Mark
    key: bytes
    machine: str

    def put(self, database: Path, state: Path) -> None:
        """As one that was made there, and not as a copy."""
        database.parent.mkdir(parents=True, exist_ok=True)
        database.write_bytes(self.database)
        mark = msgspec.structs.replace(self.mark, folder=journal.folder_id(database))
        MarkerFile(state, self.device, self.key, self.machine).write(mark)


def at_rest(store: Store, state: Path, key: bytes, machine: str) -> AtRest:
    """Close `store`, and take what it leaves."""
    database, device = store.database.path, store.keys.public.device
    store.close()
    mark = MarkerFile(state, device, key, machine).read()
    assert mark is not None
    return AtRest(database.read_bytes(), device, mark, key, machine)
