"""What every page of work keeps to."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QThread
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.models.dossiers.lifecycle import Deed, Status
from app.store.database.database import Database
from app.ui.deeds.work_page import WorkPage
from app.ui.dossier_page.page import DossierPage
from app.ui.lanes.jobs import Jobs, ThreadLanes
from app.ui.lists.board_page import BoardPage
from app.ui.lists.register_page import RegisterPage
from app.ui.lists.search_page import SearchPage
from app.ui.returning.page import ReturnPage
from tests.ui.commune import IN_THE_WINDOW, Commune, hit

Show = Callable[..., None]
PAGES = [BoardPage, DossierPage, RegisterPage, ReturnPage, SearchPage]


@pytest.fixture
def commune(tmp_path: Path) -> Commune:
    commune = Commune(tmp_path)
    commune.jobs = Jobs(ThreadLanes())
    return commune


@pytest.fixture
def asked_by(monkeypatch: pytest.MonkeyPatch, commune: Commune) -> list[QThread]:
    """The threads that asked the database from now on."""
    threads: list[QThread] = []
    for name in ("one", "rows"):
        asked = getattr(Database, name)

        def watched(*args: object, asked: Callable[..., object] = asked) -> object:
            threads.append(QThread.currentThread())
            return asked(*args)

        monkeypatch.setattr(Database, name, watched)
    return threads


@pytest.mark.parametrize("kind", PAGES)
def test_no_page_asks_the_database_on_the_windows_thread(
    commune: Commune,
    show: Show,
    asked_by: list[QThread],
    kind: type[WorkPage],
    dressed: QApplication,
) -> None:
    officer, name = commune.officer(), commune.receive()
    commune.do(name, Deed.HAND_OVER, Deed.ACCEPT, Deed.RESOLVE)
    asked_by.clear()
    page = kind(commune.desk, officer, commune.jobs)
    show(page, *IN_THE_WINDOW)
    page.entered()
    if isinstance(page, DossierPage):
        page.show_dossier(name)
    if isinstance(page, SearchPage):
        page.ask("trang")
    hit(page, "Down", "Return", "F9", "F9")
    page.close()  # a key that still waits for an answer must find no lane that is closed
    commune.jobs.close()
    assert asked_by
    assert dressed.thread() not in asked_by


def test_a_result_is_returned_over_real_threads(commune: Commune, show: Show, qtbot: QtBot) -> None:
    name = commune.receive()
    commune.do(name, Deed.HAND_OVER, Deed.ACCEPT, Deed.RESOLVE)
    code = commune.dossier(name).code
    page = ReturnPage(commune.desk, commune.officer(), commune.jobs)
    show(page, *IN_THE_WINDOW)
    page.entered()
    page.scanned(code)
    qtbot.waitUntil(page._card.go.isEnabled)
    with qtbot.waitSignal(page.changed):
        hit(page, "F9")
    commune.jobs.close()
    assert commune.dossier(name).status is Status.RETURNED
