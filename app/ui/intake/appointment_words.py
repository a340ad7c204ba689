"""Says an appointment and its reasons, and what a fee is, as the officer reads them to the citizen."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from app.desk.draft import IntakeDraft, fee_of
from app.desk.intake.intake import Preview
from app.models.deadlines.appointment import Appointment, compact, days, lines
from app.models.deadlines.lateness import MINUTE, spoken_minutes
from app.models.errors import BadInput
from app.models.procedures.fee import Fee
from app.models.text import money, weekday
from app.ui.look.theme import Tone
from app.ui.widgets.fields import written_day

DAYS_TOLD_SINGLY = 8


class Said(NamedTuple):
    """Words with the colour and the icon they come with."""

    text: str
    tone: Tone = Tone.PLAIN
    icon: str = ""


def hour(at: datetime) -> str:
    """ "16 giờ 30"."""
    return f"{at:%H} giờ {at:%M}"


def long_day(at: datetime) -> str:
    """ "Thứ Sáu, 27 tháng 11 năm 2026"."""
    return f"{weekday(at.date())}, {at.day} tháng {at.month} năm {at.year}"


def reasons(preview: Preview, now: datetime) -> list[Said]:
    """What the officer must look to; then why the appointment is what it is, day by day."""
    if preview.appointment is None:
        return []
    return [
        *(Said(warning, Tone.TODAY, "triangle-alert") for warning in preview.appointment.warnings),
        *([hand_over(preview.hand_over_by, now)] if preview.hand_over_by else []),
        *_days(preview.appointment),
        Said(_limit(preview.appointment), Tone.QUIET, "book-open"),
        *([_later(*preview.later)] if preview.later else []),
    ]


def hand_over(by: datetime, now: datetime) -> Said:
    """Until when the paper must be handed over; a countdown on the day itself."""
    if by.date() != now.date():
        return Said(f"Bàn giao ngay đầu giờ {by:%H:%M} {_short_day(by)}", Tone.QUIET, "clock")
    left = spoken_minutes(max(0, (by - now) // MINUTE))
    return Said(f"Bàn giao trước {by:%H:%M} — còn {left}", Tone.TODAY, "clock")


def missing_said(missing: Sequence[str]) -> str:
    """Asks whether to save without these papers."""
    which = "giấy tờ phải có" if len(missing) > 1 else missing[0]
    lacking = f"{len(missing)} {which}" if len(missing) > 1 else which
    return f"Chưa đánh dấu {lacking}. Đủ cả thì bấm Alt A; nhận thiếu thì lưu lần nữa."


def fee_said(draft: IntakeDraft, ruled: Fee | None) -> Said:
    """What the citizen owes, as far as it is known."""
    try:
        owed = fee_of(draft, ruled)
    except BadInput:
        return Said("số tiền chưa đúng", Tone.LATE, "triangle-alert")
    if owed.exempt:
        return Said("miễn")
    if owed.amount is None:
        return Said(ruled.explanation if ruled else "", Tone.TODAY, "hand-coins")
    if owed.amount == 0:
        return Said("không thu")
    how = {"": "thu khi trả", "cash": "thu ngay, tiền mặt", "transfer": "thu ngay, chuyển khoản"}
    return Said(f"{money(owed.amount)} · {how[owed.method]}")


def pages_unsaid(draft: IntakeDraft, ruled: Fee | None) -> str:
    """Asks whether to save with a fee by the page and no pages; "" where it is known, or typed."""
    unknown = ruled is not None and ruled.rule == "per_page" and ruled.amount is None
    if not unknown or draft.fee_amount.strip() or draft.fee_exempt.strip():
        return ""
    return (
        "Chưa biết số trang nên chưa biết phí. Hãy ghi số tiền, hoặc nhận ở “Trong ngày” (F5); "
        "để trống thì lưu lần nữa."
    )


def _days(appointment: Appointment) -> list[Said]:
    told = days(appointment)
    if len(told) > DAYS_TOLD_SINGLY:
        told = lines(compact(appointment))
    received = appointment.received_at.date()
    return [
        Said(line.text, Tone.PLAIN, "circle-check")
        if line.counted
        else Said(line.text, Tone.QUIET, "circle-dot" if line.date == received else "circle-minus")
        for line in told
    ]


def _limit(appointment: Appointment) -> str:
    return " · ".join(filter(None, (appointment.limit.phrase, appointment.limit.article)))


def _later(received: datetime, due: datetime) -> Said:
    days = (f"{weekday(at.date())} {at:%d/%m}" for at in (received, due))
    return Said(f"Nếu nhận {next(days)}: {hour(due)} {next(days)}", Tone.QUIET, "calendar")


def _short_day(at: datetime) -> str:
    return f"{weekday(at.date())} {written_day(at.date())}"
