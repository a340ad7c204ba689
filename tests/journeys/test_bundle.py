"""A commune without a line: the stick goes from the counter to the server and back, by command."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.cli.motcua import UNIT, Motcua, dossier, sit_down
from tests.journeys.upstream import enrolment_code, serving


@pytest.fixture
def counters(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Motcua, Motcua]:
    """Enrolled by line, which then was cut; two received one dossier each."""
    sit_down(monkeypatch, tmp_path / "state")
    made = tuple(Motcua(tmp_path / f"counter {n}", monkeypatch).established(n) for n in (1, 2))
    with serving(tmp_path / "server") as address:
        for counter in made:
            assert not counter(
                "enrol", address, stdin=enrolment_code(tmp_path / "server", UNIT)
            ).status
    for counter in made:
        counter.receive(dossier())
    return made[0], made[1]


def server(folder: Path, *words: str) -> tuple[int, dict[str, Any]]:
    command = [
        sys.executable,
        "-m",
        "server.cli",
        "bundle",
        *words,
        "--data",
        str(folder),
        "--json",
    ]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    return done.returncode, json.loads(done.stdout or "{}")


def test_a_stick_carries_the_exchange_there_and_back(
    counters: tuple[Motcua, Motcua], tmp_path: Path
) -> None:
    one, two = counters
    for counter in (one, two, one):
        up, down = str(tmp_path / "up"), str(tmp_path / "down")
        written = counter("bundle", "write", up).only
        assert written["messages"] == 1
        assert server(tmp_path / "server", "read", up)[0] == 0
        status, answered = server(tmp_path / "server", "write", down)
        assert status == 0
        assert answered.keys() - {"to"} <= written.keys(), "both call what they carry the same"
        told = counter("bundle", "read", down).only
        assert (told["from"], told["pending"], told["held"], told["forks"]) == ("server", 0, 0, 0)
    assert len(one("find", "Lý A Sử").answers) == len(two("find", "Lý A Sử").answers) == 2


def test_a_stick_goes_from_counter_to_counter(
    counters: tuple[Motcua, Motcua], tmp_path: Path
) -> None:
    one, two = counters
    down = str(tmp_path / "down")
    for counter, number in ((one, "1"), (two, "2")):
        assert server(tmp_path / "server", "write", down, "--to", number)[0] == 0
        assert counter("bundle", "read", down).only["received"] > 100
    across = str(tmp_path / "across")
    assert one("bundle", "write", across, "--to", "2").only["sent"] > 0
    told = two("bundle", "read", across).only
    assert (told["from"], told["held"]) == ("1", 0)
    assert told["pending"] > 0


def test_the_wrong_reader_refuses_and_writes_nothing(
    counters: tuple[Motcua, Motcua], tmp_path: Path
) -> None:
    one, two = counters
    path = str(tmp_path / "up")
    one("bundle", "write", path)
    events = two("verify").only["events"]
    told = two("bundle", "read", path)
    assert (told.status, told.answers, len(told.errors)) == (3, [], 1)
    assert server(tmp_path / "server of another", "read", path) == (3, {})
    assert two("verify").only["events"] == events
