"""A commune's hub as a process of its own: joined by a code, found near by, carrying upward by itself."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.cli.motcua import UNIT, Motcua, dossier, sit_down
from tests.journeys.test_two_counters import elsewhere
from tests.journeys.upstream import enrolment_code, serving

PATIENCE = 60  # exchanges until the hub has carried it all upward; each takes some of its time


def _command(folder: Path, *words: str) -> list[str]:
    return [sys.executable, "-m", "server.cli", *words, "--data", str(folder), "--json"]


@contextmanager
def hub(folder: Path) -> Iterator[str]:
    words = ("serve", "--listen", "127.0.0.1:0")
    with subprocess.Popen(
        _command(folder, *words), stdout=subprocess.PIPE, encoding="utf-8"
    ) as process:
        assert process.stdout is not None
        try:
            yield json.loads(process.stdout.readline())["address"]
        finally:
            process.kill()


def joined(folder: Path, address: str, code: str) -> int:
    command = _command(folder, "hub", "join", address, UNIT)
    return subprocess.run(command, input=code, encoding="utf-8", capture_output=True, check=False).returncode  # fmt: skip


def test_counters_meet_at_the_hub_and_it_carries_everything_upward(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sit_down(monkeypatch, tmp_path / "state")
    monkeypatch.setattr("app.sync.nearby.PATIENCE", 0.1)
    one, two = (Motcua(tmp_path / str(n), monkeypatch).established(n) for n in (1, 2))
    above = tmp_path / "server"
    with serving(above) as address:
        for counter in (one, two):
            counter("enrol", address, stdin=enrolment_code(above, UNIT))
        assert joined(tmp_path / "hub", address, enrolment_code(above, UNIT)) == 0
        for counter in (one, two, one):
            counter("sync")
        listen = address.removeprefix("http://")
    (code,) = one.receive(dossier())
    with hub(tmp_path / "hub") as near:
        told = one("sync", "--hub", near).only
        assert (told["sent"], told["at_hub"]) == (0, told["pending"])
        assert "Không nối được với máy chủ" in told["trouble"]
        assert two("sync", "--hub", near).only["received"] >= 1
        assert two("show", code).only["code"] == code
    # begun anew, it tries at once; the counters' own line stays cut: only the hub reaches the server
    monkeypatch.setattr("app.upstream.server_of", elsewhere("http://127.0.0.1:9"))
    with serving(above, listen), hub(tmp_path / "hub") as near:
        assert wait_for_server(one, near)["pending"] == 0


def wait_for_server(counter: Motcua, near: str) -> dict[str, int]:
    """What a counter is told by the hub alone, once the server's word came down through it."""
    told: dict[str, int] = {}
    for _ in range(PATIENCE):
        told = counter("sync", "--hub", near).only
        if not told["pending"]:
            break
    return told


def test_a_hub_adds_no_unit_and_enrols_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    above = tmp_path / "server"
    with serving(above) as address:
        assert joined(tmp_path / "hub", address, enrolment_code(above, UNIT)) == 0
        assert joined(tmp_path / "other", address, "LC3F-Y63G-6GTF-WIJX-JC55") == 4
    for words in (("enrol", UNIT), ("unit", "add", "H26.15.4", "Xã Bên")):
        done = subprocess.run(_command(tmp_path / "hub", *words), capture_output=True, check=False)
        assert done.returncode == 3
