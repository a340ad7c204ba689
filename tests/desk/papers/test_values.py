"""Every paper of a dossier can be filled once it applies, and says what the deed behind it said."""

from datetime import timedelta
from pathlib import Path

import pytest
from msgspec import structs

from app.desk.deeds.details import Details
from app.desk.papers.facts import is_certification
from app.desk.papers.forms import FORMS, TOGETHER
from app.models.dossiers.lifecycle import Deed
from app.models.errors import Refused
from app.models.events import event as e
from app.models.events.receipt_books import ReceiptBookIssued
from app.printing.forms import forms
from tests.making import MONDAY, NGA, PROCEDURE, ACounter, a_counter

BOOK = ReceiptBookIssued("AA-26P", "01BLP2-001", first=121, last=170)
Life = tuple[tuple[Deed, Details], ...]

GIVEN: Life = ((Deed.HAND_OVER, Details(to="hung")), (Deed.ACCEPT, Details()))
SUPPLEMENT: Life = (
    *GIVEN,
    (
        Deed.REQUEST_SUPPLEMENT,
        Details(reason="ảnh mờ", items=("Nộp lại Giấy chứng sinh", "Ghi đủ nơi cư trú")),
    ),
)
REFUSED: Life = (*GIVEN, (Deed.REFUSE, Details(reason="không đủ điều kiện")))
DRAFTED: Life = (*GIVEN, (Deed.EXPLAIN_DELAY, Details(reason="chờ xác minh")))
APOLOGY: Life = (
    *GIVEN,
    (
        Deed.APOLOGISE,
        Details(reason="chờ xác minh", due=MONDAY + timedelta(days=8), signer="Trần Văn Đức"),
    ),
)
STOPPED: Life = (
    *GIVEN,
    (
        Deed.STOP,
        Details(
            reason="không còn nhu cầu", asked_by="Nguyễn Thị Ánh", asked_way="direct",
            asked_at=MONDAY + timedelta(minutes=1), items=("Tờ khai",),
        ),
    ),
)  # fmt: skip
CHANGED: Life = (*GIVEN, (Deed.CHANGE_CASE, Details(reason="phải xác minh", case=2)))
FORWARDED: Life = (*GIVEN, (Deed.FORWARD, Details(to="Công an xã", note="xác minh cư trú")))
PAID: Life = ((Deed.PAID, Details(amount=8000, method="cash")),)
RESOLVED: Life = (*GIVEN, (Deed.RESOLVE, Details()))
RETURNED: Life = (*RESOLVED, (Deed.RETURN, Details(collector="Trần Thị Bưởi", way="authorised")))

LIVES: dict[str, Life] = {
    "receipt": (), "supplement": SUPPLEMENT, "refusal": REFUSED, "apology": APOLOGY,
    "stop": STOPPED, "control": RETURNED, "result-receipt": RETURNED, "forward": FORWARDED,
    "change-case": CHANGED, "guidance": (), "opinion": (), "label": (), "post-slip": (),
    "post-minutes": (), "minutes": (), "fee-receipt": PAID,
}  # fmt: skip


@pytest.fixture
def counter(tmp_path: Path) -> ACounter:
    made = a_counter(tmp_path)
    made.desk.fee_receipts.enter(BOOK, made.officer)
    return made


def lived(counter: ACounter, life: Life, **draft: object) -> e.EventName:
    """A dossier after these deeds."""
    name = counter.receive("Nguyễn Thị Ánh", **draft).name
    for deed, details in life:
        counter.do(deed, name, details)
    return name


def values(counter: ACounter, form: str, life: Life, **draft: object) -> dict[str, object]:
    return counter.desk.paperwork.values(form, lived(counter, life, **draft))


def rows(found: object) -> list[dict[str, object]]:
    assert isinstance(found, list)
    return found


@pytest.mark.parametrize("form", FORMS)
def test_every_variable_of_a_form_is_filled(counter: ACounter, form: str) -> None:
    filled = values(counter, form, LIVES[form], channel="post")
    for profile in ("tt-03-2025", "tt-01-2018"):
        if form in forms.names(profile):
            assert set(forms.load(form, profile).variables()) <= filled.keys()


@pytest.mark.parametrize("form", sorted(FORMS.keys() - {"opinion", "guidance", "label"}))
def test_a_paper_that_does_not_apply_says_what_to_do_first(counter: ACounter, form: str) -> None:
    name = counter.receive().name
    if form in counter.desk.paperwork.papers(name):
        counter.do(Deed.VOID, name, Details(reason="nhập thử"))
    with pytest.raises(Refused, match=r"Hãy làm|Hãy ghi|đã hủy|bưu chính"):
        counter.desk.paperwork.issue(form, name, counter.officer)


