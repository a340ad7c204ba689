"""The window's memory while it receives: from the 50th to the 300th intake it should not grow.

    .venv/bin/python -m benchmarks.memory [--intakes 300] [--dossiers 20000] [--folder DIR]

The data is that of benchmarks.million, the window the real one without a screen. Each intake is typed
letter by letter, and the memory read once it is saved.
"""

import argparse
import json
import os
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt

from app.counter import open_counter
from app.desk.papers.print_places import Place
from app.ui.intake.page import IntakePage
from app.ui.window import Window
from benchmarks.officer import Act, empty_form, intake, play, press
from benchmarks.window import leave, opened, places_of, ready

FIRST = 50  # intakes until everything has been loaded
APART = 12  # ms between keys
MOST = 0.05


def resident() -> float:
    """MiB of this process that lie in memory."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    kib = next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS"))
    return round(int(kib) / 1024, 1)


def intakes(window: Window, count: int, read: list[float]) -> Iterator[Act]:
    """The keys of so many intakes; what is in memory after each goes into `read`."""
    yield from empty_form(window)
    for _ in range(count):
        yield from intake(window)
        yield press(window, Qt.Key.Key_F9)
        yield from [lambda: None] * 60
        yield lambda: read.append(resident())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--intakes", type=int, default=300)
    parser.add_argument("--dossiers", type=int, default=20_000)
    parser.add_argument("--folder", type=Path, default=Path("build/window"))
    asked = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    ready(asked.folder, asked.dossiers)
    places = places_of(asked.folder)
    desk = open_counter(places).desk
    desk.places.choose("receipt", Place(f"PDF:{places.data / 'papers'}", "A5"))
    desk.store.close()
    session, _, _ = opened(asked.folder)
    window, read = session.window, list[float]()
    assert window is not None
    heard: list[object] = []
    window.go("F2")
    page = window.page()
    assert isinstance(page, IntakePage)
    page.received.connect(heard.append)
    idle = resident()
    play(intakes(window, asked.intakes, read), QCoreApplication.exit, APART)
    QCoreApplication.exec()
    leave(session)
    grown = read[-1] / read[min(FIRST, len(read)) - 1] - 1
    assert len(heard) == asked.intakes, f"only {len(heard)} were received"
    told = {"idle_mib": idle, "intakes": len(heard), "mib": read[FIRST - 1 :: FIRST]}
    print(json.dumps({**told, "grown": round(grown, 3), "holds": grown <= MOST}))


if __name__ == "__main__":
    main()
