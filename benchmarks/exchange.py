"""One exchange of a large day: push, pull, idle, in time, requests and bytes, beside the raw floor.

    .venv/bin/python -m benchmarks.exchange [--dossiers 5000] [--rounds 3] [--peer anki|none]

Two counters on real encrypted files, a server process of its own on loopback. A dossier is one
`received` event. The floor is what nobody gets below: the events' bare JSON compressed once, carried
by one request and written by one transaction. `--peer anki` runs Anki's own sync server and client
on as many notes of the same JSON, when `pip install -r benchmarks/requirements-exchange.txt` was done
in another environment named by ANKI_PYTHON.
"""

import argparse
import gc
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from statistics import median
from typing import NamedTuple, TypeVar

import msgspec
import zstandard
from sqlcipher3 import dbapi2 as sqlcipher

from app.models.exchange.talk import Outcome
from app.store.store import Store, create
from app.upstream import join, send
from benchmarks import made_up
from benchmarks.exchange_peer import anki

T = TypeVar("T")
UNIT = "H26.15.3"
KEY = sha256(b"benchmark").digest()
NOW = made_up.FIRST_DAY + timedelta(days=1)
INCARNATIONS = 200


class Measured(NamedTuple):
    """One exchange: seconds, requests, bytes each way."""

    seconds: float
    requests: int
    up: int
    down: int

    def told(self) -> dict[str, object]:
        return {**self._asdict(), "seconds": round(self.seconds, 4)}


