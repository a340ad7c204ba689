"""Bundles that lay about: read after newer ones they take nothing back, and nothing is lost or doubled."""

from pathlib import Path
from random import Random
from typing import Any

import pytest

from app.models.exchange.messages import Message
from app.store.own.keeping import SERVER
from app.sync.carrying import read_bundle, write_bundle
from app.sync.known import named, reads_branches
from tests.making import UNIT, ACounter
from tests.sync.stick import Stick, pending


def told(counter: ACounter, peer: str, device: str) -> list[int]:
    """What a counter keeps of a peer's word and of its own number: none of it ever falls."""
    keeping = counter.store.keeping
    word = keeping.acknowledged(peer)
    number = int(keeping.get("exchange_number", "0"))
    held = sum(known.seq for known in word.map.values()) if word else 0
    return [keeping.seen(device), keeping.answered(peer), number, held]


def read(counter: ACounter, path: Path) -> int:
    return read_bundle(counter.store, path, counter.clock()).taken.received


def test_a_servers_older_answer_lowers_nothing(stick: Stick, one: ACounter) -> None:
    answers = []
    for _ in range(3):
        one.receive()
        stick.up(one)
        answers.append(stick.answer(one))
    server = stick.server.keys.public.device
    assert read(one, answers.pop()) > 0
    newest = told(one, SERVER, server)
    assert pending(one) == 0
    for late in answers:
        assert read(one, late) == 0
        assert told(one, SERVER, server) == newest
        assert pending(one) == 0


def test_another_counters_older_bundle_lowers_nothing(
    stick: Stick, one: ACounter, two: ACounter
) -> None:
    for counter in (one, two):
        stick.down(counter)
    written = []
    for _ in range(3):
        one.receive()
        written.append(stick.written(one, "2"))
        two.receive()
        stick.across(two, one)
    device = one.store.keys.public.device
    assert read(two, written.pop()) > 0
    newest = told(two, device, device)
    for late in written:
        assert read(two, late) == 0
        assert told(two, device, device) == newest


def test_after_an_older_bundle_the_next_one_is_no_larger(stick: Stick, one: ACounter) -> None:
    stick.up(one)
    late = stick.answer(one)
    for _ in range(2):
        one.receive()
        stick.up(one)
        stick.down(one)
    one.receive()
    read(one, late)
    assert write_bundle(one.store, stick.folder / "next", SERVER).sent == 1


def test_after_an_older_bundle_the_servers_answer_is_no_larger(stick: Stick, one: ACounter) -> None:
    late = stick.written(one)
    stick.down(one)
    stick.up(one)
    stick.bundles.read(late, stick.server.now)
    assert stick.bundles.write(stick.folder / "next", UNIT, 1)[0].sent == 0


def test_what_an_older_program_wrote_and_is_read_late_says_nothing_of_the_newer(
    stick: Stick, one: ACounter, two: ACounter, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else no branch of a forked log and no scan would go there any more."""

    def of_old(*said: Any, **more: Any) -> Message:
        return Message(*said, **{**more, "branches": False})

    for counter in (one, two):
        stick.down(counter)
    stick.across(two, one)
    with monkeypatch.context() as patch:
        patch.setattr("app.models.exchange.bundle.Message", of_old)
        before = stick.written(one, "2")
    since = stick.written(one, "2")
    read(two, before)
    assert not reads_branches(two.store, named(two.store, "1"))
    read(two, since)
    assert reads_branches(two.store, named(two.store, "1"))
    read(two, before)
    assert reads_branches(two.store, named(two.store, "1"))


@pytest.mark.parametrize("seed", range(2))
def test_read_in_any_order_and_twice_nothing_is_lost_or_doubled(
    stick: Stick, one: ACounter, two: ACounter, seed: int
) -> None:
    chance, codes, lying = Random(seed), list[str](), list[tuple[ACounter | None, Path]]()
    for counter in (one, two):
        stick.down(counter)
    before = all_told(stick, one, two)
    for _ in range(15):
        writer, other = chance.sample((one, two), 2)
        codes.append(writer.receive().code)
        lying.append((None, stick.written(writer)))
        lying.append((other, stick.written(writer, str(other.number))))
        lying.append((writer, stick.answer(writer)))
        for reader, path in chance.sample(lying, 2):
            read(reader, path) if reader else stick.bundles.read(path, stick.server.now)
        now = all_told(stick, one, two)
        assert all(was <= told for was, told in zip(before, now, strict=True))
        before = now
    for counter in (one, two, one, two):
        stick.up(counter)
        stick.down(counter)
    assert one.dump() == two.dump()
    with stick.server.built.units.open(UNIT) as ledger:
        assert ledger.map() == one.store.map() == two.store.map()
    assert pending(one) == pending(two) == 0
    assert sorted(row.code for row in one.store.dossiers.find("ánh")) == sorted(codes)


def all_told(stick: Stick, one: ACounter, two: ACounter) -> list[int]:
    """What each of the three keeps of the others."""
    server, devices = stick.server, [each.store.keys.public.device for each in (one, two)]
    found = []
    for counter, other in ((one, devices[1]), (two, devices[0])):
        found += told(counter, SERVER, server.keys.public.device) + told(counter, other, other)
    with server.built.units.open(UNIT) as ledger:
        return found + [ledger.devices.known(device).number for device in devices]
