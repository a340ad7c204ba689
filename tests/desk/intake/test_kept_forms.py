"""The form as it is kept: what comes back after a crash, what was set aside, and when it is empty again."""

from pathlib import Path

import pytest

from app.desk.draft import IntakeDraft
from app.models.events import facts
from tests.making import ACounter, a_counter, a_draft


@pytest.fixture
def counter(tmp_path: Path) -> ACounter:
    return a_counter(tmp_path)


def test_the_form_comes_back_as_it_stood(counter: ACounter) -> None:
    half = a_draft(
        name="Nguyễn Th", documents=(facts.Document("Tờ khai", originals=1),), fee_amount="8"
    )
    counter.desk.intake.keep(a_draft(), counter.officer)
    counter.desk.intake.keep(half, counter.officer)
    counter.store.database.close()
    assert counter.open().desk.intake.kept(counter.officer) == half


def test_an_empty_form_is_kept_as_nothing(counter: ACounter) -> None:
    counter.desk.intake.keep(a_draft(), counter.officer)
    counter.desk.intake.keep(IntakeDraft(), counter.officer)
    assert counter.desk.intake.kept(counter.officer) is None


def test_a_parked_intake_is_taken_up_once_and_the_form_is_free_meanwhile(counter: ACounter) -> None:
    intake, officer = counter.desk.intake, counter.officer
    intake.keep(a_draft(), officer)
    intake.park(a_draft(name=""), officer)
    intake.park(a_draft(name="Lê Văn Hai"), officer)
    assert intake.kept(officer) is None
    assert [draft.title for draft in intake.parked(officer)] == ["Chưa nhập tên", "Lê Văn Hai"]
    assert intake.take_up(intake.parked(officer)[1]) == a_draft(name="Lê Văn Hai")
    assert [draft.title for draft in intake.parked(officer)] == ["Chưa nhập tên"]


def test_what_comes_from_elsewhere_leaves_the_half_typed_form_alone(counter: ACounter) -> None:
    half = a_draft(name="Nguyễn Th")
    counter.desk.intake.keep(half, counter.officer)
    counter.receive()
    assert counter.desk.intake.kept(counter.officer) == half
    counter.desk.intake.receive(half, counter.officer, form=True)
    assert counter.desk.intake.kept(counter.officer) is None


def test_only_the_form_of_who_left_is_empty_afterwards(counter: ACounter) -> None:
    intake, officer = counter.desk.intake, counter.officer
    intake.keep(a_draft(), officer)
    intake.leave(IntakeDraft(), "guidance", officer, "hỏi giờ làm việc")
    assert intake.kept(officer) == a_draft()
    intake.leave(a_draft(), "guidance", officer, "hỏi giờ làm việc", form=True)
    assert intake.kept(officer) is None
