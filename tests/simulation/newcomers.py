"""PCs that are enrolled in mid-run, and take in what the others hold; and one that is still to be upgraded."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from app.models.errors import Refused
from app.models.exchange.chain import DeviceKeys
from app.sync.carrying import read_bundle
from app.sync.enrol import enrol
from app.upstream import join
from tests.simulation import letters, work
from tests.simulation.arrivals import A_STRANGERS, come, free, is_enrolled
from tests.simulation.faults import EXCHANGE_POINTS, Fault
from tests.simulation.oracle import Violated
from tests.simulation.seats import Seat
from tests.simulation.template import HOME
from tests.simulation.upstream import DEVICE, URL

if TYPE_CHECKING:
    from tests.simulation.world import World

FREE = (4, 99)  # numbers of counters that come later: with a lane of its own, and without


def arrived(world: World) -> bool:
    """A new PC is set up, enrolled, and works at once on whatever has come."""
    waiting = [seat for seat in world.living(HOME) if not (seat.far or is_enrolled(seat))]
    numbers = free(world, FREE)
    if not (waiting or numbers):
        return False
    seat = waiting[0] if waiting else come(world, world.chance.choice(numbers))
    if enrolled(world, seat):
        _takes_in(world, seat)
        work.receive(world, seat)
    return True


def enrolled(world: World, seat: Seat) -> bool:
    """One try, with the code that is at hand or a new one; True when it succeeded."""
    if seat.far:
        return letters.enrolled(world, seat)
    code = world.codes.get(seat.name, "")
    if not code or world.chance.random() < 0.3:
        code = world.codes[seat.name] = world.server.code(seat.unit)
    world.line.cut = seat.cut
    try:
        join(seat.store, URL, code)
    except Refused as refused:
        world.note(f"{seat.name} enrol: {refused}")
        return False
    finally:
        world.line.cut = False
    world.note(f"{seat.name} enrolled")
    _code_is_used_up(world, code)
    return True


def enrol_all(world: World) -> None:
    """Once all is healed: whoever isn't enrolled is, and whose enrolment nobody holds any more, again."""
    for seat in world.living():
        if not (seat.revoked or is_enrolled(seat) or enrolled(world, seat)):
            world.codes.pop(seat.name)
            if not enrolled(world, seat):
                raise Violated("I18", f"{seat.name} can't be enrolled")
    active = [seat for seat in world.living() if not seat.revoked]
    forgotten = [seat for seat in active if not world.server.knows(seat.unit, _device(seat))]
    if forgotten:
        for seat in world.living():
            if seat not in forgotten and not seat.revoked:
                world.exchange(seat)
    for seat in forgotten:
        told = seat.store.standing.enrolled(DEVICE.device)
        # whose own bundle is of a stranger has nobody to hear from what it should bring
        is_told = _device(seat) in told and not seat.far
        if not (world.server.knows(seat.unit, _device(seat)) or is_told):
            world.codes.pop(seat.name, None)
            enrolled(world, seat)
    for seat in world.living(HOME):
        if seat.name.partition("+")[0] in world.codes and not seat.revoked:
            world.exchange(seat)  # the first that comes to its end brings what it receives by


# --- inside -------------------------------------------------------------------------------------


def _device(seat: Seat) -> str:
    return seat.store.keys.public.device


def _takes_in(world: World, seat: Seat) -> None:
    """From a stick that the server wrote, or by the line; now and then power goes in the middle."""
    if world.chance.random() < 0.4:
        path, number = world.folder / f"first of {seat.name[-2:]}", seat.store.counter
        with suppress(Refused):
            world.server.bundles().write(path, HOME, number)
            came = read_bundle(seat.store, path, seat.clock())
            world.note(f"{seat.name} took in {came.taken.received} from a stick")
    if world.chance.random() < 0.3:
        point = world.chance.choice(EXCHANGE_POINTS)
        world.crashing(seat, point, lambda: world.exchange(seat))
    else:
        world.exchange(seat)


def _code_is_used_up(world: World, code: str) -> None:
    """Whoever photographed it comes too late (I12)."""
    if world.chance.random() < 0.5:
        return
    keys = DeviceKeys(world.chance.randbytes(64)).public
    with suppress(Refused):
        enrol(URL, code, keys, A_STRANGERS, HOME)
        raise Violated("I12", "a code enrolled two devices")


THEME: dict[str, Fault] = {"new PC enrolled": arrived}
