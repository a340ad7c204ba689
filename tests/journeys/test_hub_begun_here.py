"""This PC's own hub, wanted by a command and run by the window: its program is the server's, on loopback."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app import clock
from app.settings import Places
from app.sync.hub_place import HubPlace
from app.ui.exchange.hub_process import HubProcess, State
from tests.cli.motcua import UNIT, Motcua, sit_down
from tests.journeys.upstream import enrolment_code, serving

PATIENCE = 30_000  # ms


@pytest.fixture
def counter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Motcua]:
    """Enrolled; its server runs."""
    sit_down(monkeypatch, tmp_path / "state")
    made = Motcua(tmp_path / "counter", monkeypatch).established(1)
    with serving(tmp_path / "server") as address:
        assert not made("enrol", address, stdin=enrolment_code(tmp_path / "server", UNIT)).status
        yield made


def test_begun_by_command_run_by_the_window_met_by_the_counter_and_stopped(
    counter: Motcua, tmp_path: Path, qapp: QApplication, qtbot: QtBot
) -> None:
    assert counter("hub").only == {"hub": False, "wanted": False}
    refused = counter("hub", "begin", stdin="AAAA-AAAA-AAAA-AAAA-AAAA")
    assert (refused.status, counter("hub").only["wanted"]) == (4, False)
    code = enrolment_code(tmp_path / "server", UNIT)
    assert counter("hub", "begin", "--listen", "127.0.0.1:0", stdin=code).only["wanted"]
    process = HubProcess(HubPlace(Places(tmp_path / "counter", tmp_path / "state")), clock.now)
    process.begin()
    qtbot.waitUntil(lambda: process.hub.standing is not None, timeout=PATIENCE)
    counter("sync")  # of a hub enrolled since it hears by its server
    assert counter("sync", "--hub", process.hub.address).status == 0
    told = counter("hub").only
    assert (told["running"], told["address"]) == (True, process.hub.address)
    assert [met["counter"] for met in told["counters"]] == [1]
    assert counter("hub", "stop").only == {"wanted": False}
    process.look()
    qtbot.waitUntil(lambda: process.hub.state is State.OFF, timeout=PATIENCE)
    process.close()
    assert not counter("hub").only["running"]
