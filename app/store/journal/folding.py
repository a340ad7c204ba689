"""Folds events into the tables: one thing at a time, from nothing but its events."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
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
from app.store.database.database import Database, Row
from app.store.database.migrations import FOLD_TABLES, OF_THINGS
from app.store.database.telling import TOLD_EVERY, Tell, quiet
from app.store.journal.branching import Branching
from app.store.journal.meaning import Meaning, meaning, numbers_of
from app.store.journal.merging import MERGED_AFTER_A_DEED, merge

T = TypeVar("T")

_NAMES_OF = "SELECT id, name FROM things WHERE id IN (SELECT value FROM json_each(?))"
_EVENTS_OF = """
    SELECT thing, device, incarnation, events.seq, public, personal, events.hash, effect, reason
    FROM events JOIN logs ON logs.id = events.log
    WHERE thing IN (SELECT value FROM json_each(?))"""

_GET = {
    "dossiers": "SELECT * FROM dossiers WHERE thing=?",
    "visits": "SELECT * FROM visits WHERE thing=?",
    "helps": "SELECT * FROM helps WHERE thing=?",
    "online": "SELECT * FROM online WHERE thing=?",
    "standing": "SELECT * FROM standing WHERE kind=? AND key=?",
}
_PUT = {
    "dossiers": f"INSERT INTO dossiers VALUES ({','.join('?' * 36)})",  # noqa: S608  # marks only
    "visits": "INSERT OR REPLACE INTO visits VALUES (?,?,?,?,?,?)",
    "helps": "INSERT OR REPLACE INTO helps VALUES (?,?,?,?,?,?,?,?)",
    "online": "INSERT OR REPLACE INTO online VALUES (?,?,?,?,?,?,?,?,?)",
    "standing": "INSERT OR REPLACE INTO standing VALUES (?,?,?)",
}

_PUT_HIGHEST = "INSERT INTO numbers VALUES (?,?) ON CONFLICT DO UPDATE SET highest=max(highest, excluded.highest)"

_REVOCATIONS = (NAMES, NAMES[:-1] + ";")  # between which the names of revocations lie


_APPLIED = (Effect.APPLIED.value, "")


class Stored(NamedTuple):
    """An event with what the last fold made of it."""

    event: e.Event
    effect: str
    reason: str


class Told(NamedTuple):
    """A thing's name and its events as they were written, each with the chain's hash after it.

    `effects` is what the last fold made of them; what it says nothing of is applied. `begins`:
    nothing is held of it.
    """

    name: str
    events: list[tuple[e.Event, bytes]]
    effects: dict[e.EventName, tuple[str, str]]
    begins: bool = False


Arriving = Mapping[int, Told]
"""Events that aren't written yet, by the rows of the things they are about."""

NOTHING: Arriving = {}


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


class Judged(NamedTuple):
    """Things folded anew, and what else they change: `replaced` are the dossiers among them that have
    a row, `unfound` those found by other words from now on, by the `tokens`; `numbers` were drawn."""

    things: list[Thing]
    replaced: list[Row]
    unfound: list[Row]
    tokens: list[tuple[int, str]]
    numbers: dict[str, int]


