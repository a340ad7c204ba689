from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from app.clock import VIETNAM
from app.desk.looking.lookup import BoardLine
from app.models.deadlines.lateness import Lateness
from app.models.dossiers.lifecycle import Deed, Status
from app.ui.dossier.columns import (
    LONGEST_IN_LIST,
    due_cell,
    left_cell,
    name_column,
    procedure_cell,
    procedure_words,
    short_code,
    short_procedure,
    spoken_due,
    spoken_since,
    standing,
    status_cell,
    where_cell,
)
from app.ui.look.theme import Tone
from tests.ui.commune import Commune

NOW = datetime(2026, 11, 23, 14, 5, tzinfo=VIETNAM)
DUE = datetime(2026, 11, 27, 16, 30, tzinfo=VIETNAM)


@pytest.fixture
def line(tmp_path: Path) -> BoardLine:
    """Received on Monday 23/11 at 8:00, due on Friday 27/11 at 16:30."""
    commune = Commune(tmp_path)
    commune.receive()
    return commune.desk.lookup.board().lines[0]


@pytest.mark.parametrize(
    ("code", "said"), [("H26.15.3-261116-0012", "261116-0012"), ("T-BCFG2345", "T-BCFG2345")]
)
def test_a_code_is_said_without_its_unit(code: str, said: str) -> None:
    assert short_code(code) == said


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Thủ tục đăng ký giám hộ", "Đăng ký giám hộ"),
        ("Chứng thực chữ ký", "Chứng thực chữ ký"),
        ("", ""),
    ],
)
def test_a_procedure_loses_the_word_every_other_one_begins_with(name: str, said: str) -> None:
    assert procedure_words(name) == said


def test_an_appointment_says_today_a_weekday_and_a_year_only_when_it_is_another() -> None:
    assert spoken_due(NOW.replace(hour=16, minute=30), NOW) == "16:30 hôm nay"
    assert spoken_due(DUE, NOW) == "16:30 T6 27/11"
    assert spoken_due(DUE.replace(year=2027, month=1, day=3), NOW) == "16:30 CN 03/01/2027"


def test_since_is_an_hour_today_and_a_day_before() -> None:
    assert spoken_since(NOW, NOW) == "14:05"
    assert spoken_since(NOW - timedelta(days=3), NOW) == "20/11"
    assert spoken_since(NOW - timedelta(days=365), NOW) == "23/11/2025"


def test_what_is_late_due_today_or_waits_says_so_by_words_colour_and_an_icon_of_its_own() -> None:
    late = standing(Status.PROCESSING, Lateness(True, 2), DUE, NOW)
    today = standing(Status.PROCESSING, Lateness(False, 0, 145), NOW, NOW)
    waits = standing(Status.WAITING_SUPPLEMENT, Lateness(False), DUE, NOW)
    ready = standing(Status.RESOLVED, Lateness(False), DUE, NOW)
    assert (late.text, late.tone) == ("Quá 2 ngày làm việc", Tone.LATE)
    assert (today.text, today.tone) == ("2 giờ 25 phút", Tone.TODAY)
    assert (waits.text, ready.text) == ("Chờ bổ sung", "Chờ trả kết quả")
    assert len({late.icon, today.icon, waits.icon, ready.icon} - {""}) == 4


@pytest.mark.parametrize(
    "status", [Status.RETURNED, Status.WITHDRAWN, Status.STOPPED, Status.VOIDED]
)
def test_what_is_closed_has_nothing_left(status: Status) -> None:
    assert standing(status, Lateness(True, 9), DUE, NOW).tone is Tone.QUIET


def test_the_last_day_for_an_apology_is_said(line: BoardLine) -> None:
    cell = left_cell(replace(line, apologise_today=True), DUE - timedelta(days=1))
    assert cell.text == "3 ngày làm việc, hạn xin lỗi hôm nay"
    assert cell.icon == "mail-warning"


def test_what_is_late_and_has_another_date_says_whose_the_date_is(line: BoardLine) -> None:
    late = replace(line, left=Lateness(True, 1))
    assert left_cell(late, NOW).text == "Quá 1 ngày làm việc, đã hẹn lại"
    assert left_cell(late, DUE + timedelta(days=3)).text == "Quá 1 ngày làm việc"


def test_an_appointment_is_red_once_late_and_quiet_while_nothing_runs(line: BoardLine) -> None:
    late = replace(line, left=Lateness(True, 1))
    assert due_cell(late, NOW).tone is Tone.LATE
    assert due_cell(line, NOW).tone is Tone.PLAIN
    assert due_cell(line, DUE).tone is Tone.TODAY
    assert due_cell(replace(line, runs=False), DUE).tone is Tone.QUIET


def test_a_line_says_who_has_it_since_when_and_its_national_status(tmp_path: Path) -> None:
    commune = Commune(tmp_path)
    name = commune.receive()
    commune.do(name, Deed.HAND_OVER)
    handed = commune.desk.lookup.board().lines[0]
    assert where_cell(handed, commune.now).text == "Nguyễn Đức Toàn · 08:01"
    assert status_cell(handed, commune.now).text == "Đang xử lý"
    commune.do(name, Deed.ACCEPT, Deed.RESOLVE, Deed.RETURN)
    returned = commune.desk.lookup.find("trang")[0]
    assert status_cell(returned, commune.now + timedelta(days=1)).text == "Đã trả kết quả 23/11"


def test_a_long_procedure_is_short_in_a_list_and_whole_on_pointing_at_it(tmp_path: Path) -> None:
    for procedure in Commune(tmp_path).desk.store.standing.procedures():
        cell = procedure_cell(procedure.name)
        words = procedure_words(procedure.name)
        assert words.startswith(cell.text.removesuffix(" …"))
        assert len(cell.text) <= LONGEST_IN_LIST + 2
        assert (cell.whole == procedure.name) == cell.text.endswith("…")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        (
            "Thủ tục chứng thực bản sao từ bản chính giấy tờ, văn bản do cơ quan, tổ chức có thẩm quyền",
            "Chứng thực bản sao từ bản chính giấy tờ, văn bản do cơ quan …",
        ),
        ("Một hai ba bốn năm sáu bảy tám chín mười " * 3, None),
    ],
)
def test_it_ends_at_a_comma_or_between_two_words(name: str, said: str | None) -> None:
    short = short_procedure(name)
    assert short == said or name.startswith(short.removesuffix("…"))


def test_who_waits_for_money_while_the_clock_runs_can_be_late() -> None:
    waiting = standing(Status.WAITING_PAYMENT, Lateness(late=False), NOW, NOW)
    late = standing(Status.WAITING_PAYMENT, Lateness(True, 2), NOW, NOW)
    assert (waiting.text, late.text) == ("Chờ nộp tiền", "Quá 2 ngày làm việc")


def test_a_missed_apology_is_said_until_it_is_late(line: BoardLine) -> None:
    missed = replace(line, apologise_today=False, apology_missed=True)
    assert left_cell(missed, NOW).text.endswith("đã qua hạn xin lỗi")


def test_names_stand_as_in_a_vietnamese_dictionary() -> None:
    order = name_column("Chủ hồ sơ", str).order
    assert callable(order)
    assert sorted(("Đặng", "Én", "Dương", "Ân"), key=order) == ["Ân", "Dương", "Đặng", "Én"]
