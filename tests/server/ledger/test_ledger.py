from collections.abc import Iterator
from random import Random

import pytest
from msgspec import structs
from sqlalchemy import Engine, delete, select

from app.models.errors import Refused
from app.models.events import event as e
from app.models.events.encoding import Record
from app.models.exchange.branches import DIGITS, branch_name
from app.models.exchange.chain import LogName, head_holds, links, sign_head
from app.models.exchange.enrolment import Asked
from app.models.exchange.messages import (
    FIRST_STRETCH,
    STRETCH,
    Message,
    MessageRejected,
    Taken,
    map_hash,
    pack,
    take,
)
from server.ledger.devices import Fork
from server.ledger.ledger import Forked, Ledger
from server.store import tables as t
from server.units.units import UnknownUnit
from tests.models.chains import some_keys
from tests.sync.small import UNIT, SmallCounter, SmallServer


@pytest.fixture
def ledger(server: SmallServer, counter: SmallCounter) -> Iterator[Ledger]:
    with server.built.units.open(UNIT) as opened:
        yield opened


def test_what_is_taken_in_is_given_out_as_it_came(ledger: Ledger, counter: SmallCounter) -> None:
    counter.receive(1)
    runs = counter.runs({counter.own: 0})
    assert ledger.take(runs).received == 2
    assert ledger.runs({counter.own: 0}) == runs
    assert ledger.map()[counter.own] == counter.map()[counter.own]


def test_what_is_known_already_is_taken_in_once(ledger: Ledger, counter: SmallCounter) -> None:
    ledger.take(counter.runs({counter.own: 0}))
    counter.receive(1)
    assert ledger.take(counter.runs({counter.own: 0})).received == 1
    assert ledger.take(counter.runs({counter.own: 0})) == Taken()


def test_a_gap_is_refused(ledger: Ledger, counter: SmallCounter) -> None:
    counter.receive(1)
    with pytest.raises(MessageRejected, match="thiếu các sự kiện"):
        ledger.take(counter.runs({counter.own: 1}))


def test_events_that_wait_or_do_nothing_are_counted(ledger: Ledger, counter: SmallCounter) -> None:
    other = SmallCounter("second", 2)
    thing = str(other.receive(1))
    counter.take(other.runs({other.own: 0}))
    counter.write(e.HandedOver("hoa"), thing)
    counter.write(e.Returned(), str(counter.receive(2)))
    assert ledger.take(counter.runs({counter.own: 0})) == Taken(4, held=1, without_effect=1)


def test_a_hash_is_known_for_what_is_held_only(ledger: Ledger, counter: SmallCounter) -> None:
    ledger.take(counter.runs({counter.own: 0}))
    assert ledger.hash_at(counter.own, 0) == counter.hash_at(counter.own, 0)
    assert ledger.hash_at(counter.own, 1) == counter.hash_at(counter.own, 1)
    assert ledger.hash_at(counter.own, 2) is None
    assert ledger.hash_at(counter.own, -1) is None


def test_an_erased_personal_part_stays_erased_and_the_chain_holds(
    ledger: Ledger, counter: SmallCounter
) -> None:
    counter.receive(1)
    (run,) = counter.runs({counter.own: 0})
    opening, received = run.records
    erased = Record(received.public, None, received.personal_hash)
    ledger.take((run._replace(records=(opening, erased)),))
    (given,) = ledger.runs({counter.own: 0})
    assert given.records[1] == erased
    assert take(given, UNIT, None)[1]


def test_a_dossier_is_folded_for_the_look_up(ledger: Ledger, counter: SmallCounter) -> None:
    thing = counter.receive(1)
    counter.write(e.HandedOver("hoa"), str(thing))
    ledger.take(counter.runs({counter.own: 0}))
    row = ledger.connection.execute(select(t.dossiers)).mappings().one()
    dossier = counter.board()[str(thing)]
    assert (row["thing"], row["code"], row["status"]) == (str(thing), dossier.code, "handed_over")
    assert row["due"] == int(dossier.due.timestamp())


def test_what_comes_later_is_folded_with_what_was_held(
    ledger: Ledger, counter: SmallCounter
) -> None:
    thing = str(counter.receive(1))
    ledger.take(counter.runs({counter.own: 0}))
    counter.write(e.HandedOver("hoa"), thing)
    assert ledger.take(counter.runs({counter.own: 0})) == Taken(1)
    assert ledger.connection.scalars(select(t.dossiers.c.status)).all() == ["handed_over"]


