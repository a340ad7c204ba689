"""No code is ever given out twice, and every number is explained, whatever befalls the files."""

import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from app.models.events import event as e
from app.models.events import facts
from app.models.exchange.incarnation import REMEMBERED_DAYS
from app.models.numbering import Code, is_code
from app.store.database.database import StorageFailed
from app.store.journal.marker import MarkerFile
from tests.making import MONDAY, ACounter, a_counter, a_draft, exchange
from tests.store.database.telling import (
    copied,
    crash,
    explained,
    numbers,
    reasons,
    starts,
    the_marker,
)


@pytest.fixture
def counter(tmp_path: Path) -> ACounter:
    made = a_counter(tmp_path / "1", 3)
    made.receive_many(3)
    return made


# --- a quiet day --------------------------------------------------------------------------------


def test_a_counter_numbers_in_its_own_lane_and_books_from_one_each_day(counter: ACounter) -> None:
    receipt = counter.receive()
    assert Code.parse(receipt.code).number == 63
    assert receipt.serial == facts.Serial("Hộ tịch", 2026, 3, 4)
    counter.clock.go_on(days=1)
    tomorrow = counter.receive()
    assert tomorrow.code == "H26.15.3-261124-0003"
    assert tomorrow.serial == facts.Serial("Hộ tịch", 2026, 3, 5)


def test_what_is_expected_is_what_comes(counter: ACounter) -> None:
    code, serial = counter.store.journal.expected(counter.clock(), "Hộ tịch")
    receipt = counter.receive()
    assert (receipt.code, receipt.serial) == (code, serial)


def test_a_deed_that_was_refused_uses_no_number(counter: ACounter) -> None:
    code, _ = counter.store.journal.expected(counter.clock(), "Hộ tịch")
    with pytest.raises(KeyError):
        draw_and_fail(counter)
    assert counter.receive().code == code
    assert reasons(counter) == ["new"]


def draw_and_fail(counter: ACounter) -> None:
    with counter.store.journal.deed(MONDAY) as writing:
        writing.next_code(MONDAY.date())
        raise KeyError


def test_a_lane_goes_on_past_9999(counter: ACounter) -> None:
    with counter.store.database.transaction():
        counter.store.database.run("UPDATE numbers SET highest=9983 WHERE series='code:261123:3'")
    receipt = counter.receive()
    assert receipt.code == "H26.15.3-261123-10003"
    assert "80 %" in " ".join(receipt.warnings)


def test_a_counter_beyond_nine_holds_no_lane_from_the_start(tmp_path: Path) -> None:
    receipt = a_counter(tmp_path, 12).receive()
    assert receipt.code.startswith("T-")
    assert "mã tạm" in " ".join(receipt.warnings)


def test_a_day_further_back_than_the_marker_remembers_gets_provisional_codes(
    counter: ACounter,
) -> None:
    for _ in range(REMEMBERED_DAYS):
        counter.clock.go_on(days=1)
        counter.receive()
    with counter.store.journal.deed(counter.clock()) as writing:
        newest = counter.clock().date()
        assert writing.next_code(MONDAY.date()) == ""
        assert writing.next_code(newest - timedelta(days=REMEMBERED_DAYS - 1)) != ""


# --- the file comes back older ------------------------------------------------------------------


def test_a_restored_old_copy_numbers_on_above_what_was_given_out(
    counter: ACounter, tmp_path: Path
) -> None:
    counter.close()
    shutil.copy(counter.database, tmp_path / "old.db")
    given = counter.open().receive_many(4)
    counter.close()
    shutil.copy(tmp_path / "old.db", counter.database)
    counter.open()
    after = counter.receive_many(2)
    assert min(numbers(after)) > max(numbers(given))
    assert reasons(counter)[-1] in ("restored", "crashed")
    assert "0063 đến Mã H26.15.3-261123-0123 bỏ trống" in explained(counter)
    assert "Số 4 quyển 3 năm 2026 (Hộ tịch) đến Số 7" in explained(counter)


def test_the_same_old_copy_restored_again_and_again_never_repeats_a_code(
    counter: ACounter, tmp_path: Path
) -> None:
    counter.close()
    shutil.copy(counter.database, tmp_path / "old.db")
    given: list[str] = []
    for _ in range(5):
        shutil.copy(tmp_path / "old.db", counter.database)
        given += counter.open().receive_many(2)
        counter.close()
    assert len(set(given)) == len(given) == 10
    explained(counter.open())


