"""The step rules: what one more event makes of a dossier, or why it changes nothing."""

from collections.abc import Callable

from msgspec.structs import replace

from app.models.deadlines.deadline import PAUSED, WAITED_FOR_PAYMENT, WAS_STOPPED, Pause
from app.models.dossiers.dossier import (
    CITIZEN,
    ONE_STOP,
    Apology,
    Attachment,
    Closing,
    Delay,
    Dossier,
    HandOver,
    Notice,
    Payment,
    Urgency,
)
from app.models.dossiers.lifecycle import TRANSITIONS, Deed, Status, deed_of, label
from app.models.events import event as e
from app.models.events import facts
from app.models.events.closing import Stopped, Withdrawn
from app.models.events.digitising import Digitised, DigitisingReversed
from app.models.events.forwarding import AgencyAnswered, Answer
from app.models.events.new_dates import CitizenTold, DelayExplained, Reappointed
from app.models.events.province import Entry, ProvinceEntered
from app.models.events.urgency import Eased, Hastened

Saw = Callable[[e.EventName], bool]
"""Whether an event's author knew of an earlier one."""


class NoEffect(Exception):
    """Why an event changes nothing; the text is for the officer."""


def opened(event: e.Event, body: e.Received) -> Dossier:
    """The dossier the moment it was received."""
    personal = event.personal or e.Personal(salt="")
    return Dossier(
        name=event.name,
        received=body,
        received_at=event.at,
        received_by=event.by,
        status=Status.RECEIVED,
        holder=ONE_STOP,
        holder_since=event.at,
        code=body.code,
        provisional_code=body.provisional_code,
        procedure=body.procedure,
        procedure_name=body.procedure_name,
        field=body.field,
        case=body.case,
        case_name=body.case_name,
        limit=body.limit,
        promises=(body.promise,),
        first=0,
        agreement=body.agreement,
        applicant=personal.applicant,
        principal=personal.principal,
        recipient=personal.recipient,
        request=personal.request,
        documents=personal.documents,
        salt=personal.salt,
        fee=body.fee,
        paid=body.fee.when == "now" and bool(body.fee.amount),
        collected=(body.fee.amount or 0) if body.fee.when == "now" else 0,
    )


def applied(dossier: Dossier, event: e.Event, saw: Saw) -> Dossier:
    """The dossier after `event`; raises `NoEffect` with the reason when the step isn't allowed."""
    body = event.body
    if isinstance(body, e.Unknown):
        raise NoEffect("phiên bản này chưa hiểu loại sự kiện này; vẫn giữ và chuyển tiếp")
    deed = deed_of(body)
    if deed is None:
        return _noted(dossier, event, body)
    steps = TRANSITIONS[deed]
    if dossier.status not in steps:
        raise NoEffect(f"hồ sơ không còn ở bước có thể thực hiện ({label(dossier.status)})")
    stepped = replace(dossier, status=steps[dossier.status] or dossier.status)
    if isinstance(body, e.Paid) and not _knew_of_request(dossier, saw):
        return _fee_noted(dossier, body)
    return _changed(stepped, dossier, event)


def _noted(dossier: Dossier, event: e.Event, body: object) -> Dossier:
    match body:
        case e.Printed(form=form):
            prints = dict(dossier.prints)
            prints[form] = prints.get(form, 0) + 1
            return replace(dossier, prints=tuple(sorted(prints.items())))
        case e.PrintSpoiled(printed=printed, copy=copy):
            return replace(dossier, spoiled=dossier.spoiled | {(printed, copy)})
        case e.ConflictSettled():
            return dossier
        case Digitised():
            return replace(dossier, attachments=(*dossier.attachments, _attached(event, body)))
        case DigitisingReversed(digitised=name):
            left = tuple(one for one in dossier.attachments if str(one.event) != name)
            return replace(dossier, attachments=left)
        case ProvinceEntered(code=code, national_status=status):
            there = Entry(code, status, event.by, event.at) if code else None
            return replace(dossier, province=there)
        case e.CodeAssigned(code=code):
            if dossier.code:
                raise NoEffect("hồ sơ đã có mã chính thức")
            return replace(dossier, code=code)
        case _:
            raise NoEffect("sự kiện này không nói về hồ sơ")


def _attached(event: e.Event, body: Digitised) -> Attachment:
    personal = event.personal or e.Personal(salt="")
    return Attachment(
        event.name, "".join(personal.items[:1]), body.line, body.file, body.size, body.pages,
        body.media, body.how, personal.file_key, event.by, event.at,
    )  # fmt: skip


