"""Deeds done at two counters apart become a task; whoever holds the dossier looks and says so."""

from pathlib import Path

import pytest

from app.desk.deeds.details import Details
from app.desk.looking.conflicts import may_settle
from app.models.dossiers.lifecycle import Deed
from app.models.errors import Refused
from app.models.events import event as e
from app.models.unit.officer import Officer, Role
from tests.making import NGA, ACounter, a_counter, exchange


def an_officer(login: str, *roles: Role) -> Officer:
    return Officer(login, login.title(), frozenset(roles))


HUNG, MAI = an_officer("hung", Role.SPECIALIST), an_officer("mai", Role.SPECIALIST)
OANH = an_officer("oanh", Role.RECEPTIONIST)


@pytest.fixture
def counters(tmp_path: Path) -> tuple[ACounter, ACounter]:
    one, two = a_counter(tmp_path / "1"), a_counter(tmp_path / "2", 2, machine="máy 2")
    for officer in (HUNG, MAI, OANH):
        one.desk.office.add_officer(officer.login, officer.name, officer.roles, by=NGA)
    return one, two


def handed_over_twice(one: ACounter, two: ACounter) -> e.EventName:
    """A dossier that each counter handed over, not knowing of the other."""
    name = one.receive().name
    exchange(one.store, two.store)
    for counter in (one, two):
        counter.do(Deed.HAND_OVER, name, Details(to="hung"))
    exchange(one.store, two.store)
    return name


def test_what_was_done_apart_is_told_alike_at_both_counters_without_reading_every_dossier(
    counters: tuple[ACounter, ACounter],
) -> None:
    one, two = counters
    one.receive("Lê Văn Khác")
    name = handed_over_twice(one, two)
    (task,) = one.desk.conflicts.of(name)
    assert task.holder == "hung"
    for counter in counters:
        assert list(counter.desk.conflicts.all()) == [(name, (task,))]
        assert counter.desk.conflicts.count() == 1
    assert one.dump() == two.dump()


def test_who_looked_settles_it_everywhere_by_one_event(
    counters: tuple[ACounter, ACounter],
) -> None:
    one, two = counters
    name = handed_over_twice(one, two)
    status = one.desk.lookup.dossier(name).dossier
    (task,) = one.desk.conflicts.of(name)
    before = len(one.desk.lookup.dossier(name).verdicts)
    one.desk.conflicts.settle(name, task.deed, HUNG)
    after = one.desk.lookup.dossier(name)
    assert len(after.verdicts) == before + 1
    assert after.dossier == status
    assert exchange(one.store, two.store) == 1
    assert [counter.desk.conflicts.count() for counter in counters] == [0, 0]


def test_only_the_holder_or_a_supervisor_looks(counters: tuple[ACounter, ACounter]) -> None:
    one, two = counters
    name = handed_over_twice(one, two)
    (task,) = one.desk.conflicts.of(name)
    for stranger in (MAI, OANH):
        with pytest.raises(Refused, match="người đang giữ hồ sơ"):
            one.desk.conflicts.settle(name, task.deed, stranger)
    assert one.desk.conflicts.count() == 1
    one.desk.conflicts.settle(name, task.deed, one.officer)
    assert one.desk.conflicts.count() == 0


def test_what_no_officer_holds_is_the_one_stop_shops(counters: tuple[ACounter, ACounter]) -> None:
    one, two = counters
    name = handed_over_twice(one, two)
    one.do(Deed.WITHDRAW, name)
    (task,) = one.desk.conflicts.of(name)
    officers = one.store.standing.officers()
    assert may_settle(OANH, task.holder, officers)
    assert not may_settle(MAI, task.holder, officers)


def test_what_was_looked_at_is_not_looked_at_twice(counters: tuple[ACounter, ACounter]) -> None:
    one, two = counters
    name = handed_over_twice(one, two)
    (task,) = one.desk.conflicts.of(name)
    one.desk.conflicts.settle(name, task.deed, HUNG)
    with pytest.raises(Refused, match="đã có người xem"):
        one.desk.conflicts.settle(name, task.deed, HUNG)


def test_the_board_counts_and_finds_them_whatever_their_step(
    counters: tuple[ACounter, ACounter],
) -> None:
    one, two = counters
    name = handed_over_twice(one, two)
    one.receive("Lê Văn Khác")
    one.do(Deed.WITHDRAW, name)
    board = one.desk.lookup.board("conflicts")
    assert [line.row.name for line in board.lines] == [name]
    assert board.counts.conflicts == 1


def test_a_list_tells_each_dossier_once_with_its_sentence_and_holder(
    counters: tuple[ACounter, ACounter],
) -> None:
    one, two = counters
    one.receive("Lê Văn Khác")
    name = handed_over_twice(one, two)
    (found,) = two.desk.conflicts.look()
    (task,) = two.desk.conflicts.of(name)
    assert (found.dossier, found.sentences, found.holder) == (name, (task.rule.sentence,), "Hung")
    assert found.applicant == "Nguyễn Thị Ánh"
    two.desk.conflicts.settle(name, task.deed, HUNG)
    assert two.desk.conflicts.look() == ()