def test_an_older_copy_with_the_write_ahead_log_lost_is_noticed(counter: ACounter) -> None:
    counter.close()
    given = counter.open().receive_many(2)
    lost = counter.folder / "lost"
    shutil.copytree(counter.database.parent, lost)
    counter.close()
    for file in lost.iterdir():
        shutil.copy(file, counter.database.parent / file.name)
    counter.database.with_name("motcua.db-wal").unlink(missing_ok=True)
    counter.database.with_name("motcua.db-shm").unlink(missing_ok=True)
    counter.open()
    assert not set(given) & set(counter.receive_many(3))


def test_a_new_incarnation_names_the_head_it_left(counter: ACounter) -> None:
    left = counter.own_log()
    with counter.store.journal.deed(MONDAY, restored=True):
        pass
    start = starts(counter)[-1]
    assert start.left is not None
    assert start.left.incarnation == left
    assert counter.store.hash_at(e.EventName(*start.left)[:2], start.left.seq) == bytes.fromhex(  # type: ignore[arg-type]
        start.left_hash
    )


def test_the_tail_of_an_incarnation_that_was_left_reaches_others(
    counter: ACounter, tmp_path: Path
) -> None:
    other = ACounter(tmp_path / "9", 9)
    exchange(counter.store, other.store)
    code = counter.receive().code
    with counter.store.journal.deed(MONDAY, restored=True):
        pass
    exchange(counter.store, other.store)
    assert other.store.dossiers.named(code) is not None
    assert other.dump() == counter.dump()


# --- the folder is copied -----------------------------------------------------------------------


def test_a_copy_on_the_same_machine_and_its_original_never_meet(
    counter: ACounter, tmp_path: Path
) -> None:
    counter.close()
    copy = copied(counter, tmp_path / "copy", state=counter.state)
    counter.open()
    given: list[str] = []
    for one in (counter, copy, copy, counter, copy, counter):
        given += one.receive_many(2)
    assert len(set(given)) == len(given) == 12
    explained(counter)
    explained(copy)


@pytest.mark.parametrize("with_marker", [True, False])
def test_a_copy_on_another_machine_holds_no_lane_and_no_book(
    counter: ACounter, tmp_path: Path, with_marker: bool
) -> None:
    counter.close()
    copy = copied(counter, tmp_path / "copy", machine="máy 2", state=tmp_path / "copy" / "state")
    assert counter.state is not None
    if with_marker:
        shutil.copytree(counter.state, tmp_path / "copy" / "state")
    receipt = copy.receive()
    assert receipt.code.startswith("T-")
    assert receipt.serial is None
    assert reasons(copy)[-1] == ("moved" if with_marker else "no_marker")
    assert counter.open().receive().code == "H26.15.3-261123-0063"


def test_what_a_copy_expects_is_what_comes(counter: ACounter, tmp_path: Path) -> None:
    counter.close()
    copy = copied(counter, tmp_path / "copy", machine="máy 2", state=tmp_path / "copy" / "state")
    assert copy.store.journal.expected(MONDAY, "Hộ tịch") == ("", None)


def test_a_backup_from_before_the_move_does_not_give_the_lane_back(
    counter: ACounter, tmp_path: Path
) -> None:
    counter.close()
    copy = copied(counter, tmp_path / "copy", machine="máy 2", state=tmp_path / "copy" / "state")
    assert copy.receive().code.startswith("T-")
    copy.close()
    shutil.copy(counter.database, copy.database)
    copy.open()
    assert copy.receive().code.startswith("T-")
    assert copy.own_log() != counter.open().own_log()


def test_two_copies_and_their_original_come_together_without_one_code_twice(
    counter: ACounter, tmp_path: Path
) -> None:
    counter.close()
    there = copied(counter, tmp_path / "there", machine="máy 2", state=tmp_path / "there" / "state")
    here = copied(counter, tmp_path / "here", state=counter.state)
    counter.open()
    for one in (counter, there, here, counter):
        one.receive_many(3)
    for pair in ((counter, there), (there, here), (here, counter), (counter, there)):
        exchange(pair[0].store, pair[1].store)
    assert counter.dump() == there.dump() == here.dump()
    explained(counter)
    codes = [row[0] for row in counter.store.database.rows("SELECT code FROM dossiers")]
    assert len(codes) == 15
    assert len(set(codes) - {""}) == len(codes) - 3


