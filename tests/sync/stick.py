"""Counters on real files, a server, and the stick that is carried between them."""

from pathlib import Path
from typing import NamedTuple

from app.store.own.keeping import SERVER
from app.store.store import Store
from app.sync.carrying import Read, read_bundle, write_bundle
from app.sync.enrol import enrol
from app.sync.known import keep_server
from server.exchange.bundles import Bundles
from server.exchange.bundles import Read as ServerRead
from tests.making import UNIT, ACounter
from tests.sync.small import URL, SmallServer


class Stick(NamedTuple):
    """A folder of bundles; each is named after its writer, its reader and how many there are."""

    folder: Path
    server: SmallServer

    @property
    def bundles(self) -> Bundles:
        built = self.server.built
        return Bundles(built.units, built.upstream, self.server.keys)

    def up(self, counter: ACounter) -> ServerRead:
        """From a counter to the server."""
        return self.bundles.read(self.written(counter), self.server.now)

    def down(self, counter: ACounter) -> Read:
        """From the server to a counter."""
        return read_bundle(counter.store, self.answer(counter), counter.clock())

    def across(self, one: ACounter, other: ACounter) -> Read:
        """From one counter to another."""
        path = self.written(one, str(other.store.counter))
        return read_bundle(other.store, path, other.clock())

    def written(self, counter: ACounter, to: str = SERVER) -> Path:
        path = self._next(f"{counter.store.counter}-{to}")
        write_bundle(counter.store, path, to)
        return path

    def answer(self, counter: ACounter) -> Path:
        path = self._next(f"server-{counter.store.counter}")
        self.bundles.write(path, UNIT, counter.store.counter)
        return path

    def _next(self, name: str) -> Path:
        return self.folder / f"{name}-{len(list(self.folder.iterdir()))}.bundle"


def enrolled(counter: ACounter, server: SmallServer) -> ACounter:
    """Known to the server, by line, as on the day it was set up; nothing was exchanged."""
    store: Store = counter.store
    code, keys = server.code(UNIT), store.keys.public
    keep_server(store, enrol(URL, code, keys, store.counter, UNIT, server.line).server)
    return counter


def pending(counter: ACounter) -> int:
    return counter.store.pending(SERVER)[0]
