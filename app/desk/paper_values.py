"""What each paper says beyond what all say: its number, its day, who signs, and its own matter."""

from collections.abc import Callable, Sequence
from typing import Any

from app.desk.control_rows import control_rows
from app.desk.paper_facts import (
    Told,
    Values,
    checked,
    document_values,
    dossier_values,
    numbered,
    people_values,
    unit_values,
)
from app.models import events as e
from app.models import facts
from app.models.calendar import vietnam_time
from app.models.closing import Stopped, Withdrawn
from app.models.procedure import Procedure
from app.models.text import money

LISTED = 500
"""Letters of a request that a list of several dossiers prints (`row_variables.DOSSIER`)."""

_ASKED = {"direct": "Trực tiếp tại quầy", "post": "Qua bưu chính", "online": "Trực tuyến", "": ""}
_FEE_BACK = {"refunded": "Đã hoàn lại", "kept": "Không hoàn lại"}
_RETURNED = {
    "self": "Trả tại quầy cho chủ hồ sơ",
    "authorised": "Trả tại quầy cho người được ủy quyền",
    "post": "Trả qua dịch vụ bưu chính công ích",
}


def values_of(form: str, told: Told) -> Values:
    """Every variable of a form, filled from one dossier."""
    common = {
        **unit_values(told.unit),
        **dossier_values(told),
        **document_values(told.dossier),
        **people_values(told.dossier.applicant, told.dossier.principal),
    }
    return {**common, **_OWN[form](told)}


def values_of_visit(
    form: str, event: e.Event, unit: e.UnitDescribed, procedure: Procedure | None,
    name_of: Callable[[str], str],
) -> Values:  # fmt: skip
    """Every variable of a form for somebody who left without being received: no code, no number
    in a register, only what was said at the desk."""
    body, told = event.body, event.personal or e.Personal(salt="")
    assert isinstance(body, e.LeftUnreceived)
    limit = procedure.cases[0].limit if procedure and procedure.cases else None
    return {
        **unit_values(unit),
        **people_values(told.applicant, None),
        "date": None if form == "opinion" else vietnam_time(event.at).date(),
        "number": numbered(body.slip) if form == body.outcome else "",
        "code": "",
        "provisional": False,
        "request": told.request or body.procedure_name,
        "field": procedure.field if procedure else "",
        "limit": limit.phrase if limit else "",
        "fee": "",
        "officer": name_of(event.by),
        "contact": name_of(event.by),
        "lookup_url": "",
        "reason": told.reason,
        "items": _lines(told.items),
        "checklist": checked(procedure, told.documents),
    }


def values_of_all(form: str, told: Sequence[Told]) -> Values:
    """A paper that several dossiers of one person share: the first one's, and the list of all."""
    first, *others = told
    values = {**values_of(form, first), "batch": [_listed(each) for each in told]}
    if not others:
        return values if form != "receipt" else {**values, "batch": []}
    documents: list[Any] = [row for each in told for row in _documents(each)]
    return {
        **values,
        "request": "; ".join(dict.fromkeys(str(_listed(each)["request"]) for each in told)),
        "documents": documents,
        "certifications": [],
        "two_stage": False,
        "dossier_count": len(told),
        "due": max(each.dossier.due for each in told),
        "limit": "theo danh sách kèm theo",
        "book": "theo danh sách",
        "serial": "theo danh sách",
        "fee": _fees(told),
    }


# --- one paper each -----------------------------------------------------------------------------


def _receipt(told: Told) -> Values:
    """The second stage begins when a payment that the clock waited for was made."""
    waited = [one for one in told.dossier.payments if not one.runs_on]
    paid = told.last(e.Paid)
    began = paid and isinstance(paid.body, e.Paid) and paid.body.promise
    promises = told.dossier.promises
    return {
        "due": promises[-2].due if began and len(promises) > 1 else told.dossier.due,
        "two_stage": bool(waited),
        "stage_two_at": waited[-1].paid_at if waited else None,
        "stage_two_due": told.dossier.due if began else None,
        "batch": [],
        "dossier_count": 1,
    }


def _control(told: Told) -> Values:
    return {"hand_overs": control_rows(told)}


def _supplement(told: Told) -> Values:
    event = told.last(e.SupplementRequested)
    items = event.personal.items if event and event.personal else ()
    return {**_said_by(told, event), "items": _lines(items)}


def _refusal(told: Told) -> Values:
    return _said_by(told, told.last(e.Refusal, e.Resolved))


def _apology(told: Told) -> Values:
    """The apology; before it is made, its draft with what the resolver wrote down."""
    dossier, agency = told.dossier, told.dossier.received.resolving_agency
    if made := dossier.apology:
        return {
            "date": vietnam_time(made.at).date(), "number": numbered(made.slip),
            "reason": made.reason, "due_before": made.before, "due": made.due,
            "signer": made.signer, "resolving_agency": made.agency or agency,
        }  # fmt: skip
    delay = dossier.delay
    return {
        "date": None, "number": "", "reason": delay.reason if delay else "",
        "due_before": dossier.due, "due": delay.due if delay else None, "signer": "",
    }  # fmt: skip


def _stop(told: Told) -> Values:
    event, closing = told.last(Stopped, Withdrawn), told.dossier.closing
    if closing is None:
        return _said_by(told, event)
    return {
        **_said_by(told, event),
        "asked_by": closing.asked_by,
        "asked_at": closing.asked_at,
        "asked_way": _ASKED[closing.way],
        "stopped_at": closing.at,
        "papers_back": "; ".join(closing.papers_back),
        "fee_back": _fee_back(told),
    }


