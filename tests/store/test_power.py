"""The power goes at any write: what was reported is there, and nothing is half done."""

import shutil
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest

from tests.making import ACounter, a_counter
from tests.store.power import CALLS, Disk, steps

ROOT = Path(__file__).resolve().parents[2]
IMAGES = 3  # of each step

RECEIVE = """
import os, sys
from pathlib import Path
from app.store import journal
from tests.making import ACounter, some_names
journal.folder_id = lambda _: "1"
counter = ACounter(Path(sys.argv[1]))
for name in some_names(5):
    os.write(1, counter.receive(name).code.encode() + b" ")
counter.clock.go_on(days=1)
counter.store.backup(counter.folder / "data" / "b")
os.write(1, counter.receive().code.encode() + b" ")
counter.close()
"""


@pytest.mark.skipif(shutil.which("strace") is None, reason="needs strace")
def test_whenever_the_power_goes_what_was_reported_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.store.journal.folder_id", lambda _: "1")  # as where no file was moved
    counter = a_counter(tmp_path / "1")
    counter.database.with_name("keys.json").write_bytes(b"{}")
    counter.receive("Lê Thị Trước")
    counter.close()
    disk, trace = Disk(counter.folder), tmp_path / "trace"
    command = [
        "strace",
        "-f",
        "-y",
        "-xx",
        "-s",
        "1000000",
        "-e",
        f"trace={CALLS}",
        "-o",
        str(trace),
    ]
    receive = [sys.executable, "-c", RECEIVE, str(counter.folder)]
    subprocess.run([*command, *receive], cwd=ROOT, check=True, capture_output=True)
    said, chance, images = "", Random(2026), 0
    for step in steps(trace, counter.folder):
        if step.what == "said":
            said += step.data.decode()
            continue
        disk.take(step)
        for _ in range(IMAGES):
            images += 1
            found = tmp_path / f"{images}"
            disk.cut(found, chance)
            is_whole(found, said.split())
            shutil.rmtree(found)
    assert len(said.split()) == 6
    assert images > 100


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
