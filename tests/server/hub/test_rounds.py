"""A hub's rounds: when it tries its server again."""

import asyncio
from typing import cast

import pytest

from app.models.errors import OtherSideFailed
from server.beside import Rounds
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
