"""Another case, an apology, another calendar: each new date as the desk gives it."""

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from app.desk.deeds.details import Details
from app.models.deadlines.deadline import Limit, LimitUnit
from app.models.dossiers.lifecycle import Deed
from app.models.errors import BadInput, Refused
from app.models.events import event as e
from app.models.unit.officer import Role
from tests.desk.at_work import (
    COPIES,
    DEAL,
    TO_WORK,
    WHY,
    a_dossier,
    a_working_counter,
    at,
    closes,
    do,
)
from tests.making import NGA, ACounter


@pytest.fixture
def counter(tmp_path: Path) -> ACounter:
    return a_working_counter(tmp_path)


# --- another case -------------------------------------------------------------------------------

VERIFIED = replace(
    WHY, case=2, limit=Limit(8, LimitUnit.WORKING_DAY, "08 ngày làm việc", "Luật Hộ tịch Đ.25")
)


def test_a_case_found_in_time_brings_its_own_limit_from_reception_and_a_notice(
    counter: ACounter,
) -> None:
    name = a_dossier(counter, *TO_WORK)
    after = do(counter, Deed.CHANGE_CASE, name, VERIFIED, when=at(25))
    (notice,) = after.untold
    assert (after.due, after.first_due) == (at(4, 16, 30, month=12),) * 2
    assert (notice.deed, notice.due, notice.reason) == (Deed.CHANGE_CASE, after.due, WHY.reason)
    assert notice.slip is not None
    assert (notice.slip.group, notice.slip.number) == ("slip change-case", 1)
    assert after.apology is None


def test_a_case_found_too_late_excuses_nothing(counter: ACounter) -> None:
    name = a_dossier(counter, *TO_WORK)
    counter.clock.now = at(2, month=12)
    done = counter.do(Deed.CHANGE_CASE, name, VERIFIED)
    assert done.dossier.first_due == at(1, 16, 30, month=12)
    assert done.dossier.due == at(4, 16, 30, month=12)
    assert "vẫn tính là trễ" in done.warnings[0]


def test_a_changed_case_leaves_the_one_reappointment(counter: ACounter) -> None:
    name = a_dossier(counter, *TO_WORK)
    do(counter, Deed.CHANGE_CASE, name, VERIFIED, when=at(25))
    after = do(counter, Deed.APOLOGISE, name, replace(WHY, due=at(9, 16, 30, month=12)))
    assert after.apology is not None
    assert after.apology.in_time
    assert (after.first_due, after.due) == (at(4, 16, 30, month=12), at(9, 16, 30, month=12))


FIVE = Limit(5, LimitUnit.WORKING_DAY, "05 ngày làm việc", "x")
AGREED = Details(
    reason="200 bản", agreement="Văn bản thỏa thuận ngày 23/11/2026",
    limit=Limit(3, LimitUnit.WORKING_DAY, "03 ngày làm việc", "x"),
)  # fmt: skip


def test_a_longer_limit_agreed_in_writing_is_kept_with_its_paper(counter: ACounter) -> None:
    name = a_dossier(counter, *TO_WORK, procedure=COPIES)
    after = do(counter, Deed.CHANGE_CASE, name, AGREED)
    assert (after.case, after.agreement) == (1, AGREED.agreement)
    assert after.due == at(27, 16, 30)
    assert "thỏa thuận bằng văn bản" in after.limit.phrase
    assert AGREED.agreement in after.limit.article
    assert "NĐ 23/2015" in after.limit.article


def test_what_is_agreed_on_later_names_the_law_of_its_procedure(counter: ACounter) -> None:
    name = a_dossier(counter, *TO_WORK, procedure=DEAL)
    after = do(counter, Deed.CHANGE_CASE, name, replace(AGREED, limit=FIVE))
    assert after.limit.article.startswith("QĐ 2637/QĐ-UBND Vĩnh Long 16/11/2025; ")


def test_only_certification_is_agreed_on_and_only_for_longer(counter: ACounter) -> None:
    with pytest.raises(BadInput, match="Chỉ việc chứng thực"):
        do(counter, Deed.CHANGE_CASE, a_dossier(counter, *TO_WORK), AGREED)
    copies = a_dossier(counter, *TO_WORK, procedure=COPIES)
    do(counter, Deed.CHANGE_CASE, copies, AGREED)
    shorter = replace(AGREED, limit=Limit(1, LimitUnit.WORKING_DAY, "01 ngày", "x"))
    for no_longer in (shorter, AGREED):
        with pytest.raises(BadInput, match="phải dài hơn"):
            do(counter, Deed.CHANGE_CASE, copies, no_longer)


# --- late, and sorry ----------------------------------------------------------------------------


def due_on_wednesday(counter: ACounter) -> e.EventName:
    """Received Thu 19/11, three working days: Wed 25/11, since Tue 24/11 is off."""
    counter.clock.now = at(19, 9)
    return a_dossier(counter, *TO_WORK, procedure="1.001022")


