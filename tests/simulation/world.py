"""A run: some counters, a server, a line, faults drawn from one seed; then peace, rounds, and checks."""

import gc
import json
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import Any

import pytest

import app.clock
import server.clock
from app.models.errors import Refused
from app.models.exchange import file_talk
from app.models.exchange.chain import LogName
from app.store.own.keeping import SERVERS_WORD
from app.sync.hubs import addresses
from app.upstream import send
from tests.making import MONDAY
from tests.server.cluster import Cluster
from tests.simulation import checks, evil, faults, scans, settled, upgrades, wide, work
from tests.simulation.bugs import BUGS
from tests.simulation.carriers import Carriers, there_and_home
from tests.simulation.hub import SimulatedHub
from tests.simulation.line import FAULTS, Line, carrying
from tests.simulation.oracle import Oracle, Violated
from tests.simulation.seats import Crashed, Seat, dying, hashes_of, marked, settle
from tests.simulation.template import (
    AWAY,
    COUNTERS,
    HOME,
    folder_in_memory,
    fresh,
    seat_folder,
    template,
)
from tests.simulation.upstream import SimulatedServer

STEPS = (12, 34)
ROUNDS = 3  # every counter reaches every other over the server: a path of 2, and 1


@dataclass
class Run:
    """What came of a seed: the trace, the faults by kind, and what was violated ("" for nothing)."""

    seed: int
    trace: list[str] = field(default_factory=list)
    faults: Counter[str] = field(default_factory=Counter)
    violated: str = ""
    checked: int = 0
    dossiers: int = 0
    counters: int = 0
    minutes: int = 0

    @property
    def hash(self) -> str:
        """Equal for two runs in which the same happened."""
        return sha256("\n".join(self.trace).encode()).hexdigest()[:16]


