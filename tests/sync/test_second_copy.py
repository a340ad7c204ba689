"""A PC may die at any time: what its second copy was told of is on another machine again."""

import shutil
from pathlib import Path

import pytest

from app.models.dossiers.lifecycle import Deed
from app.models.errors import BadInput, Refused
from app.store.backup import KEY_RING
from app.store.database.database import StorageFailed
from app.store.restore import Continued, Restored, restore
from app.sync import second_copy as module
from app.sync.second_copy import SecondCopy, State, copy_to_restore, lying_in, take_tail
from tests.making import ACounter, a_counter, exchange

RING = b'{"ring":"of the counter"}'
COPIED = State(copied=True, sentence="Đã có bản thứ hai.")


@pytest.fixture
def counter(tmp_path: Path) -> ACounter:
    made = a_counter(tmp_path / "1")
    made.database.with_name(KEY_RING).write_bytes(RING)
    made.receive_many(2)
    return made


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "usb"
    folder.mkdir()
    return folder


@pytest.fixture
def second(counter: ACounter, stick: Path) -> SecondCopy:
    made = SecondCopy(counter.store.beside())
    assert made.set(stick) == COPIED
    return made


def on_another_machine(counter: ACounter, stick: Path, folder: Path) -> tuple[ACounter, Restored]:
    """The counter as it comes back from the copy alone."""
    copy = copy_to_restore(stick)
    place, state = folder / "data" / "motcua.db", folder / "state"
    source = Continued(copy.base, lambda store: take_tail(store, copy))
    done = restore(source, place, state, counter.key, counter.clock(), machine="máy mới")
    return ACounter(folder, machine="máy mới", clock=counter.clock), done


def codes(counter: ACounter) -> list[str]:
    rows = counter.store.database.rows("SELECT iif(code='', provisional_code, code) FROM dossiers")
    return sorted(row[0] for row in rows)


def tail(stick: Path) -> tuple[Path, ...]:
    found = lying_in(stick)
    assert found is not None
    return found.tail


def flip(file: Path, at: int) -> None:
    raw = bytearray(file.read_bytes())
    raw[at] ^= 1
    file.write_bytes(raw)


# --- the PC dies --------------------------------------------------------------------------------


def test_a_dead_pc_comes_back_from_the_copy_with_every_dossier(
    counter: ACounter, second: SecondCopy, stick: Path, tmp_path: Path
) -> None:
    for _ in range(2):
        counter.receive("Lê Văn Sau")
        assert second.follow() == COPIED
    name = counter.receive("Lê Văn Cuối").name
    counter.do(Deed.HAND_OVER, name)
    assert second.follow() == COPIED
    before = [line for line in counter.dump() if "incarnation" not in line]
    moved, done = on_another_machine(counter, stick, tmp_path / "2")
    assert done.findings == ()
    assert [line for line in moved.dump() if "incarnation" not in line] == before
    assert codes(moved) == codes(counter)
    assert moved.store.verify().ok
    assert moved.receive().code.startswith("T-")


def test_the_copy_holds_what_came_from_other_counters_too(
    counter: ACounter, second: SecondCopy, stick: Path, tmp_path: Path
) -> None:
    other = a_counter(tmp_path / "quầy 2", 2, machine="máy 2")
    other.receive("Trần Thị Quầy Hai")
    exchange(counter.store, other.store)
    assert second.follow() == COPIED
    moved, _ = on_another_machine(counter, stick, tmp_path / "2")
    assert codes(moved) == codes(counter)
    assert moved.store.verify().ok


def test_a_restored_counter_goes_on_with_the_same_stick(
    counter: ACounter, second: SecondCopy, stick: Path, tmp_path: Path
) -> None:
    counter.receive()
    second.follow()
    moved, _ = on_another_machine(counter, stick, tmp_path / "2")
    moved.receive("Lê Văn Sau")
    assert SecondCopy(moved.store).follow() == COPIED
    third, done = on_another_machine(counter, stick, tmp_path / "3")
    assert done.findings == ()
    assert codes(third) == codes(moved)


def test_copying_leaves_no_head_in_the_log(counter: ACounter, second: SecondCopy) -> None:
    heads = counter.store.database.rows("SELECT count(*) FROM heads")
    for _ in range(5):
        counter.receive()
        second.follow()
    assert counter.store.database.rows("SELECT count(*) FROM heads") == heads


# --- the stick ----------------------------------------------------------------------------------


