import shutil
from hashlib import sha256
from pathlib import Path
from zipfile import ZipFile

import pytest

from app.desk.intake.blank_draft import BlankDraft
from app.models.dossiers.lifecycle import Deed
from app.models.errors import BadInput, Refused
from app.models.events.encoding import Record
from app.models.events.facts import Document
from app.models.exchange.chain import LogName, genesis
from app.models.exchange.messages import Known
from app.store import restore as module
from app.store.backup import DATABASE, KEY_RING, unpack
from app.store.database.database import PAGE_BYTES, Database, StorageFailed
from app.store.journal.salvage import salvaged
from app.store.own.attachments import FOLDER, Attachments
from app.store.restore import Restored, restore
from tests.making import NGA, ACounter, a_counter, a_draft, exchange

RING = b'{"ring":"at backup"}'


@pytest.fixture
def counter(tmp_path: Path) -> ACounter:
    made = a_counter(tmp_path / "1")
    made.database.with_name(KEY_RING).write_bytes(RING)
    made.receive_many(3)
    made.store.backup(tmp_path / "b")
    return made


@pytest.fixture
def backup(counter: ACounter, tmp_path: Path) -> Path:
    return tmp_path / "b"


def restored(counter: ACounter, backup: Path, **changes: object) -> Restored:
    """Close the counter, restore the backup into it, open it again."""
    counter.close()
    assert counter.state is not None
    result = restore(
        backup, counter.database, counter.state, counter.key, counter.clock.go_on(minutes=1),
        **{"replaced_key": counter.key, "machine": counter.machine, **changes},  # type: ignore[arg-type]
    )  # fmt: skip
    counter.open()
    return result


def names(counter: ACounter) -> list[str]:
    return sorted(row[0] for row in counter.store.database.rows("SELECT applicant FROM dossiers"))


def test_a_restore_takes_over_everything_done_since_the_backup(
    counter: ACounter, backup: Path
) -> None:
    name = counter.receive("Lê Văn Sau").name
    counter.do(Deed.HAND_OVER, name)
    counter.receive("Lê Thị Cuối")
    before = counter.dump()
    result = restored(counter, backup)
    assert (result.taken_over, result.findings) == (3, ())
    assert [line for line in counter.dump() if "incarnation" not in line] == [
        line for line in before if "incarnation" not in line
    ]
    assert counter.store.verify().findings == ()


def test_a_restore_brings_back_the_scans_that_lie_beside_the_backup(
    counter: ACounter, tmp_path: Path
) -> None:
    name = counter.receive(documents=(Document("Tờ khai", originals=1),)).name
    counter.desk.digitising.tie(name, 1, counter.desk.digitising.seal(b"%PDF", 1), counter.officer)
    counter.store.backup(tmp_path / "whole")
    Attachments(counter.store.database).back_up(tmp_path / "whole")
    shutil.rmtree(counter.database.with_name(FOLDER))
    restored(counter, tmp_path / "whole")
    assert counter.desk.digitising.only_here() == 1


def test_a_restore_takes_over_intakes_set_aside_since_and_the_scans_only_they_name(
    counter: ACounter, backup: Path
) -> None:
    scan = counter.desk.digitising.seal(b"%PDF", 1)
    intake, officer = counter.desk.intake, counter.officer
    intake.park(a_draft(name="Lê Thị Gác"), officer)
    counter.desk.blank_drafts.keep(BlankDraft(scan=scan), officer)
    restored(counter, backup)
    restored(counter, backup)
    assert [draft.title for draft in counter.desk.intake.parked(officer)] == ["Lê Thị Gác"]
    counter.clock.go_on(days=9)
    counter.desk.digitising.clear_up()
    assert counter.desk.digitising.is_whole(scan)


