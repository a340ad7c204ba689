"""A deadline explains itself: half-day by half-day, a line a day, and briefly in the event."""

import json
from datetime import date, time

import pytest

from app.models.deadlines.deadline import (
    WAITED_FOR_PAYMENT,
    Appointment,
    DayLine,
    DeadlinePolicy,
    Limit,
    LimitUnit,
    Pause,
    appoint,
    compact,
    days,
    lines,
    resume,
)
from tests.models.official_calendar import OFFICIAL, at

LAW = DeadlinePolicy()
ARTICLE = "Luật Hộ tịch 2014 Đ.25"


def promised(
    value: int, unit: LimitUnit, received: str, policy: DeadlinePolicy = LAW, article: str = ARTICLE
) -> Appointment:
    return appoint(Limit(value, unit, "phrase", article), at(received), OFFICIAL, policy)


def told(appointment: Appointment) -> list[str]:
    return [line.text for line in days(appointment)]


def test_each_half_day_has_its_rule_and_article() -> None:
    steps = promised(1, LimitUnit.WORKING_DAY, "23/11/2026 14:05").steps
    assert [(f"{s.start:%d %H:%M}", f"{s.end:%d %H:%M}", s.counted, s.rule) for s in steps] == [
        ("23 07:30", "23 11:30", False, "ngày nhận, không tính"),
        ("23 13:30", "23 17:00", False, "ngày nhận, không tính"),
        ("24 07:30", "24 11:30", False, "Ngày Văn hóa Việt Nam"),
        ("24 13:30", "24 17:00", False, "Ngày Văn hóa Việt Nam"),
        ("25 07:30", "25 11:30", True, "ngày làm việc thứ 1"),
        ("25 13:30", "25 16:30", True, "ngày làm việc thứ 1"),
    ]
    assert [step.article[:12] for step in steps[::2]] == [
        "BLDS 2015 Đ.",
        "NQ 28/2026/Q",
        ARTICLE[:12],
    ]


def test_an_article_nobody_read_says_so() -> None:
    steps = promised(10, LimitUnit.CALENDAR_DAY, "18/11/2026 09:00").steps
    said = {step.article for step in steps if step.article.startswith("BLDS")}
    assert said == {
        "BLDS 2015 Đ.147 (chưa đối chiếu nguyên văn)",
        "BLDS 2015 Đ.148 (chưa đối chiếu nguyên văn)",
    }


def test_a_line_a_day_for_the_intake_page() -> None:
    assert told(promised(3, LimitUnit.WORKING_DAY, "23/11/2026 14:05")) == [
        "Thứ Hai 23/11 — ngày nhận, không tính",
        "Thứ Ba 24/11 — Ngày Văn hóa Việt Nam",
        "Thứ Tư 25/11 — ngày thứ 1",
        "Thứ Năm 26/11 — ngày thứ 2",
        "Thứ Sáu 27/11 — ngày thứ 3",
    ]


def test_days_off_in_a_row_share_a_line() -> None:
    assert told(promised(2, LimitUnit.WORKING_DAY, "12/02/2026 09:00"))[2:-1] == [
        "Thứ Bảy 14/2 đến Chủ nhật 15/2 — nghỉ hằng tuần",
        "Thứ Hai 16/2 đến Thứ Sáu 20/2 — Tết Âm lịch Bính Ngọ (29 Chạp – mùng 4)",
        "Thứ Bảy 21/2 đến Chủ nhật 22/2 — nghỉ hằng tuần",
    ]


def test_a_made_up_saturday_is_named() -> None:
    assert told(promised(2, LimitUnit.WORKING_DAY, "20/08/2026 09:00"))[-1] == (
        "Thứ Bảy 22/8 — ngày thứ 2 (Làm bù cho 31/8)"
    )


def test_a_term_that_ends_on_a_day_off_says_so() -> None:
    assert told(promised(2, LimitUnit.CALENDAR_DAY, "26/11/2026 09:00")) == [
        "Thứ Năm 26/11 — ngày nhận, không tính",
        "Thứ Sáu 27/11 — ngày thứ 1",
        "Thứ Bảy 28/11 — ngày thứ 2",
        "Chủ nhật 29/11 — nghỉ hằng tuần",
        "Thứ Hai 30/11 — hết hạn vào ngày nghỉ, chuyển sang ngày làm việc tiếp theo",
    ]


