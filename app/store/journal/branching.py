"""Keeps the branches of forked logs: which grew from which, what each goes by, and what that moves."""

from collections.abc import Collection, Sequence
from functools import partial

import msgspec

from app.models.dossiers.references import OPENING_TYPES, Candidate, thing_meant
from app.models.events import event as e
from app.models.events.encoding import decode
from app.models.exchange.branches import (
    Branches,
    Link,
    departs,
    has_parted,
    linked,
    moves,
    named,
    new_branch,
    on_path,
    parting,
    seq_in,
    stretches,
)
from app.models.exchange.chain import LogName, genesis
from app.models.exchange.messages import Known, Map, Run
from app.store.database.database import Database
from app.store.database.migrations import OF_THINGS

# a log's own name and those of its branches are what lies between the two
_OF_ROOT = "device = ? AND incarnation >= ? AND incarnation < ? || '\x7f'"


def _of(root: LogName) -> tuple[str, str, str]:
    return (root.device, root.incarnation, root.incarnation)


class Branching:
    """Reads without a branch cost one look at an empty index; writes lie in the caller's transaction."""

    def __init__(self, database: Database, unit: str = "") -> None:
        self._database = database
        self._unit = unit

    # --- what there is --------------------------------------------------------------------------

    def grown(self) -> Branches:
        """Of each branch what it grows from."""
        sql = """
            SELECT device, incarnation, onto, (SELECT min(seq) FROM events WHERE log = logs.id) - 1
            FROM logs WHERE onto IS NOT NULL"""
        found: dict[LogName, tuple[LogName, int]] = {}
        for device, incarnation, onto, after in self._database.rows(sql):
            log = LogName(device, incarnation)
            found[log] = (self.at(log.root, after, onto) or log.root, after)
        return found

    def logs(self, root: LogName) -> list[LogName]:
        """The log and its branches, as far as they are held."""
        sql = f"SELECT device, incarnation FROM logs WHERE {_OF_ROOT}"  # noqa: S608  # our own words
        found = (LogName(*row) for row in self._database.rows(sql, _of(root)))
        return [log for log in found if log.root == root]

    def at(self, root: LogName, seq: int, hash_: bytes) -> LogName | None:
        """The log in which the event of this seq and hash lies; None when it isn't held."""
        held = self.held(e.EventName(*root, seq))
        return next((LogName(*one.name[:2]) for one in held if one.hash == hash_), None)

    def hashes_at(self, root: LogName, seq: int) -> list[bytes]:
        """The hashes after `seq`, one a branch that is held there."""
        if seq == 0:
            return [genesis(self._unit, root)]
        return [each.hash for each in self.held(e.EventName(*root, seq))]

    def held(self, name: e.EventName) -> list[Candidate]:
        """The events a name without branch may mean."""
        sql = f"""
            SELECT device, incarnation, events.hash, type IN {OPENING_TYPES} FROM logs
            JOIN events ON events.log = logs.id AND events.seq = ? WHERE {_OF_ROOT}"""  # noqa: S608  # likewise
        root = LogName(name.device, name.incarnation)
        return [
            Candidate(e.EventName(device, incarnation, name.seq), hash_, bool(opens))
            for device, incarnation, hash_, opens in self._database.rows(
                sql, (name.seq, *_of(root))
            )
            if LogName(device, incarnation).root == root
        ]

    def thing_of(self, event: e.Event, grown: Branches) -> str:
        """The thing an event is about, by name."""
        return thing_meant(event, grown, self.held) if grown else event.about

    def thing(self, name: str) -> int:
        """The row of the thing `name`, made when it is new."""
        row = self._database.one("SELECT id FROM things WHERE name=?", (name,))
        if row:
            return int(row[0])
        return self._database.run("INSERT INTO things (name) VALUES (?)", (name,))

    def on_path(self, log: LogName, seq: int) -> LogName:
        """The log in which event `seq` of this log's chain lies."""
        return on_path(self.grown(), log, seq)

    def is_forked(self, log: LogName) -> bool:
        """True when another branch of the log is held too."""
        return len(self.logs(log.root)) > 1

    def holds(self, log: LogName, known: Known) -> bool:
        """True when what a map tells of a log is held, by whatever name."""
        return known.seq == 0 or self.at(log.root, *known) is not None

    def held_of(self, told: Map) -> dict[LogName, int]:
        """How far what a map tells is held here, by the names it has here."""
        sql = """
            SELECT device, incarnation, events.seq FROM json_each(?) AS told
            JOIN logs ON device = told.value ->> 0 AND incarnation = told.value ->> 1
            JOIN events ON events.log = logs.id AND events.seq = told.value ->> 2
            WHERE hex(events.hash) = told.value ->> 3"""
        forked = {log.root for log in self.grown()}
        rows = [
            (*log, known.seq, known.hash.hex().upper())
            for log, known in told.items()
            if log.root not in forked
        ]
        marks = (msgspec.json.encode(rows).decode(),)
        found = {LogName(d, i): seq for d, i, seq in self._database.rows(sql, marks)}
        for log, known in told.items():
            here = log.root in forked and self.at(log.root, known.seq, known.hash)
            if here:
                found[here] = max(known.seq, found.get(here, 0))
        return found

    def departs(self, run: Run, seq: int) -> bool:
        """True when a run of a log that is held to `seq` belongs to a tree, or makes it one."""
        root = run.log.root
        return len(self.logs(root)) > 1 or departs(run, seq, partial(self.hashes_at, root))

    # --- a branch more --------------------------------------------------------------------------

    def place_for(self, root: LogName, seq: int, before: bytes, first: bytes) -> LogName:
        """The log that goes on with the event `first` after `before`, where that ends; or a new one's
        name. Raises `MessageRejected` when there are too many."""
        sql = f"SELECT device, incarnation FROM logs WHERE {_OF_ROOT} AND seq=? AND hash=?"  # noqa: S608  # likewise
        for row in self._database.rows(sql, (*_of(root), seq - 1, before)):
            if LogName(*row).root == root:
                return LogName(*row)
        return new_branch(root, first, len(self.logs(root)))

    def name_anew(self, root: LogName) -> set[int]:
        """Give every event of a log that has parted the name that all who hold it give it.

        The rows of the things to be folded again: what was renamed, and what refers to it.
        """
        tree = self._links(root)
        if not has_parted(tree):
            return set()
        sql = f"SELECT hash FROM heads WHERE log IN (SELECT id FROM logs WHERE {_OF_ROOT})"  # noqa: S608  # likewise
        signed = {row[0] for row in self._database.rows(sql, _of(root))}
        names = named(root.incarnation, tree, signed)
        own = self._own_tip(root)
        self._move(root, tree, names)
        if own in names:
            self._go_by(LogName(root.device, names[own]))
        return self._link_anew(root, parting(tree))

    # --- inside ---------------------------------------------------------------------------------

    def _links(self, root: LogName) -> list[Link]:
        sql = f"""
            SELECT device, incarnation, events.seq, events.hash, onto FROM logs
            JOIN events ON events.log = logs.id WHERE {_OF_ROOT} ORDER BY incarnation, events.seq"""  # noqa: S608  # likewise
        rows = self._database.rows(sql, _of(root))
        own = (row for device, *row in rows if LogName(device, row[0]).root == root)
        return linked(
            ((n, seq, hash_, onto) for n, seq, hash_, onto in own), genesis(self._unit, root)
        )

    def _move(self, root: LogName, tree: Sequence[Link], names: dict[bytes, str]) -> None:
        """Move events and heads to the logs whose names they get; each over a row of its own, for two
        may change places."""
        parked = []
        for number, move in enumerate(moves(tree, names)):
            row = self._row_like(root, f"{root.incarnation}~~{number}")
            old = self._row(LogName(root.device, move.old))
            for table in ("events", "heads"):
                self._database.run(
                    f"UPDATE {table} SET log=? WHERE log=? AND seq BETWEEN ? AND ?",  # noqa: S608  # likewise
                    (row, old, move.first, move.last),
                )
            parked.append((row, move))
        for row, move in parked:
            new = self._row(LogName(root.device, move.new)) or self._row_like(root, move.new)
            for table in ("events", "heads"):
                self._database.run(f"UPDATE {table} SET log=? WHERE log=?", (new, row))  # noqa: S608  # likewise
            self._database.run("DELETE FROM logs WHERE id=?", (row,))
            self._rename_prints(root.device, move.old, move.new, move.first, move.last)
        told = stretches(tree, names)
        for one in told:
            onto = one.onto if one.incarnation != root.incarnation else None
            self._database.run(
                "UPDATE logs SET onto=?, seq=?, hash=? WHERE device=? AND incarnation=?",
                (onto, one.seq, one.hash, root.device, one.incarnation),
            )
        for log in {*self.logs(root)} - {LogName(root.device, one.incarnation) for one in told}:
            self._database.run("DELETE FROM logs WHERE device=? AND incarnation=?", log)

    def _row(self, log: LogName) -> int:
        row = self._database.one("SELECT id FROM logs WHERE device=? AND incarnation=?", log)
        return int(row[0]) if row else 0

    def _row_like(self, root: LogName, incarnation: str) -> int:
        sql = """
            INSERT INTO logs (device, incarnation, sign_key, seal_key, seq, hash)
            SELECT device, ?, sign_key, seal_key, 0, x'' FROM logs WHERE device=? LIMIT 1"""
        return self._database.run(sql, (incarnation, root.device))

    def _rename_prints(self, device: str, old: str, new: str, first: int, last: int) -> None:
        """A print that came out of this machine is known by its event's name."""
        for (text,) in self._database.rows("SELECT event FROM print_jobs WHERE event LIKE ? || '%'",
                                           (f"{device}.{old}.",)):  # fmt: skip
            name = e.EventName.parse(text)
            if first <= name.seq <= last and name.incarnation == old:
                renamed = str(name._replace(incarnation=f"{new} "))
                self._database.run("UPDATE print_jobs SET event=? WHERE event=?", (renamed, text))

    def _own_tip(self, root: LogName) -> bytes:
        """Where this machine's own log ends, if it is of this root: before anything goes by another name."""
        row = self._database.one("SELECT value FROM local WHERE name='own'")
        log = LogName(*msgspec.json.decode(row[0])["log"]) if row else None
        if log is None or log.root != root:
            return b""
        head = self._database.one("SELECT hash FROM logs WHERE device=? AND incarnation=?", log)
        return bytes(head[0]) if head else b""

    def _go_by(self, log: LogName) -> None:
        """This machine's own log goes by another name."""
        sql = "UPDATE local SET value = json_set(value, '$.log[1]', ?) WHERE name='own'"
        self._database.run(sql, (log.incarnation,))

    def _link_anew(self, root: LogName, first: int) -> set[int]:
        """Tie to their things what this log's events from `first` on open, or are about."""
        grown, things = self.grown(), self._things_of(root, first)
        sql = """
            SELECT events.id, thing, device, incarnation, events.seq, public FROM events
            JOIN logs ON logs.id = events.log WHERE thing IN (SELECT value FROM json_each(?))"""
        marks = (msgspec.json.encode(sorted(things)).decode(),)
        for row, thing, device, incarnation, seq, public in self._database.rows(sql, marks):
            event = decode(e.EventName(device, incarnation, seq), public, None)
            meant = self.thing(self.thing_of(event, grown))
            if meant != thing:
                self._database.run("UPDATE events SET thing=? WHERE id=?", (meant, row))
                things.add(meant)
        for table, key in (*((table, "thing") for table in OF_THINGS), ("search", "rowid")):
            # what goes by a name now may be of another kind than what went by it
            gone = [(thing,) for thing in things]
            self._database.many(f"DELETE FROM {table} WHERE {key}=?", gone)  # noqa: S608  # likewise
        self._tie_prints(things)
        return things

    def _things_of(self, root: LogName, first: int) -> set[int]:
        """Those that events from `first` on open, or might, and those they are about."""
        written = f"""
            SELECT DISTINCT thing FROM events JOIN logs ON logs.id = events.log
            WHERE events.seq >= ? AND {_OF_ROOT}"""  # noqa: S608  # likewise
        found = {int(row[0]) for row in self._database.rows(written, (first, *_of(root)))}
        prefix = ".".join(root)
        opened = "SELECT id, name FROM things WHERE name >= ? AND name < ? || '\x7f'"
        for id_, name in self._database.rows(opened, (prefix, prefix)):
            if ":" not in name and seq_in(name, root) >= first:
                found.add(id_)
        return found

    def _tie_prints(self, things: Collection[int]) -> None:
        """Once all have their names: the space kept two prints that change places apart."""
        thing = """
            SELECT thing FROM events JOIN logs ON logs.id = events.log
            WHERE device=? AND incarnation=? AND events.seq=?"""
        for text, known in self._database.rows("SELECT event, thing FROM print_jobs"):
            name = text.replace(" ", "")
            if name != text or known in things:
                row = self._database.one(thing, e.EventName.parse(name))
                assert row is not None, "a print is an event of this machine"
                self._database.run(
                    "UPDATE print_jobs SET event=?, thing=? WHERE event=?", (name, row[0], text)
                )
