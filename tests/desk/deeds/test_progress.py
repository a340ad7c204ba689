from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from app.clock import VIETNAM
from app.desk.deeds.details import Details
from app.desk.deeds.progress import applicable, reversal_sentence
from app.models.citizens.applicant import Applicant
from app.models.dossiers.dossier import CITIZEN, ONE_STOP, Dossier
from app.models.dossiers.lifecycle import NEEDS_REASON, REVERSAL, TRANSITIONS, Deed, Status
from app.models.errors import BadInput, Refused
from app.models.events import event as e
from app.models.events import facts
from app.models.procedures.procedure import to_json
from app.models.unit.officer import MAY, Officer, Role
from tests.making import DETAILS, MONDAY, NGA, ACounter, a_counter, a_procedure
from tests.models.telling import THREE_DAYS, WAY

OTHER = "1.004884"
LATER = datetime(2026, 12, 10, 16, 30, tzinfo=VIETNAM)

# what each deed is told, where the usual details don't do
TOLD: dict[Deed, Details] = {
    Deed.CHANGE_CASE: replace(DETAILS, case=2, limit=THREE_DAYS),
    Deed.APOLOGISE: replace(DETAILS, due=LATER),
    Deed.CORRECT: replace(DETAILS, applicant=Applicant("Nguyễn Thị Oanh")),
    Deed.PAID: replace(DETAILS, amount=8_000, method="cash"),
    Deed.TELL: replace(DETAILS, how="phone"),
}


@pytest.fixture
def counter(tmp_path: Path) -> ACounter:
    made = a_counter(tmp_path)
    with made.store.journal.deed(MONDAY) as writing:
        writing.append(e.ProcedureSet(OTHER, to_json(a_procedure(OTHER))), by=NGA, at=MONDAY)
    return made


def a_dossier(counter: ACounter, *deeds: Deed) -> e.EventName:
    """One that has gone through these deeds."""
    name = counter.receive(procedure=OTHER).name
    for deed in deeds:
        do(counter, deed, name)
    return name


def do(counter: ACounter, deed: Deed, name: e.EventName, details: Details | None = None) -> Dossier:
    return counter.do(deed, name, details or TOLD.get(deed, DETAILS)).dossier


def dossier(counter: ACounter, name: e.EventName) -> Dossier:
    found = counter.desk.lookup.dossier(name).dossier
    assert found is not None
    return found


# --- the table, through the desk ----------------------------------------------------------------

# a new calendar is looked through as a whole; told of, eased or answered is only what there is
APART = (Deed.UNDO, Deed.REAPPOINT, Deed.TELL, Deed.EASE, Deed.ANSWER)
DEEDS = [deed for deed in TRANSITIONS if deed not in APART]


@pytest.mark.parametrize("status", Status, ids=lambda s: s.value)
def test_the_buttons_shown_are_those_that_work_and_no_others(
    counter: ACounter, status: Status
) -> None:
    everybody = Officer(NGA, "Lê Thị Nga", frozenset(Role))
    shown = applicable(dossier(counter, a_dossier(counter, *WAY[status])), everybody)
    for deed in TRANSITIONS:
        name = a_dossier(counter, *WAY[status])
        try:
            do(counter, deed, name)
            worked = True
        except Refused:
            worked = False
        assert worked == (deed in shown), deed


@pytest.mark.parametrize("deed", DEEDS, ids=lambda d: d.value)
def test_a_deed_appends_one_event_and_moves_as_the_table_says(
    counter: ACounter, deed: Deed
) -> None:
    start, end = next(iter(TRANSITIONS[deed].items()))
    name = a_dossier(counter, *WAY[start])
    before = counter.store.pending("x")[0]
    after = do(counter, deed, name)
    assert after.status is (end or start)
    assert counter.store.pending("x")[0] == before + 1
    assert after == dossier(counter, name)
    assert counter.store.verify().ok


