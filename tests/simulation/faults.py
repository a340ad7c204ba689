"""What happens to PCs, disks, clocks and servers; each kind by its name."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

from app.models import events as e
from app.models.errors import Refused
from app.store import restore as restoring
from app.store.journal import Journal
from app.store.keeping import Keeping
from app.store.log import Log
from app.sync.carrying import read_bundle, write_bundle
from tests.simulation import upstream, work
from tests.simulation.seats import Crashed, Seat, key_of
from tests.simulation.template import HOME
from tests.store.victims import POINTS as INTAKE_POINTS

if TYPE_CHECKING:
    from tests.simulation.world import World

Point = tuple[Any, str, str]

EXCHANGE_POINTS: tuple[Point, ...] = (
    (Journal, "sign_head", "after"),
    (Keeping, "exchange_number", "after"),
    (Log, "_take_slice", "before"),
    (Log, "_take_slice", "after"),
    (Log, "_things", "after"),
    (Log, "_keep_heads", "after"),
    (Keeping, "acknowledge", "before"),
    (Keeping, "acknowledge", "after"),
)
RESTORE_POINTS: tuple[Point, ...] = (
    (restoring, "unpack", "after"),
    (restoring, "_take_over", "after"),
    (Journal, "_begin", "after"),
    (restoring, "put_durably", "after"),
    (restoring, "_set_aside", "after"),
    (Path, "replace", "after"),
    (restoring, "sync_folder", "after"),
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
    with _losing(world, seat):
        seat.lose_wal()
        seat.open()
    return True


# --- copies and restores ------------------------------------------------------------------------


def copy_kept(world: World) -> bool:
    world.chance.choice(world.living()).copied()
    return True


def copy_put_back(world: World) -> bool:
    """An old copy over the data; now and then the battery of the PC's clock was empty, too."""
    seat = _with_a_copy(world)
    if world.chance.random() < 0.5:
        work.receive(world, seat)
    with _losing(world, seat):
        seat.close()
        seat.put(world.chance.choice(seat.kept))
        seat.open()
    world.note(f"{seat.name} put back")
    if world.chance.random() < 0.4:
        seat.offset = timedelta(days=world.chance.choice((-1, -1, -2)))
    work.receive(world, seat)
    return True


def copy_put_back_without_marker(world: World) -> bool:
    seat = _with_a_copy(world)
    with _losing(world, seat):
        seat.close()
        seat.put(world.chance.choice(seat.kept))
        seat.lose_marker()
        seat.open()
    world.note(f"{seat.name} put back without its marker")
    return True


def new_pc(world: World) -> bool:
    """The PC is dead; an old copy goes on in another."""
    seat = _with_a_copy(world)
    other = _beside(world, seat, world.chance.choice(seat.kept))
    with _losing(world, seat):
        seat.dead = True
        seat.close()
        world.seats.append(other.open())
    world.note(f"{seat.name} went on as {other.name}")
    work.receive(world, other)
    return True


def cloned(world: World) -> bool:
    """A technician copies the disk to a second PC, and both work; some copy the marker too."""
    seat = world.chance.choice(world.living())
    if len(world.living(seat.unit)) > 5:
        return False
    other = _beside(world, seat, seat.copied())
    if world.chance.random() < 0.5 and seat.state.exists():
        shutil.copytree(seat.state, other.state)
    world.seats.append(other.open())
    world.note(f"{seat.name} cloned as {other.name}")
    return True


def twins(world: World) -> bool:
    """Two virtual PCs with the same facts, data and marker: only each other's events tell them apart."""
    pair = [s for s in world.living() if s.twin_of]
    if pair:
        return _meet(world, pair)
    seat = world.chance.choice(world.living())
    if not seat.state.exists():
        return False
    other = _beside(world, seat, seat.copied())
    shutil.copytree(seat.state, other.state)
    other.machine, other.twin_of, seat.twin_of = seat.machine, seat, other
    other.known = seat.known = frozenset(seat.events())
    world.seats.append(other.open())
    world.note(f"{seat.name} has a twin {other.name}")
    return True


def _meet(world: World, pair: list[Seat]) -> bool:
    """Twins both exchange, and go on receiving."""
    for seat in (*pair, *pair):
        world.exchange(seat)
    for seat in pair:
        work.receive(world, seat)
    return True


def forked(world: World) -> bool:
    """A disk copied bit by bit into the same machine: two go on in one log, each with its marker."""
    if any(s.twin_of for s in world.seats):
        return False
    twins(world)
    for seat in world.living():
        if seat.twin_of and "+" in seat.name:
            seat.close()
            seat.settle()
            seat.open()
    return True


