"""Scans by way of the hub: left there without a line, seen by the other counters, carried on with one."""

import pytest

from app.models.errors import OtherSideFailed, Refused
from app.models.exchange.file_talk import Going
from app.models.exchange.sealed_file import name_of
from app.store.own.attachments import Attachments, Whereabouts
from app.upstream import bring_file, carry_files
from tests.making import ACounter
from tests.sync.scans import a_scan, digitise
from tests.sync.test_hub import Commune, commune

__all__ = ["commune"]

SCAN = a_scan()
NAME, SIZE = name_of(SCAN), len(SCAN)


def carry(counter: ACounter) -> list[Going]:
    return list(carry_files(counter.store, counter.clock))


def bring(counter: ACounter) -> bytes | None:
    list(bring_file(counter.store, NAME, SIZE, counter.clock))
    return Attachments(counter.store.database).files.read(NAME)


def stands(counter: ACounter) -> Whereabouts:
    return Attachments(counter.store.database).whereabouts(NAME, SIZE)


def left_at_the_hub(commune: Commune) -> None:
    """Counter 1 digitised a paper while nobody reached the server."""
    one = commune.counters[0]
    commune.online = False
    digitise(one, SCAN)
    commune.sync(one)
    with pytest.raises(OtherSideFailed, match="1 tệp số hóa đã để ở trạm"):
        carry(one)


def test_without_a_line_a_scan_is_left_at_the_hub_and_seen_from_there(commune: Commune) -> None:
    left_at_the_hub(commune)
    one, two, _ = commune.counters
    assert stands(one) is Whereabouts.HERE, "the hub's word is not the server's"
    commune.sync(two)
    assert bring(two) == SCAN
    assert stands(two) is Whereabouts.HERE


def test_the_hub_carries_it_up_once_there_is_a_line(commune: Commune) -> None:
    left_at_the_hub(commune)
    commune.online = True
    commune.relays()
    assert commune.files.carry() == 1
    assert commune.files.carry() == 0
    one, _, three = commune.counters
    commune.sync(three)
    commune.hub_on = False
    assert bring(three) == SCAN
    carry(one)
    assert stands(one) is Whereabouts.BOTH


def test_a_scan_no_counter_reaches_is_brought_down_by_the_hub_when_it_was_asked_for(
    commune: Commune,
) -> None:
    one, two, _ = commune.counters
    digitise(one, SCAN)
    commune.sync(one)
    carry(one)
    commune.relays()
    commune.online = False
    commune.sync(two)
    with pytest.raises(Refused, match="chưa có ở trạm trung chuyển"):
        bring(two)
    commune.online = True
    assert commune.files.carry() == 1
    commune.online = False
    assert bring(two) == SCAN


def test_where_there_is_no_hub_the_failure_is_said_as_ever(commune: Commune) -> None:
    one = commune.counters[0]
    commune.online = commune.hub_on = False
    digitise(one, SCAN)
    with pytest.raises(OtherSideFailed, match="Không nối được"):
        carry(one)
    commune.online = True
    commune.sync(one)
    assert carry(one)[-1].files == 1
