"""Folds the events of one dossier into what they mean; reads nothing but the events.

What an event saw comes before it; among the rest the smallest name first. So replicas that hold
the same events agree, whatever the order in which they came.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from heapq import heapify, heappop, heappush

from msgspec import structs

from app.models import events as e
from app.models import facts
from app.models.applicant import Applicant, Principal
from app.models.deadline import Limit
from app.models.lifecycle import REVERSAL, TRANSITIONS, Deed, Status, deed_of

VERSION = 2  # of the fold: a change of meaning raises it and every table is rebuilt

ONE_STOP = "Một cửa"
CITIZEN = "Công dân"


class Effect(StrEnum):
    APPLIED = "applied"
    HELD = "held"
    WITHOUT = "without_effect"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the fold made of one event; `reason` is the sentence when it had no effect."""

    event: e.Event
    effect: Effect
    reason: str = ""


@dataclass(frozen=True, slots=True)
class HandOver:
    """One row of the control slip."""

    giver: str
    to: str
    at: datetime
    accepted_at: datetime | None = None
    taker: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Dossier:
    """One dossier as its events tell it. `promises[0]` is what lateness is measured against."""

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
    applicant: Applicant | None
    principal: Principal | None
    request: str
    documents: tuple[facts.Document, ...]
    salt: str
    fee: facts.Fee
    paid: bool = False
    hand_overs: tuple[HandOver, ...] = ()
    supplement_requests: int = 0
    apologies: int = 0
    corrections: int = 0
    counted_from: datetime | None = None
    pauses: tuple[tuple[datetime, datetime], ...] = ()
    prints: tuple[tuple[str, int], ...] = ()
    prints_before_correction: tuple[tuple[str, int], ...] = ()
    spoiled: frozenset[tuple[str, int]] = frozenset()
    """Prints that came to nothing, by the officer's word: (event that printed, copy; 0 is all)."""
    outcome: str = ""
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
        return self.promises[0].due

    def prints_of(self, form: str) -> int:
        """How many times `form` was sent to paper."""
        return dict(self.prints).get(form, 0)

    def outdated_prints_of(self, form: str) -> int:
        """How many of those were printed before the last correction, and are replaced by the next."""
        return dict(self.prints_before_correction).get(form, 0)


@dataclass(frozen=True, slots=True)
class Folded:
    """The dossier (None while its opening event is missing) and a verdict per event, in order."""

    dossier: Dossier | None
    verdicts: tuple[Verdict, ...]


class NoEffect(Exception):
    """Why an event changes nothing; the text is for the officer."""


def in_order(events: Iterable[e.Event]) -> list[e.Event]:
    """The events in canonical order; those that saw something missing are left out."""
    by_name = {event.name: event for event in events}
    waits: dict[e.EventName, int] = {}
    after: dict[e.EventName, list[e.EventName]] = {}
    for name, event in by_name.items():
        waits[name] = len(event.saw)
        for seen in event.saw:
            after.setdefault(seen, []).append(name)
    ready = [name for name, count in waits.items() if count == 0]
    heapify(ready)
    ordered: list[e.Event] = []
    while ready:
        name = heappop(ready)
        ordered.append(by_name[name])
        for later in after.get(name, ()):
            waits[later] -= 1
            if waits[later] == 0:
                heappush(ready, later)
    return ordered


def heads(events: Iterable[e.Event]) -> tuple[e.EventName, ...]:
    """What the next deed's `saw` names: the placed events that no other placed one has seen."""
    placed = in_order(events)
    seen = {name for event in placed for name in event.saw}
    return tuple(sorted(event.name for event in placed if event.name not in seen))


def fold(events: Iterable[e.Event]) -> Folded:
    """Fold the events about one dossier; those that can't be placed yet are held."""
    events = tuple(events)
    folding = _Folding()
    verdicts = [folding.take(event) for event in in_order(events)]
    placed = {verdict.event.name for verdict in verdicts}
    held = sorted((event for event in events if event.name not in placed), key=lambda x: x.name)
    waiting = "chờ sự kiện trước đó từ máy khác"
    verdicts += [Verdict(event, Effect.HELD, waiting) for event in held]
    return Folded(folding.dossier, tuple(verdicts))


