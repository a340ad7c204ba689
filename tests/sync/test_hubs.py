"""Where a hub is looked for, and which word of the server one may pass on."""

from collections.abc import Callable, Sequence

import pytest

from app.models.errors import OtherSideFailed
from app.models.exchange.chain import LogName
from app.models.exchange.messages import Known, Map, Message, Passed, map_hash, pack
from app.sync.hubs import addresses, number_of
from tests.models.chains import UNIT, some_keys

SERVER, HUB, OTHER = some_keys("máy chủ"), some_keys("trạm"), some_keys("trạm khác")
HELD: Map = {LogName("ab" * 16, "1" * 16): Known(3, b"\1" * 32)}
WORD = Message(UNIT, SERVER.public, HUB.public.device, 7, map_hash(HELD))


def number(word: Message, held: Map = HELD) -> int:
    passed = Passed(pack(word, SERVER), held)
    return number_of(passed, UNIT, SERVER.public, HUB.public.device)


def test_the_servers_answer_to_the_hub_tells_which_exchange_it_was() -> None:
    assert number(WORD) == 7


@pytest.mark.parametrize(
    "word",
    [
        WORD._replace(unit="H50.99"),
        WORD._replace(to=OTHER.public.device),
        WORD._replace(trouble="Máy này đã bị thu hồi."),
    ],
    ids=["of another unit", "to another hub", "a refusal"],
)
def test_what_the_server_did_not_say_to_this_hub_of_this_unit_is_no_word(word: Message) -> None:
    with pytest.raises(OtherSideFailed, match="không tin"):
        number(word)


def test_a_map_that_the_server_did_not_sign_is_no_word() -> None:
    with pytest.raises(OtherSideFailed, match="không tin"):
        number(WORD, {log: known._replace(seq=9) for log, known in HELD.items()})


def finding(found: dict[str, str]) -> Callable[[str, Sequence[str]], dict[str, str]]:
    return lambda *_: found


def test_it_is_looked_for_where_it_answered_last_and_only_once_there() -> None:
    near = finding({"a": "http://1", "b": "http://2"})
    tried = list(addresses("http://1 a", UNIT, ("a", "b"), find=near))
    assert tried == [("http://1", "a"), ("http://2", "b")]


def test_where_one_answered_that_is_no_hub_of_ours_any_more_nobody_is_asked() -> None:
    assert list(addresses("http://1 a", UNIT, ("b",), find=finding({}))) == []
