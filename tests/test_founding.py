"""A counter is made whole or not at all, and all whom it was made for may sit down."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from app import clock
from app.counter import open_counter
from app.founding import found
from app.models.errors import BadInput
from app.models.unit.founding import Founding, Joining
from app.models.unit.officer import Role
from app.settings import Places

FIRST = Joining("ltnga", "Lê Thị Nga", "mat-khau-1", tuple(Role))
SECOND = Joining("ndtoan", "Nguyễn Đức Toàn", "mat-khau-2", (Role.SPECIALIST,), "Công chức Tư pháp")
SAID = Founding("H26.15.3", "xã Khánh Hà", (FIRST, SECOND), 2, "17:00", "PDF:/giấy")

KILLED = """
import os, signal, sys
from pathlib import Path
from tests.test_founding import SAID, at
from app import clock
from app.founding import found
Path.rename = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
found(at(Path(sys.argv[1])), SAID, clock.now)
"""


@pytest.fixture(autouse=True)
def no_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")


def at(folder: Path) -> Places:
    return Places(folder / "data", folder / "state")


def test_everybody_it_was_made_for_may_sit_down(tmp_path: Path) -> None:
    founded = found(at(tmp_path), SAID, clock.now)
    assert founded.procedures.imported > 100
    assert founded.procedures.refused == ()
    for officer in (FIRST, SECOND):
        counter = open_counter(at(tmp_path), officer.login, officer.password)
        store = counter.desk.store
        assert counter.officer.name == officer.name
        assert counter.officer.roles == set(officer.roles)
        assert (store.counter, store.standing.unit().return_by) == (2, "17:00")
        assert counter.desk.places.default == "PDF:/giấy"
        store.close()


def test_a_power_cut_at_the_last_moment_leaves_nothing_and_it_is_made_again(tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", KILLED, str(tmp_path)],
        env={**os.environ}, cwd=Path(__file__).parent.parent, capture_output=True, check=False,
    )  # fmt: skip
    assert ran.returncode == -signal.SIGKILL
    assert not at(tmp_path).data.exists()
    found(at(tmp_path), SAID, clock.now)
    open_counter(at(tmp_path), FIRST.login, FIRST.password).desk.store.close()


def test_what_lies_there_already_is_left_as_it_is(tmp_path: Path) -> None:
    places = at(tmp_path)
    places.data.mkdir()
    (places.data / "thư").write_text("của ai đó")
    with pytest.raises(BadInput, match="tệp khác"):
        found(places, SAID, clock.now)
    assert [file.name for file in places.data.iterdir()] == ["thư"]


def test_an_empty_folder_is_as_good_as_none(tmp_path: Path) -> None:
    at(tmp_path).data.mkdir()
    found(at(tmp_path), SAID, clock.now)
    assert at(tmp_path).key_ring.exists()


def test_a_second_counter_in_the_same_place_is_refused(tmp_path: Path) -> None:
    found(at(tmp_path), SAID, clock.now)
    ring = at(tmp_path).key_ring.read_bytes()
    with pytest.raises(BadInput, match="đã có dữ liệu"):
        found(at(tmp_path), SAID, clock.now)
    assert at(tmp_path).key_ring.read_bytes() == ring
