"""What this counter holds and whom it has met: lanes, books, and when each carrier last came through."""

from dataclasses import dataclass
from datetime import datetime

from app.store.own.keeping import HUB, SERVER
from app.store.store import Store
from app.sync.carrying import USB
from app.sync.hubs import KEPT
from app.sync.known import devices, server_of


@dataclass(frozen=True)
class Carrier:
    """A way events have gone: `kind` is server, hub or usb; `where` its address, if any."""

    kind: str
    where: str
    at: datetime | None


@dataclass(frozen=True)
class Held:
    """`lanes` with the last code date of each, "" for one that doesn't end; `book` None without one.

    `readers`: the server first, then hubs and the unit's other counters, each once.
    """

    carriers: tuple[Carrier, ...]
    lanes: tuple[tuple[int, str], ...]
    book: int | None
    readers: tuple[str, ...]


def held(store: Store) -> Held:
    """Read it at the desk."""
    server = server_of(store)
    if server is None:
        return Held((), *_numbers(store), ())
    words = store.keeping.words(SERVER, f"{HUB}:")
    known = devices(store)
    carriers = [Carrier(SERVER, server.url, words[SERVER].at if SERVER in words else None)]
    if any(each.called == HUB for each in known.values()):
        where = store.keeping.get(KEPT).partition(" ")[0]
        met = [word.at for peer, word in words.items() if peer != SERVER]
        carriers.append(Carrier(HUB, where, max(met, default=None)))
    read = store.keeping.get(USB)
    carriers.append(Carrier(USB, "", datetime.fromisoformat(read) if read else None))
    readers = dict.fromkeys(each.called for each in known.values())
    return Held(tuple(carriers), *_numbers(store), tuple(readers))


def _numbers(store: Store) -> tuple[tuple[tuple[int, str], ...], int | None]:
    lanes, book = store.journal.holds()
    return tuple(lanes), book
