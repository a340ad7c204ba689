"""The command line as a script meets it: words in; status, lines of JSON and sentences out."""

import json
import sys
from datetime import datetime
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from keyring.backends import null

from app.cli import main
from app.clock import VIETNAM
from app.credentials import Stretch

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=VIETNAM)  # a Monday
UNIT = "H26.15.3"
PASSPHRASE = "matkhau-thu"


class Told(NamedTuple):
    """What one command told: `answers` are its lines of JSON."""

    status: int
    answers: list[dict[str, Any]]
    errors: list[str]

    @property
    def only(self) -> dict[str, Any]:
        """The one answer of a command that was done."""
        assert (self.status, self.errors) == (0, [])
        (answer,) = self.answers
        return answer


class Motcua:
    """Runs commands on one data folder, in this process."""

    def __init__(self, data: Path, patch: pytest.MonkeyPatch) -> None:
        self.data = data
        self._patch = patch

    def established(self, counter: int = 1) -> "Motcua":
        """This folder as a new counter of xã Khánh Hà."""
        words = ("--unit", UNIT, "--name", "xã Khánh Hà", "--counter", str(counter))
        assert self("init", *words).status == 0
        return self

    def as_(self, officer: str) -> "Motcua":
        """The same, and another officer acts from now on."""
        self._patch.setenv("MOTCUA_OFFICER", officer)
        return self

    def add(self, officer: str, *roles: str, name: str = "Nguyễn Đức Toàn") -> None:
        """One more officer with the same passphrase."""
        told = self("officer", "add", officer, name, "--roles", *roles, stdin=PASSPHRASE)
        assert told.status == 0

    def __call__(self, *words: str, stdin: str | bytes = b"", page: str = "utf-8") -> Told:
        """`page` is what the system takes a pipe for."""
        typed = stdin.encode() if isinstance(stdin, str) else stdin
        out, err = (TextIOWrapper(BytesIO(), encoding="utf-8") for _ in range(2))
        with self._patch.context() as patch:
            patch.setattr(sys, "stdin", TextIOWrapper(BytesIO(typed), encoding=page))
            patch.setattr(sys, "stdout", out)
            patch.setattr(sys, "stderr", err)
            status = main([*words, "--data", str(self.data), "--json"])
        answers = [json.loads(line) for line in _text(out).splitlines()]
        return Told(status, answers, _text(err).splitlines())

    def receive(self, *dossiers: dict[str, object]) -> list[str]:
        """The codes of dossiers that go in."""
        lines = "\n".join(json.dumps(dossier) for dossier in dossiers)
        told = self("receive", "-", stdin=lines)
        assert (told.status, told.errors) == (0, [])
        return [str(answer["code"]) for answer in told.answers]

    def deed(self, code: str, verb: str, *words: str) -> dict[str, Any]:
        """What is told of a deed that is done."""
        return self("deed", code, verb, *words).only


def sit_down(patch: pytest.MonkeyPatch, state: Path) -> None:
    """Monday morning at a PC without a keyring, whose first officer acts."""
    patch.setattr("app.clock.now", lambda: NOW)
    patch.setattr("keyring.core._keyring_backend", null.Keyring())  # type: ignore[no-untyped-call]
    patch.setattr("app.credentials.STRETCH", Stretch(memory_kib=64))  # a password opens at once
    patch.setenv("MOTCUA_STATE", str(state))
    patch.setenv("MOTCUA_PASSPHRASE", PASSPHRASE)
    patch.delenv("MOTCUA_OFFICER", raising=False)


def dossier(
    procedure: str = "1.001022", name: str = "Lý A Sử", **more: object
) -> dict[str, object]:
    """One line for `receive`."""
    return {
        "procedure": procedure,
        "applicant": {"name": name, "id_number": "000090000118"},
        **more,
    }


def _text(stream: TextIOWrapper) -> str:
    stream.seek(0)
    return stream.read()