@pytest.mark.parametrize(("later", "kept"), [(1, "Lê Thị Sau"), (-1, "Lê Thị Trước")])
def test_of_two_forms_half_typed_the_later_stays_and_the_other_is_set_aside(
    counter: ACounter, tmp_path: Path, later: int, kept: str
) -> None:
    officer = counter.officer
    counter.desk.intake.keep(a_draft(name="Lê Thị Trước"), officer)
    counter.store.backup(tmp_path / "typed")
    counter.clock.go_on(minutes=later)
    counter.desk.intake.keep(a_draft(name="Lê Thị Sau"), officer)
    counter.clock.go_on(minutes=-later)
    restored(counter, tmp_path / "typed")
    form, (parked,) = counter.desk.intake.kept(officer), counter.desk.intake.parked(officer)
    assert form is not None
    assert {form.name, parked.title} == {"Lê Thị Sau", "Lê Thị Trước"}
    assert form.name == kept


@pytest.mark.parametrize(("later", "kept"), [(1, "sau"), (-1, "trước")])
def test_of_two_drafts_of_another_kind_the_later_stays(
    counter: ACounter, tmp_path: Path, later: int, kept: str
) -> None:
    counter.store.keeping.keep_draft("errand", NGA, "", "trước", counter.clock())
    counter.store.backup(tmp_path / "typed")
    counter.clock.go_on(minutes=later)
    counter.store.keeping.keep_draft("errand", NGA, "", "sau", counter.clock())
    restored(counter, tmp_path / "typed")
    assert [draft.body for draft in counter.store.keeping.drafts("errand", NGA)] == [kept]


def test_a_restore_starts_a_new_incarnation_that_numbers_on(
    counter: ACounter, backup: Path
) -> None:
    log, given = counter.own_log(), counter.receive_many(2)
    restored(counter, backup)
    assert counter.own_log() != log
    assert counter.receive().code == "H26.15.3-261123-0101"
    assert given[-1] == "H26.15.3-261123-0081"


def test_even_a_restore_that_changes_nothing_starts_a_new_incarnation(
    counter: ACounter, backup: Path
) -> None:
    log = counter.own_log()
    assert restored(counter, backup).taken_over == 0
    assert counter.own_log() != log
    assert counter.store.verify().ok


def test_the_replaced_file_is_set_aside_and_still_opens(counter: ACounter, backup: Path) -> None:
    counter.receive("Lê Văn Sau")
    events = counter.store.verify().events
    result = restored(counter, backup)
    assert result.set_aside is not None
    with Database(result.set_aside, counter.key) as old:
        assert old.rows("SELECT count(*) FROM events") == [(events,)]
    again = restored(counter, backup)
    assert again.set_aside not in (None, result.set_aside)


def test_other_counters_events_are_taken_over_up_to_their_signed_heads(
    counter: ACounter, backup: Path, tmp_path: Path
) -> None:
    other = a_counter(tmp_path / "2", 2, machine="máy 2")
    other.receive("Trần Thị Quầy Hai")
    exchange(counter.store, other.store)
    counter.receive("Lê Văn Sau")
    before = names(counter)
    result = restored(counter, backup)
    assert result.findings == ()
    assert names(counter) == before
    exchange(counter.store, other.store)
    assert counter.dump() == other.dump()


def test_on_a_new_machine_everything_is_there_and_no_number_is(
    counter: ACounter, backup: Path, tmp_path: Path
) -> None:
    counter.close()
    place, state = tmp_path / "2" / "data" / "motcua.db", tmp_path / "2" / "state"
    result = restore(backup, place, state, counter.key, counter.clock(), machine="máy 2")
    assert result == Restored(0, None, ())
    assert place.with_name(KEY_RING).read_bytes() == RING
    moved = ACounter(tmp_path / "2", machine="máy 2")
    assert len(names(moved)) == 3
    assert moved.receive().code.startswith("T-")


def test_the_ring_in_place_stays_while_it_opens_the_same_key(
    counter: ACounter, backup: Path
) -> None:
    ring = counter.database.with_name(KEY_RING)
    ring.write_bytes(b"newer passwords")
    restored(counter, backup)
    assert ring.read_bytes() == b"newer passwords"


def test_a_ring_that_does_not_open_is_set_aside_for_the_backups(
    counter: ACounter, backup: Path
) -> None:
    ring = counter.database.with_name(KEY_RING)
    ring.write_bytes(b"rubbish")
    restored(counter, backup, replaced_key=None)
    assert ring.read_bytes() == RING
    (aside,) = ring.parent.glob("keys-*.json")
    assert aside.read_bytes() == b"rubbish"


