"""`receive` and `deed`: taking dossiers in, and every step of their life."""

import re
from argparse import Namespace
from dataclasses import replace
from datetime import date, datetime

from msgspec import structs

from app.commands.call import BAD_INPUT, DONE, REFUSED, Call, Command, complain
from app.commands.dossiers.incoming import Incoming, from_line, lines_of
from app.commands.telling import Facts, register, spoken, step_of
from app.counter import Counter
from app.desk.deeds.details import Details
from app.desk.deeds.forwarding import Agency
from app.desk.deeds.forwarding import limit_of as limit_of_agency
from app.desk.draft import IntakeDraft, limit_of
from app.desk.intake.receiving import Receipt
from app.models.citizens.applicant import Applicant, checked_applicant, identity_of
from app.models.deadlines.appointment import Limit, LimitUnit
from app.models.dossiers.fold import Folded
from app.models.dossiers.lifecycle import Deed
from app.models.errors import BadInput, OtherSideFailed, Refused
from app.models.events.facts import Document
from app.models.numbering import PROVISIONAL
from app.models.procedures.procedure import Case
from app.models.text import clean_name, fold
from app.store.database.database import StorageFailed

STOPS_ALL = (OtherSideFailed, StorageFailed)
"""What is no fault of one dossier's: those after it would meet it as well."""


def receive(call: Call) -> int:
    """Take in each line; a wrong one is named and left out, the others go in."""
    status = DONE
    with call.counter() as counter:
        for number, line in enumerate(lines_of(call.options.file), 1):
            if not line.strip():
                continue
            try:
                receipt = take_in(counter, from_line(line))
            except STOPS_ALL:
                raise
            except Refused as wrong:
                complain(f"Dòng {number}: {wrong}")
                status = max(status, BAD_INPUT if isinstance(wrong, BadInput) else REFUSED)
                continue
            for warning in receipt.warnings if not call.options.json else ():
                complain(f"{receipt.code}: {warning}")
            call.answer(_received(receipt), f"{receipt.code}  hẹn trả {spoken(receipt.due)}")
    return status


def take_in(counter: Counter, incoming: Incoming) -> Receipt:
    """Receive one dossier that came as data. Raises `Refused`."""
    blank = incoming.code or ""
    if blank and not PROVISIONAL.fullmatch(blank):
        raise BadInput(
            f"Mã hồ sơ do quầy cấp khi nhận; chưa nhập được mã {blank[:40]} của hệ thống "
            "khác. Hãy bỏ khóa “code”.",
            "code",
        )
    desk, keyed_by = counter.desk, counter.officer
    by = desk.officer(incoming.officer) if incoming.officer else keyed_by
    draft = incoming.draft(desk.lookup.procedure(incoming.procedure))
    return desk.intake.receive(
        draft, by, at=incoming.received_at(), keyed_by=keyed_by.login, blank=blank
    )


def deed(call: Call) -> int:
    """Do one deed to one dossier."""
    said = call.options
    with call.counter() as counter:
        desk, keyed_by = counter.desk, counter.officer
        name = desk.lookup.named(said.code)
        by = desk.officer(said.by) if said.by else keyed_by
        details = _details(said, counter)
        if said.verb == Deed.CORRECT:
            details = replace(details, applicant=_corrected(said, desk.lookup.dossier(name), call))
        done = desk.progress.do(Deed(said.verb), [name], by, details, keyed_by.login)[0]
    for warning in done.warnings if not said.json else ():
        complain(warning)
    dossier = done.dossier
    facts = {
        "code": dossier.shown_code,
        **step_of(dossier.status),
        "due": dossier.due,
        "warnings": done.warnings,
    }
    call.answer(facts, f"{facts['code']}  {facts['status']}  hẹn trả {spoken(dossier.due)}")
    return DONE


COMMANDS: dict[str, Command] = {"receive": receive, "deed": deed}


# --- inside -------------------------------------------------------------------------------------


