"""Decides what a deed writes down: pure, from what `Deciding` holds."""

from collections.abc import Callable
from datetime import datetime

from app.desk.deeds.correcting import correction, to_check
from app.desk.deeds.details import Deciding
from app.desk.deeds.forwarding import UNSAID, answered, forwarded
from app.desk.deeds.promising import (
    apology,
    asked_to_pay,
    change_of_case,
    explained,
    payment,
    reappointed,
    reopened,
    supplemented,
)
from app.desk.deeds.urgency import hastened
from app.models.deadlines.appointment import Limit, LimitUnit
from app.models.deadlines.calendar import Calendar, vietnam_time
from app.models.deadlines.deadline import DeadlinePolicy, appoint
from app.models.deadlines.lateness import lateness, overdue
from app.models.dossiers.dossier import Dossier
from app.models.dossiers.lifecycle import Deed
from app.models.events import event as e
from app.models.events.closing import Stopped, Withdrawn
from app.models.events.new_dates import CitizenTold
from app.models.events.urgency import Eased
from app.models.text import money

# deed → whose numbers its paper draws from: one series a form, whoever asks for it
SERIES: dict[Deed, str] = {
    Deed.HAND_OVER: "hand-over",
    Deed.REQUEST_SUPPLEMENT: "supplement",
    Deed.REFUSE: "refusal",
    Deed.WITHDRAW: "stop",
    Deed.STOP: "stop",
    Deed.APOLOGISE: "apology",
    Deed.CHANGE_CASE: "change-case",
}
_PLAIN: dict[Deed, Callable[[], e.AnyBody]] = {
    Deed.ACCEPT: e.Accepted, Deed.SEND_BACK: e.SentBack, Deed.SIGN: e.Signed, Deed.VOID: e.Voided,
}  # fmt: skip
_SUPPLEMENT_WITHIN = Limit(3, LimitUnit.WORKING_DAY, "03 ngày làm việc", "NĐ 61/2018 Đ.19.4")
# field → what the law of its own says instead
_SUPPLEMENT_WITHIN_OF = {
    "Nuôi con nuôi": Limit(1, LimitUnit.WORKING_DAY, "01 ngày làm việc", "pháp luật nuôi con nuôi"),
}


def body_of(deed: Deed, d: Deciding) -> e.AnyBody:
    """The body of the event that records `deed`; raises `BadInput` for what is missing or wrong."""
    match deed:
        case Deed.HAND_OVER:
            return e.HandedOver(to=d.details.to.strip(), slip=d.slip)
        case Deed.FORWARD:
            return forwarded(d.details.agencies, d.at, d.calendar, d.policy)
        case Deed.SEND_BACK if taken := d.dossier.taken:
            return e.HandedOver(to=taken.giver)
        case Deed.ANSWER:
            return answered(d.dossier, d.details.to)
        case Deed.ACCEPT | Deed.SEND_BACK | Deed.SIGN | Deed.VOID:
            return _PLAIN[deed]()
        case Deed.RETURN:
            return e.Returned(way=d.details.way)
        case Deed.UNDO:
            return e.Undone(deed=str(d.dossier.last_change))
        case Deed.RESOLVE:
            granted = d.details.outcome == "granted"
            return e.Resolved(d.details.outcome, certified=d.certified if granted else None)
        case Deed.REQUEST_SUPPLEMENT:
            return e.SupplementRequested(slip=d.slip)
        case Deed.REFUSE:
            return e.Refusal(slip=d.slip)
        case Deed.WITHDRAW:
            at = d.details.asked_at or d.at
            return Withdrawn(d.slip, d.details.asked_way or "direct", at, d.details.fee_back)
        case Deed.STOP:
            return Stopped(d.slip, d.details.asked_way, d.details.asked_at, d.details.fee_back)
        case Deed.CORRECT:
            return correction(d)
        case _:
            return _dated(deed, d)


