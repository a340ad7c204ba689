import os
from pathlib import Path

import pytest

from app.models.errors import Refused
from server.keys import VARIABLE, database_key, device_keys, secret


@pytest.fixture(autouse=True)
def no_key_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)


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
