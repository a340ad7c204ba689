from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from app.clock import VIETNAM
from app.desk.deeds.details import Details
from app.models.citizens.applicant import Applicant
from app.models.dossiers.lifecycle import Deed, Status
from app.models.errors import BadInput
from app.models.events import event as e
from app.models.events.province import ProvinceEntered
from app.models.text import sort_key
from app.store.reading.dossiers import DossierRow
from app.store.reading.listing import By, Listing
from app.store.reading.lists import Moments
from tests.making import MONDAY, NGA, ACounter, a_counter, a_draft

DAY = timedelta(days=1)


@pytest.fixture
def counter(tmp_path: Path) -> ACounter:
    return a_counter(tmp_path)


def moments(now: datetime = MONDAY) -> Moments:
    start = now.replace(hour=0, minute=0, second=0)
    end = start + DAY - timedelta(seconds=1)
    return Moments(now, start, end, end + 2 * DAY, long_ago=now - 30 * DAY)


def found(counter: ACounter, words: str) -> list[str]:
    return [row.applicant for row in counter.store.dossiers.find(words)]


def test_of_two_that_claim_one_code_the_newest_is_meant(counter: ACounter) -> None:
    """A code of the province's, typed beside the wrong dossier first."""
    code, names = "H26.15-261123-0042", [counter.receive().name for _ in range(2)]
    with counter.store.journal.deed(MONDAY) as writing:
        for name in names:
            writing.append(ProvinceEntered(code, 2), thing=name, by=NGA, at=MONDAY)
    assert counter.store.dossiers.named(code) == names[1]


# --- found by what is remembered of it ----------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    ["dang dao", "Đặng", "đào", "dao thi", "DANG", "0912 345", "001187", "0001", "261123-0001"],
)
def test_a_dossier_is_found_by_name_number_phone_or_the_end_of_its_code(
    counter: ACounter, words: str
) -> None:
    counter.receive("Đặng Thị Đào", phone="0912 345 678")
    counter.receive("Trần Văn Khác", id_number="001090000001")
    assert found(counter, words) == ["Đặng Thị Đào"]


def test_a_dossier_is_found_by_whoever_authorised_its_filer(counter: ACounter) -> None:
    counter.receive(
        "Đặng Thị Đào", authorised=True, principal_name="Lò Văn Kiên",
        principal_number="001090000001", authorisation="số 12 ngày 20/11/2026",
    )  # fmt: skip
    (row,) = counter.store.dossiers.find("lò văn ki")
    assert (row.applicant, row.principal) == ("Đặng Thị Đào", "Lò Văn Kiên")


def test_the_newest_comes_first_and_no_more_than_asked(counter: ACounter) -> None:
    for number in ("Một", "Hai", "Ba"):
        counter.receive(f"Lê Văn {number}")
    assert found(counter, "le van") == ["Lê Văn Ba", "Lê Văn Hai", "Lê Văn Một"]
    assert len(counter.store.dossiers.find("le", limit=2)) == 2


@pytest.mark.parametrize(
    "words", ["", "   ", '"', "*", "tokens:x", "a OR b", "NEAR(a b)", "-", "'; --"]
)
def test_no_words_are_a_command(counter: ACounter, words: str) -> None:
    counter.receive("Lê Văn Một")
    assert found(counter, words) == []


def test_a_corrected_name_is_found_and_the_wrong_one_is_not(counter: ACounter) -> None:
    name = counter.receive("Lê Văn Sai").name
    right = Details(reason="gõ nhầm", applicant=Applicant("Lê Văn Đúng"))
    counter.do(Deed.CORRECT, name, right)
    assert found(counter, "đúng") == ["Lê Văn Đúng"]
    assert found(counter, "sai") == []


def test_too_long_a_query_is_refused_in_words(counter: ACounter) -> None:
    with pytest.raises(BadInput, match="quá 200"):
        counter.store.dossiers.find("a" * 10_000_000)


@pytest.mark.parametrize("key", ["H26.15.3-261123-0001", "T-AAAAAAAA", "", "ABCDEFGHIJKLMNOP"])
def test_only_a_code_that_was_given_names_a_dossier(counter: ACounter, key: str) -> None:
    name = counter.receive().name
    assert counter.store.dossiers.named(key) == (name if key.endswith("0001") else None)


def test_the_slips_token_names_the_dossier_for_life(counter: ACounter) -> None:
    name = counter.receive().name
    (token,) = counter.store.database.one("SELECT token FROM dossiers") or ("",)
    counter.do(Deed.HAND_OVER, name)
    assert counter.store.dossiers.named(token) == name


