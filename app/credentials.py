"""Opens the database key: wrapped per officer by password and, where the system has one, its keyring.

    wrapping key = HKDF(Argon2id(password), device secret)

The device secret lies in the OS keyring, so a stolen disk doesn't open with a password alone. Where
no keyring answers, the password stands alone and `weaker` says so; a key never lies in a file in clear.
The key is wrapped once more by the recovery code, which no machine keeps: docs/adr/0018-a-recovery-code.md.
"""

import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from unicodedata import normalize

import msgspec
from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from app.files import is_full, put_durably, settle, why
from app.models.errors import UNREADABLE, BadInput, Refused
from app.models.unit.passwords import check_length
from app.models.unit.recovery_code import RecoveryCode

SERVICE = "motcua"


class Stretch(msgspec.Struct, frozen=True):
    """What a password was stretched with, kept beside each key: a later version may ask for more.

    The defaults are RFC 9106's second recommended option.
    """

    memory_kib: int = 64 * 1024
    passes: int = 3
    lanes: int = 4


class _Wrapped(msgspec.Struct, frozen=True):
    salt: str
    nonce: str
    key: str
    stretch: Stretch = Stretch()


class _Recovery(msgspec.Struct, frozen=True):
    made: str
    salt: str
    nonce: str
    key: str


STRETCH = Stretch()


class _RingFile(msgspec.Struct, frozen=True, omit_defaults=True):
    vault: str
    keyring: bool
    officers: dict[str, _Wrapped]
    demo: bool = False
    recovery: _Recovery | None = None


class WrongPassword(BadInput):
    """Neither this password nor this officer opens the data."""


class WrongCode(BadInput):
    """The recovery code is another one's, or an older one."""


@dataclass
class KeyRing:
    """The file of wrapped keys in the data folder."""

    path: Path
    _ring: _RingFile

    @classmethod
    def create(cls, path: Path, *, demo: bool = False) -> "KeyRing":
        """A new ring without officers; its device secret goes to the OS keyring if there is one."""
        vault = os.urandom(8).hex()
        stored = False if demo else _store_secret(vault)
        return cls(path, _RingFile(vault, stored, {}, demo))

    @classmethod
    def read(cls, path: Path) -> "KeyRing":
        """The ring of an existing counter; raises `BadInput` where there is none, `Refused` if damaged."""
        _settle(path)
        try:
            return cls.parse(path.read_bytes(), path)
        except FileNotFoundError:
            raise BadInput(
                f"Chưa có quầy nào ở {path.parent}. Hãy chạy “motcua init” hoặc “motcua demo”.",
                "data",
            ) from None
        except NotADirectoryError as error:
            raise BadInput(
                f"Không có quầy nào ở {path.parent}: {why(error)}. Hãy chọn thư mục khác.", "data"
            ) from error
        except OSError as error:
            raise Refused(f"Không đọc được {path}. Hãy kiểm tra quyền đọc của tệp.") from error

    @classmethod
    def parse(cls, content: bytes, path: Path) -> "KeyRing":
        """The ring in `content`, which lies or is to lie at `path`; raises `Refused` if damaged."""
        try:
            return cls(path, msgspec.json.decode(content, type=_RingFile))
        except UNREADABLE as error:
            raise Refused(f"Tệp khóa {path} bị hỏng. Hãy khôi phục từ bản sao lưu.") from error

    @property
    def weaker(self) -> bool:
        """True when only the password protects the key."""
        return not self._ring.keyring

    @property
    def demo(self) -> bool:
        """True on the demo commune, where one key signs in."""
        return self._ring.demo

    @property
    def officers(self) -> tuple[str, ...]:
        """The logins that can open the data here, the first officer first."""
        return tuple(self._ring.officers)

    @property
    def code_made(self) -> datetime | None:
        """When the code was made that opens a backup made now; None without one."""
        recovery = self._ring.recovery
        return datetime.fromisoformat(recovery.made) if recovery else None

    @property
    def stays_here(self) -> bool:
        """True when no other machine can open a backup made now."""
        return self._ring.keyring and self._ring.recovery is None

    def add(self, login: str, password: str, key: bytes) -> None:
        """Let `login` open `key` with `password`; replaces what was there. Raises `BadInput`."""
        self._ring = _with_officer(self._ring, login, password, key)
        self.keep()

    def remove(self, login: str) -> None:
        """From now on `login` opens nothing here; raises `BadInput` where nobody else would."""
        left = {name: key for name, key in self._ring.officers.items() if name != login}
        if not left:
            raise BadInput("Phải còn ít nhất một người mở được quầy này.", "login")
        self._ring = msgspec.structs.replace(self._ring, officers=left)
        self.keep()

    def open(self, login: str, password: str) -> bytes:
        """The database key; raises `WrongPassword` or, when the keyring is silent, `Refused`."""
        wrapped = self._ring.officers.get(login)
        if wrapped is None:
            raise _no_such_officer(login)
        salt = bytes.fromhex(wrapped.salt)
        cipher = AESGCM(_wrapping_key(self._ring, password, salt, wrapped.stretch))
        try:
            return cipher.decrypt(
                bytes.fromhex(wrapped.nonce), bytes.fromhex(wrapped.key), login.encode()
            )
        except InvalidTag:
            raise WrongPassword(
                "Mật khẩu không đúng. Hãy kiểm tra phím Caps Lock và bộ gõ rồi thử lại.", "password"
            ) from None

    def renew_code(self, code: RecoveryCode, key: bytes, now: datetime) -> None:
        """Let `code` open `key` on any machine, and the code before it no longer. Raises `BadInput`."""
        made, salt, nonce = now.isoformat(), os.urandom(16), os.urandom(12)
        sealed = AESGCM(_code_key(code, salt)).encrypt(nonce, key, made.encode())
        recovery = _Recovery(made, salt.hex(), nonce.hex(), sealed.hex())
        self._ring = msgspec.structs.replace(self._ring, recovery=recovery)
        self.keep()

    def recover(self, code: RecoveryCode) -> bytes:
        """The database key, on whichever machine; raises `Refused` without a code, `WrongCode`."""
        kept, made = self._ring.recovery, self.code_made
        if kept is None or made is None:
            raise Refused(
                "Bản này được ghi khi chưa có mã khôi phục nào, nên chỉ máy đã ghi nó mở được."
            )
        cipher = AESGCM(_code_key(code, bytes.fromhex(kept.salt)))
        try:
            return cipher.decrypt(
                bytes.fromhex(kept.nonce), bytes.fromhex(kept.key), kept.made.encode()
            )
        except InvalidTag:
            raise WrongCode(
                f"Mã này không mở được bản này: bản này cần mã lập lúc {made:%H:%M ngày %d/%m/%Y}. "
                "Hãy tìm đúng tờ giấy ghi giờ và ngày ấy.",
                "code",
            ) from None

    def moved(self, login: str, password: str, key: bytes) -> bytes:
        """A ring for this machine, as its file is to hold it, which `login` opens with a new password.

        The recovery code stays; the other officers' passwords are bound to the machine they left.
        Raises `BadInput`.
        """
        if login not in self._ring.officers:
            raise _no_such_officer(login)
        vault = os.urandom(8).hex()
        stored = not self.demo and _store_secret(vault)
        ring = _RingFile(vault, stored, {}, self.demo, self._ring.recovery)
        return _written(_with_officer(ring, login, password, key))

    def keep(self) -> None:
        """Put the ring in its place, durably; raises `BadInput` for a place that takes none, `Refused`
        for a full disk.
        """
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            put_durably(self.path, _written(self._ring), 0o600)
        except OSError as error:
            said = f"Không ghi được vào {self.path.parent}: {why(error)}."
            if is_full(error):
                raise Refused(f"{said} Hãy dọn bớt ổ đĩa rồi làm lại.") from error
            raise BadInput(f"{said} Hãy chọn thư mục khác.", "data") from error


