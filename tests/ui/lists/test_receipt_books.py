from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication

from app.ui.lists.register_page import RegisterPage
from app.ui.look.theme import Tone
from tests.ui.commune import IN_THE_WINDOW, Commune, Heard, faults_at_each_size, hit

Show = Callable[..., None]


@pytest.fixture
def page(commune: Commune, show: Show) -> RegisterPage:
    page = RegisterPage(commune.desk, commune.officer(), commune.jobs)
    show(page, *IN_THE_WINDOW)
    page.entered()
    page._part.choose("receipts")
    return page


def enter(page: RegisterPage, **typed: str) -> None:
    book = {"form": "01BLP2-001", "sign": "AA-26P", "first": "0000121", "last": "0000170"}
    for name, words in {**book, **typed}.items():
        page._receipts._lines[name].setText(words)
    hit(page, "Ctrl+I")


def shown(page: RegisterPage) -> list[list[str]]:
    table = page._receipts._view.table
    return [
        [table.cells(row)[column].text for column in range(table.columnCount())]
        for row in range(table.rowCount())
    ]


def test_a_book_is_entered_as_it_was_issued(page: RegisterPage) -> None:
    heard = Heard(page)
    enter(page)
    assert shown(page) == [["AA-26P", "01BLP2-001", "0000121–0000170", "1", "0", "0", "0", "50"]]
    assert heard.said == [("Đã nhập quyển biên lai AA-26P.", Tone.DONE)]
    assert page._receipts._lines["sign"].text() == ""


def test_a_book_without_numbers_is_electronic(page: RegisterPage) -> None:
    enter(page, first="", last="")
    assert shown(page)[0][2] == "điện tử"


@pytest.mark.parametrize(
    ("typed", "field"),
    [({"first": "một"}, "first"), ({"last": "5"}, "first"), ({"sign": ""}, "sign")],
)
def test_what_is_wrong_is_said_beside_it_and_nothing_is_lost(
    page: RegisterPage, typed: dict[str, str], field: str
) -> None:
    enter(page, **typed)
    assert page._receipts._fields[field].error()
    assert page._receipts._lines["form"].text() == "01BLP2-001"
    assert shown(page) == []


def test_a_spoiled_and_a_lost_number_are_counted(page: RegisterPage) -> None:
    enter(page)
    for number, button in (("121", page._receipts._spoil), ("122", page._receipts._lose)):
        page._receipts._number.setText(number)
        button.click()
    assert shown(page)[0][4:] == ["0", "1", "1", "48"]


def test_the_providers_number_is_written_to_the_dossier_that_paid(
    page: RegisterPage, commune: Commune
) -> None:
    name = commune.receive(fee_amount="15000", fee_when="now", fee_method="cash")
    enter(page, first="", last="")
    page._receipts._number.setText("20260123")
    page._receipts._code.setText(commune.dossier(name).code)
    hit(page, "Ctrl+G")
    given = commune.desk.fee_receipts.given(name)
    assert given
    assert (given.sign, given.number) == ("AA-26P", 20260123)
    assert shown(page)[0][4] == "1"


def test_nothing_is_cut(page: RegisterPage, dressed: QApplication) -> None:
    assert faults_at_each_size(page, dressed) == []
    enter(page)
    assert faults_at_each_size(page, dressed) == []
