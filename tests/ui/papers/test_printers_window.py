"""Each form has its printer; the scanner's layout is tried where printers are."""

from collections.abc import Callable
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QWidget

from app.desk.papers.print_places import Place
from app.models.unit.scanner_check import GOOD, LINES
from app.ui.lanes.jobs import Jobs
from app.ui.look.theme import Tone
from app.ui.papers.papers import Papers
from app.ui.papers.printers_window import PrintersWindow, _FormRow
from tests.ui.commune import Commune, hit
from tests.ui.keys import type_keys
from tests.ui.manual_lanes import ManualLanes
from tests.ui.papers.test_papers import LASER, Laser
from tests.ui.walk import faults

OTHER = "Máy in kim"


class Room:
    """A window with the printers' window over it."""

    def __init__(self, commune: Commune, show: Callable[..., None]) -> None:
        self.commune = commune
        self.over = QWidget()
        show(self.over)
        self.papers = Papers(commune.desk, commune.officer(), commune.jobs, self.over)

    def settle(self) -> PrintersWindow:
        self.papers.settle_printers()
        QApplication.processEvents()
        return next(x for x in self.over.findChildren(PrintersWindow) if x.isVisible())

    def row(self, window: PrintersWindow, form: str) -> _FormRow:
        return next(each for each in window._rows if each.form == form)


@pytest.fixture
def laser(monkeypatch: pytest.MonkeyPatch) -> Laser:
    laser = Laser()
    monkeypatch.setattr("app.ui.papers.papers.system", lambda: (laser,))
    return laser


@pytest.fixture
def room(tmp_path: Path, show: Callable[..., None], laser: Laser) -> Room:
    return Room(Commune(tmp_path), show)


def test_a_form_goes_to_its_own_printer_and_the_others_to_the_default(room: Room) -> None:
    room.commune.desk.places.choose("label", Place(OTHER, "A5"))
    window = room.settle()
    window._default.choose(LASER)
    row = room.row(window, "control")
    row._printer.choose(OTHER)
    row._paper.choose("A4")
    row._copies.set_count(2)
    hit(window, "F9")
    places = room.commune.desk.places
    assert places.usual("control") == Place(OTHER, "A4", 2)
    assert places.usual("label") == Place(OTHER, "A5")
    assert places.usual("receipt") == Place(LASER, "A5")


def test_nothing_counts_before_it_is_kept(room: Room) -> None:
    window = room.settle()
    window._default.choose(LASER)
    hit(window, "Escape")
    assert room.commune.desk.places.default == ""


def test_a_printer_that_is_off_today_stays_chosen(room: Room, laser: Laser) -> None:
    room.commune.desk.places.choose("control", Place(OTHER, "A5"))
    window = room.settle()
    assert room.row(window, "control")._printer.value() == OTHER
    hit(window, "F9")
    assert room.commune.desk.places.usual("control").printer == OTHER


def test_the_test_page_goes_to_the_printer_that_is_chosen(room: Room, laser: Laser) -> None:
    window = room.settle()
    hit(window, "Ctrl+T")
    assert laser.taken == []
    window._default.choose(LASER)
    hit(window, "Ctrl+T")
    assert laser.taken == ["trang thử"]
    assert LASER in window._verdict.text()


def test_a_test_page_that_went_after_the_window_closed_is_told_to_nobody(
    room: Room, laser: Laser
) -> None:
    lanes = ManualLanes()
    room.papers = Papers(room.commune.desk, room.commune.officer(), Jobs(lanes), room.over)
    room.papers.settle_printers()
    lanes.drain()
    window = next(x for x in room.over.findChildren(PrintersWindow) if x.isVisible())
    window._default.choose(LASER)
    hit(window, "Ctrl+T", "Escape")
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not shiboken6.isValid(window)
    lanes.drain()
    assert laser.taken == ["trang thử"]


def test_the_scanner_is_told_good_or_what_its_layout_changes(room: Room) -> None:
    window = room.settle()
    window._scan.setFocus()
    type_keys(window, f"{LINES[1]}\n")
    assert window._verdict.text() == GOOD
    window._scan.setText(LINES[1].replace("-", "ß"))
    window._scan.returnPressed.emit()
    assert "“-” thành “ß”" in window._verdict.text()
    assert window._scan.text() == ""
    assert window.isVisible()


def test_nothing_of_it_is_cut(room: Room) -> None:
    window = room.settle()
    window.say(
        "Máy quét đổi “-” thành “ß”; “|” thành “°”; “/” thành “-”. Hãy quét lại. " * 2, Tone.LATE
    )
    QApplication.processEvents()
    assert faults(window) == []


def test_a_roll_is_added_by_its_address_for_the_ticket_alone(room: Room) -> None:
    window = room.settle()
    window._roll.setFocus()
    type_keys(window, "192.168.1.50\n")
    assert room.row(window, "ticket").place() == Place("K80:192.168.1.50", "K80")
    assert "K80:192.168.1.50" not in room.row(window, "receipt")._printer._values
    hit(window, "F9")
    assert room.commune.desk.places.usual("ticket").printer == "K80:192.168.1.50"


def test_a_ticket_never_goes_to_the_printer_of_the_others(room: Room) -> None:
    room.commune.desk.places.choose_all(LASER, ())
    assert room.commune.desk.places.usual("ticket").printer == ""
