"""A second start on the same data brings the first window forward."""

import sys
from pathlib import Path
from subprocess import PIPE, Popen

import pytest
from pytestqt.qtbot import QtBot

from app.ui.doors import bell
from app.ui.doors.bell import Bell

NEWCOMER = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from app.ui.doors.bell import Bell
application = QCoreApplication()
print(Bell(Path(sys.argv[1])).is_answered())
"""


def test_who_comes_second_is_heard_by_the_first(tmp_path: Path, qtbot: QtBot) -> None:
    first = Bell(tmp_path / "window")
    assert not first.is_answered()
    command = [sys.executable, "-c", NEWCOMER, str(tmp_path / "window")]
    with Popen(command, stdout=PIPE, text=True) as second:
        with qtbot.waitSignal(first.rung):
            pass
        said, _ = second.communicate()
    assert said == "True\n"
    first.close()


def test_who_has_gone_is_not_waited_for(tmp_path: Path) -> None:
    first = Bell(tmp_path)
    assert not first.is_answered()
    first.close()
    assert not Bell(tmp_path).is_answered()


def test_a_lock_whose_process_is_another_by_now_keeps_nobody_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bell, "PATIENCE", bell.STEP)
    first, second = Bell(tmp_path), Bell(tmp_path)
    assert not first.is_answered()
    assert not second.is_answered()  # nobody's events run here, so nobody takes the ring away
    assert not (tmp_path / "ring").exists()
    first.close()
