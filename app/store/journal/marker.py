"""The sealed marker: what this device last wrote, kept where no backup and no copy of the data goes.

A restored, cloned or half-committed database differs from its marker, and the counter then starts
a new incarnation above it instead of issuing a printed number twice.
"""

from os import urandom
from pathlib import Path

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from app.files import put_durably, sync_folder
from app.models.exchange.incarnation import Mark
from app.store.database.database import StorageFailed
from app.store.journal.machine import machine_facts


class MarkerFile:
    """Reads and writes one device's marker, sealed with a key drawn from the database's."""

    def __init__(self, folder: Path, device: str, key: bytes, machine: str | None = None) -> None:
        self.path = folder / "markers" / f"{device}.marker"
        self.machine = machine or machine_facts()
        derived = HKDF(SHA256(), 32, None, b"motcua marker 1" + device.encode()).derive(key)
        self._seal = AESGCM(derived)

    def read(self) -> Mark | None:
        """The mark, or None when there is none that can be read; raises `StorageFailed` when it is busy."""
        try:
            sealed = self.path.read_bytes()
        except (
            PermissionError
        ) as error:  # on Windows: another program, mostly a virus scanner, has it
            raise StorageFailed(
                f"Không đọc được dấu niêm ở {self.path.parent}; chưa lưu gì. "
                "Hãy kiểm tra quyền của thư mục, rồi lưu lại."
            ) from error
        except OSError:
            return None
        try:
            return msgspec.json.decode(self._seal.decrypt(sealed[:12], sealed[12:], b""), type=Mark)
        except (InvalidTag, ValueError, msgspec.DecodeError):
            return None

    def write(self, mark: Mark) -> None:
        """Seal and put in place, durably, before returning."""
        nonce = urandom(12)
        sealed = nonce + self._seal.encrypt(nonce, msgspec.json.encode(mark), b"")
        try:
            if not self.path.parent.exists():
                self.path.parent.mkdir(parents=True)
                sync_folder(self.path.parent.parent)
            put_durably(self.path, sealed)
        except OSError as error:
            raise StorageFailed(
                f"Không ghi được dấu niêm ở {self.path.parent}; chưa lưu gì. "
                "Hãy kiểm tra ổ đĩa còn chỗ và thư mục cho ghi, rồi lưu lại."
            ) from error
