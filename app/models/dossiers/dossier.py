"""One dossier as its events tell it."""

from datetime import datetime

import msgspec

from app.models.citizens.applicant import Applicant, Principal, Recipient
from app.models.deadlines.deadline import Limit, Pause
from app.models.dossiers.lifecycle import Clock, Deed, Status, clock
from app.models.events import event as e
from app.models.events import facts
from app.models.events.closing import AskedWay, FeeBack
from app.models.events.digitising import FileName, HowDigitised
from app.models.events.forwarding import Answer, Part
from app.models.events.new_dates import ToldHow
from app.models.events.province import Entry

ONE_STOP = "Một cửa"
CITIZEN = "Công dân"


class HandOver(msgspec.Struct, frozen=True):
    """One row of the control slip; `forwarded` to another agency, or to all of `parts` at once."""

    giver: str
    to: str
    at: datetime
    accepted_at: datetime | None = None
    taker: str = ""
    note: str = ""
    forwarded: bool = False
    parts: tuple[Part, ...] = ()
    works: tuple[str, ...] = ()
    """What each of them shall do, as far as that was said."""
    answers: tuple[Answer, ...] = ()
    """What came back one by one, in the order it did."""

    @property
    def asked(self) -> tuple[Part, ...]:
        """The agencies it went to; an early event names but one."""
        return self.parts or (Part(self.to),)

    @property
    def outstanding(self) -> tuple[Part, ...]:
        """Those of them that have not answered."""
        answered = {answer.agency for answer in self.answers}
        return tuple(part for part in self.asked if part.agency not in answered)

    @property
    def part_due(self) -> datetime | None:
        """By when the first agency that still has it said it would be done; None while none did."""
        return min((part.due for part in self.outstanding if part.due), default=None)


class Payment(msgspec.Struct, frozen=True):
    """What was asked for on the way, with an amount and a state of its own.

    It may be a tax, so the dossier's own fee keeps its own; `duty` tells them apart, and only a
    payment that isn't one settles the fee. `event` is the one that asked.
    """

    event: e.EventName
    amount: int | None
    duty: bool
    asked_at: datetime
    runs_on: bool = False
    note: str = ""
    paid_at: datetime | None = None


class Delay(msgspec.Struct, frozen=True):
    """Why it will be late, in the resolver's words; `due` is the new date they ask for."""

    reason: str
    due: datetime | None
    by: str
    at: datetime


class Apology(msgspec.Struct, frozen=True):
    """The one re-appointment (NĐ 61/2018 Đ.19.9); `signer` heads the `agency` that is late."""

    slip: facts.Serial | None
    before: datetime
    due: datetime
    reason: str
    signer: str
    agency: str
    in_time: bool
    at: datetime


class Closing(msgspec.Struct, frozen=True):
    """A withdrawal or a stop: who asked, how and when, the papers given back, what of the fee."""

    deed: Deed
    slip: facts.Serial | None
    reason: str
    asked_by: str
    way: AskedWay
    asked_at: datetime | None
    papers_back: tuple[str, ...]
    fee_back: FeeBack
    at: datetime


class Notice(msgspec.Struct, frozen=True):
    """A new date the citizen has to be told of; `slip` numbers the paper, where there is one."""

    deed: Deed
    slip: facts.Serial | None
    due: datetime
    reason: str
    at: datetime
    how: ToldHow | None = None
    told_by: str = ""
    told_at: datetime | None = None


class Attachment(msgspec.Struct, frozen=True):
    """A file made of a paper of the checklist; `key` opens it, and is empty once it was erased."""

    event: e.EventName
    document: str
    line: int
    file: FileName
    size: int
    pages: int
    media: str
    how: HowDigitised
    key: str
    by: str
    at: datetime


class Urgency(msgspec.Struct, frozen=True):
    """It is wanted early: why, by when if that was said, and who took it down."""

    reason: str
    wished: datetime | None
    by: str
    at: datetime


