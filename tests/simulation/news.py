"""Ears: whoever waits for news hears of what another PC of the commune has just brought, and has it then."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.models.errors import Refused
from app.sync.news import news_of_hub, news_of_server
from tests.simulation import work
from tests.simulation.arrivals import is_enrolled
from tests.simulation.faults import Fault
from tests.simulation.oracle import Violated
from tests.simulation.seats import Seat, hashes_of
from tests.simulation.template import HOME

if TYPE_CHECKING:
    from tests.simulation.world import World

EARS = 3


def heard(world: World) -> bool:
    """One receives and brings it to the hub, or the server; the others hear of it and fetch it."""
    near = world.chance.random() < 0.7
    if near and not world.hub.on:
        world.hub.start()
    near_by = [seat for seat in world.living(HOME) if not (seat.revoked or seat.far)]
    seats = [seat for seat in near_by if is_enrolled(seat)]
    if len(seats) < 2:
        return False
    one, *others = world.chance.sample(seats, min(1 + EARS, len(seats)))
    work.receive(world, one)
    _exchange(world, one, near)
    world.go_on(seconds=2)
    # what one of them brings now, the others may hear of a second later
    held = world.hub.hashes() if near else set(world.server.events(HOME).values())
    for other in others:
        _hears(world, other, held, near=near)
    return True


def _hears(world: World, seat: Seat, held: set[bytes], *, near: bool) -> None:
    ear = news_of_hub if near else news_of_server
    world.line.cut = seat.cut
    try:
        is_news = next(ear(seat.store))
    except Refused as refused:
        world.note(f"{seat.name} hears nothing: {refused}")
        return
    finally:
        world.line.cut = False
    world.note(f"{seat.name} hears {'news' if is_news else 'no news'}")
    # the same question once more may get an old answer: a hint, and the next question differs
    replayed = "answer of another question" in world.line.rates
    if not (is_news or replayed or held <= hashes_of(seat)):
        raise Violated("I8", f"{seat.name} was told of no news, and there is")
    done = is_news and _exchange(world, seat, near)
    # what a branch of a parted log says, version 0.1 is not told; by a bad line a hub may have answered
    told = done and not seat.is_old and (near or not world.line.rates)
    if told and not held <= hashes_of(seat):
        raise Violated("I8", f"{seat.name} heard of news, exchanged, and lacks it")


def _exchange(world: World, seat: Seat, near: bool) -> bool:
    before, seat.cut = seat.cut, seat.cut or near
    try:
        return world.exchange(seat)
    finally:
        seat.cut = before


THEME: dict[str, Fault] = {"news heard": heard}
