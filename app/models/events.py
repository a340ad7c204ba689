"""The facts: a closed union of event bodies, and the bytes they become.

An event is named by (device, incarnation, seq) and has a public part, which the log's chain
hashes as it stands, and a personal part, which can be erased. Both are canonical JSON: UTF-8,
keys sorted, no white space, defaults left out. Types and fields this version doesn't know are
kept as they came (`Unknown`) and passed on.
"""

from datetime import datetime
from typing import Literal, NamedTuple

import msgspec

from app.models.applicant import Applicant, Principal
from app.models.deadline import Limit

FORMAT = 1
SALT_BYTES = 10  # 80 bits: beyond guessing, and cheap enough for thousands of events a batch


class EventName(NamedTuple):
    """Names one event for ever: `device` 32 hex digits, `incarnation` 16, `seq` from 1 without gaps."""

    device: str
    incarnation: str
    seq: int

    def __str__(self) -> str:
        return f"{self.device}.{self.incarnation}.{self.seq}"

    @classmethod
    def parse(cls, text: str) -> "EventName":
        device, incarnation, seq = text.split(".")
        return cls(device, incarnation, int(seq))


class Body(msgspec.Struct, frozen=True, omit_defaults=True, tag_field="type"):
    """What every event body has in common: its type stands in the field `type`."""


# --- a dossier's life -------------------------------------------------------------------------


class Document(msgspec.Struct, frozen=True, omit_defaults=True):
    """One line of the checklist: how many of each kind were handed in, or only shown."""

    name: str
    originals: int = 0
    certified: int = 0
    copies: int = 0
    shown: bool = False


class Fee(msgspec.Struct, frozen=True, omit_defaults=True):
    """What is owed and how: `amount` in đồng, None while nobody knows the rate."""

    amount: int | None = None
    rule: str = ""
    article: str = ""
    exempt: str = ""
    when: Literal["now", "on_return", ""] = ""
    method: Literal["cash", "transfer", ""] = ""
    pages: int = 0
    copies: int = 0


class Serial(msgspec.Struct, frozen=True):
    """A number in a book: register group, year, book (quyển), running number from 1."""

    group: str
    year: int
    book: int
    number: int


class Promise(msgspec.Struct, frozen=True, omit_defaults=True):
    """An appointment as it was given: `why` is merged ranges [from, to, counted, rule]."""

    due: datetime
    why: tuple[tuple[str, str, int, str], ...] = ()
    warnings: tuple[str, ...] = ()


class Received(Body, frozen=True, omit_defaults=True, tag="received"):
    """Opens a dossier: everything decided while the citizen stood at the desk."""

    procedure: str
    procedure_name: str
    field: str
    case: int
    case_name: str
    limit: Limit
    promise: Promise
    code: str = ""
    provisional_code: str = ""
    serial: Serial | None = None
    slip_number: int = 0
    counter: int = 0
    sets: int = 1
    channel: Literal["counter", "online", "post"] = "counter"
    received_unit: str = ""
    resolving_agency: str = ""
    return_place: str = ""
    fee: Fee = Fee()
    profile: str = "tt-03-2025"
    unverified: bool = False


class HandedOver(Body, frozen=True, omit_defaults=True, tag="handed_over"):
    to: str
    list_number: int = 0


class Accepted(Body, frozen=True, omit_defaults=True, tag="accepted"):
    pass


class SentBack(Body, frozen=True, omit_defaults=True, tag="sent_back"):
    pass


class SupplementRequested(Body, frozen=True, omit_defaults=True, tag="supplement_requested"):
    slip_number: int = 0


class SupplementReceived(Body, frozen=True, omit_defaults=True, tag="supplement_received"):
    promise: Promise | None = None


class PaymentRequested(Body, frozen=True, omit_defaults=True, tag="payment_requested"):
    amount: int | None = None


class Paid(Body, frozen=True, omit_defaults=True, tag="paid"):
    amount: int | None = None
    method: Literal["cash", "transfer", ""] = ""
    promise: Promise | None = None


class CaseChanged(Body, frozen=True, omit_defaults=True, tag="case_changed"):
    case: int
    case_name: str
    limit: Limit
    promise: Promise


class Forwarded(Body, frozen=True, omit_defaults=True, tag="forwarded"):
    to: str
    agency: str = ""


