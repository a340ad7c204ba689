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
from tests.making import DETAILS, MONDAY, ACounter, a_counter


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
    ("fee", "paid", "words"),
    [
        (facts.Fee(), False, ""),
        (facts.Fee(amount=0), False, "Không thu"),
        (facts.Fee(amount=0, exempt="exempt"), False, "Miễn"),
        (facts.Fee(amount=8000, when="on_return"), False, "8.000 đ – nộp khi nhận kết quả"),
        (facts.Fee(amount=8000, when="now", method="cash"), True, "8.000 đ – đã nộp bằng tiền mặt"),
        (
            facts.Fee(amount=8000, when="now", method="transfer"),
            True,
            "8.000 đ – đã nộp bằng chuyển khoản",
        ),
    ],
)
def test_a_fee_is_said_as_it_is_owed_and_an_unknown_one_not_at_all(
    fee: facts.Fee, paid: bool, words: str
) -> None:
    assert fee_words(fee, paid=paid) == words
