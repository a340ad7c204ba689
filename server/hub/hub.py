"""A hub: one unit's replica on its own network, known to its server like a device.

It takes in and gives out what counters bring, grants nothing, and carries everything upward when
there is a line. What stands in the unit is what the server said, wherever it was heard.
"""

from collections.abc import AsyncGenerator, Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import msgspec
from sqlalchemy import Engine, insert
from sqlalchemy.exc import IntegrityError

from app.files import put_durably
from app.models.errors import UNREADABLE, BadInput
from app.models.exchange.chain import DeviceKeys, PublicKeys
from app.models.exchange.enrolment import HUB_COUNTER
from app.models.exchange.messages import MapRow, Passed, map_of, map_rows
from app.models.exchange.talk import Outcome, Peer
from app.sync.address import ServerAddress, checked_url
from app.sync.client import exchange
from app.sync.enrol import enrol
from app.sync.listening import spoken
from server.store import tables as t
from server.store.database import writing
from server.units.replica import UnitReplica
from server.units.units import Units

ROLE = "hub.json"
WORD = "word.bin"


class Role(msgspec.Struct, frozen=True):
    """The unit a hub serves and the server it is enrolled at; keys are hex."""

    unit: str
    url: str
    sign_key: str
    seal_key: str
    pin: str = ""

    @property
    def server(self) -> ServerAddress:
        keys = PublicKeys(bytes.fromhex(self.sign_key), bytes.fromhex(self.seal_key))
        return ServerAddress(self.url, keys, self.pin)


def role_in(data: Path) -> Role | None:
    """The role of the hub on this data folder; None for a server."""
    try:
        return msgspec.json.decode((data / ROLE).read_bytes(), type=Role)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, *UNREADABLE) as error:
        raise BadInput(f"Tệp {data / ROLE} hỏng; hãy ghi danh lại trạm trung chuyển.") from error


def standing_role(data: Path) -> Role:
    """As `role_in`, of a folder that must be a hub's; raises `BadInput`."""
    role = role_in(data)
    if role is None:
        raise BadInput("Máy này chưa là trạm trung chuyển nào. Hãy ghi danh bằng hub join trước.")
    return role


def mend_address(data: Path, url: str) -> Role:
    """Look for the hub's server at `url` from now on; which keys it must hold there stays as it was.

    Raises `BadInput`.
    """
    role = msgspec.structs.replace(standing_role(data), url=checked_url(url))
    put_durably(data / ROLE, msgspec.json.encode(role))
    return role


def join(
    data: Path, engine: Engine, keys: PublicKeys, unit: str, url: str, code: str, now: datetime
) -> str:
    """Make this data folder the hub of `unit`, by a one-time code of its server; the unit's name.

    Raises `BadInput`, `OtherSideFailed`.
    """
    met = enrol(url, code, keys, HUB_COUNTER, unit)
    server = met.server
    with suppress(IntegrityError), writing(engine, unit) as connection:
        row = {"unit": unit, "name": met.unit_name, "added_at": int(now.timestamp())}
        connection.execute(insert(t.units), row)
    role = Role(unit, server.url, server.keys.sign.hex(), server.keys.seal.hex(), server.pin)
    put_durably(data / ROLE, msgspec.json.encode(role))
    return met.unit_name


class _Kept(msgspec.Struct, frozen=True):
    packed: bytes
    map: tuple[MapRow, ...]


class Relay(UnitReplica):
    """Carries a hub's replica up to its server, and brings that server's word down."""

    def __init__(
        self, units: Units, role: Callable[[], Role], keys: DeviceKeys, now: Callable[[], datetime],
        kept: Path,
    ) -> None:  # fmt: skip
        """`role` as it stands now: its address may be mended meanwhile; `kept` is the file in which
        the server's word outlives this process."""
        self._unit = role().unit
        super().__init__(units, self._unit)
        self._role = role
        self._keys = keys
        self._now = now
        self._kept = kept
        self._word = word_in(kept)

    def word(self) -> Passed | None:
        """The server's last signed word; None before the first."""
        return self._word

    def relay(self) -> Outcome:
        """One exchange with the server; raises `OtherSideFailed`."""
        server = self._role().server
        peer = Peer(server.keys, server.keys.device, for_others=True)
        done = exchange(self, self._keys, self._unit, server, self, peer=peer)
        if done.word and done.word != self._word:
            self._word = done.word
            _keep(self._kept, done.word)
        return done

    def address(self) -> str:
        """Where its server is looked for now. Raises `BadInput`."""
        return self._role().url

    def news(self) -> AsyncGenerator[str, None]:
        """What the server says whenever it holds something else; raises `OtherSideFailed`."""
        return spoken(self._keys, self._unit, self._role().server)

    # --- its numbers, each a transaction of its own -----------------------------

    def exchange_number(self) -> int:
        with self._units.open(self._unit) as ledger:
            own = self._keys.public.device
            number = ledger.devices.known(own).number + 1
            ledger.devices.note_number(own, number, self._now())
            return number

    def set_exchange_number(self, number: int) -> None:
        with self._units.open(self._unit) as ledger:
            own = self._keys.public.device
            highest = max(number, ledger.devices.known(own).number)
            ledger.devices.note_number(own, highest, self._now())


# --- the server's word on disk: signed, so that whoever hears it need not trust this file ----------


def word_in(file: Path) -> Passed | None:
    """What was kept there; None when there is none, or it didn't come whole onto the disk: the next exchange brings one."""
    try:
        kept = msgspec.msgpack.decode(file.read_bytes(), type=_Kept)
        return Passed(kept.packed, map_of(kept.map))
    except (OSError, ValueError):  # `DecodeError` is a `ValueError`
        return None


def _keep(file: Path, word: Passed) -> None:
    put_durably(file, msgspec.msgpack.encode(_Kept(word.packed, map_rows(word.map))))
