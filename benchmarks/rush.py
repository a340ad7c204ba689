"""The evening rush: every counter of a province sends its day within minutes; and ingest beside COPY.

    .venv/bin/python -m benchmarks.rush [--counters 378] [--dossiers 300] [--minutes 5]
                                        [--processes 2] [--store URL] [--ingest-only]

Three counters a commune, four events a dossier, signed beforehand. Each counter exchanges as the
program does (compare hashes, then maps, then send and fetch until both agree), sealed, beginning at
an instant drawn evenly. Without --store a PostgreSQL of its own is started, with fsync on.
"""

import argparse
import asyncio
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from statistics import median
from typing import NamedTuple

import httpx
from msgspec import structs
from sqlalchemy import Connection, create_engine, text

from app.clock import VIETNAM
from app.models.events import event as e
from app.models.events.encoding import Record, as_record, encode
from app.models.exchange.chain import (
    SIGN_EVERY,
    DeviceKeys,
    LogName,
    genesis,
    links,
    salt,
    sign_head,
)
from app.models.exchange.messages import STRETCH, Known, Run, Taken, take
from app.models.exchange.talk import Outcome, Peer, converse
from benchmarks import made_up
from server import clock
from server.build import Server, build
from server.keys import device_keys, secret
from tests.server.cluster import programs, running

A_COMMUNE = 3
EVENTS = 4  # of a dossier
COPIED = 100_000  # rows, at most


class Commune(NamedTuple):
    """A unit and its counters' numbers."""

    unit: str
    counters: range


@dataclass
class Batch:
    """A counter's day, made beforehand: a `Replica` that keeps of others' logs how far they go."""

    unit: str
    counter: int
    keys: DeviceKeys
    records: list[Record] = field(default_factory=list)
    hashes: list[bytes] = field(default_factory=list)
    others: dict[LogName, Known] = field(default_factory=dict)
    number: int = 0

    @property
    def log(self) -> LogName:
        return LogName(self.keys.public.device, f"{self.counter:016x}")

    def map(self) -> dict[LogName, Known]:
        return {**self.others, self.log: Known(len(self.hashes), self.hashes[-1])}

    def hash_at(self, log: LogName, seq: int) -> bytes | None:
        if log == self.log:
            return self.hashes[seq - 1] if seq else genesis(self.unit, log)
        held = self.others.get(log)
        return held.hash if held and held.seq == seq else None

    def runs(self, after: Mapping[LogName, int], budget: int = STRETCH) -> tuple[Run, ...]:
        if self.log not in after:
            return ()
        first, last = after[self.log] + 1, len(self.records)
        ends = [seq for seq in range(first, last + 1) if seq % SIGN_EVERY == 0 or seq == last]
        heads = tuple(
            sign_head(self.keys, self.unit, self.log, s, self.hashes[s - 1]) for s in ends
        )
        return (Run(self.log, self.keys.public, first, tuple(self.records[first - 1 :]), heads),)

    def take(self, runs: Iterable[Run]) -> Taken:
        received = 0
        for run in runs:
            first, new = take(run, self.unit, self.others.get(run.log))
            if new:
                self.others[run.log] = Known(first + len(new) - 1, new[-1][1])
            received += len(new)
        return Taken(received)

    def exchange_number(self) -> int:
        self.number += 1
        return self.number

    def set_exchange_number(self, number: int) -> None:
        self.number = number


class Exchanged(NamedTuple):
    """One counter's exchange: what came of it, seconds of each request, and when it was done."""

    outcome: Outcome | None
    requests: list[float]
    ended: float


# --- what is sent -------------------------------------------------------------------------------


def filled(batch: Batch, count: int) -> None:
    """Write a day of `count` dossiers, each received, handed over, accepted and resolved."""
    r, log = Random(batch.log.device), batch.log
    keys = batch.keys.public
    started = e.IncarnationStarted(batch.counter, keys.sign.hex(), keys.seal.hex())
    at = datetime(2026, 11, 30, 7, 30, tzinfo=VIETNAM)
    events = [_event(log, 1, "", (), at, started)]
    for body, personal, _ in made_up.dossiers(count, batch.unit, batch.counter):
        seq, at = len(events) + 1, at + timedelta(seconds=90)
        opened, thing = e.EventName(*log, seq), str(e.EventName(*log, seq))
        salted = structs.replace(personal, salt=salt(r.randbytes(16)))
        events.append(_event(log, seq, thing, (), at, body, salted))
        for step in (e.HandedOver("hoa"), e.Accepted(), e.Resolved()):
            events.append(_event(log, len(events) + 1, thing, (opened,), at, step))
            opened = events[-1].name
    batch.records = [as_record(*encode(event)) for event in events]
    batch.hashes = links(genesis(batch.unit, log), batch.records)


