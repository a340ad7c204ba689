"""A new counter of an old commune: one bundle from the server, read on the new PC's empty disk.

    .venv/bin/python -m benchmarks.new_counter [--dossiers 100000] [--folder DIR]

Four events a dossier. The server's store is made once in DIR and used again. The new counter reads
the bundle as its window does, slice by slice at the desk; how much of the commune it can find is
noted on the way, and how long an officer's deed waited at most.
"""

import argparse
import json
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from random import Random
from typing import TypeVar

from app.models.events import event as e
from app.models.exchange.chain import SIGN_EVERY, DeviceKeys, sign_head
from app.models.exchange.messages import Run
from app.store.store import Store, create
from app.sync.address import ServerAddress
from app.sync.carrying import read_bundle
from app.sync.known import keep_server
from benchmarks.rush import Batch, filled
from server import clock, keys
from server.build import Server, build
from server.exchange.bundles import Bundles

T = TypeVar("T")
UNIT, OLD = "H26.15.3", 1
KEY = bytes(range(32))
AT_ONCE = 20_000  # events a transaction of the server's
LOOK_AT = (5, 10, 30, 60, 120, 180)  # seconds after the beginning


def main() -> None:
    """Print one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dossiers", type=int, default=100_000)
    parser.add_argument("--folder", type=Path)
    options = parser.parse_args()
    folder = options.folder or Path(tempfile.mkdtemp(prefix="new-counter-"))
    folder.mkdir(parents=True, exist_ok=True)
    now = clock.now()
    was_made = (folder / "server").exists()
    server = build(folder / "server")
    if not was_made:
        fill(server, options.dossiers, now)
    with tempfile.TemporaryDirectory(prefix="new-counter-", dir=folder) as scratch:
        told = {
            "load": round(os.getloadavg()[0], 1),
            **measured(server, folder, Path(scratch), now),
        }
    print(json.dumps(told, indent=1))


def fill(server: Server, count: int, now: datetime) -> None:
    """The commune's years: all keyed at one counter."""
    server.units.add(UNIT, "xã Khánh Hà", server.author, now)
    batch = Batch(UNIT, OLD, DeviceKeys(Random(7).randbytes(64)))
    enrol(server, batch.keys, OLD, now)
    filled(batch, count)
    for start in range(0, len(batch.records), AT_ONCE):
        with server.units.open(UNIT) as ledger:
            ledger.take([_stretch(batch, start, min(start + AT_ONCE, len(batch.records)))])


def enrol(server: Server, device: DeviceKeys, counter: int, now: datetime) -> None:
    """Make a device known, without a code."""
    public = device.public
    with server.units.open(UNIT) as ledger:
        body = e.Enrolled(public.device, counter, public.sign.hex(), public.seal.hex())
        server.author.write(ledger, (body,), now)


def measured(server: Server, folder: Path, scratch: Path, now: datetime) -> dict[str, object]:
    """Write the bundle for a counter just made, and read it there."""
    place = scratch / "data" / "motcua.db"
    with server.units.open(UNIT) as ledger:
        new = max(ledger.devices.counters().values()) + 1
    create(place, KEY, UNIT, new)
    store = Store(place, scratch / "state", KEY, machine="new PC")
    enrol(server, store.keys, new, now)
    server_keys = keys.device_keys(keys.secret(folder / "server"))
    keep_server(store, ServerAddress("http://server", server_keys.public))
    bundle = scratch / "all.motcua"
    begun = time.perf_counter()
    Bundles(server.units, server.upstream, server_keys).write(bundle, UNIT, new)
    written = time.perf_counter() - begun
    watch, cpu = Watch(store), time.process_time()
    read = read_bundle(store, bundle, now, watch.at_desk)
    seconds, cpu = watch.passed(), time.process_time() - cpu
    begun = time.perf_counter()
    found = len(store.dossiers.find("nguyễn"))
    searched = time.perf_counter() - begun
    told = {
        "dossiers": store.dossiers.total(),
        "events": read.taken.received,
        "bundle_mb": round(bundle.stat().st_size / 1e6, 1),
        "written_s": round(written, 1),
        "first_slice_s": round(watch.first, 1),
        "dossiers_after_s": watch.seen,
        "longest_at_desk_ms": round(watch.longest * 1000),
        "read_s": round(seconds, 1),
        "of_which_cpu_s": round(cpu, 1),
        "first_search_ms": round(searched * 1000, 1),
        "found": found,
        "database_mb": round(place.stat().st_size / 1e6),
    }
    store.close()
    return told


class Watch:
    """Runs the slices, and looks between them what an officer would find."""

    def __init__(self, store: Store) -> None:
        self._store, self._begun = store, time.perf_counter()
        self._looks = list(LOOK_AT)
        self.first = self.longest = 0.0
        self.seen: dict[int, int] = {}

    def passed(self) -> float:
        return time.perf_counter() - self._begun

    def at_desk(self, work: Callable[[], T], /) -> T:
        before = self.passed()
        done = work()
        self.longest = max(self.longest, self.passed() - before)
        if not self.first and self._store.dossiers.total():
            self.first = self.passed()
        if self._looks and self.passed() >= self._looks[0]:
            self.seen[self._looks.pop(0)] = self._store.dossiers.total()
        return done


def _stretch(batch: Batch, start: int, end: int) -> Run:
    """Events from `start` to `end` (from 0), with the heads their author signed."""
    last = len(batch.records)
    ends: Iterator[int] = (s for s in range(start + 1, end + 1) if s % SIGN_EVERY == 0 or s == last)
    heads = tuple(sign_head(batch.keys, UNIT, batch.log, s, batch.hashes[s - 1]) for s in ends)
    return Run(batch.log, batch.keys.public, start + 1, tuple(batch.records[start:end]), heads)


if __name__ == "__main__":
    main()
