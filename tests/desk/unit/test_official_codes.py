"""A counter without a lane gives provisional codes; with one, each of them its official code, once."""

from pathlib import Path

import pytest

from app.desk.unit.official_codes import assign
from app.models.dossiers.lifecycle import Deed
from tests.making import ACounter, a_counter
from tests.store.database.telling import copied, explained
from tests.store.journal.test_lanes import grant


@pytest.fixture
def moved(tmp_path: Path) -> ACounter:
    """A counter's data on another machine, where it received two dossiers without a lane."""
    counter = a_counter(tmp_path / "1", 3)
    counter.receive()
    counter.close()
    made = copied(counter, tmp_path / "moved", machine="máy 2", state=tmp_path / "moved" / "state")
    made.receive("Lê Văn Tạm")
    made.receive("Lê Thị Chờ")
    return made


def codes(counter: ACounter) -> list[tuple[str, str]]:
    sql = "SELECT provisional_code, code FROM dossiers WHERE provisional_code != '' ORDER BY thing"
    return [(str(p), str(c)) for p, c in counter.store.database.rows(sql)]


def test_without_a_lane_nothing_is_assigned(moved: ACounter) -> None:
    assert assign(moved.store, moved.clock()) == 0
    assert [code for _, code in codes(moved)] == ["", ""]


def test_with_a_lane_each_provisional_dossier_gets_an_official_code_of_its_day(
    moved: ACounter,
) -> None:
    grant(moved, 14, "2026-11-23", "2026-12-31")
    assert assign(moved.store, moved.clock()) == 2
    assert [code[-11:] for _, code in codes(moved)] == ["261123-0014", "261123-0034"]
    for provisional, code in codes(moved):
        assert moved.desk.lookup.find(provisional) == moved.desk.lookup.find(code) != []
    explained(moved)


def test_a_day_before_the_lane_is_coded_as_of_today(moved: ACounter) -> None:
    moved.clock.go_on(days=2)
    grant(moved, 14, "2026-11-25", "2026-12-31")
    assign(moved.store, moved.clock())
    assert [code[-11:] for _, code in codes(moved)] == ["261125-0014", "261125-0034"]


def test_asked_again_it_assigns_nothing_more(moved: ACounter) -> None:
    grant(moved, 14, "2026-11-23", "2026-12-31")
    assign(moved.store, moved.clock())
    before = moved.store.map(), codes(moved)
    assert assign(moved.store, moved.clock()) == 0
    assert (moved.store.map(), codes(moved)) == before


def test_the_day_of_reception_stands_in_the_code_and_a_voided_number_gets_none(
    moved: ACounter,
) -> None:
    voided = moved.desk.lookup.find("Lê Thị Chờ")[0].row.name
    moved.do(Deed.VOID, voided)
    moved.clock.go_on(days=2)
    grant(moved, 14, "2026-11-23", "2026-12-31")
    assert assign(moved.store, moved.clock()) == 1
    assert [code[-11:] for _, code in codes(moved)] == ["261123-0014", ""]