def _event(
    log: LogName, seq: int, thing: str, saw: tuple[e.EventName, ...], at: datetime,
    body: e.AnyBody, personal: e.Personal | None = None,
) -> e.Event:  # fmt: skip
    name = e.EventName(*log, seq)
    return e.Event(name, thing or str(name), saw, "lan", "lan", at, at, body, personal)


# --- the rush -----------------------------------------------------------------------------------


async def rush(
    batches: list[Batch], addresses: list[str], peer: Peer, minutes: float
) -> list[Exchanged]:
    """All counters exchange, each from an instant drawn evenly within `minutes`."""
    r, begun = Random(7), time.perf_counter()
    limits = httpx.Limits(max_connections=None)
    with httpx.Client(timeout=120, limits=limits) as client:

        async def one(batch: Batch, address: str, wait: float) -> Exchanged:
            await asyncio.sleep(wait)
            return await asyncio.to_thread(exchanged, batch, client, address, peer, begun)

        return await asyncio.gather(
            *(
                one(batch, addresses[n % len(addresses)], r.uniform(0, minutes * 60))
                for n, batch in enumerate(batches)
            )
        )


def exchanged(
    batch: Batch, client: httpx.Client, address: str, peer: Peer, begun: float
) -> Exchanged:
    """One counter's exchange; without an outcome when it was refused."""
    requests: list[float] = []

    def ask(travelling: bytes, _meanwhile: Callable[[], None]) -> bytes:
        started = time.perf_counter()
        answer = client.post(f"{address}/exchange", content=travelling)
        requests.append(time.perf_counter() - started)
        return answer.content

    try:
        outcome = converse(batch, batch.keys, batch.unit, peer, batch, ask)
    except Exception as error:  # noqa: BLE001  # whatever went wrong is a refusal, and counted
        print(f"{batch.unit} {batch.counter}: {error}", file=sys.stderr)
        outcome = None
    return Exchanged(outcome, requests, time.perf_counter() - begun)


def told(results: list[Exchanged], batches: list[Batch]) -> dict[str, object]:
    """What is promised of the rush, measured."""
    done = [result.outcome for result in results if result.outcome]
    requests = sorted(seconds for result in results for seconds in result.requests)
    return {
        "counters": len(results),
        "events": sum(len(batch.records) for batch in batches),
        "refused": len(results) - len(done),
        "unacknowledged_events": sum(outcome.pending for outcome in done),
        "fetched_events": sum(outcome.received for outcome in done),
        "requests": len(requests),
        "request_p50_s": round(median(requests), 3),
        "request_p99_s": round(requests[int(len(requests) * 0.99)], 3),
        "request_max_s": round(requests[-1], 3),
        "all_acknowledged_after_s": round(max(result.ended for result in results), 1),
        "mebibytes_up": round(sum(o.bytes_up for o in done) / 2**20, 1),
        "mebibytes_down": round(sum(o.bytes_down for o in done) / 2**20, 1),
    }


# --- ingest beside COPY -------------------------------------------------------------------------


def ingest(server: Server, batches: list[Batch]) -> dict[str, object]:
    """Rows a second through the server's door in one process, and through COPY into the same table."""
    rows = sum(len(batch.records) for batch in batches)
    started = time.perf_counter()
    for batch in batches:
        with server.units.open(batch.unit) as ledger:
            ledger.take(batch.runs({batch.log: 0}))
    seconds = time.perf_counter() - started
    return {"rows": rows, "ingest_rows_per_s": round(rows / seconds)}


