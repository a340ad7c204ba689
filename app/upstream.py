"""Joins a counter's store and its server: enrolment and one exchange.

`do` runs work where the store may be touched (the desk lane under a window; right here without).
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Protocol, TypeVar

from app.models.chain import LogName
from app.models.exchange import Known, Run, Taken
from app.models.talk import Outcome
from app.store.store import Store
from app.sync.client import exchange
from app.sync.enrol import Enrolment, enrol
from app.sync.known import SERVER, enrolled_server, keep_server, server_of

T = TypeVar("T")

LARGE = 20_000  # events received at once: a new PC's first exchange, not a day's


class Do(Protocol):
    """Runs work where the store may be touched and gives back what it gives or raises."""

    def __call__(self, work: Callable[[], T], /) -> T: ...


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


def join(store: Store, url: str, code: str, do: Do = here) -> Enrolment:
    """Enrol this counter with a one-time code and keep the server's keys."""
    enrolled = enrol(url, code, store.keys.public, store.counter, store.unit)
    do(lambda: keep_server(store, enrolled.server))
    return enrolled


def send(store: Store, now: Callable[[], datetime], do: Do = here) -> Outcome:
    """One exchange; raises `OtherSideFailed`, with everything kept here to be sent again."""
    address = do(lambda: server_of(store) or enrolled_server(store))
    do(store.journal.sign_head)
    reached = _Reached(store, do)
    outcome = exchange(reached, store.keys, store.unit, address, reached)
    number, held = outcome.number, outcome.acknowledged
    do(lambda: store.keeping.acknowledge(SERVER, held, now(), number))
    if outcome.received >= LARGE:
        do(store.tidy)
    return outcome
