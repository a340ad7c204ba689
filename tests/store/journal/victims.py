"""A counter's processes that are killed: forked here, one after another, as the test asks.

    python -m tests.store.victims

Each line asked on stdin is JSON: {"folder", "point"} to be killed at a named point of the next
intake, or {"folder", "codes", "after"} to be killed `after` seconds past that many intakes. The
answer is what the victim had reported as saved by then, and whether it was killed: {"codes",
"killed"}.
"""

import json
import os
import select
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

from app import files
from app.desk.papers.paperwork import Paperwork
from app.store.database.database import Database
from app.store.journal.folding import Folding
from app.store.journal.journal import Journal, Writing
from app.store.journal.log import Log
from app.store.journal.marker import MarkerFile
from tests.making import ACounter, some_names

LONGEST_LIFE = 20.0  # seconds, of one who is to die at a named point

# the points of an intake, in the order they are passed: where, and before or after it
POINTS: dict[str, tuple[Any, str, str]] = {
    "before the deed": (Journal, "_why_anew", "before"),
    "before a new incarnation": (Journal, "_begin", "before"),
    "after a new incarnation": (Journal, "_begin", "after"),
    "number drawn": (Writing, "next_code", "after"),
    "before the event": (Log, "append", "before"),
    "event written": (Log, "append", "after"),
    "tables folded": (Folding, "fold", "after"),
    "before the marker": (MarkerFile, "write", "before"),
    "marker beside": (Path, "replace", "before"),
    "marker in place": (Path, "replace", "after"),
    "marker on disk": (MarkerFile, "write", "after"),
    "marker synced": (files, "sync_folder", "after"),
    "committed": (Database, "transaction", "ended"),
    "before the print": (Paperwork, "issue", "before"),
    "printed": (Paperwork, "issue", "after"),
}


def main(life: Callable[[ACounter, int, str], NoReturn]) -> None:
    for line in sys.stdin:
        asked = json.loads(line)
        read, write = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(read)
            life(ACounter(Path(asked["folder"])), write, asked.get("point", ""))
        os.close(write)
        reported = watch(read, child, asked.get("codes", 10_000), asked.get("after", 0.0))
        killed = os.WIFSIGNALED(os.waitpid(child, 0)[1])
        sys.stdout.write(json.dumps({"codes": reported.split(), "killed": killed}) + "\n")
        sys.stdout.flush()


def live(counter: ACounter, write: int, point: str) -> NoReturn:
    """Receive and print for ever; whatever is saved is reported at once."""
    os.write(write, b"open\n")
    if point:
        die_at(*POINTS[point])
    for name in some_names(10_000):
        receipt = counter.receive(name)
        os.write(write, f"{receipt.code}\n".encode())
        counter.desk.paperwork.issue("receipt", receipt.name, counter.officer)
    os._exit(0)


def die_at(where: Any, name: str, when: str) -> None:
    """Have the process kill itself when it passes there."""
    passed = getattr(where, name)

    def dying(*arguments: Any, **named: Any) -> Any:
        if when == "before":
            die()
        result = passed(*arguments, **named)
        if when == "after":
            die()
        return _Ending(result)

    setattr(where, name, dying)


class _Ending:
    """A context manager after whose end the process dies."""

    def __init__(self, inner: Any) -> None:
        self._inner = inner

    def __enter__(self) -> Any:
        return self._inner.__enter__()

    def __exit__(self, *what: Any) -> None:
        self._inner.__exit__(*what)
        die()


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def watch(read: int, child: int, codes: int, after: float) -> str:
    """What the child reported until it died, at the latest `after` seconds past its n-th code."""
    told, end = b"", time.monotonic() + LONGEST_LIFE
    while select.select([read], [], [], max(0.0, end - time.monotonic()))[0]:
        waiting = told.count(b"\n") <= codes
        more = os.read(read, 65536)
        if not more:
            break
        told += more
        if waiting and told.count(b"\n") > codes:
            end = time.monotonic() + after
    os.kill(child, signal.SIGKILL)
    while more := os.read(read, 65536):
        told += more
    os.close(read)
    return told.decode().removeprefix("open\n")


if __name__ == "__main__":
    main(live)
