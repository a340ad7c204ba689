"""The window's pace: its start and memory beside an empty window's, its heartbeat while it is worked.

    .venv/bin/python -m benchmarks.window [--dossiers N] [--folder DIR] [--rebuild]

The data is that of benchmarks.million. The heartbeat is a timer of 5 ms in the GUI thread: what it
measures is the time between two beats while every page is opened the first time, an intake, papers of
the same day, a search and a board refresh go on, typed letter by letter, then while every page is
opened again, typed and moved in, and help is read; `--rebuild` measures it while a new version folds
all tables anew.

Memory is what lies resident (VmRSS: libraries count whole in both windows), and of that what no other
process could share (RssAnon), beside an empty window and one as large as the program's (whose picture
takes 2.4 MiB). All start from compiled files, as installed programs do.
"""

import argparse
import compileall
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtWidgets import QApplication

from app import main as program
from app.counter import DEMO_PASSWORD, FIRST_OFFICER
from app.credentials import KeyRing
from app.settings import Places
from app.store.store import Store
from app.ui.lanes.jobs import ThreadLanes
from app.ui.look.theme import dress
from app.ui.window import Window
from benchmarks import million
from benchmarks.officer import HELD_DOWN, WORKS, play

BEAT = 5  # ms
STARTS = 5
DONT_COMPILE = "PYTHONDONTWRITEBYTECODE"


def places_of(folder: Path) -> Places:
    """Where the data of these measurements lies."""
    return Places(folder, folder / "state")


def ready(folder: Path, count: int) -> None:
    """Data and a key ring that one key opens, and the program compiled as an installed one is."""
    compileall.compile_dir("app", quiet=1)
    folder.mkdir(parents=True, exist_ok=True)
    places = places_of(folder)
    if not places.database.exists():
        million.make(folder, count)
    if not places.key_ring.exists():
        ring = KeyRing.create(places.key_ring, demo=True)
        ring.add(FIRST_OFFICER, DEMO_PASSWORD, million.KEY)


# --- in a process of its own: start and memory --------------------------------------------------

SAY = """
from pathlib import Path

def say(when):
    status = Path("/proc/self/status").read_text(encoding="ascii")
    kib = dict(line.split()[:2] for line in status.splitlines() if line.endswith("kB"))
    print(when, kib["VmRSS:"], kib["RssAnon:"], flush=True)
"""


EMPTY = """
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
app = QApplication([])
window, line = QWidget(), QLineEdit()
window.setLayout(QVBoxLayout())
window.layout().addWidget(line)
window.show()
line.setFocus()
app.processEvents()
say("empty")
"""

AS_LARGE = EMPTY.replace("show()", "showMaximized()").replace("empty", "large")


PROGRAM = """
import sys
from PySide6.QtCore import QCoreApplication, QTimer
from app import main
from app.settings import Places

def at_the_door(doors):
    say("door")
    doors.opened.connect(lambda _: QTimer.singleShot(0, typed_in))
    doors.sitting.door.enter()

def typed_in():
    say("window")
    QTimer.singleShot(2000, idle)

def idle():
    say("idle")
    QCoreApplication.exit()

folder = Path(sys.argv[1])
main.run(Places(folder, folder / "state"), then=at_the_door)
"""


class Told(NamedTuple):
    """How it stood when a child spoke: ms after it was started, KiB resident, KiB of its own."""

    ms: float
    resident: int
    own: int


def _started(*child: str) -> dict[str, Told]:
    """What a child says, by when."""
    compiled = {name: word for name, word in os.environ.items() if name != DONT_COMPILE}
    began, said = time.perf_counter(), dict[str, Told]()
    with subprocess.Popen(
        [sys.executable, *child], stdout=subprocess.PIPE, text=True, env=compiled
    ) as process:
        assert process.stdout
        for line in process.stdout:
            when, resident, own = line.split()
            ms = (time.perf_counter() - began) * 1000
            said[when] = Told(ms, int(resident), int(own))
    return said


