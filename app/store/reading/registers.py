"""Reads many dossiers whole, and what was keyed on a day: for registers, lists and sheets."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

import msgspec
from msgspec import structs

from app.models.dossiers.fold import Folded, fold
from app.models.dossiers.lifecycle import Status
from app.models.dossiers.reports import as_it_stood
from app.models.dossiers.revoking import marked
from app.models.events import event as e
from app.models.events.encoding import decode
from app.store.database.database import Database, Row
from app.store.journal.folding import Folding
from app.store.journal.meaning import seconds

LATELY = 5_000
"""So many events back: weeks of a commune; a field nobody took since is nobody's."""
_EVENT = "device, incarnation, events.seq, public, personal, things.name"
_JOINED = "FROM events JOIN logs ON logs.id = events.log JOIN things ON things.id = thing"


class Registers:
    """Queries only; what is read is folded from the events, since the tables hold no address.

    What a revoked device wrote from then on is in none of it.
    """

    def __init__(self, database: Database, folding: Folding) -> None:
        self._database = database
        self._folding = folding

    def lines(self, since: datetime, until: datetime, group: str = "") -> Iterator[Folded]:
        """The dossiers received in a span, one after another, by group, year, book and serial."""
        held = "AND register_group = ?" if group else ""
        sql = f"""
            SELECT thing FROM dossiers WHERE received_at BETWEEN ? AND ? {held}
            ORDER BY register_group, register_year, book, serial, received_at, code"""  # noqa: S608  # ours
        marks = (seconds(since), seconds(until), *((group,) if group else ()))
        return self._folded(row[0] for row in self._database.rows(sql, marks))

    def count(self, since: datetime, until: datetime, group: str = "") -> int:
        """How many lines that is."""
        held = "AND register_group = ?" if group else ""
        sql = f"SELECT count(*) FROM dossiers WHERE received_at BETWEEN ? AND ? {held}"  # noqa: S608  # ours
        marks = (seconds(since), seconds(until), *((group,) if group else ()))
        row = self._database.one(sql, marks)
        return int(row[0]) if row else 0

    def under_way(self, since: datetime, until: datetime) -> Iterator[Folded]:
        """The dossiers received by `until` and not solved before `since`, as they stood at `until`."""
        sql = """
            SELECT thing FROM dossiers WHERE received_at <= :until
            AND (received_at >= :since OR resolved_at IS NULL OR resolved_at >= :since)"""
        marks = {"since": seconds(since), "until": seconds(until)}
        told = self._folding.told(row[0] for row in self._database.rows(sql, marks))
        return (fold(as_it_stood([each.event for each in events], until)) for _, events in told)

    def named(self, names: Iterable[e.EventName | str]) -> list[Folded]:
        """These dossiers, in this order, or what an event says it is about; those not held are left out."""
        sql = """
            SELECT things.id FROM json_each(?) AS asked JOIN things ON name = asked.value
            ORDER BY asked.key"""
        asked = msgspec.json.encode([str(name) for name in names]).decode()
        return list(self._folded(row[0] for row in self._database.rows(sql, (asked,))))

    def in_status(self, status: Status) -> list[e.EventName]:
        """The dossiers in a status, the longest held first."""
        sql = """
            SELECT name FROM dossiers JOIN things ON things.id = dossiers.thing
            WHERE status = ? ORDER BY holder_since"""
        return [e.EventName.parse(row[0]) for row in self._database.rows(sql, (status.value,))]

    def unscanned_blanks(self) -> list[e.EventName]:
        """What bears a provisional code and has no scan of the receipt itself, or lost one."""
        sql = """
            SELECT name FROM dossiers JOIN things ON things.id = dossiers.thing
            WHERE provisional_code != '' AND (
                NOT EXISTS (SELECT 1 FROM events WHERE events.thing = dossiers.thing
                    AND type = 'document_digitised'
                    AND json_extract(CAST(public AS TEXT), '$.body.line') = 0)
                OR EXISTS (SELECT 1 FROM events WHERE events.thing = dossiers.thing
                    AND type = 'digitising_reversed'))
            ORDER BY received_at"""
        return [e.EventName.parse(row[0]) for row in self._database.rows(sql)]

    def groups(self) -> list[str]:
        """The groups of fields a register was opened for."""
        sql = "SELECT DISTINCT register_group FROM dossiers ORDER BY register_group"
        return [row[0] for row in self._database.rows(sql)]

    def keyed(self, start: datetime, end: datetime) -> list[e.Event]:
        """What was keyed from `start` to `end`, on every counter, in the order it was keyed.

        A log is written in the order of its counter's clock: its first event of the span is found
        by halving, not by reading the years before.
        """
        found: list[e.Event] = []
        counts = self._counts()
        for log, last in self._database.rows("SELECT id, seq FROM logs"):
            first = self._first_keyed(log, last, start)
            sql = f"SELECT {_EVENT} {_JOINED} WHERE log=? AND events.seq>=? ORDER BY events.seq"  # ours
            events = map(_event, self._database.each(sql, (log, first)))
            spanned = (event for event in events if start <= event.keyed_at <= end)
            found += filter(counts, spanned)
        return sorted(found, key=lambda event: (event.keyed_at, event.name))

    def run_of(self, name: e.EventName, belongs: Callable[[e.Event], bool]) -> list[e.Event]:
        """The event and its neighbours in the same log for as long as they belong together."""
        here, counts = self._at(name), self._counts()

        def one_of_them(event: e.Event) -> bool:
            return counts(event) and belongs(event)

        if here is None or not one_of_them(here):
            return []
        before, after = self._walk(name, -1, one_of_them), self._walk(name, 1, one_of_them)
        return [*reversed(before), here, *after]

    def newest(self, kind: str, wanted: Callable[[e.Event], bool]) -> e.Event | None:
        """The newest event of a type that is wanted."""
        sql = f"SELECT {_EVENT} {_JOINED} WHERE type=? ORDER BY events.id DESC"  # ours
        counting = filter(self._counts(), map(_event, self._database.each(sql, (kind,))))
        return next(filter(wanted, counting), None)

    def fields(self, names: Iterable[e.EventName]) -> list[tuple[e.EventName, str, bool]]:
        """These dossiers, each with its field and whether it waits to be handed over for the first time."""
        sql = """SELECT field, status = 'received' FROM things
            JOIN dossiers ON dossiers.thing = things.id WHERE things.name = ?"""
        rows = ((name, self._database.one(sql, (str(name),))) for name in names)
        return [(name, str(row[0]), bool(row[1])) for name, row in rows if row is not None]

    def last_given(self, field: str, *, first: bool) -> str:
        """To whom a dossier of a field was last handed over, for the first time or later on; "" where
        that was not lately."""
        sql = f"""SELECT {_EVENT}, EXISTS (SELECT 1 FROM events AS was WHERE was.thing = events.thing
                AND was.type = 'handed_over' AND was.id < events.id) AS is_later
            {_JOINED} WHERE type IN ('handed_over', 'undone') AND effect = 'applied'
            AND events.id > (SELECT max(id) FROM events) - {LATELY}
            AND EXISTS (SELECT 1 FROM dossiers WHERE dossiers.thing = events.thing AND field = ?)
            ORDER BY events.id DESC"""  # noqa: S608  # ours
        counts, undone = self._counts(), set[str]()
        for *row, is_later in self._database.each(sql, (field,)):
            event = _event(row)
            if isinstance(event.body, e.Undone):
                undone.add(event.body.deed)
                continue
            is_meant = is_later != first and str(event.name) not in undone and counts(event)
            if isinstance(event.body, e.HandedOver) and is_meant:
                return event.body.to
        return ""

    # --- inside -----------------------------------------------------------------------------------

    def _folded(self, things: Iterable[int]) -> Iterator[Folded]:
        return (fold(each.event for each in told) for _, told in self._folding.told(things))

    def _counts(self) -> Callable[[e.Event], bool]:
        """Tells what a device wrote before it was revoked from what it wrote then."""
        revoked = self._folding.revoked()
        return lambda event: not marked(event, revoked).revoked

    def _first_keyed(self, log: int, last: int, start: datetime) -> int:
        row = self._database.one("SELECT min(seq) FROM events WHERE log=?", (log,))
        low, high = row[0] if row and row[0] else 1, last + 1
        while low < high:
            middle = (low + high) // 2
            sql = f"SELECT {_EVENT} {_JOINED} WHERE log=? AND events.seq=?"  # ours
            row = self._database.one(sql, (log, middle))
            assert row is not None, "a log has no gaps"
            if _event(row).keyed_at < start:
                low = middle + 1
            else:
                high = middle
        return low

    def _walk(
        self, name: e.EventName, step: int, belongs: Callable[[e.Event], bool]
    ) -> list[e.Event]:
        found: list[e.Event] = []
        while True:
            name = name._replace(seq=name.seq + step)
            event = self._at(name)
            if event is None or not belongs(event):
                return found
            found.append(event)

    def _at(self, name: e.EventName) -> e.Event | None:
        sql = f"SELECT {_EVENT} {_JOINED} WHERE device=? AND incarnation=? AND events.seq=?"  # ours
        row = self._database.one(sql, name)
        return None if row is None else _event(row)


def _event(row: Row | list[object]) -> e.Event:
    device, incarnation, seq, public, personal, thing = row
    event = decode(e.EventName(device, incarnation, seq), public, personal)  # type: ignore[arg-type]
    return event if event.about == thing else structs.replace(event, about=thing)
