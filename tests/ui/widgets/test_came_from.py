"""What came over the window gives the focus back, wherever what had it has gone meanwhile."""

from collections.abc import Callable

import pytest
import shiboken6
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from app.ui.frame.command_list import CommandList
from app.ui.frame.help_panel import HelpPanel
from app.ui.look.theme import Tone
from app.ui.widgets.question import Question
from tests.ui.commune import hit

Show = Callable[..., None]
Ask = Callable[[QWidget], QWidget]


def asked_for_help(room: QWidget) -> QWidget:
    panel = HelpPanel(room)
    panel.ask("board")
    return panel


def asked_for_anything(room: QWidget) -> QWidget:
    found = CommandList(room)
    found.ask([])
    return found


def asked_a_question(room: QWidget) -> QWidget:
    question = Question("Làm", "Thôi")
    layout = room.layout()
    assert layout is not None
    layout.addWidget(question)
    question.ask("Có làm không?", Tone.TODAY, "info", lambda: None)
    return question


@pytest.fixture
def room(show: Show) -> QWidget:
    """A window with two fields; the focus is in the first."""
    room, layout = QWidget(), QVBoxLayout()
    for _ in range(2):
        layout.addWidget(QLineEdit())
    room.setLayout(layout)
    show(room)
    room.findChildren(QLineEdit)[0].setFocus()
    return room


OVER = pytest.mark.parametrize("ask", [asked_for_help, asked_for_anything, asked_a_question])


@OVER
def test_esc_gives_the_focus_back(room: QWidget, ask: Ask) -> None:
    first = room.findChildren(QLineEdit)[0]
    over = ask(room)
    assert not first.hasFocus()
    hit(over, "Escape")
    assert first.hasFocus()


@OVER
def test_esc_closes_it_though_what_had_the_focus_was_made_anew(room: QWidget, ask: Ask) -> None:
    first = room.findChildren(QLineEdit)[0]
    over = ask(room)
    shiboken6.delete(first)
    hit(over, "Escape")
    assert not over.isVisible()


@OVER
def test_what_is_out_of_sight_by_then_is_left_alone(room: QWidget, ask: Ask) -> None:
    first = room.findChildren(QLineEdit)[0]
    over = ask(room)
    first.hide()
    hit(over, "Escape")
    assert not over.isVisible()
    assert QApplication.focusWidget() is not first