@dataclass(slots=True)
class _Folding:
    """Walks the ordered events; keeps what each state-changing deed replaced, for undo."""

    dossier: Dossier | None = None
    before: list[tuple[e.EventName, Deed, Dossier]] = field(default_factory=list)

    def take(self, event: e.Event) -> Verdict:
        try:
            self.dossier = self._after(event)
        except NoEffect as why:
            return Verdict(event, Effect.WITHOUT, str(why))
        return Verdict(event, Effect.APPLIED)

    def _after(self, event: e.Event) -> Dossier:
        if isinstance(event.body, e.Received):
            if self.dossier is not None or event.about != e.thing_of(event.name):
                raise NoEffect("hồ sơ này đã được tiếp nhận bằng một sự kiện khác")
            return opened(event, event.body)
        if self.dossier is None:
            raise NoEffect("chưa có hồ sơ để thực hiện")
        if isinstance(event.body, e.Undone):
            return self._undone(event.body)
        after = applied(self.dossier, event)
        deed = deed_of(event.body)
        if deed is not None:
            self.before.append((event.name, deed, self.dossier))
            after = replace(after, last_change=event.name, last_deed=deed)
        return after

    def _undone(self, body: e.Undone) -> Dossier:
        assert self.dossier is not None
        if not self.before or str(self.before[-1][0]) != body.deed:
            raise NoEffect("thao tác này không còn là thao tác cuối cùng của hồ sơ")
        _, deed, before = self.before[-1]
        if REVERSAL[deed][0] is not Deed.UNDO:
            raise NoEffect(REVERSAL[deed][1])
        self.before.pop()
        # paper that went out and a code that came stay, whatever is taken back
        return replace(
            before, prints=self.dossier.prints, spoiled=self.dossier.spoiled, code=self.dossier.code
        )


def opened(event: e.Event, body: e.Received) -> Dossier:
    """The dossier the moment it was received."""
    personal = event.personal or e.Personal(salt="")
    return Dossier(
        name=event.name,
        received=body,
        received_at=event.at,
        received_by=event.by,
        status=Status.RECEIVED,
        holder=ONE_STOP,
        holder_since=event.at,
        code=body.code,
        provisional_code=body.provisional_code,
        procedure=body.procedure,
        procedure_name=body.procedure_name,
        field=body.field,
        case=body.case,
        case_name=body.case_name,
        limit=body.limit,
        promises=(body.promise,),
        applicant=personal.applicant,
        principal=personal.principal,
        request=personal.request,
        documents=personal.documents,
        salt=personal.salt,
        fee=body.fee,
        paid=body.fee.when == "now" and bool(body.fee.amount),
    )


def applied(dossier: Dossier, event: e.Event) -> Dossier:
    """The dossier after `event`; raises `NoEffect` with the reason when the step isn't allowed."""
    body = event.body
    if isinstance(body, e.Unknown):
        raise NoEffect("phiên bản này chưa hiểu loại sự kiện này; vẫn giữ và chuyển tiếp")
    deed = deed_of(body)
    if deed is None:
        return _noted(dossier, body)
    steps = TRANSITIONS[deed]
    if dossier.status not in steps:
        raise NoEffect(f"hồ sơ không còn ở bước có thể thực hiện ({dossier.status.value})")
    stepped = replace(dossier, status=steps[dossier.status] or dossier.status)
    return _changed(stepped, dossier, event)


def _noted(dossier: Dossier, body: object) -> Dossier:
    match body:
        case e.Printed(form=form):
            prints = dict(dossier.prints)
            prints[form] = prints.get(form, 0) + 1
            return replace(dossier, prints=tuple(sorted(prints.items())))
        case e.PrintSpoiled(printed=printed, copy=copy):
            return replace(dossier, spoiled=dossier.spoiled | {(printed, copy)})
        case e.CodeAssigned(code=code):
            if dossier.code:
                raise NoEffect("hồ sơ đã có mã chính thức")
            return replace(dossier, code=code)
        case _:
            raise NoEffect("sự kiện này không nói về hồ sơ")


