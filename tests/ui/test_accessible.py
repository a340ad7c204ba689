"""A screen reader has a name for everything one can reach, on every page."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from app.models.dossiers.lifecycle import Deed
from app.ui.widgets.page import Page
from app.ui.window import Window
from tests.ui.a_window import a_window
from tests.ui.commune import Commune, hit

Show = Callable[..., None]
REACHED = (QAbstractButton, QLineEdit, QPlainTextEdit, QComboBox, QAbstractItemView)


@pytest.fixture
def window(tmp_path: Path, show: Show) -> Window:
    commune = Commune(tmp_path)
    name = commune.receive()
    commune.do(commune.receive("Lý A Sử"), Deed.HAND_OVER, Deed.ACCEPT, Deed.RESOLVE)
    window = a_window(commune)
    show(window)
    window.open_dossier(name)
    return window


def reached(page: QWidget) -> Iterator[QWidget]:
    """What the keyboard or the mouse can reach, Qt's own parts left out."""
    for widget in page.findChildren(QWidget):
        inner = isinstance(widget.parent(), QComboBox | QLineEdit | QAbstractItemView)
        is_ours = not inner and not widget.objectName().startswith("qt_")
        is_there = widget.isVisibleTo(page) and widget.window() is page.window()
        if isinstance(widget, REACHED) and is_ours and is_there:
            yield widget


def nameless(page: QWidget) -> list[str]:
    return [
        f"{type(page).__name__}: {type(widget).__name__}"
        for widget in reached(page)
        if not widget.accessibleName()
        and not (isinstance(widget, QAbstractButton) and widget.text())
    ]


def test_everything_that_can_be_reached_has_a_name(window: Window) -> None:
    for place in window.places():
        window.go(place.key)
    for page in (window._search_page, window._scanner_page, window._dossier, window._calendar):
        window.open(page)
    pages = window.findChildren(Page)
    assert len(pages) >= 8
    assert [fault for page in (window, *pages) for fault in nameless(page)] == []


def test_every_deed_of_a_dossier_asks_in_fields_with_names(window: Window) -> None:
    for key in ("Ctrl+B", "Ctrl+D", "Ctrl+Shift+R"):
        hit(window, key)
        assert nameless(window.page()) == []
        hit(window, "Escape")


def test_the_order_of_tab_reaches_every_field_of_the_intake(window: Window) -> None:
    hit(window, "F2")
    seen: set[QWidget] = set()
    widget = window.page()._form.procedure.line  # type: ignore[attr-defined]  # the intake's
    while widget not in seen:
        seen.add(widget)
        widget = widget.nextInFocusChain()
    lines = [line for line in window.page().findChildren(QLineEdit) if line.isVisible()]
    assert {line for line in lines if line.focusPolicy() & Qt.FocusPolicy.TabFocus} <= seen
