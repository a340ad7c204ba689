from datetime import timedelta
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.desk.draft import IntakeDraft
from app.models.citizens.applicant import IdKind
from app.models.dossiers.lifecycle import Status
from app.models.errors import BadInput, Refused
from app.models.events import event as e
from app.models.events import facts
from app.models.procedures.procedure import to_json
from app.models.unit.officer import Officer, Role
from tests.making import MONDAY, NGA, ACounter, a_counter, a_draft, a_procedure

SAME_DAY = "2.000815"  # certified copies
WITHOUT_LIMIT, ITS_CASE = "1.004884", 2  # the data names this case and no limit


@pytest.fixture
def counter(tmp_path: Path) -> ACounter:
    made = a_counter(tmp_path)
    add(made, SAME_DAY)
    return made


def add(counter: ACounter, code: str, **changes: object) -> None:
    """Put a procedure into the catalogue."""
    procedure = msgspec.structs.replace(a_procedure(code), **changes)
    with counter.store.journal.deed(counter.clock()) as writing:
        writing.append(e.ProcedureSet(code, to_json(procedure)), by=NGA, at=counter.clock())


def events(counter: ACounter) -> int:
    row = counter.store.database.one("SELECT count(*) FROM events")
    assert row is not None
    return int(row[0])


def the_event(counter: ACounter, name: e.EventName) -> e.Event:
    return counter.store.log.event(name)


# --- receiving ----------------------------------------------------------------------------------


def test_what_the_form_shows_is_what_is_received(counter: ACounter) -> None:
    shown = counter.desk.intake.look(a_draft())
    receipt = counter.receive()
    assert shown.errors == {}
    assert shown.appointment is not None
    assert (shown.code, shown.serial, shown.appointment.due) == (
        receipt.code,
        receipt.serial,
        receipt.due,
    )


def test_everything_decided_at_the_desk_stands_in_one_event(counter: ACounter) -> None:
    before = events(counter)
    name = counter.receive(request="Xin cấp lại", sets=2, return_place="Nhà văn hóa thôn 3").name
    assert events(counter) == before + 1
    event = the_event(counter, name)
    body = event.body
    assert isinstance(body, e.Received)
    assert (body.sets, body.channel, body.counter, body.case) == (2, "counter", 1, 1)
    assert body.return_place == "Nhà văn hóa thôn 3"
    assert body.received_unit == "Trung tâm Phục vụ hành chính công xã Khánh Hà"
    assert body.slip == facts.Serial("slip receipt", 2026, 1, 1)
    assert body.promise.why
    assert event.personal is not None
    assert event.personal.request == "Xin cấp lại"


def test_a_new_dossier_stands_on_the_board_at_once(counter: ACounter) -> None:
    receipt = counter.receive("Đặng Thị Đào")
    (line,) = counter.desk.lookup.board().lines
    assert (line.row.code, line.row.applicant, line.row.status) == (
        receipt.code,
        "Đặng Thị Đào",
        Status.RECEIVED,
    )


def test_every_dossier_has_a_salt_of_its_own(counter: ACounter) -> None:
    salts = set()
    for _ in range(3):
        personal = the_event(counter, counter.receive().name).personal
        assert personal is not None
        salts.add(personal.salt)
    assert len(salts) == 3


def test_who_received_it_and_who_typed_it_are_both_kept(counter: ACounter) -> None:
    earlier = MONDAY - timedelta(hours=1)
    receipt = counter.desk.intake.receive(a_draft(), counter.officer, at=earlier, keyed_by="mai")
    event = the_event(counter, receipt.name)
    assert (event.by, event.keyed_by) == (NGA, "mai")
    assert (event.at, event.keyed_at) == (earlier, MONDAY)


def test_nothing_is_received_tomorrow(counter: ACounter) -> None:
    with pytest.raises(BadInput, match="tương lai"):
        counter.desk.intake.receive(a_draft(), counter.officer, at=MONDAY + timedelta(minutes=1))


def test_a_dossier_taken_in_late_carries_its_own_days_code(counter: ACounter) -> None:
    friday = MONDAY - timedelta(days=3)
    receipt = counter.desk.intake.receive(a_draft(), counter.officer, at=friday)
    assert receipt.code == "H26.15.3-261120-0001"


def test_what_is_keyed_after_new_year_stands_in_the_old_years_books(counter: ACounter) -> None:
    counter.clock.now = MONDAY.replace(year=2027, month=1, day=4)
    received = MONDAY.replace(month=12, day=31)
    name = counter.desk.intake.receive(a_draft(), counter.officer, at=received).name
    body = the_event(counter, name).body
    assert isinstance(body, e.Received)
    assert body.serial == facts.Serial("Hộ tịch", 2026, 1, 1)
    assert body.slip == facts.Serial("slip receipt", 2026, 1, 1)


