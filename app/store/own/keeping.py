"""Keeps what is this counter's own and no fold: drafts, what peers acknowledged, print jobs, settings."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache, reduce

import msgspec

from app.clock import VIETNAM
from app.models.exchange.messages import Map, MapRow, map_of, map_rows
from app.store.database.database import Database
from app.store.journal.meaning import seconds

SERVER, HUB = "server", "hub"  # the peers; a hub's name goes on with a colon and its device
PASSED = "passed:"  # begins the names under which the server's words lie that a hub passed on
SERVERS_WORD = (SERVER, PASSED)
MOST_EXCHANGES = 10_000_000  # of one device from a backup until it is put back: a century's
MAPS_KEPT = 8  # read again at every exchange, and seldom others
ONCE = "once:"
"""Begins, before a server's device, the name under which the furthest it ever signed for is kept."""


@dataclass(frozen=True, slots=True)
class Draft:
    """An intake as it stood: `kind` is `current`, `parked`, `errand` or `blank`, `body` the form's own JSON."""

    id: int
    kind: str
    officer: str
    title: str
    body: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """The map a peer last signed, and when it reached us."""

    map: Map
    at: datetime


class Keeping:
    """Small tables, each write a transaction of its own."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, name: str, default: str = "") -> str:
        """One setting of this counter."""
        row = self._database.one("SELECT value FROM local WHERE name=?", (name,))
        return default if row is None else str(row[0])

    def put(self, name: str, value: str) -> None:
        with self._database.transaction():
            self.note(name, value)

    def note(self, name: str, value: str) -> None:
        """Keep a setting within the caller's transaction."""
        self._database.run("INSERT OR REPLACE INTO local VALUES (?,?)", (name, value))

    def keep_draft(self, kind: str, officer: str, title: str, body: str, at: datetime) -> None:
        """Keep the officer's current intake or errand (one of each), or set an intake aside."""
        with self._database.transaction():
            if kind != "parked":
                self.forget_current(officer, kind)
            if body:
                self._database.run(
                    "INSERT INTO drafts (kind, officer, title, body, at) VALUES (?,?,?,?,?)",
                    (kind, officer, title, body, seconds(at)),
                )

    def forget_current(self, officer: str, kind: str = "current") -> None:
        """Drop the officer's current intake, inside the deed that made a dossier of it."""
        self._database.run("DELETE FROM drafts WHERE kind=? AND officer=?", (kind, officer))

    def take_up_draft(self, draft: Draft) -> None:
        """Make a parked intake the officer's current one."""
        with self._database.transaction():
            self.forget_current(draft.officer)
            self._database.run("UPDATE drafts SET kind='current' WHERE id=?", (draft.id,))

    def drafts(self, kind: str, officer: str) -> list[Draft]:
        """The officer's drafts of a kind, oldest first."""
        sql = "SELECT id, kind, officer, title, body, at FROM drafts WHERE kind=? AND officer=? ORDER BY id"
        rows = self._database.rows(sql, (kind, officer))
        return [
            Draft(number, kind, officer, title, body, datetime.fromtimestamp(at, VIETNAM))
            for number, kind, officer, title, body, at in rows
        ]

    def acknowledged(self, peer: str) -> Acknowledged | None:
        """What `peer` signed that it holds; None before its first word."""
        row = self._database.one("SELECT map, at FROM peers WHERE peer=?", (peer,))
        return _word(*row) if row else None

    def words(self, *peers: str) -> dict[str, Acknowledged]:
        """By peer, the last signed word of each of these; a name that ends on a colon stands for all
        that begin so."""
        sql = """
            SELECT peer, map, peers.at FROM peers JOIN json_each(?) AS name
            ON peer = value OR (value LIKE '%:' AND substr(peer, 1, length(value)) = value)
            ORDER BY peer"""
        rows = self._database.rows(sql, (msgspec.json.encode(peers).decode(),))
        return {peer: _word(told, at) for peer, told, at in rows}

    def answered(self, peer: str) -> int:
        """The highest of our exchange numbers that `peer` had seen when it signed a map; -1 before its first."""
        return int(self.get(f"answered:{peer}", "-1"))

    def acknowledge(self, peer: str, held: Map, at: datetime, number: int | None = None) -> bool:
        """Keep the map a peer signed when it had seen our exchange `number`; False when it is old.

        Bundles arrive in any order: of two maps the one that had seen more of us holds, and two
        that saw as much are both true. None: the answer to a question just asked. A map told again is
        kept, but for its hour and number, past any power cut already.
        """
        known = self.acknowledged(peer)
        with self._database.transaction(is_lasting=known is None or known.map != held):
            before = self.answered(peer)
            if number is not None and number < before:
                return False
            if number == before and (known := self.acknowledged(peer)):
                held = _further(known.map, held)
            self._put_word(peer, held, at)
            if peer == SERVER:
                once = f"{ONCE}{self.get('server_device')}"
                known = self.acknowledged(once)
                reached = _further(known.map, held) if known else held
                if known is None or reached != known.map:
                    self._put_word(once, reached, at)
            if number is not None:
                self.note(f"answered:{peer}", str(number))
            return True

    def _put_word(self, peer: str, held: Map, at: datetime) -> None:
        if (known := self.acknowledged(peer)) and known.map == held:
            self._database.run("UPDATE peers SET at=? WHERE peer=?", (seconds(at), peer))
            return
        self._database.run(
            "INSERT INTO peers VALUES (?,?,?)"
            " ON CONFLICT DO UPDATE SET map=excluded.map, at=excluded.at",
            (peer, msgspec.json.encode(map_rows(held)).decode(), seconds(at)),
        )

    def seen(self, device: str) -> int:
        """The highest exchange number a bundle of `device` carried here."""
        return int(self.get(f"seen:{device}", "0"))

    def note_seen(self, device: str, number: int) -> None:
        """Keep the number of a bundle that was read."""
        self.put(f"seen:{device}", str(max(number, self.seen(device))))

    def exchange_number(self, *, is_lasting: bool = True) -> int:
        """The next exchange number of this device; it only rises, but past a power cut only if lasting."""
        with self._database.transaction(is_lasting=is_lasting):
            number = int(self.get("exchange_number", "0")) + 1
            self.note("exchange_number", str(number))
            return number

    def set_exchange_number(self, number: int) -> None:
        """Jump above what the server saw of this device before a restore.

        Not further than an honest peer can have seen: above what any peer takes nobody comes down again.
        """
        with self._database.transaction():
            before = int(self.get("exchange_number", "0"))
            if before < number <= before + MOST_EXCHANGES:
                self.note("exchange_number", str(number))


