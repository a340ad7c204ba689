"""A dressed application without a screen; whatever Qt complains of fails the test."""

import gc
from collections.abc import Callable, Generator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.ui.look import theme
from app.ui.window import Window
from tests.ui.a_window import a_window
from tests.ui.commune import Commune

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    # the offscreen platform has no window manager to tell a size to, and says so each time
    without_a_manager = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(without_a_manager)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol() -> Generator[None, bool, bool]:
    """As the program does: no lane's thread looks for garbage while widgets may be among it.

    What outlives its test is frozen, so that each search goes through one test's objects only.
    """
    gc.disable()
    try:
        return (yield)
    finally:
        gc.collect()
        gc.freeze()
        gc.enable()


@pytest.fixture(scope="session")
def dressed(qapp: QApplication) -> QApplication:
    theme.dress(qapp)
    return qapp


@pytest.fixture
def show(dressed: QApplication, qtbot: QtBot) -> Callable[..., None]:
    """Shows a widget as a window of its own, 1366×768 unless told otherwise, with the focus."""

    kept: list[QWidget] = []  # pytest-qt alone would let a window die with its last name

    def on_screen(widget: QWidget, width: int = 1366, height: int = 768) -> None:
        kept.append(widget)
        if not widget.styleSheet():
            theme.clothe(widget)  # what would have its place in a window
        qtbot.addWidget(widget)
        widget.resize(width, height)
        widget.show()
        widget.activateWindow()
        qtbot.waitExposed(widget)
        qtbot.waitUntil(widget.isActiveWindow)
        dressed.processEvents()

    return on_screen


@pytest.fixture
def commune(tmp_path: Path) -> Commune:
    return Commune(tmp_path)


@pytest.fixture
def window(commune: Commune, show: Callable[..., None]) -> Window:
    """The commune's window, on screen."""
    window = a_window(commune)
    show(window)
    return window
