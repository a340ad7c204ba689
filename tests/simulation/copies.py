"""What happens to disks: old copies put back, clones, twins, backups restored."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

from app.store import restore as restoring
from app.store.journal.journal import Journal
from tests.simulation import work
from tests.simulation.seats import Crashed, Seat, hashes_of, key_of, lose_marker, marked, settle

if TYPE_CHECKING:
    from tests.simulation.world import World

Point = tuple[Any, str, str]

RESTORE_POINTS: tuple[Point, ...] = (
    (restoring, "unpack", "after"),
    (restoring, "_take_over", "after"),
    (Journal, "_begin", "after"),
    (restoring, "put_durably", "after"),
    (restoring, "_set_aside", "after"),
    (Path, "replace", "after"),
    (restoring, "sync_folder", "after"),
)


# --- copies and restores ------------------------------------------------------------------------


def copy_kept(world: World) -> bool:
    world.chance.choice(world.living()).copied()
    return True


def copy_put_back(world: World) -> bool:
    """An old copy over the data; now and then the battery of the PC's clock was empty, too."""
    seat = _with_a_copy(world)
    if world.chance.random() < 0.5:
        work.receive(world, seat)
    with losing(world, seat):
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
    with losing(world, seat):
        seat.close()
        seat.put(world.chance.choice(seat.kept))
        lose_marker(seat)
        seat.open()
    world.note(f"{seat.name} put back without its marker")
    return True


def new_pc(world: World) -> bool:
    """The PC is dead; an old copy goes on in another."""
    seat = _with_a_copy(world)
    other = _beside(world, seat, world.chance.choice(seat.kept))
    with losing(world, seat):
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
    _twin(world, seat)
    seat.known = frozenset(seat.events())
    return True


def _twin(world: World, seat: Seat) -> Seat:
    """One more that tells the machine, the data and the marker of `seat` for its own."""
    other = _beside(world, seat, seat.copied())
    shutil.copytree(seat.state, other.state)
    other.machine, other.twin_of, seat.twin_of = seat.machine, seat, seat.twin_of or other
    other.known = frozenset(seat.events())
    world.seats.append(other.open())
    world.note(f"{seat.name} has a twin {other.name}")
    return other


def _meet(world: World, pair: list[Seat]) -> bool:
    """Twins both exchange, and go on receiving."""
    for seat in (*pair, *pair):
        world.exchange(seat)
    for seat in pair:
        work.receive(world, seat)
    return True


def forked(world: World) -> bool:
    """A disk copied bit by bit into the same machine: two or three go on in one log, each with its marker."""
    pair = [s for s in world.living() if s.twin_of]
    if len(pair) > 2 or (pair and world.chance.random() < 0.5):
        return _meet(world, pair)
    able = [s for s in pair or world.living() if marked(s)]
    if not able:
        return False
    seat = world.chance.choice(able)
    if seat.met or seat.revoked:
        return False
    other = _twin(world, seat)
    if not pair:
        seat.known = other.known
    other.close()
    settle(other)
    other.open()
    for each in (seat, other):
        work.receive(world, each)
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


# --- inside -------------------------------------------------------------------------------------


class losing:  # noqa: N801  # reads as a verb where it is used
    """Whatever the seat no longer holds afterwards, and nobody else does, is lost by physics."""

    def __init__(self, world: World, seat: Seat) -> None:
        self._world, self._seat = world, seat

    def __enter__(self) -> None:
        self._held = hashes_of(self._seat)

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
