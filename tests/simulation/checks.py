"""The invariants of a quiet world: everybody agrees, nothing shown is lost, every number is explained."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.models.events.event import EventName
from app.models.exchange.chain import LogName
from tests.simulation import holdings, work
from tests.simulation.oracle import Violated
from tests.simulation.seats import Seat, hashes_of
from tests.simulation.template import AWAY, HOME
from tests.simulation.upstream import DEVICE

if TYPE_CHECKING:
    from tests.simulation.world import World


def nothing_waits(seat: Seat, held: dict[EventName, bytes]) -> None:
    """The screen says all is sent: so the server holds all this PC ever wrote."""
    there = set(held.values())
    missing = [name for name, hash_ in seat.events().items() if hash_ not in there]
    if missing:
        raise Violated("I5", f"{seat.name} says all is sent, but {missing[0]} isn't held")


def receiving_goes_on(world: World, seat: Seat) -> None:
    """Whatever happened, the next citizen is served (I18)."""
    before = len(world.run.trace)
    if work.receive(world, seat) is None:
        raise Violated("I18", f"{seat.name} can't receive: {world.run.trace[before:]}")


def all_agree(world: World) -> bool:
    """True once no further round could move anything."""
    maps = {unit: world.server.map(unit) for unit in (HOME, AWAY)}
    if world.hub.on and world.hub.map() != maps[HOME]:
        return False
    seats = [seat for seat in world.living() if not seat.revoked]
    # what came from a hub after its own exchange waits for the server's word one round more
    return all(s.store.map() == maps[s.unit] and not s.store.pending("server")[0] for s in seats)


def everything(world: World) -> None:
    """All that must hold once everybody has exchanged with everybody."""
    if world.hub.on and world.hub.map() != world.server.map(HOME):
        raise Violated("I8", "the hub and the server hold different maps")
    for unit in (HOME, AWAY):
        _server_tells_one_history(world, unit)
        seats = [seat for seat in world.living(unit) if not seat.revoked]
        for seat in seats:
            world.oracle.checked += 1
            _agrees_with_the_server(world, seat)
            _holds_what_was_shown(world, seat)
            _shows_what_was_shown(world, seat)
            _is_whole(world, seat)
        _all_equal(seats)
        for seat in seats[:1]:  # they are equal
            holdings.check(seat)
        _rebuilds(world, unit, seats)
        _stays_apart(world, unit, seats)


def _server_tells_one_history(world: World, unit: str) -> None:
    """Whatever dump was put back under it: what it once signed is not signed otherwise (I6)."""
    own = DEVICE.device
    parted = [log for log in world.server.map(unit) if log.device == own and log != log.root]
    if parted:
        raise Violated("I6", f"the server signed two histories of {parted[0].root.incarnation}")


def _agrees_with_the_server(world: World, seat: Seat) -> None:
    if seat.store.map() != world.server.map(seat.unit):
        raise Violated("I8", f"{seat.name} and the server hold different maps")
    if seat.events() != world.server.events(seat.unit):
        raise Violated("I8", f"{seat.name} and the server hold different events")
    waiting, _ = seat.store.pending("server")
    if waiting:
        raise Violated("I8", f"{seat.name} still has {waiting} events pending")


def _holds_what_was_shown(world: World, seat: Seat) -> None:
    held = hashes_of(seat)
    for hash_ in world.oracle.demanded(seat.unit):
        if hash_ not in held and not _is_hidden(world, seat.unit, hash_):
            raise Violated("I1", f"{seat.name} lacks {hash_.hex()[:16]}, which was shown as saved")


def _is_hidden(world: World, unit: str, hash_: bytes) -> bool:
    """True for what a revoked PC wrote from then on, until it is released, and what it alone holds."""
    holders = [seat for seat in world.living(unit) if hash_ in hashes_of(seat)]
    names = {h: name for seat in holders[:1] for name, h in seat.events().items()}
    name = names.get(hash_)
    if (
        name
        and name.device == world.stolen
        and name.seq >= _counts_until(world).get(LogName(*name[:2]).root, 1)
    ):
        return True
    return bool(holders) and all(seat.revoked for seat in holders)


def _counts_until(world: World) -> dict[LogName, int]:
    """By log of the stolen PC, the first event that doesn't count: by the last word not lost since."""
    lost = not world.release <= set(world.server.events(HOME))
    return world.counted if lost else world.counts