def test_without_its_salt_a_dossier_has_no_token(ledger: Ledger, counter: SmallCounter) -> None:
    counter.receive(1)
    (run,) = counter.runs({counter.own: 0})
    records = tuple(record._replace(personal=None) for record in run.records)
    ledger.take((run._replace(records=records),))
    assert ledger.connection.scalar(select(t.dossiers.c.token)) == ""


def test_a_large_log_is_given_out_in_stretches_between_signed_heads(
    ledger: Ledger, counter: SmallCounter
) -> None:
    for number in range(700):
        counter.receive(number, salt=Random(number).randbytes(1000).hex())
    ledger.take(counter.runs({counter.own: 0}))
    (first,) = ledger.runs({counter.own: 0}, FIRST_STRETCH)
    assert 1 < first.last < 701
    assert sum(len(r.public) + len(r.personal or b"") for r in first.records) < STRETCH
    assert first.heads[-1].seq == first.last
    assert all(head_holds(first.keys, UNIT, first.log, head) for head in first.heads)
    (rest,) = ledger.runs({counter.own: first.last})
    assert rest.last == 701


def test_of_what_the_other_holds_nothing_is_given_out(
    ledger: Ledger, counter: SmallCounter
) -> None:
    ledger.take(counter.runs({counter.own: 0}))
    assert ledger.runs({counter.own: 1}) == ()


def test_the_servers_own_log_goes_out_first(ledger: Ledger, counter: SmallCounter) -> None:
    ledger.take(counter.runs({counter.own: 0}))
    logs = [run.log for run in ledger.runs(dict.fromkeys(ledger.map(), 0))]
    assert logs[-1] == counter.own
    assert len(logs) == 2


def test_only_the_server_says_who_is_enrolled(ledger: Ledger, counter: SmallCounter) -> None:
    friend = SmallCounter("friend", 5)
    keys = friend.keys.public
    counter.write(e.Enrolled(keys.device, 5, keys.sign.hex(), keys.seal.hex()))
    counter.write(e.LaneGranted(*counter.own, 11, "2026-01-01", "2027-01-01"))
    ledger.take(counter.runs({counter.own: 0}))
    assert ledger.devices.counters() == {counter.own.device: 1}
    assert ledger.devices.lanes() == []
    with pytest.raises(MessageRejected, match="chưa ghi danh"):
        ledger.take(friend.runs({friend.own: 0}))


def test_a_second_history_is_kept_beside_the_first(ledger: Ledger, counter: SmallCounter) -> None:
    clone = SmallCounter("first", 1)
    counter.receive(1)
    clone.receive(2)
    both = [one.runs({one.own: 0}) for one in (counter, clone)]
    ends = [one.map()[one.own] for one in (counter, clone)]
    assert [ledger.take(runs).received for runs in both] == [2, 1]
    held = ledger.map()
    low, high = sorted(ends, key=lambda known: known.hash)
    assert held[counter.own] == low
    assert (
        held[LogName(counter.own.device, branch_name(counter.own.incarnation, high.hash))] == high
    )
    assert [fork.seq for fork in ledger.forks] == [2]
    assert [ledger.take(runs).received for runs in both] == [0, 0]
    codes = select(t.dossiers.c.code)
    assert len(set(ledger.connection.scalars(codes))) == 2


def test_one_branch_raises_one_alarm(server: SmallServer, counter: SmallCounter) -> None:
    clone = SmallCounter("first", 1)
    clone.number = 100
    counter.receive(1)
    clone.receive(2)
    server.exchange(counter)
    for _ in range(3):
        assert server.exchange(clone).forks == 1
    assert server.forks() == 1


def test_each_further_branch_raises_an_alarm_of_its_own(
    server: SmallServer, counter: SmallCounter
) -> None:
    with server.built.units.open(UNIT) as ledger:
        for number in range(3):
            clone = SmallCounter("first", 1)
            clone.receive(number)
            ledger.take(clone.runs({clone.own: 0}))
            ledger.raise_alarms(counter.own.device, server.now)
    assert server.forks() == 2


