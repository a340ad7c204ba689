"""Both branches of a forked log, held: nothing shown is lost, and every store tells the same."""

import shutil
from dataclasses import replace
from itertools import permutations
from pathlib import Path

import msgspec
import pytest

from app.desk.deeds.details import Details
from app.models.dossiers.lifecycle import Deed
from app.models.events import event as e
from app.models.events.encoding import encode
from app.models.events.event import EventName
from app.models.exchange.chain import sign_head
from app.models.exchange.messages import MessageRejected
from app.models.numbering import is_code
from app.store.own.print_jobs import PrintJobs
from tests.making import MONDAY, UNIT, ACounter, a_counter, exchange
from tests.sync.small import SmallCounter

HANDED = (Details(to="hung"), Details(to="nga"))


@pytest.fixture
def forked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[ACounter]:
    """A disk copied bit by bit, twice: marker, machine and the file's own id agree for all three."""
    monkeypatch.setattr("app.store.journal.journal.folder_id", lambda _: "1")
    one = a_counter(tmp_path / "0")
    one.receive("Người Đầu")
    one.close()
    copies = []
    for number in (1, 2):
        folder = tmp_path / str(number)
        shutil.copytree(tmp_path / "0", folder)
        copies.append(replace(one, folder=folder, state=folder / "state"))
    return [one.open(), *copies]


def hashes(counter: ACounter) -> set[bytes]:
    return {row[0] for row in counter.store.database.rows("SELECT events.hash FROM events")}


def names(counter: ACounter) -> dict[bytes, EventName]:
    rows = counter.store.database.rows(
        "SELECT events.hash, device, incarnation, events.seq FROM events JOIN logs ON logs.id = log"
    )
    return {row[0]: EventName(*row[1:]) for row in rows}


def test_each_dossier_is_shown_by_all_whoever_met_whom_first(
    forked: list[ACounter], tmp_path: Path
) -> None:
    for number, counter in enumerate(forked):
        for _ in range(number + 1):
            counter.receive(f"Người Thứ {number}")
    others = [ACounter(tmp_path / f"other {n}", 9) for n in range(3)]
    for other, order in zip(others, list(permutations(forked))[::2], strict=True):
        for counter in order:
            exchange(counter.store, other.store)
    for other in others[1:]:
        assert other.store.map() == others[0].store.map()
        assert other.dump() == others[0].dump()
        assert names(other) == names(others[0])
    shown = [row.name for row in others[0].store.dossiers.find("người")]
    assert len(shown) == 1 + 1 + 2 + 3
    assert hashes(others[0]) >= hashes(forked[0]) | hashes(forked[1]) | hashes(forked[2])
    assert all("hai lần" in f.sentence for f in others[0].store.verify().findings if f.wrong)


def test_a_deed_keyed_elsewhere_stays_with_the_dossier_it_was_meant_for(
    forked: list[ACounter], tmp_path: Path
) -> None:
    one, two, _ = forked
    of_one, of_two = one.receive("Người Một").name, two.receive("Người Hai").name
    assert of_one == of_two
    there = [ACounter(tmp_path / f"there {n}", n + 5) for n in (0, 1)]
    for counter, meets in zip(there, (one, two), strict=True):
        exchange(counter.store, meets.store)
        counter.desk.progress.do(Deed.HAND_OVER, [of_one], counter.officer, HANDED[meets is two])
    for _ in range(2):
        for a, b in ((there[0], there[1]), (one, there[0]), (two, there[1])):
            exchange(a.store, b.store)
    for counter in (*there, one, two):
        found = {row.applicant: row.holder for row in counter.store.dossiers.find("người")}
        assert found == {"Người Đầu": "Một cửa", "Người Một": "hung", "Người Hai": "nga"}
        assert counter.dump() == there[0].dump()


def test_a_machine_that_finds_its_log_parted_goes_on_in_another(forked: list[ACounter]) -> None:
    one, two, _ = forked
    for counter in (one, two):
        counter.receive()
    exchange(one.store, two.store)
    for counter in (one, two):
        before = counter.store.journal.own()
        assert before is not None
        assert counter.store.journal.why_anew() == "forked"
        assert counter.receive().code.startswith("T-")
        assert counter.store.journal.why_anew() is None
        own = counter.store.journal.own()
        assert own is not None
        assert own.log.root != before.log.root
    exchange(one.store, two.store)
    assert one.dump() == two.dump()


def test_tables_built_anew_are_the_same(forked: list[ACounter]) -> None:
    one, two, _ = forked
    for counter in (one, two):
        name = counter.receive().name
        counter.do(Deed.HAND_OVER, name, HANDED[0])
    exchange(one.store, two.store)
    before = one.dump()
    with one.store.database.transaction():
        one.store.folding.rebuild()
    assert one.dump() == before == two.dump()


