"""Where a hub answers and the server doesn't, or somebody told a wrong address, the reason is not lost."""

import pytest

from app.models.errors import BadInput
from app.upstream import send
from server.units.oversight import Oversight
from tests.making import UNIT
from tests.sync.test_hub import HUB, Commune, commune

__all__ = ["commune"]


def test_why_the_server_gave_nothing_is_told_beside_what_the_hub_did(commune: Commune) -> None:
    one, server = commune.counters[0], commune.server.built
    one.receive()
    commune.online = False
    unreached = commune.sync(one)
    assert (unreached.at_hub, "Không nối được với máy chủ" in unreached.trouble) == (1, True)
    commune.online = True
    Oversight(server.units, server.author).revoke(UNIT, "1", None, commune.server.now)
    assert "thu hồi" in commune.sync(one).trouble


def test_nothing_is_told_while_the_server_answers_or_was_left_alone(commune: Commune) -> None:
    one = commune.counters[0]
    assert commune.sync(one).trouble == ""
    commune.online = False
    assert send(one.store, one.clock, hub=HUB, near=True).trouble == ""


def test_a_hub_told_by_hand_that_does_not_answer_is_told_of(commune: Commune) -> None:
    one = commune.counters[0]
    elsewhere = "http://192.168.1.10:8711"
    commune.hub_on = False
    told = send(one.store, one.clock, hub=HUB)
    assert (told.pending, HUB in told.trouble) == (0, True)
    assert elsewhere in send(one.store, one.clock, hub=elsewhere).trouble


@pytest.mark.parametrize("address", ["trạm", "ftp://192.168.1.9", "http://tram.xa.vn:8711"])
def test_an_address_of_a_hub_that_is_none_is_refused(commune: Commune, address: str) -> None:
    one = commune.counters[0]
    with pytest.raises(BadInput):
        send(one.store, one.clock, hub=address)


def test_a_slash_behind_its_address_is_no_other_address(commune: Commune) -> None:
    one = commune.counters[0]
    commune.online = False
    assert send(one.store, one.clock, hub=f"{HUB}/").silent
