"""Scans go after the events, a part at a time, and a cut at any part costs that part only."""

import errno
from collections.abc import Callable
from datetime import timedelta
from itertools import zip_longest
from pathlib import Path
from typing import Any

import httpx
import pytest

from app.models.errors import OtherSideFailed, Refused
from app.models.exchange import file_talk as talk
from app.models.exchange.sealed_file import name_of
from app.store.database.database import StorageFailed
from app.store.own import attachments
from app.store.own.sealed_files import SealedFiles
from app.sync.files import TOO_OLD, asking, send_files
from server.exchange import files
from server.store.database import StoreFailed
from tests.making import UNIT
from tests.sync.scans import Scanning, Whereabouts, a_scan, one, server
from tests.sync.small import SmallCounter, SmallServer

__all__ = ["one", "server"]

SCAN = a_scan()
NAME, SIZE = name_of(SCAN), len(SCAN)
PARTS = 4  # of 64 KiB


@pytest.fixture
def two(tmp_path: Path, server: SmallServer) -> Scanning:
    return Scanning(tmp_path / "two", server, 2)


def test_a_scan_goes_up_after_its_event_and_down_where_it_is_wanted(
    one: Scanning, two: Scanning
) -> None:
    one.digitise(SCAN)
    assert one.stands(SCAN) is Whereabouts.HERE
    one.exchange()
    assert one.send()[-1].files == 1
    assert one.stands(SCAN) is Whereabouts.BOTH
    two.exchange()
    two.send()
    assert two.stands(SCAN) is Whereabouts.THERE
    assert two.fetch(NAME, SIZE) == PARTS
    assert two.attachments.files.read(NAME) == SCAN
    assert two.stands(SCAN) is Whereabouts.BOTH


def test_the_disk_is_not_asked_again_and_again_about_what_lies_elsewhere(
    one: Scanning, two: Scanning, monkeypatch: pytest.MonkeyPatch
) -> None:
    one.digitise(SCAN)
    one.exchange()
    one.send()
    two.exchange()
    two.send()
    looked, is_here = list[str](), SealedFiles.is_here

    def noted(self: SealedFiles, file: str, size: int) -> bool:
        looked.append(file)
        return is_here(self, file, size)

    monkeypatch.setattr(SealedFiles, "is_here", noted)
    late = two.counter.clock() + 2 * attachments.ASK_OF_KEPT
    assert two.attachments.to_ask(late) == []
    assert looked == [NAME]
    for _ in range(3):
        two.attachments.to_ask(late)
    assert looked == [NAME]
    assert [named.file for named in one.attachments.to_ask(late)] == [NAME]


@pytest.mark.parametrize("held", [False, True])
def test_what_a_clock_ahead_asked_for_is_asked_for_again(
    one: Scanning, two: Scanning, *, held: bool
) -> None:
    one.digitise(SCAN)
    one.exchange()
    if held:
        one.send()
    two.exchange()
    two.send()
    before = two.counter.clock() - timedelta(days=3653)
    two.attachments.to_ask(before)
    asked = one if held else two  # what is held is asked about by whoever has the file
    assert [named.file for named in asked.attachments.to_ask(before)] == [NAME]


def test_no_scan_goes_before_the_event_that_names_it(one: Scanning) -> None:
    one.exchange()
    one.digitise(SCAN)
    one.send()
    assert one.stands(SCAN) is Whereabouts.HERE
    one.exchange()
    one.send()
    assert one.stands(SCAN) is Whereabouts.BOTH


def test_sent_twice_it_travels_once(one: Scanning) -> None:
    one.digitise(SCAN)
    one.exchange()
    one.send()
    before = sum(map(len, one.line.sent))
    one.send()
    assert sum(map(len, one.line.sent)) - before < 1000


@pytest.mark.parametrize("part", range(1, PARTS + 1))
def test_cut_at_any_part_it_goes_on_there(one: Scanning, part: int) -> None:
    one.digitise(SCAN)
    one.exchange()
    one.send(steps=part)  # the last was begun and never heard of
    one.server.restart()
    before = len(one.line.sent)
    one.send()
    assert one.stands(SCAN) is Whereabouts.BOTH
    puts = [body for body in one.line.sent[before:] if len(body) > 1000]
    assert len(puts) == PARTS + 1 - part


