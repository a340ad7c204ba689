"""A server put back from a dump has forgotten what it granted last; nobody is granted it again."""

import shutil
from pathlib import Path

import pytest

from app.models.errors import Refused
from app.models.events import event as e
from server.units.granted import Granted
from tests.sync.small import UNIT, SmallCounter, SmallServer


def moved(name: str, number: int, server: SmallServer) -> SmallCounter:
    """An enrolled counter that lost its own numbers."""
    counter = SmallCounter(name, number)
    server.enrol(counter)
    counter.start(f"{number:015x}a", reason="moved")
    return counter


def numbers(counter: SmallCounter) -> tuple[set[int], set[int]]:
    """The lanes and books granted to this counter, as it knows."""
    mine = counter.keys.public.device
    lanes = {body.lane for body in counter.bodies(e.LaneGranted) if body.device == mine}
    return lanes, {body.book for body in counter.bodies(e.BookGranted) if body.device == mine}


def test_what_a_forgotten_grant_gave_is_given_to_nobody_else(tmp_path: Path) -> None:
    server = SmallServer(tmp_path / "server", UNIT)
    one, other = moved("one", 1, server), moved("other", 2, server)
    database = server.data / "server.db"
    server.built.engine.dispose()
    shutil.copy(database, tmp_path / "dump.db")
    server.exchange(one)
    server.built.engine.dispose()
    shutil.copy(tmp_path / "dump.db", database)
    server.restart()
    server.exchange(other)
    (lanes, books), (more_lanes, more_books) = numbers(one), numbers(other)
    assert lanes
    assert not lanes & more_lanes
    assert not books & more_books


def test_what_is_remembered_is_on_the_disk_with_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[Path] = []
    monkeypatch.setattr("app.files.sync_folder", synced.append)
    Granted(tmp_path / "granted").keep("u", [e.BookGranted("d", "i", 11)])
    assert synced == [tmp_path / "granted"]
    assert [path.name for path in synced[0].iterdir()] == ["u.json"]


def test_what_is_remembered_only_grows(tmp_path: Path) -> None:
    granted = Granted(tmp_path / "granted")
    lane, later = (
        e.LaneGranted("d", "i", 10, "2026-11-23", "2027-01-22"),
        e.LaneGranted("d", "j", 10, "2027-02-01", "2027-04-01"),
    )
    granted.keep(UNIT, [lane, e.BookGranted("d", "i", 14)])
    granted.keep(UNIT, [later, e.BookGranted("d", "j", 13)])
    assert [x.first for x in granted.lanes(UNIT)] == ["2026-11-23", "2027-02-01"]
    assert [x.book for x in granted.books(UNIT)] == [14]
    assert granted.books("H50.13") == []


def test_a_forgotten_counters_number_is_given_to_nobody_else(tmp_path: Path) -> None:
    server = SmallServer(tmp_path / "server", UNIT)
    database = server.data / "server.db"
    server.built.engine.dispose()
    shutil.copy(database, tmp_path / "dump.db")
    one = SmallCounter("one", 3)
    server.enrol(one)
    server.built.engine.dispose()
    shutil.copy(tmp_path / "dump.db", database)
    server.restart()
    with pytest.raises(Refused, match="Quầy số 3 đã có một máy khác"):
        server.enrol(SmallCounter("other", 3))
    server.enrol(one)
