"""PCs that are enrolled by files: a request goes out, an answer comes home, and either may go astray.

The oracle of enrolment is here too. It knows which PC wrote which request, until when its code held,
and what the server held when it answered.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from sqlalchemy import select

from app.models.errors import Refused
from app.models.exchange import enrolment
from app.models.exchange.bundle import Addressed, bind
from app.models.exchange.carried_enrolment import read_request, sealed_answer
from app.models.exchange.chain import DeviceKeys
from app.models.exchange.enrolment import Asked, Code
from app.store.own.keeping import Keeping
from app.sync.enrol_by_file import read_answer, write_request
from app.sync.known import server_of
from app.sync.standing import REQUEST
from server.store import tables
from tests.simulation import work
from tests.simulation.arrivals import A_STRANGERS, come, free, is_enrolled
from tests.simulation.carriers import Answer, Request, Stick, device_of, held_at
from tests.simulation.faults import EXCHANGE_POINTS, WRONG, Fault, Point
from tests.simulation.oracle import Violated
from tests.simulation.seats import Crashed, Seat, hashes_of, lose_marker
from tests.simulation.template import HOME
from tests.simulation.upstream import DEVICE, URL

if TYPE_CHECKING:
    from tests.simulation.world import World

FREE = (6, 7, 98)  # numbers of those that come: two with a lane of their own, one without
LASTS = (timedelta(minutes=15), timedelta(days=1), timedelta(days=14))
KEPT_POINTS: tuple[Point, ...] = ((Keeping, "put", "before"), (Keeping, "put", "after"))


# --- what happens -------------------------------------------------------------------------------


def enrolled_by_stick(world: World) -> bool:
    """A PC no line reaches asks, is answered and reads, as far as it comes."""
    seat = _newcomer(world)
    if seat is None:
        return mixed_up(world)
    asked = _last(world, seat)
    if asked is None or world.chance.random() < 0.2:
        asked = ask(world, seat)
    if world.chance.random() < 0.2:
        world.go_on(days=world.chance.choice((1, 2)))
    answer = _answer(world, asked) if world.chance.random() < 0.8 else None
    if answer and world.chance.random() < 0.8:
        _read_or_crash(world, seat, answer)
    work.receive(world, seat)
    if world.chance.random() < 0.5:
        world.exchange(seat)
    return True


def mixed_up(world: World) -> bool:
    """An old request is answered once more; any PC reads any answer there is."""
    letters = world.carriers
    if not letters.requests:
        return False
    if world.chance.random() < 0.5:
        _answer(world, world.chance.choice(letters.requests))
    if letters.answers:
        seat = world.chance.choice(world.living(HOME))
        _read_or_crash(world, seat, world.chance.choice(letters.answers[-4:]))
    return True


def swapped(world: World) -> bool:
    """Two PCs ask, and each is handed the other's answer first."""
    pair = [seat for seat in (_newcomer(world), _newcomer(world, is_new=True)) if seat]
    if len(pair) < 2:
        return mixed_up(world)
    answers = [_answer(world, ask(world, seat)) for seat in pair]
    for some in (reversed(answers), answers):
        for seat, answer in zip(pair, some, strict=True):
            if answer:
                read(world, seat, answer)
    return True


def forged(world: World) -> bool:
    """Somebody who saw the request, but not the code, answers it as if he were the server."""
    seat = _newcomer(world)
    if seat is None:
        return False
    asked = read_request((_last(world, seat) or ask(world, seat)).content)
    evil, reader = world.evil.device, seat.store.keys.public
    secret = Code.drawn(world.chance.randbytes(13)).secret
    told = enrolment.answer(secret, asked, "Xã Mẫu", evil.keys.public)
    enrolled = sealed_answer(told, asked, reader)
    addressed = Addressed(HOME, evil.keys, reader, 1, 0, branches=True, enrolled=enrolled)
    path = world.carriers.place()
    with path.open("wb") as file:
        bind(file, evil, addressed, {})
    by = evil.keys.public.device
    read(world, seat, Answer(path.read_bytes(), by, device_of(seat), frozenset()))
    return True


