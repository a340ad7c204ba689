from pathlib import Path
from random import Random

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.desk.deeds.details import Details
from app.models.dossiers.fold import VERSION
from app.models.dossiers.lifecycle import Deed, Status
from app.models.errors import Refused
from app.models.events import event as e
from app.models.events import facts
from app.models.exchange.chain import SIGN_EVERY
from app.models.procedures.procedure import to_json
from app.store.database.database import Database
from app.store.store import Store
from tests.making import MONDAY, NGA, PROCEDURE, ACounter, a_counter, a_draft, a_procedure, exchange
from tests.models.telling import BODIES, LATER, RECEIVED
from tests.store.database.spreading import Stranger, an_empty_store, body_of, effects, pieces


@pytest.fixture
def counter(tmp_path: Path) -> ACounter:
    return a_counter(tmp_path / "1")


def rebuilt(store: Store) -> list[str]:
    with store.database.transaction():
        store.folding.rebuild()
    return store.folding.dump()


def a_life(counter: ACounter) -> e.EventName:
    """A dossier that went through much, and a visitor who left."""
    name = counter.receive().name
    for deed in (Deed.HAND_OVER, Deed.ACCEPT, Deed.REQUEST_SUPPLEMENT, Deed.SUPPLEMENT_RECEIVED):
        counter.do(deed, name)
    counter.do(Deed.UNDO, name)
    counter.desk.paperwork.issue("receipt", name, counter.officer)
    counter.desk.intake.leave(a_draft(), "guidance", counter.officer, "thiếu giấy khai sinh")
    return name


# --- rebuilding ---------------------------------------------------------------------------------


def test_rebuilding_from_the_events_gives_the_same_tables(counter: ACounter) -> None:
    a_life(counter)
    counter.receive_many(5)
    before = counter.dump()
    assert len(before) > 8
    assert rebuilt(counter.store) == before


def test_rebuilding_mends_whatever_the_tables_said(counter: ACounter) -> None:
    a_life(counter)
    before = counter.dump()
    with counter.store.database.transaction():
        counter.store.database.run("UPDATE dossiers SET applicant='Ai đó', status='voided'")
        counter.store.database.run("DELETE FROM numbers")
        counter.store.database.run("UPDATE events SET effect='held'")
        counter.store.database.run("INSERT INTO standing VALUES ('officer', 'ma', '{}')")
    assert counter.dump() != before
    assert rebuilt(counter.store) == before


def test_after_a_rebuild_everybody_is_found_again(counter: ACounter) -> None:
    code = counter.receive("Đặng Thị Đào").code
    rebuilt(counter.store)
    for words in ("dang dao", "Đào", code, "001187012345"):
        assert [line.row.code for line in counter.desk.lookup.find(words)] == [code]


def test_after_a_rebuild_nothing_is_found_that_is_not_there(counter: ACounter) -> None:
    name = counter.receive().name
    with counter.store.database.transaction():
        thing = counter.store.log.thing(str(name))
        counter.store.database.run("DELETE FROM search")
        counter.store.database.run("INSERT INTO search (rowid, tokens) VALUES (?, 'ma')", (thing,))
    assert counter.desk.lookup.find("ma")
    rebuilt(counter.store)
    assert counter.desk.lookup.find("ma") == []


def test_a_fold_that_means_something_else_is_made_anew_at_the_next_start(
    counter: ACounter,
) -> None:
    before = counter.dump()
    counter.store.keeping.put("fold", str(VERSION - 1))
    with counter.store.database.transaction():
        counter.store.database.run("DELETE FROM standing")
    counter.close()
    assert counter.open().dump() == before


# --- any order of arrival -----------------------------------------------------------------------


@pytest.fixture(scope="module")
def tangled(tmp_path_factory: pytest.TempPathFactory) -> tuple[ACounter, ...]:
    """Three counters that did things to the same dossiers without knowing of each other."""
    folder = tmp_path_factory.mktemp("three")
    one, two, three = (a_counter(folder / f"{n}", n, machine=f"máy {n}") for n in (1, 2, 3))
    names = [one.receive(name).name for name in ("Lê Ánh", "Lê Bình")]
    one.do(Deed.HAND_OVER, names[0])
    for other in (two, three):
        exchange(one.store, other.store)
    one.do(Deed.ACCEPT, names[0])
    two.do(Deed.SEND_BACK, names[0])
    two.do(Deed.HAND_OVER, names[0])
    three.do(Deed.UNDO, names[0])
    three.do(Deed.CORRECT, names[1], Details(reason="gõ nhầm", request="Xin cấp lại"))
    two.do(Deed.VOID, names[1])
    two.desk.office.add_officer("hung", "Trần Văn Hùng", (), NGA)
    three.desk.office.add_officer("hung", "Trần Quốc Hùng", (), NGA)
    for here, there in ((one, two), (two, three), (one, two), (one, three)):
        exchange(here.store, there.store)
    return one, two, three


