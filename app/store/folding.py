"""Folds events into the tables: one thing at a time, from nothing but its events."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple, TypeVar

import msgspec

from app.models.dossiers.fold import Effect, Verdict
from app.models.dossiers.references import meant
from app.models.dossiers.revoking import NAMES, Revocations, marked, revocations
from app.models.events import event as e
from app.models.events.encoding import decode
from app.models.exchange.messages import Taken
from app.models.search import search_tokens
from app.store.branching import Branching
from app.store.database import Database, Row
from app.store.meaning import Meaning, meaning, numbers_of
from app.store.migrations import FOLD_TABLES, OF_THINGS
from app.store.telling import TOLD_EVERY, Tell, quiet

T = TypeVar("T")

_NAMES_OF = "SELECT id, name FROM things WHERE id IN (SELECT value FROM json_each(?))"

_GET = {
    "dossiers": "SELECT * FROM dossiers WHERE thing=?",
    "visits": "SELECT * FROM visits WHERE thing=?",
    "helps": "SELECT * FROM helps WHERE thing=?",
    "online": "SELECT * FROM online WHERE thing=?",
    "standing": "SELECT * FROM standing WHERE kind=? AND key=?",
}
_PUT = {
    "dossiers": f"INSERT OR REPLACE INTO dossiers VALUES ({','.join('?' * 36)})",  # noqa: S608  # marks only
    "visits": "INSERT OR REPLACE INTO visits VALUES (?,?,?,?,?,?)",
    "helps": "INSERT OR REPLACE INTO helps VALUES (?,?,?,?,?,?,?,?)",
    "online": "INSERT OR REPLACE INTO online VALUES (?,?,?,?,?,?,?,?,?)",
    "standing": "INSERT OR REPLACE INTO standing VALUES (?,?,?)",
}

_REVOCATIONS = (NAMES, NAMES[:-1] + ";")  # between which the names of revocations lie


class Stored(NamedTuple):
    """An event with what the last fold made of it."""

    event: e.Event
    id: int
    effect: str
    reason: str


class Thing(NamedTuple):
    """A thing with all its events, as the tables should show it."""

    id: int
    stored: list[Stored]
    meaning: Meaning

    @property
    def row(self) -> Row:
        """Its row, whole."""
        return (
            self.meaning.row if self.meaning.table == "standing" else (self.id, *self.meaning.row)
        )


class Folding:
    """Keeps the fold tables equal to the fold of the events, inside the caller's transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._branching = Branching(database)

    def events_of(self, thing: int) -> list[e.Event]:
        """All events about a thing, in no particular order."""
        return [stored.event for _, told in self.told((thing,)) for stored in told]

    def things(self, ids: Iterable[int]) -> Iterator[Thing]:
        """Things by their row ids, each read and folded anew; nothing is written."""
        for some in _portions(self.told(ids)):
            marks = (msgspec.json.encode([id_ for id_, _ in some]).decode(),)
            names: dict[int, str] = dict(self._database.rows(_NAMES_OF, marks))
            for id_, told in some:
                yield Thing(id_, told, meaning(names[id_], [each.event for each in told]))

    def told(self, ids: Iterable[int]) -> Iterator[tuple[int, list[Stored]]]:
        """Things in this order, each with all its events, marked where they no longer count."""
        revoked = self.revoked()
        for some in _portions(ids):
            stored = self._stored((msgspec.json.encode(some).decode(),), revoked)
            yield from ((id_, stored.get(id_, [])) for id_ in some)

    def all_things(self) -> Iterator[Thing]:
        return self.things(row[0] for row in self._database.rows("SELECT id FROM things"))

    def fold(self, things: Iterable[int], tell: Tell = quiet) -> Taken:
        """Fold these things anew; how many of their events wait or do nothing."""
        held = without = 0
        highest: dict[str, int] = {}
        ids = sorted(self._touched(set(things)))
        for done, some in enumerate(_portions(self.things(ids))):
            tell(done * TOLD_EVERY, len(ids))
            self._put(some)
            for thing in some:
                self._put_effects(thing)
                verdicts = thing.meaning.verdicts
                held += sum(v.effect is Effect.HELD for v in verdicts)
                without += sum(v.effect is Effect.WITHOUT for v in verdicts)
                raise_highest(highest, thing)
        self._database.many(
            "INSERT INTO numbers VALUES (?,?)"
            " ON CONFLICT DO UPDATE SET highest=max(highest, excluded.highest)",
            list(highest.items()),
        )
        return Taken(0, held, without)

    def rebuild(self, tell: Tell = quiet) -> None:
        """Throw the fold tables away and fold every thing again; what `tell` raises ends it."""
        for table in (*FOLD_TABLES, "search"):
            self._database.run(f"DELETE FROM {table}")  # noqa: S608  # our own table names
        self.fold((int(row[0]) for row in self._database.rows("SELECT id FROM things")), tell)

    def dump(self) -> list[str]:
        """What the events mean, as sorted lines: rows under their things' names, effects under the events'."""
        lines = []
        for table in FOLD_TABLES:
            join = "JOIN things ON things.id = thing" if table in OF_THINGS else ""
            name = "things.name, " if join else ""
            query = f"SELECT {name}{table}.* FROM {table} {join}"  # noqa: S608  # our own table names
            for row in self._database.each(query):
                values = (row[0], *row[2:]) if join else row
                lines.append(f"{table} {msgspec.json.encode(values).decode()}")
        effects = """
            SELECT device, incarnation, events.seq, effect, reason FROM events
            JOIN logs ON logs.id = events.log WHERE effect != 'applied'"""
        lines += (
            f"effects {msgspec.json.encode(row).decode()}" for row in self._database.each(effects)
        )
        return sorted(lines)

    def is_kept(self, thing: Thing) -> bool:
        """True when the tables show the thing as its events tell it."""
        table, row = thing.meaning.table, thing.row
        key = row[:2] if table == "standing" else row[:1]
        kept = not table or self._database.one(_GET[table], key) == row
        return kept and not any(_differing(thing))

    def revoked(self) -> Revocations:
        """What the enrolled server says; nobody else revokes."""
        sql = """
            SELECT device, incarnation, events.seq, public FROM things
            JOIN events ON events.thing = things.id JOIN logs ON logs.id = events.log
            WHERE things.name >= ? AND things.name < ?
            AND device = (SELECT value FROM local WHERE name = 'server_device')"""
        rows = self._database.rows(sql, _REVOCATIONS)
        return revocations(decode(e.EventName(*name), public, None) for *name, public in rows)

    # --- inside ---------------------------------------------------------------------------------

    def _touched(self, things: set[int]) -> set[int]:
        """These things, and all of a device that some of them revoke."""
        said = "SELECT id, substr(name, ?, 32) FROM things WHERE name >= ? AND name < ?"
        written = (
            "SELECT DISTINCT thing FROM events JOIN logs ON logs.id = events.log WHERE device=?"
        )
        touched = set(things)
        for id_, device in self._database.rows(said, (len(NAMES) + 1, *_REVOCATIONS)):
            if id_ in things:
                touched.update(row[0] for row in self._database.rows(written, (device,)))
        return touched

    def _stored(self, things: Row, revoked: Revocations) -> dict[int, list[Stored]]:
        """By thing; `things` is a list of row ids as one mark."""
        sql = """
            SELECT thing, things.name, device, incarnation, events.seq, public, personal,
                events.hash, events.id, effect, reason
            FROM events JOIN logs ON logs.id = events.log JOIN things ON things.id = thing
            WHERE thing IN (SELECT value FROM json_each(?))"""
        grown = self._branching.grown()
        read: dict[tuple[int, str], list[tuple[e.Event, bytes]]] = {}
        kept: dict[e.EventName, Row] = {}
        for (
            thing,
            called,
            *name,
            public,
            personal,
            hash_,
            id_,
            effect,
            reason,
        ) in self._database.rows(sql, things):
            event = decode(e.EventName(*name), public, personal)
            read.setdefault((thing, called), []).append((event, hash_))
            kept[event.name] = (id_, effect, reason)
        return {
            thing: [
                Stored(marked(event, revoked), *kept[event.name])
                for event in meant(called, told, grown)
            ]
            for (thing, called), told in read.items()
        }

    def _put(self, things: Sequence[Thing]) -> None:
        rows: dict[str, list[Row]] = {table: [] for table in _PUT}
        for thing in things:
            if thing.meaning.table:
                rows[thing.meaning.table].append(thing.row)
            else:
                self._forget(thing.id)
        self._put_search(rows["dossiers"])
        for table, some in rows.items():
            self._database.many(_PUT[table], some)

    def _forget(self, thing: int) -> None:
        """Drop what the thing showed before its device was revoked, if anything."""
        for table, key in (*((table, "thing") for table in OF_THINGS), ("search", "rowid")):
            self._database.run(f"DELETE FROM {table} WHERE {key}=?", (thing,))  # noqa: S608  # our own names
        self._database.run(
            "DELETE FROM standing WHERE kind || ':' || key IN"
            " (SELECT iif(instr(name, ':'), name, 'incarnation:' || name) FROM things WHERE id=?)",
            (thing,),
        )

    def _put_search(self, dossiers: Sequence[Row]) -> None:
        """Before the dossiers' rows are put: those found by other words than now, and new ones."""
        sql = """
            SELECT thing, applicant, principal, code, provisional_code, province_code, id_number, phone FROM dossiers
            WHERE thing IN (SELECT value FROM json_each(?))"""
        marks = (msgspec.json.encode([row[0] for row in dossiers]).decode(),)
        before = {row[0]: row[1:] for row in self._database.rows(sql, marks)}
        changed = [row for row in dossiers if before.get(row[0]) != _searched(row)]
        gone = [row[:1] for row in changed if row[0] in before]
        self._database.many("DELETE FROM search WHERE rowid=?", gone)
        self._database.many(
            "INSERT INTO search (rowid, tokens) VALUES (?,?)",
            [(row[0], _tokens(*_searched(row))) for row in changed],
        )

    def _put_effects(self, thing: Thing) -> None:
        for known, verdict in _differing(thing):
            self._database.run(
                "UPDATE events SET effect=?, reason=? WHERE id=?",
                (verdict.effect, verdict.reason, known.id),
            )


def _portions(all_: Iterable[T]) -> Iterator[list[T]]:
    rest = iter(all_)
    while some := list(islice(rest, TOLD_EVERY)):
        yield some


def _tokens(
    applicant: str, principal: str, code: str, provisional: str, province: str, id_number: str,
    phone: str,
) -> str:  # fmt: skip
    codes = tuple(filter(None, (code, provisional, province)))
    return search_tokens((applicant, principal), codes, (id_number, phone))


def _searched(row: Row) -> Row:
    """What a dossier is found by."""
    return (row[9], row[28], row[1], row[2], row[31], row[10], row[11])


def _differing(thing: Thing) -> Iterator[tuple[Stored, Verdict]]:
    """The events whose kept effect is not the one the fold finds."""
    before = {each.event.name: each for each in thing.stored}
    for verdict in thing.meaning.verdicts:
        known = before[verdict.event.name]
        if (known.effect, known.reason) != (verdict.effect, verdict.reason):
            yield known, verdict


def raise_highest(highest: dict[str, int], thing: Thing) -> None:
    """Note the numbers a thing's events put on paper, whatever became of them."""
    for stored in thing.stored:
        for series, number in numbers_of(stored.event):
            highest[series] = max(number, highest.get(series, 0))
