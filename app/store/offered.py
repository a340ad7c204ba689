"""What is said of a backup on its way back: what it is, how it opens, what it holds, what came of it."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path


@dataclass(frozen=True)
class Offered:
    """What a file says before it is opened: when it was written, who can open it, and with what."""

    source: Path
    written: datetime
    logins: tuple[str, ...]
    code_made: datetime | None
    """When the recovery code was made that opens it; None: only a password, on the PC it is of."""
    bundles: int = 0
    """Of a second copy, what was kept after its base."""


@dataclass(frozen=True)
class Opening:
    """How it is opened: `password` is the officer's of then, or with a code the new one for here."""

    login: str
    password: str
    code: str = ""


@dataclass(frozen=True)
class Held:
    """What it holds, once it is open."""

    unit: str
    name: str
    counter: int
    dossiers: int
    newest: datetime | None
    """When the last dossier in it was received."""


@dataclass(frozen=True)
class Done:
    """What came of it: events of the replaced file, where that is now, and what was verified."""

    taken_over: int
    set_aside: Path | None
    events: int
    is_right: bool
    findings: tuple[str, ...]
