"""Another procedure after printing: its own limit, fee and checklist, and what is to be checked."""

from dataclasses import replace
from pathlib import Path

import pytest
from msgspec.structs import replace as changed

from app.desk.sheets.takings import payments, takings
from app.models.dossiers.lifecycle import Deed
from app.models.errors import Refused
from app.models.events import event as e
from app.models.events import facts
from app.models.events.receipt_books import ReceiptBookIssued
from app.models.procedures.procedure import FeeRule, to_json
from tests.desk.at_work import COPIES, OTHER, WHY, a_dossier, a_working_counter
from tests.making import MONDAY, NGA, ACounter, a_procedure

FREE = "1.001193"


@pytest.fixture
def counter(tmp_path: Path) -> ACounter:
    made = a_working_counter(tmp_path)
    dear = changed(a_procedure(OTHER), fees=(FeeRule("fixed", amount=20_000, article="NQ tỉnh"),))
    free = changed(a_procedure(FREE), fees=(FeeRule("free", article="Luật Hộ tịch Đ.11"),))
    with made.store.journal.deed(MONDAY) as writing:
        for one in (dear, free):
            writing.append(e.ProcedureSet(one.code, to_json(one)), by=NGA, at=MONDAY)
    return made


def test_another_procedure_brings_its_fee_and_says_what_was_taken(counter: ACounter) -> None:
    name = a_dossier(counter, fee="8.000", when="now")
    done = counter.do(Deed.CORRECT, name, replace(WHY, procedure=FREE))
    assert (done.dossier.fee.amount, done.dossier.fee.article) == (0, "Luật Hộ tịch Đ.11")
    assert not done.dossier.paid
    assert any("Đã thu 8.000 đ" in said and "không thu" in said for said in done.warnings)


def test_the_rate_of_the_day_of_reception_holds(counter: ACounter) -> None:
    old = FeeRule("fixed", amount=10_000, valid_to=MONDAY.date())
    rates = changed(a_procedure(OTHER), fees=(old, FeeRule("fixed", amount=20_000)))
    with counter.store.journal.deed(MONDAY) as writing:
        writing.append(e.ProcedureSet(OTHER, to_json(rates)), by=NGA, at=MONDAY)
    name = a_dossier(counter, procedure=FREE)
    counter.clock.go_on(days=2)
    done = counter.do(Deed.CORRECT, name, replace(WHY, procedure=OTHER))
    assert done.dossier.fee.amount == 10_000


def test_a_fee_not_yet_paid_is_simply_the_new_one(counter: ACounter) -> None:
    name = a_dossier(counter, procedure=FREE)
    done = counter.do(Deed.CORRECT, name, replace(WHY, procedure=OTHER))
    assert (done.dossier.fee.amount, done.dossier.fee.when) == (20_000, "on_return")
    assert "Phí, lệ phí nay là 20.000 đ." in done.warnings


def test_what_was_collected_is_given_back_though_the_fee_is_another_now(
    counter: ACounter,
) -> None:
    name = a_dossier(counter, fee="8.000", when="now")
    counter.do(Deed.CORRECT, name, replace(WHY, procedure=OTHER))
    unsaid = counter.do(Deed.WITHDRAW, name, replace(WHY, asked_by="Mai"))
    assert "Hồ sơ đã nộp 8.000 đ: chưa ghi có hoàn lại hay không." in unsaid.warnings
    counter.do(Deed.UNDO, name)
    counter.do(Deed.WITHDRAW, name, replace(WHY, asked_by="Mai", fee_back="refunded"))
    notice = counter.desk.paperwork.values("stop", name)
    assert str(notice["fee_back"]).endswith("8.000 đ")
    assert [line.cash for line in takings(payments(counter.desk.lookup.dossier(name)))] == [0]


