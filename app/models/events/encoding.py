"""The bytes of an event: canonical JSON, UTF-8, keys sorted, no white space, defaults left out."""

from datetime import UTC, datetime
from typing import NamedTuple

import msgspec

from app.models.digest import sha256
from app.models.errors import UNREADABLE
from app.models.events import event as e
from app.models.events import facts

FORMAT = 1


class Record(NamedTuple):
    """An event as bytes: what is stored, chained and sent. `personal` is None when there is none
    or it was erased; then `personal_hash` tells which (empty: there never was one)."""

    public: bytes
    personal: bytes | None
    personal_hash: bytes


def as_record(public: bytes, personal: bytes | None, erased_hash: bytes | None = None) -> Record:
    """The record of these bytes; `erased_hash` stands in for a personal part that was erased."""
    if personal is not None:
        return Record(public, personal, sha256(personal))
    return Record(public, None, erased_hash or b"")


class _Envelope(msgspec.Struct, frozen=True, omit_defaults=True):
    """The public part. An opening event's `about` is empty: it is the thing's name itself."""

    by: str
    at: facts.Instant
    body: e.AnyBody
    about: str = ""
    saw: tuple[e.EventName, ...] = ()
    seen_as: tuple[str, ...] = ()
    keyed_by: str = ""
    keyed_at: facts.Instant | None = None
    v: int = FORMAT


class _AnyEnvelope(msgspec.Struct, frozen=True):
    """As much of an envelope as every version has."""

    by: str
    at: facts.Instant
    body: dict[str, object]
    about: str = ""
    saw: tuple[e.EventName, ...] = ()
    seen_as: tuple[str, ...] = ()
    keyed_by: str = ""
    keyed_at: facts.Instant | None = None


_decode_public = msgspec.json.Decoder(_Envelope).decode
_decode_any = msgspec.json.Decoder(_AnyEnvelope).decode
_decode_personal = msgspec.json.Decoder(e.Personal).decode
_encode = msgspec.json.Encoder(order="sorted").encode


def encode(event: e.Event) -> tuple[bytes, bytes | None]:
    """(public bytes, personal bytes or None), canonical."""
    assert not isinstance(event.body, e.Unknown), "an unknown event is passed on, never written"
    envelope = _Envelope(
        by=event.by,
        at=event.at,
        body=event.body,
        about="" if event.about == e.thing_of(event.name) else _without_branch(event.about),
        saw=tuple(map(unbranched, event.saw)),
        seen_as=event.seen_as,
        keyed_by="" if event.keyed_by == event.by else event.keyed_by,
        keyed_at=None if event.keyed_at == event.at else event.keyed_at,
    )
    return _encode(envelope), None if event.personal is None else _encode(event.personal)


def unbranched(name: e.EventName) -> e.EventName:
    """The name as it is written: in the log that its branch, if it is in one, grew from."""
    return name._replace(incarnation=name.incarnation.partition("~")[0])


def _without_branch(about: str) -> str:
    """As it is written: which branch is meant is told by `seen_as`, for names of branches change."""
    return about if ":" in about or "~" not in about else str(unbranched(e.EventName.parse(about)))


def decode(name: e.EventName, public: bytes, personal: bytes | None) -> e.Event:
    """The event `name` from its bytes; what this version can't read becomes `Unknown`, never an error."""
    envelope: _Envelope | _AnyEnvelope
    body: e.AnyBody | e.Unknown
    try:
        envelope = _decode_public(public)
        body = envelope.body
    except UNREADABLE:
        envelope = _tolerant(public)
        body = e.Unknown(str(envelope.body.get("type", "")))
    return e.Event(
        name=name,
        about=envelope.about or e.thing_of(name),
        saw=envelope.saw,
        seen_as=envelope.seen_as,
        by=envelope.by,
        keyed_by=envelope.keyed_by or envelope.by,
        at=envelope.at,
        keyed_at=envelope.keyed_at or envelope.at,
        body=body,
        personal=_read_personal(personal),
    )


def _tolerant(public: bytes) -> _AnyEnvelope:
    try:
        return _decode_any(public)
    except UNREADABLE:
        return _AnyEnvelope(by="", at=datetime.min.replace(tzinfo=UTC), body={})


def _read_personal(personal: bytes | None) -> e.Personal | None:
    try:
        return None if personal is None else _decode_personal(personal)
    except UNREADABLE:
        return None
