"""The facts: a closed union of event bodies.

An event is named by (device, incarnation, seq) and has a public part, which the log's chain
hashes as it stands, and a personal part, which can be erased. Types this version doesn't know are
`Unknown`: kept as they came and passed on. `app.models.events.encoding` writes and reads the bytes.
"""

from typing import Literal, NamedTuple

import msgspec

from app.models.citizens.applicant import Applicant, Principal, Recipient
from app.models.deadlines.deadline import Limit
from app.models.events import facts
from app.models.events.assisting import Assisted
from app.models.events.closing import Stopped, Withdrawn
from app.models.events.digitising import Digitised, DigitisingReversed
from app.models.events.facts import Count, Document, Fee, Instant, Promise, Serial
from app.models.events.forwarding import AgencyAnswered, Part
from app.models.events.new_dates import CitizenTold, DelayExplained, Reappointed
from app.models.events.notices import NoticeRead, NoticeSent, NoticeWithdrawn
from app.models.events.online import OnlineAnswered, OnlineArrived
from app.models.events.province import ProvinceDescribed, ProvinceEntered
from app.models.events.receipt_books import FeeReceipted, FeeReceiptSpoiled, ReceiptBookIssued
from app.models.events.urgency import Eased, Hastened


class EventName(NamedTuple):
    """Names one event for ever: `device` 32 hex digits, `incarnation` 16, `seq` from 1 without gaps."""

    device: str
    incarnation: str
    seq: facts.Count

    def __str__(self) -> str:
        return f"{self.device}.{self.incarnation}.{self.seq}"

    @classmethod
    def parse(cls, text: str) -> "EventName":
        """Raises ValueError when `text` is no such name."""
        device, incarnation, seq = text.split(".")
        return cls(device, incarnation, facts.count(seq))


Body = facts.Body


# --- a dossier's life -------------------------------------------------------------------------


class Received(Body, frozen=True, omit_defaults=True, tag="received"):
    """Opens a dossier with all decided at the desk; a written `agreement` made its limit longer."""

    procedure: str
    procedure_name: str
    field: str
    case: Count
    case_name: str
    limit: Limit
    promise: Promise
    code: str = ""
    provisional_code: str = ""
    serial: Serial | None = None
    slip: Serial | None = None
    counter: Count = 0
    sets: Count = 1
    channel: Literal["counter", "online", "post"] = "counter"
    received_unit: str = ""
    resolving_agency: str = ""
    return_place: str = ""
    fee: Fee = Fee()
    profile: str = "tt-03-2025"
    unverified: bool = False
    agreement: str = ""


class HandedOver(Body, frozen=True, omit_defaults=True, tag="handed_over"):
    """`slip` numbers the list the papers went with: one for all that were handed over at once."""

    to: str
    slip: Serial | None = None


class Accepted(Body, frozen=True, omit_defaults=True, tag="accepted"):
    pass


class SentBack(Body, frozen=True, omit_defaults=True, tag="sent_back"):
    pass


class SupplementRequested(Body, frozen=True, omit_defaults=True, tag="supplement_requested"):
    slip: Serial | None = None


class SupplementReceived(Body, frozen=True, omit_defaults=True, tag="supplement_received"):
    """`restarted`: the clock was counted from the start again (else it went on where it stood)."""

    promise: Promise | None = None
    restarted: bool = False


class PaymentRequested(Body, frozen=True, omit_defaults=True, tag="payment_requested"):
    """`duty`: a tax or the like, beside the dossier's own fee; `runs_on`: the clock doesn't stop."""

    amount: Count | None = None
    duty: bool = False
    runs_on: bool = False


class Paid(Body, frozen=True, omit_defaults=True, tag="paid"):
    amount: Count | None = None
    method: Literal["cash", "transfer", ""] = ""
    promise: Promise | None = None


class CaseChanged(Body, frozen=True, omit_defaults=True, tag="case_changed"):
    """The same law's other limit, or the one of a written `agreement`; `slip` numbers the notice."""

    case: Count
    case_name: str
    limit: Limit
    promise: Promise
    slip: Serial | None = None
    agreement: str = ""


class Forwarded(Body, frozen=True, omit_defaults=True, tag="forwarded"):
    to: str
    agency: str = ""
    parts: tuple[Part, ...] = ()


