"""A counter copied whole, marker and all, on one machine: told apart by the other's events."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from app.models.exchange.chain import LogName
from tests.making import ACounter, a_counter, exchange


@pytest.fixture
def twins(tmp_path: Path) -> tuple[ACounter, ACounter]:
    one = a_counter(tmp_path / "one")
    one.receive()
    one.close()
    shutil.copytree(tmp_path / "one", tmp_path / "two")
    return one.open(), replace(one, folder=tmp_path / "two", state=tmp_path / "two" / "state")


def a_counter_and_its_copy_elsewhere(tmp_path: Path) -> tuple[ACounter, ACounter]:
    """A helpful technician copied the data folder to another PC; the marker lies outside it."""
    one = a_counter(tmp_path / "one")
    one.receive()
    one.close()
    shutil.copytree(tmp_path / "one", tmp_path / "copy")
    copy = replace(one, folder=tmp_path / "copy", state=tmp_path / "elsewhere")
    return one.open(), copy.open()


def copied_bit_by_bit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[ACounter, ACounter]:
    """Marker, machine and the file's own id agree for both."""
    monkeypatch.setattr("app.store.journal.journal.folder_id", lambda _: "1")
    one = a_counter(tmp_path / "one")
    one.close()
    shutil.copytree(tmp_path / "one", tmp_path / "two")
    two = replace(one.open(), folder=tmp_path / "two", state=tmp_path / "two" / "state")
    return one, two


def test_once_they_have_met_neither_numbers_in_the_lane_they_share(
    twins: tuple[ACounter, ACounter],
) -> None:
    one, two = twins
    for twin in twins:
        twin.receive()
    exchange(one.store, two.store)
    codes = [twin.receive().code for twin in twins]
    assert all(code.startswith("T-") for code in codes)
    assert one.store.journal.why_anew() is None


def test_once_both_have_begun_anew_each_goes_on_in_its_own_log(
    twins: tuple[ACounter, ACounter],
) -> None:
    """Else each would leave at every exchange the lane that it was granted at the one before."""
    for twin in twins:
        twin.receive()
    for _ in range(2):
        exchange(*(twin.store for twin in twins))
        for twin in twins:
            twin.receive()
    begun = [twin.own_log() for twin in twins]
    exchange(*(twin.store for twin in twins))
    for twin in twins:
        twin.receive()
    assert [twin.own_log() for twin in twins] == begun


def test_a_copy_without_numbers_takes_none_from_the_counter_it_was_copied_from(
    tmp_path: Path,
) -> None:
    one, copy = a_counter_and_its_copy_elsewhere(tmp_path)
    assert copy.receive().code.startswith("T-")
    for _ in range(2):
        exchange(one.store, copy.store)
        log = copy.own_log()
        assert not one.receive().code.startswith("T-")
        assert copy.receive()
        assert copy.own_log() == log


def test_a_copy_that_wrote_in_our_log_before_it_lost_its_numbers_is_a_twin(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of what it wrote there nothing has come yet, only that it went on from it elsewhere."""
    one, two = copied_bit_by_bit(tmp_path, monkeypatch)
    two.receive()
    two.close()
    moved = replace(two, machine="máy 2")
    moved.receive()
    moved.store.journal.sign_head()
    one.receive()
    device = one.store.keys.public.device
    one.store.take(moved.store.runs({LogName(device, moved.own_log()): 0}))
    assert one.store.journal.why_anew() == "forked"


def test_one_that_hears_of_the_other_before_it_writes_takes_itself_for_no_restored_one(
    twins: tuple[ACounter, ACounter],
) -> None:
    one, two = twins
    with one.store.journal.deed(one.clock(), restored=True):
        pass
    first = one.receive().code
    exchange(one.store, two.store)
    assert two.receive().code.startswith("T-")
    assert not first.startswith("T-")


def test_a_counter_that_met_its_own_past_numbers_on(tmp_path: Path) -> None:
    one = a_counter(tmp_path / "one")
    one.receive()
    other = a_counter(tmp_path / "other", number=2)
    with one.store.journal.deed(one.clock(), restored=True):
        pass
    exchange(one.store, other.store)
    assert not one.receive().code.startswith("T-")


def test_two_that_go_on_in_one_log_part_as_soon_as_the_server_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = copied_bit_by_bit(tmp_path, monkeypatch)
    for twin in (one, two):
        twin.receive()
        assert twin.store.journal.why_anew() is None
        twin.store.journal.sign_head()
    two.store.keeping.acknowledge("server", one.store.map(), two.clock())
    assert two.store.journal.why_anew() == "forked"
    assert two.receive().code.startswith("T-")
    assert two.store.journal.why_anew() is None


def test_what_the_server_has_not_heard_yet_is_no_fork(tmp_path: Path) -> None:
    one = a_counter(tmp_path / "one")
    one.store.journal.sign_head()
    one.store.keeping.acknowledge("server", one.store.map(), one.clock())
    one.receive()
    assert one.store.journal.why_anew() is None
