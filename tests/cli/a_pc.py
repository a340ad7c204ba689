"""A PC as its owner means it: data folder, state folder, machine, and a keyring of its own."""

from pathlib import Path

import pytest
from keyring.backend import KeyringBackend

from tests.cli.motcua import Motcua, Told


class MemoryKeyring(KeyringBackend):
    """Keeps passwords as an OS keyring does, out of every file."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


class Pc:
    """Runs commands as on this machine."""

    def __init__(self, folder: Path, patch: pytest.MonkeyPatch) -> None:
        self.folder, self.keyring = folder, MemoryKeyring()
        self._motcua, self._patch = Motcua(folder / "data", patch), patch

    def __call__(self, *words: str, stdin: str = "", password: str = "") -> Told:
        with self._patch.context() as patch:
            patch.setattr("keyring.core._keyring_backend", self.keyring)
            patch.setattr("app.store.journal.marker.machine_facts", lambda: str(self.folder))
            patch.setenv("MOTCUA_STATE", str(self.folder / "state"))
            if password:
                patch.setenv("MOTCUA_PASSPHRASE", password)
            return self._motcua(*words, stdin=stdin)
