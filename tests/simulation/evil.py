"""An enrolled device that keeps to nothing: it lies, forges, replays, and reaches for what isn't its own."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

import msgspec

from app.models.errors import Refused
from app.models.events import event as e
from app.models.events.encoding import Record, as_record, encode
from app.models.exchange.chain import DeviceKeys, LogName, genesis, link, sign_head
from app.models.exchange.messages import (
    Known,
    Message,
    MessageRejected,
    Run,
    map_hash,
    pack,
    unpack,
)
from app.sync.address import ServerAddress
from app.sync.client import exchange
from tests.making import MONDAY
from tests.simulation import work
from tests.simulation.oracle import Violated
from tests.simulation.template import AWAY, HOME, evil_device
from tests.simulation.upstream import DEVICE, URL

if TYPE_CHECKING:
    from tests.simulation.world import World


class Evil:
    """The device, and what it tries; a `Violated` is what it gets away with."""

    def __init__(self, world: World, chance: Random) -> None:
        self.world = world
        self.chance = chance
        self.device = evil_device()
        self.tries = 0

    def attack(self) -> bool:
        """One attack, drawn."""
        self.tries += 1
        attack = self.chance.choice(
            (self.other_unit, self.stranger, self.forged_bytes, self.forged_name, self.lies,
             self.lies, self.fork, self.two_maps, self.gap, self.garbage)
        )  # fmt: skip
        self.world.note(f"evil tries {attack.__name__}")
        attack()
        return True

    # --- what must be refused -------------------------------------------------------------------

    def other_unit(self) -> None:
        """Say and ask something in the other commune."""
        before = self.world.server.events(AWAY)
        answer = self._send(self._run(AWAY, self._bodies()), unit=AWAY)
        self._must_be_refused(answer, before, AWAY)

    def stranger(self) -> None:
        """Bring the log of a device nobody enrolled."""
        keys = DeviceKeys(self.chance.randbytes(64))
        before = self.world.server.events(HOME)
        answer = self._send(self._run(HOME, self._bodies(), keys))
        self._must_be_refused(answer, before, HOME)

    def forged_bytes(self) -> None:
        """Pass a counter's events on with a word changed, in the public or the personal part."""
        run = self._overheard()
        if run is None:
            return
        records = list(run.records)
        at = self.chance.randrange(len(records))
        records[at] = self._changed(records[at])
        self._must_not_be_kept(run._replace(records=tuple(records)), records[at])

    def forged_name(self) -> None:
        """Write an event of its own at the end of a counter's log, and sign it itself."""
        run = self._overheard()
        if run is None:
            return
        record = self._record(self._bodies()[0], e.EventName(*run.log, run.last + 1))
        at = link(self._hash_after(run), record)
        head = sign_head(self.device.keys, HOME, run.log, run.last + 1, at)
        longer = run._replace(records=(*run.records, record), heads=(*run.heads, head))
        self._must_not_be_kept(longer, record)

    def gap(self) -> None:
        """Bring a log without its beginning."""
        before = self.world.server.events(HOME)
        log = LogName(self.device.keys.public.device, f"{self.chance.getrandbits(64):016x}")
        name = e.EventName(*log, 7)
        record = self._record(e.IncarnationStarted(9, "", ""), name)
        head = sign_head(self.device.keys, HOME, log, 7, link(genesis(HOME, log), record))
        run = Run(log, self.device.keys.public, 7, (record,), (head,))
        self._must_be_refused(self._send(run), before, HOME)

    def garbage(self) -> None:
        """Bytes that are no message."""
        before = self.world.server.events(HOME)
        body = self.chance.randbytes(self.chance.randrange(400))
        self.world.server.crash = None
        answer = unpack(self.world.server.answer("/exchange", body)[1])
        self._must_be_refused(answer, before, HOME)

    # --- what may be kept, and means nothing ----------------------------------------------------

    def lies(self) -> None:
        """Grant itself a lane, take others' away, enrol a stranger: signed, chained, without meaning."""
        for body in self._lies():
            self.device.write(body)
        self.device.write_bytes(
            b'{"at":"2026-11-23T08:00:00+07:00","body":{"type":"later"},"by":"x"}'
        )
        self._exchange()
        for seat in self.world.living(HOME):
            self.world.exchange(seat)
            work.receive(self.world, seat)

    def fork(self) -> None:
        """Sign two histories of its own log, and tell one of each."""
        self._exchange()
        run = self._run(HOME, self._bodies(), start=None)
        before = self.world.server.events(HOME)
        self.device.write(e.DaySet("2027-01-02", "local_off", "một"))
        self._exchange()
        held = self.world.server.events(HOME)
        if len(held) == len(before):
            return
        alarms = self.world.server.forks(HOME)
        answer = self._send(run)
        both = set(self.world.server.events(HOME).values())
        if not both >= {*held.values(), *(head.hash for head in run.heads)}:
            raise Violated("I6", f"of two signed histories one is not held: {answer.trouble}")
        if self.world.server.forks(HOME) == alarms:
            raise Violated("I6", "nobody was alarmed by a second history")

    def two_maps(self) -> None:
        """Tell of another hash at the head of its own log: the server must raise the alarm."""
        self._exchange()
        held = self.world.server.map(HOME)
        if self.device.own not in held:
            return
        before = self.world.server.forks(HOME)
        told = {
            **held,
            self.device.own: Known(held[self.device.own].seq, self.chance.randbytes(32)),
        }
        keys = self.device.keys
        self.device.set_exchange_number(self.device.exchange_number() + 10_000)
        message = Message(HOME, keys.public, DEVICE.device, self.device.exchange_number(),
                          map_hash(told), told)  # fmt: skip
        answer = unpack(self.world.server.answer("/exchange", pack(message, keys))[1])
        if not answer.trouble and self.world.server.forks(HOME) != before + 1:
            raise Violated("I6", "nobody was alarmed by a second history")

    # --- inside ---------------------------------------------------------------------------------

    def _bodies(self) -> list[e.AnyBody]:
        return [e.DaySet("2027-01-01", "local_off", f"lời dối {self.tries}")]

    def _lies(self) -> list[e.AnyBody]:
        logs = [own for seat in self.world.living(HOME) if (own := seat.own_log())]
        grants: list[e.AnyBody] = []
        for own in logs:
            grants.append(e.LaneGranted(*own, 10, "2000-01-01", "2099-12-31"))
            grants.append(e.BookGranted(*own, 99))
        victim = self.chance.choice(logs)
        return [
            *grants,
            e.Revoked(victim.device, victim.incarnation, 1),
            e.Enrolled("0" * 32, 77, "", ""),
        ]

    def _record(self, body: e.AnyBody, name: e.EventName, about: str = "day:2027-01-01") -> Record:
        event = e.Event(name, about, (), "evil", "evil", MONDAY, MONDAY, body)
        return as_record(*encode(event))

    def _run(
        self, unit: str, bodies: list[e.AnyBody], keys: DeviceKeys | None = None, start: int | None = 0
    ) -> Run:  # fmt: skip
        """A run in a log begun now, or on from the end of its own (`start` None)."""
        keys = keys or self.device.keys
        log = LogName(keys.public.device, f"{self.chance.getrandbits(64):016x}")
        seq, known = 0, genesis(unit, log)
        if start is None:
            log, (seq, known) = self.device.own, self.device.map()[self.device.own]
        records = []
        for at, body in enumerate(bodies, seq + 1):
            record = self._record(body, e.EventName(*log, at))
            records.append(record)
            known = link(known, record)
        head = sign_head(keys, unit, log, seq + len(records), known)
        return Run(log, keys.public, seq + 1, tuple(records), (head,))

    def _overheard(self) -> Run | None:
        """Something a counter wrote that the server hasn't got yet."""
        seat = self.world.chance.choice(self.world.living(HOME))
        seat.store.journal.sign_head()
        held = self.world.server.map(HOME)
        after = {
            log: held[log].seq if log in held else 0
            for log, known in seat.store.map().items()
            if log.device == seat.store.keys.public.device
            and (log not in held or held[log].seq < known.seq)
        }
        runs = [
            run
            for run in seat.store.runs(after)
            if after[run.log] == 0
            or seat.store.hash_at(run.log, after[run.log]) == held[run.log].hash
        ]
        return self.chance.choice(runs) if runs else None

    def _hash_after(self, run: Run) -> bytes:
        return run.heads[-1].hash

    def _changed(self, record: Record) -> Record:
        if record.personal is not None and self.chance.random() < 0.5:
            personal = msgspec.json.decode(record.personal)
            personal["note"] = "sửa"
            return as_record(record.public, msgspec.json.encode(personal))
        public = msgspec.json.decode(record.public)
        public["by"] = "sửa"
        return as_record(msgspec.json.encode(public), record.personal)

    def _must_not_be_kept(self, run: Run, record: Record) -> None:
        before = self.world.server.events(HOME)
        self._must_be_refused(self._send(run), before, HOME)
        seat = self.world.chance.choice(self.world.living(HOME))
        held = seat.events()
        try:
            seat.store.take((run,))
        except MessageRejected:
            return
        new = set(seat.events()) - set(held)
        rows = seat.store.database.rows("SELECT public, personal FROM events")
        if new and (record.public, record.personal) in rows:
            raise Violated("I6", f"{seat.name} took in a forged event of {run.log}")

    def _must_be_refused(
        self, answer: Message, before: dict[e.EventName, bytes], unit: str
    ) -> None:
        if not answer.trouble or answer.runs or self.world.server.events(unit) != before:
            raise Violated("I11" if unit == AWAY else "I6", "the server took what it must refuse")

    def _send(self, run: Run, unit: str = HOME) -> Message:
        self.world.server.crash = None
        keys, number = self.device.keys, self.device.exchange_number()
        held = self.device.map()
        message = Message(
            unit, keys.public, DEVICE.device, number + 10_000, map_hash(held), held, (run,)
        )
        self.device.set_exchange_number(number + 10_000)
        return unpack(self.world.server.answer("/exchange", pack(message, keys))[1])

    def _exchange(self) -> None:
        self.world.server.crash = None
        try:
            exchange(self.device, self.device.keys, HOME, ServerAddress(URL, DEVICE), self.device)
        except Refused as refused:
            self.world.note(f"evil: {refused}")