class Signed(Body, frozen=True, omit_defaults=True, tag="signed"):
    pass


class Apologised(Body, frozen=True, omit_defaults=True, tag="apologised"):
    """`signer` heads the `agency` that is late, and signs."""

    promise: Promise
    slip: Serial | None = None
    in_time: bool = True
    signer: str = ""
    agency: str = ""


class Resolved(Body, frozen=True, omit_defaults=True, tag="resolved"):
    outcome: Literal["granted", "refused"] = "granted"
    slip: Serial | None = None
    certified: Serial | None = None  # in the book of `app.models.procedures.certification`


class Returned(Body, frozen=True, omit_defaults=True, tag="returned"):
    way: Literal["self", "authorised", "post"] = "self"


class Refusal(Body, frozen=True, omit_defaults=True, tag="refused"):
    slip: Serial | None = None


class Reopened(Body, frozen=True, omit_defaults=True, tag="reopened"):
    promise: Promise | None = None
    restarted: bool = False


class Corrected(Body, frozen=True, omit_defaults=True, tag="corrected"):
    """Which facts changed; the new ones stand in the personal part or in the fields given here."""

    fields: tuple[str, ...]
    procedure: str = ""
    procedure_name: str = ""
    field: str = ""
    case: Count = 0
    case_name: str = ""
    limit: Limit | None = None
    promise: Promise | None = None
    fee: Fee | None = None


class Undone(Body, frozen=True, omit_defaults=True, tag="undone"):
    deed: str


class Voided(Body, frozen=True, omit_defaults=True, tag="voided"):
    pass


class CodeAssigned(Body, frozen=True, omit_defaults=True, tag="code_assigned"):
    code: str


class Printed(Body, frozen=True, omit_defaults=True, tag="printed"):
    """A print job, written down before it is sent; `ordinal` 0 is the original."""

    form: str
    paper: str
    ordinal: Count = 0
    replaces: bool = False


class PrintSpoiled(Body, frozen=True, omit_defaults=True, tag="print_spoiled"):
    """By the officer's word what `printed` put on paper is none to give away; `copy` from 1, 0: all."""

    printed: str
    copy: Count = 0


class ConflictSettled(Body, frozen=True, omit_defaults=True, tag="conflict_settled"):
    """Somebody looked at what the deed `event` met, which it hadn't seen: no task any more."""

    event: str


# --- at the desk, without a dossier -------------------------------------------------------------


class LeftUnreceived(Body, frozen=True, omit_defaults=True, tag="left_unreceived"):
    """Somebody came and left without being received: guidance, supplement slip or refusal."""

    outcome: Literal["guidance", "supplement", "refusal"]
    procedure: str = ""
    procedure_name: str = ""
    slip: Serial | None = None


# --- the unit and its counters ------------------------------------------------------------------


class IncarnationStarted(Body, frozen=True, omit_defaults=True, tag="incarnation_started"):
    """First event of every log; `left` names the head it left and `reason` says why.

    `in_doubt` lists (series, first, last): numbers the marker knew and the database doesn't.
    """

    counter: Count
    sign_key: str
    seal_key: str
    reason: Literal["new", "restored", "crashed", "moved", "no_marker", "forked"] = "new"
    left: EventName | None = None
    left_hash: str = ""
    in_doubt: tuple[tuple[str, int, int], ...] = ()


class UnitDescribed(Body, frozen=True, omit_defaults=True, tag="unit_described"):
    """What the unit calls itself on paper, and the policies it works by: see `app.models.unit.describing`."""

    name: str
    agency_upper: str = ""
    agency_own: str = ""
    sign: str = "TTPVHCC"
    place: str = ""
    hotline: str = ""
    upstream: str = ""
    lookup_url: str = ""
    return_by: str = "16:30"
    cut_off: str = "15:00"
    supplement: Literal["restart", "pause"] = "restart"
    payment: Literal["pause", "run"] = "pause"
    reopen: Literal["pause", "restart"] = "pause"
    rating_url: str = ""
    tax_number: str = ""
    shelves: tuple[tuple[str, str], ...] = ()
    return_place: str = ""
    two_stage: tuple[str, ...] = ()
    hours: tuple[str, ...] = ()
    rating_invitation: str = ""
    rating_levels: str = ""


