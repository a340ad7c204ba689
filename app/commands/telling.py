"""What the command line tells of a dossier: the keys that are promised, and the words for people."""

from collections.abc import Iterable
from datetime import datetime

from app.desk.looking.lookup import Away, BoardLine
from app.models.deadlines.appointment import Appointment
from app.models.dossiers.dossier import Apology, Closing, Dossier, Notice, Payment, Urgency
from app.models.dossiers.event_names import name_of
from app.models.dossiers.fold import Effect, Folded, Verdict
from app.models.dossiers.lifecycle import Status, label, status_code
from app.models.events import event as e
from app.models.events import facts

Facts = dict[str, object]


def spoken(at: datetime) -> str:
    """As in "16:30 03/12/2026"."""
    return f"{at:%H:%M %d/%m/%Y}"


def step_of(status: Status) -> Facts:
    """The national label and code (none for a voided number), and the counter's own finer step."""
    return {"status": label(status), "status_code": status_code(status), "step": status.value}


def told(folded: Folded, dossier: Dossier, away: Iterable[Away] = ()) -> Facts:
    """Everything about one dossier."""
    return {
        "code": dossier.shown_code,
        "provisional_code": dossier.provisional_code,
        "province_code": dossier.province.code if dossier.province else "",
        **step_of(dossier.status),
        "procedure": dossier.procedure,
        "procedure_name": dossier.procedure_name,
        "field": dossier.field,
        "case": dossier.case,
        "case_name": dossier.case_name,
        "applicant": _applicant(dossier),
        "principal": dossier.principal,
        "received": dossier.received_at,
        "received_by": dossier.received_by,
        "due": dossier.due,
        "limit": dossier.limit.phrase,
        "article": dossier.limit.article,
        "agreement": dossier.agreement,
        "measured_against": dossier.first_due,
        "profile": dossier.received.profile,
        "promises": [_promise(promise) for promise in dossier.promises],
        "where": dossier.holder,
        "since": dossier.holder_since,
        "away": [_away(agency) for agency in away],
        "resolved": dossier.resolved_at,
        "returned": dossier.returned_at,
        "outcome": dossier.outcome,
        "request": dossier.request,
        "documents": [_document(document) for document in dossier.documents],
        "channel": dossier.received.channel,
        "register": register(dossier.received.serial),
        "certified": _certified(dossier.certified),
        "urgency": _urgency(dossier.urgency),
        "fee": _fee(dossier),
        "payments": [_payment(payment) for payment in dossier.payments],
        "apology": _apology(dossier.apology),
        "closing": _closing(dossier.closing),
        "notices": [_notice(notice) for notice in dossier.notices],
        "prints": dict(dossier.prints),
        "events": [_event(verdict) for verdict in folded.verdicts],
    }


def sheet(folded: Folded, dossier: Dossier, away: Iterable[Away] = ()) -> str:
    """The same for people: what they ask for first, then the history."""
    who = dossier.applicant.name if dossier.applicant else "(đã xóa dữ liệu cá nhân)"
    head = (
        f"{dossier.shown_code}  {label(dossier.status)}",
        f"  {dossier.procedure} {dossier.procedure_name}",
        f"  {who}",
        f"  nhận {spoken(dossier.received_at)}, hẹn trả {spoken(dossier.due)}",
        f"  đang ở: {dossier.holder}",
        *map(_away_line, away),
    )
    return "\n".join((*head, *map(_history_line, folded.verdicts)))


def _away(agency: Away) -> Facts:
    """Another agency that has it, its work and its own limit."""
    part, left = agency.part, agency.left
    return {
        "agency": part.agency,
        "work": agency.work,
        "limit": part.limit.phrase if part.limit else "",
        "due": part.due,
        "late": bool(left and left.late),
        "left": left.text() if left else "",
    }


def _away_line(agency: Away) -> str:
    due, left = agency.part.due, agency.left
    by = f"hạn {spoken(due)}" if due else ""
    late = left.text().lower() if left and left.late else ""
    return "    " + ", ".join(filter(None, (agency.part.agency, agency.work, by, late)))


def register(serial: facts.Serial | None) -> Facts | None:
    """Where the register has it; None while this counter holds no book."""
    return {"book": serial.book, "serial": serial.number} if serial else None


def _certified(number: facts.Serial | None) -> Facts | None:
    """The number in the year's book of certifications."""
    told = {"in": number.group, "year": number.year} if number else {}
    return {**told, **(register(number) or {})} or None


def _urgency(wanted: Urgency | None) -> Facts | None:
    return {"reason": wanted.reason, "wished": wanted.wished, "by": wanted.by} if wanted else None