def copied(connection: Connection) -> dict[str, object]:
    """COPY of the same rows into a table with the same keys and index, its owner's rights, one commit."""
    connection.execute(text("CREATE TABLE copied (LIKE events INCLUDING ALL)"))
    connection.execute(text("CREATE TEMP TABLE taken AS TABLE events"))
    driver = connection.connection.driver_connection
    assert driver is not None
    with driver.cursor().copy("COPY taken TO STDOUT") as out:
        lines = [bytes(line) for line in out]
    connection.commit()
    started = time.perf_counter()
    with driver.cursor().copy("COPY copied FROM STDIN") as into:
        for line in lines:
            into.write(line)
    connection.commit()
    seconds = time.perf_counter() - started
    connection.execute(text("DROP TABLE copied"))
    connection.commit()
    return {"copied_rows": len(lines), "copy_rows_per_s": round(len(lines) / seconds)}


# --- around them --------------------------------------------------------------------------------


def communes(counters: int) -> list[Commune]:
    """Units of three counters each; the last may have fewer."""
    starts = range(0, counters, A_COMMUNE)
    return [
        Commune(f"H26.15.{n + 1}", range(1, 1 + min(A_COMMUNE, counters - start)))
        for n, start in enumerate(starts)
    ]


def made(server: Server, count: int, dossiers: int, now: datetime) -> list[Batch]:
    """Units added, counters enrolled and up to date; then each one's day."""
    batches = []
    for commune in communes(count):
        server.units.add(commune.unit, f"Xã {commune.unit}", server.author, now)
        for counter in commune.counters:
            batch = Batch(
                commune.unit, counter, DeviceKeys(Random(f"{commune}{counter}").randbytes(64))
            )
            keys = batch.keys.public
            with server.units.open(commune.unit) as ledger:
                body = e.Enrolled(keys.device, counter, keys.sign.hex(), keys.seal.hex())
                server.author.write(ledger, (body,), now)
            batches.append(batch)
    for batch in batches:
        with server.units.open(batch.unit) as ledger:
            batch.others = ledger.map()
        filled(batch, dossiers)
    return batches


@contextmanager
def postgresql() -> Iterator[tuple[str, str]]:
    """(the owner's URL, the server's URL) of a cluster of our own, which syncs its commits."""
    found = programs()
    assert found is not None, "PostgreSQL is not installed"
    lasting = {"fsync": "on", "full_page_writes": "on", "autovacuum": "on"}
    with running(found, shared_buffers="512MB", **lasting) as cluster:
        database = cluster.database()
        yield cluster.url(database, "postgres"), cluster.url(database)


@contextmanager
def serving(data: Path, store: str) -> Iterator[str]:
    """The address of a server process."""
    words = ["serve", "--data", str(data), "--listen", "127.0.0.1:0", "--json"]
    command = [sys.executable, "-m", "server.cli", *words]
    environment = {**os.environ, "MOTCUA_SERVER_STORE": store}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stdout is not None
        try:
            yield json.loads(process.stdout.readline())["address"]
        finally:
            process.terminate()


def main() -> None:
    """Print one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--counters", type=int, default=378)
    parser.add_argument("--dossiers", type=int, default=300)
    parser.add_argument("--minutes", type=float, default=5.0)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--store", default="", help="the server's role; migrated, and empty")
    parser.add_argument("--ingest-only", action="store_true")
    options = parser.parse_args()
    now = clock.now()
    with ExitStack() as stack:
        data = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="rush")))
        owner, store = "", options.store
        if not store:
            owner, store = stack.enter_context(postgresql())
        server = build(data, store)
        stack.callback(server.engine.dispose)
        batches = made(server, options.counters, options.dossiers, now)
        report: dict[str, object] = {"load_before": round(os.getloadavg()[0], 2)}
        if options.ingest_only:
            report |= ingest(server, batches)
        else:
            own = [stack.enter_context(serving(data, store)) for _ in range(options.processes)]
            keys = device_keys(secret(data)).public
            peer = Peer(keys, keys.device)
            report |= told(asyncio.run(rush(batches, own, peer, options.minutes)), batches)
        if owner:
            engine = create_engine(owner)
            with engine.connect() as connection:
                report |= copied(connection)
            engine.dispose()
    print(json.dumps(report, indent=1))


if __name__ == "__main__":
    main()
