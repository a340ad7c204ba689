"""Runs three etcd, three PostgreSQL under Patroni and a HAProxy on this one computer, to try them out.

    .venv/bin/python -m deploy.three_nodes            stays up until Ctrl-C, and says where
    .venv/bin/python -m deploy.three_nodes --kill     kills the leader under load, and counts

Needs Debian's patroni, etcd-server, haproxy and postgresql. Everything lies in a temporary folder,
listens on loopback only, and is ended by its own process ids.
"""

import argparse
import asyncio
import json
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from itertools import count
from pathlib import Path
from string import Template
from typing import Any

import httpx
from sqlalchemy import create_engine

from app.models.errors import Refused
from app.models.exchange.chain import LogName
from app.models.exchange.messages import Known
from run import is_root
from server.store.postgres import migrate_url
from tests.sync.small import UNIT, SmallCounter, SmallServer

HERE = Path(__file__).parent
HOST = "127.0.0.1"
PASSWORD = "try-out"  # of a cluster that lives for minutes, on loopback
COUNTERS = range(1, 4)
AT_WORK = 8.0  # seconds before the leader dies
NODES = range(3)
PATIENCE = 120.0  # seconds for anything to come up

# PostgreSQL refuses to run as root
_AS = ("setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups") if is_root() else ()


class Node:
    """One PostgreSQL under its Patroni."""

    def __init__(self, place: Path, number: int, etcd: str) -> None:
        self.number = number
        self.postgresql, self.rest = free_port(), free_port()
        self._folder = place / f"node{number}"
        self._folder.mkdir()
        self._config = self._folder / "patroni.yml"
        values = {
            "NODE": f"node{number}", "ETCD_HOSTS": etcd, "HOST": HOST, "REST_PORT": self.rest,
            "PG_PORT": self.postgresql, "NETWORK": f"{HOST}/32", "SHARED_BUFFERS": "64MB",
            "DATA_DIR": self._folder / "data", "BIN_DIR": newest_postgresql(),
            "PGPASS": self._folder / "pgpass", "SOCKETS": self._folder,
            "SUPERUSER_PASSWORD": PASSWORD, "REPLICATION_PASSWORD": PASSWORD,
            "REWIND_PASSWORD": PASSWORD,
        }  # fmt: skip
        self._config.write_text(filled("patroni.yml", values), encoding="utf-8")
        if _AS:
            shutil.chown(self._folder, "postgres", "postgres")
        self.process: subprocess.Popen[bytes] | None = None

    def start(self, stack: ExitStack) -> None:
        """Begin, or begin again."""
        log = stack.enter_context((self._folder / "log").open("ab"))
        command = [*_AS, "patroni", str(self._config)]
        self.process = subprocess.Popen(command, stdout=log, stderr=log)
        stack.callback(_stop, self.process)

    def is_leader(self) -> bool:
        """As Patroni itself says."""
        with suppress(httpx.HTTPError):
            return httpx.get(f"http://{HOST}:{self.rest}/primary").status_code == 200
        return False

    def standby_is_synchronous(self) -> bool:
        """Whether it is the standby that holds whatever was acknowledged."""
        with suppress(httpx.HTTPError):
            return httpx.get(f"http://{HOST}:{self.rest}/synchronous").status_code == 200
        return False

    def kill(self) -> None:
        """Patroni and PostgreSQL at once, as when the power goes."""
        assert self.process is not None
        self.process.kill()
        with suppress(ProcessLookupError):
            os.kill(self._postmaster(), signal.SIGKILL)

    def _postmaster(self) -> int:
        return int((self._folder / "data" / "postmaster.pid").read_text().split()[0])


@contextmanager
def three_nodes() -> Iterator[tuple[list[Node], str]]:
    """(the nodes, where HAProxy leads to whichever is the leader), up and replicating."""
    with ExitStack() as stack:
        place = Path(
            stack.enter_context(
                tempfile.TemporaryDirectory(prefix="ha", ignore_cleanup_errors=True)
            )
        )
        place.chmod(0o755)
        etcd = _etcd(stack, place)
        nodes = [Node(place, number, etcd) for number in NODES]
        for node in nodes:
            node.start(stack)
        port = _haproxy(stack, place, nodes)
        until(
            lambda: (
                any(n.is_leader() for n in nodes) and any(n.standby_is_synchronous() for n in nodes)
            )
        )
        yield nodes, f"{HOST}:{port}"


def _etcd(stack: ExitStack, place: Path) -> str:
    ports = [(free_port(), free_port()) for _ in NODES]
    members = ",".join(f"e{n}=http://{HOST}:{peer}" for n, (_, peer) in enumerate(ports))
    for number, (client, peer) in enumerate(ports):
        urls = (f"http://{HOST}:{client}", f"http://{HOST}:{peer}")
        _run(stack, place / f"etcd{number}.log", "etcd", "--name", f"e{number}",
             "--data-dir", str(place / f"etcd{number}"), "--initial-cluster", members,
             "--listen-client-urls", urls[0], "--advertise-client-urls", urls[0],
             "--listen-peer-urls", urls[1], "--initial-advertise-peer-urls", urls[1],
             "--logger", "zap", "--log-level", "error")  # fmt: skip
    until(lambda: _answers(f"http://{HOST}:{ports[0][0]}/health"))
    return ",".join(f"{HOST}:{client}" for client, _ in ports)


