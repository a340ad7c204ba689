"""A span of days to be typed, or widened to the year; what is wrong with a day is said beside it."""

from collections.abc import Callable
from datetime import date, datetime

from PySide6.QtCore import QObject, Qt, Signal

from app.models.errors import BadInput
from app.ui.widgets.buttons import QuietButton
from app.ui.widgets.fields import DayLine, Field, written_day

DAY_WIDTH = 160


class DaySpan(QObject):
    """Its two `fields` and the buttons `see` and `year`, for a page to lay out."""

    wanted = Signal()
    """What lies in the span is to be shown: Enter, F9, or other days were taken."""

    def __init__(
        self, clock: Callable[[], datetime], since: date, label: str, page: QObject
    ) -> None:
        super().__init__(page)
        self._clock = clock
        self.since, self.until = DayLine(), DayLine()
        self.fields = {"since": Field(label, self.since), "until": Field("đến ngày", self.until)}
        self.see, self.year = QuietButton("Xem", "F9"), QuietButton("Cả năm", "Alt+M")
        self._write(since, clock().date())
        for field in self.fields.values():
            field.setFixedWidth(DAY_WIDTH)
        for line in (self.since, self.until):
            line.returnPressed.connect(self.wanted)
        self.see.clicked.connect(self.wanted)
        self.year.clicked.connect(self._take_year)

    def days(self) -> tuple[date, date] | None:
        """The first and last day typed; None when one is none, which is said beside it."""
        days: list[date] = []
        for name, line in (("since", self.since), ("until", self.until)):
            try:
                days.append(line.day() or self._clock().date())
            except BadInput as wrong:
                self.fields[name].set_error(str(wrong))
        return (days[0], days[1]) if len(days) == len(self.fields) else None

    def take(self, since: date, until: date) -> None:
        """These days."""
        self._write(since, until)
        self.wanted.emit()

    def go_to_start(self) -> None:
        """Where the next thing is typed."""
        self.since.setFocus(Qt.FocusReason.OtherFocusReason)
        self.since.selectAll()

    def _write(self, since: date, until: date) -> None:
        self.since.setText(written_day(since))
        self.until.setText(written_day(until))

    def _take_year(self) -> None:
        """The whole year of the last day."""
        if days := self.days():
            year = days[1].year
            self.take(date(year, 1, 1), date(year, 12, 31))
