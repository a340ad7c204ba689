"""What happens to PCs, disks, clocks and servers; each kind by its name."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from app.models.errors import Refused
from app.models.events import event as e
from app.models.exchange.chain import LogName
from app.store.journal.journal import Journal
from app.store.journal.log import Log
from app.store.own.keeping import Keeping
from app.sync.carrying import read_bundle, write_bundle
from server.units.oversight import Oversight
from tests.simulation import copies, upstream, work
from tests.simulation.seats import Seat, lose_marker
from tests.simulation.template import HOME
from tests.store.journal.victims import POINTS as INTAKE_POINTS

if TYPE_CHECKING:
    from tests.simulation.world import World

Point = tuple[Any, str, str]

EXCHANGE_POINTS: tuple[Point, ...] = (
    (Journal, "sign_head", "after"),
    (Keeping, "exchange_number", "after"),
    (Log, "_take_slice", "before"),
    (Log, "_take_slice", "after"),
    (Log, "_put", "after"),
    (Log, "_keep_heads", "after"),
    (Keeping, "acknowledge", "before"),
    (Keeping, "acknowledge", "after"),
)
WRONG = (
    timedelta(), timedelta(seconds=40), timedelta(hours=12), timedelta(days=1), timedelta(days=-1),
    timedelta(days=3653), timedelta(days=-3653),
)  # fmt: skip


# --- crashes ------------------------------------------------------------------------------------


def crash_at_the_desk(world: World) -> bool:
    seat = world.chance.choice(world.living())
    point = world.chance.choice(list(INTAKE_POINTS.values()))
    world.crashing(seat, point, lambda: work.receive(world, seat))
    return True


def crash_in_an_exchange(world: World) -> bool:
    seat = world.chance.choice(world.living())
    world.crashing(seat, world.chance.choice(EXCHANGE_POINTS), lambda: world.exchange(seat))
    return True


def server_crash(world: World) -> bool:
    world.server.crash = world.chance.choice(upstream.POINTS)
    seat = world.chance.choice(world.living())
    work.receive(world, seat)
    world.exchange(seat)
    return True


def wal_deleted(world: World) -> bool:
    """The program is killed, and a cleaner takes -wal for rubbish."""
    seat = world.chance.choice(world.living())
    with copies.losing(world, seat):
        seat.lose_wal()
        seat.open()
    return True


# --- the server ---------------------------------------------------------------------------------


def dump_kept(world: World) -> bool:
    world.server.keep()
    return True


def server_restored(world: World) -> bool:
    """Tuesday's dump, under a new process; or under the one that runs, none the wiser."""
    before = {unit: set(world.server.events(unit).values()) for unit in (HOME, "H26.15.4")}
    under = world.chance.random() < 0.3
    world.server.put(world.chance.choice(world.server.kept[-3:]), under=under)
    for unit, held in before.items():
        world.oracle.lost(held, world.copies(unit))
    world.note(f"server restored{' under its process' * under}")
    if world.chance.random() < 0.5:
        published(world)
        world.exchange(world.chance.choice(world.living(HOME)))
    return True


def grant_forgotten(world: World) -> bool:
    """One PC that lost its numbers is granted others; the dump that comes back doesn't know."""
    seats = [s for s in world.living(HOME) if not (s.revoked or s.twin_of)]
    if len({_device(seat) for seat in seats}) < len(seats) or len(seats) < 2:
        return False
    one, other = world.chance.sample(seats, 2)
    world.server.keep()
    _lose_numbers(world, one)
    before = set(world.server.events(HOME).values())
    world.server.put(world.server.kept[-1])
    world.oracle.lost(before, world.copies(HOME))
    world.note("the server forgot its last grants")
    _lose_numbers(world, other)
    return True


def _lose_numbers(world: World, seat: Seat) -> None:
    """Its marker is gone: it asks for other numbers, and goes on."""
    seat.close()
    lose_marker(seat)
    seat.open()
    for _ in range(2):
        work.receive(world, seat)
        world.exchange(seat)


def two_processes(world: World) -> bool:
    world.server.start(2)
    return True


def published(world: World) -> bool:
    """Those above say something to a unit."""
    day = e.DaySet("2026-12-29", "local_off", f"Bão {world.chance.randrange(9)}")
    world.server.say(HOME, [day])
    return True


def revoked(world: World) -> bool:
    """A PC is stolen; the server is told."""
    living = [
        s for s in world.living(HOME)
        if not s.twin_of and "+" not in s.name and world.server.knows(HOME, _device(s))
    ]  # fmt: skip
    if any(s.revoked for s in world.seats) or len(living) < 2:
        return False
    seat = world.chance.choice(living)
    same = [s for s in world.living(HOME) if _device(s) == _device(seat)]
    own = seat.own_log()
    assert own is not None
    before = set(world.server.events(HOME))
    # of a newcomer that has sent nothing yet the server says it of a log that was never begun
    logs = _ends(world, own.device) or {LogName(own.device, ""): 0}
    world.server.say(HOME, [e.Revoked(*log, seq + 1) for log, seq in logs.items()])
    world.revocation = set(world.server.events(HOME)) - before
    world.stolen = own.device
    world.counts = {log: seq + 1 for log, seq in logs.items()}
    for each in same:
        each.revoked = True
    world.note(f"{seat.name} revoked")
    work.receive(world, seat)
    world.exchange(seat)
    return True


