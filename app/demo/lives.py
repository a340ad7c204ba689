"""What becomes of a dossier at the demonstration counter: one story each, told in steps."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from random import Random

from app.desk.deeds.details import Details
from app.desk.deeds.forwarding import Agency, limit_of
from app.models.deadlines.appointment import Limit, LimitUnit
from app.models.deadlines.calendar import Calendar, at_hour
from app.models.deadlines.deadline import DeadlinePolicy, appoint
from app.models.dossiers.lifecycle import Deed

DIRECTOR, DESK, JUSTICE = "phutrach", "ltnga", "ndtoan"
ECONOMY, POLICE, CLERK = "ptha", "dvthanh", "bthue"

# when papers are carried to whoever resolves them; the last time is before 15:00 (NĐ 61/2018 Đ.18)
_ROUNDS = (time(9), time(10, 30), time(14, 50))
_NEXT_MORNING = time(7, 45)
_MORNING, _AFTERNOON = time(10), time(15, 10)
_FETCHED = (time(8, 20), time(9, 40), time(14, 30), time(16, 5))

PLAIN = Details()


@dataclass(frozen=True)
class Step:
    """One deed to come, and who does it."""

    at: datetime
    deed: Deed
    officer: str
    details: Details = PLAIN


@dataclass(frozen=True)
class Life:
    """What a story knows of its dossier."""

    at: datetime
    limit: Limit
    specialist: str
    calendar: Calendar
    random: Random

    @property
    def due(self) -> datetime:
        return appoint(self.limit, self.at, self.calendar, DeadlinePolicy()).due

    @property
    def span(self) -> int:
        """Working days from the day of receipt to the day it is due."""
        return self.calendar.working_days_between(self.at.date(), self.due.date())

    def on(self, days: int, hour: time) -> datetime:
        """That hour, so many working days after the day of receipt."""
        day = self.at.date()
        for _ in range(days):
            day = self.calendar.next_working_day(day)
        return at_hour(day, hour)

    def carried(self) -> datetime:
        """When the papers go to whoever resolves them."""
        rounds = (self.on(0, hour) for hour in _ROUNDS)
        return next((at for at in rounds if at > self.at), self.on(1, _NEXT_MORNING))

    def again(self, at: datetime) -> "Life":
        """The same dossier, counted from `at` once more."""
        return replace(self, at=at)


Story = Callable[[Life], Iterator[Step]]


# --- what usually happens -----------------------------------------------------------------------


def same_day(life: Life) -> Iterator[Step]:
    """Carried, signed and stamped in one go, and given back while the citizen waits."""
    carried = life.carried()
    yield _hand_over(life)
    yield Step(carried + timedelta(minutes=25), Deed.RESOLVE, CLERK)
    yield Step(carried + timedelta(minutes=30), Deed.RETURN, DESK)


def usual(life: Life) -> Iterator[Step]:
    """Resolved on the day it is due or a little earlier, and fetched within days."""
    yield from _accepted(life)
    early = life.random.choice((0, 0, 1, 1, 2))
    yield from _finished(
        life, max(life.span - early, 1), fetched=life.random.choice((0, 0, 1, 1, 3))
    )


def slow(life: Life) -> Iterator[Step]:
    """Resolved days after it was due."""
    yield from _accepted(life)
    yield from _finished(life, life.span + life.random.choice((1, 1, 2, 4)), fetched=1)


def unfetched(life: Life) -> Iterator[Step]:
    """Done, and nobody has come for it."""
    yield from _accepted(life)
    yield from _finished(life, max(life.span - 1, 1), fetched=60)


def supplemented(life: Life) -> Iterator[Step]:
    """A paper was missing; its coming starts the count anew."""
    yield from asked(life)
    back = life.on(1 + life.random.choice((1, 2, 3, 5)), time(9, 45))
    yield Step(back, Deed.SUPPLEMENT_RECEIVED, DESK)
    again = life.again(back)
    yield from _finished(again, max(again.span - 1, 1), fetched=1)


# --- what happens now and then ------------------------------------------------------------------


def untouched(life: Life) -> Iterator[Step]:
    """Carried over, and not yet accepted."""
    yield _hand_over(life)


def stuck(life: Life) -> Iterator[Step]:
    """Accepted, and on the desk ever since."""
    yield from _accepted(life)


def hastened(life: Life) -> Iterator[Step]:
    """Accepted, and wanted early since."""
    yield from _accepted(life)
    why = Details(reason="Con nhập học đầu tuần, cần giấy nộp trường")
    yield Step(life.carried() + timedelta(minutes=45), Deed.HASTEN, DESK, why)


def prepared(life: Life) -> Iterator[Step]:
    """Worked out, and with the leader to be signed."""
    yield from _accepted(life)
    yield Step(life.on(1, _AFTERNOON), Deed.HAND_OVER, life.specialist, Details(to=DIRECTOR))


def signed(life: Life) -> Iterator[Step]:
    """Signed, and waiting for its stamp."""
    yield from _accepted(life)
    yield Step(life.on(1, _AFTERNOON), Deed.SIGN, DIRECTOR)


def asked(life: Life) -> Iterator[Step]:
    """A supplement was asked for, within the 3 working days."""
    yield from _accepted(life)
    why = "Tờ khai ghi thiếu ngày cấp giấy tờ"
    missing = ("Bản chụp giấy tờ tùy thân hai mặt", "Tờ khai ghi lại đủ các mục")
    yield Step(
        life.on(1, time(9, 15)),
        Deed.REQUEST_SUPPLEMENT,
        life.specialist,
        Details(why, items=missing),
    )


def unpaid(life: Life) -> Iterator[Step]:
    """The tax notice is out."""
    yield from _accepted(life)
    yield Step(
        life.on(3, time(9, 20)), Deed.REQUEST_PAYMENT, life.specialist, Details(amount=1_250_000)
    )


def paid(life: Life) -> Iterator[Step]:
    """The tax notice was paid, and the count went on."""
    yield from unpaid(life)
    yield Step(life.on(5, time(14, 20)), Deed.PAID, DESK, Details(method="transfer"))


def apologised(life: Life) -> Iterator[Step]:
    """Re-appointed once, a day before it was due (NĐ 61/2018 Đ.19.9)."""
    yield from _accepted(life)
    later = life.on(life.span + 4, time(16, 30))
    yield Step(
        life.on(max(life.span - 1, 1), time(10, 40)), Deed.APOLOGISE, life.specialist,
        Details("Chờ kết quả xác minh của cơ quan phối hợp", due=later),
    )  # fmt: skip


def refused(life: Life) -> Iterator[Step]:
    """Refused in writing; the slip waits at the counter."""
    yield from _accepted(life)
    why = "Không thuộc trường hợp được giải quyết theo quy định"
    yield Step(life.on(1, _AFTERNOON), Deed.REFUSE, life.specialist, Details(why))


def sent_back(life: Life) -> Iterator[Step]:
    """Sent back to the counter, where it lies."""
    yield _hand_over(life)
    why = "Thành phần hồ sơ chưa đóng dấu giáp lai"
    yield Step(
        life.carried() + timedelta(minutes=15), Deed.SEND_BACK, life.specialist, Details(why)
    )


def corrected(life: Life) -> Iterator[Step]:
    """The words of the request were put right after printing."""
    yield from _accepted(life)
    yield Step(
        life.on(1, time(8, 20)), Deed.CORRECT, DESK,
        Details("Ghi sai nội dung yêu cầu", request="Theo đúng tờ khai đã nộp"),
    )  # fmt: skip


def forwarded(life: Life) -> Iterator[Step]:
    """Passed on to another agency."""
    yield from _accepted(life)
    agency = Agency(
        "Chi nhánh Văn phòng Đăng ký đất đai", "trích lục bản đồ địa chính",
        limit_of("3", LimitUnit.WORKING_DAY),
    )  # fmt: skip
    when = life.on(3, _AFTERNOON)
    yield Step(when, Deed.FORWARD, life.specialist, Details(to=agency.name, agencies=(agency,)))


def withdrawn(life: Life) -> Iterator[Step]:
    yield from _accepted(life)
    yield Step(life.on(1, time(14, 10)), Deed.WITHDRAW, DESK, Details("Công dân xin rút"))


def stopped(life: Life) -> Iterator[Step]:
    yield from _accepted(life)
    why = "Công dân đề nghị dừng giải quyết"
    yield Step(life.on(2, time(14, 10)), Deed.STOP, life.specialist, Details(why))


def reopened(life: Life) -> Iterator[Step]:
    """Stopped, and opened again by the supervisor."""
    yield from stopped(life)
    why = "Công dân đề nghị giải quyết tiếp"
    yield Step(life.on(4, time(9, 10)), Deed.REOPEN, DIRECTOR, Details(why))


def voided(life: Life) -> Iterator[Step]:
    """Received twice by mistake; the number is out of use."""
    yield Step(life.at + timedelta(minutes=4), Deed.VOID, DESK, Details("Nhập trùng hồ sơ"))


# --- how it usually goes ------------------------------------------------------------------------


def _hand_over(life: Life) -> Step:
    return Step(life.carried(), Deed.HAND_OVER, DESK, Details(to=life.specialist))


def _accepted(life: Life) -> Iterator[Step]:
    yield _hand_over(life)
    yield Step(life.carried() + timedelta(minutes=10), Deed.ACCEPT, life.specialist)


def _finished(life: Life, days: int, fetched: int) -> Iterator[Step]:
    """Signed and stamped so many days on, and fetched so many days after."""
    ready = life.on(days, life.random.choice((_MORNING, _AFTERNOON)))
    yield Step(ready, Deed.SIGN, DIRECTOR)
    yield Step(ready + timedelta(minutes=15), Deed.RESOLVE, CLERK)
    back = life.again(ready).on(fetched, life.random.choice(_FETCHED))
    yield Step(max(back, ready + timedelta(minutes=20)), Deed.RETURN, CLERK)
