"""The list of what the province's system lacks, the code scanned back, the boxes of its screen."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from app.desk.province import fields as province_fields
from app.desk.province.entering import Province
from app.models.dossiers.lifecycle import Deed
from app.models.dossiers.province_gap import Gap
from app.models.errors import BadInput, Refused
from app.models.events import event as e
from app.models.events.province import ProvinceDescribed, ProvinceField
from app.models.unit.officer import Officer, Role
from tests.desk.at_work import TO_WORK, at
from tests.making import ACounter, a_counter, exchange

THEIRS = "H26.15-261123-0207"


@pytest.fixture
def counter(tmp_path: Path) -> ACounter:
    return a_counter(tmp_path)


def listed(counter: ACounter, kind: Gap = Gap.ABSENT) -> list[str]:
    return [row.owner for row in counter.desk.province.lacking(kind).rows]


def entered(counter: ACounter, name: e.EventName, code: str = THEIRS) -> Province:
    counter.desk.province.enter(name, code, counter.officer)
    return counter.desk.province


def test_what_it_lacks_stands_there_the_oldest_first(counter: ACounter) -> None:
    for name in ("Một", "Hai", "Ba"):
        counter.receive(name)
        counter.clock.go_on(hours=1)
    assert listed(counter) == ["Một", "Hai", "Ba"]
    assert counter.desk.province.to_enter() == 3


def test_a_code_scanned_back_takes_it_off_the_list_and_finds_it(counter: ACounter) -> None:
    name = counter.receive().name
    entered(counter, name, f" {THEIRS.lower()} ")
    assert listed(counter) == []
    assert counter.desk.lookup.named(THEIRS) == name
    assert [line.row.name for line in counter.desk.lookup.find("0207")] == [name]


def test_its_result_is_to_be_entered_too_but_no_step_between(counter: ACounter) -> None:
    name = counter.receive("Mai").name
    province = entered(counter, name)
    for deed in TO_WORK:
        counter.do(deed, name)
    assert listed(counter, Gap.BEHIND) == []
    counter.do(Deed.RESOLVE, name)
    assert listed(counter, Gap.BEHIND) == ["Mai"]
    assert province.screen(name).boxes[0].label == "Trạng thái hồ sơ"
    province.update(name, counter.officer)
    assert listed(counter, Gap.BEHIND) == []
    counter.do(Deed.RETURN, name)
    assert listed(counter, Gap.BEHIND) == ["Mai"]


def test_what_moved_while_it_was_typed_stays_on_the_list(counter: ACounter) -> None:
    name = counter.receive("Mai").name
    seen = counter.desk.province.screen(name).seen
    for deed in (*TO_WORK, Deed.RESOLVE):
        counter.do(deed, name)
    counter.desk.province.enter(name, THEIRS, counter.officer, seen)
    assert listed(counter, Gap.BEHIND) == ["Mai"]


def test_a_number_voided_before_never_has_to_be_entered(counter: ACounter) -> None:
    one, other = counter.receive("Một").name, counter.receive("Hai").name
    entered(counter, other)
    for name in (one, other):
        counter.do(Deed.VOID, name)
    assert (listed(counter), listed(counter, Gap.BEHIND)) == ([], ["Hai"])


@pytest.mark.parametrize(
    ("typed", "said"),
    [("", "Chưa có mã"), ("001187012345", "không phải mã hồ sơ"), ("own", "mã của quầy"),
     ("other", "hồ sơ khác"), ("theirs", "hồ sơ khác")],
)  # fmt: skip
def test_a_wrong_code_is_told_and_nothing_is_lost(counter: ACounter, typed: str, said: str) -> None:
    name, other = counter.receive("Mai"), counter.receive("Lan")
    entered(counter, other.name)
    codes = {"own": name.code, "other": other.code, "theirs": THEIRS}
    with pytest.raises(BadInput, match=said):
        counter.desk.province.enter(name.name, codes.get(typed, typed), counter.officer)
    assert listed(counter) == ["Mai"]


def test_an_entry_stays_through_an_undo_and_can_be_taken_back(counter: ACounter) -> None:
    name = counter.receive("Mai").name
    province = counter.desk.province
    counter.do(Deed.HAND_OVER, name)
    before = province.before(name)
    entered(counter, name)
    counter.do(Deed.UNDO, name)
    assert listed(counter) == []
    province.take_back(name, before, counter.officer)
    assert listed(counter) == ["Mai"]


def test_nothing_is_up_to_date_there_before_it_has_a_code(counter: ACounter) -> None:
    with pytest.raises(Refused, match="chưa có mã"):
        counter.desk.province.update(counter.receive().name, counter.officer)


def test_the_unit_says_since_when_and_whether_at_all(counter: ACounter) -> None:
    counter.receive("Cũ")
    counter.clock.now = at(25)
    counter.receive("Mới")
    province = counter.desk.province
    province.describe(ProvinceDescribed(since="2026-11-25"), counter.officer)
    assert (listed(counter), province.to_enter()) == (["Mới"], 1)
    province.describe(ProvinceDescribed(used=False), counter.officer)
    assert province.to_enter() == 0


def test_until_the_unit_says_since_when_only_what_came_lately_counts(counter: ACounter) -> None:
    counter.receive("Cũ")
    counter.clock.go_on(hours=24 * 31)
    counter.receive("Mới")
    assert (listed(counter), counter.desk.province.to_enter()) == (["Mới"], 1)


def test_the_first_code_kept_fixes_the_day_and_nothing_drops_out_any_more(
    counter: ACounter,
) -> None:
    counter.receive("Chưa nhập")
    province = entered(counter, counter.receive("Đã nhập").name)
    assert province.settings().since == "2026-10-24"
    counter.clock.go_on(hours=24 * 90)
    assert listed(counter) == ["Chưa nhập"]


def test_a_code_taken_back_or_a_day_that_was_said_fixes_nothing(counter: ACounter) -> None:
    name = counter.receive().name
    counter.desk.province.take_back(name, ("", 0), counter.officer)
    assert counter.desk.province.settings().since == ""
    counter.desk.province.describe(ProvinceDescribed(since="2026-11-01"), counter.officer)
    assert entered(counter, name).settings().since == "2026-11-01"


def test_only_who_leads_or_administers_changes_the_boxes(counter: ACounter) -> None:
    officer = Officer("lan", "Lan", frozenset({Role.RECEPTIONIST}))
    with pytest.raises(Refused, match="không có quyền"):
        counter.desk.province.describe(ProvinceDescribed(used=False), officer)


def test_two_counters_that_enter_one_dossier_are_told(tmp_path: Path) -> None:
    one, two = (a_counter(tmp_path / str(n), n) for n in (1, 2))
    name = one.receive().name
    exchange(one.store, two.store)
    entered(one, name)
    entered(two, name, "H26.15-261123-0208")
    exchange(one.store, two.store)
    assert one.dump() == two.dump()
    ((_, (task,)),) = one.desk.conflicts.all()
    assert "mã trên hệ thống tỉnh" in task.rule.sentence


def test_the_file_of_what_is_pending_leaves_out_what_stands_there(counter: ACounter) -> None:
    done, waits = counter.receive("Một").name, counter.receive("Hai").name
    entered(counter, done)
    day, file = date(2026, 11, 23), counter.desk.province_file
    assert file.names(day, day, pending=True) == [waits]
    assert file.names(day, day) == [done, waits]
    rows = file.sheet([done], day, day).values["to_province"]
    assert isinstance(rows, list)
    assert (rows[0]["province_code"], rows[0]["gap"]) == (THEIRS, "Đã nhập")


# --- the boxes ------------------------------------------------------------------------------------


def test_the_boxes_that_ship_are_read_and_written_alike() -> None:
    boxes = province_fields.shipped()
    assert province_fields.read(province_fields.written(boxes)) == boxes


def test_a_unit_writes_its_own_boxes(counter: ACounter) -> None:
    text = "[tiếp nhận]\nHọ tên|ChuHoSo\nNgày sinh|NgaySinh|yyyy-MM-dd\nHẹn|NgayHenTra|HH:mm dd/MM/yyyy"
    said = ProvinceDescribed(fields=province_fields.read(text))
    counter.desk.province.describe(said, counter.officer)
    name = counter.receive("Mai", born="02/03/1987").name
    boxes = counter.desk.province.screen(name).boxes
    assert [box.words for box in boxes] == ["Mai", "1987-03-02", "16:30 26/11/2026"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Chưa có trường nào"),
        ("Họ tên|Ten", "Dòng 1: không có biến “Ten”"),
        ("\nHọ tên|ChuHoSo|HOA", "Dòng 2: cách viết"),
        ("[khác]", "đầu mục"),
        ("ChuHoSo", "không có biến"),
    ],
)
def test_a_line_that_says_nothing_is_named(text: str, said: str) -> None:
    with pytest.raises(BadInput, match=said):
        province_fields.read(text)


def test_an_online_dossier_stands_there_under_its_own_code(counter: ACounter) -> None:
    row = {"MaHoSo": THEIRS, "KenhThucHien": "2", "ChuHoSo": "Mai", "TrangThaiHoSo": "1",
           "NgayNopHoSo": "20261120150000"}  # fmt: skip
    counter.desk.online.bring([(1, row)], counter.officer)
    name = counter.receive("Mai", online=THEIRS, channel="online").name
    assert counter.desk.province.before(name) == (THEIRS, 2)
    assert listed(counter) == []


def test_birth_and_sex_are_told_of_whom_it_is_for_and_never_of_who_filed(counter: ACounter) -> None:
    def told(**draft: Any) -> list[str]:
        name = counter.receive(born="12/04/1987", sex="female", **draft).name
        told = counter.desk.province.told(counter.desk.lookup.dossier(name))
        boxes = (
            ProvinceField("", variable, "") for variable in ("NgaySinh", "GioiTinh", "NguoiNop")
        )
        return [province_fields.words_of(box, told) for box in boxes]

    assert told() == ["12/04/1987", "Nữ", ""]
    principal = {"principal_name": "Phạm Văn Ủy", "authorisation": "Giấy ủy quyền số 1"}
    assert told(authorised=True, **principal) == ["", "", "Nguyễn Thị Ánh"]
