"""What is shown anew takes nothing down that still has the focus."""

from collections.abc import Callable

from PySide6.QtWidgets import QApplication, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from app.ui.widgets.parts import put_into


class Line(QLineEdit):
    """Told from the bare Qt part that is left while it is deleted."""


def test_who_hears_that_the_focus_went_meets_what_had_it_whole(
    show: Callable[..., None], qapp: QApplication
) -> None:
    area, content, layout = QScrollArea(), QWidget(), QVBoxLayout()
    line = Line()
    layout.addWidget(line)
    content.setLayout(layout)
    put_into(area, content)
    show(area)
    line.setFocus()
    went: list[type[QWidget]] = []

    def hear(old: QWidget, _: QWidget) -> None:
        went.append(type(old))

    qapp.focusChanged.connect(hear)
    put_into(area, QWidget())
    qapp.focusChanged.disconnect(hear)
    assert went == [Line]
    assert QApplication.focusWidget() is None
