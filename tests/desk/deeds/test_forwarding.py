"""Forwarded to other agencies: each has its own limit, which is not the citizen's; and it comes back."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.desk.deeds.details import Details
from app.desk.deeds.forwarding import Agency, limit_of
from app.models.deadlines.appointment import LimitUnit
from app.models.dossiers.dossier import ONE_STOP
from app.models.dossiers.lifecycle import Deed, Status
from app.models.errors import BadInput, Refused
from app.models.events import event as e
from tests.desk.at_work import TO_WORK, a_dossier, a_working_counter, at, do
from tests.making import ACounter

TAX = Agency("Thuế cơ sở", "xác định nghĩa vụ tài chính", limit_of("1", LimitUnit.WORKING_DAY))
POLICE = Agency("Công an xã", "xác minh cư trú", limit_of("3", LimitUnit.WORKING_DAY))
BOTH = Details(agencies=(TAX, POLICE))


@pytest.fixture
def counter(tmp_path: Path) -> ACounter:
    return a_working_counter(tmp_path)


def forwarded(counter: ACounter, details: Details = BOTH) -> e.EventName:
    name = a_dossier(counter, *TO_WORK)
    do(counter, Deed.FORWARD, name, details, at(23, 10))
    return name


def board(counter: ACounter, only: str) -> list[e.EventName]:
    return [line.row.name for line in counter.desk.lookup.board(only).lines]


def test_each_agency_has_its_limit_from_then_on_and_the_promise_stays(counter: ACounter) -> None:
    """Monday 23/11 at 10:01; the 24th is a holiday."""
    name = a_dossier(counter, *TO_WORK)
    promised = counter.desk.lookup.dossier(name).arrived("").due
    after = do(counter, Deed.FORWARD, name, BOTH, at(23, 10))
    assert after.away is not None
    dues = [(part.agency, f"{part.due:%H:%M %d/%m}") for part in after.away.parts if part.due]
    assert dues == [("Thuế cơ sở", "16:30 25/11"), ("Công an xã", "16:30 27/11")]
    assert (after.holder, after.due) == ("Thuế cơ sở", promised)


def test_the_lists_show_what_lies_at_another_agency_and_what_it_keeps_too_long(
    counter: ACounter,
) -> None:
    name = forwarded(counter)
    a_dossier(counter, *TO_WORK)
    assert board(counter, "away") == [name]
    assert board(counter, "away_late") == []
    counter.clock.now = at(26, 9)
    (line,) = counter.desk.lookup.board("away_late").lines
    assert line.away_left is not None
    assert (line.row.name, line.away_left.late, line.left.late) == (name, True, False)
    counts = counter.desk.lookup.board().counts
    assert (counts.away, counts.away_late, counts.late) == (1, 1, 0)


@pytest.mark.parametrize("deed", [Deed.ACCEPT, Deed.RESOLVE, Deed.SEND_BACK])
def test_once_it_came_back_no_agency_is_late(counter: ACounter, deed: Deed) -> None:
    name = forwarded(counter)
    after = do(counter, deed, name, when=at(26, 9))
    assert after.away is None
    assert board(counter, "away") == []


def test_an_agency_without_a_limit_has_it_and_is_never_late(counter: ACounter) -> None:
    name = forwarded(counter, Details(to="Công an xã"))
    counter.clock.now = at(30, 9)
    assert board(counter, "away") == [name]
    assert board(counter, "away_late") == []


def test_what_the_slip_must_state_is_asked_for_and_nothing_is_refused(counter: ACounter) -> None:
    name = a_dossier(counter, *TO_WORK)
    counter.clock.now = at(23, 10)
    done = counter.do(Deed.FORWARD, name, Details(to="Công an xã"))
    assert [warning[:16] for warning in done.warnings] == ["Phiếu chuyển xử "]
    counter.do(Deed.ACCEPT, name)
    assert counter.do(Deed.FORWARD, name, BOTH).warnings == ()


def test_the_slip_prints_work_and_limit_of_each(counter: ACounter) -> None:
    name = forwarded(counter)
    tasks = counter.desk.paperwork.values("forward", name)["tasks"]
    assert [(task["agency"], task["work"], task["limit"]) for task in tasks] == [  # type: ignore[attr-defined]
        ("Thuế cơ sở", "xác định nghĩa vụ tài chính", "01 ngày làm việc, đến 16:30 25/11/2026"),
        ("Công an xã", "xác minh cư trú", "03 ngày làm việc, đến 16:30 27/11/2026"),
    ]


def test_the_control_slip_has_the_way_there_and_the_hour_it_came_back(counter: ACounter) -> None:
    name = forwarded(counter)
    do(counter, Deed.ACCEPT, name, when=at(26, 9))
    rows: Any = counter.desk.paperwork.values("control", name)["hand_overs"]
    there, back = rows[-2:]
    assert (there["to"], there["taker"]) == ("Thuế cơ sở", "")
    assert (back["from"], back["to"], back["taker"]) == ("Thuế cơ sở", "Lê Thị Nga", "Lê Thị Nga")
    assert f"{back['at']:%H:%M %d/%m}" == "09:01 26/11"


def test_each_answer_has_its_hour_on_the_control_slip_and_only_who_is_late_is_late(
    counter: ACounter,
) -> None:
    name = forwarded(counter)
    do(counter, Deed.ANSWER, name, Details(to="Thuế cơ sở", note="không phải nộp"), at(25, 9))
    counter.clock.now = at(26, 9)
    assert board(counter, "away_late") == []
    tax, police = counter.desk.lookup.away_of(counter.desk.lookup.dossier(name).arrived(""))
    assert (tax.answered, police.answered) == (at(25, 9, 1), None)
    do(counter, Deed.ANSWER, name, Details(), at(27, 10))
    rows: Any = counter.desk.paperwork.values("control", name)["hand_overs"]
    assert [(row["from"], f"{row['at']:%H:%M %d/%m}", row["note"]) for row in rows[-2:]] == [
        ("Thuế cơ sở", "09:01 25/11", "không phải nộp"), ("Công an xã", "10:01 27/11", ""),
    ]  # fmt: skip
    assert board(counter, "away") == []


def test_of_several_it_must_be_said_which_agency_answered(counter: ACounter) -> None:
    name = forwarded(counter)
    with pytest.raises(BadInput, match="Còn chờ: Thuế cơ sở; Công an xã"):
        do(counter, Deed.ANSWER, name, Details())


def test_a_single_agency_has_no_answers_to_wait_for_one_by_one(counter: ACounter) -> None:
    name = forwarded(counter, Details(to="Công an xã"))
    with pytest.raises(Refused, match="Nhận bàn giao"):
        do(counter, Deed.ANSWER, name, Details())


def test_it_may_be_sent_on_and_undone(counter: ACounter) -> None:
    name = forwarded(counter)
    on = do(counter, Deed.FORWARD, name, Details(agencies=(POLICE,)), at(25, 9))
    assert on.holder == "Công an xã"
    back = do(counter, Deed.UNDO, name)
    assert back.away is not None
    assert (back.holder, back.status) == ("Thuế cơ sở", Status.HANDED_OVER)


@pytest.mark.parametrize("value", ["0", "401", "ba", "-1"])
def test_a_limit_is_a_number_of_days_or_hours(value: str) -> None:
    with pytest.raises(BadInput, match="từ 1 đến 400"):
        limit_of(value, LimitUnit.WORKING_DAY)


def test_an_agency_needs_a_name(counter: ACounter) -> None:
    name = a_dossier(counter, *TO_WORK)
    with pytest.raises(BadInput, match="Chưa chọn người nhận"):
        do(counter, Deed.FORWARD, name, Details(agencies=(TAX, replace(POLICE, name=" "))))


def test_the_counter_sends_it_on_itself_and_has_it_back_to_be_processed(counter: ACounter) -> None:
    name = a_dossier(counter)
    sent = do(counter, Deed.FORWARD, name, BOTH, at(23, 10))
    assert (sent.status, sent.hand_overs[-1].giver) == (Status.HANDED_OVER, ONE_STOP)
    do(counter, Deed.ANSWER, name, Details(to="Thuế cơ sở"), at(25, 9))
    back = do(counter, Deed.ANSWER, name, Details(to="Công an xã"), at(25, 10))
    assert back.status is Status.PROCESSING


def test_what_the_counter_sent_on_by_mistake_is_received_again(counter: ACounter) -> None:
    for deed in (Deed.UNDO, Deed.SEND_BACK):
        name = a_dossier(counter)
        do(counter, Deed.FORWARD, name, Details(agencies=(TAX,)), at(23, 10))
        back = do(counter, deed, name, Details(reason="gửi nhầm cơ quan"), at(23, 11))
        assert (back.status, back.holder) == (Status.RECEIVED, ONE_STOP)


def test_the_control_slip_of_what_the_counter_sent_on_begins_at_the_counter(
    counter: ACounter,
) -> None:
    name = a_dossier(counter)
    do(counter, Deed.FORWARD, name, Details(agencies=(TAX,)), at(23, 10))
    assert counter.desk.paperwork.preview("control", name)
    assert counter.desk.paperwork.preview("forward", name)
