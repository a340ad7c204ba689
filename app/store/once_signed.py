"""Finds printed numbers the server once signed for and by its last word doesn't hold: it lost them."""

from collections.abc import Iterator

from app.models.dossiers.event_names import name_of
from app.models.events import event as e
from app.models.events.facts import Serial
from app.models.events.receipt_books import FeeReceipted
from app.models.exchange.branches import begins
from app.models.exchange.chain import LogName
from app.models.exchange.messages import Known, Map
from app.store.own.keeping import ONCE, PASSED, SERVER
from app.store.reading.receipt_books import ReceiptBooks
from app.store.store import Store


def lost_numbers(store: Store) -> tuple[str, ...]:
    """As they stand on paper, log by log.

    Only the server's own word takes back what it said; a hub may pass an old one on. What another
    branch of the log has taken the place of is a fork, and none of these.
    """
    once_by = f"{ONCE}{store.keeping.get('server_device')}"
    words = store.keeping.words(SERVER, PASSED, once_by)
    once, last = words.get(once_by), words.get(SERVER)
    if once is None or last is None or once.map == last.map:
        return ()
    since = [w.map for peer, w in words.items() if peer.startswith(PASSED) and w.at > last.at]
    events = (
        store.log.event(e.EventName(*log, seq))
        for log, first, end in _taken_back(store, once.map, [last.map, *since])
        for seq in range(first, end + 1)
    )
    books = ReceiptBooks(store.database)
    return tuple(number for event in events for number in _printed_numbers(event, books))


def _printed_numbers(event: e.Event, books: ReceiptBooks) -> Iterator[str]:
    """The numbers an event put on a paper somebody took away."""
    match event.body:
        case e.Received(code=code, provisional_code=provisional):
            yield code or provisional
        case e.CodeAssigned(code=code):
            yield code
        case FeeReceipted(sign=sign, number=number):
            yield f"biên lai {sign} {books.book(sign).written(number)}"
        case body:
            serials = (getattr(body, name, None) for name in ("slip", "certified"))
            for serial in serials:
                if isinstance(serial, Serial):
                    yield f"{name_of(type(body))} {serial.book}-{serial.number:04d}"


def _taken_back(store: Store, once: Map, now: list[Map]) -> Iterator[tuple[LogName, int, int]]:
    """(log, first, last) of each stretch that `once` named, that lies here, and that none of `now` names."""
    signed, grown = store.signed_by(now), store.log.branching.grown()
    for log, known in sorted(once.items()):
        told = now[0].get(log, Known(0, b""))
        if told.seq >= known.seq or store.hash_at(log, known.seq) != known.hash:
            continue
        if told.seq == 0 or store.hash_at(log, told.seq) == told.hash:
            first = max(told.seq, signed.get(log, 0), begins(grown, log)) + 1
            if first <= known.seq:
                yield log, first, known.seq
