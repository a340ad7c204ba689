"""What a citizen who needs it early says: by when, as they say it, and what is written down of it."""

import re
from datetime import datetime, timedelta

from app.desk.deeds.details import Deciding
from app.models.errors import BadInput
from app.models.events.urgency import Hastened

_WISH = re.compile(
    r"(\d{1,2})(?:[:hg](\d{2})?)?(?:\s+(?:ngày\s+)?(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{4}))?)?",
    re.ASCII | re.IGNORECASE,
)
_EXAMPLES = "Viết giờ, ngày nếu không phải hôm nay: 10:30, 15h, 9h30 25/11."


def read_wish(text: str, now: datetime) -> datetime | None:
    """The instant in "15h", "10:30" or "9h30 25/11", today unless a day is said; None when blank.

    A day and month that went by are next year's. Raises `BadInput` beside "wished".
    """
    if not text.strip():
        return None
    found = _WISH.fullmatch(text.strip().lower())
    if not found:
        raise BadInput(_EXAMPLES, "wished")
    hour, minute, day, month, year = (int(part) if part else None for part in found.groups())
    try:
        wished = now.replace(
            hour=hour or 0, minute=minute or 0, second=0, microsecond=0,
            day=day or now.day, month=month or now.month, year=year or now.year,
        )  # fmt: skip
        if day and not year and wished.date() < now.date():
            wished = wished.replace(year=now.year + 1)
    except ValueError:
        raise BadInput(_EXAMPLES, "wished") from None
    return wished


FURTHEST = timedelta(days=366)


def check_wish(wished: datetime | None, now: datetime) -> None:
    """Raises `BadInput` for an hour that has gone by or lies beyond what anybody waits for."""
    if wished is not None and not now < wished < now + FURTHEST:
        raise BadInput(
            f"{wished:%H:%M %d/%m/%Y} không còn ở phía trước. Hãy nhập lại giờ cần.", "wished"
        )


def hastened(d: Deciding) -> Hastened:
    """Raises `BadInput` for an hour gone by."""
    check_wish(d.details.wished, d.at)
    return Hastened(wished=d.details.wished)