# --- the marker ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "spoil",
    [
        lambda marker: marker.unlink(),
        lambda marker: marker.write_bytes(b""),
        lambda marker: marker.write_bytes(marker.read_bytes()[:-1]),
        lambda marker: marker.write_bytes(flipped(marker.read_bytes(), 0)),
        lambda marker: marker.write_bytes(flipped(marker.read_bytes(), -1)),
    ],
    ids=["removed", "empty", "cut", "first byte", "last byte"],
)
def test_without_a_readable_marker_no_official_code_is_given(
    counter: ACounter, spoil: Callable[[Path], None]
) -> None:
    spoil(the_marker(counter))
    receipt = counter.receive()
    assert receipt.code.startswith("T-")
    assert is_code(receipt.code)
    assert reasons(counter) == ["new", "no_marker"]
    assert counter.receive().code.startswith("T-")
    explained(counter)


def flipped(raw: bytes, place: int) -> bytes:
    changed = bytearray(raw)
    changed[place] ^= 1
    return bytes(changed)


def test_a_marker_from_before_starts_a_new_incarnation_above_the_database(
    counter: ACounter,
) -> None:
    old = the_marker(counter).read_bytes()
    given = counter.receive_many(3)
    the_marker(counter).write_bytes(old)
    after = counter.receive_many(2)
    assert reasons(counter) == ["new", "restored"]
    assert min(numbers(after)) > max(numbers(given))
    explained(counter)


def test_a_marker_put_back_and_then_the_file_put_back_repeat_no_code(
    counter: ACounter, tmp_path: Path
) -> None:
    counter.close()
    shutil.copy(counter.database, tmp_path / "old.db")
    old = the_marker(counter).read_bytes()
    given = counter.open().receive_many(3)
    the_marker(counter).write_bytes(old)
    counter.clock.go_on(days=1)
    counter.receive()
    counter.close()
    shutil.copy(tmp_path / "old.db", counter.database)
    counter.open()
    again = counter.desk.intake.receive(a_draft(), counter.officer, at=MONDAY)
    assert again.code not in given


def test_a_marker_sealed_for_another_device_is_none(counter: ACounter, tmp_path: Path) -> None:
    marker, state = the_marker(counter), tmp_path / "s"
    shutil.copytree(marker.parent, state / "markers")
    other = MarkerFile(state, "0" * 32, counter.key, counter.machine)
    marker.rename(state / "markers" / f"{'0' * 32}.marker")
    assert other.read() is None


def test_a_marker_that_may_not_be_read_stops_the_deed_and_loses_nothing(
    counter: ACounter, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as busy:
        busy.setattr(Path, "read_bytes", refuse)
        with pytest.raises(StorageFailed, match="dấu niêm"):
            counter.receive()
    assert counter.receive().code == "H26.15.3-261123-0063"


def refuse(path: Path) -> bytes:
    raise PermissionError(13, "in use", str(path))


def test_the_marker_remembers_only_numbers_of_this_counter(
    counter: ACounter, tmp_path: Path
) -> None:
    other = a_counter(tmp_path / "4", 4, machine="máy 4")
    other.receive_many(2)
    exchange(counter.store, other.store)
    with counter.store.journal.deed(MONDAY, restored=True):
        pass
    mark = counter.store.journal._marker.read()
    assert mark is not None
    assert {series.rpartition(":")[2] for series in mark.numbers} == {"3"}


# --- the machine stops ---------------------------------------------------------------------------


def test_a_stop_between_marker_and_commit_leaves_the_number_in_doubt(counter: ACounter) -> None:
    crash(counter)
    assert counter.receive().code == "H26.15.3-261123-0083"
    assert reasons(counter) == ["new", "crashed"]
    assert "Mã H26.15.3-261123-0063 bỏ trống" in explained(counter)


def test_a_number_in_doubt_is_told_even_if_no_other_came_after_it(counter: ACounter) -> None:
    crash(counter)
    counter.clock.go_on(days=1)
    counter.receive()
    assert "Mã H26.15.3-261123-0063 bỏ trống" in explained(counter)
