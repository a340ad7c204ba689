from random import Random

import httpx
from sqlalchemy import Connection, event

from app.models.events import event as e
from app.models.events.closing import Withdrawn
from app.models.exchange.messages import map_hash
from tests.sync.small import SmallCounter, SmallServer

NORMAL, EXTRA = 1, 3  # as SQLite numbers its levels of `synchronous`


def test_an_enrolled_counter_gets_catalogue_and_calendar(server: SmallServer) -> None:
    counter = SmallCounter("first", 1)
    server.enrol(counter)
    outcome = server.exchange(counter)
    assert len(counter.bodies(e.ProcedureSet)) == 123
    assert counter.bodies(e.DaySet)
    assert counter.bodies(e.Enrolled) == [
        e.Enrolled(
            counter.keys.public.device,
            1,
            counter.keys.public.sign.hex(),
            counter.keys.public.seal.hex(),
            branches=True,
        )
    ]
    assert outcome.received == len(counter.events()) - 1
    assert outcome.pending == 0


def test_what_a_counter_received_is_on_the_server_and_acknowledged(
    server: SmallServer, counter: SmallCounter
) -> None:
    counter.receive(1)
    outcome = server.exchange(counter)
    assert (outcome.sent, outcome.received, outcome.pending) == (1, 0, 0)
    assert outcome.requests == 2
    assert outcome.acknowledged == counter.map()


def test_a_further_exchange_moves_nothing(server: SmallServer, counter: SmallCounter) -> None:
    counter.receive(1)
    server.exchange(counter)
    again = server.exchange(counter)
    assert (again.sent, again.received, again.pending) == (0, 0, 0)


def test_an_idle_exchange_is_one_small_question_and_answer(
    server: SmallServer, counter: SmallCounter
) -> None:
    for incarnation in range(200):
        counter.start(f"{incarnation:016x}")
    server.exchange(counter)
    idle = server.exchange(counter)
    assert idle.requests == 1
    assert idle.bytes_up <= 1024
    assert idle.bytes_down <= 1024
    assert idle.acknowledged == counter.map()


def test_only_what_brings_nothing_waits_for_no_disk(
    server: SmallServer, counter: SmallCounter
) -> None:
    levels = list[object]()

    @event.listens_for(server.built.engine, "commit")
    def note(connection: Connection) -> None:
        levels.append(connection.exec_driver_sql("PRAGMA synchronous").scalar())

    server.exchange(counter)
    assert levels == [NORMAL]
    counter.receive(1)
    server.exchange(counter)
    assert levels == [NORMAL, NORMAL, EXTRA]


def test_what_is_written_while_nothing_moves_goes_with_the_next_exchange(
    server: SmallServer, counter: SmallCounter
) -> None:
    def writes(response: httpx.Response) -> httpx.Response:
        counter.receive(1)
        server.line.after = lambda later: later
        return response

    server.line.after = writes
    idle, then = server.exchange(counter), server.exchange(counter)
    assert (idle.requests, idle.sent) == (1, 0)
    assert (then.sent, then.pending) == (1, 0)
    assert then.acknowledged == counter.map()


def test_two_counters_and_the_server_come_to_hold_the_same(server: SmallServer) -> None:
    one, two = SmallCounter("first", 1), SmallCounter("second", 2)
    for counter in (one, two):
        server.enrol(counter)
        for number in range(60):
            thing = counter.receive(number)
            counter.write(e.HandedOver("hoa"), str(thing))
    for counter in (one, two, one):
        server.exchange(counter)
    assert map_hash(one.map()) == map_hash(two.map())
    assert one.board() == two.board()
    assert len({dossier.code for dossier in one.board().values()}) == 120
    assert server.exchange(one).received == server.exchange(two).received == 0


def test_deeds_on_one_dossier_at_two_counters_fold_alike(
    server: SmallServer, counter: SmallCounter
) -> None:
    other = SmallCounter("second", 2)
    server.enrol(other)
    thing = str(counter.receive(1))
    for each in (counter, other):
        server.exchange(each)
    counter.write(e.HandedOver("hoa"), thing)
    other.write(Withdrawn(), thing)
    for each in (counter, other, counter):
        server.exchange(each)
    assert counter.board()[thing] == other.board()[thing]


def test_more_than_one_message_holds_goes_in_several(
    server: SmallServer, counter: SmallCounter
) -> None:
    for number in range(1000):
        counter.receive(number, salt=Random(number).randbytes(400).hex())
    other = SmallCounter("second", 2)
    server.enrol(other)
    sent = server.exchange(counter)
    assert sent.sent == 1000
    assert sent.requests == 3
    assert max(map(len, server.line.sent)) <= 256 * 1024
    assert server.exchange(other).received == len(other.events()) - 1
    assert server.exchange(counter).received == 1
    assert other.map() == counter.map()


def test_an_unknown_kind_of_event_is_passed_on_as_it_came(
    server: SmallServer, counter: SmallCounter
) -> None:
    public = b'{"at":"2026-11-30T09:00:00+07:00","body":{"type":"of_2031","x":1},"by":"lan"}'
    counter.write_bytes(public)
    other = SmallCounter("second", 2)
    server.enrol(other)
    for each in (counter, other):
        server.exchange(each)
    assert public in {record.public for record in other.logs[counter.own].records}
