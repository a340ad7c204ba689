"""The unit's settings are said on one page, kept by one key, and only by whoever may."""

from collections.abc import Callable
from datetime import date, time

import pytest
from PySide6.QtWidgets import QApplication

from app.models.unit.officer import Officer, Role
from app.ui.unit.page import KEPT, ONLY_READ, SAME, UNKEPT, UnitPage
from tests.ui.commune import IN_THE_WINDOW, LONGEST_PROCEDURE, Commune, faults_at_each_size, hit

Show = Callable[..., None]


@pytest.fixture
def page(commune: Commune, show: Show) -> UnitPage:
    page = UnitPage(commune.desk, commune.officer(), commune.jobs)
    show(page, *IN_THE_WINDOW)
    page.entered()
    return page


def test_a_setting_that_is_typed_stands_after_one_key(page: UnitPage, commune: Commune) -> None:
    page._names.fields["return_place"].control.setText("Nhà văn hóa thôn Liễu Nội")
    hit(page, "F9")
    assert page._said.text() == KEPT
    assert commune.desk.store.standing.unit().return_place == "Nhà văn hóa thôn Liễu Nội"
    assert commune.dossier(commune.receive()).received.return_place == "Nhà văn hóa thôn Liễu Nội"
    hit(page, "F9")
    assert page._said.text() == SAME


def test_what_is_half_typed_is_there_again_until_it_is_kept_or_given_up(
    page: UnitPage, commune: Commune
) -> None:
    line = page._names.fields["return_place"].control
    before = line.text()
    line.setText("Nhà văn hóa thôn")
    page.entered()  # once more, from another page
    assert (line.text(), page._said.text()) == ("Nhà văn hóa thôn", UNKEPT)
    hit(page, "Alt+Q")
    assert (line.text(), page._said.text(), page._drop.isVisible()) == (before, "", False)
    line.setText("Nhà văn hóa thôn Liễu Nội")
    page.entered()
    hit(page, "F9")
    assert (page._said.text(), page._drop.isVisible()) == (KEPT, False)
    assert commune.desk.store.standing.unit().return_place == "Nhà văn hóa thôn Liễu Nội"


def test_what_is_wrong_is_said_beside_it(page: UnitPage, commune: Commune) -> None:
    page.show_section("rules")
    page._rules.fields["cut_off"].control.setText("3 giờ")
    hit(page, "F9")
    assert "Hãy ghi như 16:30" in page._rules.fields["cut_off"].error()
    assert commune.desk.store.standing.unit().cut_off == "15:00"


def test_hours_of_a_day_are_typed_and_count_for_the_next_appointment(
    page: UnitPage, commune: Commune
) -> None:
    page.show_section("hours")
    line = page._hours.fields["hours_5"]
    line.control.setText("7h30-11h30")
    hit(page, "F9")
    assert page._said.text() == KEPT
    calendar = commune.desk.store.standing.calendar()
    saturday = date(2026, 11, 28)
    assert calendar.sessions_on(saturday) == ((time(7, 30), time(11, 30)),)
    assert not calendar.is_working_day(saturday)
    line.control.setText("sáng")
    hit(page, "F9")
    assert "Hãy ghi như 7:30-11:30" in line.error()


def test_a_procedure_found_by_typing_gets_a_second_stage(page: UnitPage, commune: Commune) -> None:
    page.show_section("stages")
    page._stages._finder.line.setText(LONGEST_PROCEDURE)
    hit(page, "Return", "F9")
    assert commune.desk.store.standing.unit().two_stage == (LONGEST_PROCEDURE,)
    hit(page, "Alt+X", "F9")
    assert commune.desk.store.standing.unit().two_stage == ()


def test_an_electronic_receipt_is_entered_with_its_provider(
    page: UnitPage, commune: Commune
) -> None:
    page.show_section("receipts")
    for name, words in (
        ("provider", "VNPT"),
        ("form", "01BLP"),
        ("sign", "1C26T"),
        ("digits", "8"),
    ):
        page._receipts.fields[name].control.setText(words)
    hit(page, "F9")
    (account,) = commune.desk.fee_receipts.accounts()
    assert (account.book.electronic, account.book.provider) == (True, "VNPT")
    assert "như 00000001" in page._receipts._known.text()


def test_the_place_of_a_field_is_kept(page: UnitPage, commune: Commune) -> None:
    page.show_section("paper")
    page._paper._group.choose("Hộ tịch")
    page._paper._shelf.setText("Kệ 2")
    page._paper._put()
    hit(page, "F9")
    assert commune.desk.store.standing.unit().shelves == (("Hộ tịch", "Kệ 2"),)


def test_who_may_not_change_it_is_told_and_nothing_changes(commune: Commune, show: Show) -> None:
    other = Officer("x", "Trần Thị Mơ", frozenset({Role.RECEPTIONIST}))
    page = UnitPage(commune.desk, other, commune.jobs)
    show(page, *IN_THE_WINDOW)
    page.entered()
    assert page._said.text() == ONLY_READ
    page._names.fields["place"].control.setText("Khánh Hà")
    hit(page, "F9")
    assert "không có quyền" in page._said.text()


@pytest.mark.parametrize(
    "section", ["names", "hours", "rules", "paper", "stages", "receipts", "rating"]
)
def test_nothing_is_cut(page: UnitPage, dressed: QApplication, section: str) -> None:
    page.show_section(section)
    assert faults_at_each_size(page, dressed) == []
