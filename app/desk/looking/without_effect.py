"""Tells what counts for nothing here, thing by thing: of whom, why, and what makes it count."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.models.dossiers.event_names import name_of
from app.models.dossiers.fold import REVOKED, Effect
from app.models.events import event as e
from app.store.journal.without_effect import Unapplied
from app.store.journal.without_effect import WithoutEffect as Stored
from app.store.store import Store

MOST = 2000
"""Events read at once, the newest; the count tells of all."""


class Cause(StrEnum):
    """Why, as far as it says what to do."""

    REVOKED = "revoked"
    HELD = "held"
    NEWER = "newer"
    MET = "met"


@dataclass(frozen=True)
class Idle:
    """The deeds on one thing that count for nothing; `dossier` where one can be opened.

    `counter` is whose they are, 0 for a device nobody enrolled.
    """

    thing: str
    code: str
    deeds: tuple[str, ...]
    why: str
    cause: Cause
    counter: int
    since: datetime
    dossier: e.EventName | None


@dataclass(frozen=True)
class Idling:
    """`events` of them in all; `things` of the newest, the ones that need somebody first."""

    events: int
    things: tuple[Idle, ...]


NOTHING = Idling(0, ())


class WithoutEffect:
    """Reads only."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._stored = Stored(store.database)

    def look(self) -> Idling:
        """As it stands."""
        if not (count := self._stored.count()):
            return NOTHING
        counters = {one.device: one.counter for one in self._store.standing.devices()}
        things: dict[tuple[str, Cause], list[Unapplied]] = defaultdict(list)
        for one in reversed(self._stored.newest(MOST)):
            things[one.event.about, _cause(one)].append(one)
        found = [_idle(cause, told, counters) for (_, cause), told in things.items()]
        order = list(Cause)
        return Idling(
            count, tuple(sorted(found, key=lambda x: (order.index(x.cause), x.since, x.thing)))
        )


def _cause(one: Unapplied) -> Cause:
    if one.reason == REVOKED:
        return Cause.REVOKED
    if isinstance(one.event.body, e.Unknown):
        return Cause.NEWER
    return Cause.HELD if one.effect == Effect.HELD else Cause.MET


def _idle(cause: Cause, told: list[Unapplied], counters: dict[str, int]) -> Idle:
    first = told[0]
    given = (x.event.body for x in told if isinstance(x.event.body, e.Received))
    code = first.code or next((body.code or body.provisional_code for body in given), "")
    deeds = tuple(dict.fromkeys(name_of(type(x.event.body)) for x in told))
    is_open = bool(first.code)
    return Idle(
        first.event.about, code, deeds, first.reason, cause,
        counters.get(first.event.name.device, 0), first.event.keyed_at,
        e.EventName.parse(first.event.about) if is_open else None,
    )  # fmt: skip
