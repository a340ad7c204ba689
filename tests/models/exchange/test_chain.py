import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.events.encoding import as_record
from app.models.exchange.chain import (
    DeviceKeys,
    LogName,
    PublicKeys,
    genesis,
    head_holds,
    link,
    links,
    lookup_token,
    sign_head,
)
from tests.models.chains import UNIT, SomeLog, records, some_keys


def test_a_device_is_named_by_its_keys() -> None:
    keys = some_keys().public
    assert keys.device == some_keys().public.device
    assert len(keys.device) == 32
    assert len({keys.device, some_keys("quầy 2").public.device}) == 2
    assert PublicKeys(keys.seal, keys.sign).device != keys.device


def test_only_the_device_itself_can_sign_for_it() -> None:
    keys, other = some_keys(), some_keys("quầy 2")
    signature = keys.sign(b"words")
    assert keys.public.signed(signature, b"words")
    assert not other.public.signed(signature, b"words")
    assert not keys.public.signed(signature, b"other words")
    assert not PublicKeys(b"short", b"").signed(signature, b"words")


@given(st.integers(0, 4), st.data())
def test_any_changed_byte_changes_every_hash_from_there_on(at: int, data: st.DataObject) -> None:
    told = records(5)
    start = genesis(UNIT, SomeLog(5).name)
    before = links(start, told)
    public = bytearray(told[at].public)
    place = data.draw(st.integers(0, len(public) - 1))
    public[place] ^= data.draw(st.integers(1, 255))
    told[at] = as_record(bytes(public), told[at].personal)
    after = links(start, told)
    assert after[:at] == before[:at]
    assert all(new != old for new, old in zip(after[at:], before[at:], strict=True))


def test_an_erased_personal_part_leaves_the_chain_whole() -> None:
    whole = as_record(b"{}", b'{"salt":"s"}')
    erased = as_record(b"{}", None, whole.personal_hash)
    assert link(b"before", whole) == link(b"before", erased)
    assert link(b"before", whole) != link(b"before", as_record(b"{}", None))


def test_the_same_events_of_another_unit_device_or_incarnation_hash_apart() -> None:
    log = LogName("a" * 32, "0" * 16)
    starts = {
        genesis(UNIT, log),
        genesis("H26.15.4", log),
        genesis(UNIT, log._replace(device="b" * 32)),
        genesis(UNIT, log._replace(incarnation="1" * 16)),
    }
    assert len(starts) == 4


@pytest.mark.parametrize(
    "tampered",
    [
        lambda head: head._replace(seq=head.seq - 1),
        lambda head: head._replace(hash=bytes(32)),
        lambda head: head._replace(signature=bytes(64)),
    ],
)
def test_a_tampered_head_does_not_hold(tampered: object) -> None:
    log = SomeLog(3)
    (head,) = log.heads
    assert head_holds(log.keys.public, UNIT, log.name, head)
    assert not head_holds(log.keys.public, UNIT, log.name, tampered(head))  # type: ignore[operator]


def test_a_head_holds_for_its_own_unit_log_and_device_only() -> None:
    log = SomeLog(3)
    (head,) = log.heads
    keys = log.keys.public
    assert not head_holds(keys, "H26.15.4", log.name, head)
    assert not head_holds(keys, UNIT, log.name._replace(incarnation="1" * 16), head)
    stranger = some_keys("kẻ lạ")
    forged = sign_head(stranger, UNIT, log.name, 3, log.hashes[3])
    assert not head_holds(stranger.public, UNIT, log.name, forged)


def test_a_lookup_token_is_82_bits_and_the_dossiers_for_life() -> None:
    assert lookup_token("c2FsdA") == lookup_token("c2FsdA")
    assert len(lookup_token("c2FsdA")) == 18
    assert lookup_token("c2FsdA") != lookup_token("c2FsdB")


def test_keys_come_from_their_seed_alone() -> None:
    seed = bytes(range(64))
    assert DeviceKeys(seed).public == DeviceKeys(seed).public
    assert DeviceKeys(seed).sign(b"x") == DeviceKeys(seed).sign(b"x")
