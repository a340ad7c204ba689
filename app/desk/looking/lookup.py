"""What an officer looks up: the board, a search, one dossier, what is late, what a deadline would be."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from itertools import chain, repeat
from typing import NamedTuple

from app.desk.profiles import profile_at
from app.models.deadlines.appointment import Appointment
from app.models.deadlines.calendar import DAY, Calendar
from app.models.deadlines.deadline import DeadlinePolicy, appoint, until
from app.models.deadlines.handing_over import owed_before
from app.models.deadlines.lateness import MINUTE, Lateness, apology_by, kept, lateness, remaining
from app.models.dossiers.dossier import Dossier
from app.models.dossiers.fold import Folded
from app.models.dossiers.lifecycle import Status
from app.models.errors import BadInput
from app.models.events import event as e
from app.models.events.forwarding import Part
from app.models.procedures.procedure import Procedure
from app.models.unit.officer import Role
from app.store.reading.dossiers import DossierRow
from app.store.reading.listing import Listing
from app.store.reading.lists import BoardCounts, Moments, Span
from app.store.store import Store

SOON_DAYS = 2  # working days ahead that count as "due soon"
LONG = timedelta(days=30)  # that a result or a supplement may wait before the citizen is asked
KEPT = {"early": "Trước hạn", "on_time": "Đúng hạn", "late": "Quá hạn"}
OLDEST_YEAR = 2018  # of NĐ 61/2018, the first to set these appointments


@dataclass(frozen=True, slots=True)
class BoardLine:
    """One line of the board: the dossier, how it stands against its first promise, who has it.

    `apology_missed`: not yet late, but the last day to apologise for it has gone by. `shelf` is where
    the unit keeps the dossiers of its field.
    """

    row: DossierRow
    left: Lateness
    runs: bool
    apologise_today: bool
    holder: str
    apology_missed: bool = False
    shelf: str = ""
    away_left: Lateness | None = None
    """How another agency that has it stands against its own limit; None while none has, or no limit."""


class Away(NamedTuple):
    """An agency a dossier is at: what it was asked for, how it stands against its own limit.

    `answered` is when it gave its answer while others still have it.
    """

    part: Part
    work: str
    left: Lateness | None
    answered: datetime | None = None


class CountDown(NamedTuple):
    """Until when papers may be handed over today, and the minutes left."""

    until: datetime
    left: int


@dataclass(frozen=True, slots=True)
class Board:
    """Everything the board page shows at one instant; no count-down where nothing goes today any more."""

    counts: BoardCounts
    lines: tuple[BoardLine, ...]
    count_down: CountDown | None


class Lookup:
    """Reads only; nothing here appends an event."""

    def __init__(self, store: Store, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._clock = clock

    def board(self, only: str = "all", holder: str = "", limit: int = 200) -> Board:
        """What is open, the most pressing first; `only` is a field of `BoardCounts`."""
        return self.look_at(Listing(only, holder), limit)

    def look_at(self, listing: Listing, limit: int = 200, first: int = 0) -> Board:
        """The board's numbers, and `limit` lines of one of its lists from number `first` on."""
        now, calendar, policy = (
            self._clock(),
            self._store.standing.calendar(),
            self._store.standing.policy(),
        )
        moments = self._moments(now, calendar)
        rows = self._store.lists.page(moments, listing, limit, first)
        return Board(
            self._store.lists.counts(moments, listing.holder),
            tuple(self._lines(rows, now, calendar)),
            _count_down(now, calendar, policy),
        )

    def lines(self, listing: Listing, limit: int = 200, first: int = 0) -> tuple[BoardLine, ...]:
        """`limit` lines of a list from number `first` on, in its order."""
        now, calendar = self._clock(), self._store.standing.calendar()
        rows = self._store.lists.page(self._moments(now, calendar), listing, limit, first)
        return tuple(self._lines(rows, now, calendar))

    def count(self, listing: Listing) -> int:
        """How many dossiers a list holds."""
        return self._store.lists.count(self._now(), listing)

    def listed(self, listing: Listing) -> dict[e.EventName, Status]:
        """Every dossier of a list, in its order, and how far it is."""
        return dict(self._store.lists.listed(self._now(), listing))

    def find(self, words: str, limit: int = 50) -> list[BoardLine]:
        """Name with or without marks, code or its last digits, ID number, phone; newest first."""
        found = self._store.dossiers.find(words, limit)
        return self._lines(found, self._clock(), self._store.standing.calendar())

    def named(self, key: str) -> e.EventName:
        """The dossier of a code, provisional code, look-up token or look-up address."""
        name = self._store.dossiers.named(key.strip().rpartition("/")[2].upper())
        if name is None:
            raise BadInput(
                f"Không thấy hồ sơ {key.strip()[:60]} ở quầy này. Hãy kiểm tra lại mã hoặc đồng bộ rồi tìm lại.",
                "code",
            )
        return name

    def dossier(self, name: e.EventName) -> Folded:
        """One dossier with the verdict on each of its events."""
        return self._store.dossiers.opened(name)

    def standing_of(self, dossier: Dossier) -> Lateness:
        """How a dossier stands now against its first promise; of one a supplement was asked for when
        it was late already, how late it was then. Else nothing is late while the clock stands."""
        if dossier.status is Status.WAITING_SUPPLEMENT:
            since = dossier.holder_since
            return lateness(dossier.first_due, since, self._store.standing.calendar())
        if not (dossier.runs or dossier.resolved_at):
            return Lateness(late=False)
        at = dossier.resolved_at or self._clock()
        return remaining(at, dossier.first_due, self._store.standing.calendar())

    def away_of(self, dossier: Dossier) -> tuple[Away, ...]:
        """The agencies it lies at, and how each stood at its answer, or stands, against its limit."""
        row, now, calendar = dossier.away, self._clock(), self._store.standing.calendar()
        if row is None:
            return ()
        came = {answer.agency: answer.at for answer in row.answers}
        works = chain(row.works, repeat(""))
        return tuple(
            Away(
                part, work,
                remaining(came.get(part.agency, now), part.due, calendar) if part.due else None,
                came.get(part.agency),
            )
            for part, work in zip(row.asked, works, strict=False)
        )  # fmt: skip

    def late(self, soon: int = 0) -> list[BoardLine]:
        """Overdue dossiers, or those due within `soon` working days too; the latest first."""
        now, calendar = self._clock(), self._store.standing.calendar()
        before = now if soon <= 0 else _end_of_day(_working_days_on(now, soon, calendar))
        return self._lines(self._store.dossiers.late(before), now, calendar)

    def apology_by(self, dossier_due: datetime) -> str:
        """The last day (ISO) an apology is in time."""
        return apology_by(dossier_due, self._store.standing.calendar()).isoformat()

    def procedure(self, code: str) -> Procedure:
        """A procedure by its code; provincial suffixes after the first 8 characters are ignored."""
        found = self._store.standing.procedure(code)
        if found is None:
            raise BadInput(
                f"Không có thủ tục {code.strip()[:40]} trong danh mục. Hãy tìm theo tên hoặc nhập danh mục mới.",
                "procedure",
            )
        return found

    def appointment(self, code: str, at: datetime, case: int = 1) -> Appointment:
        """The appointment if received at `at`, with its reasons. Raises `BadInput`."""
        limit = self.procedure(code).case(case).limit
        if limit is None:
            raise BadInput(
                f"Danh mục chưa có thời hạn của thủ tục {code}; khi tiếp nhận hãy nhập thời hạn và căn cứ.",
                "limit",
            )
        calendar = self._store.standing.calendar()
        if not OLDEST_YEAR <= at.year <= calendar.horizon.year:
            raise BadInput(
                f"Chưa có lịch nghỉ của năm {at.year} nên chưa tính được hẹn trả. "
                "Hãy nhập lịch nghỉ năm ấy, hoặc sửa ngày nhận.",
                "at",
            )
        policy = profile_at(at).under(self._store.standing.policy())
        return appoint(limit, at, calendar, policy)

    def holder_name(self, holder: str) -> str:
        """An officer's name for a login; other holders as they are."""
        return self._store.standing.names().get(holder, holder)

    def _lines(
        self, rows: Sequence[DossierRow], now: datetime, calendar: Calendar
    ) -> list[BoardLine]:
        names, shelves = self._store.standing.names(), dict(self._store.standing.unit().shelves)
        return [_line(row, now, calendar, names, shelves) for row in rows]

    def _now(self) -> Moments:
        return self._moments(self._clock(), self._store.standing.calendar())

    def _moments(self, now: datetime, calendar: Calendar) -> Moments:
        owed = owed_before(now, calendar, self._store.standing.policy())
        return replace(
            _moments(now, calendar, self._leaders(), self._store.standing.names()), owed_before=owed
        )

    def _leaders(self) -> tuple[str, ...]:
        officers = self._store.standing.officers()
        return tuple(officer.login for officer in officers if Role.LEADER in officer.roles)