class Signed(Body, frozen=True, omit_defaults=True, tag="signed"):
    pass


class Apologised(Body, frozen=True, omit_defaults=True, tag="apologised"):
    promise: Promise
    slip_number: int = 0
    in_time: bool = True


class Resolved(Body, frozen=True, omit_defaults=True, tag="resolved"):
    outcome: Literal["granted", "refused"] = "granted"
    slip_number: int = 0


class Returned(Body, frozen=True, omit_defaults=True, tag="returned"):
    way: Literal["self", "authorised", "post"] = "self"


class Refusal(Body, frozen=True, omit_defaults=True, tag="refused"):
    slip_number: int = 0


class Withdrawn(Body, frozen=True, omit_defaults=True, tag="withdrawn"):
    pass


class Stopped(Body, frozen=True, omit_defaults=True, tag="stopped"):
    slip_number: int = 0


class Reopened(Body, frozen=True, omit_defaults=True, tag="reopened"):
    promise: Promise | None = None


class Corrected(Body, frozen=True, omit_defaults=True, tag="corrected"):
    """Which facts changed; the new ones stand in the personal part or in the fields given here."""

    fields: tuple[str, ...]
    procedure: str = ""
    procedure_name: str = ""
    field: str = ""
    case: int = 0
    case_name: str = ""
    limit: Limit | None = None
    promise: Promise | None = None


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
    ordinal: int = 0
    replaces: bool = False


# --- at the desk, without a dossier -------------------------------------------------------------


class LeftUnreceived(Body, frozen=True, omit_defaults=True, tag="left_unreceived"):
    """Somebody came and left without being received: guidance, supplement slip or refusal."""

    outcome: Literal["guidance", "supplement", "refusal"]
    procedure: str = ""
    procedure_name: str = ""
    slip_number: int = 0


# --- the unit and its counters ------------------------------------------------------------------


class IncarnationStarted(Body, frozen=True, omit_defaults=True, tag="incarnation_started"):
    """First event of every log; `left` names the head it left and `reason` says why.

    `in_doubt` lists (series, first, last): numbers the marker knew and the database doesn't.
    """

    counter: int
    sign_key: str
    seal_key: str
    reason: Literal["new", "restored", "crashed", "moved", "no_marker", "forked"] = "new"
    left: EventName | None = None
    left_hash: str = ""
    in_doubt: tuple[tuple[str, int, int], ...] = ()


class UnitDescribed(Body, frozen=True, omit_defaults=True, tag="unit_described"):
    """What the unit calls itself on paper, and the policies it works by."""

    name: str
    agency_upper: str = ""
    agency_own: str = ""
    place: str = ""
    hotline: str = ""
    upstream: str = ""
    lookup_url: str = ""
    return_by: str = "16:30"
    cut_off: str = "15:00"
    supplement: Literal["restart", "pause"] = "restart"


class OfficerAdded(Body, frozen=True, omit_defaults=True, tag="officer_added"):
    """An officer of the unit; the list is public by law. Adding the same login again replaces it."""

    login: str
    name: str
    roles: tuple[str, ...]
    title: str = ""
    active: bool = True


class ProcedureSet(Body, frozen=True, omit_defaults=True, tag="procedure_set"):
    """One row of the catalogue, as `app.models.procedure.to_json` writes it."""

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
    """The server knows this device and its keys (hex)."""

    device: str
    counter: int
    sign_key: str
    seal_key: str


class LaneGranted(Body, frozen=True, omit_defaults=True, tag="lane_granted"):
    """Lane `lane` belongs to one incarnation for code dates `first`–`last` (ISO dates)."""

    device: str
    incarnation: str
    lane: int
    first: str
    last: str


class BookGranted(Body, frozen=True, omit_defaults=True, tag="book_granted"):
    """Book `book` of every register belongs to one incarnation from `after` on."""

    device: str
    incarnation: str
    book: int


class Revoked(Body, frozen=True, omit_defaults=True, tag="revoked"):
    """Nothing of this log counts from `seq` on."""

    device: str
    incarnation: str
    seq: int


