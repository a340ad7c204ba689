"""The asking side of an exchange: what is asked of a peer, and what its signed answers come to.

Whoever carries the bytes is the caller's: HTTP to the server or to a hub, a simulation's line.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import NamedTuple, Protocol

from app.models.errors import OtherSideFailed
from app.models.exchange.chain import DeviceKeys, LogName, PublicKeys
from app.models.exchange.fitting import pack_fitting
from app.models.exchange.lacking import ToSend, beyond, readable, to_send
from app.models.exchange.messages import (
    FIRST_STRETCH,
    STRETCH,
    Known,
    Map,
    Message,
    MessageRejected,
    Passed,
    Replica,
    Run,
    digest,
    map_hash,
    unpack,
)
from app.models.exchange.points import Points
from app.models.exchange.sealing import is_sealed, seal, unseal

NO_ANSWER = (
    "Nơi trả lời không phải là máy chủ đã ghi danh, hoặc đường truyền làm hỏng dữ liệu. "
    "Chưa có gì được xác nhận; kiểm tra mạng rồi gửi lại."
)

NOTHING: Mapping[LogName, int] = {}


class Ask(Protocol):
    """Carries one question and brings its answer; raises `OtherSideFailed`."""

    def __call__(self, question: bytes, meanwhile: Callable[[], None], /) -> bytes:
        """`meanwhile` is work for the time in which the other side is at its own; it may be left."""


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

    `held` is what it is known to hold, by its last word. `passed` is the hash of the server's map this
    peer passed on last. `for_others`: end on a word of the peer that is small enough to be passed on.
    """

    keys: PublicKeys
    authority: str
    held: Map = field(default_factory=dict)
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
    branches: bool = False
    """The peer reads branches."""
    at_hub: int = 0
    """Events the server hasn't signed for, but a hub of the unit has."""
    silent: bool = False
    """A hub answered, the server itself didn't."""
    trouble: str = ""
    """Why the server gave nothing where a hub did, or that the hub told by hand was not met."""
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
    if mine == theirs:
        return 0
    return sum(
        max(0, known.seq - mine.get(log, Known(0, b"")).seq) for log, known in theirs.items()
    )


class _Question(NamedTuple):
    """What is asked: the hash of our map, the map itself, and from which seq of which logs they hear."""

    hash: str
    told: Map | None = None
    after: Mapping[LogName, int] = NOTHING


class _Ready(NamedTuple):
    """A question as it travels, packed ahead; `said` is as much of it as fitted."""

    question: _Question
    packed: bytes
    said: Message


Meanwhile = Callable[[_Ready], None]
"""What is done while the peer works at this question."""


