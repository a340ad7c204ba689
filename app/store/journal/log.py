"""The logs of all devices of the unit, as this counter holds them: events, heads, maps, runs."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from msgspec import json, structs

from app.models.dossiers.revoking import NAMES
from app.models.events import event as e
from app.models.events.encoding import Record, as_record, decode
from app.models.exchange.branches import begins, parents_first
from app.models.exchange.chain import SIGN_EVERY, Head, LogName, PublicKeys, genesis, link
from app.models.exchange.messages import (
    STRETCH,
    Known,
    MessageRejected,
    Run,
    Taken,
    take,
    take_branch,
)
from app.store.database.database import Database, Row
from app.store.journal.branching import Branching
from app.store.journal.folding import Folding, Judged, Told
from app.store.journal.merging import merging

SLICE = 200  # received events written between two deeds: 20 to 30 ms, so that no save waits long
SLICES_MERGED = 32  # each leaves a list in the search index that every keystroke walks

LARGE = 4096  # bytes of one event

_INSERT = (
    "INSERT INTO events (log, seq, thing, type, public, personal, erased_hash, hash)"
    " VALUES (?,?,?,?,?,?,?,?)"
)

_FORKED = "Chuỗi sự kiện không khớp; dữ liệu bị sửa hoặc máy bị nhân bản."

_New = tuple[e.Event, Record, bytes]  # with the chain's hash after it


class _Ahead(NamedTuple):
    """What a slice comes to, told before it is written; true while the database stays at `version`."""

    version: int
    things: dict[str, int]
    begun: dict[str, int]
    judged: Judged


class Log:
    """Appends, reads and exchanges events. Writes only inside the caller's transaction, but `take`."""

    def __init__(self, database: Database, unit: str, folding: Folding) -> None:
        self._database = database
        self._unit = unit
        self._folding = folding
        self._slices = 0
        self.branching = Branching(database, unit)

    def open(self, name: LogName, keys: PublicKeys) -> int:
        """The row of a log, made when it is new."""
        row = self._row(name)
        if row is not None:
            return int(row[0])
        start = genesis(self._unit, name)
        return self._database.run(
            "INSERT INTO logs (device, incarnation, sign_key, seal_key, seq, hash) VALUES (?,?,?,?,0,?)",
            (*name, keys.sign, keys.seal, start),
        )

    def head(self, name: LogName) -> Known | None:
        """The last seq and hash held of a log."""
        row = self._row(name)
        return None if row is None else Known(row[1], row[2])

    def append(self, name: LogName, record: Record, about: str, kind: str) -> tuple[Known, int]:
        """Add one event to its log: (the new head, the thing's row)."""
        row = self._row(name)
        assert row is not None, "a log is opened before it is written"
        known = Known(row[1] + 1, link(row[2], record))
        thing = self.thing(about)
        self._database.run(_INSERT, _row(row[0], known, record, thing, kind))
        self._database.run("UPDATE logs SET seq=?, hash=? WHERE id=?", (*known, row[0]))
        return known, thing

    def keep_head(self, name: LogName, head: Head) -> None:
        """Keep a signed head for whoever takes this log."""
        row = self._row(name)
        assert row is not None
        self._database.run("INSERT OR IGNORE INTO heads VALUES (?,?,?,?)", (row[0], *head))

    def unsigned(self, device: str) -> list[tuple[LogName, Known]]:
        """A device's logs whose last event no signed head covers."""
        sql = """
            SELECT device, incarnation, seq, hash FROM logs
            WHERE device=? AND seq > (SELECT ifnull(max(seq), 0) FROM heads WHERE log = logs.id)"""
        rows = self._database.rows(sql, (device,))
        return [(LogName(d, i), Known(seq, hash_)) for d, i, seq, hash_ in rows]

    def thing(self, name: str) -> int:
        """The row of the thing `name`, made when it is new."""
        return self.branching.thing(name)

    def event(self, name: e.EventName) -> e.Event:
        """One event that is held."""
        sql = """
            SELECT public, personal, things.name FROM events JOIN logs ON logs.id = events.log
            JOIN things ON things.id = thing WHERE device=? AND incarnation=? AND events.seq=?"""
        row = self._database.one(sql, name)
        assert row is not None
        return structs.replace(decode(name, *row[:2]), about=row[2])

    def name_anew(self, log: LogName) -> None:
        """A head was signed: of a forked log that may change which branch goes on under its name."""
        if self.branching.is_forked(log):
            self._folding.fold(self.branching.name_anew(log.root))

    # --- the replica ----------------------------------------------------------------------------

    def map(self) -> dict[LogName, Known]:
        """What this counter holds, up to the last signed head of each log."""
        sql = """
            SELECT device, incarnation, heads.seq, heads.hash FROM logs CROSS JOIN heads
            ON heads.log = logs.id AND heads.seq = (SELECT max(seq) FROM heads WHERE log = logs.id)"""
        return {LogName(d, i): Known(seq, h) for d, i, seq, h in self._database.rows(sql)}

    def written(self, device: str) -> int:
        """How many events of `device` are here, signed for or not yet."""
        sql = "SELECT coalesce(sum(seq), 0) FROM logs WHERE device=?"
        row = self._database.one(sql, (device,))
        return int(row[0]) if row else 0

    def hash_at(self, log: LogName, seq: int) -> bytes | None:
        """The chain's hash after `seq`; None when that much isn't held."""
        row = self._row(log)
        if row is None or seq > row[1]:
            return None
        if seq == 0:
            return genesis(self._unit, log)
        sql = """
            SELECT events.hash FROM events JOIN logs ON logs.id = events.log
            WHERE device=? AND incarnation=? AND events.seq=?"""
        found = self._database.one(sql, (*self.branching.on_path(log, seq), seq))
        assert found is not None
        return bytes(found[0])

    def hash_of(self, event: e.EventName) -> bytes | None:
        """The chain's hash after an event; None when it isn't held."""
        return self.hash_at(LogName(event.device, event.incarnation), event.seq)

    def runs(self, after: Mapping[LogName, int], budget: int = STRETCH) -> tuple[Run, ...]:
        """What follows `after` in each log, whole stretches between signed heads, up to `budget` bytes."""
        runs = []
        grown = self.branching.grown()
        for name in parents_first(after, grown):
            run, size = self._run(name, max(after[name], begins(grown, name)), budget)
            if run.records:
                runs.append(run)
            budget -= size
            if budget <= 0:
                break
        return tuple(runs)

    def take(self, runs: Iterable[Run]) -> Taken:
        """Check, keep and fold what is new, a slice a transaction; a bad run keeps nothing of itself."""
        return sum(self.taking(runs), Taken())

    def taking(
        self, runs: Iterable[Run], slice_: int = SLICE, *, is_lasting: bool = True
    ) -> Iterator[Taken]:
        """The same, one slice each time it is asked to go on: deeds are done between two.

        A run's last slice makes it lasting, or a deed between two; nobody was told of it before. Unless
        `is_lasting`: then the caller's next deed does.
        """
        for each in runs:
            run = each._replace(log=each.log.root)
            held = self.head(run.log)
            if held and self.branching.departs(run, held.seq):
                yield self._take_branch(run)
                continue
            self._refuse_fork(run)
            first, new = take(run, self._unit, held)
            below = 1
            for start in range(0, len(new), slice_):
                part = new[start : start + slice_]
                last = first + start + len(part) - 1
                heads = [head for head in run.heads if below <= head.seq <= last]
                ends = is_lasting and start + slice_ >= len(new)
                yield self._take_slice(run, first + start, part, heads, is_lasting=ends)
                below = last + 1
                self._slices += 1
                if self._slices % SLICES_MERGED == 0:
                    yield from (Taken() for _ in merging(self._database))
            if not new:
                with self._database.transaction():
                    self._keep_heads(run.log, [head for head in run.heads if head.seq > 0])

    # --- inside ---------------------------------------------------------------------------------

    def _row(self, name: LogName) -> Row | None:
        return self._database.one(
            "SELECT id, seq, hash, sign_key, seal_key FROM logs WHERE device=? AND incarnation=?",
            name,
        )

    def _ahead(self, log: LogName, new: Sequence[_New]) -> _Ahead | None:
        """What a slice comes to, folded before anybody is kept from writing.

        None where only the fold of what is written tells: where logs have parted, where one is
        revoked, where some of it is held already.
        """
        version, held = self._database.version(), self.head(log)
        follows = new[0][0].name.seq == (held.seq if held else 0) + 1
        names = dict.fromkeys(event.about for event, _, _ in new)
        # a name with U+0000 in it gets through JSON as another one
        is_plain = not any(name.startswith(NAMES) or "\0" in name for name in names)
        if not (follows and is_plain) or self.branching.grown():
            return None
        sql = "SELECT name, id FROM things WHERE name IN (SELECT value FROM json_each(?))"
        marks = (json.encode(list(names)).decode(),)
        things: dict[str, int] = dict(self._database.rows(sql, marks))
        ((last,),) = self._database.rows("SELECT ifnull(max(id), 0) FROM things")
        unheld = (name for name in names if name not in things)
        begun = {name: row for row, name in enumerate(unheld, last + 1)}
        things |= begun
        arriving = {things[name]: Told(name, [], {}, begins=name in begun) for name in names}
        for event, _, hash_ in new:
            arriving[things[event.about]].events.append((event, hash_))
        return _Ahead(version, things, begun, self._folding.judged(sorted(arriving), arriving))

    def _run(self, name: LogName, after: int, budget: int) -> tuple[Run, int]:
        row = self._row(name)
        assert row is not None
        heads = tuple(
            Head(*head)
            for head in self._database.rows(
                "SELECT seq, hash, signature FROM heads WHERE log=? AND seq>? ORDER BY seq",
                (row[0], after),
            )
        )
        records: list[Record] = []
        kept, size, ends = 0, 0, {head.seq for head in heads}
        last = heads[-1].seq if heads else after
        for number, record in enumerate(self._records(row[0], after, last), after + 1):
            records.append(record)
            size += len(record.public) + len(record.personal or b"") + 2
            if number in ends:
                kept = len(records)
                if size >= budget:
                    break
        taken = tuple(head for head in heads if head.seq <= after + kept)
        keys = PublicKeys(row[3], row[4])
        return Run(name, keys, after + 1, tuple(records[:kept]), taken), size

    def _records(self, log: int, after: int, last: int) -> Iterable[Record]:
        sql = "SELECT public, personal, erased_hash FROM events WHERE log=? AND seq>? AND seq<=? ORDER BY seq"
        for public, personal, erased in self._database.each(sql, (log, after, last)):
            yield as_record(public, personal, erased)

    def _refuse_fork(self, run: Run) -> None:
        """Heads of what is held are compared too: a duplicate tells nothing new, a fork does."""
        row = self._row(run.log)
        if row is None:
            return
        sql = "SELECT seq, hash FROM events WHERE log=? AND seq IN (SELECT value FROM json_each(?))"
        asked = json.encode([head.seq for head in run.heads if 0 < head.seq <= row[1]]).decode()
        here: dict[int, bytes] = dict(self._database.rows(sql, (row[0], asked)))
        if any(here.get(head.seq, head.hash) != head.hash for head in run.heads):
            raise MessageRejected(_FORKED)

    def _take_branch(self, run: Run) -> Taken:
        """Whole or not at all: a branch no head covers would tell nobody its name."""
        root, branching = run.log, self.branching
        with self._database.transaction():
            before, new = take_branch(
                run, self._unit, branching.hashes_at(root, run.first - 1),
                lambda seq, hash_: branching.at(root, seq, hash_) is not None,
            )  # fmt: skip
            first = run.last - len(new) + 1
            if new:
                log = branching.place_for(root, first, before, new[0][1])
                self._append_branch(log, run.keys, before, first, new)
            for head in run.heads:
                held = branching.at(root, head.seq, head.hash)
                if held is not None:
                    self.keep_head(held, head)
            judged = self._folding.fold(branching.name_anew(root))
            return Taken(len(new), judged.held, judged.without_effect) if new else Taken()

    def _append_branch(
        self, log: LogName, keys: PublicKeys, before: bytes, first: int,
        new: list[tuple[Record, bytes]],
    ) -> None:  # fmt: skip
        """Under the name it has before all are named anew, tied to the things it seems to be about."""
        row = self.open(log, keys)
        told = _read(log, first, new)
        about = [event.about for event, _, _ in told]
        self._put(row, told, about, {name: self.thing(name) for name in about})
        if log != log.root:
            sql = "UPDATE logs SET onto=? WHERE id=? AND onto IS NULL"
            self._database.run(sql, (before, row))

    def _take_slice(
        self, run: Run, first: int, new: list[tuple[Record, bytes]], heads: Iterable[Head],
        *, is_lasting: bool,
    ) -> Taken:  # fmt: skip
        """`heads` are those up to the slice's end: `take` and `_refuse_fork` compared them."""
        read = _read(run.log, first, new)
        ahead = self._ahead(run.log, read)
        with self._database.transaction(is_lasting=is_lasting):
            if self.branching.is_forked(run.log):
                raise MessageRejected(_FORKED)
            log = self.open(run.log, run.keys)
            if ahead and ahead.version == self._database.version():
                taken = self._put_ahead(log, read, ahead)
            else:
                taken = self._put_anew(log, read, self.head(run.log) or Known(0, b""))
            if taken.received:
                self._keep_heads(run.log, heads)
            return taken

    def _put_ahead(self, log: int, new: Sequence[_New], ahead: _Ahead) -> Taken:
        begun = list(ahead.begun.items())
        self._database.many("INSERT INTO things (name, id) VALUES (?,?)", begun)
        self._put(log, new, [event.about for event, _, _ in new], ahead.things)
        return self._folding.put(ahead.judged)._replace(received=len(new))

    def _put_anew(self, log: int, new: Sequence[_New], held: Known) -> Taken:
        """Write what isn't held, and fold what it is about from all that is written then."""
        # another process may have taken some of it since it was checked, or another branch
        if any(event.name.seq == held.seq and hash_ != held.hash for event, _, hash_ in new):
            raise MessageRejected(_FORKED)
        fresh = [one for one in new if one[0].name.seq > held.seq]
        if not fresh:
            return Taken()
        grown = self.branching.grown()
        about = [self.branching.thing_of(event, grown) for event, _, _ in fresh]
        things = {name: self.thing(name) for name in about}
        self._put(log, fresh, about, things)
        return self._folding.fold(things.values())._replace(received=len(fresh))

    def _put(
        self, log: int, new: Sequence[_New], about: Iterable[str], things: Mapping[str, int]
    ) -> None:
        """Write these behind the log's end, each tied to what it is about."""
        rows = [
            _row(log, Known(event.name.seq, hash_), record, things[name], e.type_of(event.body))
            for (event, record, hash_), name in zip(new, about, strict=True)
        ]
        self._database.many(_INSERT, rows)
        last, _, hash_ = new[-1]
        self._database.run("UPDATE logs SET seq=?, hash=? WHERE id=?", (last.name.seq, hash_, log))

    def _keep_heads(self, log: LogName, heads: Iterable[Head]) -> None:
        row = self._row(log)
        if row is not None:
            self._database.many(
                "INSERT OR IGNORE INTO heads VALUES (?,?,?,?)", [(row[0], *head) for head in heads]
            )


def _read(log: LogName, first: int, new: Iterable[tuple[Record, bytes]]) -> list[_New]:
    """The events of a log from `first` on, read."""
    return [
        (decode(e.EventName(*log, seq), record.public, record.personal), record, hash_)
        for seq, (record, hash_) in enumerate(new, first)
    ]


def _row(log: int, known: Known, record: Record, thing: int, kind: str) -> Row:
    """An event as `_INSERT` takes it."""
    erased = record.personal_hash if record.personal is None else None
    return (
        log, known.seq, thing, kind, record.public, record.personal, erased or None, known.hash,
    )  # fmt: skip


def head_is_due(seq: int, record: Record) -> bool:
    """True where a stretch must be able to end: each 200th event, and a large one, lest a stretch
    outgrow a message."""
    return seq % SIGN_EVERY == 0 or len(record.public) + len(record.personal or b"") > LARGE
