"""What the officer reads out: the appointment, its reasons, the fee."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from app.clock import VIETNAM
from app.desk.draft import IntakeDraft
from app.desk.intake.intake import Preview
from app.models.procedures.fee import Fee
from app.ui.intake.appointment_words import Said, fee_said, hand_over, hour, long_day, reasons
from app.ui.look.theme import Tone
from tests.ui.commune import Commune

MONDAY = datetime(2026, 11, 23, 14, 5, tzinfo=VIETNAM)
UNKNOWN = Fee(None, "chưa biết — nhập mức của tỉnh", "", (), "unknown", confirmed=False)
FIXED = Fee(8000, "8.000 đ", "", (), "fixed", confirmed=True)


@pytest.fixture
def commune(tmp_path: Path) -> Commune:
    commune = Commune(tmp_path)
    commune.now = MONDAY
    return commune


def preview(commune: Commune, procedure: str) -> Preview:
    return commune.desk.intake.look(IntakeDraft(procedure=procedure))


def test_an_instant_is_said_as_on_the_slip() -> None:
    at = datetime(2026, 11, 27, 16, 30, tzinfo=VIETNAM)
    assert (hour(at), long_day(at)) == ("16 giờ 30", "Thứ Sáu, 27 tháng 11 năm 2026")


def test_each_day_says_whether_it_counts(commune: Commune) -> None:
    told = reasons(preview(commune, "1.001022"), MONDAY)
    assert [(line.text, line.icon) for line in told[1:4]] == [
        ("Thứ Hai 23/11 — ngày nhận, không tính", "circle-dot"),
        ("Thứ Ba 24/11 — Ngày Văn hóa Việt Nam", "circle-minus"),
        ("Thứ Tư 25/11 — ngày thứ 1", "circle-check"),
    ]


def test_a_long_limit_is_told_in_ranges(commune: Commune) -> None:
    days = [line for line in reasons(preview(commune, "1.012753"), MONDAY) if "circle" in line.icon]
    assert len(days) < 12
    assert "đến" in days[2].text


def test_what_crosses_an_unconfirmed_holiday_warns(commune: Commune) -> None:
    commune.now = datetime(2027, 2, 1, 9, 0, tzinfo=VIETNAM)
    told = reasons(preview(commune, "1.013979"), commune.now)
    assert (told[0].icon, told[0].tone) == ("triangle-alert", Tone.TODAY)


def test_nothing_is_explained_while_nothing_is_promised(commune: Commune) -> None:
    assert reasons(preview(commune, ""), MONDAY) == []


def test_the_hand_over_counts_down_only_on_its_own_day() -> None:
    by = MONDAY.replace(hour=15, minute=0)
    assert hand_over(by, MONDAY) == Said("Bàn giao trước 15:00 — còn 55 phút", Tone.TODAY, "clock")
    tomorrow = by.replace(hour=7, minute=30) + timedelta(days=2)
    said = hand_over(tomorrow, MONDAY)
    assert (said.text, said.tone) == ("Bàn giao ngay đầu giờ 07:30 Thứ Tư 25/11/2026", Tone.QUIET)


@pytest.mark.parametrize(
    ("draft", "ruled", "said"),
    [
        (IntakeDraft(), UNKNOWN, "chưa biết — nhập mức của tỉnh"),
        (IntakeDraft(), FIXED, "8.000 đ · thu khi trả"),
        (IntakeDraft(fee_amount="12.000"), UNKNOWN, "12.000 đ · thu khi trả"),
        (
            IntakeDraft(fee_when="now", fee_method="transfer"),
            FIXED,
            "8.000 đ · thu ngay, chuyển khoản",
        ),
        (IntakeDraft(fee_exempt="hộ nghèo"), FIXED, "miễn"),
        (IntakeDraft(fee_amount="0"), UNKNOWN, "không thu"),
        (IntakeDraft(fee_amount="tám nghìn"), FIXED, "số tiền chưa đúng"),
    ],
)
def test_the_fee_is_said_as_far_as_it_is_known(draft: IntakeDraft, ruled: Fee, said: str) -> None:
    assert fee_said(draft, ruled).text == said