# --- the board ----------------------------------------------------------------------------------


def a_busy_week(counter: ACounter) -> dict[str, e.EventName]:
    """One dossier of each kind the board tells apart, seen on the Thursday."""
    named = {}
    for kind in ("late", "waiting", "ready", "returned", "due today"):
        counter.clock.now = MONDAY + (timedelta(hours=1) if kind == "due today" else -3 * DAY)
        named[kind] = counter.receive(kind.title()).name
    counter.clock.now = MONDAY + DAY
    for kind in ("waiting", "ready", "returned"):
        counter.do(Deed.HAND_OVER, named[kind])
        counter.do(Deed.ACCEPT, named[kind])
    counter.do(Deed.REQUEST_SUPPLEMENT, named["waiting"])
    for kind in ("ready", "returned"):
        counter.do(Deed.RESOLVE, named[kind])
    counter.do(Deed.RETURN, named["returned"])
    counter.clock.now = MONDAY + 3 * DAY
    named["soon"] = counter.receive("Soon").name
    return named


def test_the_board_counts_and_lists_each_kind_alike(counter: ACounter) -> None:
    a_busy_week(counter)
    at = moments(counter.clock())
    counts = counter.store.lists.counts(at)
    assert (counts.all, counts.late, counts.due_today, counts.due_soon) == (5, 1, 1, 0)
    assert (counts.not_handed_over, counts.waiting, counts.ready) == (3, 1, 1)
    assert counts.received_today == 1
    for kind in counts.__slots__:
        assert len(counter.store.lists.page(at, Listing(kind))) == getattr(counts, kind), kind


def test_the_most_pressing_stands_first_and_what_waits_stands_last(counter: ACounter) -> None:
    a_busy_week(counter)
    board = counter.store.lists.page(moments(counter.clock()), Listing())
    assert [row.applicant for row in board] == ["Late", "Due Today", "Soon", "Waiting", "Ready"]


def test_the_pages_of_a_list_come_to_the_whole_of_it_in_every_order(counter: ACounter) -> None:
    a_busy_week(counter)
    at, lists = moments(counter.clock()), counter.store.lists
    for by in By:
        for listing in (Listing(by=by), Listing(by=by, is_descending=True)):
            pages = [row.name for first in (0, 2, 4) for row in lists.page(at, listing, 2, first)]
            assert pages == [name for name, _ in lists.listed(at, listing)], by
            assert len(set(pages)) == lists.count(at, listing) == 5, by


def test_a_list_is_sorted_as_a_vietnamese_dictionary_is(counter: ACounter) -> None:
    names = ["Dương Thị Én", "Đặng Hữu Nghĩa", "Ân Văn Bình", "Tạ Lan", "Tả Lan", "Am Thị Bé"]
    for name in names:
        counter.receive(name)
    listing = Listing(by=By.APPLICANT)
    found = counter.store.lists.page(moments(), listing)
    assert [row.applicant for row in found] == sorted(names, key=sort_key)


def test_a_list_sorted_by_holder_goes_by_the_names_officers_bear(counter: ACounter) -> None:
    for to in ("zung", "an", "Sở Tư pháp"):
        counter.do(Deed.HAND_OVER, counter.receive().name, Details(to=to))
    at = replace(moments(), names={"zung": "Đào Dung", "an": "Vũ An"})
    found = counter.store.lists.page(at, Listing(by=By.HOLDER))
    assert [row.holder for row in found] == ["zung", "Sở Tư pháp", "an"]


def test_a_list_holds_what_is_found_by_words_however_many_there_are(counter: ACounter) -> None:
    for name in ("Lý A Sử", "Lý Thị Mây", "Ly Văn Hoa", "Trần Thị Ly"):
        counter.receive(name)
    count = counter.store.lists.count
    found = [count(moments(), Listing(words=words)) for words in ("lý", "ly", "lý a", "…", "b ly")]
    assert found == [2, 4, 1, 0, 0]


def test_one_holders_board_shows_what_he_holds(counter: ACounter) -> None:
    name = counter.receive().name
    counter.receive()
    counter.do(Deed.HAND_OVER, name)
    (row,) = counter.store.lists.page(moments(counter.clock()), Listing(holder="hung"))
    assert (row.name, row.holder, row.status) == (name, "hung", Status.HANDED_OVER)


def test_late_ones_come_the_longest_overdue_first(counter: ACounter) -> None:
    named = a_busy_week(counter)
    late = counter.store.dossiers.late(MONDAY + 30 * DAY)
    assert [row.name for row in late] == [named["late"], named["due today"], named["soon"]]
    assert [row.name for row in counter.store.dossiers.late(counter.clock())] == [named["late"]]


