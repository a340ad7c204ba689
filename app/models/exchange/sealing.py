"""Seals what travels to the one device that may read it: HPKE (RFC 9180) with its X25519 key.

The message inside is signed, so a seal only hides. Each one is made with a key of its own, which
the library draws; nothing else in the domain is left to chance.
"""

from collections.abc import Callable
from functools import partial

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey

from app.models.exchange.chain import HPKE, DeviceKeys, PublicKeys
from app.models.exchange.messages import MessageRejected

MARK = b"motcua sealed 1\n"
MOST_ADDED = len(MARK) + 48  # bytes: the mark, the one-time key and the tag


def is_sealed(travelling: bytes) -> bool:
    """False for a message as version 0.1 sent it, bare."""
    return travelling.startswith(MARK)


def seal(packed: bytes, reader: PublicKeys) -> bytes:
    """`packed` for the eyes of `reader`. Raises `MessageRejected` when its key is none."""
    context = MARK + reader.device.encode()
    try:
        key = X25519PublicKey.from_public_bytes(reader.seal)
        return MARK + HPKE.encrypt(packed, key, context)
    except ValueError as error:
        raise MessageRejected("Khóa của máy nhận không đúng; hãy ghi danh lại máy ấy.") from error


def sealed_to(reader: PublicKeys) -> Callable[[bytes], bytes]:
    """What seals to `reader`. Raises `MessageRejected` at once when its key is none."""
    seal(b"", reader)  # a point that gives no secret shows only now
    return partial(seal, reader=reader)


def unseal(travelling: bytes, keys: DeviceKeys) -> bytes:
    """What was sealed to `keys`. Raises `MessageRejected` when it wasn't, or was touched since."""
    try:
        context = MARK + keys.public.device.encode()
        return keys.unseal(travelling.removeprefix(MARK), context)
    except InvalidTag as error:
        raise MessageRejected(
            "Không mở được gói dữ liệu: gói gửi cho máy khác, hoặc bị hỏng trên đường."
        ) from error
