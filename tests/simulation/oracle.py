"""What people saw: every code given, every deed shown as done, every acknowledgement shown.

It is written apart from the product and knows no fold: it reads the bytes of events as JSON, and
the rows of the tables as they stand. It tells events by the chain's hash: a cloned PC gives one name
to two, and what they are called changes when that is found out.
"""

import json
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from app.models.events.event import EventName
from app.models.exchange.messages import Map
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
    event: bytes
    met: bool


class Oracle:
    """One for all units of a run; each unit's facts apart."""

    def __init__(self) -> None:
        self.saved: dict[str, set[bytes]] = {}
        self.shown: dict[str, dict[bytes, Shown]] = {}
        self.numbers: dict[tuple[str, ...], Given] = {}
        self.originals: dict[tuple[bytes, str], tuple[Seat, bytes]] = {}
        self.gone: set[bytes] = set()
        self.twice: set[tuple[str, ...]] = set()
        self.checked = 0

    # --- what was shown -------------------------------------------------------------------------

    def done(self, seat: Seat, written: Iterable[Written]) -> None:
        """A deed was shown as done: so all it wrote had its effect, and its numbers are new."""
        saved = self.saved.setdefault(seat.unit, set())
        for each in written:
            self.checked += 1
            if each.effect != "applied":
                raise Violated("I7", f"{seat.name} was shown {each.name}, which has no effect")
            if each.hash in saved:
                raise Violated("I6", f"{seat.name} wrote {each.name} a second time")
            saved.add(each.hash)
            self.gone.discard(each.hash)
            self._give(seat, each)

    def received(self, seat: Seat, thing: EventName, code: str, applicant: str) -> None:
        """A citizen was given a slip."""
        shown = Shown(seat.name, code, applicant, "received", frozenset({seat.name}))
        self.shown.setdefault(seat.unit, {})[seat.events()[thing]] = shown

    def stepped(self, seat: Seat, thing: EventName, status: str) -> None:
        """A dossier was shown at another step."""
        opening = seat.events()[thing]
        before = self.shown.get(seat.unit, {}).get(opening)
        if before is not None:
            touched = before.touched | {seat.name}
            self.shown[seat.unit][opening] = before._replace(status=status, touched=touched)

    def printed(self, seat: Seat, thing: EventName, form: str, mark: str, job: EventName) -> None:
        """A paper came out; without a mark it says it is the original."""
        if mark:
            return
        opening, print_ = seat.events()[thing], seat.events()[job]
        before = self.originals.get((opening, form))
        if before is not None and before[1] == print_:
            return  # the same print, handed to the printer once more
        if before is not None and before[0] is seat and before[1] not in self.gone:
            raise Violated("I15", f"{seat.name} printed a second original of {form} of {thing}")
        self.originals[opening, form] = (seat, print_)

    def acknowledged(self, seat: Seat, map_: Map, held: Mapping[EventName, bytes]) -> None:
        """The screen says the server has all this: so it is there."""
        for log, known in map_.items():
            self.checked += 1
            at = EventName(*log, known.seq)
            if held.get(at) != known.hash:
                raise Violated("I5", f"{seat.name} was shown {at} as acknowledged; it isn't held")

    def lost(self, destroyed: Iterable[bytes], left: Iterable[set[bytes]]) -> None:
        """A file is gone: what no other file holds is lost by physics."""
        self.gone |= set(destroyed).difference(*left)

    # --- what must be there ---------------------------------------------------------------------

    def demanded(self, unit: str) -> set[bytes]:
        """Everything shown as saved that some file still holds."""
        return self.saved.get(unit, set()) - self.gone

    def dossiers(self, unit: str) -> dict[bytes, Shown]:
        """The dossiers citizens hold slips of, but those lost by physics; by the event that opened them."""
        shown = self.shown.get(unit, {})
        return {opening: told for opening, told in shown.items() if opening not in self.gone}

    # --- inside ---------------------------------------------------------------------------------

    def _give(self, seat: Seat, each: Written) -> None:
        for number in _numbers(seat.unit, each.public):
            before = self.numbers.get(number)
            if before is not None and before.event != each.hash:
                if not _strangers(seat, before):
                    raise Violated(
                        "I3",
                        f"{' '.join(number)} given by {before.seat.name}, again by {seat.name}",
                    )
                self.twice.add(number)
            self.numbers[number] = Given(seat, each.hash, seat.met)


def _strangers(seat: Seat, before: Given) -> bool:
    """Exact copies that never heard of each other can't know: both carry marker, machine and disk."""
    one_of_them = seat.name.partition("+")[0] == before.seat.name.partition("+")[0]
    twins = seat.twin_of and before.seat.twin_of
    return bool(twins) and one_of_them and seat is not before.seat and not (seat.met or before.met)


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
