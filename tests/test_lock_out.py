"""Whoever guesses at a password waits, longer each time; an officer with slips of the finger doesn't."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from app import credentials
from app.admission import Admission
from app.clock import VIETNAM
from app.counter import Counter, open_counter, restore_counter
from app.credentials import Stretch
from app.founding import found
from app.lock_out import FIRST_WAIT, FREE, LONGEST_WAIT, LockOut
from app.models.errors import BadInput, Refused
from app.models.unit.founding import Founding, Joining
from app.models.unit.officer import Role
from app.models.unit.recovery_code import RANDOM_BYTES, RecoveryCode
from app.settings import Places
from app.sync.safety import back_up

RIGHT, WRONG, OTHER = "mật khẩu đủ dài", "không phải", "một mật khẩu khác"
MORNING = datetime(2026, 11, 23, 7, 30, tzinfo=VIETNAM)


class APc:
    """Where two officers have the same password, and its clock."""

    def __init__(self, folder: Path) -> None:
        self.places, self.now = Places(folder / "data", folder / "state"), MORNING

    def opens(self, login: str = "nga", password: str = RIGHT) -> str:
        """What was said instead; "" when it opened."""
        try:
            with LockOut(self.places).trying(login, self.now):
                if password != RIGHT:
                    raise BadInput("Mật khẩu không đúng.", "password")
        except Refused as error:
            return str(error)
        return ""

    def guess(self, times: int) -> None:
        for _ in range(times):
            assert self.opens(password=WRONG)


@pytest.fixture
def pc(tmp_path: Path) -> APc:
    return APc(tmp_path)


def test_a_few_slips_cost_nothing_and_a_right_one_forgives_them(pc: APc) -> None:
    for _ in range(3):
        pc.guess(FREE - 1)
        assert not pc.opens()


def test_one_too_many_waits_and_says_until_when_even_for_the_right_one(pc: APc) -> None:
    pc.guess(FREE - 1)
    for password in (WRONG, RIGHT):
        said = pc.opens(password=password)
        assert "chờ đến 07:31:00" in said
        assert "nhờ người phụ trách" in said
    pc.now += FIRST_WAIT
    assert not pc.opens()


def test_each_further_wrong_one_waits_longer_up_to_a_quarter_of_an_hour(pc: APc) -> None:
    pc.guess(FREE)
    for wait in (FIRST_WAIT, 2 * FIRST_WAIT, 4 * FIRST_WAIT, 8 * FIRST_WAIT, *[LONGEST_WAIT] * 2):
        pc.now += wait - timedelta(seconds=1)
        assert "chờ đến" in pc.opens()
        pc.now += timedelta(seconds=1)
        assert "chờ đến" in pc.opens(password=WRONG)


def test_another_officer_of_the_pc_waits_for_nobody(pc: APc) -> None:
    pc.guess(FREE)
    assert not pc.opens("toan")
    assert "chờ" in pc.opens("nga")


def test_a_clock_set_back_makes_nobody_wait_for_years(pc: APc) -> None:
    pc.now = MORNING.replace(year=2031)
    pc.guess(FREE)
    pc.now = MORNING
    assert not pc.opens()


@pytest.mark.parametrize(
    "content", [b"", b"{", b'{"x y": {"count": 9, "last": "2026-11-23T07:30:00"}}']
)
def test_a_damaged_note_of_it_keeps_nobody_out(pc: APc, content: bytes) -> None:
    pc.places.state.mkdir()
    pc.places.lock_out.write_bytes(content)
    assert not pc.opens()


def test_where_it_cannot_be_written_the_counter_opens_as_ever(pc: APc) -> None:
    pc.places.lock_out.mkdir(parents=True)
    pc.guess(FREE + 1)
    assert not pc.opens()


# --- of a counter -------------------------------------------------------------------------------

Opened = Callable[[str, str], Counter]


@pytest.fixture
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Places:
    """Those of a counter of two officers."""
    monkeypatch.setattr("app.credentials._store_secret", lambda _: False)
    monkeypatch.setattr(credentials, "STRETCH", Stretch(memory_kib=64, passes=1))
    places = Places(tmp_path / "data", tmp_path / "state")
    officers = [Joining(x, x.title(), RIGHT, tuple(Role)) for x in ("nga", "toan")]
    found(places, Founding("H26.15.3", "xã Khánh Hà", tuple(officers)), lambda: MORNING)
    return places


@pytest.fixture
def opened(places: Places) -> Opened:
    return lambda login, password: open_counter(places, login, password, lambda: MORNING)


def test_a_new_password_given_by_another_officer_opens_at_once(opened: Opened) -> None:
    for _ in range(FREE):
        with pytest.raises(BadInput):
            opened("nga", WRONG)
    with pytest.raises(Refused, match="chờ đến"):
        opened("nga", RIGHT)
    counter = opened("toan", RIGHT)
    Admission(counter).give("nga", OTHER)
    counter.desk.store.close()
    opened("nga", OTHER).desk.store.close()


def test_guessing_at_the_old_password_behind_an_open_window_waits_too(opened: Opened) -> None:
    counter = opened("nga", RIGHT)
    for _ in range(FREE):
        with pytest.raises(BadInput):
            Admission(counter).change(WRONG, OTHER)
    with pytest.raises(Refused, match="chờ đến"):
        Admission(counter).change(RIGHT, OTHER)
    counter.desk.store.close()


def test_guessing_at_a_backup_waits_too_and_its_code_is_tried_at_once(
    opened: Opened, places: Places, tmp_path: Path
) -> None:
    file, counter = tmp_path / "sao.motcua", opened("nga", RIGHT)
    code = RecoveryCode.drawn(bytes(RANDOM_BYTES))
    counter.keep_code(code, MORNING)
    back_up(counter.desk.store, file, MORNING)
    counter.desk.store.close()
    for _ in range(FREE):
        with pytest.raises(BadInput):
            restore_counter(places, file, "nga", WRONG, MORNING)
    with pytest.raises(Refused, match="chờ đến"):
        restore_counter(places, file, "nga", RIGHT, MORNING)
    with pytest.raises(Refused, match="chờ đến"):
        opened("nga", RIGHT)
    restore_counter(places, file, "nga", OTHER, MORNING, code)
    opened("nga", OTHER).desk.store.close()
