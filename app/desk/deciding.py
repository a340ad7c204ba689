"""Decides what a deed writes down: pure, from what `Deciding` holds."""

from datetime import datetime

from app.desk.correcting import correction
from app.desk.details import Deciding
from app.desk.promising import again, apology, change_of_case, payment
from app.models import events as e
from app.models.appointment import Limit, LimitUnit
from app.models.deadline import appoint
from app.models.lifecycle import Deed, deed_of


def body_of(deed: Deed, d: Deciding) -> e.AnyBody:
    """The body of the event that records `deed`; raises `BadInput` for what is missing or wrong."""
    match deed:
        case Deed.HAND_OVER:
            return e.HandedOver(to=d.details.to.strip(), slip=d.slip)
        case Deed.FORWARD:
            return e.Forwarded(to=d.details.to.strip(), agency=d.details.to.strip())
        case Deed.ACCEPT:
            return e.Accepted()
        case Deed.SEND_BACK:
            return e.SentBack()
        case Deed.SIGN:
            return e.Signed()
        case Deed.VOID:
            return e.Voided()
        case Deed.WITHDRAW:
            return e.Withdrawn()
        case Deed.RETURN:
            return e.Returned(way=d.details.way)
        case Deed.UNDO:
            return e.Undone(deed=str(d.dossier.last_change))
        case Deed.REQUEST_PAYMENT:
            return e.PaymentRequested(amount=d.details.amount)
        case Deed.RESOLVE:
            return e.Resolved(outcome=d.details.outcome)
        case _:
            return _slip_or_clock(deed, d)


def _slip_or_clock(deed: Deed, d: Deciding) -> e.AnyBody:
    match deed:
        case Deed.REQUEST_SUPPLEMENT:
            return e.SupplementRequested(slip=d.slip)
        case Deed.REFUSE:
            return e.Refusal(slip=d.slip)
        case Deed.STOP:
            return e.Stopped(slip=d.slip)
        case Deed.APOLOGISE:
            return apology(d)
        case Deed.SUPPLEMENT_RECEIVED | Deed.REOPEN:
            body = e.Reopened if deed is Deed.REOPEN else e.SupplementReceived
            return body(again(d, d.policy), d.policy.supplement == "restart")
        case Deed.PAID:
            return payment(d)
        case Deed.CHANGE_CASE:
            return change_of_case(d)
        case Deed.CORRECT:
            return correction(d)
        case _:
            raise AssertionError(f"{deed} isn't done to a received dossier")


def warnings_of(deed: Deed, d: Deciding, body: e.AnyBody) -> tuple[str, ...]:
    """What the officer should know though the deed was done."""
    if isinstance(body, e.Apologised) and not body.in_time:
        return (
            "Phiếu xin lỗi lập muộn hơn 01 ngày trước khi hết hạn (NĐ 61/2018 Đ.19.9); hồ sơ vẫn tính là trễ hẹn.",
        )
    if deed is Deed.REQUEST_SUPPLEMENT and d.at > _supplement_by(d):
        return ("Yêu cầu bổ sung quá 03 ngày làm việc kể từ khi tiếp nhận (NĐ 61/2018 Đ.19.4).",)
    promised = getattr(body, "promise", None)
    return promised.warnings if promised is not None and deed_of(body) is not Deed.APOLOGISE else ()


def _supplement_by(d: Deciding) -> datetime:
    limit = Limit(3, LimitUnit.WORKING_DAY, "03 ngày làm việc", "NĐ 61/2018 Đ.19.4")
    return appoint(limit, d.dossier.received_at, d.calendar, d.policy).due.replace(
        hour=23, minute=59
    )
