import csv
from pathlib import Path

import pytest

import resources
from app.desk.unit.office import Row, read_rows
from app.models.errors import BadInput, Refused
from app.models.events import event as e
from app.models.unit.officer import Officer, Role
from tests.making import NGA, PROCEDURE, ACounter, a_counter


@pytest.fixture
def counter(tmp_path: Path) -> ACounter:
    return a_counter(tmp_path)


def shipped(name: str) -> list[Row]:
    with resources.path(name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def catalogue() -> tuple[list[Row], list[Row], list[Row]]:
    return (
        shipped("catalogue/procedures.csv"),
        shipped("catalogue/cases.csv"),
        shipped("catalogue/fees.csv"),
    )


def test_the_shipped_catalogue_and_calendar_come_in_whole_once(counter: ACounter) -> None:
    assert counter.desk.office.import_catalogue(*catalogue(), NGA).imported == 123
    assert counter.desk.office.import_holidays(shipped("calendar/holidays.csv"), NGA).refused == ()
    assert len(counter.store.standing.procedures()) == 123
    before = counter.store.pending("x")[0]
    counter.desk.office.import_catalogue(*catalogue(), NGA)
    counter.desk.office.import_holidays(shipped("calendar/holidays.csv"), NGA)
    assert counter.store.pending("x")[0] == before


def test_wrong_rows_are_listed_with_line_and_reason_and_the_others_go_in(
    counter: ACounter,
) -> None:
    days = shipped("calendar/holidays.csv")[:3]
    bad: list[Row] = [
        {**days[1], "date": "30/02/2026"},
        {**days[1], "kind": "?"},
        {"name": "x"},
        {**days[1], "date": "2030-01-01"},  # more than three years ahead
    ]
    imported = counter.desk.office.import_holidays([days[0], *bad, days[2]], NGA)
    assert imported.imported == 2
    assert [wrong.line for wrong in imported.refused] == [3, 4, 5, 6]
    assert all(wrong.reason.endswith(".") for wrong in imported.refused)
    assert len(counter.store.standing.calendar().special) == 2


def test_a_changed_row_is_set_anew_and_stands(counter: ACounter) -> None:
    days = shipped("calendar/holidays.csv")[:1]
    counter.desk.office.import_holidays(days, NGA)
    counter.desk.office.import_holidays([{**days[0], "name": "Tên khác"}], NGA)
    (day,) = counter.store.standing.calendar().special.values()
    assert day.name == "Tên khác"


def test_an_officer_may_be_added_and_changed(counter: ACounter) -> None:
    for roles in ((Role.RECEPTIONIST,), (Role.RECEPTIONIST, Role.RETURNER)):
        counter.desk.office.add_officer("toan", "Lê Văn Toàn", roles, NGA, "Công chức")
    assert counter.desk.officer("toan") == Officer(
        "toan", "Lê Văn Toàn", frozenset({Role.RECEPTIONIST, Role.RETURNER}), "Công chức"
    )


@pytest.mark.parametrize("login", ["", "lê nga", "nga.le", "x" * 33, "1nga", "nga\n"])
def test_a_login_nobody_can_type_is_refused(counter: ACounter, login: str) -> None:
    with pytest.raises(BadInput, match="Tên đăng nhập"):
        counter.desk.office.add_officer(login, "Lê Thị Nga", (), NGA)


def test_one_who_left_or_never_came_does_not_sign_in(counter: ACounter) -> None:
    left = e.OfficerAdded("toan", "Lê Văn Toàn", (), active=False)
    with counter.store.journal.deed(counter.clock()) as writing:
        writing.append(left, by=NGA, at=counter.clock())
    for login in ("toan", "ai"):
        with pytest.raises(BadInput, match="Không có cán bộ"):
            counter.desk.officer(login)


def test_the_unit_is_what_it_was_called_last(counter: ACounter) -> None:
    for name in ("Xã Một", "Xã Hai"):
        counter.desk.office.describe(e.UnitDescribed(name=name, return_by="17:00"), NGA)
    assert counter.store.standing.unit().name == "Xã Hai"
    assert counter.store.standing.policy().return_by.hour == 17


def test_an_hour_that_is_none_is_refused_and_nothing_changes(counter: ACounter) -> None:
    with pytest.raises(Refused):
        counter.desk.office.describe(e.UnitDescribed(name="Xã", return_by="25:00"), NGA)
    assert counter.store.standing.policy().return_by.hour == 16


def test_only_a_supervisor_vouches_for_the_catalogue(counter: ACounter) -> None:
    clerk = Officer("x", "Lê Văn Toàn", frozenset({Role.RECEPTIONIST}))
    with pytest.raises(Refused, match="phụ trách"):
        counter.desk.office.confirm(PROCEDURE, clerk)
    counter.desk.office.confirm(PROCEDURE, counter.officer)
    procedure = counter.store.standing.procedure(PROCEDURE)
    assert procedure is not None
    assert procedure.confirmed


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00a", b"\n\n"])
def test_a_file_that_is_no_table_is_refused_in_words(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x.csv").write_bytes(content)
    with pytest.raises(BadInput) as wrong:
        read_rows(tmp_path / "x.csv", lambda _: [])
    assert wrong.value.field == "file"


def test_a_table_reads_the_same_from_both_kinds_of_file(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("\ufeffcode,name\n2.000630,Tên\n", encoding="utf-8")
    sheet: list[list[object]] = [["code", "name"], [2.00063, "Tên"], [None, None]]
    rows = [{"code": "2.000630", "name": "Tên"}]
    assert read_rows(tmp_path / "x.csv", lambda _: []) == rows
    assert read_rows(tmp_path / "x.xlsx", lambda _: sheet) == rows


def test_a_supervisor_states_second_stages_and_nothing_else_of_the_unit(counter: ACounter) -> None:
    office = counter.desk.office
    lead = Officer("lead", "Phụ Trách", frozenset({Role.SUPERVISOR}))
    assert office.change(lead, two_stage=[PROCEDURE]).two_stage == (PROCEDURE,)
    with pytest.raises(Refused):
        office.change(lead, {"hotline": "0216"})
    with pytest.raises(Refused):
        office.change(Officer("x", "X", frozenset({Role.CLERK})), two_stage=[])
    with pytest.raises(BadInput):
        office.change(lead, two_stage=["9.999999"])


def test_the_table_of_procedures_alone_leaves_the_cases_and_fees_that_were_known(
    counter: ACounter,
) -> None:
    procedures, *_ = catalogue()
    before = counter.store.standing.procedure(PROCEDURE)
    assert before is not None
    assert before.fees
    counter.desk.office.import_catalogue(procedures, [], [], NGA)
    after = counter.store.standing.procedure(PROCEDURE)
    assert after is not None
    assert (after.cases, after.fees) == (before.cases, before.fees)


def test_nobody_lets_themselves_go(counter: ACounter) -> None:
    with pytest.raises(Refused, match="Không tự cho mình thôi làm"):
        counter.desk.office.let_go(NGA, counter.officer)
    assert counter.officer.active
