"""The session from the door to the window, put together as the program puts it together."""

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app import clock
from app.founding import found
from app.main import RESTORES, Session, run
from app.models.unit.founding import Founding, Joining
from app.models.unit.officer import Role
from app.settings import Places
from app.store.database.database import Database
from app.ui.look.text_size import FACTOR
from app.ui.which_door import Doors
from tests.ui.commune import InlineLanes

PASSWORD = "mat-khau-1"
NGA = Joining("ltnga", "Lê Thị Nga", PASSWORD, tuple(Role))


@pytest.fixture
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Places:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")
    places = Places(tmp_path / "data", tmp_path / "state")
    found(places, Founding("H26.15.3", "xã Khánh Hà", (NGA,), 1), clock.now)
    return places


def test_while_the_window_stands_the_desk_rests_now_and_then(
    places: Places, dressed: QApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    rested: list[Path] = []
    monkeypatch.setattr("app.main.REST", 1)
    monkeypatch.setattr(Database, "rest", lambda database: rested.append(database.path))
    session = Session(places, InlineLanes())
    session.door._password.setText(PASSWORD)
    assert not rested
    with qtbot.waitSignal(session.opened):
        session.door.enter()
    qtbot.waitUntil(lambda: rested.count(places.database) > 1)
    session.close()
    assert session.window is not None
    qtbot.addWidget(session.window)


@pytest.mark.parametrize(("restores", "told"), [(False, "None None"), (True, "1 None")])
def test_a_window_closed_to_be_opened_again_is_in_a_program_of_its_own(
    places: Places, dressed: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    restores: bool, told: str,
) -> None:  # fmt: skip
    begun: list[subprocess.Popen[bytes]] = []

    class Kept(subprocess.Popen[bytes]):
        def __init__(self, *words: object, **how: object) -> None:
            super().__init__(*words, **how)  # type: ignore[call-overload]
            begun.append(self)

    heard = tmp_path / "heard"
    script = f"import os; print(*map(os.environ.get, {(RESTORES, FACTOR)}), end='', file=open({str(heard)!r}, 'w'))"
    monkeypatch.setattr("subprocess.Popen", Kept)
    monkeypatch.setattr(sys, "orig_argv", [sys.executable, "-c", script])
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)  # else the program's stays
    monkeypatch.setenv(FACTOR, "1.25")  # of the size before: another may have been chosen since

    def leave(doors: Doors) -> None:
        monkeypatch.setattr(doors.sitting, "reopens", True)
        monkeypatch.setattr(doors.sitting, "restores", restores)
        doors.front().hide()  # or it would keep the focus from every window after it
        dressed.quit()

    assert run(places, then=leave) == 0
    (again,) = begun
    assert (again.wait(60), heard.read_text("utf-8")) == (0, told)
