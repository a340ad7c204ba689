"""The order in which people read a form, and the keyboard with them."""

from collections.abc import Iterable, Iterator
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QScrollArea, QWidget


def in_reading_order(widget: QWidget) -> Iterator[QWidget]:
    """The controls in `widget` that Tab comes to, as its layouts place them; hidden ones too.

    A form takes some ms to go through.
    """
    if widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
        yield widget
    inner = widget.widget() if isinstance(widget, QScrollArea) else None
    if inner:
        yield from in_reading_order(inner)
    elif layout := widget.layout():
        yield from _of_layout(layout)


def _of_layout(layout: QLayout) -> Iterator[QWidget]:
    for place in range(layout.count()):
        item = layout.itemAt(place)
        if item is None:
            continue
        if inner := item.layout():
            yield from _of_layout(inner)
        elif widget := item.widget():
            yield from in_reading_order(widget)


def order_tabs(controls: Iterable[QWidget]) -> None:
    """Have Tab go through `controls`."""
    for first, second in pairwise(controls):
        QWidget.setTabOrder(first, second)
