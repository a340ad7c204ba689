"""A counter copied whole, marker and all, on one machine: told apart by the other's events."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from tests.making import ACounter, a_counter, exchange


@pytest.fixture
def twins(tmp_path: Path) -> tuple[ACounter, ACounter]:
    one = a_counter(tmp_path / "one")
    one.receive()
    one.close()
    shutil.copytree(tmp_path / "one", tmp_path / "two")
    return one.open(), replace(one, folder=tmp_path / "two", state=tmp_path / "two" / "state")


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
    """A disk copied bit by bit: marker, machine and the file's own id agree for both."""
    monkeypatch.setattr("app.store.journal.journal.folder_id", lambda _: "1")
    one = a_counter(tmp_path / "one")
    one.close()
    shutil.copytree(tmp_path / "one", tmp_path / "two")
    two = replace(one.open(), folder=tmp_path / "two", state=tmp_path / "two" / "state")
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
