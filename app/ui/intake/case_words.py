"""Says which case of a procedure is chosen, and when that is not the one to be expected."""

from collections.abc import Mapping

from app.models.deadlines.appointment import LimitUnit
from app.models.procedures.procedure import Case, Procedure

_UNITS: Mapping[LimitUnit, str] = {
    LimitUnit.WORKING_DAY: "{:02} ngày làm việc",
    LimitUnit.CALENDAR_DAY: "{:02} ngày",
    LimitUnit.WORKING_HOUR: "{:02} giờ làm việc",
    LimitUnit.SAME_DAY: "trả trong ngày",
}
NO_LIMIT = "danh mục chưa có thời hạn"


def case_said(case: Case) -> str:
    """The case with the limit that is its own: "Phải xác minh · 08 ngày làm việc"."""
    limit = _UNITS[case.limit.unit].format(case.limit.value) if case.limit else NO_LIMIT
    return f"{case.name or 'Thông thường'} · {limit}"


def case_doubt(procedure: Procedure, chosen: int, last: int | None) -> str:
    """Asks whether a case is meant that is not the officer's last one; "" when there is no doubt.

    Who never received the procedure is asked of every case but the catalogue's first.
    """
    numbers = [case.number for case in procedure.cases]
    expected = last if last in numbers else next(iter(numbers), chosen)
    if chosen == expected:
        return ""
    usual = "Lần trước nhận thủ tục này theo" if last == expected else "Danh mục ghi trước"
    said, other = (case_said(procedure.case(number)) for number in (chosen, expected))
    return f"Trường hợp đang chọn: {said}. {usual}: {other}. Đúng thì lưu lần nữa."
