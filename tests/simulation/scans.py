"""Scans: made, carried up and down in pieces, lost; and what must hold of them when all is quiet.

The oracle of scans is here too. It knows what went under the scanner, and reads disks and the server's
parts itself; whether one may be had is asked of the counter, as an officer does.
"""

from __future__ import annotations

from hashlib import sha256
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import select

from app.desk.deeds.digitising import Scan
from app.models.errors import OtherSideFailed, Refused
from app.models.events.event import EventName
from app.models.events.facts import Document
from app.models.exchange import file_talk as talk
from app.store.own.attachments import ASK_AGAIN, ASK_OF_KEPT, FOLDER, Attachments, Whereabouts
from app.sync.address import ServerAddress
from app.sync.files import asking
from app.upstream import bring_file, carry_files
from server.store import tables
from tests.simulation import work
from tests.simulation.faults import Fault
from tests.simulation.oracle import Violated
from tests.simulation.seats import Seat
from tests.simulation.template import AWAY, HOME
from tests.simulation.upstream import DEVICE, URL, SimulatedServer

if TYPE_CHECKING:
    from tests.simulation.world import World

PAPERS = (Document("Tờ khai", originals=1),)
PART = 100  # bytes, so that a short scan goes in several
GOES = 2  # more of everybody, until all must be where it can be
HELD = (Whereabouts.BOTH, Whereabouts.HERE)
THERE = (Whereabouts.BOTH, Whereabouts.THERE)


class Scanned(NamedTuple):
    """What went under the scanner of `seat`, and the event that said so first."""

    seat: Seat
    content: bytes
    scan: Scan
    event: EventName


def _of(world: World, unit: str) -> list[Scanned]:
    return [scanned for _, scanned in sorted(world.scanned.items()) if scanned.seat.unit == unit]


# --- what happens -------------------------------------------------------------------------------


def digitised(world: World) -> bool:
    """An officer scans a paper; now and then the same one serves another dossier, too."""
    seat = world.chance.choice(world.living())
    old = [name for name in work.dossiers(seat) if _has_papers(seat, name)]
    is_new = not old or world.chance.random() < 0.5
    thing = work.receive(world, seat, PAPERS) if is_new else world.chance.choice(old)
    if thing is None:
        return True
    digitising, before = seat.desk.digitising, [x for x in _of(world, seat.unit) if x.seat is seat]
    if before and world.chance.random() < 0.4:
        _, content, scan, _ = world.chance.choice(before)
    else:
        content = world.chance.randbytes(world.chance.choice((0, 1, 2, 3)) * PART + 20)
        scan = digitising.seal(content, 1)
    event = world.act(seat, "tie", lambda: digitising.tie(thing, 1, scan, seat.officer))
    if event is not None:
        world.scanned.setdefault(scan.file, Scanned(seat, content, scan, event))
        world.note(f"{seat.name} scanned {scan.file[:8]} for {thing}")
    return True


def _has_papers(seat: Seat, name: EventName) -> bool:
    dossier = seat.desk.lookup.dossier(name).dossier
    return bool(dossier and dossier.documents)


def carried(world: World) -> bool:
    """The lane of scans goes, after the events, and is cut after some parts."""
    if not world.scanned:
        digitised(world)
    seat = world.chance.choice(world.living())
    world.exchange(seat)
    carry(world, seat, world.chance.choice((1, 2, 3, 1000)))
    return True


def carry(world: World, seat: Seat, steps: int = 1000) -> bool:
    """One go up, of so many steps; True when it came to its end. Where no line goes a stick brings them."""
    if seat.far:
        return world.exchange(seat)
    world.line.cut = seat.cut
    try:
        went = list(islice(carry_files(seat.store, seat.clock), steps))
    except Refused as refused:
        world.note(f"{seat.name} scans: {refused}")
        return False
    finally:
        world.line.cut = False
    world.note(f"{seat.name} carried scans in {len(went)}")
    return len(went) < steps


def fetched(world: World) -> bool:
    """An officer opens a scan made elsewhere; whatever had come before needn't come again."""
    seat = world.chance.choice(world.living())
    scanned = _of(world, seat.unit)
    if not scanned:
        return digitised(world)
    scan = world.chance.choice(scanned).scan
    if not Attachments(seat.store.database).files.is_here(scan.file, scan.size):
        fetch(world, seat, scan.file, world.chance.choice((1, 2, 1000)))
    return True


