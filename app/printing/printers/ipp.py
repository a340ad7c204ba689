"""Writes and reads messages of the Internet Printing Protocol (RFC 8010)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum
from struct import Struct

_HEAD = Struct(">HHI")
_LENGTH = Struct(">H")
_INTEGER = Struct(">i")
_VERSION = 0x0200


class Operation(IntEnum):
    """What is asked (RFC 8011; the last two are CUPS')."""

    CREATE_JOB = 0x0005
    SEND_DOCUMENT = 0x0006
    CANCEL_JOB = 0x0008
    GET_JOB_ATTRIBUTES = 0x0009
    GET_DEFAULT = 0x4001
    GET_PRINTERS = 0x4002


class Tag(IntEnum):
    """What a group or a value is."""

    OPERATION = 0x01
    JOB = 0x02
    END = 0x03
    INTEGER = 0x21
    BOOLEAN = 0x22
    ENUM = 0x23
    NAME = 0x42
    KEYWORD = 0x44
    URI = 0x45
    CHARSET = 0x47
    LANGUAGE = 0x48
    MIME = 0x49


Value = str | int
"""A truth value is an int."""
Attribute = tuple[Tag, str, Value]
Group = Mapping[str, tuple[Value, ...]]

_FIRST: tuple[Attribute, ...] = (
    (Tag.CHARSET, "attributes-charset", "utf-8"),
    (Tag.LANGUAGE, "attributes-natural-language", "en"),
)


@dataclass(frozen=True, slots=True)
class Answer:
    """A status, 0x0100 and above for a failure, and groups of attributes."""

    status: int
    groups: tuple[Group, ...]


def request(
    operation: Operation, about: Iterable[Attribute], job: Iterable[Attribute] = ()
) -> bytes:
    """A request; the document of a print job is sent right behind it.

    A name that is "" adds a value to the attribute before it.
    """
    return b"".join(
        (
            _HEAD.pack(_VERSION, operation, 1),
            bytes((Tag.OPERATION,)),
            *(_attribute(*each) for each in (*_FIRST, *about)),
            bytes((Tag.JOB,)),
            *(_attribute(*each) for each in job),
            bytes((Tag.END,)),
        )
    )


def _attribute(tag: Tag, name: str, value: Value) -> bytes:
    key = name.encode()
    raw = _raw(tag, value)
    return bytes((tag,)) + _LENGTH.pack(len(key)) + key + _LENGTH.pack(len(raw)) + raw


def _raw(tag: Tag, value: Value) -> bytes:
    if isinstance(value, str):
        return value.encode()
    return bytes((value,)) if tag is Tag.BOOLEAN else _INTEGER.pack(value)


def answer(message: bytes) -> Answer:
    """What was answered; ValueError when it is no IPP."""
    if len(message) < _HEAD.size:
        raise ValueError("cut short")
    _, status, _ = _HEAD.unpack_from(message)
    groups: list[dict[str, tuple[Value, ...]]] = []
    at, name = _HEAD.size, ""
    while (tag := _tag(message, at)) != Tag.END:
        at += 1
        if tag < 0x10:  # a new group begins
            groups.append({})
            continue
        key, at = _field(message, at)
        raw, at = _field(message, at)
        name = key.decode() or name
        if not groups:
            raise ValueError("a value outside a group")
        groups[-1][name] = (*groups[-1].get(name, ()), _value(tag, raw))
    return Answer(status, tuple(groups))


def _tag(message: bytes, at: int) -> int:
    if at >= len(message):
        raise ValueError("cut short")
    return message[at]


def _field(message: bytes, at: int) -> tuple[bytes, int]:
    start = at + _LENGTH.size
    if start > len(message):
        raise ValueError("cut short")
    end = start + _LENGTH.unpack_from(message, at)[0]
    if end > len(message):
        raise ValueError("cut short")
    return message[start:end], end


def _value(tag: int, raw: bytes) -> Value:
    if tag == Tag.BOOLEAN:
        return any(raw)
    if tag in {Tag.INTEGER, Tag.ENUM} and len(raw) == _INTEGER.size:
        (number,) = _INTEGER.unpack(raw)
        return int(number)
    return raw.decode("utf-8", "replace")
