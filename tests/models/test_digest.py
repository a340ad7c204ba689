"""The digests of the domain are those everybody computes."""

import hashlib
import hmac

from app.models.digest import are_equal, keyed_sha256, running_sha256, sha256

WORDS = "Một Cửa".encode()


def test_the_digests_are_those_of_any_other_library() -> None:
    assert sha256(WORDS) == hashlib.sha256(WORDS).digest()
    assert keyed_sha256(b"k" * 32, WORDS) == hmac.digest(b"k" * 32, WORDS, "sha256")


def test_pieces_give_the_digest_of_the_whole() -> None:
    running = running_sha256()
    running.update(WORDS[:3])
    running.update(WORDS[3:])
    assert running.finalize() == sha256(WORDS)


def test_no_digest_remembers_another() -> None:
    left_half_way = running_sha256()
    left_half_way.update(WORDS)
    sha256(b"others")
    assert sha256(WORDS) == left_half_way.finalize() == hashlib.sha256(WORDS).digest()


def test_only_the_same_words_are_equal() -> None:
    assert are_equal("a1", "a1")
    assert not are_equal("a1", "a2")
