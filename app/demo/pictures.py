"""Takes a picture of each page of the window on a counter, without a screen."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple, TypeVar

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget

from app.desk.desk import Desk
from app.desk.draft import IntakeDraft
from app.main import FirstRun, Restoration, Session
from app.models.events.event import EventName
from app.models.unit.officer import Officer
from app.settings import Places
from app.ui.frame.help_text import name_of
from app.ui.lanes.jobs import Lane
from app.ui.look.theme import dress
from app.ui.window import Window

T = TypeVar("T")

WIDTH, HEIGHT = 1366, 768
WANTED = "nguyễn th"
ASIDE = (
    "Nhập lên hệ thống tỉnh", "Thiết lập đơn vị", "Đổi mật khẩu", "Hồ sơ trực tuyến", "Thử máy quét",
)  # fmt: skip
"""Pages that stand in no rail, as F12 begins to name them."""

PARTS = ("Xin lỗi, hẹn lại", "Đính chính", "Số hóa")
"""Of a dossier's page, as F12 begins to name what brings them into sight."""

# a dossier half typed, as the intake page is seen all day
HALF_TYPED = IntakeDraft(
    procedure="1.001022",
    name="Nguyễn Hoàng Thị Phương Quỳnh Trang",
    id_number="001187012345",
    born="12/04/1987",
    address="Thôn Liễu Nội, xã Khánh Hà, thành phố Hà Nội",
    phone="0912 345 678",
)


class View(NamedTuple):
    """A window as it stands: the help page about it, what it is called, and its picture.

    `part`: the part of that page it shows, by its heading.
    """

    name: str
    title: str
    picture: QImage
    part: str = ""


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
    taken = []
    for view in views(places, desk, officer):
        path = out / f"{view.title.replace('/', ' ')}.png"
        view.picture.save(str(path))
        taken.append(path)
    return taken


def views(places: Places, desk: Desk, officer: Officer) -> Iterator[View]:
    """Each window an officer meets, from the first run on."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    dress(app)
    yield _first_run()
    yield _restoration(places)
    desk.intake.keep(HALF_TYPED, officer)
    session = Session(places, _AtOnce(), desk.clock, quiet=True)
    yield View("sign-in", "F0 Đăng nhập", _picture(session.door))
    session.door.enter()
    window = session.window
    assert window is not None
    for place in window.places():
        window.go(place.key)
        name = name_of(type(window.page()))
        yield View(name, f"{place.key} {place.title}", _picture(window))
    for title in ASIDE:
        window.go("F3")
        _do(window, title)
        yield View(name_of(type(window.page())), title, _picture(window))
    if lines := desk.lookup.board().lines:
        window.go("F3")
        window.open_dossier(lines[0].row.name)
        yield View("dossier", "Một hồ sơ", _picture(window))
        yield from _parts(window, lines[0].row.name)
    if desk.new_dates.by_calendar():
        window.go("F3")
        _do(window, "Xem hồ sơ đổi ngày hẹn")
        yield View("calendar", "Hẹn lại theo lịch mới", _picture(window))
    window.search.setText(WANTED)
    yield View("search", "Tìm", _picture(window))
    window.close()
    session.close()
    desk.intake.keep(IntakeDraft(), officer)


def _parts(window: Window, name: EventName) -> Iterator[View]:
    """What is asked of a dossier, as far as it applies."""
    for heading in PARTS:
        window.open_dossier(name)
        if any(command.title.startswith(heading) for command in window.commands()):
            _do(window, heading)
            yield View("dossier", f"Một hồ sơ, {heading}", _picture(window), heading)


def _do(window: Window, title: str) -> None:
    """The deed of the page in sight, or of the window, whose name so begins."""
    next(command for command in window.commands() if command.title.startswith(title)).do()


def _first_run() -> View:
    with TemporaryDirectory() as folder:
        first = FirstRun(Places(Path(folder) / "data", Path(folder) / "state"), _AtOnce())
        view = View("first-run", "Thiết lập quầy", _picture(first.door))
        first.door.close()
        first.close()
    return view


def _restoration(places: Places) -> View:
    restoration = Restoration(places, _AtOnce())
    view = View("restore", "Khôi phục", _picture(restoration.door))
    restoration.door.close()
    restoration.close()
    return view


def _picture(widget: QWidget) -> QImage:
    widget.resize(WIDTH, HEIGHT)
    widget.show()
    for _ in range(3):  # layouts settle one inside the other
        QApplication.processEvents()
    return widget.grab().toImage()
