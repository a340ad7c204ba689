"""How each thing is done that can be done with a unit's rows: a method of the server, an address, a carrier."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path

import httpx
import msgspec
import pytest

from app.models.errors import Refused
from app.models.events import event as e
from app.models.exchange import file_talk as talk
from app.models.exchange.bundle import Addressed, bind, messages
from app.models.exchange.chain import LogName, lookup_token
from app.models.exchange.enrolment import Code, ask
from app.models.exchange.messages import Message, Run, map_hash
from server.exchange import bundle_files
from server.exchange.bundles import Bundles
from server.exchange.files import refuse_strangers, whole_files
from server.hub import standing
from server.hub.hub import Relay, Role
from server.ledger.devices import Fork
from server.ledger.ledger import Ledger
from server.units import satisfaction
from server.units.replica import UnitReplica
from tests.server.store.neighbours import HALF, SALT, UNSPENT, WHOLE, World, file_of, other
from tests.sync.small import NOW, UNIT, URL, SmallCounter

Call = Callable[[World], object]
CALLS: dict[str, Call] = {}


def calls(name: str) -> Callable[[Call], Call]:
    def named(call: Call) -> Call:
        CALLS[name] = call
        return call

    return named


def of_ledger(name: str, deed: Callable[[Ledger, World], object]) -> None:
    """Something done within the unit's transaction."""

    def call(world: World) -> object:
        with world.ledger() as ledger:
            given = deed(ledger, world)
            return list(given) if isinstance(given, Iterator) else given

    CALLS[name] = call


def device(world: World) -> str:
    return world.one.keys.public.device


def forked(world: World) -> LogName:
    return world.moved.own


def more(counter: SmallCounter, number: int) -> tuple[Run, ...]:
    """A dossier more, as a run."""
    known = counter.map()[counter.own]
    counter.receive(number)
    return counter.runs({counter.own: known.seq})


OF_LEDGER: dict[str, Callable[[Ledger, World], object]] = {
    "Ledger.map": lambda x, _: x.map(),
    "Ledger.hash_at": lambda x, w: [x.hash_at(w.one.own, n) for n in range(1009)],
    "Ledger.hash_of": lambda x, w: x.hash_of(w.scans[WHOLE]),
    "Ledger.runs": lambda x, w: x.runs(dict.fromkeys(x.map(), 0)),
    "Ledger.take": lambda x, w: x.take(more(w.one, 50)),
    "Ledger.take: a branch": lambda x, w: x.take(more(w.cloned, 51)),
    "Ledger.take: a fork": lambda x, w: x.take(w.smaller_clone().runs({w.one.own: 0})),
    "Ledger.without_effect_of": lambda x, w: x.without_effect_of(w.gone.keys.public.device),
    "Ledger.first_events": lambda x, _: sorted(x.first_events(), key=repr),
    "Devices.counters": lambda x, _: x.devices.counters(),
    "Devices.known": lambda x, w: [x.devices.known(d) for c in (w.one, w.gone)
                                   for d in (c.keys.public.device, other(c.keys.public.device))],
    "Devices.note_number": lambda x, w: x.devices.note_number(device(w), 900, NOW, branches=True),
    "Devices.note_number: a new one": lambda x, w: x.devices.note_number(
        other(device(w)), 7, NOW, branches=True),
    "Devices.note_refused": lambda x, w: x.devices.note_refused(
        w.gone.keys.public.device, "revoked", NOW),
    "Devices.note_refused: a new one": lambda x, w: x.devices.note_refused(
        other(w.gone.keys.public.device), "revoked", NOW),
    "Devices.lanes": lambda x, _: sorted(x.devices.lanes(), key=repr),
    "Devices.books": lambda x, _: sorted(x.devices.books(), key=repr),
    "Devices.alarmed": lambda x, w: x.devices.alarmed(forked(w)),
    "Devices.alarm": lambda x, w: x.devices.alarm(Fork(w.one.own, 1, b"1", b"2"), "x", NOW),
    "Branching.grown": lambda x, _: x.branching.grown(),
    "Branching.logs": lambda x, w: sorted(x.branching.logs(forked(w))),
    "Branching.at": lambda x, w: [x.branching.at(w.one.own, n, h) for n, h in
                                  enumerate(w.one.logs[w.one.own].hashes, 1)],
    "Branching.at: theirs": lambda x, w: x.branching.at(
        w.one.own, 1, other(w.one.logs[w.one.own].hashes[0])),
    "Branching.hashes_at": lambda x, w: sorted(x.branching.hashes_at(forked(w), 3)),
    "Branching.held": lambda x, w: sorted(x.branching.held(e.EventName(*forked(w), 3))),
    "Branching.thing_of": lambda x, w: [x.branching.thing_of(one) for one in w.moved.events()],
    "Branching.on_path": lambda x, w: x.branching.on_path(forked(w), 2),
    "Branching.departs": lambda x, w: [x.branching.departs(run, 3) for run in
                                       (*more(w.moved, 52), *more(w.one, 53))],
    "Branching.place_for": lambda x, w: x.branching.place_for(
        w.one.own, 4, w.one.logs[w.one.own].hashes[2], b"x" * 32),
    "Branching.name_anew": lambda x, w: x.branching.name_anew(forked(w)),
    "Folding.unheard_of": lambda x, w: x.folding.unheard_of(
        [str(w.scans[WHOLE]), *(other(one.about) for one in w.one.events())]),
    "Folding.events_about": lambda x, w: x.folding.events_about(
        one.about for c in (w.one, w.moved) for one in c.events()),
    "Folding.things_of": lambda x, w: x.folding.things_of(device(w)),
    "Folding.revocations": lambda x, _: x.folding.revocations(),
    "Folding.fold": lambda x, w: x.folding.fold({one.about for one in w.one.events()}),
    "Upstream.grant": lambda x, w: w.server.built.upstream.grant(x, NOW),
    "Upstream.admit": lambda x, w: w.server.built.upstream.admit(x, asked(w, w.one)),
    "Upstream.quarantine": lambda x, w: w.server.built.upstream.quarantine(
        x, [asked(w, w.gone)], NOW),
    "Author.given": lambda x, w: w.server.built.author.given(x),
    "Author.counters": lambda x, w: w.server.built.author.counters(x.unit),
    "Author.write": lambda x, w: w.server.built.author.write(
        x, [e.LaneGranted(*w.one.own, 16, "2026-11-01", "2026-12-01")], NOW),
    "keep": lambda x, _: satisfaction.keep(x, a_box(2, 18)),
    "keep_wanted": lambda x, w: bundle_files.keep_wanted(x, device(w), (file_of(HALF),)),
    "wanted": lambda x, w: bundle_files.wanted(x, device(w)),
    "whole_files": lambda x, _: whole_files(x.connection, UNIT),
}  # fmt: skip
for _name, _deed in OF_LEDGER.items():
    of_ledger(_name, _deed)


