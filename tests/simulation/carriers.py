"""People who carry sticks: they lose them, cut them short, spoil a bit, hand over an older one first.

Some seats no line reaches: every exchange of theirs is a bundle there and another home, with scans
behind the events.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, NamedTuple

from app.models.errors import Refused
from app.models.exchange.bundle import Bound
from app.store.own.attachments import FOLDER
from app.store.own.keeping import SERVER
from app.sync.bundle import ALL
from app.sync.carrying import read_bundle, write_bundle
from tests.simulation import checks, scans
from tests.simulation.oracle import Violated
from tests.simulation.seats import Crashed, Seat, hashes_of
from tests.simulation.upstream import DEVICE

if TYPE_CHECKING:
    from tests.simulation.world import World

LOST, CUT, SPOILED = "stick lost", "stick cut short", "stick spoiled"
AGAIN, OLDER, NO_ROOM = "stick read twice", "older stick first", "stick too small"
FAULTS = (LOST, CUT, SPOILED, AGAIN, OLDER, NO_ROOM)
AT_HAND = 8  # older sticks that still lie about


class Stick(NamedTuple):
    """A bundle as it was written; by which device and for which, and its writer's exchange number."""

    content: bytes
    by: str
    to: str
    number: int = 0


class Request(NamedTuple):
    """A file that asks to be enrolled, as the device `by` wrote it; its code holds until `until`."""

    content: bytes
    by: str
    code: str
    until: datetime


class Answer(NamedTuple):
    """The device `by` answers the device `to`; `held` is what the server held then, if it was never
    told that the asker holds some of it."""

    content: bytes
    by: str
    to: str
    held: frozenset[bytes]


class Asked(NamedTuple):
    """What a seat said in a bundle that came to the server whole: its number, and the scans it lacked."""

    number: int
    lacking: frozenset[str]


@dataclass
class Carriers:
    """`rates` says how often each fault strikes; none does once all is healed."""

    chance: Random
    folder: Path
    rates: dict[str, float] = field(default_factory=dict)
    sticks: list[Stick] = field(default_factory=list)
    requests: list[Request] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    places: int = 0

    def strikes(self, world: World, fault: str) -> bool:
        rate = self.rates.get(fault, 0.0)
        if not rate or self.chance.random() >= rate:
            return False
        world.run.faults[fault] += 1
        return True

    def place(self) -> Path:
        """Where the next file goes."""
        self.places += 1
        return self.folder / f"stick {self.places}"

    def brought(self, world: World, content: bytes) -> Path | None:
        """What arrives of a file; None for nothing."""
        if self.strikes(world, LOST):
            return None
        if self.strikes(world, CUT):
            content = content[: self.chance.randrange(len(content))]
        if self.strikes(world, SPOILED) and content:
            at = self.chance.randrange(len(content))
            bit = bytes([content[at] ^ (1 << self.chance.randrange(8))])
            content = content[:at] + bit + content[at + 1 :]
        path = self.place()
        path.write_bytes(content)
        return path

    def older(self, world: World, to: str) -> Stick | None:
        """One that somebody hands to a device now, whomever it is for; None for none."""
        known = [stick for stick in self.sticks[-AT_HAND:] if stick.by != to]
        return self.chance.choice(known) if known and self.strikes(world, OLDER) else None


def drawn(world: World) -> dict[str, float]:
    """Which faults of sticks there are in this run, and how often each strikes."""
    return {x: world.chance.choice((0.1, 0.3)) for x in FAULTS if world.chance.random() < 0.5}


# --- there and home -----------------------------------------------------------------------------


def there_and_home(world: World, seat: Seat) -> bool:
    """A bundle to the server, and one home; True when both came whole."""
    try:
        asked = _there(world, seat)
        if older := world.carriers.older(world, DEVICE.device):
            at_the_server(world, older)
        return _home(world, seat, asked) and asked is not None
    except Crashed as crash:
        world.crashed(seat, str(crash))
    except Refused as refused:
        world.note(f"{seat.name} by stick: {refused}")
    return False


def _there(world: World, seat: Seat) -> Asked | None:
    """What it asked for; None when its bundle didn't come whole."""
    path, small = world.carriers.place(), world.carriers.strikes(world, NO_ROOM)
    bound = write_bundle(seat.store, path, SERVER, most=2 * scans.PART if small else ALL)
    number, by = int(seat.store.keeping.get("exchange_number")), device_of(seat)
    stick = Stick(path.read_bytes(), by, DEVICE.device, number)
    world.carriers.sticks.append(stick)
    world.note(f"{seat.name} wrote {bound.sent} and {bound.files} scans")
    if not at_the_server(world, stick):
        return None
    _its_scans_are_there(world, seat, bound)
    here = scans.named(seat)
    lacking = {x for x, size in here.items() if len(scans.on_disk(seat, x) or b"") != size}
    return Asked(number, frozenset(lacking))


