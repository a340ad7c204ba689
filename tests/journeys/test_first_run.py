"""An empty PC becomes a counter on a real X server, by keys alone, and a power cut on the way costs nothing."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.settings import Places
from tests.journeys.day_by_keys import CounterWindow
from tests.journeys.screen import PATIENCE, Screen, lacking, screen, until

pytestmark = pytest.mark.skipif(bool(lacking()), reason=f"a screen needs {lacking()}")

PASSWORD = "mat-khau-nga"
LONG = "Nguyễn Hoàng Thị Phương Quỳnh Trang"


class EmptyPC(CounterWindow):
    """A computer without a counter."""

    def __init__(self, screen: Screen, places: Places) -> None:
        super().__init__(screen, places)
        self._environment["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"

    def answer_all(self) -> None:
        """Every question, up to what is made of the answers."""
        steps = {
            "Đơn vị": (f"xã {LONG}", "H26.15.3", ""),
            "Người đầu tiên": (LONG, "", PASSWORD, PASSWORD),
            "Cán bộ khác": ("",),
            "Lịch": ("",),
            "Máy in": ("",),
            "Máy quét": ("",),
        }
        for step, answers in steps.items():
            self.sees(step)
            for answer in answers:
                if answer:
                    self.screen.type(answer)
                self.screen.press("Return")
        self.sees("Xem lại")

    def sign_in(self) -> None:
        self.until(lambda: self.screen.title() == "Một Cửa", "the door")
        self.screen.type(PASSWORD)
        self.screen.press("Return")
        self.sees("Tiếp nhận")


@pytest.fixture
def pc(tmp_path: Path) -> Iterator[EmptyPC]:
    with screen(tmp_path / "screen") as shown:
        window = EmptyPC(shown, Places(tmp_path / "data", tmp_path / "state"))
        try:
            yield window
        except BaseException:
            shown.picture(tmp_path / "failed.png")
            raise
        finally:
            window.kill()


def test_an_empty_pc_becomes_a_counter_by_keys_and_a_power_cut_costs_nothing(
    pc: EmptyPC, tmp_path: Path
) -> None:
    pc.start()
    pc.answer_all()
    pc.kill()
    assert not (tmp_path / "data").exists()
    pc.start()
    pc.answer_all()
    pc.screen.press("Return")
    for step in ("Mã khôi phục", "Máy chủ của cấp trên", "Bản thứ hai"):
        pc.sees(step)
        pc.screen.press("alt+b")
    pc.sees("Quầy đã sẵn sàng")
    pc.screen.press("Return")
    pc.sign_in()
    text_grows_in_a_program_of_its_own(pc)
    assert pc.complaints == ""


def text_grows_in_a_program_of_its_own(pc: EmptyPC) -> None:
    """It closes, and its successor stands at the door, larger."""
    pc.screen.press("F12")
    pc.screen.type("rat lon")
    pc.screen.press("Return")
    assert pc._process is not None
    assert pc._process.wait(PATIENCE) == 0
    until(lambda: pc.screen.title() == "Một Cửa", "the door of the next program")
    pc.screen.press("alt+F4")
    until(lambda: pc.screen.title() == "", "its end")
