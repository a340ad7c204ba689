"""The way to practice and back: one door at a time, and the counter's own data is never touched."""

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QSize, Signal
from PySide6.QtWidgets import QApplication

from app.models.errors import Refused
from app.settings import Places
from app.ui.doors.sign_in import Door, SignIn
from app.ui.lanes.jobs import Jobs
from app.ui.which_door import Doors, Tell
from app.ui.widgets.room import TITLE_BAR
from tests.ui.commune import MORNING, InlineLanes, hit


class Sat(QObject):
    """What is behind a door, as little as it may be."""

    opened = Signal(object)

    def __init__(self, places: Places, practising: Mapping[str, str] | None) -> None:
        super().__init__()
        self.places, self.window, self.is_closed = places, None, False
        self.reopens = self.restores = False
        kind = Door.COUNTER if practising is None else Door.PRACTICE
        self.door: SignIn[None] = SignIn(
            ["nga"], Jobs(InlineLanes()), lambda *_: None, lambda _: None, door=kind
        )

    def close(self) -> None:
        self.is_closed = True


class Making:
    """Makes the commune to practise on in no time; refuses when it is told to."""

    def __init__(self) -> None:
        self.done: list[str] = []
        self.before_it_ends: Callable[[], None] = lambda: None

    def names(self) -> Mapping[str, str]:
        return {"nga": "Lê Thị Nga"}

    def make(self, places: Places, now: datetime, tell: Tell) -> None:
        tell(1, 2)
        self.before_it_ends()
        tell(2, 2)
        self.done.append("made")
        places.practice.data.mkdir(parents=True, exist_ok=True)
        places.practice.key_ring.touch()

    def throw_away(self, places: Places) -> None:
        self.done.append("thrown away")


@pytest.fixture
def making() -> Making:
    return Making()


@pytest.fixture
def doors(dressed: QApplication, tmp_path: Path, making: Making) -> Doors:
    places = Places(tmp_path / "data", tmp_path / "state")
    found = Doors(places, Sat, making, Jobs(InlineLanes()), lambda: MORNING)
    found.sitting.door.activateWindow()
    dressed.processEvents()
    return found


def test_a_door_is_never_larger_than_the_screen(
    dressed: QApplication, tmp_path: Path, making: Making, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(SignIn, "sizeHint", lambda _: QSize(3000, 3000))
    places = Places(tmp_path / "data", tmp_path / "state")
    door = Doors(places, Sat, making, Jobs(InlineLanes()), lambda: MORNING).sitting.door
    room = door.screen().availableSize()
    assert (door.width(), door.height()) == (room.width(), room.height() - TITLE_BAR)


def behind(doors: Doors) -> Sat:
    assert isinstance(doors.sitting, Sat)
    return doors.sitting


def press(doors: Doors, *keys: str) -> None:
    doors.sitting.door.activateWindow()
    QApplication.processEvents()
    hit(doors.sitting.door, *keys)


def test_practice_is_made_the_first_time_and_then_its_door_stands(
    doors: Doors, making: Making
) -> None:
    own = behind(doors)
    press(doors, "Alt+T")
    assert making.done == ["made"]
    assert behind(doors).places == own.places.practice
    assert (own.is_closed, own.door.isVisible()) == (True, False)


def test_what_was_practised_before_is_kept_until_it_is_thrown_away(
    doors: Doors, making: Making
) -> None:
    press(doors, "Alt+T")
    press(doors, "Alt+V")
    press(doors, "Alt+T")
    assert making.done == ["made"]
    press(doors, "Alt+D")
    assert making.done == ["made", "thrown away", "made"]


def test_one_comes_back_to_the_counters_own_door(doors: Doors) -> None:
    own = behind(doors).places
    press(doors, "Alt+T")
    press(doors, "Alt+V")
    assert behind(doors).places == own
    assert doors.front() is doors.sitting.door


def test_nobody_waits_who_doesnt_want_to(doors: Doors, making: Making) -> None:
    own = behind(doors)
    making.before_it_ends = lambda: hit(own.door, "Escape")
    press(doors, "Alt+T")
    assert behind(doors) is own
    assert "thôi" in own.door._field.error()
    assert making.done == []


def test_a_disk_that_refuses_is_said_at_the_door(doors: Doors, making: Making) -> None:
    def full() -> None:
        raise Refused("Ổ đĩa đầy.")

    making.before_it_ends = full
    press(doors, "Alt+T")
    assert behind(doors).door._field.error() == "Ổ đĩa đầy."


def test_from_the_door_a_backup_can_take_the_place_of_the_data_and_back(
    dressed: QApplication, tmp_path: Path
) -> None:
    places, asked = Places(tmp_path / "data", tmp_path / "state"), list[Places]()

    def restoring(places: Places) -> Sat:
        asked.append(places)
        return Sat(places, None)

    doors = Doors(places, Sat, None, Jobs(InlineLanes()), lambda: MORNING, restoring)
    first = behind(doors)
    press(doors, "Alt+K")
    assert asked == [places]
    assert (first.is_closed, behind(doors) is first) == (True, False)
    behind(doors).door.leave.emit()
    assert len(asked) == 1


def test_a_program_told_so_begins_where_a_backup_takes_the_place_of_the_data(
    dressed: QApplication, tmp_path: Path
) -> None:
    places, asked = Places(tmp_path / "data", tmp_path / "state"), list[Places]()

    def restoring(places: Places) -> Sat:
        asked.append(places)
        return Sat(places, None)

    Doors(
        places, Sat, None, Jobs(InlineLanes()), lambda: MORNING, restoring, restores_first=True
    ).close()
    assert asked == [places]
