"""What is wanted early: recorded with its reason, first on every list, and taken off again."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from app.desk.deeds.details import Details
from app.desk.deeds.urgency import read_wish
from app.models.dossiers.lifecycle import Deed
from app.models.errors import BadInput, Refused
from app.models.events import event as e
from tests.making import MONDAY, ACounter, a_counter, a_draft

WHY = Details(reason="con nhập học sáng mai")


@pytest.fixture
def counter(tmp_path: Path) -> ACounter:
    return a_counter(tmp_path)


def listed(counter: ACounter, only: str = "all", holder: str = "") -> list[str]:
    return [line.row.applicant for line in counter.desk.lookup.board(only, holder).lines]


@pytest.mark.parametrize(
    ("typed", "at"),
    [
        ("15h", MONDAY.replace(hour=15)),
        ("10:30", MONDAY.replace(hour=10, minute=30)),
        ("9h30 25/11", MONDAY.replace(day=25, hour=9, minute=30)),
        ("14g 2-1", datetime(2027, 1, 2, 14, tzinfo=MONDAY.tzinfo)),
        ("8h ngày 24/11/2026", MONDAY.replace(day=24)),
        ("  ", None),
    ],
)
def test_an_hour_is_read_as_people_say_it(typed: str, at: datetime | None) -> None:
    assert read_wish(typed, MONDAY) == at


@pytest.mark.parametrize("typed", ["sớm", "25h", "10:75", "9h 31/2", "chiều"])
def test_what_is_no_hour_is_refused_beside_its_field(typed: str) -> None:
    with pytest.raises(BadInput, match="10:30") as wrong:
        read_wish(typed, MONDAY)
    assert wrong.value.field == "wished"


def test_it_stands_first_on_everybodys_list_by_the_hour_wished_for(counter: ACounter) -> None:
    counter.receive("Trước")
    late, soon = counter.receive("Chiều").name, counter.receive("Sáng").name
    counter.do(Deed.HASTEN, late, replace(WHY, wished=MONDAY + timedelta(hours=7)))
    counter.do(Deed.HASTEN, soon, replace(WHY, wished=MONDAY + timedelta(hours=2)))
    assert listed(counter) == ["Sáng", "Chiều", "Trước"]
    assert listed(counter, "not_handed_over") == ["Sáng", "Chiều", "Trước"]


def test_with_its_holder_it_stands_first_too_until_it_is_eased(counter: ACounter) -> None:
    names = [counter.receive(name).name for name in ("Một", "Hai")]
    for name in names:
        counter.do(Deed.HAND_OVER, name)
    counter.do(Deed.HASTEN, names[1], WHY)
    assert listed(counter, holder="hung") == ["Hai", "Một"]
    counter.do(Deed.EASE, names[1])
    assert listed(counter, holder="hung") == ["Một", "Hai"]


def test_the_reason_is_personal_and_no_promise_moves(counter: ACounter) -> None:
    receipt = counter.receive()
    dossier = counter.do(Deed.HASTEN, receipt.name, WHY).dossier
    assert dossier.urgency is not None
    assert (dossier.urgency.reason, dossier.urgency.by) == (WHY.reason, "phutrach")
    assert [promise.due for promise in dossier.promises] == [receipt.due]
    event = counter.desk.lookup.dossier(receipt.name).verdicts[-1].event
    assert event.personal == e.Personal(salt=dossier.salt, reason=WHY.reason)


def test_what_nobody_wants_early_cannot_be_eased_nor_a_result_hastened(counter: ACounter) -> None:
    name = counter.receive().name
    with pytest.raises(Refused, match="chưa được ghi là cần sớm"):
        counter.do(Deed.EASE, name)
    for deed in (Deed.HAND_OVER, Deed.RESOLVE):
        counter.do(deed, name)
    with pytest.raises(Refused, match="báo công dân đến nhận"):
        counter.do(Deed.HASTEN, name, WHY)


def test_an_hour_gone_by_is_refused(counter: ACounter) -> None:
    name = counter.receive().name
    with pytest.raises(BadInput) as wrong:
        counter.do(Deed.HASTEN, name, replace(WHY, wished=MONDAY))
    assert wrong.value.field == "wished"


def test_it_can_be_said_while_the_dossier_is_received(counter: ACounter) -> None:
    name = counter.receive(urgent="mổ chiều nay", wished="11h").name
    dossier = counter.desk.lookup.dossier(name).dossier
    assert dossier is not None
    assert dossier.urgency is not None
    assert dossier.urgency.wished == MONDAY.replace(hour=11)
    assert counter.store.verify().ok


def test_an_hour_without_a_reason_is_wrong_beside_the_reason(counter: ACounter) -> None:
    preview = counter.desk.intake.look(a_draft(wished="11h"))
    assert "urgent" in preview.errors
    with pytest.raises(BadInput, match="vì sao"):
        counter.receive(wished="11h")
