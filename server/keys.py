"""The server's one secret, and the keys derived from it.

A single 256-bit key is all a server must keep: the key of its encrypted database and its identity
as a device follow from it. It lies in `server.key` beside the data, its owner's alone, or that file
names the entry of the OS keyring which keeps it, as for a commune's hub: docs/adr/0028-where-a-server-keeps-its-key.md.
A district keeps it apart and gives it in `MOTCUA_SERVER_KEY` (64 hex digits).
"""

import os
import secrets
import subprocess
from contextlib import suppress
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from app.files import put_durably
from app.models.errors import Refused
from app.models.exchange.chain import DeviceKeys

VARIABLE = "MOTCUA_SERVER_KEY"
KEY_BYTES = 32
SERVICE = "motcua-server"
WINDOWS = os.name == "nt"
_NAMED = "keyring:"
_OWNER = "*S-1-3-4"  # whoever owns a file, in whatever language Windows speaks


def secret(data: Path, *, in_keyring: bool = False) -> bytes:
    """The 32 bytes, from the environment, the key file or the entry it names; made on first use.

    `in_keyring`: the OS keyring keeps them from now on, where one answers. Raises `Refused`.
    """
    given = os.environ.get(VARIABLE)
    if given is not None:
        return _parsed(given, f"Biến môi trường {VARIABLE}")
    path = data / "server.key"
    if not path.exists():
        root = secrets.token_bytes(KEY_BYTES)
        _write(path, (_kept(root) if in_keyring else "") or root.hex())
    said = path.read_text("ascii", errors="replace").strip()
    if said.startswith(_NAMED):
        return _named(said.removeprefix(_NAMED), data)
    root = _parsed(said, f"Tệp khóa {path}")
    if in_keyring and (entry := _kept(root)):
        put_durably(path, entry.encode(), 0o600)
    return root


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


def _kept(root: bytes) -> str:
    """What names the keyring's entry, once it was read back; "" where no keyring keeps one."""
    import keyring
    from keyring.errors import KeyringError

    name = _derived(root, b"motcua server entry 1", 8).hex()
    try:
        keyring.set_password(SERVICE, name, root.hex())
        return _NAMED + name if keyring.get_password(SERVICE, name) == root.hex() else ""
    except KeyringError:
        return ""


def _named(name: str, data: Path) -> bytes:
    import keyring
    from keyring.errors import KeyringError

    try:
        kept = keyring.get_password(SERVICE, name)
    except KeyringError as error:
        raise Refused(
            "Kho khóa của hệ điều hành đang khóa hoặc không có ở phiên này. Hãy đăng nhập bằng đúng tài "
            "khoản đã chạy máy chủ này rồi thử lại."
        ) from error
    if kept is None:
        raise Refused(
            f"Kho khóa của máy này không có khóa của {data}. Nếu là trạm trung chuyển: hãy dời thư mục ấy "
            "đi rồi bật trạm lại bằng mã ghi danh mới, không mất gì. Nếu là máy chủ: hãy đặt khóa đã cất "
            f"riêng vào biến {VARIABLE}."
        )
    return _parsed(kept, "Khóa trong kho khóa")


def _write(path: Path, said: str) -> None:
    """Whole or not at all; whoever came first wins."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            _close_to_others(draft)
            file.write(said + "\n")
            file.flush()
            os.fsync(descriptor)
        with suppress(FileExistsError):
            os.link(draft, path)
    finally:
        draft.unlink()


def _close_to_others(path: Path) -> None:
    """What its mode does elsewhere: on Windows a file begins with the rights of its folder."""
    if not WINDOWS:
        return
    words = ["icacls", str(path), "/inheritance:r", "/grant:r", f"{_OWNER}:F"]
    if subprocess.run(words, capture_output=True, check=False).returncode:
        raise Refused(
            f"Không đặt được quyền riêng cho tệp khóa ở {path.parent}. Hãy đặt thư mục dữ liệu trên ổ "
            "NTFS của máy này."
        )
