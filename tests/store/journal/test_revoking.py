"""A revoked device: what it wrote from then on counts nowhere, in whatever order the news comes."""

from datetime import timedelta
from itertools import permutations
from pathlib import Path

import pytest

from app.models.dossiers.fold import REVOKED
from app.models.dossiers.lifecycle import Deed, Status
from app.models.events import event as e
from app.store.store import Store
from tests.making import ACounter, a_counter, exchange
from tests.store.database.spreading import Stranger, an_empty_store, effects


@pytest.fixture
def counter(tmp_path: Path) -> ACounter:
    return a_counter(tmp_path / "1")


@pytest.fixture
def server() -> Stranger:
    return Stranger("máy chủ")


def knows(store: Store, server: Stranger) -> Store:
    """A store enrolled with this server."""
    with store.database.transaction():
        store.database.run(
            "INSERT INTO local VALUES ('server_device', ?)", (server.keys.public.device,)
        )
    return store


def revoked_from(name: e.EventName) -> e.Revoked:
    return e.Revoked(name.device, name.incarnation, name.seq)


def thing_of(body: e.Revoked) -> str:
    return f"revoked:{body.device}.{body.incarnation}"


def statuses(store: Store) -> list[str]:
    return [row[0] for row in store.database.rows("SELECT status FROM dossiers ORDER BY thing")]


def test_what_a_revoked_device_did_from_then_on_has_no_effect(
    counter: ACounter, server: Stranger, tmp_path: Path
) -> None:
    first = counter.receive().name
    counter.do(Deed.HAND_OVER, first)
    body = revoked_from(first._replace(seq=first.seq + 1))
    counter.receive()
    other = knows(an_empty_store(tmp_path / "2"), server)
    exchange(counter.store, other)
    assert statuses(other) == [Status.HANDED_OVER, Status.RECEIVED]
    other.take((server.tells(body, thing_of(body)),))
    assert statuses(other) == [Status.RECEIVED]
    assert {reason for _, reason in effects(other)} == {REVOKED}
    assert rebuilt(other)


def rebuilt(store: Store) -> bool:
    before = store.folding.dump()
    with store.database.transaction():
        store.folding.rebuild()
    return store.folding.dump() == before


def test_the_order_of_the_news_is_nothing(
    counter: ACounter, server: Stranger, tmp_path: Path
) -> None:
    first = counter.receive().name
    counter.do(Deed.HAND_OVER, first)
    body = revoked_from(first._replace(seq=first.seq + 1))
    counter.store.journal.sign_head()
    runs = counter.store.runs(dict.fromkeys(counter.store.map(), 0))
    news = [*runs, server.tells(body, thing_of(body))]
    dumps = set()
    for number, order in enumerate(permutations(news)):
        store = knows(an_empty_store(tmp_path / str(number + 2)), server)
        for run in order:
            store.take((run,))
        dumps.add("\n".join(store.folding.dump()))
    assert len(dumps) == 1


def test_nobody_but_the_server_revokes(counter: ACounter, server: Stranger, tmp_path: Path) -> None:
    body = revoked_from(counter.receive().name)
    other = knows(an_empty_store(tmp_path / "2"), server)
    exchange(counter.store, other)
    other.take((Stranger().tells(body, thing_of(body)),))
    assert statuses(other) == [Status.RECEIVED]


def test_what_another_said_meanwhile_neither_holds_up_nor_undoes_the_servers_word(
    counter: ACounter, server: Stranger, tmp_path: Path
) -> None:
    first = counter.receive().name
    counter.do(Deed.HAND_OVER, first)
    body, liar = revoked_from(first._replace(seq=first.seq + 1)), Stranger()
    other = knows(an_empty_store(tmp_path / "2"), server)
    exchange(counter.store, other)
    lie = liar.tells(revoked_from(first), thing_of(body))
    word = server.tells(body, thing_of(body), (e.EventName(*liar.log, liar.seq),))
    said = e.EventName(*server.log, server.seq)
    again = liar.tells(revoked_from(first), thing_of(body), (said,))
    for run in (word, lie, again):
        other.take((run,))
        assert statuses(other) == [Status.RECEIVED]


def test_a_log_begun_after_the_revocation_counts_for_nothing(
    counter: ACounter, server: Stranger, tmp_path: Path
) -> None:
    body = e.Revoked(counter.receive().name.device, "another", 1)
    other = knows(an_empty_store(tmp_path / "2"), server)
    other.take((server.tells(body, thing_of(body)),))
    exchange(counter.store, other)
    assert statuses(other) == []


def test_a_later_word_releases(counter: ACounter, server: Stranger, tmp_path: Path) -> None:
    body = revoked_from(counter.receive().name)
    other = knows(an_empty_store(tmp_path / "2"), server)
    exchange(counter.store, other)
    other.take((server.tells(body, thing_of(body)),))
    assert statuses(other) == []
    said = e.EventName(*server.log, server.seq)
    later = e.Revoked(body.device, body.incarnation, body.seq + 1)
    other.take((server.tells(later, thing_of(body), (said,)),))
    assert statuses(other) == [Status.RECEIVED]


def test_no_register_and_no_list_shows_what_no_longer_counts(
    counter: ACounter, server: Stranger, tmp_path: Path
) -> None:
    first = counter.receive().name
    second = counter.receive().name
    counter.do(Deed.HAND_OVER, first)
    body = revoked_from(second)
    other = knows(an_empty_store(tmp_path / "2"), server)
    exchange(counter.store, other)
    other.take((server.tells(body, thing_of(body)),))
    registers, monday = other.registers, counter.clock()
    folded = registers.named([first, second])
    assert [each.dossier and each.dossier.status for each in folded] == [Status.RECEIVED, None]
    keyed = registers.keyed(monday - timedelta(hours=1), monday + timedelta(hours=1))
    assert first in (names := [event.name for event in keyed])
    assert second not in names
    assert registers.newest("handed_over", lambda _: True) is None
    assert registers.run_of(second, lambda _: True) == []
