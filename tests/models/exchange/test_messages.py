from collections.abc import Callable
from hashlib import sha256

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from app.models.events.encoding import Record, as_record
from app.models.exchange.chain import LogName, sign_head
from app.models.exchange.lacking import readable, to_send
from app.models.exchange.messages import (
    MOST_UNPACKED,
    Detached,
    Message,
    MessageRejected,
    Run,
    Taken,
    digest,
    map_hash,
    pack,
    take,
    take_branch,
    unpack,
)
from tests.models.chains import UNIT, SomeLog, some_keys

# --- taking a run -------------------------------------------------------------------------------


def test_a_whole_run_is_taken_and_then_again_without_anything_new() -> None:
    log = SomeLog(5, signed=(3,))
    first, new = take(log.run(), UNIT, None)
    assert (first, [hash_ for _, hash_ in new]) == (1, log.hashes[1:])
    assert take(log.run(), UNIT, log.known(5)) == (6, [])


@pytest.mark.parametrize("incarnation", ["", "1~0a", "a.b", "a\n", "á", "a" * 101])
def test_an_incarnation_that_no_machine_begins_is_refused(incarnation: str) -> None:
    log = SomeLog(2, incarnation=incarnation)
    with pytest.raises(MessageRejected, match="hỏng"):
        take(log.run(), UNIT, None)


def test_of_an_overlapping_run_only_the_rest_is_new() -> None:
    log = SomeLog(5)
    first, new = take(log.run(first=2), UNIT, log.known(3))
    assert (first, [record for record, _ in new]) == (4, log.records[3:])


def test_a_gap_is_refused() -> None:
    log = SomeLog(5)
    with pytest.raises(MessageRejected, match="thiếu các sự kiện trước"):
        take(log.run(first=4), UNIT, log.known(2))


def test_a_fork_is_refused_when_it_goes_on_and_when_it_does_not() -> None:
    ours, theirs = SomeLog(4), SomeLog(6, signed=(4,), mark="1")
    no_longer = SomeLog(4, mark="1").run()
    for branch in (theirs.run(), theirs.run(first=4), theirs.run(first=5), no_longer):
        with pytest.raises(MessageRejected, match="không khớp"):
            take(branch, UNIT, ours.known(4))


@pytest.mark.parametrize("place", range(5))
def test_a_run_with_one_changed_event_is_refused(place: int) -> None:
    run = SomeLog(5).run()
    changed = list(run.records)
    changed[place] = as_record(changed[place].public + b" ", changed[place].personal)
    with pytest.raises(MessageRejected, match="không khớp"):
        take(run._replace(records=tuple(changed)), UNIT, None)


def test_a_run_with_an_event_twice_left_out_or_moved_is_refused() -> None:
    run = SomeLog(5).run()
    a, b, c, d, f = run.records
    for records in ((a, b, b, d, f), (a, c, b, d, f), (b, a, c, d, f), (a, c, d, f, f)):
        with pytest.raises(MessageRejected, match="không khớp"):
            take(run._replace(records=records), UNIT, None)


def test_a_run_that_does_not_end_on_a_signed_head_is_refused() -> None:
    log = SomeLog(5, signed=(3,))
    run = log.run()
    for heads in ((), run.heads[:1]):
        with pytest.raises(MessageRejected, match="không kết thúc ở một mốc"):
            take(run._replace(heads=heads), UNIT, None)


def test_a_run_signed_by_another_device_or_for_another_unit_is_refused() -> None:
    log, stranger = SomeLog(3), some_keys("kẻ lạ")
    forged = sign_head(stranger, UNIT, log.name, 3, log.hashes[3])
    for keys in (stranger.public, log.keys.public):
        with pytest.raises(MessageRejected, match="Chữ ký"):
            take(log.run()._replace(keys=keys, heads=(forged,)), UNIT, None)
    with pytest.raises(MessageRejected):
        take(log.run(), "H26.15.4", None)


@given(st.integers(1, 7), st.integers(0, 6), st.integers(0, 7))
def test_however_a_log_is_cut_it_comes_together_again(first: int, held: int, last: int) -> None:
    log = SomeLog(7)
    part = SomeLog(max(first, last)).run(first)
    if first > held + 1:
        with pytest.raises(MessageRejected):
            take(part, UNIT, log.known(held))
        return
    if part.last >= held:
        start, new = take(part, UNIT, log.known(held))
        assert [hash_ for _, hash_ in new] == log.hashes[start : part.last + 1]


# --- taking a branch ----------------------------------------------------------------------------


def parted() -> tuple[SomeLog, SomeLog]:
    """What is held, and what another machine wrote under the same name."""
    return SomeLog(6, signed=(4,)), SomeLog(6, signed=(4,), mark="1")


def branch_of(run: Run, held: SomeLog) -> tuple[bytes, list[tuple[Record, bytes]]]:
    start = held.hashes[run.first - 1]
    return take_branch(run, UNIT, [start], lambda seq, hash_: held.hashes[seq] == hash_)


