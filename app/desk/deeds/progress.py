"""Every deed after reception: one call, one transaction, one event; many dossiers in one go."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from app.desk.deeds.correcting import papers_of
from app.desk.deeds.deciding import SERIES, body_of, warnings_of
from app.desk.deeds.details import Deciding, Details, cleaned
from app.desk.online.waiting import answer
from app.desk.profiles import profile_of
from app.models.dossiers.dossier import Dossier
from app.models.dossiers.fold import fold
from app.models.dossiers.lifecycle import LABEL, REVERSAL, TRANSITIONS, Deed, Status, label
from app.models.errors import BadInput, Refused
from app.models.events import event as e
from app.models.events import facts
from app.models.numbering import slip_group
from app.models.procedures.certification import certification_book
from app.models.procedures.procedure import Procedure
from app.models.unit.officer import Officer
from app.store.journal.journal import Writing
from app.store.store import Store


@dataclass(frozen=True)
class Done:
    """A dossier after a deed."""

    name: e.EventName
    dossier: Dossier
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Order:
    """One call of `do`: what, by whom, when; `listed` numbers the list of a hand-over, if it has one."""

    deed: Deed
    officer: Officer
    details: Details
    keyed_by: str
    now: datetime
    listed: facts.Serial | None = None
    is_listed: bool = True


class Progress:
    """What an officer does to dossiers that were received."""

    def __init__(self, store: Store, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._clock = clock

    def do(
        self,
        deed: Deed,
        dossiers: Sequence[e.EventName],
        officer: Officer,
        details: Details,
        keyed_by: str = "",
    ) -> list[Done]:
        """Do `deed` to each of `dossiers`, all or none. Raises `Refused` with the reason."""
        (done,) = self.do_in_turn(((deed, details),), dossiers, officer, keyed_by)
        return done

    def do_in_turn(
        self,
        steps: Sequence[tuple[Deed, Details]],
        dossiers: Sequence[e.EventName],
        officer: Officer,
        keyed_by: str = "",
    ) -> list[list[Done]]:
        """Do each of `steps` to each of `dossiers`, all or none; each step's, in turn. Raises `Refused`."""
        with self._store.journal.deed(self._clock()) as writing:
            return [
                self.do_in(writing, deed, dossiers, officer, details, keyed_by)
                for deed, details in steps
            ]

    def hand_over(
        self,
        shares: Sequence[tuple[str, Sequence[e.EventName]]],
        officer: Officer,
        keyed_by: str = "",
    ) -> list[Done]:
        """Hand over to each receiver their share, with a list of its own; all or none. Raises `Refused`."""
        with self._store.journal.deed(self._clock()) as writing:
            return [
                done
                for to, names in shares
                for done in self.do_in(
                    writing, Deed.HAND_OVER, names, officer, Details(to=to), keyed_by
                )
            ]

    def do_in(
        self, writing: Writing, deed: Deed, dossiers: Sequence[e.EventName], officer: Officer,
        details: Details, keyed_by: str = "", *, is_listed: bool = True,
    ) -> list[Done]:  # fmt: skip
        """The same in a deed that is open already; `is_listed`: a hand-over goes with its list."""
        officer.check(deed)
        login, now = keyed_by or officer.login, self._clock()
        order = _Order(deed, officer, cleaned(deed, details), login, now, is_listed=is_listed)
        if deed is Deed.HAND_OVER and is_listed:  # one list goes with all the papers
            year = (details.at or now).year
            listed = writing.next_serial(slip_group(SERIES[deed]), year)
            order = replace(order, listed=listed)
        return [self._one(writing, name, order) for name in dossiers]

    def _one(self, writing: Writing, name: e.EventName, order: _Order) -> Done:
        dossier = fold(writing.dossier_events(name)).arrived("làm lại")
        deed, details = order.deed, order.details
        _check_step(deed, dossier)
        at = _happened(details.at, dossier, order.now)
        standing = self._store.standing
        procedure = standing.procedure(details.procedure or dossier.procedure)
        series = SERIES.get(deed, "") if order.is_listed else ""
        deciding = Deciding(
            dossier=dossier,
            details=_filled(deed, details, dossier, procedure),
            officer=order.officer,
            at=at,
            calendar=standing.calendar(),
            policy=profile_of(dossier).under(standing.policy()),
            procedure=procedure,
            slip=order.listed
            or (writing.next_serial(slip_group(series), at.year) if series else None),
            certified=_certified(writing, dossier, at) if deed is Deed.RESOLVE else None,
            unit=standing.unit(),
            officers=tuple(standing.officers()),
        )
        body = body_of(deed, deciding)
        writing.append(
            body, thing=name, by=order.officer.login, at=at, keyed_by=order.keyed_by,
            keyed_at=order.now, personal=_personal(dossier, deciding.details),
        )  # fmt: skip
        if deed is Deed.VOID and (online := self._store.online.opened(name)):
            answer(writing, online.code, "voided", name, order.officer.login, order.now)
        after = fold(writing.dossier_events(name)).dossier
        assert after is not None
        return Done(name, after, warnings_of(deciding, body))