@pytest.mark.parametrize("deed", DEEDS, ids=lambda d: d.value)
def test_a_wrong_step_is_refused_in_words_that_name_the_steps_there_are(
    counter: ACounter, deed: Deed
) -> None:
    wrong = next(status for status in Status if status not in TRANSITIONS[deed])
    name = a_dossier(counter, *WAY[wrong])
    before = counter.dump()
    with pytest.raises(Refused, match="Lúc này có thể"):
        do(counter, deed, name)
    assert counter.dump() == before


@pytest.mark.parametrize("deed", DEEDS, ids=lambda d: d.value)
def test_only_the_roles_of_the_table_may_do_a_deed(counter: ACounter, deed: Deed) -> None:
    name = a_dossier(counter, *WAY[next(iter(TRANSITIONS[deed]))])
    stranger = Officer("x", "Người Lạ", frozenset(Role) - MAY[deed])
    with pytest.raises(Refused, match="không có quyền"):
        counter.desk.progress.do(deed, [name], stranger, TOLD.get(deed, DETAILS))
    assert deed not in applicable(dossier(counter, name), stranger)


@pytest.mark.parametrize("deed", sorted(NEEDS_REASON), ids=lambda d: d.value)
def test_a_deed_that_must_say_why_is_not_done_without(counter: ACounter, deed: Deed) -> None:
    start = Status.PROCESSING if deed is Deed.UNDO else next(iter(TRANSITIONS[deed]))
    name = a_dossier(counter, *WAY[start])
    with pytest.raises(BadInput, match="lý do") as wrong:
        do(counter, deed, name, replace(TOLD.get(deed, DETAILS), reason="  "))
    assert wrong.value.field == "reason"


@pytest.mark.parametrize("deed", [d for d in DEEDS if REVERSAL[d][0] is Deed.UNDO])
def test_what_can_be_undone_is_as_if_it_had_not_been(counter: ACounter, deed: Deed) -> None:
    name = a_dossier(counter, *WAY[next(iter(TRANSITIONS[deed]))])
    before = dossier(counter, name)
    do(counter, deed, name)
    assert do(counter, Deed.UNDO, name) == before
    assert reversal_sentence(deed) == "Ghi nhầm thì bấm “Hoàn tác”."


# --- many at once -------------------------------------------------------------------------------


def test_many_are_handed_over_in_one_go(counter: ACounter) -> None:
    names = [a_dossier(counter) for _ in range(4)]
    done = counter.desk.progress.do(Deed.HAND_OVER, names, counter.officer, DETAILS)
    assert [(one.name, one.dossier.holder) for one in done] == [(name, "hung") for name in names]
    assert counter.store.verify().ok


def test_two_hand_overs_go_with_two_lists(counter: ACounter) -> None:
    for _ in range(2):
        names = [a_dossier(counter) for _ in range(2)]
        counter.clock.go_on(minutes=1)
        counter.desk.progress.do(Deed.HAND_OVER, names, counter.officer, DETAILS)
    assert counter.store.verify().ok
    assert counter.store.database.rows(
        "SELECT highest FROM numbers WHERE series LIKE 'book:slip hand-over:%'"
    ) == [(2,)]


def test_of_many_all_are_done_or_none(counter: ACounter) -> None:
    names = [a_dossier(counter), a_dossier(counter, Deed.VOID), a_dossier(counter)]
    before = counter.dump()
    with pytest.raises(Refused, match="Đã hủy số"):
        counter.desk.progress.do(Deed.HAND_OVER, names, counter.officer, DETAILS)
    assert counter.dump() == before


def test_a_dossier_that_has_not_come_yet_is_refused_in_words(counter: ACounter) -> None:
    with pytest.raises(Refused, match="chưa về đủ"):
        do(counter, Deed.HAND_OVER, e.EventName("0" * 32, "0" * 16, 1))


# --- each deed's own ----------------------------------------------------------------------------


def test_who_did_it_and_when_are_kept_beside_who_typed_it_and_when(counter: ACounter) -> None:
    name = a_dossier(counter, Deed.HAND_OVER, Deed.ACCEPT)
    signed_at = counter.clock()
    counter.clock.go_on(hours=2)
    details = Details(at=signed_at)
    counter.desk.progress.do(Deed.SIGN, [name], counter.officer, details, keyed_by="hung")
    event = counter.desk.lookup.dossier(name).verdicts[-1].event
    assert (event.by, event.keyed_by) == (NGA, "hung")
    assert (event.at, event.keyed_at) == (signed_at, counter.clock())


