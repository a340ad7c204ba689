"""An exchange on a stick: whoever reads it, whenever and however often, nothing is lost or doubled."""

import os
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from random import Random

import pytest
import zstandard
from sqlalchemy import delete, update

from app.models.errors import BadInput, Refused
from app.models.events import event as e
from app.models.exchange.bundle import MARK, MOST_SEALED, NoBundle
from app.models.exchange.chain import DeviceKeys
from app.models.exchange.messages import MessageRejected
from app.models.exchange.sealing import seal, unseal
from app.store.database.database import StorageFailed
from app.sync.carrying import read_bundle, write_bundle
from server.store import tables as t
from tests.making import UNIT, ACounter, a_counter, exchange
from tests.sync.small import SmallCounter, SmallServer
from tests.sync.stick import Stick, pending


def everything(stick: Stick) -> object:
    with stick.server.built.units.open(UNIT) as ledger:
        return ledger.map()


# --- there and back -----------------------------------------------------------------------------


def test_only_the_bundle_that_comes_back_makes_it_sent(stick: Stick, one: ACounter) -> None:
    one.receive_many(3)
    assert stick.up(one).taken.received > 3
    assert pending(one) > 3
    assert stick.down(one).by == "server"
    assert pending(one) == 0
    assert everything(stick) == one.store.map()


def test_the_next_bundle_begins_where_the_reader_stood(stick: Stick, one: ACounter) -> None:
    for _ in range(2):
        stick.up(one)
        stick.down(one)
    one.receive()
    read = stick.up(one)
    assert (read.taken.received, read.beyond) == (1, 0)
    assert stick.written(one).stat().st_size < 4096


def test_two_counters_that_never_see_a_line_come_to_hold_the_same(
    stick: Stick, one: ACounter, two: ACounter
) -> None:
    for counter in (one, two):
        counter.receive_many(4)
    for counter in (one, two, one, two):
        stick.up(counter)
        stick.down(counter)
    assert one.dump() == two.dump()
    assert everything(stick) == one.store.map() == two.store.map()


def test_one_counter_can_take_it_straight_to_another(
    stick: Stick, one: ACounter, two: ACounter
) -> None:
    stick.down(one)
    one.receive_many(2)
    stick.down(two)
    read = stick.across(one, two)
    assert read.by == "1"
    assert stick.across(two, one).by == "2"
    assert one.dump() == two.dump()


def test_a_bundle_that_tells_nothing_of_who_is_enrolled_is_opened_twice(
    stick: Stick, one: ACounter, two: ACounter, monkeypatch: pytest.MonkeyPatch
) -> None:
    for counter in (one, two):
        stick.up(counter)
        stick.down(counter)
    one.receive()
    path, opened = stick.written(one, "2"), list[bytes]()

    def counted(sealed: bytes, keys: DeviceKeys) -> bytes:
        opened.append(sealed)
        return unseal(sealed, keys)

    monkeypatch.setattr("app.models.exchange.bundle.unseal", counted)
    assert read_bundle(two.store, path, two.clock()).taken.received > 0
    assert len(opened) == 2 * len(set(opened))


def test_what_another_counter_holds_is_not_sent(stick: Stick, one: ACounter, two: ACounter) -> None:
    stick.down(one)
    one.receive()
    before = pending(one)
    stick.across(one, two)
    stick.across(two, one)
    assert pending(one) >= before


