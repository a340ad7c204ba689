"""Reads which events count for nothing, and why."""

from typing import NamedTuple, get_args

from msgspec import json

from app.models.dossiers.fold import REVOKED
from app.models.events import event as e
from app.models.events.encoding import decode
from app.store.database.database import Database

_KNOWN = json.encode([kind.__struct_config__.tag for kind in get_args(e.AnyBody)]).decode()

# what met a deed of another place and was looked at since is nobody's business any more
_WHERE = """
    FROM events JOIN logs ON logs.id = events.log JOIN things ON things.id = events.thing
    LEFT JOIN dossiers USING (thing)
    WHERE effect != 'applied' AND (
        effect = 'held' OR reason = :revoked OR coalesce(tasks, 1) > 0
        OR type NOT IN (SELECT value FROM json_each(:known)))"""


class Unapplied(NamedTuple):
    """An event that waits or changed nothing; `code` is its dossier's, "" where no dossier stands."""

    event: e.Event
    code: str
    effect: str
    reason: str


class WithoutEffect:
    """Queries only."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def count(self) -> int:
        """How many events."""
        row = self._database.one(f"SELECT count(*) {_WHERE}", _marks())
        return int(row[0]) if row else 0

    def newest(self, limit: int) -> list[Unapplied]:
        """The `limit` that came last, the last first."""
        sql = f"""
            SELECT device, incarnation, events.seq, public, effect, reason,
            coalesce(nullif(code, ''), provisional_code, '') {_WHERE}
            ORDER BY events.id DESC LIMIT :limit"""
        return [
            Unapplied(decode(e.EventName(*name), public, None), code, effect, reason)
            for *name, public, effect, reason, code in self._database.rows(sql, _marks(limit))
        ]


def _marks(limit: int = 0) -> dict[str, object]:
    return {"revoked": REVOKED, "known": _KNOWN, "limit": limit}
