"""Finds slips and certifications whose number stands on more than one: it is in the events alone."""

from array import array
from collections.abc import Iterator
from typing import NamedTuple, get_args

from msgspec import json

from app.models.events import event as e
from app.models.events.encoding import decode
from app.models.events.facts import Serial
from app.models.numbering import book_series, slip_group
from app.store.checks.gaps import in_words
from app.store.checks.given_twice import COLUMNS, Bearer, bearer
from app.store.database.database import Database

AT_ONCE = 2000
"""Events looked at in one step: some milliseconds, so that no deed waits long."""

# A log draws each number once. So only copies of a PC that hadn't met give one twice: a log has
# branches, or went on after another was begun from it, or two were begun from one. All others are
# left unread.
_PARTED = """
    WITH begun (device, before, seq) AS (
        SELECT substr(key, 1, instr(key, '.') - 1), coalesce(body ->> '$.left[1]', ''),
            body ->> '$.left[2]' FROM standing WHERE kind = 'incarnation')
    SELECT id, seq FROM logs WHERE device IN (
        SELECT device FROM logs WHERE onto IS NOT NULL
        UNION SELECT device FROM begun GROUP BY device, before HAVING count(*) > 1
        UNION SELECT begun.device FROM begun JOIN logs
            ON logs.device = begun.device AND incarnation = before AND logs.seq > begun.seq)"""

_FIELDS = frozenset({"slip", "certified"})
# a list of a hand-over has one number for all its dossiers
_TYPES = json.encode([
    kind.__struct_config__.tag
    for kind in get_args(e.AnyBody)
    if _FIELDS & {*kind.__struct_fields__} and kind is not e.HandedOver
]).decode()  # fmt: skip
_SLIPS = f"book:{slip_group('')}"


class Repeated(NamedTuple):
    """A number in words, who bears it, and the year of its book for a certification, or where somebody
    bears it who left unreceived; else 0."""

    number: str
    borne: frozenset[Bearer]
    year: int


class SlipsTwice:
    """Queries only. What was read once is remembered in little room: events never change."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._read: dict[int, int] = {}
        self._given: dict[str, array[int]] = {}
        self._twice: dict[tuple[str, int], set[int]] = {}

    def steps(self) -> Iterator[None]:
        """Look at what came since in the logs of copies, a portion a step."""
        for log, last in self._database.rows(_PARTED):
            while (read := self._read.get(log, 0)) < last:
                self._look(log, read, until := min(read + AT_ONCE, last))
                self._read[log] = until
                yield

    def found(self) -> list[Repeated]:
        """All that were given twice, but to dossiers whose number is voided."""
        told = []
        for (series, number), events in sorted(self._twice.items()):
            found = (self._bearer(event) or self._visitor(event) for event in events)
            borne = frozenset(filter(None, found))
            if len({one.dossier for one in borne}) > 1:
                lasts = not series.startswith(_SLIPS) or any(one.status is None for one in borne)
                year = int(series.split(":")[-2]) if lasts else 0
                told.append(Repeated(in_words(series, number), borne, year))
        return told

    # --- inside ---------------------------------------------------------------------------------

    def _look(self, log: int, after: int, until: int) -> None:
        sql = """
            SELECT events.id, device, incarnation, events.seq, public FROM events
            JOIN logs ON logs.id = events.log
            WHERE events.log = ? AND events.seq > ? AND events.seq <= ?
            AND type IN (SELECT value FROM json_each(?))"""
        for id_, device, incarnation, seq, public in self._database.rows(
            sql, (log, after, until, _TYPES)
        ):
            body = decode(e.EventName(device, incarnation, seq), public, None).body
            for serial in (getattr(body, name, None) for name in _FIELDS):
                if isinstance(serial, Serial):
                    series = book_series(serial.group, serial.year, serial.book)
                    self._note(series, serial.number, id_)

    def _note(self, series: str, number: int, event: int) -> None:
        given = self._given.setdefault(series, array("q"))
        if number >= len(given):
            given.extend([0] * (number + 1 - len(given)))
        if before := given[number]:
            self._twice.setdefault((series, number), {before}).add(event)
        else:
            given[number] = event

    def _bearer(self, event: int) -> Bearer | None:
        """With the instant of the event, and who it is by; None where no dossier bears it any more."""
        sql = f"""
            SELECT {COLUMNS}, device, incarnation, events.seq, public
            FROM events JOIN logs ON logs.id = events.log JOIN dossiers USING (thing)
            JOIN things ON things.id = thing WHERE events.id = ? AND status != 'voided'"""  # noqa: S608  # our own names
        row = self._database.one(sql, (event,))
        if row is None:
            return None
        *whose, device, incarnation, seq, public = row
        said = decode(e.EventName(str(device), str(incarnation), int(seq)), public, None)
        return bearer(tuple(whose))._replace(received_at=said.at, received_by=said.by)

    def _visitor(self, event: int) -> Bearer | None:
        """Who left unreceived with such a paper: no dossier, and so no status."""
        sql = """
            SELECT device, incarnation, events.seq, public, personal FROM events
            JOIN logs ON logs.id = events.log JOIN visits USING (thing) WHERE events.id = ?"""
        row = self._database.one(sql, (event,))
        if row is None:
            return None
        device, incarnation, seq, public, personal = row
        name = e.EventName(str(device), str(incarnation), int(seq))
        said = decode(name, public, personal)
        who = said.personal.applicant if said.personal else None
        return Bearer(name, "", "", "", 0, 0, 0, who.name if who else "", said.at, said.by, None)
