"""What the board offers below its list: a sentence and a key each, while there is something to look at."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from app.desk.desk import Desk
from app.desk.online.waiting import OnlineCounts
from app.models.dossiers.lifecycle import Deed
from app.models.unit.officer import Officer
from app.store.reading.lists import BoardCounts
from app.ui.deeds.deeds import KEYS
from app.ui.dossier.conflict_line import SEEN_KEY
from app.ui.lanes.jobs import Err, Jobs, Lane, Ok
from app.ui.lists.board_tiles import APART, KEPT_LATE
from app.ui.lists.moved_by_calendar import MovedByCalendar, count_moved
from app.ui.look.theme import Tone
from app.ui.online.offer import OnlineOffer
from app.ui.papers.offers import HandOverList, Offer
from app.ui.province.offer import ProvinceOffer
from app.ui.widgets.parts import row

NONE_APART = "Không có hồ sơ nào có việc trùng cần xem."
KEPT_LATE_KEY = "Ctrl+Shift+F"


class BoardOffers(QVBoxLayout):
    """A layout, so that it takes no room while nothing is offered."""

    only_wanted = Signal(str)
    """The filter by which the list is to be shown."""

    def __init__(self, desk: Desk, officer: Officer, jobs: Jobs) -> None:
        super().__init__()
        self._desk, self._officer, self._jobs = desk, officer, jobs
        self._known: MovedByCalendar | None = None
        self._is_counting = False
        self.apart = Offer("Xem", SEEN_KEY, "triangle-alert", "Xem hồ sơ có việc trùng", NONE_APART)
        self.online = OnlineOffer()
        self.moved = Offer("Xem", KEYS[Deed.REAPPOINT], "calendar", "Xem hồ sơ đổi ngày hẹn")
        self.handed_over = HandOverList(desk, jobs)
        self.kept_late = Offer("Xem", KEPT_LATE_KEY, "building-2", "Xem hồ sơ cơ quan khác giữ")
        self.province = ProvinceOffer()
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(0)
        for offer in (self.apart, self.online, self.moved, self.handed_over):
            self.addWidget(offer)
        self.addLayout(row(self.kept_late, self.province))  # short, and one line less for the list
        self.apart.wanted.connect(lambda: self.only_wanted.emit(APART))
        self.kept_late.wanted.connect(lambda: self.only_wanted.emit(KEPT_LATE))
        self.moved.wanted.connect(self._forget_moved)

    def show_counts(
        self, counts: BoardCounts, online: OnlineCounts, to_enter: int, only: str
    ) -> None:
        """Offer what there is; what the list is filtered by, `only`, is in sight already."""
        apart = 0 if only == APART else counts.conflicts
        self.apart.say(f"{apart} hồ sơ có việc trùng cần xem." if apart else "")
        late = 0 if only == KEPT_LATE else counts.away_late
        said = f"{late} hồ sơ cơ quan khác giữ quá hạn đã giao." if late else ""
        self.kept_late.say(said, Tone.LATE)
        self.online.show_counts(online)
        self.province.show_count(to_enter)

    def ask_for_moved(self) -> None:
        """Count what a new calendar gives another date, in a lane that nobody waits for."""
        if self._officer.may(Deed.REAPPOINT) and not self._is_counting:
            self._is_counting = True
            work = partial(count_moved, self._desk, self._jobs.at_desk, self._known)
            self._jobs.run(Lane.SCAN, work, self._say_moved)

    def _say_moved(self, result: Ok[MovedByCalendar] | Err) -> None:
        self._is_counting = False
        if isinstance(result, Ok):
            self._known = result.value
            count = result.value.count
            self.moved.say(f"{count} hồ sơ có ngày hẹn đổi theo lịch mới." if count else "")

    def _forget_moved(self) -> None:
        """Where they are looked at they may be given their new dates."""
        self._known = None