# --- damaged ------------------------------------------------------------------------------------


def test_of_a_damaged_file_all_that_verifies_is_taken_over(counter: ACounter, backup: Path) -> None:
    counter.store.database.rows("PRAGMA synchronous=OFF")
    counter.receive_many(120)
    counter.close()
    damage(counter, a_page_of_events(counter))
    result = restored(counter, backup)
    assert 20 <= result.taken_over < 120
    assert f"chỉ lấy được {result.taken_over} trong 120 sự kiện" in result.findings[0].sentence
    assert len(names(counter)) == 3 + result.taken_over
    assert counter.store.verify().ok
    assert counter.receive().code == "H26.15.3-261123-2461"


def test_whichever_page_is_damaged_what_is_taken_over_is_whole(
    counter: ACounter, tmp_path: Path
) -> None:
    counter.store.database.rows("PRAGMA synchronous=OFF")
    counter.receive_many(40)
    counter.store.journal.sign_head()
    (log,) = counter.store.map()
    (whole,) = counter.store.runs({log: 0})
    counter.close()
    taken = {page: len(all_of(counter, log, page)) for page in range(pages_of(counter))}
    assert set(taken.values()) >= {0, whole.last}
    assert any(0 < count < whole.last for count in taken.values())


def all_of(counter: ACounter, log: LogName, page: int) -> list[Record]:
    """What is salvaged of a log once a page is damaged; each record is proved by the chain."""
    copy = counter.folder / "damaged.db"
    shutil.copy(counter.database, copy)
    damage(counter, page, copy)
    start = Known(0, genesis(counter.unit, log))
    try:
        with Database(copy, counter.key) as database:
            runs = list(salvaged(database, counter.unit, log, start, counter.store.keys))
    except StorageFailed:
        return []
    return [record for run in runs for record in run.records]


def pages_of(counter: ACounter) -> int:
    return counter.database.stat().st_size // PAGE_BYTES


def damage(counter: ACounter, page: int, file: Path | None = None) -> None:
    """Flip one bit in a page."""
    with (file or counter.database).open("r+b") as opened:
        opened.seek(page * PAGE_BYTES + 2000)
        byte = opened.read(1)[0]
        opened.seek(-1, 1)
        opened.write(bytes([byte ^ 1]))


def a_page_of_events(counter: ACounter) -> int:
    """A page whose damage cuts the log short of its end."""
    with Database(counter.database, counter.key) as database:
        row = database.one("SELECT device, incarnation FROM logs")
    assert row is not None
    pages = range(pages_of(counter) - 1, 0, -1)
    return next(p for p in pages if 30 < len(all_of(counter, LogName(*row), p)) < 100)


@pytest.mark.parametrize("place", [0, 100, 4095])
def test_a_file_that_cannot_be_opened_is_set_aside_with_a_finding(
    counter: ACounter, backup: Path, place: int
) -> None:
    counter.receive("Lê Văn Mất")
    counter.close()
    raw = bytearray(counter.database.read_bytes())
    raw[place] ^= 1
    counter.database.write_bytes(raw)
    result = restored(counter, backup)
    assert result.taken_over == 0
    assert "Không lấy được gì từ dữ liệu cũ" in result.findings[0].sentence
    assert result.set_aside is not None
    assert result.set_aside.read_bytes() == raw
    assert counter.receive().code == "H26.15.3-261123-0081"


def test_a_forged_tail_is_not_taken_over(counter: ACounter, backup: Path) -> None:
    counter.receive("Lê Văn Thật")
    counter.receive("Lê Văn Giả")
    with counter.store.database.transaction():
        counter.store.database.run(
            "UPDATE events SET public = x'7b7d' WHERE seq=(SELECT max(seq) FROM events)"
        )
    result = restored(counter, backup)
    assert result.taken_over == 1
    assert "chỉ lấy được 1 trong 2 sự kiện" in result.findings[0].sentence
    assert "Lê Văn Giả" not in names(counter)


