"""Online dossiers: brought in from a file, waited with by the hour, and what the intake starts from."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import islice
from pathlib import Path

from msgspec.structs import replace

from app.desk.at_desk import AtDesk, directly
from app.desk.draft import IntakeDraft
from app.desk.online.rows import OnlineFile, OpenSheet, is_waited_for, read, rows_of
from app.desk.profiles import profile_at
from app.desk.unit.office import Wrong
from app.models.citizens.applicant import Applicant
from app.models.deadlines.calendar import Calendar
from app.models.deadlines.deadline import DeadlinePolicy, Limit, appoint
from app.models.deadlines.lateness import Lateness, remaining
from app.models.dossiers.lifecycle import Deed, Status
from app.models.dossiers.province_gap import national
from app.models.errors import BadInput
from app.models.events import event as e
from app.models.events.online import (
    ANSWER_WITHIN,
    LITTLE_IS_LEFT,
    Answer,
    OnlineAnswered,
    OnlineArrived,
)
from app.models.events.province import ProvinceEntered
from app.models.exchange.chain import SALT_BYTES, salt
from app.models.unit.officer import Officer
from app.store.database.telling import Tell, quiet
from app.store.journal.journal import Writing
from app.store.reading.online import OnlineRow
from app.store.store import Store

SHOWN, COUNTED = 200, 2000  # of those that wait, the most pressing
AT_ONCE = 50  # in one transaction, so that the officer's save never waits
ANSWERED = {
    "received": "đã tiếp nhận", "guidance": "đã hướng dẫn", "supplement": "đã yêu cầu bổ sung",
    "refusal": "đã từ chối tiếp nhận",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Waiting:
    """An online dossier nobody answered yet: until when, what is left, and whether that is little.

    `is_known`: the catalogue has its procedure.
    """

    row: OnlineRow
    answer_by: datetime
    left: Lateness
    is_near: bool
    is_known: bool = True

    @property
    def doubt(self) -> str:
        """That its procedure isn't known here; "" of one that is."""
        if self.is_known:
            return ""
        if not self.row.procedure:
            return "Tệp không ghi mã thủ tục của hồ sơ này."
        return f"Thủ tục {self.row.procedure} chưa có trong danh mục của quầy."


@dataclass(frozen=True, slots=True)
class OnlineCounts:
    """How many wait; of those, how many are over their eight hours, or nearly."""

    waiting: int
    late: int
    near: int


@dataclass(frozen=True)
class Brought:
    """What a file brought: new ones, those known before, those it doesn't concern, and wrong rows."""

    new: int
    known: int
    others: int
    wrong: tuple[Wrong, ...]
    unknown: int = 0
    """So many of the new ones are of a procedure that the catalogue doesn't have."""

    def sentence(self) -> str:
        """What came of it, for people."""
        counted = (
            (self.known, "hồ sơ đã có từ trước"),
            (self.others, "hồ sơ không phải “Mới đăng ký” trực tuyến"),
            (len(self.wrong), "dòng sai bị bỏ ra"),
            (self.unknown, "hồ sơ có thủ tục chưa có trong danh mục, khi tiếp nhận phải tự chọn"),
        )
        told = [f"{number} {what}" for number, what in counted if number]
        return "; ".join((f"Đã nhập {self.new} hồ sơ trực tuyến mới", *told)) + "."


