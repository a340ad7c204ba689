"""Through any row of faults no code is given twice."""

import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.making import ACounter, a_counter
from tests.store.database.telling import copied, crash, the_marker


@pytest.fixture
def counter(tmp_path: Path) -> ACounter:
    made = a_counter(tmp_path / "1", 3)
    made.receive_many(3)
    return made


FAULTS = ("receive", "back up", "put back", "lose marker", "clone", "crash", "tomorrow")


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(FAULTS), min_size=3, max_size=12))
def test_through_any_row_of_faults_no_code_is_given_twice(
    tmp_path_factory: pytest.TempPathFactory, faults: list[str]
) -> None:
    town = Town(tmp_path_factory.mktemp("town"))
    for fault in faults:
        town.meets(fault)
    for counter in town.counters:
        town.receive(counter)
        assert counter.store.verify().ok
    codes = [code for code in town.given if not code.startswith("T-")]
    assert len(set(codes)) == len(codes)


class Town:
    """A counter, its clones, and all the codes they gave out."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.counters = [a_counter(folder / "0", 3)]
        self.counters[0].store.database.rows("PRAGMA synchronous=OFF")
        self.given: list[str] = []

    def receive(self, counter: ACounter) -> None:
        self.given += counter.receive_many(2)

    def meets(self, fault: str) -> None:
        for counter in list(self.counters):
            match fault:
                case "receive":
                    self.receive(counter)
                case "back up":
                    counter.close()
                    shutil.copy(counter.database, counter.folder / "old.db")
                    counter.open()
                case "put back" if (counter.folder / "old.db").exists():
                    counter.close()
                    shutil.copy(counter.folder / "old.db", counter.database)
                    counter.open()
                case "lose marker":
                    the_marker(counter).unlink()
                    self.receive(counter)
                case "clone" if len(self.counters) < 3:
                    counter.close()
                    self._clone(counter)
                    counter.open()
                case "crash":
                    crash(counter)
                case "tomorrow":
                    counter.clock.go_on(days=1)
                case _:
                    pass

    def _clone(self, counter: ACounter) -> None:
        number = len(self.counters)
        to = self.folder / f"{number}"
        assert counter.state is not None
        shutil.copytree(counter.state, to / "state")
        self.counters.append(copied(counter, to, machine=f"máy {number + 7}", state=to / "state"))
