"""The window and `motcua` print on the same data: one original, and each receipt's number once."""

from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from app.desk.desk import Desk
from app.models.events.receipt_books import ReceiptBookIssued
from app.store.journal.journal import Writing
from tests.making import ACounter, a_counter

BOOK = ReceiptBookIssued("AA-26P", "01BLP2-001", 121, 123, digits=7)


@pytest.fixture
def window(tmp_path: Path) -> ACounter:
    return a_counter(tmp_path)


@pytest.fixture
def command(window: ACounter) -> ACounter:
    """Another program that has the same data open."""
    return replace(window)


def test_what_another_program_prints_while_a_page_is_drawn_stays_the_only_original(
    window: ACounter, command: ACounter
) -> None:
    name = window.receive("Nguyễn Thị Ánh").name
    marks: list[str] = []

    def drawn(form: str, values: dict[str, object], paper: str, mark: str, profile: str) -> bytes:
        if not marks:
            marks.append(command.desk.paperwork.issue("receipt", name, command.officer).mark)
        return mark.encode()

    paper = Desk(window.store, window.clock, drawn).paperwork.issue("receipt", name, window.officer)
    assert [*marks, paper.mark] == ["", "BẢN IN LẠI lần 1"]
    assert paper.pdf.decode() == paper.mark
    assert window.desk.paperwork.printed("receipt", name) == 2


def test_two_programs_never_give_the_same_receipt(
    window: ACounter, command: ACounter, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.desk.fee_receipts.enter(BOOK, window.officer)
    first, second = (
        window.receive(fee_amount="15000", fee_when="now", fee_method="cash").name for _ in "12"
    )
    given: list[object] = []
    deed = window.store.journal.deed

    def late(now: datetime, *, restored: bool = False) -> AbstractContextManager[Writing]:
        if not given:
            sheet = command.desk.fee_receipts.give(second, command.officer)
            given.append(sheet.values["receipt_number"])
        return deed(now, restored=restored)

    monkeypatch.setattr(window.store.journal, "deed", late)
    sheet = window.desk.fee_receipts.give(first, window.officer)
    assert [*given, sheet.values["receipt_number"]] == ["0000121", "0000122"]
