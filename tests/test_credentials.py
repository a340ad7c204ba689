"""The key of the data opens to the right password, however it was typed or stretched."""

from pathlib import Path
from unicodedata import normalize

import pytest
from keyring.backends import null

from app import credentials
from app.credentials import KeyRing, Stretch, WrongPassword
from app.models.errors import Refused

KEY = bytes(range(32))


@pytest.fixture
def ring(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> KeyRing:
    monkeypatch.setattr("keyring.core._keyring_backend", null.Keyring())  # type: ignore[no-untyped-call]
    monkeypatch.setattr(credentials, "STRETCH", Stretch(memory_kib=64))
    made = KeyRing.create(tmp_path / "keys.json")
    made.add("huong", "mật khẩu đủ dài", KEY)
    return KeyRing.read(made.path)


def test_a_password_opens_in_every_normal_form(ring: KeyRing) -> None:
    for form in ("NFC", "NFD"):
        assert ring.open("huong", normalize(form, "mật khẩu đủ dài")) == KEY
    with pytest.raises(WrongPassword):
        ring.open("huong", "mat khau du dai")


def test_a_key_opens_although_new_ones_are_stretched_more(
    ring: KeyRing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(credentials, "STRETCH", Stretch(memory_kib=128, passes=1))
    assert ring.open("huong", "mật khẩu đủ dài") == KEY
    ring.add("toan", "một mật khẩu khác", KEY)
    assert KeyRing.read(ring.path).open("toan", "một mật khẩu khác") == KEY


def test_a_power_cut_while_an_officer_is_added_leaves_a_ring_that_opens(
    ring: KeyRing, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_room(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("app.files.os.fsync", no_room)
    with pytest.raises(Refused, match="ổ đĩa đã đầy") as full:
        ring.add("toan", "một mật khẩu khác", KEY)
    assert type(full.value) is Refused
    assert KeyRing.read(ring.path).open("huong", "mật khẩu đủ dài") == KEY
