"""The flatbeds of this computer, whichever system runs on it."""

import os
from pathlib import Path

from app.scanning import sane, wia
from app.scanning.sane import Scanner, Tell

__all__ = ["Scanner", "Tell", "find", "scan"]

_WINDOWS = os.name == "nt"


def find() -> list[Scanner]:
    """The scanners there are. Raises `Refused`, `OtherSideFailed`."""
    return wia.find() if _WINDOWS else sane.find()


def scan(device: str, page: Path, tell: Tell) -> None:
    """Scan what lies on the glass into `page`, a PNG. Raises `Refused`, `OtherSideFailed`."""
    (wia if _WINDOWS else sane).scan(device, page, tell)
