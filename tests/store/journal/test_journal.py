from pathlib import Path

import pytest

from app.models.dossiers.lifecycle import Deed
from app.models.errors import Refused
from app.models.events import event as e
from app.models.events import facts
from tests.making import MONDAY, NGA, ACounter, a_counter
from tests.store.database.spreading import Stranger


@pytest.fixture
def counter(tmp_path: Path) -> ACounter:
    return a_counter(tmp_path)


def write(counter: ACounter, *bodies: e.AnyBody, thing: e.EventName) -> list[e.EventName]:
    """Append these about `thing` in one deed."""
    with counter.store.journal.deed(MONDAY) as writing:
        for body in bodies:
            writing.append(body, thing=thing, by=NGA, at=MONDAY)
    return writing.appended


def test_a_deed_that_would_have_no_effect_is_refused_with_the_folds_reason(
    counter: ACounter,
) -> None:
    name = counter.receive().name
    before = counter.dump()
    with pytest.raises(Refused, match="không còn ở bước"):
        write(counter, e.HandedOver("hung"), e.Voided(), thing=name)
    assert counter.dump() == before
    assert counter.store.journal.why_anew() is None


def test_a_deed_names_what_its_author_had_seen(counter: ACounter) -> None:
    name = counter.receive().name
    handed, accepted = write(counter, e.HandedOver("hung"), e.Accepted(), thing=name)
    assert counter.store.log.event(handed).saw == (name,)
    assert counter.store.log.event(accepted).saw == (handed,)


def test_a_deed_goes_on_beside_an_event_that_waits_for_another(counter: ACounter) -> None:
    name, stranger = counter.receive().name, Stranger()
    missing = (e.EventName("0" * 32, "0" * 16, 7),)
    counter.store.take((stranger.tells(e.Voided(), str(name), missing),))
    done = counter.do(Deed.HAND_OVER, name)
    assert done.dossier.holder == "hung"


def test_two_concurrent_deeds_are_both_seen_by_the_next(counter: ACounter) -> None:
    name, stranger = counter.receive().name, Stranger()
    (handed,) = write(counter, e.HandedOver("hung"), thing=name)
    counter.store.take((stranger.tells(e.Printed("receipt", "A5"), str(name), (name,)),))
    (accepted,) = write(counter, e.Accepted(), thing=name)
    seen = {handed, e.EventName(*stranger.log, 1)}
    assert set(counter.store.log.event(accepted).saw) == seen


def test_a_counter_is_nobody_before_its_first_deed(tmp_path: Path) -> None:
    fresh = ACounter(tmp_path / "2")
    assert fresh.store.journal.own() is None
    code, serial = fresh.store.journal.expected(MONDAY, "Hộ tịch")
    assert (code, serial) == ("H26.15.3-261123-0001", facts.Serial("Hộ tịch", 2026, 1, 1))
    fresh.furnish()
    own = fresh.store.journal.own()
    assert own is not None
    assert (own.unit, own.counter, own.reason) == ("H26.15.3", 1, "new")


def test_the_first_event_of_every_log_says_whose_keys_it_bears(counter: ACounter) -> None:
    ((name, started),) = counter.store.standing.incarnations()
    keys = counter.store.keys.public
    assert (name.seq, name.device) == (1, keys.device)
    assert (started.sign_key, started.seal_key) == (keys.sign.hex(), keys.seal.hex())
    assert (started.counter, started.left) == (1, None)
