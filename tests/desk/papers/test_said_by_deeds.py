"""A paper says what the deed behind it said: its dates, whose name, which number, and no more."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec import structs

from app.desk.deeds.details import Details
from app.desk.papers.facts import PRIVACY, checked
from app.models.deadlines.appointment import Limit, LimitUnit
from app.models.deadlines.calendar import vietnam_time
from app.models.dossiers.dossier import Dossier
from app.models.dossiers.lifecycle import Deed
from app.models.events import event as e
from app.models.exchange.chain import lookup_token
from app.models.procedures.procedure import DocumentKind
from tests.desk.at_work import COPIES, TO_WORK, WHY, a_dossier, a_working_counter
from tests.making import DETAILS, NGA, ACounter, a_procedure

RESOLVED = (*TO_WORK, Deed.RESOLVE)


@pytest.fixture
def counter(tmp_path: Path) -> ACounter:
    return a_working_counter(tmp_path)


def said(counter: ACounter, form: str, name: e.EventName) -> dict[str, object]:
    return counter.desk.paperwork.values(form, name)


def dossier(counter: ACounter, name: e.EventName) -> Dossier:
    return counter.desk.lookup.dossier(name).arrived("")


def by_post(counter: ACounter, deeds: Sequence[Deed] = ()) -> e.EventName:
    name = counter.receive(by_post=True, post_name="Lý A Sử", post_address="Thôn Đồng Tâm").name
    for deed in deeds:
        counter.do(deed, name, DETAILS)
    return name


def test_an_apology_names_the_promise_it_breaks_and_no_earlier_one(counter: ACounter) -> None:
    name = a_dossier(counter, *TO_WORK, Deed.REQUEST_SUPPLEMENT)
    counter.clock.go_on(days=3)
    broken = counter.do(Deed.SUPPLEMENT_RECEIVED, name).dossier.due
    counter.do(Deed.APOLOGISE, name, replace(WHY, due=broken + timedelta(days=1)))
    assert said(counter, "apology", name)["due_before"] == broken


def test_who_fetched_a_result_is_the_owner_only_where_nobody_else_did(counter: ACounter) -> None:
    def fetched(details: Details) -> tuple[object, object]:
        name = counter.receive(phone="0912345678").name
        for deed in RESOLVED:
            counter.do(deed, name)
        counter.do(Deed.RETURN, name, details)
        receipt = said(counter, "result-receipt", name)
        return receipt["collector"], receipt["collector_phone"]

    assert fetched(Details(way="self")) == ("Nguyễn Thị Ánh", "0912345678")
    assert fetched(Details(way="self", collector="Trần Văn Bưởi")) == ("Trần Văn Bưởi", "")
    assert fetched(Details(way="authorised")) == ("", "")


def test_what_goes_back_for_a_refusal_is_the_refusal(counter: ACounter) -> None:
    name = a_dossier(counter, *TO_WORK, Deed.REFUSE)
    results = said(counter, "result-receipt", name)["results"]
    assert isinstance(results, list)
    assert [x["kind"] for x in results] == ["Phiếu từ chối tiếp nhận giải quyết hồ sơ"]


def test_the_post_s_minutes_are_of_the_day_it_took_the_result(counter: ACounter) -> None:
    name = by_post(counter, TO_WORK)
    assert said(counter, "post-minutes", name)["to_post"] is False
    counter.do(Deed.RESOLVE, name)
    counter.clock.go_on(days=2)
    returned = counter.do(Deed.RETURN, name, Details(way="post")).dossier.returned_at
    assert returned is not None
    assert said(counter, "post-minutes", name)["date"] == vietnam_time(returned).date()


def test_another_change_of_case_is_told_from_the_one_before_it(counter: ACounter) -> None:
    name = a_dossier(counter, *TO_WORK)
    eight = Limit(8, LimitUnit.WORKING_DAY, "08 ngày làm việc", "x")
    first = counter.do(Deed.CHANGE_CASE, name, replace(WHY, case=2, limit=eight)).dossier
    counter.do(Deed.CHANGE_CASE, name, replace(WHY, case=1))
    notice = said(counter, "change-case", name)
    assert (notice["case_before"], notice["due_before"]) == (first.case_name, first.due)


def test_a_longer_limit_agreed_on_is_told_with_its_paper(counter: ACounter) -> None:
    name = a_dossier(counter, *TO_WORK, procedure=COPIES)
    three = Limit(3, LimitUnit.WORKING_DAY, "03 ngày làm việc", "x")
    agreed = replace(WHY, agreement="Văn bản ngày 23/11/2026", limit=three)
    counter.do(Deed.CHANGE_CASE, name, agreed)
    assert said(counter, "change-case", name)["article"] == agreed.agreement


def test_the_look_up_address_tells_the_secret_of_the_dossier_and_never_its_code(
    counter: ACounter,
) -> None:
    unit = structs.replace(counter.store.standing.unit(), lookup_url="https://xa.example")
    counter.desk.office.describe(unit, NGA)
    name = a_dossier(counter)
    token = lookup_token(dossier(counter, name).salt)
    assert said(counter, "receipt", name)["lookup_url"] == f"https://xa.example/t/{token}"
    assert dossier(counter, name).code not in token


def test_whom_to_ask_is_named_and_who_resolves_it_does_not_coordinate_too(
    counter: ACounter,
) -> None:
    agency = "UBND xã Khánh Hà"
    name = counter.receive(resolving_agency=agency).name
    assert said(counter, "receipt", name)["contact"] == "Lê Thị Nga"
    for to in (agency, "Công an xã"):
        counter.do(Deed.FORWARD, name, Details(to=to))
        counter.do(Deed.ACCEPT, name)
    assert said(counter, "control", name)["coordinating_agency"] == "Công an xã"


def test_only_what_was_refused_has_a_slip_of_refusal(counter: ACounter) -> None:
    papers = counter.desk.paperwork.papers
    assert "refusal" not in papers(a_dossier(counter, *RESOLVED))
    assert "refusal" in papers(a_dossier(counter, *TO_WORK, Deed.REFUSE))


def test_a_receipt_says_what_the_data_is_for(counter: ACounter) -> None:
    assert said(counter, "receipt", a_dossier(counter))["privacy"] == PRIVACY


def test_a_paper_that_may_be_missing_is_not_called_lacking(counter: ACounter) -> None:
    kinds = (DocumentKind("Tờ khai"), DocumentKind("Giấy ủy quyền (nếu có)", optional=True))
    procedure = structs.replace(a_procedure(), documents=kinds)
    assert [row["lacking"] for row in checked(procedure, ())] == [True, False]
