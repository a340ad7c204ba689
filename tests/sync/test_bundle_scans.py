"""Scans on a stick: behind the events, as many as there is room for, and none that the reader said it holds."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from msgspec import structs
from sqlalchemy import delete

from app import upstream
from app.models.exchange import file_talk as talk
from app.models.exchange.bundle import words_of_files
from app.models.exchange.enrolment import Asked, ask
from app.models.exchange.messages import MessageRejected
from app.models.exchange.sealed_file import name_of
from app.store.own.attachments import Attachments, Whereabouts
from app.sync import bundle_files, carrying
from app.sync.bundle import ALL
from app.sync.carrying import read_bundle, scans_for, write_bundle
from app.sync.enrol import enrol
from app.sync.known import named
from server.store import tables as t
from tests.making import UNIT, ACounter, a_counter
from tests.sync.scans import a_scan, digitise, with_scans
from tests.sync.small import URL
from tests.sync.stick import Stick, enrolled

SIZE = 200_000
SCANS = [a_scan(number, SIZE) for number in range(3)]
BYTES = len(SCANS[0])


@pytest.fixture
def one(tmp_path: Path, stick: Stick) -> ACounter:
    """It has heard from its server once, by stick, and scanned three papers since."""
    return with_scans(tmp_path / "1", stick, SCANS)


def at_the_server(stick: Stick) -> set[str]:
    return set(stick.server.built.upstream.files.whole(UNIT))


def stands(counter: ACounter, scan: bytes) -> Whereabouts:
    return Attachments(counter.store.database).whereabouts(name_of(scan), len(scan))


def test_scans_go_with_the_events_and_count_once_the_answer_says_so(
    stick: Stick, one: ACounter
) -> None:
    assert scans_for(one.store, "server") == (3, 3 * BYTES)
    path = stick.folder / "up"
    assert write_bundle(one.store, path, "server").files == 3
    assert stick.bundles.read(path, stick.server.now).files == 3
    assert at_the_server(stick) == set(map(name_of, SCANS))
    assert stands(one, SCANS[0]) is Whereabouts.HERE, (
        "nothing but its own word makes it the server's"
    )
    stick.down(one)
    assert stands(one, SCANS[0]) is Whereabouts.BOTH
    assert scans_for(one.store, "server") == (0, 0)
    assert write_bundle(one.store, path, "server").files == 0


def test_several_bundles_carry_what_one_had_no_room_for(stick: Stick, one: ACounter) -> None:
    carried = []
    for _ in range(3):
        path = stick.folder / "up"
        bound = write_bundle(one.store, path, "server", most=2 * BYTES - 1)
        carried.append((bound.files, bound.files_left))
        stick.bundles.read(path, stick.server.now)
        stick.down(one)
    assert carried == [(1, 2), (1, 1), (1, 0)]
    assert at_the_server(stick) == set(map(name_of, SCANS))


def test_no_more_is_written_than_the_stick_has_room_for(
    stick: Stick, one: ACounter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(carrying, "room_at", lambda _: BYTES)
    for most in (ALL, 2 * BYTES):
        bound = write_bundle(one.store, stick.folder / "up", "server", most=most)
        assert (bound.files, bound.files_left) == (1, 2)
    bound = write_bundle(one.store, stick.folder / "up", "server", most=0)
    assert (bound.files, bound.files_left) == (0, 3)


def test_read_twice_it_changes_nothing(stick: Stick, one: ACounter) -> None:
    path = stick.folder / "up"
    write_bundle(one.store, path, "server")
    for _ in range(2):
        assert stick.bundles.read(path, stick.server.now).files == 3
    assert len(at_the_server(stick)) == 3


def test_a_counter_gets_them_too_and_its_answer_says_what_it_holds(
    stick: Stick, one: ACounter, tmp_path: Path
) -> None:
    two = enrolled(a_counter(tmp_path / "2", 2, machine="máy 2"), stick.server)
    for counter in (two, one, two):
        stick.up(counter)
        stick.down(counter)
    digitise(one, another := a_scan(9, SIZE))
    stick.across(two, one)  # it says that it reads files
    assert scans_for(one.store, "2") == (1, len(another))
    assert stick.across(one, two).files == 1
    assert Attachments(two.store.database).files.read(name_of(another)) == another
    assert stick.across(one, two).files == 1, "read again it is whole as before"
    stick.across(two, one)
    assert scans_for(one.store, "2") == (0, 0)
    assert scans_for(one.store, "server") == (1, len(another))


def test_the_first_bundle_to_a_counter_never_heard_of_carries_scans_too(
    stick: Stick, one: ACounter, tmp_path: Path
) -> None:
    """That it reads them it told the server as it enrolled."""
    two = enrolled(a_counter(tmp_path / "2", 2, machine="máy 2"), stick.server)
    stick.down(two)
    stick.down(one)
    path = stick.folder / "across"
    assert write_bundle(one.store, path, "2", most=2 * BYTES).files == 2
    assert read_bundle(two.store, path, two.clock()).files == 2
    stick.across(two, one)
    assert scans_for(one.store, "2") == (1, BYTES)


def test_a_counter_that_came_with_the_first_version_is_sent_none(
    stick: Stick, one: ACounter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("app.sync.enrol.ask", partial(_as_the_first_version, ask))
        enrolled(a_counter(tmp_path / "2", 2, machine="máy 2"), stick.server)
    stick.down(one)
    assert scans_for(one.store, "2") == (0, 0)
    assert write_bundle(one.store, stick.folder / "across", "2").files == 0


def _as_the_first_version(ask: Callable[..., Asked], *said: Any) -> Asked:
    return structs.replace(ask(*said), branches=False)


def test_what_a_restored_server_forgot_goes_once_more(stick: Stick, one: ACounter) -> None:
    stick.up(one)
    stick.down(one)
    early = stick.answer(one)
    with stick.server.built.units.open(UNIT) as ledger:
        for table in (t.file_parts, t.files):
            ledger.connection.execute(delete(table).where(table.c.unit == UNIT))
    stick.up(one)
    assert stands(one, SCANS[0]) is Whereabouts.BOTH
    stick.down(one)
    assert stands(one, SCANS[0]) is Whereabouts.HERE
    read_bundle(one.store, early, one.clock())
    assert stands(one, SCANS[0]) is Whereabouts.HERE, "an older word says nothing any more"
    assert stick.up(one).files == 3


def test_an_older_answer_takes_back_no_scan_that_is_there(stick: Stick, one: ACounter) -> None:
    early = stick.answer(one)
    stick.up(one)
    stick.down(one)
    read_bundle(one.store, early, one.clock())
    assert stands(one, SCANS[0]) is Whereabouts.BOTH


def test_what_is_not_what_its_name_says_is_dropped(
    stick: Stick, one: ACounter, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = Attachments(one.store.database).files
    monkeypatch.setattr(type(files), "read", lambda *_: bytes(BYTES))
    path = stick.folder / "up"
    write_bundle(one.store, path, "server")
    monkeypatch.undo()
    assert stick.bundles.read(path, stick.server.now).files == 0
    assert at_the_server(stick) == set()
    stick.down(one)
    assert scans_for(one.store, "server").files == 3


def test_a_reader_that_never_said_it_reads_files_is_sent_none(stick: Stick, tmp_path: Path) -> None:
    counter = enrolled(a_counter(tmp_path / "3", 3, machine="máy 3"), stick.server)
    digitise(counter, SCANS[0])
    path = stick.folder / "up"
    assert write_bundle(counter.store, path, "server").files == 0
    assert b'"files"' not in path.read_bytes()[:1024]
    assert stick.bundles.read(path, stick.server.now).files == 0


def test_the_first_bundle_after_an_enrolment_carries_scans(
    stick: Stick, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    counter = a_counter(tmp_path / "3", 3, machine="máy 3")
    by_line = partial(enrol, transport=stick.server.line)
    monkeypatch.setattr(upstream, "enrol", by_line)
    upstream.join(counter.store, URL, stick.server.code(UNIT))
    digitise(counter, SCANS[0])
    path = stick.folder / "up"
    assert write_bundle(counter.store, path, "server").files == 1
    assert stick.bundles.read(path, stick.server.now).files == 1


def test_a_part_that_nobody_names_fills_no_disk(
    stick: Stick, one: ACounter, monkeypatch: pytest.MonkeyPatch
) -> None:
    stranger = a_scan(7, SIZE)
    known = bundle_files.waiting(one.store, named(one.store, "server"))[0]
    words = [talk.Put(name_of(stranger), known.event, 0, stranger[: talk.PART])]
    path = stick.folder / "up"
    keys, server = one.store.keys, stick.server.keys.public
    said = [talk.said(word, keys, UNIT, server) for word in words]
    monkeypatch.setattr(bundle_files, "words", lambda *_: iter(said))
    write_bundle(one.store, path, "server")
    with path.open("rb") as file:
        assert len(list(words_of_files(file, stick.server.keys, UNIT))) == 1
    assert stick.bundles.read(path, stick.server.now).files == 0
    assert at_the_server(stick) == set()


def test_a_bundle_cut_in_its_scans_is_refused_whole(stick: Stick, one: ACounter) -> None:
    path = stick.folder / "up"
    write_bundle(one.store, path, "server")
    path.write_bytes(path.read_bytes()[: -BYTES // 2])
    with pytest.raises(MessageRejected, match="cắt cụt"):
        stick.bundles.read(path, stick.server.now)
    with pytest.raises(MessageRejected, match="cắt cụt"):
        read_bundle(one.store, path, one.clock())
