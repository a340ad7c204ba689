"""The scans in a bundle to a counter: of those it said it lacks as many as there is room for."""

from collections.abc import Iterator
from typing import NamedTuple

import msgspec
from sqlalchemy import and_, select, update

from app.models.events.event import EventName
from app.models.exchange import file_talk as talk
from app.models.exchange.chain import DeviceKeys, PublicKeys
from server.exchange.files import Files
from server.ledger.ledger import Ledger
from server.store import tables as t


class Named(NamedTuple):
    """A file that lies here whole, of `size` sealed bytes, and an event that names it."""

    file: str
    event: EventName
    size: int


def keep_wanted(ledger: Ledger, device: str, files: tuple[str, ...]) -> None:
    """Remember what a device lacked when it wrote its newest bundle."""
    c = t.peers.c
    wanted = msgspec.json.encode(files).decode()
    one = and_(c.unit == ledger.unit, c.device == device)
    ledger.connection.execute(update(t.peers).where(one).values(wanted=wanted))


def wanted(ledger: Ledger, device: str) -> list[str]:
    """What it lacked then, what it wants most first."""
    c = t.peers.c
    query = select(c.wanted).where(c.unit == ledger.unit, c.device == device)
    text = ledger.connection.scalar(query)
    return msgspec.json.decode(text, type=list[str]) if text else []


def waiting(files: Files, unit: str, wanted: list[str]) -> list[Named]:
    """Those of them that lie here whole, in their order."""
    if not wanted:
        return []
    whole, named = set(files.whole(unit)), files.named(unit)
    return [Named(file, *named[file]) for file in wanted if file in whole and file in named]


def words(
    files: Files, chosen: list[Named], keys: DeviceKeys, unit: str, whom: PublicKeys
) -> Iterator[bytes]:
    """The chosen ones, sealed to `whom` part by part."""
    for named in chosen:
        for start in range(0, named.size, talk.PART):
            part = files.given(unit, named.file, start).part
            put = talk.Put(named.file, named.event, start, part)
            yield talk.said(put, keys, unit, whom)