def released(world: World) -> bool:
    """A person lets count what the server holds of the stolen PC; nothing, when nothing is held."""
    process, before = world.server.one, set(world.server.events(HOME))
    try:
        Oversight(process.units, process.author).release(HOME, world.stolen, world.at)
    except Refused:
        return False
    world.counted = world.counts
    world.counts = {log: seq + 1 for log, seq in _ends(world, world.stolen).items()}
    world.release = set(world.server.events(HOME)) - before
    world.note("what was held is released")
    return True


def _ends(world: World, device: str) -> dict[LogName, int]:
    """How far each of its logs is held in the furthest branch."""
    ends: dict[LogName, int] = {}
    for log, known in world.server.map(HOME).items():
        if log.device == device:
            ends[log.root] = max(known.seq, ends.get(log.root, 0))
    return ends


# --- clocks, lines, sticks ----------------------------------------------------------------------


def clock_wrong(world: World) -> bool:
    seat = world.chance.choice(world.living())
    seat.offset = world.chance.choice(WRONG)
    world.note(f"{seat.name} clock {seat.offset}")
    world.exchange(seat)
    work.step(world, seat)
    return True


def partition(world: World) -> bool:
    for seat in world.living():
        seat.cut = world.chance.random() < 0.5
    return True


def late_requests(world: World) -> bool:
    return world.line.deliver_late() > 0


def stick(world: World) -> bool:
    """Bundles are written and read: by the server or between counters, late, twice, crossing."""
    seat = world.chance.choice([s for s in world.living(HOME) if not s.revoked] or world.living())
    try:
        if world.chance.random() < 0.5:
            _write_bundles(world, seat)
        else:
            _read_bundles(world, seat)
    except Refused as refused:
        world.note(f"{seat.name} stick: {refused}")
    return True


def _write_bundles(world: World, seat: Seat) -> None:
    path = world.folder / f"bundle {len(world.sticks)}"
    to = world.chance.choice(("server", "server", "1", "2", "3"))
    bound = write_bundle(seat.store, path, to)
    world.sticks.append(path)
    world.note(f"{seat.name} wrote {bound.sent} to {to}")


def _read_bundles(world: World, seat: Seat) -> None:
    """Whichever stick is at hand: to the server first, then whatever is meant for this counter."""
    for path in world.chance.sample(world.sticks, min(2, len(world.sticks))):
        with suppress(Refused):
            read = world.server.bundles().read(path, world.at)
            world.note(f"server read a bundle: {read.taken.received}")
            answer = world.folder / f"bundle {len(world.sticks)}"
            world.server.bundles().write(answer, HOME, None)
            world.sticks.append(answer)
    for path in world.sticks[-6:]:
        with suppress(Refused):
            came = read_bundle(seat.store, path, seat.clock())
            world.note(f"{seat.name} read a bundle: {came.taken.received}")
    world.hear(seat)


# --- the hub ------------------------------------------------------------------------------------


def hub_met(world: World) -> bool:
    """The line to the server is down at noon; the commune's own network goes on."""
    _switched_on(world)
    seats = world.living(HOME)
    for seat in world.chance.sample(seats, min(2, len(seats))):
        if world.chance.random() < 0.5:
            work.receive(world, seat)
        before, seat.cut = seat.cut, True
        world.exchange(seat)
        seat.cut = before
    return True


def hub_relays(world: World) -> bool:
    _switched_on(world)
    return world.relay()


def hub_put_back(world: World) -> bool:
    """Its disk is put back to an older image."""
    _switched_on(world)
    if world.hub.kept is None or world.chance.random() < 0.3:
        world.hub.keep()
        return True
    before = world.hub.hashes()
    world.hub.put_back(world.hub.kept)
    world.oracle.lost(before, world.copies(HOME))
    world.note("the hub was put back")
    return True


def _switched_on(world: World) -> None:
    if not world.hub.on:
        world.hub.start()


def upgraded(world: World) -> bool:
    """A version with another fold: everything is folded anew when it starts; power may go meanwhile."""
    seat = world.chance.choice(world.living())
    seat.store.keeping.put("fold", "0")
    seat.close()
    seat.open()
    return True


def attacked(world: World) -> bool:
    return world.evil.attack()


# --- all together --------------------------------------------------------------------------------


def _device(seat: Seat) -> str:
    return seat.store.keys.public.device


Fault = Callable[["World"], bool]

# what happens together; a run has one theme or a few
THEMES: dict[str, dict[str, Fault]] = {
    "crashes": {
        "crash at the desk": crash_at_the_desk,
        "crash in an exchange": crash_in_an_exchange,
        "wal deleted": wal_deleted,
        "upgraded": upgraded,
    },
    "restores": {
        "copy kept": copies.copy_kept,
        "copy put back": copies.copy_put_back,
        "copy put back without marker": copies.copy_put_back_without_marker,
        "new PC": copies.new_pc,
        "restored by the program": copies.restored_by_the_program,
    },
    "copies": {"cloned": copies.cloned, "twins": copies.twins, "stick": stick},
    "server": {
        "server crash set": server_crash,
        "dump kept": dump_kept,
        "server restored": server_restored,
        "grant forgotten": grant_forgotten,
        "two server processes": two_processes,
        "published from above": published,
    },
    "hub": {"hub met": hub_met, "hub relays": hub_relays, "hub put back": hub_put_back},
    "line": {"partition": partition, "late requests": late_requests},
    "clocks": {"clock wrong": clock_wrong},
    "forks": {
        "forked": copies.forked,
        "stick": stick,
        "hub met": hub_met,
        "hub relays": hub_relays,
        "upgraded": upgraded,
    },
    "attacks": {"attack": attacked, "revoked": revoked, "released": released},
}