@pytest.mark.parametrize("cut", [0, 3, 100])
def test_an_answer_lost_or_spoilt_changes_nothing(one: Scanning, cut: int) -> None:
    one.digitise(SCAN)
    one.exchange()
    one.line.after = lambda response: httpx.Response(200, content=response.content[:cut])
    with pytest.raises(OtherSideFailed):
        one.send()
    assert one.stands(SCAN) is Whereabouts.HERE


def test_a_question_spoilt_on_its_way_is_no_question(one: Scanning) -> None:
    one.digitise(SCAN)
    one.exchange()
    one.line.before = lambda body: body[:-1] + bytes([body[-1] ^ 1])
    with pytest.raises(OtherSideFailed):
        one.send()


def test_a_download_cut_at_any_part_goes_on_there(one: Scanning, two: Scanning) -> None:
    one.digitise(SCAN)
    one.exchange()
    one.send()
    two.exchange()
    assert two.fetch(NAME, SIZE, steps=2) == 2
    assert two.fetch(NAME, SIZE) == PARTS - 2
    assert two.attachments.files.read(NAME) == SCAN


def test_wrong_bytes_that_arrived_are_dropped_and_fetched_anew(
    one: Scanning, two: Scanning
) -> None:
    one.digitise(SCAN)
    one.exchange()
    one.send()
    two.attachments.files.add(NAME, 0, b"x" * 2 * talk.PART)
    with pytest.raises(OtherSideFailed, match="không đúng"):
        two.fetch(NAME, SIZE)
    assert two.fetch(NAME, SIZE) == PARTS


def test_what_no_server_holds_is_missing_and_says_so(one: Scanning, two: Scanning) -> None:
    one.digitise(SCAN)
    one.exchange()
    two.exchange()
    two.send()
    assert two.stands(SCAN) is Whereabouts.MISSING
    with pytest.raises(Refused, match="chưa có ở máy chủ"):
        two.fetch(NAME, SIZE)


def test_a_scan_removed_by_hand_is_missing_until_it_comes_back_from_the_server(
    one: Scanning,
) -> None:
    one.digitise(SCAN)
    one.forget(NAME)
    assert one.stands(SCAN) is Whereabouts.MISSING
    one.attachments.files.put(SCAN)
    one.exchange()
    one.send()
    one.forget(NAME)
    assert one.stands(SCAN) is Whereabouts.THERE
    one.fetch(NAME, SIZE)
    assert one.stands(SCAN) is Whereabouts.BOTH


def test_a_scan_damaged_here_is_never_sent(one: Scanning) -> None:
    one.digitise(SCAN)
    one.exchange()
    path = one.attachments.files.folder / NAME[:2] / NAME
    path.write_bytes(b"x" * SIZE)
    one.send()
    assert one.stands(SCAN) is Whereabouts.MISSING


def test_a_server_put_back_from_a_backup_is_filled_again(one: Scanning) -> None:
    one.digitise(SCAN)
    one.exchange()
    one.send()
    one.counter.clock.go_on(days=4)
    with one.server.built.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM files")
        connection.exec_driver_sql("DELETE FROM file_parts")
    one.send()
    with asking(one.counter.store.keys, UNIT, one.server.address(), one.line) as ask:
        assert ask(talk.Have((NAME,))).held == (talk.Held(SIZE, True),)


def test_an_older_server_is_told_as_such(one: Scanning) -> None:
    one.digitise(SCAN)
    one.line.after = lambda _: httpx.Response(404)
    with pytest.raises(OtherSideFailed, match=TOO_OLD[:20]):
        one.send()


# --- whom the server answers ----------------------------------------------------------------------


def refused(server: SmallServer, keys_of: SmallCounter, unit: str = UNIT) -> str:
    with (
        asking(keys_of.keys, unit, server.address(), server.line) as ask,
        pytest.raises(OtherSideFailed) as why,
    ):
        ask(talk.Have((NAME,)))
    return str(why.value)


def test_a_stranger_gets_a_sentence_and_no_file(server: SmallServer) -> None:
    assert "chưa biết máy này" in refused(server, SmallCounter("stranger", 3, UNIT))


