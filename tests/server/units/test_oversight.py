"""Revoking a device, and seeing what raised an alarm; on both stores."""

from pathlib import Path
from random import Random

import pytest
from sqlalchemy import select

from app.models.errors import BadInput, OtherSideFailed, Refused
from app.models.events import event as e
from app.models.events.encoding import decode
from app.models.exchange.messages import Message, pack
from server.exchange.answer import Outcome
from server.ledger.ledger import Ledger
from server.store import tables as t
from server.units.oversight import Oversight, in_words
from tests.sync.small import NOW, UNIT, SmallCounter, SmallServer


@pytest.fixture
def oversight(server: SmallServer) -> Oversight:
    return Oversight(server.built.units, server.built.author)


@pytest.fixture
def other(server: SmallServer) -> SmallCounter:
    """A second counter of the unit."""
    made = SmallCounter("second", 2)
    server.enrol(made)
    return made


def dossiers(server: SmallServer) -> int:
    with server.built.units.open(UNIT) as ledger:
        return len(ledger.connection.execute(select(t.dossiers)).all())


def say(server: SmallServer, counter: SmallCounter) -> Outcome:
    """Send all the counter's own logs at once, as one does who goes on after a refusal."""
    runs = counter.runs({log: 0 for log in counter.logs if log.device == counter.own.device})
    keys, server_device = counter.keys, server.address().keys.device
    message = Message(UNIT, keys.public, server_device, 99, "", {}, runs)
    return server.built.upstream.answered(pack(message, keys), NOW).outcome


def refused(server: SmallServer, counter: SmallCounter) -> None:
    with pytest.raises(OtherSideFailed, match="thu hồi"):
        server.exchange(counter)


def test_a_revoked_devices_next_exchange_is_forbidden(
    server: SmallServer, counter: SmallCounter, oversight: Oversight
) -> None:
    server.exchange(counter)
    oversight.revoke(UNIT, "1", None, NOW)
    refused(server, counter)
    assert say(server, counter) == Outcome.TURNED_AWAY


def test_what_it_sends_afterwards_is_kept_without_effect(
    server: SmallServer, counter: SmallCounter, other: SmallCounter, oversight: Oversight
) -> None:
    counter.receive(1)
    server.exchange(counter)
    oversight.revoke(UNIT, counter.own.device, None, NOW)
    counter.receive(2)
    counter.start("c" * 16)
    counter.receive(3)
    assert say(server, counter) == Outcome.TURNED_AWAY
    assert counter.own in server.map()
    assert dossiers(server) == 1
    server.exchange(other)
    assert other.map() == server.map()


def test_what_a_revoked_counter_had_not_sent_comes_with_its_next_exchange_and_is_held(
    server: SmallServer, counter: SmallCounter, other: SmallCounter, oversight: Oversight
) -> None:
    counter.receive(1)
    server.exchange(counter)
    oversight.revoke(UNIT, "1", None, NOW)
    unsent = counter.receive(2)
    before = counter.map()
    refused(server, counter)
    assert server.map()[counter.own].seq == unsent.seq
    assert counter.map() == before
    assert dossiers(server) == 1
    (held,) = oversight.held()
    assert (held.counter, held.events, held.codes) == (1, 1, ("H50.12-261130-0041",))
    server.exchange(other)
    assert other.map() == server.map()


def test_a_revoked_counter_asks_twice_at_most(
    server: SmallServer, counter: SmallCounter, other: SmallCounter, oversight: Oversight
) -> None:
    other.receive(1)
    server.exchange(other)
    server.exchange(counter)
    oversight.revoke(UNIT, "1", None, NOW)
    counter.receive(2)
    for asked in (2, 1):
        before = len(server.line.sent)
        refused(server, counter)
        assert len(server.line.sent) - before == asked