def test_a_branch_that_was_told_of_raises_no_second_alarm_when_it_comes(
    server: SmallServer, counter: SmallCounter
) -> None:
    clone = SmallCounter("first", 1)
    for one, number in ((counter, 1), (clone, 2)):
        one.receive(number)
        one.receive(number + 2)
    with server.built.units.open(UNIT) as ledger:
        ledger.take(counter.runs({counter.own: 0}))
        seq, there = clone.map()[clone.own]
        told = Fork(counter.own, seq, counter.map()[counter.own].hash, there)
        ledger.devices.alarm(told, counter.own.device, server.now)
        ledger.take(clone.runs({clone.own: 0}))
        ledger.raise_alarms(counter.own.device, server.now)
    assert server.forks() == 1


def test_a_fork_that_heads_alone_prove_is_told(ledger: Ledger, counter: SmallCounter) -> None:
    clone = SmallCounter("first", 1)
    for one, number in ((counter, 1), (clone, 2)):
        one.receive(number)
        one.receive(number + 2)
    ledger.take(counter.runs({counter.own: 0}))
    (end,) = clone.runs({clone.own: 2})
    heads_alone = end._replace(first=4, records=())
    for run in (end, heads_alone):
        with pytest.raises(Forked):
            ledger.take((run,))
    forged = sign_head(some_keys("kẻ lạ"), UNIT, clone.own, *end.heads[0][:2])
    for run in (end, heads_alone):
        with pytest.raises(MessageRejected) as refused:
            ledger.take((run._replace(heads=(forged,)),))
        assert not isinstance(refused.value, Forked)


def test_a_branch_of_a_branch_is_given_out_from_where_it_grew(
    ledger: Ledger, counter: SmallCounter
) -> None:
    ends = set()
    for way in ((1, 2, 3), (1, 2, 4), (1, 5, 6), (1, 5, 7)):
        clone = SmallCounter("first", 1)
        for number in way:
            clone.receive(number)
        ledger.take(clone.runs({clone.own: 0}))
        ends.add(clone.map()[clone.own])
    held = {log: known for log, known in ledger.map().items() if log.root == counter.own}
    assert set(held.values()) == ends
    for log, known in held.items():
        (run,) = ledger.runs({log: 0})
        before = ledger.hash_at(log, run.first - 1) or b""
        assert links(before, run.records)[-1] == known.hash


def test_of_a_log_that_forked_at_its_beginning_only_one_opening_event_counts(
    ledger: Ledger, counter: SmallCounter
) -> None:
    clone = SmallCounter("first", 2)
    clone.logs.clear()
    clone.start(counter.own.incarnation)
    for one in (counter, clone):
        ledger.take(one.runs({counter.own: 0}))
    assert len(ledger.branching.logs(counter.own)) == 2
    opening = [
        event.name for event in ledger.first_events() if event.name.device == counter.own.device
    ]
    assert opening == [e.EventName(*counter.own, 1)]


@pytest.mark.parametrize(("first", "then"), [(1, 2), (2, 1)])  # either may keep the log's name
def test_a_branch_that_is_held_is_no_news_from_version_0_1(
    server: SmallServer, counter: SmallCounter, first: int, then: int
) -> None:
    clone, to = SmallCounter("first", 1), server.keys.public.device
    counter.receive(first)
    clone.receive(then)
    with server.built.units.open(UNIT) as ledger:
        for one in (counter, clone):
            ledger.take(one.runs({one.own: 0}))
        ledger.raise_alarms(counter.own.device, server.now)
    maps = [dict(one.map()) for one in (counter, clone)]
    for number, told in enumerate(maps, 200):
        asked = Message(UNIT, counter.keys.public, to, number, map_hash(told), told)
        assert not server.answer(pack(asked, counter.keys), counter).trouble
    assert server.forks() == 1


def test_a_branch_that_never_was_takes_no_real_ones_alarm(
    server: SmallServer, counter: SmallCounter
) -> None:
    clone = SmallCounter("first", 1)
    counter.receive(1)
    clone.receive(2)
    server.exchange(counter)
    with server.built.units.open(UNIT) as ledger:
        here = ledger.map()[counter.own]
        told = Fork(counter.own, here.seq, here.hash, bytes(32))
        ledger.devices.alarm(told, counter.own.device, server.now)
        ledger.take(clone.runs({clone.own: 0}))
        ledger.raise_alarms(counter.own.device, server.now)
    assert server.forks() == 2


