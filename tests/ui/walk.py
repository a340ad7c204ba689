"""Walks the widgets of a shown window and tells what a person could not read.

    assert faults(window) == []

Found: text that is cut or elided, text smaller than the smallest size of the look, widgets that lie
over a sibling or reach out of their parent. What floats on purpose says so by its property `floats`;
what a scroll area shows a part of is judged as if all of it were in sight.
"""

from collections.abc import Iterator
from itertools import combinations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QStackedWidget,
    QStyle,
    QStyleOptionComboBox,
    QStyleOptionFrame,
    QToolButton,
    QWidget,
)

from app.ui.look.theme import Type
from app.ui.widgets.row_painter import Place, words_room
from app.ui.widgets.table_view import TableView

BLUR = 1  # px a glyph may reach over its box


def faults(window: QWidget) -> list[str]:
    """What is wrong with each visible widget of `window`, in words; the window must be shown."""
    return [
        f"{_named(widget)}: {fault}"
        for widget in _seen(window)
        for fault in (*_cut(widget), *_small(widget), *_misplaced(widget))
    ]


def _seen(window: QWidget) -> list[QWidget]:
    return [
        widget
        for widget in [window, *window.findChildren(QWidget)]
        if widget.isVisibleTo(window) and (widget is window or not widget.isWindow())
    ]


def _named(widget: QWidget) -> str:
    said = _text(widget) or widget.accessibleName()
    return f"{type(widget).__name__} {said!r}" if said else type(widget).__name__


def _text(widget: QWidget) -> str:
    match widget:
        case QLineEdit():
            return widget.text() or widget.placeholderText()
        case QComboBox():
            return widget.currentText()
        case QLabel() | QAbstractButton():
            return widget.text()
        case _:
            return ""


# --- cut ----------------------------------------------------------------------------------------


def _cut(widget: QWidget) -> Iterator[str]:
    match widget:
        case TableView():
            yield from _cut_cells(widget)
        case QHeaderView() if widget.orientation() is Qt.Orientation.Horizontal:
            yield from _cut_headings(widget)
        case QLabel() | QAbstractButton() if widget.layout() is None and _text(widget):
            yield from _cut_words(widget)
        case QLineEdit() | QComboBox() if _text(widget):
            room, needed = _line_room(widget), widget.fontMetrics().horizontalAdvance(_text(widget))
            if needed > room + BLUR:
                yield f"cut: its text needs {needed} px and has {room}"
        case _:
            pass


def _cut_words(widget: QWidget) -> Iterator[str]:
    if isinstance(widget, QLabel) and widget.wordWrap():
        wanted = widget.heightForWidth(widget.width())
        longest = max(map(widget.fontMetrics().horizontalAdvance, widget.text().split()), default=0)
        if longest > widget.contentsRect().width() + BLUR:
            yield f"cut: a word needs {longest} px and has {widget.contentsRect().width()}"
    else:
        wanted = widget.sizeHint().height()
        if widget.sizeHint().width() > widget.width() + BLUR:
            yield f"cut: it needs {widget.sizeHint().width()} px and has {widget.width()}"
    if wanted > widget.height() + BLUR:
        yield f"cut: it needs {wanted} px in height and has {widget.height()}"


def _line_room(widget: QLineEdit | QComboBox) -> int:
    style = widget.style()
    if isinstance(widget, QComboBox):
        choice = QStyleOptionComboBox()
        widget.initStyleOption(choice)
        return style.subControlRect(
            QStyle.ComplexControl.CC_ComboBox,
            choice,
            QStyle.SubControl.SC_ComboBoxEditField,
            widget,
        ).width()
    line = QStyleOptionFrame()
    widget.initStyleOption(line)
    inside = style.subElementRect(QStyle.SubElement.SE_LineEditContents, line, widget)
    icons = sum(child.width() for child in widget.findChildren(QToolButton))
    return inside.width() - icons - 4  # Qt's own margin of 2 px at either end


def _cut_cells(view: TableView[object]) -> Iterator[str]:
    table, painter = view.table, view.painter
    widths = [view.columnWidth(place) for place in range(table.columnCount())]
    if sum(widths) > view.viewport().width():
        yield f"cut: its columns need {sum(widths)} px and have {view.viewport().width()}"
    in_sight = range(max(view.rowAt(0), 0), view._last_in_sight() + 1)
    for number in range(min(table.rowCount(), 100)):
        cells = table.cells(number)
        needed = painter.lay_out(cells, widths).height
        if number in in_sight and needed > view.rowHeight(number):
            yield f"cut: row {number} is too low for {[cell.text for cell in cells]}"
        for place, (cell, width) in enumerate(zip(cells, widths, strict=True)):
            room = words_room(cell, Place(0, width)).width
            if painter.widest_word(cell, place) > max(0, room):
                yield f"cut: column {place} is too narrow for {cell.text!r}"


def _cut_headings(header: QHeaderView) -> Iterator[str]:
    for section in range(header.count()):
        if header.sectionSizeHint(section) > header.sectionSize(section):
            yield f"cut: heading {section} needs {header.sectionSizeHint(section)} px"


# --- small --------------------------------------------------------------------------------------


def _small(widget: QWidget) -> Iterator[str]:
    speaks = _text(widget) or isinstance(widget, QAbstractItemView)
    if speaks and widget.fontInfo().pixelSize() < Type.SMALL:
        yield f"small: its text has {widget.fontInfo().pixelSize()} px"


# --- misplaced ----------------------------------------------------------------------------------


def _misplaced(parent: QWidget) -> Iterator[str]:
    if isinstance(parent, QStackedWidget | QAbstractScrollArea | QLineEdit | QComboBox):
        return  # their parts are Qt's own affair
    children = [child for child in _children(parent) if not child.property("floats")]
    if not isinstance(parent.parentWidget(), QAbstractScrollArea):
        for child in children:
            if not parent.rect().contains(child.geometry()):
                yield f"outside: {_named(child)} reaches out of it"
    for one, other in combinations(children, 2):
        if one.geometry().intersects(other.geometry()):
            yield f"overlap: {_named(one)} and {_named(other)}"


def _children(parent: QWidget) -> list[QWidget]:
    return [
        child
        for child in parent.children()
        if isinstance(child, QWidget) and child.isVisibleTo(parent) and not child.isWindow()
    ]
