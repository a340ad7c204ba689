"""Decides which lanes and books the server grants to incarnations that hold none."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from app.models import events as e
from app.models.numbering import FIRST_GRANTED_LANE, LANES

GRANTED_DAYS = 60
COUNTERS_WITH_A_LANE = range(1, FIRST_GRANTED_LANE)
WITHOUT_NUMBERS = ("moved", "no_marker", "forked")


def wants_numbers(started: e.IncarnationStarted) -> bool:
    """True for an incarnation that may not go on in its counter's own lane and book."""
    return started.reason in WITHOUT_NUMBERS or started.counter not in COUNTERS_WITH_A_LANE


def due_grants(
    wanting: Iterable[e.EventName],
    lanes: Sequence[e.LaneGranted],
    books: Sequence[e.BookGranted],
    counters: Iterable[int],
    today: date,
) -> list[e.LaneGranted | e.BookGranted]:
    """A lane and a book for each incarnation in `wanting` that was granted none.

    The lane is the smallest not granted for any of the days; with all of them taken there is none,
    and its counter goes on with provisional codes. The book is the next above every counter's.
    """
    first, last = today.isoformat(), (today + timedelta(days=GRANTED_DAYS)).isoformat()
    taken = {lane.lane for lane in lanes if lane.first <= last and first <= lane.last}
    free_lanes = iter(sorted(set(range(FIRST_GRANTED_LANE, LANES + 1)) - taken))
    next_book = max({FIRST_GRANTED_LANE - 1, *counters, *(book.book for book in books)}) + 1
    with_lane = {(lane.device, lane.incarnation) for lane in lanes}
    with_book = {(book.device, book.incarnation) for book in books}
    granted: list[e.LaneGranted | e.BookGranted] = []
    for device, incarnation, _ in sorted(wanting):
        if (device, incarnation) not in with_lane and (lane := next(free_lanes, None)):
            granted.append(e.LaneGranted(device, incarnation, lane, first, last))
        if (device, incarnation) not in with_book:
            granted.append(e.BookGranted(device, incarnation, next_book))
            next_book += 1
    return granted
