"""What the world does to files: full disks, locked folders, flipped bits, a second process."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

import pytest

from app.models.dossiers.lifecycle import Deed
from app.models.exchange.incarnation import Mark
from app.store.backup import KEY_RING
from app.store.database.database import StorageFailed
from app.store.journal.marker import MarkerFile
from app.store.store import create
from tests.making import ACounter, a_counter, a_draft

ROOT = Path(__file__).resolve().parents[3]
FLIPS = 400
DEEDS = 50
CANARY, CANARY_NUMBER = "Hoàng Yến Phụng Lồng Son", "001187654321"


@pytest.fixture
def counter(tmp_path: Path) -> ACounter:
    made = a_counter(tmp_path / "1")
    made.receive_many(5)
    return made


# --- no room ------------------------------------------------------------------------------------


def fill(counter: ACounter) -> None:
    """Let the file grow no further."""
    (pages,) = counter.store.database.one("PRAGMA page_count") or (0,)
    counter.store.database.rows(f"PRAGMA max_page_count={pages}")


def test_on_a_full_disk_nothing_is_half_saved_and_later_all_works(counter: ACounter) -> None:
    before = counter.dump()
    fill(counter)
    saved = receive_until_full(counter)
    assert len(counter.dump()) >= len(before) + saved
    assert counter.store.verify().ok
    assert counter.desk.lookup.board().counts.all == 5 + saved
    counter.store.database.rows("PRAGMA max_page_count=1000000")
    assert counter.receive("Lê Thị Sau").code.startswith("H26.15.3-")
    assert counter.store.verify().ok


def receive_until_full(counter: ACounter) -> int:
    """How many dossiers were saved before the sentence came."""
    for saved in range(1000):
        try:
            counter.receive(f"Lê Thị {saved}")
        except StorageFailed as full:
            if "đầy" in str(full) or "còn chỗ" in str(full):
                return saved
            raise
    raise AssertionError("the disk never filled")


def test_a_commit_that_fails_starts_a_new_incarnation(
    counter: ACounter, monkeypatch: pytest.MonkeyPatch
) -> None:
    write, log = MarkerFile.write, counter.own_log()

    def write_and_fill(marker: MarkerFile, mark: Mark) -> None:
        write(marker, mark)
        raise StorageFailed("Ổ đĩa báo lỗi khi ghi.")

    with monkeypatch.context() as full:
        full.setattr(MarkerFile, "write", write_and_fill)
        with pytest.raises(StorageFailed, match="lỗi khi ghi"):
            counter.receive()
    assert counter.receive().code == "H26.15.3-261123-0121"
    assert counter.own_log() != log
    assert "0101 bỏ trống" in str(counter.store.verify().findings)


def test_no_room_for_the_marker_saves_nothing(
    counter: ACounter, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = counter.dump()
    with monkeypatch.context() as full:
        full.setattr("app.files.os.fsync", no_room)
        with pytest.raises(StorageFailed, match="chưa lưu gì"):
            counter.receive()
    assert counter.dump() == before
    assert counter.receive().code == "H26.15.3-261123-0101"


def no_room(_: int) -> None:
    raise OSError(28, "No space left on device")


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 2 MB."""
    place = tmp_path / "disk"
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(place)]
    if os.name == "nt" or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("only an administrator may mount a small disk")
    yield place
    subprocess.run(["umount", "--lazy", str(place)], check=True)


def test_a_truly_full_disk_loses_nothing_that_was_reported(small_disk: Path) -> None:
    counter = a_counter(small_disk / "1")
    saved = receive_until_full(counter)
    assert saved > 20
    counter.close()
    codes = counter.open().store.database.rows("SELECT code FROM dossiers")
    assert len(codes) == saved
    assert counter.store.verify().ok
    with pytest.raises(StorageFailed, match=r"đầy|No space"):
        counter.store.backup(small_disk / "b")


# --- no right to write --------------------------------------------------------------------------


@contextmanager
def without_rights(*folders: Path) -> Iterator[None]:
    """Nobody may write in these folders; an administrator lays his rights down too."""
    for folder in folders:
        for file in (folder, *folder.rglob("*")):
            file.chmod(0o555 if file.is_dir() else 0o444)
    root = os.geteuid() == 0
    if root:
        os.seteuid(65534)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)
        for folder in folders:
            for file in (folder, *folder.rglob("*")):
                file.chmod(0o755 if file.is_dir() else 0o644)


@pytest.fixture
def open_to_all(tmp_path: Path) -> Path:
    """A folder whose parents anybody may pass."""
    for folder in (tmp_path, *tmp_path.parents):
        if folder.owner() == tmp_path.owner() and "pytest" in str(folder):
            folder.chmod(0o755)
    return tmp_path


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps rights in lists, not in modes")
@pytest.mark.parametrize("place", ["data", "state"])
def test_a_folder_that_may_not_be_written_is_told_and_later_works(
    open_to_all: Path, place: str
) -> None:
    counter = a_counter(open_to_all / "1")
    counter.receive()
    counter.close()
    with without_rights(open_to_all / "1" / place), pytest.raises(StorageFailed, match="Hãy"):
        counter.open().receive("Lê Thị Mất")
    counter.open()
    assert counter.store.database.rows("SELECT count(*) FROM dossiers") == [(1,)]
    assert counter.receive().code == "H26.15.3-261123-0021"
    assert counter.store.verify().ok


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps rights in lists, not in modes")
def test_no_counter_is_made_where_nothing_may_be_written(open_to_all: Path) -> None:
    (open_to_all / "1").mkdir()
    with (
        without_rights(open_to_all / "1"),
        pytest.raises(StorageFailed, match="Không tạo được dữ liệu"),
    ):
        create(open_to_all / "1" / "data" / "motcua.db", bytes(32), "H26.15.3", 1)


