"""Receives dossiers: looks at a draft as it is typed, receives it, or records who left without."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal

import msgspec

from app.desk.draft import (
    IntakeDraft,
    applicant_of,
    cautions_of_people,
    fee_of,
    recipient_of,
    wrong_of_people,
)
from app.desk.intake.receiving import (
    Hand,
    Receipt,
    Receiving,
    chosen,
    ruled,
    slip_required,
    urgency_of,
)
from app.desk.online.waiting import answer, waits
from app.desk.papers.blanks import check_hands
from app.models.citizens.applicant import (
    ADDRESS_LIMIT,
    Applicant,
    Identity,
    IdKind,
    clean_identity,
    clean_whole_name,
)
from app.models.deadlines.appointment import Appointment, Limit
from app.models.deadlines.calendar import Calendar
from app.models.deadlines.deadline import DeadlinePolicy, appoint
from app.models.deadlines.handing_over import hand_over_by
from app.models.dossiers.lifecycle import Deed
from app.models.errors import BadInput
from app.models.events import event as e
from app.models.events import facts
from app.models.numbering import slip_group
from app.models.procedures.fee import Fee
from app.models.procedures.procedure import Case, Procedure
from app.models.text import clean_name, clean_text
from app.models.unit.officer import Officer
from app.store.own.keeping import Draft
from app.store.store import Store

NAMELESS = "Chưa nhập tên"


@dataclass(frozen=True)
class Preview:
    """What receiving the draft now would mean. None where the procedure or its limit isn't chosen.

    `later` is the opening of the next working day, and what would be due then; None where
    that is no other date. `errors` maps a draft field to the sentence beside it; nothing is received while there are any.
    """

    procedure: Procedure | None
    case: Case | None
    appointment: Appointment | None
    later: tuple[datetime, datetime] | None
    hand_over_by: datetime | None
    fee: Fee | None
    code: str
    serial: facts.Serial | None
    slip_required: bool
    cautions: tuple[str, ...]
    errors: dict[str, str]


class Intake:
    """The intake page's buttons."""

    def __init__(self, store: Store, clock: Callable[[], datetime], receiving: Receiving) -> None:
        self._store = store
        self._clock = clock
        self._receiving = receiving

    def look(self, draft: IntakeDraft, at: datetime | None = None) -> Preview:
        """What receiving it now would mean, or by hand at `at`, and what is still wrong; never raises."""
        now = at or self._clock()
        policy = self._receiving.policy(now)
        calendar = self._store.standing.calendar()
        procedure = self._store.standing.procedure(draft.procedure)
        errors, cautions, limit = self._errors(draft, procedure, now)
        code, serial = self._store.journal.expected(now, procedure.field if procedure else "")
        appointment = appoint(limit, now, calendar, policy) if limit else None
        return Preview(
            procedure=procedure,
            case=next((c for c in procedure.cases if c.number == draft.case), None)
            if procedure
            else None,
            appointment=appointment,
            later=_later(limit, appointment, now, calendar, policy)
            if limit and appointment
            else None,
            hand_over_by=hand_over_by(now, calendar, policy) if procedure else None,
            fee=ruled(procedure, draft, now) if procedure else None,
            code=code,
            serial=serial if procedure else None,
            slip_required=at is None and (appointment is None or slip_required(appointment)),
            cautions=(
                *cautions,
                *(appointment.warnings if appointment else ()),
                *self._receiving.doubt(self._clock()),
            ),
            errors=errors,
        )

    def receive(
        self,
        draft: IntakeDraft,
        officer: Officer,
        *,
        at: datetime | None = None,
        keyed_by: str = "",
        form: bool = False,
        blank: str = "",
    ) -> Receipt:
        """Receive the dossier: number, register line, appointment and event in one transaction.

        `at` is when it happened and `keyed_by` who typed it, if not now and not `officer`; `form`
        when it is the typist's form, which is then empty again; `blank` the code of the receipt
        that was filled by hand. Raises `BadInput` naming the field. Receiving never stops for want
        of a number: without a lane the dossier gets a provisional code.
        """
        officer.check(Deed.RECEIVE)
        now = self._clock()
        if blank:
            typist, calendar = keyed_by or officer.login, self._store.standing.calendar()
            check_hands(at or now, now, officer.login, typist, calendar)
        checked = self._receiving.check(draft, at or now, blank)
        doubt = self._receiving.doubt(now)
        with self._store.journal.deed(now) as writing:
            receipt = self._receiving.write(writing, checked, Hand(officer, keyed_by, now))
            if form:
                self._store.keeping.forget_current(keyed_by or officer.login)
        # whoever came has the blank in their hand
        required = receipt.slip_required and not blank
        return replace(receipt, slip_required=required, warnings=(*receipt.warnings, *doubt))

    def leave(
        self,
        draft: IntakeDraft,
        outcome: Literal["guidance", "supplement", "refusal"],
        officer: Officer,
        reason: str,
        items: tuple[str, ...] = (),
        *,
        form: bool = False,
    ) -> e.EventName:
        """Record somebody who leaves without being received; it must say why (NĐ 61/2018 Đ.15, 17.1).

        `form` when it is the officer's form, which is then empty again.
        """
        officer.check(Deed.RECEIVE)
        reason = clean_text(reason, field="reason").strip()
        if not reason:
            raise BadInput(
                "Hãy ghi nội dung hướng dẫn hoặc lý do; công dân cần biết phải làm gì tiếp.",
                "reason",
            )
        now = self._clock()
        procedure = self._store.standing.procedure(draft.procedure)
        if draft.online:
            waits(self._store, draft.online)
        personal = e.Personal(
            salt=self._receiving.salt(),
            applicant=_as_far_as_known(draft, now.date()),
            request=clean_text(draft.request, field="request"),
            documents=draft.documents,
            items=items,
            reason=reason,
        )
        with self._store.journal.deed(now) as writing:
            body = e.LeftUnreceived(
                outcome=outcome,
                procedure=procedure.code if procedure else "",
                procedure_name=procedure.name if procedure else "",
                slip=writing.next_serial(slip_group(outcome), now.year)
                if outcome != "guidance"
                else None,
            )
            if form:
                self._store.keeping.forget_current(officer.login)
            name = writing.append(body, by=officer.login, at=now, personal=personal)
            if draft.online:
                answer(writing, draft.online, outcome, name, officer.login, now)
            return name

    # --- drafts -----------------------------------------------------------------------------------

    def keep(self, draft: IntakeDraft, officer: Officer) -> None:
        """Keep the form as it stands; after a crash it comes back so."""
        body = "" if draft == IntakeDraft() else msgspec.json.encode(draft).decode()
        self._store.keeping.keep_draft("current", officer.login, draft.name, body, self._clock())

    def kept(self, officer: Officer) -> IntakeDraft | None:
        """The form as it stood when the program last ended."""
        drafts = self._store.keeping.drafts("current", officer.login)
        return _read(drafts[-1]) if drafts else None

    def park(self, draft: IntakeDraft, officer: Officer) -> None:
        """Set an intake aside and empty the form."""
        body = msgspec.json.encode(draft).decode()
        title = draft.name.strip() or NAMELESS
        self._store.keeping.keep_draft("parked", officer.login, title, body, self._clock())
        self.keep(IntakeDraft(), officer)

    def parked(self, officer: Officer) -> list[Draft]:
        """The intakes set aside, oldest first."""
        drafts = self._store.keeping.drafts("parked", officer.login)
        return [replace(draft, title=draft.title.strip() or NAMELESS) for draft in drafts]

    def take_up(self, parked: Draft) -> IntakeDraft:
        """Take a parked intake up again; it is parked no more, and kept as the form instead."""
        self._store.keeping.take_up_draft(parked)
        return _read(parked)

    # --- inside -----------------------------------------------------------------------------------

    def _errors(
        self, draft: IntakeDraft, procedure: Procedure | None, at: datetime
    ) -> tuple[dict[str, str], tuple[str, ...], Limit | None]:
        """As `Receiving.check` finds them, but every one, by field; the cautions; the limit, if it is known."""
        today = self._clock().date()
        errors: dict[str, str] = {}
        limit: Limit | None = None
        try:
            limit = self._receiving.limit(chosen(procedure), draft, at)
        except BadInput as wrong:
            errors[wrong.field] = str(wrong)
        errors |= wrong_of_people(draft, today)
        for check in (
            lambda: fee_of(draft, None),
            lambda: urgency_of(draft, at),
            lambda: recipient_of(draft),
        ):
            try:
                check()
            except BadInput as wrong:
                errors[wrong.field] = str(wrong)
        return errors, cautions_of_people(draft, today), limit


def _later(
    limit: Limit, today: Appointment, now: datetime, calendar: Calendar, policy: DeadlinePolicy
) -> tuple[datetime, datetime] | None:
    (opens, _), *_ = calendar.half_days(calendar.next_working_day(now.date()))
    due = appoint(limit, opens, calendar, policy).due
    return (opens, due) if due != today.due else None


def _as_far_as_known(draft: IntakeDraft, today: date) -> Applicant | None:
    """Who left without being received; nobody owes a counter an identity for asking."""
    if not draft.name.strip():
        return None
    try:
        return applicant_of(draft, today)[0]
    except BadInput:
        return Applicant(
            clean_whole_name(draft.name, draft.kind),
            draft.kind,
            _identity_as_known(draft),
            address=clean_name(draft.address, ADDRESS_LIMIT, "address"),
            phone=clean_name(draft.phone),
        )


def _identity_as_known(draft: IntakeDraft) -> Identity:
    try:
        return clean_identity(Identity(IdKind(draft.id_kind), draft.id_number, draft.id_reason))
    except (BadInput, ValueError):
        return Identity(IdKind.NONE)


def _read(draft: Draft) -> IntakeDraft:
    return msgspec.json.decode(draft.body, type=IntakeDraft)
