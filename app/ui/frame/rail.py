"""The rail at the window's left: its places and their keys, and who sits here."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
)

from app.models.text import initials
from app.ui.look.icons import Icon
from app.ui.look.theme import Colour, Measure, Space
from app.ui.widgets.buttons import key_of, press_by
from app.ui.widgets.page import Page
from app.ui.widgets.parts import column, mark, said_key

CENTRE = Qt.AlignmentFlag.AlignHCenter


@dataclass(frozen=True)
class Place:
    """A page with its entry in the rail: the key that goes there, its name and icon."""

    key: str
    title: str
    icon: str
    page: Callable[[], Page]
    """Gives the page, which is built when it is first opened."""
    is_optional: bool = False
    """Out of the rail until the counter says that it uses it."""


@dataclass(frozen=True)
class Seat:
    """Who sits here, at which counter."""

    officer: str
    counter: int


class RailButton(QPushButton):
    """Goes to a place."""

    def __init__(self, place: Place) -> None:
        super().__init__()
        self._drawn = place.icon
        self._icon = Icon(place.icon, Colour.RAIL_QUIET, Measure.ICON_RAIL)
        layout = column(None, spacing=0)
        layout.addWidget(self._icon, alignment=CENTRE)
        self._name = _part(place.title, "name")
        layout.addWidget(self._name)
        self._key = _part(said_key(place.key), "key")
        layout.addWidget(self._key)
        layout.addStretch(1)
        self.setLayout(layout)
        self.setCheckable(True)
        self._content = layout
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its key is nearer than any number of Tabs
        press_by(self, place.key)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(place.title)
        self.setToolTip(place.title)
        self.toggled.connect(self._light_up)

    def sizeHint(self) -> QSize:
        tall = (
            2 * Measure.ROW
            if self._name.isVisibleTo(self)
            else self._content.sizeHint().height() + Space.PADDING
        )
        return QSize(Measure.RAIL_WIDTH, tall)

    def minimumSizeHint(self) -> QSize:
        return self._content.minimumSize()

    def be_slim(self, is_slim: bool) -> None:
        """Leave the icon and the key."""
        self._name.setHidden(is_slim)
        self._key.setText(said_key(key_of(self)).replace(" ", "\n" if is_slim else " "))

    def _light_up(self, is_here: bool) -> None:
        self._icon.draw(self._drawn, Colour.RAIL_INK if is_here else Colour.RAIL_QUIET)
        mark(self._name, here=is_here)


class Rail(QFrame):
    """The places from top to bottom; at the foot the officer."""

    chosen = Signal(int)

    def __init__(self, places: Sequence[Place], seat: Seat) -> None:
        super().__init__()
        self.setFixedWidth(Measure.RAIL_WIDTH)
        self._buttons = QButtonGroup(self)
        layout = column(Space.BETWEEN, spacing=0)
        for number, place in enumerate(places):
            button = RailButton(place)
            if place.is_optional:
                button.hide()  # one shown before it has a parent would be a window, for a moment
            self._buttons.addButton(button, number)
            layout.addWidget(button)
        layout.addStretch(1)
        self._names = _add_seat(layout, seat)
        layout.addSpacing(Space.BETWEEN)
        self.setLayout(layout)
        self._buttons.idClicked.connect(self.chosen)

    def be_slim(self, is_slim: bool) -> None:
        """Take little room, in a window where the page needs it; who sits here is a tooltip then."""
        self.setFixedWidth(Measure.RAIL_SLIM if is_slim else Measure.RAIL_WIDTH)
        for button in self.findChildren(RailButton):
            button.be_slim(is_slim)
        for words in self._names:
            words.setHidden(is_slim)

    def show_place(self, number: int, *, is_shown: bool) -> None:
        """Show place `number`, or leave it out; its key works while it is shown."""
        self._buttons.button(number).setVisible(is_shown)

    def show_here(self, number: int) -> None:
        """Mark place `number` as the one in sight."""
        self._buttons.button(number).setChecked(True)


def _add_seat(layout: QVBoxLayout, seat: Seat) -> tuple[QLabel, QLabel]:
    """The words below the officer's sign."""
    avatar = _part(initials(seat.officer), "avatar")
    avatar.setFixedSize(Measure.ROW, Measure.ROW)
    name = _part(seat.officer, "officer")
    name.setWordWrap(True)
    counter = _part(f"Quầy {seat.counter}", "officer")
    avatar.setToolTip(f"{seat.officer}, quầy {seat.counter}")
    layout.addWidget(avatar, alignment=CENTRE)
    layout.addSpacing(Space.TIGHT)
    layout.addWidget(name)
    layout.addWidget(counter)
    return name, counter


def _part(text: str, part: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("part", part)
    label.setAlignment(Qt.AlignmentFlag.AlignCenter)
    return label
