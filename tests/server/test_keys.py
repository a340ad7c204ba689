import os
import subprocess
from pathlib import Path

import pytest
from keyring.backends import null

from app.models.errors import Refused
from server.keys import VARIABLE, database_key, device_keys, secret
from tests.cli.a_pc import MemoryKeyring


@pytest.fixture(autouse=True)
def no_key_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)


@pytest.fixture
def keyring(monkeypatch: pytest.MonkeyPatch) -> MemoryKeyring:
    own = MemoryKeyring()
    monkeypatch.setattr("keyring.core._keyring_backend", own)
    return own


def lying(data: Path) -> str:
    """All that the folder's files say."""
    return "".join(path.read_text(encoding="ascii") for path in data.iterdir())


def test_the_key_is_made_once_and_kept(tmp_path: Path) -> None:
    data = tmp_path / "new"
    assert secret(data) == secret(data)
    assert [path.name for path in data.iterdir()] == ["server.key"]


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps no such permissions")
def test_the_key_is_its_owners_alone(tmp_path: Path) -> None:
    secret(tmp_path)
    assert (tmp_path / "server.key").stat().st_mode & 0o777 == 0o600


def test_a_given_key_is_used_and_written_nowhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, "ab" * 32)
    assert secret(tmp_path) == bytes.fromhex("ab" * 32)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("text", ["", "ab" * 31, "xy" * 32])
def test_a_key_that_is_none_is_told_in_words(tmp_path: Path, text: str) -> None:
    (tmp_path / "server.key").write_text(text, encoding="ascii")
    with pytest.raises(Refused, match="64 chữ số"):
        secret(tmp_path)


def test_each_purpose_has_a_key_of_its_own() -> None:
    root = bytes(32)
    assert database_key(root) != root
    assert device_keys(root).public.device == device_keys(root).public.device
    assert device_keys(root).public != device_keys(bytes(31) + b"1").public


def test_a_key_that_the_keyring_keeps_never_lay_on_the_disk(
    tmp_path: Path, keyring: MemoryKeyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("server.keys.put_durably", None)  # nothing is to be moved
    root = secret(tmp_path, in_keyring=True)
    assert root.hex() not in lying(tmp_path)
    assert secret(tmp_path) == secret(tmp_path, in_keyring=True) == root
    assert list(keyring.kept.values()) == [root.hex()]


def test_a_key_file_is_moved_into_the_keyring(tmp_path: Path, keyring: MemoryKeyring) -> None:
    root = secret(tmp_path)
    assert root.hex() in lying(tmp_path)
    assert not keyring.kept, "only who asks for it has the key moved"
    assert secret(tmp_path, in_keyring=True) == root
    assert root.hex() not in lying(tmp_path)
    assert secret(tmp_path) == root


class Forgetful(MemoryKeyring):
    """Takes a password and gives another one back."""

    def get_password(self, service: str, username: str) -> str | None:
        return "ab" * 32


@pytest.mark.parametrize("kind", [Forgetful, null.Keyring])
def test_the_file_stays_where_no_keyring_reads_the_key_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: type[MemoryKeyring]
) -> None:
    monkeypatch.setattr("keyring.core._keyring_backend", kind())
    root = secret(tmp_path)
    assert secret(tmp_path, in_keyring=True) == root
    assert lying(tmp_path).strip() == root.hex()


def test_the_folder_alone_opens_nothing_and_says_what_to_do(
    tmp_path: Path, keyring: MemoryKeyring
) -> None:
    secret(tmp_path, in_keyring=True)
    keyring.kept.clear()
    with pytest.raises(Refused, match="mã ghi danh mới"):
        secret(tmp_path)


def test_on_windows_a_key_file_is_its_owners_alone_before_the_key_is_in_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[list[str]] = []

    def run(words: list[str], **_: object) -> subprocess.CompletedProcess[bytes]:
        assert os.stat(words[1]).st_size == 0
        told.append(words)
        return subprocess.CompletedProcess(words, int(len(told) > 1))

    monkeypatch.setattr("server.keys.subprocess.run", run)
    monkeypatch.setattr("server.keys.WINDOWS", True)
    assert secret(tmp_path / "one") == secret(tmp_path / "one")
    with pytest.raises(Refused, match="NTFS"):
        secret(tmp_path / "two")
    assert not list((tmp_path / "two").iterdir())