class Dossier(msgspec.Struct, frozen=True):
    """One dossier as its events tell it.

    `promises` holds every due date ever given, and `promises[first]` is the one lateness is
    measured against: the first of the count that now runs. Only the law's own clock begins another
    count: a supplement or a payment waited for (NĐ 61/2018 Đ.19.4; national status 6), a stopped
    dossier re-opened, days the calendar took away, and the other limit that the law gives the right
    case or procedure, if the officer found that while the promise still stood. Found later it
    excuses nothing, and an apology never does.
    """

    name: e.EventName
    received: e.Received
    received_at: datetime
    received_by: str
    status: Status
    holder: str
    holder_since: datetime
    code: str
    provisional_code: str
    procedure: str
    procedure_name: str
    field: str
    case: int
    case_name: str
    limit: Limit
    promises: tuple[facts.Promise, ...]
    first: int
    applicant: Applicant | None
    principal: Principal | None
    request: str
    documents: tuple[facts.Document, ...]
    salt: str
    fee: facts.Fee
    recipient: Recipient | None = None
    paid: bool = False
    collected: int = 0
    """What was taken of the fee, in đồng: another procedure's is owed beside it, and forgets none."""
    payments: tuple[Payment, ...] = ()
    hand_overs: tuple[HandOver, ...] = ()
    supplement_requests: int = 0
    agreement: str = ""
    delay: Delay | None = None
    apology: Apology | None = None
    closing: Closing | None = None
    notices: tuple[Notice, ...] = ()
    urgency: Urgency | None = None
    corrections: int = 0
    counted_from: datetime | None = None
    pauses: tuple[Pause, ...] = ()
    prints: tuple[tuple[str, int], ...] = ()
    spoiled: frozenset[tuple[str, int]] = frozenset()
    """Prints that came to nothing, by the officer's word: (event that printed, copy; 0 is all)."""
    attachments: tuple[Attachment, ...] = ()
    province: Entry | None = None
    outcome: str = ""
    certified: facts.Serial | None = None
    returned_at: datetime | None = None
    resolved_at: datetime | None = None
    last_change: e.EventName | None = None
    last_deed: Deed | None = None

    @property
    def due(self) -> datetime:
        """The appointment now in force."""
        return self.promises[-1].due

    @property
    def first_due(self) -> datetime:
        """What lateness is measured against."""
        return self.promises[self.first].due

    def before(self, promise: facts.Promise) -> facts.Promise:
        """The promise that `promise`, when last given, took the place of; of the first, itself."""
        place = len(self.promises) - 1 - self.promises[::-1].index(promise)
        return self.promises[max(place - 1, 0)]

    @property
    def owed(self) -> int | None:
        """What is still to be taken of the fee, in đồng; None while nobody knows it."""
        if self.paid or self.fee.exempt:
            return 0
        return None if self.fee.amount is None else max(self.fee.amount - self.collected, 0)

    @property
    def runs(self) -> bool:
        """Whether the clock runs now."""
        waits_on_the_clock = self.status is Status.WAITING_PAYMENT and self.payments[-1].runs_on
        return waits_on_the_clock or clock(self.status) is Clock.RUNS

    @property
    def goes_by_post(self) -> bool:
        """Whether the public post takes its result to the citizen."""
        return "bưu" in self.received.return_place.casefold()

    @property
    def away(self) -> HandOver | None:
        """The hand-over by which it lies at another agency now; None while it lies here."""
        last = self.hand_overs[-1] if self.hand_overs else None
        is_away = self.status is Status.HANDED_OVER and last is not None and last.forwarded
        return last if is_away else None

    @property
    def taken(self) -> HandOver | None:
        """The hand-over within the unit that its holder accepted and works on; None before and after."""
        last = self.hand_overs[-1] if self.hand_overs else None
        if last is None or last.forwarded or last.accepted_at is None:
            return None
        is_theirs = self.status is Status.PROCESSING and self.holder == last.taker
        return last if is_theirs else None

    @property
    def untold(self) -> tuple[Notice, ...]:
        """The new dates the citizen doesn't know of yet."""
        return tuple(notice for notice in self.notices if notice.told_at is None)

    @property
    def shown_code(self) -> str:
        """The code; while it has none, the provisional one."""
        return self.code or self.provisional_code

    @property
    def owner(self) -> Applicant | Principal | None:
        """For whom it is; None once erased."""
        return self.principal or self.applicant

    @property
    def subject(self) -> str:
        """What is asked for, in the citizen's own words where they said it."""
        return self.request or self.procedure_name

    def prints_of(self, form: str) -> int:
        """How many times `form` was sent to paper."""
        return dict(self.prints).get(form, 0)
