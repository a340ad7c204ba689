"""A longer limit agreed in writing is typed on the intake, and only where the law lets it be agreed."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.ui.commune import Commune
from tests.ui.intake_desk import ALT, CARD, Desk, open_desk
from tests.ui.walk import faults

Show = Callable[..., None]

PAPER, LIMIT = "Văn bản thỏa thuận thời hạn dài hơn", "Thời hạn đã thỏa thuận"
SIGNATURE = "2.000884"  # chứng thực chữ ký; the same day by law


@pytest.fixture
def desk(tmp_path: Path, show: Show) -> Desk:
    return open_desk(Commune(tmp_path), show)


def with_details(desk: Desk, procedure: str) -> None:
    desk.choose_with_papers(procedure)
    desk.page.scanned(CARD)
    desk.press(Qt.Key.Key_C, ALT)
    QApplication.processEvents()


def test_the_agreed_limit_goes_before_the_catalogues(desk: Desk) -> None:
    with_details(desk, SIGNATURE)
    desk.fill(PAPER, "Giay thoa thuan ngay 23/11/2026")
    desk.fill(LIMIT, "3")
    desk.page._form.details.agreement.unit.choose("working_day")
    desk.press(Qt.Key.Key_F9)
    (receipt,) = desk.received
    assert f"{receipt.due:%d/%m}" == "27/11"  # the 24th is a holiday
    received = desk.commune.dossier(receipt.name).received
    assert received.agreement == "Giay thoa thuan ngay 23/11/2026"


def test_without_its_number_it_is_refused_beside_its_own_field(desk: Desk) -> None:
    with_details(desk, SIGNATURE)
    desk.fill(PAPER, "Giay thoa thuan")
    desk.press(Qt.Key.Key_F9)
    assert desk.received == []
    assert (
        desk.page._form.details.agreement.inputs["agreed_limit"]
        .error()
        .startswith("Hãy nhập thời hạn")
    )


def test_where_nothing_may_be_agreed_it_is_not_asked(desk: Desk) -> None:
    with_details(desk, "1.001022")
    assert not desk.page._form.details.agreement.isVisible()


def test_what_was_agreed_is_dropped_with_the_procedure_it_was_for(desk: Desk) -> None:
    with_details(desk, SIGNATURE)
    desk.fill(PAPER, "Giay thoa thuan")
    desk.fill(LIMIT, "3")
    desk.field("Thủ tục").selectAll()
    desk.choose("1.001022")
    assert desk.draft().agreement == ""


def test_a_form_taken_up_again_still_has_the_agreement(desk: Desk) -> None:
    with_details(desk, SIGNATURE)
    desk.fill(PAPER, "Giay thoa thuan")
    desk.fill(LIMIT, "3")
    before = desk.draft()
    desk.page._form.show_draft(before)
    assert desk.draft() == before
    assert before.limit_value == "3"
    desk.page._form.details.agreement.value.clear()
    assert desk.draft().limit_value == ""


def test_nothing_is_cut_or_overlaps_with_an_agreement(desk: Desk) -> None:
    with_details(desk, SIGNATURE)
    desk.fill(PAPER, "Giay thoa thuan so 12 ngay 23 thang 11 nam 2026")
    desk.press(Qt.Key.Key_F9)
    assert faults(desk.page) == []