def _certified(writing: Writing, dossier: Dossier, at: datetime) -> facts.Serial | None:
    """The next number in its book of certifications; a dossier keeps the one it has."""
    book = certification_book(dossier.procedure)
    return writing.next_serial(book, at.year) if book and not dossier.certified else None


def applicable(dossier: Dossier, officer: Officer) -> tuple[Deed, ...]:
    """The deeds that apply now for this officer, and no others."""
    return tuple(deed for deed in _possible(dossier) if officer.may(deed))


def why_not(deed: Deed, dossier: Dossier, officer: Officer) -> str:
    """Why this officer can't do `deed` to it as it stands, in a sentence; empty when they can."""
    return officer.barred(deed) or _too_early_or_late(deed, dossier) or _why_not(deed, dossier)


def _possible(dossier: Dossier) -> tuple[Deed, ...]:
    """The deeds that apply now, whoever does them."""
    deeds = (deed for deed in TRANSITIONS if _may_start(deed, dossier))
    # a new calendar is looked through as a whole: see `CalendarChanges`
    offered = (deed for deed in deeds if deed is not Deed.REAPPOINT)
    return tuple(deed for deed in offered if not _why_not(deed, dossier))


def _may_start(deed: Deed, dossier: Dossier) -> bool:
    """Whether it applies as the dossier stands: who has accepted it may send it back still.

    That is a hand-over to the giver then, with the reason: the papers were theirs meanwhile.
    """
    sends_back = deed is Deed.SEND_BACK and dossier.taken is not None
    return sends_back or dossier.status in TRANSITIONS[deed]