def test_a_branch_goes_on_from_what_is_held() -> None:
    ours, theirs = parted()
    start, new = branch_of(theirs.run(), ours)
    assert (start, [hash_ for _, hash_ in new]) == (ours.hashes[0], theirs.hashes[1:])


def test_a_branch_that_does_not_end_on_a_signed_head_is_refused() -> None:
    ours, theirs = parted()
    run = theirs.run()
    for heads in ((), run.heads[:1]):
        with pytest.raises(MessageRejected, match="không kết thúc ở một mốc"):
            branch_of(run._replace(heads=heads), ours)


def test_a_branch_that_ends_on_the_head_of_another_is_refused() -> None:
    ours, theirs = parted()
    run = theirs.run()
    with pytest.raises(Detached):
        branch_of(run._replace(heads=(run.heads[0], ours.heads[-1])), ours)


@pytest.mark.parametrize("forged", range(2))
def test_a_branch_with_one_head_that_its_device_did_not_sign_is_refused(forged: int) -> None:
    ours, theirs = parted()
    run, heads = theirs.run(), list(theirs.heads)
    heads[forged] = sign_head(some_keys("kẻ lạ"), UNIT, run.log, *heads[forged][:2])
    with pytest.raises(MessageRejected, match="không khớp"):
        branch_of(run._replace(heads=tuple(heads)), ours)


# --- comparing maps -----------------------------------------------------------------------------


def test_maps_are_equal_when_their_hashes_are() -> None:
    one, two = SomeLog(3), SomeLog(3, keys=some_keys("quầy 2"))
    held = {one.name: one.known(3), two.name: two.known(3)}
    assert map_hash(held) == map_hash(dict(reversed(held.items())))
    assert map_hash(held) != map_hash({**held, two.name: two.known(2)})


def test_only_what_the_other_lacks_is_sent() -> None:
    log, new = SomeLog(5), SomeLog(2, keys=some_keys("quầy 2"))
    mine = {log.name: log.known(5), new.name: new.known(2)}
    theirs = {log.name: log.known(3)}
    assert to_send(mine, theirs, hashes_of(log, new)) == ({log.name: 3, new.name: 0}, ())
    assert to_send(mine, mine, hashes_of(log, new)) == ({}, ())
    assert to_send(theirs, mine, hashes_of(log)) == ({}, ())


def test_a_log_of_equal_length_and_another_hash_is_a_fork() -> None:
    ours, theirs = SomeLog(4), SomeLog(4, mark="1")
    found = to_send({ours.name: ours.known(4)}, {ours.name: theirs.known(4)}, hashes_of(ours))
    assert found == ({}, (ours.name,))


def test_a_shorter_fork_is_told_from_a_shorter_log() -> None:
    ours, theirs = SomeLog(4), SomeLog(2, mark="1")
    assert to_send({ours.name: ours.known(4)}, {ours.name: theirs.known(2)}, hashes_of(ours)) == (
        {},
        (ours.name,),
    )


def test_of_a_forked_log_only_what_the_other_holds_of_no_branch_is_sent() -> None:
    log, other = SomeLog(5), SomeLog(4, mark="1")
    branch = log.name._replace(incarnation=f"{log.name.incarnation}~{'0' * 16}")
    held = {log.name: log.known(5), branch: other.known(4)}
    hashes = {log.name: log.hashes, branch: other.hashes}
    # under the name of one they hold the other, too
    for theirs in (held, {log.name: other.known(4), branch: log.known(5)}):
        assert to_send(held, theirs, lambda name, seq: hashes[name][seq]) == ({}, ())


def test_whoever_reads_no_branches_is_told_of_none() -> None:
    log = SomeLog(1)
    branch = log.name._replace(incarnation=f"{log.name.incarnation}~{'0' * 16}")
    held = {log.name: log.known(1), branch: log.known(1)}
    assert readable(held, branches=True) == held
    assert readable(held, branches=False) == {log.name: log.known(1)}


def hashes_of(*logs: SomeLog) -> Callable[[LogName, int], bytes]:
    found = {log.name: log.hashes for log in logs}
    return lambda name, seq: found[name][seq]


# --- messages -----------------------------------------------------------------------------------


def a_message(**changes: object) -> Message:
    log = SomeLog(4, signed=(2,))
    message = Message(
        UNIT, log.keys.public, "to", 7, "ab", {log.name: log.known(4)}, (log.run(), log.run(3))
    )
    return message._replace(**changes)  # type: ignore[arg-type]


def test_a_message_unpacks_to_what_was_packed_erased_parts_too() -> None:
    erased = tuple(as_record(r.public, None, r.personal_hash) for r in SomeLog(4).records)
    for message in (
        a_message(),
        a_message(map=None, runs=(), trouble="hỏng", answers="x"),
        a_message(runs=(SomeLog(4).run()._replace(records=erased),)),
    ):
        assert unpack(pack(message, some_keys())) == message


