"""The sealed marker: what this device last wrote, kept where no backup and no copy of the data goes.

A restored, cloned or half-committed database differs from its marker, and the counter then starts
a new incarnation above it instead of issuing a printed number twice.
"""

import os
import platform
import secrets
from hashlib import sha256
from pathlib import Path

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from app.store.database import StorageFailed

REMEMBERED_DAYS = 62  # of code series, newest by date; older dates get provisional codes


class Mark(msgspec.Struct, frozen=True):
    """The device's own log as of its last write, and the highest number of each series."""

    incarnation: str
    seq: int
    hash: str
    numbers: dict[str, int]
    machine: str
    folder: int


def machine_facts() -> str:
    """A hash of facts that don't lie on the disk: a cloned disk in another PC gives another."""
    board = Path("/sys/class/dmi/id")
    names = ("sys_vendor", "product_name", "board_name", "board_vendor", "bios_version")
    facts = [_first_line(board / name) for name in names]
    facts += sorted(_first_line(card / "address") for card in _physical_cards())
    facts += [platform.machine(), _processor()]
    return sha256("\n".join(facts).encode()).hexdigest()[:32]


def _physical_cards() -> list[Path]:
    cards = Path("/sys/class/net")
    return (
        [card for card in cards.iterdir() if (card / "device").exists()] if cards.exists() else []
    )


def _processor() -> str:
    cpuinfo = Path("/proc/cpuinfo")
    if not cpuinfo.exists():
        return platform.processor() + platform.node()
    lines = cpuinfo.read_text(encoding="utf-8", errors="replace").splitlines()
    return next((line for line in lines if line.startswith("model name")), "")


def _first_line(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8").strip()
    except OSError:
        return ""


class MarkerFile:
    """Reads and writes one device's marker, sealed with a key drawn from the database's."""

    def __init__(self, folder: Path, device: str, key: bytes, machine: str | None = None) -> None:
        self.path = folder / "markers" / f"{device}.marker"
        self.machine = machine or machine_facts()
        derived = HKDF(SHA256(), 32, None, b"motcua marker 1" + device.encode()).derive(key)
        self._seal = AESGCM(derived)

    def read(self) -> Mark | None:
        """The mark, or None when there is none that can be read."""
        try:
            sealed = self.path.read_bytes()
            return msgspec.json.decode(self._seal.decrypt(sealed[:12], sealed[12:], b""), type=Mark)
        except (OSError, InvalidTag, ValueError, msgspec.DecodeError):
            return None

    def write(self, mark: Mark) -> None:
        """Seal and put in place, durably, before returning."""
        nonce = secrets.token_bytes(12)
        sealed = nonce + self._seal.encrypt(nonce, msgspec.json.encode(mark), b"")
        beside = self.path.with_suffix(".new")
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with beside.open("wb") as file:
                file.write(sealed)
                file.flush()
                os.fsync(file.fileno())
            beside.replace(self.path)
            _sync_folder(self.path.parent)
        except OSError as error:
            raise StorageFailed(
                f"Không ghi được dấu niêm ở {self.path.parent}; chưa lưu gì. "
                "Hãy kiểm tra ổ đĩa còn chỗ và thư mục cho ghi, rồi lưu lại."
            ) from error


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":
        return  # Windows has no handle for a folder; replace() there is written through by NTFS
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
