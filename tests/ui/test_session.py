"""The session from the door to the window, put together as the program puts it together."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app import clock
from app.founding import found
from app.main import Session
from app.models.unit.founding import Founding, Joining
from app.models.unit.officer import Role
from app.settings import Places
from app.store.database.database import Database
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
