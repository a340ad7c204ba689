"""PCs that come in mid-run: set up with a number that is free, and not enrolled yet."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

from app.sync.known import server_of
from tests.simulation.seats import Seat
from tests.simulation.template import HOME, begin, seat_folder, set_up

if TYPE_CHECKING:
    from tests.simulation.world import World

A_STRANGERS = 5  # a number that nobody has


def is_enrolled(seat: Seat) -> bool:
    return server_of(seat.store) is not None


def free(world: World, numbers: tuple[int, ...]) -> list[int]:
    """Those of them that no PC of the first commune has."""
    return [n for n in numbers if all(seat.name != _name(n) for seat in world.seats)]


def come(world: World, number: int, *, far: bool = False) -> Seat:
    """A new PC of the first commune, on its first morning."""
    name, seed = _name(number), world.run.seed
    folder = seat_folder(world.folder, HOME, number)
    seat = Seat(name, HOME, folder, f"{HOME} {number}", lambda: world.at, Random(f"{name} {seed}"))
    set_up(seat, number)
    begin(seat)
    seat.close()  # as `init` ends
    seat.open()
    seat.far = far
    world.seats.append(seat)
    world.note(f"{name} set up")
    return seat


def _name(number: int) -> str:
    return f"{HOME[-1]}/{number}"