def test_a_fresh_dossier_offers_its_own_papers_and_no_others(counter: ACounter) -> None:
    offered = counter.desk.paperwork.papers(counter.receive().name)
    assert offered == ("receipt", "control", "guidance", "opinion", "label", "minutes")


def test_a_supplement_slip_carries_its_number_the_items_and_the_reason(counter: ACounter) -> None:
    found = values(counter, "supplement", SUPPLEMENT)
    assert [row["text"] for row in rows(found["items"])] == [
        "Nộp lại Giấy chứng sinh",
        "Ghi đủ nơi cư trú",
    ]
    assert (found["number"], found["reason"]) == ("1-0001", "ảnh mờ")


def test_a_refusal_carries_its_own_number(counter: ACounter) -> None:
    found = values(counter, "refusal", REFUSED)
    assert (found["number"], found["reason"]) == ("1-0001", "không đủ điều kiện")


def test_an_apology_keeps_the_promise_it_breaks_beside_the_new_one(counter: ACounter) -> None:
    found = values(counter, "apology", APOLOGY)
    assert found["due_before"] != found["due"] == MONDAY + timedelta(days=8)
    assert (found["signer"], found["reason"]) == ("Trần Văn Đức", "chờ xác minh")


def test_the_draft_of_an_apology_is_open_at_what_nobody_has_said(counter: ACounter) -> None:
    found = values(counter, "apology", DRAFTED)
    assert (found["reason"], found["number"]) == ("chờ xác minh", "")
    assert (found["date"], found["due"], found["signer"]) == (None, None, "")


def test_a_stop_says_who_asked_and_what_went_back(counter: ACounter) -> None:
    found = values(counter, "stop", STOPPED)
    assert (found["asked_by"], found["asked_way"]) == ("Nguyễn Thị Ánh", "Trực tiếp tại quầy")
    assert found["papers_back"] == "Tờ khai"


@pytest.mark.parametrize(
    ("amount", "said"), [("8000", "Chưa thu"), ("", "Chưa thu"), ("0", "Không thu")]
)
def test_a_stop_before_the_fee_is_paid_calls_none_free_that_may_not_be(
    counter: ACounter, amount: str, said: str
) -> None:
    found = values(counter, "stop", STOPPED, fee_amount=amount, fee_when="on_return")
    assert found["fee_back"] == said


def test_a_change_of_case_shows_both_cases_and_both_dates(counter: ACounter) -> None:
    found = values(counter, "change-case", CHANGED)
    assert (found["case_before"], found["case"]) == ("Không phải xác minh", "Phải xác minh")
    assert found["due_before"] < found["due"]  # type: ignore[operator]
    assert found["article"] == "Luật Hộ tịch 60/2014/QH13 Đ.25"


def test_a_receipt_for_the_result_names_who_came(counter: ACounter) -> None:
    found = values(counter, "result-receipt", RETURNED)
    assert (found["collector"], found["officer"]) == ("Trần Thị Bưởi", "Lê Thị Nga")
    assert found["return_way"] == "Trả tại quầy cho người được ủy quyền"


def test_a_forwarding_slip_says_the_work_of_each_agency(counter: ACounter) -> None:
    found = values(counter, "forward", FORWARDED)
    (task,) = rows(found["tasks"])
    assert (found["forwarded_to"], task["work"]) == ("Công an xã", "xác minh cư trú")


def test_an_opinion_slip_carries_nothing_that_tells_whose_it_is(counter: ACounter) -> None:
    found = values(counter, "opinion", ())
    printed = set(forms.load("opinion").variables())
    assert found["date"] is None
    assert not {"code", "number", "received_at", "applicant_name", "officer"} & printed


def test_guidance_ticks_what_is_there(counter: ACounter) -> None:
    procedure = counter.desk.lookup.procedure("1.001022")
    first = procedure.documents[0].name
    found = values(counter, "guidance", ())
    missing = rows(found["checklist"])
    assert missing[0]["name"] == first
    assert not any(row["there"] for row in missing)


TAXED: Life = (*GIVEN, (Deed.REQUEST_PAYMENT, Details(amount=500_000, duty=True)))


def test_a_procedure_stated_to_have_two_stages_leaves_the_second_to_the_pen(
    counter: ACounter,
) -> None:
    name, paperwork = lived(counter, ()), counter.desk.paperwork
    assert not paperwork.values("receipt", name)["two_stage"]
    counter.desk.office.change(counter.desk.officer(NGA), two_stage=[PROCEDURE])
    told = paperwork.values("receipt", name)
    assert (told["two_stage"], told["stage_two_at"]) == (True, None)


