"""Reads who was helped at the help desk: the lines of a span, and what they come to."""

from datetime import datetime
from typing import NamedTuple

from app.models.events import event as e
from app.store.database.database import Database
from app.store.journal.folding import Folding
from app.store.journal.meaning import last_word, seconds


class Helped(NamedTuple):
    """One help as the reports count it."""

    procedure_name: str
    level: str
    outcome: str
    by: str
    minutes: int


class Helps:
    """Queries only; a help that was taken back is in none of them."""

    def __init__(self, database: Database, folding: Folding) -> None:
        self._database = database
        self._folding = folding

    def counted(self, since: datetime, until: datetime) -> list[Helped]:
        """The helps of a span, in order; they name nobody who was helped."""
        sql = """
            SELECT procedure_name, level, outcome, by, minutes FROM helps
            WHERE at BETWEEN ? AND ? ORDER BY at, thing"""
        rows = self._database.rows(sql, (seconds(since), seconds(until)))
        return [Helped(*row) for row in rows]

    def lines(self, since: datetime, until: datetime) -> list[tuple[e.EventName, e.Event]]:
        """(what names the help, what was said of it last), on every counter, the latest first."""
        sql = """
            SELECT things.id, things.name FROM helps JOIN things ON things.id = thing
            WHERE at BETWEEN ? AND ? ORDER BY at DESC, thing DESC"""
        names: dict[int, str] = dict(self._database.rows(sql, (seconds(since), seconds(until))))
        told = (
            (names[id_], last_word(s.event for s in said))
            for id_, said in self._folding.told(names)
        )
        return [(e.EventName.parse(name), last) for name, last in told if last]

    def before(self, name: e.EventName) -> e.Event | None:
        """What was said of a help before it was taken back."""
        row = self._database.one("SELECT id FROM things WHERE name=?", (str(name),))
        return last_word(self._folding.events_of(row[0]), and_back=True) if row else None

    def last(self, name: e.EventName) -> e.Event | None:
        """What was said last of one help; None once it was taken back."""
        row = self._database.one("SELECT id FROM things WHERE name=?", (str(name),))
        return last_word(self._folding.events_of(row[0])) if row else None
