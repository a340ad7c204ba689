"""Reads what was announced to the unit from above, and who read it there."""

from app.models.events import event as e
from app.models.events.encoding import decode
from app.models.unit.from_above import FromAbove, from_above
from app.store.database.database import Database

_ABOUT = """
    SELECT device, incarnation, events.seq, public FROM things
    JOIN events ON events.thing = things.id JOIN logs ON logs.id = events.log
    WHERE things.name GLOB ? AND effect = 'applied'"""
_BY_THE_SERVER = "AND device = (SELECT value FROM local WHERE name = 'server_device')"


class Notices:
    """Queries only."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> tuple[FromAbove, ...]:
        """What the enrolled server said, the newest first; nobody else announces anything."""
        said = self._events(f"{_ABOUT} {_BY_THE_SERVER}", "notice:*")
        return from_above(said, self._events(_ABOUT, "notice_read:*")) if said else ()

    def _events(self, sql: str, things: str) -> list[e.Event]:
        rows = self._database.rows(sql, (things,))
        return [decode(e.EventName(*name), public, None) for *name, public in rows]