@pytest.mark.parametrize(
    ("received", "text"),
    [
        ("27/11/2026 15:00", "Thứ Sáu 27/11 — nhận không quá 15 giờ, trả trong ngày"),
        ("27/11/2026 15:01", "Thứ Sáu 27/11 — nhận sau 15 giờ, trả trong ngày làm việc tiếp theo"),
        ("28/11/2026 09:00", "Thứ Bảy 28/11 — nhận vào ngày nghỉ, trả trong ngày làm việc tiếp theo"),
    ],
)  # fmt: skip
def test_a_same_day_limit_tells_of_15_00(received: str, text: str) -> None:
    assert told(promised(1, LimitUnit.SAME_DAY, received))[0] == text


def test_hours_tell_what_each_session_gave() -> None:
    assert told(promised(4, LimitUnit.WORKING_HOUR, "27/11/2026 12:00")) == [
        "Thứ Sáu 27/11 — nhận ngoài giờ làm việc, tính từ giờ mở cửa tiếp theo; tính 3 giờ 30 phút",
        "Thứ Bảy 28/11 đến Chủ nhật 29/11 — nghỉ hằng tuần",
        "Thứ Hai 30/11 — tính 30 phút",
    ]


@pytest.mark.parametrize(
    ("policy", "unit", "rule"),
    [
        (
            DeadlinePolicy(return_by=time(17)),
            LimitUnit.WORKING_DAY,
            "ngày làm việc thứ 1, trả lúc 17 giờ (quy định của đơn vị)",
        ),
        (
            DeadlinePolicy(cut_off=time(14, 30)),
            LimitUnit.SAME_DAY,
            "nhận sau 14 giờ 30 (quy định của đơn vị), trả trong ngày làm việc tiếp theo",
        ),
        (
            DeadlinePolicy(return_by=time(15), cut_off=time(16)),
            LimitUnit.SAME_DAY,
            "nhận sau giờ trả kết quả, trả trong ngày làm việc tiếp theo",
        ),
        (
            DeadlinePolicy(start_moves_after_cut_off=True),
            LimitUnit.WORKING_DAY,
            "nhận sau 15 giờ, tính từ ngày làm việc tiếp theo (quy định của đơn vị)",
        ),
    ],
)
def test_a_rule_of_the_units_own_is_named(
    policy: DeadlinePolicy, unit: LimitUnit, rule: str
) -> None:
    assert rule in {step.rule for step in promised(1, unit, "30/11/2026 15:10", policy).steps}


def test_a_start_moved_by_law_gives_the_article_and_not_the_unit() -> None:
    bundle = "NĐ 63/2024/NĐ-CP Đ.7"
    first = promised(3, LimitUnit.WORKING_DAY, "30/11/2026 15:10", article=bundle).steps[0]
    assert (first.rule, first.article) == (
        "nhận sau 15 giờ, tính từ ngày làm việc tiếp theo",
        bundle,
    )


def after_supplement(policy: DeadlinePolicy) -> Appointment:
    limit = Limit(4, LimitUnit.WORKING_DAY, "phrase", ARTICLE)
    asked, given = at("02/12/2026 10:00"), at("07/12/2026 09:00")
    return resume(limit, at("30/11/2026 09:00"), (Pause(asked, given),), given, OFFICIAL, policy)


def test_a_restart_says_so() -> None:
    assert told(after_supplement(LAW))[0] == (
        "Thứ Hai 7/12 — ngày nhận đủ bổ sung, không tính; thời hạn tính lại từ đầu"
    )


def test_a_pause_says_so() -> None:
    assert told(after_supplement(DeadlinePolicy(supplement="pause")))[3:6] == [
        "Thứ Năm 3/12 đến Thứ Sáu 4/12 — tạm dừng chờ người dân, không tính (tính tiếp, không tính lại từ đầu)",
        "Thứ Bảy 5/12 đến Chủ nhật 6/12 — nghỉ hằng tuần",
        "Thứ Hai 7/12 — ngày thứ 3 (tính tiếp sau tạm dừng)",
    ]


