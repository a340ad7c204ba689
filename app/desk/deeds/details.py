"""What a deed is told, checked, and all it is decided from."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from app.desk.deeds.forwarding import Agency, checked
from app.desk.draft import DEAREST_FEE, LONGEST_WAYBILL
from app.models.citizens.applicant import Applicant, Principal
from app.models.deadlines.appointment import Limit
from app.models.deadlines.calendar import Calendar
from app.models.deadlines.deadline import DeadlinePolicy
from app.models.dossiers.dossier import Dossier
from app.models.dossiers.lifecycle import LABEL, NEEDS_REASON, Deed
from app.models.errors import BadInput
from app.models.events import event as e
from app.models.events import facts
from app.models.events.closing import AskedWay, FeeBack
from app.models.events.new_dates import ToldHow
from app.models.procedures.procedure import Procedure
from app.models.text import clean_name, clean_text
from app.models.unit.officer import Officer


@dataclass(frozen=True)
class Details:
    """What a deed needs to be told; each deed reads its own and ignores the rest.

    `at` is when it happened, if not now; `due` the new date of an apology; `duty` whether what has
    to be paid is a tax beside the fee, None while nobody said. `items` are papers: to be handed in
    again, or given back. `agreement` is the written one about a longer `limit`; `wished` is by when
    somebody needs it. `agencies` are those it is forwarded to, each with its work and limit; for one
    `to`, `note` and `limit` say the same.
    """

    reason: str = ""
    to: str = ""
    note: str = ""
    at: datetime | None = None
    due: datetime | None = None
    wished: datetime | None = None
    signer: str = ""
    how: ToldHow | None = None
    amount: int | None = None
    duty: bool | None = None
    method: Literal["cash", "transfer", ""] = ""
    case: int = 0
    limit: Limit | None = None
    agreement: str = ""
    outcome: Literal["granted", "refused"] = "granted"
    way: Literal["self", "authorised", "post"] = "self"
    collector: str = ""
    waybill: str = ""
    asked_by: str = ""
    asked_way: AskedWay = ""
    asked_at: datetime | None = None
    fee_back: FeeBack = ""
    items: tuple[str, ...] = ()
    applicant: Applicant | None = None
    principal: Principal | None = None
    documents: tuple[facts.Document, ...] = ()
    request: str = ""
    procedure: str = ""
    agencies: tuple[Agency, ...] = ()


@dataclass(frozen=True)
class Deciding:
    """What a deed's body is decided from; `slip` is the next number of the deed's own papers,
    `certified` that of the book of certifications, where the procedure has one and it has no number."""

    dossier: Dossier
    details: Details
    officer: Officer
    at: datetime
    calendar: Calendar
    policy: DeadlinePolicy
    procedure: Procedure | None
    slip: facts.Serial | None
    certified: facts.Serial | None
    unit: e.UnitDescribed
    officers: tuple[Officer, ...]


def cleaned(deed: Deed, details: Details) -> Details:
    """The details as they can be written down; raises `BadInput` for what a deed must be told."""
    reason = clean_text(details.reason, field="reason").strip()
    # an apology may bring the reason its resolver has written down before
    if deed in NEEDS_REASON and deed is not Deed.APOLOGISE and not reason:
        raise reasonless(deed)
    if deed is Deed.FORWARD:
        agencies = checked(details.to, details.note, details.limit, details.agencies)
        works = tuple(agency.work for agency in agencies)
        details = replace(
            details, to=agencies[0].name, agencies=agencies, items=works if any(works) else ()
        )
    if deed is Deed.HAND_OVER and not details.to.strip():
        raise BadInput("Chưa chọn người nhận. Hãy chọn người hoặc cơ quan nhận hồ sơ.", "to")
    if deed is Deed.TELL and details.how is None:
        raise BadInput("Chưa ghi đã báo công dân bằng cách nào. Hãy chọn một cách.", "how")
    if not 0 <= (details.amount or 0) <= DEAREST_FEE:
        raise BadInput("Số tiền phải từ 0 đến 1.000.000.000 đồng. Hãy nhập lại.", "amount")
    return replace(
        details,
        reason=reason,
        to=clean_name(details.to, field="to"),
        note=clean_text(details.note, field="note"),
        signer=clean_name(details.signer, field="signer"),
        agreement=clean_text(details.agreement, field="agreement").strip(),
        collector=clean_name(details.collector, field="collector"),
        waybill=clean_name(details.waybill, LONGEST_WAYBILL, "waybill"),
        asked_by=clean_name(details.asked_by, field="asked_by"),
        items=tuple(clean_text(item, field="items") for item in details.items),
        request=clean_text(details.request, field="request"),
    )


def reasonless(deed: Deed) -> BadInput:
    """The sentence for a deed that must say why."""
    return BadInput(f"“{LABEL[deed]}” phải ghi rõ lý do. Hãy nhập lý do rồi lưu lại.", "reason")