def _haproxy(stack: ExitStack, place: Path, nodes: list[Node]) -> int:
    port = free_port()
    values: dict[str, object] = {"HAPROXY_BIND": f"{HOST}:{port}"}
    for n in nodes:
        values |= {f"NODE{n.number + 1}": f"{HOST}:{n.postgresql}", f"REST{n.number + 1}": n.rest}
    config = place / "haproxy.cfg"
    config.write_text(filled("haproxy.cfg", values), encoding="utf-8")
    _run(stack, place / "haproxy.log", "haproxy", "-db", "-f", str(config))
    return port


# --- the leader dies under load -------------------------------------------------------------------


def killed(nodes: list[Node], address: str, data: Path) -> dict[str, Any]:
    """Exchange without a pause, kill the leader meanwhile, and count what was acknowledged and is lost."""
    server = SmallServer(data, UNIT, store=_prepared(address))
    counters = [SmallCounter(f"counter {number}", number) for number in COUNTERS]
    for counter in counters:
        server.enrol(counter)
    (leader,) = (node for node in nodes if node.is_leader())
    acknowledged = asyncio.run(_under_load(server, counters, leader))
    died = time.monotonic()
    held, refused = _first_word(server)
    outage = time.monotonic() - died
    kept = {counter.own: held[counter.own] for counter in counters}
    pending = sum(server.exchange(counter).pending for counter in counters)
    server.built.engine.dispose()
    return {
        "acknowledged_before": sum(known.seq for known in acknowledged.values()),
        "held_after": sum(known.seq for known in kept.values()),
        "lost": sum(max(known.seq - kept[log].seq, 0) for log, known in acknowledged.items()),
        "same_history": all(c.hash_at(*_at(c, kept)) == kept[c.own].hash for c in counters),
        "refused_meanwhile": refused,
        "seconds_without_a_leader": round(outage, 1),
        "pending_at_the_end": pending,
        "another_leads": any(node.is_leader() for node in nodes if node is not leader),
    }


async def _under_load(
    server: SmallServer, counters: list[SmallCounter], leader: Node
) -> dict[LogName, Known]:
    """What each counter was acknowledged last before the leader, killed at work, answered no more."""
    work = [asyncio.to_thread(_until_refused, server, counter) for counter in counters]
    at_work = asyncio.gather(*work)
    await asyncio.sleep(AT_WORK)
    leader.kill()
    return dict(await at_work)


def _until_refused(server: SmallServer, counter: SmallCounter) -> tuple[LogName, Known]:
    acknowledged = Known(0, b"")
    with suppress(Refused):
        for number in count():
            counter.receive(number)
            acknowledged = server.exchange(counter).acknowledged[counter.own]
    return counter.own, acknowledged


def _at(counter: SmallCounter, kept: dict[LogName, Known]) -> tuple[LogName, int]:
    return counter.own, kept[counter.own].seq


def _first_word(server: SmallServer) -> tuple[dict[LogName, Known], int]:
    """What the store holds when it first answers again, and how often it didn't."""
    for refused in count():
        with suppress(Refused):
            return server.map(), refused
        time.sleep(0.2)  # noqa: TID251  # until the next try
    raise AssertionError


def _prepared(address: str) -> str:
    """Migrate a new database by its owner; the address for the server's role."""
    owner = f"postgresql://postgres:{PASSWORD}@{address}"
    _sql(f"{owner}/postgres", "CREATE DATABASE motcua")
    migrate_url(f"{owner}/motcua")
    _sql(f"{owner}/motcua", f"ALTER ROLE motcua_app PASSWORD '{PASSWORD}'")
    return f"postgresql://motcua_app:{PASSWORD}@{address}/motcua"


def _sql(url: str, statement: str) -> None:
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(statement)
    engine.dispose()


# --- around them ----------------------------------------------------------------------------------


def filled(name: str, values: dict[str, object]) -> str:
    """A file of this folder with its ${…} filled in."""
    return Template((HERE / name).read_text(encoding="utf-8")).substitute(values)


def newest_postgresql() -> Path:
    """The folder of its programs."""
    return max(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: int(p.parent.name))


def free_port() -> int:
    """One that nobody listens on now."""
    with socket.create_server((HOST, 0)) as taken:
        return int(taken.getsockname()[1])


def until(true: Callable[[], bool]) -> float:
    """Seconds until `true` is; raises `TimeoutError`."""
    begun = time.monotonic()
    while not true():
        if time.monotonic() - begun > PATIENCE:
            raise TimeoutError
        time.sleep(0.2)  # noqa: TID251  # other processes, which tell nobody
    return time.monotonic() - begun


def _answers(url: str) -> bool:
    with suppress(httpx.HTTPError):
        return httpx.get(url).status_code == 200
    return False


def _run(stack: ExitStack, log: Path, *command: str) -> None:
    output = stack.enter_context(log.open("ab"))
    stack.callback(_stop, subprocess.Popen(command, stdout=output, stderr=output))


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(30)
    except subprocess.TimeoutExpired:
        process.kill()


def main() -> None:
    """Start; wait for Ctrl-C, or kill the leader and print one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kill", action="store_true", help="kill the leader under load, and count")
    options = parser.parse_args()
    begun = time.monotonic()
    with three_nodes() as (nodes, address), tempfile.TemporaryDirectory() as data:
        up = round(time.monotonic() - begun, 1)
        if options.kill:
            print(
                json.dumps({"seconds_until_up": up, **killed(nodes, address, Path(data))}, indent=1)
            )
        else:
            print(_prepared(address), flush=True)
            with suppress(KeyboardInterrupt):
                signal.pause()


if __name__ == "__main__":
    main()
