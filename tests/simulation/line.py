"""The line between counters and server: loses, repeats, delays, reorders, spoils, and answers falsely."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from random import Random
from typing import Any, Protocol

import pytest

from app.models.errors import OtherSideFailed
from app.sync import client, enrol, files
from tests.simulation.hub import HUB_URL, SimulatedHub
from tests.simulation.seats import Crashed

OK = 200
PORTAL = b"<html>Xin chao. Hay dang nhap mang.</html>"

FAULTS = (
    "request lost", "answer lost", "request twice", "request late", "answer of another question",
    "portal", "request spoiled", "answer spoiled", "answer cut",
)  # fmt: skip


class Server(Protocol):
    """Whoever takes a request's bytes and gives its answer; raises `Crashed`."""

    def answer(self, path: str, body: bytes) -> tuple[int, bytes]: ...


@dataclass
class Line:
    """`rates` says how often each fault strikes; none does once it is healed."""

    server: Server
    chance: Random
    rates: Mapping[str, float]
    seen: Counter[str]
    cut: bool = False
    """The line to the server; the network of the commune goes on."""
    hub: SimulatedHub | None = None
    late: list[tuple[str, bytes]] = field(default_factory=list)
    answers: list[bytes] = field(default_factory=list)

    def post(
        self, _client: object, url: str, body: bytes, _kind: str,
        meanwhile: Callable[[], None] = lambda: None,
    ) -> tuple[int, bytes]:  # fmt: skip
        """One request, as `app.sync.http.post` carries it."""
        path = "/" + url.rpartition("/")[2]
        near = url.startswith(HUB_URL)
        if self.cut and not near:
            self.seen["line cut"] += 1
            raise OtherSideFailed("đường truyền đứt")
        meanwhile()
        if self._strikes("request lost"):
            raise OtherSideFailed("yêu cầu mất")
        if self._strikes("portal"):
            return OK, PORTAL
        if not near and self._strikes("request late"):
            self.late.append((path, body))
            raise OtherSideFailed("yêu cầu chậm")
        if self._strikes("request spoiled"):
            body = self._spoiled(body)
        carry = self._near if near else self._answered
        status, answer = carry(path, body)
        if self._strikes("request twice"):
            status, answer = carry(path, body)
        return status, self._back(answer)

    def deliver_late(self) -> int:
        """Requests that were on their way arrive now, in any order; nobody waits for the answers."""
        self.chance.shuffle(self.late)
        late, self.late = self.late, []
        for path, body in late:
            try:
                self.server.answer(path, body)
            except Crashed:
                self.seen["server crash"] += 1
        return len(late)

    def _near(self, path: str, body: bytes) -> tuple[int, bytes]:
        assert self.hub is not None
        return self.hub.answer(path, body)

    def _answered(self, path: str, body: bytes) -> tuple[int, bytes]:
        try:
            return self.server.answer(path, body)
        except Crashed as crash:
            self.seen["server crash"] += 1
            raise OtherSideFailed("máy chủ dừng") from crash

    def _back(self, answer: bytes) -> bytes:
        self.answers.append(answer)
        if self._strikes("answer lost"):
            raise OtherSideFailed("trả lời mất")
        if self._strikes("answer of another question"):
            return self.chance.choice(self.answers)
        if self._strikes("answer spoiled"):
            return self._spoiled(answer)
        if self._strikes("answer cut"):
            return answer[: self.chance.randrange(len(answer) + 1)]
        return answer

    def _spoiled(self, body: bytes) -> bytes:
        if not body:
            return body  # nobody answered in words to what was no question
        at = self.chance.randrange(len(body))
        return body[:at] + bytes([body[at] ^ (1 << self.chance.randrange(8))]) + body[at + 1 :]

    def _strikes(self, fault: str) -> bool:
        rate = self.rates.get(fault, 0.0)
        if not rate or self.chance.random() >= rate:
            return False
        self.seen[fault] += 1
        return True


@contextmanager
def carrying(line: Line) -> Iterator[None]:
    """Everything the counter posts goes over `line`."""

    @contextmanager
    def nobody(_transport: Any = None) -> Iterator[None]:
        yield None

    with pytest.MonkeyPatch.context() as patch:
        for module in (client, enrol, files):
            patch.setattr(module, "line", nobody)
            patch.setattr(module, "post", line.post)
        yield
