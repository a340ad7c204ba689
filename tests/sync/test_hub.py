"""A hub on the commune's network: counters see each other without a line, and "sent" stays the server's word."""

from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

import httpx
import pytest

from app.models.dossiers.lifecycle import Deed, deeds_from
from app.models.errors import OtherSideFailed, Refused
from app.models.exchange.chain import DeviceKeys
from app.models.exchange.messages import Message, Passed, map_hash, pack
from app.models.exchange.talk import Outcome
from app.sync.held import held
from app.sync.standing import standing_of
from app.upstream import send
from server.exchange.upstream import Upstream
from server.hub.file_relay import FileRelay
from server.hub.hub import WORD, Relay, join, role_in, standing_role
from server.units.units import Units
from server.web.web import application
from tests.making import UNIT, ACounter, a_counter
from tests.sync.small import URL, Line, SmallServer
from tests.sync.stick import Stick, enrolled

HUB = "http://192.168.1.9:8711"


class Commune:
    """A server, a hub and three counters; each of the lines may be cut."""

    def __init__(self, folder: Path, patch: pytest.MonkeyPatch) -> None:
        self.server = SmallServer(folder / "server", UNIT)
        self.hub = SmallServer(folder / "hub")
        self.online = self.hub_on = True
        self._route(patch)
        code = self.server.code(UNIT)
        keys, now = self.hub.keys.public, self.server.now
        join(self.hub.data, self.hub.built.engine, keys, UNIT, URL, code, now)
        self.role = role_in(self.hub.data)
        assert self.role
        self.restart_hub()
        made = (a_counter(folder / str(n), n, machine=f"máy {n}") for n in (1, 2, 3))
        self.counters = [enrolled(counter, self.server) for counter in made]
        for _ in range(2):
            for counter in self.counters:
                self.sync(counter)
            self.relays()
        stick = folder / "stick"
        stick.mkdir()
        self.stick = Stick(stick, self.server)

    def restart_hub(self) -> None:
        """Another process on the hub's folder."""
        assert self.role
        word = self.hub.data / WORD
        self.relay = Relay(
            self._units, partial(standing_role, self.hub.data), self.hub.keys,
            lambda: self.server.now, word,
        )  # fmt: skip
        self.hub_line = Line(self._app())
        self.files = FileRelay(
            self.upstream.files, partial(standing_role, self.hub.data), self.hub.keys
        )

    @property
    def _units(self) -> Units:
        assert self.role
        return Units(self.hub.built.engine, self.role.server.keys.device)

    def _app(self) -> Any:
        assert self.role
        authority = self.role.server.keys.device
        self.upstream = Upstream(self._units, None, self.hub.keys, authority, self.relay.word)
        enrolment = self.hub.built.enrolment
        return application(self._units, self.upstream, enrolment, lambda: self.server.now)

    def _route(self, patch: pytest.MonkeyPatch) -> None:
        """Whatever is asked over HTTP reaches server or hub, when their lines are whole."""
        commune = self

        class Network(httpx.BaseTransport):
            def handle_request(self, request: httpx.Request) -> httpx.Response:
                near = str(request.url).startswith(HUB)
                if not (commune.hub_on if near else commune.online):
                    raise httpx.ConnectError("no line")
                line = commune.hub_line if near else commune.server.line
                return line.handle_request(request)

        real = httpx.Client

        def client(**arguments: Any) -> httpx.Client:
            return real(**arguments | {"transport": Network()})

        patch.setattr("app.sync.http.httpx.Client", client)
        patch.setattr("app.sync.hubs.found_near", lambda *_: {})

    def sync(self, counter: ACounter) -> Outcome:
        return send(counter.store, counter.clock, hub=HUB)

    def relays(self) -> Outcome:
        return self.relay.relay()

    def agree(self) -> bool:
        maps = [counter.store.map() for counter in self.counters]
        return len({map_hash(held) for held in (*maps, self.server_map(), self.relay.map())}) == 1

    def server_map(self) -> Any:
        with self.server.built.units.open(UNIT) as ledger:
            return ledger.map()


