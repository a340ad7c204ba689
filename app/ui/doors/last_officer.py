"""Who sat down last at this PC: the door offers them first."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class LastOfficer:
    """The login kept in `file`; where it can't be read or written, nobody is offered before others."""

    file: Path

    def first(self, logins: Iterable[str]) -> list[str]:
        """Whoever sat down last, then the others in their order."""
        last = ""
        with suppress(OSError, ValueError):
            last = self.file.read_text(encoding="utf-8")
        return sorted(logins, key=lambda login: login != last)

    def keep(self, login: str) -> None:
        """Remember who sits down."""
        with suppress(OSError):
            self.file.parent.mkdir(parents=True, exist_ok=True)
            self.file.write_text(login, encoding="utf-8")
