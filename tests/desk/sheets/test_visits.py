"""Whoever left without being received can be found again, with what was printed for them."""

from datetime import timedelta
from pathlib import Path

import pytest

from app.desk.draft import IntakeDraft
from app.desk.sheets.visits import Visit, Visits
from app.models.events.event import EventName
from tests.making import MONDAY, PROCEDURE, ACounter, a_counter

TODAY = MONDAY.date()


@pytest.fixture
def counter(tmp_path: Path) -> ACounter:
    return a_counter(tmp_path)


def leave(counter: ACounter, name: str = "Lý A Sử") -> EventName:
    draft = IntakeDraft(procedure=PROCEDURE, name=name)
    return counter.desk.intake.leave(draft, "supplement", counter.officer, "thiếu tờ khai")


def visits(counter: ACounter) -> list[Visit]:
    desk = counter.desk
    found = Visits(desk.store, desk.lookup.holder_name, desk.press)
    return found.of(TODAY, counter.clock().date())


def test_a_visit_is_found_with_its_person_outcome_and_number(counter: ACounter) -> None:
    name = leave(counter)
    (visit,) = visits(counter)
    assert (visit.name, visit.person, visit.outcome) == (name, "Lý A Sử", "supplement")
    assert visit.number == "1-0001"
    assert visit.papers == ("supplement", "guidance", "opinion")
    assert visit.times == {}


def test_the_latest_stands_first_and_other_days_only_when_asked_for(counter: ACounter) -> None:
    leave(counter, "người hôm nay")
    counter.clock.now += timedelta(days=2)
    leave(counter, "người hôm kia")
    assert [visit.person for visit in visits(counter)] == ["người hôm kia", "người hôm nay"]
    counter.clock.now -= timedelta(days=2)
    assert [visit.person for visit in visits(counter)] == ["người hôm nay"]


def test_what_was_printed_and_spoiled_is_told_of_each_paper(counter: ACounter) -> None:
    name = leave(counter)
    paper = counter.desk.paperwork.issue("supplement", name, counter.officer)
    counter.desk.press.spoil(paper.job, counter.officer, 1)
    counter.desk.paperwork.issue("supplement", name, counter.officer)
    (visit,) = visits(counter)
    assert visit.times == {"supplement": 2}
    assert visit.spoiled == {(str(paper.job), 1)}
    assert [job.mark for job in visit.prints] == ["", "BẢN IN LẠI lần 1"]
    assert len(visit.copies["supplement"]) == 2


def test_a_dossier_is_no_visit(counter: ACounter) -> None:
    counter.receive("Người được nhận")
    assert visits(counter) == []
