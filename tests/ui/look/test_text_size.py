"""The size of the text is one choice for the whole window, and every page is whole in each."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget

from app.desk.draft import IntakeDraft
from app.desk.unit.choices import Part
from app.models.dossiers.lifecycle import Deed
from app.ui.look.text_size import FACTOR, SIZES, USUAL, TextSize, unworn
from app.ui.widgets.buttons import PrimaryButton
from app.ui.widgets.page import Page
from app.ui.widgets.parts import Words, column
from app.ui.widgets.room import Room, Scrolled
from app.ui.window import Window
from tests.ui.a_window import NoServer, a_window
from tests.ui.commune import Commune, hit
from tests.ui.keys import type_keys
from tests.ui.walk import faults

Show = Callable[..., None]
SCREEN = (1366, 748)  # what a title bar leaves of 768
ROOMS = {name: tuple(px * 100 // percent for px in SCREEN) for name, (_, percent) in SIZES.items()}
"""A screen of 1366×768 holds so many fewer px the larger each of them is drawn."""
ROOMS["4K at 200 %"] = (1920, 1060)
PLACES = ("F2", "F3", "F4", "F5", "F6", "F7", "F8")


@pytest.fixture
def size(tmp_path: Path) -> TextSize:
    return TextSize(tmp_path / "state" / "text-size")


def test_the_size_is_the_usual_one_until_another_is_kept(size: TextSize) -> None:
    assert size.kept() == USUAL
    size.keep("rat-lon")
    assert TextSize(size.file).kept() == "rat-lon"


@pytest.mark.parametrize("nonsense", [b"", b"khong-co", b"\xff\xfe"])
def test_a_file_nobody_can_read_is_the_usual_size(size: TextSize, nonsense: bytes) -> None:
    size.file.parent.mkdir()
    size.file.write_bytes(nonsense)
    assert size.kept() == USUAL


def test_qt_is_told_of_another_size_only(size: TextSize) -> None:
    environment: dict[str, str] = {}
    size.wear(environment)
    assert environment == {}
    size.keep("lon")
    size.wear(environment)
    assert environment == {FACTOR: "1.12"}
    assert unworn({**environment, "HOME": "/"}) == {"HOME": "/"}


def test_a_size_is_chosen_by_name_and_the_window_closes_to_be_opened_anew(
    commune: Commune, show: Show, size: TextSize
) -> None:
    window = Window(commune.desk, commune.officer(), commune.jobs, NoServer(), "xã", text_size=size)
    show(window)
    reopened: list[bool] = []
    window.reopening.connect(lambda: reopened.append(True))
    hit(window, "F12")
    type_keys(window, "rat lon\n")
    assert (size.kept(), reopened, window.isVisible()) == ("rat-lon", [True], False)


@pytest.mark.parametrize(("width", "height"), ROOMS.values(), ids=ROOMS)
def test_nothing_is_cut_in_any_size(commune: Commune, show: Show, width: int, height: int) -> None:
    dossier, window = commune.receive(), a_window(commune)
    show(window, width, height)
    cut = {}
    for place in window.places():
        hit(window, place.key)
        cut[place.title] = settled_faults(window)
    window.open_dossier(dossier)
    cut["Hồ sơ"] = settled_faults(window)
    hit(window, "F1")
    cut["Trợ giúp"] = settled_faults(window)
    assert (window.width(), window.height()) == (width, height)
    assert {title: found for title, found in cut.items() if found} == {}


WITH_A_TASKBAR = (1093, 552)
"""What title bar and taskbar of 78 px leave of that screen at the largest letters."""
ASIDE = ("Nhập lên hệ thống tỉnh", "Thiết lập đơn vị", "Hồ sơ trực tuyến", "Thử máy quét")
"""Pages that stand in no rail, as F12 begins to name them."""


@pytest.mark.parametrize("room", [ROOMS["rat-lon"], WITH_A_TASKBAR], ids=["", "with a taskbar"])
def test_at_the_largest_letters_no_page_scrolls_sideways_or_hides_its_main_button(
    commune: Commune, show: Show, room: tuple[int, int]
) -> None:
    for part in (Part.HELP_DESK, Part.QUEUE):
        commune.desk.help_desk.choices.use(part, is_used=True)
    dossier, window = commune.receive(), a_window(commune)
    show(window, *room)
    out_of_sight = {}
    for place in window.places():
        hit(window, place.key)
        out_of_sight[place.title] = hidden(window)
    for title in ASIDE:
        hit(window, "F3")
        next(each for each in window.commands() if each.title.startswith(title)).do()
        out_of_sight[title] = hidden(window)
        assert window.page().title in window.windowTitle(), "said to whoever can't see the page"
        assert window.page().title
    window.open_dossier(dossier)
    out_of_sight["Hồ sơ"] = hidden(window)
    assert {title: found for title, found in out_of_sight.items() if found} == {}


def test_in_a_low_window_what_is_wrong_with_a_field_of_an_intake_is_read_without_scrolling(
    commune: Commune, show: Show
) -> None:
    window = a_window(commune)
    show(window, *WITH_A_TASKBAR)
    hit(window, "F2")
    type_keys(window, "1.004873\n")
    assert not settled_faults(window)
    hit(window, "F9")
    (said,) = (each for each in window.findChildren(Words) if "Chưa có họ tên" in each.text())
    assert said.visibleRegion().boundingRect() == said.rect()
    assert not hidden(window)


AT_WORK = {"largest": ROOMS["rat-lon"], "with a taskbar": WITH_A_TASKBAR, "usual": ROOMS[USUAL]}
KNOWN = "Lý Thị Khuếch"


@pytest.mark.parametrize("room", AT_WORK.values(), ids=AT_WORK)
def test_with_people_parked_and_a_result_waiting_nothing_is_pushed_out_of_the_window(
    commune: Commune, show: Show, room: tuple[int, int]
) -> None:
    commune.do(commune.receive(KNOWN), Deed.HAND_OVER, Deed.ACCEPT, Deed.RESOLVE)
    window = a_window(commune)
    show(window, *room)
    for name in ("Lý Văn Phượng", "Trần Đức Khương", "Đỗ Thị Nghiêng"):
        window._intake.begin_with(IntakeDraft(name=name))
        hit(window, "Alt+G")
    out_of_sight = {"parked": hidden(window)}
    card = f"001187012345||{KNOWN}|12041987|Nữ|xã Khánh Hà, thành phố Hà Nội|05062021"
    for key in ("F2", "F5"):
        hit(window, key)
        window.page().scanned(card)
        out_of_sight[key] = hidden(window)
        assert any("1 kết quả chờ trả" in each.text() for each in seen(window, Words))
        assert any("…2345" in each.text() for each in seen(window, QLabel))
    assert {place: found for place, found in out_of_sight.items() if found} == {}


Seen = TypeVar("Seen", bound=QWidget)


def seen(window: Window, kind: type[Seen]) -> list[Seen]:
    return [each for each in window.page().findChildren(kind) if each.isVisible()]


def hidden(window: Window) -> list[str]:
    """What one sees only by scrolling: the page's right side, its one deed, the end of a row."""
    found = settled_faults(window)
    page = window.page()
    room = next(each for each in window.findChildren(Room) if each.page is page)
    for scrolled in (room, *page.findChildren(Scrolled)):
        if scrolled.horizontalScrollBar().maximum():
            found.append(f"{scrolled.horizontalScrollBar().maximum()} px to the right")
    for button in page.findChildren(PrimaryButton):
        if button.isVisible() and button.visibleRegion().boundingRect() != button.rect():
            found.append(button.accessibleName())
    return found