def at_the_server(world: World, stick: Stick) -> bool:
    """True when it came whole, and was taken in."""
    path = world.carriers.brought(world, stick.content)
    if path is None:
        return False
    server, changed = world.server, path.read_bytes() != stick.content
    is_none = changed or stick.to != DEVICE.device
    before = _held_above(world) if is_none else None
    try:
        read = server.carried(lambda: server.bundles().read(path, world.at))
    except Crashed as crash:
        world.run.faults["server crash"] += 1
        world.note(f"the server crashed at {crash}")
        return False
    except Refused:
        if is_none and _held_above(world) != before:
            raise Violated("I2", "the server refused a stick, and took of it") from None
        world.note("the server refused a stick")
        return False
    if is_none:
        raise Violated("I6", "the server took a stick that was spoiled, or another's")
    world.note(f"the server read {read.taken.received} and {read.files} scans")
    if world.carriers.strikes(world, AGAIN):
        taken = server.events(read.unit)
        server.bundles().read(path, world.at)
        if server.events(read.unit) != taken:
            raise Violated("I6", "a stick read twice at the server was taken twice")
    return True


def _home(world: World, seat: Seat, asked: Asked | None) -> bool:
    """The server's bundle, read; whatever it was asked for and holds has come with it."""
    unit, server = seat.unit, world.server
    is_heeded = asked is not None and _is_heeded(world, seat, asked)
    there = scans.above(server, unit) if is_heeded else {}
    small, path = world.carriers.strikes(world, NO_ROOM), world.carriers.place()
    most, number = 2 * scans.PART if small else None, seat.store.counter
    bound, _ = server.bundles().write(path, unit, number, most)
    if seat.revoked and world.revocation <= set(server.events(unit)):
        raise Violated("I12", f"{seat.name} is revoked and was written a bundle")
    stick = Stick(path.read_bytes(), DEVICE.device, device_of(seat))
    world.carriers.sticks.append(stick)
    world.note(f"the server wrote {bound.sent} and {bound.files} scans")
    if older := world.carriers.older(world, device_of(seat)):
        at_the_seat(world, older, seat)
    if not at_the_seat(world, stick, seat):
        return False
    _told_the_truth(world, seat)
    for file in (asked.lacking & there.keys()) if asked and not small else ():
        if sha256(scans.on_disk(seat, file) or b"").hexdigest() != file:
            raise Violated("I1", f"{seat.name} asked for {file[:8]}, and wasn't brought it")
    return True


def at_the_seat(world: World, stick: Stick, seat: Seat) -> bool:
    """True when it came whole, and was taken in."""
    path = world.carriers.brought(world, stick.content)
    if path is None:
        return False
    is_none = path.read_bytes() != stick.content or stick.to != device_of(seat)
    before = held_at(seat) if is_none else None
    try:
        came = read_bundle(seat.store, path, seat.clock())
    except Refused:
        if is_none and held_at(seat) != before:
            raise Violated("I2", f"{seat.name} refused a stick, and took of it") from None
        world.note(f"{seat.name} refused a stick")
        return False
    if is_none:
        raise Violated("I6", f"{seat.name} took a stick that was spoiled, or another's")
    world.hear(seat)
    world.note(f"{seat.name} read {came.taken.received} and {came.files} scans")
    if world.carriers.strikes(world, AGAIN):
        taken = held_at(seat)
        read_bundle(seat.store, path, seat.clock())
        if held_at(seat) != taken:
            raise Violated("I6", f"{seat.name} read a stick twice, and took it twice")
    return True


# --- what must hold at once ---------------------------------------------------------------------


def held_at(seat: Seat) -> tuple[set[bytes], list[tuple[str, int]]]:
    """Its events, and its scans with what has come of others."""
    paths = sorted(seat.database.with_name(FOLDER).glob("??/*"))
    return hashes_of(seat), [(path.name, path.stat().st_size) for path in paths]


def _held_above(world: World) -> list[object]:
    held: list[object] = []
    for unit in sorted({seat.unit for seat in world.seats}):
        held += [world.server.events(unit), scans.above(world.server, unit)]
    return held


def device_of(seat: Seat) -> str:
    return seat.store.keys.public.device


def _is_alone(world: World, seat: Seat) -> bool:
    """No other PC ever spoke in its name: another's word would be taken for its own."""
    return all(device_of(other) != device_of(seat) for other in world.seats if other is not seat)


def _is_heeded(world: World, seat: Seat, asked: Asked) -> bool:
    """Whether what it asked for is the newest the server heard of it."""
    own = [x for x in world.carriers.sticks if x.by == device_of(seat) and x.number == asked.number]
    with world.server.processes[0].units.open(seat.unit) as ledger:
        newest = ledger.devices.known(device_of(seat)).number == asked.number
    return newest and len(own) == 1 and _is_alone(world, seat)


def _its_scans_are_there(world: World, seat: Seat, bound: Bound) -> None:
    """All that was scanned went with the events, with the first bundle too; but by a restored server."""
    unsure = world.server.put_back or seat.revoked or "scan spoiled" in world.wide
    if unsure or bound.files_left or not _is_alone(world, seat):
        return
    there = scans.above(world.server, seat.unit)
    for file in scans.named(seat):
        content = scans.on_disk(seat, file)
        if content and sha256(content).hexdigest() == file and file not in there:
            raise Violated("I1", f"{seat.name}'s bundle brought no {file[:8]}")


def _told_the_truth(world: World, seat: Seat) -> None:
    """What it shows as acknowledged is held; a stick's word may be older than a restore of the server."""
    word = seat.store.keeping.acknowledged(SERVER)
    if world.server.put_back or word is None:
        return
    held = world.server.events(seat.unit)
    hashes = set(held.values())
    if any(known.hash not in hashes for known in word.map.values()):
        raise Violated("I5", f"{seat.name} was brought a word that isn't so")
    if not seat.store.pending(SERVER)[0]:
        checks.nothing_waits(seat, held)