def test_a_pulled_stick_is_told_and_what_it_missed_is_copied_when_it_is_back(
    counter: ACounter, second: SecondCopy, stick: Path, tmp_path: Path
) -> None:
    stick.rename(tmp_path / "pulled")
    counter.receive("Lê Văn Một")
    told = second.follow()
    assert not told.copied
    assert told == second.state()
    assert told.sentence.startswith("Chưa có bản thứ hai. Không thấy")
    counter.receive("Lê Văn Hai")
    (tmp_path / "pulled").rename(stick)
    assert second.follow() == COPIED
    moved, _ = on_another_machine(counter, stick, tmp_path / "2")
    assert codes(moved) == codes(counter)


def test_an_empty_mount_point_gets_no_copy(second: SecondCopy, stick: Path, tmp_path: Path) -> None:
    stick.rename(tmp_path / "pulled")
    stick.mkdir()
    assert "không có bản nào của quầy này" in second.follow().sentence
    assert not list(stick.iterdir())


def test_an_older_copy_of_the_stick_is_caught_up(
    counter: ACounter, second: SecondCopy, stick: Path, tmp_path: Path
) -> None:
    shutil.copytree(stick, tmp_path / "older")
    for _ in range(3):
        counter.receive()
        second.follow()
    shutil.rmtree(stick)
    (tmp_path / "older").rename(stick)
    assert second.follow() == COPIED
    moved, _ = on_another_machine(counter, stick, tmp_path / "2")
    assert codes(moved) == codes(counter)


