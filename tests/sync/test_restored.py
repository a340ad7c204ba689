"""A server put back from a backup: its counters notice, and fill it again."""

import shutil
from pathlib import Path

from sqlalchemy import delete, update

from app.models.events import event as e
from app.models.exchange.messages import unpack
from server.store import tables as t
from tests.sync.small import UNIT, SmallCounter, SmallServer, opened


def backed_up(server: SmallServer, place: Path) -> None:
    """A copy of the data folder, made while nothing writes."""
    server.restart()
    shutil.copytree(server.data, place)


def put_back(place: Path, server: SmallServer) -> None:
    """Yesterday's data under a new process."""
    shutil.rmtree(server.data)
    shutil.copytree(place, server.data)
    server.restart()


def test_a_restored_server_is_filled_again(
    server: SmallServer, counter: SmallCounter, tmp_path: Path
) -> None:
    counter.receive(1)
    server.exchange(counter)
    backed_up(server, tmp_path / "backup")
    counter.receive(2)
    assert server.exchange(counter).pending == 0
    put_back(tmp_path / "backup", server)
    assert server.map()[counter.own].seq == 2
    outcome = server.exchange(counter)
    assert (outcome.sent, outcome.pending, outcome.forks) == (1, 0, 0)
    assert server.map() == counter.map()


def test_a_counter_enrolled_after_the_backup_brings_its_enrolment_along(
    server: SmallServer, counter: SmallCounter, tmp_path: Path
) -> None:
    backed_up(server, tmp_path / "backup")
    later = SmallCounter("second", 2)
    server.enrol(later)
    later.receive(1)
    server.exchange(later)
    put_back(tmp_path / "backup", server)
    assert server.exchange(later).pending == 0
    assert server.map() == later.map()
    said = (unpack(opened(question, server.keys)) for question in server.line.sent)
    first = next(message for message in said if message.runs)
    assert {run.log.device for run in first.runs} == {server.address().keys.device}


def test_another_counters_enrolment_is_brought_along_too(
    server: SmallServer, counter: SmallCounter, tmp_path: Path
) -> None:
    backed_up(server, tmp_path / "backup")
    later = SmallCounter("second", 2)
    server.enrol(later)
    later.receive(1)
    for each in (later, counter):
        server.exchange(each)
    put_back(tmp_path / "backup", server)
    assert server.exchange(counter).pending == 0
    assert server.map()[later.own] == later.map()[later.own]


def test_a_restored_server_writes_in_an_incarnation_of_its_own(
    server: SmallServer, counter: SmallCounter, tmp_path: Path
) -> None:
    backed_up(server, tmp_path / "backup")
    server.enrol(SmallCounter("second", 2))
    server.exchange(counter)
    put_back(tmp_path / "backup", server)
    server.enrol(SmallCounter("third", 3))
    assert server.exchange(counter).forks == 0
    assert {body.counter for body in counter.bodies(e.Enrolled)} == {1, 2, 3}


def test_data_put_back_under_a_running_server_forks_nothing(
    server: SmallServer, counter: SmallCounter
) -> None:
    say(server, e.DaySet("2028-12-01", "local_off", "Bão"))
    server.exchange(counter)
    forget_last_event(server)
    say(server, e.DaySet("2028-12-02", "local_off", "Lũ"))
    assert server.exchange(counter).forks == 0
    days = {day.date for day in counter.bodies(e.DaySet) if day.date > "2028"}
    assert days == {"2028-12-01", "2028-12-02"}
    assert server.map() == counter.map()


def say(server: SmallServer, body: e.AnyBody) -> None:
    with server.built.units.open(UNIT) as ledger:
        server.built.author.write(ledger, [body], server.now)


def forget_last_event(server: SmallServer) -> None:
    """As if the database had gone back by one transaction, its process none the wiser."""
    with server.built.units.open(UNIT) as ledger:
        own = [log for log in ledger.map() if log.device == server.address().keys.device]
        (log,) = own
        last = ledger.map()[log].seq
        for table in (t.events, t.heads):
            ledger.connection.execute(
                delete(table).where(table.c.device == log.device, table.c.seq == last)
            )
        before = {"seq": last - 1, "hash": ledger.hash_at(log, last - 1)}
        ledger.connection.execute(
            update(t.logs).where(t.logs.c.device == log.device).values(before)
        )
