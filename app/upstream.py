"""Joins a counter's store and its server: enrolment and one exchange.

`do` runs work where the store may be touched (the desk lane under a window; right here without).
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Protocol, TypeVar

import msgspec

from app.models.chain import LogName, PublicKeys
from app.models.errors import Refused
from app.models.exchange import Known, Run, Taken
from app.models.talk import Outcome
from app.store.store import Store
from app.sync.address import ServerAddress
from app.sync.client import exchange
from app.sync.enrol import Enrolment, enrol

T = TypeVar("T")

LARGE = 20_000  # events received at once: a new PC's first exchange, not a day's


class Do(Protocol):
    """Runs work where the store may be touched and gives back what it gives or raises."""

    def __call__(self, work: Callable[[], T], /) -> T: ...


class _Server(msgspec.Struct, frozen=True):
    url: str
    sign: str
    seal: str
    pin: str = ""


class _Reached:
    """The store as a `Replica` and `NumberSource`, each call taken to where it may be touched."""

    def __init__(self, store: Store, do: Do) -> None:
        self._store = store
        self._do = do

    def map(self) -> dict[LogName, Known]:
        return self._do(self._store.map)

    def hash_at(self, log: LogName, seq: int) -> bytes | None:
        return self._do(lambda: self._store.hash_at(log, seq))

    def runs(self, after: Mapping[LogName, int]) -> tuple[Run, ...]:
        return self._do(lambda: self._store.runs(after))

    def take(self, runs: tuple[Run, ...]) -> Taken:
        return self._do(lambda: self._store.take(runs))

    def exchange_number(self) -> int:
        return self._do(self._store.keeping.exchange_number)

    def set_exchange_number(self, number: int) -> None:
        self._do(lambda: self._store.keeping.set_exchange_number(number))


def here(work: Callable[[], T], /) -> T:
    """Runs work on the spot."""
    return work()


def server_of(store: Store) -> ServerAddress | None:
    """The server this counter is enrolled at."""
    kept = store.keeping.get("server")
    if not kept:
        return None
    server = msgspec.json.decode(kept, type=_Server)
    keys = PublicKeys(bytes.fromhex(server.sign), bytes.fromhex(server.seal))
    return ServerAddress(server.url, keys, server.pin)


def join(store: Store, url: str, code: str, do: Do = here) -> Enrolment:
    """Enrol this counter with a one-time code and keep the server's keys."""
    enrolled = enrol(url, code, store.keys.public, store.counter, store.unit)
    address = enrolled.server
    kept = _Server(address.url, address.keys.sign.hex(), address.keys.seal.hex(), address.pin)

    def keep() -> None:
        store.keeping.put("server", msgspec.json.encode(kept).decode())
        store.keeping.put("server_device", address.keys.device)

    do(keep)
    return enrolled


def send(store: Store, now: Callable[[], datetime], do: Do = here) -> Outcome:
    """One exchange; raises `OtherSideFailed`, with everything kept here to be sent again."""
    address = do(lambda: server_of(store))
    if address is None:
        raise Refused(
            "Quầy này chưa ghi danh với máy chủ. Hãy lấy mã ghi danh của cấp trên rồi ghi danh."
        )
    do(store.journal.sign_head)
    reached = _Reached(store, do)
    outcome = exchange(reached, store.keys, store.unit, address, reached)
    do(lambda: store.keeping.acknowledge("server", outcome.acknowledged, now()))
    if outcome.received >= LARGE:
        do(store.tidy)
    return outcome
