"""Whom this counter knows by their keys: its server, and the devices that server enrolled."""

from typing import NamedTuple

import msgspec

from app.models.errors import BadInput, Refused
from app.models.exchange.chain import PublicKeys
from app.models.exchange.enrolment import HUB_COUNTER, read_keys
from app.models.unit.officer import Officer, check_leads
from app.store.own.keeping import HUB, SERVER
from app.store.store import Store
from app.sync.address import ServerAddress, checked_url


class Known(NamedTuple):
    """A device of the unit: `called` server, hub or its counter's number; `peer` names its map.

    `branches`: it read them as it enrolled, as the server says.
    """

    keys: PublicKeys
    called: str
    peer: str
    branches: bool = False


class _Kept(msgspec.Struct, frozen=True):
    url: str
    sign: str
    seal: str
    pin: str = ""


def server_of(store: Store) -> ServerAddress | None:
    """The server this counter is enrolled at."""
    kept = store.keeping.get("server")
    if not kept:
        return None
    server = msgspec.json.decode(kept, type=_Kept)
    keys = PublicKeys(bytes.fromhex(server.sign), bytes.fromhex(server.seal))
    return ServerAddress(server.url, keys, server.pin)


def keep_server(store: Store, address: ServerAddress) -> None:
    """From now on this is the counter's server."""
    keys = address.keys
    kept = _Kept(address.url, keys.sign.hex(), keys.seal.hex(), address.pin)
    store.keeping.put("server", msgspec.json.encode(kept).decode())
    store.keeping.put("server_device", keys.device)


def enrolled_server(store: Store) -> ServerAddress:
    """The server, of a counter that must have one; raises `Refused`."""
    server = server_of(store)
    if server is None:
        raise Refused(
            "Quầy này chưa ghi danh với máy chủ. Hãy lấy mã ghi danh của cấp trên rồi ghi danh."
        )
    return server


def mend_address(store: Store, officer: Officer, url: str) -> None:
    """Look for the server at `url` from now on; which keys it must hold there stays as it was proved.

    Raises `BadInput`, `Refused`.
    """
    check_leads(officer, "sửa địa chỉ máy chủ")
    keep_server(store, enrolled_server(store)._replace(url=checked_url(url)))


def devices(store: Store) -> dict[str, Known]:
    """By device: the server, and whom it enrolled and didn't revoke, but this counter itself."""
    server = enrolled_server(store).keys
    found = {server.device: Known(server, SERVER, SERVER)}
    for device, body in store.standing.enrolled(server.device).items():
        keys = read_keys(body.sign_key, body.seal_key)
        if keys and device != store.keys.public.device:
            is_hub = body.counter == HUB_COUNTER
            called = HUB if is_hub else str(body.counter)
            peer = f"{HUB}:{device}" if is_hub else device
            found[device] = Known(keys, called, peer, body.branches)
    return found


def hubs_of(store: Store) -> dict[str, Known]:
    """The unit's hubs by device, the newest first."""
    return {d: known for d, known in reversed(devices(store).items()) if known.called == HUB}


def reads_branches(store: Store, reader: Known) -> bool:
    """True when it reads branches of a log, and files in bundles: as it last said here, else at its
    enrolment."""
    said = store.keeping.get(f"branches:{reader.peer}")
    return said == "1" if said else reader.branches


def note_reader(store: Store, peer: str, *, branches: bool) -> None:
    """Keep what a peer said of that here."""
    name, said = f"branches:{peer}", str(int(branches))
    if store.keeping.get(name) != said:
        store.keeping.put(name, said)


def named(store: Store, called: str) -> Known:
    """The server, the newest hub, or counter `called`; raises `BadInput`, `Refused`."""
    if called not in {SERVER, HUB} and not called.isdecimal():
        raise BadInput("Gói gửi cho ai? Hãy ghi --to server, --to hub hoặc --to và số quầy.", "to")
    wanted = str(int(called)) if called.isdecimal() else called
    for known in reversed(devices(store).values()):
        if known.called == wanted:
            return known
    who = "trạm trung chuyển" if called == HUB else f"quầy số {called}"
    raise Refused(f"Chưa biết {who} nào đã ghi danh. Hãy đồng bộ với máy chủ rồi làm lại.")
