"""What travels is for its reader's eyes; the first version's bare messages are still answered."""

import pytest

from app.models.exchange.chain import PublicKeys
from app.models.exchange.messages import Message, MessageRejected, map_hash, pack, unpack
from app.models.exchange.sealing import seal
from tests.sync.small import UNIT, SmallCounter, SmallServer


def test_what_travels_can_be_read_by_nobody_between(
    server: SmallServer, counter: SmallCounter
) -> None:
    counter.receive(1)
    server.exchange(counter)
    for travelling in (*server.line.sent[2:], *server.line.answered[2:]):
        with pytest.raises(MessageRejected):
            unpack(travelling)
        assert counter.keys.public.device.encode() not in travelling


def test_a_bare_question_of_the_first_version_is_answered_bare(
    server: SmallServer, counter: SmallCounter
) -> None:
    mine = counter.map()
    to, number = server.address().keys.device, counter.exchange_number()
    question = Message(UNIT, counter.keys.public, to, number, map_hash(mine))
    answer = unpack(server.built.upstream.answer(pack(question, counter.keys), server.now))
    assert (answer.trouble, answer.map_hash) == ("", map_hash(mine))


def test_an_asker_nothing_can_be_sealed_to_is_told_so_and_nothing_else(
    server: SmallServer, counter: SmallCounter
) -> None:
    weak = PublicKeys(counter.keys.public.sign, bytes(32))
    question = Message(UNIT, weak, server.address().keys.device, 99, map_hash({}))
    sealed = seal(pack(question, counter.keys), server.keys.public)
    answer = unpack(server.built.upstream.answer(sealed, server.now))
    assert "Khóa của máy nhận" in answer.trouble
    assert (answer.map, answer.runs) == (None, ())
