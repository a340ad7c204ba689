"""The walker sees what a person would: each fault planted here is found, and a sound page has none."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QPushButton, QWidget

from app.ui.widgets.choices import Choice
from app.ui.widgets.fields import Line
from app.ui.widgets.parts import Words, column
from app.ui.widgets.table_view import TableView
from app.ui.widgets.tables import Cell, Column, Table
from tests.ui.walk import faults

Show = Callable[..., None]
NAME = "Nguyễn Hoàng Thị Phương Quỳnh Trang"


def line(text: str) -> Line:
    written = Line()
    written.setText(text)
    return written


def table(text: str) -> TableView[str]:
    view = TableView(Table([Column[str]("Người nộp và chủ hồ sơ", Cell, width=90)], key=str))
    view.show_rows([text])
    return view


def wrapped(text: str) -> Words:
    label = Words(text)
    label.setWordWrap(True)
    return label


SPEAKING = [Words, wrapped, QPushButton, line, Line, lambda name: Choice([(1, name)])]


def in_a_box(*widgets: QWidget) -> QWidget:
    box = QWidget()
    for widget in widgets:
        widget.setParent(box)
    return box


@pytest.mark.parametrize("speaking", SPEAKING)
def test_text_that_is_cut_is_found(show: Show, speaking: Callable[[str], QWidget]) -> None:
    widget = speaking(NAME)
    show(in_a_box(widget))
    widget.setMinimumSize(0, 0)
    widget.setGeometry(0, 0, 90, 38)
    assert [fault for fault in faults(widget.window()) if "cut" in fault]


@pytest.mark.parametrize("speaking", SPEAKING)
def test_text_with_room_is_sound(show: Show, speaking: Callable[[str], QWidget]) -> None:
    page = QWidget()
    page.setLayout(column(speaking(NAME), None))
    show(page)
    assert faults(page) == []


def test_a_row_lower_than_its_words_is_found(show: Show) -> None:
    view = table(NAME)
    show(view)
    assert not [fault for fault in faults(view) if "row" in fault]
    view.setRowHeight(0, 40)
    assert [fault for fault in faults(view) if "row 0 is too low" in fault]


def test_a_word_wider_than_its_column_is_found(show: Show) -> None:
    view = table("nguyenhoangthiphuong@example.vn")
    show(view)
    assert [fault for fault in faults(view) if "column 0 is too narrow" in fault]


def test_a_heading_wider_than_its_column_is_found(show: Show) -> None:
    view = table("An")
    show(view)
    assert [fault for fault in faults(view) if "heading 0" in fault]


def test_small_text_is_found(show: Show) -> None:
    page, label = QWidget(), Words(NAME)
    page.setLayout(column(label, None))
    show(page)
    label.setStyleSheet("font-size: 12px")
    assert [fault for fault in faults(page) if "small" in fault]


def test_what_lies_over_a_sibling_is_found_unless_it_floats(show: Show) -> None:
    one, other = Words("Một"), Words("Hai")
    page = in_a_box(one, other)
    show(page)
    assert [fault for fault in faults(page) if "overlap" in fault]
    other.setProperty("floats", True)
    assert faults(page) == []


def test_what_reaches_out_of_its_parent_is_found(show: Show) -> None:
    label = Words("Một")
    page = in_a_box(label)
    show(page, 300, 100)
    label.move(290, 10)
    assert [fault for fault in faults(page) if "outside" in fault]


def test_what_is_hidden_is_nobodys_trouble(show: Show) -> None:
    label = Words(NAME)
    page = in_a_box(label)
    show(page)
    label.setFixedWidth(50)
    assert faults(page)
    label.hide()
    assert faults(page) == []
