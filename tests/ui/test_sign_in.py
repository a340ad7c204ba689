"""The door: a name, a password, one key."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from app.models.errors import BadInput
from app.ui.jobs import Jobs
from app.ui.sign_in import SignIn, spoken_progress
from tests.ui.commune import hit
from tests.ui.keys import type_keys
from tests.ui.lanes import ManualLanes
from tests.ui.walk import faults

Show = Callable[..., None]

WRONG = "Mật khẩu không đúng. Hãy gõ lại; phím Caps Lock có thể đang bật."


class Door:
    """The door of a counter with two officers; it opens to one password."""

    def __init__(self, show: Show, *, demo: bool = False) -> None:
        self.lanes = ManualLanes()
        self.tried: list[tuple[str, str]] = []
        self.came_in: list[str] = []
        self.page = SignIn(
            ["phutrach", "ltnga"], Jobs(self.lanes), self._open, self.came_in.append, demo=demo
        )
        show(self.page, 720, 560)
        self.page.entered()

    def _open(self, login: str, password: str) -> str:
        self.tried.append((login, password))
        if password != "matkhau":
            raise BadInput(WRONG)
        return login


@pytest.fixture
def door(show: Show) -> Door:
    return Door(show)


def test_a_password_and_enter_open_it(door: Door) -> None:
    type_keys(door.page, "matkhau\n")
    door.lanes.drain()
    assert door.came_in == ["phutrach"]


def test_another_officer_is_chosen_by_the_arrow(door: Door) -> None:
    hit(door.page, "Backtab", "Down", "Tab")
    type_keys(door.page, "matkhau\n")
    door.lanes.drain()
    assert door.came_in == ["ltnga"]


def test_a_wrong_password_is_said_and_typed_over(door: Door) -> None:
    type_keys(door.page, "nham\n")
    door.lanes.drain()
    assert (door.came_in, door.page._field.error()) == ([], WRONG)
    type_keys(door.page, "matkhau\n")
    door.lanes.drain()
    assert door.came_in == ["phutrach"]


def test_an_impatient_enter_tries_once(door: Door) -> None:
    type_keys(door.page, "matkhau\n\n\n")
    door.lanes.drain()
    assert len(door.tried) == 1


def test_the_demonstration_says_that_enter_is_enough(show: Show) -> None:
    door = Door(show, demo=True)
    hit(door.page, "Return")
    door.lanes.drain()
    assert door.tried == [("phutrach", "")]


def test_nothing_is_cut(door: Door) -> None:
    type_keys(door.page, "nham\n")
    door.lanes.drain()
    QApplication.processEvents()
    assert faults(door.page) == []


def test_a_new_version_says_how_far_its_tables_are(door: Door, dressed: QApplication) -> None:
    type_keys(door.page, "matkhau\n")
    for done in (0, 10_000):
        door.page.show_progress(done, 20_000)
    dressed.processEvents()
    said = [label.text() for label in door.page.findChildren(QLabel) if label.isVisible()]
    assert "Đã xong 10.000 / 20.000 mục" in said
    assert faults(door.page) == []


def test_what_is_left_is_said_in_minutes() -> None:
    assert spoken_progress(5_000, 20_000, 60) == "Đã xong 5.000 / 20.000 mục, còn khoảng 3 phút"
    assert spoken_progress(15_000, 20_000, 60).endswith("còn chưa đến 1 phút")


def test_a_refusal_after_the_rebuilding_asks_for_the_password_again(door: Door) -> None:
    type_keys(door.page, "sai\n")
    door.page.show_progress(0, 20_000)
    door.lanes.drain()
    assert door.page._password.isVisible()
