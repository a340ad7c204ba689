"""Makes a received dossier of a draft: checks it, and writes it into an open deed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.desk.deeds.promising import promise
from app.desk.deeds.urgency import check_wish, read_wish
from app.desk.draft import (
    BY_POST,
    LONGEST_WAYBILL,
    IntakeDraft,
    agreed,
    applicant_of,
    check_may_agree,
    copies_of,
    fee_of,
    is_same_day,
    limit_of,
    principal_of,
    recipient_of,
)
from app.desk.online.waiting import answer, there_too, waits
from app.desk.papers.blanks import checked_blank
from app.desk.profiles import profile_at
from app.desk.unit.learning import learned
from app.models.citizens.applicant import Applicant, Principal, Recipient
from app.models.deadlines.appointment import Appointment, Limit
from app.models.deadlines.calendar import vietnam_time
from app.models.deadlines.deadline import DeadlinePolicy, appoint
from app.models.errors import BadInput
from app.models.events import event as e
from app.models.events import facts
from app.models.events.urgency import Hastened
from app.models.exchange.chain import SALT_BYTES, salt
from app.models.numbering import Code, lane_is_filling, provisional_code, slip_group
from app.models.procedures.fee import Fee, fee
from app.models.procedures.procedure import Case, Procedure, to_json
from app.models.text import clean_name, clean_text
from app.models.unit.officer import Officer
from app.store.journal.journal import Writing
from app.store.store import Store

FIRST_YEAR = 2000  # a code writes its year with two digits
LONGEST_REST = timedelta(days=15)  # longer than any Tết without a single dossier


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
class Checked:
    """A draft in which nothing is wrong, and what it is promised if received at `at`."""

    draft: IntakeDraft
    at: datetime
    procedure: Procedure
    case: Case
    limit: Limit
    applicant: Applicant
    principal: Principal | None
    recipient: Recipient | None
    fee: facts.Fee
    appointment: Appointment
    urgency: tuple[str, datetime | None] | None
    cautions: tuple[str, ...]
    blank: str = ""
    """The code of the receipt that was filled by hand."""


@dataclass(frozen=True)
class Hand:
    """Whose hands receive: `officer` does it, `keyed_by` types it, `now`."""

    officer: Officer
    keyed_by: str
    now: datetime


class Receiving:
    """The one way a dossier is received; whoever opens the deed may receive several in it."""

    def __init__(self, store: Store, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._clock = clock

    def policy(self, at: datetime) -> DeadlinePolicy:
        """What the unit and the law in force at `at` say of deadlines."""
        return profile_at(at).under(self._store.standing.policy())

    def due(self, limit: Limit, now: datetime) -> datetime:
        """When it would be had, if received now."""
        return appoint(limit, now, self._store.standing.calendar(), self.policy(now)).due

    def limit(self, procedure: Procedure, draft: IntakeDraft, at: datetime) -> Limit:
        """As `limit_chosen`; one that was agreed on is longer, or it is none (NĐ 23/2015 Đ.7, 21)."""
        limit, usual = limit_chosen(procedure, draft), procedure.case(draft.case).limit
        if usual and draft.agreement.strip() and self.due(limit, at) <= self.due(usual, at):
            raise BadInput(
                f"Thời hạn thỏa thuận phải dài hơn thời hạn của thủ tục ({usual.phrase}). "
                "Hãy nhập lại.",
                "limit_value",
            )
        return limit

    def doubt(self, now: datetime) -> tuple[str, ...]:
        """A sentence when the PC's clock can't be right: the code carries its date, and paper goes out."""
        return _clock_doubt(now, self._store.dossiers.latest_received())

    def check(self, draft: IntakeDraft, at: datetime, blank: str = "") -> Checked:
        """The draft with nothing wrong in it, written on `blank` before. Raises `BadInput`."""
        now = self._clock()
        at, today = _happened(at, now), now.date()
        procedure = chosen(self._store.standing.procedure(draft.procedure))
        applicant, doubts = applicant_of(draft, today)
        principal, more = principal_of(draft, today)
        limit = self.limit(procedure, draft, at)
        if draft.online:
            waits(self._store, draft.online)
        return Checked(
            draft=draft,
            at=at,
            procedure=procedure,
            case=procedure.case(draft.case),
            limit=limit,
            applicant=applicant,
            principal=principal,
            recipient=recipient_of(draft),
            fee=fee_of(draft, ruled(procedure, draft, at), copies_of(procedure, draft)),
            appointment=appoint(limit, at, self._store.standing.calendar(), self.policy(at)),
            urgency=urgency_of(draft, at),
            cautions=tuple(caution.sentence for caution in (*doubts, *more)),
            blank=checked_blank(blank, self._store) if blank else "",
        )

    def write(self, writing: Writing, checked: Checked, hand: Hand) -> Receipt:
        """Number, register line, appointment and event of one dossier, in the open deed."""
        body = self._body(checked, writing)
        personal = self._personal(checked)
        by, at = hand.officer.login, checked.at
        name = writing.append(
            body, by=by, at=at, keyed_by=hand.keyed_by, keyed_at=hand.now, personal=personal
        )
        if checked.urgency:
            reason, wished = checked.urgency
            writing.append(
                Hastened(wished), thing=name, by=by, at=at, keyed_by=hand.keyed_by,
                keyed_at=hand.now, personal=e.Personal(salt=personal.salt, reason=reason),
            )  # fmt: skip
        if checked.draft.online:
            answer(writing, checked.draft.online, "received", name, by, hand.now)
        self._teach(writing, checked, hand)
        return Receipt(
            name=name,
            code=body.code or body.provisional_code,
            due=checked.appointment.due,
            serial=body.serial,
            slip_required=slip_required(checked.appointment),
            warnings=(
                *checked.cautions,
                *checked.appointment.warnings,
                *_number_warnings(body),
                *there_too(checked.draft.online),
            ),
        )

    def salt(self) -> str:
        """A new dossier's salt."""
        return salt(self._store.random(SALT_BYTES))

    # --- inside -----------------------------------------------------------------------------------

    def _teach(self, writing: Writing, checked: Checked, hand: Hand) -> None:
        """What was typed because the catalogue lacked it stands there from now on."""
        known = self._store.standing.procedure(checked.procedure.code) or checked.procedure
        taught = learned(
            known, known.case(checked.case.number), checked.limit,
            ruled(known, checked.draft, checked.at), checked.fee.amount,
        )  # fmt: skip
        if taught != known:
            lesson = e.ProcedureSet(code=taught.code, procedure=to_json(taught))
            writing.append(lesson, by=hand.officer.login, at=hand.now)

    def _personal(self, checked: Checked) -> e.Personal:
        draft = checked.draft
        return e.Personal(
            salt=self.salt(),
            applicant=checked.applicant,
            principal=checked.principal,
            recipient=checked.recipient,
            request=clean_text(draft.request, field="request") or checked.procedure.name,
            documents=draft.documents,
            note=clean_text(draft.fee_exempt, field="fee_exempt"),
            waybill=clean_name(draft.waybill, LONGEST_WAYBILL, "waybill"),
        )

    def _provisional(self, code: str) -> str:
        return "" if code else provisional_code(self._store.random(8))

    def _body(self, checked: Checked, writing: Writing) -> e.Received:
        draft, at, unit = checked.draft, checked.at, self._store.standing.unit()
        code = writing.next_code(at.date())
        return e.Received(
            code=code,
            provisional_code=checked.blank or self._provisional(code),
            procedure=checked.procedure.code,
            procedure_name=checked.procedure.name,
            field=checked.procedure.field,
            case=checked.case.number,
            case_name=checked.case.name,
            limit=checked.limit,
            promise=promise(checked.appointment),
            serial=writing.next_serial(checked.procedure.field, at.year),
            slip=writing.next_serial(slip_group("receipt"), at.year),
            counter=self._store.counter,
            sets=max(1, draft.sets),
            channel=draft.channel,
            received_unit=draft.received_unit or unit.name,
            resolving_agency=draft.resolving_agency or unit.agency_upper,
            return_place=BY_POST
            if draft.by_post
            else draft.return_place or unit.return_place or unit.name,
            fee=checked.fee,
            profile=profile_at(at).name,
            agreement=clean_text(draft.agreement, field="agreement").strip(),
            unverified=not (checked.procedure.confirmed and checked.case.confirmed),
        )


