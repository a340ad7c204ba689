from dataclasses import replace
from pathlib import Path

import pytest

from app.desk.papers.facts import fee_words
from app.models.citizens.applicant import Applicant
from app.models.dossiers.lifecycle import Deed
from app.models.errors import BadInput, Refused
from app.models.events import event as e
from app.models.events import facts
from app.models.unit.officer import Officer, Role
from app.printing.printers.spooler import NotTaken
from tests.making import DETAILS, MONDAY, ACounter, a_counter, exchange


@pytest.fixture
def counter(tmp_path: Path) -> ACounter:
    return a_counter(tmp_path)


def issue(counter: ACounter, name: e.EventName, form: str = "receipt") -> str:
    """Print a form; how it is marked."""
    return counter.desk.paperwork.issue(form, name, counter.officer).mark


def prints(counter: ACounter, name: e.EventName) -> list[e.Printed]:
    told = counter.desk.lookup.dossier(name).verdicts
    return [v.event.body for v in told if isinstance(v.event.body, e.Printed)]


def test_the_first_print_is_the_original_and_every_other_says_which_it_is(
    counter: ACounter,
) -> None:
    name = counter.receive().name
    assert [issue(counter, name) for _ in range(3)] == [
        "",
        "BẢN IN LẠI lần 1",
        "BẢN IN LẠI lần 2",
    ]
    assert issue(counter, name, "control") == ""
    assert [body.ordinal for body in prints(counter, name)] == [0, 1, 2, 0]


def test_after_a_correction_the_slip_replaces_the_one_before(counter: ACounter) -> None:
    name = counter.receive().name
    issue(counter, name)
    counter.do(Deed.CORRECT, name, replace(DETAILS, applicant=Applicant("Nguyễn Thị Oanh")))
    assert issue(counter, name) == "THAY THẾ"
    assert [body.replaces for body in prints(counter, name)] == [False, True]


def in_vain(counter: ACounter, name: e.EventName, size: str = "A5") -> None:
    """A print that no printer took."""
    paper = counter.desk.paperwork.issue("receipt", name, counter.officer, size)
    counter.desk.press.sent(paper.job, NotTaken("Máy in không nhận lệnh in."))


def test_what_no_printer_took_leaves_the_original_to_paper_of_another_size(
    counter: ACounter,
) -> None:
    name = counter.receive().name
    in_vain(counter, name)
    sizes = ("A4", "A5", "A4")
    marks = [
        counter.desk.paperwork.issue("receipt", name, counter.officer, size).mark for size in sizes
    ]
    assert marks == ["", "BẢN IN LẠI lần 1", "BẢN IN LẠI lần 2"]
    assert [body.ordinal for body in prints(counter, name)] == [0, 0, 1, 2]
    assert counter.desk.paperwork.printed("receipt", name) == 3


def test_what_no_printer_took_goes_once_more_as_it_was_written_down(counter: ACounter) -> None:
    name = counter.receive().name
    for size in ("A5", "A5", "A4", "A4"):
        in_vain(counter, name, size)
    assert [body.paper for body in prints(counter, name)] == ["A5", "A4"]
    assert counter.desk.paperwork.issue("receipt", name, counter.officer, "A4").mark == ""
    assert len(prints(counter, name)) == 2


def test_a_correction_of_what_no_printer_took_replaces_nothing(counter: ACounter) -> None:
    name = counter.receive().name
    in_vain(counter, name)
    counter.do(Deed.CORRECT, name, replace(DETAILS, applicant=Applicant("Nguyễn Thị Oanh")))
    assert [issue(counter, name) for _ in range(2)] == ["", "BẢN IN LẠI lần 1"]
    assert [(x.ordinal, x.replaces) for x in prints(counter, name)] == [(0, False)] * 2 + [
        (1, False)
    ]


def test_no_two_counters_give_two_reprints_one_number(counter: ACounter, tmp_path: Path) -> None:
    name = counter.receive().name
    in_vain(counter, name)
    other = ACounter(tmp_path / "2", 2)
    exchange(counter.store, other.store)
    officer = counter.officer
    assert other.desk.paperwork.issue("receipt", name, officer).mark == "BẢN IN LẠI lần 1"
    exchange(other.store, counter.store)
    assert issue(counter, name) == "BẢN IN LẠI lần 2"


