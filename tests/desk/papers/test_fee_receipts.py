from pathlib import Path

import pytest
from msgspec import structs

from app.desk.deeds.details import Details
from app.models.dossiers.lifecycle import Deed
from app.models.errors import BadInput, Refused
from app.models.events import event as e
from app.models.events.receipt_books import ReceiptBookIssued
from app.models.unit.officer import Officer, Role
from app.printing.papers.sheets import render
from tests.making import ACounter, a_counter
from tests.printing import reading

BOOK = ReceiptBookIssued("AA-26P", "01BLP2-001", first=121, last=123)


@pytest.fixture
def counter(tmp_path: Path) -> ACounter:
    counter = a_counter(tmp_path)
    counter.desk.fee_receipts.enter(BOOK, counter.officer)
    return counter


def paid(counter: ACounter) -> e.EventName:
    return counter.receive(fee_amount="15000", fee_when="now", fee_method="cash").name


def give(counter: ACounter, number: int = 0) -> str:
    sheet = counter.desk.fee_receipts.give(paid(counter), counter.officer, number=number)
    return str(sheet.values["receipt_number"])


def accounted(counter: ACounter) -> tuple[int, int, int, int, int]:
    (one,) = counter.desk.fee_receipts.accounts()
    return one.used, one.spoiled, one.lost, one.left, one.next


def test_numbers_come_from_the_issued_book_one_after_another(counter: ACounter) -> None:
    assert [give(counter) for _ in range(3)] == ["0000121", "0000122", "0000123"]
    with pytest.raises(BadInput, match="Không có quyển biên lai nào còn số"):
        give(counter)


def test_a_receipt_says_what_was_collected_when_the_result_was_fetched(counter: ACounter) -> None:
    name = counter.receive(fee_amount="15000").name
    counter.do(Deed.PAID, name, Details(amount=12_000, method="transfer"))
    said = counter.desk.fee_receipts.give(name, counter.officer).values
    assert (said["amount"], said["method"]) == ("12.000 đ", "Chuyển khoản")
    on_paper = counter.desk.paperwork.values("receipt", name)
    assert on_paper["fee"] == "12.000 đ – đã nộp bằng chuyển khoản"


def test_every_number_used_spoiled_lost_or_left_is_counted_once(counter: ACounter) -> None:
    receipts = counter.desk.fee_receipts
    give(counter)
    receipts.spoil("AA-26P", 121, "spoiled", counter.officer)
    receipts.spoil("AA-26P", 122, "lost", counter.officer)
    assert accounted(counter) == (0, 1, 1, 1, 123)
    assert give(counter) == "0000123"
    assert accounted(counter) == (1, 1, 1, 0, 0)


def test_a_number_out_of_use_is_never_given_again(counter: ACounter) -> None:
    counter.desk.fee_receipts.spoil("AA-26P", 122, "lost", counter.officer)
    with pytest.raises(BadInput, match="0000122 đã dùng, đã hủy hoặc đã mất"):
        give(counter, 122)
    with pytest.raises(BadInput, match="đã ghi hủy hoặc mất rồi"):
        counter.desk.fee_receipts.spoil("AA-26P", 122, "spoiled", counter.officer)


@pytest.mark.parametrize("number", [120, 124, 1])
def test_no_number_outside_the_book_is_given_or_spoiled(counter: ACounter, number: int) -> None:
    with pytest.raises(BadInput, match="0000121 đến 0000123"):
        give(counter, number)
    with pytest.raises(BadInput, match="0000121 đến 0000123"):
        counter.desk.fee_receipts.spoil("AA-26P", number, "lost", counter.officer)


def test_a_dossier_gets_one_receipt_and_only_for_what_was_paid(counter: ACounter) -> None:
    name, unpaid = paid(counter), counter.receive().name
    counter.desk.fee_receipts.give(name, counter.officer)
    with pytest.raises(Refused, match="đã có biên lai"):
        counter.desk.fee_receipts.give(name, counter.officer)
    with pytest.raises(Refused, match="chưa nộp phí"):
        counter.desk.fee_receipts.give(unpaid, counter.officer)


def test_a_spoiled_receipt_is_replaced_by_the_next(counter: ACounter) -> None:
    name = paid(counter)
    counter.desk.fee_receipts.give(name, counter.officer)
    counter.desk.fee_receipts.spoil("AA-26P", 121, "spoiled", counter.officer)
    again = counter.desk.fee_receipts.give(name, counter.officer)
    assert again.values["receipt_number"] == "0000122"
    assert counter.desk.fee_receipts.again(name).values == again.values