# --- refused ------------------------------------------------------------------------------------


def untouched(counter: ACounter) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in counter.database.parent.iterdir()}


def test_another_units_backup_is_refused_and_nothing_is_touched(
    counter: ACounter, tmp_path: Path
) -> None:
    other = a_counter(tmp_path / "other", unit="H26.15.4")
    other.key, other.store._key = counter.key, counter.key
    other.close()
    rekey(other.database, counter.key)
    shutil.copy(counter.database.with_name(KEY_RING), other.database.with_name(KEY_RING))
    other.open().store.backup(tmp_path / "other.b")
    with pytest.raises(Refused, match=r"của đơn vị H26.15.4, còn dữ liệu ở đây của H26.15.3"):
        restored(counter, tmp_path / "other.b")
    assert sorted(untouched(counter)) == [KEY_RING, "motcua.db"]
    assert len(names(counter.open())) == 3


def rekey(database: Path, key: bytes) -> None:
    with Database(database, sha256("khóa H26.15.4".encode()).digest()) as opened:
        opened.become_one_file()
        opened.rows(f"PRAGMA rekey=\"x'{key.hex()}'\"")


def test_data_that_is_open_elsewhere_is_not_replaced(counter: ACounter, backup: Path) -> None:
    window = ACounter(counter.folder)
    with pytest.raises(Refused, match="Hãy đóng cửa sổ ấy"):
        restored(counter, backup)
    assert window.receive("Lê Văn Mở").code
    assert not counter.database.with_name("motcua.db.restoring").exists()


@pytest.mark.parametrize("content", [b"", b"rubbish", b"PK\x05\x06" + bytes(18)])
def test_a_file_that_is_no_backup_is_refused_and_nothing_is_touched(
    counter: ACounter, tmp_path: Path, content: bytes
) -> None:
    (tmp_path / "x").write_bytes(content)
    with pytest.raises(BadInput, match="không phải bản sao lưu"):
        restored(counter, tmp_path / "x")
    assert sorted(untouched(counter)) == [KEY_RING, "motcua.db"]


def test_a_backup_made_of_a_damaged_file_is_not_restored(
    counter: ACounter, backup: Path, tmp_path: Path
) -> None:
    unpack(backup, tmp_path / "out.db")
    damage(counter, pages_of(counter) // 2, tmp_path / "out.db")
    with ZipFile(backup, "w") as archive:
        archive.write(tmp_path / "out.db", DATABASE)
        archive.writestr(KEY_RING, RING)
    with pytest.raises(StorageFailed, match="hỏng"):
        restored(counter, backup)
    assert sorted(untouched(counter)) == [KEY_RING, "motcua.db"]


def test_the_wrong_key_is_told_and_nothing_is_touched(counter: ACounter, backup: Path) -> None:
    counter.close()
    with pytest.raises(StorageFailed, match="khóa không đúng"):
        restore(backup, counter.database, counter.folder / "state", bytes(32), counter.clock())
    assert sorted(untouched(counter)) == [KEY_RING, "motcua.db"]


def test_a_restore_that_stops_halfway_can_be_made_again(
    counter: ACounter, backup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = counter.receive_many(2)
    with monkeypatch.context() as stopping:
        stopping.setattr(module, "sync_folder", stop)
        with pytest.raises(KeyboardInterrupt):
            restored(counter, backup)
        stopping.setattr(module, "_set_aside", stop)
        with pytest.raises(KeyboardInterrupt):
            restored(counter, backup)
    restored(counter, backup)
    assert len(names(counter)) == 5
    assert not set(given) & set(counter.receive_many(2))
    assert counter.store.verify().ok


def stop(*_: object) -> None:
    raise KeyboardInterrupt


def test_where_no_second_name_can_be_given_the_file_is_moved(
    counter: ACounter, backup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.link", refuse)
    result = restored(counter, backup)
    assert result.set_aside is not None
    assert result.set_aside.exists()
    assert len(names(counter)) == 3


def refuse(*_: object) -> None:
    raise PermissionError(1, "no hard links here")