def test_another_units_counter_sees_nothing_of_ours(one: Scanning, server: SmallServer) -> None:
    server.built.units.add("H50.13", "Xã Khác", server.built.author, server.now)
    other = SmallCounter("other", 1, "H50.13")
    server.enrol(other)
    one.digitise(SCAN)
    one.exchange()
    one.send()
    assert "chưa biết máy này" in refused(server, other)
    with asking(other.keys, "H50.13", server.address(), server.line) as ask:
        assert ask(talk.Have((NAME,))).held == (talk.Held(0, False),)
        assert ask(talk.Get(NAME, 0)).part == b""


@pytest.mark.parametrize("spoil", [lambda body: b"", lambda body: body[:40], lambda body: body * 9])
def test_what_is_no_question_gets_no_answer(one: Scanning, spoil: Callable[[bytes], bytes]) -> None:
    one.digitise(SCAN)
    one.exchange()
    one.line.before = spoil
    with pytest.raises(OtherSideFailed):
        one.send()


def test_a_full_server_is_said_and_nothing_is_lost(
    one: Scanning, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise StoreFailed("Máy chủ chưa ghi được dữ liệu (ổ đĩa đầy).")

    one.digitise(SCAN)
    one.exchange()
    monkeypatch.setattr(files, "_taken", full)
    with pytest.raises(OtherSideFailed, match="ổ đĩa đầy"):
        one.send()
    monkeypatch.undo()
    one.send()
    assert one.stands(SCAN) is Whereabouts.BOTH


def test_an_event_written_meanwhile_goes_between_two_parts(one: Scanning) -> None:
    one.digitise(SCAN)
    one.exchange()
    store = one.counter.store
    with asking(store.keys, UNIT, one.server.address(), one.line) as ask:
        going = send_files(one.attachments, ask, one.counter.clock())
        assert [next(going).done for _ in range(2)] == [0, talk.PART]
        one.counter.receive()
        one.exchange()
        with one.server.built.units.open(UNIT) as ledger:
            assert ledger.map() == store.map()
        assert ask(talk.Have((NAME,))).held == (talk.Held(talk.PART, False),)
        assert list(going)[-1].files == 1


def test_a_scan_that_two_counters_hold_is_carried_up_by_both_together(
    one: Scanning, two: Scanning
) -> None:
    one.digitise(SCAN)
    one.exchange()
    two.exchange()
    two.attachments.files.put(SCAN)
    lines = [
        asking(each.counter.store.keys, UNIT, each.server.address(), each.line)
        for each in (one, two)
    ]
    with lines[0] as first, lines[1] as second:
        goes = [
            send_files(each.attachments, ask, each.counter.clock())
            for each, ask in ((one, first), (two, second))
        ]
        for steps in zip_longest(*goes):
            assert steps
    assert one.stands(SCAN) is two.stands(SCAN) is Whereabouts.BOTH


def test_a_disk_that_fills_while_fetching_is_said_and_the_rest_comes_later(
    one: Scanning, two: Scanning, monkeypatch: pytest.MonkeyPatch
) -> None:
    one.digitise(SCAN)
    one.exchange()
    one.send()
    two.exchange()
    two.fetch(NAME, SIZE, steps=2)
    place = Path.open

    def full(path: Path, mode: str = "r", *rest: Any, **more: Any) -> Any:
        if mode == "ab":
            raise OSError(errno.ENOSPC, "No space left on device")
        return place(path, mode, *rest, **more)

    monkeypatch.setattr(Path, "open", full)
    with pytest.raises(StorageFailed, match="đầy"):
        two.fetch(NAME, SIZE)
    monkeypatch.undo()
    assert two.fetch(NAME, SIZE) == PARTS - 2


def test_events_are_looked_at_once_however_many_there_are(
    one: Scanning, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attachments, "SLICE", 2)
    for number in range(5):
        one.digitise(a_scan(number, 100))
    one.exchange()
    assert one.send()[-1].files == 5
    assert [one.attachments.note() for _ in range(2)] == [False, False]
    one.digitise(a_scan(9, 100))
    one.exchange()
    assert one.send()[-1].files == 1
