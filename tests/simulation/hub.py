"""A hub of the first commune: the real relay and its real replica, on a file and keys of its own."""

import shutil
from collections.abc import Callable, Collection
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from sqlalchemy import Engine, select

from app.models.exchange.chain import LogName
from app.models.exchange.messages import Known
from server import keys
from server.exchange.upstream import Upstream
from server.hub import hub
from server.hub.file_relay import FileRelay
from server.store import tables
from server.store.database import open_embedded
from server.units.units import Units
from tests.simulation.lanes import answered

ROOT = sha256(b"hub of the simulation").digest()
KEYS = keys.device_keys(ROOT)
HUB_URL = "http://192.168.1.9:8711"


class SimulatedHub:
    """It is off until a run switches it on; what it holds then stays among the copies there are."""

    def __init__(self, folder: Path, now: Callable[[], datetime]) -> None:
        self.folder = folder
        self.now = now
        self.on = False
        self.engine: Engine | None = None
        self.kept: Path | None = None

    def join(self, unit: str, url: str, code: str) -> None:
        """Become the unit's hub, as `motcua-server hub join` does."""
        self.folder.mkdir()
        engine = self._open()
        hub.join(self.folder, engine, KEYS.public, unit, url, code, self.now())
        engine.dispose()

    def start(self) -> None:
        self.stop()
        role = hub.role_in(self.folder)
        assert role is not None
        self.on, self.unit, self.engine = True, role.unit, self._open()
        authority = role.server.keys.device
        self.units = Units(self.engine, authority)
        self.relay = hub.Relay(self.units, lambda: role, KEYS, self.now, self.folder / hub.WORD)
        self.upstream = Upstream(self.units, None, KEYS, authority, self.relay.word)
        self.scans = FileRelay(self.upstream.files, lambda: role, KEYS)

    def stop(self) -> None:
        if self.engine is not None:
            self.engine.dispose()

    def found(self, unit: str, devices: Collection[str]) -> dict[str, str]:
        """What a counter finds on its network."""
        here = self.on and unit == self.unit and KEYS.public.device in devices
        return {KEYS.public.device: HUB_URL} if here else {}

    def answer(self, path: str, body: bytes) -> tuple[int, bytes]:
        return answered(self.upstream, path, body, self.now())

    def keep(self) -> None:
        """An image of its disk."""
        self.stop()
        self.kept = Path(shutil.copyfile(self._file, self.folder / "kept.db"))
        self.start()

    def put_back(self, kept: Path) -> None:
        self.stop()
        for suffix in ("-wal", "-shm"):
            self._file.with_name(self._file.name + suffix).unlink(missing_ok=True)
        shutil.copyfile(kept, self._file)
        self.start()

    # --- what it holds --------------------------------------------------------------------------

    def map(self) -> dict[LogName, Known]:
        with self.units.open(self.unit) as ledger:
            return ledger.map()

    def hashes(self) -> set[bytes]:
        if not self.on:
            return set()
        with self.units.open(self.unit) as ledger:
            return set(ledger.connection.scalars(select(tables.events.c.hash)))

    # --- inside ---------------------------------------------------------------------------------

    @property
    def _file(self) -> Path:
        return self.folder / "hub.db"

    def _open(self) -> Engine:
        return open_embedded(self._file, keys.database_key(ROOT))
