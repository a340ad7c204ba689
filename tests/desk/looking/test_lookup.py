from datetime import datetime, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from app.clock import VIETNAM
from app.desk.deeds.details import Details
from app.desk.looking.lookup import on_time
from app.models.deadlines.appointment import Limit, LimitUnit
from app.models.dossiers.lifecycle import Deed
from app.models.errors import BadInput
from app.models.events import event as e
from app.models.procedures.procedure import Case, to_json
from app.models.unit.officer import Role
from tests.making import MONDAY, NGA, PROCEDURE, ACounter, a_counter, a_procedure

DAY = timedelta(days=1)


@pytest.fixture
def counter(tmp_path: Path) -> ACounter:
    made = a_counter(tmp_path)
    new_year = {"date": "2027-01-01", "kind": "holiday", "name": "Tết Dương lịch"}
    made.desk.office.import_holidays([new_year], NGA)
    return made


def finished(counter: ACounter, at: datetime) -> str:
    """On time or not, of a dossier received on Monday and resolved at `at`."""
    counter.clock.now = MONDAY
    name = counter.receive().name
    counter.do(Deed.HAND_OVER, name)
    counter.clock.now = at
    dossier = counter.do(Deed.RESOLVE, name).dossier
    return on_time(dossier)


def test_looking_writes_nothing(counter: ACounter) -> None:
    name = counter.receive().name
    before = counter.store.map(), counter.store.pending("x"), counter.dump()
    counter.desk.lookup.board()
    counter.desk.lookup.find("anh")
    counter.desk.lookup.dossier(name)
    counter.desk.lookup.late(soon=3)
    counter.desk.lookup.appointment(PROCEDURE, MONDAY)
    assert (counter.store.map(), counter.store.pending("x"), counter.dump()) == before


def test_the_board_counts_down_to_the_hand_over_on_working_days(counter: ACounter) -> None:
    assert counter.desk.lookup.board().count_down == (MONDAY.replace(hour=15), 7 * 60)
    counter.clock.now = MONDAY.replace(hour=15)
    assert counter.desk.lookup.board().count_down is None
    counter.clock.now = MONDAY + 5 * DAY
    assert counter.desk.lookup.board().count_down is None


def test_the_count_down_ends_as_the_counter_closes_where_that_is_earlier(
    counter: ACounter,
) -> None:
    whole = "7:30-11:30 13:30-17:00"
    hours = (whole, whole, whole, whole, "7:30-11:30", "", "")
    unit = replace(counter.store.standing.unit(), hours=hours)
    with counter.store.journal.deed(MONDAY) as writing:
        writing.append(unit, by=NGA, at=MONDAY)
    friday = MONDAY + 4 * DAY
    counter.clock.now = friday.replace(hour=10)
    assert counter.desk.lookup.board().count_down == (friday.replace(hour=11, minute=30), 90)
    counter.clock.now = friday.replace(hour=11, minute=30)
    assert counter.desk.lookup.board().count_down is None


@pytest.mark.parametrize(
    ("received", "now", "late"),
    [
        (MONDAY, MONDAY.replace(hour=14, minute=59), 0),
        (MONDAY, MONDAY.replace(hour=15), 1),
        (MONDAY - 3 * DAY, MONDAY.replace(hour=7), 1),
        (MONDAY.replace(hour=16) - 3 * DAY, MONDAY.replace(hour=7), 0),
        (MONDAY.replace(hour=16) - 3 * DAY, MONDAY.replace(hour=7, minute=30), 1),
    ],
)
def test_what_should_have_been_handed_over_by_now_is_told_apart(
    counter: ACounter, received: datetime, now: datetime, late: int
) -> None:
    """NĐ 61/2018/NĐ-CP Đ.18.2–3."""
    counter.clock.now = received
    counter.receive()
    counter.clock.now = now
    counts = counter.desk.lookup.board("hand_over_late").counts
    assert (counts.not_handed_over, counts.hand_over_late) == (1, late)


def test_a_line_says_how_much_is_left_or_by_how_much_it_is_late(counter: ACounter) -> None:
    counter.receive()
    (line,) = counter.desk.lookup.board().lines
    assert (line.runs, line.left.late, line.left.text()) == (True, False, "3 ngày làm việc")
    counter.clock.now = MONDAY + 4 * DAY
    (line,) = counter.desk.lookup.board("late").lines
    assert line.left.late


def test_an_apology_is_due_the_day_before_and_only_once(counter: ACounter) -> None:
    counter.receive()
    board, days = counter.desk.lookup.board, []
    for _ in range(4):
        days += [counter.clock().day for line in board().lines if line.apologise_today]
        counter.clock.go_on(days=1)
    assert days == [25]
    assert counter.desk.lookup.apology_by(MONDAY.replace(day=26, hour=16)) == "2026-11-25"


def test_the_board_filters_what_must_be_apologised_for_today(counter: ACounter) -> None:
    counter.receive()
    board, days = counter.desk.lookup.board, []
    for _ in range(4):
        today = board("to_apologise")
        days += [counter.clock().day] * len(today.lines)
        assert today.counts.to_apologise == len(today.lines)
        counter.clock.go_on(days=1)
    assert days == [25]


