from datetime import date, datetime
from pathlib import Path

import pytest

from app.clock import VIETNAM
from app.desk.deeds.details import Details
from app.desk.sheets.books import MISSING, NO_BOOK
from app.models.dossiers.lifecycle import Deed
from app.models.events import event as e
from app.printing.papers.sheets import render
from app.printing.sheet import Sheet
from tests.making import DETAILS, MONDAY, ACounter, a_counter, a_procedure
from tests.printing import reading

YEAR = (date(2026, 1, 1), date(2026, 12, 31))


@pytest.fixture
def counter(tmp_path: Path) -> ACounter:
    return a_counter(tmp_path)


def lines(sheet: Sheet) -> list[dict[str, object]]:
    found = sheet.values["register"]
    assert isinstance(found, list)
    return found


def returned(counter: ACounter, details: Details = DETAILS) -> e.EventName:
    name = counter.receive().name
    for deed in (Deed.HAND_OVER, Deed.ACCEPT, Deed.RESOLVE):
        counter.do(deed, name)
    counter.do(Deed.RETURN, name, details)
    return name


def test_each_dossier_is_a_line_in_the_order_of_its_serial(counter: ACounter) -> None:
    codes = counter.receive_many(3)
    (book,) = counter.desk.books.register(*YEAR)
    assert [(line["serial"], line["code"]) for line in lines(book)] == [
        (f"{n:02}", code) for n, code in enumerate(codes, 1)
    ]
    assert (book.values["field_group"], book.values["year"], book.values["book"]) == (
        "Hộ tịch", "2026", "01",
    )  # fmt: skip


def test_a_line_says_who_what_when_and_by_whom_it_was_collected(counter: ACounter) -> None:
    returned(counter, Details(collector="Lò Văn Ún", way="authorised"))
    (line,) = lines(counter.desk.books.register(*YEAR)[0])
    assert line["applicant"] == "Nguyễn Thị Ánh"
    assert line["received"] == datetime(2026, 11, 23, 8, 0, tzinfo=VIETNAM)
    assert line["returned"] == datetime(2026, 11, 23, 8, 4, tzinfo=VIETNAM)
    assert (line["way"], line["collector"]) == ("Trực tiếp, người được ủy quyền", "Lò Văn Ún")


def test_a_line_names_the_procedure_whatever_words_the_citizen_used(counter: ACounter) -> None:
    counter.receive(request="Xin nhận con")
    (sheet,) = counter.desk.books.register(MONDAY.date(), MONDAY.date())
    assert lines(sheet)[0]["procedure"] == a_procedure().name


def test_a_return_taken_back_is_no_return(counter: ACounter) -> None:
    counter.do(Deed.UNDO, returned(counter))
    (line,) = lines(counter.desk.books.register(*YEAR)[0])
    assert (line["returned"], line["way"], line["collector"]) == (None, "", "")


def test_a_voided_number_is_a_line_that_says_why(counter: ACounter) -> None:
    first, _ = counter.receive(), counter.receive()
    counter.do(Deed.VOID, first.name, Details(reason="nhập nhầm người"))
    (book,) = counter.desk.books.register(*YEAR)
    assert [line["closing"] for line in lines(book)] == ["Đã hủy số: nhập nhầm người", ""]
    assert (book.values["lines"], book.values["voided"]) == ("2", "1")


def test_a_new_date_stands_beside_the_one_on_the_receipt(counter: ACounter) -> None:
    name = counter.receive().name
    later = datetime(2026, 12, 7, 16, 30, tzinfo=VIETNAM)
    first = counter.desk.lookup.dossier(name).dossier
    assert first is not None
    counter.do(Deed.APOLOGISE, name, Details(reason="chờ xác minh", due=later))
    (line,) = lines(counter.desk.books.register(*YEAR)[0])
    assert (line["due"], line["again"]) == (first.due, "Hẹn lại 16:30 07/12/2026")


def test_the_date_on_the_receipt_stays_in_its_column_once_the_count_begins_again(
    counter: ACounter,
) -> None:
    receipt = counter.receive()
    for deed in (Deed.HAND_OVER, Deed.ACCEPT, Deed.REQUEST_SUPPLEMENT):
        counter.do(deed, receipt.name)
    counter.clock.go_on(days=7)
    counter.do(Deed.SUPPLEMENT_RECEIVED, receipt.name)
    (line,) = lines(counter.desk.books.register(*YEAR)[0])
    assert line["due"] == receipt.due
    assert str(line["again"]).startswith("Hẹn lại ")


