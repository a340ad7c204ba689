"""When a paper must be with whoever resolves it (NĐ 61/2018/NĐ-CP Đ.18.2–3)."""

import datetime as dt

from app.models.deadlines.calendar import Calendar, at_hour, vietnam_time
from app.models.deadlines.deadline import DeadlinePolicy, in_time, minute_of, until
from app.models.deadlines.lateness import MINUTE


def hand_over_by(
    received_at: dt.datetime, calendar: Calendar, policy: DeadlinePolicy
) -> dt.datetime:
    """Received by the cut-off: by then, the same working day; else as the next one opens."""
    at = vietnam_time(received_at)
    if in_time(at, calendar, policy):
        return max(until(at.date(), policy.cut_off, calendar), minute_of(at) + MINUTE)
    return calendar.half_days(calendar.next_working_day(at.date()))[0][0]


def owed_before(now: dt.datetime, calendar: Calendar, policy: DeadlinePolicy) -> dt.datetime:
    """What was received before this instant should be with whoever resolves it by now; what was
    received later still has time."""
    at = vietnam_time(now)
    today = at.date()
    if calendar.is_working_day(today):
        last = until(today, policy.cut_off, calendar)
        if at >= last:  # what came in that very minute has another
            return last + MINUTE if at >= last + MINUTE else last
        if at >= calendar.half_days(today)[0][0]:
            return at_hour(today, dt.time())
    return until(calendar.working_day_before(today), policy.cut_off, calendar) + MINUTE