def test_a_tax_that_is_waited_for_opens_a_second_stage_on_the_receipt(counter: ACounter) -> None:
    name = lived(counter, TAXED)
    waiting = counter.desk.paperwork.values("receipt", name)
    assert (waiting["two_stage"], waiting["stage_two_at"], waiting["stage_two_due"]) == (
        True, None, None,
    )  # fmt: skip
    counter.clock.go_on(days=2)
    counter.do(Deed.PAID, name, Details())
    paid = counter.desk.paperwork.values("receipt", name)
    assert (paid["due"], paid["stage_two_at"]) == (waiting["due"], counter.clock())
    assert paid["stage_two_due"] > paid["due"]  # type: ignore[operator]


def test_pages_and_copies_stand_on_the_receipt_of_a_certification_only(counter: ACounter) -> None:
    name = lived(counter, (), pages=3, copies=2)
    dossier = counter.desk.lookup.dossier(name).dossier
    assert dossier is not None
    assert not is_certification(dossier), "pages were counted, but its papers must be listed"
    assert is_certification(structs.replace(dossier, field="Chứng thực"))


# --- one paper for several ----------------------------------------------------------------------


def test_one_receipt_serves_several_dossiers_of_one_person(counter: ACounter) -> None:
    names = [counter.receive().name for _ in range(3)]
    paper = counter.desk.paperwork.issue("receipt", names[0], counter.officer, others=names[1:])
    assert paper.mark == ""
    prints = [counter.desk.lookup.dossier(name).dossier for name in names]
    assert [one.prints_of("receipt") for one in prints if one] == [1, 1, 1]


def test_a_shared_receipt_lists_them_all_and_its_form_can_be_filled(counter: ACounter) -> None:
    names = [counter.receive().name for _ in range(2)]
    found = counter.desk.paperwork._asked("receipt", names).values
    assert [row["code"][-4:] for row in rows(found["batch"])] == ["0001", "0021"]  # type: ignore[index]
    assert (found["dossier_count"], found["serial"]) == (2, "theo danh sách")


def test_what_shared_dossiers_have_alike_is_said_once_and_the_rest_in_the_list(
    counter: ACounter,
) -> None:
    names = [counter.receive().name for _ in range(2)]
    alike = counter.desk.paperwork._asked("receipt", names).values
    assert (alike["book"], alike["limit"]) == ("01", "03 ngày làm việc")
    counter.do(Deed.HAND_OVER, names[0], Details(to="hung"))
    counter.do(Deed.ACCEPT, names[0])
    counter.do(Deed.CHANGE_CASE, names[0], Details(reason="phải xác minh", case=2))
    apart = counter.desk.paperwork._asked("receipt", names).values
    listed = rows(apart["batch"])
    assert apart["limit"] == "theo danh sách"
    assert len({row["limit"] for row in listed}) == 2
    assert apart["due"] == max(row["due"] for row in listed)  # type: ignore[type-var]


@pytest.mark.parametrize(("fees", "said"), [(("8.000", "12.000"), "20.000 đ"), (("", "8.000"), "")])
def test_shared_dossiers_cost_their_sum_and_nobody_knows_it_where_one_s_fee_is_unknown(
    counter: ACounter, fees: tuple[str, str], said: str
) -> None:
    names = [counter.receive(fee_amount=fee).name for fee in fees]
    assert counter.desk.paperwork._asked("receipt", names).values["fee"] == said


@pytest.mark.parametrize("form", sorted(FORMS.keys() - TOGETHER - {"post-slip"}))
def test_no_other_paper_is_shared(counter: ACounter, form: str) -> None:
    name = lived(counter, LIVES[form])
    other = lived(counter, LIVES[form])
    with pytest.raises(Refused, match="riêng"):
        counter.desk.paperwork.issue(form, name, counter.officer, others=[other])


def test_people_do_not_share_a_receipt(counter: ACounter) -> None:
    one = counter.receive().name
    other = counter.receive("Trần Thị Bưởi", id_number="001187054321").name
    with pytest.raises(Refused, match="không cùng một người"):
        counter.desk.paperwork.issue("receipt", one, counter.officer, others=[other])


def test_a_slip_of_forwarding_is_only_for_what_was_forwarded(counter: ACounter) -> None:
    name = lived(counter, GIVEN)
    with pytest.raises(Refused, match="chưa chuyển cho cơ quan nào"):
        counter.desk.paperwork.values("forward", name)


def test_the_control_slip_names_the_agencies_it_was_forwarded_to(counter: ACounter) -> None:
    assert values(counter, "control", GIVEN)["coordinating_agency"] == ""
    assert values(counter, "control", FORWARDED)["coordinating_agency"] == "Công an xã"


