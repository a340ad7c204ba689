"""A hub put back from a backup: its numbers, its server's word and what it holds are older then."""

from pathlib import Path

import pytest

from app.store.own.keeping import HUB, PASSED
from app.sync.carrying import read_bundle, write_bundle
from server.exchange.bundles import Bundles, Read
from tests.making import UNIT, ACounter
from tests.sync.test_hub import Commune, commune
from tests.sync.test_restored import backed_up, put_back

__all__ = ["commune"]


@pytest.fixture
def older(commune: Commune, tmp_path: Path) -> Commune:
    """Backed up, then for a day it alone had a line; now nobody has."""
    backed_up(commune.hub, tmp_path / "backup")
    commune.restart_hub()
    for counter in commune.counters:
        counter.receive()
        commune.online = False
        commune.sync(counter)
        commune.online = True
        commune.relays()
    commune.online = False
    for counter in commune.counters:
        assert commune.sync(counter).pending == 0
    put_back(tmp_path / "backup", commune.hub)
    commune.restart_hub()
    return commune


def answered(counter: ACounter, begins: str) -> int:
    """The number of the last exchange that this peer's word counts as an answer to."""
    (peer,) = (each for each in counter.store.keeping.words(begins))
    return counter.store.keeping.answered(peer)


def test_its_servers_older_word_takes_back_nothing(older: Commune) -> None:
    one = older.counters[0]
    before = answered(one, PASSED)
    told = older.sync(one)
    assert (told.pending, told.at_hub) == (0, 0)
    assert answered(one, PASSED) == before


def test_the_counters_fill_it_again_and_see_each_other_through_it(older: Commune) -> None:
    one, two, three = older.counters
    code = one.receive().code
    for counter in (one, three):
        older.sync(counter)
    assert one.store.map() == older.relay.map()
    older.sync(two)
    assert [row.code for row in two.store.dossiers.find(code)] == [code]
    assert one.dump() == two.dump() == three.dump()


def test_with_a_line_again_it_goes_on_above_its_numbers(older: Commune) -> None:
    one = older.counters[0]
    before = answered(one, PASSED)
    one.receive()
    assert older.sync(one).pending == 1
    older.online = True
    older.relays()
    older.online = False
    assert older.sync(one).pending == 0
    assert answered(one, PASSED) > before


def test_by_stick_it_is_filled_again_too(commune: Commune, tmp_path: Path) -> None:
    """What it last signed named more than it holds now: its answer to the next bundle tells."""
    one, hub = commune.counters[0], commune.hub
    commune.online = commune.hub_on = False
    to_and_fro(commune, one)
    backed_up(hub, tmp_path / "backup")
    commune.restart_hub()
    for _ in range(2):
        one.receive()
        to_and_fro(commune, one)
    put_back(tmp_path / "backup", hub)
    commune.restart_hub()
    one.receive()
    before = answered(one, f"{HUB}:")
    read_bundle(one.store, written(commune, one), one.clock())
    assert answered(one, f"{HUB}:") == before
    assert to_and_fro(commune, one).beyond == 1
    assert answered(one, f"{HUB}:") > before
    assert to_and_fro(commune, one).beyond == 0
    assert one.store.map() == commune.relay.map()


def to_and_fro(commune: Commune, counter: ACounter) -> Read:
    """A bundle to the hub, and its answer."""
    path = commune.stick.folder / "to hub"
    write_bundle(counter.store, path, HUB)
    read = bundles(commune).read(path, commune.server.now)
    read_bundle(counter.store, written(commune, counter), counter.clock())
    return read


def written(commune: Commune, counter: ACounter) -> Path:
    path = commune.stick.folder / "from hub"
    bundles(commune).write(path, UNIT, counter.number)
    return path


def bundles(commune: Commune) -> Bundles:
    return Bundles(commune._units, commune.upstream, commune.hub.keys)
