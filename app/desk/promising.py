"""The promises deeds make: the clock that runs again, an apology, another case."""

from dataclasses import replace

from app.desk.details import Deciding
from app.models import events as e
from app.models import facts
from app.models.appointment import Appointment, compact
from app.models.deadline import DeadlinePolicy, appoint, resume
from app.models.errors import BadInput
from app.models.lateness import apology_by
from app.models.lifecycle import Status


def promise(appointment: Appointment) -> facts.Promise:
    """An appointment as events keep it."""
    return facts.Promise(appointment.due, tuple(compact(appointment)), appointment.warnings)


def again(d: Deciding, policy: DeadlinePolicy) -> facts.Promise:
    """The appointment once the clock runs again: from here, or on from where it stood."""
    first = d.dossier.counted_from or d.dossier.received_at
    paused = (*d.dossier.pauses, (d.dossier.holder_since, d.at))
    return promise(resume(d.dossier.limit, first, paused, d.at, d.calendar, policy))


def payment(d: Deciding) -> e.Paid:
    waited = d.dossier.status is Status.WAITING_PAYMENT
    resumed = again(d, replace(d.policy, supplement="pause")) if waited else None
    amount = d.dossier.fee.amount if d.details.amount is None else d.details.amount
    if amount is None and not waited:
        raise BadInput("Chưa biết số tiền. Hãy nhập số tiền đã thu, như 8000.", "amount")
    return e.Paid(amount=amount, method=d.details.method or "cash", promise=resumed)


def apology(d: Deciding) -> e.Apologised:
    due = d.details.due
    if due is None or due <= d.dossier.due or due <= d.at:
        raise BadInput(
            "Ngày hẹn lại phải sau ngày hẹn cũ và sau hôm nay. Hãy chọn ngày khác.", "due"
        )
    if not d.calendar.is_working_day(due.date()):
        raise BadInput(
            f"Ngày hẹn lại là ngày nghỉ ({d.calendar.why_off(due.date())}). Hãy chọn ngày làm việc.",
            "due",
        )
    in_time = d.at.date() <= apology_by(d.dossier.first_due, d.calendar)
    return e.Apologised(promise=facts.Promise(due), slip=d.slip, in_time=in_time)


def change_of_case(d: Deciding) -> e.CaseChanged:
    cases = d.procedure.cases if d.procedure else ()
    case = next((c for c in cases if c.number == d.details.case), None)
    if case is None or case.number == d.dossier.case:
        raise BadInput(
            "Thủ tục này không có trường hợp đó. Hãy chọn trường hợp khác trong danh sách.", "case"
        )
    limit = case.limit or d.details.limit
    if limit is None:
        raise BadInput(
            "Trường hợp này chưa có thời hạn trong danh mục. Hãy nhập thời hạn và căn cứ.", "limit"
        )
    fresh = appoint(limit, d.dossier.received_at, d.calendar, d.policy)
    return e.CaseChanged(case=case.number, case_name=case.name, limit=limit, promise=promise(fresh))