def test_the_posts_number_stands_on_its_papers(counter: ACounter) -> None:
    brought = lived(counter, (), channel="post", waybill=" EB 123 456 789 VN ")
    minutes = counter.desk.paperwork.values("post-minutes", brought)
    assert rows(minutes["batch"])[0]["waybill"] == "EB 123 456 789 VN"
    by_post = Details(way="post", waybill="EC 1 VN")
    for deed, details in (*RESOLVED, (Deed.RETURN, by_post)):
        counter.do(deed, brought, details)
    assert counter.desk.paperwork.values("post-slip", brought)["waybill"] == "EC 1 VN"


def test_a_label_says_where_the_dossiers_of_its_field_are_kept(counter: ACounter) -> None:
    unit = counter.store.standing.unit()
    shelves = (("Hộ tịch", "Kệ 1, ngăn 2"), ("Đất đai", "Kệ 3"))
    counter.desk.office.describe(structs.replace(unit, shelves=shelves), counter.officer.login)
    assert values(counter, "label", ())["shelf"] == "Kệ 1, ngăn 2"


# --- the fee receipt ----------------------------------------------------------------------------


def test_a_fee_receipt_is_looked_at_without_a_number_and_gets_it_when_it_is_printed(
    counter: ACounter,
) -> None:
    name = lived(counter, PAID)
    assert counter.desk.paperwork.values("fee-receipt", name)["receipt_number"] == ""
    assert counter.desk.fee_receipts.given(name) is None
    assert counter.desk.paperwork.issue("fee-receipt", name, counter.officer).mark == ""
    assert counter.desk.paperwork.values("fee-receipt", name)["receipt_number"] == "0000121"


def test_a_second_fee_receipt_of_the_same_number_is_a_reprint(counter: ACounter) -> None:
    names = [lived(counter, PAID) for _ in range(2)]
    counter.desk.fee_receipts.give(names[0], counter.officer, others=names[1:])
    marks = [
        counter.desk.paperwork.issue("fee-receipt", name, counter.officer).mark
        for name in (names[1], names[0])
    ]
    assert marks == ["", "BẢN IN LẠI lần 1"]


def test_no_number_is_used_for_a_dossier_that_has_no_receipt(counter: ACounter) -> None:
    with pytest.raises(Refused, match="chưa nộp phí"):
        counter.desk.paperwork.issue("fee-receipt", lived(counter, ()), counter.officer)
    assert counter.desk.fee_receipts.accounts()[0].next == 121


def test_a_fee_receipt_under_another_number_is_an_original_of_its_own(counter: ACounter) -> None:
    name = lived(counter, PAID)
    counter.desk.paperwork.issue("fee-receipt", name, counter.officer)
    counter.desk.fee_receipts.spoil("AA-26P", 121, "spoiled", counter.officer)
    counter.clock.go_on(minutes=1)
    assert counter.desk.paperwork.issue("fee-receipt", name, counter.officer).mark == ""
    again = counter.desk.paperwork.issue("fee-receipt", name, counter.officer)
    assert again.mark == "BẢN IN LẠI lần 1"


# --- which paper is a reprint -------------------------------------------------------------------


def mark(counter: ACounter, form: str, name: e.EventName) -> str:
    return counter.desk.paperwork.issue(form, name, counter.officer).mark


def test_a_draft_says_so_and_the_apology_is_the_original(counter: ACounter) -> None:
    name = lived(counter, DRAFTED)
    assert [mark(counter, "apology", name) for _ in range(2)] == ["DỰ THẢO", "DỰ THẢO"]
    counter.do(Deed.APOLOGISE, name, APOLOGY[-1][1])
    assert [mark(counter, "apology", name) for _ in range(2)] == ["", "BẢN IN LẠI lần 1"]


def test_a_second_notice_is_no_reprint_of_the_first(counter: ACounter) -> None:
    name = lived(counter, STOPPED)
    assert [mark(counter, "stop", name) for _ in range(2)] == ["", "BẢN IN LẠI lần 1"]
    counter.do(Deed.REOPEN, name, Details(reason="công dân xin làm tiếp"))
    counter.do(Deed.WITHDRAW, name, Details(reason="công dân xin rút"))
    assert mark(counter, "stop", name) == ""


def test_what_a_correction_outdated_is_replaced_whatever_was_printed_before(
    counter: ACounter,
) -> None:
    name = lived(counter, FORWARDED)
    assert mark(counter, "forward", name) == ""
    counter.do(Deed.CORRECT, name, Details(reason="sai", request="Cấp lại"))
    marks = [mark(counter, "forward", name) for _ in range(2)]
    assert marks == ["THAY THẾ", "THAY THẾ – BẢN IN LẠI lần 1"]
