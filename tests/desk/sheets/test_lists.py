from datetime import date
from pathlib import Path

import pytest

from app.desk.deeds.details import Details
from app.desk.sheets.lists import papers
from app.models.dossiers.lifecycle import Deed
from app.models.errors import BadInput
from app.models.events import facts
from app.printing.papers.sheets import render
from app.printing.sheet import Sheet
from tests.making import DETAILS, ACounter, a_counter
from tests.printing import reading

TODAY = date(2026, 11, 23)


@pytest.fixture
def counter(tmp_path: Path) -> ACounter:
    return a_counter(tmp_path)


def rows(sheet: Sheet, name: str) -> list[dict[str, object]]:
    found = sheet.values[name]
    assert isinstance(found, list)
    return found


def hand_over(counter: ACounter, count: int) -> list[str]:
    """So many dossiers handed over at once; their codes."""
    receipts = [counter.receive() for _ in range(count)]
    names = [receipt.name for receipt in receipts]
    counter.desk.progress.do(Deed.HAND_OVER, names, counter.officer, DETAILS)
    return [receipt.code for receipt in receipts]


def test_all_that_went_at_once_stand_on_one_list(counter: ACounter) -> None:
    codes = hand_over(counter, 35)
    listed = counter.desk.lists.hand_over(codes[7])
    assert [row["code"] for row in rows(listed, "handed")] == codes
    assert (listed.values["list_number"], listed.values["count"]) == ("1-0001", "35")
    assert len(reading.page_texts(render([listed]))) > 1


def test_a_list_is_found_by_its_number_and_holds_no_other_s_dossiers(counter: ACounter) -> None:
    receipts = [counter.receive() for _ in range(5)]
    for some, to in ((receipts[:2], "hung"), (receipts[2:], "toan")):
        names = [receipt.name for receipt in some]
        counter.desk.progress.do(Deed.HAND_OVER, names, counter.officer, Details(to=to))
    listed = counter.desk.lists.hand_over("1-0002")
    assert [row["code"] for row in rows(listed, "handed")] == [x.code for x in receipts[2:]]
    counter.clock.go_on(days=9)
    again = counter.desk.lists.hand_over("1-0002")
    assert (again.values["receiver"], again.values["date"]) == ("toan", TODAY)
    assert counter.desk.lists.lists_of(TODAY) == ["1-0001", "1-0002"]


@pytest.mark.parametrize("key", ["1-0009", "H26.15.3-261123-0001"])
def test_what_was_never_handed_over_has_no_list(counter: ACounter, key: str) -> None:
    counter.receive()
    with pytest.raises(BadInput, match="danh sách bàn giao"):
        counter.desk.lists.hand_over(key)


def test_results_of_the_day_go_back_to_the_counter_with_a_slip(counter: ACounter) -> None:
    receipt, other = counter.receive(), counter.receive()
    for deed in (Deed.HAND_OVER, Deed.ACCEPT, Deed.RESOLVE):
        counter.do(deed, receipt.name)
    counter.do(Deed.HAND_OVER, other.name)
    (row,) = rows(counter.desk.lists.results(TODAY), "returning")
    assert (row["code"], row["applicant"]) == (receipt.code, "Nguyễn Thị Ánh")
    assert counter.desk.lists.results(date(2026, 11, 24)).values["count"] == "0"


def test_the_way_of_a_dossier_leaves_out_what_was_taken_back(counter: ACounter) -> None:
    name = counter.receive().name
    counter.do(Deed.HAND_OVER, name)
    counter.do(Deed.UNDO, name, DETAILS)
    counter.do(Deed.HAND_OVER, name, Details(to="toan"))
    steps = rows(counter.desk.lists.way(name), "steps")
    told = [(step["deed"], step["receiver"]) for step in steps]
    assert told[0] == ("Tiếp nhận", "")
    assert told[-1] == ("Bàn giao", "toan")
    assert ("Bàn giao", "hung") not in told


def test_papers_are_counted_by_kind() -> None:
    documents = (facts.Document("a", originals=1, copies=2), facts.Document("b", originals=2))
    assert papers(documents) == "03 bản chính, 02 bản photo"
    assert papers(()) == ""


def test_a_fee_is_marked_where_it_is_still_owed_and_what_was_taken_back_is_no_result(
    counter: ACounter,
) -> None:
    names = [
        counter.receive(fee_amount=fee, fee_when=when).name
        for fee, when in (("8000", "on_return"), ("8000", "now"), ("0", ""), ("8000", "now"))
    ]
    for deed in (Deed.HAND_OVER, Deed.ACCEPT, Deed.RESOLVE):
        counter.desk.progress.do(deed, names, counter.officer, DETAILS)
    counter.do(Deed.UNDO, names[3])
    results = counter.desk.lists.results(TODAY)
    assert [row["fee"] for row in rows(results, "returning")] == [True, False, False]
    assert results.values["count"] == "3"
