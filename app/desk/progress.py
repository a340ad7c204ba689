"""Every deed after reception: one call, one transaction, one event; many dossiers in one go."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from app.desk.draft import DEAREST_FEE
from app.models import events as e
from app.models import facts
from app.models.applicant import Applicant, Principal
from app.models.appointment import Appointment, Limit, LimitUnit, compact
from app.models.calendar import Calendar
from app.models.deadline import DeadlinePolicy, appoint, resume
from app.models.dossier import Dossier
from app.models.errors import BadInput, Refused
from app.models.fold import fold
from app.models.lateness import apology_by
from app.models.lifecycle import (
    LABEL,
    NEEDS_REASON,
    REVERSAL,
    TRANSITIONS,
    Deed,
    Status,
    deed_of,
    label,
)
from app.models.numbering import slip_group
from app.models.officer import Officer
from app.models.procedure import Procedure
from app.models.text import clean_name, clean_text
from app.store.journal import Writing
from app.store.store import Store


@dataclass(frozen=True)
class Details:
    """What a deed needs to be told; each deed reads its own and ignores the rest.

    `at` is when it happened, if not now; `due` the new appointment of an apology; `fields` names
    what a correction changes.
    """

    reason: str = ""
    to: str = ""
    note: str = ""
    at: datetime | None = None
    due: datetime | None = None
    amount: int | None = None
    method: Literal["cash", "transfer", ""] = ""
    case: int = 0
    limit: Limit | None = None
    outcome: Literal["granted", "refused"] = "granted"
    way: Literal["self", "authorised", "post"] = "self"
    collector: str = ""
    items: tuple[str, ...] = ()
    applicant: Applicant | None = None
    principal: Principal | None = None
    documents: tuple[facts.Document, ...] = ()
    request: str = ""
    procedure: str = ""


@dataclass(frozen=True)
class Done:
    """A dossier after a deed."""

    name: e.EventName
    dossier: Dossier
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Deciding:
    """What a deed's body is decided from."""

    writing: Writing
    dossier: Dossier
    details: Details
    at: datetime
    calendar: Calendar
    policy: DeadlinePolicy
    procedure: Procedure | None
    listed: facts.Serial | None


@dataclass(frozen=True)
class _Order:
    """One call of `do`: what, by whom, when; `listed` numbers the list of a hand-over."""

    deed: Deed
    officer: Officer
    details: Details
    keyed_by: str
    now: datetime
    listed: facts.Serial | None = None


