"""Works out when a dossier is due, and says why half-day by half-day."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Literal, NamedTuple

from app.models.deadlines.appointment import (
    Appointment,
    DayLine,
    Limit,
    LimitUnit,
    Range,
    Step,
    compact,
    days,
    lines,
)
from app.models.deadlines.calendar import DAY, Calendar, SpecialDay, at_hour, vietnam_time
from app.models.deadlines.lateness import (
    MINUTE,
    Lateness,
    apology_by,
    lateness,
    remaining,
    spoken_minutes,
)
from app.models.errors import BadInput

__all__ = [
    "Appointment",
    "DayLine",
    "DeadlinePolicy",
    "Lateness",
    "Limit",
    "LimitUnit",
    "Pause",
    "Range",
    "Step",
    "apology_by",
    "appoint",
    "compact",
    "days",
    "go_on",
    "in_time",
    "lateness",
    "lines",
    "minute_of",
    "remaining",
    "restart",
    "resume",
    "until",
]

LONGEST_LIMIT = 999
RECEIPT_DAY = "ngày nhận, không tính"
RESTART_DAY = "ngày nhận đủ bổ sung, không tính; thời hạn tính lại từ đầu"
REOPENING_DAY = "ngày mở lại hồ sơ, không tính; thời hạn tính lại từ đầu (quy định của đơn vị)"
MOVED_RECEIPT_DAY = "coi như ngày nhận, không tính"
NEXT_DAY = "ngày làm việc tiếp theo"
PAUSED = "tạm dừng chờ người dân, không tính (tính tiếp, không tính lại từ đầu)"
WAITED_FOR_PAYMENT = "tạm dừng chờ thực hiện nghĩa vụ tài chính, không tính (tính tiếp khi đã nộp)"
WAS_STOPPED = "đã dừng giải quyết, không tính (tính tiếp từ khi mở lại)"
RESUMED = " (tính tiếp sau tạm dừng)"
ROLLED = "hết hạn vào ngày nghỉ, chuyển sang ngày làm việc tiếp theo"
OUT_OF_HOURS = "nhận ngoài giờ làm việc, tính từ giờ mở cửa tiếp theo"
OWN_RULE = " (quy định của đơn vị)"
UNREAD = "(chưa đối chiếu nguyên văn)"


class Pause(NamedTuple):
    """When the clock stopped, when it ran again, and the words for it."""

    begin: dt.datetime
    end: dt.datetime
    rule: str = PAUSED


@dataclass(frozen=True, slots=True)
class DeadlinePolicy:
    """The unit's own settings; the defaults are the law's.

    `return_by` ends a limit in whole days. What comes after `cut_off` is handed over, and if
    due the same day returned, on the next working day (NĐ 61/2018/NĐ-CP Đ.18; Luật Hộ tịch 2014
    Đ.5.3). Only where `start_moves_after_cut_off`, or the limit's article is one of
    `articles_moving_the_start`, does day 0 of a limit in whole days move too.
    `supplement`: count again from the start (NĐ 61/2018/NĐ-CP Đ.19.4), or go on counting.
    `payment`: waiting for one stops the clock (national status 6), or doesn't. `reopen`: what was
    stopped (national status 8) goes on counting where it stood, or begins again.
    """

    return_by: dt.time = dt.time(16, 30)
    cut_off: dt.time = dt.time(15)
    start_moves_after_cut_off: bool = False
    supplement: Literal["restart", "pause"] = "restart"
    payment: Literal["pause", "run"] = "pause"
    reopen: Literal["pause", "restart"] = "pause"
    articles_moving_the_start: tuple[str, ...] = ("NĐ 63/2024",)


LAW = DeadlinePolicy()


def appoint(
    limit: Limit, received_at: dt.datetime, calendar: Calendar, policy: DeadlinePolicy
) -> Appointment:
    """When what is received at `received_at` is due.

    The day of receipt is day 0 at whatever hour, be it a day off; whole days end at the hour for
    returning results. BadInput for a limit below 1 or past counting.
    """
    return _Count(limit, vietnam_time(received_at), calendar, policy).appointment()


def restart(
    limit: Limit,
    at: dt.datetime,
    calendar: Calendar,
    policy: DeadlinePolicy,
    why: str = RESTART_DAY,
) -> Appointment:
    """When a dossier is due whose limit is counted again from the start; `why` names the day `at`."""
    return _Count(limit, vietnam_time(at), calendar, policy, receipt_day=why).appointment()


def go_on(
    limit: Limit,
    first: dt.datetime,
    paused: tuple[Pause, ...],
    resumed_at: dt.datetime,
    calendar: Calendar,
    policy: DeadlinePolicy,
) -> Appointment:
    """When a dossier is due whose clock stopped over `paused` and goes on from `resumed_at`.

    The count from `first` goes on: days wholly inside a pause drop out, a day the clock ran in
    counts; a limit in hours drops the very minutes. A same-day limit starts again.
    """
    if limit.unit is LimitUnit.SAME_DAY:
        return restart(limit, resumed_at, calendar, policy)
    spans = sorted(Pause(vietnam_time(p.begin), vietnam_time(p.end), p.rule) for p in paused)
    return _Count(limit, vietnam_time(first), calendar, policy, tuple(spans)).appointment()


def resume(
    limit: Limit,
    first: dt.datetime,
    paused: tuple[Pause, ...],
    resumed_at: dt.datetime,
    calendar: Calendar,
    policy: DeadlinePolicy,
) -> Appointment:
    """When a dossier is due once its supplement came at `resumed_at`.

    By law the count starts again (NĐ 61/2018/NĐ-CP Đ.19.4); under "pause" it goes on.
    """
    if policy.supplement == "restart":
        return restart(limit, resumed_at, calendar, policy)
    return go_on(limit, first, paused, resumed_at, calendar, policy)


def in_time(at: dt.datetime, calendar: Calendar, policy: DeadlinePolicy) -> bool:
    """Whether what comes at `at` is still that working day's, by the minute."""
    day = at.date()
    return calendar.is_working_day(day) and minute_of(at) <= until(day, policy.cut_off, calendar)