def test_what_is_held_has_its_effect_once_it_is_released(
    server: SmallServer, counter: SmallCounter, oversight: Oversight
) -> None:
    server.exchange(counter)
    oversight.revoke(UNIT, "1", None, NOW)
    counter.receive(1)
    counter.start("c" * 16)
    counter.receive(2)
    refused(server, counter)
    assert oversight.release(UNIT, counter.own.device, NOW) == 3
    assert dossiers(server) == 2
    assert oversight.held() == []
    counter.receive(3)
    refused(server, counter)
    assert dossiers(server) == 2, "what comes later is held again"
    assert oversight.release(UNIT, "1", NOW) == 1
    with pytest.raises(Refused, match="không giữ việc nào"):
        oversight.release(UNIT, "1", NOW)


def test_revoked_twice_nothing_is_released(
    server: SmallServer, counter: SmallCounter, oversight: Oversight
) -> None:
    server.exchange(counter)
    first = oversight.revoke(UNIT, "1", None, NOW)
    counter.receive(1)
    refused(server, counter)
    assert oversight.revoke(UNIT, counter.own.device, None, NOW) == first
    assert dossiers(server) == 0


def test_the_servers_word_stands_by_itself_whoever_said_something_of_the_kind(
    server: SmallServer, counter: SmallCounter, other: SmallCounter, oversight: Oversight
) -> None:
    server.exchange(counter)
    counter.receive(1)
    lie = e.Revoked(counter.own.device, counter.own.incarnation, 1)
    other.write(lie)
    server.exchange(other)
    (body,) = oversight.revoke(UNIT, "1", None, NOW)
    (said,) = (x for x in all_of(server) if x.body == body)
    assert said.saw == ()
    other.write(lie)
    server.exchange(other)
    with server.built.units.open(UNIT) as ledger:
        assert ledger.folding.revocations() == {body.device: {body.incarnation: body.seq}}


def test_an_older_servers_word_is_heeded_before_what_it_saw_has_come(
    server: SmallServer, counter: SmallCounter, other: SmallCounter, oversight: Oversight,
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path,
) -> None:  # fmt: skip
    server.exchange(counter)
    other.write(e.Revoked(counter.own.device, counter.own.incarnation, 1))
    server.exchange(other)
    monkeypatch.setattr("server.units.author._heard", lambda _own, _body, told: told)
    (body,) = oversight.revoke(UNIT, "1", None, NOW)
    device = server.address().keys.device
    with server.built.units.open(UNIT) as ledger:
        runs = ledger.runs({log: 0 for log in ledger.map() if log.device == device})
    with SmallServer(tmp_path / "another", UNIT).built.units.open(UNIT) as empty:
        fresh = Ledger(empty.connection, UNIT, device)
        fresh.take(runs)
        assert fresh.folding.revocations() == {body.device: {body.incarnation: body.seq}}


def all_of(server: SmallServer) -> list[e.Event]:
    """Every event the server holds."""
    with server.built.units.open(UNIT) as ledger:
        columns = t.events.c.device, t.events.c.incarnation, t.events.c.seq, t.events.c.public
        rows = ledger.connection.execute(select(*columns)).all()
    return [decode(e.EventName(d, i, seq), public, None) for d, i, seq, public in rows]


def test_nothing_counts_from_the_event_named(
    server: SmallServer, counter: SmallCounter, oversight: Oversight
) -> None:
    for number in range(3):
        counter.receive(number)
    server.exchange(counter)
    assert dossiers(server) == 3
    oversight.revoke(UNIT, "1", 3, NOW)
    assert dossiers(server) == 1


def test_a_later_word_releases_what_was_kept(
    server: SmallServer, counter: SmallCounter, oversight: Oversight
) -> None:
    for number in range(3):
        counter.receive(number)
    server.exchange(counter)
    oversight.revoke(UNIT, "1", 2, NOW)
    assert dossiers(server) == 0
    server.restart()
    Oversight(server.built.units, server.built.author).revoke(UNIT, "1", 4, NOW)
    assert dossiers(server) == 2


