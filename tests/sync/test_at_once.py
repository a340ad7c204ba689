"""What goes up without waiting to be asked for, and what is made ready while the server works."""

from collections.abc import Callable, Iterable, Mapping

import pytest

from app.models.errors import OtherSideFailed
from app.models.exchange.chain import LogName
from app.models.exchange.messages import FIRST_STRETCH, STRETCH, Known, Map, Run, Taken, unpack
from app.models.exchange.talk import Outcome, Peer, converse
from app.sync.client import exchange
from tests.sync.small import NOW, UNIT, SmallCounter, SmallServer, opened

AT_ONCE = 5  # events in a message of a `Narrow` counter


def known(server: SmallServer, counter: SmallCounter, held: Map) -> Outcome:
    """An exchange by a counter that heard before what the server held."""
    keys = server.address().keys
    peer = Peer(keys, keys.device, held=held)
    return exchange(counter, counter.keys, UNIT, server.address(), counter, server.line, peer)


def carried(server: SmallServer) -> list[tuple[str, int]]:
    """Of the first question on the line since it was cleared: devices and how many events."""
    runs = unpack(opened(server.line.sent[0], server.keys)).runs
    return [(run.log.device, len(run.records)) for run in runs]


def test_a_deed_goes_up_in_one_question(server: SmallServer, counter: SmallCounter) -> None:
    held = server.exchange(counter).acknowledged
    counter.receive(1)
    outcome = known(server, counter, held)
    assert (outcome.requests, outcome.sent, outcome.pending) == (1, 1, 0)
    assert outcome.acknowledged == server.map() == counter.map()


def test_what_the_server_lost_since_goes_up_all_the_same(
    server: SmallServer, counter: SmallCounter
) -> None:
    held = dict(server.exchange(counter).acknowledged)
    counter.receive(1)
    held[counter.own] = counter.map()[counter.own]  # as it was before the server's disk broke
    counter.receive(2)
    outcome = known(server, counter, held)
    assert (outcome.requests, outcome.sent, outcome.pending) == (3, 2, 0)
    assert server.map() == counter.map()


def test_what_came_to_the_server_another_way_since_is_skipped(
    server: SmallServer, counter: SmallCounter
) -> None:
    held = server.exchange(counter).acknowledged
    counter.receive(1)
    server.exchange(counter)
    counter.receive(2)
    assert known(server, counter, held).pending == 0
    assert server.map() == counter.map()


def test_a_log_that_has_parted_is_told_of_first(server: SmallServer, counter: SmallCounter) -> None:
    held = dict(server.exchange(counter).acknowledged)
    held[counter.own] = Known(counter.map()[counter.own].seq, bytes(32))
    counter.receive(1)
    server.line.sent.clear()
    known(server, counter, held)
    assert carried(server) == []


def test_only_its_own_deeds_go_with_the_first_question(
    server: SmallServer, counter: SmallCounter
) -> None:
    other = SmallCounter("second", 2)
    server.enrol(other)
    held = server.exchange(counter).acknowledged
    counter.take(other.runs({other.own: 0}))  # over a hub, say, which may have told the server too
    counter.receive(1)
    server.line.sent.clear()
    assert known(server, counter, held).pending == 0
    assert carried(server) == [(counter.own.device, 1)]


# --- made ready meanwhile -----------------------------------------------------------------------


class Narrow(SmallCounter):
    """Its messages carry few events; it notes when it reads them."""

    def __init__(self, name: str, counter: int) -> None:
        super().__init__(name, counter)
        self.noted = list[str]()
        self.budgets = list[int]()

    def runs(self, after: Mapping[LogName, int], budget: int = STRETCH) -> tuple[Run, ...]:
        self.noted.append("reads")
        self.budgets.append(budget)
        return tuple(
            run._replace(records=run.records[:AT_ONCE], heads=run.heads[:AT_ONCE])
            for run in super().runs(after)
        )

    def take(self, runs: Iterable[Run]) -> Taken:
        self.noted.append("writes")
        return super().take(runs)


