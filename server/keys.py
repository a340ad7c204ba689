"""The server's one secret, and the keys derived from it.

A single 256-bit key is all a server must keep: the key of its encrypted database and its identity
as a device follow from it. By default it lies in `server.key` beside the data, readable by its
owner only. That protects a lost backup or disk image of the database, not a machine broken into;
a district keeps the key apart and gives it in `MOTCUA_SERVER_KEY` (64 hex digits).
"""

import os
import secrets
from contextlib import suppress
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from app.models.errors import Refused
from app.models.exchange.chain import DeviceKeys

VARIABLE = "MOTCUA_SERVER_KEY"
KEY_BYTES = 32


def secret(data: Path) -> bytes:
    """The 32 bytes, from the environment or the key file; made on first use. Raises `Refused`."""
    given = os.environ.get(VARIABLE)
    if given is not None:
        return _parsed(given, f"Biến môi trường {VARIABLE}")
    path = data / "server.key"
    if not path.exists():
        _write(path, secrets.token_bytes(KEY_BYTES))
    return _parsed(path.read_text("ascii", errors="replace"), f"Tệp khóa {path}")


def database_key(root: bytes) -> bytes:
    """The raw key of the embedded database, 32 bytes."""
    return _derived(root, b"motcua server database 1", 32)


def device_keys(root: bytes) -> DeviceKeys:
    """The keys by which counters know this server."""
    return DeviceKeys(_derived(root, b"motcua server device 1", 64))


def ballot_key(root: bytes) -> bytes:
    """Under which it is noted whose turn is spent, 32 bytes."""
    return _derived(root, b"motcua server ballots 1", 32)


def _derived(root: bytes, purpose: bytes, length: int) -> bytes:
    return HKDF(SHA256(), length, salt=None, info=purpose).derive(root)


def _parsed(text: str, where: str) -> bytes:
    try:
        key = bytes.fromhex(text)
    except ValueError:
        key = b""
    if len(key) != KEY_BYTES:
        raise Refused(f"{where} phải gồm đúng 64 chữ số hệ 16. Hãy khôi phục khóa từ nơi cất giữ.")
    return key


def _write(path: Path, key: bytes) -> None:
    """Whole or not at all; whoever came first wins."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(key.hex() + "\n")
        file.flush()
        os.fsync(descriptor)
    with suppress(FileExistsError):
        os.link(draft, path)
    draft.unlink()