def _dated(deed: Deed, d: Deciding) -> e.AnyBody:
    """What stops or starts the clock, gives a new date, or speaks of one; and of one wished for."""
    match deed:
        case Deed.SUPPLEMENT_RECEIVED:
            return supplemented(d)
        case Deed.REOPEN:
            return reopened(d)
        case Deed.REQUEST_PAYMENT:
            return asked_to_pay(d)
        case Deed.PAID:
            return payment(d)
        case Deed.EXPLAIN_DELAY:
            return explained(d)
        case Deed.APOLOGISE:
            return apology(d)
        case Deed.CHANGE_CASE:
            return change_of_case(d)
        case Deed.REAPPOINT:
            return reappointed(d)
        case Deed.HASTEN:
            return hastened(d)
        case Deed.EASE:
            return Eased()
        case Deed.TELL:
            assert d.details.how is not None
            return CitizenTold(d.details.how)
        case _:
            raise AssertionError(f"{deed} isn't done to a received dossier")


def warnings_of(d: Deciding, body: e.AnyBody) -> tuple[str, ...]:
    """What the officer should know though the deed was done."""
    promised = getattr(body, "promise", None)
    said = promised.warnings if promised is not None else ()
    match body:
        case e.Apologised():
            return _about_apology(body)
        case e.SupplementRequested() if d.at > _supplement_by(d.dossier, d.calendar, d.policy):
            within = _supplement_within(d.dossier)
            late = f"Yêu cầu bổ sung quá {within.phrase} kể từ khi tiếp nhận ({within.article})."
            return (late,)
        case e.Forwarded() if not all(x.work and x.limit for x in d.details.agencies):
            return (UNSAID,)
        case e.PaymentRequested(runs_on=True):
            due = f"{vietnam_time(d.dossier.due):%H:%M %d/%m/%Y}"
            return (f"Đơn vị quy định thời hạn vẫn chạy khi chờ nộp tiền; hẹn trả vẫn là {due}.",)
        case e.CaseChanged() if d.at > d.dossier.first_due:
            late = "Chuyển trường hợp khi đã quá hạn: hồ sơ vẫn tính là trễ so với lời hẹn đầu."
            return (late, *said)
        case Withdrawn() | Stopped() if d.dossier.collected:
            return _about_fee(d, body)
        case e.Corrected():
            return (*to_check(d, body), *said)
        case _:
            return said


def _about_apology(body: e.Apologised) -> tuple[str, ...]:
    late = (
        "Phiếu xin lỗi lập muộn hơn 01 ngày trước khi hết hạn (NĐ 61/2018 Đ.19.9); "
        "hồ sơ vẫn tính là trễ hẹn."
    )
    unsigned = f"Chưa ghi thủ trưởng {body.agency or 'cơ quan'} ký phiếu xin lỗi."
    return (*((late,) * (not body.in_time)), *((unsigned,) * (not body.signer)))


def _about_fee(d: Deciding, body: Withdrawn | Stopped) -> tuple[str, ...]:
    if body.fee_back:
        return ()
    return (f"Hồ sơ đã nộp {money(d.dossier.collected)}: chưa ghi có hoàn lại hay không.",)


def supplement_doubts(
    dossier: Dossier, at: datetime, calendar: Calendar, policy: DeadlinePolicy
) -> tuple[str, ...]:
    """What stands against asking for a supplement at `at` (NĐ 61/2018 Đ.19.4), though it can be done."""
    by = vietnam_time(_supplement_by(dossier, calendar, policy))
    within = _supplement_within(dossier)
    unless = "" if within is not _SUPPLEMENT_WITHIN else ", trừ khi luật chuyên ngành quy định khác"
    too_late = (
        f"Phiếu yêu cầu bổ sung phải gửi trong {within.phrase} từ khi tiếp nhận, "
        f"tức đến hết ngày {by:%d/%m/%Y} ({within.article}){unless}."
    )
    over = f"Hồ sơ {overdue(lateness(dossier.first_due, at, calendar))} so với lời hẹn."
    return (
        *([too_late] if at > by else []),
        *([over] if dossier.runs and at > dossier.first_due else []),
    )


def _supplement_within(dossier: Dossier) -> Limit:
    return _SUPPLEMENT_WITHIN_OF.get(dossier.field, _SUPPLEMENT_WITHIN)


def _supplement_by(dossier: Dossier, calendar: Calendar, policy: DeadlinePolicy) -> datetime:
    last = appoint(_supplement_within(dossier), dossier.received_at, calendar, policy).due
    return last.replace(hour=23, minute=59)