def test_only_the_difference_is_owed_and_the_receipt_says_all_that_was_taken(
    counter: ACounter,
) -> None:
    name = a_dossier(counter, fee="8.000", when="now")
    dearer = counter.do(Deed.CORRECT, name, replace(WHY, procedure=OTHER)).dossier
    assert (dearer.fee.amount, dearer.collected, dearer.owed) == (20_000, 8_000, 12_000)
    receipt = counter.desk.paperwork.values("receipt", name)
    assert receipt["fee"] == (
        "20.000 đ – đã nộp 8.000 đ bằng tiền mặt, còn 12.000 đ nộp khi nhận kết quả"
    )
    paid = counter.do(Deed.PAID, name).dossier
    assert (paid.fee.amount, paid.collected, paid.owed) == (20_000, 20_000, 0)
    receipt = counter.desk.paperwork.values("receipt", name)
    assert receipt["fee"] == "20.000 đ – đã nộp bằng tiền mặt"
    book = ReceiptBookIssued("BL/26", "01BLP", 1, 50)
    counter.desk.fee_receipts.enter(book, counter.officer)
    assert counter.desk.fee_receipts.give(name, counter.officer).values["amount"] == "20.000 đ"
    assert [line.cash for line in takings(payments(counter.desk.lookup.dossier(name)))] == [20_000]


def test_the_difference_may_be_asked_for_on_the_way(counter: ACounter) -> None:
    name = a_dossier(counter, fee="8.000", when="now")
    counter.do(Deed.HAND_OVER, name)
    counter.do(Deed.ACCEPT, name)
    counter.do(Deed.CORRECT, name, replace(WHY, procedure=OTHER))
    asked = counter.do(Deed.REQUEST_PAYMENT, name).dossier.payments[-1]
    assert (asked.amount, asked.duty) == (12_000, False)
    paid = counter.do(Deed.PAID, name).dossier
    assert (paid.fee.amount, paid.collected) == (20_000, 20_000)


def test_who_paid_more_than_is_owed_now_owes_nothing(counter: ACounter) -> None:
    name = a_dossier(counter, procedure=OTHER, fee="30.000", when="now")
    less = counter.do(Deed.CORRECT, name, replace(WHY, procedure=FREE)).dossier
    assert (less.collected, less.owed) == (30_000, 0)
    with pytest.raises(Refused, match="không còn phí"):
        counter.do(Deed.PAID, name)
    again = counter.do(Deed.CORRECT, name, replace(WHY, procedure=OTHER)).dossier
    assert (again.fee.amount, again.owed) == (20_000, 0)


def test_corrected_back_it_is_paid_as_it_was(counter: ACounter) -> None:
    name = a_dossier(counter, procedure=FREE, fee="20.000", when="now")
    counter.do(Deed.CORRECT, name, replace(WHY, procedure=COPIES))
    after = counter.do(Deed.CORRECT, name, replace(WHY, procedure=OTHER)).dossier
    assert (after.fee.amount, after.collected, after.paid) == (20_000, 20_000, True)


def test_who_was_exempt_stays_exempt(counter: ACounter) -> None:
    name = counter.receive(procedure=FREE, fee_exempt="hộ nghèo").name
    after = counter.do(Deed.CORRECT, name, replace(WHY, procedure=OTHER)).dossier
    assert (after.fee.exempt, after.fee.amount) == ("exempt", 0)


def test_the_new_checklist_keeps_what_was_counted_and_names_what_to_check(
    counter: ACounter,
) -> None:
    kept = facts.Document(a_procedure(FREE).documents[0].name.upper(), originals=1, copies=2)
    gone = facts.Document("Bản cam kết", originals=1)
    name = counter.receive(procedure=OTHER, documents=(kept, gone)).name
    done = counter.do(Deed.CORRECT, name, replace(WHY, procedure=FREE))
    assert done.dossier.documents[0] == kept
    assert gone not in done.dossier.documents
    assert any(
        "kiểm tra đã nhận" in said and done.dossier.documents[1].name in said
        for said in done.warnings
    )
    assert any("hãy trả lại nếu đã giữ: Bản cam kết" in said for said in done.warnings)


def test_papers_said_with_the_correction_go_before_the_checklist(counter: ACounter) -> None:
    name = a_dossier(counter)
    said = (facts.Document("Tờ khai đúng", originals=1),)
    told = replace(WHY, procedure=COPIES, documents=said)
    assert counter.do(Deed.CORRECT, name, told).dossier.documents == said