def forgotten(world: World) -> bool:
    """It has its answer, and before it says a word the server is put back to the day before."""
    seat = _newcomer(world)
    if seat is None:
        return False
    world.server.keep()
    answer = _answer(world, ask(world, seat))
    came = answer is not None and read(world, seat, answer)
    before = set(world.server.events(HOME).values())
    world.server.put(world.server.kept[-1])
    world.oracle.lost(before, world.copies(HOME))
    world.note("the server forgot whom it enrolled")
    if came and world.chance.random() < 0.5:
        world.exchange(seat)
    return True


def number_asked_twice(world: World) -> bool:
    """Another PC was set up with the number of one that is enrolled, and asks, too."""
    known = [s for s in world.living(HOME) if world.server.knows(HOME, device_of(s))]
    if not known:
        return False
    number, code = world.chance.choice(known).store.counter, world.server.code(HOME)
    if _is_answered(world, DeviceKeys(world.chance.randbytes(64)), number, code):
        raise Violated("I3", f"counter {number} was enrolled a second time, as another PC")
    return True


THEME: dict[str, Fault] = {
    "enrolled by stick": enrolled_by_stick,
    "letters mixed up": mixed_up,
    "answers swapped": swapped,
    "answer forged": forged,
    "enrolment forgotten": forgotten,
    "number asked twice": number_asked_twice,
}


def enrolled(world: World, seat: Seat) -> bool:
    """Once all is healed: one letter there and one home; True when that was all it took."""
    answer = _answer(world, ask(world, seat, world.server.code(HOME)))
    return answer is not None and read(world, seat, answer)


# --- each step, and what must hold of it --------------------------------------------------------


def ask(world: World, seat: Seat, code: str = "") -> Request:
    """Write a request, by a new code or once more by the last; now and then of another incarnation."""
    last, until = _last(world, seat), world.at
    if not code and world.chance.random() < 0.2:
        seat.close()
        lose_marker(seat)
        seat.open()
        work.receive(world, seat)
    if not code and last and world.chance.random() < 0.3:
        code, until = last.code, last.until
    else:
        lasts = world.chance.choice(LASTS)
        code, until = code or world.server.code(HOME, lasts), world.at + lasts
    path, waited = world.carriers.place(), seat.store.keeping.get(REQUEST)
    write_request(seat.store, path, URL, code)
    asked = Request(path.read_bytes(), device_of(seat), code, until)
    if last and last.code == code and last.code in waited and last.content != asked.content:
        raise Violated("I6", f"{seat.name} asks otherwise by the same code")
    world.carriers.requests.append(asked)
    world.codes[seat.name] = code
    world.note(f"{seat.name} asked by stick")
    return asked


def _answer(world: World, request: Request) -> Answer | None:
    """What the server writes, as `motcua-server enrolment answer` does; None for nothing."""
    path = world.carriers.brought(world, request.content)
    if path is None:
        return None
    server, into = world.server, world.carriers.place()
    is_new = not _has_told(world, request.by)
    try:
        asked = read_request(path.read_bytes())
        if msgspec.json.encode(asked) not in request.content:
            raise Violated("I6", "the server read another request than was written")
        server.carried(lambda: _answered(world, asked, into))
    except Crashed as crash:
        world.run.faults["server crash"] += 1
        world.note(f"the server crashed at {crash}")
        return None
    except Refused:
        world.note("the server answers no such request")
        return None
    if world.at > request.until:
        raise Violated("I12", "the server answered a code that was over")
    held = frozenset(server.events(HOME).values()) if is_new else frozenset()
    answer = Answer(into.read_bytes(), DEVICE.device, request.by, held)
    world.carriers.answers.append(answer)
    world.carriers.sticks.append(Stick(answer.content, answer.by, answer.to))
    world.note("the server answered a request")
    _code_is_used_up(world, request)
    return answer


