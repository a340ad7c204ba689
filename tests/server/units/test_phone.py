"""A citizen says by phone how it was: after the result, once a slip, and no row says who or when."""

from collections.abc import Callable
from datetime import datetime, timedelta

import httpx
import pytest
from sqlalchemy import Engine, select

from app.models.deadlines.calendar import VIETNAM
from app.models.events import event as e
from app.models.exchange.chain import lookup_token
from server.store import tables as t
from server.units.satisfaction import said
from server.web.pace import Pace
from server.web.pages import THANKS
from tests.sync.small import UNIT, URL, SmallCounter, SmallServer

Ask = Callable[..., httpx.Response]
QUESTION = "Ông/Bà thấy sự phục vụ"


@pytest.fixture
def ask(server: SmallServer) -> Ask:
    """Looks a slip up by its salt, or says a level."""

    def asked(salt: str, body: str | None = None) -> httpx.Response:
        address = f"{URL}/t/{lookup_token(salt)}"
        with httpx.Client(transport=server.line) as client:
            return client.get(address) if body is None else client.post(address, content=body)

    return asked


def given_back(server: SmallServer, counter: SmallCounter, salt: str) -> None:
    thing = str(counter.receive(1, salt=salt))
    for body in (e.HandedOver("hoa"), e.Accepted(), e.Resolved(), e.Returned()):
        counter.write(body, thing)
    server.exchange(counter)


def waiting(owner: Engine) -> list[tuple[str, str, str]]:
    c = t.phone_ballots.c
    with owner.connect() as connection:
        return [tuple(row) for row in connection.execute(select(c.unit, c.day, c.answers))]


def test_it_is_asked_once_the_result_was_given_back(
    server: SmallServer, counter: SmallCounter, ask: Ask
) -> None:
    counter.receive(1, salt="before")
    given_back(server, counter, "after")
    assert QUESTION not in ask("before").text
    page = ask("after").text
    assert QUESTION in page
    assert page.index("Rất hài lòng") < page.index("Không hài lòng")
    assert "<script" not in page


def test_it_is_asked_in_the_words_the_unit_said_last(
    server: SmallServer, counter: SmallCounter, ask: Ask
) -> None:
    own = e.UnitDescribed(
        "A", rating_invitation="Bà con <thấy> sao?", rating_levels="Chán; Được; Tốt"
    )
    for body in (e.UnitDescribed("A"), own):
        counter.write(body)
    given_back(server, counter, "own")
    page = ask("own").text
    assert QUESTION not in page
    assert "Bà con &lt;thấy&gt; sao?" in page
    assert page.index("Tốt") < page.index("Chán")


def test_one_ballot_a_slip_and_it_bears_the_day_and_the_level_only(
    server: SmallServer, counter: SmallCounter, ask: Ask, owner: Engine
) -> None:
    given_back(server, counter, "grain")
    answer = ask("grain", "level=3")
    assert (answer.status_code, lookup_token("grain") in answer.headers["location"]) == (303, True)
    ask("grain", "level=1")
    day = server.now.astimezone(VIETNAM).date().isoformat()
    assert waiting(owner) == [(UNIT, day, '{"overall":3}')]
    page = ask("grain").text
    assert (THANKS in page, QUESTION in page) == (True, False)


@pytest.mark.parametrize("body", ["", "level=0", "level=4", "level=x", "level=3&" + "a" * 100])
def test_what_is_no_answer_spends_no_turn(
    server: SmallServer, counter: SmallCounter, ask: Ask, owner: Engine, body: str
) -> None:
    given_back(server, counter, "grain")
    ask("grain", body)
    assert waiting(owner) == []
    assert QUESTION in ask("grain").text


def test_no_slip_without_a_result_and_no_stranger_says_anything(
    server: SmallServer, counter: SmallCounter, ask: Ask, owner: Engine
) -> None:
    counter.receive(1, salt="before")
    server.exchange(counter)
    for salt in ("before", "nobody's"):
        ask(salt, "level=3")
    assert waiting(owner) == []


def test_a_full_box_of_days_gone_by_stands_in_the_report_as_every_other(
    server: SmallServer, counter: SmallCounter, owner: Engine
) -> None:
    ballots = server.built.ballots
    assert ballots
    salts = [f"s{n}" for n in range(6)]
    for salt in salts:
        given_back(server, counter, salt)
    for salt in salts[:5]:
        ballots.cast(lookup_token(salt), 3, server.now)
    assert said(server.built.engine, UNIT) == {}
    ballots.cast(lookup_token(salts[5]), 1, server.now + timedelta(days=1))
    assert said(server.built.engine, UNIT)["overall"].counts == (0, 0, 5)
    assert len(waiting(owner)) == 1


def test_an_address_that_sends_again_and_again_is_told_to_wait(
    server: SmallServer, counter: SmallCounter, ask: Ask
) -> None:
    given_back(server, counter, "grain")
    answers = [ask("grain", "level=9").status_code for _ in range(11)]
    assert answers == [303] * 10 + [429]


def test_a_minute_over_nothing_is_known_of_who_sent() -> None:
    pace, now = Pace(1), datetime(2026, 11, 23, 8, 0, tzinfo=VIETNAM)
    assert [pace.allows("10.0.0.1", now) for _ in range(2)] == [True, False]
    assert pace.allows("10.0.0.2", now)
    assert pace.allows("10.0.0.1", now + timedelta(minutes=1))


def test_the_rows_lie_in_no_order_that_tells_who_came_when(
    server: SmallServer, counter: SmallCounter, owner: Engine
) -> None:
    ballots = server.built.ballots
    assert ballots
    for n in range(7):
        given_back(server, counter, f"s{n}")
        ballots.cast(lookup_token(f"s{n}"), 1 + n % 3, server.now)
    c = t.phone_ballots.c
    with owner.connect() as connection:
        lying = [key for key, _ in connection.execute(select(c.key, c.answers))]
    assert (len(lying), lying) == (7, sorted(lying))