def test_a_paused_hour_is_cut_out_of_its_session() -> None:
    limit = Limit(3, LimitUnit.WORKING_HOUR, "phrase", ARTICLE)
    supplement = Pause(at("30/11/2026 09:00"), at("30/11/2026 13:30"))
    payment = Pause(at("30/11/2026 13:30"), at("30/11/2026 14:00"), WAITED_FOR_PAYMENT)
    pause = DeadlinePolicy(supplement="pause")
    spans = (supplement, payment)
    waited = resume(limit, at("30/11/2026 08:00"), spans, payment.end, OFFICIAL, pause)
    assert [(f"{s.start:%H:%M}", f"{s.end:%H:%M}", s.counted) for s in waited.steps] == [
        ("08:00", "09:00", True),
        ("09:00", "11:30", False),
        ("13:30", "14:00", False),
        ("14:00", "16:00", True),
    ]


def test_thirty_days_are_short_enough_for_an_event() -> None:
    ranges = compact(promised(30, LimitUnit.WORKING_DAY, "30/11/2026 09:00"))
    assert ranges[:3] == (
        ("2026-11-30", "2026-11-30", 0, "ngày nhận, không tính"),
        ("2026-12-01", "2026-12-04", 1, "ngày làm việc thứ 1–4"),
        ("2026-12-05", "2026-12-06", 0, "nghỉ hằng tuần"),
    )
    assert len(ranges) == 15
    assert len(json.dumps(ranges, ensure_ascii=False).encode()) < 1200


def test_a_counted_day_with_a_word_of_its_own_stays_apart() -> None:
    ranges = compact(promised(3, LimitUnit.WORKING_DAY, "20/08/2026 09:00"))
    assert [rule for *_, rule in ranges] == [
        "ngày nhận, không tính",
        "ngày làm việc thứ 1",
        "ngày làm việc thứ 2 (Làm bù cho 31/8)",
        "nghỉ hằng tuần",
        "ngày làm việc thứ 3",
    ]


def test_the_short_form_can_be_read_again() -> None:
    ranges = compact(promised(3, LimitUnit.WORKING_DAY, "23/11/2026 14:05"))
    assert lines(ranges)[-1] == DayLine(
        date(2026, 11, 25), True, "Thứ Tư 25/11 đến Thứ Sáu 27/11 — ngày thứ 1–3"
    )


def test_warns_when_it_crosses_a_holiday_nobody_has_confirmed() -> None:
    (warning,) = promised(5, LimitUnit.WORKING_DAY, "03/02/2027 09:00").warnings
    assert warning == (
        "Lịch nghỉ chưa được xác nhận: Tết Âm lịch Đinh Mùi (29 Chạp – mùng 4) (5/2/2027–9/2/2027); "
        "Nghỉ bù Tết Đinh Mùi (10/2/2027). Những ngày này đang được tính như ngày thường; "
        "khi có quyết định, ngày hẹn có thể thay đổi."
    )
    assert promised(2, LimitUnit.WORKING_DAY, "02/02/2027 09:00").warnings == ()


def test_warns_when_it_runs_past_the_calendar() -> None:
    (warning,) = promised(2, LimitUnit.WORKING_DAY, "30/12/2027 09:00").warnings
    assert warning.startswith("Lịch nghỉ mới có đến hết ngày 31/12/2027;")
    assert promised(1, LimitUnit.WORKING_DAY, "30/12/2027 09:00").warnings == ()


def test_warns_when_it_begins_before_the_calendar() -> None:
    (warning,) = promised(1, LimitUnit.WORKING_DAY, "29/12/2023 09:00").warnings
    assert warning.startswith("Lịch nghỉ chỉ có từ ngày 1/1/2024;")
    assert promised(1, LimitUnit.WORKING_DAY, "01/01/2024 09:00").warnings == ()


@pytest.mark.parametrize("stopped", ["03/12/2026 10:00", "01/12/2026 15:00"])
def test_warns_when_the_limit_ran_out_before_the_clock_went_on(stopped: str) -> None:
    limit = Limit(1, LimitUnit.WORKING_DAY, "phrase", ARTICLE)
    asked, given = at(stopped), at("07/12/2026 09:00")
    pause = DeadlinePolicy(supplement="pause")
    late = resume(limit, at("30/11/2026 09:00"), (Pause(asked, given),), given, OFFICIAL, pause)
    assert late.due == at("01/12/2026 16:30")
    assert late.warnings == ("Thời hạn đã hết trước khi được tính tiếp; cần xin lỗi và hẹn lại.",)
