"""Online dossiers: brought in once, waited with by the hour, answered by what is done with them."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace
from openpyxl import Workbook

from app.desk.online.waiting import Brought, OnlineCounts
from app.models.dossiers.lifecycle import Deed
from app.models.errors import BadInput, Refused
from app.printing.workbook import first_sheet
from tests.making import MONDAY, NGA, PROCEDURE, ACounter, a_counter, exchange

CODE = "H26.15-261120-0042"
ROW: dict[str, object] = {
    "MaHoSo": CODE, "MaTTHC": PROCEDURE, "TenTTHC": "Đăng ký nhận cha, mẹ, con",
    "KenhThucHien": "2", "ChuHoSo": "Nguyễn Thị Ánh", "LoaiDoiTuong": "1",
    "SoGiayToChuHoSo": "001185000012", "SoDienThoai": "0912345678", "Email": "anh@example.vn",
    "TrichYeuHoSo": "Nhận con", "TrangThaiHoSo": "1", "NgayNopHoSo": "20261120150000",
}  # fmt: skip


@pytest.fixture
def counter(tmp_path: Path) -> ACounter:
    return a_counter(tmp_path)


def bring(counter: ACounter, *rows: dict[str, object]) -> Brought:
    return counter.desk.online.bring(list(enumerate(rows or (ROW,), 1)), counter.officer)


def other(code: str, at: str = "20261123080000") -> dict[str, object]:
    return {**ROW, "MaHoSo": code, "NgayNopHoSo": at}


def test_it_waits_until_eight_working_hours_are_over(counter: ACounter) -> None:
    """Friday 15:00, with Monday's hours of the calendar: two hours of Friday, six of Monday."""
    bring(counter)
    (one,) = counter.desk.online.waiting()
    assert f"{one.answer_by:%d/%m %H:%M}" == "23/11 15:30"
    assert (one.left.late, one.is_near) == (False, False)
    counter.clock.now = one.answer_by - timedelta(hours=1)
    assert counter.desk.online.waiting()[0].is_near
    counter.clock.now = one.answer_by + timedelta(minutes=1)
    assert counter.desk.online.waiting()[0].left.late


def test_the_board_counts_what_is_over_and_what_nearly_is(counter: ACounter) -> None:
    bring(counter, ROW, other("H26.15-261119-0001", "20261119080000"), other("H26.15-261123-0003"))
    counter.clock.now = MONDAY.replace(hour=14)
    assert counter.desk.online.counts() == OnlineCounts(waiting=3, late=1, near=1)


def test_the_same_file_twice_brings_nothing_twice(counter: ACounter) -> None:
    assert bring(counter) == Brought(1, 0, 0, ())
    before = counter.dump()
    assert bring(counter, ROW, ROW) == Brought(0, 2, 0, ())
    assert counter.dump() == before


def test_a_procedure_the_catalogue_lacks_is_counted_and_said_of_its_dossier(
    counter: ACounter,
) -> None:
    brought = bring(counter, {**ROW, "MaTTHC": "9.999999"})
    assert (brought.new, brought.unknown) == (1, 1)
    (one,) = counter.desk.online.waiting()
    assert one.doubt == "Thủ tục 9.999999 chưa có trong danh mục của quầy."
    assert counter.desk.online.look(one.row.code) == one


def test_what_the_province_took_in_already_and_what_came_otherwise_stays_out(
    counter: ACounter,
) -> None:
    brought = bring(counter, {**ROW, "TrangThaiHoSo": "4"}, {**ROW, "KenhThucHien": "1"})
    assert brought == Brought(0, 0, 2, ())
    assert counter.desk.online.waiting() == []


@pytest.mark.parametrize(
    "wrong", [{"MaHoSo": ""}, {"MaHoSo": "=1+1"}, {"NgayNopHoSo": "hôm qua"}, {"NgayNopHoSo": ""},
              {"NgayNopHoSo": "20301120150000"}]
)  # fmt: skip
def test_a_wrong_row_is_told_and_the_others_go_in(
    counter: ACounter, wrong: dict[str, object]
) -> None:
    brought = bring(counter, {**ROW, **wrong}, other("H26.15-261123-0003"))
    assert (brought.new, [one.line for one in brought.wrong]) == (1, [1])
    assert brought.wrong[0].reason.endswith(".")


