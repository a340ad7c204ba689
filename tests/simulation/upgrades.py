"""PCs whose program is of version 0.1: bare questions, no branches; and the day they are upgraded."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from app.models.exchange import talk
from app.models.exchange.chain import DeviceKeys
from app.models.exchange.fitting import pack_fitting
from app.models.exchange.messages import Message
from tests.simulation import work
from tests.simulation.arrivals import is_enrolled
from tests.simulation.faults import Fault
from tests.simulation.oracle import Violated
from tests.simulation.seats import Seat

if TYPE_CHECKING:
    from tests.simulation.world import World


@contextmanager
def speaking(seat: Seat) -> Iterator[None]:
    """What it says goes, and what it hears is understood, as by its version."""
    if not seat.is_old:
        yield
        return
    heard = talk._Talk._checked

    def packed(message: Message, keys: DeviceKeys) -> tuple[bytes, Message]:
        return pack_fitting(message._replace(branches=False), keys)

    def checked(*given: object) -> Message:
        return heard(*given)._replace(branches=False)  # type: ignore[arg-type]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(talk, "seal", lambda packed, _: packed)
        patch.setattr(talk, "pack_fitting", packed)
        patch.setattr(talk._Talk, "_checked", checked)
        yield


def is_of_0_1(world: World) -> bool:
    """It turns out that a PC was never upgraded; it is served all the same."""
    seat = world.chance.choice([seat for seat in world.living() if not seat.far])
    seat.is_old = True
    world.note(f"{seat.name} is of version 0.1")
    work.receive(world, seat)
    rates, world.line.rates = world.line.rates, {}
    seat.cut, world.server.crash = False, None
    knows = is_enrolled(seat) and world.server.knows(seat.unit, seat.store.keys.public.device)
    if not world.exchange(seat) and knows and not seat.revoked:
        raise Violated("I18", f"{seat.name} isn't served any more")
    world.line.rates = rates
    return True


def upgraded(world: World) -> bool:
    """Today's program is put in its place, and folds everything anew."""
    old = [seat for seat in world.living() if seat.is_old]
    for seat in old[:1]:
        upgrade(seat)
        world.note(f"{seat.name} upgraded")
    return bool(old)


def upgrade(seat: Seat) -> None:
    seat.is_old = False
    seat.store.keeping.put("fold", "0")
    seat.close()
    seat.open()


THEME: dict[str, Fault] = {"of version 0.1": is_of_0_1, "upgraded from 0.1": upgraded}