class Online:
    """What waits in the province's system; `sheet` opens a workbook."""

    def __init__(self, store: Store, clock: Callable[[], datetime], sheet: OpenSheet) -> None:
        self._store, self._clock, self._sheet = store, clock, sheet

    # --- brought in -------------------------------------------------------------------------------

    def bring_in(
        self, file: Path, officer: Officer, tell: Tell = quiet, at_desk: AtDesk = directly
    ) -> Brought:
        """Bring in a file; raises `BadInput` when it can't be read, `Refused` when `tell` does.

        It is read beside the desk, and written there portion by portion.
        """
        officer.check(Deed.RECEIVE)
        return self.bring(rows_of(file, self._sheet), officer, tell, at_desk)

    def bring(
        self,
        rows: Iterable[tuple[int, Mapping[str, object]]],
        officer: Officer,
        tell: Tell = quiet,
        at_desk: AtDesk = directly,
    ) -> Brought:
        """The same of rows that were read; what was brought in before a stop stays."""
        rows, now = list(rows), self._clock()
        concerned = [(line, row) for line, row in rows if is_waited_for(row)]
        new = unknown = done = 0
        wrong: list[Wrong] = []
        for some in _portions(concerned):
            tell(done, len(concerned))
            found = list(_read(some, now, wrong))
            written = at_desk(partial(self._write, found, officer, now))
            new, unknown = new + len(written), unknown + written.count(False)
            done += len(some)
        known = len(concerned) - new - len(wrong)
        return Brought(new, known, len(rows) - len(concerned), tuple(wrong), unknown)

    # --- looked at --------------------------------------------------------------------------------

    def waiting(self, limit: int = SHOWN) -> list[Waiting]:
        """Those to be answered, the most pressing first."""
        hours, rows = self._hours(), self._store.online.waiting(limit)
        known = {code: self._is_known(code) for code in {row.procedure for row in rows}}
        return [hours.of(row, is_known=known[row.procedure]) for row in rows]

    def counts(self) -> OnlineCounts:
        """The board's numbers: who came first is over first, so a few of them tell."""
        if not (came := self._store.online.arrivals(COUNTED)):
            return OnlineCounts(0, 0, 0)
        hours = self._hours()
        late = bisect_left(came, True, key=lambda at: hours.by(at) >= hours.now)
        warned = bisect_left(came, True, key=lambda at: hours.warns(at) > hours.now)
        return OnlineCounts(self._store.online.count(), late, max(warned - late, 0))

    def look(self, code: str) -> Waiting | None:
        """The one of a code, while it waits."""
        row = self._store.online.row(code) if code else None
        if row is None or row.answer:
            return None
        return self._hours().of(row, is_known=self._is_known(row.procedure))

    def draft(self, code: str) -> IntakeDraft:
        """The intake form as an online dossier fills it. Raises `BadInput` when none waits."""
        row = waits(self._store, code)
        event = self._store.online.arrival(row.code).arrived
        told = (event.personal if event else None) or e.Personal(salt="")
        known = self._store.standing.procedure(row.procedure)
        empty = IntakeDraft(
            procedure=known.code if known else "",
            request=told.request or ("" if known else row.procedure_name),
            channel="online",
            online=row.code,
        )
        return _filled(empty, told.applicant) if told.applicant else empty

    def of(self, name: e.EventName) -> OnlineRow | None:
        """The online dossier that one received here, or a visit, answers."""
        return self._store.online.opened(name)

    # --- inside -----------------------------------------------------------------------------------

    def _write(self, found: Iterable[OnlineFile], officer: Officer, now: datetime) -> list[bool]:
        """Write that these came; of each that was new whether the catalogue has its procedure."""
        with self._store.journal.deed(now) as writing:
            return [
                self._is_known(one.procedure)
                for one in found
                if self._arrive(writing, one, officer, now)
            ]

    def _is_known(self, procedure: str) -> bool:
        return self._store.standing.procedure(procedure) is not None

    def _arrive(self, writing: Writing, one: OnlineFile, officer: Officer, now: datetime) -> bool:
        """Write that it came, unless that is known; whether it was new."""
        known = self._store.online.arrival(one.code)
        if known.arrived and (one.arrived <= known.arrived.at or known.answer != "supplement"):
            return False
        procedure = self._store.standing.procedure(one.procedure)
        name = procedure.name if procedure else one.procedure_name
        personal = e.Personal(
            salt=salt(self._store.random(SALT_BYTES)), applicant=one.applicant, request=one.request
        )
        body = OnlineArrived(one.code, one.procedure, name)
        writing.append(body, by=officer.login, at=one.arrived, keyed_at=now, personal=personal)
        return True

    def _hours(self) -> "_Hours":
        standing = self._store.standing
        return _Hours(self._clock(), standing.calendar(), standing.policy())


@dataclass(frozen=True)
class _Hours:
    """Counts the eight hours at one instant, with the unit's own opening hours."""

    now: datetime
    calendar: Calendar
    policy: DeadlinePolicy

    def of(self, row: OnlineRow, *, is_known: bool) -> Waiting:
        by = self.by(row.arrived)
        left = remaining(self.now, by, self.calendar)
        return Waiting(row, by, left, self.warns(row.arrived) <= self.now, is_known)

    def by(self, came: datetime) -> datetime:
        return self._due(ANSWER_WITHIN, came)

    def warns(self, came: datetime) -> datetime:
        return self._due(LITTLE_IS_LEFT, came)

    def _due(self, limit: Limit, came: datetime) -> datetime:
        return appoint(limit, came, self.calendar, profile_at(came).under(self.policy)).due


def waits(store: Store, code: str) -> OnlineRow:
    """The online dossier of this official code. Raises `BadInput` unless it waits for an answer."""
    row = store.online.row(code.strip().upper())
    if row is None:
        raise BadInput(
            f"Không thấy hồ sơ trực tuyến {code.strip()[:60]}. Hãy nhập tệp của hệ thống tỉnh trước.",
            "online",
        )
    if row.answer:
        raise BadInput(
            f"Hồ sơ trực tuyến {row.code} đã được trả lời: {ANSWERED[row.answer]}.", "online"
        )
    return row


def answer(
    writing: Writing, code: str, said: Answer, opened: e.EventName, by: str, now: datetime
) -> None:
    """Write in the open deed how an online dossier was answered, and by which dossier or visit."""
    writing.append(OnlineAnswered(code, said, str(opened)), by=by, at=now)
    if said == "received":  # its code there stays beside ours, and it isn't typed in there again
        there = ProvinceEntered(code, national(Status.RECEIVED))
        writing.append(there, thing=opened, by=by, at=now)


def there_too(code: str) -> tuple[str, ...]:
    """What the officer has still to do with an online dossier taken in here."""
    return (f"Hãy bấm tiếp nhận hồ sơ {code} trong hệ thống tỉnh.",) if code else ()


# --- inside -------------------------------------------------------------------------------------


def _portions(
    rows: Iterable[tuple[int, Mapping[str, object]]],
) -> Iterator[list[tuple[int, Mapping[str, object]]]]:
    rest = iter(rows)
    while some := list(islice(rest, AT_ONCE)):
        yield some


def _read(
    rows: Iterable[tuple[int, Mapping[str, object]]], now: datetime, wrong: list[Wrong]
) -> Iterator[OnlineFile]:
    """Those that can be read; of the others why not goes into `wrong`."""
    for line, row in rows:
        try:
            yield read(row, now)
        except BadInput as error:
            wrong.append(Wrong(line, str(error)))


def _filled(draft: IntakeDraft, who: Applicant) -> IntakeDraft:
    return replace(
        draft,
        kind=who.kind,
        name=who.name,
        id_kind=who.identity.kind.value,
        id_number=who.identity.number,
        id_reason=who.identity.reason,
        address=who.address,
        phone=who.phone,
        email=who.email,
    )
