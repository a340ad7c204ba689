"""What every paper of a dossier may say: the unit, the dossier, the people, the papers handed in."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from app.desk.draft import may_agree
from app.models.citizens.applicant import Applicant, Principal
from app.models.deadlines.calendar import vietnam_time
from app.models.dossiers.dossier import Dossier
from app.models.dossiers.fold import Effect, Folded, Verdict
from app.models.events import event as e
from app.models.events import facts
from app.models.exchange.chain import lookup_token
from app.models.procedures.procedure import Procedure
from app.models.text import money
from app.store.reading.standing import Standing

Values = dict[str, object]

PRIVACY = "Dữ liệu cá nhân trên giấy này chỉ được dùng để giải quyết thủ tục hành chính."
ONE_STOP_SHORT = "Bộ phận TN&TKQ"


@dataclass(frozen=True)
class Told:
    """All that a dossier's papers are filled from; `events` are those that stand, in order.

    `filed_at` is when it was filed in the province's system; None where nobody was told.
    """

    dossier: Dossier
    events: tuple[e.Event, ...]
    unit: e.UnitDescribed
    procedure: Procedure | None
    name_of: Callable[[str], str]
    filed_at: datetime | None = None

    def all(self, *bodies: type[e.Body]) -> Iterator[e.Event]:
        """The events of these types, in order."""
        return (event for event in self.events if isinstance(event.body, bodies))

    def last(self, *bodies: type[e.Body]) -> e.Event | None:
        """The last event of these types; None when there was none."""
        return next((x for x in reversed(self.events) if isinstance(x.body, bodies)), None)


def in_effect(verdicts: Iterable[Verdict]) -> tuple[e.Event, ...]:
    """The events that mean something, without those taken back."""
    applied = [verdict.event for verdict in verdicts if verdict.effect is Effect.APPLIED]
    undone = {event.body.deed for event in applied if isinstance(event.body, e.Undone)}
    return tuple(event for event in applied if str(event.name) not in undone)


def told_of(
    dossier: Dossier, folded: Folded, standing: Standing, name_of: Callable[[str], str]
) -> Told:
    """What a dossier's papers are filled from, by what stands in the unit now."""
    procedure = standing.procedure(dossier.procedure)
    return Told(dossier, in_effect(folded.verdicts), standing.unit(), procedure, name_of)


def unit_values(unit: e.UnitDescribed) -> Values:
    """What the unit calls itself."""
    return {
        "agency_upper": unit.agency_upper, "agency_own": unit.agency_own, "unit_sign": unit.sign,
        "one_stop": unit.name, "place": unit.place, "hotline": unit.hotline, "privacy": PRIVACY,
        "rating_url": unit.rating_url,
    }  # fmt: skip


def dossier_values(told: Told) -> Values:
    """Number, date and officer are the receipt's; papers with others say so themselves."""
    dossier, unit = told.dossier, told.unit
    received = dossier.received
    token = lookup_token(dossier.salt)
    return {
        "date": vietnam_time(dossier.received_at).date(),
        "number": numbered(received.slip),
        "code": dossier.shown_code,
        "provisional": not dossier.code,
        "book": f"{received.serial.book:02d}" if received.serial else "",
        "serial": f"{received.serial.number:02d}" if received.serial else "",
        "request": dossier.subject,
        "procedure_name": dossier.procedure_name,
        "field": dossier.field,
        "sets": received.sets,
        "limit": dossier.limit.phrase,
        "received_at": dossier.received_at,
        "due": dossier.due,
        "return_place": received.return_place,
        "fee": fee_words(dossier.fee, dossier.collected),
        "officer": told.name_of(dossier.received_by),
        "contact": told.name_of(dossier.received_by),
        "lookup_url": f"{unit.lookup_url}/t/{token}" if unit.lookup_url else "",
        "resolving_agency": received.resolving_agency,
        "coordinating_agency": "; ".join(_coordinating(told)),
        "shelf": dict(unit.shelves).get(dossier.field, ""),
        "reason": "",
    }


def waybill(told: Told) -> str:
    """The post's number of the result it takes, or else of the papers it brought."""
    said = (event.personal.waybill for event in told.all(e.Returned, e.Received) if event.personal)
    return next(filter(None, reversed([*said])), "")


def _coordinating(told: Told) -> Iterator[str]:
    """The agencies it was forwarded to beside the one that resolves it, in order, once each."""
    rows = (row for row in told.dossier.hand_overs if row.forwarded)
    named = ([part.agency for part in row.parts] or [row.to] for row in rows)
    names = dict.fromkeys(told.name_of(agency) for agencies in named for agency in agencies)
    return (name for name in names if name != told.dossier.received.resolving_agency)


