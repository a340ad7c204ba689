"""A held question: answered when there is something new, by who is enrolled only, and small."""

import asyncio
from collections.abc import Iterator

import pytest

from app.models.errors import OtherSideFailed
from app.models.exchange import file_talk as talk
from app.models.exchange.messages import map_hash
from app.sync.files import Ask, asking
from server.exchange import news
from server.exchange.news import News
from tests.sync.small import UNIT, SmallCounter, SmallServer


@pytest.fixture(autouse=True)
def nothing_is_held_for_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(news, "HELD", 0.0)
    monkeypatch.setattr(news, "LOOK", 0.0)


@pytest.fixture
def ask(server: SmallServer, counter: SmallCounter) -> Iterator[Ask]:
    with asking(counter.keys, UNIT, server.address(), server.line, "news") as ask:
        yield ask


def test_it_tells_the_hash_of_the_map_at_once_to_who_knows_another(
    server: SmallServer, ask: Ask
) -> None:
    assert ask(talk.News("")).map_hash == map_hash(server.map())
    assert ask(talk.News("0" * 64)).map_hash == map_hash(server.map())


def test_what_another_counter_brings_is_news(server: SmallServer, ask: Ask) -> None:
    before = ask(talk.News("")).map_hash
    other = SmallCounter("second", 2)
    server.enrol(other)
    other.receive(1)
    server.exchange(other)
    assert ask(talk.News(before)).map_hash == map_hash(other.map()) != before


def test_a_question_is_held_until_something_comes(
    server: SmallServer, counter: SmallCounter, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(news, "HELD", 60.0)
    known = ask(talk.News("")).map_hash
    held = News(server.built.units, server.keys)

    async def told() -> talk.Answer:
        answered = asyncio.create_task(held.answered(_asked(server, counter, known)))
        await asyncio.to_thread(server.exchange, counter)
        return _heard(server, counter, known, (await answered).travelling)

    assert asyncio.run(told()).map_hash == map_hash(counter.map()) != known


def test_an_ending_server_answers_what_it_holds(
    server: SmallServer, counter: SmallCounter, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(news, "HELD", 60.0)
    known = ask(talk.News("")).map_hash
    held = News(server.built.units, server.keys)
    held.end()
    answer = asyncio.run(held.answered(_asked(server, counter, known)))
    assert _heard(server, counter, known, answer.travelling).map_hash == known


def test_a_stranger_is_told_nothing(server: SmallServer) -> None:
    stranger = SmallCounter("stranger", 3)
    line = asking(stranger.keys, UNIT, server.address(), server.line, "news")
    with line as ask, pytest.raises(OtherSideFailed, match="chưa biết máy này"):
        ask(talk.News(""))


def test_whoever_would_be_one_too_many_is_sent_away(
    ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(news, "MOST_HELD", 0)
    with pytest.raises(OtherSideFailed, match="quá nhiều quầy"):
        ask(talk.News(""))


def test_whoever_was_answered_makes_room(
    server: SmallServer, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(news, "MOST_HELD", 1)
    for _ in range(3):
        assert ask(talk.News("")).map_hash == map_hash(server.map())


def test_asking_for_nothing_takes_less_than_a_kilobyte(server: SmallServer, ask: Ask) -> None:
    ask(talk.News(ask(talk.News("")).map_hash))
    assert max(len(server.line.sent[-1]), len(server.line.answered[-1])) < 512


def test_files_are_not_asked_for_here_nor_news_there(
    server: SmallServer, counter: SmallCounter, ask: Ask
) -> None:
    with pytest.raises(OtherSideFailed):
        ask(talk.Have(()))
    line = asking(counter.keys, UNIT, server.address(), server.line)
    with line as files:
        for what in (talk.News(""), talk.Holding(()), talk.Wanting(())):
            with pytest.raises(OtherSideFailed, match="Gói dữ liệu hỏng"):
                files(what)


def _question(server: SmallServer, counter: SmallCounter, known: str) -> talk.Question:
    public = counter.keys.public
    to = server.keys.public.device
    return talk.Question(UNIT, public.sign, public.seal, to, talk.News(known))


def _asked(server: SmallServer, counter: SmallCounter, known: str) -> bytes:
    return talk.ask(_question(server, counter, known), counter.keys, server.keys.public)


def _heard(server: SmallServer, counter: SmallCounter, known: str, answer: bytes) -> talk.Answer:
    question = _question(server, counter, known)
    return talk.hear_reply(answer, counter.keys, server.keys.public, question)
