"""Closing the window when nothing would outlive this PC: asked once, by keys, in nobody's way."""

import pytest
from PySide6.QtWidgets import QApplication

from app.ui.window import Window
from tests.ui.commune import Commune, hit, settle
from tests.ui.walk import faults


@pytest.fixture
def asking(window: Window) -> Window:
    """The window, asked to close in the middle of an intake."""
    window.exchange_by_itself()
    window._exchanges.look()
    window._intake._form.go_to_start()
    window.close()
    return window


def test_enter_closes(asking: Window) -> None:
    assert asking.question.isVisible()
    assert asking.isVisible()
    hit(asking, "Return")
    assert not asking.isVisible()


def test_escape_stays_where_one_was_and_the_next_time_closes(asking: Window) -> None:
    typing = asking._intake._form.procedure.line
    assert not typing.hasFocus()
    hit(asking, "Escape")
    assert (asking.question.isHidden(), typing.hasFocus()) == (True, True)
    asking.close()
    assert not asking.isVisible()


def test_whoever_works_on_has_stayed(asking: Window) -> None:
    hit(asking, "F3")
    assert asking.question.isHidden()
    assert asking.page() is asking._board


def test_shutting_down_the_pc_asks_nothing(window: Window, commune: Commune) -> None:
    window.exchange_by_itself()
    window._exchanges.look()
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    assert app.receivers("2commitDataRequest(QSessionManager&)")
    window._parting.end_session()
    window.close()
    assert not window.isVisible()


def test_the_question_is_whole(asking: Window, dressed: QApplication) -> None:
    for size in ((1366, 700), (1200, 660)):
        asking.resize(*size)
        settle(dressed)
        assert faults(asking) == []
