"""The promises deeds make: the clock that runs again, an apology, another case, a new calendar."""

from datetime import date, datetime

from app.desk.deeds.details import Deciding, reasonless
from app.desk.draft import agreed, check_may_agree
from app.models.deadlines.appointment import Appointment, Limit, LimitUnit, compact
from app.models.deadlines.calendar import DAY, Calendar, at_hour, vietnam_time
from app.models.deadlines.deadline import (
    OUT_OF_HOURS,
    PAUSED,
    REOPENING_DAY,
    WAITED_FOR_PAYMENT,
    WAS_STOPPED,
    DeadlinePolicy,
    Pause,
    appoint,
    go_on,
    restart,
    resume,
)
from app.models.deadlines.lateness import apology_by
from app.models.dossiers.dossier import ONE_STOP, Dossier
from app.models.dossiers.lifecycle import Deed, Status
from app.models.errors import BadInput, Refused
from app.models.events import event as e
from app.models.events import facts
from app.models.events.new_dates import DelayExplained, Reappointed
from app.models.procedures.procedure import Case
from app.models.unit.officer import Role

# why a day that works may not be counted in a limit in hours
_WITHIN_DAYS = frozenset({OUT_OF_HOURS, PAUSED, WAITED_FOR_PAYMENT, WAS_STOPPED})
# what an officer is offered as the new date of an apology; the law gives no number
SUGGESTED = Limit(3, LimitUnit.WORKING_DAY, "03 ngày làm việc", "")

NOT_MOVED = "Lịch làm việc không làm đổi ngày hẹn của hồ sơ này."


def promise(appointment: Appointment) -> facts.Promise:
    """An appointment as events keep it."""
    return facts.Promise(appointment.due, tuple(compact(appointment)), appointment.warnings)


# --- the clock ----------------------------------------------------------------------------------


def counted(
    dossier: Dossier, limit: Limit, calendar: Calendar, policy: DeadlinePolicy
) -> Appointment:
    """When a running dossier is due by `limit`: from reception or the restart, without the pauses."""
    if dossier.pauses:
        first = dossier.counted_from or dossier.received_at
        again = dossier.pauses[-1].end
        return go_on(limit, first, dossier.pauses, again, calendar, policy)
    if dossier.counted_from is None:
        return appoint(limit, dossier.received_at, calendar, policy)
    return restart(limit, dossier.counted_from, calendar, policy)


def supplemented(d: Deciding) -> e.SupplementReceived:
    """By law the limit starts again; by the unit's policy it goes on."""
    first, pauses = _so_far(d, Pause(d.dossier.holder_since, d.at))
    again = resume(d.dossier.limit, first, pauses, d.at, d.calendar, d.policy)
    return e.SupplementReceived(promise(again), d.policy.supplement == "restart")


def reopened(d: Deciding) -> e.Reopened:
    """The clock goes on where it stood, or by the unit's policy starts again."""
    if d.policy.reopen == "restart":
        fresh = restart(d.dossier.limit, d.at, d.calendar, d.policy, REOPENING_DAY)
        return e.Reopened(promise(fresh), restarted=True)
    return e.Reopened(_gone_on(d, WAS_STOPPED))


def payment(d: Deciding) -> e.Paid:
    """What was asked for on the way, else the fee; a clock that waited for it goes on."""
    waited = d.dossier.status is Status.WAITING_PAYMENT
    asked = d.dossier.payments[-1] if waited else None
    owed = asked.amount if asked else d.dossier.owed
    amount = owed if d.details.amount is None else d.details.amount
    if amount is None and not waited:
        raise BadInput("Chưa biết số tiền. Hãy nhập số tiền đã thu, như 8000.", "amount")
    stood = asked is not None and not asked.runs_on
    resumed = _gone_on(d, WAITED_FOR_PAYMENT) if stood else None
    return e.Paid(amount=amount, method=d.details.method or "cash", promise=resumed)


def asked_to_pay(d: Deciding) -> e.PaymentRequested:
    """A fee or a tax; unsaid, it is the fee where that is still owed and the amount is its own."""
    owed, amount = d.dossier.owed, d.details.amount
    duty = d.details.duty
    if duty is None:
        duty = owed == 0 or amount not in (None, owed)
    if not duty and owed == 0:
        raise BadInput(
            "Hồ sơ không còn phí, lệ phí phải nộp. Nếu là thuế hay khoản khác, hãy chọn khoản khác.",
            "amount",
        )
    if not duty and amount is None:
        amount = owed
    return e.PaymentRequested(amount, duty, runs_on=d.policy.payment == "run")


def _gone_on(d: Deciding, why: str) -> facts.Promise:
    first, pauses = _so_far(d, Pause(d.dossier.holder_since, d.at, why))
    return promise(go_on(d.dossier.limit, first, pauses, d.at, d.calendar, d.policy))


def _so_far(d: Deciding, pause: Pause) -> tuple[datetime, tuple[Pause, ...]]:
    first = d.dossier.counted_from or d.dossier.received_at
    return first, (*d.dossier.pauses, pause)


# --- late ---------------------------------------------------------------------------------------


def suggested(due: datetime, now: datetime, calendar: Calendar, policy: DeadlinePolicy) -> datetime:
    """The new date an officer is offered: three working days after the old one, or after today."""
    return appoint(SUGGESTED, max(due, now), calendar, policy).due