def _fee_back(told: Told) -> str:
    dossier = told.dossier
    assert dossier.closing is not None
    if not (dossier.paid and dossier.fee.amount):
        return "Không thu"
    words = _FEE_BACK.get(dossier.closing.fee_back, "")
    return f"{words} {money(dossier.fee.amount)}" if words else ""


def _result_receipt(told: Told) -> Values:
    dossier, event = told.dossier, told.last(e.Returned)
    way = event.body.way if event and isinstance(event.body, e.Returned) else ""
    collector = event.personal.collector if event and event.personal else ""
    owner = dossier.principal or dossier.applicant
    own = way == "self" and owner is not None
    return {
        "date": vietnam_time(event.at).date() if event else None,
        "officer": told.name_of(event.by) if event else "",
        "collector": collector or (owner.name if own and owner else ""),
        "collector_phone": owner.phone if own and owner and not collector else "",
        "return_way": _RETURNED.get(way, ""),
        "returned_at": dossier.returned_at,
        "results": [
            {
                "ordinal": 1,
                "kind": _result(told),
                "number": "",
                "summary": dossier.request or dossier.procedure_name,
            }
        ],
    }


def _result(told: Told) -> str:
    if told.dossier.outcome == "refused":
        return "Phiếu từ chối tiếp nhận giải quyết hồ sơ"
    return told.procedure.result if told.procedure else ""


def _forward(told: Told) -> Values:
    """Every agency it was forwarded to; the note says the work, the limit is for the pen."""
    events = list(told.all(e.Forwarded)) or list(told.all(e.HandedOver))
    last = events[-1] if events else None
    tasks = [
        {
            "ordinal": n,
            "agency": told.name_of(_receiver(event)),
            "work": event.personal.note if event.personal else "",
            "limit": "",
        }
        for n, event in enumerate(events, 1)
    ]
    receiver = told.name_of(_receiver(last)) if last else ""
    return {**_said_by(told, last), "forwarded_to": receiver, "tasks": tasks}


def _receiver(event: e.Event) -> str:
    assert isinstance(event.body, e.Forwarded | e.HandedOver)
    return event.body.to


def _change_case(told: Told) -> Values:
    received, promises = told.dossier.received, told.dossier.promises
    event = told.last(e.CaseChanged)
    if event is None or not isinstance(event.body, e.CaseChanged):
        return {}
    changed = event.body
    earlier = [x.body for x in told.all(e.CaseChanged) if isinstance(x.body, e.CaseChanged)]
    before = earlier[-2] if len(earlier) > 1 else received
    place = promises.index(changed.promise)
    return {
        **_said_by(told, event),
        "case_before": before.case_name or f"Trường hợp {before.case}",
        "case": changed.case_name or f"Trường hợp {changed.case}",
        "due_before": promises[place - 1].due,
        "due": changed.promise.due,
        "limit": changed.limit.phrase,
        "article": changed.agreement or changed.limit.article,
    }


def _guidance(told: Told) -> Values:
    return {"checklist": checked(told.procedure, told.dossier.documents)}


def _opinion(_: Told) -> Values:
    """Anonymous: it carries no code, no name, not even the day."""
    return {"date": None}


def _post(_: Told) -> Values:
    return {"waybill": "", "post_fee": "", "post_officer": ""}


_OWN: dict[str, Callable[[Told], Values]] = {
    "receipt": _receipt,
    "supplement": _supplement,
    "refusal": _refusal,
    "apology": _apology,
    "stop": _stop,
    "control": _control,
    "result-receipt": _result_receipt,
    "forward": _forward,
    "change-case": _change_case,
    "guidance": _guidance,
    "opinion": _opinion,
    "label": lambda _: {},
    "post-slip": _post,
    "post-minutes": _post,
    "minutes": lambda _: {},
}


# --- parts --------------------------------------------------------------------------------------


def _said_by(told: Told, event: e.Event | None) -> Values:
    """Number, day, officer and reason of the deed a paper is about."""
    if event is None:
        return {}
    slip = getattr(event.body, "slip", None)
    name = told.name_of(event.by)
    return {
        "number": numbered(slip if isinstance(slip, facts.Serial) else None),
        "date": vietnam_time(event.at).date(),
        "officer": name,
        "contact": name,
        "reason": event.personal.reason if event.personal else "",
    }


def _short(text: str) -> str:
    """What a list's narrow column can bear of a text; its own receipt prints it whole."""
    return text if len(text) <= LISTED else f"{text[: LISTED - 1]}…"


def _lines(texts: Sequence[str]) -> list[Values]:
    return [{"ordinal": n, "text": text} for n, text in enumerate(texts, 1)]


def _listed(told: Told) -> Values:
    """A dossier's line in the list of several."""
    dossier = told.dossier
    serial, owner = dossier.received.serial, dossier.principal or dossier.applicant
    return {
        "ordinal": 0,
        "code": dossier.code or dossier.provisional_code,
        "serial": f"Quyển {serial.book:02d}, số {serial.number:02d}" if serial else "",
        "request": _short(dossier.request or dossier.procedure_name),
        "agency": dossier.received.resolving_agency,
        "received_at": dossier.received_at,
        "due": dossier.due,
        "limit": dossier.limit.phrase,
        "sets": dossier.received.sets,
        "name": owner.name if owner else "",
        "waybill": "",
    }


def _documents(told: Told) -> list[Any]:
    documents = document_values(told.dossier)["documents"]
    return documents if isinstance(documents, list) else []


def _fees(told: Sequence[Told]) -> str:
    amounts = [each.dossier.fee.amount for each in told]
    known = [amount for amount in amounts if amount is not None]
    return money(sum(known)) if len(known) == len(amounts) else ""