def test_a_slip_keyed_after_new_year_is_of_the_year_it_was_given_in(counter: ACounter) -> None:
    counter.clock.now = given = MONDAY.replace(month=12, day=31)
    name = a_dossier(counter, Deed.HAND_OVER, Deed.ACCEPT)
    counter.clock.go_on(days=4)
    do(counter, Deed.REQUEST_SUPPLEMENT, name, replace(DETAILS, at=given + timedelta(hours=1)))
    body = counter.desk.lookup.dossier(name).verdicts[-1].event.body
    assert isinstance(body, e.SupplementRequested)
    assert body.slip == facts.Serial("slip supplement", 2026, 1, 1)


def test_a_list_keyed_after_new_year_is_of_the_year_its_papers_went_in(counter: ACounter) -> None:
    counter.clock.now = handed = MONDAY.replace(month=12, day=31)
    late, today = a_dossier(counter), a_dossier(counter)
    counter.clock.go_on(days=4)
    do(counter, Deed.HAND_OVER, late, replace(DETAILS, at=handed + timedelta(hours=1)))
    do(counter, Deed.HAND_OVER, today)
    bodies = [counter.desk.lookup.dossier(x).verdicts[-1].event.body for x in (late, today)]
    lists = [body.slip for body in bodies if isinstance(body, e.HandedOver)]
    assert lists == [facts.Serial("slip hand-over", year, 1, 1) for year in (2026, 2027)]


@pytest.mark.parametrize(("minutes", "why"), [(1, "tương lai"), (-600, "trước khi hồ sơ")])
def test_nothing_happens_tomorrow_or_before_reception(
    counter: ACounter, minutes: int, why: str
) -> None:
    name = a_dossier(counter)
    at = counter.clock() + timedelta(minutes=minutes + 1)
    with pytest.raises(BadInput, match=why):
        do(counter, Deed.HAND_OVER, name, replace(DETAILS, at=at))


def test_a_second_supplement_and_a_second_apology_are_refused_with_the_article(
    counter: ACounter,
) -> None:
    name = a_dossier(
        counter, Deed.HAND_OVER, Deed.ACCEPT, Deed.REQUEST_SUPPLEMENT, Deed.SUPPLEMENT_RECEIVED
    )
    with pytest.raises(Refused, match=r"NĐ 61/2018 Đ\.17, 19"):
        do(counter, Deed.REQUEST_SUPPLEMENT, name)
    do(counter, Deed.APOLOGISE, name)
    with pytest.raises(Refused, match=r"NĐ 61/2018 Đ\.19\.9"):
        do(counter, Deed.APOLOGISE, name, replace(DETAILS, due=LATER + timedelta(days=7)))


def test_a_supplement_starts_the_limit_again(counter: ACounter) -> None:
    name = a_dossier(counter, Deed.HAND_OVER, Deed.ACCEPT, Deed.REQUEST_SUPPLEMENT)
    counter.clock.now = datetime(2026, 11, 26, 9, 0, tzinfo=VIETNAM)
    after = do(counter, Deed.SUPPLEMENT_RECEIVED, name)
    assert after.due == datetime(2026, 12, 3, 16, 30, tzinfo=VIETNAM)
    assert [promise.due.day for promise in after.promises] == [30, 3]
    assert after.first_due == after.due


def test_under_the_other_policy_the_days_of_waiting_drop_out(counter: ACounter) -> None:
    unit = e.UnitDescribed(name="Trung tâm", supplement="pause")
    counter.desk.office.describe(unit, NGA)
    name = a_dossier(counter, Deed.HAND_OVER, Deed.ACCEPT, Deed.REQUEST_SUPPLEMENT)
    counter.clock.now = datetime(2026, 11, 26, 9, 0, tzinfo=VIETNAM)
    after = do(counter, Deed.SUPPLEMENT_RECEIVED, name)
    assert after.due == datetime(2026, 12, 2, 16, 30, tzinfo=VIETNAM)


