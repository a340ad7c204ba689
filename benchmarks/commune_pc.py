"""The window on a PC as communes have them, beside the same window on this one, in one run.

    .venv/bin/python -m benchmarks.commune_pc [--dossiers N] [--folder DIR] [--apart MS]

Half of one core, 1 GiB of addresses, 10 ms more for each durable write; Linux with a C compiler, no
privileges. What is measured is the heartbeat of benchmarks.window, and each save from F9 until the
page hears that it is committed. Keys come as fast as one held down repeats, or `--apart`: 80 ms is the
pace of the fastest typists.

Half a core: the window runs on one core and is stopped for every other `TURN`. A turn is shorter than
a beat, so that a stall is twice the work and at most one turn more, and none is the governor's own.
The disk's cache isn't held to 1 GiB: reading is as fast as here.
"""

import argparse
import json
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from itertools import cycle
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import QCoreApplication, Qt

from app.ui.intake.page import IntakePage
from app.ui.window import Window
from benchmarks.officer import HELD_DOWN, Act, empty_form, intake, play, press
from benchmarks.window import heartbeats, leave, opened, ready, spread

TURN = 0.002  # s
MEMORY = 1 << 30  # bytes
FSYNC_MS = 10
SAVES = 20
SAVES_APART = 40  # ms: faster keys are a scanner's
SHIM = Path(__file__).with_name("slow_disk.c")
LOG, SHACKLED = "FSYNC_LOG", "SHACKLED"


# --- in a process of its own --------------------------------------------------------------------


class Saves:
    """The ms from each F9 to its dossier, and the durable writes of each."""

    def __init__(self, window: Window) -> None:
        self.ms: list[float] = []
        self.writes: list[int] = []
        self._window = window
        self._log = Path(os.environ[LOG])
        window.go("F2")
        page = window.page()
        assert isinstance(page, IntakePage)
        page.received.connect(self._end)

    def acts(self) -> Iterator[Act]:
        """So many intakes, typed letter by letter."""
        yield from empty_form(self._window)
        for _ in range(SAVES):
            yield from intake(self._window)
            yield self._begin
            yield press(self._window, Qt.Key.Key_F9)
            yield from [lambda: None] * 25

    def _begin(self) -> None:
        self._began, self._before = time.perf_counter(), self._log.stat().st_size

    def _end(self, _: object) -> None:
        self.ms.append((time.perf_counter() - self._began) * 1000)
        self.writes.append(self._log.stat().st_size - self._before)


def measured(folder: Path, apart: int) -> dict[str, object]:
    """What one window did."""
    if os.environ.get(SHACKLED):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    session, heart, took = opened(folder)
    window = session.window
    assert window is not None
    window.resize(1366, 768)
    found = heartbeats(window, heart, apart)
    saves = Saves(window)
    play(saves.acts(), QCoreApplication.exit, apart=SAVES_APART)
    QCoreApplication.exec()
    leave(session)
    assert len(saves.ms) == SAVES, f"only {len(saves.ms)} were received"
    return {
        "opened_ms": round(took),
        "heartbeat_ms": found,
        "save_ms": spread(saves.ms, (0.5, 0.95)),
        "durable_writes_a_save": sorted(saves.writes)[SAVES // 2],
    }


# --- both of them -------------------------------------------------------------------------------


def slow_disk(folder: Path) -> Path:
    """The library that is preloaded, compiled into `folder`."""
    library = folder / "slow_disk.so"
    subprocess.run(
        ["cc", "-shared", "-fPIC", "-O2", "-o", str(library), str(SHIM), "-ldl"], check=True
    )
    return library


def hold_to_half(process: subprocess.Popen[str]) -> None:
    """Stop the process for every other turn, until it has ended."""
    for turn in cycle((signal.SIGSTOP, signal.SIGCONT)):
        with suppress(subprocess.TimeoutExpired):
            process.wait(TURN)
            return
        process.send_signal(turn)


def run(folder: Path, scratch: Path, apart: int, *, is_shackled: bool) -> dict[str, object]:
    """What a window of its own process did, on a commune's PC or on this one."""
    log = scratch / ("shackled" if is_shackled else "free")
    log.touch()
    environment = os.environ | {LOG: str(log), "LD_PRELOAD": str(slow_disk(scratch))}
    if is_shackled:
        environment |= {SHACKLED: "1", "FSYNC_MS": str(FSYNC_MS)}
    child = [sys.executable, "-m", "benchmarks.commune_pc", "--child", "--folder", str(folder)]
    child += ["--apart", str(apart)]
    with subprocess.Popen(child, stdout=subprocess.PIPE, text=True, env=environment) as process:
        if is_shackled:
            hold_to_half(process)
        said, _ = process.communicate()  # a pipe holds all it says
    found: dict[str, object] = json.loads(said)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--dossiers", type=int, default=20_000)
    parser.add_argument("--folder", type=Path, default=Path("build/window"))
    parser.add_argument("--apart", type=int, default=HELD_DOWN)
    parser.add_argument("--child", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    if asked.child:
        print(json.dumps(measured(asked.folder, asked.apart)))
        return
    ready(asked.folder, asked.dossiers)
    with TemporaryDirectory() as scratch:
        free, shackled = (
            run(asked.folder, Path(scratch), asked.apart, is_shackled=is_shackled)
            for is_shackled in (False, True)
        )
    said = {"load": os.getloadavg(), "here": free, "commune_pc": shackled}
    print(json.dumps({"dossiers": asked.dossiers, **said}, indent=1))


if __name__ == "__main__":
    main()