def test_counters_that_hold_the_same_events_agree(tangled: tuple[ACounter, ...]) -> None:
    one, two, three = (counter.dump() for counter in tangled)
    assert one == two == three
    assert any("effects" in line for line in one)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.randoms(use_true_random=False))
def test_any_order_and_any_pieces_fold_to_the_same(
    tangled: tuple[ACounter, ...], tmp_path_factory: pytest.TempPathFactory, chance: Random
) -> None:
    writers = [counter.store.keys for counter in tangled]
    store = an_empty_store(tmp_path_factory.mktemp("taker"))
    for piece in pieces(tangled[0].store, writers, chance):
        store.take((piece,))
    assert store.folding.dump() == tangled[0].dump()
    store.close()


def test_what_is_held_counts_once_what_it_saw_has_come(
    tangled: tuple[ACounter, ...], tmp_path: Path
) -> None:
    one = tangled[0].store
    store = an_empty_store(tmp_path)
    runs = {run.log.device: run for run in one.runs(dict.fromkeys(one.map(), 0))}
    first = runs.pop(one.keys.public.device)
    held = sum(store.take((run,)).held for run in runs.values())
    assert held > 0
    assert "chờ sự kiện" in str(effects(store))
    store.take((first,))
    assert store.folding.dump() == tangled[0].dump()


# --- what no version of ours understands --------------------------------------------------------


def test_types_and_fields_of_a_later_version_are_passed_on_byte_for_byte(
    counter: ACounter, tmp_path: Path
) -> None:
    name, stranger = counter.receive().name, Stranger()
    about = f'"about":"{name}","at":"2026-11-23T09:00:00+07:00","by":"lan"'
    said = [
        f'{{{about},"body":{{"type":"teleported","to":[1,2]}},"v":7}}'.encode(),
        f'{{{about},"saw":[["{name.device}","{name.incarnation}",{name.seq}]],'
        '"body":{"drone":7,"to":"hung","type":"handed_over"},"wind":"NE"}'.encode(),
    ]
    for public in said:
        counter.store.take((stranger.says(public, b'{"dna":"ACGT","salt":"s"}'),))
    other = an_empty_store(tmp_path / "other")
    exchange(counter.store, other)
    (run,) = other.runs({stranger.log: 0})
    assert [record.public for record in run.records] == said
    assert counter.desk.lookup.named(counter.receive().code)
    assert other.folding.dump() != []
    dossier = other.dossiers.opened(name).dossier
    assert dossier is not None
    assert (dossier.status, dossier.holder) == (Status.HANDED_OVER, "hung")


AT = '"at":"2026-11-23T09:00:00+07:00","by":"lan"'
NONSENSE = {
    "noise": b"\xff\x00",
    "no event": b"[1,2,3]",
    "depth": f'{{{AT},"body":{{"x":{"[" * 9999}{"]" * 9999}}}}}'.encode(),
    "a deed about nothing": f'{{"about":"nothing",{AT},"body":{{"type":"voided"}}}}'.encode(),
    "a deed about an officer": f'{{"about":"officer:phutrach",{AT},"body":{{"type":"voided"}}}}'.encode(),
    "an officer about another": f'{{"about":"officer:phutrach",{AT},'
    '"body":{"type":"officer_added","login":"x","name":"X","roles":[]}}'.encode(),
    "a code that is none": f'{{{AT},"body":{{"type":"code_assigned","code":"7"}}}}'.encode(),
    "a day that is none": f'{{"about":"day:2026-02-30",{AT},'
    '"body":{"type":"day_set","date":"2026-02-30","kind":"holiday","name":"?"}}'.encode(),
    "a procedure that is none": f'{{"about":"procedure:1.001022",{AT},'
    '"body":{"type":"procedure_set","code":"1.001022","procedure":{"cases":7}}}'.encode(),
    "an hour that is none": f'{{"about":"unit:",{AT},'
    '"body":{"type":"unit_described","name":"?","return_by":"26:99"}}'.encode(),
    "an hour of another zone": f'{{"about":"unit:",{AT},'
    '"body":{"type":"unit_described","name":"?","cut_off":"15:00+09:00"}}'.encode(),
    "a lane nobody may be granted": f'{{"about":"lane:d.i.3",{AT},"body":{{"type":"lane_granted",'
    '"device":"d","incarnation":"i","lane":3,"first":"2026-01-01","last":"2026-12-31"}}'.encode(),
}  # fmt: skip


@pytest.mark.parametrize("public", NONSENSE.values(), ids=NONSENSE)
def test_signed_nonsense_goes_into_the_log_and_changes_nothing(
    counter: ACounter, public: bytes
) -> None:
    counter.receive()
    before = counter.dump()
    counter.store.take((Stranger().says(public, b"\xff"),))
    said = [line for line in counter.dump() if line not in before]
    assert all(line.startswith("effects ") for line in said)
    assert effects(counter.store)[0][0] == "without_effect"
    assert counter.store.verify().ok
    assert rebuilt(counter.store) == sorted([*before, *said])
    everything_works(counter)


