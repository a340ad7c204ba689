"""Small promises of the intake page's parts."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from app.desk.draft import IntakeDraft
from app.desk.intake.intake import NAMELESS
from app.ui.intake.applicant_card import ApplicantCard
from app.ui.intake.foot import short_names
from app.ui.widgets.fields import Line
from app.ui.widgets.form_row import Cell, FormRow
from app.ui.widgets.parts import column

Show = Callable[..., None]

LONG = "Nguyễn Hoàng Thị Phương Quỳnh Trang"


@pytest.mark.parametrize(
    ("names", "short"),
    [
        ([LONG], [LONG]),
        ([LONG, "Lý A Sử"], ["Quỳnh Trang", "A Sử"]),
        ([LONG, "Lý A Sử", NAMELESS], ["Trang", "Sử", "chưa tên"]),
    ],
)
def test_the_more_are_parked_the_shorter_their_names(names: list[str], short: list[str]) -> None:
    assert short_names(names) == short


def test_what_no_name_is_as_long_as_is_cut_in_the_row_below() -> None:
    assert short_names(["a" * 1000]) == ["a" * 40 + "…"]


def test_an_error_comes_and_goes_without_moving_what_is_below(show: Show) -> None:
    page, cell, below = QWidget(), Cell("Điện thoại", Line()), QWidget()
    page.setLayout(column(FormRow(Cell("Nơi cư trú", Line(), 2), cell), below))
    show(page, 800, 300)
    before = below.y()
    cell.set_error("Số điện thoại “hai” không đúng. Nhập lại, hoặc để trống.")
    page.layout().activate()  # type: ignore[union-attr]
    assert below.y() == before


def test_an_error_stands_under_its_field(show: Show) -> None:
    page, first, last = QWidget(), Cell("Họ và tên", Line(), 2), Cell("Ngày sinh", Line())
    fields = FormRow(first, last)
    page.setLayout(column(fields, None))
    show(page, 800, 300)
    last.set_error("Ngày sinh “x” không có thật.")
    assert fields.note._line.contentsMargins().left() == last.x()
    first.set_error("Chưa có họ tên.")
    assert fields.note._line.contentsMargins().left() == 0


def test_cells_of_rows_below_each_other_line_up(show: Show) -> None:
    page, number, email = QWidget(), Cell("Số giấy tờ", Line()), Cell("Thư điện tử", Line(), 2)
    upper = FormRow(Cell("Họ và tên", Line(), 2), number, Cell("Điện thoại", Line()))
    page.setLayout(column(upper, FormRow(Cell("Địa chỉ", Line(), 2), email), None))
    show(page, 800, 300)
    assert number.x() == email.x()


def test_a_number_and_the_reason_for_none_dont_mix(show: Show) -> None:
    card = ApplicantCard()
    show(card, 830, 300)
    card.fill(IntakeDraft(id_number="001187012345"))
    card._id_kind.choose("none")
    card._lines["id_number"].setText("mất thẻ")
    draft = card.into(IntakeDraft())
    assert (draft.id_number, draft.id_reason) == ("001187012345", "mất thẻ")
    card._id_kind.choose("citizen_number")
    assert card._lines["id_number"].text() == "001187012345"
    assert card.into(IntakeDraft()).id_reason == "mất thẻ"


def test_another_number_is_not_of_the_sex_on_the_scanned_card(show: Show) -> None:
    card = ApplicantCard()
    card.fill(IntakeDraft(id_number="001187012345", sex="female"))
    show(card, 830, 300)
    card._lines["id_number"].textEdited.emit("00118701234")
    assert card.into(IntakeDraft()).sex == ""


def test_every_field_of_a_draft_survives_the_form(show: Show) -> None:
    card = ApplicantCard()
    show(card, 830, 300)
    draft = IntakeDraft(
        kind="organisation", name="Hợp tác xã Liễu Nội", id_kind="tax_number", id_number="0100109106",
        address="Khánh Hà", phone="0912345678", email="a@b.vn", authorised=True, principal_name=LONG,
        principal_address="Hà Nội", principal_number="001187012345", principal_phone="0912345679",
        principal_email="c@d.vn", authorisation="Giấy số 12 ngày 1/11/2026",
    )  # fmt: skip
    card.fill(draft)
    assert card.into(IntakeDraft()) == draft


def test_a_principal_folded_away_is_kept_though_nobody_asks_for_one(
    dressed: QApplication,
) -> None:
    typed = IntakeDraft(name="Lý A Sử", principal_name="Mai Thị Hạnh", authorisation="số 12")
    card = ApplicantCard()
    card.fill(typed)
    assert card.into(IntakeDraft()) == typed
    card.fill(IntakeDraft())
    assert card.into(IntakeDraft()) == IntakeDraft()