class Progress:
    """What an officer does to dossiers that were received."""

    def __init__(self, store: Store, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._clock = clock

    def do(
        self,
        deed: Deed,
        dossiers: Sequence[e.EventName],
        officer: Officer,
        details: Details,
        keyed_by: str = "",
    ) -> list[Done]:
        """Do `deed` to each of `dossiers`, all or none. Raises `Refused` with the reason."""
        officer.check(deed)
        order = _Order(
            deed, officer, _cleaned(deed, details), keyed_by or officer.login, self._clock()
        )
        with self._store.journal.deed(order.now) as writing:
            if deed is Deed.HAND_OVER:  # one list goes with all the papers
                listed = writing.next_serial(slip_group(deed.value), order.now.year)
                order = replace(order, listed=listed)
            return [self._one(writing, name, order) for name in dossiers]

    def _one(self, writing: Writing, name: e.EventName, order: _Order) -> Done:
        dossier = fold(writing.dossier_events(name)).dossier
        if dossier is None:
            raise Refused("Hồ sơ này chưa về đủ từ máy khác; hãy đồng bộ rồi làm lại.")
        deed, details = order.deed, order.details
        _check_step(deed, dossier)
        at = _happened(details.at, dossier, order.now)
        procedure = self._store.standing.procedure(details.procedure or dossier.procedure)
        if procedure and details.procedure and dossier.request == dossier.procedure_name:
            details = replace(details, request=details.request or procedure.name)
        deciding = _Deciding(
            writing,
            dossier,
            details,
            at,
            self._store.standing.calendar(),
            self._store.standing.policy(),
            procedure,
            order.listed,
        )
        body = _body(deed, deciding)
        writing.append(
            body, thing=name, by=order.officer.login, at=at, keyed_by=order.keyed_by,
            keyed_at=order.now, personal=_personal(dossier, details),
        )  # fmt: skip
        after = fold(writing.dossier_events(name)).dossier
        assert after is not None
        return Done(name, after, _warnings(deed, deciding, body))


def applicable(dossier: Dossier, officer: Officer) -> tuple[Deed, ...]:
    """The deeds that apply now for this officer, and no others."""
    return tuple(deed for deed in _possible(dossier) if officer.may(deed))


def _possible(dossier: Dossier) -> tuple[Deed, ...]:
    """The deeds that apply now, whoever does them."""
    deeds = (deed for deed, steps in TRANSITIONS.items() if dossier.status in steps)
    return tuple(deed for deed in deeds if not _why_not(deed, dossier))


def _why_not(deed: Deed, dossier: Dossier) -> str:
    """Why a step the table allows doesn't apply to this dossier; empty when it does."""
    match deed:
        case Deed.REQUEST_SUPPLEMENT if dossier.supplement_requests:
            return "Hồ sơ đã được yêu cầu bổ sung một lần (NĐ 61/2018 Đ.17, 19)."
        case Deed.APOLOGISE if dossier.apologies:
            return "Hồ sơ đã được hẹn lại một lần; không hẹn lại lần hai (NĐ 61/2018 Đ.19.9)."
        case Deed.UNDO if dossier.last_deed is None:
            return "Hồ sơ vừa tiếp nhận; muốn bỏ hãy dùng “Hủy số”."
        case Deed.UNDO if REVERSAL[dossier.last_deed or Deed.RECEIVE][0] is not Deed.UNDO:
            last = dossier.last_deed or Deed.RECEIVE
            return f"Không hoàn tác được “{LABEL[last]}”: {REVERSAL[last][1]}."
        case Deed.PAID if dossier.status is Status.WAITING_PAYMENT:
            return ""  # what was asked for since is owed, whatever was paid before
        case Deed.PAID if dossier.paid or dossier.fee.amount == 0:
            return "Hồ sơ không còn phí, lệ phí phải nộp."
        case _:
            return ""


def _check_step(deed: Deed, dossier: Dossier) -> None:
    if dossier.status not in TRANSITIONS[deed]:
        may = "; ".join(LABEL[d].lower() for d in _possible(dossier)) or "chỉ xem"
        raise Refused(
            f"Hồ sơ {dossier.code or dossier.provisional_code} đang ở “{label(dossier.status)}” nên chưa thể "
            f"“{LABEL[deed]}”. Lúc này có thể: {may}."
        )
    why = _why_not(deed, dossier)
    if why:
        raise Refused(why)


def _cleaned(deed: Deed, details: Details) -> Details:
    reason = clean_text(details.reason, field="reason").strip()
    if deed in NEEDS_REASON and not reason:
        raise BadInput(f"“{LABEL[deed]}” phải ghi rõ lý do. Hãy nhập lý do rồi lưu lại.", "reason")
    if deed in (Deed.HAND_OVER, Deed.FORWARD) and not details.to.strip():
        raise BadInput("Chưa chọn người nhận. Hãy chọn người hoặc cơ quan nhận hồ sơ.", "to")
    if not 0 <= (details.amount or 0) <= DEAREST_FEE:
        raise BadInput("Số tiền phải từ 0 đến 1.000.000.000 đồng. Hãy nhập lại.", "amount")
    return replace(
        details,
        reason=reason,
        to=clean_name(details.to, field="to"),
        note=clean_text(details.note, field="note"),
        collector=clean_name(details.collector, field="collector"),
        items=tuple(clean_text(item, field="items") for item in details.items),
        request=clean_text(details.request, field="request"),
    )


def _happened(at: datetime | None, dossier: Dossier, now: datetime) -> datetime:
    if at is None:
        return now
    if at > now:
        raise BadInput("Thời điểm thực hiện nằm ở tương lai. Hãy nhập lại ngày giờ.", "at")
    if at < dossier.received_at:
        raise BadInput(
            "Thời điểm thực hiện trước khi hồ sơ được tiếp nhận. Hãy nhập lại ngày giờ.", "at"
        )
    return at


def _personal(dossier: Dossier, details: Details) -> e.Personal | None:
    personal = e.Personal(
        salt=dossier.salt, applicant=details.applicant, principal=details.principal,
        request=details.request, documents=details.documents, items=details.items,
        reason=details.reason, note=details.note, collector=details.collector,
    )  # fmt: skip
    return None if personal == e.Personal(salt=dossier.salt) else personal


def promise(appointment: Appointment) -> facts.Promise:
    """An appointment as events keep it."""
    return facts.Promise(appointment.due, tuple(compact(appointment)), appointment.warnings)


def _body(deed: Deed, d: _Deciding) -> e.AnyBody:
    match deed:
        case Deed.HAND_OVER:
            return e.HandedOver(to=d.details.to.strip(), slip=d.listed)
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


def _slip_or_clock(deed: Deed, d: _Deciding) -> e.AnyBody:
    slip = d.writing.next_serial(slip_group(deed.value), d.at.year)
    match deed:
        case Deed.REQUEST_SUPPLEMENT:
            return e.SupplementRequested(slip=slip)
        case Deed.REFUSE:
            return e.Refusal(slip=slip)
        case Deed.STOP:
            return e.Stopped(slip=slip)
        case Deed.APOLOGISE:
            return _apology(d, slip)
        case Deed.SUPPLEMENT_RECEIVED | Deed.REOPEN:
            again = e.Reopened if deed is Deed.REOPEN else e.SupplementReceived
            return again(_again(d, d.policy), d.policy.supplement == "restart")
        case Deed.PAID:
            return _payment(d)
        case Deed.CHANGE_CASE:
            return _change_of_case(d)
        case Deed.CORRECT:
            return _correction(d)
        case _:
            raise AssertionError(f"{deed} isn't done to a received dossier")


def _again(d: _Deciding, policy: DeadlinePolicy) -> facts.Promise:
    """The appointment once the clock runs again: from here, or on from where it stood."""
    first = d.dossier.counted_from or d.dossier.received_at
    paused = (*d.dossier.pauses, (d.dossier.holder_since, d.at))
    return promise(resume(d.dossier.limit, first, paused, d.at, d.calendar, policy))


def _payment(d: _Deciding) -> e.Paid:
    waited = d.dossier.status is Status.WAITING_PAYMENT
    resumed = _again(d, replace(d.policy, supplement="pause")) if waited else None
    amount = d.dossier.fee.amount if d.details.amount is None else d.details.amount
    if amount is None and not waited:
        raise BadInput("Chưa biết số tiền. Hãy nhập số tiền đã thu, như 8000.", "amount")
    return e.Paid(amount=amount, method=d.details.method or "cash", promise=resumed)


def _apology(d: _Deciding, slip: facts.Serial | None) -> e.Apologised:
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
    return e.Apologised(promise=facts.Promise(due), slip=slip, in_time=in_time)


def _change_of_case(d: _Deciding) -> e.CaseChanged:
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
    again = appoint(limit, d.dossier.received_at, d.calendar, d.policy)
    return e.CaseChanged(case=case.number, case_name=case.name, limit=limit, promise=promise(again))


def _correction(d: _Deciding) -> e.Corrected:
    changed = tuple(_corrected_fields(d))
    if not changed:
        raise BadInput("Chưa có gì thay đổi để đính chính. Hãy sửa thông tin sai rồi lưu lại.")
    if not d.details.procedure:
        return e.Corrected(fields=changed)
    if d.procedure is None:
        raise BadInput(f"Không có thủ tục {d.details.procedure} trong danh mục.", "procedure")
    case = next(
        (c for c in d.procedure.cases if c.number == (d.details.case or 1)), d.procedure.cases[0]
    )
    limit = case.limit or d.details.limit
    if limit is None:
        raise BadInput(
            "Thủ tục này chưa có thời hạn trong danh mục. Hãy nhập thời hạn và căn cứ.", "limit"
        )
    again = appoint(limit, d.dossier.received_at, d.calendar, d.policy)
    return e.Corrected(
        fields=changed, procedure=d.procedure.code, procedure_name=d.procedure.name,
        field=d.procedure.field, case=case.number, case_name=case.name, limit=limit,
        promise=promise(again),
    )  # fmt: skip


def _corrected_fields(d: _Deciding) -> Iterator[str]:
    for field in ("applicant", "principal", "documents", "request"):
        new = getattr(d.details, field)
        if new and new != getattr(d.dossier, field):
            yield field
    if d.details.procedure and d.details.procedure != d.dossier.procedure:
        yield "procedure"


def _warnings(deed: Deed, d: _Deciding, body: e.AnyBody) -> tuple[str, ...]:
    if isinstance(body, e.Apologised) and not body.in_time:
        return (
            "Phiếu xin lỗi lập muộn hơn 01 ngày trước khi hết hạn (NĐ 61/2018 Đ.19.9); hồ sơ vẫn tính là trễ hẹn.",
        )
    if deed is Deed.REQUEST_SUPPLEMENT and d.at > _supplement_by(d):
        return ("Yêu cầu bổ sung quá 03 ngày làm việc kể từ khi tiếp nhận (NĐ 61/2018 Đ.19.4).",)
    promised = getattr(body, "promise", None)
    return promised.warnings if promised is not None and deed_of(body) is not Deed.APOLOGISE else ()


def _supplement_by(d: _Deciding) -> datetime:
    limit = Limit(3, LimitUnit.WORKING_DAY, "03 ngày làm việc", "NĐ 61/2018 Đ.19.4")
    return appoint(limit, d.dossier.received_at, d.calendar, d.policy).due.replace(
        hour=23, minute=59
    )


def reversal_sentence(deed: Deed) -> str:
    """What takes this deed back, in words, for the page that offers it."""
    reverse, note = REVERSAL[deed]
    return (
        note
        if reverse is None
        else f"Hoàn lại bằng “{LABEL[reverse]}”" + (f": {note}" if note else "")
    )
