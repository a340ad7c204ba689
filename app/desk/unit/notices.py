"""What is announced to the unit from above, and that the officer in charge has read it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from app.models.errors import Refused
from app.models.events.notices import NoticeRead
from app.models.unit.from_above import FromAbove, may_read
from app.models.unit.officer import Officer
from app.store.reading.notices import Notices as Stored
from app.store.store import Store


@dataclass(frozen=True)
class Announced:
    """All notices, the newest first; `names` are the officers', by login."""

    notices: tuple[FromAbove, ...]
    names: Mapping[str, str]
    may_read: bool

    @property
    def waiting(self) -> tuple[FromAbove, ...]:
        """Those that nobody has read."""
        return tuple(notice for notice in self.notices if notice.waits)


class Notices:
    """The notices of one counter's unit."""

    def __init__(self, store: Store, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._clock = clock
        self._stored = Stored(store.database)

    def all(self, officer: Officer) -> Announced:
        """As `officer` sees them."""
        notices = self._stored.all()
        officers = self._store.standing.officers() if notices else []
        names = {one.login: one.name for one in officers}
        return Announced(notices, names, may_read(officer, officers))

    def read(self, notice: str, officer: Officer) -> None:
        """Write down that `officer` has read it, for the whole unit. Raises `Refused`."""
        now = self._clock()
        with self._store.journal.deed(now) as writing:
            announced = self.all(officer)
            if not announced.may_read:
                raise Refused(
                    f"Thông báo khẩn dành cho người phụ trách; {officer.name} không giữ vai trò ấy."
                )
            if all(one.notice != notice for one in announced.waiting):
                raise Refused("Thông báo này đã có người đọc, hoặc cấp trên đã rút.")
            writing.append(NoticeRead(notice), by=officer.login, at=now)
