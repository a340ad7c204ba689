"""Keeps what is keyed of a receipt filled by hand, so that it survives a power cut as the form below it does."""

from collections.abc import Callable
from datetime import datetime

import msgspec

from app.desk.deeds.digitising import Scan
from app.models.unit.officer import Officer
from app.store.own.keeping import Keeping

KEPT = "blank"


class BlankDraft(msgspec.Struct, frozen=True, omit_defaults=True):
    """What the pen wrote, every field as typed: the code, the hour, whose hand; and the scan taken of it."""

    code: str = ""
    at: str = ""
    by: str = ""
    scan: Scan | None = None


class BlankDrafts:
    """One an officer, from when blanks are keyed until that is over."""

    def __init__(self, keeping: Keeping, clock: Callable[[], datetime]) -> None:
        self._keeping, self._clock = keeping, clock

    def keep(self, draft: BlankDraft | None, officer: Officer) -> None:
        """Keep it as it stands; None: no blanks are keyed any more."""
        body = "" if draft is None else msgspec.json.encode(draft).decode()
        self._keeping.keep_draft(KEPT, officer.login, "", body, self._clock())

    def kept(self, officer: Officer) -> BlankDraft | None:
        """As it stood when the program last ended; None when none was being keyed."""
        drafts = self._keeping.drafts(KEPT, officer.login)
        return msgspec.json.decode(drafts[-1].body, type=BlankDraft) if drafts else None
