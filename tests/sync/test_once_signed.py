"""Red stands for one thing alone: a printed number the server signed for and doesn't hold any more."""

from datetime import timedelta
from pathlib import Path

import pytest

from app.models.dossiers.lifecycle import Deed
from app.models.events.receipt_books import ReceiptBookIssued
from app.models.exchange.chain import LogName
from app.models.exchange.messages import Known, Map
from app.store.once_signed import lost_numbers
from app.store.own.keeping import PASSED, SERVER
from app.sync.standing import standing_of
from tests.making import ACounter, a_counter
from tests.sync.stick import Stick, enrolled
from tests.sync.test_restored import backed_up, put_back


@pytest.fixture
def counter(tmp_path: Path, stick: Stick) -> ACounter:
    return enrolled(a_counter(tmp_path / "1"), stick.server)


def to_and_fro(stick: Stick, counter: ACounter) -> None:
    stick.up(counter)
    stick.down(counter)


def says(counter: ACounter, held: Map, peer: str = SERVER, number: int = 9) -> None:
    """A later signed word of the server's, from itself or passed on."""
    counter.clock.now += timedelta(minutes=1)
    counter.store.keeping.acknowledge(peer, held, counter.clock(), number)


def own(counter: ACounter) -> LogName:
    held = counter.store.journal.own()
    assert held is not None
    return held.log


def cut(counter: ACounter, seq: int) -> dict[LogName, Known]:
    """The counter's own map, but of its own log only so much."""
    hash_ = counter.store.hash_at(own(counter), seq)
    assert hash_ is not None
    return {**counter.store.map(), own(counter): Known(seq, hash_)}


def test_a_server_put_back_from_a_backup_is_told_by_the_numbers_it_lost_until_it_has_them_again(
    stick: Stick, counter: ACounter, tmp_path: Path
) -> None:
    to_and_fro(stick, counter)
    backed_up(stick.server, tmp_path / "backup")
    receipt = counter.receive()
    counter.do(Deed.HAND_OVER, receipt.name)
    to_and_fro(stick, counter)
    assert lost_numbers(counter.store) == ()
    put_back(tmp_path / "backup", stick.server)
    counter.receive()
    to_and_fro(stick, counter)
    assert lost_numbers(counter.store) == (receipt.code, "Bàn giao 1-0001")
    assert standing_of(counter.store, counter.clock()).lost == lost_numbers(counter.store)
    to_and_fro(stick, counter)
    assert lost_numbers(counter.store) == ()


def test_what_was_never_signed_for_is_not_lost(stick: Stick, counter: ACounter) -> None:
    counter.receive()
    assert lost_numbers(counter.store) == ()
    to_and_fro(stick, counter)
    counter.receive()
    counter.store.journal.sign_head()
    assert lost_numbers(counter.store) == ()


def test_what_gave_out_no_number_is_not_lost(stick: Stick, counter: ACounter) -> None:
    receipt = counter.receive()
    seq = receipt.name.seq
    counter.do(Deed.HAND_OVER, receipt.name)
    counter.do(Deed.ACCEPT, receipt.name)
    counter.store.journal.sign_head()
    says(counter, counter.store.map())
    says(counter, cut(counter, seq + 1), number=10)
    assert lost_numbers(counter.store) == ()
    says(counter, cut(counter, seq), number=11)
    assert lost_numbers(counter.store) == ("Bàn giao 1-0001",)


def test_a_lost_fee_receipt_is_named_as_it_is_numbered(counter: ACounter) -> None:
    book = ReceiptBookIssued("AA-26P", "01BLP2-001", 121, 130, digits=5)
    counter.desk.fee_receipts.enter(book, counter.officer)
    receipt = counter.receive(fee_amount="8000", fee_when="now", fee_method="cash")
    counter.desk.fee_receipts.give(receipt.name, counter.officer)
    counter.store.journal.sign_head()
    says(counter, counter.store.map())
    says(counter, cut(counter, receipt.name.seq), number=10)
    assert lost_numbers(counter.store) == ("biên lai AA-26P 00121",)


def test_neither_an_old_word_nor_a_fork_nor_another_server_makes_a_number_lost(
    counter: ACounter,
) -> None:
    counter.receive()
    counter.store.journal.sign_head()
    whole, before = counter.store.map(), cut(counter, 2)
    says(counter, whole)
    says(counter, before, number=8)  # a bundle that came late
    says(counter, before, peer=f"{PASSED}{'ab' * 16}")  # a hub that knows less
    assert lost_numbers(counter.store) == ()
    says(counter, {**whole, own(counter): Known(2, bytes(32))}, number=10)  # a clone's branch
    assert lost_numbers(counter.store) == ()
    counter.store.keeping.put("server_device", "cd" * 16)  # enrolled anew, elsewhere
    says(counter, before, number=11)
    assert lost_numbers(counter.store) == ()


def test_what_a_hub_passed_on_before_the_servers_last_word_hides_no_loss(counter: ACounter) -> None:
    code = counter.receive().code
    counter.store.journal.sign_head()
    whole = counter.store.map()
    says(counter, whole)
    says(counter, whole, peer=f"{PASSED}{'ab' * 16}")
    says(counter, cut(counter, 2), number=10)
    assert lost_numbers(counter.store) == (code,)


def test_what_came_back_through_a_hub_is_not_lost_any_more(counter: ACounter) -> None:
    counter.receive()
    counter.store.journal.sign_head()
    whole = counter.store.map()
    says(counter, whole)
    says(counter, cut(counter, 2), number=10)
    assert len(lost_numbers(counter.store)) == 1
    says(counter, whole, peer=f"{PASSED}{'ab' * 16}")
    assert lost_numbers(counter.store) == ()