def test_a_supplement_asked_for_too_late_is_done_with_a_warning(counter: ACounter) -> None:
    name = a_dossier(counter, Deed.HAND_OVER, Deed.ACCEPT)
    counter.clock.now = MONDAY + timedelta(days=4)
    done = counter.do(Deed.REQUEST_SUPPLEMENT, name)
    assert "quá 03 ngày làm việc" in done.warnings[0]


@pytest.mark.parametrize(
    ("due", "why"),
    [
        (None, "sau ngày hẹn cũ"),
        (datetime(2026, 11, 24, 16, 30, tzinfo=VIETNAM), "sau ngày hẹn cũ"),
        (datetime(2026, 12, 12, 16, 30, tzinfo=VIETNAM), "ngày nghỉ"),
    ],
)
def test_an_apology_promises_a_later_working_day(
    counter: ACounter, due: datetime | None, why: str
) -> None:
    name = a_dossier(counter, Deed.HAND_OVER)
    with pytest.raises(BadInput, match=why):
        do(counter, Deed.APOLOGISE, name, replace(DETAILS, due=due))


def test_an_apology_counts_against_the_first_promise_and_warns_when_late(
    counter: ACounter,
) -> None:
    name = a_dossier(counter, Deed.HAND_OVER)
    first = dossier(counter, name).first_due
    counter.clock.now = first
    done = counter.do(Deed.APOLOGISE, name, TOLD[Deed.APOLOGISE])
    assert (done.dossier.due, done.dossier.first_due) == (LATER, first)
    assert "vẫn tính là trễ hẹn" in done.warnings[0]


def test_a_payment_stops_the_clock_and_starts_it_again(counter: ACounter) -> None:
    name = a_dossier(counter, Deed.HAND_OVER, Deed.ACCEPT, Deed.REQUEST_PAYMENT)
    assert dossier(counter, name).holder == CITIZEN
    counter.clock.now = datetime(2026, 11, 26, 9, 0, tzinfo=VIETNAM)
    after = do(counter, Deed.PAID, name)
    assert (after.paid, after.status) == (True, Status.PROCESSING)
    assert after.due == datetime(2026, 12, 2, 16, 30, tzinfo=VIETNAM)


def test_who_paid_the_fee_on_filing_can_still_pay_what_is_asked_for_later(
    counter: ACounter,
) -> None:
    name = counter.receive(procedure=OTHER, fee_amount="8.000", fee_when="now").name
    for deed in (Deed.HAND_OVER, Deed.ACCEPT, Deed.REQUEST_PAYMENT):
        do(counter, deed, name)
    after = do(counter, Deed.PAID, name)
    assert (after.status, after.paid) == (Status.PROCESSING, True)


def test_a_fee_nobody_knew_is_what_was_collected(counter: ACounter) -> None:
    name = a_dossier(counter)
    with pytest.raises(BadInput, match="Chưa biết số tiền"):
        do(counter, Deed.PAID, name, DETAILS)
    after = do(counter, Deed.PAID, name)
    assert (after.fee.amount, after.fee.method, after.paid) == (8_000, "cash", True)
    assert counter.store.verify().ok


@pytest.mark.parametrize("amount", [-1, 10**12])
def test_an_amount_that_cannot_be_is_refused(counter: ACounter, amount: int) -> None:
    name = a_dossier(counter)
    with pytest.raises(BadInput, match="Số tiền phải"):
        do(counter, Deed.PAID, name, replace(DETAILS, amount=amount))


def test_nothing_is_paid_where_nothing_is_owed(counter: ACounter) -> None:
    name = counter.receive(procedure=OTHER, fee_amount="0").name
    with pytest.raises(Refused, match="không còn phí"):
        do(counter, Deed.PAID, name)