def starts(folder: Path) -> dict[str, object]:
    """Best of a few starts each, turn about, and their ratios."""
    said: dict[str, list[Told]] = {}
    program_itself = ("-c", SAY + PROGRAM, str(folder))
    _started(*program_itself)  # compiles what isn't yet
    for _ in range(STARTS):
        for child in (("-c", SAY + EMPTY), ("-c", SAY + AS_LARGE), program_itself):
            for when, told in _started(*child).items():
                said.setdefault(when, []).append(told)
    ms = {when: round(min(one.ms for one in told)) for when, told in said.items()}
    mib, own = (
        {when: round(min(one[place] for one in told) / 1024, 1) for when, told in said.items()}
        for place in (1, 2)
    )
    return {
        "load": os.getloadavg(),
        "start_ms": ms,
        "door_ratio": round(ms["door"] / ms["empty"], 2),
        "window_ratio": round(ms["window"] / ms["empty"], 2),
        "memory_mib": mib,
        "memory_ratio": round(mib["idle"] / mib["empty"], 2),
        "memory_ratio_as_large": round(mib["idle"] / mib["large"], 2),
        "own_mib": own,
    }


# --- the heartbeat ------------------------------------------------------------------------------


class Heartbeat:
    """Counts the ms between two beats of the event loop."""

    def __init__(self) -> None:
        self.gaps: list[float] = []
        self._last = time.perf_counter()
        self._timer = QTimer(interval=BEAT)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def since(self, mark: int) -> dict[str, float]:
        return spread(self.gaps[mark:], (0.5, 0.99))

    def _beat(self) -> None:
        now = time.perf_counter()
        self.gaps.append((now - self._last) * 1000)
        self._last = now


def spread(ms: list[float], shares: tuple[float, ...]) -> dict[str, float]:
    """What so large a share of them stays within, and the longest."""
    ordered = sorted(ms)
    at = {f"p{round(share * 100)}": ordered[int(len(ordered) * share)] for share in shares}
    return {name: round(one, 1) for name, one in {**at, "max": ordered[-1]}.items()}


def opened(folder: Path) -> tuple[program.Session, Heartbeat, float]:
    """A session signed in, its heart beating since before, and the ms until its window stood."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    dress(app)
    session = program.Session(places_of(folder), ThreadLanes())
    session.opened.connect(lambda window: window.show())
    session.opened.connect(lambda _: QCoreApplication.exit())
    session.door.show()
    heart, began = Heartbeat(), time.perf_counter()
    session.door.enter()
    app.exec()
    return session, heart, (time.perf_counter() - began) * 1000


def heartbeats(
    window: Window, heart: Heartbeat, apart: int = HELD_DOWN
) -> dict[str, dict[str, float]]:
    """p50, p99 and worst ms between beats, by what is done meanwhile and of all, keys `apart` ms."""
    found, begin = {}, len(heart.gaps)
    for name, work in WORKS.items():
        mark = len(heart.gaps)
        play(work(window), QCoreApplication.exit, apart)
        QCoreApplication.exec()
        found[name] = heart.since(mark)
    return {**found, "all": heart.since(begin)}


def leave(session: program.Session) -> None:
    """Close the window, again where it asks first, and the data."""
    window = session.window
    assert window is not None
    if not window.close():
        window.close()
    session.close()


def working(folder: Path) -> dict[str, object]:
    """The heartbeats of a window of this process."""
    session, heart, _ = opened(folder)
    window = session.window
    assert window is not None
    window.resize(1366, 768)
    found = heartbeats(window, heart)
    leave(session)
    return {"heartbeat_ms": found}


def rebuilding(folder: Path) -> dict[str, object]:
    """How long opening takes while all tables are folded anew, and the heartbeat meanwhile."""
    store = Store(places_of(folder).database, places_of(folder).state, million.KEY)
    store.keeping.note("fold", "older")
    store.close()
    session, heart, took = opened(folder)
    session.close()
    return {"rebuild_s": round(took / 1000, 1), "rebuild_heartbeat_ms": heart.since(0)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dossiers", type=int, default=20_000)
    parser.add_argument("--folder", type=Path, default=Path("build/window"))
    parser.add_argument("--rebuild", action="store_true")
    asked = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    ready(asked.folder, asked.dossiers)
    if asked.rebuild:
        found = rebuilding(asked.folder)
    else:
        found = {**starts(asked.folder), **working(asked.folder)}
    print(json.dumps({"dossiers": asked.dossiers, **found}, indent=1))


if __name__ == "__main__":
    main()