def explained(d: Deciding) -> DelayExplained:
    """The resolver's reason, with the new date they ask for, if they say one."""
    if d.details.due is not None:
        _check_new_date(d, d.details.due)
    return DelayExplained(d.details.due)


def apology(d: Deciding) -> e.Apologised:
    """The one re-appointment; what isn't said is as the resolver wrote it down."""
    delay = d.dossier.delay
    due = d.details.due or (delay.due if delay else None)
    if not d.details.reason:
        raise reasonless(Deed.APOLOGISE)
    if due is None:
        offered = suggested(d.dossier.due, d.at, d.calendar, d.policy)
        raise BadInput(
            f"Chưa có ngày hẹn lại, phải sau ngày hẹn cũ; có thể hẹn {offered:%H:%M %d/%m/%Y}.",
            "due",
        )
    _check_new_date(d, due)
    in_time = d.at.date() <= apology_by(d.dossier.first_due, d.calendar)
    agency = _agency(d)
    return e.Apologised(facts.Promise(due), d.slip, in_time, _signer(d, agency), agency)


def _check_new_date(d: Deciding, due: datetime) -> None:
    if due <= d.dossier.due or due <= d.at:
        raise BadInput(
            "Ngày hẹn lại phải sau ngày hẹn cũ và sau hôm nay. Hãy chọn ngày khác.", "due"
        )
    if not d.calendar.is_working_day(due.date()):
        why = d.calendar.why_off(due.date())
        raise BadInput(f"Ngày hẹn lại là ngày nghỉ ({why}). Hãy chọn ngày làm việc.", "due")


def _agency(d: Deciding) -> str:
    """Whoever has it is late: an officer of ours makes it our agency, else the one it went to."""
    holder = d.dossier.holder
    ours = holder == ONE_STOP or any(officer.login == holder for officer in d.officers)
    return d.dossier.received.resolving_agency or d.unit.agency_upper if ours else holder


def _signer(d: Deciding, agency: str) -> str:
    if d.details.signer or agency == d.dossier.holder:
        return d.details.signer
    leaders = [one.name for one in d.officers if one.active and Role.LEADER in one.roles]
    return leaders[0] if len(leaders) == 1 else ""


# --- another case, another calendar -------------------------------------------------------------


def change_of_case(d: Deciding) -> e.CaseChanged:
    """The same law's other limit, or one the citizen agreed to in writing, counted from the start."""
    case = _chosen_case(d)
    limit = _agreed_limit(d, case) if d.details.agreement else case.limit or d.details.limit
    if limit is None:
        raise BadInput(
            "Trường hợp này chưa có thời hạn trong danh mục. Hãy nhập thời hạn và căn cứ.", "limit"
        )
    fresh = promise(counted(d.dossier, limit, d.calendar, d.policy))
    if d.details.agreement and fresh.due <= d.dossier.due:
        raise BadInput("Thời hạn thỏa thuận phải dài hơn thời hạn cũ. Hãy nhập lại.", "limit")
    return e.CaseChanged(case.number, case.name, limit, fresh, d.slip, d.details.agreement)


def _chosen_case(d: Deciding) -> Case:
    number = d.details.case or (d.dossier.case if d.details.agreement else 0)
    cases = d.procedure.cases if d.procedure else ()
    case = next((one for one in cases if one.number == number), None)
    if case is None or (case.number == d.dossier.case and not d.details.agreement):
        raise BadInput(
            "Thủ tục này không có trường hợp đó. Hãy chọn trường hợp khác trong danh sách.", "case"
        )
    return case


def _agreed_limit(d: Deciding, case: Case) -> Limit:
    check_may_agree(d.dossier.field)
    if d.details.limit is None:
        raise BadInput("Hãy nhập thời hạn đã thỏa thuận với công dân.", "limit")
    law = d.procedure.agreement_article(case.number) if d.procedure else ""
    return agreed(d.details.limit, d.details.agreement, law)


def moved(dossier: Dossier, calendar: Calendar, policy: DeadlinePolicy) -> facts.Promise | None:
    """The date a running dossier now has by the calendar; None where it is the promised one.

    A date that was chosen (an apology's) only gives way to a day off, to the next working day. Other
    opening hours move no promise: a limit in hours only gives way to days that were off and now work,
    or worked and now are off.
    """
    held = dossier.promises[-1]
    day = vietnam_time(held.due).date()
    if not held.why:
        if calendar.is_working_day(day):
            return None
        return facts.Promise(at_hour(calendar.next_working_day(day), vietnam_time(held.due).time()))
    fresh = counted(dossier, dossier.limit, calendar, policy)
    in_hours = dossier.limit.unit is LimitUnit.WORKING_HOUR
    stands = _days_stand(held, calendar) if in_hours else fresh.due.date() == day
    return None if stands or fresh.due == held.due else promise(fresh)


def _days_stand(held: facts.Promise, calendar: Calendar) -> bool:
    """Whether the days this promise counted still work, and those it skipped as off don't."""
    return all(
        calendar.is_working_day(date.fromisoformat(first) + n * DAY) == bool(counted)
        for first, last, counted, rule in held.why
        if rule not in _WITHIN_DAYS
        for n in range((date.fromisoformat(last) - date.fromisoformat(first)).days + 1)
    )


def reappointed(d: Deciding) -> Reappointed:
    """The date by the calendar as it now is; raises `Refused` where that changes nothing."""
    fresh = moved(d.dossier, d.calendar, d.policy)
    if fresh is None:
        raise Refused(NOT_MOVED)
    return Reappointed(fresh)