def everything_works(counter: ACounter) -> None:
    """What an officer does all day, and all who ask for what stands."""
    name = counter.receive("Lê Thị Mai").name
    counter.do(Deed.HAND_OVER, name)
    assert counter.desk.lookup.find("mai")
    assert counter.desk.lookup.board().counts.all
    assert counter.store.standing.procedures() == [a_procedure()]
    assert counter.store.standing.officers()[0].name == "Lê Thị Nga"
    counter.desk.lookup.late()


def test_a_dossier_of_a_thousand_years_shows_on_the_board(counter: ACounter) -> None:
    stranger = Stranger()
    far = msgspec.structs.replace(
        RECEIVED, promise=facts.Promise(LATER.due.replace(year=9999, month=12))
    )
    counter.store.take((stranger.tells(far),))
    public = b'{"at":"0001-01-01T00:00:00+14:00","body":{"type":"left_unreceived","outcome":"guidance"},"by":"a"}'
    counter.store.take((stranger.says(public),))
    assert counter.desk.lookup.board().counts.all == 1
    everything_works(counter)


def test_deeds_on_anothers_dossier_that_saw_nothing_come_to_nothing(counter: ACounter) -> None:
    name, stranger = counter.receive().name, Stranger()
    before = counter.store.dossiers.opened(name).dossier
    missing = (e.EventName("0" * 32, "0" * 16, 1),)
    for deed, body in BODIES.items():
        saw = missing if deed is not Deed.RECEIVE else ()
        counter.store.take((stranger.tells(body, str(name), saw),))
    assert counter.store.dossiers.opened(name).dossier == before
    assert {effect for effect, _ in effects(counter.store)} == {"held", "without_effect"}
    counter.do(Deed.HAND_OVER, name)


def test_the_last_word_on_an_officer_stands_after_words_nobody_understands(
    counter: ACounter,
) -> None:
    stranger = Stranger()
    later = f'{{"about":"officer:{NGA}",{AT},"saw":SAW,"body":{{"type":"officer_cloned"}}}}'
    opening = counter.store.database.rows(
        "SELECT device, incarnation, events.seq FROM events JOIN logs ON logs.id=log WHERE type='officer_added'"
    )
    saw = msgspec.json.encode(opening).decode()
    before = body_of(counter.store, "officer")
    counter.store.take((stranger.says(later.replace("SAW", saw).encode()),))
    assert body_of(counter.store, "officer") == before
    rebuilt(counter.store)
    assert body_of(counter.store, "officer") == before


def test_a_procedure_set_twice_stands_as_it_was_set_last(counter: ACounter) -> None:
    changed = msgspec.structs.replace(a_procedure(), name="Tên mới")
    with counter.store.journal.deed(MONDAY) as writing:
        writing.append(e.ProcedureSet(PROCEDURE, to_json(changed)), by=NGA, at=MONDAY)
    assert counter.store.standing.procedures() == [changed]
    assert len(body_of(counter.store, "procedure")) == 1


def test_an_arrival_of_more_than_a_slice_is_taken_whole(counter: ACounter, tmp_path: Path) -> None:
    counter.receive_many(SIGN_EVERY)
    store = an_empty_store(tmp_path / "other")
    assert exchange(counter.store, store) > SIGN_EVERY
    assert store.folding.dump() == counter.dump()


def test_a_rebuild_tells_how_far_it_is(counter: ACounter) -> None:
    counter.receive_many(3)
    told: list[tuple[int, int]] = []
    with counter.store.database.transaction():
        counter.store.folding.rebuild(lambda done, of: told.append((done, of)))
    assert told[0] == (0, len(list(counter.store.folding.all_things())))


def test_a_store_that_does_not_open_leaves_no_file_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    counter = a_counter(tmp_path / "1")
    counter.store.keeping.put("device", "no key")
    counter.close()
    closes, closed = Database.close, list[Path]()

    def close(database: Database) -> None:
        closed.append(database.path)
        closes(database)

    monkeypatch.setattr(Database, "close", close)
    with pytest.raises(ValueError, match="hexadecimal"):
        counter.open()
    assert closed == [counter.database]


def test_a_rebuild_stopped_on_its_way_leaves_the_tables_as_they_were(tmp_path: Path) -> None:
    counter = a_counter(tmp_path / "1")
    counter.receive()
    before = counter.dump()
    counter.store.keeping.note("fold", "older")

    def stop(done: int, of: int) -> None:
        raise Refused("Đã dừng.")

    with pytest.raises(Refused):
        counter.store._fold_anew(stop)
    assert counter.dump() == before
    assert counter.store.keeping.get("fold") == "older"
