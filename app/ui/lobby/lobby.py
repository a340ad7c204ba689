"""Joins with the window what not every unit has: help desk, waiting line. In the rail where used."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.desk.desk import Desk
from app.desk.unit.choices import Choices, Part
from app.models.unit.officer import Officer
from app.ui.frame.frame import Frame
from app.ui.frame.rail import Place
from app.ui.lanes.jobs import Err, Jobs, Lane, Ok
from app.ui.lobby.waiting_room import WaitingRoom
from app.ui.look.theme import Tone
from app.ui.unit.words_window import OwnWords
from app.ui.widgets.later import Later
from app.ui.widgets.page import Command
from app.ui.widgets.parts import said_key

if TYPE_CHECKING:
    from app.ui.lobby.help_desk_page import HelpDeskPage

KEYS = {Part.HELP_DESK: "F10", Part.QUEUE: "Ctrl+F11"}
TITLES = {Part.HELP_DESK: "Bàn trợ giúp", Part.QUEUE: "Lấy số"}
SHOW, LEAVE_OUT = "Dùng “{}” ở quầy này, có phím {}", "Thôi dùng “{}” ở quầy này"

Used = frozenset[Part]


def used(choices: Choices) -> Used:
    """What this counter uses; at the desk only."""
    return frozenset(part for part in KEYS if choices.uses(part))


class Lobby(QObject):
    """Its places can always be reached by the command list."""

    def __init__(self, desk: Desk, officer: Officer, jobs: Jobs, unit: str) -> None:
        super().__init__()
        self._unit = unit
        self._desk, self._officer, self._jobs = desk, officer, jobs
        self._used: Used = frozenset()
        self._window: Frame | None = None
        self._room: WaitingRoom | None = None
        pages = {
            Part.HELP_DESK: ("headset", lambda: self._help_desk),
            Part.QUEUE: ("ticket", lambda: self._waiting.page),
        }
        self.places = tuple(
            Place(KEYS[part], TITLES[part], icon, page, is_optional=True)
            for part, (icon, page) in pages.items()
        )

    def join(self, window: Frame) -> None:
        """Speak in `window`, and have its rail show what is used."""
        self.setParent(window)
        self._window = window
        self._room = WaitingRoom(self._desk, self._jobs, window, self._unit)
        choices = self._desk.help_desk.choices
        self._words = OwnWords(choices, self._jobs, window)
        self._words.changed.connect(self._offer_anew)
        self._words.refused.connect(self._complain)
        self._jobs.run(Lane.DESK, lambda: used(choices), self._show)

    def commands(self) -> list[Command]:
        """To use each of them at this counter, or not any more."""
        chosen = [
            Command(
                (LEAVE_OUT if part in self._used else SHOW).format(TITLES[part], said_key(key)),
                "",
                partial(self.use, part, is_used=part not in self._used),
            )
            for part, key in KEYS.items()
        ]
        return [*self._waiting.commands(), *chosen, *self._words.commands()]

    def use(self, part: Part, *, is_used: bool) -> None:
        """Use a part at this counter from now on, or don't."""
        choices = self._desk.help_desk.choices

        def work() -> Used:
            choices.use(part, is_used=is_used)
            return used(choices)

        self._jobs.run(Lane.DESK, work, self._show)

    # --- inside -----------------------------------------------------------------------------------

    @property
    def _waiting(self) -> WaitingRoom:
        assert self._room is not None, "it stands in a window"
        return self._room

    @Later
    def _help_desk(self) -> "HelpDeskPage":
        from app.ui.lobby.help_desk_page import HelpDeskPage

        page = HelpDeskPage(self._desk, self._officer, self._jobs)
        if self._window is not None:
            page.notified.connect(self._window.notify)
        return page

    def _show(self, result: Ok[Used] | Err) -> None:
        if self._window is None:
            return
        if isinstance(result, Err):
            self._complain(str(result.error))
            return
        self._used = result.value
        for part, key in KEYS.items():
            self._window.show_place(key, is_shown=part in self._used)
        self._waiting.use(is_used=Part.QUEUE in self._used)

    def _offer_anew(self) -> None:
        """Other words to choose from: what is in sight says them at once, the rest when entered."""
        self._waiting.offer_anew()
        for page in Lobby._help_desk.made(self):
            if page.isVisible():
                page.entered()

    def _complain(self, sentence: str) -> None:
        if self._window is not None:
            self._window.notify(sentence, Tone.LATE, "triangle-alert")
