"""The door: a name, a password, one key."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from app.models.errors import BadInput
from app.ui.doors.last_officer import LastOfficer
from app.ui.doors.sign_in import Door, SignIn
from app.ui.frame.practice_band import PracticeBand
from app.ui.lanes.jobs import Jobs
from app.ui.widgets.underway import spoken_progress
from tests.ui.commune import hit
from tests.ui.keys import type_keys
from tests.ui.manual_lanes import ManualLanes
from tests.ui.walk import faults

Show = Callable[..., None]

WRONG = "Mật khẩu không đúng. Hãy gõ lại; phím Caps Lock có thể đang bật."


class ADoor:
    """The door of a counter with two officers; it opens to one password."""

    def __init__(self, show: Show, door: Door = Door.COUNTER) -> None:
        self.lanes = ManualLanes()
        self.tried: list[tuple[str, str]] = []
        self.came_in: list[str] = []
        self.page = SignIn(
            ["phutrach", "ltnga"], Jobs(self.lanes), self._open, self.came_in.append, door=door
        )
        show(self.page, 720, 560)
        self.page.entered()

    def _open(self, login: str, password: str) -> str:
        self.tried.append((login, password))
        if password != "matkhau":
            raise BadInput(WRONG)
        return login


@pytest.fixture
def door(show: Show) -> ADoor:
    return ADoor(show)


def test_a_password_and_enter_open_it(door: ADoor) -> None:
    type_keys(door.page, "matkhau\n")
    door.lanes.drain()
    assert door.came_in == ["phutrach"]


def test_another_officer_is_chosen_by_the_arrow(door: ADoor) -> None:
    hit(door.page, "Backtab", "Down", "Tab")
    type_keys(door.page, "matkhau\n")
    door.lanes.drain()
    assert door.came_in == ["ltnga"]


def test_a_wrong_password_is_said_and_typed_over(door: ADoor) -> None:
    type_keys(door.page, "nham\n")
    door.lanes.drain()
    assert (door.came_in, door.page._field.error()) == ([], WRONG)
    type_keys(door.page, "matkhau\n")
    door.lanes.drain()
    assert door.came_in == ["phutrach"]


def test_an_impatient_enter_tries_once(door: ADoor) -> None:
    type_keys(door.page, "matkhau\n\n\n")
    door.lanes.drain()
    assert len(door.tried) == 1


def test_the_demonstration_says_that_enter_is_enough(show: Show) -> None:
    door = ADoor(show, Door.DEMO)
    hit(door.page, "Return")
    door.lanes.drain()
    assert door.tried == [("phutrach", "")]


def test_nothing_is_cut(door: ADoor) -> None:
    type_keys(door.page, "nham\n")
    door.lanes.drain()
    QApplication.processEvents()
    assert faults(door.page) == []


def test_a_new_version_says_how_far_its_tables_are(door: ADoor, dressed: QApplication) -> None:
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


def test_a_refusal_after_the_rebuilding_asks_for_the_password_again(door: ADoor) -> None:
    type_keys(door.page, "sai\n")
    door.page.show_progress(0, 20_000)
    door.lanes.drain()
    assert door.page._password.isVisible()


@pytest.mark.parametrize("kind", Door)
def test_every_door_can_be_read(show: Show, kind: Door) -> None:
    assert faults(ADoor(show, kind).page) == []


def test_the_way_to_practice_is_at_the_counters_door(door: ADoor) -> None:
    asked: list[str] = []
    door.page.practise.connect(lambda: asked.append("practise"))
    hit(door.page, "Alt+T")
    assert asked == ["practise"]


def test_practice_says_so_from_edge_to_edge_and_can_be_left_or_thrown_away(show: Show) -> None:
    door, asked = ADoor(show, Door.PRACTICE), list[str]()
    band = door.page.findChild(PracticeBand)
    assert band
    assert band.width() == door.page.width()
    door.page.begin_again.connect(lambda: asked.append("again"))
    door.page.leave.connect(lambda: asked.append("leave"))
    hit(door.page, "Alt+D", "Alt+V")
    assert asked == ["again", "leave"]


def test_nobody_must_wait_for_practice_to_be_made(door: ADoor, dressed: QApplication) -> None:
    stopped: list[bool] = []
    door.page.stopped.connect(lambda: stopped.append(True))
    door.page.show_making(10, 100)
    dressed.processEvents()
    assert faults(door.page) == []
    hit(door.page, "Escape")
    door.page.ask_again("Đã thôi.")
    assert stopped == [True]
    assert door.page._password.isVisible()


def test_whoever_sat_down_last_is_offered_first(tmp_path: Path) -> None:
    last = LastOfficer(tmp_path / "state" / "last-officer")
    assert last.first(["phutrach", "ltnga", "toan"]) == ["phutrach", "ltnga", "toan"]
    last.keep("ltnga")
    assert last.first(["phutrach", "ltnga", "toan"]) == ["ltnga", "phutrach", "toan"]
    assert last.first(["phutrach", "toan"]) == ["phutrach", "toan"], "she has left since"


def test_a_last_officer_nobody_can_read_stops_nobody(tmp_path: Path) -> None:
    last = LastOfficer(tmp_path / "nowhere" / "last-officer")
    (tmp_path / "nowhere").write_bytes(b"")
    last.keep("ltnga")
    (tmp_path / "strange").write_bytes(b"\xff")
    assert (
        LastOfficer(tmp_path / "strange").first(["a", "b"]) == last.first(["a", "b"]) == ["a", "b"]
    )