def _shows_what_was_shown(world: World, seat: Seat) -> None:
    rows = seat.store.database.rows(
        "SELECT name, code, provisional_code, applicant, status FROM dossiers"
        " JOIN things ON things.id = thing"
    )
    found = {EventName.parse(row[0]): row[1:] for row in rows}
    names = {hash_: name for name, hash_ in seat.events().items()}
    for opening, shown in world.oracle.dossiers(seat.unit).items():
        if _is_hidden(world, seat.unit, opening):
            continue
        thing = names[opening]
        code, provisional, applicant, status = found.get(thing, ("", "", "", ""))
        if shown.code not in (code, provisional) or applicant != shown.applicant:
            raise Violated("I1", f"{seat.name} shows {found.get(thing)} for {shown}")
        revoked = {each.name for each in world.seats if each.revoked}
        if (
            len(shown.touched - revoked) == len(shown.touched) == 1
            and status != shown.status
            and not world.oracle.gone
        ):
            raise Violated("I10", f"{seat.name} shows {status} for {shown}")
        if seat.store.dossiers.named(shown.code) is None:
            raise Violated("I1", f"{seat.name} doesn't find {shown.code}")


def _is_whole(world: World, seat: Seat) -> None:
    verified = seat.store.verify()
    wrong = [
        finding.sentence
        for finding in verified.findings
        if finding.wrong and not (world.oracle.twice and "được cấp hai lần" in finding.sentence)
    ]
    if wrong:
        raise Violated("I4", f"{seat.name}: {wrong[0]}")


def _all_equal(seats: list[Seat]) -> None:
    dumps = [seat.store.folding.dump() for seat in seats]
    for seat, dump in zip(seats[1:], dumps[1:], strict=True):
        if dump != dumps[0]:
            differ = sorted(set(dump) ^ set(dumps[0]))
            raise Violated("I8", f"{seat.name} and {seats[0].name} differ: {differ[0][:200]}")


def _rebuilds(world: World, unit: str, seats: list[Seat]) -> None:
    """The tables are nothing but the fold of the events, on both sides."""
    before, after = world.server.rebuild(unit)
    if before != after:
        raise Violated("I7", "the server's tables differ from its events")
    shown = {line.split(",", 1)[0].strip("('") for line in after}
    for seat in seats:
        dump = seat.store.folding.dump()
        with seat.store.database.transaction():
            seat.store.folding.rebuild()
        if seat.store.folding.dump() != dump:
            raise Violated("I7", f"{seat.name}'s tables differ from its events")
        rows = seat.store.database.rows(
            "SELECT name, code, provisional_code, status FROM dossiers JOIN things ON things.id = thing"
        )
        if {row[0] for row in rows} != shown:
            raise Violated("I8", f"{seat.name} and the server know different dossiers")


def _stays_apart(world: World, unit: str, seats: list[Seat]) -> None:
    """Nothing of the other unit is here, and nobody forked but who meant to."""
    others = {s.store.keys.public.device for s in world.living(AWAY if unit == HOME else HOME)}
    for held in (world.server.map(unit), *(seat.store.map() for seat in seats)):
        if any(log.device in others for log in held):
            raise Violated("I11", f"events of another unit in {unit}")
    if unit == AWAY and world.server.forks(unit) and not any(s.twin_of for s in world.living(AWAY)):
        raise Violated("I6", "a fork where nobody forked")