@partial(of_ledger, "Folding.heed")
def heed(ledger: Ledger, world: World) -> None:
    own, gone = world.one.own, world.gone.own
    ledger.folding.heed(e.Enrolled(device(world), 1, "", ""))
    ledger.folding.heed(e.LaneGranted(*own, 15, "2026-11-01", "2026-12-01"))
    ledger.folding.heed(e.BookGranted(*own, 15))
    ledger.folding.heed(e.Revoked(*gone, 3))


@partial(of_ledger, "Devices.alarm: theirs")
def alarm_again(ledger: Ledger, world: World) -> None:
    ((seq, there),) = ledger.devices.alarmed(forked(world))
    another = Fork(forked(world), seq, b"1", bytes.fromhex(other(there.hex())))
    ledger.devices.alarm(another, "x", NOW)


@partial(of_ledger, "Ledger.raise_alarms")
def raise_alarms(ledger: Ledger, world: World) -> None:
    ledger.forks.append(Fork(world.one.own, 2, b"1", b"3"))
    ledger.raise_alarms("x", NOW)


def a_box(first: int, last: int) -> talk.Box:
    return talk.Box(
        NOW.date(), tuple((bytes([n]) * 16, {"overall": 1}) for n in range(first, last))
    )


def asked(world: World, counter: SmallCounter) -> Message:
    """What a counter asks that tells all it holds."""
    held = counter.map()
    runs = counter.runs({counter.own: 0})
    return Message(UNIT, counter.keys.public, world.server.keys.public.device, 500,
                   map_hash(held), held, runs)  # fmt: skip


# --- the lane of files --------------------------------------------------------------------------------


def files_asked(world: World, *whats: talk.What) -> list[object]:
    """What the lane of files answers the counter."""
    keys, whom = world.one.keys, world.server.keys.public
    said = list[object]()
    for what in whats:
        question = talk.Question(UNIT, keys.public.sign, keys.public.seal, whom.device, what)
        lane = "news" if isinstance(what, talk.News) else "files"
        with httpx.Client(transport=world.server.line) as client:
            answer = client.post(f"{URL}/{lane}", content=talk.ask(question, keys, whom))
        said.append(talk.hear_reply(answer.content, keys, whom, question))
    return said


