"""Ballots leave the counter by whole boxes, and lie at the server once."""

from datetime import date, datetime

import httpx
import pytest

from app.clock import VIETNAM
from app.models.citizens.satisfaction import Summary
from app.models.errors import OtherSideFailed
from app.models.exchange import file_talk as talk
from app.store.own.ballots import Ballots
from app.sync.boxes import send_boxes
from app.sync.files import asking
from server.units import satisfaction
from tests.making import UNIT
from tests.sync.scans import Scanning, one, server
from tests.sync.small import SmallServer

__all__ = ["one", "server"]

TUESDAY = date(2026, 11, 24)


def rated(one: Scanning, *levels: int) -> None:
    ballots, day = one.counter.store.ballots, one.counter.clock().date()
    before = len(ballots.ballots(date.max))
    for number, level in enumerate(levels):
        assert ballots.cast([f"{before} {number}"], day, {"overall": level})


def sent(one: Scanning) -> int:
    """How many boxes went today."""
    store = one.counter.store
    with asking(store.keys, store.unit, one.server.address(), one.line) as ask:
        return send_boxes(store.ballots, ask, one.counter.clock().date())


def said(server: SmallServer) -> Summary | None:
    return satisfaction.said(server.built.engine, UNIT).get("overall")


def test_a_box_goes_up_once_it_is_full_and_its_day_over(one: Scanning, server: SmallServer) -> None:
    rated(one, 1, 2, 3, 3)
    one.counter.clock.go_on(days=1)
    assert (sent(one), said(server)) == (0, None)
    rated(one, 3)
    assert sent(one) == 0
    one.counter.clock.go_on(days=1)
    assert (sent(one), said(server)) == (1, Summary((1, 1, 3)))


def test_what_went_goes_no_more_until_the_next_month(one: Scanning, server: SmallServer) -> None:
    rated(one, *[3] * 5)
    one.counter.clock.go_on(days=1)
    assert [sent(one), sent(one)] == [1, 0]
    one.counter.clock.now = datetime(2026, 12, 1, 8, tzinfo=VIETNAM)
    assert sent(one) == 1
    assert said(server) == Summary((0, 0, 5))


def test_where_nothing_was_said_since_the_ballots_before_are_not_read(
    one: Scanning, monkeypatch: pytest.MonkeyPatch
) -> None:
    rated(one, *[3] * 5)
    one.counter.clock.go_on(days=1)
    assert sent(one) == 1
    monkeypatch.setattr(Ballots, "ballots", None)
    assert sent(one) == 0


def test_an_answer_that_is_lost_doubles_nothing(one: Scanning, server: SmallServer) -> None:
    rated(one, *[2] * 6)
    one.counter.clock.go_on(days=1)

    def lost(_: httpx.Response) -> httpx.Response:
        raise httpx.ReadError("cut")

    one.line.after = lost
    with pytest.raises(OtherSideFailed):
        sent(one)
    one.line.after = lambda response: response
    assert sent(one) == 1
    assert said(server) == Summary((0, 6, 0))


def test_no_question_holds_fewer_than_five(
    one: Scanning, server: SmallServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(talk, "MOST_BALLOTS", 10)
    rated(one, *[3] * 23)
    one.counter.clock.go_on(days=1)
    asked: list[talk.What] = []

    def ask(what: talk.What) -> talk.Answer:
        asked.append(what)
        return talk.Answer(b"")

    assert send_boxes(one.counter.store.ballots, ask, TUESDAY) == 1
    boxes = [box for box in asked if isinstance(box, talk.Box)]
    assert sorted(len(box.ballots) for box in boxes) == [7, 8, 8]
    assert all(list(box.ballots) == sorted(box.ballots) for box in boxes)


def test_what_travels_says_no_day_but_the_boxs_and_no_order(one: Scanning) -> None:
    rated(one, 1, 3)
    one.counter.clock.go_on(days=1)
    rated(one, 3, 2, 3)
    one.counter.clock.go_on(days=1)
    asked: list[talk.What] = []

    def ask(what: talk.What) -> talk.Answer:
        asked.append(what)
        return talk.Answer(b"")

    send_boxes(one.counter.store.ballots, ask, one.counter.clock().date())
    (box,) = asked
    assert isinstance(box, talk.Box)
    assert box.until == TUESDAY
    assert [key for key, _ in box.ballots] == sorted(key for key, _ in box.ballots)
