"""SHA-256 of bytes, by the library that signs and seals too: hashlib would load another 3.4 MiB."""

from cryptography.hazmat.primitives.hashes import SHA256, Hash
from cryptography.hazmat.primitives.hmac import HMAC

_SHA256 = SHA256()


def sha256(content: bytes) -> bytes:
    """32 bytes."""
    return Hash.hash(_SHA256, content)


def running_sha256() -> Hash:
    """Of what comes in pieces: `update` with each, then `finalize`."""
    return Hash(_SHA256)


def keyed_sha256(key: bytes, content: bytes) -> bytes:
    """HMAC-SHA-256, 32 bytes."""
    running = HMAC(key, _SHA256)
    running.update(content)
    return running.finalize()


def are_equal(one: str, other: str) -> bool:
    """In a time that tells nobody who guesses how near he came: no digest can be aimed at."""
    return sha256(one.encode()) == sha256(other.encode())