def _changed(after: Dossier, before: Dossier, event: e.Event) -> Dossier:
    match event.body:
        case e.HandedOver(to=to) | e.Forwarded(to=to):
            row = HandOver(before.holder, to, event.at)
            return replace(_held_by(after, to, event), hand_overs=(*before.hand_overs, row))
        case e.Accepted():
            row = replace(before.hand_overs[-1], accepted_at=event.at, taker=event.by)
            taken = replace(after, hand_overs=(*before.hand_overs[:-1], row))
            return _held_by(taken, event.by, event)
        case e.SentBack():
            return _sent_back(after, before, event)
        case e.SupplementRequested():
            if before.supplement_requests:
                raise NoEffect("hồ sơ đã được yêu cầu bổ sung một lần")
            return replace(_held_by(after, CITIZEN, event), supplement_requests=1)
        case e.PaymentRequested():
            return _held_by(after, CITIZEN, event)
        case e.SupplementReceived() | e.Reopened() as again:
            resumed = _resumed(after, before, event, restarted=again.restarted)
            return _promised(resumed, again.promise)
        case e.Paid() as paid:
            return _paid(after, before, event, paid)
        case e.Apologised(promise=promise):
            if before.apologies:
                raise NoEffect("hồ sơ đã được hẹn lại một lần")
            return replace(_promised(after, promise), apologies=1)
        case e.CaseChanged() as changed:
            renamed = replace(
                after, case=changed.case, case_name=changed.case_name, limit=changed.limit
            )
            return _promised(renamed, changed.promise)
        case e.Corrected() as corrected:
            return _corrected(after, corrected, event.personal)
        case _:
            return _finished(after, event)


def _finished(after: Dossier, event: e.Event) -> Dossier:
    match event.body:
        case e.Signed() | e.Voided() | e.Withdrawn() | e.Stopped():
            return _held_by(
                after, ONE_STOP if after.status is not Status.SIGNED else event.by, event
            )
        case e.Resolved(outcome=outcome):
            done = replace(after, outcome=outcome, resolved_at=event.at)
            return _held_by(done, ONE_STOP, event)
        case e.Refusal():
            done = replace(after, outcome="refused", resolved_at=event.at)
            return _held_by(done, ONE_STOP, event)
        case e.Returned():
            return replace(_held_by(after, CITIZEN, event), returned_at=event.at)
        case _:
            raise NoEffect("sự kiện này không đổi trạng thái hồ sơ")


def _held_by(dossier: Dossier, holder: str, event: e.Event) -> Dossier:
    return replace(dossier, holder=holder, holder_since=event.at)


def _promised(dossier: Dossier, promise: facts.Promise | None) -> Dossier:
    if promise is None:
        return dossier
    return replace(dossier, promises=(*dossier.promises, promise))


def _resumed(after: Dossier, before: Dossier, event: e.Event, *, restarted: bool) -> Dossier:
    """The clock runs again: from here, or on from where it stood."""
    taken = _held_by(after, event.by, event)
    if restarted:
        return replace(taken, counted_from=event.at, pauses=())
    return replace(taken, pauses=(*before.pauses, (before.holder_since, event.at)))


def _paid(after: Dossier, before: Dossier, event: e.Event, body: e.Paid) -> Dossier:
    """The fee is paid, an unknown one as it was collected; a waiting dossier's clock runs on."""
    paid = replace(after, paid=True)
    if after.status != before.status:
        return _promised(_resumed(paid, before, event, restarted=False), body.promise)
    if before.fee.amount is not None:
        return paid
    return replace(paid, fee=structs.replace(before.fee, amount=body.amount, method=body.method))


def _sent_back(after: Dossier, before: Dossier, event: e.Event) -> Dossier:
    row = before.hand_overs[-1]
    note = event.personal.reason if event.personal else ""
    returned = replace(row, note=note, taker=event.by)
    status = Status.RECEIVED if row.giver == ONE_STOP else Status.PROCESSING
    back = replace(after, status=status, hand_overs=(*before.hand_overs[:-1], returned))
    return _held_by(back, row.giver, event)


def _corrected(dossier: Dossier, body: e.Corrected, personal: e.Personal | None) -> Dossier:
    after = replace(
        dossier,
        corrections=dossier.corrections + 1,
        prints_before_correction=dossier.prints,
    )
    if personal is not None:
        after = replace(
            after,
            applicant=personal.applicant or after.applicant,
            principal=personal.principal or after.principal,
            request=personal.request or after.request,
            documents=personal.documents or after.documents,
        )
    if not body.procedure:
        return after
    moved = replace(
        after,
        procedure=body.procedure,
        procedure_name=body.procedure_name,
        field=body.field,
        case=body.case,
        case_name=body.case_name,
        limit=body.limit or after.limit,
    )
    return _promised(moved, body.promise)