def test_the_intake_starts_from_what_the_citizen_filled_in(counter: ACounter) -> None:
    bring(counter)
    draft = counter.desk.online.draft(CODE)
    assert (draft.procedure, draft.channel, draft.online) == (PROCEDURE, "online", CODE)
    assert (draft.name, draft.id_number, draft.phone) == (
        "Nguyễn Thị Ánh", "001185000012", "0912345678",
    )  # fmt: skip
    assert (draft.request, draft.email) == ("Nhận con", "anh@example.vn")


def test_taken_in_it_waits_no_more_and_the_dossier_knows_whence_it_came(counter: ACounter) -> None:
    bring(counter)
    receipt = counter.desk.intake.receive(counter.desk.online.draft(CODE), counter.officer)
    assert counter.desk.online.waiting() == []
    came = counter.desk.online.of(receipt.name)
    assert came is not None
    assert (came.code, came.answer) == (CODE, "received")
    assert counter.desk.lookup.named(CODE) == receipt.name
    with pytest.raises(BadInput, match="đã tiếp nhận"):
        counter.desk.online.draft(CODE)


def test_taken_in_twice_it_is_refused_and_no_number_is_drawn(counter: ACounter) -> None:
    bring(counter)
    draft = counter.desk.online.draft(CODE)
    first = counter.desk.intake.receive(draft, counter.officer).code
    with pytest.raises(Refused):
        counter.desk.intake.receive(draft, counter.officer)
    then = counter.desk.intake.receive(replace(draft, online=""), counter.officer).code
    assert int(then[-4:]) - int(first[-4:]) == 20  # the lane's next


def test_a_voided_number_lets_it_wait_again(counter: ACounter) -> None:
    bring(counter)
    receipt = counter.desk.intake.receive(counter.desk.online.draft(CODE), counter.officer)
    counter.do(Deed.VOID, receipt.name)
    assert [one.row.code for one in counter.desk.online.waiting()] == [CODE]
    again = counter.desk.intake.receive(counter.desk.online.draft(CODE), counter.officer)
    assert counter.desk.online.of(again.name) is not None


def test_what_was_to_be_supplemented_waits_again_once_it_comes_in_anew(counter: ACounter) -> None:
    bring(counter)
    draft = counter.desk.online.draft(CODE)
    counter.desk.intake.leave(draft, "supplement", counter.officer, "thiếu tờ khai")
    assert counter.desk.online.waiting() == []
    assert bring(counter).new == 0
    counter.clock.go_on(days=2)
    assert bring(counter, other(CODE, "20261125080000")).new == 1
    assert [one.row.code for one in counter.desk.online.waiting()] == [CODE]


def test_what_was_refused_stays_answered(counter: ACounter) -> None:
    bring(counter)
    draft = counter.desk.online.draft(CODE)
    counter.desk.intake.leave(draft, "refusal", counter.officer, "không thuộc thẩm quyền")
    counter.clock.go_on(days=2)
    assert bring(counter, other(CODE, "20261125080000")) == Brought(0, 1, 0, ())


def test_two_counters_that_bring_in_one_list_speak_of_one_dossier(tmp_path: Path) -> None:
    one, two = a_counter(tmp_path / "1"), a_counter(tmp_path / "2", 2, machine="máy 2")
    bring(one)
    one.desk.intake.receive(one.desk.online.draft(CODE), one.officer)
    bring(two)
    exchange(one.store, two.store)
    for counter in (one, two):
        assert counter.desk.online.waiting() == []
    assert one.dump() == two.dump()


def test_of_two_answers_given_apart_the_first_holds_everywhere(tmp_path: Path) -> None:
    one, two = a_counter(tmp_path / "1"), a_counter(tmp_path / "2", 2, machine="máy 2")
    bring(one)
    exchange(one.store, two.store)
    for counter in (one, two):
        counter.desk.intake.receive(counter.desk.online.draft(CODE), counter.officer)
    exchange(one.store, two.store)
    assert one.dump() == two.dump()
    (untold,) = (line for line in one.dump() if line.startswith("effects"))
    assert "nơi khác đã trả lời hồ sơ trực tuyến này" in untold


def test_stopped_half_way_what_came_in_stays_and_the_rest_comes_later(counter: ACounter) -> None:
    rows = [other(f"H26.15-261123-{number:04}") for number in range(1, 121)]

    def stop(done: int, of: int) -> None:
        if done >= 50:
            raise Refused("Đã dừng.")

    with pytest.raises(Refused, match=r"Đã dừng\."):
        counter.desk.online.bring(list(enumerate(rows, 1)), counter.officer, stop)
    assert bring(counter, *rows) == Brought(70, 50, 0, ())


