"""How the card tells of scans going up; and that events go between two of their parts."""

from collections.abc import Callable, Iterator

import pytest

from app.models.errors import OtherSideFailed
from app.models.exchange.file_talk import Going
from app.ui.exchange.scans_card import SAFE, ScansCard
from app.ui.lanes.jobs import Err, Jobs, Lane, Ok
from app.ui.lanes.stepping import Stepping
from tests.ui.commune import InlineLanes, hit

Show = Callable[..., None]


class Queued(InlineLanes):
    """What is for the line waits until the test lets it through, one at a time."""

    def __init__(self) -> None:
        self.line: list[Callable[[], None]] = []

    def submit(self, lane: Lane, work: Callable[[], None]) -> None:
        if lane is Lane.LINE:
            self.line.append(work)
        else:
            work()

    def one(self) -> None:
        self.line.pop(0)()


@pytest.fixture
def lanes() -> Queued:
    return Queued()


@pytest.fixture
def carrying(lanes: Queued) -> Stepping[Going]:
    return Stepping[Going](Jobs(lanes))


def two_parts() -> Iterator[Going]:
    yield Going(0, 100, 0)
    yield Going(60, 100, 0)
    yield Going(100, 100, 1)


def test_between_two_parts_an_exchange_has_its_turn(
    lanes: Queued, carrying: Stepping[Going]
) -> None:
    order: list[str] = []
    carrying.moved.connect(lambda going: order.append(f"part {going.done}"))
    carrying.go(two_parts)
    lanes.one()
    lanes.submit(Lane.LINE, lambda: order.append("exchange"))
    lanes.line.reverse()  # it was asked for while a part was on its way
    lanes.one()
    lanes.one()
    assert order == ["part 0", "exchange", "part 60"]


def test_what_is_stopped_in_the_middle_takes_no_further_step(
    lanes: Queued, carrying: Stepping[Going]
) -> None:
    ended: list[object] = []
    carrying.ended.connect(ended.append)
    carrying.go(two_parts)
    lanes.one()
    carrying.stop()
    lanes.one()
    assert (lanes.line, ended, carrying.under_way) == ([], [], False)
    carrying.go(two_parts)
    for _ in range(4):
        lanes.one()
    assert [type(end) for end in ended] == [Ok]


def test_the_card_says_what_only_this_computer_has_and_how_far_it_is(
    lanes: Queued, carrying: Stepping[Going], show: Show
) -> None:
    left = [2]
    card = ScansCard(lambda: left[0], carrying, Jobs(lanes))
    show(card, 420, 300)
    assert card._state._words.text() == "2 tệp chỉ có ở máy này"
    carrying.go(two_parts)
    lanes.one()
    lanes.one()
    assert (card._far.value(), card._far.maximum()) == (60, 100)
    left[0] = 0
    lanes.one()
    lanes.one()
    assert card._state._words.text() == SAFE
    assert not card._far.isVisible()


def test_a_go_can_be_stopped_by_a_key(lanes: Queued, carrying: Stepping[Going], show: Show) -> None:
    card = ScansCard(lambda: 1, carrying, Jobs(lanes))
    show(card, 420, 300)
    carrying.go(two_parts)
    lanes.one()
    hit(card, "Alt+D")
    assert not carrying.under_way
    assert not card._far.isVisible()


def test_a_go_that_failed_is_said_and_what_is_left_stays_counted(
    lanes: Queued, carrying: Stepping[Going], show: Show
) -> None:
    def cut() -> Iterator[Going]:
        yield Going(0, 100, 0)
        raise OtherSideFailed("Không nối được với máy chủ.")

    card = ScansCard(lambda: 1, carrying, Jobs(lanes))
    show(card, 420, 300)
    heard: list[object] = []
    carrying.ended.connect(heard.append)
    carrying.go(cut)
    lanes.one()
    lanes.one()
    assert isinstance(heard[0], Err)
    assert card._said.text() == "Không nối được với máy chủ."
    assert "chỉ có ở máy này" in card._state._words.text()