def test_who_will_be_late_is_named_before_the_last_day_with_the_step(counter: ACounter) -> None:
    name = due_on_wednesday(counter)
    counter.clock.now = at(19, 17)
    assert counter.desk.new_dates.apologies() == []
    counter.clock.now = at(20, 9)
    (owed,) = counter.desk.new_dates.apologies()
    assert (owed.row.name, owed.by, owed.late) == (name, date(2026, 11, 23), False)
    assert (owed.holder, owed.reason) == ("Lê Thị Nga", "")
    assert owed.suggested == at(30, 16, 30)
    assert counter.desk.new_dates.apologies(ahead=0) == []


@pytest.mark.parametrize(("when", "in_time"), [(at(23, 16), True), (at(24, 9), False)])
def test_an_apology_is_in_time_one_open_day_before_the_date(
    counter: ACounter, when: datetime, in_time: bool
) -> None:
    name = due_on_wednesday(counter)
    after = do(counter, Deed.APOLOGISE, name, replace(WHY, due=at(27, 16, 30)), when=when)
    assert after.apology is not None
    assert after.apology.in_time == in_time
    assert counter.desk.new_dates.apologies(ahead=9) == []
    assert after.first_due == at(25, 16, 30)


def test_the_resolver_writes_the_reason_and_the_head_signs_the_apology(counter: ACounter) -> None:
    name = due_on_wednesday(counter)
    wish = replace(WHY, due=at(30, 16, 30))
    do(counter, Deed.EXPLAIN_DELAY, name, wish, when=at(20, 10))
    (owed,) = counter.desk.new_dates.apologies()
    assert (owed.reason, owed.suggested) == (WHY.reason, wish.due)
    after = do(counter, Deed.APOLOGISE, name, Details(signer="Vàng A Chủ"))
    apology = after.apology
    assert apology is not None
    assert (apology.reason, apology.due, apology.before) == (WHY.reason, wish.due, at(25, 16, 30))
    assert apology.signer == "Vàng A Chủ"
    assert apology.slip is not None
    assert (apology.slip.group, apology.slip.number) == ("slip apology", 1)


@pytest.mark.parametrize("deed", [Deed.APOLOGISE, Deed.EXPLAIN_DELAY])
@pytest.mark.parametrize("due", [at(25, 16, 30), at(20, 9), at(28, 9)])
def test_the_new_date_is_a_working_day_after_the_old_one(
    counter: ACounter, deed: Deed, due: datetime
) -> None:
    name = due_on_wednesday(counter)
    with pytest.raises(BadInput, match=r"sau ngày hẹn cũ|ngày nghỉ"):
        do(counter, deed, name, replace(WHY, due=due))


def test_the_leader_there_is_now_signs_an_apology_nobody_is_named_for(counter: ACounter) -> None:
    with counter.store.journal.deed(counter.clock()) as writing:
        for login, is_here in (("cu", False), ("moi", True)):
            body = e.OfficerAdded(login, f"Ông {login}", (Role.LEADER.value,), active=is_here)
            writing.append(body, by=NGA, at=counter.clock())
        plain = e.OfficerAdded(NGA, "Lê Thị Nga", (Role.SUPERVISOR.value,))
        writing.append(plain, by=NGA, at=counter.clock())
    after = do(counter, Deed.APOLOGISE, due_on_wednesday(counter), replace(WHY, due=at(27, 16)))
    assert after.apology is not None
    assert after.apology.signer == "Ông moi"


def test_an_apology_without_a_date_is_refused_with_one_to_choose(counter: ACounter) -> None:
    name = due_on_wednesday(counter)
    with pytest.raises(BadInput, match="có thể hẹn 16:30 30/11/2026"):
        do(counter, Deed.APOLOGISE, name)
    with pytest.raises(BadInput, match="lý do"):
        do(counter, Deed.APOLOGISE, name, Details(due=at(30, 16, 30)))


def test_another_agency_is_late_on_its_own_and_its_head_has_to_be_named(
    counter: ACounter,
) -> None:
    name = due_on_wednesday(counter)
    do(counter, Deed.FORWARD, name, Details(to="Chi cục Thuế"))
    done = counter.do(Deed.APOLOGISE, name, replace(WHY, due=at(27, 16, 30)))
    assert done.dossier.apology is not None
    assert (done.dossier.apology.agency, done.dossier.apology.signer) == ("Chi cục Thuế", "")
    assert done.warnings[-1] == "Chưa ghi thủ trưởng Chi cục Thuế ký phiếu xin lỗi."


