"""Who left without being received takes a paper along: of the day, with its own number, never a code."""

from collections.abc import Callable
from pathlib import Path

import pytest

from app.models.errors import Refused
from app.models.events import event as e
from app.printing.forms import forms
from tests.making import MONDAY, ACounter, a_counter, a_draft
from tests.store.database.spreading import effects


@pytest.fixture
def counter(tmp_path: Path) -> ACounter:
    return a_counter(tmp_path)


def left(counter: ACounter, outcome: str, name: str = "Nguyễn Thị Ánh") -> e.EventName:
    """Somebody who left with this paper."""
    leave: Callable[..., e.EventName] = counter.desk.intake.leave
    draft = a_draft(name=name)
    return leave(draft, outcome, counter.officer, "thiếu giấy chứng sinh", ("Giấy chứng sinh",))


@pytest.mark.parametrize("outcome", ["guidance", "supplement", "refusal"])
def test_a_visit_without_a_code_has_its_paper(counter: ACounter, outcome: str) -> None:
    name = left(counter, outcome)
    found = counter.desk.paperwork.values(outcome, name)
    assert set(forms.load(outcome).variables()) <= found.keys()
    assert (found["code"], found["reason"]) == ("", "thiếu giấy chứng sinh")
    assert found["number"] == ("" if outcome == "guidance" else "1-0001")


def test_a_visit_has_no_receipt(counter: ACounter) -> None:
    with pytest.raises(Refused, match="chỉ in được: phiếu từ chối"):
        counter.desk.paperwork.issue("receipt", left(counter, "refusal"), counter.officer)


def test_a_visit_is_printed_again_as_a_reprint_and_nothing_is_amiss(counter: ACounter) -> None:
    name = left(counter, "supplement")
    issue = counter.desk.paperwork.issue
    assert issue("supplement", name, counter.officer).mark == ""
    assert issue("supplement", name, counter.officer).mark == "BẢN IN LẠI lần 1"
    assert effects(counter.store) == []


def test_nobody_owes_a_name_for_asking(counter: ACounter) -> None:
    found = counter.desk.paperwork.values("guidance", left(counter, "guidance", name=""))
    assert found["applicant_name"] == ""


def test_only_the_outcome_s_own_paper_has_its_number_and_an_opinion_not_even_the_day(
    counter: ACounter,
) -> None:
    name = left(counter, "refusal")
    said = {f: counter.desk.paperwork.values(f, name) for f in ("refusal", "guidance", "opinion")}
    assert [x["number"] for x in said.values()] == ["1-0001", "", ""]
    assert [x["date"] for x in said.values()] == [MONDAY.date(), MONDAY.date(), None]
