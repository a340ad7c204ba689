"""A counter made of nothing but the pure models, and a line to the server that needs no socket."""

import asyncio
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

import httpx
from sqlalchemy import select
from starlette.applications import Starlette

from app.models.citizens.applicant import Applicant
from app.models.deadlines.calendar import VIETNAM
from app.models.deadlines.deadline import Limit, LimitUnit
from app.models.dossiers.dossier import Dossier
from app.models.dossiers.fold import fold
from app.models.dossiers.standing import about
from app.models.events import event as e
from app.models.events import facts
from app.models.events.encoding import Record, as_record, decode, encode
from app.models.exchange.chain import (
    DeviceKeys,
    Head,
    LogName,
    PublicKeys,
    genesis,
    link,
    sign_head,
)
from app.models.exchange.messages import (
    STRETCH,
    Known,
    Message,
    MessageRejected,
    Run,
    Taken,
    take,
    unpack,
)
from app.models.exchange.sealing import is_sealed, unseal
from app.models.exchange.talk import Outcome
from app.sync.address import ServerAddress
from app.sync.client import exchange
from app.sync.enrol import Enrolment, enrol
from server import keys
from server.build import Server, build
from server.store import tables
from server.web.web import application

UNIT = "H50.12"
NOW = datetime(2026, 11, 30, 9, 0, tzinfo=VIETNAM)
DUE = datetime(2026, 12, 3, 16, 30, tzinfo=VIETNAM)
URL = "http://127.0.0.1:8710"

Body = TypeVar("Body", bound=e.Body)

_read = lru_cache(10_000)(decode)  # each deed asks what the whole log means


@dataclass
class Log:
    """One log as the counter holds it."""

    keys: PublicKeys
    records: list[Record] = field(default_factory=list)
    hashes: list[bytes] = field(default_factory=list)
    heads: list[Head] = field(default_factory=list)


class SmallCounter:
    """A `Replica` and `NumberSource` in memory; every event is signed as soon as it is written."""

    def __init__(self, name: str, counter: int, unit: str = UNIT, **started: object) -> None:
        self.keys = DeviceKeys(
            sha256(name.encode()).digest() + sha256(b"seal" + name.encode()).digest()
        )
        self.unit, self.counter = unit, counter
        self.logs: dict[LogName, Log] = {}
        self.number = 0
        self.own = LogName("", "")
        self.start(f"{counter:016x}", **started)

    # --- deeds ----------------------------------------------------------------------------------

    def start(self, incarnation: str, **started: object) -> None:
        """Begin an incarnation."""
        self.own = LogName(self.keys.public.device, incarnation)
        sign, seal = self.keys.public.sign.hex(), self.keys.public.seal.hex()
        self.write(e.IncarnationStarted(self.counter, sign, seal, **started))  # type: ignore[arg-type]

    def write(self, body: e.AnyBody, thing: str = "", salt: str = "") -> e.EventName:
        """Append one event; without a `thing` it opens one, or is about what its body names."""
        held = self.map().get(self.own) or Known(0, genesis(self.unit, self.own))
        name = e.EventName(*self.own, held.seq + 1)
        opens = isinstance(body, e.Received | e.IncarnationStarted)
        thing = thing or (str(name) if opens else about(body))
        personal = e.Personal(salt=salt, applicant=Applicant("Nguyễn Thị Ánh")) if salt else None
        saw = () if opens else self._heads(thing)
        event = e.Event(name, thing, saw, "lan", "lan", NOW, NOW, body, personal)
        self.write_bytes(*encode(event))
        return name

    def write_bytes(self, public: bytes, personal: bytes | None = None) -> None:
        """Append one event as it stands, chained and signed."""
        held = self.map().get(self.own) or Known(0, genesis(self.unit, self.own))
        record = as_record(public, personal)
        known = Known(held.seq + 1, link(held.hash, record))
        head = sign_head(self.keys, self.unit, self.own, *known)
        run = Run(self.own, self.keys.public, known.seq, (record,), (head,))
        self._keep(run, [(record, known.hash)])

    def receive(self, number: int, salt: str = "") -> e.EventName:
        """Take in one dossier, numbered in this counter's lane."""
        return self.write(self.received(number), salt=salt or f"salt-{self.counter}-{number}")

    def received(self, number: int) -> e.Received:
        """What `receive` says."""
        return e.Received(
            procedure="1.001193",
            procedure_name="Thủ tục đăng ký khai sinh",
            field="Hộ tịch",
            case=1,
            case_name="",
            limit=Limit(3, LimitUnit.WORKING_DAY, "03 ngày làm việc", "Đ.16"),
            promise=facts.Promise(DUE),
            code=f"{self.unit}-261130-{self.counter + 20 * number:04d}",
        )

    # --- the replica ----------------------------------------------------------------------------

    def map(self) -> dict[LogName, Known]:
        return {log: Known(len(kept.hashes), kept.hashes[-1]) for log, kept in self.logs.items()}

    def hash_at(self, log: LogName, seq: int) -> bytes | None:
        if seq == 0:
            return genesis(self.unit, log)
        kept = self.logs.get(log)
        return kept.hashes[seq - 1] if kept and 0 < seq <= len(kept.hashes) else None

    def runs(self, after: Mapping[LogName, int], budget: int = STRETCH) -> tuple[Run, ...]:
        return tuple(self._rest(log, seq) for log, seq in after.items())

    def take(self, runs: Iterable[Run]) -> Taken:
        received = 0
        for run in runs:
            try:
                _, new = take(run, self.unit, self.map().get(run.log))
            except MessageRejected:
                if self._knows_another(run):
                    continue  # it keeps one branch of a log
                raise
            self._keep(run, new)
            received += len(new)
        return Taken(received)

    def _knows_another(self, run: Run) -> bool:
        """True for a stretch of another branch of a log that is held."""
        if run.log.root not in self.logs or not run.heads:
            return False
        seq, hash_, _ = run.heads[-1]
        return "~" in run.log.incarnation or self.hash_at(run.log, seq) != hash_

    def exchange_number(self) -> int:
        self.number += 1
        return self.number

    def set_exchange_number(self, number: int) -> None:
        self.number = number

    # --- what it all means ----------------------------------------------------------------------

    def events(self) -> list[e.Event]:
        return [
            _read(e.EventName(*log, seq), record.public, record.personal)
            for log, kept in self.logs.items()
            for seq, record in enumerate(kept.records, 1)
        ]

    def bodies(self, kind: type[Body]) -> list[Body]:
        """The bodies of one type, in no order."""
        return [x.body for x in self.events() if isinstance(x.body, kind)]

    def board(self) -> dict[str, Dossier]:
        """The dossiers by what they are called in events."""
        things: dict[str, list[e.Event]] = {}
        for event in self.events():
            things.setdefault(event.about, []).append(event)
        folded = {thing: fold(events).dossier for thing, events in things.items()}
        return {thing: dossier for thing, dossier in folded.items() if dossier}

    def _heads(self, thing: str) -> tuple[e.EventName, ...]:
        events = [event for event in self.events() if event.about == thing]
        seen = {name for event in events for name in event.saw}
        return tuple(sorted(event.name for event in events if event.name not in seen))

    def _keep(self, run: Run, new: list[tuple[Record, bytes]]) -> None:
        kept = self.logs.setdefault(run.log, Log(run.keys))
        kept.heads += [head for head in run.heads if head.seq > len(kept.hashes)]
        kept.records += [record for record, _ in new]
        kept.hashes += [hash_ for _, hash_ in new]

    def _rest(self, log: LogName, after: int) -> Run:
        kept = self.logs[log]
        heads = tuple(head for head in kept.heads if head.seq > after)
        return Run(log, kept.keys, after + 1, tuple(kept.records[after:]), heads)


