"""What no server holds yet is told dossier by dossier, and how near it is."""

from pathlib import Path

from app.models.dossiers.lifecycle import Deed
from app.store.own.keeping import HUB, SERVER
from tests.making import a_counter


def test_what_waits_is_told_once_a_dossier_the_longest_first_and_how_near(tmp_path: Path) -> None:
    counter = a_counter(tmp_path)
    counter.store.journal.sign_head()
    keeping = counter.store.keeping
    keeping.acknowledge(SERVER, counter.store.map(), counter.clock())
    assert counter.desk.waiting.look() == ()
    first = counter.receive("Lý A Sử").name
    counter.clock.go_on(hours=1)
    second = counter.receive("Trần Thị Bé").name
    counter.store.journal.sign_head()
    keeping.acknowledge(f"{HUB}:x", counter.store.map(), counter.clock())
    counter.do(Deed.HAND_OVER, first)
    one, other = counter.desk.waiting.look()
    assert (one.dossier, one.applicant, one.deeds) == (first, "Lý A Sử", ("Tiếp nhận", "Bàn giao"))
    assert (other.dossier, other.deeds) == (second, ("Tiếp nhận",))
    assert other.since > one.since
    assert (one.at_hub, other.at_hub) == (False, True)