def document_values(dossier: Dossier) -> Values:
    """The papers handed in; for a certification the pages and copies instead."""
    certified = is_certification(dossier)
    return {
        "documents": [] if certified else document_rows(dossier),
        "certifications": list(_certifications(dossier)) if certified else [],
    }


def checked(procedure: Procedure | None, documents: Sequence[facts.Document]) -> list[Values]:
    """The checklist of a procedure, and which of its papers are there; else the papers themselves."""
    there = {document.name for document in documents if is_there(document)}
    kinds = procedure.documents if procedure else ()
    asked = [(kind.name, kind.shown_only, kind.optional) for kind in kinds] or [
        (document.name, document.shown, False) for document in documents
    ]
    return [
        {
            "ordinal": n, "name": name, "there": name in there,
            "lacking": name not in there and not optional,
            # the catalogue's names often say so themselves
            "shown": shown and "xuất trình" not in name.casefold(),
            "optional": optional and "nếu" not in name.casefold(),
        }
        for n, (name, shown, optional) in enumerate(asked, 1)
    ]  # fmt: skip


def is_there(document: facts.Document) -> bool:
    """Whether anything of this line was handed in or shown."""
    return bool(document.originals or document.certified or document.copies or document.shown)


def people_values(applicant: Applicant | None, principal: Principal | None) -> Values:
    """Who hands it in, and for whom."""
    owner = principal or applicant
    return {
        "owner_name": owner.name if owner else "",
        "applicant_name": applicant.name if applicant else "",
        "applicant_number": applicant.identity.number if applicant else "",
        "applicant_address": applicant.address if applicant else "",
        "applicant_phone": applicant.phone if applicant else "",
        "applicant_email": applicant.email if applicant else "",
        "principal_name": principal.name if principal else "",
        "principal_address": principal.address if principal else "",
        "principal_number": principal.identity.number if principal else "",
        "principal_phone": principal.phone if principal else "",
        "principal_email": principal.email if principal else "",
        "authorisation": principal.authorisation if principal else "",
    }


def lines_of(texts: Sequence[str]) -> list[Values]:
    """Rows that are one text each."""
    return [{"ordinal": n, "text": text} for n, text in enumerate(texts, 1)]


def numbered(slip: facts.Serial | None) -> str:
    """A paper's number: the book that is the counter's, and the number in it."""
    return f"{slip.book}-{slip.number:04d}" if slip else ""


def fee_words(fee: facts.Fee, collected: int) -> str:
    """The fee as the receipt says it, and what was `collected`, in đồng; blank while nobody knows it."""
    if collected:
        return _collected_words(fee, collected)
    if fee.exempt:
        return "Miễn"
    if fee.amount is None:
        return ""
    return f"{money(fee.amount)} – nộp khi nhận kết quả" if fee.amount else "Không thu"


def _collected_words(fee: facts.Fee, collected: int) -> str:
    """With both sums where they differ: another procedure was found to be the right one."""
    how = {"cash": " bằng tiền mặt", "transfer": " bằng chuyển khoản", "": ""}[fee.method]
    if fee.amount is None:
        return f"Đã nộp {money(collected)}{how}"
    owed = "Miễn" if fee.exempt else money(fee.amount) if fee.amount else "Không thu"
    if fee.amount == collected:
        return f"{owed} – đã nộp{how}"
    left = fee.amount - collected
    rest = f", còn {money(left)} nộp khi nhận kết quả" if left > 0 else ""
    return f"{owed} – đã nộp {money(collected)}{how}{rest}"


def is_certification(dossier: Dossier) -> bool:
    """Whether it certifies copies, and their pages were counted: the receipt then has its own table."""
    return may_agree(dossier.field) and bool(dossier.fee.pages and dossier.fee.copies)


def _certifications(dossier: Dossier) -> Iterator[Values]:
    """The papers certified; pages and copies are known of all together, so of one alone."""
    names = [document.name for document in dossier.documents] or [dossier.procedure_name]
    alone = len(names) == 1
    for n, name in enumerate(names, 1):
        yield {
            "ordinal": n, "name": name, "pages": dossier.fee.pages if alone else None,
            "copies": dossier.fee.copies if alone else None, "electronic": "",
        }  # fmt: skip
    if not alone:
        yield {
            "ordinal": len(names) + 1, "name": "Tổng cộng", "pages": dossier.fee.pages,
            "copies": dossier.fee.copies, "electronic": "",
        }  # fmt: skip


def document_rows(dossier: Dossier) -> list[Values]:
    """A row a paper: how many of each kind."""
    return [
        {
            "ordinal": n, "name": document.name, "originals": document.originals,
            "certified": document.certified, "copies": document.copies, "shown": document.shown,
        }
        for n, document in enumerate(dossier.documents, 1)
    ]  # fmt: skip
