"""The step rules: what one more event makes of a dossier, or why it changes nothing."""

from dataclasses import replace

from msgspec import structs

from app.models import events as e
from app.models import facts
from app.models.dossier import CITIZEN, ONE_STOP, Dossier, HandOver
from app.models.lifecycle import TRANSITIONS, Status, deed_of


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
        applicant=personal.applicant,
        principal=personal.principal,
        request=personal.request,
        documents=personal.documents,
        salt=personal.salt,
        fee=body.fee,
        paid=body.fee.when == "now" and bool(body.fee.amount),
    )


def applied(dossier: Dossier, event: e.Event) -> Dossier:
    """The dossier after `event`; raises `NoEffect` with the reason when the step isn't allowed."""
    body = event.body
    if isinstance(body, e.Unknown):
        raise NoEffect("phiên bản này chưa hiểu loại sự kiện này; vẫn giữ và chuyển tiếp")
    deed = deed_of(body)
    if deed is None:
        return _noted(dossier, body)
    steps = TRANSITIONS[deed]
    if dossier.status not in steps:
        raise NoEffect(f"hồ sơ không còn ở bước có thể thực hiện ({dossier.status.value})")
    stepped = replace(dossier, status=steps[dossier.status] or dossier.status)
    return _changed(stepped, dossier, event)


def _noted(dossier: Dossier, body: object) -> Dossier:
    match body:
        case e.Printed(form=form):
            prints = dict(dossier.prints)
            prints[form] = prints.get(form, 0) + 1
            return replace(dossier, prints=tuple(sorted(prints.items())))
        case e.PrintSpoiled(printed=printed, copy=copy):
            return replace(dossier, spoiled=dossier.spoiled | {(printed, copy)})
        case e.CodeAssigned(code=code):
            if dossier.code:
                raise NoEffect("hồ sơ đã có mã chính thức")
            return replace(dossier, code=code)
        case _:
            raise NoEffect("sự kiện này không nói về hồ sơ")


def _changed(after: Dossier, before: Dossier, event: e.Event) -> Dossier:
    match event.body:
        case e.HandedOver(to=to) | e.Forwarded(to=to):
            row = HandOver(before.holder, to, event.at)
            return replace(_held_by(after, to, event), hand_overs=(*before.hand_overs, row))
        case e.Accepted():
            row = replace(before.hand_overs[-1], accepted_at=event.at, taker=event.by)
            taken = replace(after, hand_overs=(*before.hand_overs[:-1], row))
            return _held_by(taken, event.by, event)
        case e.SentBack():
            return _sent_back(after, before, event)
        case e.SupplementRequested():
            if before.supplement_requests:
                raise NoEffect("hồ sơ đã được yêu cầu bổ sung một lần")
            return replace(_held_by(after, CITIZEN, event), supplement_requests=1)
        case e.PaymentRequested():
            return _held_by(after, CITIZEN, event)
        case e.SupplementReceived() | e.Reopened() as again:
            resumed = _resumed(after, before, event, restarted=again.restarted)
            return _promised(resumed, again.promise)
        case e.Paid() as paid:
            return _paid(after, before, event, paid)
        case e.Apologised(promise=promise):
            if before.apologies:
                raise NoEffect("hồ sơ đã được hẹn lại một lần")
            return replace(_promised(after, promise), apologies=1)
        case e.CaseChanged() as changed:
            renamed = replace(
                after, case=changed.case, case_name=changed.case_name, limit=changed.limit
            )
            return _promised(renamed, changed.promise)
        case e.Corrected() as corrected:
            return _corrected(after, corrected, event.personal)
        case _:
            return _finished(after, event)


def _finished(after: Dossier, event: e.Event) -> Dossier:
    match event.body:
        case e.Signed() | e.Voided() | e.Withdrawn() | e.Stopped():
            return _held_by(
                after, ONE_STOP if after.status is not Status.SIGNED else event.by, event
            )
        case e.Resolved(outcome=outcome):
            done = replace(after, outcome=outcome, resolved_at=event.at)
            return _held_by(done, ONE_STOP, event)
        case e.Refusal():
            done = replace(after, outcome="refused", resolved_at=event.at)
            return _held_by(done, ONE_STOP, event)
        case e.Returned():
            return replace(_held_by(after, CITIZEN, event), returned_at=event.at)
        case _:
            raise NoEffect("sự kiện này không đổi trạng thái hồ sơ")


def _held_by(dossier: Dossier, holder: str, event: e.Event) -> Dossier:
    return replace(dossier, holder=holder, holder_since=event.at)


def _promised(dossier: Dossier, promise: facts.Promise | None) -> Dossier:
    if promise is None:
        return dossier
    return replace(dossier, promises=(*dossier.promises, promise))


def _resumed(after: Dossier, before: Dossier, event: e.Event, *, restarted: bool) -> Dossier:
    """The clock runs again: from here, or on from where it stood."""
    taken = _held_by(after, event.by, event)
    if restarted:
        return replace(taken, counted_from=event.at, pauses=())
    return replace(taken, pauses=(*before.pauses, (before.holder_since, event.at)))


def _paid(after: Dossier, before: Dossier, event: e.Event, body: e.Paid) -> Dossier:
    """The fee is paid, an unknown one as it was collected; a waiting dossier's clock runs on."""
    paid = replace(after, paid=True)
    if after.status != before.status:
        return _promised(_resumed(paid, before, event, restarted=False), body.promise)
    if before.fee.amount is not None:
        return paid
    return replace(paid, fee=structs.replace(before.fee, amount=body.amount, method=body.method))


def _sent_back(after: Dossier, before: Dossier, event: e.Event) -> Dossier:
    row = before.hand_overs[-1]
    note = event.personal.reason if event.personal else ""
    returned = replace(row, note=note, taker=event.by)
    status = Status.RECEIVED if row.giver == ONE_STOP else Status.PROCESSING
    back = replace(after, status=status, hand_overs=(*before.hand_overs[:-1], returned))
    return _held_by(back, row.giver, event)


def _corrected(dossier: Dossier, body: e.Corrected, personal: e.Personal | None) -> Dossier:
    after = replace(
        dossier,
        corrections=dossier.corrections + 1,
        prints_before_correction=dossier.prints,
    )
    if personal is not None:
        after = replace(
            after,
            applicant=personal.applicant or after.applicant,
            principal=personal.principal or after.principal,
            request=personal.request or after.request,
            documents=personal.documents or after.documents,
        )
    if not body.procedure:
        return after
    moved = replace(
        after,
        procedure=body.procedure,
        procedure_name=body.procedure_name,
        field=body.field,
        case=body.case,
        case_name=body.case_name,
        limit=body.limit or after.limit,
    )
    return _promised(moved, body.promise)