@pytest.fixture
def commune(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Commune:
    return Commune(tmp_path, monkeypatch)


def test_without_a_line_counters_see_each_other_through_the_hub(commune: Commune) -> None:
    one, two, _ = commune.counters
    commune.online = False
    one.receive()
    told = commune.sync(one)
    assert (told.sent, told.pending, told.at_hub) == (0, 1, 1)
    assert commune.sync(two).received == 1
    assert one.dump() == two.dump()


def test_at_the_hub_becomes_sent_by_the_servers_word_alone(commune: Commune) -> None:
    one = commune.counters[0]
    commune.online = False
    one.receive()
    waiting = commune.sync(one).pending
    commune.online = True
    commune.relays()
    commune.online = False
    told = commune.sync(one)
    assert (told.sent, told.pending, told.at_hub) == (waiting, 0, 0)
    assert one.store.map().items() <= commune.server_map().items()


def test_a_hub_started_anew_without_a_line_still_passes_the_servers_word_on(
    commune: Commune,
) -> None:
    one = commune.counters[0]
    commune.online = False
    one.receive()
    commune.sync(one)
    commune.online = True
    commune.relays()
    commune.online = False
    commune.restart_hub()
    assert commune.sync(one).pending == 0


def test_a_hub_whose_kept_word_is_torn_starts_without_one(commune: Commune) -> None:
    kept = commune.hub.data / WORD
    kept.write_bytes(kept.read_bytes()[:-1])
    commune.restart_hub()
    assert commune.relay.word() is None


def test_nobody_searches_for_a_hub_while_the_server_answers(
    commune: Commune, monkeypatch: pytest.MonkeyPatch
) -> None:
    searched: list[bool] = []

    def nowhere(*_: object, search: bool) -> tuple[()]:
        searched.append(search)
        return ()

    monkeypatch.setattr("app.upstream.addresses", nowhere)
    one = commune.counters[0]
    commune.sync(one)
    commune.online = False
    with suppress(OtherSideFailed):
        commune.sync(one)
    assert searched == [False, True]


def test_an_idle_exchange_with_the_hub_passes_nothing_on_again(commune: Commune) -> None:
    one = commune.counters[0]
    commune.relays()
    commune.online = False
    commune.sync(one)
    idle = commune.sync(one)
    assert idle.requests == 1
    assert idle.bytes_down < 1024


def test_switched_off_at_noon_each_goes_on_alone(commune: Commune) -> None:
    one, two, _ = commune.counters
    commune.hub_on = False
    one.receive()
    assert commune.sync(one).pending == 0
    assert commune.sync(two).received > 0


def test_a_hub_grants_nothing_and_writes_no_log(commune: Commune) -> None:
    for counter in commune.counters:
        commune.sync(counter)
    commune.relays()
    devices = {log.device for log in commune.relay.map()}
    assert commune.hub.keys.public.device not in devices


def test_a_lane_that_comes_by_the_hub_gives_waiting_dossiers_their_codes(
    commune: Commune, tmp_path: Path
) -> None:
    new = enrolled(a_counter(tmp_path / "12", 12, machine="máy 12"), commune.server)
    new.clock.go_on(days=7)
    waiting = new.receive().code
    commune.stick.down(new)
    commune.relays()
    for online in (False, True, False):
        commune.online = online
        commune.relays() if online else commune.sync(new)
    found = new.desk.lookup.find(f"{UNIT}-261130-0010")
    assert found == new.desk.lookup.find(waiting) != []


def test_a_hub_passes_on_no_word_the_server_did_not_sign(
    commune: Commune, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = commune.counters[0]
    commune.online = False
    one.receive()
    lie = _forged(commune, DeviceKeys(bytes(range(64))))
    monkeypatch.setattr(commune.relay, "_word", lie)
    with pytest.raises(OtherSideFailed, match="Không nối được"):
        commune.sync(one)
    assert one.store.pending("server", "passed:")[0] > 0


def _forged(commune: Commune, keys: DeviceKeys) -> Any:
    store = commune.counters[0].store
    store.journal.sign_head()
    held = store.map()
    message = Message(UNIT, keys.public, commune.hub.keys.public.device, 1, map_hash(held), held)
    return Passed(pack(message, keys), held)


def test_nobody_answers_for_a_hub_that_was_never_enrolled(commune: Commune) -> None:
    one = commune.counters[0]
    commune.hub.data.joinpath("server.key").unlink()
    stranger = Upstream(commune._units, None, commune.hub.keys, "x")
    commune.hub_line = Line(
        application(
            commune._units, stranger, commune.hub.built.enrolment, lambda: commune.server.now
        )
    )
    one.receive()
    told = commune.sync(one)
    assert (told.pending, told.at_hub) == (0, 0)


@pytest.mark.parametrize("seed", range(4))
def test_any_mixture_of_carriers_converges(commune: Commune, seed: int) -> None:
    chance, codes = Random(seed), list[str]()
    for _ in range(40):
        drawn_step(commune, chance, codes)
    carry(commune)
    assert commune.agree()
    dumps = [counter.dump() for counter in commune.counters]
    assert dumps[0] == dumps[1] == dumps[2]
    assert len(set(codes)) == len(codes)


def test_three_hundred_deeds_of_three_counters_on_forty_dossiers_come_to_one_truth(
    commune: Commune,
) -> None:
    chance, codes, done = Random(300), list[str](), list[tuple[str, int]]()
    for at in range(40):
        codes.append(commune.counters[at % 3].receive().code)
    carry(commune)
    while len(done) < 300 or len(touched_by_two(done)) < 40:
        counter = chance.choice(commune.counters)
        done += [(code, counter.number) for code in any_deed(counter, chance)]
        if chance.random() < 0.2:
            drawn_step(commune, chance, codes)
    carry(commune)
    assert commune.agree()
    one, two, three = (counter.dump() for counter in commune.counters)
    assert one == two == three
    assert len(set(codes)) == len(codes)


def touched_by_two(done: list[tuple[str, int]]) -> set[str]:
    by = Counter(code for code, _ in set(done))
    return {code for code, counters in by.items() if counters > 1}


def carry(commune: Commune) -> None:
    commune.online = commune.hub_on = True
    for _ in range(3):
        for counter in commune.counters:
            commune.sync(counter)
        commune.relays()


def any_deed(counter: ACounter, chance: Random) -> list[str]:
    """The code of what something was done to that its status lets be done; none if it was refused."""
    lines = counter.desk.lookup.board(limit=60).lines
    if not lines:
        return []
    row = chance.choice(lines).row
    with suppress(Refused):
        counter.do(chance.choice(deeds_from(row.status)), row.name)
        return [row.code]
    return []


def drawn_step(commune: Commune, chance: Random, codes: list[str]) -> None:
    one, other = chance.sample(commune.counters, 2)
    steps: list[Callable[[], object]] = [
        lambda: codes.append(one.receive().code),
        lambda: hand_over(one, chance),
        lambda: commune.stick.up(one),
        lambda: commune.stick.down(one),
        lambda: commune.stick.across(one, other),
        lambda: commune.sync(one),
        commune.relays,
    ]
    commune.online, commune.hub_on = chance.random() < 0.5, chance.random() < 0.7
    with suppress(OtherSideFailed):
        chance.choice(steps)()


def hand_over(counter: ACounter, chance: Random) -> None:
    lines = counter.desk.lookup.board(limit=50).lines
    if lines:
        row = chance.choice(lines).row
        if row.status == "received":
            counter.do(Deed.HAND_OVER, row.name)


def test_the_standing_tells_a_hub_apart_and_whom_the_counter_met(commune: Commune) -> None:
    one = commune.counters[0]
    commune.online = False
    one.receive()
    commune.sync(one)
    standing = standing_of(one.store, one.clock())
    assert (standing.waiting, standing.at_hub, standing.server) == (1, 1, URL)
    holds = held(one.store)
    assert [carrier.kind for carrier in holds.carriers] == ["server", "hub", "usb"]
    assert holds.carriers[1].where == HUB
    assert set(holds.readers) == {"server", "hub", "2", "3"}
    assert holds.lanes
    assert holds.book is not None


def test_what_is_written_counts_before_any_exchange_signs_it(commune: Commune) -> None:
    one = commune.counters[0]
    before = standing_of(one.store, one.clock()).written
    one.receive()
    assert standing_of(one.store, one.clock()).written == before + 1


def test_a_bundle_that_was_read_is_a_carrier_seen(commune: Commune) -> None:
    one = commune.counters[0]
    assert held(one.store).carriers[-1].at is None
    commune.stick.down(one)
    assert held(one.store).carriers[-1].at is not None
