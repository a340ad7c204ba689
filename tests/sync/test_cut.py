"""A message cut off after any byte, on its way up or down: nothing is taken in, nothing acknowledged."""

from collections.abc import Callable, Iterable
from random import Random

import pytest

from app.models.errors import OtherSideFailed
from app.models.exchange.messages import unpack
from app.models.exchange.talk import Outcome, Peer, converse
from tests.sync.small import NOW, UNIT, SmallCounter, SmallServer, opened


def talk(server: SmallServer, counter: SmallCounter, ask: Callable[[bytes], bytes]) -> Outcome:
    whom = Peer(server.keys.public, server.keys.public.device)
    return converse(counter, counter.keys, UNIT, whom, counter, lambda question, _: ask(question))


def push(server: SmallServer, counter: SmallCounter) -> bytes:
    """The question that carries what the server lacks; it doesn't get there."""
    lost = list[bytes]()

    def lose(question: bytes) -> bytes:
        if unpack(opened(question, server.keys)).runs:
            lost.append(question)
            raise OtherSideFailed("Không nối được với máy chủ.")
        return server.built.upstream.answer(question, NOW)

    with pytest.raises(OtherSideFailed):
        talk(server, counter, lose)
    return lost[-1]


def nothing_came_of(
    question: bytes, cuts: Iterable[int], server: SmallServer, counter: SmallCounter
) -> bool:
    before = server.map()
    told = all(server.answer(question[:kept], counter).trouble for kept in cuts)
    return told and server.map() == before


def test_a_push_cut_after_any_byte_is_refused_whole(
    server: SmallServer, counter: SmallCounter
) -> None:
    for number in range(1, 800):
        counter.receive(number)
    question = push(server, counter)
    assert len(question) > 4096
    assert nothing_came_of(question, range(len(question)), server, counter)
    assert server.exchange(counter).sent == 799


def test_a_large_push_cut_anywhere_is_refused_whole(
    server: SmallServer, counter: SmallCounter
) -> None:
    for number in range(1, 2000):
        counter.receive(number)
    question = push(server, counter)
    cuts = Random("cuts").sample(range(len(question)), 500)
    assert nothing_came_of(question, cuts, server, counter)
    assert server.exchange(counter).sent == 1999


def test_an_answer_cut_after_any_byte_acknowledges_nothing(
    server: SmallServer, counter: SmallCounter
) -> None:
    counter.receive(1)
    server.exchange(counter)
    for kept in range(len(server.line.answered[-1])):

        def cut(question: bytes, kept: int = kept) -> bytes:
            answer = server.built.upstream.answer(question, NOW)
            return answer[: min(kept, len(answer) - 1)]

        with pytest.raises(OtherSideFailed):
            talk(server, counter, cut)
    assert server.exchange(counter).acknowledged == counter.map()
