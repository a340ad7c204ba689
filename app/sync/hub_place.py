"""What is known of the hub this PC runs without asking it: where it lies, whether it is wanted, its program.

The program is `motcua-server`, a process of its own; whoever begins it reads what it says, line by line.
"""

import os
import sys
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

import msgspec

from app.files import put_durably
from app.models.errors import BadInput, Refused
from app.settings import Places

ROLE = "hub.json"  # the server's own file: once it is there the hub is enrolled
WRONG, REFUSED, FAILED = 2, 3, 4  # the program's exit statuses that come with a sentence
STRANGE = "Trạm trung chuyển dừng bất ngờ."


class Met(msgspec.Struct, frozen=True):
    """A counter, and when it exchanged with the hub last."""

    counter: int
    at: datetime


class HubStanding(msgspec.Struct, frozen=True):
    """What a hub says of itself; see `server.hub.standing`."""

    counters: tuple[Met, ...]
    waiting: int
    trouble: str = ""


class Said(msgspec.Struct, frozen=True):
    """One line of the program: where it listens, or how it stands."""

    address: str = ""
    standing: HubStanding | None = None


class _Role(msgspec.Struct, frozen=True):
    unit: str
    sign_key: str
    url: str = ""


class _Wanted(msgspec.Struct, frozen=True):
    listen: str = ""


class Above(NamedTuple):
    """The server above a hub here; `needs_code`: it doesn't know the hub yet."""

    url: str
    unit: str
    needs_code: bool


@dataclass(frozen=True)
class HubPlace:
    """Of the counter in `places`. What is wanted holds until somebody stops it."""

    places: Places

    def wanted(self) -> str | None:
        """Where it shall listen ("" for the usual place); None when nobody wants one here.

        Nor is one wanted whose data is gone: its program would be a server of its own.
        """
        if not (self.places.hub / ROLE).exists():
            return None
        try:
            return msgspec.json.decode(self.places.hub_wanted.read_bytes(), type=_Wanted).listen
        except (OSError, msgspec.DecodeError):
            return None

    def want(self, listen: str = "") -> None:
        """From now on it runs whenever the program does. Raises `Refused`."""
        try:
            self.places.hub_wanted.parent.mkdir(parents=True, exist_ok=True)
            put_durably(self.places.hub_wanted, msgspec.json.encode(_Wanted(listen)))
        except OSError as error:
            raise Refused(f"Không ghi được vào {self.places.state}; hãy kiểm tra ổ đĩa.") from error

    def leave(self) -> None:
        """From now on it doesn't; what it holds stays."""
        self.places.hub_wanted.unlink(missing_ok=True)

    def is_enrolled(self, unit: str, sign_key: bytes) -> bool:
        """Whether the server of that key knows it as a hub of `unit`: then no code is needed."""
        return self.address(unit, sign_key) is not None

    def address(self, unit: str, sign_key: bytes) -> str | None:
        """Where it looks for that server; None when that server doesn't know it."""
        with suppress(OSError, msgspec.DecodeError):
            role = msgspec.json.decode((self.places.hub / ROLE).read_bytes(), type=_Role)
            if (role.unit, role.sign_key) == (unit, sign_key.hex()):
                return role.url
        return None

    def words(self, *words: str) -> list[str]:
        """The program and its arguments."""
        return [
            sys.executable,
            "-m",
            "server.cli",
            *words,
            "--data",
            str(self.places.hub),
            "--keyring",
            "--json",
        ]


def environment() -> dict[str, str]:
    """For the program: no secret and no store of a server that may be this PC's, too."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("MOTCUA_")}
    return kept | {"PYTHONUTF8": "1"}


def heard(line: bytes) -> Said:
    """What one line says; nothing for one of a later version."""
    try:
        return msgspec.json.decode(line, type=Said)
    except msgspec.DecodeError:
        return Said()


def sentence_of(words: str, status: int) -> str:
    """What the program said on refusing; of its faults nobody reads anything."""
    said = words.strip()
    return said.splitlines()[-1] if said and status in {WRONG, REFUSED, FAILED} else STRANGE


def checked_code(code: str) -> str:
    """A one-time code as it is told to the program, on one line; raises `BadInput`."""
    if not code.strip():
        raise BadInput(
            "Trạm chưa có mã ghi danh. Hãy xin cấp trên một mã cho trạm rồi ghi vào đây.", "code"
        )
    return code.strip()