def until(day: dt.date, hour: dt.time, calendar: Calendar) -> dt.datetime:
    """That hour of that day, or its closing if that comes first."""
    return min(at_hour(day, hour), calendar.half_days(day)[-1][1])


def minute_of(at: dt.datetime) -> dt.datetime:
    """As papers say it, without its seconds."""
    return at.replace(second=0, microsecond=0)


class _Day(NamedTuple):
    """One day of a count, not yet cut into half-days."""

    date: dt.date
    counted: bool
    rule: str
    article: str


@dataclass(frozen=True, slots=True)
class _Count:
    """One count of one limit, from `at` on Vietnam's clocks."""

    limit: Limit
    at: dt.datetime
    calendar: Calendar
    policy: DeadlinePolicy
    paused: tuple[Pause, ...] = ()
    receipt_day: str = RECEIPT_DAY

    def appointment(self) -> Appointment:
        if not 1 <= self.limit.value <= LONGEST_LIMIT:
            raise BadInput(
                f"Thời hạn giải quyết phải là số nguyên từ 1 đến {LONGEST_LIMIT}. Hãy nhập lại.",
                "limit",
            )
        if self.limit.unit is LimitUnit.WORKING_HOUR:
            steps = tuple(self._hours())
            due = steps[-1].end
        else:
            same_day = self.limit.unit is LimitUnit.SAME_DAY
            counted = self._same_day() if same_day else self._whole_days()
            due = self._return_on(counted[-1].date)
            steps = tuple(self._half_days(counted, due))
        return Appointment(due, self.limit, self.at, steps, tuple(self._warnings(due)))

    def _same_day(self) -> list[_Day]:
        today, article = self.at.date(), self.limit.article
        if in_time(self.at, self.calendar, self.policy) and self.at < self._return_on(today):
            rule = f"nhận không quá {self._cut_off()}, trả trong ngày"
            return [_Day(today, True, rule + self._own_return(), article)]
        due_on = self.calendar.next_working_day(today)
        return [
            _Day(today, False, f"{self._why_not_today()}, trả trong {NEXT_DAY}", article),
            *self._days_off_between(today, due_on),
            _Day(due_on, True, NEXT_DAY + self._own_return(), article),
        ]

    def _whole_days(self) -> list[_Day]:
        counted = self._up_to_day_zero()
        bare = self.limit.unit is LimitUnit.CALENDAR_DAY
        noun = "ngày" if bare else "ngày làm việc"
        day, nth = counted[-1].date, 0
        while nth < self.limit.value:
            day += DAY
            if not bare and not self.calendar.is_working_day(day):
                counted.append(self._day_off(day))
            elif pause := self._waited_out(day):
                counted.append(_Day(day, False, pause.rule, ""))
            else:
                nth += 1
                counted.append(self._counted(day, f"{noun} thứ {nth}"))
        if not self.calendar.is_working_day(day):
            due_on = self.calendar.next_working_day(day)
            counted += self._days_off_between(day, due_on)
            counted.append(_Day(due_on, False, ROLLED, f"BLDS 2015 Đ.148 {UNREAD}"))
        last = counted.pop()
        return [*counted, last._replace(rule=last.rule + self._own_return())]

    def _up_to_day_zero(self) -> list[_Day]:
        """The day of receipt, and the days after it where the start moves."""
        today = self.at.date()
        movers = self.policy.articles_moving_the_start
        by_article = any(article in self.limit.article for article in movers)
        moves = by_article or self.policy.start_moves_after_cut_off
        if not moves or in_time(self.at, self.calendar, self.policy):
            return [_Day(today, False, self.receipt_day, f"BLDS 2015 Đ.147 {UNREAD}")]
        article, own = (self.limit.article, "") if by_article else ("", OWN_RULE)
        zero = self.calendar.next_working_day(today)
        return [
            _Day(today, False, f"{self._why_not_today()}, tính từ {NEXT_DAY}{own}", article),
            *self._days_off_between(today, zero),
            _Day(zero, False, MOVED_RECEIPT_DAY, article),
        ]

    def _counted(self, day: dt.date, rule: str) -> _Day:
        special = self.calendar.confirmed(day)
        if special is not None and self.calendar.is_working_day(day):
            return _Day(day, True, f"{rule} ({special.name})", special.source)
        resumed = any(pause.end.date() == day for pause in self.paused)
        return _Day(day, True, rule + RESUMED * resumed, self.limit.article)

    def _waited_out(self, day: dt.date) -> Pause | None:
        """The pause that covers `day` from opening to the hour results are returned."""
        opening, closing = self.calendar.half_days(day)[0][0], self._return_on(day)
        covering = (p for p in self.paused if p.begin <= opening and closing <= p.end)
        return next(covering, None)

    def _day_off(self, day: dt.date) -> _Day:
        return _Day(day, False, self.calendar.why_off(day), self.calendar.source_on(day))

    def _days_off_between(self, after: dt.date, before: dt.date) -> list[_Day]:
        return [self._day_off(after + n * DAY) for n in range(1, (before - after).days)]

    def _return_on(self, day: dt.date) -> dt.datetime:
        return until(day, self.policy.return_by, self.calendar)

    def _half_days(self, counted: list[_Day], due: dt.datetime) -> Iterator[Step]:
        for day, counts, rule, article in counted:
            halves = self.calendar.half_days(day)
            if day == due.date():
                # A day that counts keeps a step even when results are returned before opening.
                before = tuple((begin, min(end, due)) for begin, end in halves if begin < due)
                halves = before or ((due, due),)
            for begin, end in halves:
                yield Step(begin, end, counts, rule, article)

    def _why_not_today(self) -> str:
        if not self.calendar.is_working_day(self.at.date()):
            return "nhận vào ngày nghỉ"
        if minute_of(self.at).time() <= self.policy.cut_off:
            return "nhận sau giờ trả kết quả"
        return f"nhận sau {self._cut_off()}"

    def _cut_off(self) -> str:
        hour = self.policy.cut_off
        return _spoken_hour(hour) + OWN_RULE * (hour != LAW.cut_off)

    def _own_return(self) -> str:
        hour = self.policy.return_by
        return "" if hour == LAW.return_by else f", trả lúc {_spoken_hour(hour)}{OWN_RULE}"

    def _hours(self) -> Iterator[Step]:
        left = dt.timedelta(hours=self.limit.value)
        starts = self._clock_starts()
        if starts > self.at:
            yield Step(self.at, starts, False, OUT_OF_HOURS)
        for piece in self._pieces_from(starts):
            if not piece.counted:
                yield piece
                continue
            took = min(piece.end - piece.start, left)
            rule = f"tính {spoken_minutes(took // MINUTE)}"
            yield replace(piece, end=piece.start + took, rule=rule)
            left -= took
            if not left:
                return

    def _clock_starts(self) -> dt.datetime:
        """At once, with the day's next session, or at midnight if this day has none left."""
        today = self.at.date()
        if self.calendar.is_working_day(today):
            for begin, end in self.calendar.half_days(today):
                if self.at < end:
                    return max(self.at, begin)
        return at_hour(today + DAY, dt.time())

    def _pieces_from(self, starts: dt.datetime) -> Iterator[Step]:
        """Half-days without end, cut where the clock stops."""
        day = starts.date()
        while True:
            for begin, end in self.calendar.half_days(day):
                if self.calendar.is_working_day(day):
                    yield from self._pieces(max(begin, starts), end)
                else:
                    yield Step(begin, end, *self._day_off(day)[1:])
            day += DAY

    def _pieces(self, start: dt.datetime, end: dt.datetime) -> Iterator[Step]:
        for stopped, again, why in self.paused:
            begin, stop = max(stopped, start), min(again, end)
            if begin < stop:
                if start < begin:
                    yield Step(start, begin, True, "", self.limit.article)
                yield Step(begin, stop, False, why)
                start = stop
        if start < end:
            yield Step(start, end, True, "", self.limit.article)

    def _warnings(self, due: dt.datetime) -> Iterator[str]:
        last, horizon = due.date(), self.calendar.horizon
        if waiting := self.calendar.unconfirmed_between(self.at.date(), last):
            yield (
                f"Lịch nghỉ chưa được xác nhận: {_named(waiting)}. Những ngày này đang được tính "
                "như ngày thường; khi có quyết định, ngày hẹn có thể thay đổi."
            )
        if last > horizon:
            yield (
                f"Lịch nghỉ mới có đến hết ngày {_spoken_date(horizon)}; sau đó chỉ trừ ngày nghỉ "
                "hằng tuần. Khi có lịch mới, ngày hẹn có thể thay đổi."
            )
        if self.at.date() < self.calendar.beginning:
            yield (
                f"Lịch nghỉ chỉ có từ ngày {_spoken_date(self.calendar.beginning)}; trước đó chỉ trừ "
                "ngày nghỉ hằng tuần. Hãy nhập lịch nghỉ của năm ấy rồi tính lại."
            )
        if self.paused and due <= self.paused[-1].end:
            yield "Thời hạn đã hết trước khi được tính tiếp; cần xin lỗi và hẹn lại."


def _named(special: tuple[SpecialDay, ...]) -> str:
    """As in "Nghỉ bù Tết Đinh Mùi (10/2/2027–11/2/2027)"."""
    groups = [(name, list(group)) for name, group in groupby(special, key=lambda day: day.name)]
    return "; ".join(
        f"{name} ({'–'.join(_spoken_date(day) for day in dict.fromkeys((run[0].date, run[-1].date)))})"
        for name, run in groups
    )


def _spoken_date(day: dt.date) -> str:
    return f"{day.day}/{day.month}/{day.year}"


def _spoken_hour(hour: dt.time) -> str:
    return f"{hour.hour} giờ {hour.minute:02}" if hour.minute else f"{hour.hour} giờ"
