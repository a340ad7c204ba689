"""Which case of a procedure is chosen, and when the officer is asked whether that is meant."""

from collections.abc import Callable

from app.models.deadlines.deadline import Limit, LimitUnit
from app.models.procedures.procedure import Case, Procedure
from app.ui.intake.case_words import NO_LIMIT, case_doubt, case_said
from tests.ui.commune import Commune
from tests.ui.intake_desk import open_desk

QUICK = Case(1, "Không phải xác minh", Limit(1, LimitUnit.SAME_DAY, "Trong ngày", ""))
LONG = Case(2, "Phải xác minh", Limit(8, LimitUnit.WORKING_DAY, "không quá 08 ngày làm việc", ""))
TWO = Procedure("1.000001", "Đăng ký", "Hộ tịch", cases=(QUICK, LONG))


def test_a_case_is_said_with_its_own_limit() -> None:
    assert case_said(QUICK) == "Không phải xác minh · trả trong ngày"
    assert case_said(LONG) == "Phải xác minh · 08 ngày làm việc"
    assert case_said(Case(3)) == f"Thông thường · {NO_LIMIT}"


def test_the_case_received_last_is_in_no_doubt_and_any_other_is() -> None:
    assert case_doubt(TWO, 2, last=2) == ""
    assert "Lần trước nhận thủ tục này theo: Phải xác minh" in case_doubt(TWO, 1, last=2)
    assert "Danh mục ghi trước: Không phải xác minh" in case_doubt(TWO, 2, last=None)


def test_a_procedure_without_cases_and_a_case_that_is_gone_raise_no_doubt() -> None:
    assert case_doubt(Procedure("1.000002", "Xác nhận", "Hộ tịch"), 1, last=4) == ""
    assert case_doubt(TWO, 1, last=4) == ""


def test_the_officer_is_asked_of_another_case_than_the_last_and_then_no_more(
    commune: Commune, show: Callable[..., None]
) -> None:
    commune.receive(case=2)
    desk = open_desk(commune, show)
    desk.choose_with_papers("1.001022")
    desk.fill("Họ và tên", "Lý A Sử")
    desk.fill("Căn cước", "001187012345\t")
    desk.page._save()
    assert desk.says("Lần trước nhận thủ tục này theo: Phải xác minh · 08 ngày làm việc")
    assert desk.says("Không phải xác minh · 03 ngày làm việc")
    desk.page._save()
    assert len(desk.received) == 1
    assert desk.page._form.procedure._last_cases["1.001022"] == 1