class World:
    """Everything that exists in a run. `chance` decides what happens; who acts has chances of its own."""

    def __init__(self, seed: int, folder: Path, run: Run, cluster: Cluster | None) -> None:
        self.chance = Random(f"seed {seed}")
        self.folder = folder
        self.run = run
        self.oracle = Oracle()
        self.at = MONDAY
        store = fresh(folder, cluster)
        self.server = SimulatedServer(
            folder / "server", store, Random(f"server {seed}"), lambda: self.at
        )
        self.hub = SimulatedHub(folder / "hub", lambda: self.at)
        self.line = Line(
            self.server, Random(f"line {seed}"), self._rates(), run.faults, hub=self.hub
        )
        self.seats = [self._seat(seed, HOME, n) for n in self._numbers()]
        self.seats.append(self._seat(seed, AWAY, 1))
        self.evil = evil.Evil(self, Random(f"evil {seed}"))
        self.faults = self._faults()
        self.revocation: set[Any] = set()
        self.stolen = ""
        self.counted: dict[LogName, int] = {}
        self.counts: dict[LogName, int] = {}
        """By log of the stolen device the first event that doesn't count; before the release, and now."""
        self.release: set[Any] = set()
        self.sticks: list[Path] = []
        self.scanned: dict[str, scans.Scanned] = {}
        self.codes: dict[str, str] = {}
        """The code each new PC was given to be enrolled with."""
        self.carriers = Carriers(Random(f"carriers {seed}"), folder)
        self.wide = wide.drawn(self)
        self.server.keep()

    # --- what acts ------------------------------------------------------------------------------

    def act(self, seat: Seat, what: str, deed: Callable[[], Any]) -> Any:
        """Let a person do something at a seat; the oracle sees what the screen shows. None if refused."""
        before, self.just_crashed = seat.last_row(), False
        try:
            done = deed()
        except Crashed as crash:
            self.crashed(seat, str(crash), before)
            return None
        except Refused as refused:
            self.note(f"{seat.name} {what}: {refused}")
            if own := [each.name for each in seat.written_after(before)]:
                raise Violated("I2", f"{seat.name} was refused and yet wrote {own}") from refused
            return None
        self.oracle.done(seat, seat.written_after(before))
        return done

    def exchange(self, seat: Seat) -> bool:
        """One exchange; True when it came to its end."""
        if seat.far:
            return there_and_home(self, seat)
        self.line.cut = seat.cut
        try:
            with upgrades.speaking(seat):
                outcome = send(seat.store, seat.clock)
        except Crashed as crash:
            self.crashed(seat, str(crash))
            return False
        except Refused as refused:
            self.note(f"{seat.name} exchange: {refused}")
            return False
        finally:
            self.line.cut = False
        self.hear(seat)
        self.note(
            f"{seat.name} sent {outcome.sent} received {outcome.received} pending {outcome.pending}"
        )
        held = self.server.events(seat.unit)
        if not (self.server.put_back or outcome.forks or seat.store.pending(*SERVERS_WORD)[0]):
            checks.nothing_waits(seat, held)
        if not outcome.acknowledged:
            return True  # only the hub answered
        if seat.revoked and self.revocation <= set(held):
            raise Violated("I12", f"{seat.name} is revoked and was served")
        self.oracle.acknowledged(seat, outcome.acknowledged, held)
        # not by a word that a hub passed on: that may be older than the restore of the server
        if not (outcome.pending or outcome.forks or seat.store.pending("server")[0]):
            checks.nothing_waits(seat, held)
        return True

    def hear(self, seat: Seat) -> None:
        """A twin has met the other once it holds anything the other wrote since they were one."""
        if seat.twin_of and not seat.met:
            others = {drawn for other in self.seats if not other.twin_of for drawn in other.drew}
            device, mine = seat.store.keys.public.device, {n[:2] for n in seat.known}
            seat.met = any(
                name.device == device
                and name[:2] not in mine
                and name.incarnation not in seat.drew
                and LogName(*name[:2]).root.incarnation not in others
                for name in seat.events()
            )

    def crashed(self, seat: Seat, where: str, before: int | None = None) -> None:
        """The process is gone; the officer starts it again. The marker is never behind the data."""
        self.note(f"{seat.name} crashed at {where}")
        self.run.faults["crash"] += 1
        self.just_crashed = True
        seat.kill()
        seat.open()
        mark, own = marked(seat), seat.own_log()
        head = seat.store.log.head(own) if own else None
        wrote = before is not None and own and head and seat.last_row() > before
        if wrote and own and head and mark != (own.incarnation, head.seq):
            raise Violated("I4", f"{seat.name}'s marker says {mark}, its data {own} {head.seq}")

    def crashing(self, seat: Seat, point: tuple[Any, str, str], deed: Callable[[], Any]) -> None:
        """Do something with a crash point set."""
        del seat
        with dying(*point, passing=self.chance.choice((1, 1, 1, 2, 3))):
            deed()

    # --- what there is --------------------------------------------------------------------------

    def living(self, unit: str = "") -> list[Seat]:
        """The seats somebody sits at."""
        return [s for s in self.seats if not s.dead and unit in ("", s.unit)]

    def copies(self, unit: str, but: Seat | None = None) -> list[set[bytes]]:
        """What each file but one's holds of a unit; the server's first."""
        seats = (seat for seat in self.living(unit) if seat is not but)
        near = [self.hub.hashes()] if unit == HOME else []
        return [set(self.server.events(unit).values()), *near, *(hashes_of(seat) for seat in seats)]

    def relay(self) -> bool:
        """The hub exchanges with the server; True when it came to its end."""
        try:
            outcome = self.hub.relay.relay()
        except Refused as refused:
            self.note(f"hub: {refused}")
            return False
        self.note(f"hub sent {outcome.sent} received {outcome.received}")
        if self.hub.hashes() - set(self.server.events(HOME).values()):
            raise Violated("I8", "the hub has relayed, and holds what its server doesn't")
        return True

    def close(self) -> None:
        self.hub.stop()
        self.server.stop()
        self.server.store.end()

    def note(self, line: str) -> None:
        self.run.trace.append(f"{self.at:%m-%d %H:%M} {line}")

    def seconds(self) -> float:
        """What a server's own stopwatch shows."""
        return self.at.timestamp()

    def go_on(self, **span: float) -> None:
        self.at += timedelta(**span)

    # --- what is drawn --------------------------------------------------------------------------

    def _numbers(self) -> list[int]:
        numbers = list(COUNTERS[HOME])
        self.chance.shuffle(numbers)
        return numbers[: self.chance.choice((2, 2, 3))]

    def _seat(self, seed: int, unit: str, number: int) -> Seat:
        name = f"{unit[-1]}/{number}"
        seat = Seat(
            name, unit, seat_folder(self.folder, unit, number), f"{unit} {number}",
            lambda: self.at, Random(f"{name} {seed}"),
        )  # fmt: skip
        settle(seat)
        seat.kept.append(Path(shutil.copyfile(seat.database, seat.folder / "copy 0.db")))
        return seat.open()

    def _rates(self) -> dict[str, float]:
        """Which faults of the line there are in this run, and how often each strikes."""
        return {
            fault: self.chance.choice((0.02, 0.1, 0.3))
            for fault in FAULTS
            if self.chance.random() < 0.3
        }

    def _faults(self) -> dict[str, faults.Fault]:
        """Which other faults there are in this run: often those of one theme alone."""
        themes = self.chance.sample(
            sorted(faults.THEMES), self.chance.choice((0, 1, 1, 1, 2, 2, 3))
        )
        drawn = {kind: fault for theme in themes for kind, fault in faults.THEMES[theme].items()}
        return {kind: fault for kind, fault in drawn.items() if self.chance.random() < 0.8}


