from hashlib import sha256

import pytest

from app.models.exchange.chain import DeviceKeys, PublicKeys
from app.models.exchange.messages import MessageRejected
from app.models.exchange.sealing import MARK, MOST_ADDED, is_sealed, seal, unseal

READER, OTHER = (DeviceKeys(sha256(name).digest() * 2) for name in (b"reader", b"other"))


def test_only_the_reader_can_open_what_is_sealed_to_it() -> None:
    sealed = seal(b"Nguyen Thi Anh", READER.public)
    assert b"Anh" not in sealed
    assert unseal(sealed, READER) == b"Nguyen Thi Anh"
    with pytest.raises(MessageRejected, match="máy khác"):
        unseal(sealed, OTHER)


def test_no_two_seals_of_the_same_are_alike() -> None:
    assert seal(b"x", READER.public) != seal(b"x", READER.public)


def test_a_seal_adds_few_bytes_and_is_told_from_a_bare_message() -> None:
    sealed = seal(b"x" * 100, READER.public)
    assert len(sealed) == 100 + MOST_ADDED
    assert is_sealed(sealed)
    assert not is_sealed(b"\x28\xb5\x2f\xfd" + bytes(80))


@pytest.mark.parametrize("at", [len(MARK), len(MARK) + 31, len(MARK) + 32, -1])
def test_a_seal_that_was_touched_does_not_open(at: int) -> None:
    sealed = bytearray(seal(b"x" * 100, READER.public))
    sealed[at] ^= 1
    with pytest.raises(MessageRejected):
        unseal(bytes(sealed), READER)


@pytest.mark.parametrize("length", [0, 1, 31, 40])
def test_a_seal_cut_short_does_not_open(length: int) -> None:
    with pytest.raises(MessageRejected):
        unseal(seal(b"x", READER.public)[: len(MARK) + length], READER)


@pytest.mark.parametrize("key", [bytes(32), b"", bytes(31)], ids=["no secret", "none", "short"])
def test_nothing_is_sealed_to_a_key_that_hides_nothing(key: bytes) -> None:
    with pytest.raises(MessageRejected, match="ghi danh lại"):
        seal(b"x", PublicKeys(READER.public.sign, key))
