"""Reads an instant or a day as people and programs write it."""

from datetime import date, datetime

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


def promised(text: str) -> date | datetime:
    """As `instant`, but a day alone stays one: only the unit knows at what hour it returns results."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return instant(text)


def day(text: str) -> date:
    """An ISO day. Raises `BadInput`."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise BadInput(f"“{text[:40]}” không phải ngày; hãy viết như 2026-11-30.", "at") from None
