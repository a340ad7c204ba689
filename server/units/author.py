"""Writes the server's own events: towards each unit the server is a device like any other."""

from collections.abc import Callable, Sequence
from datetime import datetime

from app.models.dossiers.fold import heads
from app.models.dossiers.references import seen_as
from app.models.dossiers.standing import about
from app.models.events import event as e
from app.models.events.encoding import as_record, encode
from app.models.events.notices import NoticeSent, NoticeWithdrawn
from app.models.exchange.chain import (
    SIGN_EVERY,
    DeviceKeys,
    Head,
    LogName,
    genesis,
    links,
    sign_head,
)
from app.models.exchange.messages import Known, Run
from server.ledger.ledger import Ledger
from server.units.granted import Grant, Granted

BY = "server"

_ALONE = (e.Enrolled, e.LaneGranted, e.BookGranted, e.Revoked, NoticeSent, NoticeWithdrawn)


class Author:
    """Each process writes in an incarnation of its own, begun with its first event in a unit.

    What was last written is remembered and compared with the database, so that a database put back
    under a running server starts a new incarnation instead of a fork.
    """

    def __init__(
        self, keys: DeviceKeys, random: Callable[[int], bytes], granted: Granted | None = None
    ) -> None:
        self._keys = keys
        self._random = random
        self._granted = granted
        self._written: dict[str, tuple[LogName, Known]] = {}

    def given(self, ledger: Ledger) -> tuple[list[e.LaneGranted], list[e.BookGranted]]:
        """The lanes and books granted in the unit: those it holds, and those it may have forgotten."""
        lanes, books = ledger.devices.lanes(), ledger.devices.books()
        if self._granted is not None:
            lanes += self._granted.lanes(ledger.unit)
            books += self._granted.books(ledger.unit)
        return lanes, books

    def counters(self, unit: str) -> dict[int, str]:
        """Which device was enrolled as which counter, though the database may have forgotten it."""
        return {} if self._granted is None else self._granted.counters(unit)

    def write(self, ledger: Ledger, bodies: Sequence[e.AnyBody], now: datetime) -> None:
        """Append these events to the server's log of the unit, through the door everyone uses."""
        if not bodies:
            return
        self._remember(ledger, bodies)
        log, known = self._log(ledger)
        if known.seq == 0:
            bodies = (self._started(), *bodies)
        names = [
            e.EventName(*log, seq) for seq in range(known.seq + 1, known.seq + len(bodies) + 1)
        ]
        things = [_thing(name, body) for name, body in zip(names, bodies, strict=True)]
        told = ledger.folding.events_about(things)
        records = []
        for name, thing, body in zip(names, things, bodies, strict=True):
            saw = heads(_heard(log.device, body, told.get(thing, ())))
            seen = seen_as(name, thing, saw, ledger.hash_of)
            event = e.Event(
                name, thing, saw, by=BY, keyed_by=BY, at=now, keyed_at=now, body=body, seen_as=seen
            )
            records.append(as_record(*encode(event)))
        signed = self._heads(ledger.unit, log, known.seq + 1, links(known.hash, records))
        ledger.take((Run(log, self._keys.public, known.seq + 1, tuple(records), signed),))
        # before the commit: if it fails, the database differs and the next event starts anew
        self._written[ledger.unit] = (log, Known(signed[-1].seq, signed[-1].hash))

    def _log(self, ledger: Ledger) -> tuple[LogName, Known]:
        log, known = self._written.get(ledger.unit, (None, None))
        if log is not None and known is not None and ledger.map().get(log) == known:
            return log, known
        fresh = LogName(self._keys.public.device, self._random(8).hex())
        return fresh, Known(0, genesis(ledger.unit, fresh))

    def _remember(self, ledger: Ledger, bodies: Sequence[e.AnyBody]) -> None:
        """Before the commit: a number granted in vain is lost, one granted twice is printed twice."""
        new = [body for body in bodies if isinstance(body, Grant)]
        if new and self._granted is not None:
            held: list[Grant] = [*ledger.devices.lanes(), *ledger.devices.books()]
            self._granted.keep(ledger.unit, [*held, *new])

    def _started(self) -> e.IncarnationStarted:
        keys = self._keys.public
        return e.IncarnationStarted(counter=0, sign_key=keys.sign.hex(), seal_key=keys.seal.hex())

    def _heads(
        self, unit: str, log: LogName, first: int, hashes: Sequence[bytes]
    ) -> tuple[Head, ...]:
        last = first + len(hashes) - 1
        return tuple(
            sign_head(self._keys, unit, log, seq, hash_)
            for seq, hash_ in enumerate(hashes, first)
            if seq == last or seq % SIGN_EVERY == 0
        )


def _heard(own: str, body: e.AnyBody, told: Sequence[e.Event]) -> Sequence[e.Event]:
    """What a word of the server comes after: of what it alone may say, only what it said itself."""
    if not isinstance(body, _ALONE):
        return told
    return [event for event in told if event.name.device == own]


def _thing(name: e.EventName, body: e.AnyBody) -> str:
    return e.thing_of(name) if isinstance(body, e.IncarnationStarted) else about(body)