def test_branches_of_branches_are_shown_and_given_on_alike(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.store.journal.journal.folder_id", lambda _: "1")
    first = a_counter(tmp_path / "0")
    first.receive("Người Đầu")
    parted = [first]
    for generation in ("Con", "Cháu"):
        for counter in tuple(parted):
            counter.close()
            folder = counter.folder.with_name(f"{counter.folder.name}{generation}")
            shutil.copytree(counter.folder, folder)
            parted.append(replace(counter, folder=folder, state=folder / "state"))
            counter.open()
        for counter in parted:
            name = counter.receive(f"Người {generation}").name
            counter.do(Deed.HAND_OVER, name, HANDED[0])
    others = [ACounter(tmp_path / f"other {n}", 9) for n in range(3)]
    for other, order in zip(
        others, (parted, parted[::-1], parted[1::2] + parted[::2]), strict=True
    ):
        for counter in order:
            exchange(counter.store, other.store)
    late = ACounter(tmp_path / "late", 8)
    exchange(others[0].store, late.store)
    with others[1].store.database.transaction():
        others[1].store.folding.rebuild()
    for other in (*others[1:], late):
        assert other.dump() == others[0].dump()
        assert names(other) == names(others[0])
    found = others[0].store.dossiers.find("người")
    assert len(found) == 1 + 2 + 4
    assert sorted(row.holder for row in found) == ["Một cửa"] + 6 * ["hung"]


def test_a_print_goes_by_the_name_its_event_has_now(forked: list[ACounter]) -> None:
    printing = forked[:2]
    for applicant, counter in zip(("Mai", "Lan"), printing, strict=True):
        receipt = counter.receive(applicant)
        counter.desk.paperwork.issue("receipt", receipt.name, counter.officer)
    exchange(printing[0].store, printing[1].store)
    sql = """
        SELECT type, things.name FROM events JOIN logs ON logs.id = log
        JOIN things ON things.id = thing WHERE device=? AND incarnation=? AND events.seq=?"""
    for applicant, counter in zip(("Mai", "Lan"), printing, strict=True):
        store = counter.store
        (name,) = (row.name for row in store.dossiers.find(applicant))
        (job,) = PrintJobs(store.database).about(name)
        assert store.database.rows(sql, job.event) == [("printed", str(name))]


def test_a_reader_of_no_branches_is_given_one_whole(forked: list[ACounter]) -> None:
    one, two, _ = forked
    for counter in (one, two):
        counter.receive()
    exchange(one.store, two.store)
    (own,) = {log for log in one.store.map() if log == log.root}
    (run,) = one.store.runs({own: 0})
    assert run.heads[-1].seq == run.last
    assert run.heads[-1].hash == one.store.map()[own].hash


@pytest.mark.parametrize("beside", [0, 1])
def test_a_signed_head_of_another_history_is_refused_whatever_comes_with_it(
    tmp_path: Path, beside: int
) -> None:
    """Its device told somebody else so of an event that is held here: kept, it would be passed on."""
    one, other = a_counter(tmp_path / "1"), ACounter(tmp_path / "other", 2)
    for _ in range(2):
        one.receive()
        exchange(one.store, other.store)
    one.receive()
    one.store.journal.sign_head()
    own = one.store.journal.own()
    assert own is not None
    held = other.store.map()
    (run,) = one.store.runs({own.log: held[own.log].seq})
    told = sign_head(one.store.keys, UNIT, own.log, 2, b"\1" * 32)
    parted = run._replace(records=run.records[:beside], heads=(told, *run.heads[:beside]))
    with pytest.raises(MessageRejected, match="nhân bản"):
        other.store.take((parted,))
    assert other.store.map() == held
    assert other.store.take((run,)).received == len(run.records) == 1


@pytest.mark.parametrize("seq", [10**30, -1])
def test_a_deed_about_an_event_no_log_can_hold_waits_for_ever_and_stops_nothing(
    tmp_path: Path, seq: int
) -> None:
    counter = a_counter(tmp_path / "1")
    one, other = SmallCounter("x", 2, unit=UNIT), SmallCounter("x", 2, unit=UNIT)
    one.receive(1), other.receive(2)
    for branch in (one, other):
        counter.store.take(branch.runs({branch.own: 0}))
    about = str(EventName(*one.own, seq))
    deed = e.Event(EventName(*one.own, 3), about, (), "lan", "lan", MONDAY, MONDAY, e.Accepted())
    one.write_bytes(*encode(msgspec.structs.replace(deed, seen_as=("ab" * 8,))))
    taken = counter.store.take(one.runs({one.own: 2}))
    assert (taken.received, taken.held + taken.without_effect) == (1, 1)
    assert is_code(counter.receive().code)
