"""Runs a server beside the counter, as a process of its own, and makes the two known to each other."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from app.demo.commune import DESCRIPTION, UNIT
from app.models.errors import OtherSideFailed
from app.store.store import Store
from app.upstream import join, server_of

HERE = "127.0.0.1:0"  # any free port
PATIENCE = 10.0  # seconds a server has to end when asked to


@contextmanager
def serving(folder: Path, listen: str = HERE) -> Iterator[str]:
    """The address of a server on `folder` that runs as long as the block does.

    Raises `OtherSideFailed` when it doesn't start, as when the port is another's.
    """
    process = subprocess.Popen(
        _command(folder, "serve", "--listen", listen), stdout=subprocess.PIPE, encoding="utf-8"
    )
    with process:
        try:
            said = process.stdout.readline() if process.stdout else ""
            if not said:
                raise OtherSideFailed(
                    "Máy chủ thử nghiệm không chạy được; quầy vẫn làm việc bình thường."
                )
            yield str(msgspec.json.decode(said)["address"])
        finally:
            process.terminate()
            try:
                process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                process.kill()


def listening(store: Store) -> str:
    """Where this counter's server listened last, so that the QR of old slips still leads there."""
    known = server_of(store)
    return known.url.removeprefix("http://") if known else HERE


def acquaint(store: Store, folder: Path, address: str) -> None:
    """Add the unit and enrol this counter with a one-time code, unless that was done before."""
    if server_of(store) is None:
        _ask(folder, "unit", "add", UNIT, DESCRIPTION.name)
        code = msgspec.json.decode(_ask(folder, "enrol", UNIT))["code"]
        join(store, address, code)


def _ask(folder: Path, *words: str) -> str:
    """What the server's own command line answers; empty when it refuses, as for a unit that is there."""
    return subprocess.run(
        _command(folder, *words), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        encoding="utf-8", check=False,
    ).stdout  # fmt: skip


def _command(folder: Path, *words: str) -> list[str]:
    return [sys.executable, "-m", "server.cli", *words, "--data", str(folder), "--json"]