def test_three_copies_say_the_amount_in_words(counter: ACounter) -> None:
    pages = reading.page_texts(
        render([counter.desk.fee_receipts.give(paid(counter), counter.officer)])
    )
    assert [f"Liên {n}" in page for n, page in enumerate(pages, 1)] == [True] * 3
    assert all("Mười lăm nghìn đồng" in page and "AA-26P" in page for page in pages)


def test_an_electronic_receipt_bears_the_provider_s_number(counter: ACounter) -> None:
    book = ReceiptBookIssued("1C26TYY", "01BLP", electronic=True)
    counter.desk.fee_receipts.enter(book, counter.officer)
    give_ = counter.desk.fee_receipts.give
    with pytest.raises(BadInput, match="nhà cung cấp"):
        give_(paid(counter), counter.officer, "1C26TYY")
    sheet = give_(paid(counter), counter.officer, "1C26TYY", 998_877)
    assert sheet.values["receipt_number"] == "0998877"


@pytest.mark.parametrize(
    "book",
    [
        BOOK,
        ReceiptBookIssued("", "01BLP", 1, 50),
        ReceiptBookIssued("BB", "", 1, 50),
        ReceiptBookIssued("BB", "01BLP", 0, 50),
        ReceiptBookIssued("BB", "01BLP", 50, 1),
        ReceiptBookIssued("BB", "01BLP", 1, 9_999_999),
    ],
)
def test_a_book_that_cannot_be_is_refused(counter: ACounter, book: ReceiptBookIssued) -> None:
    with pytest.raises(BadInput):
        counter.desk.fee_receipts.enter(book, counter.officer)
    assert len(counter.desk.fee_receipts.accounts()) == 1


def test_another_counter_s_book_is_not_drawn_from(counter: ACounter) -> None:
    counter.desk.fee_receipts.enter(
        ReceiptBookIssued("BB-26P", "01BLP", 1, 50, counter=2), counter.officer
    )
    with pytest.raises(Refused, match="do quầy 2 giữ"):
        counter.desk.fee_receipts.give(paid(counter), counter.officer, "BB-26P")


def test_another_counter_s_book_that_comes_first_keeps_nobody_from_ours(counter: ACounter) -> None:
    counter.desk.fee_receipts.enter(
        ReceiptBookIssued("AA-25P", "01BLP", 1, 50, counter=2), counter.officer
    )
    assert give(counter) == "0000121"


def test_only_those_whose_work_it_is_enter_give_or_spoil_receipts(counter: ACounter) -> None:
    stranger = Officer("x", "Người Lạ", frozenset({Role.SPECIALIST, Role.LEADER}))
    receipts, name = counter.desk.fee_receipts, paid(counter)
    for deed in (
        lambda: receipts.enter(ReceiptBookIssued("BB-26P", "01BLP", 1, 50), stranger),
        lambda: receipts.give(name, stranger),
        lambda: receipts.spoil("AA-26P", 121, "lost", stranger),
    ):
        with pytest.raises(Refused, match="không có quyền"):
            deed()
    assert accounted(counter) == (0, 0, 0, 3, 121)


def test_rebuilding_keeps_the_account(counter: ACounter) -> None:
    give(counter)
    before = counter.dump()
    with counter.store.database.transaction():
        counter.store.folding.rebuild()
    assert counter.dump() == before
    assert accounted(counter) == (1, 0, 0, 2, 122)


def test_one_receipt_is_for_all_that_one_person_paid(counter: ACounter) -> None:
    first, second, third = (paid(counter) for _ in range(3))
    receipts = counter.desk.fee_receipts
    sheet = receipts.give(first, counter.officer, others=(second, third))
    assert sheet.values["amount"] == "45.000 đ"
    assert "3 việc" in str(sheet.values["fee_name"])
    assert str(sheet.values["code"]).endswith("-0001 và 2 hồ sơ nữa")
    assert accounted(counter) == (1, 0, 0, 2, 122)
    assert receipts.again(third).values == sheet.values
    with pytest.raises(Refused, match="đã có biên lai"):
        receipts.give(second, counter.officer)


def test_two_people_never_share_a_receipt(counter: ACounter) -> None:
    other = counter.receive("Lý A Sử", fee_amount="15000", fee_when="now", fee_method="cash").name
    with pytest.raises(Refused, match="không cùng một người"):
        counter.desk.fee_receipts.give(paid(counter), counter.officer, others=(other,))


def test_the_receipt_bears_the_units_tax_number(counter: ACounter) -> None:
    unit = structs.replace(counter.store.standing.unit(), tax_number="5300100109")
    counter.desk.office.describe(unit, counter.officer.login)
    sheet = counter.desk.fee_receipts.give(paid(counter), counter.officer)
    assert sheet.values["tax_number"] == "5300100109"
