"""The process is killed in the middle of an intake; nothing is half done and nothing is lost."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from tests.making import ACounter, a_counter
from tests.store.journal.victims import POINTS

ROOT = Path(__file__).resolve().parents[3]
INSTANTS = 220
LATEST = 0.02  # seconds: some intakes


class Victims:
    """The process that forks victims, asked one at a time."""

    def __init__(self, module: str = "tests.store.journal.victims") -> None:
        command = [sys.executable, "-m", module]
        pipe = subprocess.PIPE
        self.process = subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, text=True)

    def kill(self, folder: Path, **asked: object) -> list[str]:
        """Have one live and die; the codes it had reported."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        print(json.dumps({"folder": str(folder), **asked}), file=self.process.stdin, flush=True)
        answer = json.loads(self.process.stdout.readline())
        assert answer["killed"]
        codes: list[str] = answer["codes"]
        return codes


@pytest.fixture(scope="module")
def victims() -> Iterator[Victims]:
    made = Victims()
    yield made
    made.process.communicate(timeout=60)


def codes_in(counter: ACounter) -> list[str]:
    rows = counter.store.database.rows(
        "SELECT iif(code = '', provisional_code, code) FROM dossiers"
    )
    return [row[0] for row in rows]


def is_whole(counter: ACounter, reported: list[str]) -> None:
    """Everything reported is in the file once, and every number is explained."""
    codes = codes_in(counter)
    assert set(reported) <= set(codes)
    assert len(set(codes)) == len(codes)
    verified = counter.store.verify()
    assert verified.ok, verified.findings


@pytest.mark.parametrize("point", POINTS)
def test_killed_at_any_named_point_a_dossier_is_whole_or_absent(
    victims: Victims, tmp_path: Path, point: str
) -> None:
    counter = a_counter(tmp_path)
    counter.receive("Lê Thị Trước")
    if "incarnation" in point:
        next(tmp_path.glob("state/markers/*")).unlink()
    counter.close()
    reported = victims.kill(tmp_path, point=point)
    saved = point in ("committed", "before the print", "printed")
    counter.open()
    assert len(codes_in(counter)) == 1 + saved
    is_whole(counter, reported)
    after = counter.receive("Lê Thị Sau").code
    is_whole(counter, [*reported, after])
    assert counter.open().desk.lookup.find("sau")


def test_killed_at_hundreds_of_instants_nothing_reported_is_lost(
    victims: Victims, tmp_path: Path
) -> None:
    counter, chance = a_counter(tmp_path), Random(20261123)
    counter.close()
    reported: list[str] = []
    for instant in range(INSTANTS):
        codes, after = chance.randrange(4), chance.uniform(0, LATEST)
        reported += victims.kill(tmp_path, codes=codes, after=after)
        if instant % 20 == 19:
            is_whole(counter.open(), reported)
            counter.close()
    counter.open()
    is_whole(counter, reported)
    assert len(set(reported)) == len(reported) > INSTANTS
    assert not [code for code in reported if not code.startswith("H26.15.3-261123-")]
    crashed = counter.store.database.rows("SELECT body FROM standing WHERE kind='incarnation'")
    assert any("crashed" in body for (body,) in crashed)
