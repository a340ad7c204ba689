"""A counter's store as an exchange needs it, taken in slices to where it may be touched.

`do` runs work there: in the desk lane under a window, right here without.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Protocol, TypeVar

from app.models.exchange import messages as wire
from app.models.exchange.chain import LogName
from app.models.exchange.messages import STRETCH, Run, Taken
from app.store.store import Store

T = TypeVar("T")
Item = TypeVar("Item")

LARGE = 20_000  # events received at once: a new PC's first exchange, not a day's


def tidy(store: Store, do: "Do") -> None:
    """Merge the search index after a large arrival, a little at a time between deeds."""
    steps = store.tidying()
    while do(lambda: next(steps, False)):
        pass


class Do(Protocol):
    """Runs work where the store may be touched and gives back what it gives or raises."""

    def __call__(self, work: Callable[[], T], /) -> T: ...


def here(work: Callable[[], T], /) -> T:
    """Runs work on the spot."""
    return work()


def in_slices(
    do: Do, work: Callable[[Sequence[Item]], T], items: Sequence[Item], at_once: int
) -> Iterator[T]:
    """What `work` gives for each `at_once` of `items`, each done by `do`: deeds come between two."""
    for first in range(0, len(items), at_once):
        yield do(partial(work, items[first : first + at_once]))


def stepping(do: Do, step: Callable[[], None]) -> Do:
    """`do`, with `step` called before each work; what that raises ends it."""

    def stepped(work: Callable[[], T], /) -> T:
        step()
        return do(work)

    return stepped


class Reached:
    """The store as a `Replica` and `NumberSource`, each call taken to where it may be touched."""

    def __init__(self, store: Store, do: Do) -> None:
        self._store = store
        self._do = do

    def map(self) -> dict[LogName, wire.Known]:
        return self._do(self._store.map)

    def hash_at(self, log: LogName, seq: int) -> bytes | None:
        return self._do(lambda: self._store.hash_at(log, seq))

    def runs(self, after: Mapping[LogName, int], budget: int = STRETCH) -> tuple[Run, ...]:
        return self._do(lambda: self._store.runs(after, budget))

    def take(self, runs: tuple[Run, ...]) -> Taken:
        # what a power cut takes back is sent again; keeping a new word of the peer makes all of it lasting
        slices = self._store.log.taking(runs, is_lasting=False)
        total = Taken()
        while (taken := self._do(lambda: next(slices, None))) is not None:
            total += taken
        return total

    def exchange_number(self) -> int:
        # one that a power cut takes back is refused by whoever has seen it, and jumped over
        return self._do(lambda: self._store.keeping.exchange_number(is_lasting=False))

    def set_exchange_number(self, number: int) -> None:
        self._do(lambda: self._store.keeping.set_exchange_number(number))
