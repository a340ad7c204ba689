"""A new PC takes in years: a slice at a time between deeds, and it says truly how far it is."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest

from app.store import store
from app.store.journal.log import SLICE
from app.store.store import Store
from app.sync import reached
from app.sync.address import ServerAddress
from app.sync.carrying import read_bundle
from app.sync.client import exchange
from app.sync.reached import Reached
from tests.making import UNIT, ACounter, a_counter
from tests.sync.small import URL, SmallServer
from tests.sync.stick import Stick, enrolled

T = TypeVar("T")


class Watched:
    """Does what is done at the desk, and notes how many events came each time."""

    def __init__(self, store: Store) -> None:
        self._store, self.came = store, list[int]()

    def __call__(self, work: Callable[[], T], /) -> T:
        before = self._events()
        done = work()
        self.came.append(self._events() - before)
        return done

    def _events(self) -> int:
        return int(self._store.database.rows("SELECT count(*) FROM events")[0][0])


@pytest.fixture
def new(tmp_path: Path, stick: Stick) -> ACounter:
    """Enrolled a moment ago, where another counter has received for a while."""
    old = enrolled(a_counter(tmp_path / "1", 1), stick.server)
    old.receive_many(2 * SLICE)
    stick.up(old)
    return enrolled(a_counter(tmp_path / "2", 2, machine="máy 2"), stick.server)


def by_line(new: ACounter, server: SmallServer, at_desk: Watched) -> list[tuple[int, int]]:
    """How far it was said to be, at each step."""
    taking, said = Reached(new.store, at_desk), list[tuple[int, int]]()
    address = ServerAddress(URL, server.keys.public)
    exchange(
        taking, new.store.keys, UNIT, address, taking, server.line,
        heard=lambda received, of: said.append((received, of)),
    )  # fmt: skip
    return said


def by_stick(new: ACounter, stick: Stick, at_desk: Watched) -> list[tuple[int, int]]:
    """The same, from a bundle."""
    said = list[tuple[int, int]]()
    bundle = stick.answer(new)
    read_bundle(new.store, bundle, new.clock(), at_desk, lambda done, of: said.append((done, of)))
    return said


@pytest.mark.parametrize("way", ["line", "stick"])
def test_a_large_arrival_takes_the_desk_a_slice_at_a_time(
    new: ACounter, stick: Stick, way: str
) -> None:
    at_desk = Watched(new.store)
    if way == "line":
        by_line(new, stick.server, at_desk)
    else:
        by_stick(new, stick, at_desk)
    assert sum(at_desk.came) > 2 * SLICE
    assert max(at_desk.came) <= SLICE


def test_how_far_it_is_over_the_line_only_rises_to_all_there_is(
    new: ACounter, stick: Stick
) -> None:
    said = by_line(new, stick.server, at_desk := Watched(new.store))
    assert said[0][1] == said[-1][1] == sum(at_desk.came)
    assert [received for received, _ in said] == sorted(received for received, _ in said)
    assert said[-1][0] == said[-1][1]


def test_how_far_it_is_in_a_bundle_ends_at_all_there_is_new(new: ACounter, stick: Stick) -> None:
    by_line(new, stick.server, Watched(new.store))
    old = ACounter(new.folder.parent / "1")
    old.receive_many(SLICE)
    stick.up(old)
    said = by_stick(new, stick, at_desk := Watched(new.store))
    assert said[-1] == (sum(at_desk.came), sum(at_desk.came))
    assert SLICE <= said[-1][0] < 2 * SLICE
    assert by_stick(new, stick, at_desk)[-1] == (0, 0)  # what is known already is no news


def test_the_search_index_is_merged_a_little_at_a_time_and_finds_the_same(
    new: ACounter, stick: Stick, monkeypatch: pytest.MonkeyPatch
) -> None:
    by_line(new, stick.server, Watched(new.store))
    before = new.store.dossiers.find("nguyen")
    monkeypatch.setattr(store, "MERGED_AT_ONCE", 1)
    reached.tidy(new.store, at_desk := Watched(new.store))
    assert len(at_desk.came) > 1
    segments = "SELECT count(DISTINCT segid) FROM search_idx"
    assert new.store.database.rows(segments) == [(1,)]
    assert new.store.dossiers.find("nguyen") == before