def _changed(after: Dossier, before: Dossier, event: e.Event) -> Dossier:
    match event.body:
        case e.HandedOver(to=to) | e.Forwarded(to=to):
            row = HandOver(before.holder, to, event.at)
            if isinstance(event.body, e.Forwarded):
                works = event.personal.items if event.personal else ()
                row = replace(row, forwarded=True, parts=event.body.parts, works=works)
            return replace(_held_by(after, to, event), hand_overs=(*before.hand_overs, row))
        case e.Accepted():
            row = replace(before.hand_overs[-1], accepted_at=event.at, taker=event.by)
            taken = replace(after, hand_overs=(*before.hand_overs[:-1], row))
            return _held_by(taken, event.by, event)
        case AgencyAnswered(agency=agency):
            return _answered(after, before, event, agency)
        case e.SentBack():
            return _sent_back(after, before, event)
        case e.SupplementRequested():
            if before.supplement_requests:
                raise NoEffect("hồ sơ đã được yêu cầu bổ sung một lần")
            return replace(_held_by(after, CITIZEN, event), supplement_requests=1)
        case e.PaymentRequested() as asked:
            note = event.personal.note if event.personal else ""
            payment = Payment(
                event.name, asked.amount, asked.duty, event.at, asked.runs_on, note
            )  # fmt: skip
            return replace(_held_by(after, CITIZEN, event), payments=(*before.payments, payment))
        case e.Paid() as paid:
            return _request_paid(after, before, event, paid)
        case e.Corrected() as corrected:
            return _corrected(after, event, corrected)
        case _:
            return _dated(after, before, event)


def _dated(after: Dossier, before: Dossier, event: e.Event) -> Dossier:
    """What gives a new date, or speaks of one."""
    match event.body:
        case e.SupplementReceived(promise=promise, restarted=restarted):
            return _promised(_resumed(after, before, event, restarted), promise, anew=True)
        case e.Reopened(promise=promise, restarted=restarted):
            reopened = replace(_resumed(after, before, event, restarted), closing=None)
            return _promised(reopened, promise, anew=True)
        case e.CaseChanged() as changed:
            found_in_time = event.at <= before.first_due
            renamed = replace(
                after, case=changed.case, case_name=changed.case_name, limit=changed.limit,
                agreement=changed.agreement or before.agreement,
            )  # fmt: skip
            promised = _promised(renamed, changed.promise, anew=found_in_time)
            return _to_be_told(promised, Deed.CHANGE_CASE, changed.slip, event)
        case DelayExplained(due=due):
            return replace(after, delay=Delay(_reason(event), due, event.by, event.at))
        case e.Apologised() as apologised:
            return _apologised(after, before, event, apologised)
        case Reappointed(promise=promise):
            moved = _promised(after, promise, anew=before.first == len(before.promises) - 1)
            return _to_be_told(moved, Deed.REAPPOINT, None, event)
        case CitizenTold(how=how):
            notices = tuple(
                replace(one, how=how, told_by=event.by, told_at=event.at)
                if not one.told_at
                else one
                for one in before.notices
            )
            return replace(after, notices=notices)
        case _:
            return _finished(after, event)


def _finished(after: Dossier, event: e.Event) -> Dossier:
    match event.body:
        case Withdrawn() | Stopped() as body:
            return _closed(_held_by(after, ONE_STOP, event), event, body)
        case e.Signed() | e.Voided():
            return _held_by(
                after, ONE_STOP if after.status is not Status.SIGNED else event.by, event
            )
        case e.Resolved(outcome=outcome, certified=number):
            done = replace(
                after, outcome=outcome, resolved_at=event.at, certified=number or after.certified
            )
            return _held_by(done, ONE_STOP, event)
        case e.Refusal():
            done = replace(after, outcome="refused", resolved_at=event.at)
            return _held_by(done, ONE_STOP, event)
        case e.Returned():
            return replace(_held_by(after, CITIZEN, event), returned_at=event.at)
        case Hastened(wished=wished):
            wanted = Urgency(_reason(event), wished, event.by, event.at)
            return replace(after, urgency=wanted)
        case Eased():
            return replace(after, urgency=None)
        case _:
            raise NoEffect("sự kiện này không đổi trạng thái hồ sơ")


def _held_by(dossier: Dossier, holder: str, event: e.Event) -> Dossier:
    return replace(dossier, holder=holder, holder_since=event.at)


def _reason(event: e.Event) -> str:
    return event.personal.reason if event.personal else ""


def _promised(dossier: Dossier, promise: facts.Promise | None, *, anew: bool) -> Dossier:
    """With one promise more; `anew` where lateness is measured against it from now on."""
    if promise is None:
        return dossier
    first = len(dossier.promises) if anew else dossier.first
    return replace(dossier, promises=(*dossier.promises, promise), first=first)


def _to_be_told(dossier: Dossier, deed: Deed, slip: facts.Serial | None, event: e.Event) -> Dossier:
    notice = Notice(deed, slip, dossier.due, _reason(event), event.at)
    return replace(dossier, notices=(*dossier.notices, notice))


_WAITED: dict[Status, str] = {
    Status.WAITING_PAYMENT: WAITED_FOR_PAYMENT,
    Status.STOPPED: WAS_STOPPED,
}


