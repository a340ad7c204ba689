from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from app.models.exchange.chain import LogName
from app.models.exchange.messages import Known
from app.store.database.database import Busy, Database
from app.store.own.keeping import MOST_EXCHANGES, Keeping
from tests.making import MONDAY, ACounter, a_counter

NORMAL, EXTRA = 1, 3  # as SQLite numbers its levels of `synchronous`


@pytest.fixture
def counter(tmp_path: Path) -> ACounter:
    return a_counter(tmp_path)


@pytest.fixture
def keeping(counter: ACounter) -> Keeping:
    return counter.store.keeping


def test_a_setting_is_what_was_put_last(keeping: Keeping) -> None:
    assert keeping.get("màu", "xanh") == "xanh"
    keeping.put("màu", "đỏ")
    keeping.put("màu", "tím")
    assert keeping.get("màu", "xanh") == "tím"


def test_each_officer_has_one_current_draft_and_any_number_parked(keeping: Keeping) -> None:
    for body in ("một", "hai"):
        keeping.keep_draft("current", "nga", "", body, MONDAY)
        keeping.keep_draft("parked", "nga", body, body, MONDAY)
    keeping.keep_draft("current", "hung", "", "của Hùng", MONDAY)
    assert [draft.body for draft in keeping.drafts("current", "nga")] == ["hai"]
    assert [draft.body for draft in keeping.drafts("parked", "nga")] == ["một", "hai"]
    assert [draft.at for draft in keeping.drafts("current", "hung")] == [MONDAY]


def test_an_emptied_draft_is_gone(keeping: Keeping) -> None:
    keeping.keep_draft("current", "nga", "", "một", MONDAY)
    keeping.keep_draft("current", "nga", "", "", MONDAY)
    assert keeping.drafts("current", "nga") == []


def test_a_draft_taken_up_stands_in_place_of_the_current_one(keeping: Keeping) -> None:
    keeping.keep_draft("current", "nga", "", "một", MONDAY)
    keeping.keep_draft("parked", "nga", "", "hai", MONDAY)
    keeping.take_up_draft(keeping.drafts("parked", "nga")[0])
    assert [draft.body for draft in keeping.drafts("current", "nga")] == ["hai"]
    assert keeping.drafts("parked", "nga") == []


def test_an_acknowledgement_reads_back_as_it_was_signed(keeping: Keeping) -> None:
    assert keeping.acknowledged("server") is None
    held = {
        LogName("a" * 32, "1" * 16): Known(7, b"\x07"),
        LogName("b" * 32, "2" * 16): Known(1, b""),
    }
    keeping.acknowledge("server", {}, MONDAY)
    keeping.acknowledge("server", held, MONDAY)
    kept = keeping.acknowledged("server")
    assert kept is not None
    assert (kept.map, kept.at) == (held, MONDAY)


def test_a_word_said_again_waits_for_no_disk(
    keeping: Keeping, monkeypatch: pytest.MonkeyPatch
) -> None:
    levels = list[object]()
    real = Database.alone

    @contextmanager
    def alone(database: Database) -> Iterator[None]:
        with real(database):
            yield
            levels.extend(database.one("PRAGMA synchronous") or ())

    monkeypatch.setattr(Database, "alone", alone)
    held = {LogName("a" * 32, "1" * 16): Known(7, b"\x07")}
    for map_ in (held, held, {}):
        keeping.acknowledge("server", map_, MONDAY)
    assert levels == [EXTRA, NORMAL, EXTRA]


def test_exchange_numbers_only_rise(keeping: Keeping) -> None:
    assert [keeping.exchange_number() for _ in range(3)] == [1, 2, 3]
    keeping.set_exchange_number(40)
    keeping.set_exchange_number(5)
    assert keeping.exchange_number() == 41


def test_no_peer_sends_the_number_above_what_any_peer_takes(keeping: Keeping) -> None:
    keeping.exchange_number()
    keeping.set_exchange_number(1 + MOST_EXCHANGES)
    assert keeping.exchange_number() == 2 + MOST_EXCHANGES
    keeping.set_exchange_number(2**53)
    assert keeping.exchange_number() == 3 + MOST_EXCHANGES


def test_two_processes_never_use_the_same_exchange_number(
    counter: ACounter, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, there, get = counter.store, ACounter(counter.folder).store, Keeping.get
    there.database.rows("PRAGMA busy_timeout=0")

    def look_aside(keeping: Keeping, name: str, default: str) -> str:
        monkeypatch.setattr(Keeping, "get", get)
        with pytest.raises(Busy):
            there.keeping.exchange_number()
        return get(keeping, name, default)

    monkeypatch.setattr(Keeping, "get", look_aside)
    assert (here.keeping.exchange_number(), there.keeping.exchange_number()) == (1, 2)


def test_what_is_this_counters_own_survives_a_rebuild(counter: ACounter) -> None:
    counter.store.keeping.keep_draft("parked", "nga", "", "một", MONDAY)
    with counter.store.database.transaction():
        counter.store.folding.rebuild()
    assert counter.store.keeping.drafts("parked", "nga")
