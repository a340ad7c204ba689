"""Two communes on their first morning: made once a process, copied for each seed."""

import atexit
import shutil
import tempfile
from collections import Counter
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from random import Random

import pytest

from app.models.events import event as e
from app.models.procedures.procedure import to_json
from app.models.unit.officer import Role
from app.store.store import create
from app.upstream import join, send
from server import keys
from server.units import published, units
from tests.making import MONDAY, NGA, a_procedure
from tests.server.cluster import Cluster
from tests.simulation.hub import SimulatedHub
from tests.simulation.line import Line, carrying
from tests.simulation.seats import Seat, key_of
from tests.simulation.stores import FileStore, PostgresStore, Store
from tests.simulation.upstream import ROOT, URL, SimulatedServer
from tests.sync.small import SmallCounter

HOME, AWAY = "H26.15.3", "H26.15.4"
COUNTERS = {HOME: (1, 2, 3, 11, 12), AWAY: (1,)}
EVIL = 9
PROCEDURES = ("1.001022", "1.001193")


def evil_device() -> SmallCounter:
    """A device of the first commune that was enrolled, and doesn't keep to anything."""
    return SmallCounter("evil", EVIL, HOME)


def folder_in_memory() -> Path:
    """An empty folder on a disk that is none, where there is one: seeds write much and keep nothing."""
    memory = Path("/dev/shm")
    return Path(tempfile.mkdtemp(prefix="motcua-", dir=memory if memory.is_dir() else None))


@cache
def template(cluster: Cluster | None = None) -> tuple[Path, Store]:
    """The folder all seeds begin from, and the server's store."""
    folder = folder_in_memory()
    before = MONDAY - timedelta(days=1)
    store: Store = FileStore(folder / "server", keys.database_key(ROOT))
    if cluster is not None:
        store = PostgresStore(cluster, cluster.database())
    server = SimulatedServer(folder / "server", store, Random("server"), lambda: before)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(units, "catalogue", _small_catalogue)
        patch.setattr(units, "calendar", lambda: published.calendar()[:12])
        for unit in COUNTERS:
            server.one.units.add(unit, "Xã Mẫu", server.one.author, before)
    with carrying(Line(server, Random(0), {}, Counter())):
        seats = [
            _furnished(folder, unit, number, server, before)
            for unit, numbers in COUNTERS.items()
            for number in numbers
        ]
        _enrol_evil(server)
        SimulatedHub(folder / "hub", lambda: before).join(HOME, URL, server.code(HOME))
        for seat in (*seats, *seats):
            send(seat.store, seat.clock)
        for seat in seats:
            seat.close()
    server.stop()
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder, store


def seat_folder(folder: Path, unit: str, number: int) -> Path:
    return folder / f"{unit} {number}"


def _small_catalogue() -> list[e.ProcedureSet]:
    return [e.ProcedureSet(code, to_json(a_procedure(code))) for code in PROCEDURES]


def _furnished(
    folder: Path, unit: str, number: int, server: SimulatedServer, now: datetime
) -> Seat:
    name = f"{unit} {number}"
    random = Random(name)
    seat = Seat(name, unit, seat_folder(folder, unit, number), name, lambda: now, random)
    set_up(seat, number)
    join(seat.store, URL, server.code(unit))
    begin(seat)
    return seat


def set_up(seat: Seat, number: int) -> None:
    """An empty database, opened."""
    create(seat.database, key_of(seat.unit), seat.unit, number, random=seat.draw)
    (seat.folder / "data" / "keys.json").write_text("{}", encoding="utf-8")
    seat.open()


def begin(seat: Seat) -> None:
    """Its log begins with its first deed, as `init` has it."""
    now = seat.clock()
    with seat.store.journal.deed(now) as writing:
        for body in (
            e.UnitDescribed(name=f"Trung tâm Phục vụ hành chính công {seat.unit}"),
            e.OfficerAdded(NGA, "Lê Thị Nga", tuple(role.value for role in Role)),
        ):
            writing.append(body, by=NGA, at=now)


def _enrol_evil(server: SimulatedServer) -> None:
    evil = evil_device()
    body = e.Enrolled(
        evil.keys.public.device, EVIL, evil.keys.public.sign.hex(), evil.keys.public.seal.hex()
    )
    server.say(HOME, [body])


def fresh(to: Path, cluster: Cluster | None) -> Store:
    """A copy of the template at `to`, and of the server's store."""
    folder, store = template(cluster)
    shutil.copytree(folder, to, dirs_exist_ok=True)
    return store.copied(to / "server")
