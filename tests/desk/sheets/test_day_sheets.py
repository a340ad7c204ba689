from datetime import date
from pathlib import Path

import pytest

from app.desk.deeds.details import Details
from app.desk.sheets.day_sheets import MORNING
from app.models.dossiers.dossier import ONE_STOP
from app.models.dossiers.lifecycle import Deed
from app.models.events import event as e
from app.models.events.closing import FeeBack
from app.models.events.receipt_books import ReceiptBookIssued
from app.models.exchange.messages import map_hash
from app.models.unit.officer import Role
from app.printing.papers.sheets import render
from app.printing.sheet import Sheet
from tests.making import DETAILS, ACounter, a_counter, a_draft
from tests.printing import reading
from tests.store.database.spreading import Stranger

TODAY = date(2026, 11, 23)


@pytest.fixture
def counter(tmp_path: Path) -> ACounter:
    return a_counter(tmp_path)


def rows(sheet: Sheet, name: str) -> list[dict[str, object]]:
    found = sheet.values[name]
    assert isinstance(found, list)
    return found


def counted(sheet: Sheet) -> dict[object, object]:
    return {row["what"]: row["computer"] for row in rows(sheet, "counted")}


def paying(counter: ACounter, fee: int = 8000, method: str = "cash") -> None:
    counter.receive(fee_amount=str(fee), fee_when="now", fee_method=method)


@pytest.mark.parametrize("about", ["x", "a.b.c", "officer:nga", "1\0"])
def test_what_is_about_nothing_spoils_no_sheet(counter: ACounter, about: str) -> None:
    receipt, stranger = counter.receive(), Stranger()
    for body in (e.HandedOver("hoa"), e.Resolved()):
        counter.store.take((stranger.tells(body, about),))
    assert counted(counter.desk.day_sheets.end_of_day())["Hồ sơ tiếp nhận"] == 1
    assert counter.desk.lists.results(TODAY).values["count"] == "0"
    assert {each.name for each in counter.desk.incomplete.of()} <= {receipt.name}


def test_a_dossier_stands_in_the_morning_where_it_presses(counter: ACounter) -> None:
    receipt = counter.receive()
    dossier = counter.desk.lookup.dossier(receipt.name).dossier
    assert dossier is not None
    counter.clock.now = dossier.due.replace(hour=8)
    morning = counter.desk.day_sheets.morning()
    assert [row["code"] for row in rows(morning, "due_today")] == [receipt.code]
    assert morning.values["due_today_count"] == "1"
    counter.clock.go_on(days=3)
    assert counter.desk.day_sheets.morning().values["overdue_count"] == "1"


def test_what_is_ready_waits_to_be_fetched(counter: ACounter) -> None:
    receipt = counter.receive(phone="0912345678")
    for deed in (Deed.HAND_OVER, Deed.ACCEPT, Deed.RESOLVE):
        counter.do(deed, receipt.name)
    (row,) = rows(counter.desk.day_sheets.morning(), "told_to_come")
    assert (row["code"], row["phone"]) == (receipt.code, "0912345678")


def test_a_quiet_morning_says_so_on_one_page(counter: ACounter) -> None:
    (page,) = reading.page_texts(render([counter.desk.day_sheets.morning()]))
    assert page.count("0 hồ sơ") == len(MORNING)


def test_a_morning_of_ones_own_holds_what_one_has(counter: ACounter) -> None:
    mine, _ = counter.receive(), counter.receive()
    counter.do(Deed.HAND_OVER, mine.name, Details(to="hung"))
    due = counter.desk.lookup.dossier(mine.name).arrived("in").due
    counter.clock.now = due.replace(hour=8)
    found = {
        holder: rows(counter.desk.day_sheets.morning(holder), "due_today")
        for holder in ("hung", ONE_STOP, "")
    }
    assert {holder: len(lines) for holder, lines in found.items()} == {
        "hung": 1,
        ONE_STOP: 1,
        "": 2,
    }


def test_whoever_has_not_come_for_a_month_is_called_by_telephone(counter: ACounter) -> None:
    receipt = counter.receive("Lò Văn Kiên", phone="0912345678")
    for deed in (Deed.HAND_OVER, Deed.ACCEPT, Deed.RESOLVE):
        counter.do(deed, receipt.name)
    assert rows(counter.desk.day_sheets.to_call(), "uncollected") == []
    counter.clock.go_on(days=31)
    (page,) = reading.page_texts(render([counter.desk.day_sheets.to_call()]))
    assert "Lò Văn Kiên" in page
    assert "0912345678" in page


