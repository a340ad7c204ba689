"""One counter with a million dossiers: search, reception and board, beside the bare query and commit.

    .venv/bin/python -m benchmarks.million [--dossiers N] [--folder DIR]

The data is made once in DIR (a quarter of an hour for a million) and used again. All but the last
1.5 % of the dossiers are closed in the shortest lawful way, by withdrawal: two events each.
"""

import argparse
import csv
import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from random import Random

from app.counter import render
from app.desk.desk import Desk
from app.desk.draft import IntakeDraft
from app.models.events import event as e
from app.models.events.closing import Withdrawn
from app.models.events.encoding import Record, as_record, encode
from app.models.exchange.chain import DeviceKeys, LogName, genesis, link, sign_head
from app.models.exchange.messages import Run
from app.models.search import paired_tokens, query_tokens
from app.models.unit.officer import Role
from app.store.store import Store, create
from benchmarks import made_up
from resources import path

KEY = bytes(32)
UNIT, OTHER_COUNTER = "H26.15.3", 2
OPEN_SHARE = 0.015
RUN = 2000
TYPED = 150


def make(folder: Path, count: int) -> None:
    """Fill a new counter's file with what another counter of the unit sent."""
    create(folder / "motcua.db", KEY, UNIT, 1)
    store = Store(folder / "motcua.db", folder / "state", KEY)
    desk = Desk(store, lambda: made_up.FIRST_DAY, render)
    desk.office.describe(
        e.UnitDescribed(name="Trung tâm Phục vụ hành chính công xã Khánh Hà"), "phutrach"
    )
    desk.office.add_officer("phutrach", "Lê Thị Nga", tuple(Role), "phutrach")
    procedures, cases, fees = (
        list(csv.DictReader(path(f"catalogue/{table}.csv").open(encoding="utf-8")))
        for table in ("procedures", "cases", "fees")
    )
    desk.office.import_catalogue(procedures, cases, fees, by="phutrach")
    keys, log = DeviceKeys(bytes(range(64))), LogName("", "00" * 8)
    log = LogName(keys.public.device, log.incarnation)
    known, seq, records = genesis(UNIT, log), 0, list[Record]()
    for event in _events(count, log):
        records.append(as_record(*encode(event)))
        if len(records) == RUN:
            known, seq = _take(store, keys, log, known, seq, records)
            if seq % 100_000 == 0:
                print(f"{seq} events", file=sys.stderr)
    _take(store, keys, log, known, seq, records)
    store.tidy()
    store.close()


def _take(
    store: Store, keys: DeviceKeys, log: LogName, known: bytes, seq: int, records: list[Record]
) -> tuple[bytes, int]:
    for record in records:
        known = link(known, record)
    head = sign_head(keys, UNIT, log, seq + len(records), known)
    store.take((Run(log, keys.public, seq + 1, tuple(records), (head,)),))
    seq += len(records)
    records.clear()
    return known, seq


def _events(count: int, log: LogName) -> Iterator[e.Event]:
    seq, closed = 0, round(count * (1 - OPEN_SHARE))
    for number, (body, personal, at) in enumerate(made_up.dossiers(count, UNIT, OTHER_COUNTER)):
        seq += 1
        name = e.EventName(*log, seq)
        yield e.Event(name, str(name), (), "ltnga", "ltnga", at, at, body, personal)
        if number < closed:
            seq += 1
            then = at + timedelta(days=2)
            withdrawn = e.EventName(*log, seq)
            yield e.Event(withdrawn, str(name), (name,), "ltnga", "ltnga", then, then, Withdrawn())


def _times(works: list[Callable[[], object]]) -> dict[str, float]:
    took = []
    for work in works:
        start = time.perf_counter()
        work()
        took.append((time.perf_counter() - start) * 1000)
    took.sort()

    def at(share: float) -> float:
        return round(took[min(len(took) - 1, int(len(took) * share))], 3)

    return {"n": len(took), "p50": at(0.5), "p95": at(0.95), "p99": at(0.99), "max": at(1)}


def _keystrokes(r: Random) -> list[str]:
    """What stands in the search field after each key: whole names, with and without marks, rare ones."""
    typed = [made_up.name(r) for _ in range(TYPED)] + [made_up.GIVEN[i % 24] for i in range(TYPED)]
    typed += [" ".join(r.sample(made_up.RARE, 2)) for _ in range(20)]
    plain = [str(name).replace("Đ", "D").replace("đ", "d") for name in typed[: TYPED // 2]]
    return [name[: n + 1] for name in typed + plain for n in range(len(name)) if name[n] != " "]


def search(store: Store) -> dict[str, object]:
    """Each keystroke through `Dossiers.find`, beside the bare FTS query for the same tokens."""
    typed = _keystrokes(Random(7))
    matches = [
        " ".join(f'"{token}"' for token in paired_tokens(words) or query_tokens(words))
        for words in typed
    ]
    bare = "SELECT rowid FROM search WHERE search MATCH ? ORDER BY rowid DESC LIMIT 50"
    find = store.dossiers.find
    _times([partial(find, words) for words in typed])
    return {
        "keystroke_ms": _times([partial(find, words) for words in typed]),
        "bare_query_ms": _times(
            [partial(store.database.rows, bare, (match,)) for match in matches]
        ),
    }


def reception(desk: Desk) -> dict[str, object]:
    """Receive-and-commit, beside a bare durable commit of one row in the same file."""
    r = Random(9)
    officer = desk.officer("phutrach")

    def receive() -> None:
        person = made_up.applicant(r)
        desk.intake.receive(
            IntakeDraft(
                procedure="1.001193", name=person.name, id_number=person.identity.number,
                address=person.address, phone=person.phone,
            ),
            officer,
        )  # fmt: skip

    def commit() -> None:
        desk.store.keeping.put("benchmark", os.urandom(200).hex())

    return {"receive_ms": _times([receive] * 500), "bare_commit_ms": _times([commit] * 500)}


def board(desk: Desk) -> dict[str, object]:
    """The board, opened again and again after a first time."""
    desk.lookup.board()
    return {"board_ms": _times([desk.lookup.board] * 100)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dossiers", type=int, default=1_000_000)
    parser.add_argument("--folder", type=Path, default=Path("build/million"))
    asked = parser.parse_args()
    if not (asked.folder / "motcua.db").exists():
        asked.folder.mkdir(parents=True, exist_ok=True)
        start = time.perf_counter()
        make(asked.folder, asked.dossiers)
        print(json.dumps({"made_s": round(time.perf_counter() - start)}))
    start = time.perf_counter()
    store = Store(asked.folder / "motcua.db", asked.folder / "state", KEY)
    opened = time.perf_counter()
    store.dossiers.find("nguyen thi d")
    first = time.perf_counter()
    days = timedelta(days=asked.dossiers // made_up.A_DAY)
    now: datetime = made_up.FIRST_DAY + days
    desk = Desk(store, lambda: now, render)
    print(
        json.dumps(
            {
                "dossiers": store.dossiers.total(),
                "file_mb": round((asked.folder / "motcua.db").stat().st_size / 1e6),
                "open_ms": round((opened - start) * 1000, 1),
                "first_query_ms": round((first - opened) * 1000, 1),
                **search(store),
                **reception(desk),
                **board(desk),
            },
            indent=1,
        )
    )
    store.close()


if __name__ == "__main__":
    main()
