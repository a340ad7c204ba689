"""Builds a server on its data folder, and sees the same data as a hub does."""

from collections.abc import Callable
from pathlib import Path
from secrets import token_bytes
from typing import NamedTuple

from sqlalchemy import Engine

from app.models.exchange.chain import DeviceKeys
from app.models.exchange.messages import Passed
from server import keys
from server.exchange.upstream import Upstream
from server.hub.hub import Role
from server.store.database import open_embedded
from server.store.postgres import open_url
from server.units.author import Author
from server.units.enrolment import Enrolment
from server.units.granted import Granted
from server.units.phone import PhoneBallots
from server.units.units import Units


class Server(NamedTuple):
    """Everything, built and joined."""

    keys: DeviceKeys
    engine: Engine
    units: Units
    author: Author
    upstream: Upstream
    enrolment: Enrolment
    ballots: PhoneBallots | None
    """What citizens say by phone; a hub takes none."""


def build(data: Path, store: str = "", pin: str = "", *, in_keyring: bool = False) -> Server:
    """The server on its data folder; `store` is a PostgreSQL's URL, if it uses one.

    `pin` is the key of its certificate, if it speaks TLS itself. `in_keyring`: the OS keyring keeps its
    secret from now on, where one answers.
    """
    root = keys.secret(data, in_keyring=in_keyring)
    engine = (
        open_url(store) if store else open_embedded(data / "server.db", keys.database_key(root))
    )
    device = keys.device_keys(root)
    units = Units(engine, device.public.device)
    author = Author(device, token_bytes, Granted(data / "granted"))
    return Server(
        device,
        engine,
        units,
        author,
        Upstream(units, author, device),
        Enrolment(units, author, device.public, token_bytes, pin),
        PhoneBallots(units, keys.ballot_key(root)),
    )


def as_hub(server: Server, role: Role, word: Callable[[], Passed | None] = lambda: None) -> Server:
    """The same data as a hub sees it; `word` is what it passes on of its own server."""
    authority = role.server.keys.device
    units = Units(server.engine, authority)
    upstream = Upstream(units, None, server.keys, authority, word)
    return server._replace(units=units, upstream=upstream, ballots=None)
