"""One exchange over HTTP: with the server, or with a hub near by."""

from collections.abc import Callable

import httpx

from app.models.errors import OtherSideFailed
from app.models.exchange.chain import DeviceKeys
from app.models.exchange.messages import Replica
from app.models.exchange.talk import (
    NO_ANSWER,
    Heard,
    NumberSource,
    Outcome,
    Peer,
    converse,
    unheard,
)
from app.sync.address import ServerAddress
from app.sync.http import line, post, trust_for

__all__ = ["NumberSource", "Outcome", "exchange"]

ANSWERED = (200, 403, 503)
"""Answered, revoked, for now unable: each signed, or it counts for nothing."""


def exchange(
    replica: Replica,
    keys: DeviceKeys,
    unit: str,
    server: ServerAddress,
    numbers: NumberSource,
    transport: httpx.BaseTransport | None = None,
    peer: Peer | None = None,
    heard: Heard = unheard,
) -> Outcome:
    """Exchange until neither side has anything the other lacks; `peer` tells of a hub.

    Raises `OtherSideFailed`; what was taken in or acknowledged until then stays so.
    """
    with line(transport or trust_for(server.url, server.pin)) as client:

        def ask(travelling: bytes, meanwhile: Callable[[], None]) -> bytes:
            url = f"{server.url}/exchange"
            status, body = post(client, url, travelling, "application/octet-stream", meanwhile)
            if status not in ANSWERED:
                raise OtherSideFailed(NO_ANSWER)
            return body

        whom = peer or Peer(server.keys, server.keys.device)
        return converse(replica, keys, unit, whom, numbers, ask, heard)