def test_units_do_not_see_each_other(server: SmallServer, counter: SmallCounter) -> None:
    server.built.units.add("H50.13", "Xã Bên", server.built.author, server.now)
    counter.receive(1)
    server.exchange(counter)
    with server.built.units.open("H50.13") as neighbour:
        assert counter.own not in neighbour.map()
        assert neighbour.devices.counters() == {}
        assert neighbour.hash_at(counter.own, 1) is None
        assert neighbour.folding.events_about(counter.board()) == {}


def test_an_enrolment_in_the_same_message_counts_whatever_its_place(
    server: SmallServer, counter: SmallCounter, owner: Engine
) -> None:
    server.exchange(counter)
    runs = counter.runs(dict.fromkeys(counter.logs, 0))
    with owner.begin() as connection:
        for table in (t.logs, t.heads, t.events, t.devices):
            connection.execute(delete(table))
        ledger = Ledger(connection, UNIT, server.address().keys.device)
        for order in (runs, runs[::-1]):
            with connection.begin_nested() as attempt:
                assert ledger.take(order).received == len(counter.events())
                attempt.rollback()


def test_a_later_word_of_the_server_has_seen_the_earlier(
    server: SmallServer, counter: SmallCounter
) -> None:
    for name in ("Bão", "Lũ"):
        with server.built.units.open(UNIT) as ledger:
            body = e.DaySet("2028-12-01", "local_off", name)
            server.built.author.write(ledger, [body], server.now)
        server.restart()
    server.exchange(counter)
    first, second = sorted(
        (event for event in counter.events() if event.about == "day:2028-12-01"),
        key=lambda event: len(event.saw),
    )
    hash_ = counter.hash_at(LogName(*first.name[:2]), first.name.seq) or b""
    assert (first.saw, second.saw) == ((), (first.name,))
    assert (first.seen_as, second.seen_as) == ((), ("", hash_.hex()[:DIGITS]))


@pytest.mark.parametrize("thing", ["a\0b", "x" * 100_000, "\0" * 300])
def test_a_thing_of_any_name_is_kept_as_it_came(
    ledger: Ledger, counter: SmallCounter, thing: str
) -> None:
    counter.write(e.HandedOver("hoa\0"), thing)
    counter.write(e.HandedOver("lan"), "\ufffd".join(thing[:300].split("\0")))
    runs = counter.runs({counter.own: 0})
    assert ledger.take(runs).received == 3
    assert ledger.runs({counter.own: 0}) == runs
    assert {event.about for event in ledger.folding.events_about([thing])[thing]} == {thing}


def test_no_text_of_an_event_is_one_that_a_store_cannot_hold(
    ledger: Ledger, counter: SmallCounter
) -> None:
    received = structs.replace(counter.received(1), code="a\0", procedure_name="b\0")
    counter.write(structs.replace(received, provisional_code="c\0"), salt="salt")
    counter.write_bytes(b'{"at":"2026-11-30T09:15:00+07:00","body":{"type":"d\\u0000"},"by":"lan"}')
    assert ledger.take(counter.runs({counter.own: 0})).received == 3
    c = t.dossiers.c
    kept = ledger.connection.execute(select(c.code, c.procedure_name, c.provisional_code)).one()
    assert tuple(kept) == ("a\ufffd", "b\ufffd", "c\ufffd")
    newest = select(t.events.c.type).where(t.events.c.device == counter.own.device)
    types = ledger.connection.scalars(newest.order_by(t.events.c.seq)).all()
    assert types == ["incarnation_started", "received", "d\ufffd"]


def test_a_log_of_no_such_name_is_refused(ledger: Ledger, counter: SmallCounter) -> None:
    for incarnation in ("", "a\0", "a\nb", "x" * 101):
        counter.start(incarnation)
        with pytest.raises(MessageRejected, match="hỏng"):
            ledger.take(counter.runs({counter.own: 0}))


def test_a_unit_of_no_such_name_is_unknown(server: SmallServer, counter: SmallCounter) -> None:
    with pytest.raises(UnknownUnit), server.built.units.open("H50\0"):
        pass
    assert server.built.units.look_up("\0" * 18) is None


def test_a_code_of_no_such_name_is_refused(server: SmallServer) -> None:
    asked = Asked(UNIT, "\0", 1, "00", "00", "00")
    with pytest.raises(Refused, match="không đúng"):
        server.built.enrolment.enrol(asked, server.now)