def test_equal_messages_pack_to_equal_bytes() -> None:
    assert digest(pack(a_message(), some_keys())) == digest(pack(a_message(), some_keys()))


def test_a_message_signed_by_another_is_refused() -> None:
    with pytest.raises(MessageRejected, match="Chữ ký"):
        unpack(pack(a_message(), some_keys("kẻ lạ")))


@given(st.data())
def test_any_changed_byte_of_a_message_is_refused(data: st.DataObject) -> None:
    plain = bytearray(zstandard.ZstdDecompressor().decompress(pack(a_message(), some_keys())))
    place = data.draw(st.integers(0, len(plain) - 1))
    plain[place] ^= data.draw(st.integers(1, 255))
    with pytest.raises(MessageRejected):
        unpack(zstandard.ZstdCompressor().compress(bytes(plain)))


@given(st.binary(max_size=300), st.booleans())
def test_bytes_from_anywhere_are_refused_in_words(noise: bytes, framed: bool) -> None:
    packed = zstandard.ZstdCompressor().compress(noise) if framed else noise
    with pytest.raises(MessageRejected, match="không"):
        unpack(packed)


@given(st.integers(0, 400))
def test_a_message_cut_short_is_refused(kept: int) -> None:
    packed = pack(a_message(), some_keys())
    with pytest.raises(MessageRejected):
        unpack(packed[: min(kept, len(packed) - 1)])


def test_a_message_nested_without_end_is_no_message() -> None:
    nested = b'{"later":' + b"[" * 50_000 + b"]" * 50_000 + b"}"
    with pytest.raises(MessageRejected, match="hỏng"):
        unpack(zstandard.ZstdCompressor().compress(nested + b"\n" + bytes(64).hex().encode()))


def test_what_would_take_a_larger_window_to_unfold_is_refused() -> None:
    plain = zstandard.ZstdDecompressor().decompress(pack(a_message(), some_keys()))
    for window_log, is_read in ((23, True), (24, False)):
        chosen = zstandard.ZstdCompressionParameters(
            window_log=window_log, write_content_size=False
        )
        going = zstandard.ZstdCompressor(compression_params=chosen).compressobj()
        packed = going.compress(plain) + going.flush()
        if is_read:
            assert unpack(packed) == a_message()
        else:
            with pytest.raises(MessageRejected, match="hỏng"):
                unpack(packed)


def test_a_message_with_lines_that_no_run_counts_is_refused() -> None:
    packed = pack(a_message(), some_keys())
    body, _, _ = zstandard.ZstdDecompressor().decompress(packed).rpartition(b"\n")
    with pytest.raises(MessageRejected, match="cắt cụt"):
        unpack(signed_again(body + b"\n{}\n"))


def test_what_unfolds_beyond_the_limit_is_refused_before_it_fills_memory() -> None:
    bomb = zstandard.ZstdCompressor().compress(b"0" * (MOST_UNPACKED + 1))
    with pytest.raises(MessageRejected, match="quá lớn"):
        unpack(bomb)
    with pytest.raises(MessageRejected, match="quá lớn"):
        unpack(bytes(2**20))


def test_a_later_version_asks_for_an_update() -> None:
    packed = pack(a_message(), some_keys())
    body, _, _ = zstandard.ZstdDecompressor().decompress(packed).rpartition(b"\n")
    later = body.replace(b'"v":1', b'"v":9', 1)
    with pytest.raises(MessageRejected, match="cập nhật"):
        unpack(signed_again(later))


def signed_again(body: bytes) -> bytes:
    signature = some_keys().sign(sha256(b"motcua message 1\n" + body).digest()).hex().encode()
    return zstandard.ZstdCompressor().compress(body + b"\n" + signature)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'"count":4', b'"count":5'),
        (b'"count":4', b'"count":-4'),
        (b'"first":1', b'"first":-3'),
        (b'"keys":["', b'"keys":["zz'),
        (b'"number":7', b'"number":7e400'),
        (b'"runs":[', b'"runs":' + b"[" * 5000),
        (b'"to":"to"', b'"to":"\xff"'),
    ],
)
def test_a_signed_header_that_makes_no_sense_is_refused_in_words(old: bytes, new: bytes) -> None:
    packed = pack(a_message(), some_keys())
    body, _, _ = zstandard.ZstdDecompressor().decompress(packed).rpartition(b"\n")
    assert old in body
    with pytest.raises(MessageRejected):
        take_all(signed_again(body.replace(old, new, 1)))


def take_all(packed: bytes) -> None:
    for run in unpack(packed).runs:
        take(run, UNIT, None)


def test_counts_of_what_was_taken_add_up() -> None:
    assert Taken(3, 1, 0) + Taken(2, 0, 1) == Taken(5, 1, 1)
