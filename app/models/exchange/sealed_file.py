"""Seals a file with a key of its own, so that it may lie and travel where nobody may read it.

The key is drawn for one file only, hence the constant nonce. The file's name is the hash of its sealed
bytes: whoever holds them can check them without the key, and the name tells nobody whose paper it is.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from app.models.digest import sha256
from app.models.errors import Refused

MARK = b"motcua file 1\n"
KEY_BYTES = 32
_NONCE = bytes(12)
ADDED = len(MARK) + 16
"""Bytes by which a sealed file is longer."""


class NotOpened(Refused):
    """The bytes aren't the ones that were sealed with this key."""


def key_of(random: bytes) -> str:
    """A file's key as text (base64url), from `KEY_BYTES` random bytes."""
    return urlsafe_b64encode(random[:KEY_BYTES]).decode().rstrip("=")


def sealed(content: bytes, key: str) -> bytes:
    """`content` as it lies on disks and travels."""
    return MARK + ChaCha20Poly1305(_bytes(key)).encrypt(_NONCE, content, MARK)


def opened(sealed_: bytes, key: str) -> bytes:
    """What was sealed; raises `NotOpened`."""
    try:
        return ChaCha20Poly1305(_bytes(key)).decrypt(_NONCE, sealed_[len(MARK) :], MARK)
    except (InvalidTag, ValueError) as error:
        raise NotOpened(
            "Không mở được tệp số hóa: tệp hỏng, hoặc hồ sơ đã được xóa thông tin cá nhân."
        ) from error


def name_of(sealed_: bytes) -> str:
    """The name under which everybody keeps these bytes: 64 hex digits."""
    return sha256(sealed_).hex()


def _bytes(key: str) -> bytes:
    return urlsafe_b64decode(key + "=" * (-len(key) % 4))
