"""Scans in the server's own bundle: those a counter said it lacks, as many as there is room for."""

from pathlib import Path

import pytest

from app.models.exchange import file_talk as talk
from app.models.exchange.sealed_file import name_of
from app.store.own.attachments import Attachments, Whereabouts
from app.sync.carrying import Read, read_bundle, write_bundle
from server.exchange import bundles
from tests.making import UNIT, ACounter, a_counter
from tests.sync.scans import a_scan, with_scans
from tests.sync.stick import Stick, enrolled

SCANS = [a_scan(number, 200_000) for number in range(3)]
BYTES = len(SCANS[0])


@pytest.fixture
def one(tmp_path: Path, stick: Stick) -> ACounter:
    """Its three scans are at the server."""
    counter = with_scans(tmp_path / "1", stick, SCANS)
    stick.up(counter)
    return counter


@pytest.fixture
def two(tmp_path: Path, stick: Stick, one: ACounter) -> ACounter:
    """It knows of them, and has none."""
    counter = enrolled(a_counter(tmp_path / "2", 2, machine="máy 2"), stick.server)
    stick.up(counter)
    assert stick.down(counter).files == 0, "it never said that it lacks any"
    return counter


def here(counter: ACounter) -> set[str]:
    """Which of them it can read."""
    files = Attachments(counter.store.database).files
    return {name_of(scan) for scan in SCANS if files.read(name_of(scan)) == scan}


def down(stick: Stick, counter: ACounter, most: int | None = None) -> tuple[int, int, Read]:
    path = stick.folder / "down"
    bound, _ = stick.bundles.write(path, UNIT, counter.store.counter, most)
    return bound.files, bound.files_left, read_bundle(counter.store, path, counter.clock())


def test_what_a_counter_says_it_lacks_comes_with_the_next_bundle(
    stick: Stick, two: ACounter
) -> None:
    stick.up(two)
    carried, left, read = down(stick, two)
    assert (carried, left, read.files) == (3, 0, 3)
    assert here(two) == set(map(name_of, SCANS))
    whereabouts = Attachments(two.store.database).whereabouts(name_of(SCANS[0]), BYTES)
    assert whereabouts is Whereabouts.BOTH
    stick.up(two)
    assert down(stick, two)[:2] == (0, 0)


def test_the_newest_come_first_and_the_next_bundle_goes_on(stick: Stick, two: ACounter) -> None:
    stick.up(two)
    assert down(stick, two, most=2 * BYTES - 1)[:2] == (1, 2)
    assert here(two) == {name_of(SCANS[2])}
    assert down(stick, two, most=2 * BYTES - 1)[:2] == (1, 2), "nobody said that it came"
    stick.up(two)
    assert down(stick, two, most=2 * BYTES)[:2] == (2, 0)
    assert here(two) == set(map(name_of, SCANS))


def test_no_more_is_written_than_there_is_room_for(
    stick: Stick, two: ACounter, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick.up(two)
    monkeypatch.setattr(bundles, "room_at", lambda _: BYTES)
    assert down(stick, two)[:2] == (1, 2)
    assert down(stick, two, most=0)[:2] == (0, 3)


def test_who_holds_them_all_is_sent_none(stick: Stick, one: ACounter) -> None:
    stick.up(one)
    assert down(stick, one)[:2] == (0, 0)


def test_an_older_bundle_read_late_takes_back_no_wish(stick: Stick, two: ACounter) -> None:
    stick.up(two)
    old = stick.written(two)
    stick.bundles.read(old, stick.server.now)
    down(stick, two)
    stick.up(two)
    stick.bundles.read(old, stick.server.now)
    assert down(stick, two)[:2] == (0, 0)


def test_a_spoiled_one_is_dropped_and_asked_for_again(
    stick: Stick, two: ACounter, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick.up(two)
    spoiled = talk.Answer(b"", part=bytes(talk.PART))
    files = type(stick.server.built.upstream.files)
    with monkeypatch.context() as patched:
        patched.setattr(files, "given", lambda *_: spoiled)
        assert down(stick, two)[2].files == 0
    stick.up(two)
    assert down(stick, two)[2].files == 3


def test_an_old_program_is_asked_for_none_and_sent_none(
    stick: Stick, two: ACounter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.sync.carrying.reads_branches", lambda *_: False)
    path = stick.folder / "up"
    write_bundle(two.store, path, "server")
    assert b'"files"' not in path.read_bytes()[:1024]
    stick.bundles.read(path, stick.server.now)
    assert down(stick, two)[:2] == (0, 0)