def _line(
    row: DossierRow,
    now: datetime,
    calendar: Calendar,
    names: Mapping[str, str],
    shelves: Mapping[str, str],
) -> BoardLine:
    runs = row.runs
    left = remaining(now, row.first_due, calendar) if runs else Lateness(late=False)
    if row.status is Status.WAITING_SUPPLEMENT:
        left = lateness(row.first_due, row.holder_since, calendar)
    by = apology_by(row.first_due, calendar)
    owed = runs and not row.apologised
    missed = owed and not left.late and row.received_at.date() <= by < now.date()
    holder = names.get(row.holder, row.holder)
    shelf = shelves.get(row.field, "")
    away = remaining(now, row.away_due, calendar) if row.away and row.away_due else None
    return BoardLine(row, left, runs, owed and by == now.date(), holder, missed, shelf, away)


def _moments(
    now: datetime, calendar: Calendar, leaders: tuple[str, ...], names: Mapping[str, str]
) -> Moments:
    start, tomorrow = _start_of_day(now), _start_of_day(_working_days_on(now, 1, calendar))
    return Moments(
        now,
        start,
        _end_of_day(now),
        _end_of_day(_working_days_on(now, SOON_DAYS, calendar)),
        (tomorrow, _end_of_day(tomorrow)),
        _due_when_apologised_for(now, calendar),
        leaders,
        now - LONG,
        names,
    )


