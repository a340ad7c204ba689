"""Makes the demonstration commune: a unit, its officers, and a month played at its desk."""

from datetime import datetime, timedelta
from itertools import groupby
from random import Random
from typing import NamedTuple

from app.commands.call import DONE, Call
from app.counter import DEMO_PASSWORD, desk_of, establish
from app.credentials import KeyRing
from app.demo.lives import CLERK, DESK, DIRECTOR, ECONOMY, JUSTICE, POLICE, Step
from app.demo.month import Visit, month
from app.desk.desk import Desk
from app.desk.lobby.ratings import Unsaid
from app.founding import bring_shipped
from app.models.dossiers.lifecycle import Deed
from app.models.events import event as e
from app.models.events.province import ProvinceDescribed
from app.models.unit.officer import Role
from app.settings import Places
from app.store.database.telling import Tell, quiet

UNIT = "H26.15.3"
TYPED_DAYS = 2  # back to which dossiers are still to be typed into the province's system
DESCRIPTION = e.UnitDescribed(
    name="Trung tâm Phục vụ hành chính công xã Khánh Hà",
    agency_upper="UBND xã Khánh Hà",
    agency_own="Trung tâm Phục vụ hành chính công",
    place="Khánh Hà",
    hotline="024 0000 0000",
    upstream="thành phố Hà Nội",
)
OFFICERS: tuple[tuple[str, str, tuple[Role, ...], str], ...] = (
    (DIRECTOR, "Vũ Minh Quyết", (Role.SUPERVISOR, Role.LEADER, Role.ADMINISTRATOR),
     "Phó Chủ tịch UBND, Giám đốc Trung tâm"),
    (DESK, "Lê Thị Nga", (Role.RECEPTIONIST, Role.RETURNER), "Cán bộ tiếp nhận và trả kết quả"),
    (JUSTICE, "Nguyễn Đức Toàn", (Role.SPECIALIST,), "Công chức Tư pháp – Hộ tịch"),
    (ECONOMY, "Phạm Thu Hà", (Role.SPECIALIST, Role.RECEPTIONIST), "Công chức Kinh tế"),
    (POLICE, "Đặng Văn Thành", (Role.SPECIALIST,), "Công an xã"),
    (CLERK, "Bùi Thị Huệ", (Role.CLERK, Role.RETURNER), "Văn thư"),
)  # fmt: skip


class Made(NamedTuple):
    """What `motcua demo` tells."""

    unit: str
    officers: list[str]
    dossiers: int


class SetClock:
    """A clock that is set and never goes back, so that a month passes in seconds."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def set(self, at: datetime) -> None:
        self.at = max(self.at, at)

    def __call__(self) -> datetime:
        return self.at


def demo(call: Call) -> int:
    """Make the commune in a folder of its own."""
    places = Places(call.options.folder.resolve(), call.places.state)
    made = make(places, call.options.at or call.clock())
    call.answer(
        made._asdict(),
        f"Đã dựng {DESCRIPTION.name} ở {places.data}: {made.dossiers} hồ sơ, "
        f"{len(made.officers)} cán bộ. Mở bằng: motcua --data {call.options.folder}",
    )
    return DONE


def make(places: Places, now: datetime, tell: Tell = quiet) -> Made:
    """The commune as it stands at `now`, after a month of work. Raises `BadInput` if data is there.

    `tell` hears how far it is.
    """
    key = establish(places, UNIT, 1, DEMO_PASSWORD, demo=True)
    ring = KeyRing.read(places.key_ring)
    for login, *_ in OFFICERS[1:]:
        ring.add(login, DEMO_PASSWORD, key)
    clock = SetClock(now - timedelta(days=60))
    desk = desk_of(places, key, clock)
    try:
        _set_up(desk)
        typed_since = f"{now - timedelta(days=TYPED_DAYS):%Y-%m-%d}"
        desk.province.describe(ProvinceDescribed(since=typed_since), desk.officer(DIRECTOR))
        catalogue = {procedure.code: procedure for procedure in desk.store.standing.procedures()}
        visits = month(now, desk.store.standing.calendar(), catalogue)
        _play(desk, clock, visits, now, tell)
    finally:
        desk.store.close()
    return Made(UNIT, [login for login, *_ in OFFICERS], len(visits))


def _set_up(desk: Desk) -> None:
    desk.office.describe(DESCRIPTION, DIRECTOR)
    for login, name, roles, title in OFFICERS:
        desk.office.add_officer(login, name, roles, DIRECTOR, title)
    bring_shipped(desk, DIRECTOR)


class _Coming(NamedTuple):
    """Something that happens to a visit's dossier; without a step it is received."""

    at: datetime
    visit: int
    step: Step | None


def _play(desk: Desk, clock: SetClock, visits: list[Visit], now: datetime, tell: Tell) -> None:
    """Receive every dossier and do every step up to `now`, in the order of the clock.

    The same step of several dossiers is one deed, as on a day when they are marked together.
    """
    officers = {login: desk.officer(login) for login, *_ in OFFICERS}
    names: dict[int, e.EventName] = {}
    agenda, done = _agenda(visits, now), 0
    citizens = Random(f"Khánh Hà {now.date()}")  # noqa: S311  # nothing here is secret
    for step, together in groupby(agenda, key=lambda coming: coming.step):
        group = list(together)
        tell(done, len(agenda))
        done += len(group)
        if step is None:
            for coming in group:
                visit = visits[coming.visit]
                clock.set(coming.at)
                received = desk.intake.receive(visit.draft, officers[visit.officer])
                names[coming.visit] = received.name
        else:
            clock.set(step.at)
            dossiers = [names[coming.visit] for coming in group]
            desk.progress.do(step.deed, dossiers, officers[step.officer], step.details)
            if step.deed is Deed.RETURN:
                _rate(desk, dossiers, citizens)


def _rate(desk: Desk, given_back: list[e.EventName], citizens: Random) -> None:
    """Most say how it was; some would rather not, or have gone."""
    for name in given_back:
        (said,) = citizens.choices((3, 2, 1, *Unsaid), (45, 24, 3, 9, 4, 15))
        if isinstance(said, Unsaid):
            desk.ratings.note(said)
        else:
            desk.ratings.cast([name], said)


def _agenda(visits: list[Visit], now: datetime) -> list[_Coming]:
    coming = [_Coming(visit.at, number, None) for number, visit in enumerate(visits)]
    coming += (
        _Coming(step.at, number, step)
        for number, visit in enumerate(visits)
        for step in visit.steps
        if step.at <= now
    )
    return sorted(coming, key=_order)


def _order(coming: _Coming) -> tuple[datetime, str, str, str]:
    step = coming.step
    if step is None:
        return coming.at, "", "", ""
    return coming.at, step.deed.value, step.officer, step.details.to