def settled_faults(window: Window) -> list[str]:
    for _ in range(3):  # layouts settle one inside the other
        QApplication.processEvents()
    return faults(window)


def test_what_has_the_focus_is_in_sight_however_low_the_window_is(
    dressed: QApplication, show: Show
) -> None:
    page, lines = Page(), [QLineEdit() for _ in range(40)]
    page.setLayout(column(*lines))
    room = Room(page)
    show(room, 400, 300)
    assert page.height() > room.height()
    lines[-1].setFocus()
    assert room.viewport().rect().contains(lines[-1].mapTo(room.viewport(), QPoint(0, 0)))


def test_a_page_that_fits_fills_its_room_and_doesnt_scroll(show: Show) -> None:
    page = Page()
    page.setLayout(column(QLineEdit(), None))
    room = Room(page)
    show(room, 400, 300)
    assert page.size() == room.size()
    assert not room.verticalScrollBar().isVisible()


def test_qt_draws_by_the_kept_size(size: TextSize) -> None:
    size.keep("rat-lon")
    script = (
        "import sys; from pathlib import Path; from app.ui.look.text_size import TextSize;"
        "TextSize(Path(sys.argv[1])).wear();"
        "from PySide6.QtWidgets import QApplication, QWidget; app = QApplication([]);"
        "print(QWidget().devicePixelRatioF())"
    )
    environment = {**unworn(os.environ), "QT_QPA_PLATFORM": "offscreen"}
    ran = subprocess.run(
        [sys.executable, "-c", script, str(size.file)],
        env=environment, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert ran.stdout.strip() == "1.25"
