"""Decides which lanes and books the server grants, to incarnations that hold none or soon won't."""

from collections.abc import Container, Iterable, Sequence
from datetime import date, timedelta

from app.models.events import event as e
from app.models.numbering import FIRST_GRANTED_LANE, LANES

GRANTED_DAYS = 60
RENEWED_WITH = 7  # days left: a counter that exchanges once a week never runs out
COUNTERS_WITH_A_LANE = range(1, FIRST_GRANTED_LANE)
WITHOUT_NUMBERS = ("moved", "no_marker", "forked")


def wants_numbers(started: e.IncarnationStarted) -> bool:
    """True for an incarnation that may not go on in its counter's own lane and book."""
    return started.reason in WITHOUT_NUMBERS or started.counter not in COUNTERS_WITH_A_LANE


def keeps_its_book(started: e.IncarnationStarted) -> bool:
    """True for an incarnation that goes on in its counter's own book."""
    return started.reason not in WITHOUT_NUMBERS


def due_grants(
    wanting: Iterable[e.EventName],
    lanes: Sequence[e.LaneGranted],
    books: Sequence[e.BookGranted],
    counters: Iterable[int],
    today: date,
    left: Container[tuple[str, str]] = (),
    own_book: Container[tuple[str, str]] = (),
) -> list[e.LaneGranted | e.BookGranted]:
    """A lane and a book for each incarnation in `wanting` that was granted none, and the lane anew
    where it ends within a week, unless its device `left` that incarnation. Those with their `own_book`
    get a lane only.

    A new lane is the smallest not granted for any of the days; with all of them taken there is none,
    and its counter goes on with provisional codes. The book is the next above every counter's.
    """
    first, last = today.isoformat(), (today + timedelta(days=GRANTED_DAYS)).isoformat()
    taken = {lane.lane for lane in lanes if lane.first <= last and first <= lane.last}
    free_lanes = iter(sorted(set(range(FIRST_GRANTED_LANE, LANES + 1)) - taken))
    next_book = max({FIRST_GRANTED_LANE - 1, *counters, *(book.book for book in books)}) + 1
    # one that begins later was granted by a clock that was wrong; until then it is none
    begun = (lane for lane in sorted(lanes, key=_last) if lane.first <= first)
    held = {(lane.device, lane.incarnation): lane for lane in begun}
    with_book = {(book.device, book.incarnation) for book in books}
    granted: list[e.LaneGranted | e.BookGranted] = []
    for device, incarnation, _ in sorted(wanting):
        log = (device, incarnation)
        ending = held.get(log)
        if ending is None or (log not in left and _ends(ending, today)):
            if ending and not _taken_after(ending, lanes):
                # the same days and more, so that no day is without it
                granted.append(e.LaneGranted(*log, ending.lane, ending.first, last))
            elif lane := next(free_lanes, None):
                granted.append(e.LaneGranted(*log, lane, first, last))
        if log not in with_book and log not in own_book:
            granted.append(e.BookGranted(*log, next_book))
            next_book += 1
    return granted


def _last(lane: e.LaneGranted) -> str:
    return lane.last


def _ends(lane: e.LaneGranted, today: date) -> bool:
    return lane.last <= (today + timedelta(days=RENEWED_WITH)).isoformat()


def _taken_after(ending: e.LaneGranted, lanes: Iterable[e.LaneGranted]) -> bool:
    """True when somebody else was granted that lane since, or for later days."""
    return any(lane.lane == ending.lane and lane.last > ending.last for lane in lanes)