def test_another_counter_may_bring_what_it_wrote_and_it_has_no_effect(
    server: SmallServer, counter: SmallCounter, other: SmallCounter, oversight: Oversight
) -> None:
    server.exchange(counter)
    oversight.revoke(UNIT, "1", None, NOW)
    counter.receive(1)
    other.take(counter.runs({counter.own: 0}))
    assert server.exchange(other).pending == 0
    assert dossiers(server) == 0


def test_a_revoked_devices_log_does_not_grow_for_ever(
    server: SmallServer,
    counter: SmallCounter,
    oversight: Oversight,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("server.exchange.upstream._MOST_QUARANTINED", 2)
    server.exchange(counter)
    oversight.revoke(UNIT, "1", None, NOW)
    for number in range(3):
        counter.receive(number)
        say(server, counter)
    assert server.map()[counter.own].seq == 3


def test_a_counter_that_never_sent_anything_can_be_revoked(
    server: SmallServer, counter: SmallCounter, oversight: Oversight
) -> None:
    assert oversight.revoke(UNIT, "1", None, NOW) == [e.Revoked(counter.own.device, "", 1)]
    refused(server, counter)


@pytest.mark.parametrize("device", ["2", "", "0" * 32])
def test_who_was_never_enrolled_cannot_be_revoked(
    server: SmallServer, counter: SmallCounter, oversight: Oversight, device: str
) -> None:
    with pytest.raises(Refused, match="số quầy hoặc mã máy"):
        oversight.revoke(UNIT, device, None, NOW)


@pytest.mark.parametrize("first", [0, 3, 99])
def test_an_event_that_is_none_cannot_be_named(
    server: SmallServer, counter: SmallCounter, oversight: Oversight, first: int
) -> None:
    server.exchange(counter)
    with pytest.raises(BadInput, match="số lớn nhất"):
        oversight.revoke(UNIT, "1", first, NOW)


def test_alarms_tell_of_forks_strangers_and_the_revoked(
    server: SmallServer, counter: SmallCounter, oversight: Oversight
) -> None:
    clone, stranger = SmallCounter("first", 1), SmallCounter("stranger", 7)
    clone.number = 100
    counter.receive(1)
    clone.receive(2)
    server.exchange(counter)
    server.exchange(clone)
    for _ in range(2):
        with pytest.raises(OtherSideFailed):
            server.exchange(stranger)
    assert oversight.alarms() == oversight.alarms(UNIT)
    found = {alarm.kind: alarm for alarm in oversight.alarms()}
    assert set(found) == {"fork", "stranger"}
    assert found["fork"][:5] == (UNIT, "fork", counter.own.device, 1, 1)
    assert found["stranger"].counter == 0
    assert found["stranger"].device == stranger.own.device
    counter.number = 200
    oversight.revoke(UNIT, "1", None, NOW)
    refused(server, counter)
    assert {alarm.kind for alarm in oversight.alarms()} == {"fork", "revoked", "stranger"}


def test_a_code_on_two_dossiers_is_an_alarm(
    server: SmallServer, counter: SmallCounter, oversight: Oversight
) -> None:
    clone = SmallCounter("first", 1)
    for one, salt in ((counter, "a"), (clone, "b")):
        one.receive(1, salt)
    with server.built.units.open(UNIT) as ledger:
        for one in (counter, clone):
            ledger.take(one.runs({one.own: 0}))
    (twice,) = [alarm for alarm in oversight.alarms() if alarm.kind == "twice"]
    assert (twice.code, twice.times, twice.counter) == ("H50.12-261130-0021", 2, 1)
    assert "một mã in hai lần: H50.12-261130-0021" in in_words(twice)


def test_strangers_fill_no_table(server: SmallServer) -> None:
    with server.built.units.open(UNIT) as ledger:
        for number in range(300):
            ledger.devices.note_refused(Random(number).randbytes(16).hex(), "stranger", NOW)
        ledger.devices.note_refused("0" * 32, "revoked", NOW)
        assert len(ledger.connection.execute(select(t.refusals)).all()) == 201
