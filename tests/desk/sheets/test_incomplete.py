from datetime import timedelta
from pathlib import Path

import pytest

from app.desk.deeds.details import Details
from app.desk.sheets import incomplete
from app.models.dossiers.checklist import BLANK
from app.models.dossiers.lifecycle import Deed
from app.models.errors import BadInput
from app.models.events import event as e
from app.models.events.facts import Document
from tests.making import DETAILS, ACounter, a_counter, a_draft


@pytest.fixture
def counter(tmp_path: Path) -> ACounter:
    return a_counter(tmp_path)


def lacking(counter: ACounter) -> list[str]:
    return [each.what for each in counter.desk.incomplete.of()]


def resolved(counter: ACounter, *, accepted: bool = True) -> e.EventName:
    name = counter.receive().name
    counter.do(Deed.HAND_OVER, name)
    if accepted:
        counter.do(Deed.ACCEPT, name)
    counter.do(Deed.RESOLVE, name)
    return name


def test_a_finished_day_lacks_nothing(counter: ACounter) -> None:
    counter.do(Deed.RETURN, resolved(counter), Details(collector="Nguyễn Thị Ánh"))
    assert lacking(counter) == []


def test_a_hand_over_nobody_signed_for_is_named_with_whom_it_waits(counter: ACounter) -> None:
    name = counter.receive().name
    counter.do(Deed.HAND_OVER, name)
    (each,) = counter.desk.incomplete.of()
    assert (each.what, each.name, each.officer) == (incomplete.NOT_ACCEPTED, name, "hung")


def test_it_is_still_named_on_the_days_after(counter: ACounter) -> None:
    counter.do(Deed.HAND_OVER, counter.receive().name)
    counter.clock.go_on(days=1)
    assert lacking(counter) == [incomplete.NOT_ACCEPTED]


def test_resolved_without_having_been_accepted_leaves_the_slip_open(counter: ACounter) -> None:
    resolved(counter, accepted=False)
    assert lacking(counter) == [incomplete.NEVER_ACCEPTED]


def test_another_agency_signs_on_paper_only(counter: ACounter) -> None:
    name = counter.receive().name
    counter.do(Deed.HAND_OVER, name)
    counter.do(Deed.ACCEPT, name)
    counter.do(Deed.FORWARD, name, Details(to="Chi nhánh Văn phòng Đăng ký đất đai"))
    assert lacking(counter) == []


def test_a_return_without_a_name_lacks_its_signature(counter: ACounter) -> None:
    counter.do(Deed.RETURN, resolved(counter))
    assert lacking(counter) == [incomplete.NO_COLLECTOR]


def test_what_was_sent_back_with_a_reason_lacks_nothing(counter: ACounter) -> None:
    name = counter.receive().name
    counter.do(Deed.HAND_OVER, name)
    counter.do(Deed.SEND_BACK, name)
    assert lacking(counter) == []


def test_a_late_dossier_lacks_its_apology_until_it_has_one(counter: ACounter) -> None:
    name = counter.receive().name
    counter.clock.go_on(days=10)
    assert lacking(counter) == [incomplete.NO_APOLOGY]
    later = counter.clock().replace(month=12, day=21, hour=16, minute=30)
    counter.do(Deed.APOLOGISE, name, Details(reason="chờ xác minh", due=later))
    assert incomplete.NO_APOLOGY not in lacking(counter)


def test_a_voided_number_lacks_nothing(counter: ACounter) -> None:
    name = counter.receive().name
    counter.do(Deed.VOID, name, DETAILS)
    counter.clock.go_on(days=10)
    assert lacking(counter) == []


def test_a_new_date_is_to_be_told_while_the_dossier_is_open(counter: ACounter) -> None:
    name = counter.receive().name
    for deed in (Deed.HAND_OVER, Deed.ACCEPT):
        counter.do(deed, name)
    counter.do(Deed.CHANGE_CASE, name, Details(reason="phải xác minh", case=2))
    assert lacking(counter) == [incomplete.NOT_TOLD]
    counter.do(Deed.WITHDRAW, name, Details(reason="công dân xin rút"))
    assert lacking(counter) == []


def keyed_of_a_blank(counter: ACounter) -> e.EventName:
    """Filled by hand a minute ago."""
    counter.clock.go_on(minutes=1)
    return counter.desk.intake.receive(
        a_draft(documents=(Document("Tờ khai", originals=1),)), counter.officer, at=counter.clock() - timedelta(minutes=1),
        blank=counter.desk.blanks.draw().code,
    ).name  # fmt: skip


def test_a_blank_nobody_scanned_is_named_until_its_scan_is_there_however_late(
    counter: ACounter,
) -> None:
    digitising, name = counter.desk.digitising, keyed_of_a_blank(counter)
    counter.clock.go_on(days=1)
    assert lacking(counter) == [incomplete.NO_BLANK]
    tied = digitising.tie(name, BLANK, digitising.seal(b"%PDF", 1), counter.officer)
    assert lacking(counter) == []
    digitising.reverse(name, tied, counter.officer)
    counter.clock.go_on(days=1)
    assert lacking(counter) == [incomplete.NO_BLANK]


def test_a_scan_of_a_citizens_paper_is_none_of_the_blank(counter: ACounter) -> None:
    digitising, name = counter.desk.digitising, keyed_of_a_blank(counter)
    digitising.tie(name, 1, digitising.seal(b"%PDF", 1), counter.officer)
    assert lacking(counter) == [incomplete.NO_BLANK]
    with pytest.raises(BadInput, match="không có thành phần số 0"):
        digitising.tie(counter.receive().name, BLANK, digitising.seal(b"%PDF", 1), counter.officer)


def test_what_was_keyed_at_once_without_a_lane_has_no_receipt_by_hand(tmp_path: Path) -> None:
    counter = a_counter(tmp_path / "12", 12)
    counter.receive()
    assert [each.what for each in counter.desk.incomplete.of()] == [incomplete.PROVISIONAL]
