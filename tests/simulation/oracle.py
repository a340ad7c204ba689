"""What people saw: every code given, every deed shown as done, every acknowledgement shown.

It is written apart from the product and knows no fold: it reads the bytes of events as JSON, and
the rows of the tables as they stand.
"""

import json
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from app.models.events import EventName
from app.models.exchange import Map
from tests.simulation.seats import Seat, Written


class Violated(AssertionError):
    """An invariant (I1–I22) doesn't hold."""

    def __init__(self, invariant: str, what: str) -> None:
        super().__init__(f"{invariant}: {what}")


class Shown(NamedTuple):
    """A dossier as the citizen's slip and the officer's screen last told of it."""

    seat: str
    code: str
    applicant: str
    status: str
    touched: frozenset[str]


class Given(NamedTuple):
    """Who gave a number out, with which event, and whether they had met their twin by then."""

    seat: Seat
    event: EventName
    met: bool


class Oracle:
    """One for all units of a run; each unit's facts apart."""

    def __init__(self) -> None:
        self.saved: dict[str, dict[EventName, bytes]] = {}
        self.shown: dict[str, dict[EventName, Shown]] = {}
        self.numbers: dict[tuple[str, ...], Given] = {}
        self.originals: dict[tuple[EventName, str], tuple[Seat, EventName]] = {}
        self.gone: set[EventName] = set()
        self.twice: set[tuple[str, ...]] = set()
        self.checked = 0

    # --- what was shown -------------------------------------------------------------------------

    def done(self, seat: Seat, written: Iterable[Written]) -> None:
        """A deed was shown as done: so all it wrote had its effect, and its numbers are new."""
        saved = self.saved.setdefault(seat.unit, {})
        for each in written:
            self.checked += 1
            if each.effect != "applied":
                raise Violated("I7", f"{seat.name} was shown {each.name}, which has no effect")
            if each.name in saved and not seat.twin_of:
                raise Violated("I6", f"{seat.name} wrote {each.name} a second time")
            saved[each.name] = each.hash
            self.gone.discard(each.name)
            self._give(seat, each)

    def received(self, seat: Seat, thing: EventName, code: str, applicant: str) -> None:
        """A citizen was given a slip."""
        shown = Shown(seat.name, code, applicant, "received", frozenset({seat.name}))
        self.shown.setdefault(seat.unit, {})[thing] = shown

    def stepped(self, seat: Seat, thing: EventName, status: str) -> None:
        """A dossier was shown at another step."""
        before = self.shown.get(seat.unit, {}).get(thing)
        if before is not None:
            touched = before.touched | {seat.name}
            self.shown[seat.unit][thing] = before._replace(status=status, touched=touched)

    def printed(self, seat: Seat, thing: EventName, form: str, mark: str, job: EventName) -> None:
        """A paper came out; without a mark it says it is the original."""
        if mark:
            return
        before = self.originals.get((thing, form))
        if before is not None and before[1] == job:
            return  # the same print, handed to the printer once more
        if before is not None and before[0] is seat and before[1] not in self.gone:
            raise Violated("I15", f"{seat.name} printed a second original of {form} of {thing}")
        self.originals[thing, form] = (seat, job)

    def acknowledged(self, seat: Seat, map_: Map, held: Mapping[EventName, bytes]) -> None:
        """The screen says the server has all this: so it is there."""
        for log, known in map_.items():
            self.checked += 1
            at = EventName(*log, known.seq)
            if held.get(at) != known.hash:
                raise Violated("I5", f"{seat.name} was shown {at} as acknowledged; it isn't held")

    def lost(self, destroyed: Iterable[EventName], left: Iterable[set[EventName]]) -> None:
        """A file is gone: what no other file holds is lost by physics."""
        self.gone |= set(destroyed).difference(*left)

    # --- what must be there ---------------------------------------------------------------------

    def demanded(self, unit: str) -> dict[EventName, bytes]:
        """Everything shown as saved that some file still holds."""
        saved = self.saved.get(unit, {})
        return {name: hash_ for name, hash_ in saved.items() if name not in self.gone}

    def dossiers(self, unit: str) -> dict[EventName, Shown]:
        """The dossiers citizens hold slips of, but those lost by physics."""
        shown = self.shown.get(unit, {})
        return {thing: told for thing, told in shown.items() if thing not in self.gone}

    # --- inside ---------------------------------------------------------------------------------

    def _give(self, seat: Seat, each: Written) -> None:
        for number in _numbers(seat.unit, each.public):
            before = self.numbers.get(number)
            if before is not None and before.event != each.name:
                if not _strangers(seat, before):
                    raise Violated(
                        "I3",
                        f"{' '.join(number)} given by {before.seat.name}, again by {seat.name}",
                    )
                self.twice.add(number)
            self.numbers[number] = Given(seat, each.name, seat.met)


def _strangers(seat: Seat, before: Given) -> bool:
    """Exact copies that never heard of each other can't know: both carry marker, machine and disk."""
    twins = seat.twin_of or before.seat.twin_of
    pair = {seat, seat.twin_of, before.seat.twin_of, before.seat}
    return bool(twins) and len(pair - {None}) == 2 and not (seat.met or before.met)


def _numbers(unit: str, public: bytes) -> list[tuple[str, ...]]:
    body = json.loads(public)["body"]
    found: list[tuple[str, ...]] = [
        ("code", unit, body[name]) for name in ("code", "provisional_code") if body.get(name)
    ]
    for name in ("serial", "slip"):
        serial = body.get(name)
        if serial:
            found.append(("number", unit, *(str(serial[key]) for key in sorted(serial))))
    return found
