"""What counts for nothing can be looked at: a revoked counter's last day above all."""

from pathlib import Path

import pytest

from app.desk.looking.without_effect import NOTHING, Cause
from app.models.dossiers.lifecycle import Deed
from app.models.dossiers.standing import about
from app.models.events import event as e
from tests.making import ACounter, a_counter, exchange
from tests.store.database.spreading import Stranger
from tests.store.journal.test_revoking import knows


@pytest.fixture
def counter(tmp_path: Path) -> ACounter:
    return a_counter(tmp_path / "1")


def test_nothing_is_said_while_all_counts(counter: ACounter) -> None:
    counter.receive()
    assert counter.desk.without_effect.look() == NOTHING


def test_a_revoked_counters_dossiers_are_listed_with_the_codes_it_gave_out(
    counter: ACounter, tmp_path: Path
) -> None:
    server, other = Stranger("máy chủ"), a_counter(tmp_path / "2", 2)
    knows(counter.store, server)
    before = other.receive()
    other.do(Deed.HAND_OVER, before.name)
    after = other.receive()
    other.do(Deed.HAND_OVER, after.name)
    exchange(counter.store, other.store)
    keys = other.store.keys.public
    enrolled = e.Enrolled(keys.device, 2, keys.sign.hex(), keys.seal.hex())
    revoked = e.Revoked(*after.name)
    for body in (enrolled, revoked):
        counter.store.take((server.tells(body, about(body)),))
    looked = counter.desk.without_effect.look()
    (idle,) = looked.things
    assert (looked.events, idle.code, idle.counter) == (2, after.code, 2)
    assert idle.deeds == ("Tiếp nhận", "Bàn giao")
    assert (idle.cause, idle.dossier) == (Cause.REVOKED, None)
    released = e.Revoked(*after.name[:2], after.name.seq + 9)
    counter.store.take((server.tells(released, about(released)),))
    assert counter.desk.without_effect.look() == NOTHING


def test_each_cause_is_told_apart(counter: ACounter) -> None:
    receipt, stranger = counter.receive(), Stranger()
    thing = str(receipt.name)
    missing = e.EventName("ab" * 16, "0" * 16, 9)
    for run in (
        stranger.tells(e.Accepted(), thing, (receipt.name,)),
        stranger.tells(e.HandedOver("toan"), thing, (missing,)),
        stranger.says(b'{"about":"memo:1","at":"2026-11-23T08:00:00+07:00","body":{"type":"memo"},"by":"x"}'),
    ):  # fmt: skip
        counter.store.take((run,))
    found = {idle.cause: idle for idle in counter.desk.without_effect.look().things}
    assert set(found) == {Cause.HELD, Cause.NEWER}, "an illegal step nobody met is nobody's task"
    assert found[Cause.HELD].dossier == receipt.name
    assert found[Cause.HELD].code == receipt.code


def test_what_met_another_deed_is_listed_until_it_was_looked_at(counter: ACounter) -> None:
    receipt, stranger = counter.receive(), Stranger()
    counter.do(Deed.HAND_OVER, receipt.name)
    run = stranger.tells(e.HandedOver("toan"), str(receipt.name), (receipt.name,))
    counter.store.take((run,))
    (idle,) = counter.desk.without_effect.look().things
    assert (idle.cause, idle.dossier) == (Cause.MET, receipt.name)
    (task,) = counter.desk.conflicts.of(receipt.name)
    counter.desk.conflicts.settle(receipt.name, task.deed, counter.officer)
    assert counter.desk.without_effect.look() == NOTHING