def _due_when_apologised_for(now: datetime, calendar: Calendar) -> Span | None:
    """Between which instants a promise falls whose last day for an apology is today, if any does."""
    last = start = _start_of_day(now)
    while apology_by(last + DAY, calendar) <= start.date():
        last += DAY
    return (
        None
        if last == start or not calendar.sessions_on(now.date())
        else (start + DAY, _end_of_day(last))
    )


def _start_of_day(at: datetime) -> datetime:
    return datetime.combine(at.date(), time.min, at.tzinfo)


def _end_of_day(at: datetime) -> datetime:
    return at.replace(hour=23, minute=59, second=59)


def _working_days_on(now: datetime, days: int, calendar: Calendar) -> datetime:
    day = now.date()
    for _ in range(days):
        day = calendar.next_working_day(day)
    return now + timedelta(days=(day - now.date()).days)


def _count_down(now: datetime, calendar: Calendar, policy: DeadlinePolicy) -> CountDown | None:
    if not calendar.is_working_day(now.date()):
        return None
    end = until(now.date(), policy.cut_off, calendar)
    return CountDown(end, (end - now) // MINUTE) if now < end else None


def on_time(dossier: Dossier) -> str:
    """How a finished dossier kept its first promise, in words; "" of one that isn't finished."""
    done = dossier.resolved_at
    return KEPT[kept(dossier.first_due, done)] if done else ""
