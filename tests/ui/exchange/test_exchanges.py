"""Exchanging by itself: told by a clock that the test holds."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

import pytest
from PySide6.QtNetwork import QNetworkInformation
from PySide6.QtWidgets import QApplication

from app.clock import VIETNAM
from app.models.errors import OtherSideFailed
from app.models.exchange.talk import Heard
from app.sync.pace import APART, EVERY, LONGEST_RETRY
from app.sync.standing import Standing
from app.ui.exchange.exchanges import FIRST, SILENCE, Exchanges
from app.ui.lanes.jobs import Jobs
from app.ui.look.theme import Tone
from app.ui.safety.day_end import Point
from app.ui.safety.parting import OnceADay, Parting
from tests.ui.commune import InlineLanes
from tests.ui.manual_lanes import ManualLanes

TUESDAY = datetime(2026, 11, 24, 9, 5, tzinfo=VIETNAM)
Reach = QNetworkInformation.Reachability


class Sent(NamedTuple):
    sent: int = 0
    received: int = 0
    pending: int = 0
    at_hub: int = 0
    forks: int = 0
    silent: bool = False
    trouble: str = ""


class Counter:
    """A counter with its exchanges, and the line to a server that may be cut."""

    def __init__(self) -> None:
        self.lanes = ManualLanes()
        self.now, self.line, self.tries = 1000.0, True, 0
        self.url, self.waiting, self.written, self.is_over = "https://x", 0, 0, False
        self.hub_news: list[bool] = []
        self.answer, self.near = Sent(), list[bool]()
        self.exchanges = Exchanges(self, Jobs(self.lanes), lambda: self.now, lambda: 0.0)

    def standing(self) -> Standing:
        return Standing(self.url, self.waiting, TUESDAY, None, 0, self.written, self.is_over)

    def send(self, heard: Heard, *, near: bool) -> Sent:
        self.tries += 1
        self.near.append(near)
        if not self.line:
            raise OtherSideFailed("Không nối được với máy chủ.")
        self.waiting = 0
        return self.answer

    def news_of_server(self) -> Iterator[bool]:
        raise OtherSideFailed("Không nối được với máy chủ.")

    def news_of_hub(self) -> Iterator[bool]:
        while self.hub_news:
            yield self.hub_news.pop(0)
        raise OtherSideFailed("Không thấy trạm nào.")

    def join(self, url: str, code: str) -> str:
        raise NotImplementedError

    def begin(self) -> None:
        self.look()
        self.exchanges.begin()
        self.passes(FIRST)

    def look(self) -> None:
        self.exchanges.look()
        self.lanes.drain()

    def passes(self, seconds: float) -> None:
        self.now += seconds
        self.exchanges.look_at_the_clock()
        self.lanes.drain()

    def hears(self) -> None:
        """The ears' clock strikes, late enough for any."""
        self.now += EVERY / 2 - APART - 1
        for ear in self.exchanges._ears:
            ear.listen()
        self.lanes.drain()
        self.passes(0)

    def keys(self, events: int = 1) -> None:
        self.waiting += events
        self.written += events
        self.look()


@pytest.fixture
def counter(qapp: QApplication) -> Counter:
    return Counter()


def test_it_exchanges_soon_after_the_window_opens_then_on_the_timer(counter: Counter) -> None:
    counter.begin()
    assert counter.tries == 1
    counter.passes(EVERY / 2 - 1)
    assert counter.tries == 1
    counter.passes(1)
    assert counter.tries == 2


def test_new_events_go_at_once_those_close_upon_another_together(counter: Counter) -> None:
    counter.begin()
    counter.keys()
    counter.keys()
    counter.passes(APART)
    assert (counter.tries, counter.waiting) == (2, 0)
    counter.passes(APART)
    assert counter.tries == 2


def test_what_is_written_while_one_goes_on_is_sent_by_another(counter: Counter) -> None:
    counter.begin()
    counter.exchanges.go()
    counter.written += 1
    counter.exchanges.look()
    (line, send), (desk, look) = counter.lanes.waiting
    counter.lanes.waiting = [(desk, look), (line, send)]
    counter.lanes.drain()
    counter.passes(APART)
    assert counter.tries == 3