def test_a_refused_deed_names_only_what_is_possible(counter: ACounter) -> None:
    received, voided = a_dossier(counter), a_dossier(counter, Deed.VOID)
    with pytest.raises(Refused) as refused:
        do(counter, Deed.ACCEPT, received)
    assert "hoàn tác" not in str(refused.value)
    with pytest.raises(Refused, match="Lúc này có thể: chỉ xem"):
        do(counter, Deed.VOID, voided)


def test_another_case_counts_its_own_limit_from_reception(counter: ACounter) -> None:
    name = a_dossier(counter, Deed.HAND_OVER)
    after = do(counter, Deed.CHANGE_CASE, name)
    assert (after.case, after.limit) == (2, THREE_DAYS)
    assert after.due == datetime(2026, 11, 26, 16, 30, tzinfo=VIETNAM)
    for case, why in ((2, "không có trường hợp"), (9, "không có trường hợp"), (1, None)):
        details = replace(DETAILS, case=case)
        if why:
            with pytest.raises(BadInput, match=why):
                do(counter, Deed.CHANGE_CASE, name, details)


def test_a_correction_keeps_both_names_and_says_what_changed(counter: ACounter) -> None:
    name = a_dossier(counter)
    after = do(counter, Deed.CORRECT, name)
    history = counter.desk.lookup.dossier(name).verdicts
    first, last = history[0].event, history[-1].event
    assert after.applicant == Applicant("Nguyễn Thị Oanh")
    assert first.personal is not None
    assert first.personal.applicant is not None
    assert first.personal.applicant.name == "Nguyễn Thị Ánh"
    assert isinstance(last.body, e.Corrected)
    assert last.body.fields == ("applicant",)


def test_a_corrected_procedure_keeps_its_code_and_gets_its_own_limit(counter: ACounter) -> None:
    name = counter.receive().name
    after = do(counter, Deed.CORRECT, name, replace(DETAILS, procedure=OTHER))
    assert (after.procedure, after.code) == (OTHER, "H26.15.3-261123-0001")
    assert after.due == datetime(2026, 11, 30, 16, 30, tzinfo=VIETNAM)


def test_a_corrected_procedure_is_what_is_asked_for(counter: ACounter) -> None:
    unsaid, said = counter.receive(), counter.receive(request="Xin trích lục cho con")
    to = replace(DETAILS, procedure=OTHER)
    assert do(counter, Deed.CORRECT, unsaid.name, to).request == a_procedure(OTHER).name
    assert do(counter, Deed.CORRECT, said.name, to).request == "Xin trích lục cho con"


def test_a_correction_that_changes_nothing_is_refused(counter: ACounter) -> None:
    name = a_dossier(counter)
    same = dossier(counter, name).applicant
    with pytest.raises(BadInput, match="Chưa có gì thay đổi"):
        do(counter, Deed.CORRECT, name, replace(DETAILS, applicant=same))


def test_a_hand_over_names_its_receiver(counter: ACounter) -> None:
    name = a_dossier(counter)
    for deed in (Deed.HAND_OVER, Deed.FORWARD):
        with pytest.raises(BadInput, match="người nhận"):
            do(counter, deed, name, replace(DETAILS, to=" "))


def test_a_dossier_goes_from_hand_to_hand_and_back_to_the_citizen(counter: ACounter) -> None:
    name = a_dossier(counter)
    way = (Deed.HAND_OVER, Deed.ACCEPT, Deed.SIGN, Deed.RESOLVE, Deed.RETURN)
    holders = [do(counter, deed, name).holder for deed in way]
    assert holders == ["hung", NGA, NGA, ONE_STOP, CITIZEN]


def test_nothing_personal_stands_in_the_public_part_of_a_deed(counter: ACounter) -> None:
    name = a_dossier(counter, Deed.HAND_OVER)
    do(counter, Deed.REQUEST_SUPPLEMENT, name, replace(DETAILS, reason="vì bà Ánh ốm"))
    rows = counter.store.database.rows("SELECT public, personal FROM events WHERE personal NOTNULL")
    assert not [public for public, _ in rows if "Ánh".encode() in public]
    assert "vì bà Ánh ốm".encode() in rows[-1][1]
