"""Makes this counter known to a server with a one-time code, and the server known to this counter."""

from typing import NamedTuple

import httpx
import msgspec

from app.models.errors import UNREADABLE, OtherSideFailed
from app.models.exchange.chain import PublicKeys
from app.models.exchange.enrolment import Answered, Asked, Code, answerer, ask, pinned
from app.store.store import Store
from app.sync.address import ServerAddress, checked_url
from app.sync.certificate import ANY, seen
from app.sync.http import line, post, reach, trust_for

OK, REFUSED, BUSY = 200, 403, 503


class Enrolment(NamedTuple):
    """The server this counter now belongs to, and what it calls the unit."""

    server: ServerAddress
    unit_name: str
    branches: bool = False
    """It reads branches of a log, and files in bundles."""


class _Trouble(msgspec.Struct):
    trouble: str


def enrol(
    url: str,
    code: str,
    keys: PublicKeys,
    counter: int,
    unit: str,
    transport: httpx.BaseTransport | None = None,
    incarnation: str = "",
) -> Enrolment:
    """Enrol this device as `counter` of `unit`; asked again with the same code, nothing changes.

    `incarnation` is its log's, if that wants a lane (`numberless`). Raises `BadInput` for a wrong
    address or a code that is none, `OtherSideFailed` with the server's sentence, or when whoever
    answers doesn't know the code's secret.
    """
    address, one_time = checked_url(url), Code.parse(code)
    asked = ask(one_time, unit, counter, keys, incarnation)
    # whichever certificate: the proofs tell whose it must be, and nothing secret is sent
    trust = trust_for(address, ANY)
    with line(transport or trust) as client:
        body = msgspec.json.encode(asked)
        status, answer = post(client, f"{address}/enrol", body, "application/json")
    answered = _read(status, answer)
    met = proved(answered, one_time, asked, address) if answered else None
    if met is None:
        raise OtherSideFailed(
            "Nơi trả lời không phải là máy chủ đã cấp mã; kiểm tra địa chỉ rồi thử lại."
        )
    if transport is None and address.startswith("https:"):
        _check_certificate(met.server, seen(trust))
    return met


def numberless(store: Store) -> str:
    """The incarnation this counter writes in, where only a lane is lacking, as to counters from 10 on;
    else "": what it lacks besides, and for the next one, the first exchange tells the server."""
    own = store.journal.own()
    wants = own and own.keeps_its_numbers and not store.journal.why_anew()
    return own.log.incarnation if own and wants and not store.journal.holds()[0] else ""


def proved(answered: Answered, code: Code, asked: Asked, url: str) -> Enrolment | None:
    """What was answered, where whoever did knew the code's secret."""
    server, pin = answerer(answered, code.secret, asked), pinned(answered, code.secret, asked)
    if server is None or pin is None:
        return None
    return Enrolment(ServerAddress(url, server, pin), answered.unit_name, answered.branches)


def _read(status: int, body: bytes) -> Answered | None:
    try:
        if status in (REFUSED, BUSY):
            raise OtherSideFailed(msgspec.json.decode(body, type=_Trouble).trouble)
        return msgspec.json.decode(body, type=Answered) if status == OK else None
    except UNREADABLE:
        return None


def _check_certificate(server: ServerAddress, met: str) -> None:
    """The certificate met is the one the server proved, or one the web trusts."""
    if server.pin and server.pin != met:
        raise OtherSideFailed(
            "Có máy khác chen giữa quầy và máy chủ; chưa ghi danh. Hãy báo cấp trên kiểm tra đường mạng."
        )
    if not server.pin:
        reach(server.url, trust_for(server.url, ""))
