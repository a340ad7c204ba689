"""The end of the day: what the server signed for and what would outlive the PC, said once."""

from datetime import date, datetime

import pytest
from PySide6.QtWidgets import QApplication

from app.clock import VIETNAM
from app.sync.safety import Safety
from app.sync.second_copy import State
from app.sync.standing import Standing
from app.ui.look.theme import Tone
from app.ui.safety.day_end import DayEnd, in_one, points
from tests.ui.exchange.test_exchanges import Counter

TODAY = date(2026, 11, 24)
NOON = datetime(2026, 11, 24, 12, 0, tzinfo=VIETNAM)
SENT = Standing("https://x", 0, None, NOON)
COPIED, NONE = State(True, "Đã có bản thứ hai."), State(False, "")
PULLED = State(False, "Chưa có bản thứ hai. Không thấy ổ.")


def safety(backed_up: datetime | None) -> Safety:
    return Safety("", False, backed_up, None, stays_here=False)


@pytest.mark.parametrize(
    ("standing", "words", "tone"),
    [
        (SENT, "Máy chủ đã xác nhận đủ lúc 12:00 24/11", Tone.DONE),
        (Standing("https://x", 3, NOON, None), "Chưa gửi 3 việc, từ 12:00 24/11", Tone.TODAY),
        (Standing("https://x", 3, NOON, None, at_hub=3), "3 việc ở trạm trung chuyển, chờ máy chủ", Tone.QUIET),
        (Standing("https://x", 3, NOON, NOON, lost=("a", "b")), "Máy chủ làm mất 2 số đã xác nhận", Tone.LATE),
        (Standing("", 3, NOON, None), "Chưa nối cấp trên, hồ sơ chỉ ở máy này", Tone.QUIET),
    ],
)  # fmt: skip
def test_sent_is_only_what_the_server_signed_for(
    standing: Standing, words: str, tone: Tone
) -> None:
    assert points(standing, NONE, None, TODAY)[0][:2] == (words, tone)


@pytest.mark.parametrize(
    ("copy", "days", "words", "tone"),
    [
        (NONE, 0, "Đã sao lưu hôm nay, 12:00", Tone.DONE),
        (NONE, 3, "Sao lưu lần cuối 3 ngày trước", Tone.QUIET),
        (NONE, 8, "Sao lưu lần cuối 8 ngày trước", Tone.TODAY),
        (COPIED, 8, "Sao lưu lần cuối 8 ngày trước", Tone.QUIET),
        (PULLED, 8, "Sao lưu lần cuối 8 ngày trước", Tone.TODAY),
        (NONE, None, "Chưa sao lưu lần nào", Tone.TODAY),
    ],
)
def test_an_old_backup_is_a_worry_where_no_second_copy_is(
    copy: State, days: int | None, words: str, tone: Tone
) -> None:
    at = None if days is None else NOON.replace(day=NOON.day - days)
    assert points(SENT, copy, safety(at), TODAY)[2][:2] == (words, tone)


def test_all_of_it_is_one_sentence_in_the_colour_of_the_worst() -> None:
    well = in_one(points(SENT, COPIED, safety(NOON), TODAY))
    assert well.tone is Tone.DONE
    assert well.words == (
        "Hết ngày: máy chủ đã xác nhận đủ lúc 12:00 24/11; đã có bản thứ hai đến việc cuối; "
        "đã sao lưu hôm nay, 12:00."
    )
    assert in_one(points(SENT, PULLED, safety(NOON), TODAY)).tone is Tone.TODAY
    lost = Standing("https://x", 1, NOON, NOON, lost=("a",))
    assert in_one(points(lost, PULLED, safety(NOON), TODAY)).tone is Tone.LATE


class Evening:
    """A counter whose day ends, and what was told."""

    def __init__(self) -> None:
        self.counter, self.told = Counter(), list[str]()
        exchanges = self.counter.exchanges
        DayEnd(
            exchanges,
            lambda: points(exchanges.standing or SENT, NONE, None, TODAY),
            lambda words, *_: self.told.append(words),
        )

    def falls(self) -> None:
        self.counter.is_over = True
        self.counter.look()
        self.counter.passes(0)


@pytest.fixture
def evening(qapp: QApplication) -> Evening:
    return Evening()


def test_it_is_said_once_after_the_last_exchange_was_tried(evening: Evening) -> None:
    evening.counter.begin()
    evening.counter.keys()
    assert evening.told == []
    evening.falls()
    assert evening.told == ["Hết ngày: máy chủ đã xác nhận đủ; không giữ bản thứ hai."]
    for _ in range(3):
        evening.counter.look()
    assert len(evening.told) == 1


def test_without_a_line_it_says_what_is_unsent(evening: Evening) -> None:
    evening.counter.begin()
    evening.counter.line = False
    evening.counter.keys(3)
    evening.falls()
    (words,) = evening.told
    assert words.startswith("Hết ngày: chưa gửi 3 việc")


def test_a_counter_that_is_enrolled_nowhere_is_told_too(evening: Evening) -> None:
    evening.counter.url = ""
    evening.counter.begin()
    evening.falls()
    assert len(evening.told) == 1


def test_a_window_opened_in_the_evening_says_nothing_until_another_day_ends(
    evening: Evening,
) -> None:
    evening.counter.is_over = True
    evening.counter.begin()
    evening.counter.look()
    assert evening.told == []
    evening.counter.is_over = False
    evening.counter.look()
    evening.falls()
    assert len(evening.told) == 1
