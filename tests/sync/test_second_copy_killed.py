"""The process is killed between commit and copy; what was said to be copied is on the stick."""

from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from app.store.backup import KEY_RING
from app.sync.second_copy import SecondCopy
from tests.making import ACounter, a_counter
from tests.store.journal.test_killed import Victims
from tests.sync.copying import POINTS, stick_of
from tests.sync.test_second_copy import COPIED, codes, on_another_machine

INSTANTS = 20
LATEST = 0.05  # seconds: some deeds and their bundles


@pytest.fixture(scope="module")
def victims() -> Iterator[Victims]:
    made = Victims("tests.sync.copying")
    yield made
    made.process.communicate(timeout=60)


@pytest.fixture
def counter(tmp_path: Path) -> ACounter:
    made = a_counter(tmp_path / "1")
    made.database.with_name(KEY_RING).write_bytes(b"ring")
    made.receive("Lê Thị Trước")
    stick_of(made).mkdir()
    assert SecondCopy(made.store).set(stick_of(made)) == COPIED
    made.close()
    return made


def holds(counter: ACounter, reported: list[str], folder: Path) -> None:
    """On another machine is all that was reported; once the PC is back, all there is."""
    moved, done = on_another_machine(counter, stick_of(counter), folder / "a")
    assert done.findings == ()
    assert set(reported) <= set(codes(moved))
    assert moved.store.verify().ok
    assert SecondCopy(counter.open().store).follow(every=True) == COPIED
    moved, done = on_another_machine(counter, stick_of(counter), folder / "b")
    assert (codes(moved), done.findings) == (codes(counter), ())
    counter.close()


@pytest.mark.parametrize("point", POINTS)
def test_killed_at_any_named_point_the_copy_holds_what_it_said(
    victims: Victims, counter: ACounter, tmp_path: Path, point: str
) -> None:
    holds(counter, victims.kill(counter.folder, point=point), tmp_path / "back")


def test_killed_at_drawn_instants_nothing_said_to_be_copied_is_lost(
    victims: Victims, counter: ACounter, tmp_path: Path
) -> None:
    chance, reported = Random(20261124), list[str]()
    for instant in range(INSTANTS):
        codes_, after = chance.randrange(4), chance.uniform(0, LATEST)
        reported += victims.kill(counter.folder, codes=codes_, after=after)
        if instant % 10 == 9:
            holds(counter, reported, tmp_path / f"back {instant}")
    assert len(set(reported)) == len(reported) > INSTANTS
