"""Some random actions of a fixed seed; `benchmarks.monkey` plays twenty thousand."""

from io import BytesIO
from pathlib import Path
from random import Random

import pytest
from pypdf import PdfWriter
from pytestqt.qtbot import QtBot

from app.counter import draw
from app.models.errors import Refused
from app.ui.lanes.jobs import Jobs
from tests.ui.a_window import NoServer, NothingKept, a_window
from tests.ui.commune import Commune
from tests.ui.held_lanes import HeldLanes
from tests.ui.intake_desk import Show
from tests.ui.monkey import Monkey

ACTIONS = 150


def refuse(*_: object) -> None:
    raise Refused("Ở đây không có.")


def blank() -> bytes:
    """A page, whatever is asked for."""
    writer, file = PdfWriter(), BytesIO()
    writer.add_blank_page(420, 595)
    writer.write(file)
    return file.getvalue()


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_whatever_is_pressed_nothing_breaks_and_nothing_typed_is_lost(
    commune: Commune, show: Show, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    chance = Random(7)
    lanes = HeldLanes(chance)
    commune.jobs = Jobs(lanes)
    commune.desk.paperwork._render = lambda *_, **__: blank()
    commune.desk.draw = draw
    for beyond in ("send", "join", "held", "write_bundle", "read_bundle"):
        monkeypatch.setattr(NoServer, beyond, refuse)
    for beyond in ("back_up", "draw_code", "keep_code"):
        monkeypatch.setattr(NothingKept, beyond, refuse)
    window = a_window(commune)
    show(window)
    monkey = Monkey(chance, window, lanes, commune.pass_time)
    with qtbot.captureExceptions() as faults:
        for _ in range(ACTIONS):
            monkey.act()
        monkey.leave_and_come_back()
    assert faults == []
    assert commune.desk.store.verify().ok