def test_a_result_due_too_soon_for_an_apology_is_named_once_it_is_late(counter: ACounter) -> None:
    name = a_dossier(counter, procedure=COPIES)
    assert counter.desk.new_dates.apologies(ahead=0) == []
    counter.clock.now = at(23, 16, 31)
    (owed,) = counter.desk.new_dates.apologies(ahead=0)
    assert (owed.row.name, owed.late) == (name, True)


def test_how_when_and_by_whom_the_citizen_was_told_is_kept(counter: ACounter) -> None:
    name = due_on_wednesday(counter)
    with pytest.raises(Refused, match="Không có ngày hẹn mới"):
        do(counter, Deed.TELL, name, Details(how="phone"))
    do(counter, Deed.APOLOGISE, name, replace(WHY, due=at(27, 16, 30)))
    with pytest.raises(BadInput, match="bằng cách nào"):
        do(counter, Deed.TELL, name, Details())
    after = do(counter, Deed.TELL, name, Details(how="phone"))
    (notice,) = after.notices
    assert (notice.how, notice.told_by, notice.told_at) == ("phone", NGA, counter.clock())
    for deed in (Deed.RESOLVE, Deed.TELL):
        after = do(counter, deed, name, Details(how="sms"))
    assert after.notices == (notice,)
    assert after.untold == ()


# --- the calendar changes -----------------------------------------------------------------------


def test_a_day_off_lists_the_dossiers_it_moves_and_moves_none(counter: ACounter) -> None:
    touched, waits = a_dossier(counter), a_dossier(counter, *TO_WORK, Deed.REQUEST_SUPPLEMENT)
    assert counter.desk.new_dates.by_calendar() == []
    closes(counter, 27)
    (moved,) = counter.desk.new_dates.by_calendar()
    assert (moved.row.name, moved.old) == (touched, at(1, 16, 30, month=12))
    assert moved.new.due == at(2, 16, 30, month=12)
    dossier = counter.desk.lookup.dossier(touched).dossier
    assert dossier is not None
    assert dossier.due == moved.old
    assert waits != touched


def test_a_person_reappoints_one_or_all_and_keeps_the_apology(counter: ACounter) -> None:
    names = [a_dossier(counter) for _ in range(3)]
    closes(counter, 27)
    first = do(counter, Deed.REAPPOINT, names[0], Details())
    assert (first.due, first.first_due) == (at(2, 16, 30, month=12),) * 2
    assert [notice.deed for notice in first.untold] == [Deed.REAPPOINT]
    assert first.apology is None
    rest = [moved.row.name for moved in counter.desk.new_dates.by_calendar()]
    assert rest == names[1:]
    counter.desk.progress.do(Deed.REAPPOINT, rest, counter.officer, Details())
    assert counter.desk.new_dates.by_calendar() == []
    assert counter.store.verify().ok


def test_what_no_calendar_touches_is_not_reappointed(counter: ACounter) -> None:
    with pytest.raises(Refused, match="không làm đổi ngày hẹn"):
        do(counter, Deed.REAPPOINT, a_dossier(counter), Details())


def test_the_date_of_an_apology_only_gives_way_to_a_day_off(counter: ACounter) -> None:
    name = a_dossier(counter, *TO_WORK)
    do(counter, Deed.APOLOGISE, name, replace(WHY, due=at(4, 10, month=12)))
    closes(counter, 27)
    assert counter.desk.new_dates.by_calendar() == []
    closes(counter, 4, month=12)
    after = do(counter, Deed.REAPPOINT, name, Details())
    assert after.due == at(7, 10, month=12)
    assert after.first_due == at(1, 16, 30, month=12)


def test_the_board_says_when_the_day_to_apologise_is_and_when_it_has_gone_by(
    counter: ACounter,
) -> None:
    due_on_wednesday(counter)
    seen = {}
    for day in (20, 23, 25, 26):
        counter.clock.now = at(day)
        (line,) = counter.desk.lookup.board().lines
        seen[day] = (line.apologise_today, line.apology_missed, line.left.late)
    assert seen[20] == (False, False, False)
    assert seen[23] == (True, False, False)
    assert seen[25] == (False, True, False)
    assert seen[26] == (False, False, True)


def test_who_was_apologised_to_is_no_longer_on_todays_list(counter: ACounter) -> None:
    name = due_on_wednesday(counter)
    counter.clock.now = at(23, 9)
    assert [x.row.name for x in counter.desk.lookup.board("to_apologise").lines] == [name]
    do(counter, Deed.APOLOGISE, name, replace(WHY, due=at(27, 16, 30)))
    board = counter.desk.lookup.board("to_apologise")
    assert (board.lines, board.counts.to_apologise) == ((), 0)


def test_a_day_off_added_later_moves_no_promise_already_given(counter: ACounter) -> None:
    name = a_dossier(counter)
    before = counter.desk.lookup.dossier(name).arrived("in").due
    closes(counter, 30)
    assert counter.desk.lookup.dossier(name).arrived("in").due == before
    assert counter.store.verify().ok
