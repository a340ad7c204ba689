"""Clocks that wait for a payment; dossiers that close before their result."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from app.desk.deeds.details import Details
from app.desk.deeds.progress import applicable
from app.models.dossiers.dossier import CITIZEN
from app.models.dossiers.lifecycle import Deed, Status, status_code
from app.models.errors import BadInput, Refused
from app.models.events import event as e
from app.models.unit.officer import Officer, Role
from tests.desk.at_work import (
    TO_WORK,
    WHY,
    a_dossier,
    a_working_counter,
    at,
    do,
    told,
)
from tests.making import NGA, ACounter


@pytest.fixture
def counter(tmp_path: Path) -> ACounter:
    return a_working_counter(tmp_path)


# --- payments -----------------------------------------------------------------------------------


def test_waiting_for_a_payment_pauses_the_clock_and_the_explanation_says_so(
    counter: ACounter,
) -> None:
    """Five days: 25/11 ran, out 26 and 27, then 30, 1, 2, 3/12."""
    name = a_dossier(counter, *TO_WORK)
    asked = do(counter, Deed.REQUEST_PAYMENT, name, when=at(25, 10))
    after = do(counter, Deed.PAID, name, replace(WHY, amount=8_000), when=at(30, 9))
    assert (asked.runs, status_code(asked.status)) == (False, 6)
    assert after.due == at(3, 16, 30, month=12)
    assert any("chờ thực hiện nghĩa vụ tài chính" in rule for rule in told(after))
    assert after.first_due == after.due


def test_where_the_unit_says_so_the_clock_runs_on_while_payment_is_waited_for(
    counter: ACounter,
) -> None:
    counter.desk.office.describe(e.UnitDescribed(name="Trung tâm", payment="run"), NGA)
    name = a_dossier(counter, *TO_WORK)
    done = counter.do(Deed.REQUEST_PAYMENT, name, Details())
    assert (done.dossier.runs, done.dossier.holder) == (True, CITIZEN)
    assert "vẫn chạy khi chờ nộp tiền" in done.warnings[0]
    counter.clock.now = at(3, month=12)
    assert [line.row.name for line in counter.desk.lookup.late()] == [name]
    later = replace(WHY, due=at(8, 16, 30, month=12))
    assert do(counter, Deed.APOLOGISE, name, later).due == later.due
    after = do(counter, Deed.PAID, name, replace(WHY, amount=8_000))
    assert (len(after.promises), after.pauses) == (2, ())


def test_while_the_clock_stands_no_new_date_is_given(counter: ACounter) -> None:
    name = a_dossier(counter, *TO_WORK, Deed.REQUEST_PAYMENT)
    for deed in (Deed.EXPLAIN_DELAY, Deed.APOLOGISE, Deed.REAPPOINT):
        with pytest.raises(Refused, match="Thời hạn đang dừng"):
            do(counter, deed, name, replace(WHY, due=at(8, 16, 30, month=12)))


def test_a_tax_that_was_asked_for_leaves_the_fee_unpaid(counter: ACounter) -> None:
    name = a_dossier(counter, *TO_WORK, fee="8.000")
    asked = do(counter, Deed.REQUEST_PAYMENT, name, Details(amount=500_000, note="thuế trước bạ"))
    after = do(counter, Deed.PAID, name)
    assert [(p.amount, p.duty, p.note) for p in asked.payments] == [
        (500_000, True, "thuế trước bạ")
    ]
    assert after.payments[0].paid_at == counter.clock()
    assert (after.paid, after.fee.amount) == (False, 8_000)
    assert do(counter, Deed.PAID, name, replace(WHY, amount=8_000)).paid


@pytest.mark.parametrize("amount", [None, 8_000])
def test_the_fee_itself_is_paid_once_what_was_asked_for_is_the_fee(
    counter: ACounter, amount: int | None
) -> None:
    name = a_dossier(counter, *TO_WORK, fee="8.000")
    do(counter, Deed.REQUEST_PAYMENT, name, Details(amount=amount))
    after = do(counter, Deed.PAID, name)
    assert (after.paid, after.payments[0].amount) == (True, 8_000)


def test_a_fee_that_is_paid_is_not_asked_for_again(counter: ACounter) -> None:
    name = a_dossier(counter, *TO_WORK, fee="8.000", when="now")
    with pytest.raises(BadInput, match="không còn phí"):
        do(counter, Deed.REQUEST_PAYMENT, name, Details(duty=False))
    assert do(counter, Deed.REQUEST_PAYMENT, name, Details(amount=9_000)).payments[0].duty


def test_where_nothing_is_collected_no_payment_is_offered(counter: ACounter) -> None:
    exempt = counter.receive(fee_exempt="hộ nghèo").name
    for name in (a_dossier(counter, fee="0"), exempt):
        dossier = counter.desk.lookup.dossier(name).dossier
        assert dossier is not None
        assert Deed.PAID not in applicable(dossier, counter.officer)


# --- withdrawn, stopped, re-opened --------------------------------------------------------------

ASKED = Details(
    reason="công dân đổi ý",
    asked_by="Nguyễn Văn Anh",
    asked_way="post",
    asked_at=at(23, 9),
    items=("Tờ khai", "Giấy chứng sinh"),
    fee_back="kept",
)


@pytest.mark.parametrize(
    ("deed", "status"), [(Deed.WITHDRAW, Status.WITHDRAWN), (Deed.STOP, Status.STOPPED)]
)
def test_what_closes_keeps_who_asked_how_and_when_the_papers_and_the_fee(
    counter: ACounter, deed: Deed, status: Status
) -> None:
    name = a_dossier(counter, *TO_WORK, fee="8.000", when="now")
    done = counter.do(deed, name, ASKED)
    closing = done.dossier.closing
    assert (done.dossier.status, done.warnings) == (status, ())
    assert closing is not None
    assert (closing.deed, closing.reason, closing.asked_by) == (deed, ASKED.reason, ASKED.asked_by)
    assert (closing.way, closing.asked_at, closing.fee_back) == ("post", ASKED.asked_at, "kept")
    assert closing.papers_back == ASKED.items
    assert closing.slip is not None
    assert (closing.slip.group, closing.slip.number) == ("slip stop", 1)


def test_a_fee_that_was_paid_is_asked_after_when_a_dossier_closes(counter: ACounter) -> None:
    name = a_dossier(counter, fee="8.000", when="now")
    (warning,) = counter.do(Deed.WITHDRAW, name, WHY).warnings
    assert "8.000" in warning


def test_who_withdraws_is_the_filer_at_the_desk_unless_said(counter: ACounter) -> None:
    closing = do(counter, Deed.WITHDRAW, a_dossier(counter)).closing
    assert closing is not None
    assert (closing.asked_by, closing.way) == ("Nguyễn Thị Ánh", "direct")
    assert closing.asked_at == counter.clock()


def test_what_is_signed_is_decided_and_can_no_longer_be_withdrawn(counter: ACounter) -> None:
    name = a_dossier(counter, *TO_WORK, Deed.SIGN)
    with pytest.raises(Refused, match="chưa thể “Rút hồ sơ”"):
        do(counter, Deed.WITHDRAW, name)


def test_what_is_signed_is_not_stopped_by_a_notice_that_nothing_was_decided(
    counter: ACounter,
) -> None:
    name = a_dossier(counter, *TO_WORK, Deed.SIGN)
    with pytest.raises(Refused, match="đã có quyết định"):
        do(counter, Deed.STOP, name)
    dossier = do(counter, Deed.UNDO, name)
    assert Deed.STOP in applicable(dossier, counter.officer)


@pytest.mark.parametrize(
    ("policy", "due", "rule"),
    [
        ("pause", at(3, 16, 30, month=12), "đã dừng giải quyết"),
        ("restart", at(8, 16, 30, month=12), "ngày mở lại hồ sơ"),
    ],
)
def test_a_reopened_clock_goes_on_or_by_policy_starts_again(
    counter: ACounter, policy: str, due: datetime, rule: str
) -> None:
    """Five days: 25, 26/11 ran, out 27 and 30, then 1, 2, 3/12; or again 2, 3, 4, 7, 8/12."""
    counter.desk.office.describe(e.UnitDescribed(name="Trung tâm", reopen=policy), NGA)  # type: ignore[arg-type]
    name = a_dossier(counter, *TO_WORK)
    do(counter, Deed.STOP, name, when=at(26, 16, 45))
    after = do(counter, Deed.REOPEN, name, when=at(1, 9, month=12))
    assert (after.due, after.status, after.closing) == (due, Status.PROCESSING, None)
    assert any(rule in said for said in told(after))


def test_only_a_supervisor_reopens(counter: ACounter) -> None:
    name = a_dossier(counter, *TO_WORK, Deed.STOP)
    others = Officer("hung", "Hùng", frozenset(Role) - {Role.SUPERVISOR})
    with pytest.raises(Refused, match="không có quyền “Mở lại”"):
        counter.desk.progress.do(Deed.REOPEN, [name], others, WHY)
