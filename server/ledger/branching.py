"""Keeps the branches of a unit's forked logs, as `app.store.journal.branching` does at a counter."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Table,
    and_,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)

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
from app.models.exchange.messages import Run
from server.store import tables as t
from server.store.tables import shelf

_AT_ONCE = 500


class Branching:
    """One unit's, within the caller's transaction; what grew from what is read once."""

    def __init__(self, connection: Connection, unit: str) -> None:
        self._connection = connection
        self._unit = unit
        self._grown: Branches | None = None

    # --- what there is --------------------------------------------------------------------------

    def grown(self) -> Branches:
        """Of each branch what it grows from."""
        if self._grown is None:
            c, seqs = t.logs.c, t.events.c
            first = (
                select(func.min(seqs.seq) - 1)
                .where(seqs.unit == c.unit, seqs.device == c.device,
                       seqs.incarnation == c.incarnation)
                .scalar_subquery()
            )  # fmt: skip
            query = select(c.device, c.incarnation, c.onto, first).where(
                c.unit == self._unit, c.onto.is_not(None)
            )
            found: dict[LogName, tuple[LogName, int]] = {}
            for device, incarnation, onto, after in self._connection.execute(query).all():
                log = LogName(device, incarnation)
                if after is None:
                    continue  # its events are being written
                found[log] = (self.at(log.root, after, onto) or log.root, after)
            self._grown = found
        return self._grown

    def logs(self, root: LogName) -> list[LogName]:
        """The log and its branches, as far as they are held."""
        query = select(t.logs.c.incarnation).where(self._of(t.logs.c, root))
        return [LogName(root.device, name) for name in self._connection.scalars(query)]

    def at(self, root: LogName, seq: int, hash_: bytes) -> LogName | None:
        """The log in which the event of this seq and hash lies; None when it isn't held."""
        c = t.events.c
        query = select(c.incarnation).where(self._of(c, root), c.seq == seq, c.hash == hash_)
        found = self._connection.scalar(query)
        return None if found is None else LogName(root.device, found)

    def hashes_at(self, root: LogName, seq: int) -> list[bytes]:
        """The hashes after `seq`, one a branch that is held there."""
        if seq == 0:
            return [genesis(self._unit, root)]
        return [each.hash for each in self.held(e.EventName(*root, seq))]

    def held(self, name: e.EventName) -> list[Candidate]:
        """The events a name without branch may mean."""
        root, c = LogName(name.device, name.incarnation), t.events.c
        query = select(c.incarnation, c.hash, c.type).where(self._of(c, root), c.seq == name.seq)
        return [
            Candidate(
                e.EventName(name.device, incarnation, name.seq), hash_, type_ in OPENING_TYPES
            )
            for incarnation, hash_, type_ in self._connection.execute(query)
        ]

    def thing_of(self, event: e.Event) -> str:
        """The thing an event is about, by name."""
        grown = self.grown()
        return thing_meant(event, grown, self.held) if grown else event.about

    def on_path(self, log: LogName, seq: int) -> LogName:
        """The log in which event `seq` of this log's chain lies."""
        return on_path(self.grown(), log, seq)

    def departs(self, run: Run, seq: int) -> bool:
        """True when a run of a log that is held to `seq` belongs to a tree, or makes it one."""
        root = run.log.root
        return len(self.logs(root)) > 1 or departs(run, seq, partial(self.hashes_at, root))

    # --- a branch more --------------------------------------------------------------------------

    def place_for(self, root: LogName, seq: int, before: bytes, first: bytes) -> LogName:
        """The log that goes on with the event `first` after `before`, where that ends; or a new one's
        name. Raises `MessageRejected` when there are too many."""
        c = t.logs.c
        query = select(c.incarnation).where(self._of(c, root), c.seq == seq - 1, c.hash == before)
        ends = self._connection.scalar(query)
        if ends is not None:
            return LogName(root.device, ends)
        return new_branch(root, first, len(self.logs(root)))

    def name_anew(self, root: LogName) -> set[str]:
        """Give every event of a log that has parted the name that all who hold it give it.

        The things to be folded again: what was renamed, and what refers to it.
        """
        tree = self._links(root)
        if not has_parted(tree):
            return set()
        c = t.heads.c
        signed = set(self._connection.scalars(select(c.hash).where(self._of(c, root))))
        names = named(root.incarnation, tree, signed)
        self._move(root, tree, names)
        self._grown = None
        return self._link_anew(root, parting(tree))

    # --- inside ---------------------------------------------------------------------------------

    def _of(self, c: Any, root: LogName) -> ColumnElement[bool]:
        """What belongs to the log or a branch of it."""
        incarnation = c.incarnation
        branch = f"{root.incarnation}~"
        own = or_(
            incarnation == root.incarnation, func.substr(incarnation, 1, len(branch)) == branch
        )
        return and_(c.unit == self._unit, c.device == root.device, own)

    def _links(self, root: LogName) -> list[Link]:
        c, logs = t.events.c, t.logs.c
        onto = dict(
            self._connection.execute(
                select(logs.incarnation, logs.onto).where(self._of(logs, root))
            ).all()
        )
        query = select(c.incarnation, c.seq, c.hash).where(self._of(c, root))
        rows = self._connection.execute(query.order_by(c.incarnation, c.seq))
        told = ((name, seq, hash_, onto.get(name)) for name, seq, hash_ in rows)
        return linked(told, genesis(self._unit, root))

    def _move(self, root: LogName, tree: Sequence[Link], names: dict[bytes, str]) -> None:
        """Move events and heads to the logs whose names they get; each over a name of its own, for two
        may change places."""
        here = moves(tree, names)
        parked = [f"{root.incarnation}~~{number}" for number in range(len(here))]
        for table in (t.events, t.heads):
            for between, move in zip(parked, here, strict=True):
                self._rename(table, root.device, move.old, between, move.first, move.last)
            for between, move in zip(parked, here, strict=True):
                self._rename(table, root.device, between, move.new, move.first, move.last)
        c = t.logs.c
        kept = self._connection.execute(
            select(c.sign_key, c.seal_key).where(self._of(c, root)).limit(1)
        ).one()
        self._connection.execute(delete(t.logs).where(self._of(c, root)))
        rows = [
            {
                "unit": self._unit, "device": root.device, "incarnation": one.incarnation,
                "sign_key": kept[0], "seal_key": kept[1], "seq": one.seq, "hash": one.hash,
                "onto": one.onto if one.incarnation != root.incarnation else None,
            }
            for one in stretches(tree, names)
        ]  # fmt: skip
        self._connection.execute(insert(t.logs), rows)

    def _rename(self, table: Table, device: str, old: str, new: str, first: int, last: int) -> None:
        c = table.c
        these = and_(
            c.unit == self._unit, c.device == device, c.incarnation == old,
            c.seq.between(first, last),
        )  # fmt: skip
        self._connection.execute(update(table).where(these).values(incarnation=new))

    def _link_anew(self, root: LogName, first: int) -> set[str]:
        """Tie to their things what this log's events from `first` on open, or are about."""
        c = t.events.c
        things = self._things_of(root, first)
        touched = set(things)
        for start in range(0, len(things), _AT_ONCE):
            query = select(c.device, c.incarnation, c.seq, c.public, c.about).where(
                c.unit == self._unit, c.about.in_(things[start : start + _AT_ONCE])
            )
            for device, incarnation, seq, public, about in self._connection.execute(query).all():
                name = e.EventName(device, incarnation, seq)
                meant = shelf(self.thing_of(decode(name, public, None)))
                if meant != about:
                    one = and_(
                        c.unit == self._unit, c.device == device,
                        c.incarnation == incarnation, c.seq == seq,
                    )  # fmt: skip
                    self._connection.execute(update(t.events).where(one).values(about=meant))
                    touched.add(meant)
        return touched

    def _things_of(self, root: LogName, first: int) -> list[str]:
        """Those that events from `first` on open, or might, and those they are about."""
        c = t.events.c
        written = select(c.about).where(self._of(c, root), c.seq >= first).distinct()
        prefix = ".".join(root)
        opened = (
            select(c.about)
            .distinct()
            .where(
                c.unit == self._unit,
                or_(c.about.startswith(f"{prefix}."), c.about.startswith(f"{prefix}~")),
            )
        )
        found = set(self._connection.scalars(written))
        found |= {
            about for about in self._connection.scalars(opened) if seq_in(about, root) >= first
        }
        return sorted(found)
