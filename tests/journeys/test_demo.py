"""The demonstration commune shows everything a counter may have on its desk."""

from collections.abc import Iterator
from datetime import datetime
from itertools import pairwise

import pytest

from app.clock import VIETNAM
from app.counter import open_counter
from app.demo.month import month
from app.desk.desk import Desk
from app.models.dossiers.lifecycle import Status
from app.models.unit.officer import Role
from app.settings import Places
from tests.cli.motcua import Motcua, sit_down

NOW = datetime(2026, 11, 25, 10, 20, tzinfo=VIETNAM)  # a Wednesday, the day after a holiday


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Motcua, dict[str, object]]]:
    """The commune as it stands on that morning, and what the command told of it."""
    folder = tmp_path_factory.mktemp("commune")
    with pytest.MonkeyPatch.context() as patch:
        sit_down(patch, folder / "state")
        patch.delenv("MOTCUA_PASSPHRASE")
        patch.setattr("app.clock.now", lambda: NOW)
        motcua = Motcua(folder / "demo", patch)
        yield motcua, motcua("demo", str(folder / "demo")).only


@pytest.fixture
def motcua(made: tuple[Motcua, dict[str, object]]) -> Motcua:
    return made[0]


@pytest.fixture
def desk(motcua: Motcua) -> Iterator[Desk]:
    """Opened by one key, without a password."""
    desk = open_counter(Places(motcua.data, motcua.data.with_name("state")), now=lambda: NOW).desk
    yield desk
    desk.store.close()


def test_it_tells_unit_officers_and_how_many_dossiers(
    made: tuple[Motcua, dict[str, object]],
) -> None:
    told = made[1]
    assert told["unit"] == "H26.15.3"
    assert told["officers"] == ["phutrach", "ltnga", "ndtoan", "ptha", "dvthanh", "bthue"]
    assert 250 <= int(str(told["dossiers"])) <= 450


def test_every_role_is_held_and_every_officer_signs_in_by_one_key(
    made: tuple[Motcua, dict[str, object]], desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    motcua, told = made
    assert frozenset[Role]().union(*(x.roles for x in desk.store.standing.officers())) == set(Role)
    for login in told["officers"]:  # type: ignore[attr-defined]
        monkeypatch.setenv("MOTCUA_OFFICER", login)
        assert motcua("late").status == 0


def test_a_dossier_stands_at_every_step(desk: Desk) -> None:
    rows = desk.store.database.rows("SELECT DISTINCT status FROM dossiers")
    assert {Status(row[0]) for row in rows} == set(Status)


def test_the_board_has_something_in_each_of_its_numbers(desk: Desk) -> None:
    counts = desk.lookup.board().counts
    assert counts.late >= 3
    assert min(counts.due_today, counts.due_soon, counts.waiting, counts.ready) >= 2
    assert min(counts.not_handed_over, counts.received_today) >= 1
    assert min(counts.to_sign, counts.uncollected) >= 2


def test_names_that_are_long_or_unusual_are_among_them(motcua: Motcua) -> None:
    assert (
        motcua("find", "cong tang ton nu").answers or motcua("find", "phuong quynh trang").answers
    )


def test_nothing_has_happened_yet_that_lies_in_the_future(desk: Desk) -> None:
    folding = desk.store.folding
    things = desk.store.database.rows("SELECT id FROM things")
    assert max(event.keyed_at for (thing,) in things for event in folding.events_of(thing)) <= NOW


def test_all_of_it_verifies(motcua: Motcua) -> None:
    told = motcua("verify").only
    assert told["ok"]
    assert [finding for finding in told["findings"] if "đã hủy" not in finding] == []


def test_it_is_never_made_over_what_is_there(motcua: Motcua) -> None:
    told = motcua("demo", str(motcua.data))
    assert (told.status, told.answers) == (2, [])
    assert "đã có dữ liệu" in told.errors[0]


@pytest.mark.parametrize(
    "now",
    [
        datetime(2026, 11, 22, 3, 0, tzinfo=VIETNAM),  # a Sunday night
        datetime(2026, 2, 18, 12, 0, tzinfo=VIETNAM),  # in Tết
        datetime(2027, 1, 4, 7, 30, tzinfo=VIETNAM),  # the year's first opening
        datetime(2026, 8, 22, 16, 59, tzinfo=VIETNAM),  # a Saturday that is worked
    ],
    ids=str,
)
def test_any_day_has_a_month_behind_it(desk: Desk, now: datetime) -> None:
    calendar, standing = desk.store.standing.calendar(), desk.store.standing
    catalogue = {procedure.code: procedure for procedure in standing.procedures()}
    visits = month(now, calendar, catalogue)
    assert visits == month(now, calendar, catalogue)
    assert len(visits) > 150
    for visit in visits:
        moments = (visit.at, *(step.at for step in visit.steps))
        assert visit.at <= now
        assert all(calendar.is_open(at) for at in moments)
        assert all(earlier < later for earlier, later in pairwise(moments))


def test_most_citizens_said_how_it_was(motcua: Motcua) -> None:
    file = motcua.data / "ý kiến.xlsx"
    span = ("--from", "2026-10-01", "--to", "2026-11-24")
    told = motcua("report", "satisfaction", *span, "-o", str(file)).only
    file.unlink()
    ((overall,), (asked, *_)) = told["questions"], told["turnout"]
    assert overall["what"] == "Đánh giá chung"
    assert asked["answers"] > overall["answers"] > 50
    assert len(told["months"]) == 2
