"""A hub as a program of its own, on loopback: it hears its server's news, tells how it stands, ends with its caller."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest

from app.models.exchange.file_talk import News
from app.models.exchange.messages import map_hash
from app.sync.address import ServerAddress
from app.sync.client import exchange
from app.sync.enrol import enrol
from app.sync.files import asking
from server import keys
from server.build import build
from server.hub.hub import join
from tests.sync.small import NOW, UNIT, SmallCounter, SmallServer

HERE = "127.0.0.1:0"


def said(data: Path, *words: str) -> dict[str, Any]:
    """What one command of the server's answers."""
    done = subprocess.run(_command(data, *words), capture_output=True, encoding="utf-8", check=True)
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def _command(data: Path, *words: str) -> list[str]:
    return [sys.executable, "-m", "server.cli", *words, "--data", str(data), "--json"]


class Begun:
    """A server or hub that runs; `hear` gives the next line it says."""

    def __init__(self, data: Path, *words: str) -> None:
        self.data = data
        self.process = subprocess.Popen(
            _command(data, "serve", "--listen", HERE, *words),
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8",
        )  # fmt: skip
        self.url = str(self.hear()["address"])

    def hear(self) -> dict[str, Any]:
        assert self.process.stdout is not None
        told: dict[str, Any] = json.loads(self.process.stdout.readline())
        return told

    def address(self) -> ServerAddress:
        return ServerAddress(self.url, keys.device_keys(keys.secret(self.data)).public)

    def let_go(self) -> int:
        """Close its stdin, as the end of its caller does; its exit status."""
        assert self.process.stdin is not None
        self.process.stdin.close()
        return self.process.wait(20)


class Commune:
    """A server, two counters it enrolled, and a hub that has heard of both from it."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        made = SmallServer(folder / "server", UNIT)
        self.upstream = stack.enter_context(begun(folder / "server"))
        self.far, self.near = (SmallCounter(f"counter {n}", n) for n in (1, 2))
        for counter in (self.far, self.near):
            enrol(self.upstream.url, made.code(), counter.keys.public, counter.counter, UNIT)
        kept = build(folder / "hub")
        join(
            folder / "hub", kept.engine, kept.keys.public, UNIT, self.upstream.url, made.code(), NOW
        )
        self.hub = stack.enter_context(begun(folder / "hub", "--tied"))
        assert self.hub.hear()["standing"]["trouble"] == ""  # its first exchange is over

    def exchange(self, counter: SmallCounter, whom: Begun) -> str:
        """The hash of what the counter holds then."""
        exchange(counter, counter.keys, UNIT, whom.address(), counter)
        return map_hash(counter.map())


@contextmanager
def begun(data: Path, *words: str) -> Iterator[Begun]:
    one = Begun(data, *words)
    with one.process:
        try:
            yield one
        finally:
            one.process.kill()


@pytest.fixture
def commune(tmp_path: Path) -> Iterator[Commune]:
    with ExitStack() as stack:
        yield Commune(tmp_path, stack)


def test_what_reaches_only_the_server_is_told_by_the_hub_and_the_reverse(commune: Commune) -> None:
    far, near = commune.far, commune.near
    for writer, at, reader, by in (
        (near, commune.hub, far, commune.upstream),
        (far, commune.upstream, near, commune.hub),
    ):
        held = commune.exchange(reader, by)
        writer.receive(1)
        commune.exchange(writer, at)
        with asking(reader.keys, UNIT, by.address(), lane="news") as ask:
            while reader.map().get(writer.own) != writer.map()[writer.own]:
                assert ask(News(held)).map_hash != held  # held until there is something new
                held = commune.exchange(reader, by)


def test_it_tells_whom_it_met_and_what_waits_for_its_server(commune: Commune) -> None:
    near, hub = commune.near, commune.hub
    commune.upstream.process.kill()
    near.receive(1)
    commune.exchange(near, hub)
    while not ((told := hub.hear()["standing"])["counters"] and told["trouble"]):
        pass
    assert [met["counter"] for met in told["counters"]] == [2]
    assert told["waiting"] == 2  # its beginning and the dossier
    status = said(hub.data, "hub", "status")
    assert (status["running"], status["address"], status["waiting"]) == (True, hub.url, 2)
    assert status["trouble"] == told["trouble"]


def test_it_looks_for_its_server_where_that_moved_without_being_begun_again(
    commune: Commune, tmp_path: Path
) -> None:
    near, hub = commune.near, commune.hub
    commune.upstream.process.kill()
    commune.upstream.process.wait(20)
    with begun(commune.upstream.data) as moved:
        near.receive(1)
        commune.exchange(near, hub)
        while not hub.hear()["standing"]["trouble"]:
            pass
        assert said(hub.data, "hub", "address", f"{moved.url}/")["url"] == moved.url
        while hub.hear()["standing"]["trouble"]:
            pass
    assert said(hub.data, "hub", "status")["waiting"] == 0


def test_an_address_that_is_none_or_of_no_hub_is_refused(commune: Commune, tmp_path: Path) -> None:
    for folder, url in ((commune.hub.data, "motcua.gov.vn"), (tmp_path / "none", HERE)):
        words = _command(folder, "hub", "address", url)
        done = subprocess.run(words, capture_output=True, encoding="utf-8", check=False)
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr.count("\n") == 1


def test_it_ends_with_whoever_began_it_and_leaves_no_word_of_running(commune: Commune) -> None:
    hub = commune.hub
    assert hub.let_go() == 0
    status = said(hub.data, "hub", "status")
    assert (status["hub"], status["running"]) == (True, False)


def test_a_folder_without_a_hub_says_so(tmp_path: Path) -> None:
    assert said(tmp_path, "hub", "status") == {"hub": False}
