"""What was said and whose turn is spent are kept apart, in one transaction, in no order."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES256
from cryptography.hazmat.primitives.ciphers.modes import CBC

from app.models.citizens.satisfaction import Turnout
from app.store.backup import KEY_RING
from app.store.database.database import PAGE_BYTES, Database, Marks
from app.store.own.ballots import Ballots
from app.store.restore import restore
from tests.making import ACounter, a_counter

TODAY = date(2026, 11, 23)
TOMORROW = TODAY + timedelta(1)
GOOD = {"overall": 3}


@pytest.fixture
def counter(tmp_path: Path) -> ACounter:
    return a_counter(tmp_path / "1")


@pytest.fixture
def ballots(counter: ACounter) -> Ballots:
    return counter.store.ballots


def test_a_ballot_holds_its_day_and_what_was_said(ballots: Ballots) -> None:
    assert ballots.cast(["mã 1"], TODAY, GOOD)
    (ballot,) = ballots.ballots(TOMORROW)
    assert (ballot.day, ballot.answers, len(ballot.key)) == (TODAY, GOOD, 16)


def test_todays_ballots_are_in_nobodys_hands(ballots: Ballots) -> None:
    ballots.cast(["mã 1"], TODAY, GOOD)
    assert ballots.ballots(TODAY) == []


def test_a_dossier_has_its_say_once(ballots: Ballots) -> None:
    assert ballots.cast(["mã 1"], TODAY, GOOD)
    assert not ballots.cast(["mã 1"], TOMORROW, {"overall": 1})
    assert len(ballots.ballots(TOMORROW + timedelta(1))) == 1
    assert ballots.turnout() == {TODAY: Turnout(1, 1)}


def test_dossiers_of_one_person_have_one_say_together(ballots: Ballots) -> None:
    ballots.cast(["mã 1"], TODAY, GOOD)
    assert not ballots.is_spent(["mã 1", "mã 2"])
    assert ballots.cast(["mã 1", "mã 2"], TODAY, GOOD)
    assert ballots.is_spent(["mã 2"])
    assert len(ballots.ballots(TOMORROW)) == 2


@pytest.mark.parametrize("point", ["spent", "ballots", "turnout"])
def test_power_that_goes_midway_leaves_neither_ballot_nor_spent_turn(
    counter: ACounter, ballots: Ballots, monkeypatch: pytest.MonkeyPatch, point: str
) -> None:
    def cut(self: Database, sql: str, parameters: Marks = ()) -> int:
        if f"INTO {point}" in sql:
            raise KeyboardInterrupt
        return int(self._connection.execute(sql, parameters).lastrowid or 0)

    def cut_many(self: Database, sql: str, rows: Sequence[Sequence[object]]) -> None:
        for row in rows:
            cut(self, sql, row)

    with monkeypatch.context() as patched:
        patched.setattr(Database, "run", cut)
        patched.setattr(Database, "many", cut_many)
        with pytest.raises(KeyboardInterrupt):
            ballots.cast(["mã 1"], TODAY, GOOD)
    held = Counter(
        table
        for table in ("ballots", "spent", "turnout")
        for _ in counter.store.database.rows(f"SELECT 1 FROM {table}")
    )
    assert not held
    assert ballots.cast(["mã 1"], TODAY, GOOD)


def test_what_became_of_being_asked_is_counted_by_day(ballots: Ballots) -> None:
    for one in (Turnout(1, declined=1), Turnout(1), Turnout(1, later=1)):
        ballots.count(TODAY, one)
    assert ballots.turnout()[TODAY] == Turnout(3, 0, 1, 1)


def test_the_list_of_spent_turns_names_nobody(counter: ACounter, ballots: Ballots) -> None:
    ballots.cast(["7QK2MZ4TWB5XH9CD"], TODAY, GOOD)
    ((mark,),) = counter.store.database.rows("SELECT mark FROM spent")
    assert len(mark) == 32
    other = a_counter(counter.folder / "other", machine="máy 2")
    other.store.ballots.cast(["7QK2MZ4TWB5XH9CD"], TODAY, GOOD)
    assert other.store.database.rows("SELECT mark FROM spent") != [(mark,)]


def test_nothing_of_a_ballot_goes_into_the_log(counter: ACounter, ballots: Ballots) -> None:
    before = counter.store.map()
    ballots.cast(["mã 1"], TODAY, GOOD)
    ballots.count(TODAY, Turnout(1, declined=1))
    assert counter.store.map() == before


def test_folding_anew_leaves_the_box_alone(counter: ACounter, ballots: Ballots) -> None:
    ballots.cast(["mã 1"], TODAY, GOOD)
    with counter.store.database.transaction():
        counter.store.folding.rebuild()
    assert len(ballots.ballots(TOMORROW)) == 1


def test_not_even_the_file_tells_in_which_order_they_were_cast(counter: ACounter) -> None:
    """The rows of a page lie in the order of their keys, the last written first."""
    keys = [Random(n).randbytes(16) for n in range(20)]
    left = iter(keys)
    ballots = Ballots(counter.store.database, lambda _: next(left))
    for number in range(len(keys)):
        ballots.cast([f"mã {number}"], TODAY, GOOD)
    counter.close()
    pages = plain(counter.database, counter.key)
    lying = sorted(keys, key=pages.index)
    assert lying == sorted(keys, reverse=True)


def plain(file: Path, key: bytes) -> bytes:
    """Every page of an SQLCipher file, decrypted: IV and HMAC fill the last 80 bytes of each."""
    pages = []
    content = file.read_bytes()
    for start in range(0, len(content), PAGE_BYTES):
        page, salt = content[start : start + PAGE_BYTES], 16 * (start == 0)
        vector = page[-80:-64]
        decryptor = Cipher(AES256(key), CBC(vector)).decryptor()
        pages.append(decryptor.update(page[salt:-80]) + decryptor.finalize())
    return b"".join(pages)


def test_a_restore_takes_over_what_was_said_since(counter: ACounter, tmp_path: Path) -> None:
    counter.database.with_name(KEY_RING).write_bytes(b"{}")
    counter.store.ballots.cast(["mã 1"], TODAY, GOOD)
    counter.store.backup(tmp_path / "b")
    counter.store.ballots.cast(["mã 2"], TODAY, {"overall": 1})
    counter.store.ballots.count(TODAY, Turnout(1, declined=1))
    counter.close()
    assert counter.state is not None
    restore(
        tmp_path / "b", counter.database, counter.state, counter.key, counter.clock.go_on(minutes=1),
        replaced_key=counter.key, machine=counter.machine,
    )  # fmt: skip
    ballots = counter.open().store.ballots
    assert sorted(b.answers["overall"] for b in ballots.ballots(TOMORROW)) == [1, 3]
    assert ballots.turnout() == {TODAY: Turnout(3, 2, 1)}
    assert ballots.is_spent(["mã 2"])
