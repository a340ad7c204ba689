"""Several processes on one PostgreSQL, and what happens when one of them, or its line, is cut."""

import asyncio
import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from itertools import count
from pathlib import Path

import httpx
import pytest
from sqlalchemy import text

from app.models.errors import OtherSideFailed
from app.models.events import event as e
from app.models.exchange.messages import Message, digest, pack, unpack
from server.exchange.answer import Outcome
from server.store import postgres
from server.store.database import TRIES, StoreBusy, StoreFailed, insisting, writing
from tests.server.cluster import Cluster
from tests.sync.small import NOW, UNIT, SmallCounter, SmallServer


@pytest.fixture
def store(cluster: Cluster, database: str) -> str:
    """PostgreSQL only: SQLite is for one machine."""
    return cluster.url(database)


@pytest.fixture
def two(server: SmallServer) -> Iterator[list[str]]:
    """The addresses of two processes on the server's store."""
    words = ["serve", "--data", str(server.data), "--store", server.store, "--json"]
    command = [sys.executable, "-m", "server.cli", *words, "--listen", "127.0.0.1:0"]
    with ExitStack() as stack:
        processes = [
            stack.enter_context(subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8"))
            for _ in range(2)
        ]
        for process in processes:
            stack.callback(process.kill)
        yield [json.loads(process.stdout.readline())["address"] for process in processes]  # type: ignore[union-attr]


def pushed(counter: SmallCounter, server: SmallServer) -> bytes:
    """A message with all the counter wrote itself, under its next number."""
    runs = counter.runs({log: 0 for log in counter.logs if log.device == counter.own.device})
    to, number = server.address().keys.device, counter.exchange_number()
    return pack(Message(UNIT, counter.keys.public, to, number, "", {}, runs), counter.keys)


def posted(addresses: list[str], messages: list[bytes]) -> list[httpx.Response]:
    """The answers to all messages, sent at once, to each address in turn."""

    async def all_at_once() -> list[httpx.Response]:
        async with httpx.AsyncClient(timeout=60) as client:
            asked = (
                client.post(f"{addresses[n % len(addresses)]}/exchange", content=message)
                for n, message in enumerate(messages)
            )
            return await asyncio.gather(*asked)

    return asyncio.run(all_at_once())


def test_two_processes_take_in_for_one_unit_at_once(server: SmallServer, two: list[str]) -> None:
    counters = [SmallCounter(f"counter {number}", number) for number in range(1, 7)]
    for counter in counters:
        server.enrol(counter)
        counter.start("a" * 16, reason="moved")
    for round_ in range(3):
        for counter in counters:
            counter.receive(round_)
        answers = posted(two, [pushed(counter, server) for counter in counters])
        assert {answer.status_code for answer in answers} == {200}
        assert all(unpack(answer.content).trouble == "" for answer in answers)
    held = server.map()
    assert all(held[counter.own] == counter.map()[counter.own] for counter in counters)
    reader = counters[0]
    server.exchange(reader)
    lanes = [body.lane for body in reader.bodies(e.LaneGranted)]
    assert sorted(lanes) == list(range(10, 16))


def test_the_same_message_at_two_processes_is_answered_once(
    server: SmallServer, two: list[str]
) -> None:
    counter = SmallCounter("first", 1)
    server.enrol(counter)
    counter.receive(1)
    message = pushed(counter, server)
    troubles = [unpack(a.content).trouble for a in posted(two, [message] * 4)]
    assert sorted(bool(trouble) for trouble in troubles) == [False, True, True, True]
    assert server.map()[counter.own].seq == 2


def test_a_process_killed_between_commit_and_reply_loses_nothing(
    server: SmallServer, counter: SmallCounter, tmp_path: Path
) -> None:
    counter.receive(1)
    message = tmp_path / "message"
    message.write_bytes(pushed(counter, server))
    dying = """
import os, signal, sys
from pathlib import Path
from server import clock
from server.build import build
data, store, message = sys.argv[1:]
build(Path(data), store).upstream.answered(Path(message).read_bytes(), clock.now())
os.kill(os.getpid(), signal.SIGKILL)
"""
    arguments = [str(server.data), server.store, str(message)]
    killed = subprocess.run([sys.executable, "-c", dying, *arguments], check=False)
    assert killed.returncode == -signal.SIGKILL
    held = server.map()
    assert held[counter.own].seq == 2
    outcome = server.exchange(counter)
    assert (outcome.sent, outcome.pending) == (0, 0)
    assert outcome.acknowledged == held


def test_what_another_undid_is_done_again_and_not_for_ever() -> None:
    tries = count(1)

    def deed() -> int:
        number = next(tries)
        if number % (TRIES + 1):
            raise StoreBusy
        return number

    with pytest.raises(StoreBusy):
        insisting(deed)
    assert insisting(deed) == TRIES + 1


def test_a_transaction_whose_connection_is_cut_is_done_again(
    server: SmallServer, counter: SmallCounter, cluster: Cluster
) -> None:
    engine = server.built.engine
    cut: list[int | None] = []

    def deed() -> int:
        with writing(engine, UNIT) as connection:
            pid = connection.scalar(text("SELECT pg_backend_pid()"))
            if not cut:
                cut.append(pid)
                cluster.sql(f"SELECT pg_terminate_backend({pid})")
            return int(connection.scalar(text("SELECT 1")) or 0)

    assert insisting(deed) == 1
    assert len(cut) == 1


def test_who_waits_too_long_for_the_units_lock_is_asked_to_come_back(
    server: SmallServer, counter: SmallCounter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres, "_OPTIONS", "-c lock_timeout=20ms")
    server.restart()
    asked: list[httpx.Response] = []
    server.line.after = lambda response: asked.append(response) or response  # type: ignore[func-returns-value,redundant-expr]
    other = SmallServer(server.data, store=server.store)
    with other.built.units.open(UNIT), pytest.raises(OtherSideFailed, match="thử lại sau"):
        server.exchange(counter)
    other.built.engine.dispose()
    (answer,) = asked
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "30")
    assert server.exchange(counter).pending == 0


def test_too_many_at_once_are_asked_to_come_back(
    server: SmallServer, counter: SmallCounter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres, "CONNECTIONS", 1)
    monkeypatch.setattr(postgres, "PATIENCE", 1)
    server.restart()
    busy = server.built.engine.connect()
    message = pushed(counter, server)
    answer = server.built.upstream.answered(message, NOW)
    busy.close()
    assert answer.outcome is Outcome.FAILED
    said = unpack(answer.travelling)
    assert (said.answers, said.trouble[:20]) == (digest(message), "Máy chủ đang quá bận")


def test_a_standby_is_no_place_to_write(server: SmallServer) -> None:
    def write() -> None:
        with writing(server.built.engine, UNIT) as connection:
            connection.execute(text("SET TRANSACTION READ ONLY"))
            connection.execute(text("UPDATE units SET name = name"))

    with pytest.raises(StoreFailed):
        write()
