"""One exchange with the server: compare maps, then each side sends what the other lacks."""

from dataclasses import dataclass, replace
from typing import Protocol

import httpx

from app.models.chain import DeviceKeys, LogName
from app.models.errors import OtherSideFailed
from app.models.exchange import (
    Known,
    Map,
    Message,
    MessageRejected,
    Replica,
    Run,
    ToSend,
    digest,
    map_hash,
    to_send,
    unpack,
)
from app.models.fitting import pack_fitting
from app.sync.address import ServerAddress
from app.sync.http import line, post

OK = 200

_NO_ANSWER = (
    "Nơi trả lời không phải là máy chủ đã ghi danh, hoặc đường truyền làm hỏng dữ liệu. "
    "Chưa có gì được xác nhận; kiểm tra mạng rồi gửi lại."
)


class NumberSource(Protocol):
    """This device's exchange number, which only rises."""

    def exchange_number(self) -> int:
        """The next number, kept before it is used."""

    def set_exchange_number(self, number: int) -> None:
        """Go on above `number`: the server has seen it."""


@dataclass(frozen=True)
class Outcome:
    """What one exchange did; events, requests and bytes are counts.

    `acknowledged` is what the server's last signed map says it holds; `pending` counts the events
    here that it doesn't name, a forked log's whole.
    """

    acknowledged: Map
    pending: int = 0
    sent: int = 0
    received: int = 0
    held: int = 0
    without_effect: int = 0
    forks: int = 0
    requests: int = 0
    bytes_up: int = 0
    bytes_down: int = 0


def exchange(
    replica: Replica,
    keys: DeviceKeys,
    unit: str,
    server: ServerAddress,
    numbers: NumberSource,
    transport: httpx.BaseTransport | None = None,
) -> Outcome:
    """Exchange until neither side has anything the other lacks, or nothing moves any more.

    Raises `OtherSideFailed`; what was taken in or acknowledged until then stays so.
    """
    with line(transport) as client:
        return _Talk(replica, keys, unit, server, numbers, client).run()


class _Talk:
    """The questions and answers of one exchange, and their sum."""

    def __init__(
        self,
        replica: Replica,
        keys: DeviceKeys,
        unit: str,
        server: ServerAddress,
        numbers: NumberSource,
        client: httpx.Client,
    ) -> None:
        self._replica = replica
        self._keys = keys
        self._unit = unit
        self._server = server
        self._numbers = numbers
        self._client = client
        self._sum = Outcome({})

    def run(self) -> Outcome:
        mine = self._replica.map()
        answer = self._ask(self._question(map_hash(mine)))
        before = None
        while True:
            theirs = mine if answer.map is None else answer.map
            self._take(answer.runs)
            mine = self._replica.map()
            state = map_hash(mine), map_hash(theirs)
            lacking = to_send(mine, theirs, self._replica.hash_at)
            first = self._servers_own(lacking.after)
            if answer.trouble and (state == before or not first):
                raise OtherSideFailed(answer.trouble)
            if state[0] == state[1] or state == before:
                return self._outcome(mine, theirs, lacking)
            before = state
            runs = self._replica.runs(first or lacking.after)
            told = {**mine, **self._branches(theirs, lacking)}
            answer = self._ask(self._question(state[0], told, runs))

    def _servers_own(self, after: dict[LogName, int]) -> dict[LogName, int]:
        """What the server itself once said, it must hear first: it tells who is enrolled."""
        device = self._server.keys.device
        return {log: seq for log, seq in after.items() if log.device == device}

    def _branches(self, theirs: Map, lacking: ToSend) -> dict[LogName, Known]:
        """Of a forked log the map tells our hash where theirs stands: so the server sees it too."""
        return {
            log: Known(theirs[log].seq, self._replica.hash_at(log, theirs[log].seq) or b"")
            for log in lacking.forks
        }

    def _take(self, runs: tuple[Run, ...]) -> None:
        if not runs:
            return
        try:
            taken = self._replica.take(runs)
        except MessageRejected as error:
            raise OtherSideFailed(f"Không nhận được dữ liệu của máy chủ: {error}") from error
        self._count(received=taken.received, held=taken.held, without_effect=taken.without_effect)

    def _outcome(self, mine: Map, theirs: Map, lacking: ToSend) -> Outcome:
        # the server goes on further in a log of ours and yet sends nothing: it holds another branch
        ahead = {log for log, known in theirs.items() if log in mine and known.seq > mine[log].seq}
        forks = ahead | set(lacking.forks)
        pending = sum(mine[log].seq - seq for log, seq in lacking.after.items())
        pending += sum(mine[log].seq for log in forks)
        return replace(self._sum, acknowledged=theirs, pending=pending, forks=len(forks))

    # --- one question, one answer ---------------------------------------------------------------

    def _question(self, hash_: str, mine: Map | None = None, runs: tuple[Run, ...] = ()) -> Message:
        number = self._numbers.exchange_number()
        to = self._server.keys.device
        return Message(self._unit, self._keys.public, to, number, hash_, mine, runs)

    def _ask(self, question: Message) -> Message:
        """The server's answer; a number it has seen already is jumped over, once."""
        answer = self._answer(question)
        if answer.trouble and answer.number >= question.number:
            self._numbers.set_exchange_number(answer.number)
            again = question._replace(number=self._numbers.exchange_number())
            return self._answer(again)
        return answer

    def _answer(self, question: Message) -> Message:
        packed, said = pack_fitting(question, self._keys)
        url = f"{self._server.url}/exchange"
        status, body = post(self._client, url, packed, "application/octet-stream")
        self._count(requests=1, bytes_up=len(packed), bytes_down=len(body))
        answer = self._checked(status, body, packed, said)
        if not answer.trouble:
            self._count(sent=sum(len(run.records) for run in said.runs))
        return answer

    def _checked(self, status: int, body: bytes, packed: bytes, said: Message) -> Message:
        """The answer, when it is the enrolled server's to this very question."""
        try:
            answer = unpack(body)
        except MessageRejected as error:
            raise OtherSideFailed(_NO_ANSWER) from error
        to_us = answer.unit == self._unit and answer.to == self._keys.public.device
        answers = answer.answers == digest(packed) and answer.sender == self._server.keys
        equal = answer.map is not None or answer.trouble or answer.map_hash == said.map_hash
        if status != OK or not (to_us and answers and equal):
            raise OtherSideFailed(_NO_ANSWER)
        return answer

    def _count(self, **more: int) -> None:
        summed = {name: getattr(self._sum, name) + number for name, number in more.items()}
        self._sum = replace(self._sum, **summed)
