"""A thousand receipts of two copies in one batch: how long it takes, and how soon it can be ended.

    .venv/bin/python -m benchmarks.receipts [--receipts N]

Each is an event on disk before it goes, is drawn, and is written by a printer that is a folder.
"""

import argparse
import csv
import sys
import tempfile
import time
from itertools import pairwise
from pathlib import Path

from app.counter import render
from app.desk.at_desk import directly
from app.desk.desk import Desk
from app.desk.draft import IntakeDraft
from app.desk.papers.delivery import Delivery
from app.desk.papers.print_batch import PrintBatch
from app.models.events import event as e
from app.models.unit.officer import Role
from app.store.store import Store, create
from benchmarks import made_up
from resources import path

BY = "phutrach"


def counter(folder: Path) -> Desk:
    """An empty counter with the shipped catalogue."""
    create(folder / "motcua.db", bytes(32), "H26.15.3", 1)
    store = Store(folder / "motcua.db", folder / "state", bytes(32))
    desk = Desk(store, lambda: made_up.FIRST_DAY, render)
    name = "Trung tâm Phục vụ hành chính công xã Khánh Hà"
    desk.office.describe(e.UnitDescribed(name=name), BY)
    desk.office.add_officer(BY, "Lê Thị Nga", tuple(Role), BY)
    procedures, cases, fees = (
        list(csv.DictReader(path(f"catalogue/{table}.csv").open(encoding="utf-8")))
        for table in ("procedures", "cases", "fees")
    )
    desk.office.import_catalogue(procedures, cases, fees, by=BY)
    return desk


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--receipts", type=int, default=1000)
    count = options.parse_args().receipts
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        desk = counter(folder)
        officer = desk.officer(BY)
        drafts = (
            IntakeDraft(procedure="1.001022", id_number="001187012345", name=f"Nguyễn Thị Ánh {n}")
            for n in range(count)
        )
        names = [desk.intake.receive(draft, officer).name for draft in drafts]
        batch = PrintBatch(desk.paperwork, Delivery(desk.press, directly), directly, officer)
        steps = [time.perf_counter()]

        def reached(done: int, of: int) -> bool:
            steps.append(time.perf_counter())
            if done % 100 == 0:
                print(f"{done}/{of}", flush=True)
            return True

        done = batch.run("receipt", names, f"PDF:{folder / 'out'}", reached=reached)
        files = list((folder / "out").iterdir())
        desk.store.close()
    each = sorted((after - before) * 1000 for before, after in pairwise(steps))
    print(f"{done.sent} receipts, {len(files)} files, in {steps[-1] - steps[0]:.1f} s")
    print(
        f"a paper: median {each[len(each) // 2]:.0f} ms, 99 % {each[int(len(each) * 0.99)]:.0f} ms"
    )
    sys.exit(done.sent != count or len(files) != count)


if __name__ == "__main__":
    main()
