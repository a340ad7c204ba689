"""Copies of one PC that have met: each goes on in a log of its own, and leaves it no more."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from tests.simulation.checks import receiving_goes_on
from tests.simulation.oracle import Violated

if TYPE_CHECKING:
    from tests.simulation.seats import Seat
    from tests.simulation.world import World


def check(world: World) -> None:
    """After everybody knew everything each copy may begin anew once; else none keeps what it is granted."""
    copies = _copies(world)
    for seat in copies:
        receiving_goes_on(world, seat)
    for seat in copies:
        world.exchange(seat)
    begun = {seat.name: seat.own_log() for seat in copies}
    for seat in copies:
        receiving_goes_on(world, seat)
        if seat.own_log() != begun[seat.name]:
            raise Violated("I18", f"{seat.name} left its log again though nothing befell it")


def _copies(world: World) -> list[Seat]:
    seats = [seat for seat in world.living() if not seat.revoked]
    devices = Counter(seat.store.keys.public.device for seat in seats)
    return [seat for seat in seats if devices[seat.store.keys.public.device] > 1]