# --- one dossier, one person, one register ------------------------------------------------------


def test_a_row_says_what_was_received(counter: ACounter) -> None:
    receipt = counter.receive("Lê Văn Một", phone="0912345678")
    (row,) = counter.store.dossiers.find("le")
    assert isinstance(row, DossierRow)
    assert (row.name, row.code, row.due) == (receipt.name, receipt.code, receipt.due)
    assert (row.received_at, row.first_due, row.promises) == (MONDAY, receipt.due, 1)
    assert (row.register_group, row.register_year, row.book, row.serial) == ("Hộ tịch", 2026, 1, 1)
    assert row.received_at.tzinfo is VIETNAM
    assert (row.resolved_at, row.returned_at) == (None, None)


def test_a_person_is_known_by_their_number_and_nobody_by_none(counter: ACounter) -> None:
    first, second = counter.receive("Lê Văn Một"), counter.receive("Lê Văn Một")
    of_person = counter.store.dossiers.of_person
    assert [row.code for row in of_person("001187012345")] == [second.code, first.code]
    assert [row.code for row in of_person("001187012345", but=second.code)] == [first.code]
    assert of_person("") == of_person("0011") == []


def test_the_register_runs_by_book_and_serial_over_its_span(counter: ACounter) -> None:
    counter.receive_many(3)
    counter.clock.go_on(days=1)
    counter.receive("Lê Văn Mai")
    until = MONDAY.replace(hour=23)
    lines = counter.store.dossiers.register(MONDAY, until)
    assert [row.serial for row in lines] == [1, 2, 3]
    assert len(counter.store.dossiers.register(MONDAY, until + DAY, "Hộ tịch")) == 4
    assert counter.store.dossiers.register(MONDAY, until, "Đất đai") == []


def test_a_dossier_nobody_knows_has_no_history(counter: ACounter) -> None:
    assert counter.store.dossiers.opened(e.EventName("0", "0", 1)).dossier is None


def test_who_left_without_being_received_is_counted(counter: ACounter) -> None:
    counter.desk.intake.leave(a_draft(), "refusal", counter.officer, "không thuộc thẩm quyền")
    (visit,) = counter.store.dossiers.visits(MONDAY - DAY, MONDAY + DAY)
    assert visit[1:4] == ("phutrach", "refusal", "1.001022")
    assert counter.store.dossiers.visits(MONDAY + DAY, MONDAY + 2 * DAY) == []


def test_usage_counts_what_was_received_lately(counter: ACounter) -> None:
    counter.receive_many(2)
    counter.clock.go_on(days=1)
    counter.receive()
    assert counter.store.dossiers.usage(MONDAY) == {"1.001022": 3}
    assert counter.store.dossiers.usage(counter.clock()) == {"1.001022": 1}


def test_who_leaves_a_result_or_a_supplement_waiting_for_a_month_is_asked_after(
    counter: ACounter,
) -> None:
    a_busy_week(counter)
    lists, month = counter.store.lists, counter.clock() + 27 * DAY
    for kind in ("long_waiting", "uncollected"):
        assert lists.page(moments(month), Listing(kind)) == [], kind
    month += 3 * DAY
    assert [x.applicant for x in lists.page(moments(month), Listing("long_waiting"))] == ["Waiting"]
    assert [x.applicant for x in lists.page(moments(month), Listing("uncollected"))] == ["Ready"]
    counts = lists.counts(moments(month))
    assert (counts.long_waiting, counts.uncollected) == (1, 1)


def test_a_result_is_uncollected_a_second_after_its_month_until_it_is_given_back(
    counter: ACounter,
) -> None:
    name = counter.receive().name
    for deed in (Deed.HAND_OVER, Deed.RESOLVE):
        counter.do(deed, name)
    lists, month = counter.store.lists, counter.clock() + 30 * DAY

    def uncollected(now: datetime) -> int:
        return lists.counts(moments(now)).uncollected

    later = month + timedelta(seconds=1)
    assert (uncollected(month), uncollected(later)) == (0, 1)
    counter.do(Deed.RETURN, name)
    assert uncollected(later) == 0


def test_whoever_was_told_to_come_today_is_expected_unless_the_clock_stands(
    counter: ACounter,
) -> None:
    named = a_busy_week(counter)
    due = counter.desk.lookup.dossier(named["ready"]).dossier
    assert due is not None
    expected = counter.store.lists.page(moments(due.due), Listing("expected"))
    assert {row.applicant for row in expected} >= {"Late", "Ready"}
    assert "Waiting" not in {row.applicant for row in expected}
