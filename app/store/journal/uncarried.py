"""Reads which events nobody else is known to hold, the oldest of each log first."""

from collections.abc import Mapping
from typing import NamedTuple

from app.models.events import event as e
from app.models.events.encoding import decode
from app.models.exchange.chain import LogName
from app.store.database.database import Database

_SQL = """
    SELECT events.seq, public, things.name, coalesce(nullif(code, ''), provisional_code, ''),
    coalesce(applicant, '')
    FROM events JOIN logs ON logs.id = events.log JOIN things ON things.id = events.thing
    LEFT JOIN dossiers USING (thing)
    WHERE device = ? AND incarnation = ? AND events.seq > ? ORDER BY events.seq LIMIT ?"""


class Uncarried(NamedTuple):
    """An event and what it is about; `code` is its dossier's, "" where no dossier stands."""

    event: e.Event
    about: str
    code: str
    applicant: str


def uncarried(database: Database, told: Mapping[LogName, int], limit: int) -> list[Uncarried]:
    """Of each log what follows how far it was `told`; at most `limit` of one."""
    found = []
    for device, incarnation, seq in database.rows("SELECT device, incarnation, seq FROM logs"):
        log = LogName(device, incarnation)
        after = told.get(log, 0)
        if after < seq:
            rows = database.rows(_SQL, (*log, after, limit))
            found += [
                Uncarried(decode(e.EventName(*log, at), public, None), *rest)
                for at, public, *rest in rows
            ]
    return found
