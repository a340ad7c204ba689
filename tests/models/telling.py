"""Tells a dossier's events without a store: who saw what is kept as at a counter."""

from datetime import datetime, timedelta

import msgspec

from app.models.citizens.applicant import Applicant
from app.models.deadlines.calendar import VIETNAM
from app.models.deadlines.deadline import Limit, LimitUnit
from app.models.dossiers.dossier import Dossier
from app.models.dossiers.fold import Folded, fold, heads
from app.models.dossiers.lifecycle import Deed, Status
from app.models.events import event as e
from app.models.events import facts
from app.models.events.closing import Stopped, Withdrawn
from app.models.events.forwarding import AgencyAnswered
from app.models.events.new_dates import CitizenTold, DelayExplained, Reappointed
from app.models.events.urgency import Eased, Hastened

START = datetime(2026, 11, 23, 8, 0, tzinfo=VIETNAM)
THREE_DAYS = Limit(3, LimitUnit.WORKING_DAY, "03 ngày làm việc", "Đ.16")
LATER = facts.Promise(datetime(2026, 12, 3, 16, 30, tzinfo=VIETNAM))

RECEIVED = e.Received(
    procedure="1.001022",
    procedure_name="Đăng ký nhận cha, mẹ, con",
    field="Hộ tịch",
    case=1,
    case_name="",
    limit=THREE_DAYS,
    promise=facts.Promise(datetime(2026, 11, 26, 16, 30, tzinfo=VIETNAM)),
    code="H26.15.3-261123-0001",
)

# a body for each deed; an undo names what it undoes
BODIES: dict[Deed, e.AnyBody] = {
    Deed.RECEIVE: RECEIVED,
    Deed.HAND_OVER: e.HandedOver(to="hung"),
    Deed.ACCEPT: e.Accepted(),
    Deed.SEND_BACK: e.SentBack(),
    Deed.REQUEST_SUPPLEMENT: e.SupplementRequested(),
    Deed.SUPPLEMENT_RECEIVED: e.SupplementReceived(promise=LATER, restarted=True),
    Deed.REQUEST_PAYMENT: e.PaymentRequested(amount=8_000),
    Deed.PAID: e.Paid(amount=8_000),
    Deed.CHANGE_CASE: e.CaseChanged(2, "phải xác minh", THREE_DAYS, LATER),
    Deed.FORWARD: e.Forwarded(to="Sở Tư pháp"),
    Deed.ANSWER: AgencyAnswered("Sở Tư pháp"),
    Deed.SIGN: e.Signed(),
    Deed.EXPLAIN_DELAY: DelayExplained(),
    Deed.REAPPOINT: Reappointed(LATER),
    Deed.TELL: CitizenTold("phone"),
    Deed.HASTEN: Hastened(wished=START + timedelta(hours=2)),
    Deed.EASE: Eased(),
    Deed.APOLOGISE: e.Apologised(promise=LATER),
    Deed.RESOLVE: e.Resolved(),
    Deed.RETURN: e.Returned(),
    Deed.REFUSE: e.Refusal(),
    Deed.WITHDRAW: Withdrawn(),
    Deed.STOP: Stopped(),
    Deed.REOPEN: e.Reopened(promise=LATER),
    Deed.CORRECT: e.Corrected(fields=("applicant",)),
    Deed.VOID: e.Voided(),
}

# the deeds after reception that lead to each status
WAY: dict[Status, tuple[Deed, ...]] = {
    Status.RECEIVED: (),
    Status.HANDED_OVER: (Deed.HAND_OVER,),
    Status.PROCESSING: (Deed.HAND_OVER, Deed.ACCEPT),
    Status.WAITING_SUPPLEMENT: (Deed.HAND_OVER, Deed.ACCEPT, Deed.REQUEST_SUPPLEMENT),
    Status.WAITING_PAYMENT: (Deed.HAND_OVER, Deed.ACCEPT, Deed.REQUEST_PAYMENT),
    Status.SIGNED: (Deed.HAND_OVER, Deed.ACCEPT, Deed.SIGN),
    Status.RESOLVED: (Deed.HAND_OVER, Deed.ACCEPT, Deed.RESOLVE),
    Status.RETURNED: (Deed.HAND_OVER, Deed.ACCEPT, Deed.RESOLVE, Deed.RETURN),
    Status.WITHDRAWN: (Deed.WITHDRAW,),
    Status.STOPPED: (Deed.HAND_OVER, Deed.ACCEPT, Deed.STOP),
    Status.VOIDED: (Deed.VOID,),
}


def device(number: int) -> str:
    """A device's id; the smaller the number, the earlier its names stand."""
    return f"{number:032x}"


def an_applicant(name: str = "Nguyễn Thị Ánh") -> Applicant:
    return Applicant(name)


class Story:
    """One dossier as counters 1, 2 … tell it; a deed has seen all told so far, unless said."""

    def __init__(self, *deeds: Deed, **received: object) -> None:
        self.events: list[e.Event] = []
        self._told: dict[int, int] = {}
        self.name = e.EventName(device(1), "0" * 16, 1)
        personal = e.Personal(salt="c2FsdA", applicant=an_applicant())
        self.tell(msgspec.structs.replace(RECEIVED, **received), personal=personal)
        for deed in deeds:
            self.do(deed)

    def do(self, deed: Deed, by: str = "lan", on: int = 1) -> e.EventName:
        """Tell a deed of its sample body; an undo takes back the last change."""
        if deed is Deed.UNDO:
            return self.tell(e.Undone(str(self.dossier.last_change)), by=by, on=on)
        return self.tell(BODIES[deed], by=by, on=on)

    def tell(
        self, body: e.AnyBody | e.Unknown, *, by: str = "lan", on: int = 1,
        saw: tuple[e.EventName, ...] | None = None, personal: e.Personal | None = None,
    ) -> e.EventName:  # fmt: skip
        self._told[on] = self._told.get(on, 0) + 1
        name = e.EventName(device(on), "0" * 16, self._told[on])
        at = START + timedelta(minutes=10 * len(self.events))
        saw = self.heads if saw is None else saw
        event = e.Event(name, str(self.name), saw, by, by, at, at, body, personal)
        self.events.append(event)
        return name

    @property
    def folded(self) -> Folded:
        return fold(self.events)

    @property
    def heads(self) -> tuple[e.EventName, ...]:
        return heads(self.events)

    @property
    def dossier(self) -> Dossier:
        dossier = self.folded.dossier
        assert dossier is not None
        return dossier

    def reason(self, name: e.EventName) -> str:
        """Why the event `name` had no effect; empty when it had one."""
        return next(v.reason for v in self.folded.verdicts if v.event.name == name)