@calls("POST /files")
def files_lane(world: World) -> object:
    names = (file_of(WHOLE), file_of(HALF), other(file_of(WHOLE)))
    gets = (talk.Get(name, 0) for name in names)
    return files_asked(world, talk.Have(names), *gets, a_box(5, 11))


@calls("POST /news")
def news_lane(world: World) -> object:
    return files_asked(world, talk.News(""))


CALLS["Files.answered"] = files_lane
CALLS["News.answered"] = news_lane
CALLS["Files.whole"] = lambda w: sorted(w.server.built.upstream.files.whole(UNIT))
CALLS["Files.missed"] = lambda w: w.server.built.upstream.files.missed(UNIT)
CALLS["Files.given"] = lambda w: [
    w.server.built.upstream.files.given(UNIT, name, 0)
    for content in (WHOLE, HALF)
    for name in (file_of(content), other(file_of(content)))
]
CALLS["Files.named"] = lambda w: w.server.built.upstream.files.named(UNIT)


@calls("Files.take")
def files_take(world: World) -> object:
    """The rest of one, spoiled and then from its beginning; and one that neighbours alone have named."""
    files, event = world.server.built.upstream.files, world.scans[HALF]
    put = partial(talk.Put, file_of(HALF), event)
    theirs = e.EventName(other(event.device), other(event.incarnation), other(event.seq))
    spoiled, first = put(talk.PART, b"x"), put(0, HALF[: talk.PART])
    rest, strange = put(talk.PART, HALF[talk.PART :]), talk.Put(file_of(HALF), theirs, 0, b"x")
    return [files.take(UNIT, one) for one in (spoiled, strange, first, rest)]


@calls("refuse_strangers")
def strangers(world: World) -> None:
    keys, here = world.one.keys.public, world.server.keys.public
    asks = talk.Question(UNIT, keys.sign, keys.seal, here.device, talk.News(""))
    refuse_strangers(world.server.built.engine, asks, here)


CALLS["waiting"] = lambda w: bundle_files.waiting(
    w.server.built.upstream.files, UNIT, [file_of(WHOLE), file_of(HALF)]
)


@calls("words")
def words(world: World) -> object:
    files, keys, whom = world.server.built.upstream.files, world.server.keys, world.one.keys
    chosen = bundle_files.waiting(files, UNIT, [file_of(WHOLE)])
    said = bundle_files.words(files, chosen, keys, UNIT, whom.public)
    return [talk.hear(word, whom)[0].what for word in said]


# --- exchanges, and who is known ----------------------------------------------------------------------


@calls("POST /exchange")
def exchange(world: World) -> object:
    """Everything comes to a counter that had lost it, a dossier more goes up; the clone and the revoked come, too."""
    world.one.receive(60)
    again = SmallCounter("one", 1)
    again.logs.clear()
    again.number = world.one.number = world.one.number + 2000
    done = [world.server.exchange(counter) for counter in (again, world.one)]
    for counter in (world.cloned, world.gone):
        counter.number += 3000
        with suppress(Refused):
            world.server.exchange(counter)
    return done, again.map(), world.one.map()


CALLS["Upstream.answered"] = CALLS["Upstream.answer"] = exchange


def bundles(world: World) -> Bundles:
    return Bundles(world.server.built.units, world.server.built.upstream, world.server.keys)


def brought(world: World, path: Path) -> object:
    with path.open("rb") as file:
        return list(messages(file, world.one.keys, UNIT))


def path(world: World) -> Path:
    return world.server.data / "bundle"


@calls("Bundles.write")
def write_bundle(world: World) -> object:
    file = path(world)
    done = [bundles(world).write(file, UNIT, counter) for counter in (1, None)]
    return done, brought(world, file)


@calls("Bundles.read")
def read_bundle(world: World) -> object:
    world.one.receive(61)
    file = path(world)
    to = Addressed(UNIT, world.one.keys, world.server.keys.public, 9000, 0, branches=True)
    lacks = talk.said(talk.Wanting((file_of(WHOLE),)), world.one.keys, UNIT, to.reader)
    with file.open("wb") as opened:
        bind(opened, world.one, to, {}, [lacks])
    return bundles(world).read(file, NOW)


@calls("Enrolment.new_code")
def new_code(world: World) -> object:
    return world.server.built.enrolment.new_code(UNIT, NOW)


@calls("Enrolment.enrol")
def enrol(world: World) -> object:
    """With a code of the unit's, and with one that the neighbours alone have given."""
    keys, given = SmallCounter("new", 14).keys.public, Code.parse(world.server.code())
    answered = world.server.built.enrolment.enrol(ask(given, UNIT, 14, keys, "c" * 16), NOW)
    mine = Code.parse(world.code)
    for theirs in (Code(other(mine.id), mine.secret), Code(mine.id, other(mine.secret))):
        with pytest.raises(Refused, match="không đúng"):
            world.server.built.enrolment.enrol(ask(theirs, UNIT, 15, keys), NOW)
    return answered