def talk(server: SmallServer, counter: Narrow, cut_after: int = 100) -> Outcome:
    """An exchange over a line that is cut after so many questions."""
    keys = server.keys.public

    def ask(question: bytes, meanwhile: Callable[[], None]) -> bytes:
        if counter.noted.count("asks") == cut_after:
            raise OtherSideFailed("Không nối được với máy chủ.")
        counter.noted.append("asks")
        meanwhile()
        counter.noted.append("hears")
        return server.built.upstream.answer(question, NOW)

    return converse(counter, counter.keys, UNIT, Peer(keys, keys.device), counter, ask)


def test_the_next_question_is_made_ready_while_the_server_works(server: SmallServer) -> None:
    counter = Narrow("narrow", 1)
    server.enrol(counter)
    server.exchange(counter)
    counter.noted.clear()
    for number in range(AT_ONCE + 2):
        counter.receive(number)
    assert talk(server, counter).sent == AT_ONCE + 2
    asked = ["asks", "hears", "reads", "asks", "reads", "hears", "asks", "hears"]
    assert counter.noted == asked


def test_the_server_waits_for_a_short_stretch_only(server: SmallServer) -> None:
    counter = Narrow("narrow", 1)
    server.enrol(counter)
    server.exchange(counter)
    for number in range(2 * AT_ONCE + 1):
        counter.receive(number)
    counter.budgets.clear()
    assert talk(server, counter).pending == 0
    assert counter.budgets == [FIRST_STRETCH, STRETCH, STRETCH]


def test_what_was_made_ready_is_left_when_something_came(server: SmallServer) -> None:
    counter, other = Narrow("narrow", 1), SmallCounter("second", 2)
    for each in (counter, other):
        server.enrol(each)
        server.exchange(each)
    for number in range(AT_ONCE + 2):
        counter.receive(number)
    other.receive(1)
    server.exchange(other)
    counter.noted.clear()
    outcome = talk(server, counter)
    assert counter.noted.count("reads") == 3
    assert (outcome.sent, outcome.pending) == (AT_ONCE + 2, 0)
    assert server.map() == counter.map()


@pytest.fixture
def newcomer(server: SmallServer, counter: SmallCounter, monkeypatch: pytest.MonkeyPatch) -> Narrow:
    """It has everything yet to hear, from a server whose messages carry one stretch."""
    made = Narrow("narrow", 2)
    server.enrol(made)
    server.exchange(made)
    for number in range(3):
        counter.receive(number)
        server.exchange(counter)  # each signs a head: a stretch may end there
    made.noted.clear()
    monkeypatch.setattr("server.exchange.upstream.FIRST_STRETCH", 1)
    monkeypatch.setattr("server.exchange.upstream.STRETCH", 1)
    return made


def test_a_stretch_is_written_while_the_next_is_on_its_way(
    server: SmallServer, newcomer: Narrow
) -> None:
    outcome = talk(server, newcomer)
    first, stretch = ["asks", "hears"], ["asks", "writes", "hears"]
    assert newcomer.noted == [*first, *first, *stretch, *stretch, "writes"]
    assert outcome.received == 3
    assert newcomer.map() == server.map()


def test_the_first_stretch_is_short_since_its_asker_can_only_wait(
    server: SmallServer, newcomer: Narrow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("server.exchange.upstream.STRETCH", 100_000)
    assert talk(server, newcomer).received == 3
    waiting = ["asks", "hears"]
    assert newcomer.noted == [*waiting, *waiting, "asks", "writes", "hears", "writes"]


def test_of_a_cut_talk_is_kept_what_had_come(server: SmallServer, newcomer: Narrow) -> None:
    with pytest.raises(OtherSideFailed):
        talk(server, newcomer, cut_after=3)
    assert len(newcomer.board()) == 2
    assert talk(server, newcomer).received == 1