def lies_at(path: Path) -> bool:
    """Whether there is a ring, also one that a restore was stopped before it was in place.

    Raises `Refused`.
    """
    _settle(path)
    return path.exists()


def _settle(path: Path) -> None:
    try:
        settle(path)
    except OSError as error:
        raise Refused(
            f"Chưa mở được khóa ở {path}: {why(error)}. "
            "Hãy kiểm tra ổ đĩa và quyền của thư mục rồi mở lại."
        ) from error


def _written(ring: _RingFile) -> bytes:
    return msgspec.json.format(msgspec.json.encode(ring))


def _with_officer(ring: _RingFile, login: str, password: str, key: bytes) -> _RingFile:
    check_length(password)
    salt, nonce = os.urandom(16), os.urandom(12)
    wrapping = _wrapping_key(ring, password, salt, STRETCH)
    sealed = AESGCM(wrapping).encrypt(nonce, key, login.encode())
    wrapped = _Wrapped(salt.hex(), nonce.hex(), sealed.hex(), STRETCH)
    return msgspec.structs.replace(ring, officers={**ring.officers, login: wrapped})


def _wrapping_key(ring: _RingFile, password: str, salt: bytes, how: Stretch) -> bytes:
    # an input method may compose what another leaves in parts
    typed = normalize("NFC", password).encode()
    stretched = hash_secret_raw(typed, salt, how.passes, how.memory_kib, how.lanes, 32, Type.ID)
    secret = _read_secret(ring.vault) if ring.keyring else b""
    return HKDF(SHA256(), 32, secret or None, b"motcua key 1").derive(stretched)


def _no_such_officer(login: str) -> WrongPassword:
    return WrongPassword(
        f"Không có cán bộ “{login}” ở quầy này. Hãy kiểm tra tên đăng nhập.", "login"
    )


def _code_key(code: RecoveryCode, salt: bytes) -> bytes:
    # a code is drawn, not thought up: there is nothing to stretch
    return HKDF(SHA256(), 32, salt, b"motcua recovery 1").derive(str(code).encode())


def _store_secret(vault: str) -> bool:
    """Put a new device secret into the OS keyring; False where none can keep it."""
    import keyring
    from keyring.errors import KeyringError

    try:
        keyring.set_password(SERVICE, vault, os.urandom(32).hex())
        return keyring.get_password(SERVICE, vault) is not None
    except KeyringError:
        return False


def _read_secret(vault: str) -> bytes:
    import keyring
    from keyring.errors import KeyringError

    try:
        stored = keyring.get_password(SERVICE, vault)
    except KeyringError as error:
        raise Refused(
            "Kho khóa của hệ điều hành đang khóa. Hãy đăng nhập lại Windows/Linux bằng đúng tài khoản rồi mở lại."
        ) from error
    if stored is None:
        raise Refused(
            "Kho khóa của máy này không có khóa của quầy. Nếu đây là máy mới, hãy khôi phục bằng mã khôi phục "
            "trong két: “motcua restore TỆP --recovery”; nếu không, hãy gọi tin học cấp trên."
        )
    return bytes.fromhex(stored)