def main() -> None:
    options = _options()
    gc.disable()  # as in the window, where garbage waits until nobody works (app/ui/lanes/garbage.py)
    rounds, peers = list[dict[str, Measured]](), list[dict[str, float]]()
    for _ in range(options.rounds):  # in turns, so that both have the machine as it happens to be
        rounds.append(_round(options.dossiers))
        if options.peer == "anki":
            peers.append(anki(_bare(options.dossiers)))
    told: dict[str, object] = {"dossiers": options.dossiers, "rounds": options.rounds}
    for name in ("push", "pull", "idle"):
        best = sorted((each[name] for each in rounds), key=lambda one: one.seconds)
        told[name] = best[len(best) // 2].told()
    told["pull_searchable_s"] = round(median(each["searchable"].seconds for each in rounds), 4)
    for name in ("lock", "lock_cpu"):
        told[f"longest_write_{name}_ms"] = round(max(x[name].seconds for x in rounds) * 1000, 1)
    told["floor"] = _floor(options.dossiers)
    if peers:
        told["anki"] = {
            name: sorted(each[name] for each in peers)[len(peers) // 2] for name in peers[0]
        }
    print(json.dumps(told, ensure_ascii=False, indent=1))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dossiers", type=int, default=5000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--peer", choices=("anki", "none"), default="none")
    return parser.parse_args()


# --- one round ----------------------------------------------------------------------------------


def _round(count: int) -> dict[str, Measured]:
    with tempfile.TemporaryDirectory() as folder, _serving(Path(folder) / "server") as address:
        one, two = (_counter(Path(folder), number, address) for number in (1, 2))
        for counter in (one, two, one):
            _exchange(counter)
        _receive(one, count)
        push = _exchange(one)
        lock, lock_cpu = (_watching(two, clock) for clock in (time.perf_counter, time.thread_time))
        pull = _exchange(two)
        found = _timed(lambda: two.dossiers.find("nguyễn"))[1]
        _begin_incarnations(one)
        _exchange(one)
        idle = min((_exchange(one) for _ in range(20)), key=lambda each: each.seconds)
        searchable = Measured(pull.seconds + found, 0, 0, 0)
        for store in (one, two):
            store.close()
    return {
        "push": push, "pull": pull, "idle": idle, "searchable": searchable,
        "lock": lock(), "lock_cpu": lock_cpu(),
    }  # fmt: skip


def _exchange(store: Store) -> Measured:
    outcome, seconds = _timed(lambda: send(store, lambda: NOW))
    assert isinstance(outcome, Outcome)
    assert not outcome.pending, outcome
    return Measured(seconds, outcome.requests, outcome.bytes_up, outcome.bytes_down)


def _timed(work: Callable[[], T]) -> tuple[T, float]:
    started = time.perf_counter()
    done = work()
    return done, time.perf_counter() - started


def _watching(store: Store, clock: Callable[[], float]) -> Callable[[], Measured]:
    """From now on the longest time by `clock` that a transaction of `store` holds the write lock.

    Of this thread's own time nothing is the disk's, or other programs'.
    """
    real, longest = store.database.alone, [0.0]

    @contextmanager
    def watched() -> Iterator[None]:
        started = clock()
        with real():
            yield
        longest[0] = max(longest[0], clock() - started)

    store.database.alone = watched  # type: ignore[method-assign]
    return lambda: Measured(longest[0], 0, 0, 0)


# --- what is exchanged --------------------------------------------------------------------------


def _counter(folder: Path, number: int, address: str) -> Store:
    data = folder / str(number) / "motcua.db"
    create(data, KEY, UNIT, number)
    store = Store(data, folder / str(number) / "state", KEY, machine=f"PC {number}")
    join(store, address, json.loads(_ask(folder / "server", "enrol", UNIT))["code"])
    return store


def _receive(store: Store, count: int) -> None:
    with store.journal.deed(NOW) as writing:
        for body, personal, at in made_up.dossiers(count, UNIT, lane=1):
            writing.append(body, by="ltnga", at=at, personal=personal)


def _begin_incarnations(store: Store) -> None:
    for _ in range(INCARNATIONS):
        with store.journal.deed(NOW, restored=True):
            pass


@contextmanager
def _serving(folder: Path) -> Iterator[str]:
    _ask(folder, "unit", "add", UNIT, "xã Khánh Hà")
    command = _command(folder, "serve", "--listen", "127.0.0.1:0")
    with subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8") as process:
        assert process.stdout is not None
        try:
            yield str(json.loads(process.stdout.readline())["address"])
        finally:
            process.kill()


def _ask(folder: Path, *words: str) -> str:
    done = subprocess.run(
        _command(folder, *words), capture_output=True, encoding="utf-8", check=True
    )
    return done.stdout


def _command(folder: Path, *words: str) -> list[str]:
    return [sys.executable, "-m", "server.cli", *words, "--data", str(folder), "--json"]


# --- the floor ----------------------------------------------------------------------------------


def _bare(count: int) -> list[str]:
    """The same dossiers as plain JSON lines."""
    encode = msgspec.json.Encoder(order="sorted").encode
    return [
        encode({"received": body, "personal": personal, "at": at}).decode()
        for body, personal, at in made_up.dossiers(count, UNIT, lane=1)
    ]


def _floor(count: int) -> dict[str, object]:
    lines = _bare(count)
    packed, packing = _timed(
        lambda: zstandard.ZstdCompressor(level=9).compress("\n".join(lines).encode())
    )
    with tempfile.TemporaryDirectory() as folder:
        connection = sqlcipher.connect(f"{folder}/floor.db", isolation_level=None)
        connection.execute(f"PRAGMA key=\"x'{KEY.hex()}'\"")
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("CREATE TABLE floor (line TEXT)")
        writing = _timed(lambda: _write(connection, lines))[1]
        connection.close()
    nineteen = zstandard.ZstdCompressor(level=19).compress("\n".join(lines).encode())
    return {
        "zstd_9_bytes": len(packed), "zstd_19_bytes": len(nineteen),
        "zstd_9_s": round(packing, 4), "one_transaction_s": round(writing, 4),
    }  # fmt: skip


def _write(connection: sqlcipher.Connection, lines: list[str]) -> None:
    connection.execute("BEGIN IMMEDIATE")
    connection.executemany("INSERT INTO floor VALUES (?)", [(line,) for line in lines])
    connection.execute("COMMIT")


if __name__ == "__main__":
    main()
