"""The hours a unit says it is open on each day of the week, as text and as the calendar counts them.

Seven texts from Monday, each like "07:30-11:30 13:30-17:00", "" where it is closed; none at all are
the hours that ship. Monday to Friday are working days whatever is said, so they must have hours;
on Saturday and Sunday a unit may be open, which counts in no limit (open is not working).
"""

import re
from collections.abc import Sequence
from datetime import time

from app.models.deadlines.calendar import MONDAY_TO_FRIDAY, WEEKDAYS, OpeningHours, Session
from app.models.errors import BadInput

SHIPPED = OpeningHours()
_HOUR = r"(\d{1,2})(?:[:hg.](\d{2}))?h?"
_SESSION = re.compile(rf"{_HOUR}\s*[-–]\s*{_HOUR}", re.ASCII)
_BETWEEN = re.compile(r"[\s,;]*")


def field_of(weekday: int) -> str:
    """The name of the field that takes a day's hours, 0 for Monday."""
    return f"hours_{weekday}"


def read_hours(said: Sequence[str]) -> OpeningHours:
    """Raises `BadInput` on the field of the day that can't be read."""
    if not said:
        return SHIPPED
    days = {n: _sessions(text, field_of(n)) for n, text in enumerate(said[:7]) if text.strip()}
    if shut := MONDAY_TO_FRIDAY - days.keys():
        n = min(shut)
        raise BadInput(f"{WEEKDAYS[n]} là ngày làm việc nên phải có giờ mở cửa.", field_of(n))
    own = {n: sessions for n, sessions in days.items() if sessions != days[0]}
    return OpeningHours(days[0], frozenset(days), own_sessions=own)


def known_hours(said: Sequence[str]) -> OpeningHours:
    """As they stand in the unit; what can't be read are the hours that ship."""
    try:
        return read_hours(said)
    except BadInput:
        return SHIPPED


def written_hours(hours: OpeningHours) -> tuple[str, ...]:
    """Seven texts that read as these hours."""
    return tuple(
        " ".join(f"{begin:%H:%M}-{end:%H:%M}" for begin, end in hours.on(n)) for n in range(7)
    )


def _sessions(text: str, field: str) -> tuple[Session, ...]:
    text = text.strip()
    found = list(_SESSION.finditer(text))
    try:
        if not found or not _BETWEEN.fullmatch(_SESSION.sub("", text)):
            raise ValueError(text)
        sessions = tuple((_time(x[1], x[2]), _time(x[3], x[4])) for x in found)
    except ValueError:
        wanted = "Hãy ghi như 7:30-11:30, 13:30-17:00."
        raise BadInput(f"Không đọc được giờ “{text[:40]}”. {wanted}", field) from None
    try:
        OpeningHours(sessions)
    except BadInput as wrong:
        raise BadInput(str(wrong), field) from None
    return sessions


def _time(hour: str, minute: str | None) -> time:
    return time(int(hour), int(minute or 0))