@calls("POST /enrol")
def enrol_over_http(world: World) -> object:
    keys, code = SmallCounter("newer", 16).keys.public, Code.parse(world.code)
    with httpx.Client(transport=world.server.line) as client:
        asks = msgspec.json.encode(ask(code, UNIT, 16, keys))
        return client.post(f"{URL}/enrol", content=asks).json()


@calls("Bundles.answer")
def answer_bundle(world: World) -> object:
    made, file = world.server.built.enrolment, path(world)
    asks = ask(Code.parse(world.server.code()), UNIT, 1, world.one.keys.public)
    return bundles(world).answer(file, asks, made.enrol(asks, NOW)), brought(world, file)


# --- the persons in charge, and citizens ----------------------------------------------------------------


CALLS["Oversight.held"] = lambda w: w.oversight.held(UNIT)
CALLS["Oversight.alarms"] = lambda w: w.oversight.alarms(UNIT)
CALLS["Oversight.revoke"] = lambda w: w.oversight.revoke(UNIT, "12", 2, NOW)
CALLS["Oversight.release"] = lambda w: w.oversight.release(UNIT, "3", NOW)
CALLS["Notices.send"] = lambda w: w.notices.send("Một tin nữa.", [UNIT], NOW)
CALLS["Notices.all"] = lambda w: w.notices.all(UNIT)
CALLS["said"] = lambda w: satisfaction.said(w.server.built.engine, UNIT, NOW.date(), NOW.date())
CALLS["standing"] = lambda w: standing.standing(w.server.built.units, UNIT, None)
CALLS["Units.name"] = lambda w: w.server.built.units.name(UNIT)
CALLS["Units.map_hash"] = lambda w: w.server.built.units.map_hash(UNIT)
CALLS["Units.look_up"] = lambda w: w.server.built.units.look_up(lookup_token(SALT))
CALLS["PhoneBallots.turn"] = lambda w: turn(w, SALT)
CALLS["GET /t/{token}"] = lambda w: page(w, "GET", f"/t/{lookup_token(SALT)}")
CALLS["POST /t/{token}"] = lambda w: page(w, "POST", f"/t/{lookup_token(SALT)}")
CALLS["GET /"] = lambda w: page(w, "GET", "/")


def page(world: World, method: str, address: str) -> object:
    with httpx.Client(transport=world.server.line) as client:
        said = client.request(method, URL + address, content=b"level=2")
    return said.status_code, said.text


def turn(world: World, salt: str) -> object:
    found = world.server.built.units.look_up(lookup_token(salt))
    assert found
    assert world.server.built.ballots
    return world.server.built.ballots.turn(lookup_token(salt), found)


@calls("PhoneBallots.cast")
def cast(world: World) -> object:
    """Another slip's; and once more on the next day."""
    thing = str(world.one.receive(70, salt=UNSPENT))
    for body in (e.HandedOver("hoa"), e.Accepted(), e.Resolved(), e.Returned()):
        world.one.write(body, thing)
    with world.ledger() as ledger:
        ledger.take(world.one.runs({world.one.own: 0}))
    assert world.server.built.ballots
    world.server.built.ballots.cast(lookup_token(UNSPENT), 1, NOW)
    return turn(world, UNSPENT)


@calls("Units.open")
def opened(world: World) -> object:
    with world.server.built.units.open(UNIT) as ledger:
        return ledger.map()


@calls("Units.add")
def added(world: World) -> object:
    built = world.server.built
    return built.units.add("H50.14", "Xã Bên", built.author, NOW)


def replica(world: World) -> UnitReplica:
    return UnitReplica(world.server.built.units, UNIT)


CALLS["UnitReplica.map"] = lambda w: replica(w).map()
CALLS["UnitReplica.hash_at"] = lambda w: replica(w).hash_at(w.one.own, 2)
CALLS["UnitReplica.runs"] = lambda w: replica(w).runs({w.one.own: 0})
CALLS["UnitReplica.take"] = lambda w: replica(w).take(more(w.one, 80))


def relay(world: World) -> Relay:
    keys = world.server.keys
    role = Role(UNIT, URL, keys.public.sign.hex(), keys.public.seal.hex())
    kept = world.server.data / "word.bin"
    return Relay(world.server.built.units, lambda: role, keys, lambda: NOW, kept)


CALLS["Relay.exchange_number"] = lambda w: relay(w).exchange_number()
CALLS["Relay.set_exchange_number"] = lambda w: relay(w).set_exchange_number(77)
