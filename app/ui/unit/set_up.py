"""Joins with the window the pages of setting up: the unit, and who sits here with which password.

Each is loaded when it is first opened.
"""

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from app.desk.desk import Desk
from app.models.unit.officer import Officer
from app.ui.lanes.jobs import Jobs
from app.ui.widgets.page import Command, Page

if TYPE_CHECKING:
    from app.ui.unit.officers_page import Keys, OfficersPage
    from app.ui.unit.page import UnitPage


class SetUp:
    """`aside` brings a page into sight, `back` whatever was there before it."""

    def __init__(
        self,
        desk: Desk,
        officer: Officer,
        jobs: Jobs,
        aside: Callable[[Page], None],
        back: Callable[[], None],
    ) -> None:
        self._desk, self._officer, self._jobs = desk, officer, jobs
        self._aside, self._back = aside, back
        self.keys: Keys | None = None
        """What opens the data; without it nobody's password is changed here."""
        self.leave_to_restore: Callable[[], None] | None = None
        """Closes the window, to open again where a backup takes the place of the data."""

    def commands(self) -> list[Command]:
        """The pages, by what is done on them."""
        found = [Command("Thiết lập đơn vị: tên, giờ, giấy in, hai giai đoạn", "", self._open_unit)]
        if self.keys:
            found.append(Command("Đổi mật khẩu; cán bộ của đơn vị", "", self._open_officers))
        if self.leave_to_restore:
            found.append(Command("Khôi phục từ bản sao lưu (đóng cửa sổ này)", "", self.restore))
        return found

    @cached_property
    def unit(self) -> "UnitPage":
        from app.ui.unit.page import UnitPage

        page = UnitPage(self._desk, self._officer, self._jobs)
        page.left.connect(self._back)
        return page

    @cached_property
    def officers(self) -> "OfficersPage":
        from app.ui.unit.officers_page import OfficersPage

        assert self.keys
        page = OfficersPage(self._desk, self._officer, self._jobs, self.keys)
        page.left.connect(self._back)
        return page

    def restore(self) -> None:
        """Leave, to put a backup in the place of the data; nothing where there is no such way."""
        if self.leave_to_restore:
            self.leave_to_restore()

    def _open_unit(self) -> None:
        self._aside(self.unit)

    def _open_officers(self) -> None:
        self._aside(self.officers)