def run(seed: int, bug: str = "", cluster: Cluster | None = None) -> Run:
    """One seed, from its first morning to the last check; with a planted bug, if one is named.

    The server's store is SQLite, or a database of `cluster`.
    """
    result = Run(seed)
    folder = folder_in_memory()
    try:
        with pytest.MonkeyPatch.context() as patch, _unswept():
            _seal(patch, seed)
            template(cluster)
            if bug:
                BUGS[bug](patch)
            world = World(seed, folder, result, cluster)
            find = partial(addresses, find=world.hub.found)
            patch.setattr("app.upstream.addresses", find)
            patch.setattr("app.sync.news.addresses", find)
            patch.setattr("server.exchange.news.monotonic", world.seconds)
            if "forked" in world.faults:
                # so that short logs, too, part before what is asked for first, and come in pieces
                patch.setattr("app.models.exchange.points.STEP", world.chance.choice((1, 3, 50)))
                budget = world.chance.choice((2_000, 2 * 1024 * 1024))
                for place in ("server.exchange.upstream", "app.models.exchange.talk"):
                    patch.setattr(f"{place}.STRETCH", budget)
                    patch.setattr(f"{place}.FIRST_STRETCH", budget)
            with carrying(world.line), closing(world):
                _live(world)
    except Violated as violated:
        result.violated = str(violated)
    except Exception as error:  # noqa: BLE001  # whatever the product raises is a find
        where = error.__traceback__
        while where and where.tb_next:
            where = where.tb_next
        place = where.tb_frame.f_code.co_qualname if where else ""
        result.violated = f"raised: {type(error).__name__} in {place}: {error}"
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    result.trace.append(result.violated)
    return result


def _live(world: World) -> None:
    steps = world.chance.randint(*STEPS)
    for _ in range(steps):
        world.go_on(minutes=world.chance.choice((1, 5, 5, 20, 20, 20, 20, 600)))
        _step(world)
    heal(world)
    for seat in world.living():
        if seat.revoked:
            continue
        checks.receiving_goes_on(world, seat)
    for _ in range(ROUNDS + any(seat.far for seat in world.living())):
        _round(world)
        if checks.all_agree(world):
            break
    checks.everything(world)
    scans.check(world)
    settled.check(world)
    world.run.checked = world.oracle.checked
    world.run.dossiers = sum(len(shown) for shown in world.oracle.shown.values())
    world.run.counters = len(world.seats)
    world.run.minutes = int((world.at - MONDAY).total_seconds() // 60)


def _round(world: World) -> None:
    """Every counter, and the hub, exchanges with the server in a drawn order."""
    seats: list[Seat | None] = [seat for seat in world.living() if not seat.revoked]
    seats += [None] if world.hub.on else []
    world.chance.shuffle(seats)
    for seat in seats:
        if not (world.exchange(seat) if seat else world.relay()):
            who = seat.name if seat else "the hub"
            raise Violated("I8", f"{who} can't exchange though all is healed")


def _step(world: World) -> None:
    if wide.happens(world):
        return
    drawn = world.chance.random()
    if world.faults and drawn < 0.25:
        kind = world.chance.choice(list(world.faults))
        if world.faults[kind](world):
            world.run.faults[kind] += 1
        return
    seats = world.living()
    seat = world.chance.choice(seats)
    if drawn < 0.5:
        world.exchange(seat)
    else:
        work.something(world, seat)


def heal(world: World) -> None:
    """No fault strikes any more; whatever was on its way arrives."""
    world.line.rates = {}
    world.server.crash = None
    for seat in world.seats:
        seat.cut = False
    world.line.deliver_late()
    world.note("healed")
    wide.healed(world)


@contextmanager
def _unswept() -> Iterator[None]:
    """Garbage waits for the end of the run: looking for it again and again takes a tenth of the time."""
    was_swept = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_swept:
            gc.enable()


async def _at_once(work: Callable[..., Any], *given: Any) -> Any:
    return work(*given)


def _seal(patch: pytest.MonkeyPatch, seed: int) -> None:
    """No time and no entropy but the world's; Python's own order of sets is left to the double run."""

    def leaked(*_: object) -> datetime:
        raise AssertionError("the machine was asked for the time")

    nonces = Random(f"nonces {seed}")
    patch.setattr(file_talk, "PART", scans.PART)
    patch.setattr("server.exchange.news.run_in_threadpool", _at_once)
    patch.setattr("app.store.journal.marker.urandom", nonces.randbytes)
    patch.setattr(app.clock, "now", leaked)
    patch.setattr(server.clock, "now", leaked)


def told(result: Run) -> str:
    """A run on one line of JSON, for the tally and for comparing two processes."""
    return json.dumps({"seed": result.seed, "hash": result.hash, "violated": result.violated})