def test_a_counter_is_made_whole_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = tmp_path / "motcua.db"
    with monkeypatch.context() as stopping:
        stopping.setattr("app.store.store.Keeping.put", stop)
        with pytest.raises(KeyboardInterrupt):
            create(database, bytes(32), "H26.15.3", 1)
    assert not database.exists()
    create(database, bytes(32), "H26.15.3", 1)
    assert [file.name for file in tmp_path.iterdir()] == ["motcua.db"]


def stop(*_: object) -> None:
    raise KeyboardInterrupt


# --- rot ----------------------------------------------------------------------------------------


def test_any_flipped_bit_that_matters_is_told(counter: ACounter, tmp_path: Path) -> None:
    counter.do(Deed.HAND_OVER, counter.receive().name)
    dump = counter.dump()
    counter.close()
    raw, chance = counter.database.read_bytes(), Random(400)
    kinds = [
        what_is_told(counter, flipped(raw, chance.randrange(len(raw) * 8)), dump)
        for _ in range(FLIPS)
    ]
    assert set(kinds) <= {"told", "harmless"}
    assert kinds.count("told") > 0.95 * FLIPS


def flipped(raw: bytes, bit: int) -> bytes:
    changed = bytearray(raw)
    changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)


def what_is_told(counter: ACounter, raw: bytes, dump: list[str]) -> str:
    """Whether opening or verifying a damaged file says so; "silent" if it means something else."""
    counter.database.write_bytes(raw)
    try:
        counter.open()
        told = not counter.store.verify().ok
        same = told or counter.dump() == dump
        counter.close()
    except StorageFailed:
        return "told"
    return "told" if told else "harmless" if same else "silent"


def test_a_cut_file_is_told(counter: ACounter) -> None:
    counter.close()
    raw = counter.database.read_bytes()
    for length in (0, 1, 16, 4095, 4096, len(raw) // 2, len(raw) - 4096, len(raw) - 1):
        assert what_is_told(counter, raw[:length], []) == "told", length


# --- nothing to read ----------------------------------------------------------------------------


def test_no_file_shows_whose_dossiers_these_are(counter: ACounter, tmp_path: Path) -> None:
    counter.database.with_name(KEY_RING).write_bytes(b"{}")
    draft = a_draft(name=CANARY, id_number=CANARY_NUMBER, address=CANARY, request=CANARY)
    receipt = counter.desk.intake.receive(draft, counter.officer)
    counter.desk.intake.keep(draft, counter.officer)
    counter.desk.intake.park(draft, counter.officer)
    counter.store.backup(tmp_path / "1" / "b")
    files = [file for file in (tmp_path / "1").rglob("*") if file.is_file()]
    assert {file.suffix for file in files} >= {".db", ".db-wal", ".marker"}
    for file in files:
        raw = file.read_bytes()
        for secret in (CANARY, CANARY_NUMBER, receipt.code, counter.unit, "dossiers"):
            assert secret.encode() not in raw, file
            assert secret.encode("utf-16-le") not in raw, file


# --- two at once --------------------------------------------------------------------------------

WRITE = """
import sys
from pathlib import Path
from app.models.exchange.incarnation import Mark
from app.models.dossiers.lifecycle import Deed
from tests.making import ACounter
counter = ACounter(Path(sys.argv[1]))
sys.stdin.readline()
for number in range(int(sys.argv[2])):
    receipt = counter.receive(f"{sys.argv[3]} {number}")
    counter.do(Deed.HAND_OVER, receipt.name)
    print(receipt.code)
"""


def test_window_and_command_line_write_at_once_and_all_is_there(counter: ACounter) -> None:
    command = [sys.executable, "-c", WRITE, str(counter.folder), str(DEEDS)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    both = [
        subprocess.Popen([*command, name], cwd=ROOT, text=True, **pipes)  # type: ignore[call-overload]
        for name in ("Cửa Sổ", "Dòng Lệnh")
    ]
    for process in both:
        process.stdin.write("go\n")
        process.stdin.flush()
    told = [process.communicate(timeout=120) for process in both]
    assert [error for _, error in told] == ["", ""]
    codes = [code for said, _ in told for code in said.split()]
    assert len(codes) == len(set(codes)) == 2 * DEEDS
    assert {row[0] for row in counter.store.database.rows("SELECT code FROM dossiers")} > set(codes)
    assert counter.store.verify().findings == ()
    assert len(counter.store.standing.incarnations()) == 1
