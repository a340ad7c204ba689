"""Takes a picture of each page of the window on a counter, without a screen."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtWidgets import QApplication, QWidget

from app.desk.desk import Desk
from app.desk.draft import IntakeDraft
from app.main import Session
from app.models.officer import Officer
from app.settings import Places
from app.ui.jobs import Lane
from app.ui.theme import dress

T = TypeVar("T")

WIDTH, HEIGHT = 1366, 768
WANTED = "nguyễn th"

# a dossier half typed, as the intake page is seen all day
HALF_TYPED = IntakeDraft(
    procedure="1.001022",
    name="Nguyễn Hoàng Thị Phương Quỳnh Trang",
    id_number="001187012345",
    born="12/04/1987",
    address="Thôn Liễu Nội, xã Khánh Hà, thành phố Hà Nội",
    phone="0912 345 678",
)


class _AtOnce:
    """Lanes without threads: work is done where it is asked for."""

    def submit(self, lane: Lane, work: Callable[[], None]) -> None:
        work()

    def call(self, lane: Lane, work: Callable[[], T]) -> T:
        return work()

    def wait(self) -> None: ...

    def close(self) -> None: ...


def take(places: Places, desk: Desk, officer: Officer, out: Path) -> list[Path]:
    """One PNG a page of 1366×768, the door first; needs no screen."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    dress(app)
    desk.intake.keep(HALF_TYPED, officer)
    session = Session(places, _AtOnce(), desk.clock, quiet=True)
    taken = [_picture(session.door, out / "F0 Đăng nhập.png")]
    session.door.enter()
    assert session.window is not None
    window = session.window
    for place in window.places():
        window.go(place.key)
        taken.append(_picture(window, out / f"{place.key} {place.title.replace('/', ' ')}.png"))
    lines = desk.lookup.board().lines
    if lines:
        window.open_dossier(lines[0].row.name)
        taken.append(_picture(window, out / "Một hồ sơ.png"))
    window.search.setText(WANTED)
    taken.append(_picture(window, out / "Tìm.png"))
    window.close()
    session.close()
    desk.intake.keep(IntakeDraft(), officer)
    return taken


def _picture(widget: QWidget, path: Path) -> Path:
    widget.resize(WIDTH, HEIGHT)
    widget.show()
    for _ in range(3):  # layouts settle one inside the other
        QApplication.processEvents()
    widget.grab().save(str(path))
    return path
