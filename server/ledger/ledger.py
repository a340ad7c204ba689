"""The server's replica of one unit: its logs, taken in only whole, signed and from who is enrolled."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    Connection,
    Table,
    and_,
    bindparam,
    delete,
    insert,
    select,
    update,
)

from app.models.dossiers.fold import Effect
from app.models.events import event as e
from app.models.events.encoding import Record, decode
from app.models.exchange.branches import begins, parents_first
from app.models.exchange.chain import Head, LogName, PublicKeys, genesis, head_holds
from app.models.exchange.messages import (
    STRETCH,
    Detached,
    Known,
    MessageRejected,
    Run,
    Taken,
    take,
    take_branch,
)
from server.ledger.bulk import insert_many
from server.ledger.devices import Devices, Fork
from server.ledger.folding import Folding, Told
from server.store import tables as t
from server.store.tables import plain, shelf

_AT_ONCE = 1000  # events read in one query

# asked at every exchange, and made once: that takes longer than the answer
_MAP = select(t.logs.c.device, t.logs.c.incarnation, t.logs.c.seq, t.logs.c.hash).where(
    t.logs.c.unit == bindparam("of")
)


class Forked(MessageRejected):
    """The author of a log signed two histories of it."""

    def __init__(self, fork: Fork) -> None:
        super().__init__(
            "Một máy của đơn vị đã bị nhân bản: có hai chuỗi sự kiện khác nhau mang cùng tên. "
            "Dữ liệu đã có được giữ nguyên; hãy báo người hỗ trợ."
        )
        self.fork = fork


class Ledger:
    """One unit within one transaction that holds the unit's lock; nothing counts until it commits."""

    def __init__(self, connection: Connection, unit: str, server: str) -> None:
        self.unit = unit
        self.devices = Devices(connection, unit)
        self.folding = Folding(connection, unit, server)
        self.branching = self.folding.branching
        self.connection = connection
        self.forks: list[Fork] = []
        self._server = server

    # --- the replica ----------------------------------------------------------------------------

    def map(self) -> dict[LogName, Known]:
        """What is held of each log; it always ends on a signed head."""
        rows = self.connection.execute(_MAP, {"of": self.unit}).all()
        return {LogName(device, inc): Known(seq, hash_) for device, inc, seq, hash_ in rows}

    def hash_at(self, log: LogName, seq: int) -> bytes | None:
        """The chain's hash after `seq`; None when that much isn't held."""
        if seq < 1:
            return genesis(self.unit, log) if seq == 0 else None
        held = self.branching.on_path(log, seq)
        query = select(t.events.c.hash).where(self._of(t.events, held), t.events.c.seq == seq)
        return self.connection.scalar(query)

    def hash_of(self, event: e.EventName) -> bytes | None:
        """The chain's hash after an event; None when it isn't held."""
        return self.hash_at(LogName(event.device, event.incarnation), event.seq)

    def runs(self, after: Mapping[LogName, int], budget: int = STRETCH) -> tuple[Run, ...]:
        """What follows `after` in each log, the server's own first, about `budget` bytes of events."""
        runs: list[Run] = []
        grown = self.branching.grown()
        in_order = parents_first(after, grown)
        for log in sorted(in_order, key=lambda log: log.device != self._server):
            run, size = self._run(log, max(after[log], begins(grown, log)), budget)
            if run.records:
                runs.append(run)
            budget -= size
            if budget <= 0:
                break
        return tuple(runs)

    def take(self, runs: Iterable[Run]) -> Taken:
        """Check, keep and fold what is new. Raises `MessageRejected`; then the caller rolls back."""
        new: list[e.Event] = []
        renamed, begun = set[str](), dict[str, list[Told]]()
        # what the server once signed comes first: it says who else is enrolled
        for run in sorted(runs, key=lambda run: run.log.device != self._server):
            run = run._replace(log=run.log.root)  # noqa: PLW2901  # what a branch is called is a hint
            self._refuse_unknown(run)
            held = self._known(run.log)
            if held and self.branching.departs(run, held.seq):
                events, touched = self._keep_branch(run)
                renamed |= touched
                begun.clear()  # what was read goes by other names now
            else:
                events = self._keep(run, held, begun)
            if run.log.device == self._server:
                for event in events:
                    self.folding.heed(event.body)
            new += events
        names = {event.name for event in new}
        things = renamed | {self.branching.thing_of(event) for event in new}
        for event in new:
            if isinstance(event.body, e.Revoked) and event.name.device == self._server:
                things |= self.folding.things_of(event.body.device)
        verdicts = self.folding.fold(things, begun)
        effects = [verdict.effect for verdict in verdicts if verdict.event.name in names]
        return Taken(len(new), effects.count(Effect.HELD), effects.count(Effect.WITHOUT))

    def raise_alarms(self, told_by: str, now: datetime) -> None:
        """Note the branches that were taken in, but those that were told of before they came."""
        for fork in self.forks:
            alarmed = self.devices.alarmed(fork.log)
            held = sum(hash_ in self.branching.hashes_at(fork.log, seq) for seq, hash_ in alarmed)
            if held < len(self.branching.logs(fork.log)) - 1:
                self.devices.alarm(fork, told_by, now)
        self.forks.clear()

    def without_effect_of(self, device: str) -> int:
        """How many events of a revoked device are kept that don't count."""
        counted = self.folding.revocations().get(device, {})
        held = self.map().items()
        return sum(
            max(known.seq - counted.get(log.root.incarnation, 1) + 1, 0)
            for log, known in held
            if log.device == device
        )

    def first_events(self) -> Iterator[e.Event]:
        """The opening event of every log."""
        c = t.events.c
        query = select(c.device, c.incarnation, c.public).where(c.unit == self.unit, c.seq == 1)
        for device, incarnation, public in self.connection.execute(
            query.where(~c.incarnation.contains("~"))
        ):
            yield decode(e.EventName(device, incarnation, 1), public, None)

    # --- taking in ------------------------------------------------------------------------------

    def _refuse_unknown(self, run: Run) -> None:
        own = run.log.device == self._server
        if not own and run.log.device not in self.devices.counters():
            raise MessageRejected(
                "Gói dữ liệu có sự kiện của một máy chưa ghi danh với máy chủ; không nhận gói này."
            )

    def _keep(self, run: Run, held: Known | None, begun: dict[str, list[Told]]) -> list[e.Event]:
        """Write what is new of a run; its events. What they are the first about is noted in `begun`."""
        self._refuse_fork(run, held)
        first, new = take(run, self.unit, held)
        if not new:
            return []
        events = _read(run.log, first, new)
        about = [self.branching.thing_of(event) for event in events]
        begun |= {thing: [] for thing in self.folding.unheard_of({*about} - begun.keys())}
        for thing, event, (_, hash_) in zip(about, events, new, strict=True):
            if thing in begun:
                begun[thing].append((event, hash_))
        self._insert(run.log, events, about, new)
        self._insert_heads(run, first)
        self._move_head(run, Known(first + len(new) - 1, new[-1][1]))
        return events

    def _keep_branch(self, run: Run) -> tuple[list[e.Event], set[str]]:
        """Write what is new of a branch; its events by the names they have then, and what to fold anew."""
        root, branching = run.log, self.branching
        try:
            before, new = take_branch(
                run, self.unit, branching.hashes_at(root, run.first - 1),
                lambda seq, hash_: branching.at(root, seq, hash_) is not None,
            )  # fmt: skip
        except Detached:
            self._refuse_fork(run, self._known(root))
            raise
        first = run.last - len(new) + 1
        if new:
            log = branching.place_for(root, first, before, new[0][1])
            beside = [hash_ for hash_ in branching.hashes_at(root, first) if hash_ != new[0][1]]
            if log not in branching.logs(root):
                self.forks.append(Fork(root, first, min(beside, default=b""), new[0][1]))
                self._open_branch(log, run, before)
            events = _read(log, first, new)
            about = [self.branching.thing_of(event) for event in events]
            self._insert(log, events, about, new)
            self._move_tip(log, Known(run.last, new[-1][1]))
        for head in run.heads:
            self._keep_head(branching.at(root, head.seq, head.hash), head)
        touched = branching.name_anew(root)
        return self._named(root, first, [hash_ for _, hash_ in new]), touched

    def _open_branch(self, log: LogName, run: Run, before: bytes) -> None:
        keys = {"sign_key": run.keys.sign, "seal_key": run.keys.seal}
        row = {**self._key(log), **keys, "seq": 0, "hash": before, "onto": before}
        self.connection.execute(insert(t.logs), row)

    def _move_tip(self, log: LogName, known: Known) -> None:
        moved = update(t.logs).where(self._of(t.logs, log)).values(**known._asdict())
        self.connection.execute(moved)

    def _keep_head(self, log: LogName | None, head: Head) -> None:
        if log is None:
            return
        same = and_(self._of(t.heads, log), t.heads.c.seq == head.seq)
        if self.connection.execute(select(t.heads.c.seq).where(same)).first() is None:
            self.connection.execute(insert(t.heads), {**self._key(log), **head._asdict()})

    def _named(self, root: LogName, first: int, hashes: Sequence[bytes]) -> list[e.Event]:
        """These events as they are named now."""
        c, found = t.events.c, list[e.Event]()
        for seq, hash_ in enumerate(hashes, first):
            log = self.branching.at(root, seq, hash_)
            assert log is not None
            query = select(c.public, c.personal).where(self._of(t.events, log), c.seq == seq)
            found.append(decode(e.EventName(*log, seq), *self.connection.execute(query).one()))
        return found

    def _refuse_fork(self, run: Run, held: Known | None) -> None:
        """Known heads are compared too: a duplicate tells nothing new, a fork does."""
        told = [head for head in run.heads if held and head.seq <= held.seq]
        for head in told:
            here = self.hash_at(run.log, head.seq)
            forked = here is not None and here != head.hash
            if forked and head_holds(run.keys, self.unit, run.log, head):
                raise Forked(Fork(run.log, head.seq, here or b"", head.hash))

    def _insert(
        self, log: LogName, events: Iterable[e.Event], about: Iterable[str],
        new: Iterable[tuple[Record, bytes]],
    ) -> None:  # fmt: skip
        insert_many(self.connection, t.events, [
            (
                self.unit, *log, event.name.seq, shelf(thing), plain(e.type_of(event.body)),
                *record, hash_,
            )
            for event, thing, (record, hash_) in zip(events, about, new, strict=True)
        ])  # fmt: skip

    def _insert_heads(self, run: Run, first: int) -> None:
        rows = [{**self._key(run.log), **h._asdict()} for h in run.heads if h.seq >= first]
        self.connection.execute(insert(t.heads), rows)

    def _move_head(self, run: Run, known: Known) -> None:
        row = {
            **self._key(run.log),
            "sign_key": run.keys.sign,
            "seal_key": run.keys.seal,
            **known._asdict(),
        }
        self.connection.execute(delete(t.logs).where(self._of(t.logs, run.log)))
        self.connection.execute(insert(t.logs), row)

    # --- giving out -----------------------------------------------------------------------------

    def _run(self, log: LogName, after: int, budget: int) -> tuple[Run, int]:
        """(whole stretches between signed heads until `budget` bytes are passed, their size)."""
        heads = self._heads(log, after)
        ends = {head.seq for head in heads}
        records: list[Record] = []
        size = 0
        for seq, record in self._records(log, after):
            records.append(record)
            size += len(record.public) + len(record.personal or b"")
            if size >= budget and seq in ends:
                break
        signed = tuple(head for head in heads if head.seq <= after + len(records))
        return Run(log, self._keys(log), after + 1, tuple(records), signed), size

    def _records(self, log: LogName, after: int) -> Iterator[tuple[int, Record]]:
        c = t.events.c
        query = select(c.seq, c.public, c.personal, c.personal_hash).where(self._of(t.events, log))
        while rows := self.connection.execute(
            query.where(c.seq > after).order_by(c.seq).limit(_AT_ONCE)
        ).all():
            for seq, public, personal, personal_hash in rows:
                yield seq, Record(public, personal, personal_hash)
                after = seq

    def _heads(self, log: LogName, after: int) -> list[Head]:
        c = t.heads.c
        query = select(c.seq, c.hash, c.signature).where(self._of(t.heads, log), c.seq > after)
        return [Head(*row) for row in self.connection.execute(query.order_by(c.seq))]

    def _keys(self, log: LogName) -> PublicKeys:
        c = t.logs.c
        query = select(c.sign_key, c.seal_key).where(self._of(t.logs, log))
        return PublicKeys(*self.connection.execute(query).one())

    # --- inside ---------------------------------------------------------------------------------

    def _known(self, log: LogName) -> Known | None:
        query = select(t.logs.c.seq, t.logs.c.hash).where(self._of(t.logs, log))
        row = self.connection.execute(query).one_or_none()
        return None if row is None else Known(*row)

    def _key(self, log: LogName) -> dict[str, object]:
        return {"unit": self.unit, **log._asdict()}

    def _of(self, table: Table, log: LogName) -> ColumnElement[bool]:
        return and_(*(table.c[name] == value for name, value in self._key(log).items()))


def _read(log: LogName, first: int, new: Iterable[tuple[Record, bytes]]) -> list[e.Event]:
    """The events of a log from `first` on."""
    return [
        decode(e.EventName(*log, seq), record.public, record.personal)
        for seq, (record, _) in enumerate(new, first)
    ]