def test_a_print_is_written_down_before_any_paper_is_given(counter: ACounter) -> None:
    name = counter.receive().name
    paper = counter.desk.paperwork.issue("receipt", name, counter.officer)
    assert counter.store.log.event(paper.job).body == e.Printed("receipt", "A5")
    assert paper.pdf.startswith(b"%PDF")


def test_a_paper_that_cannot_be_drawn_is_not_counted(
    counter: ACounter, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = counter.receive().name
    with monkeypatch.context() as broken:
        broken.setattr(counter.desk.paperwork, "_render", refuse)
        with pytest.raises(ZeroDivisionError):
            issue(counter, name)
    assert issue(counter, name) == ""


def refuse(*_: object) -> bytes:
    raise ZeroDivisionError


def test_a_preview_says_so_and_counts_nothing(counter: ACounter) -> None:
    name = counter.receive().name
    counter.desk.paperwork.preview("receipt", name)
    assert prints(counter, name) == []


def test_nothing_is_printed_for_a_voided_number(counter: ACounter) -> None:
    name = counter.receive().name
    counter.do(Deed.VOID, name)
    with pytest.raises(Refused, match="đã hủy"):
        issue(counter, name)


def test_a_form_that_is_not_there_is_told_with_those_that_are(counter: ACounter) -> None:
    with pytest.raises(BadInput, match="receipt, supplement, refusal"):
        issue(counter, counter.receive().name, "passport")


def test_only_who_may_receive_prints_a_receipt(counter: ACounter) -> None:
    specialist = Officer("hung", "Trần Văn Hùng", frozenset({Role.SPECIALIST}))
    with pytest.raises(Refused, match="không có quyền"):
        counter.desk.paperwork.issue("receipt", counter.receive().name, specialist)


def test_a_receipt_shows_what_was_received(counter: ACounter) -> None:
    receipt = counter.receive("Đặng Thị Đào", request="Xin cấp lại")
    values = counter.desk.paperwork.values("receipt", receipt.name)
    assert (values["code"], values["due"]) == (receipt.code, receipt.due)
    assert (values["book"], values["serial"], values["number"]) == ("01", "01", "1-0001")
    assert (values["applicant_name"], values["request"]) == ("Đặng Thị Đào", "Xin cấp lại")
    assert (values["received_at"], values["officer"]) == (MONDAY, "Lê Thị Nga")


def test_without_a_lane_the_receipt_shows_the_provisional_code(tmp_path: Path) -> None:
    counter = a_counter(tmp_path / "12", 12)
    receipt = counter.receive()
    values = counter.desk.paperwork.values("receipt", receipt.name)
    assert (values["code"], values["provisional"]) == (receipt.code, True)


def test_the_control_slip_lists_every_hand_over(counter: ACounter) -> None:
    name = counter.receive().name
    for deed in (Deed.HAND_OVER, Deed.ACCEPT, Deed.FORWARD):
        counter.do(deed, name)
    values = counter.desk.paperwork.values("control", name)
    rows = values["hand_overs"]
    assert isinstance(rows, list)
    assert [row["to"] for row in rows] == ["hung", "hung"]
    assert rows[0]["from"] == "Bộ phận TN&TKQ"


@pytest.mark.parametrize(
    ("fee", "collected", "words"),
    [
        (facts.Fee(), 0, ""),
        (facts.Fee(amount=0), 0, "Không thu"),
        (facts.Fee(amount=0, exempt="exempt"), 0, "Miễn"),
        (facts.Fee(amount=8000, when="on_return"), 0, "8.000 đ – nộp khi nhận kết quả"),
        (facts.Fee(amount=8000, when="now", method="cash"), 8000, "8.000 đ – đã nộp bằng tiền mặt"),
        (facts.Fee(), 8000, "Đã nộp 8.000 đ"),
        (facts.Fee(amount=0), 8000, "Không thu – đã nộp 8.000 đ"),
        (facts.Fee(amount=5000), 8000, "5.000 đ – đã nộp 8.000 đ"),
        (
            facts.Fee(amount=8000, when="now", method="transfer"),
            8000,
            "8.000 đ – đã nộp bằng chuyển khoản",
        ),
    ],
)
def test_a_fee_is_said_as_it_is_owed_and_an_unknown_one_not_at_all(
    fee: facts.Fee, collected: int, words: str
) -> None:
    assert fee_words(fee, collected) == words