class OfficerAdded(Body, frozen=True, omit_defaults=True, tag="officer_added"):
    """An officer of the unit; the list is public by law. Adding the same login again replaces it."""

    login: str
    name: str
    roles: tuple[str, ...]
    title: str = ""
    active: bool = True


class ProcedureSet(Body, frozen=True, omit_defaults=True, tag="procedure_set"):
    """One row of the catalogue, as `app.models.procedures.procedure.to_json` writes it."""

    code: str
    procedure: dict[str, object]
    decision: str = ""


class DaySet(Body, frozen=True, omit_defaults=True, tag="day_set"):
    """One special day of the calendar."""

    date: str
    kind: str
    name: str
    source: str = ""
    confirmed: bool = True


# --- said by the server -------------------------------------------------------------------------


class Enrolled(Body, frozen=True, omit_defaults=True, tag="enrolled"):
    """The server knows this device and its keys (hex), which as it enrolled read `branches`, or didn't."""

    device: str
    counter: Count
    sign_key: str
    seal_key: str
    branches: bool = False


class LaneGranted(Body, frozen=True, omit_defaults=True, tag="lane_granted"):
    """Lane `lane` belongs to one incarnation for code dates `first`–`last` (ISO dates)."""

    device: str
    incarnation: str
    lane: Count
    first: str
    last: str


class BookGranted(Body, frozen=True, omit_defaults=True, tag="book_granted"):
    """Book `book` of every register belongs to one incarnation from `after` on."""

    device: str
    incarnation: str
    book: Count


class Revoked(Body, frozen=True, omit_defaults=True, tag="revoked"):
    """Nothing of this log counts from `seq` on."""

    device: str
    incarnation: str
    seq: Count


AnyBody = (
    Received | HandedOver | Accepted | SentBack | SupplementRequested | SupplementReceived
    | PaymentRequested | Paid | CaseChanged | Forwarded | Signed | Apologised | Resolved | Returned
    | Refusal | Withdrawn | Stopped | Reopened | Corrected | Undone | Voided | CodeAssigned | Printed
    | PrintSpoiled | ConflictSettled | Digitised | DigitisingReversed | DelayExplained | Reappointed
    | CitizenTold | Hastened | Eased | AgencyAnswered | LeftUnreceived | Assisted | IncarnationStarted | UnitDescribed | OfficerAdded
    | ProcedureSet | DaySet | ReceiptBookIssued | FeeReceipted | FeeReceiptSpoiled | OnlineArrived | OnlineAnswered | Enrolled | LaneGranted | BookGranted | Revoked | NoticeSent | NoticeWithdrawn | NoticeRead | ProvinceDescribed | ProvinceEntered
)  # fmt: skip


class Unknown(msgspec.Struct, frozen=True):
    """A body of a later version: kept as it came, without effect here."""

    type: str


class Personal(msgspec.Struct, frozen=True, omit_defaults=True):
    """The erasable part. `salt` (base64url) is the dossier's: without it the hash says nothing;
    `waybill` is the public post's number of what it brought, or takes to the citizen."""

    salt: str
    applicant: Applicant | None = None
    principal: Principal | None = None
    recipient: Recipient | None = None
    request: str = ""
    documents: tuple[Document, ...] = ()
    items: tuple[str, ...] = ()
    reason: str = ""
    note: str = ""
    collector: str = ""
    asked_by: str = ""
    waybill: str = ""
    file_key: str = ""


class Event(msgspec.Struct, frozen=True):
    """One fact, decoded. `about` names the thing: the event that opened it, or `officer:<login>` …

    `seen_as` tells `about` and `saw` from other events of the same names: see `app.models.dossiers.references`.
    `revoked` is no part of its bytes: who reads it says whether its device was revoked before it.
    """

    name: EventName
    about: str
    saw: tuple[EventName, ...]
    by: str
    keyed_by: str
    at: Instant
    keyed_at: Instant
    body: AnyBody | Unknown
    personal: Personal | None = None
    seen_as: tuple[str, ...] = ()
    revoked: bool = False


def thing_of(name: EventName) -> str:
    """The thing opened by the event `name`: a dossier, a visit that left unreceived, a help."""
    return str(name)


def type_of(body: AnyBody | Unknown) -> str:
    """The body's type as it stands in the bytes."""
    return body.type if isinstance(body, Unknown) else str(body.__struct_config__.tag)
