"""What each paper says beyond what all say: its number, its day, who signs, and its own matter."""

from collections.abc import Callable, Iterator
from itertools import chain

from app.desk.papers.control_rows import control_rows
from app.desk.papers.facts import (
    Told,
    Values,
    checked,
    document_values,
    dossier_values,
    lines_of,
    numbered,
    people_values,
    unit_values,
    waybill,
)
from app.models.deadlines.calendar import vietnam_time
from app.models.events import event as e
from app.models.events import facts
from app.models.events.closing import Stopped, Withdrawn
from app.models.events.forwarding import Part
from app.models.procedures.procedure import public_name
from app.models.text import money
from app.models.unit.describing import is_two_stage

_ASKED = {"direct": "Trực tiếp tại quầy", "post": "Qua bưu chính", "online": "Trực tuyến", "": ""}
_FEE_BACK = {"refunded": "Đã hoàn lại", "kept": "Không hoàn lại"}
# (the post brought it, the post takes its result) → QĐ 45/2016/QĐ-TTg's three modes
_MODES = {
    (True, False): "Gửi hồ sơ", (False, True): "Nhận kết quả",
    (True, True): "Gửi hồ sơ và nhận kết quả", (False, False): "",
}  # fmt: skip
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


# --- one paper each -----------------------------------------------------------------------------


def _receipt(told: Told) -> Values:
    """A second stage begins when the tax that the clock waited for was paid; until then it is for the pen."""
    dossier = told.dossier
    waited = [one for one in dossier.payments if one.duty and not one.runs_on]
    paid = told.last(e.Paid) if waited else None
    again = paid.body.promise if paid and isinstance(paid.body, e.Paid) else None
    return {
        "due": dossier.before(again).due if again else dossier.due,
        "two_stage": bool(waited) or is_two_stage(told.unit, dossier.procedure, dossier.case),
        "stage_two_at": waited[-1].paid_at if waited else None,
        "stage_two_due": dossier.due if again else None,
        "batch": [],
        "dossier_count": 1,
    }


def _control(told: Told) -> Values:
    return {"hand_overs": control_rows(told)}


def _supplement(told: Told) -> Values:
    event = told.last(e.SupplementRequested)
    items = event.personal.items if event and event.personal else ()
    return {**_said_by(told, event), "items": lines_of(items)}


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
    if not dossier.collected:
        return "Không thu" if dossier.fee.amount == 0 else "Chưa thu"
    words = _FEE_BACK.get(dossier.closing.fee_back, "")
    return f"{words} {money(dossier.collected)}" if words else ""


def _result_receipt(told: Told) -> Values:
    dossier, event = told.dossier, told.last(e.Returned)
    way = event.body.way if event and isinstance(event.body, e.Returned) else ""
    collector = event.personal.collector if event and event.personal else ""
    owner = dossier.owner
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
                "summary": "" if dossier.request == dossier.procedure_name else dossier.request,
            }
        ],
    }


def _result(told: Told) -> str:
    if told.dossier.outcome == "refused":
        return "Phiếu từ chối tiếp nhận giải quyết hồ sơ"
    return told.procedure.result if told.procedure else ""


def _forward(told: Told) -> Values:
    """Every agency it was forwarded to, its work and its limit; what wasn't said is for the pen."""
    events = list(told.all(e.Forwarded))
    last = events[-1] if events else None
    tasks = [
        {"ordinal": n, "agency": told.name_of(agency), "work": work, "limit": limit}
        for n, (agency, work, limit) in enumerate(chain.from_iterable(map(_parts, events)), 1)
    ]
    receiver = told.name_of(_receiver(last)) if last else ""
    return {**_said_by(told, last), "forwarded_to": receiver, "tasks": tasks}


def _parts(event: e.Event) -> Iterator[tuple[str, str, str]]:
    """(agency, work, limit) of each the event names; an early one names but one, its work the note."""
    assert isinstance(event.body, e.Forwarded)
    told = event.personal or e.Personal(salt="")
    parts = event.body.parts or (Part(event.body.to),)
    works = told.items or (told.note,)
    for n, part in enumerate(parts):
        due = f", đến {vietnam_time(part.due):%H:%M %d/%m/%Y}" if part.due else ""
        limit = f"{part.limit.phrase}{due}" if part.limit else ""
        yield part.agency, works[n] if n < len(works) else "", limit


def _receiver(event: e.Event) -> str:
    assert isinstance(event.body, e.Forwarded)
    return event.body.to


def _change_case(told: Told) -> Values:
    event = told.last(e.CaseChanged)
    if event is None or not isinstance(event.body, e.CaseChanged):
        return {}
    changed = event.body
    earlier = [x.body for x in told.all(e.CaseChanged) if isinstance(x.body, e.CaseChanged)]
    before = earlier[-2] if len(earlier) > 1 else told.dossier.received
    return {
        **_said_by(told, event),
        "case_before": public_name(before.case_name) or f"Trường hợp {before.case}",
        "case": public_name(changed.case_name) or f"Trường hợp {changed.case}",
        "due_before": told.dossier.before(changed.promise).due,
        "due": changed.promise.due,
        "limit": changed.limit.phrase,
        "article": changed.agreement or changed.limit.article,
    }


def _guidance(told: Told) -> Values:
    return {"checklist": checked(told.procedure, told.dossier.documents)}


def _opinion(_: Told) -> Values:
    """Anonymous: it carries no code, no name, not even the day."""
    return {"date": None}


def _post_minutes(told: Told) -> Values:
    """Of the day the post took the result; else of the day it brought the papers."""
    dossier = told.dossier
    taken = (dossier.returned_at or dossier.resolved_at) if dossier.goes_by_post else None
    return {**_post(told), **({"date": vietnam_time(taken).date()} if taken else {})}


def _post(told: Told) -> Values:
    """The charge and the postman's name are for the pen: nobody at the counter knows them."""
    dossier = told.dossier
    who = dossier.recipient
    return {
        "waybill": waybill(told),
        "post_fee": "",
        "post_officer": "",
        "post_mode": _MODES[dossier.received.channel == "post", dossier.goes_by_post],
        "recipient": ", ".join(filter(None, (who.name, who.phone, who.address))) if who else "",
        "to_post": dossier.goes_by_post and dossier.resolved_at is not None,
    }


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
    "post-minutes": _post_minutes,
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