def test_only_who_may_receive_does_and_turns_away(counter: ACounter) -> None:
    specialist = Officer("hung", "Trần Văn Hùng", frozenset({Role.SPECIALIST}))
    with pytest.raises(Refused, match="không có quyền “Tiếp nhận”"):
        counter.desk.intake.receive(a_draft(), specialist)
    with pytest.raises(Refused, match="không có quyền “Tiếp nhận”"):
        counter.desk.intake.leave(a_draft(), "refusal", specialist, "không thuộc thẩm quyền")


WRONG: dict[str, dict[str, object]] = {
    "procedure": {"procedure": "9.999999"},
    "case": {"case": 7},
    "name": {"name": ""},
    "number": {"id_number": "00118701234"},
    "fee_amount": {"fee_amount": "8.000 USD"},
    "principal_name": {"authorised": True, "authorisation": "GUQ số 1"},
}


@pytest.mark.parametrize("field", WRONG)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_written(
    counter: ACounter, field: str
) -> None:
    draft, before = a_draft(**WRONG[field]), events(counter)
    assert field in counter.desk.intake.look(draft).errors
    with pytest.raises(BadInput) as wrong:
        counter.desk.intake.receive(draft, counter.officer)
    assert wrong.value.field == field
    assert events(counter) == before


@pytest.mark.parametrize("name", ["Lê\u202eVăn", "Lê\x00Văn", "Lê\u200bVăn", "x" * 10_000_000])
def test_a_name_nobody_can_read_is_refused_in_words(counter: ACounter, name: str) -> None:
    with pytest.raises(BadInput, match="Họ tên"):
        counter.receive(name)


def test_who_acts_for_another_is_kept_with_the_paper_that_says_so(counter: ACounter) -> None:
    name = counter.receive(
        authorised=True, principal_name="Phạm Văn Ủy", principal_number="001080000001",
        authorisation="Giấy ủy quyền ngày 20/11/2026",
    ).name  # fmt: skip
    dossier = counter.desk.lookup.dossier(name).dossier
    assert dossier is not None
    assert dossier.principal is not None
    assert (dossier.principal.name, dossier.principal.authorisation) == (
        "Phạm Văn Ủy",
        "Giấy ủy quyền ngày 20/11/2026",
    )


def test_a_limit_the_catalogue_lacks_is_typed_once_with_its_source(counter: ACounter) -> None:
    add(counter, WITHOUT_LIMIT)
    draft = a_draft(procedure=WITHOUT_LIMIT, case=ITS_CASE)
    assert "limit_value" in counter.desk.intake.look(draft).errors
    typed = msgspec.structs.replace(draft, limit_value="15", limit_source="QĐ 12/QĐ-UBND")
    name = counter.desk.intake.receive(typed, counter.officer).name
    body = the_event(counter, name).body
    assert isinstance(body, e.Received)
    assert (body.limit.value, body.limit.article, body.unverified) == (15, "QĐ 12/QĐ-UBND", True)
    assert counter.desk.intake.look(draft).errors == {}


@pytest.mark.parametrize(
    ("typed", "amount", "when", "method"),
    [
        ({"fee_amount": "8.000"}, 8000, "on_return", ""),
        ({"fee_amount": "8 000 đ", "fee_when": "now"}, 8000, "now", "cash"),
        ({"fee_amount": "8000", "fee_exempt": "hộ nghèo"}, 0, "", ""),
        ({"fee_amount": "0"}, 0, "", ""),
        ({}, None, "", ""),
    ],
)
def test_a_fee_is_owed_as_typed_and_an_unknown_one_is_a_blank(
    counter: ACounter, typed: dict[str, object], amount: int | None, when: str, method: str
) -> None:
    body = the_event(counter, counter.receive(**typed).name).body  # type: ignore[arg-type]
    assert isinstance(body, e.Received)
    assert (body.fee.amount, body.fee.when, body.fee.method) == (amount, when, method)


def test_a_fee_of_more_than_a_billion_is_a_slip_of_the_hand(counter: ACounter) -> None:
    assert counter.desk.intake.look(a_draft(fee_amount="1.000.000.000")).errors == {}
    assert "fee_amount" in counter.desk.intake.look(a_draft(fee_amount="1.000.000.001")).errors


