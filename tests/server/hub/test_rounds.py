"""A hub's rounds: when it tries its server again, and what ends them."""

import asyncio
import errno
import signal
from collections.abc import Callable
from typing import cast

import pytest
from starlette.applications import Starlette

from app.models.errors import OtherSideFailed
from server.beside import Rounds, working
from server.hub.file_relay import FileRelay
from server.hub.hub import Relay

THERE, HERE = "http://192.168.1.2:8710", "http://192.168.1.3:8710"


class Moved:
    """A relay whose server answers at `HERE` only."""

    def __init__(self) -> None:
        self.url = THERE

    def address(self) -> str:
        return self.url

    def relay(self) -> None:
        if self.url != HERE:
            raise OtherSideFailed("Không nối được với máy chủ.")

    def map(self) -> dict[str, str]:
        return {}

    def carry(self) -> int:
        return 0


def test_a_mended_address_is_tried_at_once_however_long_the_wait_was(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("server.beside.LOOK_EVERY", 0.01)
    monkeypatch.setattr("app.sync.pace.FIRST_RETRY", 3600.0)
    moved, looks = Moved(), 0
    rounds: asyncio.Task[None]

    def mend(trouble: str) -> None:
        nonlocal looks
        looks += 1
        if trouble:
            moved.url = HERE
        else:
            rounds.cancel()
        assert looks < 10, "it waits for its hour"

    async def go_round() -> None:
        nonlocal rounds
        each = Rounds(cast("Relay", moved), cast("FileRelay", moved), mend)
        rounds = asyncio.get_running_loop().create_task(each.go_round())
        await rounds

    with pytest.raises(asyncio.CancelledError):
        asyncio.run(go_round())
    assert looks == 2


class Failing(Moved):
    """A relay that fails once where `place` says, by `failure`."""

    def __init__(self, place: str, failure: Exception) -> None:
        super().__init__()
        self.url, self._place, self._failure = HERE, place, failure
        self.relayed = 0

    def relay(self) -> None:
        self._pass("relay")
        self.relayed += 1

    def map(self) -> dict[str, str]:
        self._pass("map")
        return {}

    def carry(self) -> int:
        self._pass("carry")
        return 0

    def _pass(self, place: str) -> None:
        if place == self._place:
            self._place = ""
            raise self._failure


BUSY = OtherSideFailed("Máy chủ đang quá bận.")
FULL = OSError(errno.ENOSPC, "No space left on device")
PASSING: list[tuple[Exception, str]] = [
    (BUSY, "Máy chủ đang quá bận."),
    (FULL, "Trạm trung chuyển chưa đọc, ghi được tệp của nó: ổ đĩa đã đầy."),
]


@pytest.mark.parametrize("place", ["map", "relay", "carry"])
@pytest.mark.parametrize(("failure", "sentence"), PASSING)
def test_a_failure_that_passes_is_told_and_the_rounds_go_on(
    monkeypatch: pytest.MonkeyPatch, place: str, failure: Exception, sentence: str
) -> None:
    monkeypatch.setattr("server.beside.LOOK_EVERY", 0.01)
    monkeypatch.setattr("app.sync.pace.FIRST_RETRY", 0.01)
    failing, told = Failing(place, failure), list[str]()

    async def go_round() -> None:
        def hear(trouble: str) -> None:
            told.append(trouble)
            assert len(told) < 100, "it gave up"
            if failing.relayed and sentence in told and not trouble:
                rounds.cancel()

        each = Rounds(cast("Relay", failing), cast("FileRelay", failing), hear)
        rounds = asyncio.create_task(each.go_round())
        await rounds

    with pytest.raises(asyncio.CancelledError):
        asyncio.run(go_round())
    assert told[-1] == ""


def test_a_fault_of_ours_in_a_round_ends_the_process_and_is_told_in_full(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def live() -> None:
        signalled = asyncio.get_running_loop().create_future()
        stop: Callable[[int], None] = signalled.set_result
        monkeypatch.setattr(signal, "raise_signal", stop)
        broken = Failing("relay", RuntimeError("ours"))
        rounds = Rounds(cast("Relay", broken), cast("FileRelay", broken), lambda _: None)
        monkeypatch.setattr(rounds, "listen", asyncio.Event().wait)
        async with working(rounds, "H26.15.3", "a" * 64, "127.0.0.1", 8710)(Starlette()):
            assert await signalled == signal.SIGTERM

    with pytest.raises(RuntimeError, match="ours"):
        asyncio.run(live())
