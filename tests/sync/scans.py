"""A counter on real files with a scanned paper, enrolled at a real server in this process."""

from collections.abc import Iterable
from contextlib import suppress
from itertools import islice
from pathlib import Path
from random import Random

import pytest

from app.models.events import event as e
from app.models.events.digitising import Digitised
from app.models.exchange.file_talk import Going
from app.models.exchange.sealed_file import key_of, name_of, sealed
from app.store.own.attachments import Attachments, Whereabouts
from app.sync.client import exchange
from app.sync.files import asking, fetch_file, send_files
from app.sync.reached import Reached, here
from tests.making import NGA, UNIT, ACounter, a_counter
from tests.sync.small import Line, SmallServer
from tests.sync.stick import Stick, enrolled

__all__ = ["Scanning", "Whereabouts", "a_scan", "digitise", "one", "server", "with_scans"]

KEY = key_of(b"k" * 32)


def a_scan(number: int = 1, size: int = 200_000) -> bytes:
    """Bytes of a file, sealed; the same for the same number."""
    return sealed(Random(number).randbytes(size), KEY)


def digitise(counter: ACounter, content: bytes, thing: e.EventName | None = None) -> str:
    """Put a file and the event that names it; the file's name."""
    store, now = counter.store, counter.clock()
    about = thing or counter.receive().name
    file = Attachments(store.database).files.put(content)
    personal = e.Personal(salt="c2FsdA", items=("Tờ khai",), file_key=KEY)
    with store.journal.deed(now) as writing:
        body = Digitised(1, name_of(content), len(content), 2)
        writing.append(body, by=NGA, at=now, thing=about, personal=personal)
    return file


class Scanning:
    """One counter, and the goes of its lane of files."""

    def __init__(self, folder: Path, server: SmallServer, number: int = 1) -> None:
        self.counter = enrolled(a_counter(folder, number), server)
        self.server = server
        self.attachments = Attachments(self.counter.store.database)

    @property
    def line(self) -> Line:
        return self.server.line

    def digitise(self, content: bytes, thing: e.EventName | None = None) -> str:
        return digitise(self.counter, content, thing)

    def exchange(self) -> None:
        """The events go."""
        store, reached = self.counter.store, Reached(self.counter.store, here)
        store.journal.sign_head()
        exchange(reached, store.keys, store.unit, self.server.address(), reached, self.line)

    def send(self, steps: int = 10_000) -> list[Going]:
        """One go up, of so many steps."""
        store = self.counter.store
        with asking(store.keys, store.unit, self.server.address(), self.line) as ask:
            going = send_files(self.attachments, ask, self.counter.clock())
            return list(islice(going, steps))

    def fetch(self, file: str, size: int, steps: int = 10_000) -> int:
        """One go down; how many parts came."""
        store = self.counter.store
        with asking(store.keys, store.unit, self.server.address(), self.line) as ask:
            going = fetch_file(self.attachments, file, size, ask, self.counter.clock())
            return len(list(islice(going, steps)))

    def forget(self, file: str) -> None:
        """Somebody removes it by hand."""
        with suppress(FileNotFoundError):
            (self.attachments.files.folder / file[:2] / file).unlink()

    def stands(self, content: bytes) -> Whereabouts:
        return self.attachments.whereabouts(name_of(content), len(content))


@pytest.fixture
def server(tmp_path: Path) -> SmallServer:
    return SmallServer(tmp_path / "server", UNIT)


@pytest.fixture
def one(tmp_path: Path, server: SmallServer) -> Scanning:
    return Scanning(tmp_path / "one", server)


def with_scans(folder: Path, stick: Stick, scans: Iterable[bytes]) -> ACounter:
    """Counter 1, which has heard from its server once, by stick, and scanned these since."""
    counter = enrolled(a_counter(folder, 1), stick.server)
    stick.up(counter)
    stick.down(counter)
    for scan in scans:
        digitise(counter, scan)
    return counter
