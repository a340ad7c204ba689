"""A reference tells the event it means from another of the same name."""

from pathlib import Path

from app.models import events as e
from app.models.event_bytes import decode, encode
from app.models.references import DIGITS, seen_as
from tests.models.wire_sample import seen_elsewhere

GOLDEN = (Path(__file__).parent / "golden" / "seen-as-1.json").read_bytes()
WIRE = Path(__file__).parents[2] / "docs" / "wire.md"

OWN = e.EventName("me", "1", 9)
OTHERS = e.EventName("you", "1", 4)


def known(event: e.EventName) -> bytes | None:
    return bytes([event.seq]) * 32


def test_in_the_authors_own_log_a_name_is_enough() -> None:
    own = e.EventName("me", "1", 2)
    assert seen_as(OWN, str(own), (own, e.EventName("me", "1", 8)), known) == ()


def test_what_another_log_holds_is_told_by_its_hash() -> None:
    own = e.EventName("me", "1", 8)
    assert seen_as(OWN, str(OTHERS), (own, OTHERS), known) == ("04" * 8, "", "04" * 8)
    assert len("04" * 8) == DIGITS


def test_another_incarnation_of_the_same_device_is_another_log() -> None:
    before = e.EventName("me", "0", 7)
    assert seen_as(OWN, str(before), (before,), known) == ("07" * 8, "07" * 8)


def test_what_no_event_opens_has_no_hash() -> None:
    assert seen_as(OWN, "officer:nga", (OTHERS,), known) == ("", "04" * 8)
    assert seen_as(OWN, "officer:nga", (), known) == ()


def test_an_event_reads_back_with_what_it_was_seen_as() -> None:
    event = seen_elsewhere()
    assert decode(event.name, *encode(event)) == event


def test_the_bytes_are_as_they_were_first_written() -> None:
    assert encode(seen_elsewhere()) == (GOLDEN.rstrip(b"\n"), None)
    assert f"```text\n{GOLDEN.decode()}```" in WIRE.read_text(encoding="utf-8")


def test_an_event_of_another_type_keeps_it_too() -> None:
    later = GOLDEN.replace(b'"accepted"', b'"teleported"')
    assert decode(OWN, later, None).seen_as == seen_elsewhere().seen_as
