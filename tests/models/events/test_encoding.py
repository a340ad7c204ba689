from datetime import UTC, datetime
from typing import get_args

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.events import event as e
from app.models.events import facts
from app.models.events.encoding import as_record, decode, encode
from tests.models.telling import BODIES, RECEIVED, START, Story, an_applicant, device

NAME = e.EventName(device(1), "0" * 16, 4)
AT = b'"at":"2026-11-23T08:00:00+07:00"'


def an_event(body: e.AnyBody, **changes: object) -> e.Event:
    event = e.Event(NAME, "a.b.1", (), "lan", "lan", START, START, body)
    return msgspec.structs.replace(event, **changes)


def test_an_event_reads_back_as_it_was_written() -> None:
    seen = (e.EventName("a", "b", 1), e.EventName("c", "d", 2))
    personal = e.Personal(salt="x", applicant=an_applicant(), documents=(facts.Document("Đơn", 1),))
    for body in BODIES.values():
        event = an_event(body, saw=seen, keyed_by="mai", keyed_at=START, personal=personal)
        assert decode(NAME, *encode(event)) == event


def test_an_opening_event_is_about_itself() -> None:
    (opening,) = Story().events
    public, _ = encode(opening)
    assert b'"about"' not in public
    assert decode(opening.name, public, None).about == str(opening.name)


def test_the_bytes_are_canonical_and_leave_defaults_out() -> None:
    public, personal = encode(an_event(e.Accepted()))
    assert public == b'{"about":"a.b.1",' + AT + b',"body":{"type":"accepted"},"by":"lan"}'
    assert personal is None


def test_what_is_personal_never_stands_in_the_public_part() -> None:
    personal = e.Personal(salt="x", applicant=an_applicant("Nguyễn Thị Ánh"), reason="ốm nặng")
    public, private = encode(an_event(RECEIVED, personal=personal))
    assert "Ánh" not in public.decode()
    assert "ốm" not in public.decode()
    assert private is not None
    assert "Ánh" in private.decode()


def test_fields_of_a_later_version_do_not_hide_those_known() -> None:
    public = (
        b'{"about":"x",'
        + AT
        + b',"body":{"type":"handed_over","to":"hung","drone":7},"by":"a","z":[1]}'
    )
    assert decode(NAME, public, b'{"salt":"s","dna":"ACGT"}') == an_event(
        e.HandedOver("hung"), about="x", by="a", keyed_by="a", personal=e.Personal("s")
    )


def test_a_type_of_a_later_version_keeps_what_every_event_has() -> None:
    public = b'{"about":"x",' + AT + b',"saw":[["a","b",1]],"body":{"type":"teleported"},"by":"a"}'
    event = decode(NAME, public, None)
    assert (event.body, event.about) == (e.Unknown("teleported"), "x")
    assert (event.saw, event.at) == ((e.EventName("a", "b", 1),), START)


NONSENSE = {
    "nothing": b"",
    "a list": b"[]",
    "a body that is no object": b'{"by":"a",' + AT + b',"body":"x"}',
    "a known type with a field of another kind": b'{"by":"a",' + AT
    + b',"body":{"type":"handed_over","to":7}}',
    "half a letter": b'{"by":"\xff",' + AT + b',"body":{"type":"accepted"}}',
    "half a surrogate pair": b'{"by":"a",' + AT + b',"body":{"type":"handed_over","to":"\\ud800"}}',
    "a depth without end": b'{"by":"a",' + AT + b',"body":{"x":' + b"[" * 9999 + b"]" * 9999 + b"}}",
    "no zone": b'{"by":"a","at":"2026-11-23T08:00:00","body":{"type":"accepted"}}',
    "a case beyond counting": b'{"by":"a",' + AT + b',"body":{"type":"paid","amount":1'
    + b"0" * 30 + b"}}",
    "having seen what is beyond counting": b'{"by":"a",' + AT + b',"body":{"type":"accepted"},'
    + b'"saw":[["a","b",1' + b"0" * 30 + b"]]}",
}  # fmt: skip


@pytest.mark.parametrize("public", NONSENSE.values(), ids=NONSENSE)
def test_nonsense_becomes_an_unknown_event_and_no_error(public: bytes) -> None:
    event = decode(NAME, public, b"\xff[")
    assert isinstance(event.body, e.Unknown)
    assert event.personal is None
    assert event.at.tzinfo is not None


@given(st.binary(max_size=200), st.binary(max_size=50))
def test_no_bytes_can_stop_the_reader(public: bytes, personal: bytes) -> None:
    assert isinstance(decode(NAME, public, personal), e.Event)


def test_every_instant_has_a_zone() -> None:
    assert decode(NAME, b"", None).at == datetime.min.replace(tzinfo=UTC)


def test_an_erased_part_is_known_by_its_hash_alone() -> None:
    whole = as_record(b"{}", b"x")
    assert as_record(b"{}", None, whole.personal_hash).personal_hash == whole.personal_hash
    assert as_record(b"{}", None).personal_hash == b""


def test_an_unknown_event_is_never_written_anew() -> None:
    with pytest.raises(AssertionError):
        encode(msgspec.structs.replace(an_event(e.Accepted()), body=e.Unknown("x")))


def test_every_body_has_a_type_of_its_own() -> None:
    types = [str(body.__struct_config__.tag) for body in get_args(e.AnyBody)]
    assert len(set(types)) == len(types)
    assert "" not in types