def test_without_a_line_it_tries_later_and_later_and_never_gives_up(counter: Counter) -> None:
    counter.line = False
    counter.begin()
    counter.passes(LONGEST_RETRY)
    for _ in range(50):
        counter.keys()
        before = counter.tries
        counter.passes(1)
        assert counter.tries - before <= 1
        counter.passes(LONGEST_RETRY)
    assert counter.tries >= 52
    assert counter.waiting == 50


def test_the_network_is_listened_to_once_there_is_a_server(
    counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []
    monkeypatch.setattr(QNetworkInformation, "loadBackendByFeatures", asked.append)
    counter.url = ""
    counter.begin()
    assert asked == []
    counter.url = "https://x"
    counter.look()
    assert asked == [QNetworkInformation.Feature.Reachability]


def test_a_network_that_comes_up_is_tried_at_once_one_that_goes_is_not(counter: Counter) -> None:
    counter.line = False
    counter.begin()
    counter.exchanges.network_changed(Reach.Disconnected)
    counter.passes(0)
    assert counter.tries == 1
    counter.exchanges.network_changed(Reach.Online)
    counter.passes(0)
    assert counter.tries == 2


def test_the_end_of_the_day_is_a_reason_to_try(counter: Counter) -> None:
    counter.begin()
    counter.is_over = True
    counter.look()
    counter.passes(0)
    assert counter.tries == 2


def test_a_counter_that_is_not_enrolled_does_nothing(counter: Counter) -> None:
    counter.url = ""
    counter.begin()
    counter.keys()
    counter.passes(10 * EVERY)
    assert counter.tries == 0


def test_until_told_to_begin_nothing_goes_by_itself(counter: Counter) -> None:
    counter.look()
    counter.keys()
    counter.passes(10 * EVERY)
    assert counter.tries == 0


def test_what_a_hub_tells_of_is_fetched_at_once_and_nothing_for_what_is_known(
    counter: Counter,
) -> None:
    counter.hub_news = [False]
    counter.begin()
    counter.passes(APART)
    assert counter.tries == 1
    counter.hub_news = [True]
    counter.hears()
    assert counter.tries == 2


def test_who_speaks_is_tried_at_once_however_often_exchanges_failed(counter: Counter) -> None:
    counter.line = False
    counter.begin()
    for _ in range(9):
        counter.passes(LONGEST_RETRY)
    counter.hears()
    assert counter.tries == 10
    counter.hub_news = [True]
    counter.hears()
    assert counter.tries == 11


def test_a_server_that_says_nothing_is_left_alone_while_a_hub_answers(counter: Counter) -> None:
    counter.answer = Sent(silent=True)
    counter.begin()
    for _ in range(2):
        counter.keys()
        counter.passes(APART)
    assert counter.near == [False, True, True]
    counter.passes(SILENCE)
    counter.keys()
    counter.passes(APART)
    assert counter.near[-1] is False


def test_who_asks_for_an_exchange_asks_the_server_too(counter: Counter) -> None:
    counter.answer = Sent(silent=True)
    counter.begin()
    counter.exchanges.go()
    counter.lanes.drain()
    assert counter.near == [False, False]


# --- closing ------------------------------------------------------------------------------------


class Saying:
    """What outlives the PC, with a last word."""

    def __init__(self, word: Point, *, is_writing: bool = False) -> None:
        self.word, self.is_writing, self.stopped = word, is_writing, 0

    def last_word(self) -> Point:
        return self.word

    def stop(self) -> None:
        self.stopped += self.is_writing


class Closing:
    """A window that is asked to close."""

    def __init__(self, counter: Counter, last_word: Point | None = None) -> None:
        self.said: list[tuple[str, Tone]] = []
        self.closed = 0
        self.safe = Saying(last_word) if last_word else None
        self.parting = Parting(counter.exchanges, self._tell, self._close, lambda: self.safe)

    def _tell(self, sentence: str, tone: Tone, _: str) -> None:
        self.said.append((sentence, tone))

    def _close(self) -> None:
        self.closed += 1


def test_a_window_with_nothing_unsent_closes_at_once(counter: Counter) -> None:
    counter.begin()
    assert Closing(counter).parting.may_close()


def test_a_copy_being_written_holds_the_window_and_a_second_asking_stops_it(
    counter: Counter,
) -> None:
    counter.begin()
    closing = Closing(counter)
    closing.safe = Saying(Point("", Tone.DONE, ""), is_writing=True)
    assert not closing.parting.may_close()
    assert (closing.said[-1][1], closing.safe.stopped) == (Tone.TODAY, 0)
    assert closing.parting.may_close()
    assert closing.safe.stopped == 1


def test_what_waits_is_sent_before_the_window_closes(counter: Counter) -> None:
    counter.begin()
    counter.keys(3)
    closing = Closing(counter)
    assert not closing.parting.may_close()
    counter.lanes.drain()
    assert (counter.waiting, closing.closed, len(closing.said)) == (0, 1, 1)


def test_it_closes_on_the_word_that_everything_is_signed_for(counter: Counter) -> None:
    counter.begin()
    counter.keys(3)
    closing = Closing(counter, Point("Trước khi đóng: đủ cả.", Tone.DONE, "circle-check"))
    assert not closing.parting.may_close()
    counter.lanes.drain()
    assert (closing.said[-1], closing.closed) == (("Trước khi đóng: đủ cả.", Tone.DONE), 0)
    closing.parting._reading.timeout.emit()
    assert closing.closed == 1


def test_without_a_line_it_says_what_is_unsent_and_closes(counter: Counter) -> None:
    counter.begin()
    counter.line = False
    counter.keys(3)
    closing = Closing(counter)
    assert not closing.parting.may_close()
    counter.lanes.drain()
    said = "Còn 3 việc chưa gửi; còn đủ ở máy này và sẽ tự gửi khi mở lại."
    assert closing.said[-1] == (said, Tone.TODAY)
    closing.parting._reading.timeout.emit()
    assert closing.closed == 1


def test_a_line_that_says_nothing_holds_the_window_for_a_moment_only(counter: Counter) -> None:
    counter.begin()
    counter.keys(3)
    closing = Closing(counter)
    assert not closing.parting.may_close()
    assert closing.parting._patience.isActive()
    closing.parting._patience.timeout.emit()  # nothing has come back
    assert closing.said[-1][1] is Tone.TODAY
    assert closing.parting._reading.isActive()
    assert closing.parting.may_close()  # asked again: at once


# --- what would not outlive the PC ----------------------------------------------------------------

WORRY = Point("Trước khi đóng: chưa sao lưu lần nào.", Tone.TODAY, "triangle-alert")


class Asking(Closing):
    """The same, where a worry can be asked about, on a day that passes."""

    def __init__(self, counter: Counter) -> None:
        super().__init__(counter, WORRY)
        self.asked: list[str] = []
        self.answer: Callable[[], object] = int
        self.day = TUESDAY
        self.kept: dict[str, str] = {}
        once = OnceADay(self, Jobs(InlineLanes()), lambda: self.day)
        self.parting = Parting(
            counter.exchanges, self._tell, self._close, lambda: self.safe, self._ask, once
        )

    def get(self, name: str) -> str:
        return self.kept.get(name, "")

    def put(self, name: str, value: str) -> None:
        self.kept[name] = value

    def _ask(self, sentence: str, _tone: Tone, _icon: str, then: Callable[[], object]) -> None:
        self.asked.append(sentence)
        self.answer = then


@pytest.mark.parametrize("unsent", [0, 3])
def test_a_worry_waits_for_an_answer_however_long(counter: Counter, unsent: int) -> None:
    counter.begin()
    counter.keys(unsent)
    closing = Asking(counter)
    assert not closing.parting.may_close()
    counter.lanes.drain()
    assert "chưa sao lưu lần nào" in closing.asked[0]
    assert not closing.parting._reading.isActive()
    counter.look()  # and whatever the exchange goes on to say
    assert closing.closed == 0
    closing.answer()
    assert closing.closed == 1
    assert closing.parting.may_close()


def test_who_stays_is_not_asked_again_before_tomorrow(counter: Counter) -> None:
    counter.begin()
    closing = Asking(counter)
    assert not closing.parting.may_close()
    assert closing.parting.may_close()
    closing.day += timedelta(days=1)
    assert not closing.parting.may_close()
    assert closing.kept == {"warned_on": "2026-11-25"}


@pytest.mark.parametrize("leave", [Parting.end_session, Parting.come_back])
def test_the_end_of_the_session_is_never_held_up(
    counter: Counter, leave: Callable[[Parting], None]
) -> None:
    counter.begin()
    closing = Asking(counter)
    leave(closing.parting)
    assert closing.parting.may_close()
    assert closing.asked == []