def test_serials_no_dossier_bears_are_one_line_a_stretch(counter: ACounter) -> None:
    counter.receive()
    for _ in range(3):
        counter.clock.go_on(days=1)
        counter.receive()
    days = counter.desk.books
    whole = days.register(*YEAR)[0]
    gaps = [line for line in lines(whole) if line["closing"] == MISSING]
    assert gaps == []
    with counter.store.database.transaction():
        counter.store.database.run("UPDATE dossiers SET received_at = 0 WHERE serial IN (2, 3)")
    (book,) = days.register(*YEAR)
    assert [line["serial"] for line in lines(book)] == ["01", "02–03", "04"]
    with counter.store.database.transaction():
        counter.store.database.run(
            "UPDATE dossiers SET received_at = ? WHERE serial = 3", (int(MONDAY.timestamp()),)
        )
    (book,) = days.register(*YEAR)
    assert [line["serial"] for line in lines(book)] == ["01", "02", "03", "04"]
    assert [line["closing"] == MISSING for line in lines(book)] == [False, True, False, False]


def test_the_days_of_a_span_are_both_included(counter: ACounter) -> None:
    for _ in range(3):
        counter.receive()
        counter.clock.go_on(days=1)
    day = date(2026, 11, 24)
    assert counter.desk.books.count(day, day) == 1
    assert [line["serial"] for line in lines(counter.desk.books.register(day, day)[0])] == ["02"]


def test_one_group_is_asked_for_alone_and_an_empty_one_is_an_empty_book(counter: ACounter) -> None:
    counter.receive()
    assert counter.desk.books.groups() == ["Hộ tịch"]
    (book,) = counter.desk.books.register(*YEAR, "Đất đai")
    assert lines(book) == []
    assert "Không có hồ sơ nào trong phần in này." in reading.text(render([book]))


def test_a_book_is_closed_only_when_its_year_is_over(counter: ACounter) -> None:
    counter.receive()
    (book,) = counter.desk.books.register(*YEAR)
    assert (book.values["closed_on"], book.values["open_until"]) == (None, date(2026, 11, 23))
    counter.clock.now = datetime(2027, 1, 4, 8, 0, tzinfo=VIETNAM)
    (book,) = counter.desk.books.register(*YEAR)
    assert book.values["closed_on"] == date(2026, 12, 31)
    (part,) = counter.desk.books.register(date(2026, 11, 1), date(2026, 12, 31))
    assert part.values["closed_on"] is None


def test_each_counter_s_book_is_a_book_of_its_own(tmp_path: Path) -> None:
    one, two = (a_counter(tmp_path / str(n), number=n) for n in (1, 2))
    one.receive()
    two.receive()
    assert [book.values["book"] for book in one.desk.books.register(*YEAR)] == ["01"]
    assert [book.values["book"] for book in two.desk.books.register(*YEAR)] == ["02"]


def test_a_dossier_without_a_serial_is_not_forgotten(counter: ACounter) -> None:
    counter.receive()
    with counter.store.database.transaction():
        counter.store.database.run("DELETE FROM dossiers")
    body = e.Received(
        procedure="1.001022", procedure_name="x", field="Hộ tịch", case=1, case_name="",
        limit=_some(counter).limit, promise=_some(counter).promise, code="H26.15.3-261123-0999",
    )  # fmt: skip
    with counter.store.journal.deed(counter.clock()) as writing:
        writing.append(body, by="phutrach", at=counter.clock())
    (book,) = counter.desk.books.register(*YEAR)
    assert book.values["field_group"] == NO_BOOK


def _some(counter: ACounter) -> e.Received:
    event = counter.store.registers.newest("received", lambda _: True)
    assert event is not None
    assert isinstance(event.body, e.Received)
    return event.body


def test_who_waits_hears_how_far_the_reading_is(counter: ACounter) -> None:
    counter.receive_many(100)
    heard: list[int] = []
    counter.desk.books.register(*YEAR, reached=heard.append)
    assert heard == [100]
