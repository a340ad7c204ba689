"""Forwards a dossier to other agencies, each with its work and limit, and takes down their answers.

NĐ 61/2018 Đ.19.5–7.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from app.models.deadlines.appointment import Limit, LimitUnit
from app.models.deadlines.calendar import Calendar
from app.models.deadlines.deadline import DeadlinePolicy, appoint
from app.models.dossiers.dossier import Dossier
from app.models.errors import BadInput
from app.models.events import event as e
from app.models.events.forwarding import AgencyAnswered, Part
from app.models.text import clean_name, clean_text

ARTICLE = "NĐ 61/2018/NĐ-CP Đ.19.5, 19.6"
LONGEST = 400
MOST = 6  # agencies at once
UNITS = {
    LimitUnit.WORKING_DAY: "ngày làm việc",
    LimitUnit.CALENDAR_DAY: "ngày",
    LimitUnit.WORKING_HOUR: "giờ làm việc",
}
UNSAID = (
    "Phiếu chuyển xử lý phải nêu công việc và thời hạn của từng cơ quan "
    "(NĐ 61/2018/NĐ-CP Đ.19.6); phần chưa ghi hãy ghi tay lên phiếu."
)


@dataclass(frozen=True)
class Agency:
    """One agency a dossier is sent to: what it shall do, and within what limit, if that was said."""

    name: str
    work: str = ""
    limit: Limit | None = None


def limit_of(value: str, unit: LimitUnit) -> Limit | None:
    """The limit as typed; None when nothing is. Raises `BadInput`."""
    typed = value.strip()
    if not typed:
        return None
    if not (typed.isascii() and typed.isdecimal() and 0 < int(typed[:4]) <= LONGEST):
        raise BadInput(f"Thời hạn của cơ quan là số từ 1 đến {LONGEST}.", "agency_limit")
    number = int(typed[:4])
    return Limit(number, unit, f"{number:02d} {UNITS[unit]}", ARTICLE)


def checked(
    to: str, note: str, limit: Limit | None, agencies: tuple[Agency, ...]
) -> tuple[Agency, ...]:
    """The agencies as they can be written down; `to` with its note and limit is the only one there
    is, or none. Raises `BadInput`.
    """
    named = agencies or (Agency(to, note, limit),)
    cleaned = tuple(
        Agency(clean_name(x.name, 200, "to"), clean_text(x.work, field="note").strip(), x.limit)
        for x in named
    )
    if not all(x.name for x in cleaned):
        raise BadInput("Chưa chọn người nhận. Hãy chọn người hoặc cơ quan nhận hồ sơ.", "to")
    if len(cleaned) > MOST:
        raise BadInput(f"Mỗi lần chuyển nhiều nhất {MOST} cơ quan.", "to")
    return cleaned


def forwarded(
    agencies: Iterable[Agency], at: datetime, calendar: Calendar, policy: DeadlinePolicy
) -> e.Forwarded:
    """The body: all of them have it at once, and each its own limit from then on (Đ.19.6)."""
    parts = tuple(
        Part(x.name, x.limit, appoint(x.limit, at, calendar, policy).due if x.limit else None)
        for x in agencies
    )
    first = parts[0].agency
    return e.Forwarded(to=first, agency=first, parts=parts)


def answered(dossier: Dossier, agency: str) -> AgencyAnswered:
    """The body: which agency answered; of a single one left it needn't be said. Raises `BadInput`."""
    left = [part.agency for part in dossier.away.outstanding] if dossier.away else []
    named = agency or (left[0] if len(left) == 1 else "")
    if named not in left:
        raise BadInput(f"Chưa rõ cơ quan nào trả lời. Còn chờ: {'; '.join(left)}.", "to")
    return AgencyAnswered(named)
