"""Reads an instant as people and programs write it."""

from datetime import datetime

from app.clock import VIETNAM
from app.models.errors import BadInput


def instant(text: str) -> datetime:
    """An ISO instant; without a zone it is Vietnam's, a day alone its first minute. Raises `BadInput`."""
    try:
        at = datetime.fromisoformat(text.strip())
        return at.astimezone(VIETNAM) if at.tzinfo else at.replace(tzinfo=VIETNAM)
    except (ValueError, OverflowError):
        raise BadInput(
            f"“{text[:40]}” không phải thời điểm; hãy viết như 2026-11-30T14:30.", "at"
        ) from None