def test_more_than_a_message_holds_goes_into_one_bundle(
    stick: Stick, one: ACounter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.models.exchange.messages.MOST_PACKED", 100_000)
    stick.down(one)
    for number in range(260):
        one.receive(request=Random(number).randbytes(400).hex())
    path = stick.folder / "large"
    bound = write_bundle(one.store, path, "server")
    assert bound.messages > 1
    assert path.stat().st_size > 100_000
    assert stick.bundles.read(path, stick.server.now).taken.received == bound.sent


# --- twice, late, out of order ------------------------------------------------------------------


def test_a_bundle_read_twice_changes_nothing(stick: Stick, one: ACounter) -> None:
    one.receive()
    path = stick.written(one)
    stick.bundles.read(path, stick.server.now)
    before = everything(stick)
    again = stick.bundles.read(path, stick.server.now)
    assert (again.taken.received, everything(stick)) == (0, before)
    answer = stick.answer(one)
    read_bundle(one.store, answer, one.clock())
    held = one.dump(), pending(one)
    assert read_bundle(one.store, answer, one.clock()).taken.received == 0
    assert (one.dump(), pending(one)) == held


def test_bundles_may_be_read_in_any_order(stick: Stick, one: ACounter) -> None:
    paths = []
    for _ in range(4):
        one.receive()
        paths.append(stick.written(one))
    for path in (paths[2], paths[0], paths[3], paths[1]):
        stick.bundles.read(path, stick.server.now)
    answers = [stick.answer(one)]
    one.receive()
    stick.up(one)
    answers.append(stick.answer(one))
    for answer in reversed(answers):
        read_bundle(one.store, answer, one.clock())
    assert stick.up(one).beyond == 0
    stick.down(one)
    assert pending(one) == 0


def test_an_old_answer_takes_back_nothing_that_was_acknowledged(
    stick: Stick, one: ACounter
) -> None:
    stick.up(one)
    old = stick.answer(one)
    one.receive()
    for _ in range(2):
        stick.up(one)
        stick.down(one)
    assert pending(one) == 0
    read_bundle(one.store, old, one.clock())
    assert pending(one) == 0


def test_a_restored_server_is_refilled_by_stick_alone(stick: Stick, one: ACounter) -> None:
    for _ in range(2):
        one.receive()
        stick.up(one)
        stick.down(one)
    forget_from(stick, one, 3)
    one.receive()
    assert stick.up(one).beyond == 1
    stick.down(one)
    assert pending(one) > 1
    stick.up(one)
    stick.down(one)
    assert pending(one) == 0
    assert everything(stick) == one.store.map()


def forget_from(stick: Stick, counter: ACounter, seq: int) -> None:
    """As if the server's database had gone back to where it held `seq` of the counter's events."""
    device = counter.store.keys.public.device
    with stick.server.built.units.open(UNIT) as ledger:
        log = next(log for log in ledger.map() if log.device == device)
        for table in (t.events, t.heads):
            after = (table.c.device == device) & (table.c.seq > seq)
            ledger.connection.execute(delete(table).where(after))
        held = {str(e.EventName(*log, one)) for one in range(1, seq + 1)}
        ledger.connection.execute(delete(t.dossiers).where(t.dossiers.c.thing.not_in(held)))
        back = {"seq": seq, "hash": ledger.hash_at(log, seq)}
        ledger.connection.execute(update(t.logs).where(t.logs.c.device == device).values(back))


def test_a_counter_put_back_goes_on_above_the_numbers_it_used(stick: Stick, one: ACounter) -> None:
    for _ in range(3):
        stick.up(one)
        stick.down(one)
    used = int(one.store.keeping.get("exchange_number"))
    one.store.keeping.put("exchange_number", "1")
    stick.up(one)
    stick.down(one)
    assert one.store.keeping.exchange_number() > used


# --- what is refused ----------------------------------------------------------------------------


def test_a_bundle_of_another_unit_is_refused_and_nothing_is_written(
    stick: Stick, one: ACounter, tmp_path: Path
) -> None:
    stick.server.built.units.add("H50.13", "Xã Bên", stick.server.built.author, stick.server.now)
    neighbour = SmallCounter("neighbour", 1, "H50.13")
    stick.server.enrol(neighbour)
    path = tmp_path / "neighbour"
    stick.bundles.write(path, "H50.13", 1)
    before = one.dump()
    with pytest.raises(MessageRejected, match="đơn vị H50"):
        read_bundle(one.store, path, one.clock())
    assert one.dump() == before


def test_a_bundle_for_another_counter_is_refused(
    stick: Stick, one: ACounter, two: ACounter
) -> None:
    before = two.dump()
    with pytest.raises(MessageRejected, match="máy khác"):
        read_bundle(two.store, stick.answer(one), two.clock())
    assert two.dump() == before


def test_another_server_reads_no_bundle_of_ours(
    stick: Stick, one: ACounter, tmp_path: Path
) -> None:
    other = Stick(stick.folder, SmallServer(tmp_path / "other", UNIT))
    with pytest.raises(MessageRejected, match="máy khác"):
        other.bundles.read(stick.written(one), stick.server.now)


def test_a_revoked_counters_bundle_is_refused_and_its_own_events_kept_without_effect(
    stick: Stick, one: ACounter, two: ACounter
) -> None:
    """With it comes another counter's log, which a revoked device's word doesn't bring in."""
    two.receive()
    exchange(two.store, one.store)
    one.receive()
    path, built, device = stick.written(one), stick.server.built, one.store.keys.public.device
    with built.units.open(UNIT) as ledger:
        built.author.write(ledger, [e.Revoked(device, "a" * 16, 1)], stick.server.now)
    for _ in range(2):
        with pytest.raises(MessageRejected, match="thu hồi"):
            stick.bundles.read(path, stick.server.now)
    with built.units.open(UNIT) as ledger:
        kept = sum(x.seq for log, x in one.store.map().items() if log.device == device)
        assert ledger.without_effect_of(device) == kept > 1
        assert {log.device for log in ledger.map()} == {device, stick.server.keys.public.device}


def test_what_a_counter_wrote_before_it_was_revoked_still_comes_by_stick(
    stick: Stick, two: ACounter, one: ACounter
) -> None:
    stick.down(one)
    one.receive()
    stick.up(one)
    built, device = stick.server.built, one.store.keys.public.device
    with built.units.open(UNIT) as ledger:
        built.author.write(ledger, [e.Revoked(device, "a" * 16, 9)], stick.server.now)
    stick.down(two)
    assert device in {log.device for log in two.store.map()}
    with pytest.raises(Refused, match="đã bị thu hồi"):
        read_bundle(two.store, stick.written(one, "2"), two.clock())


def test_a_strangers_events_are_taken_from_nobodys_bundle(
    stick: Stick, one: ACounter, two: ACounter, tmp_path: Path
) -> None:
    for counter in (one, two):
        stick.down(counter)
    exchange(a_counter(tmp_path / "7", 7, machine="máy 7").store, one.store)
    before = two.store.map()
    with pytest.raises(MessageRejected, match="một máy chưa ghi danh"):
        stick.across(one, two)
    assert two.store.map() == before


@pytest.mark.parametrize("missing", [1, 32, 33, 36, 37, 200])
def test_a_bundle_cut_short_is_refused_whole(stick: Stick, one: ACounter, missing: int) -> None:
    path = stick.answer(one)
    path.write_bytes(path.read_bytes()[:-missing])
    before = one.dump()
    with pytest.raises(NoBundle, match="cắt cụt"):
        read_bundle(one.store, path, one.clock())
    assert one.dump() == before


@pytest.mark.parametrize(
    "spoil",
    [
        lambda whole: b"",
        lambda whole: b"%PDF-1.7\n" + whole,
        lambda whole: MARK + b"{}\n" + whole,
        lambda whole: MARK + b"x" * 5000,
        lambda whole: whole[:300] + bytes([whole[300] ^ 1]) + whole[301:],
        lambda whole: whole + b"!",
        lambda whole: whole[: whole.index(b"}\n") + 2] + (MOST_SEALED + 1).to_bytes(4, "big"),
    ],
    ids=["empty", "pdf", "no cover", "endless cover", "a bit", "more", "endless piece"],
)
def test_what_is_no_whole_bundle_is_refused_in_words(
    stick: Stick, one: ACounter, spoil: Callable[[bytes], bytes]
) -> None:
    path = stick.answer(one)
    path.write_bytes(spoil(path.read_bytes()))
    with pytest.raises(BadInput, match=r"Gói|gói"):
        read_bundle(one.store, path, one.clock())


def test_a_bomb_in_a_bundle_stops_at_the_bound(stick: Stick, one: ACounter) -> None:
    bomb = zstandard.ZstdCompressor(level=19).compress(bytes(50_000_000))
    sealed = seal(bomb, one.store.keys.public)
    whole = stick.answer(one).read_bytes()
    path = stick.folder / "bomb"
    path.write_bytes(resealed(whole, sealed))
    with pytest.raises(MessageRejected, match="quá lớn"):
        read_bundle(one.store, path, one.clock())


def resealed(whole: bytes, sealed: bytes) -> bytes:
    """The bundle with another piece in it, no word of files, and the right hash at its end."""
    cover = whole[: whole.index(b"}\n") + 2]
    body = cover + len(sealed).to_bytes(4, "big") + sealed + bytes(4) + bytes(4)
    return body + sha256(body).digest()


def test_a_bundle_tells_nobody_else_whom_it_speaks_of(stick: Stick, one: ACounter) -> None:
    one.receive("Nguyễn Thị Ánh")
    content = stick.written(one).read_bytes()
    assert "Ánh".encode() not in content
    stranger = DeviceKeys(bytes(64))
    assert stranger.public.device.encode() not in content


# --- the file -----------------------------------------------------------------------------------


def test_a_stick_that_fails_leaves_the_bundle_that_was_there(
    stick: Stick, one: ACounter, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = stick.written(one)
    before = path.read_bytes()

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StorageFailed, match="USB khác"):
        write_bundle(one.store, path, "server")
    monkeypatch.undo()
    assert path.read_bytes() == before
    assert [each.name for each in stick.folder.iterdir()] == [path.name]


def test_a_bundle_for_nobody_and_to_nowhere_is_refused_in_words(
    stick: Stick, one: ACounter, tmp_path: Path
) -> None:
    with pytest.raises(Refused, match="quầy số 9"):
        write_bundle(one.store, stick.folder / "x", "9")
    with pytest.raises(BadInput, match="--to"):
        write_bundle(one.store, stick.folder / "x", "chị Lan")
    with pytest.raises(BadInput, match="USB"):
        write_bundle(one.store, tmp_path / "pulled" / "x", "server")
    with pytest.raises(BadInput, match="USB"):
        stick.bundles.write(tmp_path / "pulled" / "x", UNIT, one.store.counter)
    with pytest.raises(BadInput, match="Không đọc được"):
        read_bundle(one.store, stick.folder / "none", one.clock())


def test_a_counter_that_was_never_enrolled_knows_nobodys_bundle(
    stick: Stick, one: ACounter, tmp_path: Path
) -> None:
    lone = a_counter(tmp_path / "3", 3)
    with pytest.raises(Refused, match="ghi danh"):
        read_bundle(lone.store, stick.answer(one), lone.clock())