class Folding:
    """Keeps the fold tables equal to the fold of the events; writes inside the caller's transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._branching = Branching(database)

    def events_of(self, thing: int) -> list[e.Event]:
        """All events about a thing, in no particular order."""
        return [stored.event for _, told in self.told((thing,)) for stored in told]

    def things(self, ids: Iterable[int], arriving: Arriving = NOTHING) -> Iterator[Thing]:
        """Things by their row ids, each folded anew with what is arriving; nothing is written."""
        for id_, name, told in self._stored(ids, arriving):
            yield Thing(id_, told, meaning(name, [each.event for each in told]))

    def told(self, ids: Iterable[int]) -> Iterator[tuple[int, list[Stored]]]:
        """Things in this order, each with all its events, marked where they no longer count."""
        return ((id_, told) for id_, _, told in self._stored(ids))

    def all_things(self) -> Iterator[Thing]:
        return self.things(row[0] for row in self._database.rows("SELECT id FROM things"))

    def fold(self, things: Iterable[int], tell: Tell = quiet) -> Taken:
        """Fold these things anew; how many of their events wait or do nothing."""
        ids = sorted(self._touched(set(things)))
        taken = Taken()
        for done, some in enumerate(_portions(ids)):
            tell(done * TOLD_EVERY, len(ids))
            taken += self.put(self.judged(some))
        merge(self._database, MERGED_AFTER_A_DEED)
        return taken

    def judged(self, ids: Iterable[int], arriving: Arriving = NOTHING) -> Judged:
        """What these things come to with what is arriving, but for a revocation; nothing is written."""
        things, numbers = list(self.things(ids, arriving)), dict[str, int]()
        for thing in things:
            raise_highest(numbers, thing)
        dossiers = [thing.row for thing in things if thing.meaning.table == "dossiers"]
        begun = {id_ for id_, told in arriving.items() if told.begins}
        before = self._searched([row[0] for row in dossiers if row[0] not in begun])
        changed = [row for row in dossiers if before.get(row[0]) != _searched(row)]
        return Judged(
            things,
            replaced=[(thing,) for thing in before],
            unfound=[row[:1] for row in changed if row[0] in before],
            tokens=[(row[0], _tokens(*_searched(row))) for row in changed],
            numbers=numbers,
        )

    def put(self, judged: Judged) -> Taken:
        """Write what was judged; how many of the events wait or do nothing."""
        database = self._database
        database.many("DELETE FROM search WHERE rowid=?", judged.unfound)
        database.many("INSERT INTO search (rowid, tokens) VALUES (?,?)", judged.tokens)
        # a statement that might replace a row keeps each page it touches, to go back; this needn't
        database.many("DELETE FROM dossiers WHERE thing=?", judged.replaced)
        self._put_rows(judged.things)
        self._put_effects(judged.things)
        database.many(_PUT_HIGHEST, list(judged.numbers.items()))
        effects = Counter(
            verdict.effect for thing in judged.things for verdict in thing.meaning.verdicts
        )
        return Taken(0, effects[Effect.HELD], effects[Effect.WITHOUT])

    def rebuild(self, tell: Tell = quiet) -> None:
        """Throw the fold tables away and fold every thing again; what `tell` raises ends it."""
        for table in (*FOLD_TABLES, "search"):
            self._database.run(f"DELETE FROM {table}")  # noqa: S608  # our own table names
        things = (int(row[0]) for row in self._database.rows("SELECT id FROM things"))
        self.fold(things, tell)

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

    def _stored(
        self, ids: Iterable[int], arriving: Arriving = NOTHING
    ) -> Iterator[tuple[int, str, list[Stored]]]:
        revoked = self.revoked()
        for some in _portions(ids):
            grown = self._branching.grown()
            read = self._read(some, arriving)
            for id_ in some:
                name, events, effects, _ = read[id_]
                yield id_, name, [
                    Stored(marked(event, revoked), *effects.get(event.name, _APPLIED))
                    for event in meant(name, events, grown)
                ]  # fmt: skip

    def _read(self, things: Sequence[int], arriving: Arriving) -> dict[int, Told]:
        """All that is told of these things: what is held of them behind what is arriving."""
        read = {id_: arriving[id_] for id_ in things if id_ in arriving}
        held = [id_ for id_ in things if id_ not in read or not read[id_].begins]
        marks = (msgspec.json.encode(held).decode(),)
        for id_, name in self._database.rows(_NAMES_OF, marks):
            read.setdefault(id_, Told(name, [], {}))
        for row in self._database.rows(_EVENTS_OF, marks):
            thing, device, incarnation, seq, public, personal, hash_, *effect = row
            event = decode(e.EventName(device, incarnation, seq), public, personal)
            read[thing].events.append((event, hash_))
            read[thing].effects[event.name] = (effect[0], effect[1])
        return read

    def _put_rows(self, things: Sequence[Thing]) -> None:
        rows: dict[str, list[Row]] = {table: [] for table in _PUT}
        for thing in things:
            if thing.meaning.table:
                rows[thing.meaning.table].append(thing.row)
            else:
                self._forget(thing.id)
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

    def _searched(self, dossiers: Sequence[int]) -> dict[int, Row]:
        """What those of them that have a row are found by now."""
        sql = """
            SELECT thing, applicant, principal, code, provisional_code, province_code, id_number, phone FROM dossiers
            WHERE thing IN (SELECT value FROM json_each(?))"""
        rows = self._database.rows(sql, (msgspec.json.encode(dossiers).decode(),))
        return {row[0]: row[1:] for row in rows}

    def _put_effects(self, things: Iterable[Thing]) -> None:
        changed = [verdict for thing in things for verdict in _differing(thing)]
        self._database.many(
            "UPDATE events SET effect=?, reason=? FROM logs WHERE logs.id = log"
            " AND device=? AND incarnation=? AND events.seq=?",
            [(verdict.effect, verdict.reason, *verdict.event.name) for verdict in changed],
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


def _differing(thing: Thing) -> Iterator[Verdict]:
    """The verdicts that are not what is kept of their events."""
    before = {event.name: (effect, reason) for event, effect, reason in thing.stored}
    for verdict in thing.meaning.verdicts:
        if before[verdict.event.name] != (verdict.effect, verdict.reason):
            yield verdict


def raise_highest(highest: dict[str, int], thing: Thing) -> None:
    """Note the numbers a thing's events put on paper, whatever became of them."""
    for stored in thing.stored:
        for series, number in numbers_of(stored.event):
            highest[series] = max(number, highest.get(series, 0))