def test_the_day_is_counted_by_the_computer(counter: ACounter) -> None:
    receipts = [counter.receive() for _ in range(4)]
    counter.do(Deed.VOID, receipts[3].name, DETAILS)
    names = [receipt.name for receipt in receipts[:2]]
    counter.desk.progress.do(Deed.HAND_OVER, names, counter.officer, DETAILS)
    counter.do(Deed.ACCEPT, names[0])
    counter.do(Deed.RESOLVE, names[0])
    counter.do(Deed.RETURN, names[0], Details(collector="Lò Văn Ún"))
    end = counter.desk.day_sheets.end_of_day(TODAY)
    assert counted(end) == {
        "Hồ sơ tiếp nhận": 4, "Hồ sơ bàn giao": 2, "Kết quả về bộ phận một cửa": 1,
        "Kết quả đã trả": 1, "Số đã hủy": 1, "Lượt hướng dẫn, không tiếp nhận": 0,
    }  # fmt: skip
    assert "danh sách số 1-0001" in reading.text(render([end]))


def test_what_the_server_signed_for_is_counted_beside_it(counter: ACounter) -> None:
    for _ in range(2):
        counter.receive()
    counter.store.journal.sign_head()
    counter.store.keeping.acknowledge("server", counter.store.map(), counter.clock(), 1)
    counter.receive()
    end = counter.desk.day_sheets.end_of_day(TODAY)
    (received,) = [row for row in rows(end, "counted") if row["what"] == "Hồ sơ tiếp nhận"]
    assert (received["computer"], received["server"]) == (3, 2)
    assert end.values["unsent"] == ""
    counter.store.keeping.put("server_device", "ab" * 16)
    unsent = counter.desk.day_sheets.end_of_day(TODAY)
    assert unsent.values["unsent"] == "Chưa gửi 1 việc, từ 08:00 23/11/2026: còn đủ ở máy này."
    assert "Chưa gửi 1 việc" in reading.text(render([unsent]))


def test_the_sheet_names_what_the_server_signed_for_and_lost(counter: ACounter) -> None:
    code = counter.receive().code
    counter.store.journal.sign_head()
    keeping, held = counter.store.keeping, counter.store.map()
    keeping.acknowledge("server", held, counter.clock(), 1)
    assert counter.desk.day_sheets.end_of_day(TODAY).values["lost"] == ""
    keeping.acknowledge("server", {}, counter.clock(), 2)
    end = counter.desk.day_sheets.end_of_day(TODAY)
    assert end.values["lost"] == code
    assert code in reading.text(render([end]))


def test_the_sheet_carries_the_hash_by_which_two_replicas_compare(counter: ACounter) -> None:
    counter.receive()
    counter.store.journal.sign_head()
    end = counter.desk.day_sheets.end_of_day(TODAY)
    hash_ = str(end.values["map_hash"])
    assert map_hash(counter.store.map()).startswith(hash_.replace(" ", ""))
    assert hash_ in reading.text(render([end]))
    assert end.values["server_said"] == "Máy chủ chưa xác nhận lần nào."


def test_what_was_taken_back_and_what_another_day_saw_are_not_counted(counter: ACounter) -> None:
    name = counter.receive().name
    counter.do(Deed.HAND_OVER, name)
    counter.do(Deed.UNDO, name, DETAILS)
    counter.clock.go_on(days=1)
    counter.receive()
    assert counted(counter.desk.day_sheets.end_of_day(TODAY))["Hồ sơ bàn giao"] == 0
    assert counted(counter.desk.day_sheets.end_of_day(TODAY))["Hồ sơ tiếp nhận"] == 1


def test_cash_is_summed_for_each_officer_and_transfers_apart(counter: ACounter) -> None:
    paying(counter)
    paying(counter, 20_000)
    paying(counter, 5_000, "transfer")
    end = counter.desk.day_sheets.end_of_day(TODAY)
    (row,) = rows(end, "cash")
    assert (row["officer"], row["payments"], row["cash"], row["transfer"]) == (
        "Lê Thị Nga", 3, "28.000", "5.000",
    )  # fmt: skip
    assert end.values["cash_total"] == "28.000"


