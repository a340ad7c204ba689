"""A reference tells the event it means from another of the same name."""

from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest
from msgspec.structs import replace

from app.models.dossiers.fold import UNCLEAR_SENTENCE, Effect, fold
from app.models.dossiers.references import Candidate, meant, seen_as, thing_meant
from app.models.events import event as e
from app.models.events.encoding import decode, encode
from app.models.exchange.branches import DIGITS
from app.models.exchange.chain import LogName
from tests.models.wire_sample import seen_elsewhere

GOLDEN = (Path(__file__).parents[1] / "golden" / "seen-as-1.json").read_bytes()
WIRE = Path(__file__).parents[3] / "docs" / "wire.md"

AT = datetime(2026, 11, 23, tzinfo=UTC)
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


# --- which of two is meant ------------------------------------------------------------------------

ROOT = LogName("d", "a1")
BRANCH = LogName("d", "a1~" + "f" * 16)
GROWN = {BRANCH: (ROOT, 6)}
FIRST, SECOND = e.EventName(*ROOT, 7), e.EventName(*BRANCH, 7)


def hash_of(name: e.EventName) -> bytes:
    return sha256(str(name).encode()).digest()


def held(name: e.EventName) -> list[Candidate]:
    return [Candidate(one, hash_of(one), True) for one in (FIRST, SECOND) if one.seq == name.seq]


def a_deed(author: LogName, about: e.EventName, *, told: bool) -> e.Event:
    """Keyed before anybody knew of branches: by name, and by hash where `told`."""
    seen = (hash_of(about).hex()[:DIGITS],) * 2 if told else ()
    named = about._replace(incarnation="a1")
    name = e.EventName(*author, 9)
    return e.Event(name, str(named), (named,), "x", "x", AT, AT, e.Accepted(), seen_as=seen)


@pytest.mark.parametrize("meaning_", [FIRST, SECOND])
def test_a_hash_tells_which_branch_is_meant(meaning_: e.EventName) -> None:
    deed = a_deed(LogName("other", "b1"), meaning_, told=True)
    assert thing_meant(deed, GROWN, held) == str(meaning_)
    (read, _) = meant(str(meaning_), [(deed, b""), (deed, hash_of(meaning_))], GROWN)
    assert (read.about, read.body) == (str(meaning_), deed.body)


@pytest.mark.parametrize(("author", "meaning_"), [(ROOT, FIRST), (BRANCH, SECOND)])
def test_in_its_own_chain_a_name_is_enough(author: LogName, meaning_: e.EventName) -> None:
    deed = a_deed(author, meaning_, told=False)
    assert thing_meant(deed, GROWN, held) == str(meaning_)
    assert meant(str(meaning_), [(deed, b"")], GROWN)[0].saw[0] == meaning_


def test_what_nothing_tells_is_held_with_a_sentence() -> None:
    deed = a_deed(LogName("other", "b1"), FIRST, told=False)
    thing = thing_meant(deed, GROWN, held)
    assert thing not in (str(FIRST), str(SECOND))
    (verdict,) = fold(meant(thing, [(deed, b"")], GROWN)).verdicts
    assert (verdict.effect, verdict.reason) == (Effect.HELD, UNCLEAR_SENTENCE)


def test_a_deed_waits_for_the_branch_it_means_though_its_name_is_held() -> None:
    deed = a_deed(LogName("other", "b1"), SECOND, told=True)
    opening = replace(a_deed(ROOT, FIRST, told=False), name=FIRST, about=str(FIRST), saw=())
    told = meant(str(FIRST), [(opening, hash_of(FIRST)), (deed, b"")], {})
    assert [verdict.effect for verdict in fold(told).verdicts][-1] is Effect.HELD