def fetch(world: World, seat: Seat, file: str, steps: int = 1000) -> bool:
    """One go down; True when it came to its end. Where no line goes they come with the next stick."""
    if seat.far:
        return False
    size, files = world.scanned[file].scan.size, Attachments(seat.store.database).files
    left = size - len(on_disk(seat, file, ".part") or b"") // PART * PART
    world.line.cut = seat.cut
    try:
        came = len(list(islice(bring_file(seat.store, file, size, seat.clock), steps)))
    except Refused as refused:
        world.note(f"{seat.name} fetch {file[:8]}: {refused}")
        return False
    finally:
        world.line.cut = False
    world.note(f"{seat.name} fetched {came} parts of {file[:8]}")
    if came > -(-left // PART):
        raise Violated("I9", f"{seat.name} was sent {came} parts of {left} bytes")
    return files.is_here(file, size)


def lost(world: World) -> bool:
    """Somebody removes a scan by hand, or the disk spoils a bit of it."""
    seat = world.chance.choice(world.living())
    paths = sorted(seat.database.with_name(FOLDER).glob("??/*"))
    if not paths:
        return digitised(world)
    path = world.chance.choice(paths)
    if world.chance.random() < 0.5:
        path.unlink()
    elif content := path.read_bytes():
        path.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    world.note(f"{seat.name} lost {path.name[:8]}")
    return True


def spoiled(world: World) -> bool:
    """An enrolled device brings other bytes under the name of somebody's scan."""
    scanned = _of(world, HOME)
    if not scanned:
        return digitised(world)
    _, _, scan, event = world.chance.choice(scanned)
    file, size = scan.file, scan.size
    keys, world.server.crash = world.evil.device.keys, None
    try:
        with asking(keys, HOME, ServerAddress(URL, DEVICE)) as ask:
            start = ask(talk.Have((file,))).held[0].bytes
            for _ in range(world.chance.choice((1, 100))):
                part = world.chance.randbytes(min(PART, size - start))
                if not part or not ask(talk.Put(file, event, start, part)).held:
                    break
                start += len(part)
    except OtherSideFailed as failed:
        world.note(f"evil spoils: {failed}")
    world.note(f"evil spoiled {file[:8]}")
    return True


THEME: dict[str, Fault] = {
    "scan made": digitised,
    "scans carried": carried,
    "scan fetched": fetched,
    "scan lost": lost,
    "scan spoiled": spoiled,
}


# --- what must hold -----------------------------------------------------------------------------


def check(world: World) -> None:
    """Whatever scan any disk holds can be had by everybody; one that none holds is missing, and said so (I1)."""
    if not world.scanned:
        return
    for pause in (2 * ASK_OF_KEPT, *GOES * (2 * ASK_AGAIN,)):
        world.go_on(seconds=pause.total_seconds())
        for seat in world.living():
            if not seat.revoked:
                carry(world, seat)
        if world.hub.on:
            world.hub.scans.carry()
    for unit in (HOME, AWAY):
        seats = [seat for seat in world.living(unit) if not seat.revoked]
        there = above(world.server, unit)
        for file, content in there.items():
            if sha256(content).hexdigest() != file:
                raise Violated("I1", f"the server holds other bytes under {file[:8]}")
        for seat in seats:
            _stands(world, seat, there)
        for seat in seats:
            _has(world, seat, there)


def _stands(world: World, seat: Seat, there: dict[str, bytes]) -> None:
    """What it says of each scan is so, and what it holds is safe above."""
    attachments = Attachments(seat.store.database)
    for file, size in named(seat).items():
        where, bytes_ = attachments.whereabouts(file, size), on_disk(seat, file)
        if (where in HELD) is not (bytes_ is not None and len(bytes_) == size):
            raise Violated("I1", f"{seat.name} says {where} of {file[:8]}, which is not so here")
        if (where in THERE) is not (file in there):
            raise Violated("I1", f"{seat.name} says {where} of {file[:8]}, which is not so above")
        if bytes_ and sha256(bytes_).hexdigest() == file and file not in there:
            raise Violated("I1", f"{seat.name} alone holds {file[:8]}")


def _has(world: World, seat: Seat, there: dict[str, bytes]) -> None:
    """It can be opened here, and shows what went under the scanner."""
    attachments = Attachments(seat.store.database)
    for thing in work.dossiers(seat):
        dossier = seat.desk.lookup.dossier(thing).dossier
        for one in dossier.attachments if dossier else ():
            if one.file not in there:
                continue
            if attachments.files.read(one.file) is None and not _brought(world, seat, one.file):
                raise Violated("I1", f"{seat.name} can't have {one.file[:8]}, which is above")
            if seat.desk.digitising.open(one) != world.scanned[one.file].content:
                raise Violated("I1", f"{seat.name} opens another scan under {one.file[:8]}")


def _brought(world: World, seat: Seat, file: str) -> bool:
    """Only opening a scan tells that the disk spoiled it; the line brings it, or the next stick."""
    if not seat.far:
        return fetch(world, seat, file)
    world.exchange(seat)
    return Attachments(seat.store.database).files.read(file) is not None


def above(server: SimulatedServer, unit: str) -> dict[str, bytes]:
    """By name, every sealed file that the server says is there whole."""
    files, parts = tables.files.c, tables.file_parts.c
    of_one = (files.unit == parts.unit) & (files.file == parts.file)
    query = select(parts.file, parts.part).join(tables.files, of_one)
    whole = query.where(files.unit == unit, files.whole == 1).order_by(parts.file, parts.start)
    found: dict[str, bytes] = {}
    with server.processes[0].units.open(unit) as ledger:
        for file, part in ledger.connection.execute(whole):
            found[file] = found.get(file, b"") + bytes(part)
    return found


def named(seat: Seat) -> dict[str, int]:
    """The files that events name here, and how long they are."""
    rows = seat.store.database.rows("SELECT file, size FROM attachments")
    return {str(file): int(size) for file, size in rows}


def on_disk(seat: Seat, file: str, suffix: str = "") -> bytes | None:
    path = seat.database.with_name(FOLDER) / file[:2] / (file + suffix)
    return path.read_bytes() if path.exists() else None
