"""Plans a month at the demonstration counter: who comes, for what, and what becomes of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from app.demo import lives
from app.demo.lives import DESK, ECONOMY, JUSTICE, POLICE, Life, Step, Story
from app.demo.people import people
from app.desk.draft import IntakeDraft, checklist
from app.models.deadlines.appointment import LimitUnit
from app.models.deadlines.calendar import Calendar, at_hour
from app.models.procedures.procedure import Procedure

WORKING_DAYS, EARLIER_DAYS = 22, 36
FEWEST, MOST = 8, 22  # visits a day, besides the certain ones
PEOPLE = 240

# procedure → how often in a thousand visits
_MIX = {
    "2.000815": 260, "2.000884": 100, "2.000635": 90, "1.001193": 80, "1.000894": 30,
    "1.000656": 30, "1.004873": 80, "1.001022": 15, "1.004859": 30, "1.004884": 20,
    "1.004194": 60, "1.004222": 50, "1.010041": 50, "1.010038": 20, "1.001612": 40,
    "1.012753": 10, "1.013225": 15, "1.011607": 10, "1.001653": 15, "1.014027": 15,
    "2.001019": 10, "2.001035": 25,
}  # fmt: skip
_SPECIALIST = {"Hộ tịch": JUSTICE, "Chứng thực": JUSTICE, "Đăng ký, quản lý cư trú": POLICE}

# what a day's end must show whatever chance brings: (working days ago, procedure, story)
_CERTAIN: tuple[tuple[int, str, Story], ...] = (
    (20, "1.012753", lives.stuck), (6, "1.004873", lives.stuck), (4, "1.001612", lives.stuck),
    (7, "1.004222", lives.stuck), (5, "1.004884", lives.stuck), (3, "1.001022", lives.stuck),
    (2, "1.004873", lives.hastened), (1, "1.004859", lives.untouched), (1, "1.010038", lives.stuck),
    (3, "1.004859", lives.asked), (5, "1.013225", lives.asked), (8, "1.012753", lives.unpaid),
    (9, "1.012753", lives.paid), (2, "1.001612", lives.signed), (5, "1.010038", lives.refused),
    (3, "2.001035", lives.unfetched), (6, "1.004194", lives.unfetched),
    (4, "1.004873", lives.unfetched), (7, "1.001612", lives.withdrawn),
    (9, "1.013225", lives.stopped), (12, "1.012753", lives.reopened),
    (4, "2.000815", lives.voided), (1, "1.004873", lives.sent_back),
    (4, "1.004859", lives.apologised), (3, "1.004873", lives.corrected),
    (6, "1.012753", lives.forwarded),
)  # fmt: skip
# of the months before, what nobody came for; and what the leader has before them
_LEFT: tuple[tuple[int, str, Story], ...] = (
    (35, "1.004194", lives.unfetched), (32, "1.004873", lives.unfetched),
    (33, "1.004859", lives.asked), (2, "1.004222", lives.prepared),
    (2, "1.004884", lives.prepared), (1, "1.001612", lives.prepared),
)  # fmt: skip
# story → how often in a hundred
_OTHERWISE: dict[Story, int] = {
    lives.usual: 88, lives.supplemented: 7, lives.slow: 3, lives.unfetched: 2,
}  # fmt: skip


@dataclass(frozen=True)
class Visit:
    """One dossier: when it is received, as what, by whom, and the steps it goes through."""

    at: datetime
    draft: IntakeDraft
    officer: str
    steps: tuple[Step, ...]


def specialist_of(field: str) -> str:
    """Who resolves the procedures of a field, by login."""
    return _SPECIALIST.get(field, ECONOMY)


def month(now: datetime, calendar: Calendar, catalogue: Mapping[str, Procedure]) -> list[Visit]:
    """The visits of the working days up to `now`, in order; the same for the same day and data.

    Steps may lie after `now`: they are still to come.
    """
    plan = _Plan(now, calendar, catalogue)
    visits = [visit for visit in plan.visits() if visit.at <= now]
    return sorted(visits, key=lambda visit: visit.at)


class _Plan:
    def __init__(
        self, now: datetime, calendar: Calendar, catalogue: Mapping[str, Procedure]
    ) -> None:
        # every commune shown on a day shows the same month
        self._random = Random(f"Khánh Hà {now.date()}")  # noqa: S311  # nothing here is secret
        self._calendar = calendar
        self._catalogue = catalogue
        self._people = people(self._random, PEOPLE)
        self._days = _working_days(now, calendar)

    def visits(self) -> Iterator[Visit]:
        for ago, code, story in _CERTAIN:
            yield self._visit(self._arrives(self._days[ago], time(8), time(10)), code, story)
        for day in self._days[:WORKING_DAYS]:
            for _ in range(self._random.randint(FEWEST, MOST)):
                (code,) = self._random.choices(list(_MIX), list(_MIX.values()))
                yield self._visit(self._arrives(day, time(7, 35), time(16, 40)), code)
        for ago, code, story in _LEFT:
            yield self._visit(self._arrives(self._days[ago], time(8), time(10)), code, story)

    def _arrives(self, day: date, first: time, last: time) -> datetime:
        """Some minute of the day's opening hours, between `first` and `last`."""
        while True:
            minutes = self._random.randint(
                60 * first.hour + first.minute, 60 * last.hour + last.minute
            )
            at = at_hour(day, time()) + timedelta(minutes=minutes)
            if self._calendar.is_open(at):
                return at

    def _visit(self, at: datetime, code: str, story: Story | None = None) -> Visit:
        procedure = self._catalogue[code]
        limit = procedure.case(1).limit
        assert limit is not None, f"{code} has no limit"
        life = Life(at, limit, specialist_of(procedure.field), self._calendar, self._random)
        if story is None:
            (usually,) = self._random.choices(list(_OTHERWISE), list(_OTHERWISE.values()))
            story = lives.same_day if limit.unit is LimitUnit.SAME_DAY else usually
        return Visit(at, self._draft(procedure), DESK, tuple(story(life)))

    def _draft(self, procedure: Procedure) -> IntakeDraft:
        who = self._random.choice(self._people)
        pages = self._random.randint(1, 9) if procedure.code == "2.000815" else 0
        return IntakeDraft(
            procedure=procedure.code,
            name=who.name,
            id_number=who.number,
            born=who.born,
            sex=who.sex,
            address=who.address,
            phone=who.phone,
            documents=checklist(procedure),
            fee_when="now",
            pages=pages,
            copies=self._random.randint(1, 8) if pages else 1,
        )


def _working_days(now: datetime, calendar: Calendar) -> list[date]:
    """The latest working days, the newest first; today once the counter has opened."""
    day = now.date()
    opened = calendar.is_working_day(day) and calendar.half_days(day)[0][0] <= now
    days = [day if opened else calendar.working_day_before(day)]
    while len(days) < EARLIER_DAYS:
        days.append(calendar.working_day_before(days[-1]))
    return days
