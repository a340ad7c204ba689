"""What a revoked counter wrote, by whatever way it comes: kept everywhere, of effect nowhere, until it is released."""

from pathlib import Path

import pytest

from app.models.errors import OtherSideFailed
from app.models.exchange.messages import MessageRejected
from app.sync.carrying import read_bundle
from server.units.oversight import Oversight
from tests.making import UNIT, ACounter, a_counter, exchange
from tests.sync.stick import Stick, enrolled
from tests.sync.test_hub import Commune, commune

__all__ = ["commune"]


@pytest.fixture
def counters(tmp_path: Path, stick: Stick) -> list[ACounter]:
    """Three that know of each other, by stick."""
    made = [
        enrolled(a_counter(tmp_path / str(n), n, machine=f"máy {n}"), stick.server)
        for n in (1, 2, 3)
    ]
    for counter in made:
        stick.up(counter)
        stick.down(counter)
    return made


def oversight(stick: Stick) -> Oversight:
    return Oversight(stick.server.built.units, stick.server.built.author)


def revoke(stick: Stick) -> None:
    """Counter 1; nobody but the server knows yet."""
    oversight(stick).revoke(UNIT, "1", None, stick.server.now)


def shown(counter: ACounter) -> list[str]:
    return [row.code for row in counter.store.dossiers.find("ánh")]


def test_brought_by_one_that_has_not_heard_it_counts_there_until_it_hears(
    stick: Stick, counters: list[ACounter]
) -> None:
    one, two, three = counters
    before = one.receive().code
    stick.up(one)
    revoke(stick)
    since = one.receive().code
    stick.across(one, two)
    assert shown(two) == [since, before]
    assert stick.up(two).taken.without_effect == 1
    for counter in (two, three):
        stick.down(counter)
        assert shown(counter) == [before]
    assert two.store.map() == three.store.map()
    assert two.dump() == three.dump()


def test_released_it_counts_everywhere(stick: Stick, counters: list[ACounter]) -> None:
    one, two, three = counters
    revoke(stick)
    code = one.receive().code
    stick.across(one, two)
    stick.up(two)
    stick.down(two)
    assert shown(two) == []
    oversight(stick).release(UNIT, "1", stick.server.now)
    for counter in (two, three):
        stick.down(counter)
        assert shown(counter) == [code]
    assert two.dump() == three.dump()


def test_its_bundle_may_bring_the_news_of_it_and_nothing_else(
    stick: Stick, counters: list[ACounter]
) -> None:
    one, two, three = counters
    revoke(stick)
    one.receive()
    untold = stick.written(one, "3")
    stick.down(two)
    exchange(two.store, one.store)
    before = three.store.map()
    for path in (stick.written(one, "3"), untold):
        with pytest.raises(MessageRejected, match="thu hồi"):
            read_bundle(three.store, path, three.clock())
        after = three.store.map()
        news = {log.device for log in after if after[log] != before.get(log)}
        assert news == {stick.server.keys.public.device}


def test_through_a_hub_that_has_not_heard_it_is_seen_until_the_servers_word_comes(
    commune: Commune,
) -> None:
    one, two, three = commune.counters
    revoke(commune.stick)
    commune.online = False
    code = one.receive().code
    for counter in (one, two):
        commune.sync(counter)
    assert shown(two) == [code]
    commune.online = True
    commune.relays()
    commune.online = False
    for counter in (two, three):
        commune.sync(counter)
        assert shown(counter) == []
    assert two.store.map() == three.store.map() == commune.server_map()
    assert two.dump() == three.dump()


def test_a_hub_that_has_heard_keeps_what_it_still_brings_and_carries_it_up(
    commune: Commune,
) -> None:
    one, two, three = commune.counters
    revoke(commune.stick)
    commune.relays()
    commune.online = False
    one.receive()
    with pytest.raises(OtherSideFailed):
        commune.sync(one)
    own = one.store.journal.own()
    assert own is not None
    assert commune.relay.map()[own.log] == one.store.map()[own.log]
    commune.online = True
    commune.relays()
    assert commune.server_map()[own.log] == one.store.map()[own.log]
    for counter in (two, three):
        commune.sync(counter)
        assert shown(counter) == []
    assert two.dump() == three.dump()
    assert [held.events for held in oversight(commune.stick).held(UNIT)] == [1]
