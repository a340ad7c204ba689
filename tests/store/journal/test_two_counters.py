"""Counters of one commune that work apart and then exchange, store to store."""

from pathlib import Path
from random import Random

import pytest

from app.models.dossiers.lifecycle import Deed
from app.models.events import event as e
from app.models.events.encoding import as_record
from app.models.exchange.chain import SIGN_EVERY, LogName, genesis, links, sign_head
from app.models.exchange.messages import Known, MessageRejected, Run
from app.store.database.database import Database
from app.store.journal.log import SLICE
from app.store.store import Store
from tests.making import UNIT, ACounter, a_counter, exchange
from tests.store.database.spreading import Stranger, an_empty_store, joined, pieces

DOSSIERS = 120


@pytest.fixture(scope="module")
def apart(tmp_path_factory: pytest.TempPathFactory) -> tuple[ACounter, ACounter]:
    """Two counters that received 120 dossiers between them and worked on some, all offline."""
    folder = tmp_path_factory.mktemp("apart")
    counters = (a_counter(folder / "1", 1), a_counter(folder / "2", 2, machine="máy 2"))
    for counter in counters:
        counter.store.database.rows("PRAGMA synchronous=OFF")
        names = [counter.receive(f"Lê Thị {n}").name for n in range(DOSSIERS // 2)]
        for name in names[::5]:
            counter.do(Deed.HAND_OVER, name)
            counter.do(Deed.ACCEPT, name)
    return counters


def test_two_counters_offline_come_together_whole(apart: tuple[ACounter, ACounter]) -> None:
    one, two = apart
    assert exchange(one.store, two.store) > DOSSIERS
    assert one.dump() == two.dump()
    codes = [row[0] for row in one.store.database.rows("SELECT code FROM dossiers")]
    assert len(codes) == len(set(codes)) == DOSSIERS
    assert one.desk.lookup.board(limit=500).lines == two.desk.lookup.board(limit=500).lines
    assert one.store.verify().findings == two.store.verify().findings == ()


def test_a_further_exchange_moves_nothing_and_writes_nothing(
    apart: tuple[ACounter, ACounter],
) -> None:
    one, two = apart
    exchange(one.store, two.store)
    before = one.dump(), one.store.map()
    assert exchange(one.store, two.store) == 0
    assert exchange(two.store, one.store) == 0
    assert (one.dump(), one.store.map()) == before


def steps_to_map(store: Store) -> int:
    """How much SQLite does to tell the map, in tens of its own steps."""
    steps: list[None] = []
    store.database._connection.set_progress_handler(lambda: steps.append(None), 10)
    store.map()
    store.database._connection.set_progress_handler(None, 0)
    return len(steps)


def test_years_of_signed_heads_make_the_map_no_slower(tmp_path: Path) -> None:
    store = a_counter(tmp_path, 1).store
    store.journal.sign_head()
    held, before = store.map(), steps_to_map(store)
    ((log,),) = store.database.rows("SELECT DISTINCT log FROM heads")
    older = [(log, -number, b"0" * 32, b"0" * 64) for number in range(1, 1001)]
    with store.database.transaction():
        store.database.many("INSERT INTO heads VALUES (?,?,?,?)", older)
    assert store.map() == held
    assert steps_to_map(store) <= before + 1


def test_after_an_exchange_both_go_on_with_what_the_other_began(
    apart: tuple[ACounter, ACounter],
) -> None:
    one, two = apart
    exchange(one.store, two.store)
    name = one.receive("Trần Văn Tiếp").name
    exchange(one.store, two.store)
    two.do(Deed.HAND_OVER, name)
    exchange(one.store, two.store)
    one.do(Deed.ACCEPT, name)
    assert exchange(one.store, two.store) == 1
    assert one.dump() == two.dump()


def test_a_deed_on_anothers_dossier_says_by_hash_which_events_it_saw(tmp_path: Path) -> None:
    one, two = a_counter(tmp_path / "1", 1), a_counter(tmp_path / "2", 2, machine="máy 2")
    name = one.receive().name
    exchange(one.store, two.store)
    two.do(Deed.HAND_OVER, name)
    hash_ = one.store.hash_at(LogName(name.device, name.incarnation), name.seq)
    assert hash_ is not None
    events = {type(v.event.body): v.event for v in two.desk.lookup.dossier(name).verdicts}
    assert events[e.Received].seen_as == ()
    assert events[e.HandedOver].seen_as == (hash_.hex()[:16],) * 2


# --- what is taken, and what is not -------------------------------------------------------------


@pytest.fixture
def counter(tmp_path: Path) -> ACounter:
    made = a_counter(tmp_path / "1")
    made.receive_many(3)
    made.store.journal.sign_head()
    return made


def the_run(store: Store) -> Run:
    """All of the one log a store holds."""
    (run,) = store.runs(dict.fromkeys(store.map(), 0))
    return run


def test_taking_the_same_again_changes_nothing(counter: ACounter, tmp_path: Path) -> None:
    store, run = an_empty_store(tmp_path / "9"), the_run(counter.store)
    assert store.take((run, run)).received == len(run.records)
    before = store.folding.dump()
    assert store.take((run,)).received == 0
    assert store.folding.dump() == before


def test_a_run_is_taken_in_overlapping_pieces(counter: ACounter, tmp_path: Path) -> None:
    store, run = an_empty_store(tmp_path / "9"), the_run(counter.store)
    cut = pieces(counter.store, [counter.store.keys], Random(1))
    store.take((cut[0],))
    store.take((run,))
    assert store.map() == counter.store.map()
    assert store.folding.dump() == counter.dump()


@pytest.mark.parametrize(
    "spoil",
    [
        lambda run: run._replace(first=2, records=run.records[1:]),
        lambda run: run._replace(records=run.records[:-1]),
        lambda run: run._replace(records=(run.records[1], run.records[0], *run.records[2:])),
        lambda run: run._replace(records=(*run.records[:1], *run.records)),
        lambda run: run._replace(heads=()),
        lambda run: run._replace(log=run.log._replace(incarnation="1" * 16)),
        lambda run: run._replace(keys=Stranger().keys.public),
        lambda run: run._replace(heads=(run.heads[-1]._replace(signature=bytes(64)),)),
    ],
    ids=["gap", "cut", "swapped", "doubled", "unsigned", "renamed", "other keys", "forged"],
)
def test_a_spoilt_run_is_refused_in_words_and_leaves_no_trace(
    counter: ACounter, tmp_path: Path, spoil: object
) -> None:
    store = an_empty_store(tmp_path / "9")
    with pytest.raises(MessageRejected, match=r"không|thiếu"):
        store.take((spoil(the_run(counter.store)),))  # type: ignore[operator]
    assert store.database.rows("SELECT count(*) FROM events, logs, things") == [(0,)]


def test_another_units_events_are_refused(counter: ACounter, tmp_path: Path) -> None:
    store = ACounter(tmp_path / "9", unit="H26.15.4").store
    with pytest.raises(MessageRejected):
        store.take((the_run(counter.store),))


def test_good_runs_before_a_spoilt_one_stay(counter: ACounter, tmp_path: Path) -> None:
    store, stranger = an_empty_store(tmp_path / "9"), Stranger()
    good, bad = stranger.says(b"{}"), the_run(counter.store)._replace(heads=())
    with pytest.raises(MessageRejected):
        store.take((good, bad))
    assert store.map() == {stranger.log: Known(1, stranger.known)}


def test_a_fork_is_kept_as_two_branches(tmp_path: Path) -> None:
    store = an_empty_store(tmp_path / "9")
    one, other = Stranger(), Stranger()
    said = [one.says(b"a"), one.says(b"b"), other.says(b"x"), other.says(b"y"), other.says(b"z")]
    for run in (*said, *said):
        store.take((run,))
    assert {known.hash for known in store.map().values()} == {one.known, other.known}
    assert len({log.root for log in store.map()}) == 1
    assert store.verify().ok


def test_two_processes_may_take_the_same_run_at_once(counter: ACounter, tmp_path: Path) -> None:
    run, here = the_run(counter.store), ACounter(tmp_path / "9", 9)
    there = ACounter(tmp_path / "9", 9)
    take_slice = here.store.log._take_slice

    def late(*arguments: object, **how: object) -> object:
        there.store.take((run,))
        return take_slice(*arguments, **how)  # type: ignore[arg-type]

    here.store.log._take_slice = late  # type: ignore[method-assign, assignment]
    assert here.store.take((run,)).received == 0
    assert here.dump() == counter.dump()


def test_another_branch_taken_by_another_process_meanwhile_is_not_gone_on_from(
    tmp_path: Path,
) -> None:
    here, there = ACounter(tmp_path / "9", 9), ACounter(tmp_path / "9", 9)
    take_slice = here.store.log._take_slice

    def late(*arguments: object, **how: object) -> object:
        there.store.take((Stranger().says(b"other"),))
        return take_slice(*arguments, **how)  # type: ignore[arg-type]

    here.store.log._take_slice = late  # type: ignore[method-assign, assignment]
    stranger = Stranger()
    with pytest.raises(MessageRejected, match="nhân bản"):
        here.store.take((joined([stranger.says(b"a"), stranger.says(b"b")]),))
    assert here.store.verify().ok


def test_a_head_before_the_beginning_is_nobodys(tmp_path: Path) -> None:
    store, stranger = an_empty_store(tmp_path / "9"), Stranger()
    run = stranger.says(b"a")
    store.take((run,))
    odd = sign_head(stranger.keys, UNIT, run.log, -5, bytes(32))
    store.take((run._replace(heads=(odd, *run.heads)),))
    assert [head.seq for head in the_run(store).heads] == [1]
    assert store.verify().ok


def test_a_run_costs_the_same_queries_however_many_heads_it_has(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, stranger = an_empty_store(tmp_path / "9"), Stranger()
    run = joined([stranger.says(b"x%d" % n) for n in range(2 * SLICE)])
    assert len(run.heads) == 2 * SLICE
    asked, one = [], Database.one

    def counted(self: Database, sql: str, *marks: object) -> object:
        asked.append(sql)
        return one(self, sql, *marks)  # type: ignore[arg-type]

    monkeypatch.setattr(Database, "one", counted)
    store.take((run,))
    assert len(asked) < 20
    assert [head.seq for head in the_run(store).heads] == [head.seq for head in run.heads]


def test_an_unsigned_tail_stays_at_home_until_it_is_signed(counter: ACounter) -> None:
    signed = the_run(counter.store).last
    counter.receive()
    assert the_run(counter.store).last == signed
    counter.store.journal.sign_head()
    assert the_run(counter.store).last == signed + 1


def test_every_two_hundredth_event_is_signed_without_being_asked(tmp_path: Path) -> None:
    counter = a_counter(tmp_path)
    counter.store.database.rows("PRAGMA synchronous=OFF")
    counter.receive_many(SIGN_EVERY)
    assert [known.seq for known in counter.store.map().values()] == [SIGN_EVERY]


def test_runs_keep_to_their_budget_and_end_on_signed_heads(counter: ACounter) -> None:
    for _ in range(4):
        counter.receive_many(2)
        counter.store.journal.sign_head()
    log = next(iter(counter.store.map()))
    (short,) = counter.store.log.runs({log: 0}, budget=4000)
    assert short.heads[-1].seq == short.last < the_run(counter.store).last
    (rest,) = counter.store.log.runs({log: short.last}, budget=10**6)
    assert (rest.first, rest.last) == (short.last + 1, the_run(counter.store).last)


def test_what_an_acknowledgement_names_is_no_longer_pending(counter: ACounter) -> None:
    last, since = counter.store.pending("server")
    assert (last, since) == (the_run(counter.store).last, counter.clock())
    counter.store.keeping.acknowledge("server", counter.store.map(), counter.clock())
    assert counter.store.pending("server") == (0, None)
    later = counter.clock.go_on(minutes=5)
    counter.receive()
    assert counter.store.pending("server") == (1, later)


def test_an_acknowledged_fork_leaves_the_whole_log_pending(counter: ACounter) -> None:
    (log,) = counter.store.map()
    counter.store.keeping.acknowledge("server", {log: Known(2, bytes(32))}, counter.clock())
    assert counter.store.pending("server")[0] == the_run(counter.store).last


def test_hashes_are_told_up_to_what_is_held(counter: ACounter) -> None:
    run = the_run(counter.store)
    start = genesis(counter.unit, run.log)
    hashes = [start, *links(start, run.records)]
    assert [counter.store.hash_at(run.log, seq) for seq in range(run.last + 1)] == hashes
    assert counter.store.hash_at(run.log, run.last + 1) is None
    assert counter.store.hash_at(LogName("0", "0"), 1) is None


def test_an_erased_part_travels_as_its_hash(counter: ACounter, tmp_path: Path) -> None:
    run = the_run(counter.store)
    erased = tuple(
        as_record(r.public, None, r.personal_hash) if r.personal else r for r in run.records
    )
    store = an_empty_store(tmp_path / "9")
    store.take((run._replace(records=erased),))
    assert the_run(store).records == erased
    assert store.verify().ok