def _resumed(after: Dossier, before: Dossier, event: e.Event, restarted: bool) -> Dossier:
    """The clock runs again: from here, or on from where it stood."""
    taken = _held_by(after, event.by, event)
    if restarted:
        return replace(taken, counted_from=event.at, pauses=())
    pause = Pause(before.holder_since, event.at, _WAITED.get(before.status, PAUSED))
    return replace(taken, pauses=(*before.pauses, pause))


def _knew_of_request(dossier: Dossier, saw: Saw) -> bool:
    """Whether a payer knew of what is now waited for: money taken apart settles no request."""
    return dossier.status is Status.WAITING_PAYMENT and saw(dossier.payments[-1].event)


def _fee_noted(dossier: Dossier, body: e.Paid) -> Dossier:
    """Two counters that note the same payment note it once."""
    if dossier.paid or body.promise is not None:
        raise NoEffect("khoản tiền này đã được ghi là đã nộp")
    return _fee_paid(dossier, body)


def _request_paid(after: Dossier, before: Dossier, event: e.Event, body: e.Paid) -> Dossier:
    """What was asked for on the way is settled first, and the clock runs on."""
    asked = before.payments[-1]
    amount = body.amount if asked.amount is None else asked.amount
    settled = (*before.payments[:-1], replace(asked, amount=amount, paid_at=event.at))
    paid = replace(after, payments=settled)
    if not asked.duty:
        paid = _fee_paid(paid, body)
    if asked.runs_on:
        return _held_by(paid, event.by, event)
    return _promised(_resumed(paid, before, event, False), body.promise, anew=True)


def _fee_paid(dossier: Dossier, body: e.Paid) -> Dossier:
    """The fee is what was collected in all, and how, whatever was known of it before it was paid."""
    more = body.amount if body.amount is not None else dossier.owed or 0
    collected = dossier.collected + more
    is_known = dossier.paid or body.amount is None
    amount = dossier.fee.amount if is_known else collected
    fee = replace(dossier.fee, amount=amount, method=body.method)
    return replace(dossier, paid=True, collected=collected, fee=fee)


def _apologised(after: Dossier, before: Dossier, event: e.Event, body: e.Apologised) -> Dossier:
    if before.apology:
        raise NoEffect("hồ sơ đã được hẹn lại một lần")
    apology = Apology(
        body.slip, before.due, body.promise.due, _reason(event), body.signer, body.agency,
        body.in_time, event.at,
    )  # fmt: skip
    promised = replace(_promised(after, body.promise, anew=False), apology=apology)
    return _to_be_told(promised, Deed.APOLOGISE, body.slip, event)


def _closed(after: Dossier, event: e.Event, body: Withdrawn | Stopped) -> Dossier:
    personal = event.personal or e.Personal(salt="")
    deed = Deed.STOP if isinstance(body, Stopped) else Deed.WITHDRAW
    closing = Closing(
        deed, body.slip, personal.reason, personal.asked_by, body.way, body.asked_at,
        personal.items, body.fee_back, event.at,
    )  # fmt: skip
    return replace(after, closing=closing)


def _sent_back(after: Dossier, before: Dossier, event: e.Event) -> Dossier:
    row = before.hand_overs[-1]
    returned = replace(row, note=_reason(event), taker=event.by)
    status = Status.RECEIVED if row.giver == ONE_STOP else Status.PROCESSING
    back = replace(after, status=status, hand_overs=(*before.hand_overs[:-1], returned))
    return _held_by(back, row.giver, event)


def _answered(after: Dossier, before: Dossier, event: e.Event, agency: str) -> Dossier:
    """With the last answer it is back; before, whoever still has it holds it."""
    row = before.away
    if row is None or agency not in {part.agency for part in row.outstanding}:
        raise NoEffect("cơ quan này không còn giữ hồ sơ")
    row = replace(row, answers=(*row.answers, Answer(agency, event.at, event.by)))
    earlier, left = before.hand_overs[:-1], row.outstanding
    if left:
        return replace(after, holder=left[0].agency, hand_overs=(*earlier, row))
    row = replace(row, accepted_at=event.at, taker=event.by)
    back = replace(after, status=Status.PROCESSING, hand_overs=(*earlier, row))
    return _held_by(back, event.by, event)


def _corrected(dossier: Dossier, event: e.Event, body: e.Corrected) -> Dossier:
    personal = event.personal or e.Personal(salt="")
    after = replace(
        dossier,
        corrections=dossier.corrections + 1,
        applicant=personal.applicant or dossier.applicant,
        principal=personal.principal or dossier.principal,
        request=personal.request or dossier.request,
        documents=personal.documents or dossier.documents,
    )
    if not body.procedure:
        return after
    fee = body.fee or dossier.fee
    moved = replace(
        after,
        procedure=body.procedure,
        procedure_name=body.procedure_name,
        field=body.field,
        case=body.case,
        case_name=body.case_name,
        limit=body.limit or after.limit,
        fee=fee,
        paid=(dossier.paid and fee.amount == dossier.fee.amount)
        or 0 < dossier.collected == fee.amount,
    )
    return _promised(moved, body.promise, anew=event.at <= dossier.first_due)
