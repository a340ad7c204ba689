"""What a blind officer's screen reader is told over AT-SPI, in the real window on a real X server."""

from collections.abc import Iterator
from typing import NamedTuple

import pytest

from app import clock
from app.demo import commune
from app.settings import Places
from tests.journeys import reader as readers
from tests.journeys.day_by_keys import CounterWindow
from tests.journeys.reader import FOCUSABLE, Reader, reader
from tests.journeys.screen import Screen, lacking, screen, until

ABSENT = ", ".join(filter(None, (lacking(), readers.lacking())))
pytestmark = pytest.mark.skipif(bool(ABSENT), reason=f"a screen reader needs {ABSENT}")

PLACES = {
    "F2": "Tiếp nhận", "F3": "Việc hôm nay", "F4": "Trả kết quả", "F5": "Trong ngày",
    "F6": "Sổ, báo cáo", "F8": "Đồng bộ",
}  # fmt: skip


class Desk(NamedTuple):
    """The window, and who reads it."""

    screen: Screen
    window: CounterWindow
    reader: Reader

    def nameless(self) -> list[str]:
        """What one can reach and is told no name of."""
        told = self.reader.told()
        assert len(told) > 20, "hardly anything is told"
        return [each.role for each in told if FOCUSABLE in each.states and not each.name]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder = tmp_path_factory.mktemp("reader")
    places = Places(folder / "demo", folder / "state")
    commune.make(places, clock.now())
    with screen(folder / "screen") as shown, reader(folder, shown.environment) as listens:
        shown.environment.update(listens.environment)
        window = CounterWindow(shown, places)
        window.open()
        try:
            yield Desk(shown, window, listens)
        finally:
            window.kill()


@pytest.mark.parametrize(("key", "place"), PLACES.items())
def test_whatever_can_be_reached_is_told_by_name(desk: Desk, key: str, place: str) -> None:
    desk.screen.press(key)
    desk.window.sees(place)
    assert desk.nameless() == []


def test_the_program_says_its_name(desk: Desk) -> None:
    assert [told.name for told in desk.reader.told() if told.role == "application"] == ["Một Cửa"]


def test_the_field_that_has_the_focus_is_told(desk: Desk) -> None:
    desk.screen.press("F3", "F2")
    desk.window.sees("Tiếp nhận")
    until(lambda: desk.reader.focused().startswith("Thủ tục"), "the procedure's field")
    desk.screen.press("alt+u")
    until(lambda: desk.reader.focused() == "Người ủy quyền", "the principal's field")