def test_whoever_may_not_receive_brings_nothing_in(counter: ACounter) -> None:
    counter.desk.office.add_officer("van", "Văn thư", (), by=NGA)
    with pytest.raises(Refused):
        counter.desk.online.bring_in(Path("tệp.json"), counter.desk.officer("van"))


# --- files --------------------------------------------------------------------------------------


def from_file(counter: ACounter, file: Path) -> Brought:
    counter.desk.online._sheet = first_sheet
    return counter.desk.online.bring_in(file, counter.officer)


def test_json_comes_as_lines_as_a_list_or_in_its_envelope(
    counter: ACounter, tmp_path: Path
) -> None:
    file = tmp_path / "ho-so.json"
    rows = [{**other(f"H26.15-261123-000{n}"), "DinhDanhCHS": [{"SoDinhDanh": "001185000012"}]}
            for n in (1, 2, 3, 4)]  # fmt: skip
    file.write_text("\n".join(json.dumps(row) for row in rows[:2]), encoding="utf-8-sig")
    assert from_file(counter, file).new == 2
    file.write_text(json.dumps(rows[:3]), encoding="utf-8")
    assert from_file(counter, file) == Brought(1, 2, 0, ())
    file.write_text(json.dumps({"service": "DongBoHoSoMC", "data": rows}), encoding="utf-8")
    assert from_file(counter, file) == Brought(1, 3, 0, ())


def test_a_table_may_have_vietnamese_headings_or_our_own(counter: ACounter, tmp_path: Path) -> None:
    file = tmp_path / "ho-so.csv"
    file.write_text("Mã hồ sơ,Mã TTHC,Chủ hồ sơ,Số điện thoại,Ngày nộp hồ sơ,Cột khác\n"
                    f"{CODE},{PROCEDURE},Lý A Sử,0912345678,20/11/2026 15:00,x\n", "utf-8")  # fmt: skip
    assert from_file(counter, file).new == 1
    assert counter.desk.online.draft(CODE).name == "Lý A Sử"
    file.write_text(f"code,procedure,name,id_number,received\nH26.15-261123-0001,{PROCEDURE},"
                    "Lê Văn Bình,001185000012,2026-11-23T07:45\n", "utf-8")  # fmt: skip
    assert from_file(counter, file).new == 1


def test_a_workbook_is_read_with_its_own_instants(counter: ACounter, tmp_path: Path) -> None:
    book = Workbook()
    assert book.active is not None
    book.active.append(["MaHoSo", "NgayNopHoSo", "ChuHoSo"])
    book.active.append([CODE, MONDAY.replace(hour=7, tzinfo=None), "Lý A Sử"])
    book.save(tmp_path / "ho-so.xlsx")
    assert from_file(counter, tmp_path / "ho-so.xlsx").new == 1
    assert counter.desk.online.waiting()[0].row.arrived == MONDAY.replace(hour=7)


def test_a_workbooks_figures_get_their_zeros_back_and_the_desk_asks_for_what_is_doubtful(
    counter: ACounter, tmp_path: Path
) -> None:
    book = Workbook()
    assert book.active is not None
    book.active.append(["MaHoSo", "NgayNopHoSo", "ChuHoSo", "SoGiayToChuHoSo", "SoDienThoai"])
    book.active.append([CODE, "20/11/2026", "Lý A Sử", 1085000012, 912345678])
    codes = [f"H26.15-261120-000{n}" for n in (1, 2)]
    book.active.append([codes[0], "20/11/2026", "Lý A Sử", 1985000012, 12345678])
    book.active.append([codes[1], "20/11/2026", "Lý A Sử", "1085000012", None])
    book.save(tmp_path / "ho-so.xlsx")
    assert from_file(counter, tmp_path / "ho-so.xlsx").new == 3
    drafts = [counter.desk.online.draft(code) for code in (CODE, *codes)]
    assert [(draft.id_kind, draft.id_number, draft.phone) for draft in drafts] == [
        ("citizen_number", "001085000012", "0912345678"),
        ("citizen_number", "1985000012", ""),
        ("citizen_number", "1085000012", ""),
    ]


@pytest.mark.parametrize("text", ["{", "[1]", '{"data": 3}', "\x00\xff"])
def test_what_is_no_list_is_refused_with_a_sentence(
    counter: ACounter, tmp_path: Path, text: str
) -> None:
    file = tmp_path / "ho-so.json"
    file.write_text(text, encoding="latin-1")
    with pytest.raises(BadInput, match="không phải CSV, XLSX hay JSON"):
        from_file(counter, file)