def chosen(procedure: Procedure | None) -> Procedure:
    """Raises `BadInput` while none is."""
    if procedure is None:
        raise BadInput("Chưa chọn thủ tục. Hãy gõ vài chữ của tên hoặc mã thủ tục.", "procedure")
    return procedure


def limit_chosen(procedure: Procedure, draft: IntakeDraft) -> Limit:
    """The limit of the chosen case, or the one typed. Raises `BadInput`."""
    case = procedure.case(draft.case)
    agreement = clean_text(draft.agreement, field="agreement").strip()
    if not agreement:
        return limit_of(case, draft)
    check_may_agree(procedure.field)
    return agreed(limit_of(case, draft), agreement, procedure.agreement_article(case.number))


def ruled(procedure: Procedure, draft: IntakeDraft, at: datetime) -> Fee:
    """The fee by the catalogue's rule, received at `at`."""
    day, copies = vietnam_time(at).date(), copies_of(procedure, draft)
    return fee(procedure, draft.case, draft.channel, day, draft.pages, copies)


def slip_required(appointment: Appointment) -> bool:
    """A result given the same day needs no slip (NĐ 61/2018 Đ.17.4); one of another day does."""
    same_day = appointment.due.date() == appointment.received_at.date()
    return not (is_same_day(appointment.limit) and same_day)


def urgency_of(draft: IntakeDraft, at: datetime) -> tuple[str, datetime | None] | None:
    """Why it is wanted early, and by when; None when it isn't. Raises `BadInput`."""
    reason = clean_text(draft.urgent, field="urgent").strip()
    wished = read_wish(draft.wished, at)
    if wished and not reason:
        raise BadInput("Hãy ghi vì sao cần sớm.", "urgent")
    check_wish(wished, at)
    return (reason, wished) if reason else None


def _happened(at: datetime, now: datetime) -> datetime:
    if at > now:
        raise BadInput("Thời điểm tiếp nhận nằm ở tương lai. Hãy nhập lại ngày giờ.", "at")
    if at.year < FIRST_YEAR:
        raise BadInput(
            f"Thời điểm tiếp nhận ở trước năm {FIRST_YEAR}. Hãy nhập lại ngày giờ.", "at"
        )
    return at


def _clock_doubt(now: datetime, latest: datetime | None) -> tuple[str, ...]:
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
