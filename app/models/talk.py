"""The asking side of an exchange: what is asked of a peer, and what its signed answers come to.

Whoever carries the bytes is the caller's: HTTP to the server or to a hub, a simulation's line.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Protocol

from app.models.chain import DeviceKeys, LogName, PublicKeys
from app.models.errors import OtherSideFailed
from app.models.exchange import (
    Known,
    Map,
    Message,
    MessageRejected,
    Passed,
    Replica,
    Run,
    ToSend,
    digest,
    map_hash,
    to_send,
    unpack,
)
from app.models.fitting import pack_fitting
from app.models.sealing import is_sealed, seal, unseal

NO_ANSWER = (
    "Nơi trả lời không phải là máy chủ đã ghi danh, hoặc đường truyền làm hỏng dữ liệu. "
    "Chưa có gì được xác nhận; kiểm tra mạng rồi gửi lại."
)

Ask = Callable[[bytes], bytes]
"""Carries one question and brings its answer; raises `OtherSideFailed`."""


Heard = Callable[[int, int], None]
"""Hears how many events are received, and of how many the peer has told."""


def unheard(received: int, of: int) -> None:
    """For whoever waits without asking."""


class NumberSource(Protocol):
    """This device's exchange number, which only rises."""

    def exchange_number(self) -> int:
        """The next number, kept before it is used."""

    def set_exchange_number(self, number: int) -> None:
        """Go on above `number`: the other side has seen it."""


@dataclass(frozen=True)
class Peer:
    """Whom we ask, by its keys; `authority` is the unit's server, whom a hub only passes on.

    `passed` is the hash of the server's map this peer passed on last. `for_others`: end on a word
    of the peer that is small enough to be passed on.
    """

    keys: PublicKeys
    authority: str
    passed: str = ""
    for_others: bool = False


@dataclass(frozen=True)
class Outcome:
    """What one exchange did; events, requests and bytes are counts.

    `acknowledged` is what the peer's last signed map says it holds; `pending` counts the events
    here that it doesn't name, a forked log's whole. `number` is our exchange that it answers.
    """

    acknowledged: Map
    number: int = 0
    pending: int = 0
    sent: int = 0
    received: int = 0
    held: int = 0
    without_effect: int = 0
    forks: int = 0
    requests: int = 0
    bytes_up: int = 0
    bytes_down: int = 0
    at_hub: int = 0
    """Events the server hasn't signed for, but a hub of the unit has."""
    passed: Passed | None = None
    """What a hub passed on of its server's word, when that was news."""
    word: Passed | None = field(default=None, repr=False)
    """The peer's own last word, to be passed on to whoever can't ask it."""


def converse(
    replica: Replica,
    keys: DeviceKeys,
    unit: str,
    peer: Peer,
    numbers: NumberSource,
    ask: Ask,
    heard: Heard = unheard,
) -> Outcome:
    """Exchange until neither side has anything the other lacks, or nothing moves any more.

    Raises `OtherSideFailed`; what was taken in or acknowledged until then stays so.
    """
    return _Talk(replica, keys, unit, peer, numbers, ask, heard).run()


def behind(mine: Map, theirs: Map) -> int:
    """How many events `theirs` names beyond `mine`."""
    return sum(
        max(0, known.seq - mine.get(log, Known(0, b"")).seq) for log, known in theirs.items()
    )


