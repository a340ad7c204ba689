"""Tells how a hub stands: which counters met it and when, and what its server hasn't signed for yet."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from socket import create_connection
from typing import NamedTuple
from urllib.parse import urlsplit

import msgspec
from sqlalchemy import select

from app.files import put_durably
from app.models.deadlines.calendar import VIETNAM
from app.models.exchange.messages import Map, Passed
from server.ledger.ledger import Ledger
from server.store import tables as t
from server.store.database import reading
from server.units.units import Units

RUNNING = "running.json"
PATIENCE = 2.0  # seconds for a process of this PC to answer


class Running(msgspec.Struct, frozen=True):
    """Where the hub listens, since when, and why its last try to reach its server failed."""

    address: str
    since: datetime
    trouble: str = ""


class Standing(NamedTuple):
    """`met`: when each counter, by its number, exchanged with the hub last; `waiting` events that
    the server's last word doesn't name; `trouble` is why the last try to reach it failed.
    """

    met: Mapping[int, datetime]
    waiting: int
    trouble: str = ""

    def facts(self) -> dict[str, object]:
        """As programs are told."""
        met = [{"counter": number, "at": at.isoformat()} for number, at in self.met.items()]
        return {"counters": met, "waiting": self.waiting, "trouble": self.trouble}


def standing(units: Units, unit: str, word: Passed | None, trouble: str = "") -> Standing:
    """As the hub's own data tells it."""
    with reading(units.engine, unit) as connection:
        held = Ledger(connection, unit, "").map()
        x, d = t.exchanges.c, t.devices.c
        query = (
            select(d.counter, x.at)
            .where(x.unit == unit, d.unit == unit, d.device == x.device, d.counter > 0)
            .order_by(x.at)
        )
        met = {
            counter: datetime.fromtimestamp(at, VIETNAM)
            for counter, at in connection.execute(query)
        }
    return Standing(dict(sorted(met.items())), lacking(held, word.map if word else {}), trouble)


def lacking(held: Map, signed: Map) -> int:
    """How many of the events held are beyond what was signed for."""
    ends = ((known.seq, signed[log].seq if log in signed else 0) for log, known in held.items())
    return sum(max(0, here - there) for here, there in ends)


@contextmanager
def running(data: Path, address: str, now: datetime) -> Iterator[None]:
    """While it lasts the data folder says where the hub listens."""
    note = data / RUNNING
    put_durably(note, msgspec.json.encode(Running(address, now)))
    try:
        yield
    finally:
        note.unlink(missing_ok=True)


def note_trouble(data: Path, trouble: str) -> None:
    """From now on the running hub's note says so, too."""
    note = data / RUNNING
    with suppress(OSError, msgspec.DecodeError):
        noted = msgspec.json.decode(note.read_bytes(), type=Running)
        if noted.trouble != trouble:
            put_durably(note, msgspec.json.encode(msgspec.structs.replace(noted, trouble=trouble)))


def found_running(data: Path) -> Running | None:
    """The hub on this data folder, where somebody still answers; a killed one leaves its note behind."""
    with suppress(OSError, msgspec.DecodeError):
        noted = msgspec.json.decode((data / RUNNING).read_bytes(), type=Running)
        where = urlsplit(noted.address)
        host = "127.0.0.1" if where.hostname == "0.0.0.0" else where.hostname  # noqa: S104  # compared only
        create_connection((host or "", where.port or 0), PATIENCE).close()
        return noted
    return None


def line(told: Standing) -> str:
    """For who began the hub and reads what it says."""
    return json.dumps({"standing": told.facts()}, ensure_ascii=False)
