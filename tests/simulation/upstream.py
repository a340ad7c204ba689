"""The server of the simulation: its real code on its real file, restarted, restored, or two at once."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import TypeVar

from sqlalchemy import Engine, select

from app.models.events import event as e
from app.models.exchange.chain import LogName
from app.models.exchange.messages import Known
from server import keys
from server.build import Server
from server.exchange.bundles import Bundles
from server.exchange.upstream import Upstream
from server.ledger.ledger import Ledger
from server.store import tables
from server.units.author import Author
from server.units.enrolment import LASTS, Enrolment
from server.units.granted import Granted
from server.units.units import Units
from tests.simulation.lanes import answered, enrolled
from tests.simulation.seats import Crashed, dying
from tests.simulation.stores import Store

ROOT = sha256(b"server of the simulation").digest()
DEVICE = keys.device_keys(ROOT).public
URL = "http://127.0.0.1:8710"

T = TypeVar("T")

POINTS: tuple[tuple[object, str, str], ...] = (
    (Ledger, "_keep", "before"),
    (Ledger, "_keep", "after"),
    (Ledger, "take", "after"),
    (Author, "write", "before"),
    (Author, "write", "after"),
    (Upstream, "_handled", "before"),
    (Upstream, "_handled", "after"),
)


class SimulatedServer:
    """`random` is all the entropy its processes get."""

    def __init__(
        self, folder: Path, store: Store, random: Random, now: Callable[[], datetime]
    ) -> None:
        self.folder = folder
        self.store = store
        self.random = random
        self.now = now
        self.kept: list[str] = []
        self.put_back = False
        self.engine: Engine | None = None
        self.crash: tuple[object, str, str] | None = None
        self.start()

    def start(self, processes: int = 1) -> None:
        """Start processes on the same file; those that ran are gone."""
        self.stop()
        self.engine = self.store.open()
        self.processes = [self._process() for _ in range(processes)]

    def stop(self) -> None:
        if self.engine is not None:
            self.engine.dispose()

    @property
    def one(self) -> Server:
        """Whichever process happens to answer."""
        return self.random.choice(self.processes)

    def answer(self, path: str, body: bytes) -> tuple[int, bytes]:
        """The answer to a request; raises `Crashed` when the process ended before it was out."""
        if path == "/enrol":
            return self.carried(lambda: enrolled(self.one.enrolment, body, self.now()))
        return self.carried(lambda: answered(self.one.upstream, path, body, self.now()))

    def carried(self, deed: Callable[[], T]) -> T:
        """What is done there with a request, or a stick; raises `Crashed` when the process ended meanwhile."""
        try:
            with self._crashing():
                return deed()
        except Crashed:
            self.start(len(self.processes))
            raise

    def keep(self) -> None:
        """A dump of today."""
        self.stop()
        self.kept.append(self.store.keep())

    def put(self, dump: str, *, under: bool = False) -> None:
        """Put an old dump in place; `under` running processes, none the wiser."""
        self.stop()
        self.put_back = True
        self.store.put(dump)
        if not under:
            self.start(len(self.processes))

    def say(self, unit: str, bodies: Sequence[e.AnyBody]) -> None:
        """Publish something in a unit."""
        process = self.one
        with process.units.open(unit) as ledger:
            process.author.write(ledger, bodies, self.now())

    def code(self, unit: str, lasts: timedelta = LASTS) -> str:
        return str(self.one.enrolment.new_code(unit, self.now(), lasts)[0])

    def bundles(self) -> Bundles:
        """Its door for what comes on a stick."""
        process = self.one
        return Bundles(process.units, process.upstream, keys.device_keys(ROOT))

    # --- what it holds --------------------------------------------------------------------------

    def map(self, unit: str) -> dict[LogName, Known]:
        with self.processes[0].units.open(unit) as ledger:
            return ledger.map()

    def rebuild(self, unit: str) -> tuple[list[str], list[str]]:
        """The table of dossiers before and after everything is folded anew."""
        before = self._dossiers(unit)
        c = tables.events.c
        with self.processes[0].units.open(unit) as ledger:
            about = select(c.about).where(c.unit == unit).distinct()
            ledger.folding.fold(ledger.connection.scalars(about).all())
        return before, self._dossiers(unit)

    def _dossiers(self, unit: str) -> list[str]:
        c = tables.dossiers.c
        columns = (c.thing, c.code, c.provisional_code, c.token, c.status, c.procedure_name, c.due,
                   c.received_at)  # fmt: skip
        with self.processes[0].units.open(unit) as ledger:
            rows = ledger.connection.execute(select(*columns).where(c.unit == unit)).all()
        return sorted(repr(tuple(row)) for row in rows)

    def events(self, unit: str) -> dict[e.EventName, bytes]:
        c = tables.events.c
        query = select(c.device, c.incarnation, c.seq, c.hash).where(c.unit == unit)
        with self.processes[0].units.open(unit) as ledger:
            rows = ledger.connection.execute(query).all()
        return {e.EventName(d, i, seq): bytes(h) for d, i, seq, h in rows}

    def forks(self, unit: str) -> int:
        with self.processes[0].units.open(unit) as ledger:
            query = select(tables.forks.c.seq).where(tables.forks.c.unit == unit)
            return len(ledger.connection.execute(query).all())

    def knows(self, unit: str, device: str) -> bool:
        """Whether it holds that this device was enrolled."""
        with self.processes[0].units.open(unit) as ledger:
            return device in ledger.devices.counters()

    # --- inside ---------------------------------------------------------------------------------

    @contextmanager
    def _crashing(self) -> Iterator[None]:
        if self.crash is None:
            yield
            return
        with dying(*self.crash) as crashed:
            try:
                yield
            finally:
                if crashed:
                    self.crash = None

    def _process(self) -> Server:
        assert self.engine is not None
        device = keys.device_keys(ROOT)
        units = Units(self.engine, device.public.device)
        author = Author(device, self.random.randbytes, Granted(self.folder / "granted"))
        upstream = Upstream(units, author, device)
        enrolment = Enrolment(units, author, device.public, self.random.randbytes)
        return Server(device, self.engine, units, author, upstream, enrolment, None)