def _why_not(deed: Deed, dossier: Dossier) -> str:
    """Why a step the table allows doesn't apply to this dossier; empty when it does."""
    match deed:
        case Deed.REQUEST_SUPPLEMENT if dossier.supplement_requests:
            return "Hồ sơ đã được yêu cầu bổ sung một lần (NĐ 61/2018 Đ.17, 19)."
        case Deed.STOP if dossier.status is Status.SIGNED:
            return (
                "Hồ sơ đã ký nên đã có quyết định, không dừng giải quyết được nữa "
                "(NĐ 118/2025 Đ.21). Ký nhầm thì hoàn tác trước."
            )
        case Deed.APOLOGISE | Deed.EXPLAIN_DELAY if dossier.apology:
            return "Hồ sơ đã được hẹn lại một lần; không hẹn lại lần hai (NĐ 61/2018 Đ.19.9)."
        case Deed.APOLOGISE | Deed.EXPLAIN_DELAY | Deed.REAPPOINT if not dossier.runs:
            return "Thời hạn đang dừng nên chưa cần hẹn lại."
        case Deed.TELL if not (dossier.untold or dossier.status is Status.RESOLVED):
            return "Không có ngày hẹn mới hay kết quả nào cần báo cho công dân."
        case Deed.HASTEN if dossier.status is Status.RESOLVED:
            return "Hồ sơ đã có kết quả; hãy báo công dân đến nhận."
        case Deed.ANSWER if dossier.away is None or len(dossier.away.asked) == 1:
            return "Hồ sơ không ở nhiều cơ quan; nhận lại thì bấm “Nhận bàn giao”."
        case Deed.EASE if dossier.urgency is None:
            return "Hồ sơ này chưa được ghi là cần sớm."
        case Deed.UNDO if dossier.last_deed is None:
            return "Hồ sơ mới tiếp nhận, chưa có việc nào để hoàn tác; muốn bỏ thì “Hủy số”."
        case Deed.UNDO if REVERSAL[dossier.last_deed or Deed.RECEIVE][0] is not Deed.UNDO:
            last = dossier.last_deed or Deed.RECEIVE
            return f"Không hoàn tác được “{LABEL[last]}”. {REVERSAL[last][1]}"
        case Deed.PAID if dossier.status is Status.WAITING_PAYMENT:
            return ""  # what was asked for since is owed, whatever was paid before
        case Deed.PAID if dossier.owed == 0:
            return "Hồ sơ không còn phí, lệ phí phải nộp."
        case _:
            return ""


def _too_early_or_late(deed: Deed, dossier: Dossier) -> str:
    if _may_start(deed, dossier):
        return ""
    return not_from(deed, dossier.status, dossier.shown_code)


def not_from(deed: Deed, status: Status, code: str) -> str:
    """That a deed doesn't start where a dossier stands."""
    return f"Hồ sơ {code} đang ở “{label(status)}” nên chưa thể “{LABEL[deed]}”."


def _check_step(deed: Deed, dossier: Dossier) -> None:
    if wrong := _too_early_or_late(deed, dossier):
        may = "; ".join(LABEL[d].lower() for d in _possible(dossier)) or "chỉ xem"
        raise Refused(f"{wrong} Lúc này có thể: {may}.")
    why = _why_not(deed, dossier)
    if why:
        raise Refused(why)


def _happened(at: datetime | None, dossier: Dossier, now: datetime) -> datetime:
    if at is None:
        return now
    if at > now:
        raise BadInput("Thời điểm thực hiện nằm ở tương lai. Hãy nhập lại ngày giờ.", "at")
    if at < dossier.received_at:
        raise BadInput(
            "Thời điểm thực hiện trước khi hồ sơ được tiếp nhận. Hãy nhập lại ngày giờ.", "at"
        )
    return at


def _filled(deed: Deed, details: Details, dossier: Dossier, procedure: Procedure | None) -> Details:
    """What wasn't said, where the dossier or its new procedure says it."""
    if deed is Deed.CORRECT and procedure and details.procedure:
        unsaid = dossier.request == dossier.procedure_name
        request = details.request or (procedure.name if unsaid else "")
        papers = details.documents or papers_of(procedure, dossier.documents)
        return replace(details, request=request, documents=papers)
    if deed is Deed.APOLOGISE and not details.reason and dossier.delay:
        return replace(details, reason=dossier.delay.reason)
    if deed is Deed.WITHDRAW and not details.asked_by and dossier.applicant:
        return replace(details, asked_by=dossier.applicant.name)
    return details


def _personal(dossier: Dossier, details: Details) -> e.Personal | None:
    personal = e.Personal(
        salt=dossier.salt, applicant=details.applicant, principal=details.principal,
        request=details.request, documents=details.documents, items=details.items,
        reason=details.reason, note=details.note, collector=details.collector,
        asked_by=details.asked_by, waybill=details.waybill,
    )  # fmt: skip
    return None if personal == e.Personal(salt=dossier.salt) else personal


def reversal_sentence(deed: Deed) -> str:
    """What takes this deed back, in a sentence, for the page that offers it."""
    return REVERSAL[deed][1] or f"Ghi nhầm thì bấm “{LABEL[Deed.UNDO]}”."
