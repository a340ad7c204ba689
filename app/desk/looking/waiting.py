"""Tells what of a unit's work no server holds yet, dossier by dossier: which deeds, since when, how near."""

from dataclasses import dataclass
from datetime import datetime

from app.models.dossiers.event_names import name_of
from app.models.events import event as e
from app.models.exchange.chain import LogName
from app.store.journal.uncarried import Uncarried, uncarried
from app.store.own.keeping import HUB, SERVERS_WORD
from app.store.store import Store

MOST = 500
"""Events of a log read at once, the oldest; the exchange's own count tells of all."""


@dataclass(frozen=True)
class Waiting:
    """The deeds on one thing that wait, the first of them keyed at `since`.

    `dossier` where one can be opened; `at_hub`: a hub of the unit holds all of them.
    """

    thing: str
    code: str
    applicant: str
    deeds: tuple[str, ...]
    since: datetime
    at_hub: bool
    dossier: e.EventName | None


class WaitingDeeds:
    """Reads only."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def look(self) -> tuple[Waiting, ...]:
        """As it stands, the longest waiting first."""
        told = self._store.told_by(*SERVERS_WORD)
        near = self._store.told_by(*SERVERS_WORD, f"{HUB}:")
        things: dict[str, list[Uncarried]] = {}
        for one in uncarried(self._store.database, told, MOST):
            things.setdefault(one.about, []).append(one)
        found = (_waiting(waits, near) for waits in things.values())
        return tuple(sorted(found, key=lambda one: (one.since, one.thing)))


def _waiting(waits: list[Uncarried], near: dict[LogName, int]) -> Waiting:
    first = waits[0]
    names = (one.event.name for one in waits)
    return Waiting(
        first.about, first.code, first.applicant,
        tuple(dict.fromkeys(name_of(type(one.event.body)) for one in waits)),
        min(one.event.keyed_at for one in waits),
        all(name.seq <= near.get(LogName(*name[:2]), 0) for name in names),
        e.EventName.parse(first.about) if first.code else None,
    )  # fmt: skip