# --- the server ---------------------------------------------------------------------------------


def opened(travelling: bytes, keys: DeviceKeys) -> bytes:
    """The packed message in what travels, sealed to `keys` or bare."""
    return unseal(travelling, keys) if is_sealed(travelling) else travelling


class Line(httpx.BaseTransport):
    """Straight into the server's application; `spoil` may change, lose or repeat what travels."""

    def __init__(self, app: Starlette) -> None:
        self._server = httpx.ASGITransport(app)
        self.before: Callable[[bytes], bytes] = lambda body: body
        self.after: Callable[[httpx.Response], httpx.Response] = lambda response: response
        self.sent: list[bytes] = []
        self.answered: list[bytes] = []

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        body = self.before(request.read())
        self.sent.append(body)
        headers = [
            (name, value) for name, value in request.headers.items() if name != "content-length"
        ]
        again = httpx.Request(request.method, request.url, headers=headers, content=body)
        response = self.after(asyncio.run(self._whole(again)))
        self.answered.append(response.content)
        stream = httpx.ByteStream(response.content)
        return httpx.Response(response.status_code, headers=response.headers, stream=stream)

    async def _whole(self, request: httpx.Request) -> httpx.Response:
        response = await self._server.handle_async_request(request)
        await response.aread()
        return response


class SmallServer:
    """A real server on a real file, or on the PostgreSQL `store` names, at a clock that stands."""

    def __init__(self, data: Path, *units: str, store: str = "") -> None:
        self.data = data
        self.store = store
        self.now = NOW
        self.built: Server = build(data, store)
        for unit in units:
            self.built.units.add(unit, "Xã Mẫu", self.built.author, self.now)
        self.line = Line(self.app())

    def app(self) -> Starlette:
        built = self.built
        return application(
            built.units, built.upstream, built.enrolment, lambda: self.now, ballots=built.ballots
        )

    def restart(self) -> None:
        """Another process on the same data."""
        self.built.engine.dispose()
        self.built = build(self.data, self.store)
        self.line = Line(self.app())

    def code(self, unit: str = UNIT) -> str:
        return str(self.built.enrolment.new_code(unit, self.now)[0])

    def enrol(self, counter: SmallCounter, code: str = "") -> Enrolment:
        code = code or self.code(counter.unit)
        return enrol(URL, code, counter.keys.public, counter.counter, counter.unit, self.line)

    @property
    def keys(self) -> DeviceKeys:
        return keys.device_keys(keys.secret(self.data))

    def address(self) -> ServerAddress:
        return ServerAddress(URL, self.keys.public)

    def answer(self, question: bytes, asker: SmallCounter) -> Message:
        """What it answers to a question, read with the asker's eyes."""
        return unpack(opened(self.built.upstream.answer(question, self.now), asker.keys))

    def exchange(self, counter: SmallCounter, line: httpx.BaseTransport | None = None) -> Outcome:
        return exchange(
            counter, counter.keys, counter.unit, self.address(), counter, line or self.line
        )

    def map(self) -> dict[LogName, Known]:
        """What the server holds of the unit."""
        with self.built.units.open(UNIT) as ledger:
            return ledger.map()

    def forks(self) -> int:
        """How many alarms it raised in the unit."""
        with self.built.units.open(UNIT) as ledger:
            return len(ledger.connection.execute(select(tables.forks)).all())
