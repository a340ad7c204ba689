"""A seat: one PC with its data folder, its marker, its clock, and the real counter that runs on it."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import NamedTuple

import msgspec
import pytest

from app.desk.desk import Desk
from app.models.events import event as e
from app.models.exchange.chain import LogName
from app.models.unit.officer import Officer
from app.store.journal.journal import folder_id
from app.store.journal.marker import MarkerFile
from app.store.store import Store
from tests.making import NGA


class Written(NamedTuple):
    """An event as it lies in the file of who wrote it."""

    name: e.EventName
    hash: bytes
    effect: str
    public: bytes


class Crashed(BaseException):
    """The process ends here, at once."""


def key_of(unit: str) -> bytes:
    """The key of a unit's counters."""
    return sha256(f"khóa {unit}".encode()).digest()


@dataclass(eq=False)
class Seat:
    """`offset` is how wrong its clock is; `machine` its facts; `twin_of` whose
    exact copy it is, and `met` whether it has heard of the other."""

    name: str
    unit: str
    folder: Path
    machine: str
    now: Callable[[], datetime]
    random: Random
    offset: timedelta = timedelta()
    cut: bool = False
    revoked: bool = False
    is_old: bool = False
    """Its program is of version 0.1."""
    far: bool = False
    """No line reaches it: sticks are carried."""
    dead: bool = False
    twin_of: "Seat | None" = None
    met: bool = False
    known: frozenset[e.EventName] = frozenset()
    drew: set[str] = field(default_factory=set)
    """All it ever drew by chance: its own incarnations are among it."""
    kept: list[Path] = field(default_factory=list)
    """Copies of its database made so far, the oldest first."""

    @property
    def database(self) -> Path:
        return self.folder / "data" / "motcua.db"

    @property
    def state(self) -> Path:
        return self.folder / "state"

    def clock(self) -> datetime:
        """What this PC's clock shows."""
        return self.now() + self.offset

    def draw(self, count: int) -> bytes:
        """All the chance this PC has."""
        drawn = self.random.randbytes(count)
        self.drew.add(drawn.hex())
        return drawn

    def open(self) -> "Seat":
        """Start the program, as after each crash."""
        key = key_of(self.unit)
        self.store = Store(self.database, self.state, key, random=self.draw, machine=self.machine)
        self.desk = Desk(self.store, self.clock, _blank)
        return self

    def close(self) -> None:
        self.store.close()

    def kill(self) -> None:
        """End as a killed process does: nothing is tidied, -wal stays as it is, the file is the same."""
        left = {path: path.read_bytes() for path in self._files() if path.exists()}
        self.close()
        self._write(left)

    def put(self, copy: Path) -> None:
        """Copy an old database over the closed one, as a technician does; the file's id stays."""
        self._write({self.database: copy.read_bytes()})

    def lose_wal(self) -> None:
        """Kill it, and have a cleaner delete -wal."""
        whole = self.database.read_bytes()
        self.close()
        self._write({self.database: whole})

    def copied(self) -> Path:
        """A copy of the database as it is, closed for the moment."""
        self.close()
        copy = self.folder / f"copy {len(self.kept)}.db"
        shutil.copyfile(self.database, copy)
        self.kept.append(copy)
        self.open()
        return copy

    # --- what lies on it, read without the product ----------------------------------------------

    @property
    def officer(self) -> Officer:
        return self.desk.officer(NGA)

    def events(self) -> dict[e.EventName, bytes]:
        """Every event held, and the chain's hash at it."""
        rows = self.store.database.rows(
            "SELECT device, incarnation, events.seq, events.hash FROM events JOIN logs ON logs.id = log"
        )
        return {e.EventName(d, i, seq): bytes(h) for d, i, seq, h in rows}

    def written_after(self, highest: int) -> list["Written"]:
        """What was written here since row `highest`."""
        rows = self.store.database.rows(
            "SELECT device, incarnation, events.seq, events.hash, effect, public FROM events"
            " JOIN logs ON logs.id = log WHERE events.id > ? ORDER BY events.id",
            (highest,),
        )
        return [
            Written(e.EventName(d, i, seq), bytes(h), effect, public)
            for d, i, seq, h, effect, public in rows
        ]

    def last_row(self) -> int:
        row = self.store.database.one("SELECT ifnull(max(id), 0) FROM events")
        return int(row[0]) if row else 0

    def own_log(self) -> LogName | None:
        own = self.store.journal.own()
        return own.log if own else None

    # --- inside ---------------------------------------------------------------------------------

    def _files(self) -> tuple[Path, Path]:
        return self.database, self.database.with_name(self.database.name + "-wal")

    def _write(self, contents: dict[Path, bytes]) -> None:
        for suffix in ("-wal", "-shm"):
            self.database.with_name(self.database.name + suffix).unlink(missing_ok=True)
        for path, content in contents.items():
            with path.open("r+b" if path.exists() else "wb") as file:
                file.write(content)
                file.truncate()


def hashes_of(seat: Seat) -> set[bytes]:
    """Every event held, by the chain's hash at it: its name may change."""
    return set(seat.events().values())


def lose_marker(seat: Seat) -> None:
    shutil.rmtree(seat.state / "markers", ignore_errors=True)


def settle(seat: Seat) -> None:
    """Let the marker take this folder for the one it was written for: a disk copied bit by bit."""
    keys = Store(seat.database, seat.state, key_of(seat.unit), machine=seat.machine)
    marker = MarkerFile(
        seat.state, keys.keys.public.device, key_of(seat.unit), machine=seat.machine
    )
    keys.close()
    mark = marker.read()
    assert mark is not None
    marker.write(msgspec.structs.replace(mark, folder=folder_id(seat.database)))


def marked(seat: Seat) -> tuple[str, int] | None:
    """The incarnation and the last event the marker tells of."""
    mark = MarkerFile(
        seat.state, seat.store.keys.public.device, key_of(seat.unit), machine=seat.machine
    ).read()
    return (mark.incarnation, mark.seq) if mark else None


@contextmanager
def dying(where: object, name: str, when: str, passing: int = 1) -> Iterator[list[str]]:
    """Whoever comes there for the `passing`-th time crashes; the list holds the point once it did."""
    passed = getattr(where, name)
    crashed: list[str] = []
    left = [passing]

    def crash_if_due() -> None:
        left[0] -= 1
        if left[0] == 0:
            crashed.append(name)
            raise Crashed(name)

    def dying_there(*arguments: object, **named: object) -> object:
        if when == "before":
            crash_if_due()
        result = passed(*arguments, **named)
        if when == "after":
            crash_if_due()
        return _ending(result, crash_if_due) if when == "ended" else result

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(where, name, dying_there)
        yield crashed


@contextmanager
def _ending(inner: object, then: Callable[[], None]) -> Iterator[object]:
    with inner as entered:  # type: ignore[attr-defined]
        yield entered
    then()


def _blank(form: str, values: dict[str, object], paper: str, mark: str, profile: str) -> bytes:
    del paper, profile
    return f"{form} {values.get('code')} {mark}".encode()