def test_a_full_stick_is_told_and_holds_what_it_held(
    counter: ACounter,
    second: SecondCopy,
    stick: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    held = codes(counter)
    counter.receive()
    with monkeypatch.context() as full:
        full.setattr("os.fsync", no_room)
        assert not second.follow().copied
    moved, done = on_another_machine(counter, stick, tmp_path / "2")
    assert (codes(moved), done.findings) == (held, ())
    assert second.follow() == COPIED


def no_room(*_: object) -> None:
    raise OSError(28, "No space left on device")


def test_two_processes_take_turns(counter: ACounter, second: SecondCopy, stick: Path) -> None:
    command = SecondCopy(counter.store)
    for writer in (second, command, second, command):
        counter.receive()
        assert writer.follow() == COPIED
        assert writer.follow() == COPIED
    assert len(tail(stick)) == 5


def test_nothing_new_writes_nothing(second: SecondCopy, stick: Path) -> None:
    before = {file: file.stat().st_mtime_ns for file in stick.iterdir()}
    assert second.follow() == COPIED
    assert {file: file.stat().st_mtime_ns for file in stick.iterdir()} == before


# --- damaged ------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [0, 1, 400])
def test_a_torn_bundle_is_dropped_and_nothing_before_it(
    counter: ACounter, second: SecondCopy, stick: Path, tmp_path: Path, size: int
) -> None:
    counter.receive()
    second.follow()
    held = codes(counter)
    counter.receive()
    second.follow()
    torn = tail(stick)[-1]
    torn.write_bytes(torn.read_bytes()[:size])
    moved, done = on_another_machine(counter, stick, tmp_path / "2")
    assert codes(moved) == held
    assert f"từ {torn.name} trở đi" in done.findings[0].sentence
    assert SecondCopy(counter.store).follow() == COPIED
    moved, done = on_another_machine(counter, stick, tmp_path / "3")
    assert (codes(moved), done.findings) == (codes(counter), ())


@pytest.mark.parametrize("place", [0.1, 0.5, 0.9, 0.999])
def test_a_flipped_byte_is_found_and_made_good_while_the_pc_lives(
    counter: ACounter, second: SecondCopy, stick: Path, tmp_path: Path, place: float
) -> None:
    for _ in range(3):
        counter.receive()
        second.follow()
    broken = tail(stick)[1]
    flip(broken, int(broken.stat().st_size * place))
    _, done = on_another_machine(counter, stick, tmp_path / "2")
    assert "Không đọc được 3 gói cuối" in done.findings[0].sentence
    assert SecondCopy(counter.store).follow(every=True) == COPIED
    assert len(list(stick.glob("*.damaged"))) == 3
    moved, done = on_another_machine(counter, stick, tmp_path / "3")
    assert (codes(moved), done.findings) == (codes(counter), ())


def test_a_bundle_that_is_missing_is_told(
    counter: ACounter, second: SecondCopy, stick: Path, tmp_path: Path
) -> None:
    for _ in range(3):
        counter.receive()
        second.follow()
    tail(stick)[2].unlink()
    _, done = on_another_machine(counter, stick, tmp_path / "2")
    assert "Thiếu gói tail-0001-000002.motcua" in done.findings[0].sentence


def test_a_flipped_byte_in_the_base_is_refused_and_nothing_is_made(
    counter: ACounter, second: SecondCopy, stick: Path, tmp_path: Path
) -> None:
    base = copy_to_restore(stick).base
    flip(base, base.stat().st_size // 2)
    with pytest.raises((BadInput, StorageFailed), match="hỏng"):
        on_another_machine(counter, stick, tmp_path / "2")
    assert not (tmp_path / "2" / "data" / "motcua.db").exists()


# --- whose it is --------------------------------------------------------------------------------


def test_another_counters_copy_is_refused_and_stays(
    counter: ACounter, second: SecondCopy, stick: Path, tmp_path: Path
) -> None:
    other = a_counter(tmp_path / "quầy 2", 2, machine="máy 2")
    before = {file: file.read_bytes() for file in stick.iterdir()}
    with pytest.raises(Refused, match="bản thứ hai của quầy khác"):
        SecondCopy(other.store).set(stick)
    other.store.keeping.put(module.SETTING, str(stick))
    assert "của quầy khác" in SecondCopy(other.store).follow().sentence
    assert {file: file.read_bytes() for file in stick.iterdir()} == before


def test_a_copy_whose_owner_cannot_be_told_is_another_counters(
    counter: ACounter, stick: Path
) -> None:
    (stick / "tail-0001-000000.motcua").write_bytes(b"torn")
    with pytest.raises(Refused, match="bản thứ hai của quầy khác"):
        SecondCopy(counter.store).set(stick)


def test_a_copy_that_holds_more_than_the_pc_is_never_written_over(
    counter: ACounter, second: SecondCopy, stick: Path, tmp_path: Path
) -> None:
    counter.store.backup(tmp_path / "b")
    counter.receive("Lê Văn Chỉ Còn Ở Bản Hai")
    second.follow()
    held = codes(counter)
    place = tmp_path / "2" / "data" / "motcua.db"
    restore(tmp_path / "b", place, tmp_path / "2" / "state", counter.key, counter.clock())
    moved = ACounter(tmp_path / "2", machine="máy mới", clock=counter.clock)
    moved.receive()
    assert "có việc mà máy này không có" in SecondCopy(moved.store).follow().sentence
    back, _ = on_another_machine(counter, stick, tmp_path / "3")
    assert codes(back) == held


def test_a_folder_with_the_data_or_none_is_refused(counter: ACounter, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="ngoài thư mục dữ liệu"):
        SecondCopy(counter.store).set(counter.database.parent)
    with pytest.raises(BadInput, match="Không có thư mục"):
        SecondCopy(counter.store).set(tmp_path / "không")
    assert SecondCopy(counter.store).follow() == State(copied=False, sentence="")


@pytest.mark.parametrize("at", [0, 300, 600])
def test_one_that_is_stopped_leaves_nothing_and_is_kept_where_it_was(
    counter: ACounter, second: SecondCopy, stick: Path, tmp_path: Path, at: int
) -> None:
    other = tmp_path / "other"
    other.mkdir()

    def stop(done: int, _of: int) -> None:
        if done >= at:
            raise Refused("Đã dừng.")

    with pytest.raises(Refused, match="Đã dừng"):
        second.set(other, stop)
    counter.receive()
    assert second.follow() == COPIED
    assert (list(other.iterdir()), len(tail(stick))) == ([], 2)


def test_nothing_in_the_folder_can_be_read_without_a_key(
    counter: ACounter, second: SecondCopy, stick: Path
) -> None:
    counter.receive("Canarychim Hoàng Yến")
    second.follow()
    assert all(b"Canarychim" not in file.read_bytes() for file in stick.iterdir())
    assert all(b"canarychim" not in file.read_bytes() for file in stick.iterdir())


# --- the base -----------------------------------------------------------------------------------


@pytest.mark.parametrize("grown", ["long", "passwords"])
def test_the_base_is_written_anew_at_the_next_opening(
    counter: ACounter,
    second: SecondCopy,
    stick: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    grown: str,
) -> None:
    if grown == "long":
        monkeypatch.setattr(module, "MOST_BUNDLES", 2)
    else:
        counter.database.with_name(KEY_RING).write_bytes(b"newer passwords")
    for _ in range(3):
        counter.receive()
        assert second.follow() == COPIED
    assert len(tail(stick)) == 4
    assert SecondCopy(counter.store).follow() == COPIED
    assert sorted(file.name for file in stick.iterdir()) == [
        "base-0002.motcua", "tail-0002-000000.motcua",
    ]  # fmt: skip
    moved, done = on_another_machine(counter, stick, tmp_path / "2")
    assert (codes(moved), done.findings) == (codes(counter), ())


def test_a_base_that_does_not_fit_leaves_the_old_one_and_its_tail(
    counter: ACounter, second: SecondCopy, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST_BUNDLES", 0)
    monkeypatch.setattr("app.store.backup._pack", no_room)
    counter.receive()
    fresh = SecondCopy(counter.store)
    assert fresh.follow() == COPIED
    assert (copy_to_restore(stick).generation, len(tail(stick))) == (1, 2)
