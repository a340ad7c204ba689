"""The lanes of sealed files, of boxes and of news: what a counter asks, and the signed answers.

Apart from the exchange, so that no scan ever holds up an event, and no ballot is one. A file is named by the hash of its
bytes and goes in parts; whatever is said twice changes nothing, so there is no number to be replayed.
Questions and answers are MessagePack, signed by who speaks and sealed to who hears (docs/wire.md).
"""

from collections.abc import Iterable
from datetime import date
from typing import Annotated, NamedTuple, Protocol, TypeVar

import msgspec

from app.models.citizens.satisfaction import FEWEST, LEVELS
from app.models.digest import sha256
from app.models.errors import UNREADABLE
from app.models.events.digitising import MOST_SEALED, FileName
from app.models.events.event import EventName
from app.models.exchange.chain import DeviceKeys, PublicKeys
from app.models.exchange.messages import BROKEN, MessageRejected
from app.models.exchange.sealing import seal, unseal

PART = 64 * 1024
"""Bytes of every part but the last; 10 s on a line of 64 kbit/s, between two of which events go."""

MOST_NAMES = 500
"""Files in one question."""

MOST_BALLOTS = 500
"""Ballots in one question."""

MOST_ASKED = PART + 64 * 1024
"""Bytes of the longest question or answer as it travels."""

_SIGNATURE = 64
_Part = Annotated[bytes, msgspec.Meta(max_length=PART)]
_Key = Annotated[bytes, msgspec.Meta(min_length=32, max_length=32)]
_BallotKey = Annotated[bytes, msgspec.Meta(min_length=16, max_length=16)]
_Answers = Annotated[
    dict[
        Annotated[str, msgspec.Meta(max_length=40)], Annotated[int, msgspec.Meta(ge=1, le=LEVELS)]
    ],
    msgspec.Meta(max_length=20),
]
_Offset = Annotated[int, msgspec.Meta(ge=0, le=MOST_SEALED)]


class Have(msgspec.Struct, frozen=True, tag="have"):
    """How much of each of these do you hold?"""

    files: Annotated[tuple[FileName, ...], msgspec.Meta(max_length=MOST_NAMES)]


class Put(msgspec.Struct, frozen=True, tag="put"):
    """Here is what begins at byte `start` of the file that the event `event` names."""

    file: FileName
    event: EventName
    start: _Offset
    part: _Part


class Get(msgspec.Struct, frozen=True, tag="get"):
    """Give me what begins at byte `start`."""

    file: FileName
    start: _Offset


class Box(msgspec.Struct, frozen=True, tag="box"):
    """What citizens said, in the order of random keys; `until` is the day the box was full."""

    until: date
    ballots: Annotated[
        tuple[tuple[_BallotKey, _Answers], ...],
        msgspec.Meta(min_length=FEWEST, max_length=MOST_BALLOTS),
    ]


class News(msgspec.Struct, frozen=True, tag="news"):
    """Answer once the map you hold of the unit has another hash than this; "" for at once."""

    map_hash: Annotated[str, msgspec.Meta(max_length=64)]


class Holding(msgspec.Struct, frozen=True, tag="holding"):
    """These I hold whole: in a bundle, which brings no answer."""

    files: Annotated[tuple[FileName, ...], msgspec.Meta(max_length=MOST_NAMES)]


class Wanting(msgspec.Struct, frozen=True, tag="wanting"):
    """These I lack, what I want most first: in a bundle, for the next one to me."""

    files: Annotated[tuple[FileName, ...], msgspec.Meta(max_length=MOST_NAMES)]


What = Have | Put | Get | Box | News | Holding | Wanting


class Held(msgspec.Struct, frozen=True, array_like=True):
    """The first `bytes` of the file are held; `whole` once all are there and their hash is right."""

    bytes: int
    whole: bool


class Question(msgspec.Struct, frozen=True):
    """`sign` and `seal` are the asker's keys, `to` the device asked."""

    unit: str
    sign: _Key
    seal: _Key
    to: str
    what: What

    @property
    def sender(self) -> PublicKeys:
        return PublicKeys(self.sign, self.seal)


class Answer(msgspec.Struct, frozen=True, omit_defaults=True):
    """To the question whose digest is `answers`; `trouble` is a sentence, and then nothing else counts.

    `held` is in the order of the files asked for; empty after a `Put` whose event isn't held
    there, and after a `Box`, which is kept.
    `part` follows a `Get`, and is empty beyond the end. `map_hash` follows a `News`, in hex.
    """

    answers: bytes
    held: tuple[Held, ...] = ()
    part: _Part = b""
    trouble: str = ""
    map_hash: str = ""


class Going(NamedTuple):
    """How far a go of the lane is: `done` of `of` bytes; `files` were carried to their end."""

    done: int
    of: int
    files: int


class Sized(Protocol):
    """A file of `size` sealed bytes."""

    @property
    def size(self) -> int: ...


OneOf = TypeVar("OneOf", bound=Sized)
Spoken = TypeVar("Spoken", Question, Answer)

_encode = msgspec.msgpack.encode


def fitting_in(found: Iterable[OneOf], room: int) -> list[OneOf]:
    """Those for which there is room together, in bytes; each whole, in their order."""
    chosen = []
    for one in found:
        if one.size <= room:
            chosen.append(one)
            room -= one.size
    return chosen


def ask(question: Question, keys: DeviceKeys, whom: PublicKeys) -> bytes:
    """The question as it travels."""
    return seal(_signed(_encode(question), keys), whom)


def said(what: What, keys: DeviceKeys, unit: str, whom: PublicKeys) -> bytes:
    """What is said to `whom`, as it travels."""
    return ask(Question(unit, keys.public.sign, keys.public.seal, whom.device, what), keys, whom)


def hear(travelling: bytes, keys: DeviceKeys) -> tuple[Question, bytes]:
    """(what is asked of `keys`, its digest); raises `MessageRejected`."""
    plain = unseal(travelling, keys)
    question = _read(plain, Question)
    _check(plain, question.sender)
    return question, sha256(plain)


def digest_of(question: Question, keys: DeviceKeys) -> bytes:
    """What the answer to it must name."""
    return sha256(_signed(_encode(question), keys))


def reply(answer: Answer, keys: DeviceKeys, whom: PublicKeys) -> bytes:
    """The answer as it travels."""
    return seal(_signed(_encode(answer), keys), whom)


def hear_reply(travelling: bytes, keys: DeviceKeys, whom: PublicKeys, question: Question) -> Answer:
    """What `whom` answered to this very question; raises `MessageRejected`."""
    plain = unseal(travelling, keys)
    _check(plain, whom)
    answer = _read(plain, Answer)
    if answer.answers != digest_of(question, keys):
        raise MessageRejected(BROKEN)
    return answer


def _signed(body: bytes, keys: DeviceKeys) -> bytes:
    return keys.sign(_statement(body)) + body


def _check(plain: bytes, sender: PublicKeys) -> None:
    if not sender.signed(plain[:_SIGNATURE], _statement(plain[_SIGNATURE:])):
        raise MessageRejected("Chữ ký của gói dữ liệu không đúng; không nhận gói này.")


def _statement(body: bytes) -> bytes:
    return sha256(b"motcua files 1\n" + body)


def _read(plain: bytes, kind: type[Spoken]) -> Spoken:
    try:
        return msgspec.msgpack.decode(plain[_SIGNATURE:], type=kind)
    except UNREADABLE as error:
        raise MessageRejected(BROKEN) from error
