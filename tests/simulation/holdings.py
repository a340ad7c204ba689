"""Whose a number was to give: read from the bytes of events, knowing neither fold nor tables."""

import json
from collections.abc import Iterator
from itertools import combinations
from typing import Any, NamedTuple

from app.models.exchange.chain import LogName
from tests.simulation.oracle import Violated
from tests.simulation.seats import Seat
from tests.simulation.upstream import DEVICE

LANES = 20
GIVE_CODES = ("received", "code_assigned")
WITH_A_LANE = range(1, 10)  # counters that own the lane of their number
OWN = ("", "new", "restored", "crashed")  # why an incarnation began that goes on in its own numbers


class Lane(NamedTuple):
    """A lane the server granted; the days are ISO dates."""

    log: LogName
    lane: int
    first: str
    last: str


class Holdings(NamedTuple):
    """What every log holds: by its counter's number, and by the server's word."""

    lanes: list[Lane]
    books: list[tuple[LogName, int]]
    own: dict[LogName, int]
    enrolled: set[tuple[str, int]]
    """Device and number."""


def check(seat: Seat) -> None:
    """Nothing was granted twice, every device has one number, every number lies where its log may draw (I3)."""
    events = list(_events(seat))
    held = _holdings(events)
    for one, other in combinations(held.lanes, 2):
        if one.log != other.log and one.lane == other.lane and _overlap(one, other):
            raise Violated("I3", f"lane {one.lane} was granted to {one.log} and {other.log}")
    for (one_log, book), (other_log, same) in combinations(held.books, 2):
        if one_log != other_log and book == same:
            raise Violated("I3", f"book {book} was granted to {one_log} and {other_log}")
    for (device, number), (other_device, same) in combinations(held.enrolled, 2):
        if (device == other_device) is not (number == same):
            raise Violated("I3", f"counter {number} is {device}, {same} is {other_device}")
    for log, body in events:
        if not _is_to_give(log, body, held):
            raise Violated("I3", f"{log} gave out a number it doesn't hold: {body}")


def _events(seat: Seat) -> Iterator[tuple[LogName, dict[str, Any]]]:
    rows = seat.store.database.rows(
        "SELECT device, incarnation, public FROM events JOIN logs ON logs.id = log"
    )
    for device, incarnation, public in rows:
        yield LogName(device, incarnation).root, json.loads(public)["body"]


def _holdings(events: list[tuple[LogName, dict[str, Any]]]) -> Holdings:
    held = Holdings([], [], {}, set())
    for log, body in events:
        whose = LogName(body.get("device", ""), body.get("incarnation", ""))
        match log.device == DEVICE.device, body["type"]:
            case True, "lane_granted":
                held.lanes.append(Lane(whose, body["lane"], body["first"], body["last"]))
            case True, "book_granted":
                held.books.append((whose, body["book"]))
            case True, "enrolled":
                held.enrolled.add((body["device"], body["counter"]))
            case _, "incarnation_started" if body.get("reason", "") in OWN:
                held.own[log] = body["counter"]
            case _:
                pass
    return held


def _overlap(one: Lane, other: Lane) -> bool:
    return one.first <= other.last and other.first <= one.last


def _is_to_give(log: LogName, body: dict[str, Any], held: Holdings) -> bool:
    code = str(body.get("code", "")) if body["type"] in GIVE_CODES else ""
    _, day, number = code.rsplit("-", 2) if code.count("-") == 2 else ("", "", "0")
    lane = (int(number) - 1) % LANES + 1 if day else 0
    books = {serial["book"] for name in ("serial", "slip") if (serial := body.get(name))}
    own = held.own.get(log, 0)
    dated = f"20{day[:2]}-{day[2:4]}-{day[4:]}"
    mine = {x.lane for x in held.lanes if x.log == log and x.first <= dated <= x.last}
    lanes = {0, *mine, *({own} if own in WITH_A_LANE else ())}
    return lane in lanes and books <= {own, *(book for one, book in held.books if one == log)}