def test_the_board_filters_what_is_due_on_the_next_working_day(counter: ACounter) -> None:
    counter.receive()
    counter.clock.now = MONDAY + 2 * DAY
    assert counter.desk.lookup.board().counts.due_tomorrow == 1
    counter.clock.go_on(days=1)
    assert counter.desk.lookup.board().counts.due_tomorrow == 0


def test_what_lies_with_a_leader_waits_to_be_signed(counter: ACounter) -> None:
    counter.desk.office.add_officer("hanh", "Phạm Thị Hạnh", (Role.LEADER,), NGA)
    name = counter.receive().name
    assert counter.desk.lookup.board("to_sign").lines == ()
    counter.do(Deed.HAND_OVER, name, Details(to="hanh"))
    (line,) = counter.desk.lookup.board("to_sign").lines
    assert line.row.name == name
    counter.do(Deed.SIGN, name)
    assert counter.desk.lookup.board("to_sign").counts.to_sign == 0


def test_holders_are_shown_by_name(counter: ACounter) -> None:
    name = counter.receive().name
    counter.do(Deed.HAND_OVER, name)
    counter.desk.office.add_officer("hung", "Trần Văn Hùng", (), NGA)
    (line,) = counter.desk.lookup.board().lines
    assert (line.row.holder, line.holder) == ("hung", "Trần Văn Hùng")
    assert counter.desk.lookup.holder_name("Sở Tư pháp") == "Sở Tư pháp"


def test_a_dossier_is_named_by_its_code_however_it_is_typed_or_scanned(counter: ACounter) -> None:
    receipt = counter.receive()
    (token,) = counter.store.database.one("SELECT token FROM dossiers") or ("",)
    for key in (
        receipt.code, f"  {receipt.code.lower()} ", token, f"http://127.0.0.1:8765/t/{token}",
    ):  # fmt: skip
        assert counter.desk.lookup.named(key) == receipt.name


def test_a_code_nobody_knows_is_told_with_what_to_do(counter: ACounter) -> None:
    with pytest.raises(BadInput, match="đồng bộ rồi tìm lại"):
        counter.desk.lookup.named("H26.15.3-261123-0001")


def test_late_ones_and_those_due_soon_are_listed(counter: ACounter) -> None:
    name = counter.receive().name
    assert counter.desk.lookup.late() == []
    assert [line.row.name for line in counter.desk.lookup.late(soon=3)] == [name]
    counter.clock.now = MONDAY + 10 * DAY
    assert [line.row.name for line in counter.desk.lookup.late()] == [name]


@pytest.mark.parametrize(("day", "said"), [(25, "Trước hạn"), (26, "Đúng hạn"), (30, "Quá hạn")])
def test_a_finished_dossier_was_early_on_time_or_late(
    counter: ACounter, day: int, said: str
) -> None:
    assert finished(counter, datetime(2026, 11, day, 10, 0, tzinfo=VIETNAM)) == said


def test_lateness_is_measured_against_the_first_promise(counter: ACounter) -> None:
    name = counter.receive().name
    first = counter.desk.lookup.dossier(name).dossier
    assert first is not None
    counter.clock.now = MONDAY + 10 * DAY
    assert counter.desk.lookup.standing_of(first).late


def test_an_appointment_is_told_without_receiving_anything(counter: ACounter) -> None:
    told = counter.desk.lookup.appointment(PROCEDURE, MONDAY)
    assert told.due == datetime(2026, 11, 26, 16, 30, tzinfo=VIETNAM)
    for code, year, case in (("9.999999", 2026, 1), (PROCEDURE, 2026, 9)):
        with pytest.raises(BadInput):
            counter.desk.lookup.appointment(code, MONDAY.replace(year=year), case)


def test_what_was_due_too_soon_for_any_apology_has_missed_none(counter: ACounter) -> None:
    same_day = Case(1, limit=Limit(1, LimitUnit.SAME_DAY, "Trong ngày", "x"))
    body = e.ProcedureSet(PROCEDURE, to_json(replace(a_procedure(), cases=(same_day,))))
    usual = counter.receive().name
    with counter.store.journal.deed(MONDAY) as writing:
        writing.append(body, by=NGA, at=MONDAY)
    counter.clock.now = counter.desk.lookup.dossier(usual).arrived("").due.replace(hour=8)
    soon = counter.receive().name
    missed = {line.row.name: line.apology_missed for line in counter.desk.lookup.board().lines}
    assert missed == {usual: True, soon: False}


def test_nothing_grows_late_while_the_clock_stands(counter: ACounter) -> None:
    name = counter.receive().name
    for deed in (Deed.HAND_OVER, Deed.ACCEPT, Deed.REQUEST_PAYMENT):
        counter.do(deed, name)
    counter.clock.go_on(days=30)
    standing = counter.desk.lookup.standing_of(counter.desk.lookup.dossier(name).arrived(""))
    assert not standing.late


def test_no_date_is_told_for_a_year_without_a_calendar(counter: ACounter) -> None:
    assert counter.desk.lookup.appointment(PROCEDURE, MONDAY.replace(year=2027))
    with pytest.raises(BadInput, match="Chưa có lịch nghỉ của năm 2028"):
        counter.desk.lookup.appointment(PROCEDURE, MONDAY.replace(year=2028))
