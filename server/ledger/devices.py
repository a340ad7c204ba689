"""What the server knows of a unit's devices: who is enrolled, what they hold, what is wrong with them."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    Table,
    and_,
    bindparam,
    exists,
    func,
    insert,
    select,
    update,
)

from app.models.events import event as e
from app.models.exchange.chain import LogName
from server.store import tables as t

MOST_STRANGERS = 200  # in a unit


class Device(NamedTuple):
    """What is known of a device. Once `revoked`, in any of its logs, it can only come back as another.

    `number` is the highest exchange number seen of it, 0 before its first; `branches`: it last said
    that it reads branches of a log.
    """

    enrolled: bool
    revoked: bool
    number: int
    branches: bool


class Fork(NamedTuple):
    """Two histories of one log, as hashes after the same seq: held here, and told by another."""

    log: LogName
    seq: int
    here: bytes
    there: bytes


def _of_device(table: Table) -> ColumnElement[bool]:
    return and_(table.c.unit == bindparam("of"), table.c.device == bindparam("by"))


# asked at every exchange, and made once: that takes longer than the answer
_COUNTERS = select(t.devices.c.device, t.devices.c.counter).where(
    t.devices.c.unit == bindparam("of")
)
_KNOWN = select(
    exists().where(_of_device(t.devices)),
    exists().where(_of_device(t.revocations)),
    select(t.exchanges.c.number).where(_of_device(t.exchanges)).scalar_subquery(),
    select(t.exchanges.c.branches).where(_of_device(t.exchanges)).scalar_subquery(),
)
_AGAIN = update(t.exchanges).where(_of_device(t.exchanges))


class Devices:
    """One unit's devices, within the caller's transaction."""

    def __init__(self, connection: Connection, unit: str) -> None:
        self._connection = connection
        self._unit = unit

    def counters(self) -> dict[str, int]:
        """The counter number of each device ever enrolled."""
        return dict(self._connection.execute(_COUNTERS, {"of": self._unit}).all())

    def known(self, device: str) -> Device:
        """What is known of one device."""
        row = self._connection.execute(_KNOWN, {"of": self._unit, "by": device}).one()
        enrolled, revoked, number, branches = row
        return Device(bool(enrolled), bool(revoked), number or 0, bool(branches))

    def note_number(
        self, device: str, number: int, at: datetime, *, branches: bool = False
    ) -> None:
        """Keep the number of the exchange now answered, and whether the device reads branches."""
        now = {"number": number, "at": int(at.timestamp()), "branches": int(branches)}
        if not self._connection.execute(_AGAIN, {"of": self._unit, "by": device, **now}).rowcount:
            row = {"unit": self._unit, "device": device, **now}
            self._connection.execute(insert(t.exchanges), row)

    def note_refused(self, device: str, why: str, at: datetime) -> None:
        """Count an exchange that was refused: `why` is "stranger" or "revoked".

        Of strangers only so many are told apart: anybody can make up a device.
        """
        c = t.refusals.c
        of_unit = and_(c.unit == self._unit, c.why == why)
        one = and_(of_unit, c.device == device)
        seconds = int(at.timestamp())
        again = update(t.refusals).where(one).values(times=c.times + 1, last_at=seconds)
        if self._connection.execute(again).rowcount:
            return
        kept = select(func.count()).select_from(t.refusals).where(of_unit)
        if (self._connection.scalar(kept) or 0) < MOST_STRANGERS:
            row = {"unit": self._unit, "device": device, "why": why, "times": 1}
            self._connection.execute(
                insert(t.refusals), row | {"first_at": seconds, "last_at": seconds}
            )

    def lanes(self) -> list[e.LaneGranted]:
        """Every lane ever granted in the unit."""
        c = t.lanes.c
        query = select(c.device, c.incarnation, c.lane, c.first, c.last)
        rows = self._connection.execute(query.where(c.unit == self._unit))
        return [e.LaneGranted(*row) for row in rows]

    def books(self) -> list[e.BookGranted]:
        """Every book ever granted in the unit."""
        c = t.books.c
        query = select(c.device, c.incarnation, c.book).where(c.unit == self._unit)
        return [e.BookGranted(*row) for row in self._connection.execute(query)]

    def alarmed(self, log: LogName) -> list[tuple[int, bytes]]:
        """Seq and hash of what raised an alarm about a log so far, held or only told of."""
        c = t.forks.c
        query = select(c.seq, c.their_hash).where(
            c.unit == self._unit, c.device == log.device, c.incarnation == log.incarnation
        )
        return [(seq, bytes.fromhex(hash_)) for seq, hash_ in self._connection.execute(query)]

    def alarm(self, fork: Fork, told_by: str, at: datetime) -> None:
        """Note a branch once."""
        row = {
            "unit": self._unit,
            "device": fork.log.device,
            "incarnation": fork.log.incarnation,
            "their_hash": fork.there.hex(),
            "seq": fork.seq,
            "our_hash": fork.here.hex(),
            "told_by": told_by,
            "at": int(at.timestamp()),
        }
        same = and_(*(column == row[column.name] for column in t.forks.primary_key))
        if self._connection.execute(select(t.forks.c.seq).where(same)).first() is None:
            self._connection.execute(insert(t.forks), row)