AnyBody = (
    Received | HandedOver | Accepted | SentBack | SupplementRequested | SupplementReceived
    | PaymentRequested | Paid | CaseChanged | Forwarded | Signed | Apologised | Resolved | Returned
    | Refusal | Withdrawn | Stopped | Reopened | Corrected | Undone | Voided | CodeAssigned | Printed
    | LeftUnreceived | IncarnationStarted | UnitDescribed | OfficerAdded | ProcedureSet | DaySet
    | Enrolled | LaneGranted | BookGranted | Revoked
)  # fmt: skip


class Unknown(msgspec.Struct, frozen=True):
    """A body of a later version: kept as it came, without effect here."""

    type: str


class Personal(msgspec.Struct, frozen=True, omit_defaults=True):
    """The erasable part. `salt` (base64url) is the dossier's: without it the hash says nothing."""

    salt: str
    applicant: Applicant | None = None
    principal: Principal | None = None
    request: str = ""
    documents: tuple[Document, ...] = ()
    items: tuple[str, ...] = ()
    reason: str = ""
    note: str = ""
    collector: str = ""


class Event(msgspec.Struct, frozen=True):
    """One fact, decoded. `about` names the thing: the event that opened it, or `officer:<login>` …"""

    name: EventName
    about: str
    saw: tuple[EventName, ...]
    by: str
    keyed_by: str
    at: datetime
    keyed_at: datetime
    body: AnyBody | Unknown
    personal: Personal | None = None


class Record(NamedTuple):
    """An event as bytes: what is stored, chained and sent. `personal` is None when there is none
    or it was erased; then `personal_hash` tells which (empty: there never was one)."""

    public: bytes
    personal: bytes | None
    personal_hash: bytes


class _Envelope(msgspec.Struct, frozen=True, omit_defaults=True):
    """The public part. An opening event's `about` is empty: it is the thing's name itself."""

    by: str
    at: datetime
    body: AnyBody
    about: str = ""
    saw: tuple[EventName, ...] = ()
    keyed_by: str = ""
    keyed_at: datetime | None = None
    v: int = FORMAT


class _AnyEnvelope(msgspec.Struct, frozen=True):
    """As much of an envelope as every version has."""

    by: str
    at: datetime
    body: dict[str, object]
    about: str = ""
    saw: tuple[EventName, ...] = ()
    keyed_by: str = ""
    keyed_at: datetime | None = None


_decode_public = msgspec.json.Decoder(_Envelope).decode
_decode_any = msgspec.json.Decoder(_AnyEnvelope).decode
_decode_personal = msgspec.json.Decoder(Personal).decode
_encode = msgspec.json.Encoder(order="sorted").encode


def thing_of(name: EventName) -> str:
    """The thing opened by the event `name`: a dossier, or a visit that left unreceived."""
    return str(name)


def encode(event: Event) -> tuple[bytes, bytes | None]:
    """(public bytes, personal bytes or None), canonical."""
    assert not isinstance(event.body, Unknown), "an unknown event is passed on, never written"
    envelope = _Envelope(
        by=event.by,
        at=event.at,
        body=event.body,
        about="" if event.about == thing_of(event.name) else event.about,
        saw=event.saw,
        keyed_by="" if event.keyed_by == event.by else event.keyed_by,
        keyed_at=None if event.keyed_at == event.at else event.keyed_at,
    )
    return _encode(envelope), None if event.personal is None else _encode(event.personal)


def decode(name: EventName, public: bytes, personal: bytes | None) -> Event:
    """The event `name` from its bytes; a body this version can't read becomes `Unknown`.

    Raises `msgspec.DecodeError` when the bytes are no event at all.
    """
    envelope: _Envelope | _AnyEnvelope
    body: AnyBody | Unknown
    try:
        envelope = _decode_public(public)
        body = envelope.body
    except msgspec.ValidationError:
        envelope = _decode_any(public)
        body = Unknown(str(envelope.body.get("type", "")))
    return Event(
        name=name,
        about=envelope.about or thing_of(name),
        saw=envelope.saw,
        by=envelope.by,
        keyed_by=envelope.keyed_by or envelope.by,
        at=envelope.at,
        keyed_at=envelope.keyed_at or envelope.at,
        body=body,
        personal=None if personal is None else _decode_personal(personal),
    )


def type_of(body: AnyBody | Unknown) -> str:
    """The body's type as it stands in the bytes."""
    if isinstance(body, Unknown):
        return body.type
    return str(body.__struct_config__.tag)
