"""Tells which numbers were printed on two dossiers' papers, and which of these can get a new one."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import chain

from app.models.dossiers.lifecycle import OPEN, TRANSITIONS, Deed
from app.models.events import event as e
from app.store.checks.given_twice import Bearer
from app.store.checks.given_twice import GivenTwice as Stored
from app.store.checks.slips_twice import SlipsTwice
from app.store.store import Store


@dataclass(frozen=True)
class Twin:
    """One of the dossiers that bear `number`: whose paper it is on, when, where and by whom printed.

    `counter` is 0 for a device nobody enrolled; `renewable`: the number may still be voided. `is_visit`:
    it is no dossier, but somebody who left unreceived.
    """

    number: str
    dossier: e.EventName
    applicant: str
    at: datetime
    by: str
    counter: int
    renewable: bool
    is_visit: bool = False


Twins = tuple[Twin, ...]
"""Those of one number one after another, the oldest first."""


class GivenTwice:
    """Reads only, a step at a time; nothing again until another event has come."""

    def __init__(self, store: Store, clock: Callable[[], datetime]) -> None:
        self._store, self._clock = store, clock
        self._stored, self._slips = Stored(store.database), SlipsTwice(store.database)
        self._newest = -1
        self._going: Iterator[list[frozenset[Bearer]]] | None = None
        self._gathered: set[frozenset[Bearer]] = set()
        self._found: Twins = ()

    def go_on(self) -> Twins | None:
        """Look through one portion more; all there are, once nothing is left to look through."""
        if self._going is None:
            newest = self._stored.newest()
            if newest == self._newest:
                return self._found
            slips = (list[frozenset[Bearer]]() for _ in self._slips.steps())
            self._newest, self._going = newest, chain(self._stored.steps(), slips)
            self._gathered.clear()
        some = next(self._going, None)
        if some is not None:
            self._gathered.update(some)
            return None
        self._going, self._found = None, self._told()
        return self._found

    # --- inside ---------------------------------------------------------------------------------

    def _told(self) -> Twins:
        """Nothing of what is over on both sides: nobody comes with those papers any more."""
        alive = {each: _number(each) for each in self._gathered if _is_alive(each)}
        told = {frozenset(one.dossier for one in each) for each in self._gathered}
        slips = [
            (number, sorted(borne, key=_age))
            for number, borne, year in self._slips.found()
            # who has one number printed twice has a slip's, too; a book of certifications lasts its year
            if (year == self._clock().year or _is_alive(borne))
            and frozenset(one.dossier for one in borne) not in told
        ]
        if not (alive or slips):
            return ()
        names = self._store.standing.names()
        counters = {each.device: each.counter for each in self._store.standing.devices()}
        counters.setdefault(self._store.keys.public.device, self._store.counter)
        groups = sorted((number, sorted(each, key=_age)) for each, number in alive.items())
        return tuple(
            Twin(
                number, one.dossier, one.applicant, one.received_at,
                names.get(one.received_by, one.received_by),
                counters.get(one.dossier.device, 0), may and one.status in TRANSITIONS[Deed.VOID],
                is_visit=one.status is None,
            )
            for some, may in ((groups, True), (slips, False))
            for number, borne in some
            for one in borne
        )  # fmt: skip


def _is_alive(borne: Iterable[Bearer]) -> bool:
    return any(one.status in OPEN for one in borne)


def _age(one: Bearer) -> tuple[datetime, e.EventName]:
    return one.received_at, one.dossier


def _number(borne: frozenset[Bearer]) -> str:
    """What they have in common, as it is printed."""
    one, *others = borne
    if one.code and all(one.code == other.code for other in others):
        return one.code
    if one.provisional_code and all(one[2] == other[2] for other in others):
        return one.provisional_code
    return f"Số {one.serial} quyển {one.book} năm {one.year} ({one.group})"