def _has_told(world: World, device: str) -> bool:
    """Whether a bundle of the device has told the server what that holds."""
    c = tables.peers.c
    with world.server.processes[0].units.open(HOME) as ledger:
        query = select(c.device).where(c.unit == HOME, c.device == device)
        return ledger.connection.scalar(query) is not None


def _answered(world: World, asked: Asked, into: Path) -> None:
    told = world.server.one.enrolment.enrol(asked, world.at)
    world.server.bundles().answer(into, asked, told)


def _code_is_used_up(world: World, request: Request) -> None:
    """Whoever copied the request's code writes one of his own, and comes too late (I12)."""
    if world.chance.random() < 0.5:
        return
    if _is_answered(world, DeviceKeys(world.chance.randbytes(64)), A_STRANGERS, request.code):
        raise Violated("I12", "a code enrolled two devices")


def _is_answered(world: World, keys: DeviceKeys, number: int, code: str) -> bool:
    """Whether this stranger is enrolled."""
    asked = enrolment.ask(Code.parse(code), HOME, number, keys.public)
    with suppress(Refused):
        world.server.one.enrolment.enrol(asked, world.at)
        return True
    return False


def _read_or_crash(world: World, seat: Seat, answer: Answer) -> None:
    if world.chance.random() < 0.6:
        point = world.chance.choice(world.chance.choice((KEPT_POINTS, EXCHANGE_POINTS)))
        world.crashing(seat, point, lambda: read(world, seat, answer))
    read(world, seat, answer)


def read(world: World, seat: Seat, answer: Answer) -> bool:
    """True when the PC took the answer; one that is not for it, or not whole, changes nothing there."""
    path = world.carriers.brought(world, answer.content)
    if path is None:
        return False
    is_whole = path.read_bytes() == answer.content
    is_its_own = is_whole and answer.to == device_of(seat) and answer.by == DEVICE.device
    before, waited = _standing(seat), seat.store.keeping.get(REQUEST)
    try:
        joined = read_answer(seat.store, path, seat.clock())
    except Crashed as crash:
        world.crashed(seat, str(crash))
        if waited and not (is_enrolled(seat) or seat.store.keeping.get(REQUEST) == waited):
            raise Violated("I4", f"{seat.name} forgot what it asked, and isn't enrolled") from None
        return False
    except Refused:
        if _standing(seat) != before:
            raise Violated("I2", f"{seat.name} refused an answer, and took of it") from None
        world.note(f"{seat.name} refused an answer")
        return False
    if not is_its_own:
        raise Violated("I6", f"{seat.name} took an answer that isn't its own, or isn't whole")
    if answer.held - hashes_of(seat):
        raise Violated("I8", f"{seat.name} was brought less than the server held")
    world.hear(seat)
    world.note(f"{seat.name} read an answer: {joined.read.taken.received}")
    return True


# --- inside -------------------------------------------------------------------------------------


def _standing(seat: Seat) -> tuple[object, ...]:
    return held_at(seat), seat.store.keeping.get(REQUEST), server_of(seat.store)


def _newcomer(world: World, *, is_new: bool = False) -> Seat | None:
    """One that waits to be enrolled, or one more that is set up; its clock may be years off."""
    waiting = [s for s in world.living(HOME) if s.far and not s.revoked and not is_enrolled(s)]
    numbers = free(world, FREE)
    if waiting and not is_new:
        return world.chance.choice(waiting)
    if not numbers:
        return None
    seat = come(world, world.chance.choice(numbers), far=True)
    if world.chance.random() < 0.3:
        seat.offset = world.chance.choice(WRONG)
    return seat


def _last(world: World, seat: Seat) -> Request | None:
    own = [asked for asked in world.carriers.requests if asked.by == device_of(seat)]
    return own[-1] if own else None
