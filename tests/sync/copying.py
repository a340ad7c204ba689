"""A counter's processes that are killed while they copy to the second disk.

    python -m tests.sync.copying

Asked and answering as `tests.store.journal.victims`; a code is reported once the copy is said to hold it.
"""

import os
from pathlib import Path
from typing import Any, NoReturn

from app.store import backup
from app.sync import second_copy
from app.sync.second_copy import SecondCopy
from tests.making import ACounter, some_names
from tests.store.journal.victims import die_at, main

POINTS: dict[str, tuple[Any, str, str]] = {
    "committed": (SecondCopy, "follow", "before"),
    "copy found": (SecondCopy, "_find", "after"),
    "before the bundle": (second_copy, "put", "before"),
    "bundle bound": (second_copy, "bind", "after"),
    "bundle written": (second_copy, "put", "after"),
    "before a new base": (SecondCopy, "_begin", "before"),
    "base packed": (backup, "_pack", "after"),
    "base read back": (backup, "unpack", "after"),
    "before its first bundle": (SecondCopy, "_add", "before"),
    "the old one dropped": (SecondCopy, "_begin", "after"),
}


def live(counter: ACounter, write: int, point: str) -> NoReturn:
    """Receive and copy for ever; whatever is said to be copied is reported at once."""
    os.write(write, b"open\n")
    if "base" in point or "first bundle" in point or "dropped" in point:
        second_copy.MOST_BUNDLES = 0
    if point:
        die_at(*POINTS[point])
    second = SecondCopy(counter.store.beside())
    for name in some_names(10_000):
        code = counter.receive(name).code
        if second.follow().copied:
            os.write(write, f"{code}\n".encode())
    os._exit(0)


def stick_of(counter: ACounter) -> Path:
    return counter.folder.with_name("usb")


if __name__ == "__main__":
    main(live)
