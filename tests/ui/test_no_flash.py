"""Nothing comes up as a window of its own for a moment, before it has its place in one."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget

from app.desk.unit.choices import Part
from app.models.dossiers.lifecycle import Deed
from app.scans import Scans
from app.ui.doors.first_run_page import FirstRunPage
from app.ui.doors.sign_in import Door, SignIn
from app.ui.widgets.page import Page
from app.ui.window import Window
from tests.ui.a_window import a_window
from tests.ui.commune import Commune, hit
from tests.ui.no_counter import NO_DRAWING, NoCounter

Show = Callable[..., None]


class Windows(QObject):
    """Which widgets are shown as windows."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[QWidget] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.shown.append(watched)
        return False


@pytest.fixture
def windows(dressed: QApplication) -> Iterator[Windows]:
    windows = Windows()
    dressed.installEventFilter(windows)
    yield windows
    dressed.removeEventFilter(windows)


def test_a_window_comes_alone_and_its_pages_in_it(
    windows: Windows, commune: Commune, show: Show
) -> None:
    for part in Part:
        commune.desk.turns.choices.use(part, is_used=True)
    window: Window = a_window(commune)
    window.scan_with(lambda: Scans(commune.desk, commune.jobs.at_desk))
    show(window)
    for place in window.places():
        window.go(place.key)
    name = commune.receive()
    commune.do(name, Deed.HAND_OVER, Deed.ACCEPT)
    window.open_dossier(name)
    hit(window, "Ctrl+D", "Escape", "Ctrl+Shift+R", "Escape", "Alt+P", "Escape", "Alt+S", "Escape")
    hit(window, "F1", "F1", "F12", "Escape")
    lists: list[Page] = [window._search_page, window._online, window._province, window._calendar]
    for page in (*lists, window._scanner_page, window.set_up.unit):
        window.open(page)
    assert windows.shown == [window]


def test_a_door_comes_alone(windows: Windows, commune: Commune, show: Show) -> None:
    doors: list[QWidget] = [
        SignIn([""], commune.jobs, lambda *_: None, lambda _: None, door=kind) for kind in Door
    ]
    doors.append(FirstRunPage(NoCounter(), commune.jobs, lambda _: NO_DRAWING))
    for door in doors:
        show(door, 720, 560)
    assert windows.shown == doors