@pytest.mark.parametrize(
    ("when", "fee_back", "left"),
    [("now", "refunded", "0"), ("now", "kept", "8.000"), ("now", "", "8.000"),
     ("on_return", "refunded", "0")],
)  # fmt: skip
def test_only_a_fee_that_was_paid_and_given_back_leaves_the_drawer(
    counter: ACounter, when: str, fee_back: FeeBack, left: str
) -> None:
    name = counter.receive(fee_amount="8000", fee_when=when, fee_method="cash").name
    counter.do(Deed.WITHDRAW, name, Details(reason="đổi ý", fee_back=fee_back))
    assert counter.desk.day_sheets.end_of_day(TODAY).values["cash_total"] == left


def test_a_fee_that_was_transferred_is_given_back_out_of_no_drawer(counter: ACounter) -> None:
    paying(counter)
    at_once = counter.receive(fee_amount="5000", fee_when="now", fee_method="transfer").name
    later = counter.receive(fee_amount="7000", fee_when="on_return").name
    counter.do(Deed.PAID, later, Details(method="transfer"))
    for name in (at_once, later):
        counter.do(Deed.WITHDRAW, name, Details(reason="đổi ý", fee_back="refunded"))
    end = counter.desk.day_sheets.end_of_day(TODAY)
    (row,) = rows(end, "cash")
    assert (row["payments"], row["cash"], row["transfer"]) == (5, "8.000", "0")
    assert end.values["cash_total"] == "8.000"


def test_a_fee_paid_later_is_cash_of_that_day_and_undone_it_is_none(counter: ACounter) -> None:
    name = counter.receive(fee_amount="15000", fee_when="on_return").name
    counter.do(Deed.PAID, name, Details(method="cash"))
    assert counter.desk.day_sheets.end_of_day(TODAY).values["cash_total"] == "15.000"
    counter.do(Deed.UNDO, name, DETAILS)
    assert counter.desk.day_sheets.end_of_day(TODAY).values["cash_total"] == "0"


@pytest.mark.parametrize(
    ("digits", "said"), [(0, "0000121–0000122, 0000124"), (5, "00121–00122, 00124")]
)
def test_the_receipts_given_stand_beside_the_cash_as_they_are_numbered(
    counter: ACounter, digits: int, said: str
) -> None:
    desk = counter.desk
    book = ReceiptBookIssued("AA-26P", "01BLP2-001", 121, 130, digits=digits)
    desk.fee_receipts.enter(book, counter.officer)
    desk.fee_receipts.spoil("AA-26P", 123, "lost", counter.officer)
    for _ in range(3):
        receipt = counter.receive(fee_amount="8000", fee_when="now", fee_method="cash")
        desk.fee_receipts.give(receipt.name, counter.officer)
    (row,) = rows(desk.day_sheets.end_of_day(TODAY), "cash")
    assert row["receipts"] == f"AA-26P: {said}"


def test_each_officer_s_receipts_stand_beside_their_own_cash(counter: ACounter) -> None:
    desk = counter.desk
    desk.fee_receipts.enter(ReceiptBookIssued("AA-26P", "01BLP2-001", 1, 9), counter.officer)
    desk.office.add_officer("mai", "Trần Thị Mai", [Role.RECEPTIONIST], "phutrach")
    for officer in (desk.officer("mai"), counter.officer):
        draft = a_draft(fee_amount="8000", fee_when="now", fee_method="cash")
        desk.fee_receipts.give(desk.intake.receive(draft, officer).name, officer)
    told = {row["officer"]: row["receipts"] for row in rows(desk.day_sheets.end_of_day(), "cash")}
    assert told == {"Trần Thị Mai": "AA-26P: 0000001", "Lê Thị Nga": "AA-26P: 0000002"}


def test_what_is_incomplete_is_listed_before_the_day_closes(counter: ACounter) -> None:
    counter.do(Deed.HAND_OVER, counter.receive().name)
    (row,) = rows(counter.desk.day_sheets.end_of_day(TODAY), "lacking")
    assert row["what"] == "Bàn giao chưa có người nhận ký"