def restored_by_the_program(world: World) -> bool:
    """The officer restores a backup: what was there beyond it is taken over. Power may go meanwhile."""
    seat = world.chance.choice(world.living())
    backup = seat.folder / "backup.zip"
    if not backup.exists():
        seat.store.backup(backup)
        work.receive(world, seat)
        if world.chance.random() < 0.5:
            return False
    seat.close()
    point = world.chance.choice(RESTORE_POINTS) if world.chance.random() < 0.5 else None
    if point:
        world.crashing(seat, point, lambda: _restored_or_crashed(world, seat, backup))
    if not point or not seat.database.exists():
        _restored_or_crashed(world, seat, backup)
    seat.open()
    return True


def _restored_or_crashed(world: World, seat: Seat, backup: Path) -> None:
    key = key_of(seat.unit)
    try:
        done = restoring.restore(
            backup, seat.database, seat.state, key, seat.clock(), replaced_key=key,
            random=seat.draw, machine=seat.machine,
        )  # fmt: skip
        world.note(f"{seat.name} restored, {done.taken_over} taken over")
    except Crashed as crash:
        world.run.faults["crash"] += 1
        world.note(f"{seat.name} crashed restoring at {crash}")


# --- the server ---------------------------------------------------------------------------------


def dump_kept(world: World) -> bool:
    world.server.keep()
    return True


def server_restored(world: World) -> bool:
    """Tuesday's dump, under a new process; or under the one that runs, none the wiser."""
    before = {unit: set(world.server.events(unit)) for unit in (HOME, "H26.15.4")}
    under = world.chance.random() < 0.3
    world.server.put(world.chance.choice(world.server.kept[-3:]), under=under)
    for unit, held in before.items():
        world.oracle.lost(held, world.copies(unit))
    world.note(f"server restored{' under its process' * under}")
    if world.chance.random() < 0.5:
        published(world)
        world.exchange(world.chance.choice(world.living(HOME)))
    return True


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
    living = [s for s in world.living(HOME) if not s.twin_of and "+" not in s.name]
    if any(s.revoked for s in world.seats) or len(living) < 2:
        return False
    seat = world.chance.choice(living)
    same = [s for s in world.living(HOME) if _device(s) == _device(seat)]
    own = seat.own_log()
    assert own is not None
    before = set(world.server.events(HOME))
    logs = {log: known for log, known in world.server.map(HOME).items() if log.device == own.device}
    world.server.say(HOME, [e.Revoked(*log, known.seq + 1) for log, known in logs.items()])
    world.revocation = set(world.server.events(HOME)) - before
    for each in same:
        each.revoked = True
    world.note(f"{seat.name} revoked")
    work.receive(world, seat)
    world.exchange(seat)
    return True


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


def upgraded(world: World) -> bool:
    """A version with another fold: everything is folded anew when it starts; power may go meanwhile."""
    seat = world.chance.choice(world.living())
    seat.store.keeping.put("fold", "0")
    seat.close()
    seat.open()
    return True


def attacked(world: World) -> bool:
    return world.evil.attack()


# --- inside -------------------------------------------------------------------------------------


class _losing:  # noqa: N801  # reads as a verb where it is used
    """Whatever the seat no longer holds afterwards, and nobody else does, is lost by physics."""

    def __init__(self, world: World, seat: Seat) -> None:
        self._world, self._seat = world, seat

    def __enter__(self) -> None:
        self._held = set(self._seat.events())

    def __exit__(self, kind: object, *_: object) -> None:
        if kind is None:
            self._world.oracle.lost(self._held, self._world.copies(self._seat.unit))


def _with_a_copy(world: World) -> Seat:
    seat = world.chance.choice(world.living())
    if not seat.kept:  # a second PC has no stick of its own yet
        seat.copied()
        work.receive(world, seat)
    return seat


def _beside(world: World, seat: Seat, copy: Path) -> Seat:
    """A second PC with this copy of the data; not opened yet."""
    name = f"{seat.name}+{len(world.seats)}"
    folder = world.folder / name.replace("/", "-")
    other = Seat(
        name, seat.unit, folder, f"machine {name}", seat.now, Random(f"{name} {world.run.seed}"),
        offset=seat.offset, revoked=seat.revoked,
    )  # fmt: skip
    (folder / "data").mkdir(parents=True)
    shutil.copyfile(copy, other.database)
    (folder / "data" / "keys.json").write_text("{}", encoding="utf-8")
    return other


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
        "copy kept": copy_kept,
        "copy put back": copy_put_back,
        "copy put back without marker": copy_put_back_without_marker,
        "new PC": new_pc,
        "restored by the program": restored_by_the_program,
    },
    "copies": {"cloned": cloned, "twins": twins, "stick": stick},
    "server": {
        "server crash set": server_crash,
        "dump kept": dump_kept,
        "server restored": server_restored,
        "two server processes": two_processes,
        "published from above": published,
    },
    "line": {"partition": partition, "late requests": late_requests},
    "clocks": {"clock wrong": clock_wrong},
    "attacks": {"attack": attacked, "revoked": revoked},
}
