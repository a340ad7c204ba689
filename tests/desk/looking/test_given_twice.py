"""A number that two copies of a PC printed is found, told of both papers, and goes once one is voided."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from app.desk.deeds.deciding import SERIES
from app.desk.looking.given_twice import GivenTwice, Twins
from app.models.dossiers.lifecycle import Deed
from app.models.events import event as e
from app.models.events.event import EventName
from app.models.events.facts import Serial
from app.models.numbering import book_series, slip_group
from app.store.checks.gaps import in_words
from app.store.checks.slips_twice import SlipsTwice
from tests.making import DETAILS, NGA, ACounter, a_counter, a_draft, exchange
from tests.store.database.telling import crash


@pytest.fixture
def twins(tmp_path: Path) -> tuple[ACounter, ACounter]:
    """Each has received somebody, under one code, and heard of the other's."""
    one = a_counter(tmp_path / "one")
    one.receive("Phạm Văn Đầu")
    one.close()
    shutil.copytree(tmp_path / "one", tmp_path / "two")
    two = replace(one.open(), folder=tmp_path / "two", state=tmp_path / "two" / "state")
    for twin, name in ((one, "Nguyễn Hoàng Thị Phương Quỳnh Trang"), (two, "Lê Văn Bình")):
        twin.receive(name)
    exchange(one.store, two.store)
    return one, two


def all_of(looking: GivenTwice) -> Twins:
    while (found := looking.go_on()) is None:
        pass
    return found


def test_nothing_is_told_while_every_number_stands_once(tmp_path: Path) -> None:
    counter = a_counter(tmp_path / "1")
    counter.receive_many(3)
    assert all_of(counter.desk.given_twice) == ()


def test_both_copies_tell_the_same_of_both_papers(twins: tuple[ACounter, ACounter]) -> None:
    found, other = (all_of(twin.desk.given_twice) for twin in twins)
    assert found == other
    assert {one.applicant for one in found} == {
        "Nguyễn Hoàng Thị Phương Quỳnh Trang",
        "Lê Văn Bình",
    }
    assert {(one.by, one.counter, one.renewable) for one in found} == {("Lê Thị Nga", 1, True)}
    (number,) = {one.number for one in found}
    assert number.endswith("-0021")


def test_it_is_over_once_one_of_them_is_voided(twins: tuple[ACounter, ACounter]) -> None:
    one, _ = twins
    first, second = all_of(one.desk.given_twice)
    one.do(Deed.HAND_OVER, first.dossier)
    assert [each.renewable for each in all_of(one.desk.given_twice)] == [False, True]
    one.do(Deed.VOID, second.dossier)
    assert all_of(one.desk.given_twice) == ()


def test_a_pair_across_two_portions_is_found_and_nothing_read_again(
    twins: tuple[ACounter, ACounter], monkeypatch: pytest.MonkeyPatch
) -> None:
    one, _ = twins
    monkeypatch.setattr("app.store.checks.given_twice.AT_ONCE", 2)
    looking = one.desk.given_twice
    assert looking.go_on() is None
    assert len(all_of(looking)) == 2
    assert looking.go_on() is not None


@pytest.fixture
def slips(tmp_path: Path) -> tuple[ACounter, list[EventName]]:
    """A copy that heard of the other; each asked another dossier for supplements, on one number."""
    one = a_counter(tmp_path / "one")
    names = [one.receive(name).name for name in ("Lý A Sử", "Trần Thị Bé")]
    for name in names:
        one.do(Deed.HAND_OVER, name)
        one.do(Deed.ACCEPT, name)
    one.close()
    shutil.copytree(tmp_path / "one", tmp_path / "two")
    two = replace(one.open(), folder=tmp_path / "two", state=tmp_path / "two" / "state")
    for twin, name in zip((one, two), names, strict=True):
        twin.do(Deed.REQUEST_SUPPLEMENT, name, replace(DETAILS, items=("tờ khai",)))
    exchange(one.store, two.store)
    return one, names


def test_a_slip_number_on_two_dossiers_is_told_with_both_and_stays(
    slips: tuple[ACounter, list[EventName]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.store.checks.slips_twice.AT_ONCE", 2)
    one, names = slips
    found = all_of(one.desk.given_twice)
    assert {each.number for each in found} == {"Số 1 quyển 1 năm 2026 (phiếu yêu cầu bổ sung)"}
    assert {each.dossier for each in found} == set(names)
    assert not any(each.renewable for each in found)
    assert all_of(one.desk.given_twice) == found


def test_a_number_in_the_book_of_certifications_is_told_while_its_book_lasts(
    twins: tuple[ACounter, ACounter],
) -> None:
    for twin, name in zip(twins, ("Lý A Sử", "Trần Thị Bé"), strict=True):
        about = twin.receive(name).name
        twin.do(Deed.HAND_OVER, about)
        twin.do(Deed.ACCEPT, about)
        with twin.store.journal.deed(twin.clock()) as writing:
            number = Serial("SCT/BS", 2026, 1, 7)
            writing.append(e.Resolved(certified=number), thing=about, by=NGA, at=twin.clock())
    exchange(*(twin.store for twin in twins))
    found = [each for each in all_of(twins[0].desk.given_twice) if "SCT" in each.number]
    assert [each.number for each in found] == ["Số 7 quyển 1 năm 2026 (SCT/BS)"] * 2
    assert {each.applicant for each in found} == {"Lý A Sử", "Trần Thị Bé"}


def leave(counter: ACounter, name: str) -> EventName:
    """Somebody comes and goes with a supplement slip."""
    draft = a_draft(name=name)
    return counter.desk.intake.leave(draft, "supplement", counter.officer, "thiếu", ("tờ khai",))


def test_a_pc_that_was_never_copied_has_nothing_read_for_its_slips(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    counter = a_counter(tmp_path / "1")
    crash(counter)
    counter.receive_many(2)
    monkeypatch.setattr(SlipsTwice, "_look", None)
    assert all_of(counter.desk.given_twice) == ()
    assert len(counter.store.database.rows("SELECT id FROM logs")) == 2


@pytest.mark.parametrize("folder", ["its own", "the same"])
def test_a_slip_number_of_people_who_left_unreceived_is_told_while_its_book_lasts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folder: str
) -> None:
    """Each in a log begun from the same one, or both in that."""
    if folder == "the same":
        monkeypatch.setattr("app.store.journal.journal.folder_id", lambda _: "1")
    first = a_counter(tmp_path / "0")
    first.close()
    copies = []
    for number in (1, 2):
        shutil.copytree(tmp_path / "0", there := tmp_path / str(number))
        copies.append(replace(first, folder=there, state=there / "state"))
    left = {
        leave(copy, name) for copy, name in zip(copies, ("Lý A Sử", "Trần Thị Bé"), strict=True)
    }
    exchange(*(copy.store for copy in copies))
    for copy in copies:
        found = all_of(copy.desk.given_twice)
        assert {each.applicant for each in found if each.is_visit} == {"Lý A Sử", "Trần Thị Bé"}
        assert {each.number for each in found} == {"Số 1 quyển 1 năm 2026 (phiếu yêu cầu bổ sung)"}
    assert len(left) == 1 + (folder == "its own")
    copies[0].clock.go_on(days=60)
    leave(copies[0], "Lê Văn Sau")
    assert all_of(copies[0].desk.given_twice) == ()


@pytest.mark.parametrize("form", sorted({"receipt", *SERIES.values()}))
def test_each_paper_with_numbers_is_told_by_its_name(form: str) -> None:
    assert form not in in_words(book_series(slip_group(form), 2026, 1), 7)