def line(found: BoardLine) -> Facts:
    """A dossier as lists tell it."""
    row = found.row
    return {
        "code": row.code,
        **step_of(row.status),
        "applicant": row.applicant,
        "procedure": row.procedure,
        "procedure_name": row.procedure_name,
        "received": row.received_at,
        "due": row.due,
        "where": found.holder,
        "since": row.holder_since,
        "away": row.away,
        "agency_due": row.away_due,
        "agency_late": bool(found.away_left and found.away_left.late),
        "late": found.left.late,
        "left": found.left.text() if found.runs else "",
        "urgent": row.urgent,
        "wished": row.wished,
    }


def reasons(appointment: Appointment) -> list[Facts]:
    """Each half-day, counted or not, with its rule and the article."""
    return [
        {
            "from": step.start,
            "to": step.end,
            "counted": step.counted,
            "rule": f"{step.rule} ({step.article})" if step.article else step.rule,
        }
        for step in appointment.steps
    ]


def ranges(why: Iterable[tuple[str, str, int, str]]) -> list[Facts]:
    """The reasons an event keeps, in ranges of days."""
    return [
        {"from": first, "to": last, "counted": bool(counted), "rule": rule}
        for first, last, counted, rule in why
    ]


def _history_line(verdict: Verdict) -> str:
    event = verdict.event
    parts = (
        f"  {spoken(event.at)}",
        name_of(type(event.body)),
        event.by,
        event.personal.reason if event.personal else "",
        f"(không có tác dụng: {verdict.reason})" if verdict.effect is not Effect.APPLIED else "",
    )
    return "  ".join(part for part in parts if part)


# --- the parts ----------------------------------------------------------------------------------


def _applicant(dossier: Dossier) -> Facts | None:
    """As `receive` takes it; None once the personal part was erased."""
    who = dossier.applicant
    if who is None:
        return None
    return {
        "name": who.name,
        "kind": who.kind,
        "id_kind": who.identity.kind.value,
        "id_number": who.identity.number,
        "id_reason": who.identity.reason,
        "born": who.born,
        "sex": who.sex,
        "phone": who.phone,
        "email": who.email,
        "address": who.address,
    }


def _promise(promise: facts.Promise) -> Facts:
    return {"due": promise.due, "why": ranges(promise.why), "warnings": promise.warnings}


def _document(document: facts.Document) -> Facts:
    return {
        "name": document.name,
        "originals": document.originals,
        "certified": document.certified,
        "copies": document.copies,
        "shown": document.shown,
    }


def _fee(dossier: Dossier) -> Facts:
    fee = dossier.fee
    return {
        "amount": fee.amount,
        "exempt": bool(fee.exempt),
        "when": fee.when,
        "method": fee.method,
        "article": fee.article,
        "paid": dossier.paid,
    }


def _payment(payment: Payment) -> Facts:
    return {
        "amount": payment.amount,
        "what": "duty" if payment.duty else "fee",
        "note": payment.note,
        "asked": payment.asked_at,
        "paid": payment.paid_at,
    }


def _apology(apology: Apology | None) -> Facts | None:
    if apology is None:
        return None
    return {
        "number": numbered(apology.slip),
        "due": apology.due,
        "reason": apology.reason,
        "signer": apology.signer,
        "agency": apology.agency,
        "in_time": apology.in_time,
        "at": apology.at,
    }


def _closing(closing: Closing | None) -> Facts | None:
    if closing is None:
        return None
    return {
        "deed": closing.deed.value,
        "number": numbered(closing.slip),
        "reason": closing.reason,
        "asked_by": closing.asked_by,
        "asked_way": closing.way,
        "asked_at": closing.asked_at,
        "papers_back": closing.papers_back,
        "fee_back": closing.fee_back,
        "at": closing.at,
    }


def _notice(notice: Notice) -> Facts:
    return {
        "deed": notice.deed.value,
        "number": numbered(notice.slip),
        "due": notice.due,
        "reason": notice.reason,
        "at": notice.at,
        "told": notice.told_at,
        "told_by": notice.told_by,
        "how": notice.how,
    }


def numbered(slip: facts.Serial | None) -> Facts | None:
    """A paper's number in its own book; None while this counter holds no book."""
    return {"book": slip.book, "number": slip.number} if slip else None


def _event(verdict: Verdict) -> Facts:
    event = verdict.event
    personal = event.personal or e.Personal(salt="")
    return {
        "name": str(event.name),
        "type": e.type_of(event.body),
        "at": event.at,
        "keyed_at": event.keyed_at,
        "by": event.by,
        "keyed_by": event.keyed_by,
        "reason": personal.reason,
        "note": personal.note,
        "effect": verdict.effect.value,
        "why_not": verdict.reason,
    }