def _received(receipt: Receipt) -> Facts:
    return {
        "code": receipt.code,
        "due": receipt.due,
        "register": register(receipt.serial),
        "slip_required": receipt.slip_required,
        "warnings": receipt.warnings,
    }


def _details(said: Namespace, counter: Counter) -> Details:
    return Details(
        reason=said.reason,
        to=_holder(said.to, counter),
        note=said.note,
        at=said.at,
        due=_due(said.due, counter),
        wished=said.wished,
        signer=said.signer,
        how=said.how or None,
        duty={"": None, "fee": False, "duty": True}[said.what],
        agreement=said.agreement,
        asked_by=said.asked_by,
        asked_way=said.asked_way,
        asked_at=said.asked_at,
        fee_back=said.fee_back,
        documents=tuple(map(_paper, said.papers)),
        amount=said.amount,
        method=said.method,
        case=said.case,
        limit=_limit(said),
        agencies=tuple(_agency(one, said) for one in said.agencies),
        outcome=said.outcome,
        way=said.way,
        collector=said.collector,
        waybill=said.waybill,
        items=tuple(said.items),
        request=said.request,
        procedure=said.procedure[:8],
    )


def _due(said: date | None, counter: Counter) -> datetime | None:
    """The instant promised; of a day alone, as late as the unit returns results on it."""
    if said is None or isinstance(said, datetime):
        return said
    return counter.desk.new_dates.last_of(said)


def _limit(said: Namespace) -> Limit | None:
    """The limit typed for a case of which the catalogue has none. Raises `BadInput`."""
    if not said.limit:
        return None
    if said.verb == Deed.FORWARD:
        return limit_of_agency(str(said.limit), LimitUnit(said.limit_unit))
    typed = IntakeDraft(
        limit_value=str(said.limit), limit_unit=said.limit_unit,
        limit_source=said.limit_source or said.agreement,
    )  # fmt: skip
    return limit_of(Case(0), typed)


def _agency(told: str, said: Namespace) -> Agency:
    """An agency as "Thuế cơ sở|xác định nghĩa vụ|3": its name, its work and its limit."""
    name, work, limit = (*told.split("|"), "", "")[:3]
    return Agency(name, work, limit_of_agency(limit, LimitUnit(said.limit_unit)))


def _paper(said: str) -> Document:
    """A paper as "Tờ khai=1,0,2": originals, certified and plain copies; or "Thẻ căn cước=shown"."""
    name, _, counts = said.rpartition("=")
    name = clean_name(name, 400, "papers")
    if name and counts == "shown":
        return Document(name, shown=True)
    if not name or not re.fullmatch(r"\d{1,3}(,\d{1,3}){0,2}", counts, re.ASCII):
        raise BadInput(
            f"Không hiểu giấy tờ “{said[:60]}”. Hãy ghi như “Tờ khai=1” hoặc “Tờ khai=1,0,2”.",
            "papers",
        )
    originals, certified, copies = (*map(int, counts.split(",")), 0, 0)[:3]
    return Document(name, originals, certified, copies)


def _holder(to: str, counter: Counter) -> str:
    """An officer's login for a login or a whole name, marks or none; else who was named, as it is."""
    asked = fold(to.strip())
    officers = counter.desk.store.standing.officers()
    named = [x.login for x in officers if asked in (x.login, fold(x.name))]
    return named[0] if len(named) == 1 else to


def _corrected(said: Namespace, folded: Folded, call: Call) -> Applicant | None:
    """The applicant with what was said corrected; None when nothing was. Raises `BadInput`."""
    was = folded.dossier.applicant if folded.dossier else None
    changed = {field: getattr(said, field) for field in ("name", "born", "phone", "address")}
    changed = {field: value for field, value in changed.items() if value}
    if said.id_number:
        changed["identity"] = identity_of(said.id_number)
    if was is None or not changed:
        return None
    return checked_applicant(structs.replace(was, **changed), call.clock().date())[0]
