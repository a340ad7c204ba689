"""The lane of files trusts a signature alone: what another signed, or said to another question, is refused."""

import pytest

from app.models.exchange import file_talk as talk
from app.models.exchange.chain import DeviceKeys
from app.models.exchange.messages import MessageRejected
from tests.models.chains import UNIT, some_keys

COUNTER, SERVER, THIEF = some_keys(), some_keys("máy chủ"), some_keys("kẻ lạ")


def question(file: str = "a", asker: DeviceKeys = COUNTER) -> talk.Question:
    public = asker.public
    return talk.Question(
        UNIT, public.sign, public.seal, SERVER.public.device, talk.Have((file * 64,))
    )


def test_a_question_is_heard_as_its_asker_signed_it() -> None:
    asked = question()
    heard, digest = talk.hear(talk.ask(asked, COUNTER, SERVER.public), SERVER)
    assert (heard, digest) == (asked, talk.digest_of(asked, COUNTER))


def test_a_question_in_anothers_name_is_refused() -> None:
    with pytest.raises(MessageRejected, match="Chữ ký"):
        talk.hear(talk.ask(question(), THIEF, SERVER.public), SERVER)


def test_an_answer_is_heard_when_it_is_to_this_very_question() -> None:
    said = talk.Answer(talk.digest_of(question(), COUNTER), (talk.Held(3, False),))
    travelling = talk.reply(said, SERVER, COUNTER.public)
    assert talk.hear_reply(travelling, COUNTER, SERVER.public, question()) == said
    with pytest.raises(MessageRejected):
        talk.hear_reply(travelling, COUNTER, SERVER.public, question("b"))


def test_an_answer_in_the_servers_name_is_refused() -> None:
    said = talk.Answer(talk.digest_of(question(), COUNTER), (talk.Held(3, True),))
    with pytest.raises(MessageRejected, match="Chữ ký"):
        talk.hear_reply(talk.reply(said, THIEF, COUNTER.public), COUNTER, SERVER.public, question())