class _Talk:
    """The questions and answers of one exchange, and their sum."""

    def __init__(
        self,
        replica: Replica,
        keys: DeviceKeys,
        unit: str,
        peer: Peer,
        numbers: NumberSource,
        ask: Ask,
        heard: Heard,
    ) -> None:
        self._replica = replica
        self._keys = keys
        self._unit = unit
        self._peer = peer
        self._numbers = numbers
        self._carry = ask
        self._heard = heard
        self._sum = Outcome({})
        self._last = b""

    def run(self) -> Outcome:
        mine = self._replica.map()
        answer = self._ask(self._question(map_hash(mine)))
        before = None
        while True:
            theirs = mine if answer.map is None else answer.map
            self._take(answer.runs)
            mine = self._replica.map()
            received = self._sum.received
            self._heard(received, received + behind(mine, theirs))
            state = map_hash(mine), map_hash(theirs)
            lacking = to_send(mine, theirs, self._replica.hash_at)
            first = self._first(answer, lacking.after)
            if answer.trouble and (state == before or not first):
                raise OtherSideFailed(answer.trouble)
            if state[0] == state[1] or state == before:
                break
            before = state
            runs = self._replica.runs(first or lacking.after)
            told = {**mine, **branches(self._replica, theirs, lacking)}
            answer = self._ask(self._question(state[0], told, runs))
        if self._peer.for_others and answer.runs:
            answer = self._ask(self._question(map_hash(mine)))
        if self._peer.for_others and not answer.runs and not answer.trouble:
            word = Passed(self._last, mine if answer.map is None else answer.map)
            self._sum = replace(self._sum, word=word)
        return self._outcome(mine, theirs, lacking)

    def _first(self, answer: Message, after: dict[LogName, int]) -> dict[LogName, int]:
        """What must be heard first: what the server itself once said, which tells who is enrolled;
        and by whoever refuses us but knows of our logs (we are revoked), those."""
        said = {log: seq for log, seq in after.items() if log.device == self._peer.authority}
        own = self._keys.public.device
        if said or not answer.trouble or all(log.device != own for log in answer.map or ()):
            return said
        return {log: seq for log, seq in after.items() if log.device == own}

    def _take(self, runs: tuple[Run, ...]) -> None:
        if not runs:
            return
        try:
            taken = self._replica.take(runs)
        except MessageRejected as error:
            raise OtherSideFailed(f"Không nhận được dữ liệu của máy chủ: {error}") from error
        self._count(received=taken.received, held=taken.held, without_effect=taken.without_effect)

    def _outcome(self, mine: Map, theirs: Map, lacking: ToSend) -> Outcome:
        # the peer goes on further in a log of ours and yet sends nothing: it holds another branch
        ahead = {log for log, known in theirs.items() if log in mine and known.seq > mine[log].seq}
        forks = ahead | set(lacking.forks)
        pending = sum(mine[log].seq - seq for log, seq in lacking.after.items())
        pending += sum(mine[log].seq for log in forks)
        return replace(self._sum, acknowledged=theirs, pending=pending, forks=len(forks))

    # --- one question, one answer ---------------------------------------------------------------

    def _question(self, hash_: str, mine: Map | None = None, runs: tuple[Run, ...] = ()) -> Message:
        number = self._numbers.exchange_number()
        to, sender = self._peer.keys.device, self._keys.public
        return Message(
            self._unit, sender, to, number, hash_, mine, runs, knows=self._peer.passed
        )  # fmt: skip

    def _ask(self, question: Message) -> Message:
        """The peer's answer; a number it has seen already is jumped over, once."""
        answer = self._answer(question)
        if answer.trouble and answer.number >= question.number:
            self._numbers.set_exchange_number(answer.number)
            again = question._replace(number=self._numbers.exchange_number())
            return self._answer(again)
        return answer

    def _answer(self, question: Message) -> Message:
        packed, said = pack_fitting(question, self._keys)
        travelling = seal(packed, self._peer.keys)
        body = self._carry(travelling)
        self._count(requests=1, bytes_up=len(travelling), bytes_down=len(body))
        answer = self._checked(body, packed, said)
        if not answer.trouble:
            self._count(sent=sum(len(run.records) for run in said.runs))
            self._sum = replace(
                self._sum, number=said.number, passed=answer.passed or self._sum.passed
            )
        return answer

    def _checked(self, body: bytes, packed: bytes, said: Message) -> Message:
        """The answer, when it is the peer's to this very question."""
        try:
            self._last = unseal(body, self._keys) if is_sealed(body) else body
            answer = unpack(self._last)
        except MessageRejected as error:
            raise OtherSideFailed(NO_ANSWER) from error
        to_us = answer.unit == self._unit and answer.to == self._keys.public.device
        answers = answer.answers == digest(packed) and answer.sender == self._peer.keys
        equal = answer.map is not None or answer.trouble or answer.map_hash == said.map_hash
        if not (to_us and answers and equal):
            raise OtherSideFailed(NO_ANSWER)
        return answer

    def _count(self, **more: int) -> None:
        summed = {name: getattr(self._sum, name) + number for name, number in more.items()}
        self._sum = replace(self._sum, **summed)


def branches(replica: Replica, theirs: Map, lacking: ToSend) -> dict[LogName, Known]:
    """Of a forked log a map tells our hash where theirs stands: so that they see it too."""
    return {
        log: Known(theirs[log].seq, replica.hash_at(log, theirs[log].seq) or b"")
        for log in lacking.forks
    }