def take_over_drafts(database: Database, old: Database) -> None:
    """Add what the data in whose place these come holds beyond them; of two of a kind the later holds.

    An intake that gives way is parked: nothing typed is lost.
    """
    sql = "SELECT kind, officer, title, body, at FROM drafts ORDER BY id"
    theirs, ours = old.rows(sql), database.rows(sql)
    kept_at = {(kind, officer): at for kind, officer, *_, at in ours if kind != "parked"}
    known = {(officer, body) for _, officer, _, body, _ in ours}
    with database.transaction():
        for kind, officer, title, body, at in theirs:
            if (officer, body) in known:
                continue
            is_later = kept_at.get((kind, officer), at) <= at
            if is_later and (kind, officer) in kept_at:
                _give_way(database, kind, officer)
            if is_later or kind == "current":
                database.run(
                    "INSERT INTO drafts (kind, officer, title, body, at) VALUES (?,?,?,?,?)",
                    (kind if is_later else "parked", officer, title, body, at),
                )


def _give_way(database: Database, kind: str, officer: str) -> None:
    if kind == "current":
        sql = "UPDATE drafts SET kind='parked' WHERE kind=? AND officer=?"
    else:
        sql = "DELETE FROM drafts WHERE kind=? AND officer=?"
    database.run(sql, (kind, officer))


def furthest(words: Mapping[str, Acknowledged]) -> Map:
    """Of each log the furthest that any of these words names."""
    maps = [word.map for word in words.values()]
    return reduce(_further, maps) if maps else {}


def _word(told: str, at: int) -> Acknowledged:
    return Acknowledged(_map_told(told), datetime.fromtimestamp(at, VIETNAM))


@lru_cache(MAPS_KEPT)
def _map_told(told: str) -> Map:
    return map_of(msgspec.json.decode(told, type=list[MapRow]))


def _further(one: Map, other: Map) -> Map:
    if one == other:
        return one
    return {
        log: max((held[log] for held in (one, other) if log in held), key=lambda known: known.seq)
        for log in {**one, **other}
    }
