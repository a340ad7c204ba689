"""Seats whose line is gone: scans come and go with what is carried, asked for once and brought by the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.models.events.event import EventName
from tests.simulation import scans, work
from tests.simulation.arrivals import is_enrolled
from tests.simulation.carriers import at_the_seat, at_the_server
from tests.simulation.faults import Fault
from tests.simulation.seats import Crashed, Seat
from tests.simulation.template import HOME
from tests.simulation.upstream import DEVICE

if TYPE_CHECKING:
    from tests.simulation.world import World


def line_gone(world: World) -> bool:
    """From now on sticks are carried; or a line comes at last."""
    far = _far(world)
    if far and world.chance.random() < 0.3:
        seat = world.chance.choice(far)
        seat.far = False
        world.note(f"{seat.name} has a line")
        return True
    near = [
        seat for seat in world.living(HOME)
        if not (seat.far or seat.is_old or seat.revoked) and is_enrolled(seat)
    ]  # fmt: skip
    if len(near) < 2:
        return False
    seat = world.chance.choice(near)
    seat.far = True
    world.note(f"{seat.name} has no line")
    return True


def carried(world: World) -> bool:
    """Somebody drives there and home."""
    if not _far(world) and not line_gone(world):
        return False
    seat = world.chance.choice(_far(world) or world.living(HOME))
    if world.chance.random() < 0.5:
        scans.digitised(world)
    world.exchange(seat)
    return True


def older(world: World) -> bool:
    """A stick that lay about is handed over: late, again, or to somebody it is not for."""
    if not world.carriers.sticks:
        return False
    stick = world.chance.choice(world.carriers.sticks[-12:])
    if stick.to == DEVICE.device and world.chance.random() < 0.9:
        at_the_server(world, stick)
        return True
    seat = world.chance.choice([s for s in world.living(HOME) if not s.revoked] or _far(world))
    try:
        at_the_seat(world, stick, seat)
    except Crashed as crash:
        world.crashed(seat, str(crash))
    return True


def given_up(world: World) -> bool:
    """A scan turns out to be of another paper, between its being asked for and being brought."""
    seat = world.chance.choice(world.living(HOME))
    names = [name for name in work.dossiers(seat) if _attached(seat, name)]
    if not names:
        return scans.digitised(world)
    name = world.chance.choice(names)
    one = world.chance.choice(_attached(seat, name))
    world.act(seat, "reverse", lambda: seat.desk.digitising.reverse(name, one, seat.officer))
    world.note(f"{seat.name} gave a scan up")
    return True


def put_back(world: World) -> bool:
    """Between two trips the server is put back to before the first: it forgets what it was brought and asked."""
    far = _far(world)
    if not far:
        return line_gone(world)
    seat = world.chance.choice(far)
    scans.digitised(world)
    world.server.keep()
    world.exchange(seat)
    before = set(world.server.events(HOME).values())
    world.server.put(world.server.kept[-1])
    world.oracle.lost(before, world.copies(HOME))
    world.note("the server was put back between two trips")
    world.exchange(seat)
    return True


THEME: dict[str, Fault] = {
    "line gone": line_gone,
    "stick there and home": carried,
    "stick found again": older,
    "scan made": scans.digitised,
    "scan given up": given_up,
    "scan lost": scans.lost,
    "server put back between trips": put_back,
}


# --- inside -------------------------------------------------------------------------------------


def _far(world: World) -> list[Seat]:
    return [seat for seat in world.living(HOME) if seat.far and is_enrolled(seat)]


def _attached(seat: Seat, name: EventName) -> list[EventName]:
    dossier = seat.desk.lookup.dossier(name).dossier
    return [one.event for one in dossier.attachments] if dossier else []