def test_certified_copies_cost_nothing_known_until_the_pages_are_counted(
    counter: ACounter,
) -> None:
    for pages, amount in ((0, None), (5, 14_000)):
        name = counter.receive(procedure=SAME_DAY, pages=pages, copies=2).name
        body = the_event(counter, name).body
        assert isinstance(body, e.Received)
        assert body.fee.amount == amount


@pytest.mark.parametrize("days", [-1, 400])
def test_a_clock_that_cannot_be_right_is_doubted_and_receiving_goes_on(
    counter: ACounter, days: int
) -> None:
    assert "giờ của máy" not in str(counter.receive().warnings)
    counter.clock.now = MONDAY + timedelta(days=days)
    assert "Hãy kiểm tra ngày giờ của máy" in counter.receive().warnings[-1]


@pytest.mark.parametrize(("minute", "required"), [(0, False), (1, True)])
def test_a_same_day_dossier_needs_its_slip_after_three(
    counter: ACounter, minute: int, required: bool
) -> None:
    counter.clock.now = MONDAY.replace(hour=15, minute=minute)
    assert counter.receive(procedure=SAME_DAY, pages=2).slip_required is required
    assert counter.receive().slip_required


# --- leaving without being received -------------------------------------------------------------


def test_who_leaves_with_a_slip_takes_its_number_and_no_code(counter: ACounter) -> None:
    leave, why = counter.desk.intake.leave, "thiếu giấy khai sinh"
    for _ in range(2):
        leave(a_draft(), "supplement", counter.officer, why)
    name = leave(a_draft(), "guidance", counter.officer, why)
    slips = counter.store.database.rows(
        "SELECT highest FROM numbers WHERE series LIKE '%supplement%'"
    )
    assert slips == [(2,)]
    assert counter.store.database.rows("SELECT count(*) FROM dossiers") == [(0,)]
    assert isinstance(the_event(counter, name).body, e.LeftUnreceived)
    assert counter.receive().code.endswith("-0001")


def test_nobody_is_sent_away_without_a_reason(counter: ACounter) -> None:
    with pytest.raises(BadInput, match="lý do"):
        counter.desk.intake.leave(a_draft(), "refusal", counter.officer, "  ")
    assert counter.store.database.rows("SELECT count(*) FROM visits") == [(0,)]


def test_one_may_leave_without_a_name(counter: ACounter) -> None:
    name = counter.desk.intake.leave(IntakeDraft(), "guidance", counter.officer, "hỏi giờ làm việc")
    personal = the_event(counter, name).personal
    assert personal is not None
    assert (personal.applicant, personal.reason) == (None, "hỏi giờ làm việc")


def test_what_was_wished_for_by_hand_is_looked_at_as_of_when_it_was_written(
    counter: ACounter,
) -> None:
    draft, written = a_draft(urgent="mổ sáng mai", wished="15:00"), counter.clock()
    counter.clock.go_on(days=1)
    assert counter.desk.intake.look(draft).errors == {}  # 15:00 is today's then
    late = written.replace(hour=16)
    assert "wished" in counter.desk.intake.look(draft, late).errors
    with pytest.raises(BadInput, match="phía trước"):
        counter.desk.intake.receive(draft, counter.officer, at=late)


# --- anything typed -----------------------------------------------------------------------------

TYPED = st.fixed_dictionaries(
    {},
    optional={
        field: st.text(max_size=30)
        for field in (
            *("name", "id_number", "born", "phone", "email", "address", "procedure"),
            *("limit_value", "limit_source", "principal_name", "principal_number", "authorisation"),
            *("fee_amount", "fee_exempt", "request"),
        )
    }
    | {
        "case": st.integers(-1, 3),
        "authorised": st.booleans(),
        "id_kind": st.sampled_from([kind.value for kind in IdKind]),
        "kind": st.sampled_from(["person", "organisation"]),
    },
)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(TYPED)
def test_looking_never_fails_and_what_it_finds_wrong_is_not_received(
    counter: ACounter, typed: dict[str, object]
) -> None:
    draft = a_draft(**typed)
    errors = counter.desk.intake.look(draft).errors
    try:
        counter.desk.intake.receive(draft, counter.officer)
        received = True
    except BadInput:
        received = False
    assert not (received and errors)


def test_a_same_day_dossier_of_a_day_off_needs_its_slip_at_any_hour(counter: ACounter) -> None:
    counter.clock.now = MONDAY + timedelta(days=5, hours=1)  # Saturday, 9:00: due on Monday
    assert counter.receive(procedure=SAME_DAY, pages=2).slip_required
