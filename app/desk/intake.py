"""Receives dossiers: looks at a draft as it is typed, receives it, or records who left without."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal

import msgspec

from app.desk.draft import (
    IntakeDraft,
    applicant_of,
    check_may_agree,
    copies_of,
    fee_of,
    is_same_day,
    limit_of,
    principal_of,
    wrong_of_people,
)
from app.desk.learning import learned
from app.desk.profiles import profiles
from app.desk.promising import promise
from app.models import events as e
from app.models import facts
from app.models.applicant import Applicant, Principal
from app.models.appointment import Appointment, Limit
from app.models.calendar import vietnam_time
from app.models.deadline import appoint, hand_over_by
from app.models.errors import BadInput
from app.models.fee import Fee, fee
from app.models.lifecycle import Deed
from app.models.numbering import Code, lane_is_filling, provisional_code, slip_group
from app.models.officer import Officer
from app.models.procedure import Case, Procedure, to_json
from app.models.profile import Profile, holding_on
from app.models.text import clean_name, clean_text
from app.store.journal import Writing
from app.store.keeping import Draft
from app.store.store import Store

NAMELESS = "Chưa nhập tên"
FIRST_YEAR = 2000  # a code writes its year with two digits
MORNING = time(8)
LONGEST_REST = timedelta(days=15)  # longer than any Tết without a single dossier


@dataclass(frozen=True)
class Preview:
    """What receiving the draft now would mean. None where the procedure or its limit isn't chosen.

    `errors` maps a draft field to the sentence beside it; nothing is received while there are any.
    """

    procedure: Procedure | None
    case: Case | None
    appointment: Appointment | None
    tomorrow: Appointment | None
    hand_over_by: datetime | None
    fee: Fee | None
    code: str
    serial: facts.Serial | None
    slip_required: bool
    cautions: tuple[str, ...]
    errors: dict[str, str]


@dataclass(frozen=True)
class Receipt:
    """A dossier just received. `slip_required` is false for a same-day one taken before the cut-off."""

    name: e.EventName
    code: str
    due: datetime
    serial: facts.Serial | None
    slip_required: bool
    warnings: tuple[str, ...]


@dataclass(frozen=True)
class _Checked:
    """A draft in which nothing is wrong."""

    procedure: Procedure
    case: Case
    limit: Limit
    applicant: Applicant
    principal: Principal | None
    fee: facts.Fee
    cautions: tuple[str, ...]


class Intake:
    """The intake page's buttons."""

    def __init__(self, store: Store, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._clock = clock

    def look(self, draft: IntakeDraft) -> Preview:
        """What receiving it now would mean, and what is still wrong; never raises for bad input."""
        now = self._clock()
        policy = self._profile(now).under(self._store.standing.policy())
        calendar = self._store.standing.calendar()
        procedure = self._store.standing.procedure(draft.procedure)
        errors, cautions, limit = self._errors(draft, procedure)
        code, serial = self._store.journal.expected(now, procedure.field if procedure else "")
        appointment = appoint(limit, now, calendar, policy) if limit else None
        morning = datetime.combine(now.date() + timedelta(days=1), MORNING, now.tzinfo)
        return Preview(
            procedure=procedure,
            case=next((c for c in procedure.cases if c.number == draft.case), None)
            if procedure
            else None,
            appointment=appointment,
            tomorrow=appoint(limit, morning, calendar, policy) if limit else None,
            hand_over_by=hand_over_by(now, calendar, policy) if procedure else None,
            fee=_ruled(procedure, draft) if procedure else None,
            code=code,
            serial=serial if procedure else None,
            slip_required=appointment is None or _slip_required(appointment),
            cautions=(
                *cautions,
                *(appointment.warnings if appointment else ()),
                *_clock_doubt(now, self._store.dossiers.latest_received()),
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
    ) -> Receipt:
        """Receive the dossier: number, register line, appointment and event in one transaction.

        `at` is when it happened and `keyed_by` who typed it, if not now and not `officer`; `form`
        when it is the officer's form, which is then empty again. Raises `BadInput` naming the
        field. Receiving never stops for want of a number: without a lane the dossier gets a
        provisional code.
        """
        officer.check(Deed.RECEIVE)
        now = self._clock()
        at = _happened(at or now, now)
        checked = self._check(draft)
        policy = self._profile(at).under(self._store.standing.policy())
        appointment = appoint(checked.limit, at, self._store.standing.calendar(), policy)
        doubt = _clock_doubt(now, self._store.dossiers.latest_received())
        with self._store.journal.deed(now) as writing:
            body = self._body(draft, checked, appointment, writing, at)
            name = writing.append(
                body, by=officer.login, at=at, keyed_by=keyed_by, keyed_at=now,
                personal=self._personal(draft, checked),
            )  # fmt: skip
            if form:
                self._store.keeping.forget_current(officer.login)
            taught = learned(
                checked.procedure,
                checked.case,
                checked.limit,
                _ruled(checked.procedure, draft),
                checked.fee.amount,
            )
            if taught != checked.procedure:
                lesson = e.ProcedureSet(code=taught.code, procedure=to_json(taught))
                writing.append(lesson, by=officer.login, at=now)
        return Receipt(
            name=name,
            code=body.code or body.provisional_code,
            due=appointment.due,
            serial=body.serial,
            slip_required=_slip_required(appointment),
            warnings=(*checked.cautions, *appointment.warnings, *doubt, *_number_warnings(body)),
        )

    def leave(
        self,
        draft: IntakeDraft,
        outcome: Literal["guidance", "supplement", "refusal"],
        officer: Officer,
        reason: str,
        items: tuple[str, ...] = (),
    ) -> e.EventName:
        """Record somebody who leaves without being received; it must say why (NĐ 61/2018 Đ.15, 17.1)."""
        officer.check(Deed.RECEIVE)
        reason = clean_text(reason, field="reason").strip()
        if not reason:
            raise BadInput(
                "Hãy ghi nội dung hướng dẫn hoặc lý do; công dân cần biết phải làm gì tiếp.",
                "reason",
            )
        now = self._clock()
        procedure = self._store.standing.procedure(draft.procedure)
        personal = e.Personal(
            salt=self._salt(),
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
            self._store.keeping.forget_current(officer.login)
            return writing.append(body, by=officer.login, at=now, personal=personal)

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
        return self._store.keeping.drafts("parked", officer.login)

    def take_up(self, parked: Draft) -> IntakeDraft:
        """Take a parked intake up again; it is parked no more, and kept as the form instead."""
        self._store.keeping.take_up_draft(parked)
        return _read(parked)

    # --- inside -----------------------------------------------------------------------------------

    def _errors(
        self, draft: IntakeDraft, procedure: Procedure | None
    ) -> tuple[dict[str, str], list[str], Limit | None]:
        today = self._clock().date()
        errors: dict[str, str] = {}
        cautions: list[str] = []
        limit: Limit | None = None
        try:
            limit = _limit(_chosen(procedure), draft)
        except BadInput as wrong:
            errors[wrong.field] = str(wrong)
        errors |= wrong_of_people(draft, today)
        with suppress(BadInput):
            people = (applicant_of(draft, today), principal_of(draft, today))
            cautions += (caution.sentence for _, doubts in people for caution in doubts)
        try:
            fee_of(draft, None)
        except BadInput as wrong:
            errors[wrong.field] = str(wrong)
        return errors, cautions, limit

    def _check(self, draft: IntakeDraft) -> _Checked:
        today = self._clock().date()
        procedure = _chosen(self._store.standing.procedure(draft.procedure))
        case = procedure.case(draft.case)
        applicant, doubts = applicant_of(draft, today)
        principal, more = principal_of(draft, today)
        return _Checked(
            procedure=procedure,
            case=case,
            limit=_limit(procedure, draft),
            applicant=applicant,
            principal=principal,
            fee=fee_of(draft, _ruled(procedure, draft), copies_of(procedure, draft)),
            cautions=tuple(caution.sentence for caution in (*doubts, *more)),
        )

    def _profile(self, at: datetime) -> Profile:
        """The law a dossier received at `at` is under, for good."""
        return holding_on(profiles(), vietnam_time(at).date())

    def _salt(self) -> str:
        return e.salt(self._store.random(e.SALT_BYTES))

    def _personal(self, draft: IntakeDraft, checked: _Checked) -> e.Personal:
        return e.Personal(
            salt=self._salt(),
            applicant=checked.applicant,
            principal=checked.principal,
            request=clean_text(draft.request, field="request") or checked.procedure.name,
            documents=draft.documents,
            note=clean_text(draft.fee_exempt, field="fee_exempt"),
        )

    def _body(
        self,
        draft: IntakeDraft,
        checked: _Checked,
        appointment: Appointment,
        writing: Writing,
        at: datetime,
    ) -> e.Received:
        unit = self._store.standing.unit()
        code = writing.next_code(at.date())
        return e.Received(
            code=code,
            provisional_code="" if code else provisional_code(self._store.random(8)),
            procedure=checked.procedure.code,
            procedure_name=checked.procedure.name,
            field=checked.procedure.field,
            case=checked.case.number,
            case_name=checked.case.name,
            limit=checked.limit,
            promise=promise(appointment),
            serial=writing.next_serial(checked.procedure.field, at.year),
            slip=writing.next_serial(slip_group("receipt"), at.year),
            counter=self._store.counter,
            sets=max(1, draft.sets),
            channel=draft.channel,
            received_unit=draft.received_unit or unit.name,
            resolving_agency=draft.resolving_agency or unit.agency_upper,
            return_place=draft.return_place or unit.name,
            fee=checked.fee,
            profile=self._profile(at).name,
            agreement=clean_text(draft.agreement, field="agreement").strip(),
            unverified=not (checked.procedure.confirmed and checked.case.confirmed),
        )


def _as_far_as_known(draft: IntakeDraft, today: date) -> Applicant | None:
    """Who left without being received; nobody owes a counter an identity for asking."""
    if not draft.name.strip():
        return None
    try:
        return applicant_of(draft, today)[0]
    except BadInput:
        return Applicant(clean_name(draft.name), draft.kind, phone=clean_name(draft.phone))


def _read(draft: Draft) -> IntakeDraft:
    return msgspec.json.decode(draft.body, type=IntakeDraft)


def _chosen(procedure: Procedure | None) -> Procedure:
    if procedure is None:
        raise BadInput("Chưa chọn thủ tục. Hãy gõ vài chữ của tên hoặc mã thủ tục.", "procedure")
    return procedure


def _limit(procedure: Procedure, draft: IntakeDraft) -> Limit:
    case = procedure.case(draft.case)
    if draft.agreement.strip():
        check_may_agree(procedure.field)
    return limit_of(case, draft)


def _ruled(procedure: Procedure, draft: IntakeDraft) -> Fee:
    return fee(procedure, draft.case, draft.channel, draft.pages, copies_of(procedure, draft))


def _slip_required(appointment: Appointment) -> bool:
    """A result given the same day needs no slip (NĐ 61/2018 Đ.17.4); one of another day does."""
    same_day = appointment.due.date() == appointment.received_at.date()
    return not (is_same_day(appointment.limit) and same_day)


def _happened(at: datetime, now: datetime) -> datetime:
    if at > now:
        raise BadInput("Thời điểm tiếp nhận nằm ở tương lai. Hãy nhập lại ngày giờ.", "at")
    if at.year < FIRST_YEAR:
        raise BadInput(
            f"Thời điểm tiếp nhận ở trước năm {FIRST_YEAR}. Hãy nhập lại ngày giờ.", "at"
        )
    return at


def _clock_doubt(now: datetime, latest: datetime | None) -> tuple[str, ...]:
    """A sentence when the PC's clock can't be right: the code carries its date, and paper goes out."""
    if latest is None or latest.date() <= now.date() <= latest.date() + LONGEST_REST:
        return ()
    pointed = (
        f"Đồng hồ máy chỉ {now:%H:%M %d/%m/%Y} nhưng hồ sơ gần nhất nhận ngày {latest:%d/%m/%Y}."
    )
    return (f"{pointed} Hãy kiểm tra ngày giờ của máy trước khi in.",)


def _number_warnings(body: e.Received) -> tuple[str, ...]:
    if not body.code:
        return ("Quầy chưa giữ dải số nên hồ sơ mang mã tạm; mã chính thức đến sau khi đồng bộ.",)
    if lane_is_filling(Code.parse(body.code).number):
        return ("Dải số hôm nay của quầy đã dùng quá 80 %; vẫn tiếp nhận bình thường.",)
    return ()
