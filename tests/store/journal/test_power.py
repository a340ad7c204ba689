"""The power goes at any write: what was reported is there, and nothing is half done."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from app.store.backup import KEY_RING
from tests.making import ACounter, a_counter
from tests.store.journal.power import CALLS, Disk, lay_down, steps

ROOT = Path(__file__).resolve().parents[3]
IMAGES = 2  # of each step
STRACE = ("strace", "-f", "-y", "-xx", "-s", "1000000", "-e", f"trace={CALLS}", "-o")

BEGIN = """
import os, sys
from pathlib import Path
from app.store.journal import journal
from app.store.restore import restore
from tests.making import ACounter, some_names
journal.folder_id = lambda _: "1"
counter = ACounter(Path(sys.argv[1]))
def receive(name="Lê Thị Khác"):
    os.write(1, counter.receive(name).code.encode() + b" ")
"""
A_FIRST_DAY = """
counter.furnish()
receive()
counter.close()
"""
A_DAY = """
for name in some_names(3):
    receive(name)
counter.store.backup(counter.folder / "data" / "b")
receive()
counter.close()
"""
A_RESTORE = """
receive()
counter.close()
args = counter.folder / "b", counter.database, counter.state, counter.key, counter.clock()
restore(*args, replaced_key=counter.key, machine=counter.machine)
counter.open()
receive()
"""
A_PULL = """
other = ACounter(Path(sys.argv[1]).with_name("2"), 2)
slices = counter.store.log.taking(other.store.runs(dict.fromkeys(other.store.map(), 0)), 2)
next(slices)
receive()
for _ in slices:
    pass
for (code,) in other.store.database.rows("SELECT code FROM dossiers"):
    os.write(1, code.encode() + b" ")
"""

pytestmark = pytest.mark.skipif(shutil.which("strace") is None, reason="needs strace")


@pytest.fixture(autouse=True)
def unmoved(monkeypatch: pytest.MonkeyPatch) -> None:
    """As where the power came back and no file was moved."""
    monkeypatch.setattr("app.store.journal.journal.folder_id", lambda _: "1")


def images(folder: Path, program: str, scratch: Path) -> Iterator[tuple[Path, list[str]]]:
    """Run a program; then the folder as it may be found after each step, and what was said by then.

    What was found and said so before is not found again.
    """
    disk, chance, said, known = Disk(folder), Random(2026), "", set[int]()
    trace, found = scratch / "trace", scratch / "found"
    command = [*STRACE, str(trace), sys.executable, "-c", BEGIN + program, str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    for step in steps(trace, folder):
        if step.what == "said":
            said += step.data.decode()
        disk.take(step)
        for _ in range(IMAGES):
            files = disk.cut(chance)
            image = hash((said, frozenset(files.items())))
            if image in known:
                continue
            known.add(image)
            lay_down(files, found)
            yield found, said.split()
            shutil.rmtree(found, ignore_errors=True)


def is_whole(folder: Path, reported: list[str]) -> None:
    """Everything reported is in the file, and the next code is a new one of the counter's lane."""
    counter = ACounter(folder)
    assert counter.store.verify().ok
    codes = {row[0] for row in counter.store.database.rows("SELECT code FROM dossiers")}
    assert set(reported) <= codes
    code = counter.receive("Lê Thị Sau").code
    assert code.startswith("H26.15.3-261123-")
    assert code not in codes
    assert counter.store.verify().ok
    counter.close()


def test_whenever_the_power_goes_what_was_reported_is_there(tmp_path: Path) -> None:
    counter = a_counter(tmp_path / "1")
    counter.database.with_name(KEY_RING).write_bytes(b"{}")
    counter.receive("Lê Thị Trước")
    counter.close()
    seen = 0
    for found, reported in images(counter.folder, A_DAY, tmp_path):
        is_whole(found, reported)
        seen += 1
    assert seen > 100


def test_what_was_pulled_is_there_once_the_pull_is_over(tmp_path: Path) -> None:
    a_counter(tmp_path / "1").close()
    other = a_counter(tmp_path / "2", 2)
    codes = other.receive_many(3)
    other.store.journal.sign_head()
    other.close()
    said: list[str] = []
    for found, reported in images(tmp_path / "1", A_PULL, tmp_path):
        is_whole(found, reported)
        said = reported
    assert set(codes) < set(said)


def test_a_counter_is_made_whole_or_not_at_all(tmp_path: Path) -> None:
    seen = []
    (tmp_path / "1").mkdir()
    for found, reported in images(tmp_path / "1", A_FIRST_DAY, tmp_path):
        made = (found / "data" / "motcua.db").exists()
        seen.append(made)
        assert made or not reported
        counter = ACounter(found)
        assert counter.store.verify().ok
        if reported:
            is_whole(found, reported)
    assert set(seen) == {True, False}


def test_a_restore_cut_short_leaves_the_old_data_or_the_new(tmp_path: Path) -> None:
    counter = a_counter(tmp_path / "1")
    counter.database.with_name(KEY_RING).write_bytes(b"{}")
    given = [counter.receive().code]
    counter.store.backup(counter.folder / "b")
    given.append(counter.receive().code)
    counter.close()
    for found, reported in images(counter.folder, A_RESTORE, tmp_path):
        is_whole(found, [*given, *reported])