def resting(_asked: _Ready) -> None:
    """For a question with nothing to do meanwhile."""


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
        self._ready: _Ready | None = None
        self._came: tuple[Run, ...] = ()
        self._branches = False
        self._points = Points(replica)

    def run(self) -> Outcome:
        mine = self._replica.map()
        answer = self._opened(mine)
        if answer.map is None and not answer.trouble:  # what is written meanwhile goes next time
            return self._ended(answer, mine, mine, ToSend({}, ()))
        before: set[tuple[str, str, frozenset[tuple[LogName, int]]]] = set()
        while True:
            answer = self._pulled(answer, mine)
            theirs = mine if answer.map is None else answer.map
            mine = readable(self._replica.map(), branches=answer.branches)
            received = self._sum.received
            self._heard(received, received + behind(mine, theirs))
            lacking = to_send(mine, theirs, self._replica.hash_at)
            if mine == theirs and not answer.trouble:
                break
            points = self._points.told(answer, mine, theirs, lacking, is_first=not before)
            hash_, told = map_hash(mine), {**mine, **points}
            state = hash_, map_hash(theirs), self._points.state
            first = self._first(answer, lacking.after)
            if answer.trouble and (state in before or not first):
                raise OtherSideFailed(answer.trouble)
            if state in before:
                break
            before.add(state)
            question = _Question(hash_, told, first or lacking.after)
            answer = self._ask(question, partial(self._pack_next, mine))
        return self._ended(answer, mine, theirs, lacking)

    def _opened(self, mine: Map) -> Message:
        """The answer to the first question, which brings at once what the peer lacked when it last
        spoke: what this counter wrote since, for the rest may have reached it through others."""
        asked, own = _Question(map_hash(mine)), self._keys.public.device
        if not self._peer.held or self._peer.held == mine:
            return self._ask(asked)
        here, there = (
            {log: known for log, known in held.items() if log.device == own}
            for held in (mine, self._peer.held)
        )
        after = to_send(here, there, self._replica.hash_at).after
        if after and not _have_parted(here):
            answer = self._ask(asked._replace(after=after), partial(self._pack_next, mine))
            if not answer.trouble:  # else it isn't what it was, or it turns us away
                return answer
        return self._ask(asked)

    def _pulled(self, answer: Message, mine: Map) -> Message:
        """The last answer, once all that came is taken in: a stretch while the next is on its way."""
        coming, theirs = dict(mine), answer.map or {}
        while answer.runs and not answer.trouble:
            before = behind(coming, theirs)
            ends = {
                run.log: Known(run.last, run.heads[-1].hash) for run in answer.runs if run.heads
            }
            coming |= ends
            if not 0 < behind(coming, theirs) < before or _have_parted(coming, theirs):
                break
            self._came = answer.runs
            try:
                answer = self._ask(_Question(map_hash(mine), dict(coming)), self._take_what_came)
            finally:  # who carries it may leave that, or fail before
                self._take_what_came()
            theirs = answer.map or theirs
            self._heard(self._sum.received, self._sum.received + behind(coming, theirs))
        self._take(answer.runs)
        return answer

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

    def _take_what_came(self, _asked: object = None) -> None:
        runs, self._came = self._came, ()
        self._take(runs)

    def _ended(self, answer: Message, mine: Map, theirs: Map, lacking: ToSend) -> Outcome:
        if self._peer.for_others and answer.runs:
            answer = self._ask(_Question(map_hash(mine)))
        if self._peer.for_others and not answer.runs and not answer.trouble:
            word = Passed(self._last, mine if answer.map is None else answer.map)
            self._sum = replace(self._sum, word=word)
        return self._outcome(mine, theirs, lacking)

    def _outcome(self, mine: Map, theirs: Map, lacking: ToSend) -> Outcome:
        # the peer goes on further in a log of ours and yet sends nothing: it holds another branch
        forks = {*lacking.forks, *beyond(mine, theirs, self._replica.hash_at)}
        roots = {log.root for log in forks}
        pending = sum(
            mine[log].seq - seq for log, seq in lacking.after.items() if log.root not in roots
        )
        pending += sum(mine[root].seq for root in roots if root in mine)
        return replace(
            self._sum,
            acknowledged=theirs,
            pending=pending,
            forks=len(forks),
            branches=self._branches,
        )

    # --- one question, one answer ---------------------------------------------------------------

    def _packed(self, question: _Question, budget: int) -> _Ready:
        """The question under our next number, with about `budget` bytes; nothing but this makes one."""
        runs = self._replica.runs(question.after, budget) if question.after else ()
        message = Message(
            self._unit, self._keys.public, self._peer.keys.device, self._numbers.exchange_number(),
            question.hash, question.told, runs, knows=self._peer.passed, branches=True,
        )  # fmt: skip
        return _Ready(question, *pack_fitting(message, self._keys))

    def _ask(self, question: _Question, meanwhile: Meanwhile = resting) -> Message:
        """The peer's answer; a number it has seen already is jumped over, once."""
        ready, self._ready = self._ready, None
        asked = (
            ready if ready and ready.question == question else self._packed(question, FIRST_STRETCH)
        )
        answer = self._answer(asked, meanwhile)
        if answer.trouble and answer.number >= asked.said.number:
            self._numbers.set_exchange_number(answer.number)
            return self._answer(self._packed(question, FIRST_STRETCH), meanwhile)
        return answer

    def _answer(self, asked: _Ready, meanwhile: Meanwhile) -> Message:
        packed, said = asked.packed, asked.said
        travelling = seal(packed, self._peer.keys)
        body = self._carry(travelling, partial(meanwhile, asked))
        self._count(requests=1, bytes_up=len(travelling), bytes_down=len(body))
        answer = self._checked(body, packed, said)
        self._branches = answer.branches
        if not answer.trouble:
            self._count(sent=sum(len(run.records) for run in said.runs))
            self._sum = replace(
                self._sum, number=said.number, passed=answer.passed or self._sum.passed
            )
        return answer

    def _pack_next(self, mine: Map, asked: _Ready) -> None:
        """What will be asked next if the peer just takes all that is on its way to it."""
        taken = {**asked.question.after, **{run.log: run.last for run in asked.said.runs}}
        after = {log: seq for log, seq in taken.items() if log in mine and seq < mine[log].seq}
        if after:
            self._ready = self._packed(_Question(asked.question.hash, mine, after), STRETCH)

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


def _have_parted(*maps: Map) -> bool:
    return any(log != log.root for held in maps for log in held)
