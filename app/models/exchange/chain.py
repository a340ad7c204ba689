"""The hash chain of a device's log, and the signed heads that bound it.

A device's id is a hash of its two public keys, so whoever holds an id can check a key. The chain
starts from unit, device and incarnation, and each link hashes the event's public bytes and the
hash of its personal bytes (which hold the dossier's salt): what is erased leaves the chain whole.
"""

from base64 import urlsafe_b64encode
from collections.abc import Iterable
from typing import NamedTuple

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from app.models.digest import sha256
from app.models.events.encoding import Record
from app.models.numbering import scannable

SALT_BYTES = 10  # 80 bits: beyond guessing, and cheap enough for thousands of events a batch
SIGN_EVERY = 200  # events between two signed heads that travel with the log
HPKE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)
_NOTHING = bytes(32)


class PublicKeys(NamedTuple):
    """Ed25519 to check signatures, X25519 to be sealed to; 32 bytes each."""

    sign: bytes
    seal: bytes

    @property
    def device(self) -> str:
        """The id these keys give: 32 hex digits."""
        return sha256(b"motcua device 1" + self.sign + self.seal).hex()[:32]

    def signed(self, signature: bytes, message: bytes) -> bool:
        """True when `signature` over `message` is this device's."""
        try:
            Ed25519PublicKey.from_public_bytes(self.sign).verify(signature, message)
        except (InvalidSignature, ValueError):
            return False
        return True


class DeviceKeys:
    """The private half: signs heads and messages, opens what is sealed to it.

    `seed` is 64 random bytes, kept encrypted.
    """

    def __init__(self, seed: bytes) -> None:
        self._sign = Ed25519PrivateKey.from_private_bytes(seed[:32])
        self._seal = X25519PrivateKey.from_private_bytes(seed[32:64])
        self.public = PublicKeys(
            self._sign.public_key().public_bytes_raw(), self._seal.public_key().public_bytes_raw()
        )

    def sign(self, message: bytes) -> bytes:
        """The Ed25519 signature, 64 bytes."""
        return self._sign.sign(message)

    def unseal(self, sealed: bytes, context: bytes) -> bytes:
        """What was sealed to this device in `context`; raises `InvalidTag`."""
        return HPKE.decrypt(sealed, self._seal, context)


class LogName(NamedTuple):
    """One device in one incarnation: the unit of the chain. A branch's goes on with `~` and digits."""

    device: str
    incarnation: str

    @property
    def root(self) -> "LogName":
        """What the log is a branch of, or itself: an author's signature knows no branches."""
        return LogName(self.device, self.incarnation.partition("~")[0])


class Head(NamedTuple):
    """A log's state after `seq` events, signed by its author."""

    seq: int
    hash: bytes
    signature: bytes


def salt(random: bytes) -> str:
    """A dossier's salt as text, from `SALT_BYTES` random bytes."""
    return urlsafe_b64encode(random[:SALT_BYTES]).decode().rstrip("=")


def lookup_token(salt: str) -> str:
    """The token in a slip's QR, 18 letters (82 bits), the same for the dossier's life."""
    return scannable(sha256(b"motcua lookup 1" + salt.encode())[:18])


def genesis(unit: str, log: LogName) -> bytes:
    """The link before the first event; one for all branches."""
    log = log.root
    return sha256(f"motcua chain 1\n{unit}\n{log.device}\n{log.incarnation}".encode())


def link(previous: bytes, record: Record) -> bytes:
    """The hash after `record`, 32 bytes."""
    public = sha256(record.public)
    return sha256(previous + public + (record.personal_hash or _NOTHING))


def links(previous: bytes, records: Iterable[Record]) -> list[bytes]:
    """The hashes after each of `records`."""
    hashes = []
    for record in records:
        previous = link(previous, record)
        hashes.append(previous)
    return hashes


def _statement(unit: str, log: LogName, seq: int, hash_: bytes) -> bytes:
    log = log.root
    return f"motcua head 1\n{unit}\n{log.device}\n{log.incarnation}\n{seq}\n{hash_.hex()}".encode()


def sign_head(keys: DeviceKeys, unit: str, log: LogName, seq: int, hash_: bytes) -> Head:
    """Swear that after `seq` events this log's hash is `hash_`."""
    return Head(seq, hash_, keys.sign(_statement(unit, log, seq, hash_)))


def head_holds(keys: PublicKeys, unit: str, log: LogName, head: Head) -> bool:
    """True when `keys` are the log's device's and signed `head`."""
    statement = _statement(unit, log, head.seq, head.hash)
    return keys.device == log.device and keys.signed(head.signature, statement)
